#include "chartroom/domain/schedule-rules.h"
#include "fields.h"
#include <glib/gi18n.h>

const char *const CR_STAGE_CODES[] = { "scheduled", "confirmed",   "arrived", "roomed",    "with-doctor",
                                       "ready",     "checked-out", "no-show", "cancelled", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (CR_STAGE_CODES) == CR_N_STAGES + 1);

static const CrField APPOINTMENT_FIELDS[] = {
  CR_FIELDS_HEAD (CrAppointment),
  CR_FIELD (CrAppointment, ID, patient_id),
  CR_FIELD (CrAppointment, ID, person_id),
  CR_FIELD (CrAppointment, ID, room_id),
  CR_FIELD (CrAppointment, ID, visit_type_id),
  CR_FIELD (CrAppointment, ID, series_id),
  CR_FIELD (CrAppointment, DATE, date),
  CR_FIELD (CrAppointment, INT, start_min),
  CR_FIELD (CrAppointment, INT, minutes),
  CR_FIELD (CrAppointment, TEXT, reason),
  CR_FIELD_CODED (CrAppointment, stage, CR_STAGE_CODES),
  CR_FIELD (CrAppointment, INSTANT, stage_at),
  CR_FIELD (CrAppointment, TEXT, cancel_reason),
  CR_FIELD (CrAppointment, INT, moves),
  CR_FIELD (CrAppointment, BOOL, walk_in),
  CR_FIELD (CrAppointment, BOOL, overbooked),
  CR_FIELD (CrAppointment, INSTANT, booked_at),
  CR_FIELD (CrAppointment, ID, booked_by),
  CR_FIELD (CrAppointment, INT, early_minutes),
  CR_FIELD (CrAppointment, INSTANT, handled_at),
  CR_FIELD (CrAppointment, TEXT, handled_how),
  CR_FIELD (CrAppointment, ID, chain_id),
};
CR_DEFINE_RECORD (CR_APPOINTMENT, CrAppointment, "appointment", APPOINTMENT_FIELDS, FALSE)

/* How each stage is shown; its place in the day decides what may follow. */
static const struct {
  const char *word, *icon, *mark;
} STAGES[CR_N_STAGES] = {
  [CR_STAGE_SCHEDULED] = { N_ ("Scheduled"), "cr-stage-scheduled-symbolic", "○" },
  [CR_STAGE_CONFIRMED] = { N_ ("Confirmed"), "cr-stage-confirmed-symbolic", "⊙" },
  [CR_STAGE_ARRIVED] = { N_ ("Arrived"), "cr-stage-arrived-symbolic", "◔" },
  [CR_STAGE_ROOMED] = { N_ ("Roomed"), "cr-stage-roomed-symbolic", "◑" },
  [CR_STAGE_WITH_DOCTOR] = { N_ ("With doctor"), "cr-stage-with-doctor-symbolic", "◕" },
  [CR_STAGE_READY] = { N_ ("Ready to check out"), "cr-stage-ready-symbolic", "●" },
  [CR_STAGE_CHECKED_OUT] = { N_ ("Checked out"), "cr-stage-checked-out-symbolic", "✓" },
  [CR_STAGE_NO_SHOW] = { N_ ("No-show"), "cr-stage-no-show-symbolic", "⊘" },
  [CR_STAGE_CANCELLED] = { N_ ("Cancelled"), "cr-stage-cancelled-symbolic", "✕" },
};

#define AFTER(stage) (1u << CR_STAGE_##stage)
#define SEEN (AFTER (ROOMED) | AFTER (WITH_DOCTOR) | AFTER (READY) | AFTER (CHECKED_OUT))
#define MISSED (AFTER (NO_SHOW) | AFTER (CANCELLED))

/* Bits of the stages that may follow.  Forward after arrival stages may be skipped (no room, no doctor in a
 * nurse visit); back goes by one, from Arrived and from a missed visit to either way of being expected. */
static const guint FOLLOWERS[CR_N_STAGES] = {
  [CR_STAGE_SCHEDULED] = AFTER (CONFIRMED) | AFTER (ARRIVED) | MISSED,
  [CR_STAGE_CONFIRMED] = AFTER (SCHEDULED) | AFTER (ARRIVED) | MISSED,
  [CR_STAGE_ARRIVED] = AFTER (SCHEDULED) | AFTER (CONFIRMED) | SEEN,
  [CR_STAGE_ROOMED] = AFTER (ARRIVED) | (SEEN & ~AFTER (ROOMED)),
  [CR_STAGE_WITH_DOCTOR] = AFTER (ROOMED) | AFTER (READY) | AFTER (CHECKED_OUT),
  [CR_STAGE_READY] = AFTER (WITH_DOCTOR) | AFTER (CHECKED_OUT),
  [CR_STAGE_CHECKED_OUT] = AFTER (READY),
  [CR_STAGE_NO_SHOW] = AFTER (SCHEDULED) | AFTER (CONFIRMED) | AFTER (ARRIVED) | AFTER (CANCELLED),
  [CR_STAGE_CANCELLED] = AFTER (SCHEDULED) | AFTER (CONFIRMED),
};

static gboolean
is_stage (int stage)
{
  return stage >= 0 && stage < CR_N_STAGES;
}

const char *
cr_stage_word (int stage)
{
  g_return_val_if_fail (is_stage (stage), "");
  return _ (STAGES[stage].word);
}

const char *
cr_stage_icon (int stage)
{
  g_return_val_if_fail (is_stage (stage), "");
  return STAGES[stage].icon;
}

const char *
cr_stage_mark (int stage)
{
  g_return_val_if_fail (is_stage (stage), "");
  return STAGES[stage].mark;
}

gboolean
cr_stage_holds_slot (int stage)
{
  return stage != CR_STAGE_CANCELLED && stage != CR_STAGE_NO_SHOW;
}

gboolean
cr_stage_may_follow (int from, int to)
{
  return is_stage (from) && is_stage (to) && (FOLLOWERS[from] & (1u << to)) != 0;
}
