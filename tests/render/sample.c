#include <math.h>
#include "sample.h"

#define YEAR 2026

static CrId
next_id (void)
{
  static CrId last = 1000; /* one program, one thread: ids need only differ */

  return ++last;
}

static CrDecimal
decimal (const char *text)
{
  CrDecimal out = CR_DECIMAL_NONE;

  g_assert_true (cr_decimal_parse (text, &out));
  return out;
}

static void
make_practice (Sample *self)
{
  CrPractice *practice = self->practice = cr_practice_new ();

  practice->name = g_strdup ("Maple Street Family Medicine");
  practice->address = g_strdup ("100 Maple St");
  practice->city = g_strdup ("Salem");
  practice->state = g_strdup ("OR");
  practice->zip = g_strdup ("97301");
  practice->phone = g_strdup ("5035550100");
  practice->fax = g_strdup ("5035550101");
  practice->back_line = g_strdup ("5035550103");
  self->doctor = cr_person_new ();
  self->doctor->id = next_id ();
  self->doctor->family = g_strdup ("Okafor");
  self->doctor->given = g_strdup ("Adaeze");
  self->doctor->credentials = g_strdup ("MD");
  self->doctor->roles = CR_ROLE_DOCTOR;
  self->doctor->npi = g_strdup ("1234567893");
  self->doctor->license = g_strdup ("MD00000");
  self->doctor->dea = g_strdup ("AO1234563");
  self->doctor->direct_line = g_strdup ("5035550102");
}

static CrPatient *
make_patient (const char *family, const char *given)
{
  CrPatient *patient = cr_patient_new ();

  patient->id = next_id ();
  patient->mrn = g_strdup ("004217");
  patient->family = g_strdup (family);
  patient->given = g_strdup (given);
  patient->birth_date = CR_DATE (1961, 3, 14);
  patient->sex = CR_SEX_FEMALE;
  patient->phone = g_strdup ("5035550142");
  patient->phone_use = g_strdup ("mobile");
  patient->allergy_status = CR_ALLERGY_KNOWN;
  return patient;
}

static void
make_person (Sample *self)
{
  CrPatient *patient = self->patient = make_patient ("Garcia", "Maria");
  CrCoverage *coverage = cr_coverage_new ();
  CrRelatedPerson *related = cr_related_person_new ();

  patient->middle = g_strdup ("Elena");
  patient->preferred = g_strdup ("Malena");
  patient->pronouns = g_strdup ("she/her");
  patient->address = g_strdup ("12 Elm St");
  patient->city = g_strdup ("Salem");
  patient->state = g_strdup ("OR");
  patient->zip = g_strdup ("97301");
  patient->language = g_strdup ("Spanish");
  patient->interpreter = g_strdup ("Spanish");
  coverage->rank = 1;
  coverage->payer = g_strdup ("Blue Plan");
  coverage->plan = g_strdup ("PPO");
  coverage->member_id = g_strdup ("BPX00128841");
  coverage->verified_on = CR_DATE (YEAR, 1, 9);
  g_ptr_array_add (self->coverages, coverage);
  related->relationship = g_strdup ("daughter");
  related->name = g_strdup ("Lucia Garcia");
  related->phone = g_strdup ("5035550177");
  related->emergency = TRUE;
  g_ptr_array_add (self->related, related);
}

static void
add_problem (Sample *self, const char *code, const char *display, CrDate onset, int status)
{
  CrProblem *problem = cr_problem_new ();

  problem->id = next_id ();
  problem->code = g_strdup (code);
  problem->display = g_strdup (display);
  problem->onset = onset;
  problem->status = status;
  problem->recorded_at = sample_instant (self, 2019, 5, 6, 600);
  g_ptr_array_add (self->problems, problem);
}

static void
add_allergy (Sample *self, const char *substance, const char *reactions, const char *criticality)
{
  CrAllergy *allergy = cr_allergy_new ();

  allergy->id = next_id ();
  allergy->substance = g_strdup (substance);
  allergy->reactions = g_strdup (reactions);
  allergy->criticality = g_strdup (criticality);
  allergy->severity = g_strdup ("severe");
  allergy->type = g_strdup ("allergy");
  allergy->category = g_strdup ("medication");
  allergy->certainty = g_strdup ("confirmed");
  allergy->recorded_at = sample_instant (self, 2021, 2, 3, 540);
  g_ptr_array_add (self->allergies, allergy);
}

static void
add_vital (Sample *self, const char *code, const char *display, const char *value, const char *unit,
           CrInstant at)
{
  CrObservation *vital = cr_observation_new ();

  vital->id = next_id ();
  vital->kind = CR_OBS_VITAL;
  vital->status = CR_OBS_FINAL;
  vital->code = g_strdup (code);
  vital->display = g_strdup (display);
  vital->value = g_strdup (value);
  vital->unit = g_strdup (unit);
  vital->number = g_ascii_strtod (value, NULL);
  vital->taken_at = at;
  g_ptr_array_add (self->vitals, vital);
}

