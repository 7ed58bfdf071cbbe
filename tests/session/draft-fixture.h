/* Patient drafts for tests: made, read with their lines, saved, and let go of. */
#pragma once
#include "chart-fixture.h"
#include "chartroom/session/patient-draft.h"

static inline CrId
draft_save (CrPatientDraft *draft, CrRegisterAnswer answer, GError **error)
{
  GAsyncResult *result = NULL;
  cr_patient_draft_save_async (draft, answer, fixture_done_cb, &result);
  fixture_wait (&result);
  CrId id = cr_patient_draft_save_finish (draft, result, error);
  g_object_unref (result);
  return id;
}

static inline CrId
draft_save_well (CrPatientDraft *draft, CrRegisterAnswer answer)
{
  g_autoptr (GError) error = NULL;
  CrId id = draft_save (draft, answer, &error);
  g_assert_no_error (error);
  return id;
}

static inline CrPatientDraft *
draft_of (Fixture *f, CrId id)
{
  g_autoptr (CrPatient) patient = fixture_load (f, &CR_PATIENT, id);
  CrPatientDraft *draft = cr_patient_draft_new (f->session, patient);
  fixture_settle (f);
  return draft;
}

static inline void
draft_drop (Fixture *f, CrPatientDraft *draft)
{
  fixture_settle (f);
  g_assert_finalize_object (draft);
}

static inline gboolean
draft_can_save (CrPatientDraft *draft)
{
  gboolean value = FALSE;
  g_object_get (draft, "can-save", &value, NULL);
  return value;
}

static inline CrPatientLine *
draft_line (CrPatientDraft *draft, CrLineKind kind, guint i)
{
  g_autoptr (CrPatientLine) line = g_list_model_get_item (cr_patient_draft_get_lines (draft, kind), i);
  g_assert_nonnull (line);
  return line; /* the draft keeps it */
}

static inline guint
draft_count (CrPatientDraft *draft, CrLineKind kind)
{
  return g_list_model_get_n_items (cr_patient_draft_get_lines (draft, kind));
}

/* fields: a draft or a line. */
static inline void
assert_text (gpointer fields, const char *property, const char *expected)
{
  g_autofree char *value = NULL;
  g_object_get (fields, property, &value, NULL);
  g_assert_cmpstr (value, ==, expected);
}
