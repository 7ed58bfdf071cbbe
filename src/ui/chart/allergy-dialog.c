#include "src/ui/chart/allergy-dialog.h"
#include "src/ui/chart/line.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/checks.h"
#include "chartroom/clinical/knowledge.h"
#include <glib/gi18n.h>

#define MOST_HITS 8

struct _CrAllergyDialog {
  GtkWindow parent;
  GtkBox *patient_box, *existing_box;
  GtkEntry *substance_entry, *reactions_entry, *onset_entry;
  GtkListBox *hits;
  GtkLabel *hint_label, *checked_label, *taken_label, *echo_label, *problem_label;
  GtkWidget *fields;
  GtkFlowBox *reaction_box;
  GtkDropDown *type_choice, *severity_choice, *certainty_choice, *source_choice;
  GtkButton *none_button, *cancel_button, *save_button;
  CrWindow *window; /* transient for it */
  CrChart *chart;
  char *code, *substance, *category; /* chosen; substance NULL: none yet */
  gboolean choosing;
};

/* As stored; the words shown stand in the same order in the template. */
static const char *const TYPES[] = { "allergy", "intolerance", "unknown" };
static const char *const SEVERITIES[] = { NULL, "mild", "moderate", "severe" };
static const char *const CERTAINTIES[] = { "unconfirmed", "confirmed" };
static const char *const SOURCES[] = { "patient", "family", "record", "witnessed" };
static const char *const USUAL_REACTIONS[] = { N_ ("anaphylaxis"), N_ ("hives"),      N_ ("rash"),
                                               N_ ("itching"),     N_ ("angioedema"), N_ ("nausea"),
                                               N_ ("vomiting"),    N_ ("diarrhea") };

G_DEFINE_FINAL_TYPE (CrAllergyDialog, cr_allergy_dialog, GTK_TYPE_WINDOW)

static const CrKnowledge *
knowledge_of (CrAllergyDialog *self)
{
  return cr_session_get_knowledge (cr_window_get_session (self->window));
}

static void
set_problem (CrAllergyDialog *self, const char *text)
{
  gtk_label_set_label (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
}

/* ---- substance ---- */

static void tell_taken_cb (CrAllergyDialog *self);

static void
choose (CrAllergyDialog *self, const char *code, const char *substance, const char *category)
{
  g_free (self->code);
  g_free (self->substance);
  g_free (self->category);
  self->code = g_strdup (code);
  self->substance = g_strdup (substance);
  self->category = g_strdup (category);
  gtk_widget_set_sensitive (self->fields, substance != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), substance != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), substance == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), substance == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->checked_label), substance != NULL && code == NULL);
  tell_taken_cb (self);
  if (substance == NULL)
    return;
  self->choosing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->substance_entry), substance);
  self->choosing = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->reactions_entry));
}

static void
add_hit (CrAllergyDialog *self, const char *code, const char *display, const char *category,
         const char *aside)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = cr_line_box (12);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", display, aside);
  cr_line_add (line, cr_line_text (display, "value"), TRUE);
  cr_line_add (line, cr_line_text (aside, "caption"), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), "cr-code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (row), "cr-display", g_strdup (display), g_free);
  g_object_set_data_full (G_OBJECT (row), "cr-category", g_strdup (category), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->hits, row);
}

static void
fill_hits (CrAllergyDialog *self, const char *typed)
{
  guint total = 0;
  g_autoptr (GPtrArray) found = cr_allergen_search (knowledge_of (self), typed, MOST_HITS, &total);
  g_autofree char *hint = NULL;
  for (guint i = 0; i < found->len; i++) {
    const CrAllergen *allergen = found->pdata[i];
    add_hit (self, allergen->code, allergen->display, allergen->category,
             allergen->is_class ? _ ("class") : _ (allergen->category));
  }
  add_hit (self, NULL, typed, "medication", _ ("as typed – Not checked against prescriptions"));
  if (total > found->len)
    hint = g_strdup_printf (_ ("Showing %u of %u – keep typing"), found->len, total);
  gtk_label_set_label (self->hint_label, hint != NULL ? hint : "");
  gtk_list_box_select_row (self->hits, gtk_list_box_get_row_at_index (self->hits, 0));
}

static void
searched_cb (CrAllergyDialog *self)
{
  g_autofree char *typed = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->substance_entry)));
  GtkListBoxRow *row;
  if (self->choosing)
    return;
  choose (self, NULL, NULL, NULL);
  while ((row = gtk_list_box_get_row_at_index (self->hits, 0)) != NULL)
    gtk_list_box_remove (self->hits, GTK_WIDGET (row));
  if (g_utf8_strlen (typed, -1) < 2)
    gtk_label_set_label (self->hint_label,
                         _ ("Type at least two letters of the substance. Everything else comes after it."));
  else
    fill_hits (self, typed);
}

