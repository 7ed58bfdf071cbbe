#include "chartroom/domain/desk-rules.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/patient-rules.h"
#include <glib/gi18n.h>
#include <string.h>

enum { MOST_RETURN = 999 };

/* ---- addresses ---- */

/* Cuts the last word off; NULL: there is none. */
static char *
take_last_word (char *text)
{
  g_strchomp (text);
  char *space = strrchr (text, ' ');
  char *word = g_strdup (space != NULL ? space + 1 : text);
  if (space != NULL)
    *space = '\0';
  else
    *text = '\0';
  return word;
}

gboolean
cr_address_parse (const char *typed, char **street, char **city, char **state, char **zip, char **problem)
{
  g_autofree char *text = cr_text_trim (typed != NULL ? typed : "");
  *street = *city = *state = *zip = *problem = NULL;
  char *comma = strrchr (text, ',');
  if (cr_str_empty (text))
    return TRUE;
  g_autofree char *place = comma != NULL ? g_strdup (comma + 1) : NULL;
  g_autofree char *last = place != NULL ? take_last_word (place) : NULL;
  g_autofree char *before = place != NULL ? take_last_word (place) : NULL;
  *zip = last != NULL ? cr_zip_normal (last) : NULL;
  *state = before != NULL ? cr_state_normal (before) : NULL;
  if (*zip == NULL || *state == NULL || comma == text || cr_str_empty (g_strstrip (place))) {
    g_clear_pointer (zip, g_free);
    g_clear_pointer (state, g_free);
    *problem = g_strdup (_ ("Write the address as 12 Elm St, Salem OR 97301."));
    return FALSE;
  }
  *city = g_strdup (place);
  *comma = '\0';
  *street = cr_text_trim (text);
  return TRUE;
}

/* ---- coming again ---- */

static const struct {
  const char *unit;
  const char *prefixes[4]; /* what may stand for it */
} UNITS[] = {
  { "days", { "days", "day", "d" } },
  { "weeks", { "weeks", "week", "wk", "w" } },
  { "months", { "months", "month", "mo", "m" } },
};

/* What follows the unit's name at p; NULL: no unit. */
static const char *
skip_unit (const char *p, const char **unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (UNITS); i++)
    for (guint k = 0; k < G_N_ELEMENTS (UNITS[i].prefixes) && UNITS[i].prefixes[k] != NULL; k++) {
      gsize length = strlen (UNITS[i].prefixes[k]);
      if (g_ascii_strncasecmp (p, UNITS[i].prefixes[k], length) == 0 && !g_ascii_isalnum (p[length])) {
        *unit = UNITS[i].unit;
        return p + length;
      }
    }
  return NULL;
}

/* Blanks, commas and dashes between the time and the note. */
static const char *
skip_joint (const char *p)
{
  for (;;)
    if (*p == ' ' || *p == ',' || *p == '-' || *p == ':')
      p++;
    else if (g_str_has_prefix (p, "–"))
      p += strlen ("–");
    else
      return p;
}

void
cr_return_clear (CrReturn *self)
{
  g_clear_pointer (&self->note, g_free);
}

gboolean
cr_return_parse (const char *typed, CrReturn *out, char **problem)
{
  g_autofree char *text = cr_text_trim (typed != NULL ? typed : "");
  const char *p = text;
  char *end = NULL;
  *out = (CrReturn){ CR_INT_NONE, NULL, NULL };
  *problem = NULL;
  if (cr_str_empty (text))
    return TRUE;
  p += *p == '+' ? 1 : 0;
  gint64 n = g_ascii_isdigit (*p) ? g_ascii_strtoll (p, &end, 10) : 0;
  const char *unit = NULL;
  const char *rest = n > 0 && n <= MOST_RETURN ? skip_unit (end + strspn (end, " "), &unit) : NULL;
  if (rest == NULL) {
    *problem = g_strdup (_ ("Write when to come again as 3m, 2 weeks or 10d, and then what for: 3m BP."));
    return FALSE;
  }
  rest = skip_joint (rest);
  *out = (CrReturn){ n, unit, *rest != '\0' ? g_strdup (rest) : NULL };
  return TRUE;
}

