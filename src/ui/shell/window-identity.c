/* What raises the risk of signing in the wrong chart (UX 1.6.7), and restricting a chart (1.7). */
#include "src/ui/shell/window-private.h"
#include "src/ui/chart/reason-dialog.h"
#include "chartroom/domain/identity-rules.h"
#include <glib/gi18n.h>

#define SWITCH_SECONDS 60

void
cr_window_note_patient (CrWindow *self)
{
  CrId patient = self->chart != NULL ? cr_chart_get_patient_id (self->chart) : CR_ID_NONE;
  if (patient == CR_ID_NONE || patient == self->last_patient)
    return;
  if (self->last_patient != CR_ID_NONE)
    self->switched_at = g_get_monotonic_time ();
  self->last_patient = patient;
}

static gboolean
is_similar (CrWindow *self, const CrPatient *patient)
{
  for (guint i = 0; i < self->charts->len; i++)
    if (cr_patients_similar (patient, cr_chart_get_records (self->charts->pdata[i])->patient))
      return TRUE;
  return self->palette == NULL || cr_palette_similar_today (self->palette, patient);
}

static gboolean
is_expected (CrWindow *self, CrChart *chart)
{
  const GPtrArray *visits = cr_chart_get_records (chart)->appointments;
  CrDate today = cr_clock_today (cr_session_get_clock (self->session));
  for (guint i = 0; i < visits->len; i++) {
    const CrAppointment *visit = visits->pdata[i];
    if (cr_date_compare (visit->date, today) == 0 && visit->stage != CR_STAGE_CANCELLED &&
        visit->stage != CR_STAGE_NO_SHOW)
      return TRUE;
  }
  return cr_chart_open_encounter (chart) != CR_ID_NONE;
}

static char *
risk_of (CrWindow *self, const CrPatient *patient, gboolean expected, gboolean controlled)
{
  CrIdentityFacts facts = {
    .similar = is_similar (self, patient),
    .switched = self->switched_at != 0 &&
                g_get_monotonic_time () - self->switched_at < SWITCH_SECONDS * G_USEC_PER_SEC,
    .expected = expected,
    .controlled = controlled,
  };
  return cr_identity_risk (&facts);
}

char *
cr_window_identity_risk (CrWindow *self, CrChart *chart, gboolean controlled)
{
  return risk_of (self, cr_chart_get_records (chart)->patient, is_expected (self, chart), controlled);
}

char *
cr_window_patient_risk (CrWindow *self, const CrPatient *patient)
{
  for (guint i = 0; i < self->charts->len; i++)
    if (cr_chart_get_patient_id (self->charts->pdata[i]) == patient->id)
      return cr_window_identity_risk (self, self->charts->pdata[i], FALSE);
  return risk_of (self, patient,
                  self->palette != NULL && cr_palette_visits_today (self->palette, patient->id), FALSE);
}

static void
restrict_reason_cb (CrReasonDialog *dialog, const char *reason, CrChart *chart)
{
  gboolean restricted = cr_chart_get_records (chart)->patient->restricted;
  cr_chart_restrict_async (chart, !restricted, reason, cr_reason_dialog_answer_cb, g_object_ref (dialog));
}

void
cr_window_ask_restrict (CrWindow *self)
{
  gboolean restricted = cr_chart_get_records (self->chart)->patient->restricted;
  CrReasonDialog *dialog = cr_reason_dialog_present (
      self, self->chart, restricted ? _ ("Lift the Restriction") : _ ("Restrict This Chart"),
      restricted ? _ ("The chart opens again without a reason.")
                 : _ ("Whoever opens the chart has to say why."),
      _ ("What you write goes to the audit with your name."),
      restricted ? _ ("_Lift Restriction") : _ ("_Restrict Chart"));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (restrict_reason_cb), self->chart, 0);
}
