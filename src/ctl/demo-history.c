/* Ten plausible years: problems lead to medications, both to laboratory results, all to visits and notes. */
#include "src/ctl/demo-private.h"
#include "chartroom/clinical/drug-entry.h"
#include <math.h>

#define ONE_DAY ((CrInstant)86400 * G_USEC_PER_SEC)

typedef struct {
  const char *icd;
  int percent_at_70; /* how common at 70; rises from first_age */
  int first_age;
  const char *drug, *second_drug; /* ids in data/knowledge/drugs.tsv; NULL */
  const char *indication;
  const char *plan; /* what the note says about it */
} Condition;

static const Condition CONDITIONS[] = {
  { "I10", 62, 35, "lisinopril-20-mg-tablet", "amlodipine-5-mg-tablet", "high blood pressure",
    "Essential hypertension: near goal, continue, home readings." },
  { "E11.9", 30, 40, "metformin-1-000-mg-tablet", "glipizide-5-mg-tablet", "diabetes",
    "Type 2 diabetes: A1c reviewed, continue, foot check done." },
  { "E78.5", 50, 35, "atorvastatin-20-mg-tablet", NULL, "cholesterol",
    "Hyperlipidemia: statin tolerated, lipids yearly." },
  { "E03.9", 12, 25, "levothyroxine-75-mcg-tablet", NULL, "underactive thyroid",
    "Hypothyroidism: TSH in range, same dose." },
  { "J45.909", 12, 5, "albuterol-90-mcg-per-puff-inhaler", NULL, "asthma",
    "Asthma: well controlled, inhaler technique reviewed." },
  { "K21.9", 25, 25, "omeprazole-20-mg-delayed-release-capsule", NULL, "acid reflux",
    "Reflux: continue, try to step down." },
  { "F32.9", 15, 18, "sertraline-50-mg-tablet", NULL, "depression", "Depression: mood stable, continue." },
  { "M17.11", 28, 50, "acetaminophen-500-mg-tablet", NULL, "knee pain",
    "Knee osteoarthritis: exercise, acetaminophen as needed." },
  { "N18.31", 16, 60, NULL, NULL, NULL, "Chronic kidney disease 3a: avoid NSAIDs, labs every 6 months." },
  { "J30.2", 22, 6, "cetirizine-10-mg-tablet", NULL, "allergies",
    "Seasonal rhinitis: antihistamine in season." },
};

typedef struct {
  CrDemo *demo;
  CrTx *tx;
  CrPatient *patient;
  int onset[G_N_ELEMENTS (CONDITIONS)]; /* year, 0 = has it not */
  int base_weight, height;              /* lb, inches */
  double egfr, a1c;
} Life;

static int
age_in (const Life *life, int year)
{
  return year - life->patient->birth_date.year;
}

static gboolean
has (const Life *life, const char *icd, int year)
{
  for (guint i = 0; i < G_N_ELEMENTS (CONDITIONS); i++)
    if (g_str_equal (CONDITIONS[i].icd, icd))
      return life->onset[i] != 0 && life->onset[i] <= year;
  return FALSE;
}

gboolean
cr_demo_add_problem (CrDemo *demo, CrTx *tx, CrId patient, const char *icd, int year, CrId *id,
                     GError **error)
{
  const CrProblemTerm *term = cr_knowledge_problem (demo->knowledge, icd);
  g_autoptr (CrProblem) problem = cr_problem_new ();
  problem->patient_id = patient;
  problem->code = g_strdup (icd);
  problem->system = g_strdup ("icd10cm");
  problem->display = g_strdup (term != NULL ? term->display : icd);
  problem->status = CR_PROBLEM_ACTIVE;
  problem->onset = CR_DATE (year, 0, 0);
  problem->recorded_by = demo->people[CR_DEMO_DOCTOR]->id;
  problem->recorded_at = cr_tx_now (tx);
  if (!cr_tx_save (tx, &CR_PROBLEM, problem, error))
    return FALSE;
  if (id != NULL)
    *id = problem->id;
  return TRUE;
}

