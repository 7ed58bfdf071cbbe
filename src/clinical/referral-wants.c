#include "chartroom/clinical/referral-wants.h"
#include "chartroom/base/text.h"
#include "knowledge-private.h"
#include <glib/gi18n.h>
#include <string.h>

static gboolean
same_specialty (const char *wanted, const char *folded)
{
  g_autofree char *key = cr_text_fold (wanted);
  return g_str_has_prefix (folded, key);
}

static gboolean
says (const char *title, const char *const *words)
{
  g_autofree char *folded = title != NULL ? cr_text_fold (title) : NULL;
  for (guint i = 0; folded != NULL && words[i] != NULL; i++)
    if (strstr (folded, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
take_newer (CrDate *last, CrDate date)
{
  if (cr_date_is_set (date) && (!cr_date_is_set (*last) || cr_date_compare (date, *last) > 0))
    *last = date;
}

static CrDate
newest (const CrReferralWant *want, const CrChartRecords *records, CrClock *clock)
{
  CrDate last = CR_DATE_NONE;
  for (guint i = 0; i < records->results->len; i++) {
    const CrObservation *o = records->results->pdata[i];
    if (o->code != NULL && g_strv_contains (want->codes, o->code) && o->taken_at != CR_INSTANT_NONE)
      take_newer (&last, cr_clock_date_of (clock, o->taken_at));
  }
  for (guint i = 0; i < records->documents->len; i++) {
    const CrDocument *d = records->documents->pdata[i];
    if (g_strcmp0 (d->kind, "packet") != 0 && says (d->title, want->words))
      take_newer (&last, d->dated);
  }
  for (guint i = 0; i < records->procedures->len; i++) {
    const CrProcedure *p = records->procedures->pdata[i];
    if (says (p->display, want->words))
      take_newer (&last, p->performed_on);
  }
  return last;
}

GArray *
cr_referral_gaps (const CrKnowledge *k, const char *specialty, const CrChartRecords *records, CrClock *clock,
                  CrDate today)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (CrReferralGap));
  g_autofree char *folded = cr_text_fold (specialty != NULL ? specialty : "");
  for (guint i = 0; k != NULL && i < k->wants->len; i++) {
    CrReferralGap gap = { k->wants->pdata[i], CR_DATE_NONE };
    if (!same_specialty (gap.want->specialty, folded))
      continue;
    gap.last = newest (gap.want, records, clock);
    if (!cr_date_is_set (gap.last) ||
        cr_date_compare (gap.last, cr_date_add_months (today, -(int)gap.want->months)) < 0)
      g_array_append_val (gaps, gap);
  }
  return gaps;
}

char *
cr_referral_gap_text (const CrReferralGap *gap)
{
  gulong months = (gulong)gap->want->months;
  g_autofree char *wanted = g_strdup_printf (
      ngettext ("%s usually wants: %s within %lu month", "%s usually wants: %s within %lu months", months),
      gap->want->specialty, gap->want->display, months);
  g_autofree char *last = cr_date_is_set (gap->last) ? cr_date_format (gap->last) : NULL;
  return last != NULL ? g_strdup_printf (_ ("%s (last %s)"), wanted, last)
                      : g_strdup_printf (_ ("%s (none on file)"), wanted);
}

const CrNotice *
cr_knowledge_notice (const CrKnowledge *k, const char *key)
{
  for (guint i = 0; k != NULL && i < k->notices->len; i++) {
    const CrNotice *notice = k->notices->pdata[i];
    if (g_str_equal (notice->key, key))
      return notice;
  }
  return NULL;
}
