/* The patients everybody knows by name, and where each stands on the demo day: look-alike names, a child, a
 * deceased patient, one for each allergy phrase, drafts, unsigned notes, open referrals, unreviewed results.
 */
#include "src/ctl/demo-private.h"
#include "chartroom/clinical/drug-entry.h"

typedef struct {
  const char *family, *given, *middle, *preferred, *mrn;
  CrDate birth;
  int sex;
  const char *pronouns, *phone, *address, *interpreter, *needs;
  CrDate death;
  int allergy_status;
} Role;

static const Role ROLES[] = {
  { "Garcia",
    "Maria",
    "Elena",
    "Malena",
    "004217",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    "she/her",
    "5035550142",
    "12 Elm St",
    "Spanish",
    NULL,
    { 0 },
    CR_ALLERGY_KNOWN },
  { "Garcia",
    "Mariana",
    NULL,
    NULL,
    "003120",
    { 1988, 7, 2 },
    CR_SEX_FEMALE,
    NULL,
    "5035550199",
    "40 Oak Ave",
    NULL,
    NULL,
    { 0 },
    CR_ALLERGY_NONE_KNOWN },
  { "Garza",
    "Marcus",
    NULL,
    NULL,
    "001544",
    { 1959, 11, 30 },
    CR_SEX_MALE,
    NULL,
    "5035550117",
    "7 Mill Rd",
    NULL,
    NULL,
    { 0 },
    CR_ALLERGY_NONE_KNOWN },
  { "García-Marín",
    "Ana",
    NULL,
    NULL,
    "002208",
    { 1974, 5, 21 },
    CR_SEX_FEMALE,
    NULL,
    "5035550155",
    "3 Lake Dr",
    NULL,
    NULL,
    { 0 },
    CR_ALLERGY_NONE_KNOWN },
  { "Lee",
    "Samuel",
    NULL,
    NULL,
    "005502",
    { 2022, 10, 19 },
    CR_SEX_MALE,
    NULL,
    "5035550123",
    "88 River Rd",
    NULL,
    NULL,
    { 0 },
    CR_ALLERGY_NONE_KNOWN },
  { "Brown",
    "Tyrell",
    NULL,
    NULL,
    "003391",
    { 1992, 2, 11 },
    CR_SEX_MALE,
    "he/him",
    "5035550161",
    "5 Hill St",
    NULL,
    NULL,
    { 0 },
    CR_ALLERGY_NOT_RECORDED },
  { "Nowak",
    "Piotr",
    NULL,
    NULL,
    "001902",
    { 1955, 6, 8 },
    CR_SEX_MALE,
    NULL,
    "5035550134",
    "21 Cedar Ln",
    "Polish",
    "Wheelchair",
    { 0 },
    CR_ALLERGY_KNOWN },
  { "Adams",
    "Ruth",
    NULL,
    NULL,
    "002870",
    { 1968, 1, 27 },
    CR_SEX_FEMALE,
    NULL,
    "5035550148",
    "60 Birch Ct",
    NULL,
    NULL,
    { 0 },
    CR_ALLERGY_NONE_KNOWN },
  { "Iyer",
    "Anand",
    NULL,
    NULL,
    "004411",
    { 1979, 9, 3 },
    CR_SEX_MALE,
    NULL,
    "5035550172",
    "9 Park Ave",
    NULL,
    NULL,
    { 0 },
    CR_ALLERGY_UNAVAILABLE },
  { "Holt",
    "Edwin",
    NULL,
    NULL,
    "000871",
    { 1940, 1, 2 },
    CR_SEX_MALE,
    NULL,
    "5035550111",
    "2 Garden Way",
    NULL,
    NULL,
    { 2026, 3, 2 },
    CR_ALLERGY_NONE_KNOWN },
  { "Suharto",
    NULL,
    NULL,
    NULL,
    "004980",
    { 1983, 12, 12 },
    CR_SEX_MALE,
    NULL,
    "5035550180",
    "14 Orchard Ln",
    NULL,
    NULL,
    { 0 },
    CR_ALLERGY_NOT_RECORDED },
};
enum { GARCIA, MARIANA, GARZA, GARCIA_MARIN, LEE, BROWN, NOWAK, ADAMS, IYER, HOLT, SUHARTO };

