/* An invented practice on Monday Nov 23, 2026, with one full chart, for the tests of documents. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/render/packet.h"

typedef struct {
  CrClock *clock;
  CrPractice *practice;
  CrPerson *doctor;
  CrPatient *patient;
  CrReferral *referral;
  CrContact *specialist;
  GPtrArray *coverages, *related, *problems, *medications, *allergies, *vitals, *results, *addenda, *notes;
  GArray *with_addenda; /* CrNoteWithAddenda */
  CrImprint imprint;
} Sample;

Sample *sample_new (void);
void sample_free (Sample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)
CrInstant sample_instant (Sample *self, int year, int month, int day, int minute);

/* Owned by the sample. */
CrMedication *sample_add_medication (Sample *self, const char *generic, const char *display, const char *dose,
                                     const char *unit, const char *frequency, const char *indication);
void sample_add_result (Sample *self, const char *panel, const char *display, const char *value,
                        const char *unit, const char *range, const char *flag, CrInstant at);
CrNote *sample_add_note (Sample *self, CrDate date, const char *title, const char *plan);

CrPacketContent sample_packet (Sample *self);
CrPrescription *sample_prescription (Sample *self, const char *generic, const char *display,
                                     const char *schedule);
CrVisit *sample_visit (Sample *self, const char *family, const char *given, int start, int minutes,
                       const char *type);
