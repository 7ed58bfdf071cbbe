/* Problems, allergies, medications. */
#include "src/ui/chart/line.h"
#include "src/ui/chart/summary-cards.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/checks.h"
#include "chartroom/clinical/names.h"
#include <glib/gi18n.h>

#define MOST_MEDICATIONS 7
#define RECENT_DAYS 90

/* ---- problems ---- */

static void
add_problem (CrCard *card, const CrProblem *p)
{
  GtkWidget *line = cr_line_box (6);
  g_autofree char *onset = cr_date_is_set (p->onset) ? cr_date_format (p->onset) : NULL;
  g_autofree char *ended = cr_date_is_set (p->resolved) ? cr_date_format (p->resolved) : NULL;
  g_autofree char *aside = NULL, *spoken = NULL;
  if (p->status == CR_PROBLEM_RESOLVED)
    aside = ended != NULL ? g_strdup_printf (_ ("resolved %s"), ended) : g_strdup (_ ("resolved"));
  else
    aside = onset != NULL ? g_strdup_printf (_ ("since %s"), onset) : g_strdup ("");
  spoken = g_strdup_printf ("%s, %s", p->display, aside);
  cr_line_add (line, cr_line_text (p->display, p->status == CR_PROBLEM_RESOLVED ? "text-2" : "value"), TRUE);
  cr_line_add (line, cr_line_short (aside, "caption"), FALSE);
  cr_card_add (card, line, spoken, p->id);
}

static guint
add_problems (CrCard *card, const GPtrArray *problems, int status, gboolean show)
{
  guint n = 0;
  for (guint i = 0; i < problems->len; i++) {
    const CrProblem *p = problems->pdata[i];
    if (p->status != status)
      continue;
    n++;
    if (show)
      add_problem (card, p);
  }
  return n;
}

/* What is not shown at first, and how to see it; takes the text. */
static void
add_more (CrCard *card, char *text, const char *action)
{
  g_autofree char *label = text;
  GtkWidget *more = cr_line_button (label, NULL);
  gtk_widget_add_css_class (more, "link-like");
  gtk_widget_set_halign (more, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (more), action);
  cr_card_add_last (card, more);
}

void
cr_summary_fill_problems (CrCard *card, const CrSummaryView *view, gboolean resolved_too)
{
  const GPtrArray *problems = view->records->problems;
  guint active, resolved;
  g_autofree char *count = NULL;
  cr_card_clear (card);
  active = add_problems (card, problems, CR_PROBLEM_ACTIVE, TRUE);
  resolved = add_problems (card, problems, CR_PROBLEM_RESOLVED, resolved_too);
  count = g_strdup_printf (_ ("%u active"), active);
  cr_card_set_count (card, count);
  if (active == 0)
    cr_card_add_empty (card, _ ("No problems recorded."));
  if (resolved > 0)
    add_more (card,
              g_strdup_printf (resolved_too ? _ ("Hide _Resolved (%u)") : _ ("_Resolved (%u) ▸"), resolved),
              "summary.resolved");
}

/* ---- allergies ---- */

static void
add_phrase (CrCard *card, const CrSummaryView *view)
{
  const CrPatient *p = view->records->patient;
  GtkWidget *line = cr_line_box (6);
  g_autofree char *phrase = cr_allergy_phrase (p->allergy_status, view->records->allergies, FALSE);
  g_autoptr (GPtrArray) active = cr_allergies_active (view->records->allergies);
  int status = active->len > 0 ? CR_ALLERGY_KNOWN : p->allergy_status;
  GtkWidget *icon = cr_line_icon (cr_allergy_icon (status));
  if (status == CR_ALLERGY_KNOWN || status == CR_ALLERGY_UNAVAILABLE)
    gtk_widget_add_css_class (icon, "critical");
  if (status == CR_ALLERGY_NOT_RECORDED)
    gtk_widget_add_css_class (icon, "warning");
  cr_line_add (line, icon, FALSE);
  cr_line_add (line, cr_line_text (phrase, "strong"), TRUE);
  cr_card_add (card, line, phrase, 0);
}

