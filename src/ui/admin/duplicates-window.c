#include "src/ui/admin/duplicates-window.h"
#include "src/ui/admin/merge-choice.h"
#include "src/ui/admin/merge-dialog.h"
#include "src/ui/shell/question.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/session/duplicate-list.h"
#include "chartroom/session/patient-merge.h"
#include <glib/gi18n.h>

struct _CrDuplicatesWindow {
  GtkWindow parent;
  GtkLabel *status_label, *problem_label, *open_empty, *answered_empty, *merged_empty;
  GtkListBox *open_list, *answered_list, *merged_list;
  GtkSpinner *spinner;
  GtkButton *search_button, *choose_button;
  CrWindow *window; /* transient for it */
  CrDuplicateList *list;
  GListModel *merges;
};

G_DEFINE_FINAL_TYPE (CrDuplicatesWindow, cr_duplicates_window, GTK_TYPE_WINDOW)

static void
say (CrDuplicatesWindow *self, const char *problem)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
}

static CrSession *
session_of (CrDuplicatesWindow *self)
{
  return cr_window_get_session (self->window);
}

/* ---- what a pair looks like ---- */

static GtkWidget *
make_text (const char *text, const char *css)
{
  GtkWidget *label = cr_visit_label (text, css);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  return label;
}

static GtkWidget *
make_side (CrDuplicatesWindow *self, const CrPatient *p)
{
  CrDate today = cr_clock_today (cr_session_get_clock (session_of (self)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = cr_window_name_of (self->window, p);
  g_autofree char *born = cr_patient_born (p, today);
  g_autofree char *line = g_strdup_printf (_ ("%s · %s · MRN %s"), born, cr_sex_word (p->sex), p->mrn);
  g_autofree char *phone = cr_phone_format (p->phone);
  g_autofree char *address = cr_patient_address (p);
  g_autofree char *reach = address != NULL ? g_strdup_printf (_ ("Phone %s · %s"), phone, address)
                                           : g_strdup_printf (_ ("Phone %s"), phone);
  gtk_box_append (GTK_BOX (box), make_text (name, "heading"));
  gtk_box_append (GTK_BOX (box), make_text (line, "caption"));
  gtk_box_append (GTK_BOX (box), make_text (reach, "caption"));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
make_sides (CrDuplicatesWindow *self, const CrPatient *a, const CrPatient *b)
{
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  gtk_box_set_homogeneous (GTK_BOX (sides), TRUE);
  gtk_box_append (GTK_BOX (sides), make_side (self, a));
  gtk_box_append (GTK_BOX (sides), make_side (self, b));
  return sides;
}

/* spoken: who the button is about, for a screen reader that does not see the row. */
static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *about, GCallback clicked, GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", label, about);
  g_auto (GStrv) parts = g_strsplit (spoken, "_", -1);
  g_autofree char *plain = g_strjoinv ("", parts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
  g_signal_connect (button, "clicked", clicked, row);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* The item stays with its row: the buttons act on it. */
static GtkWidget *
make_row (GtkWidget *content, gpointer item, const char *spoken)
{
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  gtk_widget_set_margin_top (content, 9);
  gtk_widget_set_margin_bottom (content, 9);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data_full (G_OBJECT (row), "cr-item", g_object_ref (item), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static gconstpointer
item_of (GtkWidget *row)
{
  return cr_row_peek (CR_ROW (g_object_get_data (G_OBJECT (row), "cr-item")));
}

static CrDuplicatesWindow *
window_of (GtkWidget *row)
{
  return CR_DUPLICATES_WINDOW (gtk_widget_get_root (row));
}

static char *
name_both (CrDuplicatesWindow *self, const CrPatient *a, const CrPatient *b)
{
  g_autofree char *one = cr_window_name_of (self->window, a), *two = cr_window_name_of (self->window, b);
  return g_strdup_printf (_ ("%s, MRN %s, and %s, MRN %s"), one, a->mrn, two, b->mrn);
}

/* ---- deciding ---- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrDuplicatesWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    say (self, done ? NULL : error->message);
}

static void
answer (GtkWidget *row, CrDuplicateJudgement judgement)
{
  const CrDuplicateEntry *entry = item_of (row);
  CrDuplicatesWindow *self = window_of (row);
  cr_duplicate_answer_async (session_of (self), entry->a->id, entry->b->id, judgement, NULL, answered_cb,
                             g_object_ref (self));
}

static void
not_same_cb (GtkButton *button, GtkWidget *row)
{
  answer (row, CR_DUPLICATE_NOT_SAME);
}

static void
later_cb (GtkButton *button, GtkWidget *row)
{
  answer (row, CR_DUPLICATE_LATER);
}

static gboolean
is_older (const CrPatient *a, const CrPatient *b)
{
  int order = cr_date_compare (a->registered_on, b->registered_on);
  return order != 0 ? order < 0 : g_strcmp0 (a->mrn, b->mrn) < 0;
}

/* The older record is proposed as the one that is kept. */
static void
merge_cb (GtkButton *button, GtkWidget *row)
{
  const CrDuplicateEntry *entry = item_of (row);
  CrDuplicatesWindow *self = window_of (row);
  gboolean first = is_older (entry->a, entry->b);
  cr_merge_dialog_present (GTK_WINDOW (self), self->window, first ? entry->a->id : entry->b->id,
                           first ? entry->b->id : entry->a->id);
}

static char *
describe_points (const CrDuplicateEntry *entry)
{
  g_autofree char *text = g_strdup_printf (_ ("%d points – %s"), entry->score.points,
                                           entry->score.reasons != NULL ? entry->score.reasons : "");
  if (entry->score.twin)
    return g_strdup_printf (_ ("▲ Possible twin or sibling · %s"), text);
  return g_steal_pointer (&text);
}

static GtkWidget *
make_open_row (gpointer item, gpointer data)
{
  CrDuplicatesWindow *self = data;
  const CrDuplicateEntry *entry = cr_row_peek (item);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6),
            *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *points = describe_points (entry), *both = name_both (self, entry->a, entry->b);
  g_autofree char *spoken = g_strdup_printf ("%s. %s", both, points);
  GtkWidget *why = make_text (points, entry->score.twin ? "warning" : "strong");
  GtkWidget *row = make_row (box, item, spoken);
  gtk_label_set_max_width_chars (GTK_LABEL (why), 90);
  gtk_widget_set_hexpand (why, TRUE);
  gtk_box_append (GTK_BOX (foot), why);
  if (entry->answer != NULL)
    gtk_box_append (GTK_BOX (foot), cr_visit_label (_ ("Later"), "chip"));
  add_button (foot, _ ("_Not the Same Person"), both, G_CALLBACK (not_same_cb), row);
  if (entry->answer == NULL)
    add_button (foot, _ ("_Later"), both, G_CALLBACK (later_cb), row);
  if (cr_session_can (session_of (self), CR_RIGHT_ADMIN))
    add_button (foot, _ ("_Merge…"), both, G_CALLBACK (merge_cb), row);
  gtk_box_append (GTK_BOX (box), make_sides (self, entry->a, entry->b));
  gtk_box_append (GTK_BOX (box), foot);
  return row;
}

/* ---- judged ---- */

static GtkWidget *
make_answered_row (gpointer item, gpointer data)
{
  CrDuplicatesWindow *self = data;
  const CrDuplicateEntry *entry = cr_row_peek (item);
  CrClock *clock = cr_session_get_clock (session_of (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6),
            *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *both = name_both (self, entry->a, entry->b);
  g_autofree char *day = cr_date_format (cr_clock_date_of (clock, entry->answer->answered_at));
  g_autofree char *text = g_strdup_printf (
      _ ("Not the same person, said %s, %s%s%s"), entry->answered_by != NULL ? entry->answered_by : "", day,
      entry->answer->reason != NULL ? " · " : "", entry->answer->reason != NULL ? entry->answer->reason : "");
  g_autofree char *spoken = g_strdup_printf ("%s. %s", both, text);
  GtkWidget *row = make_row (box, item, spoken), *said = make_text (text, "caption");
  gtk_widget_set_hexpand (said, TRUE);
  gtk_box_append (GTK_BOX (foot), said);
  add_button (foot, _ ("_Take Back"), both, G_CALLBACK (later_cb), row);
  gtk_box_append (GTK_BOX (box), make_sides (self, entry->a, entry->b));
  gtk_box_append (GTK_BOX (box), foot);
  return row;
}

/* ---- merged ---- */

static void
undo_confirmed_cb (CrQuestion *question, CrDuplicatesWindow *self)
{
  const CrId *merge = g_object_get_data (G_OBJECT (question), "cr-merge");
  cr_merge_undo_async (session_of (self), *merge, answered_cb, g_object_ref (self));
}

static void
undo_cb (GtkButton *button, GtkWidget *row)
{
  const CrMergedPair *pair = item_of (row);
  CrDuplicatesWindow *self = window_of (row);
  g_autofree char *what = g_strdup_printf (_ ("MRN %s and MRN %s are two charts again. What was written "
                                              "after the merge stays where it was written: look "
                                              "through both charts, the allergies first."),
                                           pair->kept->mrn, pair->gone->mrn);
  CrQuestion *question = cr_question_present (GTK_WINDOW (self), _ ("Undo this merge?"), what,
                                              _ ("_Leave Merged"), _ ("_Undo Merge"));
  g_object_set_data_full (G_OBJECT (question), "cr-merge", g_memdup2 (&pair->merge->id, sizeof (CrId)),
                          g_free);
  g_signal_connect_object (question, "confirmed", G_CALLBACK (undo_confirmed_cb), self, 0);
}

static char *
describe_merge (const CrMergedPair *pair, CrClock *clock)
{
  g_autofree char *day = cr_date_format (cr_clock_date_of (clock, pair->merge->merged_at));
  g_autofree char *text = g_strdup_printf (
      _ ("MRN %s became MRN %s on %s, signed by %s and %s: %s"), pair->gone->mrn, pair->kept->mrn, day,
      pair->by != NULL ? pair->by : "?", pair->second != NULL ? pair->second : "?", pair->merge->reason);
  if (pair->undone_by == NULL)
    return g_steal_pointer (&text);
  g_autofree char *undone = cr_date_format (cr_clock_date_of (clock, pair->merge->undone_at));
  return g_strdup_printf (_ ("%s – undone by %s on %s"), text, pair->undone_by, undone);
}

static GtkWidget *
make_merged_row (gpointer item, gpointer data)
{
  CrDuplicatesWindow *self = data;
  const CrMergedPair *pair = cr_row_peek (item);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6),
            *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *both = name_both (self, pair->gone, pair->kept);
  g_autofree char *text = describe_merge (pair, cr_session_get_clock (session_of (self)));
  g_autofree char *spoken = g_strdup_printf ("%s. %s", both, text);
  GtkWidget *row = make_row (box, item, spoken), *said = make_text (text, "caption");
  gtk_label_set_max_width_chars (GTK_LABEL (said), 90);
  gtk_widget_set_hexpand (said, TRUE);
  gtk_box_append (GTK_BOX (foot), said);
  if (pair->objection == NULL) {
    add_button (foot, _ ("_Undo Merge…"), both, G_CALLBACK (undo_cb), row);
  } else if (pair->undone_by == NULL) {
    gtk_label_set_max_width_chars (GTK_LABEL (said), 60);
    gtk_box_append (GTK_BOX (foot), make_text (pair->objection, "caption"));
  }
  gtk_box_append (GTK_BOX (box), make_sides (self, pair->gone, pair->kept));
  gtk_box_append (GTK_BOX (box), foot);
  return row;
}

/* ---- the window ---- */

static void
refresh (CrDuplicatesWindow *self)
{
  gboolean running = cr_duplicate_list_is_running (self->list);
  guint open = g_list_model_get_n_items (cr_duplicate_list_get_open (self->list));
  g_autofree char *status = NULL, *count = NULL;
  count = open < CR_DUPLICATES_SHOWN ? g_strdup_printf (ngettext ("%u pair", "%u pairs", open), open)
                                     : g_strdup_printf (_ ("The first %u pairs"), open);
  g_object_get (self->list, "status", &status, NULL);
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), !running);
  gtk_label_set_label (self->status_label, running && *status != '\0' ? status : count);
  say (self, !running && *status != '\0' ? status : NULL);
  gtk_label_set_label (
      self->open_empty,
      running ? _ ("Comparing the charts of the practice…")
              : _ ("No two charts look like one person. New ones are compared at registration."));
}

static void
cr_duplicates_window_dispose (GObject *object)
{
  CrDuplicatesWindow *self = CR_DUPLICATES_WINDOW (object);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_DUPLICATES_WINDOW);
  g_clear_object (&self->list);
  g_clear_object (&self->merges);
  G_OBJECT_CLASS (cr_duplicates_window_parent_class)->dispose (object);
}

static void
cr_duplicates_window_class_init (CrDuplicatesWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_duplicates_window_dispose;
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/admin/duplicates-window.ui");
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, status_label);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, problem_label);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, spinner);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, search_button);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, choose_button);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, open_list);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, open_empty);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, answered_list);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, answered_empty);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, merged_list);
  gtk_widget_class_bind_template_child (widget, CrDuplicatesWindow, merged_empty);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_duplicates_window_init (CrDuplicatesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_placeholder (self->open_list, GTK_WIDGET (self->open_empty));
  gtk_list_box_set_placeholder (self->answered_list, GTK_WIDGET (self->answered_empty));
  gtk_list_box_set_placeholder (self->merged_list, GTK_WIDGET (self->merged_empty));
}

static void
choose_cb (CrDuplicatesWindow *self)
{
  cr_merge_choice_present (GTK_WINDOW (self), self->window);
}

void
cr_duplicates_window_present (CrWindow *window)
{
  CrDuplicatesWindow *self = g_object_new (CR_TYPE_DUPLICATES_WINDOW, "transient-for", window, NULL);
  GtkListBoxRow *first;
  self->window = window;
  self->list = cr_duplicate_list_new (cr_window_get_session (window));
  self->merges = cr_merge_list_new (cr_window_get_session (window));
  gtk_list_box_bind_model (self->open_list, cr_duplicate_list_get_open (self->list), make_open_row, self,
                           NULL);
  gtk_list_box_bind_model (self->answered_list, cr_duplicate_list_get_answered (self->list),
                           make_answered_row, self, NULL);
  gtk_list_box_bind_model (self->merged_list, self->merges, make_merged_row, self, NULL);
  g_signal_connect_object (self->list, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_button, "clicked", G_CALLBACK (cr_duplicate_list_search), self->list,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choose_button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->choose_button),
                          cr_session_can (session_of (self), CR_RIGHT_ADMIN));
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
  first = gtk_list_box_get_row_at_index (self->open_list, 0);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}
