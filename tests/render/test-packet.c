/* The referral packet: what the specialist reads, what is never missing, and what the composer can change. */
#include <string.h>
#include "pdf.h"
#include "sample.h"

#define MARGIN 54.0

static CrPacketItem *
find_item (GArray *items, CrPacketPart part, CrId id)
{
  for (guint i = 0; i < items->len; i++) {
    CrPacketItem *item = &g_array_index (items, CrPacketItem, i);

    if (item->part == part && item->id == id)
      return item;
  }
  return NULL;
}

static void
include_all (GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    g_array_index (items, CrPacketItem, i).include = TRUE;
}

static void
assert_numbered (GBytes *pdf)
{
  guint n = pdf_pages (pdf);

  for (guint page = 0; page < n; page++) {
    g_autofree char *number = g_strdup_printf ("Page %u of %u", page + 1, n);

    assert_says (pdf, page, number);
    assert_says (pdf, page, "GARCIA");
    assert_says (pdf, page, "004217");
    assert_says (pdf, page, "Mar 14, 1961");
    assert_says (pdf, page, "Confidential health information");
    assert_says (pdf, page, "REF-0311");
  }
}

static void
test_letter (void)
{
  static const char *const PAGE_1[] = {
    "Referral – URGENT (within 7 days)",
    "Referral no. REF-0311",
    "November 23, 2026",
    "Dr. S. Rao, Salem Cardiology",
    "Fax 503-555-0191",
    "direct line 503-555-0102",
    "urgent calls 503-555-0103",
    "Maria Elena GARCIA (goes by Malena)",
    "Interpreter: Spanish",
    "Blue Plan PPO ··8841",
    "QUESTION",
    "Is exertional chest tightness ischemic?",
    "☒ Evaluate and advise",
    "☐ Take over this problem",
    "REASON / HISTORY",
    "gone within 5 minutes",
    "DONE SO FAR",
    "Aspirin 81 mg started",
    "RELEVANT BACKGROUND",
    "Essential hypertension (since Mar 2014)",
    "MEDICATIONS (5)",
    "lisinopril 20 mg tablet – 1 tablet by mouth once daily",
    "metFORMIN 1,000 mg tablet",
    "ALLERGIES",
    "penicillin (anaphylaxis), sulfamethoxazole (rash)",
    "Wants an answer before travel",
    "Daughter drives her",
    "PLEASE REPLY",
    "Fax 503-555-0101",
    "Problem list p. 2",
    "Signed by Adaeze Okafor, MD (NPI 1234567893), Nov 23, 2026 11:02 AM",
    "Check code 3fa281c07be2d114",
  };
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (CrPaper) paper = cr_packet (&content);
  g_autoptr (GBytes) pdf = pdf_of (paper);
  g_autofree char *title = pdf_title (pdf);

  for (guint i = 0; i < G_N_ELEMENTS (PAGE_1); i++)
    assert_says (pdf, 0, PAGE_1[i]);
  g_assert_cmpuint (cr_paper_pages_of (paper, "letter"), ==, 1);
  g_assert_cmpstr (title, ==, "Referral packet REF-0311"); /* no name */
  pdf_assert_inside (pdf, MARGIN);
  assert_numbered (pdf);
}

static void
test_sections (void)
{
  static const char *const LATER[] = {
    "Demographics and coverage",
    "BPX00128841",
    "Lucia Garcia (daughter), 503-555-0177",
    "Problem list",
    "Chronic kidney disease, stage 3a",
    "Medications (5 current)",
    "Allergies and reactions",
    "Vitals trend",
    "128/76",
    "142/88",
    "Results",
    "Lipid panel",
    "Willamette Laboratory",
    "As of Nov 23, 2026",
    "no range given",
  };
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (CrPaper) paper = cr_packet (&content);
  g_autoptr (GBytes) pdf = pdf_of (paper);
  g_autofree char *all = pdf_text_all (pdf);

  for (guint i = 0; i < G_N_ELEMENTS (LATER); i++)
    if (strstr (all, LATER[i]) == NULL)
      g_error ("the packet does not say “%s”", LATER[i]);
  g_assert_null (strstr (all, "Office visit")); /* notes only when chosen */
}

static void
test_nothing_is_blank (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (CrReferral) referral = cr_referral_new ();
  CrPacketContent content = {
    .imprint = &sample->imprint, .referral = referral, .from = sample->doctor, .patient = sample->patient
  };
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *all = NULL;
  static const char *const SAID[] = { "No question written yet", "No current medications recorded",
                                      "None recorded",           "Allergies not recorded – ask the patient",
                                      "Not signed yet",          "Not recorded",
                                      "Insurance not recorded" };

  sample->patient->allergy_status = CR_ALLERGY_NOT_RECORDED;
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  all = pdf_text_all (pdf);
  for (guint i = 0; i < G_N_ELEMENTS (SAID); i++)
    if (strstr (all, SAID[i]) == NULL)
      g_error ("the packet does not say “%s”", SAID[i]);
}