static CrPatient *
make_patient (CrDemo *demo, CrTx *tx, const Role *role, GError **error)
{
  CrPatient *p = cr_patient_new ();
  p->family = g_strdup (role->family);
  p->given = g_strdup (role->given);
  p->middle = g_strdup (role->middle);
  p->preferred = g_strdup (role->preferred);
  p->mrn = g_strdup (role->mrn);
  p->birth_date = role->birth;
  p->sex = role->sex;
  p->pronouns = g_strdup (role->pronouns);
  p->phone = g_strdup (role->phone);
  p->phone_use = g_strdup ("mobile");
  p->address = g_strdup (role->address);
  p->city = g_strdup ("Salem");
  p->state = g_strdup ("OR");
  p->zip = g_strdup ("97301");
  p->interpreter = g_strdup (role->interpreter);
  p->access_needs = g_strdup (role->needs);
  p->death_date = cr_date_compare (role->death, demo->date) <= 0 ? role->death : CR_DATE_NONE;
  p->allergy_status = role->allergy_status;
  p->allergy_reviewed_at = role->allergy_status == CR_ALLERGY_NOT_RECORDED ? 0 : cr_tx_now (tx);
  p->allergy_reviewed_by =
      role->allergy_status == CR_ALLERGY_NOT_RECORDED ? 0 : demo->people[CR_DEMO_NURSE]->id;
  p->usual_person_id = demo->people[CR_DEMO_DOCTOR]->id;
  p->pharmacy_id = ((CrContact *)demo->pharmacies->pdata[0])->id;
  p->registered_on = cr_date_add_days (demo->date, -3000);
  p->verified_on = cr_date_add_days (demo->date, -90);
  p->demo = TRUE;
  cr_patient_index (p);
  if (!cr_tx_save (tx, &CR_PATIENT, p, error))
    g_clear_pointer (&p, cr_patient_free);
  else
    g_array_append_val (demo->patient_ids, p->id);
  return p;
}

static gboolean
add_coverage (CrDemo *demo, CrTx *tx, CrId patient, const char *member, GError **error)
{
  g_autoptr (CrCoverage) c = cr_coverage_new ();
  c->patient_id = patient;
  c->rank = 1;
  c->payer = g_strdup ("Blue Plan");
  c->plan = g_strdup ("PPO");
  c->member_id = g_strdup (member);
  c->valid_from = CR_DATE (demo->date.year, 1, 1);
  c->verified_on = CR_DATE (demo->date.year, 1, 12);
  return cr_tx_save (tx, &CR_COVERAGE, c, error);
}