char *
cr_return_format (gint64 n, const char *unit, const char *note)
{
  g_autofree char *when = NULL;
  gulong count = (gulong)n;
  if (n == CR_INT_NONE || unit == NULL)
    return g_strdup ("");
  if (g_str_equal (unit, "days"))
    when = g_strdup_printf (ngettext ("%d day", "%d days", count), (int)n);
  else if (g_str_equal (unit, "weeks"))
    when = g_strdup_printf (ngettext ("%d week", "%d weeks", count), (int)n);
  else
    when = g_strdup_printf (ngettext ("%d month", "%d months", count), (int)n);
  return cr_str_empty (note) ? g_steal_pointer (&when) : g_strdup_printf ("%s – %s", when, note);
}

CrDate
cr_return_date (gint64 n, const char *unit, CrDate from)
{
  if (n == CR_INT_NONE || unit == NULL)
    return CR_DATE_NONE;
  if (g_str_equal (unit, "months"))
    return cr_date_add_months (from, (int)n);
  return cr_date_add_days (from, (int)n * (g_str_equal (unit, "weeks") ? 7 : 1));
}

/* ---- calls and letters ---- */

const char *const CR_OUTCOME_CODES[] = { "confirmed", "left-message", "no-answer", "wrong-number",
                                         "call-back", "declined",     NULL };
static const char *const OUTCOME_WORDS[] = { N_ ("Confirmed"),    N_ ("Left a message"), N_ ("No answer"),
                                             N_ ("Wrong number"), N_ ("Will call back"), N_ ("Declined") };
G_STATIC_ASSERT (G_N_ELEMENTS (CR_OUTCOME_CODES) == CR_N_OUTCOMES + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (OUTCOME_WORDS) == CR_N_OUTCOMES);

const char *
cr_outcome_word (const char *code)
{
  for (guint i = 0; i < CR_N_OUTCOMES; i++)
    if (g_strcmp0 (code, CR_OUTCOME_CODES[i]) == 0)
      return _ (OUTCOME_WORDS[i]);
  return code;
}

static gboolean
says (const char *preference, const char *folded)
{
  g_autofree char *text = cr_text_fold (preference);
  return strstr (text, folded) != NULL;
}

gboolean
cr_note_no_voice_mail (const char *note)
{
  return says (note, "no voice mail") || says (note, "no voicemail") || says (note, "no message") ||
         says (note, "not leave message") || says (note, "not leave a message");
}

gboolean
cr_patient_no_voice_mail (const CrPatient *patient)
{
  return patient->no_voice_mail == 1 || cr_note_no_voice_mail (patient->contact_preference);
}

gboolean
cr_patient_no_mail (const CrPatient *patient)
{
  return patient->no_mail == 1 || says (patient->contact_preference, "no mail") ||
         says (patient->contact_preference, "no letter");
}

char *
cr_patient_contact_words (const CrPatient *patient)
{
  static const char *const BEST[] = { N_ ("best by phone"), N_ ("best by text message"), N_ ("best by email"),
                                      N_ ("best by mail") };
  const char *words[6] = { NULL };
  guint n = 0;
  int best = cr_code_index (CR_CONTACT_BY, patient->contact_by);
  if (best >= 0)
    words[n++] = _ (BEST[best]);
  if (cr_patient_no_voice_mail (patient))
    words[n++] = _ ("⊘ no voice mail");
  if (cr_patient_no_mail (patient))
    words[n++] = _ ("⊘ no mail");
  if (patient->no_text == 1)
    words[n++] = _ ("⊘ no text messages");
  if (patient->no_email == 1)
    words[n++] = _ ("⊘ no email");
  return n > 0 ? g_strjoinv ("  ", (char **)words) : NULL;
}

