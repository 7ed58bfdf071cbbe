/* Cards, letters, labels, slips, week sheets, lists of visits: what stands on them, and where labels lie. */
#include "chartroom/render/desk-papers.h"
#include "pdf.h"
#include "sample.h"

#define MARGIN 54.0

/* The sample's patient, a visit on a day. */
static CrVisit *
add_visit (Sample *sample, GPtrArray *visits, CrDate date, int start, int stage)
{
  CrVisit *visit = sample_visit (sample, "Garcia", "Maria", start, 20, "FU");
  cr_patient_free (visit->patient);
  visit->patient = cr_patient_copy (sample->patient);
  visit->type_name = g_strdup ("Follow-up");
  visit->clinician = g_strdup ("Dr. Okafor");
  visit->appointment->date = date;
  visit->appointment->stage = stage;
  visit->appointment->early_minutes = CR_INT_NONE;
  g_ptr_array_add (visits, visit);
  return visit;
}

static GPtrArray *
new_visits (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
}

/* With CHARTROOM_PAPERS=FOLDER the papers are kept to be looked at. */
static GBytes *
kept (CrPaper *paper)
{
  const char *folder = g_getenv ("CHARTROOM_PAPERS");
  GBytes *pdf = pdf_of (paper);
  g_autofree char *path =
      folder != NULL ? g_strdup_printf ("%s/%s.pdf", folder, cr_paper_title (paper)) : NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  if (path != NULL)
    g_file_set_contents (path, data, (gssize)size, NULL);
  return pdf;
}

static void
test_card (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits ();
  CrVisitsContent content = { &sample->imprint, sample->patient, visits };

  add_visit (sample, visits, CR_DATE (2027, 2, 22), 9 * 60 + 20, CR_STAGE_SCHEDULED)
      ->appointment->early_minutes = 15;
  add_visit (sample, visits, CR_DATE (2026, 12, 1), 14 * 60, CR_STAGE_CONFIRMED);
  add_visit (sample, visits, CR_DATE (2026, 12, 2), 15 * 60, CR_STAGE_CANCELLED);
  add_visit (sample, visits, CR_DATE (2026, 11, 2), 16 * 60, CR_STAGE_CHECKED_OUT);
  g_autoptr (CrPaper) paper = cr_appointment_card (&content);
  g_autoptr (GBytes) pdf = kept (paper);
  g_assert_cmpuint (pdf_pages (pdf), ==, 1);
  pdf_assert_inside (pdf, MARGIN);
  assert_says (pdf, 0, "Appointments for Malena Garcia");
  assert_says (pdf, 0, "Tue Dec 01, 2026 at 2:00 PM");
  assert_says (pdf, 0, "Mon Feb 22, 2027 at 9:20 AM");
  assert_says (pdf, 0, "with Dr. Okafor, 20 minutes");
  assert_says (pdf, 0, "Please be here at 9:05 AM, 15 minutes before.");
  assert_says (pdf, 0, "503-555-0100");
  g_assert_false (pdf_says (pdf, 0, "Dec 02")); /* cancelled */
  g_assert_false (pdf_says (pdf, 0, "Nov 02")); /* over */
  g_assert_false (pdf_says (pdf, 0, "knee"));
}

static void
test_letter (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits ();
  CrVisitsContent content = { &sample->imprint, sample->patient, visits };

  add_visit (sample, visits, CR_DATE (2026, 12, 1), 14 * 60, CR_STAGE_SCHEDULED);
  g_autoptr (CrPaper) paper = cr_reminder_letter (&content);
  g_autoptr (GBytes) pdf = kept (paper);
  g_assert_cmpuint (pdf_pages (pdf), ==, 1);
  pdf_assert_inside (pdf, MARGIN);
  assert_says (pdf, 0, "November 23, 2026");
  assert_says (pdf, 0, "12 Elm St");
  assert_says (pdf, 0, "Dear Malena Garcia,");
  assert_says (pdf, 0, "Tue Dec 01, 2026 at 2:00 PM");
  g_assert_false (pdf_says (pdf, 0, "1961"));
  g_assert_false (pdf_says (pdf, 0, "Follow-up"));
  g_ptr_array_set_size (visits, 0);
  g_autoptr (CrPaper) recall = cr_reminder_letter (&content);
  g_autoptr (GBytes) asked = pdf_of (recall);
  assert_says (asked, 0, "time to make your next visit");
}