static void
hit_cb (GtkListBox *list, GtkListBoxRow *row, CrAllergyDialog *self)
{
  GObject *object = G_OBJECT (row);
  g_autofree char *code = g_strdup (g_object_get_data (object, "cr-code"));
  g_autofree char *display = g_strdup (g_object_get_data (object, "cr-display"));
  g_autofree char *category = g_strdup (g_object_get_data (object, "cr-category"));
  choose (self, code, display, category);
}

static void
substance_enter_cb (CrAllergyDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);
  if (self->substance == NULL && row != NULL)
    hit_cb (self->hits, row, self);
}

static gboolean
substance_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
                  CrAllergyDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits), *next;
  int step = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;
  if (step == 0 || row == NULL || self->substance != NULL)
    return GDK_EVENT_PROPAGATE;
  next = gtk_list_box_get_row_at_index (self->hits, gtk_list_box_row_get_index (row) + step);
  if (next != NULL)
    cr_list_mark (self->hits, next);
  return GDK_EVENT_STOP;
}

/* ---- reactions ---- */

static void
reaction_cb (GtkButton *chip, CrAllergyDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->reactions_entry));
  const char *word = gtk_button_get_label (chip);
  g_autofree char *joined =
      cr_str_empty (typed) ? g_strdup (word) : g_strdup_printf (_ ("%s and %s"), typed, word);
  if (strstr (typed, word) == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->reactions_entry), joined);
  gtk_editable_set_position (GTK_EDITABLE (self->reactions_entry), -1);
}

static void
add_reactions (CrAllergyDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (USUAL_REACTIONS); i++) {
    GtkWidget *chip = gtk_button_new_with_label (_ (USUAL_REACTIONS[i]));
    gtk_widget_add_css_class (chip, "chip-button");
    g_signal_connect (chip, "clicked", G_CALLBACK (reaction_cb), self);
    gtk_flow_box_insert (self->reaction_box, chip, -1);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  }
}

/* ---- when ---- */

static gboolean
read_onset (CrAllergyDialog *self, CrDate *out, GError **error)
{
  CrDateReading reading = { 0 };
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
  *out = CR_DATE_NONE;
  if (!cr_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->onset_entry)), today, CR_DATE_PAST,
                      CR_DATE_NONE, &reading, error))
    return FALSE;
  *out = reading.unknown ? CR_DATE_NONE : reading.date;
  return TRUE;
}

static void
onset_cb (CrAllergyDialog *self)
{
  CrDate onset;
  g_autofree char *day = NULL, *text = NULL;
  if (read_onset (self, &onset, NULL) && cr_date_is_set (onset)) {
    day = cr_date_format (onset);
    text = g_strdup_printf ("= %s", day);
  }
  gtk_label_set_label (self->echo_label, text != NULL ? text : "");
}

/* ---- the record ---- */

/* High where the worst reaction could kill; low for any other that is known. */
static const char *
risk_of (CrAllergyDialog *self, const char *severity, const char *reactions)
{
  if (g_strcmp0 (severity, "severe") == 0 || cr_knowledge_is_severe (knowledge_of (self), reactions))
    return "high";
  return severity != NULL ? "low" : NULL;
}

static CrAllergy *
read_form (CrAllergyDialog *self)
{
  CrAllergy *a = cr_allergy_new ();
  const char *severity = SEVERITIES[gtk_drop_down_get_selected (self->severity_choice)];
  a->substance = g_strdup (self->substance);
  a->code = g_strdup (self->code);
  a->category = g_strdup (self->category);
  a->reactions = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reactions_entry)));
  if (cr_str_empty (a->reactions))
    g_clear_pointer (&a->reactions, g_free);
  a->type = g_strdup (TYPES[gtk_drop_down_get_selected (self->type_choice)]);
  a->severity = g_strdup (severity);
  a->certainty = g_strdup (CERTAINTIES[gtk_drop_down_get_selected (self->certainty_choice)]);
  a->source = g_strdup (SOURCES[gtk_drop_down_get_selected (self->source_choice)]);
  a->criticality = g_strdup (risk_of (self, severity, a->reactions));
  return a;
}

/* ---- what speaks against it: medicines that are taken ---- */