gboolean
cr_demo_add_medication (CrDemo *demo, CrTx *tx, CrId patient, const char *drug_id, const char *indication,
                        int year, GError **error)
{
  const CrDrug *drug = cr_knowledge_drug (demo->knowledge, drug_id);
  g_autoptr (CrMedication) med = cr_medication_new ();
  med->patient_id = patient;
  med->display = drug != NULL ? cr_drug_display (drug) : g_strdup (drug_id);
  med->indication = g_strdup (indication);
  med->status = CR_MED_ACTIVE;
  med->started = CR_DATE (year, (guint8)cr_dice_int (&demo->dice, 1, 12), 0);
  if (year == demo->date.year)
    med->started.month = (guint8)cr_dice_int (&demo->dice, 1, demo->date.month);
  med->recorded_by = demo->people[CR_DEMO_DOCTOR]->id;
  med->recorded_at = cr_tx_now (tx);
  if (drug != NULL) {
    med->drug_code = g_strdup (drug->id);
    med->generic = g_strdup (drug->generic);
  }
  if (drug != NULL && drug->lines != NULL && drug->lines->len > 0) {
    g_autoptr (CrPrescription) rx = cr_prescription_new ();
    cr_rx_take_line (rx, drug->lines->pdata[0]);
    cr_sig_copy (&med->sig, &rx->sig);
  }
  return cr_tx_save (tx, &CR_MEDICATION, med, error);
}

static CrInstant
noon_of (CrDemo *demo, CrDate date)
{
  return cr_clock_instant_of (demo->clock, date, 12 * 60);
}

gboolean
cr_demo_add_result (CrDemo *demo, CrTx *tx, CrId patient, const char *loinc, const char *display,
                    const char *value, const char *unit, const char *range, const char *flag, CrDate on,
                    gboolean reviewed, GError **error)
{
  g_autoptr (CrObservation) o = cr_observation_new ();
  o->patient_id = patient;
  o->kind = CR_OBS_LAB;
  o->code = g_strdup (loinc);
  o->display = g_strdup (display);
  o->value = g_strdup (value);
  o->number = g_ascii_strtod (value, NULL);
  o->unit = g_strdup (unit);
  o->range = g_strdup (range);
  o->flag = g_strdup (flag);
  o->status = CR_OBS_FINAL;
  o->taken_at = cr_clock_instant_of (demo->clock, on, 8 * 60 + 15);
  o->performer = g_strdup ("Willamette Demo Laboratory");
  if (reviewed) {
    o->reviewed_at = o->taken_at + 2 * ONE_DAY;
    o->reviewed_by = demo->people[CR_DEMO_DOCTOR]->id;
  }
  return cr_tx_save (tx, &CR_OBSERVATION, o, error);
}

gboolean
cr_demo_add_allergy (CrDemo *demo, CrTx *tx, CrId patient, const char *code, const char *display,
                     const char *reaction, const char *criticality, GError **error)
{
  g_autoptr (CrAllergy) a = cr_allergy_new ();
  a->patient_id = patient;
  a->substance = g_strdup (display);
  a->code = g_strdup (code);
  a->category = g_strdup ("medication");
  a->type = g_strdup ("allergy");
  a->reactions = g_strdup (reaction);
  a->severity = g_strdup (g_str_equal (criticality, "high") ? "severe" : "mild");
  a->criticality = g_strdup (criticality);
  a->certainty = g_strdup ("confirmed");
  a->source = g_strdup ("patient");
  a->state = CR_ALLERGY_ACTIVE;
  a->recorded_by = demo->people[CR_DEMO_NURSE]->id;
  a->recorded_at = cr_tx_now (tx);
  return cr_tx_save (tx, &CR_ALLERGY, a, error);
}

