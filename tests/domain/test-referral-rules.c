/* What an order needs, stages, due dates; contacts as shown. */
#include "chartroom/domain/referral.h"
#include "expect.h"

static const struct {
  CrId contact_id;
  const char *specialty;
  int urgency;
  const char *question, *sent_method, *sent_to;
  const char *problem;
} ORDERS[] = {
  { 31, NULL, CR_URGENCY_URGENT, "Is it ischemic?", NULL, NULL, NULL },
  { 0, "Cardiology", CR_URGENCY_ROUTINE, "Is it ischemic?", NULL, NULL, NULL },
  { 0, NULL, CR_URGENCY_ROUTINE, "Is it ischemic?", NULL, NULL, "specialty or a recipient" },
  { 31, NULL, CR_URGENCY_UNSET, "Is it ischemic?", NULL, NULL, "how urgent" },
  { 31, NULL, CR_URGENCY_SOON, NULL, NULL, NULL, "Write the question that" },
  { 31, NULL, CR_URGENCY_SOON, "  \n ", NULL, NULL, "Write the question that" },
  { 31, NULL, CR_URGENCY_SOON, "  chest?  ", NULL, NULL, "at least 10" },
  { 31, NULL, CR_URGENCY_SOON, "123456789", NULL, NULL, "at least 10" },
  { 31, NULL, CR_URGENCY_SOON, "1234567890", NULL, NULL, NULL },
  { 31, NULL, CR_URGENCY_SOON, "ééééééééé", NULL, NULL, "at least 10" }, /* characters, not bytes */
  { 31, NULL, CR_URGENCY_SOON, "Is it ischemic?", "fax", NULL, "fax number" },
  { 31, NULL, CR_URGENCY_SOON, "Is it ischemic?", "fax", "5035550199", NULL },
  { 31, NULL, CR_URGENCY_SOON, "Is it ischemic?", "mail", NULL, NULL },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ORDERS); i++) {
    g_autoptr (CrReferral) r = cr_referral_new ();
    r->contact_id = ORDERS[i].contact_id;
    r->specialty = g_strdup (ORDERS[i].specialty);
    r->urgency = ORDERS[i].urgency;
    r->question = g_strdup (ORDERS[i].question);
    r->sent_method = g_strdup (ORDERS[i].sent_method);
    r->sent_to = g_strdup (ORDERS[i].sent_to);
    expect_one_sentence (cr_referral_problems (r), ORDERS[i].problem);
  }
}

#define N_STAGES (CR_REF_REDIRECTED + 1)

/* Rows: from; columns: to; both in the order of CrReferralStage. */
static void
test_stages (void)
{
  static const char *const may[N_STAGES] = {
    "-y-----------y-", /* draft */
    "--y--------y-y-", /* ordered */
    "---y-------y-y-", /* packet ready */
    "----yyyy--yyyyy", /* sent */
    "-----yyy--yyyyy", /* received */
    "------yy--yyyyy", /* booked */
    "-------y-------", /* seen */
    "--------y------", /* report received */
    "---------y-----", /* reviewed */
    "---------------", /* closed */
    "-----------y-yy", /* declined */
    "---------------", /* patient declined */
    "-----yy----y-y-", /* no-show */
    "---------------", /* cancelled */
    "--yy-------y-y-", /* redirected */
  };
  for (int from = 0; from < N_STAGES; from++)
    for (int to = 0; to < N_STAGES; to++)
      g_assert_true (cr_referral_may_follow (from, to) == (may[from][to] == 'y'));
  g_assert_false (cr_referral_may_follow (-1, 0));
  g_assert_false (cr_referral_may_follow (0, N_STAGES));
  g_assert_false (cr_referral_may_follow (N_STAGES, 0));
}

