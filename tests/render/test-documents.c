/* What stands on the recovery sheet, prescriptions, day sheet and note. */
#include <string.h>
#include "chartroom/render/day-sheet.h"
#include "chartroom/render/note-print.h"
#include "chartroom/render/prescription-sheet.h"
#include "chartroom/render/recovery-sheet.h"
#include "chartroom/render/test-page.h"
#include "pdf.h"
#include "sample.h"

#define MARGIN 54.0

static GPtrArray *
new_prescriptions (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cr_prescription_free);
}

static CrPrescriptionContent
prescriptions_of (Sample *sample, const GPtrArray *prescriptions)
{
  return (CrPrescriptionContent){ &sample->imprint, sample->patient,   sample->doctor,
                                  prescriptions,    sample->allergies, NULL };
}

static void
test_recovery (void)
{
  CrRecoverySheetContent content = { "Maple Street Family Medicine",
                                     "maple.practice",
                                     "XKQF-7D2M-9PTZ-8A0Q-5HJK",
                                     "Adaeze Okafor, MD",
                                     { 2026, 11, 23 } };
  g_autoptr (CrPaper) paper = cr_recovery_sheet (&content);
  g_autoptr (GBytes) pdf = pdf_of (paper);

  g_assert_cmpuint (pdf_pages (pdf), ==, 1);
  pdf_assert_inside (pdf, MARGIN);
  assert_says (pdf, 0, "Maple Street Family Medicine");
  assert_says (pdf, 0, "XKQF-7D2M-9PTZ-8A0Q");
  assert_says (pdf, 0, "5HJK");
  assert_says (pdf, 0, "What it is for");
  assert_says (pdf, 0, "Where to keep it");
  assert_says (pdf, 0, "cannot be opened by anyone");
  assert_says (pdf, 0, "Recovery sheet · Made Nov 23, 2026 by Adaeze Okafor, MD"); /* footer */
}

static void
test_prescription (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) prescriptions = new_prescriptions ();
  CrPrescriptionContent content = prescriptions_of (sample, prescriptions);
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  CrPrescription *rx = sample_prescription (sample, "amLODIPine", "amLODIPine 5 mg tablet", NULL);

  g_ptr_array_add (prescriptions, rx);
  paper = cr_prescription_sheet (&content);
  pdf = pdf_of (paper);
  g_assert_cmpuint (pdf_pages (pdf), ==, 1);
  pdf_assert_inside (pdf, MARGIN);
  assert_says (pdf, 0, "Adaeze Okafor, MD");
  assert_says (pdf, 0, "NPI 1234567893");
  assert_says (pdf, 0, "Maria Elena GARCIA (goes by Malena)");
  assert_says (pdf, 0, "Born Mar 14, 1961 (65 y)");
  assert_says (pdf, 0, "penicillin (anaphylaxis), sulfamethoxazole (rash)");
  assert_says (pdf, 0, "Date issued November 23, 2026");
  assert_says (pdf, 0, rx->number);
  assert_says (pdf, 0, "amLODIPine 5 mg tablet");
  assert_says (pdf, 0, "Take 1 tablet by mouth once daily in the morning");
  assert_says (pdf, 0, "Quantity: 90 (ninety) tablets");
  assert_says (pdf, 0, "Refills: 3 (three)");
  assert_says (pdf, 0, "Substitution allowed");
  assert_says (pdf, 0, "1 item on this page");
  assert_says (pdf, 0, "Printed – not valid unless signed by hand");
  g_assert_false (pdf_says (pdf, 0, "DEA")); /* never on what is not controlled */
}

/* A sheet of several names the first and how many more; a child's says what to do without a weight. */
static void
test_prescription_frame (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) prescriptions = new_prescriptions ();
  CrPrescriptionContent content = prescriptions_of (sample, prescriptions);
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *footer = NULL;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (prescriptions,
                     sample_prescription (sample, "amLODIPine", "amLODIPine 5 mg tablet", NULL));
  footer = g_strdup_printf ("%s and 2 more · Nov 23, 2026 10:52 AM, J. Ortiz",
                            ((CrPrescription *)prescriptions->pdata[0])->number);
  sample->patient->birth_date = CR_DATE (2008, 11, 24); /* 18 tomorrow */
  paper = cr_prescription_sheet (&content);
  pdf = pdf_of (paper);
  assert_says (pdf, 0, footer);
  assert_says (pdf, 0, "kg (child: fill in)");
  g_clear_pointer (&paper, cr_paper_free);
  g_clear_pointer (&pdf, g_bytes_unref);
  sample->patient->birth_date = CR_DATE (2008, 11, 23);
  paper = cr_prescription_sheet (&content);
  pdf = pdf_of (paper);
  assert_says (pdf, 0, "Weight not recorded");
}

