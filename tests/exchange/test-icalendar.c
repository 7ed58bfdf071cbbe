/* The book as iCalendar: who is named, how lines are folded and escaped, and which instant a civil time is.
 */
#include "chartroom/exchange/icalendar.h"
#include <string.h>

#define STAMP ((CrInstant)1795459920 * G_USEC_PER_SEC) /* Nov 23, 2026 18:52 UTC */

typedef struct {
  CrPractice *practice;
  CrPerson *clinician;
  GPtrArray *visits;
  CrClock *clock;
  CrCalendarContent content;
} Book;

static void
book_clear (Book *book)
{
  cr_practice_free (book->practice);
  cr_person_free (book->clinician);
  g_ptr_array_unref (book->visits);
  cr_clock_unref (book->clock);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

static CrVisit *
add_visit (Book *book, CrDate date, int start, int minutes, const char *type)
{
  CrVisit *visit = g_new0 (CrVisit, 1);
  visit->appointment = cr_appointment_new ();
  visit->patient = cr_patient_new ();
  visit->appointment->id = 4000 + book->visits->len;
  visit->appointment->date = date;
  visit->appointment->start_min = start;
  visit->appointment->minutes = minutes;
  visit->appointment->reason = g_strdup ("chest pain");
  visit->type_name = g_strdup (type);
  visit->patient->family = g_strdup ("Garcia");
  visit->patient->given = g_strdup ("Maria");
  g_ptr_array_add (book->visits, visit);
  return visit;
}

static Book
new_book (void)
{
  Book book = { cr_practice_new (), cr_person_new (),
                g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free),
                cr_clock_new_fixed (CR_DATE (2026, 11, 23), 640, "America/Los_Angeles") };
  book.practice->id = 77;
  book.practice->name = g_strdup ("Maple Street; Family, Medicine");
  book.clinician->family = g_strdup ("Okafor");
  book.clinician->given = g_strdup ("Adaeze");
  book.clinician->credentials = g_strdup ("MD");
  book.content = (CrCalendarContent){ book.practice, book.clinician, book.visits,
                                      book.clock,    STAMP,          CR_CALENDAR_NO_NAMES };
  return book;
}