static gboolean
add_vital (CrDemo *demo, CrTx *tx, CrId patient, CrId encounter, CrInstant at, CrId panel, const char *loinc,
           const char *display, const char *value, const char *unit, GError **error)
{
  g_autoptr (CrObservation) o = cr_observation_new ();
  o->patient_id = patient;
  o->encounter_id = encounter;
  o->panel_id = panel;
  o->kind = CR_OBS_VITAL;
  o->code = g_strdup (loinc);
  o->display = g_strdup (display);
  o->value = g_strdup (value);
  o->number = g_ascii_strtod (value, NULL);
  if (g_str_equal (unit, "[lb_av]"))
    o->number *= 0.45359237;
  if (g_str_equal (unit, "[in_i]"))
    o->number *= 2.54;
  o->unit = g_strdup (unit);
  o->status = CR_OBS_FINAL;
  o->taken_at = at;
  o->recorded_by = demo->people[CR_DEMO_NURSE]->id;
  return cr_tx_save (tx, &CR_OBSERVATION, o, error);
}

gboolean
cr_demo_add_vitals (CrDemo *demo, CrTx *tx, CrId patient, CrId encounter, CrInstant at, int systolic,
                    int diastolic, int pulse, const char *weight_lb, const char *height_in, GError **error)
{
  g_autofree char *s = g_strdup_printf ("%d", systolic);
  g_autofree char *d = g_strdup_printf ("%d", diastolic);
  g_autofree char *p = g_strdup_printf ("%d", pulse);
  CrId panel = cr_tx_new_id (tx);
  if (systolic > 0 && (!add_vital (demo, tx, patient, encounter, at, panel, "8480-6",
                                   "Systolic blood pressure", s, "mm[Hg]", error) ||
                       !add_vital (demo, tx, patient, encounter, at, panel, "8462-4",
                                   "Diastolic blood pressure", d, "mm[Hg]", error)))
    return FALSE;
  if (pulse > 0 &&
      !add_vital (demo, tx, patient, encounter, at, CR_ID_NONE, "8867-4", "Pulse", p, "/min", error))
    return FALSE;
  if (weight_lb != NULL && !add_vital (demo, tx, patient, encounter, at, CR_ID_NONE, "29463-7", "Weight",
                                       weight_lb, "[lb_av]", error))
    return FALSE;
  return height_in == NULL || add_vital (demo, tx, patient, encounter, at, CR_ID_NONE, "8302-2", "Height",
                                         height_in, "[in_i]", error);
}

gboolean
cr_demo_add_note (CrDemo *demo, CrTx *tx, CrEncounter *encounter, const char *subjective,
                  const char *objective, const char *plan, gboolean sign, GError **error)
{
  g_autoptr (CrNote) note = cr_note_new ();
  g_autoptr (GBytes) bytes = NULL;
  note->id = cr_tx_new_id (tx); /* part of what is signed */
  note->patient_id = encounter->patient_id;
  note->encounter_id = encounter->id;
  note->author_id = demo->people[CR_DEMO_DOCTOR]->id;
  note->title = g_strdup (encounter->kind);
  note->date = encounter->date;
  note->reason = g_strdup (encounter->reason);
  note->subjective = g_strdup (subjective);
  note->objective = g_strdup (objective);
  note->assessment_plan = g_strdup (plan);
  note->saved_at = noon_of (demo, encounter->date);
  note->status = CR_NOTE_DRAFT;
  if (sign) {
    note->status = CR_NOTE_SIGNED;
    note->signed_at = note->saved_at + G_USEC_PER_SEC * 600;
    note->signed_name = cr_person_formal (demo->people[CR_DEMO_DOCTOR]);
    bytes = cr_note_canonical (note);
    if (!cr_tx_sign (tx, bytes, &note->hash, &note->signature, &note->public_key, error))
      return FALSE;
  }
  return cr_tx_save (tx, &CR_NOTE, note, error);
}

/* ---- one life ---- */

