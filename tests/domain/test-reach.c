/* Through whom a patient without an own number or address is reached. */
#include "chartroom/domain/reach.h"
#include "chartroom/domain/desk-rules.h"

#define TODAY CR_DATE (2026, 11, 23)

static CrPatient *
new_child (void)
{
  CrPatient *luis = cr_patient_new ();
  luis->given = g_strdup ("Luis");
  luis->birth_date = CR_DATE (2019, 4, 2);
  return luis;
}

static CrRelatedPerson *
add_relative (GPtrArray *people, const char *name, const char *relationship, const char *phone)
{
  CrRelatedPerson *person = cr_related_person_new ();
  person->name = g_strdup (name);
  person->relationship = g_strdup (relationship);
  person->phone = g_strdup (phone);
  g_ptr_array_add (people, person);
  return person;
}

static void
test_order (void)
{
  g_autoptr (CrPatient) luis = new_child ();
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_related_person_free);
  add_relative (people, "Eva Roe", "aunt", "5035550100")->emergency = TRUE;
  g_assert_null (cr_reach_find (luis, people, NULL, TODAY)); /* she answers in an emergency alone */
  add_relative (people, "Jo Roe", NULL, "5035550101")->proxy = TRUE;
  CrRelatedPerson *kin = add_relative (people, "Ana Garcia", "mother", "5035550102");
  kin->next_of_kin = TRUE;
  g_autoptr (CrReach) mother = cr_reach_find (luis, people, NULL, TODAY);
  g_autofree char *words = cr_reach_phone_words (luis, mother);
  g_assert_cmpstr (words, ==, "Ana Garcia (mother) 503-555-0102");
  add_relative (people, "Rob Garcia", "father", "5035550103")->guarantor = TRUE;
  g_autoptr (CrReach) father = cr_reach_find (luis, people, NULL, TODAY);
  g_assert_cmpstr (father->phone, ==, "5035550103");
  ((CrRelatedPerson *)people->pdata[3])->valid_to = CR_DATE (2026, 1, 1);
  g_autoptr (CrReach) ended = cr_reach_find (luis, people, NULL, TODAY);
  g_assert_true (cr_reach_equal (ended, mother));
  luis->phone = g_strdup ("5035550199");
  luis->address = g_strdup ("12 Elm St");
  g_assert_null (cr_reach_find (luis, people, NULL, TODAY));
  g_autofree char *own = cr_reach_phone_words (luis, mother);
  g_assert_cmpstr (own, ==, "503-555-0199");
}

/* The husband pays and is the next of kin: of an adult's visits he hears nothing. */
static void
test_adult (void)
{
  const CrDate BORN[] = { CR_DATE (1985, 2, 11), CR_DATE (2008, 11, 23), CR_DATE (2015, 0, 0), CR_DATE_NONE };
  for (guint i = 0; i < G_N_ELEMENTS (BORN); i++) {
    g_autoptr (CrPatient) eva = cr_patient_new ();
    g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_related_person_free);
    CrRelatedPerson *husband = add_relative (people, "Rob Roe", "husband", "5035550103");
    eva->birth_date = BORN[i];
    husband->address = g_strdup ("12 Elm St");
    husband->guarantor = husband->next_of_kin = TRUE;
    g_assert_null (cr_reach_find (eva, people, NULL, TODAY));
    add_relative (people, "Jo Roe", "sister", "5035550101")->proxy = TRUE;
    g_autoptr (CrReach) sister = cr_reach_find (eva, people, NULL, TODAY);
    g_assert_cmpstr (sister->phone_of, ==, "Jo Roe (sister)");
    g_assert_null (sister->address); /* not his */
  }
}

