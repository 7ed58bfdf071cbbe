/* What happened since the patient was here last: what nobody looked at yet comes first. */
#include "src/ui/chart/line.h"
#include "src/ui/chart/summary-cards.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define ASIDE_CHARS 13 /* "Nov 16, 2026", in two lines with more words */
#define MOST_RESULTS 5
#define MOST_CHANGES 6

static const CrEncounter *
last_visit (const CrSummaryView *view)
{
  for (guint i = 0; i < view->records->encounters->len; i++) {
    const CrEncounter *e = view->records->encounters->pdata[i];
    if (e->place == NULL && cr_date_compare (e->date, view->today) < 0 &&
        g_strcmp0 (e->status, "entered-in-error") != 0 && g_strcmp0 (e->status, "planned") != 0)
      return e;
  }
  return NULL;
}

static void
add_item (CrCard *card, const char *icon, const char *css, const char *text, const char *aside, gint64 id)
{
  GtkWidget *line = cr_line_box (6);
  GtkWidget *image = cr_line_icon (icon), *wide = cr_line_text (aside, "caption");
  g_autofree char *spoken = g_strdup_printf ("%s, %s", text, aside);
  gtk_label_set_width_chars (GTK_LABEL (wide), ASIDE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (wide), 1);
  gtk_label_set_justify (GTK_LABEL (wide), GTK_JUSTIFY_RIGHT);
  if (css != NULL)
    gtk_widget_add_css_class (image, css);
  cr_line_add (line, image, FALSE);
  cr_line_add (line, cr_line_text (text, css != NULL && g_str_equal (css, "critical") ? "strong" : "value"),
               TRUE);
  cr_line_add (line, wide, FALSE);
  cr_card_add (card, line, spoken, id);
}

/* ---- results nobody reviewed ---- */

static gboolean
is_new (const CrObservation *o)
{
  return o->reviewed_at == CR_INSTANT_NONE && o->kind == CR_OBS_LAB && o->status != CR_OBS_CANCELLED &&
         o->status != CR_OBS_ERROR;
}

/* Value, unit and flag stay in one line, however narrow the card is. */
static char *
bind_value (const CrObservation *o)
{
  g_autofree char *value = cr_observation_value (o);
  g_autofree char *marked = g_strdup_printf ("%s  %s", value, cr_flag_mark (o->flag));
  g_auto (GStrv) words = g_strsplit (g_strstrip (marked), " ", -1);
  g_autofree char *bound = g_strjoinv ("\u00a0", words);
  g_auto (GStrv) parts = g_strsplit (bound, "/", -1);
  return g_strjoinv ("/\u2060", parts); /* no break within "mmol/L" */
}

static void
add_result (CrCard *card, const CrSummaryView *view, const CrObservation *o)
{
  g_autofree char *value = bind_value (o);
  g_autofree char *day = cr_chart_section_day (view->section, o->taken_at);
  g_autofree char *text = g_strdup_printf ("%s %s", o->display, value);
  g_autofree char *aside = g_strdup_printf (_ ("%s – not reviewed"), day);
  gboolean flagged = !cr_str_empty (o->flag);
  add_item (card, flagged ? "cr-warning-symbolic" : "cr-note-symbolic", flagged ? "critical" : NULL, text,
            aside, o->id);
}

static guint
add_results (CrCard *card, const CrSummaryView *view)
{
  guint shown = 0, total = 0;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < view->records->results->len; i++) {
      const CrObservation *o = view->records->results->pdata[i];
      if (!is_new (o) || cr_str_empty (o->flag) != (pass == 1))
        continue;
      total++;
      if (shown < MOST_RESULTS) {
        add_result (card, view, o);
        shown++;
      }
    }
  if (total > shown) {
    g_autofree char *more =
        g_strdup_printf (ngettext ("%u more result is not reviewed. Results: Ctrl+L",
                                   "%u more results are not reviewed. Results: Ctrl+L", total - shown),
                         total - shown);
    cr_card_add_last (card, cr_line_text (more, "caption"));
  }
  return total;
}

/* ---- changes since the day of the last visit ---- */

static gboolean
is_since (const CrSummaryView *view, CrInstant at, CrDate since)
{
  return at != CR_INSTANT_NONE && cr_date_compare (cr_clock_date_of (view->clock, at), since) > 0;
}

/* The first few of a kind are shown, the others are counted. */
static void
add_change (CrCard *card, guint *n, const char *icon, const char *text, const char *aside, CrId id)
{
  if ((*n)++ < MOST_CHANGES)
    add_item (card, icon, NULL, text, aside, id);
}

