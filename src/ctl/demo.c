#include "src/ctl/demo.h"
#include "src/ctl/demo-private.h"
#include <glib/gi18n.h>

#define HISTORY_YEARS 10
#define PATIENTS_PER_JOB 20
#define THIN_PER_JOB 5000

typedef struct {
  CrDemo *demo;
  const CrDemoOptions *options;
  guint n; /* patients of this job */
} Work;

static const struct {
  const char *login, *family, *given, *credentials;
  gint64 roles;
  gboolean schedulable;
  const char *npi, *license, *dea;
} PEOPLE[CR_DEMO_N] = {
  [CR_DEMO_ADMIN] = { "admin", "Marlow", "Robin", NULL, CR_ROLE_ADMIN, FALSE, NULL, NULL, NULL },
  [CR_DEMO_DOCTOR] = { "doctor", "Okafor", "Adaeze", "MD", CR_ROLE_DOCTOR, TRUE, "1234567893", "MD00000",
                       "AO1234563" },
  [CR_DEMO_CHEN] = { "chen", "Chen", "Li", "MD", CR_ROLE_DOCTOR, TRUE, "1245319599", "MD00001", NULL },
  [CR_DEMO_NURSE] = { "nurse", "Ortiz", "Jo", "MA", CR_ROLE_CLINICAL, FALSE, NULL, NULL, NULL },
  [CR_DEMO_FRONT] = { "frontdesk", "Dietz", "Frances", NULL, CR_ROLE_FRONT_DESK, FALSE, NULL, NULL, NULL },
  [CR_DEMO_REFERRALS] = { "referrals", "Haddad", "Rima", NULL, CR_ROLE_REFERRAL, FALSE, NULL, NULL, NULL },
};

static CrPerson *
make_person (int i)
{
  CrPerson *p = cr_person_new ();
  p->login = g_strdup (PEOPLE[i].login);
  p->family = g_strdup (PEOPLE[i].family);
  p->given = g_strdup (PEOPLE[i].given);
  p->credentials = g_strdup (PEOPLE[i].credentials);
  p->roles = PEOPLE[i].roles;
  p->schedulable = PEOPLE[i].schedulable;
  p->npi = g_strdup (PEOPLE[i].npi);
  p->license = g_strdup (PEOPLE[i].license);
  p->dea = g_strdup (PEOPLE[i].dea);
  p->position = i;
  p->active = TRUE;
  return p;
}

static CrPractice *
make_practice (void)
{
  CrPractice *p = cr_practice_new ();
  p->name = g_strdup ("Maple Street Family Medicine");
  p->address = g_strdup ("100 Maple St");
  p->city = g_strdup ("Salem");
  p->state = g_strdup ("OR");
  p->zip = g_strdup ("97301");
  p->phone = g_strdup ("5035550100");
  p->fax = g_strdup ("5035550101");
  p->back_line = g_strdup ("5035550102");
  p->npi = g_strdup ("1992999999");
  p->zone = g_strdup ("America/Los_Angeles");
  p->date_style = g_strdup ("us");
  p->idle_minutes = 15;
  p->late_minutes = 10;
  p->demo = TRUE;
  return p;
}

