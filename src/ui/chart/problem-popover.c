#include "src/ui/chart/problem-popover.h"
#include "src/ui/chart/line.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/knowledge.h"
#include <glib/gi18n.h>

#define MOST_HITS 8

struct _CrProblemPopover {
  GtkPopover parent;
  GtkEntry *search_entry, *onset_entry, *note_entry;
  GtkListBox *hits;
  GtkLabel *hint_label, *echo_label, *problem_label;
  GtkWidget *more_box;
  GtkButton *add_button;
  CrWindow *window; /* borrowed, while it is open */
  CrChart *chart;
  char *code, *display; /* of the chosen term; code NULL: as typed */
  gboolean choosing;    /* the entry's text is being set to the chosen term */
  CrId typed_for;       /* patient whose unsaved words are still in the fields */
};

G_DEFINE_FINAL_TYPE (CrProblemPopover, cr_problem_popover, GTK_TYPE_POPOVER)

static CrDate
today_of (CrProblemPopover *self)
{
  return cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
}

static void
set_problem (CrProblemPopover *self, const char *text)
{
  gtk_label_set_label (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
}

static void
choose (CrProblemPopover *self, const char *code, const char *display)
{
  g_free (self->code);
  g_free (self->display);
  self->code = g_strdup (code);
  self->display = g_strdup (display);
  gtk_widget_set_visible (self->more_box, display != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), display != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), display == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), display == NULL);
  if (display == NULL)
    return;
  self->choosing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), display);
  self->choosing = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->onset_entry));
}

/* ---- hits ---- */

static void
add_hit (CrProblemPopover *self, const char *code, const char *display, const char *aside)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = cr_line_box (12);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", display, aside);
  cr_line_add (line, cr_line_text (display, "value"), TRUE);
  cr_line_add (line, cr_line_text (aside, "caption"), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), "cr-code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (row), "cr-display", g_strdup (display), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->hits, row);
}

static void
say_how_many (CrProblemPopover *self, guint shown, guint total)
{
  g_autofree char *text = NULL;
  if (total > shown)
    text = g_strdup_printf (_ ("Showing %u of %u – keep typing"), shown, total);
  gtk_label_set_label (self->hint_label, text != NULL ? text : "");
}

static void
searched_cb (CrProblemPopover *self)
{
  CrKnowledge *knowledge =
      self->window != NULL ? cr_session_get_knowledge (cr_window_get_session (self->window)) : NULL;
  g_autofree char *typed = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  g_autoptr (GPtrArray) found = NULL;
  GtkListBoxRow *row;
  guint total = 0;
  if (self->choosing || self->window == NULL)
    return;
  choose (self, NULL, NULL);
  while ((row = gtk_list_box_get_row_at_index (self->hits, 0)) != NULL)
    gtk_list_box_remove (self->hits, GTK_WIDGET (row));
  if (g_utf8_strlen (typed, -1) < 2) {
    gtk_label_set_label (self->hint_label, _ ("Type at least two letters."));
    return;
  }
  found = cr_problem_search (knowledge, typed, MOST_HITS, &total);
  for (guint i = 0; i < found->len; i++) {
    const CrProblemTerm *term = found->pdata[i];
    add_hit (self, term->code, term->display, term->code);
  }
  add_hit (self, NULL, typed, _ ("as typed, not coded"));
  gtk_list_box_select_row (self->hits, gtk_list_box_get_row_at_index (self->hits, 0));
  say_how_many (self, found->len, total);
}

static void
hit_cb (GtkListBox *list, GtkListBoxRow *row, CrProblemPopover *self)
{
  g_autofree char *code = g_strdup (g_object_get_data (G_OBJECT (row), "cr-code"));
  g_autofree char *display = g_strdup (g_object_get_data (G_OBJECT (row), "cr-display"));
  choose (self, code, display);
}

static void
search_enter_cb (CrProblemPopover *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);
  if (self->display == NULL && row != NULL)
    hit_cb (self->hits, row, self);
}

static gboolean
search_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
               CrProblemPopover *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);
  GtkListBoxRow *next;
  int step = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;
  if (step == 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  next = gtk_list_box_get_row_at_index (self->hits, gtk_list_box_row_get_index (row) + step);
  if (next != NULL)
    cr_list_mark (self->hits, next);
  return GDK_EVENT_STOP;
}