static void
test_slip (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits ();
  g_autoptr (CrCoverage) coverage = cr_coverage_new ();
  CrVisit *visit = add_visit (sample, visits, CR_DATE (2026, 11, 23), 630, CR_STAGE_ARRIVED);
  CrRoutingSlipContent content = { &sample->imprint, visit, coverage };

  coverage->payer = g_strdup ("Evergreen Health");
  coverage->member_id = g_strdup ("EH-00417");
  visit->similar = TRUE;
  visit->appointment->early_minutes = 10;
  g_autoptr (CrPaper) paper = cr_routing_slip (&content);
  g_autoptr (GBytes) pdf = kept (paper);
  g_assert_cmpuint (pdf_pages (pdf), ==, 1);
  pdf_assert_inside (pdf, MARGIN);
  assert_says (pdf, 0, "GARCIA, Maria");
  assert_says (pdf, 0, "Born Mar 14, 1961 (65 y)");
  assert_says (pdf, 0, "Mon Nov 23, 2026, 10:30 AM, 20 min (asked to be here at 10:20 AM)");
  assert_says (pdf, 0, "Evergreen Health, member EH-00417");
  assert_says (pdf, 0, "Similar name today");
  assert_says (pdf, 0, "Vital signs");
  assert_says (pdf, 0, "Checked out");
  assert_says (pdf, 0, "Return in");
}

static void
test_list (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits ();
  CrVisitsContent content = { &sample->imprint, sample->patient, visits };
  g_autofree char *text = NULL;

  add_visit (sample, visits, CR_DATE (2026, 12, 1), 14 * 60, CR_STAGE_SCHEDULED);
  for (int day = 1; day <= 28; day++)
    for (int month = 1; month <= 3; month++)
      add_visit (sample, visits, CR_DATE (2026, month, day), 9 * 60, CR_STAGE_CHECKED_OUT);
  add_visit (sample, visits, CR_DATE (2026, 11, 30), 9 * 60, CR_STAGE_CANCELLED)->appointment->cancel_reason =
      g_strdup ("patient asked");
  g_autoptr (CrPaper) paper = cr_visit_list_paper (&content);
  g_autoptr (GBytes) pdf = kept (paper);
  pdf_assert_inside (pdf, MARGIN);
  text = pdf_text_all (pdf);
  g_assert_cmpuint (pdf_pages (pdf), ==, 3);
  assert_says (pdf, 0, "To come");
  assert_says (pdf, 0, "85 visits");
  assert_says (pdf, 0, "Tue Dec 01, 2026");
  assert_says (pdf, 0, "Scheduled");
  assert_says (pdf, 0, "Mon Nov 30, 2026");
  assert_says (pdf, 0, "Cancelled – patient asked");
  assert_says (pdf, 1, "GARCIA, Maria Elena · Born Mar 14, 1961 · MRN 004217 · List of visits");
  g_assert_nonnull (g_strstr_len (text, -1, "Thu Jan 01, 2026"));
}

static guint
count_of (const char *text, const char *part)
{
  guint n = 0;
  for (const char *p = text; (p = strstr (p, part)) != NULL; p += strlen (part))
    n++;
  return n;
}

/* No name stands on one page with its age on the next. */
static void
assert_rows_whole (GBytes *pdf, guint visits)
{
  guint seen = 0;
  for (guint page = 0; page < pdf_pages (pdf); page++) {
    g_autofree char *text = pdf_text (pdf, page);
    guint names = count_of (text, ", A."), types = count_of (text, " FU");
    g_assert_cmpuint (names, ==, types);
    seen += names;
  }
  g_assert_cmpuint (seen, ==, visits);
}