static void
add_allergy (CrCard *card, const CrAllergy *a)
{
  GtkWidget *line = cr_line_box (6);
  const char *reactions = cr_str_empty (a->reactions) ? _ ("reaction not recorded") : a->reactions;
  const char *degree = g_strcmp0 (a->criticality, "high") == 0  ? _ ("high")
                       : g_strcmp0 (a->criticality, "low") == 0 ? _ ("low")
                                                                : "";
  gboolean intolerance = g_strcmp0 (a->type, "intolerance") == 0;
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", a->substance, reactions, degree);
  GtkWidget *name = cr_line_text (a->substance, g_str_equal (degree, _ ("high")) ? "strong" : "value");
  gtk_label_set_width_chars (GTK_LABEL (name), 16);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 16);
  cr_line_add (line, name, FALSE);
  cr_line_add (line, cr_line_text (reactions, "text-2"), TRUE);
  if (a->code == NULL)
    cr_line_add (line, cr_line_short (_ ("Not checked against prescriptions"), "tag"), FALSE);
  if (intolerance)
    cr_line_add (line, cr_line_short (_ ("intolerance"), "caption"), FALSE);
  cr_line_add (line, cr_line_short (degree, g_strcmp0 (a->criticality, "high") == 0 ? "critical" : "caption"),
               FALSE);
  cr_card_add (card, line, spoken, a->id);
}

static void
add_reviewed (CrCard *card, const CrSummaryView *view)
{
  const CrPatient *p = view->records->patient;
  const CrPerson *who = cr_chart_records_person (view->records, p->allergy_reviewed_by);
  g_autofree char *day = NULL, *name = NULL, *role = NULL, *text = NULL;
  if (p->allergy_reviewed_at == CR_INSTANT_NONE)
    return;
  day = cr_chart_section_time (view->section, p->allergy_reviewed_at);
  name = who != NULL ? cr_person_formal (who) : g_strdup (_ ("not recorded by whom"));
  role = who != NULL ? cr_roles_describe (who->roles) : g_strdup ("");
  text = g_strdup_printf (_ ("Reviewed %s, %s%s%s"), day, name, role[0] != '\0' ? ", " : "", role);
  cr_card_add_last (card, cr_line_text (text, "caption"));
}

static char *
removed_text (const CrAllergy *a)
{
  static const char *const WORDS[] = { [CR_ALLERGY_RESOLVED] = N_ ("resolved"),
                                       [CR_ALLERGY_REFUTED] = N_ ("refuted"),
                                       [CR_ALLERGY_ERROR] = N_ ("entered in error") };
  return g_strdup_printf (_ ("%s: %s"), _ (WORDS[a->state]),
                          cr_str_empty (a->state_reason) ? _ ("reason not recorded") : a->state_reason);
}

/* The allergies that are no longer on the list stay readable, each with the reason it was taken away. */
static void
add_removed (CrCard *card, const GPtrArray *allergies, gboolean show)
{
  guint n = 0;
  for (guint i = 0; i < allergies->len; i++) {
    const CrAllergy *a = allergies->pdata[i];
    GtkWidget *line = a->state != CR_ALLERGY_ACTIVE && show ? cr_line_box (6) : NULL;
    n += a->state != CR_ALLERGY_ACTIVE;
    if (line == NULL)
      continue;
    g_autofree char *why = removed_text (a);
    g_autofree char *spoken = g_strdup_printf ("%s, %s", a->substance, why);
    cr_line_add (line, cr_line_text (a->substance, "text-2"), TRUE);
    cr_line_add (line, cr_line_text (why, "caption"), TRUE);
    cr_card_add (card, line, spoken, a->id);
  }
  if (n > 0)
    add_more (card, g_strdup_printf (show ? _ ("Hide Re_moved (%u)") : _ ("Re_moved (%u) ▸"), n),
              "summary.removed-allergies");
}

void
cr_summary_fill_allergies (CrCard *card, const CrSummaryView *view, gboolean removed_too)
{
  g_autoptr (GPtrArray) active = cr_allergies_active (view->records->allergies);
  g_autofree char *count = active->len > 0 ? g_strdup_printf ("%u", active->len) : NULL;
  cr_card_clear (card);
  cr_card_set_count (card, count);
  add_phrase (card, view);
  for (guint i = 0; i < active->len; i++)
    add_allergy (card, active->pdata[i]);
  add_removed (card, view->records->allergies, removed_too);
  add_reviewed (card, view);
  if (active->len == 0 && view->records->patient->allergy_status == CR_ALLERGY_NOT_RECORDED &&
      cr_chart_section_can (view->section, CR_RIGHT_CLINICAL_RECORD)) {
    GtkWidget *none = cr_line_button (_ ("Record No _Known Allergies"), _ ("You asked, and there are none"));
    gtk_widget_set_halign (none, GTK_ALIGN_START);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (none), "summary.no-allergies");
    cr_card_add_last (card, none);
  }
}

/* ---- medications ---- */

static gboolean
is_current (const CrMedication *m)
{
  return m->status == CR_MED_ACTIVE || m->status == CR_MED_REPORTED || m->status == CR_MED_ON_HOLD ||
         m->status == CR_MED_NOT_STARTED;
}