static void
add_vitals (Sample *self, CrDate on, const char *systolic, const char *diastolic, const char *weight)
{
  CrInstant at = sample_instant (self, on.year, on.month, on.day, 615);

  add_vital (self, "8480-6", "Systolic blood pressure", systolic, "mm[Hg]", at);
  add_vital (self, "8462-4", "Diastolic blood pressure", diastolic, "mm[Hg]", at);
  add_vital (self, "8867-4", "Heart rate", "72", "/min", at);
  add_vital (self, "8310-5", "Body temperature", "98.4", "[degF]", at);
  add_vital (self, "59408-5", "Oxygen saturation", "98", "%", at);
  add_vital (self, "29463-7", "Body weight", weight, "[lb_av]", at);
  add_vital (self, "39156-5", "BMI", "31.2", "kg/m2", at);
}

static void
make_chart (Sample *self)
{
  add_problem (self, "R07.89", "Chest pain on exertion", CR_DATE (YEAR, 11, 0), CR_PROBLEM_ACTIVE);
  add_problem (self, "I10", "Essential hypertension", CR_DATE (2014, 3, 0), CR_PROBLEM_ACTIVE);
  add_problem (self, "E11.9", "Type 2 diabetes mellitus", CR_DATE (2018, 6, 0), CR_PROBLEM_ACTIVE);
  add_problem (self, "N18.31", "Chronic kidney disease, stage 3a", CR_DATE (2022, 0, 0), CR_PROBLEM_ACTIVE);
  add_problem (self, "J18.9", "Pneumonia", CR_DATE (2020, 1, 0), CR_PROBLEM_RESOLVED);
  sample_add_medication (self, "lisinopril", "lisinopril 20 mg tablet", "1", "tablet", "daily",
                         "Blood pressure");
  sample_add_medication (self, "metFORMIN", "metFORMIN 1,000 mg tablet", "1", "tablet", "bid", "Diabetes");
  sample_add_medication (self, "atorvastatin", "atorvastatin 40 mg tablet", "1", "tablet", "qhs",
                         "Cholesterol");
  sample_add_medication (self, "aspirin", "aspirin 81 mg chewable tablet", "1", "tablet", "daily", NULL);
  sample_add_medication (self, "sertraline", "sertraline 50 mg tablet", "1", "tablet", "daily", "Anxiety");
  add_allergy (self, "sulfamethoxazole", "rash", "low");
  add_allergy (self, "penicillin", "anaphylaxis", "high");
  add_vitals (self, CR_DATE (YEAR, 2, 20), "142", "88", "190");
  add_vitals (self, CR_DATE (YEAR, 5, 22), "138", "84", "187");
  add_vitals (self, CR_DATE (YEAR, 8, 30), "132", "78", "184");
  add_vitals (self, CR_DATE (YEAR, 11, 23), "128", "76", "182");
}

static void
make_results (Sample *self)
{
  CrInstant now = sample_instant (self, YEAR, 11, 16, 480), before = sample_instant (self, YEAR, 5, 18, 480);

  sample_add_result (self, "Lipid panel", "Cholesterol", "212", "mg/dL", "< 200", "H", now);
  sample_add_result (self, "Lipid panel", "LDL cholesterol", "131", "mg/dL", "< 100", "H", now);
  sample_add_result (self, "Lipid panel", "HDL cholesterol", "44", "mg/dL", "≥ 50", "L", now);
  sample_add_result (self, "Lipid panel", "Cholesterol", "228", "mg/dL", "< 200", "H", before);
  sample_add_result (self, "Lipid panel", "LDL cholesterol", "144", "mg/dL", "< 100", "H", before);
  sample_add_result (self, "Lipid panel", "HDL cholesterol", "41", "mg/dL", "≥ 50", "L", before);
  sample_add_result (self, "Basic metabolic panel", "Sodium", "139", "mmol/L", "135–145", NULL, now);
  sample_add_result (self, "Basic metabolic panel", "Potassium", "5.1", "mmol/L", "3.5–5.0", "H", now);
  sample_add_result (self, "Basic metabolic panel", "Creatinine", "1.18", "mg/dL", "0.50–1.10", "H", now);
  sample_add_result (self, "Basic metabolic panel", "eGFR", "52", "mL/min/1.73 m²", "≥ 60", "L", now);
  sample_add_result (self, NULL, "Hemoglobin A1c", "7.4", "%", "4.0–5.6", "H", now);
  sample_add_result (self, NULL, "Troponin I", "0.01", "ng/mL", NULL, NULL, now);
}

