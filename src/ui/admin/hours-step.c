#include "src/ui/admin/hours-step.h"
#include "src/ui/admin/form.h"
#include "src/ui/admin/hours-rows.h"
#include "src/ui/admin/set-up-lines.h"
#include "src/ui/shell/focus.h"
#include "chartroom/domain/practice-setup.h"
#include "chartroom/domain/week-hours.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

#define DAYS 7

/* One clinician's week as it stands in the fields, also while another one's is shown. */
typedef struct {
  CrId person;
  char *name;
  char *days[DAYS], *stored[DAYS]; /* as typed, and as the book has it on the days that are meant */
  CrHoursTyped typed;              /* which days */
  guint weeks;                     /* in which of them, before somebody chose */
} Week;

struct _CrHoursStep {
  GtkWidget parent;
  GtkWidget *form, *intro, *who;
  GtkWidget *days[DAYS]; /* "9:00 AM–12:00 PM, 1:00 PM–5:00 PM", empty = closed */
  GtkWidget *rooms, *types;
  CrHoursRows *range;
  GPtrArray *hours; /* CrHours; empty in the wizard */
  GPtrArray *weeks; /* Week; empty in the wizard */
  guint shown;      /* index of weeks */
  CrDate today;
  gboolean loading;
};

enum { EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrHoursStep, cr_hours_step, GTK_TYPE_WIDGET)

static void
free_week (gpointer data)
{
  Week *week = data;
  for (int day = 0; day < DAYS; day++) {
    g_free (week->days[day]);
    g_free (week->stored[day]);
  }
  cr_hours_typed_clear (&week->typed);
  g_free (week->name);
  g_free (week);
}

/* ---- taking ---- */

static void
add_changes (CrHoursStep *self, CrId person, int day, const GArray *spans, const CrHoursRange *range,
             GPtrArray *classes, GPtrArray *records)
{
  g_autoptr (GPtrArray) changes = cr_week_hours_change (self->hours, person, day + 1, spans, range);
  for (guint i = 0; i < changes->len; i++) {
    g_ptr_array_add (classes, (gpointer)&CR_HOURS);
    g_ptr_array_add (records, cr_hours_copy (changes->pdata[i]));
  }
}

/* The typed week of the fields, for all of these people. */
static gboolean
take_proposal (CrHoursStep *self, const GArray *people, GPtrArray *classes, GPtrArray *records)
{
  CrHoursRange range = { .from = self->today, .every_weeks = CR_INT_NONE };
  for (int day = 0; day < DAYS; day++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) spans = cr_day_hours_parse (cr_form_text (self->days[day]), &error);
    cr_form_set_problem (self->days[day], error != NULL ? error->message : NULL);
    if (spans == NULL) {
      gtk_widget_grab_focus (self->days[day]);
      return FALSE;
    }
    for (guint p = 0; p < people->len; p++)
      add_changes (self, g_array_index (people, CrId, p), day, spans, &range, classes, records);
  }
  return TRUE;
}

static void
keep_shown (CrHoursStep *self)
{
  Week *week = self->shown < self->weeks->len ? self->weeks->pdata[self->shown] : NULL;
  for (int day = 0; week != NULL && day < DAYS; day++) {
    g_free (week->days[day]);
    week->days[day] = g_strdup (cr_form_text (self->days[day]));
  }
  if (week != NULL)
    cr_hours_rows_keep (self->range, &week->typed);
}

/* Fields that nobody typed in follow the days that are meant. */
static void
range_cb (CrHoursStep *self)
{
  Week *week = self->shown < self->weeks->len ? self->weeks->pdata[self->shown] : NULL;
  CrHoursRange range;
  if (self->loading || week == NULL || !cr_hours_rows_read (self->range, FALSE, &range))
    return;
  for (int day = 0; day < DAYS; day++) {
    char *stored = cr_week_hours_format (self->hours, week->person, day + 1, &range);
    if (g_str_equal (cr_form_text (self->days[day]), week->stored[day]))
      gtk_editable_set_text (GTK_EDITABLE (self->days[day]), stored);
    g_free (week->stored[day]);
    week->stored[day] = stored;
  }
}

static void
show_week (CrHoursStep *self, guint i)
{
  const Week *week = i < self->weeks->len ? self->weeks->pdata[i] : NULL;
  self->shown = i;
  self->loading = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->who), i);
  if (week != NULL) {
    g_autoptr (GArray) periods = cr_week_hours_periods (self->hours, week->person, self->today);
    cr_hours_rows_show (self->range, periods, self->today, &week->typed);
  }
  self->loading = FALSE;
  for (int day = 0; day < DAYS; day++) {
    gtk_editable_set_text (GTK_EDITABLE (self->days[day]), week != NULL ? week->days[day] : "");
    gtk_widget_set_sensitive (self->days[day], week != NULL);
    cr_form_set_problem (self->days[day], NULL);
  }
}

