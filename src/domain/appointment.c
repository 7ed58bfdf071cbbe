#include "chartroom/domain/appointment.h"
#include "fields.h"

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
};
CR_DEFINE_RECORD (CR_APPOINTMENT, CrAppointment, "appointment", APPOINTMENT_FIELDS, FALSE)