/* "amoxicillin 500 mg capsule, …"; NULL: nothing that is known. */
static char *
taken_names (CrAllergyDialog *self, const CrAllergy *allergy)
{
  const GPtrArray *medications = cr_chart_get_records (self->chart)->medications;
  g_autoptr (GPtrArray) taken = cr_chart_taken_against (self->chart, allergy);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; medications != NULL && i < medications->len; i++) {
    const CrMedication *m = medications->pdata[i];
    if (cr_checks_about (taken, m->id) != NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", m->display);
  }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

static void
tell_taken_cb (CrAllergyDialog *self)
{
  g_autoptr (CrAllergy) allergy = self->substance != NULL ? read_form (self) : NULL;
  g_autofree char *names = allergy != NULL ? taken_names (self, allergy) : NULL;
  g_autofree char *text =
      names != NULL ? g_strdup_printf (_ ("▲ Takes now: %s. Review it after you save."), names) : NULL;
  gtk_label_set_label (self->taken_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->taken_label), text != NULL);
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrAllergyDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (saved) {
    cr_window_toast (self->window, _ ("Allergies updated"), NULL, NULL);
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  set_problem (self, error->message);
}

static void
save_cb (CrAllergyDialog *self)
{
  g_autoptr (CrAllergy) allergy = NULL;
  g_autoptr (GError) error = NULL;
  if (self->substance == NULL) {
    set_problem (self, _ ("Choose the substance first."));
    gtk_widget_grab_focus (GTK_WIDGET (self->substance_entry));
    return;
  }
  allergy = read_form (self);
  if (!read_onset (self, &allergy->onset, &error)) {
    set_problem (self, error->message);
    gtk_widget_grab_focus (GTK_WIDGET (self->onset_entry));
    return;
  }
  set_problem (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  cr_chart_save_allergy_async (self->chart, allergy, saved_cb, g_object_ref (self));
}

static gboolean
save_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  save_cb (CR_ALLERGY_DIALOG (widget));
  return GDK_EVENT_STOP;
}

static void
none_cb (CrAllergyDialog *self)
{
  cr_chart_no_known_allergies_async (self->chart, saved_cb, g_object_ref (self));
}

/* Esc never throws away what was typed. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  CrAllergyDialog *self = CR_ALLERGY_DIALOG (widget);
  if (cr_str_empty (gtk_editable_get_text (GTK_EDITABLE (self->substance_entry))))
    gtk_window_close (GTK_WINDOW (self));
  else
    set_problem (self, _ ("What you typed is still here. Choose Cancel to leave without it."));
  return GDK_EVENT_STOP;
}

/* ---- what is on the list already ---- */

static void
show_existing (CrAllergyDialog *self)
{
  const CrChartRecords *records = cr_chart_get_records (self->chart);
  g_autoptr (GPtrArray) active = cr_allergies_active (records->allergies);
  g_autofree char *phrase = cr_allergy_phrase (records->patient->allergy_status, records->allergies, FALSE);
  gtk_box_append (self->existing_box, cr_line_text (phrase, active->len > 0 ? "strong" : "value"));
  for (guint i = 0; i < active->len; i++) {
    const CrAllergy *a = active->pdata[i];
    g_autofree char *text =
        g_strdup_printf (_ ("%s – %s"), a->substance,
                         cr_str_empty (a->reactions) ? _ ("reaction not recorded") : a->reactions);
    gtk_box_append (self->existing_box, cr_line_text (text, "value"));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->none_button), active->len == 0);
}

/* ---- class ---- */

static void
cr_allergy_dialog_dispose (GObject *object)
{
  CrAllergyDialog *self = CR_ALLERGY_DIALOG (object);
  g_clear_object (&self->chart);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->substance, g_free);
  g_clear_pointer (&self->category, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_ALLERGY_DIALOG);
  G_OBJECT_CLASS (cr_allergy_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, patient_box);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, existing_box);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, substance_entry);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, reactions_entry);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, onset_entry);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, hits);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, hint_label);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, checked_label);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, taken_label);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, echo_label);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, fields);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, reaction_box);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, type_choice);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, severity_choice);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, certainty_choice);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, source_choice);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, none_button);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrAllergyDialog, save_button);
}

static void
cr_allergy_dialog_class_init (CrAllergyDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_allergy_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/chart/allergy-dialog.ui");
  bind_children (widget);
  gtk_widget_class_add_binding (widget, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (widget, GDK_KEY_Return, GDK_CONTROL_MASK, save_key_cb, NULL);
  gtk_widget_class_add_binding (widget, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, save_key_cb, NULL);
}

static void
cr_allergy_dialog_init (CrAllergyDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (substance_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->substance_entry), keys);
  g_signal_connect_swapped (self->substance_entry, "changed", G_CALLBACK (searched_cb), self);
  g_signal_connect_swapped (self->substance_entry, "activate", G_CALLBACK (substance_enter_cb), self);
  g_signal_connect (self->hits, "row-activated", G_CALLBACK (hit_cb), self);
  g_signal_connect_swapped (self->type_choice, "notify::selected", G_CALLBACK (tell_taken_cb), self);
  g_signal_connect_swapped (self->reactions_entry, "changed", G_CALLBACK (tell_taken_cb), self);
  g_signal_connect_swapped (self->onset_entry, "changed", G_CALLBACK (onset_cb), self);
  g_signal_connect_swapped (self->none_button, "clicked", G_CALLBACK (none_cb), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  add_reactions (self);
}

void
cr_allergy_dialog_present (CrWindow *window, CrChart *chart)
{
  CrAllergyDialog *self = g_object_new (CR_TYPE_ALLERGY_DIALOG, "transient-for", window, NULL);
  const CrPatient *patient = cr_chart_get_records (chart)->patient;
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (window)));
  g_autofree char *name = cr_window_name_of (window, patient);
  self->window = window;
  self->chart = g_object_ref (chart);
  gtk_box_append (self->patient_box, cr_line_patient (patient, name, today));
  show_existing (self);
  searched_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->substance_entry));
  cr_focus_keep_typing (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
}
