#include "src/ui/rx/rx-composer.h"
#include "src/ui/chart/line.h"
#include "src/ui/rx/rx-print.h"
#include "src/ui/rx/rx-sign-sheet.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/drug-entry.h"
#include <glib/gi18n.h>

#define SHOWN 8    /* ready-made lines at a time */
#define NUMBERED 6 /* of them by a key */

struct _CrRxComposer {
  GtkWidget parent;
  GtkWidget *root;
  GtkEntry *drug_entry, *dose, *dose_unit, *route, *frequency, *timing, *as_needed_for, *days, *indication,
      *quantity, *refills, *note;
  GtkCheckButton *as_needed, *daw;
  GtkListBox *choices;
  GtkLabel *identity, *choices_more, *preview, *problem;
  GtkLabel *dose_problem, *days_problem, *quantity_problem, *refills_problem, *note_problem;
  GtkBox *checks;
  GtkButton *cancel_button, *save_button, *sign_button;
  CrWindow *window; /* borrowed: it stands in it */
  CrChart *chart;
  CrRxDraft *draft;
  GPtrArray *bindings;
  gboolean choosing;
  gboolean own_words; /* taken as written: its row was chosen, not just its name typed */
};

enum { DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrRxComposer, cr_rx_composer, GTK_TYPE_WIDGET)

static void show_state (CrRxComposer *self);

/* ---- drug search: ready-made lines, numbered ---- */

typedef struct {
  const CrDrug *drug; /* NULL: what was typed, in own words */
  int line;
} Choice;

static void
clear_choices (CrRxComposer *self)
{
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_list_box_remove (self->choices, row);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->choices_more), FALSE);
}

static void
add_choice (CrRxComposer *self, const CrDrug *drug, int line, const char *text, const char *below)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (self->choices));
  int number = last != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (last)) + 2 : 1;
  g_autofree char *numbered = g_strdup_printf ("%d  %s", number, text);
  GtkWidget *label = gtk_label_new (number <= NUMBERED && drug != NULL ? numbered : text);
  Choice *choice = g_new0 (Choice, 1);
  choice->drug = drug;
  choice->line = line;
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (below != NULL) {
    GtkWidget *hint = gtk_label_new (below);
    gtk_label_set_xalign (GTK_LABEL (hint), 0);
    gtk_widget_add_css_class (hint, "caption");
    gtk_box_append (GTK_BOX (box), hint);
  }
  gtk_widget_set_margin_start (box, 9);
  gtk_widget_set_margin_top (box, 3);
  gtk_widget_set_margin_bottom (box, 3);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "cr-choice", choice, g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (self->choices, row);
}

static guint
add_lines (CrRxComposer *self, const CrKnowledge *knowledge, const CrDrug *drug, guint shown)
{
  g_autofree char *looks = cr_drug_looks_like (knowledge, drug);
  g_autofree char *classes = cr_drug_classes_text (knowledge, drug);
  g_autofree char *below =
      looks != NULL ? g_strdup_printf ("%s  ·  ▲ %s", classes, looks) : g_strdup (classes);
  guint n = drug->lines != NULL ? drug->lines->len : 0;
  if (n == 0) {
    g_autofree char *text = cr_drug_with_brand (drug);
    add_choice (self, drug, -1, text, below);
    return 1;
  }
  for (guint i = 0; i < n && shown + i < SHOWN; i++) {
    g_autofree char *text = cr_drug_line_text (drug->lines->pdata[i]);
    add_choice (self, drug, (int)i, text, i == 0 && below[0] != '\0' ? below : NULL);
  }
  return n;
}

/* The only way to a drug that is not in the list, and never the one that Enter takes by itself. */
static void
add_own_words (CrRxComposer *self, const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  g_autofree char *text = g_strdup_printf (_ ("Write “%s” as typed"), trimmed);
  add_choice (self, NULL, -1, text, _ ("not from the drug list: nothing is checked"));
}

static char *
words_on_found (guint found, guint total)
{
  if (total > found)
    return g_strdup_printf (_ ("Showing %u of %u drugs – keep typing"), found, total);
  return total == 0
             ? g_strdup (_ ("Not in the drug list. Check the spelling, or take it as typed (Down, Enter)."))
             : NULL;
}

