/* The list of the Today page: order, filter, headings, counts, and where the focus goes. */
#include "src/ui/schedule/today-page-private.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/session/visit-desk.h"
#include <glib/gi18n.h>

static CrClock *
clock_of (CrTodayPage *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

gboolean
cr_today_page_is_today (CrTodayPage *self)
{
  return cr_date_compare (cr_day_schedule_get_date (self->schedule), cr_clock_today (clock_of (self))) == 0;
}

static gboolean
is_over (const CrVisit *visit)
{
  return visit->appointment->stage >= CR_STAGE_CHECKED_OUT;
}

static const CrVisit *
visit_of (GtkListBoxRow *row)
{
  return row != NULL && CR_IS_VISIT_ROW (row) ? cr_visit_row_get_visit (CR_VISIT_ROW (row)) : NULL;
}

/* ---- order, filter, headings ---- */

/* Going on, then the heading of those that are over, then these. */
static int
group_of (GtkListBoxRow *row)
{
  const CrVisit *visit = visit_of (row);
  if (visit == NULL)
    return 1;
  return is_over (visit) ? 2 : 0;
}

static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  const CrVisit *one = visit_of (a), *two = visit_of (b);
  int by_group = group_of (a) - group_of (b);
  if (by_group != 0 || one == NULL || two == NULL)
    return by_group;
  if (one->appointment->start_min != two->appointment->start_min)
    return one->appointment->start_min < two->appointment->start_min ? -1 : 1;
  return one->appointment->id < two->appointment->id ? -1 : one->appointment->id > two->appointment->id;
}

static gboolean
is_filtered_in (CrTodayPage *self, const CrVisit *visit)
{
  guint at = gtk_drop_down_get_selected (self->clinician_filter);
  CrId person = at < self->filter_ids->len ? g_array_index (self->filter_ids, CrId, at) : CR_ID_NONE;
  return person == CR_ID_NONE || visit->appointment->person_id == person;
}

/* −1: all. */
static int
stage_wanted (CrTodayPage *self)
{
  guint at = gtk_drop_down_get_selected (self->stage_filter);
  return at == 0 || at > CR_N_STAGES ? -1 : (int)at - 1;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  CrTodayPage *self = data;
  const CrVisit *visit = visit_of (row);
  int stage = stage_wanted (self);
  if (visit == NULL)
    return stage < 0 && gtk_label_get_label (self->done_label)[0] != '\0';
  if (stage >= 0)
    return is_filtered_in (self, visit) && visit->appointment->stage == stage;
  return is_filtered_in (self, visit) && (self->done_shown || !is_over (visit));
}

static gboolean
is_ahead (GtkListBoxRow *row, int now)
{
  const CrVisit *visit = visit_of (row);
  return visit == NULL || is_over (visit) || visit->appointment->start_min > now;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  CrTodayPage *self = data;
  int now = cr_clock_minute (clock_of (self));
  gboolean line =
      cr_today_page_is_today (self) && is_ahead (row, now) && (before == NULL || !is_ahead (before, now));
  GtkWidget *header = line ? gtk_list_box_row_get_header (row) : NULL;
  g_autofree char *time = cr_minute_format (now);
  g_autofree char *text = g_strdup_printf (_ ("Now %s"), time);
  if (line && header != NULL)
    gtk_label_set_label (GTK_LABEL (header), text);
  if (line && header == NULL) {
    header = cr_visit_label (text, "now-line");
    gtk_list_box_row_set_header (row, header);
  }
  if (!line)
    gtk_list_box_row_set_header (row, NULL);
}

/* ---- counts ---- */

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

static void
show_wait (CrTodayPage *self, GArray *waits)
{
  g_autofree char *text = NULL;
  g_array_sort (waits, compare_ints);
  if (waits->len > 0)
    text = g_strdup_printf (_ ("Typical wait %d min"), g_array_index (waits, int, waits->len / 2));
  gtk_label_set_label (self->wait_label, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (
      GTK_WIDGET (self->wait_label),
      text != NULL ? _ ("Of those who wait now to be roomed, half have waited longer, half not so long")
                   : NULL);
}

static void
append_count (GString *text, guint n, const char *word)
{
  if (n > 0)
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? "  ·  " : "", n, word);
}

static void
count_visit (CrTodayPage *self, const CrVisit *visit, guint *counts, GArray *waits)
{
  gboolean late;
  int minutes = cr_visit_minutes_in_stage (
      visit, clock_of (self), cr_session_get_practice (cr_window_get_session (self->window)), &late);
  counts[visit->appointment->stage]++;
  if (visit->appointment->stage == CR_STAGE_ARRIVED && minutes >= 0)
    g_array_append_val (waits, minutes);
}