static guint
add_documents (CrCard *card, const CrSummaryView *view, CrDate since)
{
  guint n = 0;
  for (guint i = 0; i < view->records->documents->len; i++) {
    const CrDocument *d = view->records->documents->pdata[i];
    g_autofree char *day = NULL;
    if (!is_since (view, d->added_at, since) || g_strcmp0 (d->kind, "packet") == 0)
      continue;
    day = cr_chart_section_day (view->section, d->added_at);
    add_change (card, &n, "cr-page-chart-symbolic", d->title, day, d->id);
  }
  return n;
}

static guint
add_medications (CrCard *card, const CrSummaryView *view, CrDate since)
{
  guint n = 0;
  for (guint i = 0; i < view->records->medications->len; i++) {
    const CrMedication *m = view->records->medications->pdata[i];
    gboolean stopped = cr_date_compare (m->stopped, since) > 0;
    gboolean started = cr_date_compare (m->started, since) > 0;
    g_autofree char *text = NULL, *day = NULL;
    if ((!stopped && !started) || m->status == CR_MED_ERROR)
      continue;
    text = g_strdup_printf (stopped ? _ ("%s stopped") : _ ("%s started"), m->display);
    day = cr_date_format (stopped ? m->stopped : m->started);
    add_change (card, &n, "cr-page-rx-symbolic", text, day, m->id);
  }
  return n;
}

static guint
add_notes (CrCard *card, const CrSummaryView *view, CrDate since)
{
  guint n = 0;
  for (guint i = 0; i < view->records->notes->len; i++) {
    const CrNote *note = view->records->notes->pdata[i];
    gboolean draft = note->status == CR_NOTE_DRAFT;
    g_autofree char *text = NULL, *day = NULL;
    if (note->status == CR_NOTE_ERROR || (!draft && cr_date_compare (note->date, since) <= 0))
      continue;
    text = g_strdup_printf (draft ? _ ("Unsigned note: %s") : _ ("Note: %s"), note->title);
    day = cr_date_format (note->date);
    add_change (card, &n, draft ? "cr-draft-symbolic" : "cr-signed-symbolic", text, day, note->id);
  }
  return n;
}

/* ---- referrals: the report that came, the answer that did not ---- */

static guint
add_referrals (CrCard *card, const CrSummaryView *view, CrDate since)
{
  guint shown = 0;
  for (guint i = 0; i < view->records->referrals->len; i++) {
    const CrReferral *r = view->records->referrals->pdata[i];
    g_autofree char *text = NULL, *aside = NULL;
    gboolean report = r->stage == CR_REF_REPORT_RECEIVED;
    gboolean late = r->stage > CR_REF_DRAFT && r->stage < CR_REF_BOOKED && cr_date_is_full (r->due_on) &&
                    cr_date_compare (r->due_on, view->today) < 0;
    if (!report && !late)
      continue;
    text = g_strdup_printf (report ? _ ("%s report received") : _ ("Missed: %s referral"), r->specialty);
    aside = report ? cr_chart_section_day (view->section, r->stage_at)
                   : g_strdup_printf (_ ("overdue %d d"),
                                      cr_date_to_days (view->today) - cr_date_to_days (r->due_on));
    add_item (card, late ? "cr-overdue-symbolic" : "cr-page-referrals-symbolic", late ? "critical" : NULL,
              text, aside, r->id);
    shown++;
  }
  return shown;
}

static guint
hidden (guint n)
{
  return n > MOST_CHANGES ? n - MOST_CHANGES : 0;
}

static void
say_hidden (CrCard *card, const char *label, guint n)
{
  g_autofree char *text = g_strdup_printf (_ ("%u more: %s"), n, label);
  if (n > 0)
    cr_card_add_last (card, cr_line_text (text, "caption"));
}

void
cr_summary_fill_since (CrCard *card, const CrSummaryView *view)
{
  const CrEncounter *visit = last_visit (view);
  CrDate since = visit != NULL ? visit->date : view->today;
  g_autofree char *day = visit != NULL ? cr_date_format (since) : g_strdup (_ ("no earlier visit here"));
  guint results, referrals, notes, documents, medications;
  cr_card_clear (card);
  cr_card_set_count (card, day);
  results = add_results (card, view);
  referrals = add_referrals (card, view, since);
  notes = add_notes (card, view, since);
  documents = visit != NULL ? add_documents (card, view, since) : 0;
  medications = visit != NULL ? add_medications (card, view, since) : 0;
  say_hidden (card, _ ("Notes"), hidden (notes));
  say_hidden (card, _ ("Documents"), hidden (documents));
  say_hidden (card, _ ("Changes of medications"), hidden (medications));
  if (results + referrals + notes + documents + medications == 0)
    cr_card_add_empty (card,
                       visit != NULL ? _ ("Nothing new since then.") : _ ("Nothing waits to be looked at."));
}