static gboolean
is_typed (const Week *week, int day)
{
  /* Weeks that took turns are to be alike: every day of them is meant. */
  return (week->weeks != 0 && week->typed.weeks == 0) || !g_str_equal (week->days[day], week->stored[day]);
}

static gboolean
is_week_typed (const Week *week)
{
  for (int day = 0; day < DAYS; day++)
    if (is_typed (week, day))
      return TRUE;
  return FALSE;
}

/* What is wrong in a week that is not shown is brought to light. */
static gboolean
take_day (CrHoursStep *self, guint i, int day, const CrHoursRange *range, GPtrArray *classes,
          GPtrArray *records)
{
  const Week *week = self->weeks->pdata[i];
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) spans = cr_day_hours_parse (week->days[day], &error);
  if (spans != NULL) {
    add_changes (self, week->person, day, spans, range, classes, records);
    return TRUE;
  }
  show_week (self, i);
  cr_form_set_problem (self->days[day], error->message);
  gtk_widget_grab_focus (self->days[day]);
  return FALSE;
}

static gboolean
take_week (CrHoursStep *self, guint i, GPtrArray *classes, GPtrArray *records)
{
  const Week *week = self->weeks->pdata[i];
  CrHoursRange range;
  if (!is_week_typed (week))
    return TRUE;
  if (i != self->shown)
    show_week (self, i);
  if (!cr_hours_rows_read (self->range, TRUE, &range))
    return FALSE;
  for (int day = 0; day < DAYS; day++)
    if (is_typed (week, day) && !take_day (self, i, day, &range, classes, records))
      return FALSE;
  return TRUE;
}

static gboolean
take_weeks (CrHoursStep *self, GPtrArray *classes, GPtrArray *records)
{
  keep_shown (self);
  guint shown = self->shown;
  for (guint i = 0; i < self->weeks->len; i++)
    if (!take_week (self, i, classes, records))
      return FALSE;
  if (shown != self->shown)
    show_week (self, shown);
  return TRUE;
}

/* ---- showing ---- */

static void
who_cb (CrHoursStep *self)
{
  if (self->loading)
    return;
  keep_shown (self);
  show_week (self, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->who)));
}

static void
add_week (CrHoursStep *self, const CrPerson *person)
{
  Week *week = g_new0 (Week, 1);
  week->person = person->id;
  week->name = cr_person_formal (person);
  g_autoptr (GArray) periods = cr_week_hours_periods (self->hours, person->id, self->today);
  const CrHoursRange *first = &g_array_index (periods, CrHoursRange, 0);
  week->weeks = week->typed.weeks = first->every_weeks == 2 ? 1 : 0;
  for (int day = 0; day < DAYS; day++) {
    week->days[day] = cr_week_hours_format (self->hours, person->id, day + 1, first);
    week->stored[day] = g_strdup (week->days[day]);
  }
  g_ptr_array_add (self->weeks, week);
}

static void
fill_weeks (CrHoursStep *self, GListModel *people)
{
  const Week *old = self->shown < self->weeks->len ? self->weeks->pdata[self->shown] : NULL;
  CrId before = old != NULL ? old->person : CR_ID_NONE;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint shown = 0;
  g_ptr_array_set_size (self->weeks, 0);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    if (!person->schedulable || !person->active)
      continue;
    if (person->id == before)
      shown = self->weeks->len;
    add_week (self, person);
    gtk_string_list_append (names, ((Week *)self->weeks->pdata[self->weeks->len - 1])->name);
  }
  self->loading = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->who), G_LIST_MODEL (names));
  self->loading = FALSE;
  show_week (self, shown);
}

/* usual: taken */
static void
fill_lines (GtkWidget *lines, const GPtrArray *records, GPtrArray *usual)
{
  const GPtrArray *shown = records != NULL && records->len > 0 ? records : usual;
  cr_set_up_lines_clear (CR_SET_UP_LINES (lines));
  for (guint i = 0; i < shown->len; i++)
    cr_set_up_lines_add (CR_SET_UP_LINES (lines), shown->pdata[i]);
  g_ptr_array_unref (usual);
}

static void
propose (CrHoursStep *self)
{
  g_autoptr (GPtrArray) usual = cr_default_hours (CR_ID_NONE);
  const CrHoursRange any = { .from = CR_DATE (2026, 1, 5) }; /* the usual hours hold in each week */
  for (int day = 0; day < DAYS; day++) {
    g_autofree char *text = cr_week_hours_format (usual, CR_ID_NONE, day + 1, &any);
    gtk_editable_set_text (GTK_EDITABLE (self->days[day]), text);
  }
  fill_lines (self->rooms, NULL, cr_default_rooms ());
  fill_lines (self->types, NULL, cr_default_visit_types ());
}

