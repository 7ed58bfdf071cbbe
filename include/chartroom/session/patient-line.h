/* What hangs on a patient, line by line, as a form has it: a further phone or email, a relative, a coverage,
 * a consent (UX 2.1 F3, 4.11).  Lines belong to a CrPatientDraft and are saved with it. */
#pragma once
#include "chartroom/session/fields.h"

typedef enum {
  CR_LINE_CONTACT,
  CR_LINE_RELATIVE,
  CR_LINE_COVERAGE,
  CR_LINE_CONSENT,
  CR_N_LINE_KINDS
} CrLineKind;

#define CR_TYPE_PATIENT_LINE (cr_patient_line_get_type ())
G_DECLARE_FINAL_TYPE (CrPatientLine, cr_patient_line, CR, PATIENT_LINE, GObject)

/* Implements CrFields.  String properties as typed, by kind; ticks are "1" or "":
 * contact: way ("mobile" "home" "work" "phone" "fax" "email") value quiet (tick: no voice mail) note
 * relative: relationship name phone address next-of-kin emergency guarantor proxy (ticks) patient (the id of
 * the patient here that it is; "" none)
 * coverage: rank ("1" "2" "3") payer plan member-id group-id subscriber relationship valid-from valid-to
 * consent: kind status (the codes of CrConsent) given-on expires-on note
 * Signal "edited": something of it was changed. */
CrLineKind cr_patient_line_get_kind (CrPatientLine *self);
gboolean cr_patient_line_is_new (CrPatientLine *self); /* not stored yet */
/* Whether it may be taken out of the form: a consent that was given is not forgotten, only revoked. */
gboolean cr_patient_line_can_remove (CrPatientLine *self);

/* Files: "card-front" "card-back" of a coverage, "form" of a consent. */
typedef struct {
  gint64 document; /* stored; CR_ID_NONE: none */
  GBytes *chosen;  /* in its place, once saved; NULL: nothing was chosen */
} CrLineFile;
const CrLineFile *cr_patient_line_get_file (CrPatientLine *self, const char *slot);
/* FALSE and INVALID with a sentence: it cannot be taken.  NULL: none any more; what was stored stays among
 * the documents. */
gboolean cr_patient_line_set_file (CrPatientLine *self, const char *slot, GBytes *content, GError **error);
