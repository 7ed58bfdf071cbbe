/* A week of one clinician: a column for each day, a row for each hour in which something begins. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/text.h"
#include "desk-words.h"
#include "words.h"

enum { DAYS = 7, HOURS = 24 };

typedef struct {
  const CrWeekSheetContent *content;
  GPtrArray *visits;           /* that hold their slot, by time; borrowed */
  GString *cells[HOURS][DAYS]; /* markup; NULL: nothing begins then */
  guint counts[DAYS];
  gboolean open[DAYS];
} Week;

static void
week_clear (Week *week)
{
  for (guint hour = 0; hour < HOURS; hour++)
    for (guint day = 0; day < DAYS; day++)
      if (week->cells[hour][day] != NULL)
        g_string_free (week->cells[hour][day], TRUE);
  g_ptr_array_unref (week->visits);
}

static void
add_to_cell (Week *week, guint day, int minute, const char *markup)
{
  GString **cell = &week->cells[CLAMP (minute / 60, 0, HOURS - 1)][day];

  if (*cell == NULL)
    *cell = g_string_new (NULL);
  g_string_append_printf (*cell, "%s%s", (*cell)->len > 0 ? "\n" : "", markup);
}

static void
take_visit (Week *week, guint day, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_autofree char *listed = cr_patient_name_short (visit->patient);
  g_autofree char *name = words_bold (listed);
  g_autofree char *age = cr_age_format (visit->patient->birth_date, a->date);
  g_autofree char *type = cr_paper_escape (visit->type_code);
  g_autofree char *markup =
      g_strdup_printf ("%s %s\n   %s%s, %s · %s", time, name, visit->similar ? "▲≈ " : "",
                       words_or (age, _ ("age unknown")), cr_sex_letter (visit->patient->sex), type);

  week->counts[day]++;
  add_to_cell (week, day, (int)a->start_min, markup);
}

static void
take_block (Week *week, guint day, CrSpan span)
{
  g_autofree char *from = cr_minute_format (span.start), *to = cr_minute_format (span.end);
  g_autofree char *markup = g_strdup_printf (_ ("<i>%s – %s blocked</i>"), from, to);

  add_to_cell (week, day, span.start, markup);
}

/* Blocked times and visits in the order of the day. */
static void
take_day (Week *week, guint day)
{
  const CrWeekSheetContent *content = week->content;
  CrDay rules = { .date = cr_date_add_days (content->monday, (int)day),
                  .person_id = content->clinician->id,
                  .hours = content->hours,
                  .exceptions = content->exceptions };
  g_autoptr (GArray) open = cr_day_open_spans (&rules), blocked = cr_day_blocked_spans (&rules);
  guint taken = 0;

  week->open[day] = open->len > 0;
  for (guint i = 0; i < week->visits->len; i++) {
    const CrVisit *visit = week->visits->pdata[i];

    if (cr_date_compare (visit->appointment->date, rules.date) != 0)
      continue;
    for (; taken < blocked->len &&
           g_array_index (blocked, CrSpan, taken).start <= visit->appointment->start_min;
         taken++)
      take_block (week, day, g_array_index (blocked, CrSpan, taken));
    take_visit (week, day, visit);
  }
  for (; taken < blocked->len; taken++)
    take_block (week, day, g_array_index (blocked, CrSpan, taken));
}

/* Monday to Friday always, Saturday and Sunday when there is something to see. */
static gboolean
is_shown (const Week *week, guint day)
{
  gboolean any = week->open[day] || week->counts[day] > 0;

  return day < 5 || any;
}

static void
add_rows (CrPaper *paper, const Week *week)
{
  for (guint hour = 0; hour < HOURS; hour++) {
    const char *cells[DAYS] = { NULL };
    gboolean any = FALSE;
    guint n = 0;

    for (guint day = 0; day < DAYS; day++) {
      const GString *cell = week->cells[hour][day];

      if (!is_shown (week, day))
        continue;
      any = any || cell != NULL;
      cells[n++] = cell != NULL ? cell->str : "";
    }
    if (any)
      cr_paper_add_row_markup (paper, cells);
  }
}

static void
add_table (CrPaper *paper, const Week *week)
{
  CrPaperColumn columns[DAYS];
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  for (guint day = 0; day < DAYS; day++) {
    CrDate date = cr_date_add_days (week->content->monday, (int)day);
    g_autofree char *name = cr_date_format_weekday (date);
    char *space = strchr (name, ' ');
    g_autofree char *when = cr_date_format_short (date);
    char *title;

    if (!is_shown (week, day))
      continue;
    if (space != NULL)
      *space = '\0';
    title = week->open[day] || week->counts[day] > 0
                ? g_strdup_printf (_ ("%s %s · %u"), name, when, week->counts[day])
                : g_strdup_printf (_ ("%s %s · closed"), name, when);
    g_ptr_array_add (titles, title);
    columns[n++] = (CrPaperColumn){ title, -1, CR_PAPER_LEFT };
  }
  cr_paper_begin_table (paper, columns, n);
  add_rows (paper, week);
  cr_paper_end_table (paper);
}

static GPtrArray *
holding (const GPtrArray *visits)
{
  GPtrArray *out = g_ptr_array_new ();

  for (guint i = 0; visits != NULL && i < visits->len; i++)
    if (cr_stage_holds_slot (((const CrVisit *)visits->pdata[i])->appointment->stage))
      g_ptr_array_add (out, visits->pdata[i]);
  g_ptr_array_sort (out, desk_compare_visits);
  return out;
}

CrPaper *
cr_week_sheet (const CrWeekSheetContent *content)
{
  CrPaper *paper = cr_paper_new (_ ("Week sheet"));
  g_autofree char *who = cr_person_short (content->clinician);
  g_autofree char *monday = cr_date_format (content->monday);
  g_autofree char *title = g_strdup_printf (_ ("%s   Week of %s"), who, monday);
  g_autofree char *count = NULL, *aside = NULL;
  Week week = { .content = content, .visits = holding (content->visits) };

  for (guint day = 0; day < DAYS; day++)
    take_day (&week, day);
  count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u visit", "%u visits", week.visits->len),
                           week.visits->len);
  aside = g_strdup_printf ("%s · %s", content->imprint->practice->name, count);
  cr_imprint_frame (content->imprint, paper, NULL);
  cr_paper_set_landscape (paper, TRUE);
  cr_paper_set_confidence (paper, _ ("Contains patient information. Shred after use."));
  cr_paper_begin_section (paper, "week", title, aside);
  add_table (paper, &week);
  if (week.visits->len == 0)
    cr_paper_add_text (paper, CR_PAPER_BODY, _ ("No visits booked."));
  week_clear (&week);
  return paper;
}