static void
test_prescription_grouping (void)
{
  static const struct {
    const char *schedules; /* one letter each: "-" not controlled, else its schedule */
    guint pages;
  } CASES[] = { { "-", 1 },  { "----", 1 }, { "-----", 2 }, { "4", 1 },       { "--4-", 3 },
                { "44", 2 }, { "4-", 2 },   { "-2-2-", 5 }, { "--------", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (Sample) sample = sample_new ();
    g_autoptr (GPtrArray) prescriptions = new_prescriptions ();
    CrPrescriptionContent content = prescriptions_of (sample, prescriptions);
    g_autoptr (CrPaper) paper = NULL;
    g_autoptr (GBytes) pdf = NULL;

    for (const char *p = CASES[i].schedules; *p != '\0'; p++)
      g_ptr_array_add (prescriptions, sample_prescription (sample, "drugname", "drugname 5 mg tablet",
                                                           *p == '2'   ? "II"
                                                           : *p == '4' ? "IV"
                                                                       : NULL));
    paper = cr_prescription_sheet (&content);
    pdf = pdf_of (paper);
    g_test_message ("%s", CASES[i].schedules);
    g_assert_cmpuint (pdf_pages (pdf), ==, CASES[i].pages);
    for (guint page = 0; page < pdf_pages (pdf); page++) {
      gboolean controlled = pdf_says (pdf, page, "controlled, schedule C-");

      g_assert_cmpint (pdf_says (pdf, page, "DEA AO1234563"), ==, controlled);
      if (controlled)
        assert_says (pdf, page, "1 item on this page");
      assert_says (pdf, page, "GARCIA");
      assert_says (pdf, page, "not valid unless signed by hand");
    }
  }
}

/* Long directions push the fourth prescription to a page of its own, which is whole again. */
static void
test_prescription_long (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) prescriptions = new_prescriptions ();
  CrPrescriptionContent content = prescriptions_of (sample, prescriptions);
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  for (guint i = 0; i < 4; i++) {
    CrPrescription *rx = sample_prescription (sample, "predniSONE", "predniSONE 10 mg tablet", NULL);
    GString *other = g_string_new (NULL);

    for (guint day = 1; day <= 20; day++)
      g_string_append_printf (other, "On day %u take %u tablets by mouth in the morning with food. ", day,
                              21 - day);
    rx->sig.other = g_string_free (other, FALSE);
    g_ptr_array_add (prescriptions, rx);
  }
  paper = cr_prescription_sheet (&content);
  pdf = pdf_of (paper);
  pdf_assert_inside (pdf, MARGIN);
  g_assert_cmpuint (pdf_pages (pdf), >, 1);
  for (guint page = 0; page < pdf_pages (pdf); page++) {
    assert_says (pdf, page, "Signature");
    assert_says (pdf, page, "on this page");
  }
}

