#include "chartroom/exchange/icalendar.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

enum { LINE_OCTETS = 75 }; /* RFC 5545, 3.1: without the line break */

/* RFC 5545, 3.3.11: a text's backslash, semicolon, comma and line end are escaped. */
static char *
escape (const char *text)
{
  g_autofree char *clean = cr_text_clean (text);
  GString *out = g_string_new (NULL);
  for (const char *p = clean != NULL ? clean : ""; *p != '\0'; p++)
    if (*p == '\n')
      g_string_append (out, "\\n");
    else if (strchr ("\\;,", *p) != NULL)
      g_string_append_printf (out, "\\%c", *p);
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* Content lines are folded between characters, never inside one; a continuation begins with a blank. */
static void
add_line (GString *out, const char *line)
{
  gsize used = 0;
  while (*line != '\0') {
    gsize size = (gsize)(g_utf8_next_char (line) - line);
    if (used + size > LINE_OCTETS) {
      g_string_append (out, "\r\n ");
      used = 1;
    }
    g_string_append_len (out, line, (gssize)size);
    used += size;
    line += size;
  }
  g_string_append (out, "\r\n");
}

static void G_GNUC_PRINTF (2, 3) add (GString *out, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *line = g_strdup_vprintf (format, args);
  va_end (args);
  add_line (out, line);
}

static void
add_text (GString *out, const char *name, const char *text)
{
  g_autofree char *escaped = escape (text);
  add (out, "%s:%s", name, escaped);
}

static void
add_instant (GString *out, const char *name, CrInstant at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (utc, "%Y%m%dT%H%M%SZ");
  add (out, "%s:%s", name, text);
}

/* "G. M." */
static char *
initials (const CrPatient *patient)
{
  const char *names[] = { patient->family, patient->given };
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!cr_str_empty (names[i]))
      g_string_append_printf (out, "%s%.*s.", out->len > 0 ? " " : "",
                              (int)(g_utf8_next_char (names[i]) - names[i]), names[i]);
  return g_string_free (out, FALSE);
}

static char *
summary_of (const CrVisit *visit, int names)
{
  const char *type = cr_str_empty (visit->type_name) ? _ ("Visit") : visit->type_name;
  g_autofree char *who = names == CR_CALENDAR_NAMES      ? cr_patient_name_display (visit->patient)
                         : names == CR_CALENDAR_INITIALS ? initials (visit->patient)
                                                         : NULL;
  return cr_str_empty (who) ? g_strdup (type) : g_strdup_printf ("%s – %s", type, who);
}

static const char *
status_of (int stage)
{
  if (!cr_stage_holds_slot (stage))
    return "CANCELLED";
  return stage == CR_STAGE_SCHEDULED ? "TENTATIVE" : "CONFIRMED";
}

/* The last minute is counted on the clock: an hour that is left out or comes twice at a change of the clocks
 * makes the visit no shorter or longer than it is. */
static CrInstant
end_of (CrClock *clock, const CrAppointment *a)
{
  CrInstant start = cr_clock_instant_of (clock, a->date, (int)a->start_min);
  return start + a->minutes * 60 * G_USEC_PER_SEC;
}

static void
add_event (GString *out, const CrCalendarContent *content, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *summary = summary_of (visit, content->names);
  add_line (out, "BEGIN:VEVENT");
  add (out, "UID:visit-%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "@chartroom.invalid", a->id,
       content->practice->id);
  add_instant (out, "DTSTAMP", content->stamp);
  add_instant (out, "DTSTART", cr_clock_instant_of (content->clock, a->date, (int)a->start_min));
  add_instant (out, "DTEND", end_of (content->clock, a));
  add (out, "SEQUENCE:%" G_GINT64_FORMAT, a->version); /* grows with every change, also one taken back */
  add_text (out, "SUMMARY", summary);
  if (!cr_str_empty (visit->room_name))
    add_text (out, "LOCATION", visit->room_name);
  add (out, "STATUS:%s", status_of (a->stage));
  add_line (out, "CLASS:PRIVATE");
  add_line (out, "TRANSP:OPAQUE");
  add_line (out, "END:VEVENT");
}

GBytes *
cr_calendar_write (const CrCalendarContent *content)
{
  GString *out = g_string_new (NULL);
  g_autofree char *clinician = cr_person_short (content->clinician);
  g_autofree char *name = g_strdup_printf ("%s – %s", clinician, content->practice->name);
  add_line (out, "BEGIN:VCALENDAR");
  add_line (out, "VERSION:2.0");
  add_line (out, "PRODID:-//Chartroom//Book//EN");
  add_line (out, "CALSCALE:GREGORIAN");
  add_line (out, "METHOD:PUBLISH");
  add_text (out, "X-WR-CALNAME", name);
  for (guint i = 0; i < content->visits->len; i++)
    add_event (out, content, content->visits->pdata[i]);
  add_line (out, "END:VCALENDAR");
  gsize length = out->len;
  return g_bytes_new_take (g_string_free (out, FALSE), length);
}
