/* The search index of the open practice: read after sign-in, kept up to date, wiped on lock.  All palettes of
 * a session share one, since it takes memory and a moment to read. */
#pragma once
#include "chartroom/session/search-index.h"
#include "chartroom/session/session.h"

#define CR_TYPE_PATIENT_INDEX (cr_patient_index_get_type ())
G_DECLARE_FINAL_TYPE (CrPatientIndex, cr_patient_index, CR, PATIENT_INDEX, GObject)

/* The session's index, made for the first who asks and kept while anybody holds it.  Signal "changed": read,
 * or brought up to date.  Property "loading". */
CrPatientIndex *cr_patient_index_for_session (CrSession *session);
CrSearchIndex *cr_patient_index_get (CrPatientIndex *self); /* NULL while it is read, and while locked */
gboolean cr_patient_index_is_loading (CrPatientIndex *self);