static void
test_prescription_words (void)
{
  static const struct {
    const char *quantity, *unit;
    gint64 refills;
    const char *schedule, *quantity_text, *refills_text;
  } CASES[] = {
    { "90", "tablet", 3, NULL, "90 (ninety) tablets", "3 (three)" },
    { "1", "tablet", 0, NULL, "1 (one) tablet", "none" },
    { "2.5", "mL", 1, "IV", "2.5 (two point five) mL", "1 (one)" },
    { "30", "tablet", 2, "II", "30 (thirty) tablets", "none" },
    { NULL, "tablet", CR_INT_NONE, NULL, "not recorded", "not recorded" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (CrPrescription) rx = cr_prescription_new ();
    g_autofree char *quantity = NULL;
    g_autofree char *refills = NULL;

    if (CASES[i].quantity != NULL)
      g_assert_true (cr_decimal_parse (CASES[i].quantity, &rx->quantity));
    rx->quantity_unit = g_strdup (CASES[i].unit);
    rx->refills = CASES[i].refills;
    rx->schedule = g_strdup (CASES[i].schedule);
    quantity = cr_prescription_quantity_text (rx);
    refills = cr_prescription_refills_text (rx);
    g_assert_cmpstr (quantity, ==, CASES[i].quantity_text);
    g_assert_cmpstr (refills, ==, CASES[i].refills_text);
  }
}

/* Darker by the watermark: the word itself is an outline and not in the text. */
static gsize
size_of_sheet (Sample *sample, CrInstant signed_at)
{
  g_autoptr (GPtrArray) prescriptions = new_prescriptions ();
  CrPrescriptionContent content = prescriptions_of (sample, prescriptions);
  CrPrescription *rx = sample_prescription (sample, "amLODIPine", "amLODIPine 5 mg tablet", NULL);
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  rx->signed_at = signed_at;
  g_free (rx->number);
  rx->number = g_strdup ("RX-1");
  g_ptr_array_add (prescriptions, rx);
  paper = cr_prescription_sheet (&content);
  pdf = pdf_of (paper);
  return g_bytes_get_size (pdf);
}

static void
test_prescription_draft (void)
{
  g_autoptr (Sample) sample = sample_new ();

  g_assert_cmpuint (size_of_sheet (sample, CR_INSTANT_NONE), >, size_of_sheet (sample, sample->imprint.at));
}

static void
test_allergy_statements (void)
{
  static const struct {
    int status;
    const char *text;
  } CASES[] = {
    { CR_ALLERGY_NOT_RECORDED, "Allergies not recorded" },
    { CR_ALLERGY_NONE_KNOWN, "No known allergies (reviewed Aug 30, 2026)" },
    { CR_ALLERGY_KNOWN, "Allergies unavailable" }, /* known, but the list could not be had */
    { CR_ALLERGY_UNAVAILABLE, "Allergies unavailable" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (Sample) sample = sample_new ();
    g_autoptr (GPtrArray) prescriptions = new_prescriptions ();
    CrPrescriptionContent content = prescriptions_of (sample, prescriptions);
    g_autoptr (CrPaper) paper = NULL;
    g_autoptr (GBytes) pdf = NULL;

    g_ptr_array_add (prescriptions,
                     sample_prescription (sample, "amLODIPine", "amLODIPine 5 mg tablet", NULL));
    content.allergies = NULL;
    sample->patient->allergy_status = CASES[i].status;
    sample->patient->allergy_reviewed_at = sample_instant (sample, 2026, 8, 30, 600);
    paper = cr_prescription_sheet (&content);
    pdf = pdf_of (paper);
    assert_says (pdf, 0, CASES[i].text);
  }
}

static GPtrArray *
new_visits (Sample *sample, guint n)
{
  GPtrArray *visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);

  for (guint i = 0; i < n; i++) {
    g_autofree char *family = g_strdup_printf ("Family%02u", i);

    g_ptr_array_add (visits, sample_visit (sample, family, "Invented", 480 + (int)i * 15, 15, "FU"));
  }
  return visits;
}

static void
test_day_sheet (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits (sample, 13);
  g_autoptr (GPtrArray) exceptions =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cr_schedule_exception_free);
  CrScheduleException *lunch = cr_schedule_exception_new ();
  CrDaySheetColumn columns[] = { { sample->doctor, visits, NULL, exceptions },
                                 { sample->doctor, NULL, NULL, NULL } };
  CrDaySheetContent content = { &sample->imprint, { 2026, 11, 23 }, columns, 2, FALSE, FALSE, "7F3A-11C2" };
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  lunch->person_id = sample->doctor->id;
  lunch->date = CR_DATE (2026, 11, 23);
  lunch->kind = CR_EXCEPTION_BLOCKED;
  lunch->start_min = 720;
  lunch->end_min = 780;
  lunch->reason = g_strdup ("Lunch");
  g_ptr_array_add (exceptions, lunch);
  ((CrVisit *)visits->pdata[3])->similar = TRUE;
  ((CrVisit *)visits->pdata[12])->appointment->stage = CR_STAGE_CANCELLED;
  paper = cr_day_sheet (&content);
  pdf = pdf_of (paper);
  pdf_assert_inside (pdf, MARGIN);
  g_assert_cmpuint (pdf_pages (pdf), ==, 2); /* one clinician per page */
  assert_says (pdf, 0, "Dr. Okafor");
  assert_says (pdf, 0, "Mon Nov 23, 2026");
  assert_says (pdf, 0, "FAMILY00, Invented");
  assert_says (pdf, 0, "(65 y, F)");
  assert_says (pdf, 0, "8:15 AM");
  assert_says (pdf, 0, "Lunch");
  assert_says (pdf, 0, "similar name");
  assert_says (pdf, 0, "12 visits");
  assert_says (pdf, 0, "1 cancelled or no-show not listed");
  assert_says (pdf, 0, "Shred after use");
  assert_says (pdf, 0, "Printed by J. Ortiz, Nov 23, 2026 10:52 AM");
  assert_says (pdf, 0, "7F3A-11C2");
  assert_says (pdf, 1, "No visits booked.");
  g_assert_false (pdf_says (pdf, 0, "1961"));      /* no date of birth */
  g_assert_false (pdf_says (pdf, 0, "knee pain")); /* no reason unless asked for */
  g_assert_false (pdf_says (pdf, 0, "503-555-0142"));
  g_assert_false (pdf_says (pdf, 0, "FAMILY12"));
}