static void
test_items (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (GArray) items = cr_packet_items (&content);
  CrId note = ((CrNote *)sample->notes->pdata[0])->id;
  guint panels = 0;

  for (guint i = 0; i < items->len; i++) {
    const CrPacketItem *item = &g_array_index (items, CrPacketItem, i);
    g_autofree char *key = cr_packet_item_key (item);
    g_autofree char *title = cr_packet_item_title (&content, item);
    CrPacketItem back;

    g_assert_true (cr_packet_item_from_key (key, &back));
    g_assert_cmpint (back.part, ==, item->part);
    g_assert_cmpint (back.id, ==, item->id);
    g_assert_nonnull (title);
    panels += item->part == CR_PACKET_RESULTS && item->id != CR_ID_NONE;
  }
  g_assert_cmpuint (panels, ==, 3);
  g_assert_false (find_item (items, CR_PACKET_NOTES, note)->include);
  g_assert_null (find_item (items, CR_PACKET_IMMUNIZATIONS, CR_ID_NONE)); /* none: not offered */
  g_assert_false (cr_packet_item_from_key ("index", &g_array_index (items, CrPacketItem, 0)));
}

/* What the referral was written in belongs with it; old results do not. */
static void
test_items_chosen (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrNote *note = sample->notes->pdata[0];
  CrPacketContent content;
  g_autoptr (GArray) items = NULL;
  CrId old;

  note->encounter_id = sample->referral->encounter_id = 77;
  sample_add_result (sample, "Old panel", "Ferritin", "80", "ng/mL", NULL, NULL,
                     sample_instant (sample, 2020, 1, 2, 500));
  old = ((CrObservation *)sample->results->pdata[sample->results->len - 1])->id;
  content = sample_packet (sample);
  items = cr_packet_items (&content);
  g_assert_true (find_item (items, CR_PACKET_NOTES, note->id)->include);
  g_assert_false (find_item (items, CR_PACKET_RESULTS, old)->include);
}

static void
test_items_toggled (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (GArray) items = cr_packet_items (&content);
  CrNote *note = sample->notes->pdata[0];
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *all = NULL;
  guint pages = 0;

  find_item (items, CR_PACKET_NOTES, note->id)->include = TRUE;
  find_item (items, CR_PACKET_VITALS, CR_ID_NONE)->include = FALSE;
  content.items = items;
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  all = pdf_text_all (pdf);
  g_assert_nonnull (strstr (all, "Heart regular, no murmur."));
  g_assert_nonnull (strstr (all, "Addendum, Nov 23, 2026"));
  g_assert_null (strstr (all, "Vitals trend"));
  g_assert_cmpuint (cr_packet_item_page (paper, find_item (items, CR_PACKET_VITALS, CR_ID_NONE), &pages), ==,
                    0);
  g_assert_cmpuint (pages, ==, 0);
  g_assert_cmpuint (cr_packet_item_page (paper, find_item (items, CR_PACKET_LETTER, CR_ID_NONE), &pages), ==,
                    1);
  g_assert_cmpuint (pages, ==, 1);
  g_assert_cmpuint (cr_packet_item_page (paper, find_item (items, CR_PACKET_NOTES, note->id), &pages), >=, 3);
}

/* A click on the preview finds the item, and the item its place. */
static void
test_items_on_page (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (GArray) items = cr_packet_items (&content);
  g_autoptr (CrPaper) paper = NULL;

  content.items = items;
  paper = cr_packet (&content);
  for (guint i = 0; i < items->len; i++) {
    CrPacketItem *item = &g_array_index (items, CrPacketItem, i);
    g_autofree char *key = cr_packet_item_key (item);
    guint page = cr_packet_item_page (paper, item, NULL);
    CrRect area;

    if (page == 0)
      continue;
    g_assert_true (cr_paper_area_of (paper, key, page - 1, &area));
    if (item->part == CR_PACKET_RESULTS && item->id == CR_ID_NONE)
      continue; /* its panels lie above it */
    g_assert_cmpstr (cr_paper_key_at (paper, page - 1, area.x + 20, area.y + area.height - 1), ==, key);
  }
}

