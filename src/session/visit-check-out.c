/* Check-out: what the patient takes along, what is still open, when to come again. */
#include "chartroom/session/visit-desk.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/store/stores.h"
#include "desk-action.h"
#include "job-rules.h"
#include "restricted.h"
#include "visit-change.h"
#include <glib/gi18n.h>
#include <string.h>

#define CARD "card"

/* ---- what there is ---- */

typedef struct {
  CrId appointment;
  CrCheckOut *out;
} Load;

static void
free_hand_over (gpointer data)
{
  CrHandOver *paper = data;
  g_free (paper->code);
  g_free (paper->label);
  g_free (paper);
}

void
cr_check_out_free (CrCheckOut *self)
{
  g_ptr_array_unref (self->papers);
  g_ptr_array_unref (self->warnings);
  cr_appointment_free (self->follow_up);
  cr_appointment_free (self->next);
  g_free (self->returns);
  g_free (self);
}

static void
free_load (gpointer data)
{
  Load *load = data;
  g_clear_pointer (&load->out, cr_check_out_free);
  g_free (load);
}

static gboolean
is_given (const CrEncounter *encounter, const char *code)
{
  g_auto (GStrv) codes = g_strsplit (encounter->handed != NULL ? encounter->handed : "", ",", -1);
  return g_strv_contains ((const char *const *)codes, code);
}

static CrHandOver *
add_paper (CrCheckOut *out, const CrEncounter *encounter, const char *kind, CrId id, char *label)
{
  CrHandOver *paper = g_new0 (CrHandOver, 1);
  paper->code = id != CR_ID_NONE ? g_strdup_printf ("%s:%" G_GINT64_FORMAT, kind, id) : g_strdup (kind);
  paper->label = label;
  paper->id = id;
  paper->given = is_given (encounter, paper->code);
  g_ptr_array_add (out->papers, paper);
  return paper;
}

static void
warn (CrCheckOut *out, char *sentence)
{
  g_ptr_array_add (out->warnings, sentence);
}

static gboolean
is_of_visit (const CrEncounter *encounter, CrId encounter_id, CrDate written)
{
  return encounter_id != CR_ID_NONE ? encounter_id == encounter->id
                                    : cr_date_compare (written, encounter->date) == 0;
}

/* The drug is named to those alone who may read it. */
static gboolean
add_prescriptions (CrTx *tx, CrCheckOut *out, const CrEncounter *encounter, gboolean clinical, GError **error)
{
  g_autoptr (GPtrArray) list = cr_prescriptions (tx, encounter->patient_id, error);
  guint unsigned_ones = 0;
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const CrPrescription *rx = list->pdata[i];
    if (!is_of_visit (encounter, rx->encounter_id, rx->written_on))
      continue;
    unsigned_ones += rx->status == CR_RX_NEEDS_SIGNATURE ? 1 : 0;
    if (rx->status == CR_RX_SIGNED || rx->status == CR_RX_PRINTED || rx->status == CR_RX_HANDED_OVER)
      add_paper (out, encounter, "rx", rx->id,
                 clinical ? g_strdup_printf (_ ("Prescription %s, %s"), rx->number, rx->display)
                          : g_strdup_printf (_ ("Prescription %s"), rx->number));
  }
  if (unsigned_ones > 0)
    warn (out, g_strdup_printf (ngettext ("%u prescription is not signed yet.",
                                          "%u prescriptions are not signed yet.", unsigned_ones),
                                unsigned_ones));
  return list != NULL;
}

static gboolean
add_packets (CrTx *tx, CrCheckOut *out, const CrEncounter *encounter, GError **error)
{
  g_autoptr (GPtrArray) list = cr_referrals (tx, encounter->patient_id, error);
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const CrReferral *referral = list->pdata[i];
    if (!is_of_visit (encounter, referral->encounter_id, referral->ordered_on) ||
        referral->packet_id == CR_ID_NONE)
      continue;
    g_autoptr (CrPacket) packet = cr_packet_load (tx, referral->packet_id, error);
    if (packet == NULL)
      return FALSE;
    CrHandOver *paper = add_paper (out, encounter, "packet", referral->id,
                                   g_strdup_printf (_ ("Referral packet %s"), referral->number));
    paper->document = packet->document_id;
  }
  return list != NULL;
}