static void
test_due (void)
{
  static const struct {
    int urgency;
    CrDate ordered, due;
  } cases[] = {
    { CR_URGENCY_EMERGENCY, { 2026, 11, 23 }, { 2026, 11, 24 } },
    { CR_URGENCY_EMERGENCY, { 2026, 11, 27 }, { 2026, 11, 30 } }, /* Friday → Monday */
    { CR_URGENCY_URGENT, { 2026, 11, 23 }, { 2026, 11, 25 } },
    { CR_URGENCY_URGENT, { 2026, 11, 28 }, { 2026, 12, 1 } }, /* Saturday → Tuesday */
    { CR_URGENCY_SOON, { 2026, 11, 23 }, { 2026, 11, 30 } },
    { CR_URGENCY_ROUTINE, { 2026, 11, 23 }, { 2026, 12, 7 } },
    { CR_URGENCY_ROUTINE, { 2026, 12, 24 }, { 2027, 1, 7 } },
    { CR_URGENCY_UNSET, { 2026, 11, 23 }, { 0 } },
    { CR_URGENCY_URGENT, { 2026, 11, 0 }, { 0 } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cr_date_compare (cr_referral_due (cases[i].urgency, cases[i].ordered), cases[i].due), ==,
                     0);
}

static void
test_words (void)
{
  static const char *const urgencies[] = { "Urgency not set", "Emergency (today)", "Urgent (within 7 days)",
                                           "Soon (within 4 weeks)", "Routine" };
  for (int i = 0; i < (int)G_N_ELEMENTS (urgencies); i++)
    g_assert_cmpstr (cr_urgency_word (i), ==, urgencies[i]);
  g_assert_cmpstr (cr_referral_stage_word (CR_REF_DRAFT), ==, "Draft");
  g_assert_cmpstr (cr_referral_stage_word (CR_REF_SENT), ==, "Sent recorded");
  g_assert_cmpstr (cr_referral_stage_word (CR_REF_REDIRECTED), ==, "Redirected");
  g_assert_cmpint (cr_code_index (CR_REFERRAL_STAGE_CODES, "packet-ready"), ==, CR_REF_PACKET_READY);
  g_assert_cmpint (cr_code_index (CR_REFERRAL_STAGE_CODES, "redirected"), ==, CR_REF_REDIRECTED);
  g_assert_cmpint (cr_code_index (CR_URGENCY_CODES, "routine"), ==, CR_URGENCY_ROUTINE);
}

static void
test_contacts (void)
{
  static const struct {
    const char *kind, *family, *given, *credentials, *organization, *shown;
  } cases[] = {
    { "specialist", "Rao", "Sunil", NULL, "Salem Cardiology", "Dr. S. Rao, Salem Cardiology" },
    { "specialist", "Rao", "Sunil", "MD, FACC", "Salem Cardiology", "Dr. S. Rao, Salem Cardiology" },
    { "specialist", "Rao", NULL, NULL, NULL, "Dr. Rao" },
    { "specialist", "Holm", "Kari", "PT", "Salem Rehab", "K. Holm, PT, Salem Rehab" },
    { "practice", "Weiss", "Ömer", NULL, NULL, "Ö. Weiss" },
    { "pharmacy", NULL, NULL, NULL, "Elm Pharmacy", "Elm Pharmacy" },
    { "laboratory", NULL, NULL, NULL, NULL, "(no name)" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrContact) c = cr_contact_new ();
    c->kind = g_strdup (cases[i].kind);
    c->family = g_strdup (cases[i].family);
    c->given = g_strdup (cases[i].given);
    c->credentials = g_strdup (cases[i].credentials);
    c->organization = g_strdup (cases[i].organization);
    expect_text (cr_contact_display (c), cases[i].shown);
  }
}

static void
test_recipient (void)
{
  g_autoptr (CrContact) c = cr_contact_new ();
  c->kind = g_strdup ("specialist");
  c->family = g_strdup ("Kunze");
  c->given = g_strdup ("Carla");
  expect_text (cr_referral_recipient (NULL, c), "Dr. C. Kunze");
  expect_text (cr_referral_recipient ("", c), "Dr. C. Kunze");
  expect_text (cr_referral_recipient ("Cardiology", c), "Cardiology – Dr. C. Kunze");
  expect_text (cr_referral_recipient ("Cardiology", NULL), "Cardiology");
  expect_text (cr_referral_recipient (NULL, NULL), "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/referral/recipient", test_recipient);
  g_test_add_func ("/referral/problems", test_problems);
  g_test_add_func ("/referral/stages", test_stages);
  g_test_add_func ("/referral/due", test_due);
  g_test_add_func ("/referral/words", test_words);
  g_test_add_func ("/referral/contacts", test_contacts);
  return g_test_run ();
}
