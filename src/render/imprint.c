/* The practice's frame around a document. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "chartroom/render/imprint.h"

/* "100 Maple St, Salem OR 97301" of what is known. */
static char *
practice_address (const CrPractice *practice)
{
  g_autoptr (GString) out = g_string_new (practice->address);

  if (!cr_str_empty (practice->city))
    g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", practice->city);
  if (!cr_str_empty (practice->state))
    g_string_append_printf (out, " %s", practice->state);
  if (!cr_str_empty (practice->zip))
    g_string_append_printf (out, " %s", practice->zip);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "" for none. */
static char *
format_number (const char *digits)
{
  return cr_str_empty (digits) ? g_strdup ("") : cr_phone_format (digits);
}

static char *
practice_numbers (const CrPractice *practice)
{
  g_autofree char *phone = format_number (practice->phone);
  g_autofree char *fax = format_number (practice->fax);

  if (cr_str_empty (phone) && cr_str_empty (fax))
    return g_strdup ("");
  if (cr_str_empty (fax))
    return g_strdup_printf (_ ("Phone %s"), phone);
  if (cr_str_empty (phone))
    return g_strdup_printf (_ ("Fax %s"), fax);
  return g_strdup_printf (_ ("Phone %s   Fax %s"), phone, fax);
}

static char *
confidence_line (const CrPractice *practice)
{
  g_autofree char *phone = format_number (practice->phone);

  if (cr_str_empty (phone))
    return g_strdup (_ ("Confidential health information. If you are not the intended recipient, "
                        "tell us and destroy all pages."));
  return g_strdup_printf (_ ("Confidential health information. If you are not the intended recipient, "
                             "call %s and destroy all pages."),
                          phone);
}

static char *
join (const char *a, const char *b)
{
  if (cr_str_empty (a) || cr_str_empty (b))
    return g_strdup (cr_str_empty (a) ? b : a);
  return g_strdup_printf ("%s · %s", a, b);
}

char *
cr_reprint_mark (gint64 n, CrDate on)
{
  g_autofree char *day = cr_date_format (on);

  return g_strdup_printf (_ ("REPRINT %d, %s"), (int)n, day);
}

CrDate
cr_imprint_today (const CrImprint *imprint)
{
  return cr_clock_date_of (imprint->clock, imprint->at);
}

char *
cr_imprint_when (const CrImprint *imprint, CrInstant at)
{
  g_autofree char *day = NULL;
  g_autofree char *minute = NULL;

  if (at == CR_INSTANT_NONE)
    return g_strdup (_ ("Not recorded"));
  day = cr_date_format (cr_clock_date_of (imprint->clock, at));
  minute = cr_minute_format (cr_clock_minute_of (imprint->clock, at));
  return g_strdup_printf ("%s %s", day, minute);
}

char *
cr_imprint_day (const CrImprint *imprint, CrInstant at)
{
  return at == CR_INSTANT_NONE ? g_strdup (_ ("Not recorded"))
                               : cr_date_format (cr_clock_date_of (imprint->clock, at));
}

void
cr_imprint_frame (const CrImprint *imprint, CrPaper *paper, const char *document_id)
{
  g_autofree char *confidence = confidence_line (imprint->practice);
  g_autofree char *when = cr_imprint_when (imprint, imprint->at);
  g_autofree char *printed =
      imprint->by == NULL ? g_strdup (when) : g_strdup_printf (_ ("%s, %s"), when, imprint->by);
  g_autofree char *line = join (document_id, printed);
  const char *demo = imprint->practice->demo ? _ ("DEMO – invented people, not for care") : NULL;
  g_autofree char *mark = join (demo, imprint->reprint);

  cr_paper_set_confidence (paper, confidence);
  cr_paper_set_imprint (paper, line);
  cr_paper_set_mark (paper, mark);
}

void
cr_imprint_letterhead (const CrImprint *imprint, CrPaper *paper, const char *right)
{
  g_autofree char *address = practice_address (imprint->practice);
  g_autofree char *numbers = practice_numbers (imprint->practice);
  g_autofree char *left = g_strdup_printf ("%s\n%s", address, numbers);

  cr_paper_set_logo (paper, imprint->logo);
  cr_paper_add_letterhead (paper, imprint->practice->name, left, right);
}

char *
cr_identity_line (const CrPatient *patient, const char *document)
{
  g_autofree char *name = cr_patient_name_display (patient);
  g_autofree char *born = cr_date_format (patient->birth_date);

  return g_strdup_printf (_ ("%s · Born %s · MRN %s · %s"), name, born,
                          patient->mrn == NULL ? _ ("not recorded") : patient->mrn, document);
}