static void
test_hidden (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (GArray) hidden = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *all = NULL;

  g_array_append_val (hidden, ((CrMedication *)sample->medications->pdata[4])->id); /* sertraline */
  content.hidden = hidden;
  content.withheld = TRUE;
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  all = pdf_text_all (pdf);
  g_assert_null (strstr (all, "sertraline"));
  assert_says (pdf, 0, "MEDICATIONS (4)");
  assert_says (pdf, 0, "1 left out by the sender."); /* never silently */
  assert_says (pdf, 0, "Some items withheld at patient request.");
  g_assert_nonnull (strstr (all, "1 entry left out by the sender."));
}

static void
test_draft_and_frozen (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (CrPaper) frozen = cr_packet (&content);
  g_autoptr (CrPaper) again = cr_packet (&content);
  g_autoptr (GBytes) frozen_pdf = pdf_of (frozen);
  g_autoptr (GBytes) again_pdf = pdf_of (again);
  g_autoptr (CrPaper) draft = NULL;
  g_autoptr (GBytes) draft_pdf = NULL;

  content.frozen = FALSE;
  draft = cr_packet (&content);
  draft_pdf = pdf_of (draft);
  g_assert_true (g_bytes_equal (frozen_pdf, again_pdf));
  g_assert_cmpuint (pdf_pages (draft_pdf), ==, pdf_pages (frozen_pdf)); /* the mark moves nothing */
  g_assert_cmpuint (g_bytes_get_size (draft_pdf), >, g_bytes_get_size (frozen_pdf));
}

static void
test_index (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content;
  g_autoptr (GArray) items = NULL;
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *enclosed = NULL;

  for (guint i = 0; i < 20; i++)
    sample_add_note (sample, CR_DATE (2025, 1 + (int)i % 12, 5), "Follow-up visit", "Continue.");
  content = sample_packet (sample);
  items = cr_packet_items (&content);
  include_all (items);
  content.items = items;
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  g_assert_cmpuint (pdf_pages (pdf), >, 6);
  assert_says (pdf, 1, "Contents");
  assert_says (pdf, 1, "Office visit, Nov 23, 2026");
  enclosed = g_strdup_printf ("Enclosed, %u pages in all", pdf_pages (pdf));
  assert_says (pdf, 0, enclosed);
  assert_numbered (pdf);
  /* newest first */
  g_assert_cmpuint (
      cr_packet_item_page (paper, find_item (items, CR_PACKET_NOTES, content.notes[0].note->id), NULL), <,
      pdf_pages (pdf));
}

static void
test_many_medications (void)
{
  static const guint COUNTS[] = { 12, 13, 30, 31, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (COUNTS); i++) {
    g_autoptr (Sample) sample = sample_new ();
    CrPacketContent content;
    g_autoptr (CrPaper) paper = NULL;
    g_autoptr (GBytes) pdf = NULL;
    g_autofree char *label = g_strdup_printf ("MEDICATIONS (%u)", COUNTS[i]);
    g_autofree char *all = NULL;

    while (sample->medications->len < COUNTS[i]) {
      g_autofree char *generic = g_strdup_printf ("inventedol%03u", sample->medications->len);
      g_autofree char *display = g_strdup_printf ("%s 10 mg tablet", generic);

      sample_add_medication (sample, generic, display, "1", "tablet", "daily", "Testing");
    }
    content = sample_packet (sample);
    paper = cr_packet (&content);
    pdf = pdf_of (paper);
    all = pdf_text_all (pdf);
    assert_says (pdf, 0, label);
    if (COUNTS[i] <= 31) {
      g_assert_cmpuint (cr_paper_pages_of (paper, "letter"), ==, 1); /* it still stands alone */
      assert_says (pdf, 0, "ALLERGIES");
    }
    g_assert_nonnull (strstr (all, "inventedol011 10 mg tablet"));
    pdf_assert_inside (pdf, MARGIN);
    assert_numbered (pdf);
    for (guint m = 5; m < COUNTS[i]; m++) {
      g_autofree char *generic = g_strdup_printf ("inventedol%03u", m);
      const char *first = strstr (all, generic);

      g_assert_nonnull (first);                       /* in the letter */
      g_assert_nonnull (strstr (first + 1, generic)); /* and in the list */
    }
  }
}

/* Many problems: the letter names the first and says where the others are. */
static void
test_many_problems (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  for (CrId id = 501; id <= 540; id++) {
    CrProblem *problem = cr_problem_new ();

    problem->id = id;
    problem->display = g_strdup_printf ("Invented condition %d", (int)id);
    g_ptr_array_add (sample->problems, problem);
  }
  sample->referral->problem_id = 540;
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  assert_says (pdf, 0,
               "Invented condition 540; Chest pain on exertion"); /* what the question is about leads */
  assert_says (pdf, 0, "; 36 more on page 2");
  g_assert_false (pdf_says (pdf, 0, "Invented condition 520"));
}