static void
test_linked (void)
{
  g_autoptr (CrPatient) luis = new_child (), ana = cr_patient_new ();
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_related_person_free);
  g_autoptr (GPtrArray) linked = g_ptr_array_new ();
  CrRelatedPerson *mother = add_relative (people, "Anna G.", "mother", NULL);
  mother->guarantor = TRUE;
  mother->other_patient_id = ana->id = 5;
  ana->family = g_strdup ("Garcia");
  ana->given = g_strdup ("Ana");
  ana->phone = g_strdup ("5035550102");
  ana->address = g_strdup ("12 Elm St");
  ana->city = g_strdup ("Salem");
  ana->state = g_strdup ("OR");
  g_ptr_array_add (linked, ana);
  g_autoptr (CrReach) reach = cr_reach_find (luis, people, linked, TODAY);
  g_assert_cmpstr (reach->phone_of, ==, "Ana Garcia (mother)");
  g_assert_cmpstr (reach->address_of, ==, "Ana Garcia");
  g_assert_cmpstr (reach->place, ==, "Salem OR");
  g_assert_null (cr_letter_problem (luis, reach));
  g_assert_nonnull (cr_letter_problem (luis, NULL));
  ana->no_mail = 1;
  g_autoptr (CrReach) unwritten = cr_reach_find (luis, people, linked, TODAY);
  g_assert_null (unwritten->address);
  g_assert_nonnull (cr_letter_problem (luis, unwritten));
  ana->death_date = CR_DATE (2026, 3, 1);
  g_assert_null (cr_reach_find (luis, people, linked, TODAY));
}

/* What holds is what was said of the number that is called, and of the patient. */
static void
test_voice_mail (void)
{
  g_autoptr (CrPatient) luis = new_child (), ana = cr_patient_new ();
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_related_person_free);
  g_autoptr (GPtrArray) linked = g_ptr_array_new ();
  CrRelatedPerson *mother = add_relative (people, "Ana Garcia", "mother", "5035550102");
  mother->guarantor = TRUE;
  mother->other_patient_id = ana->id = 5;
  g_ptr_array_add (linked, ana);
  luis->no_text = 1;
  g_autoptr (CrReach) open = cr_reach_find (luis, people, linked, TODAY);
  g_assert_null (cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, luis, open));
  g_assert_null (cr_reach_contact_words (luis, open)); /* his, not hers */
  ana->no_voice_mail = 1;
  g_autoptr (CrReach) quiet = cr_reach_find (luis, people, linked, TODAY);
  g_autoptr (CrReach) copy = cr_reach_copy (quiet);
  g_autofree char *words = cr_reach_contact_words (luis, copy);
  g_assert_true (cr_reach_equal (quiet, copy) && !cr_reach_equal (quiet, open));
  g_assert_cmpstr (words, ==, "⊘ no voice mail");
  g_assert_nonnull (cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, luis, copy));
  g_assert_null (cr_outcome_problem (CR_OUTCOME_NO_ANSWER, luis, copy));
  luis->phone = g_strdup ("5035550199"); /* an own one is called */
  g_autofree char *own = cr_reach_contact_words (luis, copy);
  g_assert_cmpstr (own, ==, "⊘ no text messages");
  g_assert_null (cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, luis, copy));
  g_clear_pointer (&luis->phone, g_free);
  luis->no_voice_mail = 1;
  g_assert_nonnull (cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, luis, open));
}

static void
test_addressee (void)
{
  g_autoptr (CrPatient) luis = cr_patient_new ();
  luis->given = g_strdup ("Luis");
  luis->family = g_strdup ("Garcia");
  luis->birth_date = CR_DATE (2008, 11, 24);
  g_autofree char *minor = cr_reach_addressee (luis, TODAY);
  g_assert_cmpstr (minor, ==, "To the parent or guardian of Luis Garcia");
  luis->birth_date = CR_DATE (2008, 11, 23); /* eighteen today */
  g_autofree char *adult = cr_reach_addressee (luis, TODAY);
  g_assert_cmpstr (adult, ==, "Luis Garcia");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/reach/order", test_order);
  g_test_add_func ("/domain/reach/adult", test_adult);
  g_test_add_func ("/domain/reach/linked", test_linked);
  g_test_add_func ("/domain/reach/voice-mail", test_voice_mail);
  g_test_add_func ("/domain/reach/addressee", test_addressee);
  return g_test_run ();
}