static gboolean
add_note_warnings (CrTx *tx, CrCheckOut *out, const CrEncounter *encounter, GError **error)
{
  g_autoptr (GPtrArray) notes = cr_notes (tx, encounter->patient_id, error);
  gboolean drafts = FALSE, plan = FALSE, any = FALSE;
  for (guint i = 0; notes != NULL && i < notes->len; i++) {
    const CrNote *note = notes->pdata[i];
    if (note->encounter_id != encounter->id || note->status == CR_NOTE_ERROR)
      continue;
    any = TRUE;
    drafts = drafts || note->status == CR_NOTE_DRAFT;
    plan = plan || !cr_str_empty (note->assessment_plan);
  }
  if (drafts)
    warn (out, g_strdup (_ ("The note of this visit is not signed yet.")));
  if (any && !plan)
    warn (out, g_strdup (_ ("The note of this visit has no plan yet.")));
  if (notes != NULL && !any)
    warn (out, g_strdup (_ ("There is no note of this visit yet.")));
  return notes != NULL;
}

static void
take_return (CrCheckOut *out, const CrEncounter *encounter, CrDate today)
{
  out->returns = cr_return_format (encounter->return_in, encounter->return_unit, encounter->return_note);
  out->return_on = cr_return_date (encounter->return_in, encounter->return_unit, today);
  out->returns_handled = encounter->return_handled_at != CR_INSTANT_NONE;
}

/* Visits come newest first, so the last one of each kind is the soonest. */
static gboolean
take_booked (CrTx *tx, CrCheckOut *out, const CrEncounter *encounter, GError **error)
{
  g_autoptr (GPtrArray) list = cr_appointments_for_patient (tx, encounter->patient_id, error);
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const CrAppointment *a = list->pdata[i];
    gboolean since = encounter->arrived_at != CR_INSTANT_NONE && a->booked_at >= encounter->arrived_at;
    CrAppointment **place = since ? &out->follow_up : &out->next;
    if (a->id == encounter->appointment_id || a->stage >= CR_STAGE_ARRIVED ||
        cr_date_compare (a->date, encounter->date) <= 0)
      continue;
    cr_appointment_free (*place);
    *place = cr_appointment_copy (a);
  }
  return list != NULL;
}

static CrEncounter *
begun_encounter (CrTx *tx, CrId appointment, GError **error)
{
  return cr_desk_encounter (tx, appointment,
                            _ ("This visit has not begun, so there is nothing to check out."), error);
}

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Load *load = data;
  g_autoptr (CrEncounter) encounter = begun_encounter (tx, load->appointment, error);
  g_autoptr (CrAppointment) a = cr_tx_load (tx, &CR_APPOINTMENT, load->appointment, error);
  g_autoptr (CrPatient) patient =
      encounter != NULL && a != NULL ? cr_tx_load (tx, &CR_PATIENT, encounter->patient_id, error) : NULL;
  if (patient == NULL)
    return FALSE;
  gint64 roles = cr_store_user_person (cr_tx_user (tx))->roles;
  gboolean clinical = cr_roles_allow (roles, CR_RIGHT_CLINICAL_VIEW) && !cr_tx_is_closed (tx, patient);
  CrCheckOut *out = load->out = g_new0 (CrCheckOut, 1);
  out->encounter_id = encounter->id;
  out->papers = g_ptr_array_new_with_free_func (free_hand_over);
  out->warnings = g_ptr_array_new_with_free_func (g_free);
  out->return_type = a->visit_type_id;
  take_return (out, encounter, cr_tx_today (tx));
  if (!take_booked (tx, out, encounter, error) || !add_packets (tx, out, encounter, error) ||
      !add_prescriptions (tx, out, encounter, clinical, error) ||
      !add_note_warnings (tx, out, encounter, error))
    return FALSE;
  add_paper (out, encounter, CARD, CR_ID_NONE, g_strdup (_ ("Appointment card")));
  return TRUE;
}