/* Fifteen visits beside lunch and long names stay on the clinician's page. */
static void
test_day_sheet_fifteen (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits (sample, 13);
  g_autoptr (GPtrArray) exceptions =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cr_schedule_exception_free);
  CrScheduleException *lunch = cr_schedule_exception_new ();
  CrDaySheetColumn column = { sample->doctor, visits, NULL, exceptions };
  CrDaySheetContent content = { &sample->imprint, { 2026, 11, 23 }, &column, 1, FALSE, FALSE, NULL };
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  for (int i = 0; i < 2; i++)
    g_ptr_array_add (visits, sample_visit (sample, "Vandenberghe-Featherstonehaugh", "Maximiliana Anastasia",
                                           840 + i * 15, 15, "NEW"));
  lunch->person_id = sample->doctor->id;
  lunch->date = CR_DATE (2026, 11, 23);
  lunch->kind = CR_EXCEPTION_BLOCKED;
  lunch->start_min = 720;
  lunch->end_min = 780;
  g_ptr_array_add (exceptions, lunch);
  paper = cr_day_sheet (&content);
  pdf = pdf_of (paper);
  assert_says (pdf, 0, "2:15 PM"); /* the fifteenth */
}

/* A full day runs over; what the reader needs comes back on each page. */
static void
test_day_sheet_full (void)
{
  for (int all = 0; all <= 1; all++) {
    g_autoptr (Sample) sample = sample_new ();
    g_autoptr (GPtrArray) visits = new_visits (sample, 40);
    CrDaySheetColumn column = { sample->doctor, visits, NULL, NULL };
    CrDaySheetContent content = { &sample->imprint, { 2026, 11, 23 }, &column, 1, all, all, NULL };
    g_autoptr (CrPaper) paper = cr_day_sheet (&content);
    g_autoptr (GBytes) pdf = pdf_of (paper);

    pdf_assert_inside (pdf, MARGIN);
    assert_says (pdf, 0, "FAMILY14"); /* at least 15 rows */
    g_assert_cmpint (pdf_says (pdf, 0, "knee pain"), ==, all);
    g_assert_cmpint (pdf_says (pdf, 0, "503-555-0142"), ==, all);
    for (guint page = 1; page < pdf_pages (pdf); page++) {
      assert_says (pdf, page, "Dr. Okafor Mon Nov 23, 2026, continued");
      assert_says (pdf, page, "Name (age, sex)");
    }
  }
}

/* Names and numbers from elsewhere are no markup. */
static void
test_day_sheet_escapes (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits (sample, 1);
  CrDaySheetColumn column = { sample->doctor, visits, NULL, NULL };
  CrDaySheetContent content = { &sample->imprint, { 2026, 11, 23 }, &column, 1, FALSE, TRUE, NULL };
  CrVisit *visit = visits->pdata[0];

  g_clear_pointer (&visit->patient->phone, g_free);
  g_free (visit->patient->mrn);
  visit->patient->mrn = g_strdup ("K&7");
  visit->reach = g_new0 (CrReach, 1);
  visit->reach->phone = g_strdup ("5035550177");
  visit->reach->phone_of = g_strdup ("Ana Roe (aunt & guardian)");
  g_autoptr (CrPaper) paper = cr_day_sheet (&content);
  g_autoptr (GBytes) pdf = pdf_of (paper);
  assert_says (pdf, 0, "503-555-0177");
  assert_says (pdf, 0, "K&7");
}

