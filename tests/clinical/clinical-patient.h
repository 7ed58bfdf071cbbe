/* An invented patient to check prescriptions against. */
#pragma once
#include "clinical-fixture.h"
#include "chartroom/clinical/checks.h"
#include "chartroom/clinical/drug-entry.h"
#include <string.h>

typedef struct {
  CrCheckInput in;
  GPtrArray *allergies, *medications, *problems, *batch;
  CrPrescription *rx;
} Patient;

static const CrDate TODAY = { 2026, 11, 23 };

static inline Patient
patient_new (void)
{
  Patient p = { 0 };
  p.allergies = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_allergy_free);
  p.medications = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_medication_free);
  p.problems = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_problem_free);
  p.batch = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_prescription_free);
  p.rx = cr_prescription_new ();
  p.in = (CrCheckInput){ .today = TODAY,
                         .birth_date = CR_DATE (1961, 3, 14),
                         .sex = CR_SEX_FEMALE,
                         .allergy_status = CR_ALLERGY_NONE_KNOWN,
                         .allergies = p.allergies,
                         .medications = p.medications,
                         .problems = p.problems,
                         .batch = p.batch,
                         .egfr = decimal ("90"),
                         .egfr_on = CR_DATE (2026, 11, 16),
                         .rx = p.rx };
  return p;
}

static inline void
patient_clear (Patient *p)
{
  g_ptr_array_unref (p->allergies);
  g_ptr_array_unref (p->medications);
  g_ptr_array_unref (p->problems);
  g_ptr_array_unref (p->batch);
  cr_prescription_free (p->rx);
}

/* A drug of the list, or free text when there is none of that id. */
static inline void
prescribe (const CrKnowledge *k, CrPrescription *rx, const char *drug)
{
  const CrDrug *known = cr_knowledge_drug (k, drug);
  if (known != NULL)
    cr_rx_take_line (rx, g_ptr_array_index (known->lines, 0));
  else
    rx->display = g_strdup (drug);
}

static inline CrMedication *
take (Patient *p, const CrKnowledge *k, const char *drug)
{
  const CrDrug *known = cr_knowledge_drug (k, drug);
  CrMedication *m = cr_medication_new ();
  m->id = 100 + p->medications->len;
  m->drug_code = known != NULL ? g_strdup (drug) : NULL;
  m->display = known != NULL ? cr_drug_display (known) : g_strdup (drug);
  if (known != NULL)
    m->sig.route = g_strdup (known->route);
  g_ptr_array_add (p->medications, m);
  return m;
}

static inline void
add_problem (Patient *p, const char *code)
{
  CrProblem *problem = cr_problem_new ();
  problem->code = g_strdup (code);
  problem->system = g_strdup ("icd10cm");
  problem->display = g_strdup (code);
  g_ptr_array_add (p->problems, problem);
}

static inline CrAllergy *
react (Patient *p, const char *substance, const char *code, const char *type, const char *reactions,
       const char *severity, const char *criticality)
{
  CrAllergy *a = cr_allergy_new ();
  a->id = 500 + p->allergies->len;
  a->substance = g_strdup (substance);
  a->code = g_strdup (code);
  a->type = g_strdup (type);
  a->reactions = g_strdup (reactions);
  a->severity = g_strdup (severity);
  a->criticality = g_strdup (criticality);
  p->in.allergy_status = CR_ALLERGY_KNOWN;
  g_ptr_array_add (p->allergies, a);
  return a;
}

/* ---- looking at the answer ---- */

/* "found 3", "passed", "not-checked" of the worst item of a kind; "none" when there is no such item. */
static inline char *
outcome (const GPtrArray *checks, CrCheckKind kind)
{
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *c = g_ptr_array_index (checks, i);
    if (c->kind != kind)
      continue;
    if (c->state == CR_CHECK_FOUND)
      return g_strdup_printf ("found %d", c->tier);
    return g_strdup (CR_CHECK_STATE_CODES[c->state]);
  }
  return g_strdup ("none");
}

static inline void
assert_outcome (const GPtrArray *checks, CrCheckKind kind, const char *expected)
{
  g_autofree char *got = outcome (checks, kind);
  if (g_strcmp0 (got, expected) == 0)
    return;
  g_autoptr (GPtrArray) words = cr_checks_words (checks);
  for (guint i = 0; i < words->len; i++)
    g_printerr ("%s\n", (char *)g_ptr_array_index (words, i));
  g_assert_cmpstr (got, ==, expected);
}

static inline guint
count (const GPtrArray *checks, CrCheckKind kind, CrCheckState state)
{
  guint n = 0;
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *c = g_ptr_array_index (checks, i);
    n += c->kind == kind && c->state == state;
  }
  return n;
}

static inline void
assert_no_pass (const GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    g_assert_cmpint (((CrCheck *)g_ptr_array_index (checks, i))->state, !=, CR_CHECK_PASSED);
  for (int kind = CR_CHECK_ALLERGY; kind <= CR_CHECK_DOSE; kind++)
    g_assert_cmpuint (count (checks, kind, CR_CHECK_NOT_CHECKED), >=, 1);
  g_autoptr (GPtrArray) words = cr_checks_words (checks);
  for (guint i = 0; i < words->len; i++)
    g_assert_null (strstr (g_ptr_array_index (words, i), "✓"));
}