/* The list is in memory: what is shown always belongs to what is typed. */
static void
search_cb (CrRxComposer *self)
{
  CrKnowledge *knowledge = cr_session_get_knowledge (cr_window_get_session (self->window));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->drug_entry));
  guint total = 0, shown = 0;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *more = NULL;
  clear_choices (self);
  if (self->choosing || self->draft == NULL)
    return;
  self->own_words = FALSE;
  if (g_utf8_strlen (typed, -1) >= 2) {
    found = cr_drug_search (knowledge, typed, SHOWN, &total);
    for (guint i = 0; i < found->len && shown < SHOWN; i++)
      shown += add_lines (self, knowledge, found->pdata[i], shown);
    add_own_words (self, typed);
    more = words_on_found (found->len, total);
    gtk_widget_set_visible (GTK_WIDGET (self->choices), TRUE);
    gtk_label_set_label (self->choices_more, more != NULL ? more : "");
    gtk_widget_set_visible (GTK_WIDGET (self->choices_more), more != NULL);
    gtk_list_box_select_row (self->choices,
                             shown > 0 ? gtk_list_box_get_row_at_index (self->choices, 0) : NULL);
  }
  show_state (self);
}

static void
chosen_cb (GtkListBox *list, GtkListBoxRow *row, CrRxComposer *self)
{
  const Choice choice = *(const Choice *)g_object_get_data (G_OBJECT (row), "cr-choice");
  self->own_words = choice.drug == NULL;
  if (choice.drug != NULL) {
    self->choosing = TRUE;
    cr_rx_draft_choose (self->draft, choice.drug->id, choice.line);
    self->choosing = FALSE;
  }
  clear_choices (self);
  show_state (self);
  gtk_widget_grab_focus (choice.line >= 0 ? GTK_WIDGET (self->quantity) : GTK_WIDGET (self->dose));
}

/* 1 to 6 after a letter take that line ("amlo3"); after a blank a digit is a strength to search for. */
static gboolean
choose_number (CrRxComposer *self, guint key)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->drug_entry));
  gunichar digit = gdk_keyval_to_unicode (key);
  GtkListBoxRow *row = NULL;
  if (digit >= '1' && digit < '1' + NUMBERED && !cr_str_empty (typed) &&
      g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (typed + strlen (typed)))))
    row = gtk_list_box_get_row_at_index (self->choices, (int)(digit - '1'));
  if (row == NULL || ((const Choice *)g_object_get_data (G_OBJECT (row), "cr-choice"))->drug == NULL)
    return FALSE;
  chosen_cb (self->choices, row, self);
  return TRUE;
}

static gboolean
drug_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrRxComposer *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->choices);
  int at = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  if (!gtk_widget_get_visible (GTK_WIDGET (self->choices)) || (state & GDK_CONTROL_MASK) != 0)
    return FALSE;
  if (key == GDK_KEY_Down || key == GDK_KEY_Up) {
    row = gtk_list_box_get_row_at_index (self->choices, at + (key == GDK_KEY_Down ? 1 : -1));
    if (row != NULL)
      cr_list_mark (self->choices, row);
    return TRUE;
  }
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && row != NULL) {
    chosen_cb (self->choices, row, self);
    return TRUE;
  }
  return choose_number (self, key);
}

/* ---- checks and preview ---- */

static const char *
css_of (const CrCheck *check)
{
  if (check->state != CR_CHECK_FOUND)
    return check->state == CR_CHECK_PASSED ? "text-2" : "warning";
  return check->tier >= CR_CHECK_TIER_STOP      ? "critical"
         : check->tier >= CR_CHECK_TIER_WARNING ? "warning"
                                                : "info";
}

/* The mark stands in a column of its own, so that long words stay in their block. */
static void
show_check (CrRxComposer *self, const CrCheck *check)
{
  GtkWidget *line = cr_line_box (6), *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *mark = cr_line_short (cr_check_mark (check), css_of (check));
  g_autofree char *words = cr_check_words (check);
  g_autofree char *said = g_strdup_printf ("%s  %s", cr_check_label (check), words);
  gtk_label_set_width_chars (GTK_LABEL (mark), 2);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (line, "check-line");
  gtk_box_append (GTK_BOX (text), cr_line_text (said, css_of (check)));
  if (check->state == CR_CHECK_FOUND && check->why != NULL)
    gtk_box_append (GTK_BOX (text), cr_line_text (check->why, "caption"));
  cr_line_add (line, mark, FALSE);
  cr_line_add (line, text, TRUE);
  gtk_box_append (self->checks, line);
}