static gboolean
save_rooms_and_types (CrDemo *demo, CrTx *tx, GError **error)
{
  static const char *const ROOMS[] = { "1", "2", "3", "4", "Lab" };
  static const struct {
    const char *code, *name, *colour, *pattern;
    int minutes;
  } TYPES[] = {
    { "FU", "Follow-up", "blue", "solid", 20 },      { "NEW", "New patient", "purple", "double", 40 },
    { "PHYS", "Physical", "green", "dashed", 40 },   { "ACUT", "Acute visit", "orange", "solid", 20 },
    { "NURS", "Nurse visit", "teal", "dotted", 20 }, { "TELE", "Phone visit", "grey", "double", 20 },
    { "PROC", "Procedure", "brown", "dashed", 60 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROOMS); i++) {
    CrRoom *room = cr_room_new ();
    room->name = g_strdup (ROOMS[i]);
    room->position = i;
    room->active = TRUE;
    g_ptr_array_add (demo->rooms, room);
    if (!cr_tx_save (tx, &CR_ROOM, room, error))
      return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    CrVisitType *type = cr_visit_type_new ();
    type->code = g_strdup (TYPES[i].code);
    type->name = g_strdup (TYPES[i].name);
    type->minutes = TYPES[i].minutes;
    type->colour = g_strdup (TYPES[i].colour);
    type->pattern = g_strdup (TYPES[i].pattern);
    type->position = i;
    type->active = TRUE;
    g_ptr_array_add (demo->types, type);
    if (!cr_tx_save (tx, &CR_VISIT_TYPE, type, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
save_hours (CrDemo *demo, CrTx *tx, GError **error)
{
  static const int SPANS[][2] = { { 9 * 60, 12 * 60 }, { 13 * 60, 17 * 60 } };
  for (int person = CR_DEMO_DOCTOR; person <= CR_DEMO_CHEN; person++)
    for (int day = 1; day <= 5; day++)
      for (int span = 0; span < 2; span++) {
        g_autoptr (CrHours) hours = cr_hours_new ();
        hours->person_id = demo->people[person]->id;
        hours->weekday = day;
        hours->start_min = SPANS[span][0];
        hours->end_min = SPANS[span][1];
        if (!cr_tx_save (tx, &CR_HOURS, hours, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
save_contacts (CrDemo *demo, CrTx *tx, GError **error)
{
  static const struct {
    const char *kind, *family, *given, *organization, *specialty, *phone, *fax;
  } CONTACTS[] = {
    { "specialist", "Rao", "Sunita", "Salem Demo Cardiology", "Cardiology", "5035550110", "5035550114" },
    { "specialist", "Hale", "Peter", "Demo Urology Group", "Urology", "5035550112", "5035550113" },
    { "specialist", "Kim", "Dana", "Demo Dermatology", "Dermatology", "5035550115", "5035550116" },
    { "specialist", "Novak", "Eva", "Demo Orthopedics", "Orthopedics", "5035550118", "5035550119" },
    { "specialist", "Stein", "Miriam", "Demo Eye Center", "Ophthalmology", "5035550120", "5035550121" },
    { "pharmacy", NULL, NULL, "Elm Demo Pharmacy", NULL, "5035550130", "5035550131" },
    { "laboratory", NULL, NULL, "Willamette Demo Laboratory", NULL, "5035550140", "5035550141" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (CONTACTS); i++) {
    CrContact *c = cr_contact_new ();
    gboolean pharmacy = g_str_equal (CONTACTS[i].kind, "pharmacy");
    c->kind = g_strdup (CONTACTS[i].kind);
    c->family = g_strdup (CONTACTS[i].family);
    c->given = g_strdup (CONTACTS[i].given);
    c->credentials = g_strdup (c->family != NULL ? "MD" : NULL);
    c->organization = g_strdup (CONTACTS[i].organization);
    c->specialty = g_strdup (CONTACTS[i].specialty);
    c->address = g_strdup_printf ("%u Center St", 200 + i * 10);
    c->city = g_strdup ("Salem");
    c->state = g_strdup ("OR");
    c->zip = g_strdup ("97301");
    c->phone = g_strdup (CONTACTS[i].phone);
    c->fax = g_strdup (CONTACTS[i].fax);
    c->active = TRUE;
    g_ptr_array_add (pharmacy ? demo->pharmacies : demo->specialists, c);
    if (!cr_tx_save (tx, &CR_CONTACT, c, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
people_job (CrTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  CrDemo *demo = work->demo;
  for (int i = CR_DEMO_ADMIN + 1; i < CR_DEMO_N; i++) {
    demo->people[i] = make_person (i);
    if (!cr_person_add (tx, demo->people[i], work->options->password, work->options->fast_kdf, error))
      return FALSE;
  }
  return save_rooms_and_types (demo, tx, error) && save_hours (demo, tx, error) &&
         save_contacts (demo, tx, error);
}

static gboolean
cast_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_demo_cast (((Work *)data)->demo, tx, error);
}

static gboolean
book_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_demo_book (((Work *)data)->demo, tx, error);
}

static gboolean
thin_job (CrTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  return cr_demo_thin_batch (work->demo, tx, work->n, error);
}

static gboolean
patients_job (CrTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  CrDemo *demo = work->demo;
  for (guint i = 0; i < work->n; i++) {
    g_autoptr (CrPatient) p = cr_demo_new_patient (demo, 1, 92);
    p->allergy_status = cr_dice_chance (&demo->dice, 65) ? CR_ALLERGY_NONE_KNOWN : CR_ALLERGY_NOT_RECORDED;
    if (cr_dice_chance (&demo->dice, 18))
      p->allergy_status = CR_ALLERGY_KNOWN;
    if (!cr_tx_save (tx, &CR_PATIENT, p, error))
      return FALSE;
    g_array_append_val (demo->patient_ids, p->id);
    if (p->allergy_status == CR_ALLERGY_KNOWN &&
        !cr_demo_add_allergy (demo, tx, p->id,
                              cr_dice_chance (&demo->dice, 60) ? "penicillins" : "sulfonamide-antibiotics",
                              "penicillin (class)", "rash", "low", error))
      return FALSE;
    if (!cr_demo_history (demo, tx, p, HISTORY_YEARS, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
cr_demo_go_on (CrDemo *demo, guint done, GError **error)
{
  return demo->progress == NULL || demo->progress (done, demo->patients, demo->progress_data, error);
}

/* Made last: what stands in the charts and the book is the same without it. */
static gboolean
make_crowd (Work *work, GError **error)
{
  CrDemo *demo = work->demo;
  for (guint done = 0; done < work->options->crowd; done += work->n) {
    work->n = MIN (THIN_PER_JOB, work->options->crowd - done);
    if (!cr_store_run (demo->store, demo->doctor, thin_job, work, error) ||
        !cr_demo_go_on (demo, demo->patients, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
make_patients (Work *work, GError **error)
{
  CrDemo *demo = work->demo;
  guint batch = work->options->thin ? THIN_PER_JOB : PATIENTS_PER_JOB;
  if (!work->options->thin && !cr_store_run (demo->store, demo->doctor, cast_job, work, error))
    return FALSE;
  for (guint done = demo->patient_ids->len; done < demo->patients; done += work->n) {
    work->n = MIN (batch, demo->patients - done);
    if (!cr_store_run (demo->store, demo->doctor, work->options->thin ? thin_job : patients_job, work, error))
      return FALSE;
    if (!cr_demo_go_on (demo, done + work->n, error))
      return FALSE;
  }
  if (work->options->thick && !cr_demo_thick_chart (demo, error))
    return FALSE;
  return (work->options->thin || cr_store_run (demo->store, demo->admin, book_job, work, error)) &&
         make_crowd (work, error);
}

static gboolean
open_practice (CrDemo *demo, const CrDemoOptions *options, GError **error)
{
  g_autoptr (CrPractice) practice = make_practice ();
  char *code = NULL;
  CrStoreSetup setup = { options->folder, practice, NULL, options->password, options->fast_kdf };
  setup.admin = demo->people[CR_DEMO_ADMIN] = make_person (CR_DEMO_ADMIN);
  demo->store = cr_store_create (&setup, demo->clock, "chartroomctl", &demo->admin, &code, error);
  if (demo->store == NULL)
    return FALSE;
  cr_store_secret_free (code);
  cr_store_seed_ids (demo->store, options->seed * 2 + 1);
  return TRUE;
}

static void
clear (CrDemo *demo)
{
  g_clear_pointer (&demo->doctor, cr_store_user_unref);
  g_clear_pointer (&demo->admin, cr_store_user_unref);
  if (demo->store != NULL)
    cr_store_close (demo->store);
  g_clear_pointer (&demo->store, cr_store_unref);
  for (int i = 0; i < CR_DEMO_N; i++)
    cr_person_free (demo->people[i]);
  g_ptr_array_unref (demo->rooms);
  g_ptr_array_unref (demo->types);
  g_ptr_array_unref (demo->specialists);
  g_ptr_array_unref (demo->pharmacies);
  g_array_unref (demo->patient_ids);
  cr_clock_unref (demo->clock);
}

gboolean
cr_demo_make (const CrDemoOptions *options, const CrKnowledge *knowledge, CrDemoProgress progress,
              gpointer data, GError **error)
{
  /* Made two days before its "today", so that the desktop's clock never lies before its audit. */
  CrDemo demo = { .clock = cr_clock_new_fixed (cr_date_add_days (options->date, -2), 12 * 60,
                                               "America/Los_Angeles"),
                  .knowledge = knowledge,
                  .date = options->date,
                  .dice = { options->seed },
                  .patients = options->patients,
                  .progress = progress,
                  .progress_data = data,
                  .next_mrn = 10001 };
  Work work = { &demo, options, 0 };
  gboolean made, begun;
  demo.rooms = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_room_free);
  demo.types = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_type_free);
  demo.specialists = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_contact_free);
  demo.pharmacies = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_contact_free);
  demo.patient_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  made = open_practice (&demo, options, error) &&
         cr_store_run (demo.store, demo.admin, people_job, &work, error);
  if (made)
    demo.doctor = cr_store_sign_in (demo.store, "doctor", options->password, error);
  made = made && demo.doctor != NULL && make_patients (&work, error);
  begun = demo.store != NULL;
  clear (&demo);
  if (begun && !made)
    cr_store_unmake (options->folder);
  return made;
}