/* ---- since when ---- */

static gboolean
read_onset (CrProblemPopover *self, CrDate *out, GError **error)
{
  CrDateReading reading = { 0 };
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->onset_entry));
  *out = CR_DATE_NONE;
  if (!cr_date_parse (typed, today_of (self), CR_DATE_PAST, CR_DATE_NONE, &reading, error))
    return FALSE;
  *out = reading.unknown ? CR_DATE_NONE : reading.date;
  return TRUE;
}

static void
onset_cb (CrProblemPopover *self)
{
  CrDate onset;
  g_autofree char *day = NULL, *text = NULL;
  if (self->window == NULL)
    return;
  if (read_onset (self, &onset, NULL) && cr_date_is_set (onset)) {
    day = cr_date_format (onset);
    text = g_strdup_printf ("= %s", day);
  }
  gtk_label_set_label (self->echo_label, text != NULL ? text : "");
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrProblemPopover) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (self->window == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), TRUE);
  if (saved) {
    self->typed_for = CR_ID_NONE;
    gtk_popover_popdown (GTK_POPOVER (self));
  } else {
    set_problem (self, error->message);
  }
}

/* What was typed for the same patient and not saved stays. */
static void
start_fresh (CrProblemPopover *self)
{
  CrId patient = cr_chart_get_patient_id (self->chart);
  if (self->typed_for == patient)
    return;
  self->typed_for = patient;
  gtk_editable_set_text (GTK_EDITABLE (self->onset_entry), "");
  gtk_editable_set_text (GTK_EDITABLE (self->note_entry), "");
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  searched_cb (self);
}

static void
add_cb (CrProblemPopover *self)
{
  g_autoptr (CrProblem) problem = cr_problem_new ();
  g_autoptr (GError) error = NULL;
  if (self->display == NULL || self->chart == NULL)
    return;
  if (!read_onset (self, &problem->onset, &error)) {
    set_problem (self, error->message);
    gtk_widget_grab_focus (GTK_WIDGET (self->onset_entry));
    return;
  }
  problem->display = g_strdup (self->display);
  problem->code = g_strdup (self->code);
  problem->system = self->code != NULL ? g_strdup ("icd10cm") : NULL;
  problem->note = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->note_entry)));
  if (cr_str_empty (problem->note))
    g_clear_pointer (&problem->note, g_free);
  problem->encounter_id = cr_chart_open_encounter (self->chart);
  set_problem (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), FALSE);
  cr_chart_save_problem_async (self->chart, problem, saved_cb, g_object_ref (self));
}

static void
closed_cb (CrProblemPopover *self)
{
  self->window = NULL;
  g_clear_object (&self->chart);
}

/* ---- class ---- */

static void
cr_problem_popover_dispose (GObject *object)
{
  CrProblemPopover *self = CR_PROBLEM_POPOVER (object);
  closed_cb (self);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->display, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_PROBLEM_POPOVER);
  G_OBJECT_CLASS (cr_problem_popover_parent_class)->dispose (object);
}

static void
cr_problem_popover_class_init (CrProblemPopoverClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_problem_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/chart/problem-popover.ui");
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, search_entry);
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, onset_entry);
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, note_entry);
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, hits);
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, hint_label);
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, echo_label);
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, problem_label);
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, more_box);
  gtk_widget_class_bind_template_child (widget, CrProblemPopover, add_button);
}

static void
cr_problem_popover_init (CrProblemPopover *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);
  g_signal_connect_swapped (self->search_entry, "changed", G_CALLBACK (searched_cb), self);
  g_signal_connect_swapped (self->search_entry, "activate", G_CALLBACK (search_enter_cb), self);
  g_signal_connect (self->hits, "row-activated", G_CALLBACK (hit_cb), self);
  g_signal_connect_swapped (self->onset_entry, "changed", G_CALLBACK (onset_cb), self);
  g_signal_connect_swapped (self->onset_entry, "activate", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->note_entry, "activate", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
  cr_focus_keep_late_keys (GTK_POPOVER (self));
}

void
cr_problem_popover_open (CrProblemPopover *self, CrWindow *window, CrChart *chart)
{
  self->window = window;
  g_set_object (&self->chart, chart);
  set_problem (self, NULL);
  start_fresh (self);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