/* words: what there is; "" when nothing is over. */
static void
show_done_words (CrTodayPage *self, const char *words)
{
  g_autofree char *text =
      words[0] != '\0' ? g_strconcat (self->done_shown ? "▾  " : "▸  ", words, NULL) : g_strdup ("");
  gtk_label_set_label (self->done_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->done_row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_focusable (GTK_WIDGET (self->done_row), words[0] != '\0');
}

static void
show_counts (CrTodayPage *self)
{
  guint counts[CR_N_STAGES] = { 0 }, booked = 0;
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GString) text = g_string_new (NULL), over = g_string_new (NULL);
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (is_filtered_in (self, visit_of (row)))
      count_visit (self, visit_of (row), counts, waits);
  for (int stage = 0; stage < CR_STAGE_CANCELLED; stage++)
    booked += counts[stage];
  append_count (text, booked, _ ("booked"));
  append_count (text, counts[CR_STAGE_ARRIVED], _ ("arrived"));
  append_count (text, counts[CR_STAGE_ROOMED], _ ("roomed"));
  append_count (text, counts[CR_STAGE_WITH_DOCTOR], _ ("with doctor"));
  append_count (text, counts[CR_STAGE_READY], _ ("ready"));
  append_count (text, counts[CR_STAGE_CHECKED_OUT], _ ("checked out"));
  append_count (text, counts[CR_STAGE_NO_SHOW], _ ("no-show"));
  append_count (over, counts[CR_STAGE_CHECKED_OUT], _ ("checked out"));
  append_count (over, counts[CR_STAGE_NO_SHOW], _ ("no-show"));
  append_count (over, counts[CR_STAGE_CANCELLED], _ ("cancelled"));
  gtk_label_set_label (self->counts_label, text->str);
  show_done_words (self, over->str);
  show_wait (self, waits);
}

/* Only of this very day: of another one there is nothing to expect yet. */
void
cr_today_page_show_finish (CrTodayPage *self)
{
  GListModel *people = cr_day_schedule_get_clinicians (self->schedule);
  g_autoptr (GString) text = g_string_new (NULL);
  int now = cr_clock_minute (clock_of (self));
  for (guint i = 0; cr_today_page_is_today (self) && i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    g_autofree char *words = cr_finish_words (self->schedule, self->paces, cr_row_peek (row), now);
    if (words != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "  ·  " : "", words);
  }
  gtk_label_set_label (self->finish_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->finish_label), text->len > 0);
}

/* ---- rows ---- */

static void
remove_missing (CrTodayPage *self, GHashTable *present)
{
  GHashTableIter iter;
  gpointer id, row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row)) {
    if (g_hash_table_contains (present, id))
      continue;
    g_hash_table_iter_remove (&iter);
    gtk_list_box_remove (self->list, row);
  }
}

static void
put_rows (CrTodayPage *self)
{
  GListModel *visits = cr_day_schedule_get_visits (self->schedule);
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) item = g_list_model_get_item (visits, i);
    CrId id = cr_row_get_id (item);
    GtkWidget *row = g_hash_table_lookup (self->rows, &id);
    g_hash_table_add (present, g_memdup2 (&id, sizeof id));
    if (row != NULL) {
      cr_visit_row_set_item (CR_VISIT_ROW (row), item);
      continue;
    }
    row = cr_visit_row_new (self->window);
    cr_visit_row_set_narrow (CR_VISIT_ROW (row), self->narrow);
    cr_visit_row_set_item (CR_VISIT_ROW (row), item);
    g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
    gtk_list_box_append (self->list, row);
  }
  remove_missing (self, present);
}

GtkListBoxRow *
cr_today_page_focused (CrTodayPage *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  return row != NULL ? GTK_LIST_BOX_ROW (row) : NULL;
}

/* First not-arrived at or after now; for a clinician the next own patient who is roomed (UX 1.4, D1). */
static GtkListBoxRow *
defined_row (CrTodayPage *self)
{
  const CrPerson *me = cr_session_get_person (cr_window_get_session (self->window));
  int now = cr_clock_minute (clock_of (self));
  GtkListBoxRow *next = NULL, *first = NULL, *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    const CrVisit *visit = visit_of (row);
    if (visit == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (row)))
      continue;
    first = first != NULL ? first : row;
    if (me != NULL && visit->appointment->person_id == me->id && visit->appointment->stage == CR_STAGE_ROOMED)
      return row;
    if (next == NULL && visit->appointment->stage < CR_STAGE_ARRIVED &&
        (visit->appointment->start_min >= now || !cr_today_page_is_today (self)))
      next = row;
  }
  return next != NULL ? next : first;
}

/* Whom the next key is about: the walk-in just booked, else the row to begin with.  While the walk-in's row
 * is not there, or a filter leaves it out, it is nobody: never another patient. */
static GtkListBoxRow *
row_to_focus (CrTodayPage *self)
{
  CrVisitRow *row = self->walked_in != CR_ID_NONE ? cr_today_page_find (self, self->walked_in) : NULL;
  if (self->walked_in == CR_ID_NONE)
    return defined_row (self);
  return row != NULL && gtk_widget_get_child_visible (GTK_WIDGET (row)) ? GTK_LIST_BOX_ROW (row) : NULL;
}