/* Maria Garcia's chart: the one in every screenshot. */
static gboolean
fill_garcia (CrDemo *demo, CrTx *tx, const CrPatient *p, GError **error)
{
  static const struct {
    const char *icd;
    int year;
  } PROBLEMS[] = {
    { "I10", 2014 }, { "E11.9", 2018 }, { "N18.31", 2023 }, { "E78.5", 2014 }, { "M17.11", 2020 }
  };
  static const struct {
    const char *drug, *for_what;
    int year;
  } MEDS[] = { { "lisinopril-20-mg-tablet", "high blood pressure", 2014 },
               { "metformin-1-000-mg-tablet", "diabetes", 2018 },
               { "atorvastatin-40-mg-tablet", "cholesterol", 2015 },
               { "aspirin-81-mg-delayed-release-tablet", "heart", 2021 },
               { "sertraline-50-mg-tablet", "depression", 2016 },
               { "acetaminophen-500-mg-tablet", "knee pain", 2020 } };
  CrDate lab = cr_date_add_days (demo->date, -7), earlier = cr_date_add_days (demo->date, -185);
  for (guint i = 0; i < G_N_ELEMENTS (PROBLEMS); i++)
    if (!cr_demo_add_problem (demo, tx, p->id, PROBLEMS[i].icd, PROBLEMS[i].year, NULL, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (MEDS); i++)
    if (!cr_demo_add_medication (demo, tx, p->id, MEDS[i].drug, MEDS[i].for_what, MEDS[i].year, error))
      return FALSE;
  return cr_demo_add_allergy (demo, tx, p->id, "penicillins", "penicillin (class)", "anaphylaxis", "high",
                              error) &&
         cr_demo_add_allergy (demo, tx, p->id, "sulfamethoxazole", "sulfamethoxazole", "rash", "low",
                              error) &&
         add_coverage (demo, tx, p->id, "DEMO-0008841", error) &&
         cr_demo_add_result (demo, tx, p->id, "4548-4", "Hemoglobin A1c", "7.6", "%", "4.0–5.6", "H", earlier,
                             TRUE, error) &&
         cr_demo_add_result (demo, tx, p->id, "4548-4", "Hemoglobin A1c", "7.4", "%", "4.0–5.6", "H", lab,
                             FALSE, error) &&
         cr_demo_add_result (demo, tx, p->id, "98979-8", "eGFR", "54", "mL/min/1.73 m²", "≥ 60", "L", earlier,
                             TRUE, error) &&
         cr_demo_add_result (demo, tx, p->id, "98979-8", "eGFR", "52", "mL/min/1.73 m²", "≥ 60", "L", lab,
                             FALSE, error) &&
         cr_demo_add_result (demo, tx, p->id, "2823-3", "Potassium", "4.8", "mmol/L", "3.5–5.0", NULL,
                             earlier, TRUE, error) &&
         cr_demo_add_result (demo, tx, p->id, "2823-3", "Potassium", "5.1", "mmol/L", "3.5–5.0", "H", lab,
                             FALSE, error) &&
         cr_demo_add_result (demo, tx, p->id, "13457-7", "LDL cholesterol", "78", "mg/dL", "< 130", NULL, lab,
                             FALSE, error);
}

static gboolean
past_visit (CrDemo *demo, CrTx *tx, CrId patient, int days_ago, const char *kind, int systolic, int diastolic,
            int pulse, const char *weight, const char *subjective, const char *plan, GError **error)
{
  g_autoptr (CrEncounter) e = cr_encounter_new ();
  e->patient_id = patient;
  e->person_id = demo->people[CR_DEMO_DOCTOR]->id;
  e->kind = g_strdup (kind);
  e->status = g_strdup ("finished");
  e->date = cr_date_add_days (demo->date, -days_ago);
  e->reason = g_strdup ("Blood pressure and diabetes check");
  e->arrived_at = cr_clock_instant_of (demo->clock, e->date, 9 * 60 + 25);
  e->roomed_at = e->arrived_at + (CrInstant)8 * 60 * G_USEC_PER_SEC;
  e->checked_out_at = e->arrived_at + (CrInstant)45 * 60 * G_USEC_PER_SEC;
  return cr_tx_save (tx, &CR_ENCOUNTER, e, error) &&
         cr_demo_add_vitals (demo, tx, patient, e->id, e->roomed_at, systolic, diastolic, pulse, weight, "64",
                             error) &&
         cr_demo_add_note (demo, tx, e, subjective,
                           "Heart regular, no murmur. Lungs clear. Feet: pulses present.", plan, TRUE, error);
}

static gboolean
add_referral (CrDemo *demo, CrTx *tx, CrId patient, guint specialist, int urgency, int stage, int days_ago,
              const char *question, GError **error)
{
  const CrContact *to = demo->specialists->pdata[specialist];
  g_autoptr (CrReferral) r = cr_referral_new ();
  g_autoptr (CrReferralEvent) event = cr_referral_event_new ();
  g_autoptr (GBytes) bytes = NULL;
  r->patient_id = patient;
  r->author_id = demo->people[CR_DEMO_DOCTOR]->id;
  r->contact_id = to->id;
  r->specialty = g_strdup (to->specialty);
  r->urgency = urgency;
  r->stage = stage;
  r->question = g_strdup (question);
  r->ask = g_strdup ("evaluate");
  r->reason = g_strdup ("See question.");
  r->ordered_on = cr_date_add_days (demo->date, -days_ago);
  r->due_on = cr_referral_due (urgency, r->ordered_on);
  r->signed_at = r->stage_at = cr_clock_instant_of (demo->clock, r->ordered_on, 11 * 60);
  r->signed_name = cr_person_formal (demo->people[CR_DEMO_DOCTOR]);
  r->number = cr_referral_next_number (tx, error);
  if (r->number == NULL)
    return FALSE;
  if (stage == CR_REF_SENT) {
    r->sent_method = g_strdup ("fax");
    r->sent_to = g_strdup (to->fax);
    r->sent_at = r->stage_at;
  }
  r->id = cr_tx_new_id (tx); /* part of what is signed */
  bytes = cr_referral_canonical (r);
  if (!cr_tx_sign (tx, bytes, &r->hash, &r->signature, &r->public_key, error) ||
      !cr_tx_save (tx, &CR_REFERRAL, r, error))
    return FALSE;
  event->patient_id = patient;
  event->referral_id = r->id;
  event->person_id = demo->people[CR_DEMO_DOCTOR]->id;
  event->stage = CR_REF_ORDERED;
  event->at = r->stage_at;
  return cr_tx_save (tx, &CR_REFERRAL_EVENT, event, error);
}

static gboolean
add_draft_note (CrDemo *demo, CrTx *tx, CrId patient, int days_ago, GError **error)
{
  g_autoptr (CrEncounter) e = cr_encounter_new ();
  e->patient_id = patient;
  e->person_id = demo->people[CR_DEMO_DOCTOR]->id;
  e->kind = g_strdup ("Follow-up");
  e->status = g_strdup ("finished");
  e->date = cr_date_add_days (demo->date, -days_ago);
  e->reason = g_strdup ("Medication check");
  return cr_tx_save (tx, &CR_ENCOUNTER, e, error) &&
         cr_demo_add_note (demo, tx, e, "Doing well on the present dose.", "", "", FALSE, error);
}

/* A prescription as a nurse prepares it; NULL without error when the drug list has not got it. */
static CrPrescription *
new_rx (CrDemo *demo, CrTx *tx, const CrPatient *p, const char *drug_id, GError **error)
{
  const CrDrug *drug = cr_knowledge_drug (demo->knowledge, drug_id);
  if (drug == NULL || drug->lines->len == 0)
    return NULL;
  CrPrescription *rx = cr_rx_from_line (drug->lines->pdata[0]);
  rx->patient_id = p->id;
  rx->author_id = demo->people[CR_DEMO_NURSE]->id;
  rx->status = CR_RX_NEEDS_SIGNATURE;
  rx->number = cr_prescription_next_number (tx, p->id, error);
  if (rx->number == NULL)
    g_clear_pointer (&rx, cr_prescription_free);
  return rx;
}

static gboolean
add_rx_draft (CrDemo *demo, CrTx *tx, const CrPatient *p, const char *drug_id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrPrescription) rx = new_rx (demo, tx, p, drug_id, &failure);
  if (rx != NULL)
    return cr_tx_save (tx, &CR_PRESCRIPTION, rx, error);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return failure == NULL;
}