/* ---- checking out ---- */

typedef struct {
  CrId appointment, encounter;
  char *given; /* codes between commas */
  char *returns, *handled_how;
} Out;

static void
free_out (gpointer data)
{
  Out *out = data;
  g_free (out->given);
  g_free (out->returns);
  g_free (out->handled_how);
  g_free (out);
}

/* NULL: as it is. */
static gboolean
take_request (CrEncounter *encounter, const char *typed, GError **error)
{
  g_auto (CrReturn) request = { 0 };
  g_autofree char *problem = NULL;
  if (typed == NULL)
    return TRUE;
  if (!cr_return_parse (typed, &request, &problem))
    return cr_refuse (error, problem);
  encounter->return_in = request.n;
  g_free (encounter->return_unit);
  g_free (encounter->return_note);
  encounter->return_unit = g_strdup (request.unit);
  encounter->return_note = g_steal_pointer (&request.note);
  if (request.n == CR_INT_NONE) {
    encounter->return_handled_at = CR_INSTANT_NONE;
    g_clear_pointer (&encounter->return_handled_how, g_free);
  }
  return TRUE;
}

static gboolean
hand_over (CrTx *tx, const Out *out, GError **error)
{
  g_autoptr (CrEncounter) before = begun_encounter (tx, out->appointment, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (CrEncounter) after = cr_encounter_copy (before);
  g_free (after->handed);
  after->handed = cr_str_empty (out->given) ? NULL : g_strdup (out->given);
  if (!take_request (after, out->returns, error))
    return FALSE;
  if (out->handled_how != NULL && after->return_in != CR_INT_NONE) {
    after->return_handled_at = cr_tx_now (tx);
    g_free (after->return_handled_how);
    after->return_handled_how = g_strdup (out->handled_how);
  }
  return cr_desk_save (tx, &CR_ENCOUNTER, before, after, error);
}

static gboolean
check_out (CrBook *book, gpointer data, char **label, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  const Out *out = data;
  return hand_over (tx, out, error) &&
         cr_visit_set_stage (book, out->appointment, CR_STAGE_CHECKED_OUT, CR_ID_NONE, NULL, label, error);
}

/* The doctor's words, from the note. */
static gboolean
set_return (CrTx *tx, gpointer data, GError **error)
{
  const Out *out = data;
  g_autoptr (CrEncounter) encounter = cr_tx_load (tx, &CR_ENCOUNTER, out->encounter, error);
  return encounter != NULL && take_request (encounter, out->returns, error) &&
         cr_tx_save (tx, &CR_ENCOUNTER, encounter, error);
}

/* ---- public ---- */

void
cr_check_out_load_async (CrSession *session, CrId appointment, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Load *load = g_new0 (Load, 1);
  load->appointment = appointment;
  cr_desk_read_start (session, CR_RIGHT_SCHEDULE_EDIT, load_job, load, free_load, cb, data);
}

CrCheckOut *
cr_check_out_load_finish (CrSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  Load *load = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&load->out) : NULL;
}

void
cr_day_schedule_check_out_async (CrDaySchedule *self, CrId appointment, const CrCheckedOut *out,
                                 GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  Out *copy = g_new0 (Out, 1);
  *copy = (Out){ appointment, CR_ID_NONE, g_strjoinv (",", (char **)out->given), g_strdup (out->returns),
                 g_strdup (out->handled_how) };
  cr_desk_action_start (self, check_out, copy, free_out, cb, data);
}

void
cr_encounter_set_return_async (CrSession *session, CrId encounter, const char *typed, GAsyncReadyCallback cb,
                               gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Out *out = g_new0 (Out, 1);
  *out = (Out){ CR_ID_NONE, encounter, NULL, g_strdup (typed), NULL };
  CrRight right =
      cr_session_can (session, CR_RIGHT_NOTE_WRITE) ? CR_RIGHT_NOTE_WRITE : CR_RIGHT_SCHEDULE_EDIT;
  cr_session_run_async (session, right, set_return, out, free_out, cb, data);
}