static void
make_referral (Sample *self)
{
  CrReferral *referral = self->referral = cr_referral_new ();
  CrContact *to = self->specialist = cr_contact_new ();

  referral->number = g_strdup ("REF-0311");
  referral->specialty = g_strdup ("Cardiology");
  referral->urgency = CR_URGENCY_URGENT;
  referral->problem_id = ((CrProblem *)self->problems->pdata[0])->id;
  referral->question = g_strdup ("Is exertional chest tightness ischemic? Please advise on stress testing.");
  referral->ask = g_strdup ("evaluate");
  referral->reason = g_strdup ("Chest pain on exertion.");
  referral->history =
      g_strdup ("For 3 weeks pressure across the chest after two blocks or one flight of stairs, gone within "
                "5 minutes of rest. "
                "No pain at rest, no syncope, no swelling. Mother had a heart attack at 58. Never smoked.");
  referral->done =
      g_strdup ("ECG Nov 23, 2026 normal. Aspirin 81 mg started. LDL 131 mg/dL on Nov 16, 2026 on "
                "atorvastatin 40 mg.");
  referral->wants =
      g_strdup ("Knows that the heart is the question. Wants an answer before travel on Dec 20.");
  referral->needs = g_strdup ("Daughter drives her");
  referral->signed_at = sample_instant (self, YEAR, 11, 23, 662);
  referral->signed_name = g_strdup ("Adaeze Okafor, MD");
  referral->hash = g_strdup ("3fa281c07be2d1140c55aa0918ee77103fa281c07be2d1140c55aa0918ee7710");
  to->kind = g_strdup ("specialist");
  to->family = g_strdup ("Rao");
  to->given = g_strdup ("Sunita");
  to->credentials = g_strdup ("MD");
  to->organization = g_strdup ("Salem Cardiology");
  to->specialty = g_strdup ("Cardiology");
  to->phone = g_strdup ("5035550190");
  to->fax = g_strdup ("5035550191");
}

static void
make_notes (Sample *self)
{
  CrNote *note =
      sample_add_note (self, CR_DATE (YEAR, 11, 23), "Office visit",
                       "Stable exertional chest pain, intermediate risk. Refer to cardiology, aspirin, "
                       "return at once for pain at rest.");
  CrAddendum *addendum = cr_addendum_new ();
  CrNoteWithAddenda with = { note, self->addenda };

  addendum->id = next_id ();
  addendum->status = CR_NOTE_SIGNED;
  addendum->text = g_strdup ("Daughter called: no further pain since the visit.");
  addendum->signed_name = g_strdup ("Adaeze Okafor, MD");
  addendum->signed_at = sample_instant (self, YEAR, 11, 23, 990);
  g_ptr_array_add (self->addenda, addendum);
  g_array_index (self->with_addenda, CrNoteWithAddenda, 0) = with;
}

Sample *
sample_new (void)
{
  Sample *self = g_new0 (Sample, 1);

  self->clock = cr_clock_new_fixed (CR_DATE (YEAR, 11, 23), 652, "America/Los_Angeles");
  self->coverages = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_coverage_free);
  self->related = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_related_person_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_problem_free);
  self->medications = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_medication_free);
  self->allergies = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_allergy_free);
  self->vitals = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_observation_free);
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_observation_free);
  self->addenda = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_addendum_free);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_note_free);
  self->with_addenda = g_array_new (FALSE, TRUE, sizeof (CrNoteWithAddenda));
  make_practice (self);
  make_person (self);
  make_chart (self);
  make_results (self);
  make_referral (self);
  make_notes (self);
  self->imprint = (CrImprint){
    .practice = self->practice, .clock = self->clock, .at = cr_clock_now (self->clock), .by = "J. Ortiz"
  };
  return self;
}

void
sample_free (Sample *self)
{
  GPtrArray *arrays[] = { self->coverages, self->related, self->problems, self->medications, self->allergies,
                          self->vitals,    self->results, self->addenda,  self->notes };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_ptr_array_unref (arrays[i]);
  g_array_unref (self->with_addenda);
  cr_contact_free (self->specialist);
  cr_referral_free (self->referral);
  cr_patient_free (self->patient);
  cr_person_free (self->doctor);
  cr_practice_free (self->practice);
  cr_clock_unref (self->clock);
  g_free (self);
}

CrInstant
sample_instant (Sample *self, int year, int month, int day, int minute)
{
  return cr_clock_instant_of (self->clock, CR_DATE (year, month, day), minute);
}