/* Signed and waiting to be printed, with its line in the medication list. */
static gboolean
add_signed_rx (CrDemo *demo, CrTx *tx, const CrPatient *p, const char *drug_id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrPrescription) rx = new_rx (demo, tx, p, drug_id, &failure);
  g_autoptr (CrMedication) med = cr_medication_new ();
  if (rx == NULL) {
    if (failure != NULL)
      g_propagate_error (error, g_steal_pointer (&failure));
    return failure == NULL;
  }
  med->patient_id = p->id;
  med->drug_code = g_strdup (rx->drug_code);
  med->display = g_strdup (rx->display);
  med->generic = g_strdup (rx->generic);
  med->indication = g_strdup (rx->indication);
  med->status = CR_MED_ACTIVE;
  med->started = rx->written_on = cr_tx_today (tx);
  med->recorded_by = rx->author_id = demo->people[CR_DEMO_DOCTOR]->id;
  med->recorded_at = rx->signed_at = cr_tx_now (tx);
  cr_sig_copy (&med->sig, &rx->sig);
  rx->status = CR_RX_SIGNED;
  rx->signed_name = cr_person_formal (demo->people[CR_DEMO_DOCTOR]);
  rx->id = cr_tx_new_id (tx); /* part of what is signed */
  g_autoptr (GBytes) canonical = cr_prescription_canonical (rx);
  if (!cr_tx_sign (tx, canonical, &rx->hash, &rx->signature, &rx->public_key, error) ||
      !cr_tx_save (tx, &CR_MEDICATION, med, error))
    return FALSE;
  rx->medication_id = med->id;
  return cr_tx_save (tx, &CR_PRESCRIPTION, rx, error);
}