char *
cr_reach_contact_words (const CrPatient *patient, const CrReach *reach)
{
  if (!cr_reach_is_called (patient, reach))
    return cr_patient_contact_words (patient);
  return reach->no_voice_mail || cr_patient_no_voice_mail (patient) ? g_strdup (_ ("⊘ no voice mail")) : NULL;
}

const char *
cr_early_parse (const char *typed, gint64 *minutes)
{
  gint64 read = 0;
  g_autofree char *trimmed = cr_text_trim (typed);
  if (!cr_str_empty (trimmed) && !g_ascii_string_to_signed (trimmed, 10, 0, CR_MOST_EARLY, &read, NULL))
    return _ ("Type minutes from 0 to 120.");
  *minutes = read > 0 ? read : CR_INT_NONE;
  return NULL;
}

const char *
cr_reason_problem (const char *reason)
{
  g_autofree char *trimmed = cr_text_trim (reason);
  return trimmed != NULL && g_utf8_strlen (trimmed, -1) > CR_LONGEST_REASON
             ? _ ("The reason has more than 200 characters. Say it in fewer.")
             : NULL;
}

const char *
cr_contact_by_problem (const char *code, const CrPatient *patient)
{
  int by = cr_code_index (CR_CONTACT_BY, code);
  if (by == CR_BY_TEXT && patient->no_text == 1)
    return _ ("No text messages are wanted. Choose another way, or take that back.");
  if (by == CR_BY_EMAIL && patient->no_email == 1)
    return _ ("No email is wanted. Choose another way, or take that back.");
  if (by == CR_BY_MAIL && cr_patient_no_mail (patient))
    return _ ("No mail is wanted. Choose another way, or take that back.");
  return NULL;
}

/* Of a month or a year alone, as other systems have it, nobody knows the day: it holds until that is over. */
gboolean
cr_still_holds (CrDate valid_to, CrDate on)
{
  if (cr_date_is_set (valid_to) && !cr_date_is_full (valid_to)) {
    int month = valid_to.month > 0 ? valid_to.month : 12;
    return valid_to.year > on.year || (valid_to.year == on.year && month >= on.month);
  }
  return !cr_date_is_set (valid_to) || cr_date_compare (valid_to, on) > 0;
}

const char *
cr_outcome_problem (int outcome, const CrPatient *patient, const CrReach *reach)
{
  if (outcome != CR_OUTCOME_LEFT_MESSAGE)
    return NULL;
  if (cr_patient_no_voice_mail (patient))
    return _ ("This patient wants no voice mail: no message may be left. Call again, or write.");
  if (cr_reach_is_called (patient, reach) && reach->no_voice_mail)
    return _ ("Who is called for this patient wants no voice mail: no message may be left. Call again, or "
              "write.");
  return NULL;
}

const char *
cr_letter_problem (const CrPatient *patient, const CrReach *reach)
{
  if (cr_date_is_set (patient->death_date))
    return _ ("This patient has died. No letter goes out.");
  if (cr_patient_no_mail (patient))
    return _ ("This patient wants no mail. Call instead.");
  if (cr_str_empty (patient->address) && (reach == NULL || reach->address == NULL))
    return _ ("No address is recorded. Ask for it at the next call.");
  return NULL;
}

const char *
cr_task_snooze_problem (const CrTask *task, CrDate today)
{
  return cr_date_is_set (task->snoozed_until) && cr_date_compare (task->snoozed_until, today) < 0
             ? _ ("A task can be put off to a day to come, not to one that is past.")
             : NULL;
}

const char *
cr_task_due_question (const CrTask *task, CrDate today)
{
  return cr_date_is_set (task->due_on) && cr_date_compare (task->due_on, today) < 0
             ? _ ("This day is past: the task would be overdue at once.")
             : NULL;
}

const char *
cr_task_snooze_question (const CrTask *task)
{
  return cr_date_is_set (task->snoozed_until) && cr_date_is_set (task->due_on) &&
                 cr_date_compare (task->snoozed_until, task->due_on) > 0
             ? _ ("The task would be shown again only after the day it is due.")
             : NULL;
}