static void
cr_hours_step_dispose (GObject *object)
{
  g_clear_pointer (&CR_HOURS_STEP (object)->form, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_hours_step_parent_class)->dispose (object);
}

static void
cr_hours_step_finalize (GObject *object)
{
  g_ptr_array_unref (CR_HOURS_STEP (object)->hours);
  g_ptr_array_unref (CR_HOURS_STEP (object)->weeks);
  g_clear_object (&CR_HOURS_STEP (object)->range);
  G_OBJECT_CLASS (cr_hours_step_parent_class)->finalize (object);
}

static gboolean
cr_hours_step_grab_focus (GtkWidget *widget)
{
  CrHoursStep *self = CR_HOURS_STEP (widget);
  return gtk_widget_grab_focus (gtk_widget_get_visible (self->who) ? self->who : self->days[0]);
}

static void
cr_hours_step_class_init (CrHoursStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_hours_step_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_hours_step_finalize;
  signals[EDITED] =
      g_signal_new ("edited", CR_TYPE_HOURS_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  GTK_WIDGET_CLASS (klass)->grab_focus = cr_hours_step_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = cr_focus_parts;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
edited_cb (CrHoursStep *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

static void
watch (CrHoursStep *self)
{
  for (int day = 0; day < DAYS; day++)
    g_signal_connect_swapped (self->days[day], "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_object (self->range, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->rooms, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->types, "edited", G_CALLBACK (edited_cb), self);
}

static void
cr_hours_step_init (CrHoursStep *self)
{
  const char *names[DAYS] = { _ ("Mo_nday"), _ ("_Tuesday"),  _ ("_Wednesday"), _ ("T_hursday"),
                              _ ("_Friday"), _ ("_Saturday"), _ ("S_unday") };
  self->hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  self->weeks = g_ptr_array_new_with_free_func (free_week);
  self->form = cr_form_new ();
  gtk_widget_set_parent (self->form, GTK_WIDGET (self));
  self->intro = cr_form_add_text (
      self->form, _ ("Hours of every clinician; each person's can differ later. Empty means closed."),
      "text-2");
  self->who = cr_form_add_choice (self->form, _ ("Hours _of"), (const char *const[]){ NULL });
  cr_form_set_visible (self->who, FALSE);
  g_signal_connect_swapped (self->who, "notify::selected", G_CALLBACK (who_cb), self);
  self->range = cr_hours_rows_new (self->form);
  cr_hours_rows_set_visible (self->range, FALSE);
  g_signal_connect_object (self->range, "changed", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
  for (int day = 0; day < DAYS; day++)
    self->days[day] = cr_form_add_entry (self->form, names[day], _ ("closed"));
  self->rooms = cr_set_up_lines_new (&CR_ROOM);
  cr_form_add_widget (self->form, _ ("_Rooms"), self->rooms);
  self->types = cr_set_up_lines_new (&CR_VISIT_TYPE);
  cr_form_add_widget (self->form, _ ("_Visit types"), self->types);
  cr_form_label_at_top (self->rooms);
  cr_form_label_at_top (self->types);
  watch (self);
}

GtkWidget *
cr_hours_step_new (void)
{
  CrHoursStep *self = g_object_new (CR_TYPE_HOURS_STEP, NULL);
  propose (self);
  return GTK_WIDGET (self);
}

void
cr_hours_step_set_known (CrHoursStep *self, const GPtrArray *hours, CrDate today)
{
  g_ptr_array_set_size (self->hours, 0);
  for (guint i = 0; i < hours->len; i++)
    g_ptr_array_add (self->hours, cr_hours_copy (hours->pdata[i]));
  self->today = today;
}

void
cr_hours_step_fill (CrHoursStep *self, const CrAdminSetUp *set_up, GListModel *people, CrDate today)
{
  cr_hours_step_set_known (self, set_up->hours, today);
  fill_weeks (self, people);
  cr_form_set_visible (self->who, self->weeks->len > 0);
  cr_hours_rows_set_visible (self->range, self->weeks->len > 0);
  gtk_label_set_label (
      GTK_LABEL (self->intro),
      self->weeks->len > 0
          ? _ ("Empty means closed. Choose for which days the hours hold; days that are past keep theirs.")
          : _ ("Nobody has a column in the book yet. Add a doctor under People, then give hours here."));
  fill_lines (self->rooms, set_up->rooms, cr_default_rooms ());
  fill_lines (self->types, set_up->visit_types, cr_default_visit_types ());
}

const GPtrArray *
cr_hours_step_get_hours (CrHoursStep *self)
{
  return self->hours;
}

gboolean
cr_hours_step_is_touched (CrHoursStep *self)
{
  keep_shown (self);
  for (guint i = 0; i < self->weeks->len; i++) {
    if (is_week_typed (self->weeks->pdata[i]))
      return TRUE;
  }
  return cr_set_up_lines_is_touched (CR_SET_UP_LINES (self->rooms)) ||
         cr_set_up_lines_is_touched (CR_SET_UP_LINES (self->types));
}

/* ---- kept until it is saved ---- */

/* "from-7" and, of a day, "3-7" of the person with the id 7. */
static char *
kept_name (const Week *week, const char *what)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, what, week->person);
}

static char *
kept_day (const Week *week, int day)
{
  const char what[] = { (char)('1' + day), '\0' };
  return kept_name (week, what);
}

static void
write_week (const Week *week, CrKeptForm *kept)
{
  g_autofree char *from = kept_name (week, "from"), *until = kept_name (week, "until");
  g_autofree char *weeks = kept_name (week, "weeks");
  g_autofree char *number = g_strdup_printf ("%u", week->typed.weeks);
  cr_kept_form_set_text (kept, from, week->typed.from);
  cr_kept_form_set_text (kept, until, week->typed.until);
  cr_kept_form_set_text (kept, weeks, number);
  for (int day = 0; day < DAYS; day++) {
    g_autofree char *name = kept_day (week, day);
    if (is_typed (week, day))
      cr_kept_form_set_text (kept, name, week->days[day]);
  }
}

static CrId
shown_person (CrHoursStep *self)
{
  const Week *week = self->shown < self->weeks->len ? self->weeks->pdata[self->shown] : NULL;
  return week != NULL ? week->person : CR_ID_NONE;
}

void
cr_hours_step_write (CrHoursStep *self, CrKeptForm *kept)
{
  if (cr_hours_step_is_touched (self)) /* who is only looked at is not kept */
    cr_kept_form_set_number (kept, "shown", shown_person (self));
  for (guint i = 0; i < self->weeks->len; i++)
    if (is_week_typed (self->weeks->pdata[i]))
      write_week (self->weeks->pdata[i], kept);
  cr_set_up_lines_write (CR_SET_UP_LINES (self->rooms), kept);
  cr_set_up_lines_write (CR_SET_UP_LINES (self->types), kept);
}

static void
put_back_text (char **text, const CrKeptForm *kept, char *name)
{
  const char *typed = cr_kept_form_get_text (kept, name);
  if (typed != NULL) {
    g_free (*text);
    *text = g_strdup (typed);
  }
  g_free (name);
}

/* The days that are meant first: what is stored on them follows, and what was typed stands against that. */
static void
put_back_week (CrHoursStep *self, guint i, const CrKeptForm *kept)
{
  Week *week = self->weeks->pdata[i];
  g_autofree char *weeks = g_strdup_printf ("%u", week->typed.weeks);
  show_week (self, i);
  keep_shown (self);
  put_back_text (&week->typed.from, kept, kept_name (week, "from"));
  put_back_text (&week->typed.until, kept, kept_name (week, "until"));
  put_back_text (&weeks, kept, kept_name (week, "weeks"));
  week->typed.weeks = (guint)g_ascii_strtoull (weeks, NULL, 10);
  show_week (self, i);
  range_cb (self);
  keep_shown (self);
  for (int day = 0; day < DAYS; day++)
    put_back_text (&week->days[day], kept, kept_day (week, day));
  show_week (self, i);
}

void
cr_hours_step_put_back (CrHoursStep *self, const CrKeptForm *kept)
{
  CrId person = cr_kept_form_get_number (kept, "shown", shown_person (self));
  guint shown = 0;
  for (guint i = 0; i < self->weeks->len; i++) {
    const Week *week = self->weeks->pdata[i];
    g_autofree char *from = kept_name (week, "from");
    if (cr_kept_form_get_text (kept, from) != NULL)
      put_back_week (self, i, kept);
    if (week->person == person)
      shown = i;
  }
  show_week (self, shown);
  cr_set_up_lines_put_back (CR_SET_UP_LINES (self->rooms), kept);
  cr_set_up_lines_put_back (CR_SET_UP_LINES (self->types), kept);
}

gboolean
cr_hours_step_take (CrHoursStep *self, const GArray *people, GPtrArray *classes, GPtrArray *records)
{
  return (people != NULL ? take_proposal (self, people, classes, records)
                         : take_weeks (self, classes, records)) &&
         cr_set_up_lines_take (CR_SET_UP_LINES (self->rooms), classes, records) &&
         cr_set_up_lines_take (CR_SET_UP_LINES (self->types), classes, records);
}