void
cr_today_page_focus_defined (CrTodayPage *self)
{
  GtkListBoxRow *row = row_to_focus (self);
  gboolean left_out = row == NULL && cr_today_page_find (self, self->walked_in) != NULL;
  self->focus_wanted = row == NULL && !left_out;
  if (row != NULL || left_out)
    self->walked_in = CR_ID_NONE;
  if (row == NULL) {
    gtk_list_box_unselect_all (self->list);
    if (!gtk_widget_grab_focus (GTK_WIDGET (self->walk_in_button)))
      gtk_widget_child_focus (GTK_WIDGET (self->date_nav), GTK_DIR_TAB_FORWARD);
    return;
  }
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* A row that left the list hands its focus to the one that took its place. */
static void
keep_focus (CrTodayPage *self, gboolean had, int index)
{
  GtkListBoxRow *row = cr_today_page_focused (self);
  if (!had || (row != NULL && gtk_widget_get_child_visible (GTK_WIDGET (row))))
    return;
  while ((row = gtk_list_box_get_row_at_index (self->list, index)) != NULL &&
         !gtk_widget_get_child_visible (GTK_WIDGET (row)))
    index++;
  for (; row == NULL && index > 0; index--)
    row = gtk_list_box_get_row_at_index (self->list, index - 1);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Between two days there is nothing to say. */
static void
show_empty (CrTodayPage *self)
{
  g_autofree char *day = cr_date_format_weekday (cr_day_schedule_get_date (self->schedule));
  g_autofree char *text = g_strdup_printf (_ ("No visits are booked on %s."), day);
  gtk_label_set_label (self->empty_label, text);
  if (cr_day_schedule_get_day (self->schedule, CR_ID_NONE)->hours != NULL)
    gtk_stack_set_visible_child_name (self->stack, g_hash_table_size (self->rows) > 0 ? "list" : "empty");
}

void
cr_today_page_refresh (CrTodayPage *self)
{
  GtkListBoxRow *focus = cr_today_page_focused (self);
  int index = focus != NULL ? gtk_list_box_row_get_index (focus) : 0;
  put_rows (self);
  show_counts (self);
  cr_today_page_show_finish (self);
  gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  show_empty (self);
  keep_focus (self, focus != NULL, index);
  if (self->focus_wanted && gtk_widget_get_mapped (GTK_WIDGET (self)))
    cr_today_page_focus_defined (self);
}

/* ---- for the page's other files ---- */

void
cr_today_page_set_up_list (CrTodayPage *self)
{
  self->done_row = GTK_LIST_BOX_ROW (gtk_list_box_row_new ());
  self->done_label = GTK_LABEL (cr_visit_label ("", "done-line"));
  gtk_list_box_row_set_child (self->done_row, GTK_WIDGET (self->done_label));
  gtk_list_box_append (self->list, GTK_WIDGET (self->done_row));
  gtk_list_box_set_placeholder (self->list,
                                cr_visit_label (_ ("No visit of this day is in that stage."), "empty-state"));
  gtk_list_box_set_sort_func (self->list, sort_cb, self, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
}

/* The clock moves on: minutes and the line of now; the focus stays where it is. */
void
cr_today_page_tick (CrTodayPage *self)
{
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    cr_visit_row_tick (row);
  show_counts (self);
  cr_today_page_show_finish (self);
  gtk_list_box_invalidate_headers (self->list);
}

void
cr_today_page_clear (CrTodayPage *self)
{
  GtkListBoxRow *row;
  g_hash_table_remove_all (self->rows);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static gboolean
is_left_out (GtkWidget *head)
{
  static const char *const CLASSES[] = { "col-sex", "col-clinician", "col-flags", "col-age", "col-room" };
  for (guint i = 0; i < G_N_ELEMENTS (CLASSES); i++)
    if (gtk_widget_has_css_class (head, CLASSES[i]))
      return TRUE;
  return FALSE;
}

void
cr_today_page_set_narrow (CrTodayPage *self, gboolean narrow)
{
  GHashTableIter iter;
  gpointer row;
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  for (GtkWidget *head = gtk_widget_get_first_child (self->header_line); head != NULL;
       head = gtk_widget_get_next_sibling (head))
    gtk_widget_set_visible (head, !narrow || !is_left_out (head));
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    cr_visit_row_set_narrow (row, narrow);
}

CrVisitRow *
cr_today_page_selected (CrTodayPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  return row != NULL && CR_IS_VISIT_ROW (row) ? CR_VISIT_ROW (row) : NULL;
}

CrVisitRow *
cr_today_page_find (CrTodayPage *self, CrId visit)
{
  return g_hash_table_lookup (self->rows, &visit);
}

void
cr_today_page_focus_row (CrTodayPage *self, CrVisitRow *row)
{
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
cr_today_page_show_done (CrTodayPage *self, gboolean shown)
{
  self->done_shown = shown;
  show_counts (self);
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->done_row), GTK_ACCESSIBLE_STATE_EXPANDED, shown, -1);
}