static gboolean
fill_others (CrDemo *demo, CrTx *tx, GPtrArray *cast, GError **error)
{
  CrPatient *nowak = cast->pdata[NOWAK], *adams = cast->pdata[ADAMS], *brown = cast->pdata[BROWN];
  CrPatient *garcia = cast->pdata[GARCIA], *iyer = cast->pdata[IYER], *lee = cast->pdata[LEE];
  return cr_demo_add_allergy (demo, tx, nowak->id, "codeine", "codeine", "nausea", "low", error) &&
         cr_demo_add_vitals (demo, tx, lee->id, CR_ID_NONE, cr_tx_now (tx), 0, 0, 104, "36", "40", error) &&
         past_visit (demo, tx, garcia->id, 276, "Physical", 142, 88, 80, "190",
                     "Feels well. Home readings not taken.",
                     "1. Hypertension: above goal, home readings for two weeks.\n2. Type 2 diabetes: A1c "
                     "7.6, diet talk.",
                     error) &&
         past_visit (demo, tx, garcia->id, 185, "Follow-up", 138, 84, 76, "187", "Walks three times a week.",
                     "1. Hypertension: improving.\n2. Type 2 diabetes: continue metformin.", error) &&
         past_visit (demo, tx, garcia->id, 85, "Follow-up", 132, 78, 72, "184", "Feels well. No chest pain.",
                     "1. Hypertension: at goal, continue.\n2. Type 2 diabetes: A1c in 3 months.", error) &&
         add_draft_note (demo, tx, adams->id, 3, error) && add_draft_note (demo, tx, nowak->id, 1, error) &&
         add_rx_draft (demo, tx, adams, "levothyroxine-75-mcg-tablet", error) &&
         add_rx_draft (demo, tx, nowak, "zolpidem-5-mg-tablet", error) &&
         add_signed_rx (demo, tx, cast->pdata[GARZA], "amoxicillin-500-mg-capsule", error) &&
         add_referral (demo, tx, nowak->id, 1, CR_URGENCY_ROUTINE, CR_REF_SENT, 24,
                       "Please advise on rising PSA and nocturia: is a biopsy needed now?", error) &&
         add_referral (demo, tx, adams->id, 2, CR_URGENCY_SOON, CR_REF_ORDERED, 2,
                       "Changing mole on the left calf, 8 mm, irregular border: please examine and treat.",
                       error) &&
         add_referral (demo, tx, brown->id, 3, CR_URGENCY_URGENT, CR_REF_ORDERED, 1,
                       "Locked right knee after a twist, cannot extend: is arthroscopy needed?", error) &&
         add_referral (demo, tx, iyer->id, 0, CR_URGENCY_ROUTINE, CR_REF_BOOKED, 12,
                       "Palpitations on exertion with normal resting ECG: please advise on monitoring.",
                       error);
}

gboolean
cr_demo_cast (CrDemo *demo, CrTx *tx, GError **error)
{
  g_autoptr (GPtrArray) cast = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_patient_free);
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++) {
    CrPatient *p = make_patient (demo, tx, &ROLES[i], error);
    if (p == NULL)
      return FALSE;
    g_ptr_array_add (cast, p);
  }
  for (guint i = 0; i < cast->len; i++)
    if (i != GARCIA && i != LEE && !cr_demo_history (demo, tx, cast->pdata[i], 6, error))
      return FALSE;
  return fill_garcia (demo, tx, cast->pdata[GARCIA], error) && fill_others (demo, tx, cast, error);
}
