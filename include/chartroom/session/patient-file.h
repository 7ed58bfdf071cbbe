/* Files that belong to a patient as a person: the photo, scans of insurance cards, signed consent forms.  The
 * front desk takes them in and so may see them; clinical documents are read through the chart. */
#pragma once
#include "chartroom/session/session.h"

/* NOT_ALLOWED: it is no photo, card or form of that patient (whose charts may be merged).  Each reading is in
 * the audit; the photo, which shows with the patient's name, is not counted one by one. */
void cr_patient_file_read_async (CrSession *session, CrId patient, CrId document, GAsyncReadyCallback cb,
                                 gpointer data);
GBytes *cr_patient_file_read_finish (GAsyncResult *result, GError **error);