/* Blocked times stand among the visits, in the order of the day. */
static void
test_week_blocked (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits (),
                        exceptions =
                            g_ptr_array_new_with_free_func ((GDestroyNotify)cr_schedule_exception_free);
  CrWeekSheetContent content = { &sample->imprint, sample->doctor, CR_DATE (2026, 11, 23),
                                 visits,           NULL,           exceptions };
  CrScheduleException *block = cr_schedule_exception_new ();
  block->person_id = sample->doctor->id;
  block->date = CR_DATE (2026, 11, 23);
  block->kind = CR_EXCEPTION_BLOCKED;
  block->start_min = 9 * 60 + 20;
  block->end_min = 9 * 60 + 40;
  g_ptr_array_add (exceptions, block);
  for (int minute = 9 * 60; minute < 10 * 60; minute += 40) {
    CrVisit *visit = sample_visit (sample, "Visitor", "Anna", minute, 20, "FU");
    visit->appointment->date = block->date;
    g_ptr_array_add (visits, visit);
  }
  g_autoptr (CrPaper) paper = cr_week_sheet (&content);
  g_autoptr (GBytes) pdf = kept (paper);
  g_autofree char *text = pdf_text_all (pdf);
  const char *first = strstr (text, "9:00 AM"), *second = strstr (text, "9:20 AM"),
             *third = strstr (text, "9:40 AM VISITOR");
  g_assert_true (first != NULL && second != NULL && third != NULL);
  g_assert_true (first < second && second < third);
}

/* Everything in the week is on the sheet, however full. */
static void
test_week (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) visits = new_visits (),
                        hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  CrWeekSheetContent content = {
    &sample->imprint, sample->doctor, CR_DATE (2026, 11, 23), visits, hours, NULL
  };
  g_autofree char *text = NULL;

  for (int weekday = 1; weekday <= 5; weekday++) {
    CrHours *h = cr_hours_new ();
    h->person_id = sample->doctor->id;
    h->weekday = weekday;
    h->start_min = 9 * 60;
    h->end_min = 17 * 60;
    if (weekday != 3)
      g_ptr_array_add (hours, h);
    else
      cr_hours_free (h);
  }
  for (int day = 23; day <= 27; day++)
    for (int minute = 9 * 60; day != 25 && minute < 17 * 60; minute += 20) {
      CrVisit *visit = sample_visit (sample, "Visitor", "Anna", minute, 20, "FU");
      visit->appointment->date = CR_DATE (2026, 11, day);
      g_free (visit->patient->family);
      visit->patient->family = g_strdup_printf ("V%dX%d", day, minute);
      g_ptr_array_add (visits, visit);
    }
  g_autoptr (CrPaper) paper = cr_week_sheet (&content);
  g_autoptr (GBytes) pdf = kept (paper);
  pdf_assert_inside (pdf, MARGIN);
  text = pdf_text_all (pdf);
  assert_says (pdf, 0, "Dr. Okafor Week of Nov 23, 2026");
  assert_says (pdf, 0, "Mon Nov 23 · 24");
  assert_says (pdf, 0, "Wed Nov 25 · closed");
  g_assert_null (g_strstr_len (text, -1, "Sat Nov 28"));
  for (guint i = 0; i < visits->len; i++) {
    const CrVisit *visit = visits->pdata[i];
    if (g_strstr_len (text, -1, visit->patient->family) == NULL)
      g_error ("%s is not on the sheet", visit->patient->family);
  }
  assert_rows_whole (pdf, visits->len);
}

static void
assert_rect (CrRect got, double x, double y)
{
  g_assert_cmpfloat_with_epsilon (got.x, x, 0.01);
  g_assert_cmpfloat_with_epsilon (got.y, y, 0.01);
  g_assert_cmpfloat_with_epsilon (got.width, 2.625 * 72, 0.01);
  g_assert_cmpfloat_with_epsilon (got.height, 72, 0.01);
}

static void
test_label_places (void)
{
  assert_rect (cr_label_place (0, 0, 0), 13.5, 36);
  assert_rect (cr_label_place (1, 0, 0), 13.5 + 198, 36);
  assert_rect (cr_label_place (2, 0, 0), 13.5 + 396, 36);
  assert_rect (cr_label_place (3, 0, 0), 13.5, 108);
  assert_rect (cr_label_place (29, 0, 0), 13.5 + 396, 36 + 9 * 72);
  assert_rect (cr_label_place (0, 25.4, -2.54), 13.5 + 72, 36 - 7.2);
  /* The sheet is symmetric: the last column ends as far from its edge as the first begins. */
  g_assert_cmpfloat_with_epsilon (612 - cr_label_place (2, 0, 0).x - 2.625 * 72, 13.5, 0.01);
  g_assert_cmpfloat_with_epsilon (792 - cr_label_place (29, 0, 0).y - 72, 36, 0.01);
}