CrMedication *
sample_add_medication (Sample *self, const char *generic, const char *display, const char *dose,
                       const char *unit, const char *frequency, const char *indication)
{
  CrMedication *medication = cr_medication_new ();

  medication->id = next_id ();
  medication->generic = g_strdup (generic);
  medication->display = g_strdup (display);
  medication->sig.action = g_strdup ("Take");
  medication->sig.dose = decimal (dose);
  medication->sig.unit = g_strdup (unit);
  medication->sig.route = g_strdup ("by mouth");
  medication->sig.frequency = g_strdup (frequency);
  medication->indication = g_strdup (indication);
  medication->status = CR_MED_ACTIVE;
  medication->started = CR_DATE (2018, 6, 4);
  g_ptr_array_add (self->medications, medication);
  return medication;
}

void
sample_add_result (Sample *self, const char *panel, const char *display, const char *value, const char *unit,
                   const char *range, const char *flag, CrInstant at)
{
  CrObservation *result = cr_observation_new ();

  result->id = next_id ();
  result->kind = CR_OBS_LAB;
  result->status = CR_OBS_FINAL;
  result->panel = g_strdup (panel);
  result->display = g_strdup (display);
  result->value = g_strdup (value);
  result->unit = g_strdup (unit);
  result->range = g_strdup (range);
  result->flag = g_strdup (flag);
  result->taken_at = at;
  result->performer = g_strdup ("Willamette Laboratory");
  g_ptr_array_add (self->results, result);
}

CrNote *
sample_add_note (Sample *self, CrDate date, const char *title, const char *plan)
{
  CrNote *note = cr_note_new ();
  CrNoteWithAddenda with = { note, NULL };

  note->id = next_id ();
  note->status = CR_NOTE_SIGNED;
  note->date = date;
  note->title = g_strdup (title);
  note->reason = g_strdup ("Chest tightness when walking.");
  note->subjective = g_strdup ("Three weeks of pressure across the chest on exertion, relieved by rest.");
  note->objective = g_strdup ("Heart regular, no murmur. Lungs clear. No edema. ECG: sinus rhythm, normal.");
  note->assessment_plan = g_strdup (plan);
  note->signed_name = g_strdup ("Adaeze Okafor, MD");
  note->signed_at = sample_instant (self, date.year, date.month, date.day, 665);
  note->hash = g_strdup ("90aa21bb0011223344556677889900aabbccddeeff00112233445566778899aa");
  g_ptr_array_add (self->notes, note);
  g_array_append_val (self->with_addenda, with);
  return note;
}

CrPacketContent
sample_packet (Sample *self)
{
  return (CrPacketContent){
    .imprint = &self->imprint,
    .frozen = TRUE,
    .referral = self->referral,
    .to = self->specialist,
    .from = self->doctor,
    .patient = self->patient,
    .coverages = self->coverages,
    .related = self->related,
    .problems = self->problems,
    .medications = self->medications,
    .allergies = self->allergies,
    .vitals = self->vitals,
    .results = self->results,
    .notes = (const CrNoteWithAddenda *)(gpointer)self->with_addenda->data,
    .n_notes = self->with_addenda->len,
  };
}

CrPrescription *
sample_prescription (Sample *self, const char *generic, const char *display, const char *schedule)
{
  CrPrescription *rx = cr_prescription_new ();

  rx->id = next_id ();
  rx->number = g_strdup_printf ("RX-004217-%04d", (int)(rx->id % 10000));
  rx->status = CR_RX_SIGNED;
  rx->generic = g_strdup (generic);
  rx->display = g_strdup (display);
  rx->schedule = g_strdup (schedule);
  rx->sig.action = g_strdup ("Take");
  rx->sig.dose = decimal ("1");
  rx->sig.unit = g_strdup ("tablet");
  rx->sig.route = g_strdup ("by mouth");
  rx->sig.frequency = g_strdup ("daily");
  rx->sig.timing = g_strdup ("in the morning");
  rx->indication = g_strdup ("high blood pressure");
  rx->quantity = decimal ("90");
  rx->quantity_unit = g_strdup ("tablet");
  rx->refills = 3;
  rx->written_on = CR_DATE (YEAR, 11, 23);
  rx->signed_at = sample_instant (self, YEAR, 11, 23, 651);
  return rx;
}

CrVisit *
sample_visit (Sample *self, const char *family, const char *given, int start, int minutes, const char *type)
{
  CrVisit *visit = g_new0 (CrVisit, 1);

  visit->patient = make_patient (family, given);
  visit->appointment = cr_appointment_new ();
  visit->appointment->id = next_id ();
  visit->appointment->patient_id = visit->patient->id;
  visit->appointment->person_id = self->doctor->id;
  visit->appointment->date = CR_DATE (YEAR, 11, 23);
  visit->appointment->start_min = start;
  visit->appointment->minutes = minutes;
  visit->appointment->reason = g_strdup ("knee pain");
  visit->type_code = g_strdup (type);
  return visit;
}
