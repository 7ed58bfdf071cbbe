#include "chart-news.h"
#include "chartroom/base/text.h"
#include "job-rules.h"
#include <glib/gi18n.h>

enum { LOOK_BACK = 50 /* entries: what lies before these was reviewed or is many changes */ };

/* What is worth a line over the chart; the book and what comes with it are not. */
static const struct {
  const CrRecordClass *klass;
  const char *sentence; /* who, time */
} KINDS[] = {
  { &CR_MEDICATION, N_ ("%s changed the medication list at %s.") },
  { &CR_PRESCRIPTION, N_ ("%s changed the prescriptions at %s.") },
  { &CR_ALLERGY, N_ ("%s changed the allergies at %s.") },
  { &CR_PROBLEM, N_ ("%s changed the problem list at %s.") },
  { &CR_OBSERVATION, N_ ("%s recorded vital signs or results at %s.") },
  { &CR_NOTE, N_ ("%s wrote in the notes at %s.") },
  { &CR_ADDENDUM, N_ ("%s added to a note at %s.") },
  { &CR_REFERRAL, N_ ("%s changed the referrals at %s.") },
  { &CR_DOCUMENT, N_ ("%s filed a document at %s.") },
  { &CR_IMMUNIZATION, N_ ("%s recorded an immunization at %s.") },
  { &CR_PATIENT, N_ ("%s changed the patient's details at %s.") },
};

static const char *
sentence_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (KINDS[i].klass->name, kind) == 0)
      return KINDS[i].sentence;
  return NULL;
}

static gboolean
is_news (const CrAuditEntry *entry, CrId reader)
{
  gboolean write = g_str_equal (entry->action, "create") || g_str_equal (entry->action, "change");
  return write && entry->person_id != reader && sentence_of (entry->kind) != NULL;
}

static CrChartNews *
new_news (CrTx *tx, const CrAuditEntry *entry)
{
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, entry->person_id, NULL);
  CrChartNews *news = g_new0 (CrChartNews, 1);
  news->who = person != NULL ? cr_person_short (person) : g_strdup (entry->person);
  news->kind = g_intern_string (entry->kind);
  news->at = entry->at;
  return news;
}

void
cr_chart_news_free (CrChartNews *news)
{
  if (news != NULL)
    g_free (news->who);
  g_free (news);
}

gint64
cr_chart_newest_entry (CrTx *tx, CrId patient, GError **error)
{
  CrAuditQuery query = { .patient_id = patient, .limit = 1 };
  g_autoptr (GPtrArray) newest = cr_audit_list (tx, &query, error);
  if (newest == NULL)
    return -1;
  return newest->len > 0 ? ((const CrAuditEntry *)newest->pdata[0])->seq : 0;
}

CrChartNews *
cr_chart_news_since (CrTx *tx, CrId patient, gint64 *seen, GError **error)
{
  CrAuditQuery query = { .patient_id = patient, .limit = LOOK_BACK };
  g_autoptr (GPtrArray) entries = cr_audit_list (tx, &query, error);
  CrId reader = cr_tx_person (tx);
  gint64 before = *seen;
  CrChartNews *news = NULL;
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const CrAuditEntry *entry = entries->pdata[i];
    if (entry->seq <= before)
      break;
    *seen = MAX (*seen, entry->seq);
    if (news == NULL && is_news (entry, reader))
      news = new_news (tx, entry);
  }
  return news;
}

char *
cr_chart_news_sentence (const CrChartNews *news, CrClock *clock)
{
  g_autofree char *time = cr_minute_format (cr_clock_minute_of (clock, news->at));
  const char *format = _ (sentence_of (news->kind));
  g_auto (GStrv) parts = g_strsplit (format, "%s", 3);
  return g_strconcat (parts[0], news->who, parts[1], time, parts[2], NULL);
}