static gboolean
begin_conditions (Life *life, guint years, GError **error)
{
  CrDemo *demo = life->demo;
  int now = demo->date.year, age = age_in (life, now);
  for (guint i = 0; i < G_N_ELEMENTS (CONDITIONS); i++) {
    const Condition *c = &CONDITIONS[i];
    int span = MAX (1, 70 - c->first_age);
    int percent =
        age < c->first_age ? 0 : MIN (c->percent_at_70, c->percent_at_70 * (age - c->first_age + 8) / span);
    if (!cr_dice_chance (&demo->dice, percent))
      continue;
    life->onset[i] = now - cr_dice_int (&demo->dice, 0, MIN ((int)years - 1, MAX (0, age - c->first_age)));
    if (!cr_demo_add_problem (demo, life->tx, life->patient->id, c->icd, life->onset[i], NULL, error))
      return FALSE;
    if (c->drug != NULL && !cr_demo_add_medication (demo, life->tx, life->patient->id, c->drug, c->indication,
                                                    life->onset[i], error))
      return FALSE;
    if (c->second_drug != NULL && cr_dice_chance (&demo->dice, 30) &&
        !cr_demo_add_medication (demo, life->tx, life->patient->id, c->second_drug, c->indication,
                                 MIN (now, life->onset[i] + 2), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
result_1 (Life *life, const char *loinc, const char *display, double value, int digits, const char *unit,
          const char *range, double low, double high, CrDate on, GError **error)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  g_snprintf (format, sizeof format, "%%.%df", digits);
  g_ascii_formatd (text, sizeof text, format, value);
  return cr_demo_add_result (life->demo, life->tx, life->patient->id, loinc, display, text, unit, range,
                             value > high  ? "H"
                             : value < low ? "L"
                                           : NULL,
                             on, TRUE, error);
}

/* What a laboratory sends for the problems of that year. */
static gboolean
add_labs (Life *life, CrDate on, GError **error)
{
  CrDice *dice = &life->demo->dice;
  int year = on.year;
  gboolean treated = has (life, "E11.9", year - 1);
  if (has (life, "E11.9", year)) {
    life->a1c = CLAMP (life->a1c + (treated ? cr_dice_real (dice, -0.4, 0.25) : 0.3), 6.1, 10.4);
    if (!result_1 (life, "4548-4", "Hemoglobin A1c", life->a1c, 1, "%", "4.0–5.6", 4.0, 5.6, on, error))
      return FALSE;
  }
  if (has (life, "N18.31", year) || has (life, "I10", year) || has (life, "E11.9", year)) {
    double potassium = cr_dice_real (dice, 3.8, has (life, "N18.31", year) ? 5.2 : 4.8);
    life->egfr =
        CLAMP (life->egfr - cr_dice_real (dice, -0.6, has (life, "N18.31", year) ? 1.6 : 1.0), 38, 110);
    if (!result_1 (life, "2823-3", "Potassium", potassium, 1, "mmol/L", "3.5–5.0", 3.5, 5.0, on, error) ||
        !result_1 (life, "98979-8", "eGFR", floor (life->egfr), 0, "mL/min/1.73 m²", "≥ 60", 60, 200, on,
                   error) ||
        !result_1 (life, "2160-0", "Creatinine", 88.0 / life->egfr, 2, "mg/dL", "0.60–1.20", 0.6, 1.2, on,
                   error))
      return FALSE;
  }
  if (has (life, "E78.5", year)) {
    double ldl = has (life, "E78.5", year - 1) ? cr_dice_real (dice, 62, 108) : cr_dice_real (dice, 138, 182);
    if (!result_1 (life, "13457-7", "LDL cholesterol", floor (ldl), 0, "mg/dL", "< 130", 0, 129, on, error))
      return FALSE;
  }
  if (has (life, "E03.9", year) && !result_1 (life, "3016-3", "TSH", cr_dice_real (dice, 0.8, 4.4), 2,
                                              "mIU/L", "0.40–4.50", 0.4, 4.5, on, error))
    return FALSE;
  return TRUE;
}

static char *
write_plan (Life *life, int year)
{
  GString *plan = g_string_new (NULL);
  int n = 1;
  for (guint i = 0; i < G_N_ELEMENTS (CONDITIONS); i++)
    if (life->onset[i] != 0 && life->onset[i] <= year)
      g_string_append_printf (plan, "%s%d. %s", n > 1 ? "\n" : "", n, CONDITIONS[i].plan), n++;
  if (plan->len == 0)
    g_string_append (plan, "1. Well. Preventive care reviewed.");
  g_string_append_printf (plan, "\nReturn in %d months.", n > 2 ? 3 : 12);
  return g_string_free (plan, FALSE);
}

static gboolean
add_visit (Life *life, CrDate on, const char *kind, const char *reason, GError **error)
{
  static const char *const STORIES[] = { "Feels well, no new concerns.",
                                         "Tired at times, sleeping well. No chest pain, no dizziness.",
                                         "Taking medicines as directed. Walks most days.",
                                         "Some stress at work. Appetite and sleep unchanged.",
                                         "Mild knee stiffness in the morning, otherwise well.",
                                         NULL };
  CrDemo *demo = life->demo;
  g_autoptr (CrEncounter) e = cr_encounter_new ();
  g_autofree char *plan = write_plan (life, on.year);
  g_autofree char *weight = NULL, *height = NULL;
  gboolean pressure = has (life, "I10", on.year), child = age_in (life, on.year) < 12;
  int systolic =
      (pressure ? 128 : 112) + cr_dice_int (&demo->dice, -8, has (life, "I10", on.year - 1) ? 12 : 22);
  e->patient_id = life->patient->id;
  e->person_id = life->patient->usual_person_id;
  e->kind = g_strdup (kind);
  e->reason = g_strdup (reason);
  e->status = g_strdup ("finished");
  e->date = on;
  e->arrived_at = cr_clock_instant_of (demo->clock, on, cr_dice_int (&demo->dice, 9 * 60, 16 * 60));
  e->roomed_at = e->arrived_at + (CrInstant)cr_dice_int (&demo->dice, 3, 18) * 60 * G_USEC_PER_SEC;
  e->with_doctor_at = e->roomed_at + (CrInstant)cr_dice_int (&demo->dice, 4, 15) * 60 * G_USEC_PER_SEC;
  e->ready_at = e->with_doctor_at + (CrInstant)cr_dice_int (&demo->dice, 8, 25) * 60 * G_USEC_PER_SEC;
  e->checked_out_at = e->ready_at + (CrInstant)cr_dice_int (&demo->dice, 2, 9) * 60 * G_USEC_PER_SEC;
  weight = g_strdup_printf ("%d", life->base_weight + cr_dice_int (&demo->dice, -4, 4));
  height = g_strdup_printf ("%d", life->height);
  return cr_tx_save (life->tx, &CR_ENCOUNTER, e, error) &&
         cr_demo_add_vitals (demo, life->tx, life->patient->id, e->id, e->roomed_at, child ? 0 : systolic,
                             systolic * 62 / 100, cr_dice_int (&demo->dice, 62, 88), weight, height, error) &&
         cr_demo_add_note (demo, life->tx, e, cr_dice_pick (&demo->dice, STORIES),
                           "Heart regular. Lungs clear.", plan, TRUE, error);
}

static gboolean
live_year (Life *life, int year, GError **error)
{
  static const char *const ACUTE[] = {
    "Cough and sore throat", "Back pain", "Rash on forearm", "Urinary burning", "Headache",
    "Ankle sprain",          NULL
  };
  CrDice *dice = &life->demo->dice;
  int chronic = 0;
  for (guint i = 0; i < G_N_ELEMENTS (CONDITIONS); i++)
    chronic += life->onset[i] != 0 && life->onset[i] <= year && i < 4;
  int visits = 1 + MIN (3, chronic) + cr_dice_chance (dice, 30);
  for (int i = 0; i < visits; i++) {
    CrDate on = CR_DATE (year, 1, 10);
    on = cr_date_add_days (on, i * (330 / visits) + cr_dice_int (dice, 0, 25));
    while (cr_date_weekday (on) > 5)
      on = cr_date_add_days (on, 1);
    if (cr_date_compare (on, life->demo->date) >= 0 || cr_date_compare (on, life->patient->birth_date) <= 0)
      continue;
    if (chronic > 0 && i % 2 == 0 && !add_labs (life, cr_date_add_days (on, -6), error))
      return FALSE;
    if (!add_visit (life, on,
                    i == 0        ? "Physical"
                    : chronic > 0 ? "Follow-up"
                                  : "Acute visit",
                    i == 0        ? "Yearly check-up"
                    : chronic > 0 ? "Follow-up of chronic conditions"
                                  : cr_dice_pick (dice, ACUTE),
                    error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_immunization (Life *life, const char *cvx, const char *display, CrDate on, GError **error)
{
  g_autoptr (CrImmunization) shot = cr_immunization_new ();
  if (cr_date_compare (on, life->demo->date) > 0 || cr_date_compare (on, life->patient->birth_date) < 0)
    return TRUE;
  shot->patient_id = life->patient->id;
  shot->code = g_strdup (cvx);
  shot->display = g_strdup (display);
  shot->given_on = on;
  shot->status = g_strdup ("completed");
  shot->recorded_by = life->demo->people[CR_DEMO_NURSE]->id;
  return cr_tx_save (life->tx, &CR_IMMUNIZATION, shot, error);
}

static gboolean
add_background (Life *life, guint years, GError **error)
{
  CrDemo *demo = life->demo;
  g_autoptr (CrSocialHistory) tobacco = cr_social_history_new ();
  int now = demo->date.year;
  tobacco->patient_id = life->patient->id;
  tobacco->topic = g_strdup ("tobacco");
  tobacco->text =
      g_strdup (cr_dice_chance (&demo->dice, 75) ? "Never smoked" : "Quit more than 10 years ago");
  tobacco->as_of = demo->date;
  tobacco->recorded_at = cr_tx_now (life->tx);
  if (age_in (life, now) >= 14 && !cr_tx_save (life->tx, &CR_SOCIAL_HISTORY, tobacco, error))
    return FALSE;
  for (guint i = 0; i < years; i++)
    if (cr_dice_chance (&demo->dice, 60) &&
        !add_immunization (life, "158", "Influenza, injectable, quadrivalent", CR_DATE (now - (int)i, 10, 12),
                           error))
      return FALSE;
  return add_immunization (life, "115", "Tdap", CR_DATE (now - cr_dice_int (&demo->dice, 1, 9), 5, 6), error);
}

gboolean
cr_demo_history (CrDemo *demo, CrTx *tx, CrPatient *patient, guint years, GError **error)
{
  Life life = { .demo = demo, .tx = tx, .patient = patient };
  int age = demo->date.year - patient->birth_date.year;
  life.height = age < 14 ? 28 + age * 5 / 2 : cr_dice_int (&demo->dice, 61, 73);
  life.base_weight = age < 14 ? 20 + age * 6 : cr_dice_int (&demo->dice, 125, 230);
  life.egfr = cr_dice_real (&demo->dice, 78, 104) - MAX (0, age - 50) * 0.5;
  life.a1c = cr_dice_real (&demo->dice, 7.0, 9.2);
  if (!begin_conditions (&life, years, error))
    return FALSE;
  if (has (&life, "N18.31", demo->date.year))
    life.egfr = cr_dice_real (&demo->dice, 47, 58);
  for (int year = demo->date.year - (int)years + 1; year <= demo->date.year; year++)
    if (!live_year (&life, year, error))
      return FALSE;
  return add_background (&life, years, error);
}
