#include "chartroom/domain/practice-setup.h"
#include "chartroom/base/error.h"
#include "chartroom/domain/week-hours.h"
#include <glib/gi18n.h>

enum { WORK_DAYS = 5, ROOMS = 3 };

static const struct {
  const char *code, *name;
  int minutes;
  const char *colour, *pattern; /* no two alike */
} TYPES[] = {
  { "FU", N_ ("Follow-up"), 20, "blue", "solid" },      { "NEW", N_ ("New patient"), 40, "purple", "double" },
  { "PHYS", N_ ("Physical"), 40, "green", "dashed" },   { "ACUT", N_ ("Acute visit"), 20, "orange", "solid" },
  { "NURS", N_ ("Nurse visit"), 20, "teal", "dotted" }, { "TELE", N_ ("Phone visit"), 20, "grey", "double" },
  { "PROC", N_ ("Procedure"), 60, "brown", "dashed" },
};

static const CrSpan DAY[] = { { 9 * 60, 12 * 60 }, { 13 * 60, 17 * 60 } };

/* ---- the week as it is typed ---- */

static gboolean
parse_span (const char *text, CrSpan *span, GError **error)
{
  g_autoptr (GRegex) dash = g_regex_new ("\\s*(?:–|-|to)\\s*", 0, 0, NULL);
  g_auto (GStrv) ends = g_regex_split (dash, text, 0);
  g_autoptr (GError) failure = NULL;
  if (g_strv_length (ends) == 2 && cr_minute_parse (ends[0], 0, &span->start, &failure) &&
      cr_minute_parse (ends[1], 0, &span->end, &failure) && span->start >= 0 && span->start < span->end)
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("“%s” is no stretch of time; type as 9a-12p, 1p-5p."),
                 text);
  return FALSE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  return ((const CrSpan *)a)->start - ((const CrSpan *)b)->start;
}

static gboolean
check_apart (const GArray *spans, GError **error)
{
  for (guint i = 1; i < spans->len; i++)
    if (g_array_index (spans, CrSpan, i).start < g_array_index (spans, CrSpan, i - 1).end) {
      g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                           _ ("Two stretches of this day overlap; type as 9a-12p, 1p-5p."));
      return FALSE;
    }
  return TRUE;
}

GArray *
cr_day_hours_parse (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  for (guint i = 0; parts[i] != NULL; i++) {
    CrSpan span = { 0 };
    if (g_strstrip (parts[i])[0] == '\0')
      continue;
    if (!parse_span (parts[i], &span, error))
      return NULL;
    g_array_append_val (spans, span);
  }
  g_array_sort (spans, compare_spans);
  return check_apart (spans, error) ? g_steal_pointer (&spans) : NULL;
}

static gboolean
is_of_day (const CrHours *hours, CrId person, int weekday)
{
  return hours->person_id == person && hours->weekday == weekday;
}

static gboolean
has_begun (const CrHours *hours, CrDate on)
{
  return !cr_date_is_set (hours->valid_from) || cr_date_compare (hours->valid_from, on) <= 0;
}

static gboolean
has_ended (const CrHours *hours, CrDate on)
{
  return cr_date_is_set (hours->valid_to) && cr_date_compare (hours->valid_to, on) < 0;
}

char *
cr_day_hours_format (const GPtrArray *hours, CrId person, int weekday, CrDate on)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < hours->len; i++) {
    const CrHours *at = hours->pdata[i];
    CrSpan span = { (int)at->start_min, (int)at->end_min };
    if (is_of_day (at, person, weekday) && has_begun (at, on) && !has_ended (at, on))
      g_array_append_val (spans, span);
  }
  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++) {
    g_autofree char *start = cr_minute_format (g_array_index (spans, CrSpan, i).start);
    g_autofree char *end = cr_minute_format (g_array_index (spans, CrSpan, i).end);
    g_string_append_printf (text, "%s%s–%s", i > 0 ? ", " : "", start, end);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- a changed week ---- */

static CrHours *
new_hours (CrId person, int weekday, CrSpan span)
{
  CrHours *hours = cr_hours_new ();
  hours->person_id = person;
  hours->weekday = weekday;
  hours->start_min = span.start;
  hours->end_min = span.end;
  return hours;
}

GPtrArray *
cr_day_hours_change (const GPtrArray *hours, CrId person, int weekday, const GArray *spans, CrDate from)
{
  CrHoursRange range = { .from = from, .every_weeks = CR_INT_NONE };
  return cr_week_hours_change (hours, person, weekday, spans, &range);
}

/* ---- what a new practice starts with ---- */

CrPractice *
cr_default_practice (void)
{
  CrPractice *practice = cr_practice_new ();
  practice->date_style = g_strdup ("us");
  practice->idle_minutes = 5;
  practice->late_minutes = 10;
  return practice;
}

GPtrArray *
cr_default_visit_types (void)
{
  GPtrArray *types = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_type_free);
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    CrVisitType *type = cr_visit_type_new ();
    type->code = g_strdup (TYPES[i].code);
    type->name = g_strdup (_ (TYPES[i].name));
    type->minutes = TYPES[i].minutes;
    type->colour = g_strdup (TYPES[i].colour);
    type->pattern = g_strdup (TYPES[i].pattern);
    type->position = i;
    type->active = TRUE;
    g_ptr_array_add (types, type);
  }
  return types;
}

GPtrArray *
cr_default_rooms (void)
{
  GPtrArray *rooms = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_room_free);
  for (int i = 0; i < ROOMS; i++) {
    CrRoom *room = cr_room_new ();
    room->name = g_strdup_printf ("%d", i + 1);
    room->position = i;
    room->active = TRUE;
    g_ptr_array_add (rooms, room);
  }
  return rooms;
}

GPtrArray *
cr_default_hours (CrId person)
{
  GPtrArray *hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  for (int day = 1; day <= WORK_DAYS; day++)
    for (guint i = 0; i < G_N_ELEMENTS (DAY); i++)
      g_ptr_array_add (hours, new_hours (person, day, DAY[i]));
  return hours;
}
