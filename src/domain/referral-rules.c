/* What an order needs, which stage may follow which, and when a step is due. */
#include "canonical.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/referral.h"
#include <glib/gi18n.h>

#define QUESTION_MIN 10 /* characters */

#define AFTER(stage) (1u << CR_REF_##stage)
#define BACK_OUT (AFTER (PATIENT_DECLINED) | AFTER (CANCELLED))
#define TURNED_AWAY (AFTER (DECLINED) | AFTER (REDIRECTED) | AFTER (NO_SHOW) | BACK_OUT)

/* Bits of the stages that may follow.  Once sent, steps may be skipped: the office learns of them late or
 * never. */
static const guint FOLLOWERS[] = {
  [CR_REF_DRAFT] = AFTER (ORDERED) | AFTER (CANCELLED),
  [CR_REF_ORDERED] = AFTER (PACKET_READY) | BACK_OUT,
  [CR_REF_PACKET_READY] = AFTER (SENT) | BACK_OUT,
  [CR_REF_SENT] = AFTER (RECEIVED) | AFTER (BOOKED) | AFTER (SEEN) | AFTER (REPORT_RECEIVED) | TURNED_AWAY,
  [CR_REF_RECEIVED] = AFTER (BOOKED) | AFTER (SEEN) | AFTER (REPORT_RECEIVED) | TURNED_AWAY,
  [CR_REF_BOOKED] = AFTER (SEEN) | AFTER (REPORT_RECEIVED) | TURNED_AWAY,
  [CR_REF_SEEN] = AFTER (REPORT_RECEIVED),
  [CR_REF_REPORT_RECEIVED] = AFTER (REVIEWED),
  [CR_REF_REVIEWED] = AFTER (CLOSED),
  [CR_REF_CLOSED] = 0,
  [CR_REF_DECLINED] = AFTER (REDIRECTED) | BACK_OUT,
  [CR_REF_PATIENT_DECLINED] = 0,
  [CR_REF_NO_SHOW] = AFTER (BOOKED) | AFTER (SEEN) | BACK_OUT,
  [CR_REF_CANCELLED] = 0,
  [CR_REF_REDIRECTED] = AFTER (PACKET_READY) | AFTER (SENT) | BACK_OUT,
};

/* What the signer orders.  To whom exactly it goes and the text of the letter are worked out afterwards by
 * referral staff; stages, sending and the packet come later: none of these is in it. */
static const char *const LAYOUT[] = { "id",         "patient_id", "encounter_id", "author_id", "problem_id",
                                      "number",     "specialty",  "urgency",      "question",  "ask",
                                      "ordered_on", "signed_at",  "signed_name",  NULL };

static void
add (GPtrArray *problems, const char *sentence)
{
  g_ptr_array_add (problems, g_strdup (sentence));
}

static glong
length_of (const char *text)
{
  g_autofree char *trimmed = cr_text_trim (text);
  return trimmed == NULL ? 0 : g_utf8_strlen (trimmed, -1);
}

static CrDate
add_business_days (CrDate date, int n)
{
  while (n > 0) {
    date = cr_date_add_days (date, 1);
    if (cr_date_weekday (date) <= 5)
      n--;
  }
  return date;
}

GPtrArray *
cr_referral_problems (const CrReferral *r)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);
  if (r->contact_id == CR_ID_NONE && cr_str_empty (r->specialty))
    add (problems, _ ("Choose a specialty or a recipient."));
  if (r->urgency == CR_URGENCY_UNSET)
    add (problems, _ ("Choose how urgent the referral is."));
  if (length_of (r->question) == 0)
    add (problems, _ ("Write the question that you want answered."));
  else if (length_of (r->question) < QUESTION_MIN)
    add (problems, _ ("Write the question in full: it needs at least 10 characters."));
  if (g_strcmp0 (r->sent_method, "fax") == 0 && cr_str_empty (r->sent_to))
    add (problems, _ ("Enter the recipient's fax number, or choose another way of sending."));
  return problems;
}

GBytes *
cr_referral_canonical (const CrReferral *r)
{
  return cr_canonical_bytes ("chartroom referral 1", &CR_REFERRAL, r, LAYOUT);
}

gboolean
cr_referral_may_follow (int from, int to)
{
  int n = (int)G_N_ELEMENTS (FOLLOWERS);
  return from >= 0 && from < n && to >= 0 && to < n && (FOLLOWERS[from] & (1u << to)) != 0;
}

CrDate
cr_referral_due (int urgency, CrDate ordered)
{
  if (!cr_date_is_full (ordered))
    return CR_DATE_NONE;
  switch (urgency) {
  case CR_URGENCY_EMERGENCY:
    return add_business_days (ordered, 1);
  case CR_URGENCY_URGENT:
    return add_business_days (ordered, 2);
  case CR_URGENCY_SOON:
    return add_business_days (ordered, 5);
  case CR_URGENCY_ROUTINE:
    return add_business_days (ordered, 10);
  default:
    return CR_DATE_NONE;
  }
}
