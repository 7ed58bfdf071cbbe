#include "chartroom/domain/practice-setup.h"
#include "chartroom/domain/schedule-rules.h"
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
    for (guint i = 0; i < G_N_ELEMENTS (DAY); i++) {
      CrHours *stretch = cr_hours_new ();
      stretch->person_id = person;
      stretch->weekday = day;
      stretch->start_min = DAY[i].start;
      stretch->end_min = DAY[i].end;
      g_ptr_array_add (hours, stretch);
    }
  return hours;
}