static void
test_note (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrNoteContent content = { &sample->imprint, sample->patient, { sample->notes->pdata[0], sample->addenda } };
  g_autoptr (CrPaper) paper = cr_note_print (&content);
  g_autoptr (GBytes) pdf = pdf_of (paper);

  assert_says (pdf, 0, "Office visit, Nov 23, 2026");
  assert_says (pdf, 0, "Maria Elena GARCIA");
  assert_says (pdf, 0, "MRN 004217");
  assert_says (pdf, 0, "Heart regular, no murmur.");
  assert_says (pdf, 0, "Signed by Adaeze Okafor, MD, Nov 23, 2026 11:05 AM");
  assert_says (pdf, 0, "Addendum, Nov 23, 2026");
  assert_says (pdf, 0, "no further pain");
  assert_says (pdf, 0, "NOTE-004217-90AA21BB · Nov 23, 2026 10:52 AM, J. Ortiz"); /* footer */
}

static void
test_reprint_and_demo (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autofree char *mark = cr_reprint_mark (2, CR_DATE (2026, 11, 25));
  CrNoteContent content = { &sample->imprint, sample->patient, { sample->notes->pdata[0], NULL } };
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  g_assert_cmpstr (mark, ==, "REPRINT 2, Nov 25, 2026");
  sample->imprint.reprint = mark;
  sample->practice->demo = TRUE;
  paper = cr_note_print (&content);
  pdf = pdf_of (paper);
  assert_says (pdf, 0, "DEMO – invented people, not for care · REPRINT 2, Nov 25, 2026");
}

static cairo_status_t
append_cb (void *data, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (data, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
new_logo (int width, int height)
{
  GByteArray *out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);

  cairo_surface_write_to_png_stream (surface, append_cb, out);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}

static double
letterhead_height (CrPaper *paper)
{
  g_autoptr (GArray) boxes = NULL;
  CrRect lines, name;

  cr_paper_layout (paper);
  boxes = cr_paper_boxes (paper, 0);
  name = g_array_index (boxes, CrPaperBox, 0).rect;
  lines = g_array_index (boxes, CrPaperBox, 1).rect;
  return lines.y + lines.height - name.y;
}

/* The letterhead is as before without a logo; a high one has room, and what is no picture is left out. */
static void
test_test_page (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (CrPaper) bare = cr_test_page (&sample->imprint, "security paper", "Back Office");
  g_autoptr (GBytes) logo = new_logo (100, 400), broken = g_bytes_new_static ("\x89PNG", 4);
  g_autoptr (CrPaper) with = NULL, without = NULL;
  g_autoptr (GBytes) pdf = NULL;

  sample->imprint.logo = logo;
  with = cr_test_page (&sample->imprint, "security paper", "Back Office");
  sample->imprint.logo = broken;
  without = cr_test_page (&sample->imprint, "security paper", "Back Office");
  sample->imprint.logo = NULL;
  pdf = pdf_of (with);
  g_assert_cmpuint (pdf_pages (pdf), ==, 1);
  pdf_assert_inside (pdf, MARGIN);
  assert_says (pdf, 0, "Test page");
  assert_says (pdf, 0, "security paper");
  assert_says (pdf, 0, "Back Office");
  g_assert_cmpfloat (letterhead_height (with), >=, 44);
  g_assert_cmpfloat (letterhead_height (without), ==, letterhead_height (bare));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/recovery", test_recovery);
  g_test_add_func ("/documents/prescription", test_prescription);
  g_test_add_func ("/documents/prescription-frame", test_prescription_frame);
  g_test_add_func ("/documents/prescription-grouping", test_prescription_grouping);
  g_test_add_func ("/documents/prescription-long", test_prescription_long);
  g_test_add_func ("/documents/prescription-words", test_prescription_words);
  g_test_add_func ("/documents/prescription-draft", test_prescription_draft);
  g_test_add_func ("/documents/allergy-statements", test_allergy_statements);
  g_test_add_func ("/documents/day-sheet", test_day_sheet);
  g_test_add_func ("/documents/day-sheet-fifteen", test_day_sheet_fifteen);
  g_test_add_func ("/documents/day-sheet-full", test_day_sheet_full);
  g_test_add_func ("/documents/day-sheet-escapes", test_day_sheet_escapes);
  g_test_add_func ("/documents/note", test_note);
  g_test_add_func ("/documents/reprint-and-demo", test_reprint_and_demo);
  g_test_add_func ("/documents/test-page", test_test_page);
  return g_test_run ();
}
