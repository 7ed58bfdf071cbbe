#include "src/ui/chart/summary-details.h"
#include "src/ui/chart/detail.h"
#include "src/ui/chart/reason-dialog.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

typedef struct { /* what a button of the detail acts on */
  CrWindow *window;
  CrChart *chart;
  CrId id;
  int state; /* wanted: of CrProblemStatus or CrAllergyState */
} Deed;

typedef void (*Act) (Deed *deed);

static void
deed_free (gpointer data, GClosure *closure)
{
  Deed *deed = data;
  g_object_unref (deed->window);
  g_object_unref (deed->chart);
  g_free (deed);
}

static Deed *
deed_new (CrChartSection *section, CrId id, int state)
{
  Deed *deed = g_new0 (Deed, 1);
  deed->window = g_object_ref (cr_chart_section_get_window (section));
  deed->chart = g_object_ref (cr_chart_section_get_chart (section));
  deed->id = id;
  deed->state = state;
  return deed;
}

static gconstpointer
find (const GPtrArray *records, CrId id)
{
  for (guint i = 0; i < records->len; i++)
    if (((const CrRecord *)records->pdata[i])->id == id)
      return records->pdata[i];
  return NULL;
}

static void
add_button (GtkWidget *detail, CrChartSection *section, const char *label, Act act, CrId id, int state)
{
  cr_detail_add_button (detail, label, G_CALLBACK (act), deed_new (section, id, state), deed_free);
}

static char *
recorded_text (CrChartSection *section, CrId person, CrInstant at)
{
  const CrPerson *who = cr_chart_records_person (cr_chart_section_records (section), person);
  g_autofree char *when = cr_chart_section_time (section, at);
  g_autofree char *name = who != NULL ? cr_person_formal (who) : NULL;
  return name != NULL ? g_strdup_printf ("%s, %s", when, name) : g_steal_pointer (&when);
}

/* ---- the answer of a save ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (window, error);
}

/* ---- problems ---- */

static void
note_reason (CrProblem *problem, const char *reason)
{
  g_autofree char *before = g_steal_pointer (&problem->note);
  problem->note = cr_str_empty (before) ? g_strdup (reason) : g_strdup_printf ("%s\n%s", before, reason);
}

static void
problem_reason_cb (CrReasonDialog *dialog, const char *reason, Deed *deed)
{
  const CrProblem *stored = find (cr_chart_get_records (deed->chart)->problems, deed->id);
  g_autoptr (CrProblem) problem = stored != NULL ? cr_problem_copy (stored) : NULL;
  if (problem == NULL)
    return;
  problem->status = deed->state;
  note_reason (problem, reason);
  cr_chart_save_problem_async (deed->chart, problem, cr_reason_dialog_answer_cb, g_object_ref (dialog));
}

static Deed *
deed_copy (const Deed *deed)
{
  Deed *copy = g_memdup2 (deed, sizeof *deed);
  g_object_ref (copy->window);
  g_object_ref (copy->chart);
  return copy;
}

static void
end_problem (Deed *deed)
{
  const CrProblem *problem = find (cr_chart_get_records (deed->chart)->problems, deed->id);
  gboolean resolve = deed->state == CR_PROBLEM_RESOLVED;
  CrReasonDialog *dialog;
  if (problem == NULL)
    return;
  dialog = cr_reason_dialog_present (
      deed->window, deed->chart, resolve ? _ ("Resolve Problem") : _ ("Entered in Error"), problem->display,
      resolve ? _ ("The problem moves to the resolved ones, with today's date.")
              : _ ("The problem leaves the chart's lists and documents. It stays in the history."),
      resolve ? _ ("_Resolve Problem") : _ ("_Mark as Entered in Error"));
  g_signal_connect_data (dialog, "chosen", G_CALLBACK (problem_reason_cb), deed_copy (deed), deed_free, 0);
}

static void
activate_problem (Deed *deed)
{
  const CrProblem *stored = find (cr_chart_get_records (deed->chart)->problems, deed->id);
  g_autoptr (CrProblem) problem = stored != NULL ? cr_problem_copy (stored) : NULL;
  if (problem == NULL)
    return;
  problem->status = CR_PROBLEM_ACTIVE;
  problem->resolved = CR_DATE_NONE;
  cr_chart_save_problem_async (deed->chart, problem, saved_cb, g_object_ref (deed->window));
}