static const char *
state_word (const CrMedication *m)
{
  if (m->status == CR_MED_ON_HOLD)
    return _ ("on hold");
  return m->status == CR_MED_NOT_STARTED ? _ ("not started") : NULL;
}

/* "**lisinopril** 20 mg tablet": the generic name stands out, in its safe letters. */
static char *
name_markup (const CrSummaryView *view, const CrMedication *m)
{
  g_autofree char *safe = cr_tall_man (view->knowledge, m->display);
  gsize length = m->generic != NULL ? strlen (m->generic) : 0;
  g_autofree char *generic = NULL;
  if (length == 0 || g_ascii_strncasecmp (safe, m->generic, length) != 0)
    return g_markup_printf_escaped ("<b>%s</b>", safe);
  generic = g_strndup (safe, length);
  return g_markup_printf_escaped ("<b>%s</b>%s", generic, safe + length);
}

static char *
directions (const CrMedication *m)
{
  g_autofree char *sig = cr_sig_list_text (&m->sig);
  g_autofree char *safe = cr_sig_unbreakable (sig != NULL ? sig : _ ("Directions not recorded"));
  if (cr_str_empty (m->indication))
    return g_steal_pointer (&safe);
  return g_strdup_printf (_ ("%s – for %s"), safe, m->indication);
}

static void
add_medication (CrCard *card, const CrSummaryView *view, const CrMedication *m, const CrCheck *against)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = cr_line_box (6), *sig;
  g_autofree char *name = name_markup (view, m);
  g_autofree char *how = directions (m);
  g_autofree char *warning = against != NULL ? cr_line_against (against) : NULL;
  g_autofree char *spoken =
      g_strdup_printf ("%s, %s%s%s", m->display, how, warning ? ", " : "", warning ? warning : "");
  cr_line_add (head, cr_line_markup (name, "value"), TRUE);
  if (state_word (m) != NULL)
    cr_line_add (head, cr_line_text (state_word (m), "caption"), FALSE);
  gtk_box_append (GTK_BOX (box), head);
  sig = cr_line_text (how, "text-2");
  gtk_widget_set_margin_start (sig, 12);
  gtk_box_append (GTK_BOX (box), sig);
  if (warning != NULL)
    gtk_box_append (GTK_BOX (box), cr_line_text (warning, "critical"));
  cr_card_add (card, box, spoken, m->id);
}

static void
append_name (GString *names, const CrSummaryView *view, const CrMedication *m)
{
  g_autofree char *name = cr_tall_man (view->knowledge, m->generic != NULL ? m->generic : m->display);
  g_string_append_printf (names, "%s%s", names->len > 0 ? " – " : "", name);
}

static void
add_hidden (CrCard *card, const char *names, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("… %u more: %s", "… %u more: %s", n), n, names);
  if (n > 0)
    cr_card_add_last (card, cr_line_text (text, "text-2"));
}

static void
add_stopped (CrCard *card, const CrSummaryView *view)
{
  CrDate since = cr_date_add_days (view->today, -RECENT_DAYS);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;
  for (guint i = 0; i < view->records->medications->len; i++) {
    const CrMedication *m = view->records->medications->pdata[i];
    if ((m->status != CR_MED_STOPPED && m->status != CR_MED_COMPLETED) ||
        cr_date_compare (m->stopped, since) < 0)
      continue;
    append_name (names, view, m);
    n++;
  }
  if (n > 0) {
    g_autofree char *text = g_strdup_printf (_ ("Stopped in last 90 days (%u): %s"), n, names->str);
    cr_card_add_last (card, cr_line_text (text, "text-2"));
  }
}

void
cr_summary_fill_medications (CrCard *card, const CrSummaryView *view)
{
  const GPtrArray *medications = view->records->medications;
  g_autoptr (GPtrArray) taken = cr_chart_taken_against (view->chart, NULL);
  g_autoptr (GString) hidden = g_string_new (NULL);
  g_autofree char *count = NULL;
  guint n = 0, shown = 0;
  cr_card_clear (card);
  for (guint i = 0; i < medications->len; i++) {
    const CrMedication *m = medications->pdata[i];
    const CrCheck *against = cr_checks_about (taken, m->id);
    if (!is_current (m))
      continue;
    if (shown < MOST_MEDICATIONS || against != NULL) {
      add_medication (card, view, m, against);
      shown++;
    } else
      append_name (hidden, view, m);
    n++;
  }
  count = g_strdup_printf (_ ("%u current"), n);
  cr_card_set_count (card, count);
  if (n == 0)
    cr_card_add_empty (card, _ ("No medications recorded. Not the same as “takes none”."));
  add_hidden (card, hidden->str, n - shown);
  add_stopped (card, view);
}