static void
test_long_texts (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autofree char *word = g_strnfill (400, 'M');
  g_autoptr (GString) history = g_string_new (NULL);
  CrPacketContent content;
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *all = NULL;

  for (guint i = 0; i < 800; i++)
    g_string_append_printf (history, "sentence%u of a long history. ", i);
  g_free (sample->referral->history);
  sample->referral->history = g_strdup (history->str);
  g_free (sample->patient->family);
  sample->patient->family = g_strdup ("Featherstonehaugh-Cholmondeley-Wriothesley-Marjoribanks");
  sample_add_medication (sample, word, word, "1", "tablet", "daily", word);
  sample_add_result (sample, word, word, word, word, word, "HH", sample->imprint.at);
  content = sample_packet (sample);
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  pdf_assert_inside (pdf, MARGIN);
  all = pdf_text_all (pdf);
  g_assert_nonnull (strstr (all, "sentence799"));
  assert_says (pdf, 1, "Letter, continued");
  assert_says (pdf, 1, "FEATHERSTONEHAUGH");
}

static void
test_hostile_texts (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  g_free (sample->referral->question);
  sample->referral->question = g_strdup ("<b>5 < 6 & \001letter\002 \xff</span>?");
  g_free (sample->patient->given);
  sample->patient->given = g_strdup ("<i>Maria</i> & Co");
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  assert_says (pdf, 0, "<b>5 < 6 & letter");
  assert_says (pdf, 1, "<i>Maria</i> & Co");
}

static void
test_anticoagulants (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "data", "knowledge", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrKnowledge) knowledge = cr_knowledge_load (folder, &error);
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content;
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  g_assert_no_error (error);
  sample_add_medication (sample, "warfarin", "warfarin 5 mg tablet", "1", "tablet", "daily",
                         "Atrial fibrillation");
  content = sample_packet (sample);
  content.knowledge = knowledge;
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  assert_says (pdf, 0, "warfarin 5 mg tablet – 1 tablet by mouth once daily (anticoagulant)");
  assert_says (pdf, 1, "ANTICOAGULANT");
  g_assert_false (
      pdf_says (pdf, 0, "sertraline 50 mg tablet – 1 tablet by mouth once daily (anticoagulant)"));
}

static void
test_documents (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (CrDocument) letter = cr_document_new ();
  g_autoptr (CrDocument) scan = cr_document_new ();
  g_autoptr (CrDocument) secret = cr_document_new ();
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  CrPacketDocument documents[] = { { letter, NULL }, { scan, pages }, { secret, NULL } };
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *all = NULL;

  letter->id = 31;
  letter->title = g_strdup ("Emergency room letter");
  letter->text = g_strdup ("Seen for chest pain, sent home.");
  scan->id = 32;
  scan->title = g_strdup ("ECG");
  scan->dated = CR_DATE (2026, 11, 23);
  secret->id = 33;
  secret->title = g_strdup ("Sealed report");
  secret->sensitive = TRUE;
  g_ptr_array_add (pages, cairo_image_surface_create (CAIRO_FORMAT_RGB24, 850, 1100));
  g_ptr_array_add (pages, cairo_image_surface_create (CAIRO_FORMAT_RGB24, 850, 1100));
  content.documents = documents;
  content.n_documents = G_N_ELEMENTS (documents);
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  all = pdf_text_all (pdf);
  g_assert_nonnull (strstr (all, "Seen for chest pain, sent home."));
  g_assert_nonnull (strstr (all, "Scanned page 2 of 2"));
  g_assert_null (strstr (all, "Sealed report")); /* sensitive ones only when chosen */
  assert_numbered (pdf);
}

static CrDocument *
new_secret (void)
{
  CrDocument *secret = cr_document_new ();

  secret->id = 33;
  secret->title = g_strdup ("Sealed report");
  secret->text = g_strdup ("What only the specialist may read.");
  secret->sensitive = TRUE;
  return secret;
}