static void
test_labels (void)
{
  g_autoptr (Sample) sample = sample_new ();
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  CrLabelSheetContent content = { addresses, 28, 0, 0, FALSE };
  g_autofree char *address = cr_label_address (sample->patient, NULL, CR_DATE (2026, 11, 23));

  g_assert_cmpstr (address, ==, "Malena Garcia\n12 Elm St\nSalem OR 97301");
  for (guint i = 0; i < 33; i++)
    g_ptr_array_add (addresses, g_strdup_printf ("Person %u\n%u Elm St\nSalem OR 97301", i, i));
  g_autoptr (CrPaper) paper = cr_label_sheet (&content);
  g_autoptr (GBytes) pdf = kept (paper);
  g_assert_cmpuint (pdf_pages (pdf), ==, 3); /* two on the first, thirty, one */
  assert_says (pdf, 0, "Person 1 ");
  g_assert_false (pdf_says (pdf, 0, "Person 2 "));
  assert_says (pdf, 1, "Person 31 ");
  assert_says (pdf, 2, "Person 32 ");
  g_assert_false (pdf_says (pdf, 0, "Page 1"));
  g_clear_pointer (&sample->patient->address, g_free);
  g_assert_null (cr_label_address (sample->patient, NULL, CR_DATE (2026, 11, 23)));
}

static gboolean
has_ink (cairo_surface_t *image, int x, int y)
{
  const guint32 *row =
      (const guint32 *)(cairo_image_surface_get_data (image) + y * cairo_image_surface_get_stride (image));

  return (row[x] & 0xff) < 0x80;
}

static guint
ink_in (cairo_surface_t *image, CrRect area)
{
  guint ink = 0;

  for (int y = (int)area.y; y < area.y + area.height; y++)
    for (int x = (int)area.x; x < area.x + area.width; x++)
      ink += has_ink (image, x, y) ? 1 : 0;
  return ink;
}

/* All of the ink lies inside the labels, in the last one as much as in the first; an offset moves it. */
static void
test_label_ink (void)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  CrLabelSheetContent content = { addresses, 0, 3, 2, FALSE };
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 612, 792);
  cairo_t *cr = cairo_create (image);
  guint inside = 0, all, first = 0;

  for (guint i = 0; i < CR_LABELS_PER_SHEET; i++)
    g_ptr_array_add (addresses, (gpointer) "Wolfeschlegelsteinhausen Adaeze-Konstantina\n"
                                           "12345 North Very Long Avenue, Apartment 1234567\n"
                                           "Salem OR 97301-4321");
  g_autoptr (CrPaper) paper = cr_label_sheet (&content);
  cr_paper_layout (paper);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cr_paper_draw_page (paper, cr, 0);
  cairo_surface_flush (image);
  for (guint i = 0; i < CR_LABELS_PER_SHEET; i++) {
    guint ink = ink_in (image, cr_label_place (i, 3, 2));

    first = i == 0 ? ink : first;
    g_assert_cmpuint (ink, >, first * 3 / 4);
    inside += ink;
  }
  all = ink_in (image, (CrRect){ 0, 0, 612, 792 });
  g_assert_cmpuint (all, ==, inside);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-papers/card", test_card);
  g_test_add_func ("/desk-papers/letter", test_letter);
  g_test_add_func ("/desk-papers/slip", test_slip);
  g_test_add_func ("/desk-papers/list", test_list);
  g_test_add_func ("/desk-papers/week", test_week);
  g_test_add_func ("/desk-papers/week-blocked", test_week_blocked);
  g_test_add_func ("/desk-papers/label-places", test_label_places);
  g_test_add_func ("/desk-papers/labels", test_labels);
  g_test_add_func ("/desk-papers/label-ink", test_label_ink);
  return g_test_run ();
}