/* While a drug is still being looked for there is nothing to check, and nothing to sign: what is typed is no
 * drug until a row is chosen. */
static gboolean
is_choosing (CrRxComposer *self)
{
  return cr_rx_draft_peek (self->draft)->drug_code == NULL && !self->own_words;
}

static void
show_checks (CrRxComposer *self)
{
  GPtrArray *checks = cr_rx_draft_get_checks (self->draft);
  cr_line_clear (GTK_WIDGET (self->checks));
  if (is_choosing (self))
    gtk_box_append (self->checks, cr_line_text (_ ("The checks follow when the drug is chosen."), "text-2"));
  for (guint i = 0; checks != NULL && !is_choosing (self) && i < checks->len; i++)
    show_check (self, checks->pdata[i]);
}

static void
show_field_problem (CrRxComposer *self, const char *part, GtkEntry *entry, GtkLabel *label)
{
  const char *problem = cr_rx_draft_problem (self->draft, part);
  gtk_label_set_label (label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem : "", -1);
}

static void
show_field_problems (CrRxComposer *self)
{
  show_field_problem (self, "dose", self->dose, self->dose_problem);
  show_field_problem (self, "days", self->days, self->days_problem);
  show_field_problem (self, "quantity", self->quantity, self->quantity_problem);
  show_field_problem (self, "refills", self->refills, self->refills_problem);
  show_field_problem (self, "pharmacist-note", self->note, self->note_problem);
}

/* The first thing in the way of signing, then what is only asked; NULL: nothing. */
static char *
sentence_of (CrRxComposer *self)
{
  g_autoptr (GPtrArray) problems = cr_rx_draft_problems (self->draft);
  g_autoptr (GPtrArray) questions = cr_rx_draft_questions (self->draft);
  const CrCheck *stop = cr_rx_draft_must_change (self->draft);
  if (is_choosing (self))
    return g_strdup (_ ("Choose the drug in the list."));
  if (problems->len > 0)
    return g_strdup (problems->pdata[0]);
  if (stop != NULL)
    return g_strdup_printf (_ ("This cannot be signed as it is: %s. %s"), stop->title, stop->what);
  return questions->len > 0 ? g_strdup (questions->pdata[0]) : NULL;
}

static void
show_problem (CrRxComposer *self)
{
  g_autofree char *text = sentence_of (self);
  gboolean begun = gtk_editable_get_text (GTK_EDITABLE (self->drug_entry))[0] != '\0';
  gtk_label_set_label (self->problem, text != NULL && begun ? text : "");
}

static void
show_state (CrRxComposer *self)
{
  g_autofree char *preview = NULL;
  gboolean complete = FALSE, choosing = is_choosing (self);
  show_checks (self);
  show_field_problems (self);
  g_object_get (self->draft, "preview", &preview, "complete", &complete, NULL);
  gtk_label_set_label (
      self->preview, choosing || cr_str_empty (preview) ? _ ("The directions are read back here.") : preview);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), !choosing);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button),
                            complete && !choosing && cr_rx_draft_must_change (self->draft) == NULL);
  show_problem (self);
}

static void
checked_cb (CrRxComposer *self)
{
  show_state (self);
}

/* ---- ending ---- */

static void
signed_cb (GtkWindow *sheet, gint64 id, CrRxComposer *self)
{
  g_autoptr (CrChart) chart = g_object_ref (self->chart);
  cr_window_toast (self->window, _ ("Signed; ready to print."), NULL, NULL);
  g_signal_emit (self, signals[DONE], 0);
  cr_rx_print (self->window, chart, id);
}

static void
sign_cb (CrRxComposer *self)
{
  GtkWindow *sheet;
  if (self->draft == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->sign_button)))
    return;
  sheet = cr_rx_sign_sheet_present (self->window, self->chart, self->draft);
  g_signal_connect_object (sheet, "signed", G_CALLBACK (signed_cb), self, 0);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrRxComposer) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error)) {
    gtk_label_set_label (self->problem, error->message);
    return;
  }
  cr_window_toast (self->window, _ ("Kept for the prescriber’s signature."), NULL, NULL);
  g_signal_emit (self, signals[DONE], 0);
}

static void
save_cb (CrRxComposer *self)
{
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save_button)))
    return;
  cr_rx_draft_save_async (self->draft, saved_cb, g_object_ref (self));
}