/* Never chosen beforehand, never without consent, last and behind a page that says what it is. */
static void
test_sensitive (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (CrDocument) secret = new_secret ();
  g_autoptr (CrConsent) consent = cr_consent_new ();
  CrPacketDocument documents[] = { { secret, NULL } };
  g_autoptr (GArray) items = NULL;

  consent->kind = g_strdup ("part2");
  consent->status = g_strdup ("active");
  consent->given_on = CR_DATE (2026, 11, 3);
  content.documents = documents;
  content.n_documents = 1;
  content.items = items = cr_packet_items (&content);
  g_assert_false (find_item (items, CR_PACKET_SENSITIVE, secret->id)->include);
  include_all (items);
  g_autoptr (CrPaper) locked = cr_packet (&content);
  g_autoptr (GBytes) locked_pdf = pdf_of (locked);
  g_autofree char *without = pdf_text_all (locked_pdf);
  g_assert_null (strstr (without, "What only the specialist may read."));
  content.consent = consent;
  g_autoptr (CrPaper) paper = cr_packet (&content);
  g_autoptr (GBytes) pdf = pdf_of (paper);
  guint last = cr_paper_pages (paper) - 1;
  assert_says (pdf, last - 1, "Do not disclose them further");
  assert_says (pdf, last - 1, "Nov 03, 2026");
  g_assert_false (pdf_says (pdf, last - 1, "What only the specialist may read."));
  assert_says (pdf, last, "What only the specialist may read.");
  assert_numbered (pdf);
}

static void
test_consent_in_force (void)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_consent_free);
  CrConsent *consent = cr_consent_new ();
  CrDate today = CR_DATE (2026, 11, 23);

  g_ptr_array_add (all, consent);
  consent->kind = g_strdup ("treatment");
  consent->status = g_strdup ("active");
  consent->given_on = today;
  g_assert_null (cr_consent_to_release (all, today));
  g_free (consent->kind);
  consent->kind = g_strdup ("release");
  g_assert_true (cr_consent_to_release (all, today) == consent);
  consent->expires_on = CR_DATE (2026, 11, 22);
  g_assert_null (cr_consent_to_release (all, today));
  consent->expires_on = CR_DATE_NONE;
  consent->given_on = CR_DATE (2026, 11, 24);
  g_assert_null (cr_consent_to_release (all, today));
  g_assert_null (cr_consent_to_release (NULL, today));
}

/* Tells a fax machine's bystander nothing about the patient. */
static void
test_fax_cover (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  g_autoptr (CrPaper) paper = cr_packet_fax_cover (&content, 7);
  g_autoptr (GBytes) pdf = pdf_of (paper);

  g_assert_cmpuint (cr_paper_pages (paper), ==, 1);
  assert_says (pdf, 0, "8, this one included");
  assert_says (pdf, 0, "Dr. S. Rao");
  assert_says (pdf, 0, "503-555-0101");
  assert_says (pdf, 0, "Confidential");
  g_assert_false (pdf_says (pdf, 0, "GARCIA"));
  g_assert_false (pdf_says (pdf, 0, "Garcia"));
  g_assert_false (pdf_says (pdf, 0, "1961"));
  g_assert_false (pdf_says (pdf, 0, content.referral->question));
}

static void
test_patient_copy (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content = sample_packet (sample);
  sample->referral->due_on = CR_DATE (2026, 12, 2);
  g_autoptr (CrPaper) paper = cr_packet_patient_copy (&content);
  g_autoptr (GBytes) pdf = pdf_of (paper);

  g_assert_cmpuint (cr_paper_pages (paper), ==, 1);
  assert_says (pdf, 0, "If you have not heard by Dec 02, 2026, call us: 503-555-0100.");
  assert_says (pdf, 0, "What to bring");
  assert_says (pdf, 0, "Cardiology");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packet/letter", test_letter);
  g_test_add_func ("/packet/sections", test_sections);
  g_test_add_func ("/packet/nothing-is-blank", test_nothing_is_blank);
  g_test_add_func ("/packet/items", test_items);
  g_test_add_func ("/packet/items-chosen", test_items_chosen);
  g_test_add_func ("/packet/items-toggled", test_items_toggled);
  g_test_add_func ("/packet/items-on-page", test_items_on_page);
  g_test_add_func ("/packet/hidden", test_hidden);
  g_test_add_func ("/packet/draft-and-frozen", test_draft_and_frozen);
  g_test_add_func ("/packet/index", test_index);
  g_test_add_func ("/packet/many-medications", test_many_medications);
  g_test_add_func ("/packet/many-problems", test_many_problems);
  g_test_add_func ("/packet/long-texts", test_long_texts);
  g_test_add_func ("/packet/hostile-texts", test_hostile_texts);
  g_test_add_func ("/packet/anticoagulants", test_anticoagulants);
  g_test_add_func ("/packet/documents", test_documents);
  g_test_add_func ("/packet/sensitive", test_sensitive);
  g_test_add_func ("/packet/consent-in-force", test_consent_in_force);
  g_test_add_func ("/packet/fax-cover", test_fax_cover);
  g_test_add_func ("/packet/patient-copy", test_patient_copy);
  return g_test_run ();
}
