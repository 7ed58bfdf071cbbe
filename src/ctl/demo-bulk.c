/* Bulk: very many thin patients, or one very thick chart. */
#include "src/ctl/demo-private.h"

gboolean
cr_demo_thin_batch (CrDemo *demo, CrTx *tx, guint n, GError **error)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr (CrPatient) p = cr_demo_new_patient (demo, 0, 94);
    g_autoptr (CrEncounter) e = cr_encounter_new ();
    if (!cr_tx_save (tx, &CR_PATIENT, p, error))
      return FALSE;
    e->patient_id = p->id;
    e->person_id = p->usual_person_id;
    e->kind = g_strdup ("Follow-up");
    e->status = g_strdup ("finished");
    e->date = cr_date_add_days (demo->date, -cr_dice_int (&demo->dice, 1, 1500));
    if (!cr_tx_save (tx, &CR_ENCOUNTER, e, error))
      return FALSE;
  }
  return TRUE;
}

#define THICK_ENCOUNTERS 2000
#define THICK_OBSERVATIONS 30000
#define THICK_DOCUMENTS 500

typedef struct {
  CrDemo *demo;
  CrPatient *patient;
  guint from, to; /* encounters of this job */
} Slice;

static gboolean
add_reading (CrDemo *demo, CrTx *tx, CrId patient, CrId encounter, CrDate on, guint n, GError **error)
{
  static const struct {
    const char *code, *display, *unit;
    int low, high;
    gboolean vital;
  } KINDS[] = { { "8480-6", "Systolic blood pressure", "mm[Hg]", 105, 160, TRUE },
                { "8462-4", "Diastolic blood pressure", "mm[Hg]", 60, 95, TRUE },
                { "8867-4", "Pulse", "/min", 58, 98, TRUE },
                { "29463-7", "Weight", "[lb_av]", 150, 190, TRUE },
                { "2823-3", "Potassium", "mmol/L", 3, 5, FALSE },
                { "98979-8", "eGFR", "mL/min/1.73 m²", 45, 90, FALSE },
                { "2345-7", "Glucose", "mg/dL", 80, 180, FALSE } };
  guint kind = n % G_N_ELEMENTS (KINDS);
  g_autoptr (CrObservation) o = cr_observation_new ();
  o->patient_id = patient;
  o->encounter_id = encounter;
  o->kind = KINDS[kind].vital ? CR_OBS_VITAL : CR_OBS_LAB;
  o->code = g_strdup (KINDS[kind].code);
  o->display = g_strdup (KINDS[kind].display);
  o->unit = g_strdup (KINDS[kind].unit);
  o->number = cr_dice_int (&demo->dice, KINDS[kind].low, KINDS[kind].high);
  o->value = g_strdup_printf ("%d", (int)o->number);
  o->status = CR_OBS_FINAL;
  o->taken_at = cr_clock_instant_of (demo->clock, on, 8 * 60 + (int)n % 400);
  o->reviewed_at = o->taken_at;
  return cr_tx_save (tx, &CR_OBSERVATION, o, error);
}

static gboolean
add_document (CrDemo *demo, CrTx *tx, CrId patient, CrDate on, guint n, GError **error)
{
  g_autoptr (CrDocument) d = cr_document_new ();
  g_autofree char *text = g_strdup_printf ("Invented report number %u of the demonstration practice.", n);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  d->patient_id = patient;
  d->kind = g_strdup ("report");
  d->title = g_strdup_printf ("Report %u", n);
  d->mime = g_strdup ("text/plain");
  d->dated = on;
  d->text = g_steal_pointer (&text);
  return cr_document_add (tx, d, bytes, error);
}

static gboolean
slice_job (CrTx *tx, gpointer data, GError **error)
{
  Slice *slice = data;
  CrDemo *demo = slice->demo;
  guint per = THICK_OBSERVATIONS / THICK_ENCOUNTERS;
  for (guint i = slice->from; i < slice->to; i++) {
    g_autoptr (CrEncounter) e = cr_encounter_new ();
    e->patient_id = slice->patient->id;
    e->person_id = demo->people[CR_DEMO_DOCTOR]->id;
    e->kind = g_strdup ("Follow-up");
    e->status = g_strdup ("finished");
    e->date = cr_date_add_days (demo->date, -(int)(7300 - i * 7299 / THICK_ENCOUNTERS));
    if (!cr_tx_save (tx, &CR_ENCOUNTER, e, error))
      return FALSE;
    for (guint n = 0; n < per; n++)
      if (!add_reading (demo, tx, e->patient_id, e->id, e->date, i * per + n, error))
        return FALSE;
    if (i % (THICK_ENCOUNTERS / THICK_DOCUMENTS) == 0 &&
        !add_document (demo, tx, e->patient_id, e->date, i / (THICK_ENCOUNTERS / THICK_DOCUMENTS) + 1, error))
      return FALSE;
    if (i % 4 == 1 &&
        !cr_demo_add_note (demo, tx, e, "Feels about the same.", "Unchanged.", "1. Continue.", TRUE, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
patient_job (CrTx *tx, gpointer data, GError **error)
{
  CrPatient *p = data;
  return cr_tx_save (tx, &CR_PATIENT, p, error);
}

gboolean
cr_demo_thick_chart (CrDemo *demo, GError **error)
{
  g_autoptr (CrPatient) p = cr_demo_new_patient (demo, 70, 79);
  Slice slice = { demo, p, 0, 0 };
  g_free (p->family);
  p->family = g_strdup ("Thickchart");
  cr_patient_index (p);
  if (!cr_store_run (demo->store, demo->doctor, patient_job, p, error))
    return FALSE;
  for (guint i = 0; i < THICK_ENCOUNTERS; i += 100) {
    slice.from = i;
    slice.to = i + 100;
    if (!cr_store_run (demo->store, demo->doctor, slice_job, &slice, error) ||
        !cr_demo_go_on (demo, demo->patients, error))
      return FALSE;
  }
  return TRUE;
}