static void
cancel_cb (CrRxComposer *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

/* ---- class ---- */

static void
cr_rx_composer_dispose (GObject *object)
{
  CrRxComposer *self = CR_RX_COMPOSER (object);
  if (self->bindings != NULL)
    cr_rx_composer_set_draft (self, NULL, NULL);
  g_clear_pointer (&self->bindings, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_RX_COMPOSER);
  G_OBJECT_CLASS (cr_rx_composer_parent_class)->dispose (object);
}

static void
bind_entries (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrRxComposer, drug_entry);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, dose);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, dose_unit);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, route);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, frequency);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, timing);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, as_needed);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, as_needed_for);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, days);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, indication);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, quantity);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, refills);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, daw);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, note);
}

static void
cr_rx_composer_class_init (CrRxComposerClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_rx_composer_dispose;
  signals[DONE] =
      g_signal_new ("done", CR_TYPE_RX_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/rx/rx-composer.ui");
  bind_entries (widget);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, root);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, choices);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, identity);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, choices_more);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, preview);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, problem);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, dose_problem);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, days_problem);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, quantity_problem);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, refills_problem);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, note_problem);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, checks);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, save_button);
  gtk_widget_class_bind_template_child (widget, CrRxComposer, sign_button);
}

static void
cr_rx_composer_init (CrRxComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bindings = g_ptr_array_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (drug_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->drug_entry), keys);
  g_signal_connect_swapped (self->drug_entry, "changed", G_CALLBACK (search_cb), self);
  g_signal_connect (self->choices, "row-activated", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (cancel_cb), self);
}

GtkWidget *
cr_rx_composer_new (CrWindow *window)
{
  CrRxComposer *self = g_object_new (CR_TYPE_RX_COMPOSER, NULL);
  self->window = window;
  return GTK_WIDGET (self);
}

static void
bind (CrRxComposer *self, const char *property, gpointer widget, const char *target)
{
  g_ptr_array_add (self->bindings, g_object_bind_property (self->draft, property, widget, target,
                                                           G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE));
}

static void
bind_draft (CrRxComposer *self)
{
  bind (self, "drug", self->drug_entry, "text");
  bind (self, "dose-unit", self->dose_unit, "text");
  bind (self, "dose", self->dose, "text");
  bind (self, "route", self->route, "text");
  bind (self, "frequency", self->frequency, "text");
  bind (self, "timing", self->timing, "text");
  bind (self, "as-needed", self->as_needed, "active");
  bind (self, "as-needed-for", self->as_needed_for, "text");
  bind (self, "days", self->days, "text");
  bind (self, "indication", self->indication, "text");
  bind (self, "quantity", self->quantity, "text");
  bind (self, "refills", self->refills, "text");
  bind (self, "dispense-as-written", self->daw, "active");
  bind (self, "pharmacist-note", self->note, "text");
}

static void
show_identity (CrRxComposer *self)
{
  CrSession *session = cr_window_get_session (self->window);
  const CrPatient *p = cr_chart_get_records (self->chart)->patient;
  g_autofree char *name = cr_patient_name_display (p);
  g_autofree char *born = cr_patient_born (p, cr_clock_today (cr_session_get_clock (session)));
  g_autofree char *facts = cr_chart_dosing_facts (self->chart);
  g_autofree char *text =
      g_strdup_printf ("%s  ·  %s  ·  %s  ·  %s", name, born, cr_sex_word (p->sex), facts);
  gtk_label_set_label (self->identity, text);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_button), cr_session_can (session, CR_RIGHT_SIGN));
}

void
cr_rx_composer_set_draft (CrRxComposer *self, CrChart *chart, CrRxDraft *draft)
{
  for (guint i = 0; i < self->bindings->len; i++)
    g_binding_unbind (self->bindings->pdata[i]);
  g_ptr_array_set_size (self->bindings, 0);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_set_object (&self->chart, chart);
  g_set_object (&self->draft, draft);
  if (draft == NULL)
    return;
  self->own_words = !cr_str_empty (cr_rx_draft_peek (draft)->display); /* a renewal */
  self->choosing = TRUE;
  bind_draft (self);
  self->choosing = FALSE;
  clear_choices (self);
  show_identity (self);
  g_signal_connect_swapped (draft, "checked", G_CALLBACK (checked_cb), self);
  checked_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->drug_entry));
}

gboolean
cr_rx_composer_sign (CrRxComposer *self)
{
  if (self->draft == NULL)
    return FALSE;
  if (cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SIGN))
    sign_cb (self);
  else
    save_cb (self);
  return TRUE;
}