static char *
written (const Book *book)
{
  g_autoptr (GBytes) bytes = cr_calendar_write (&book->content);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

static void
assert_has (const char *text, const char *line)
{
  g_autofree char *whole = g_strdup_printf ("\r\n%s\r\n", line);
  if (strstr (text, whole) == NULL)
    g_error ("no line “%s” in:\n%s", line, text);
}

/* RFC 5545, 3.1: no line over 75 octets, each ended by CR LF, and unfolding gives the text back. */
static char *
unfold (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  guint n = g_strv_length (lines);
  g_autoptr (GString) out = g_string_new (NULL);
  g_assert_cmpstr (lines[n - 1], ==, ""); /* the last line ends, too */
  for (guint i = 0; i + 1 < n; i++) {
    g_assert_cmpuint (strlen (lines[i]), <=, 75);
    g_assert_null (strpbrk (lines[i], "\r\n"));
    g_assert_true (g_utf8_validate (lines[i], -1, NULL));
    if (lines[i][0] == ' ')
      g_string_append (out, lines[i] + 1);
    else
      g_string_append_printf (out, "\r\n%s", lines[i]);
  }
  g_string_append (out, "\r\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_event (void)
{
  g_auto (Book) book = new_book ();
  add_visit (&book, CR_DATE (2026, 11, 24), 9 * 60 + 20, 20, "Follow-up");
  g_autofree char *raw = written (&book), *text = unfold (raw);
  g_assert_true (g_str_has_prefix (raw, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  g_assert_true (g_str_has_suffix (raw, "END:VEVENT\r\nEND:VCALENDAR\r\n"));
  assert_has (text, "UID:visit-4000.77@chartroom.invalid");
  assert_has (text, "DTSTAMP:20261123T185200Z");
  assert_has (text, "DTSTART:20261124T172000Z"); /* PST is UTC−8 */
  assert_has (text, "DTEND:20261124T174000Z");
  assert_has (text, "SUMMARY:Follow-up");
  assert_has (text, "STATUS:TENTATIVE");
  assert_has (text, "CLASS:PRIVATE");
  assert_has (text, "X-WR-CALNAME:A. Okafor – Maple Street\\; Family\\, Medicine");
}

static void
test_names (void)
{
  static const char *const SUMMARIES[] = { "SUMMARY:Follow-up", "SUMMARY:Follow-up – G. M.",
                                           "SUMMARY:Follow-up – GARCIA\\, Maria" };
  g_auto (Book) book = new_book ();
  add_visit (&book, CR_DATE (2026, 11, 24), 560, 20, "Follow-up");
  for (int names = CR_CALENDAR_NO_NAMES; names <= CR_CALENDAR_NAMES; names++) {
    book.content.names = names;
    g_autofree char *raw = written (&book), *text = unfold (raw);
    assert_has (text, SUMMARIES[names]);
    g_assert_true ((strstr (text, "GARCIA") != NULL) == (names == CR_CALENDAR_NAMES));
    g_assert_null (strstr (text, "chest")); /* what the visit is for never goes out */
  }
}

static void
test_changes (void)
{
  g_auto (Book) book = new_book ();
  CrVisit *visit = add_visit (&book, CR_DATE (2026, 11, 24), 560, 20, "Follow-up");
  visit->appointment->version = 1;
  visit->appointment->stage = CR_STAGE_CONFIRMED;
  g_autofree char *first = written (&book);
  visit->appointment->version = 2;
  visit->appointment->start_min = 600;
  g_autofree char *moved = written (&book);
  visit->appointment->version = 3;
  visit->appointment->stage = CR_STAGE_CANCELLED;
  g_autofree char *cancelled = written (&book);
  assert_has (first, "SEQUENCE:1");
  assert_has (first, "STATUS:CONFIRMED");
  assert_has (moved, "SEQUENCE:2");
  assert_has (cancelled, "SEQUENCE:3");
  assert_has (cancelled, "STATUS:CANCELLED");
  assert_has (cancelled, "UID:visit-4000.77@chartroom.invalid"); /* as it was */
}

/* Long and multibyte: every length around the fold. */
static void
test_folding (void)
{
  for (guint n = 50; n < 160; n++) {
    g_auto (Book) book = new_book ();
    g_autofree char *plain = g_strnfill (n, 'x');
    g_autofree char *type = g_strconcat (plain, "é€😀", plain, NULL);
    g_autofree char *line = g_strconcat ("SUMMARY:", type, NULL);
    add_visit (&book, CR_DATE (2026, 11, 24), 560, 20, type);
    g_autofree char *raw = written (&book), *text = unfold (raw);
    assert_has (text, line);
  }
}

static void
test_escaping (void)
{
  g_auto (Book) book = new_book ();
  CrVisit *visit = add_visit (&book, CR_DATE (2026, 11, 24), 560, 20, "a\\b;c,d\ne\r\x07g");
  visit->room_name = g_strdup ("2;3");
  g_autofree char *raw = written (&book), *text = unfold (raw);
  assert_has (text, "SUMMARY:a\\\\b\\;c\\,d\\neg");
  assert_has (text, "LOCATION:2\\;3");
}

/* Both nights of the clock change in Los Angeles, and the year's end. */
static void
test_clock_changes (void)
{
  static const struct {
    CrDate date;
    int start;
    const char *begin, *end;
  } CASES[] = {
    { { 2026, 3, 8 },
      60 + 50,
      "DTSTART:20260308T095000Z",
      "DTEND:20260308T101000Z" }, /* 1:50 AM to 3:10 AM */
    { { 2026, 3, 8 }, 4 * 60, "DTSTART:20260308T110000Z", "DTEND:20260308T112000Z" },
    { { 2026, 11, 1 },
      60 + 30,
      "DTSTART:20261101T083000Z",
      "DTEND:20261101T085000Z" }, /* the first 1:30 AM */
    { { 2026, 11, 1 }, 3 * 60, "DTSTART:20261101T110000Z", "DTEND:20261101T112000Z" },
    { { 2026, 12, 31 }, 23 * 60 + 30, "DTSTART:20270101T073000Z", "DTEND:20270101T075000Z" },
    { { 2028, 2, 29 }, 9 * 60, "DTSTART:20280229T170000Z", "DTEND:20280229T172000Z" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_auto (Book) book = new_book ();
    add_visit (&book, CASES[i].date, CASES[i].start, 20, "Follow-up");
    g_autofree char *text = written (&book);
    g_test_message ("%s", CASES[i].begin);
    assert_has (text, CASES[i].begin);
    assert_has (text, CASES[i].end);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/icalendar/event", test_event);
  g_test_add_func ("/icalendar/names", test_names);
  g_test_add_func ("/icalendar/changes", test_changes);
  g_test_add_func ("/icalendar/folding", test_folding);
  g_test_add_func ("/icalendar/escaping", test_escaping);
  g_test_add_func ("/icalendar/clock-changes", test_clock_changes);
  return g_test_run ();
}