static void
open_problem (CrChartSection *section, GtkWidget *row, const CrProblem *p)
{
  GtkWidget *detail = cr_detail_new (GTK_WIDGET (section), row, p->display);
  g_autofree char *onset = cr_date_format (p->onset);
  g_autofree char *ended = cr_date_is_set (p->resolved) ? cr_date_format (p->resolved) : NULL;
  g_autofree char *recorded = recorded_text (section, p->recorded_by, p->recorded_at);
  g_autofree char *code =
      p->code != NULL ? g_strdup_printf ("%s (%s)", p->code, p->system ? p->system : "") : NULL;
  cr_detail_add (detail, _ ("Since"), onset);
  cr_detail_add (detail, _ ("Resolved"), ended);
  cr_detail_add (detail, _ ("Code"), code != NULL ? code : _ ("Not coded"));
  cr_detail_add (detail, _ ("Note"), p->note);
  cr_detail_add (detail, _ ("Recorded"), recorded);
  if (cr_chart_section_can (section, CR_RIGHT_NOTE_WRITE)) {
    if (p->status == CR_PROBLEM_ACTIVE)
      add_button (detail, section, _ ("_Resolve…"), end_problem, p->id, CR_PROBLEM_RESOLVED);
    else
      add_button (detail, section, _ ("Make _Active Again"), activate_problem, p->id, CR_PROBLEM_ACTIVE);
    add_button (detail, section, _ ("Entered in _Error…"), end_problem, p->id, CR_PROBLEM_ERROR);
  }
  cr_detail_open (detail);
}

/* ---- allergies ---- */

static void
allergy_reason_cb (CrReasonDialog *dialog, const char *reason, Deed *deed)
{
  cr_chart_remove_allergy_async (deed->chart, deed->id, deed->state, reason, cr_reason_dialog_answer_cb,
                                 g_object_ref (dialog));
}

static void
remove_allergy (Deed *deed)
{
  static const char *const TITLES[] = { [CR_ALLERGY_RESOLVED] = N_ ("Resolve Allergy"),
                                        [CR_ALLERGY_REFUTED] = N_ ("Refute Allergy"),
                                        [CR_ALLERGY_ERROR] = N_ ("Entered in Error") };
  static const char *const VERBS[] = { [CR_ALLERGY_RESOLVED] = N_ ("_Resolve Allergy"),
                                       [CR_ALLERGY_REFUTED] = N_ ("_Refute Allergy"),
                                       [CR_ALLERGY_ERROR] = N_ ("_Mark as Entered in Error") };
  const CrAllergy *allergy = find (cr_chart_get_records (deed->chart)->allergies, deed->id);
  CrReasonDialog *dialog;
  if (allergy == NULL)
    return;
  dialog = cr_reason_dialog_present (
      deed->window, deed->chart, _ (TITLES[deed->state]), allergy->substance,
      _ ("Prescriptions are no longer checked against it. It stays in the history."), _ (VERBS[deed->state]));
  g_signal_connect_data (dialog, "chosen", G_CALLBACK (allergy_reason_cb), deed_copy (deed), deed_free, 0);
}

static void
open_allergy (CrChartSection *section, GtkWidget *row, const CrAllergy *a)
{
  GtkWidget *detail = cr_detail_new (GTK_WIDGET (section), row, a->substance);
  g_autofree char *onset = cr_date_is_set (a->onset) ? cr_date_format (a->onset) : NULL;
  g_autofree char *recorded = recorded_text (section, a->recorded_by, a->recorded_at);
  cr_detail_add (detail, _ ("Reactions"), cr_str_empty (a->reactions) ? _ ("Not recorded") : a->reactions);
  cr_detail_add (detail, _ ("Type"), a->type);
  cr_detail_add (detail, _ ("Severity"), cr_str_empty (a->severity) ? _ ("Not recorded") : a->severity);
  cr_detail_add (detail, _ ("Risk"), a->criticality);
  cr_detail_add (detail, _ ("Certainty"), a->certainty);
  cr_detail_add (detail, _ ("When"), onset);
  cr_detail_add (detail, _ ("Source"), a->source);
  cr_detail_add (detail, _ ("Recorded"), recorded);
  cr_detail_add (detail, _ ("Removed because"), a->state_reason);
  cr_detail_add (detail, _ ("Checks"), a->code == NULL ? _ ("Not checked against prescriptions") : NULL);
  if (a->state == CR_ALLERGY_ACTIVE && cr_chart_section_can (section, CR_RIGHT_CLINICAL_RECORD)) {
    add_button (detail, section, _ ("_Resolved…"), remove_allergy, a->id, CR_ALLERGY_RESOLVED);
    add_button (detail, section, _ ("Re_futed…"), remove_allergy, a->id, CR_ALLERGY_REFUTED);
    add_button (detail, section, _ ("Entered in _Error…"), remove_allergy, a->id, CR_ALLERGY_ERROR);
  }
  cr_detail_open (detail);
}

/* ---- medications and visits: to be read ---- */

static void
go_medications (Deed *deed)
{
  cr_window_navigate (deed->window, CR_PAGE_CHART, cr_chart_get_patient_id (deed->chart), CR_SECTION_MEDS,
                      NULL, "summary");
}

static void
open_medication (CrChartSection *section, GtkWidget *row, const CrMedication *m)
{
  GtkWidget *detail = cr_detail_new (GTK_WIDGET (section), row, m->display);
  g_autofree char *sig = cr_sig_text (&m->sig);
  g_autofree char *started = cr_date_format (m->started);
  g_autofree char *stopped = cr_date_is_set (m->stopped) ? cr_date_format (m->stopped) : NULL;
  g_autofree char *recorded = recorded_text (section, m->recorded_by, m->recorded_at);
  cr_detail_add (detail, _ ("Directions"), sig != NULL ? sig : _ ("Not recorded"));
  cr_detail_add (detail, _ ("For"), m->indication);
  cr_detail_add (detail, _ ("Started"), started);
  cr_detail_add (detail, _ ("Stopped"), stopped);
  cr_detail_add (detail, _ ("Reason"), m->stop_reason);
  cr_detail_add (detail, _ ("Recorded"), recorded);
  add_button (detail, section, _ ("Open _Medications"), go_medications, m->id, 0);
  cr_detail_open (detail);
}

static void
write_note (Deed *deed)
{
  cr_window_navigate (deed->window, CR_PAGE_CHART, cr_chart_get_patient_id (deed->chart), CR_SECTION_NOTES,
                      "new-note", "summary");
}

static void
open_visit (CrChartSection *section, GtkWidget *row, const CrEncounter *e)
{
  GtkWidget *detail = cr_detail_new (GTK_WIDGET (section), row, e->kind != NULL ? e->kind : _ ("Visit"));
  const CrPerson *who = cr_chart_records_person (cr_chart_section_records (section), e->person_id);
  g_autofree char *day = cr_date_format_weekday (e->date);
  g_autofree char *name = who != NULL ? cr_person_formal (who) : NULL;
  cr_detail_add (detail, _ ("Date"), day);
  cr_detail_add (detail, _ ("Clinician"), name);
  cr_detail_add (detail, _ ("Reason"), e->reason);
  cr_detail_add (detail, _ ("Place"), e->place);
  cr_detail_add (detail, _ ("Note"), _ ("None was written for this visit."));
  if (cr_date_compare (e->date, cr_chart_section_today (section)) == 0 &&
      cr_chart_section_can (section, CR_RIGHT_NOTE_WRITE))
    add_button (detail, section, _ ("_Write Note"), write_note, e->id, 0);
  cr_detail_open (detail);
}

void
cr_summary_details_open (CrChartSection *section, GtkWidget *row, CrId id)
{
  const CrChartRecords *records = cr_chart_section_records (section);
  const CrProblem *problem = find (records->problems, id);
  const CrAllergy *allergy = find (records->allergies, id);
  const CrMedication *medication = find (records->medications, id);
  const CrEncounter *visit = find (records->encounters, id);
  if (problem != NULL)
    open_problem (section, row, problem);
  else if (allergy != NULL)
    open_allergy (section, row, allergy);
  else if (medication != NULL)
    open_medication (section, row, medication);
  else if (visit != NULL)
    open_visit (section, row, visit);
}
