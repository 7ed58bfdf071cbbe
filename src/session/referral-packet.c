/* Freezing a packet, and reading the frozen one. */
#include "chartroom/session/referral-work.h"
#include "chartroom/session/visit-desk.h"
#include "job-rules.h"
#include "referral-order.h"
#include "restricted.h"
#include <glib/gi18n.h>

typedef struct {
  CrId referral_id;
  GBytes *pdf;
  int pages;
  char *contents;
} Freezing;

typedef struct {
  CrId referral_id;
  CrId appointment; /* whose visit the referral must belong to; none: of any */
  char *purpose;
  GBytes *pdf; /* result */
  int prints;  /* result: how often it was printed before */
} Reading;

typedef struct {
  CrReferralSaving saving;
  CrReferralCompose compose;
  gpointer data;
} Ordering;

static void
free_freezing (gpointer data)
{
  Freezing *self = data;
  g_bytes_unref (self->pdf);
  g_free (self->contents);
  g_free (self);
}

static void
free_reading (gpointer data)
{
  Reading *self = data;
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->purpose);
  g_free (self);
}

/* ---- freezing ---- */

static gboolean
check_stage (const CrReferral *referral, GError **error)
{
  if (referral->stage == CR_REF_ORDERED || referral->stage == CR_REF_PACKET_READY ||
      referral->stage == CR_REF_REDIRECTED)
    return TRUE;
  return cr_refuse (error, referral->stage == CR_REF_DRAFT
                               ? _ ("This referral is not ordered yet. A prescriber signs the order first.")
                               : _ ("This referral was sent or closed already. Its packet stays as it is."));
}

static CrDocument *
store_document (CrTx *tx, const CrReferral *referral, const Freezing *self, GError **error)
{
  g_autoptr (CrDocument) document = cr_document_new ();
  document->patient_id = referral->patient_id;
  document->encounter_id = referral->encounter_id;
  document->kind = g_strdup ("packet");
  document->title =
      referral->specialty != NULL
          ? g_strdup_printf (_ ("Referral packet %s, %s"), referral->number, referral->specialty)
          : g_strdup_printf (_ ("Referral packet %s"), referral->number);
  document->mime = g_strdup ("application/pdf");
  document->dated = cr_tx_today (tx);
  return cr_document_add (tx, document, self->pdf, error) ? g_steal_pointer (&document) : NULL;
}

static CrPacket *
store_packet (CrTx *tx, const CrReferral *referral, const CrDocument *document, const Freezing *self,
              GError **error)
{
  g_autoptr (CrPacket) packet = cr_packet_new ();
  packet->patient_id = referral->patient_id;
  packet->referral_id = referral->id;
  packet->document_id = document->id;
  packet->frozen_by = cr_tx_person (tx);
  packet->frozen_at = cr_tx_now (tx);
  packet->pages = self->pages;
  packet->hash = cr_content_hash (self->pdf);
  packet->contents = g_strdup (self->contents);
  packet->prints = packet->exports = 0;
  return cr_tx_save (tx, &CR_PACKET, packet, error) ? g_steal_pointer (&packet) : NULL;
}

static gboolean
freeze_job (CrTx *tx, gpointer data, GError **error)
{
  const Freezing *self = data;
  g_autoptr (CrReferral) referral = cr_tx_load (tx, &CR_REFERRAL, self->referral_id, error);
  if (referral == NULL || !cr_tx_require_chart (tx, referral->patient_id, error) ||
      !check_stage (referral, error))
    return FALSE;
  g_autoptr (CrDocument) document = store_document (tx, referral, self, error);
  g_autoptr (CrPacket) packet = document != NULL ? store_packet (tx, referral, document, self, error) : NULL;
  if (packet == NULL)
    return FALSE;
  g_autofree char *note =
      g_strdup_printf (ngettext ("%d page", "%d pages", (gulong)self->pages), self->pages);
  referral->packet_id = packet->id;
  return cr_referral_enter_stage (tx, referral, CR_REF_PACKET_READY, note, error) &&
         cr_tx_audit (tx, "freeze", CR_PACKET.name, packet->id, packet->patient_id, packet->hash, error);
}

static void
count_use (CrPacket *packet, const char *purpose)
{
  gint64 *uses = g_str_equal (purpose, "print") ? &packet->prints : &packet->exports;
  if (!g_str_equal (purpose, "view"))
    *uses = *uses == CR_INT_NONE ? 1 : *uses + 1;
}

/* ---- order and packet in one ---- */

static gboolean
record_export (CrTx *tx, const CrReferral *referral, GError **error)
{
  g_autoptr (CrPacket) packet = cr_packet_load (tx, referral->packet_id, error);
  if (packet == NULL)
    return FALSE;
  g_autofree char *detail =
      g_strdup_printf ("%s, %d pages, %s", referral->number, (int)packet->pages, packet->hash);
  count_use (packet, "export");
  return cr_tx_save (tx, &CR_PACKET, packet, error) &&
         cr_tx_audit (tx, "export", CR_PACKET.name, packet->id, packet->patient_id, detail, error);
}

static gboolean
order_frozen_job (CrTx *tx, gpointer data, GError **error)
{
  Ordering *self = data;
  Freezing freezing = { 0 };
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *contents = NULL;
  if (!cr_tx_require_chart (tx, self->saving.referral->patient_id, error) ||
      !cr_referral_order_job (tx, &self->saving, error))
    return FALSE;
  pdf = self->compose (self->saving.referral, &freezing.pages, &contents, self->data, error);
  freezing.referral_id = self->saving.referral->id;
  freezing.pdf = pdf;
  freezing.contents = contents;
  if (pdf == NULL || !freeze_job (tx, &freezing, error))
    return FALSE;
  g_autoptr (CrReferral) frozen = cr_tx_load (tx, &CR_REFERRAL, freezing.referral_id, error);
  return frozen != NULL && record_export (tx, frozen, error);
}

/* ---- reading ---- */

static gboolean
check_hash (const CrPacket *packet, const CrReferral *referral, GBytes *pdf, GError **error)
{
  g_autofree char *hash = cr_content_hash (pdf);
  if (g_strcmp0 (hash, packet->hash) == 0)
    return TRUE;
  g_set_error (
      error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
      _ ("The stored packet of %s is not the one that was frozen: its hash differs. Do not send it; run the "
         "store's check and restore a backup."),
      referral->number);
  return FALSE;
}

static gboolean
read_packet (CrTx *tx, Reading *self, const CrReferral *referral, CrPacket *packet, GError **error)
{
  g_autoptr (CrDocument) document = cr_tx_load (tx, &CR_DOCUMENT, packet->document_id, error);
  g_autoptr (GBytes) pdf = document != NULL ? cr_document_content (tx, document, error) : NULL;
  if (pdf == NULL || !check_hash (packet, referral, pdf, error))
    return FALSE;
  g_autofree char *detail =
      g_strdup_printf ("%s, %d pages, %s", referral->number, (int)packet->pages, packet->hash);
  self->prints = packet->prints == CR_INT_NONE ? 0 : (int)packet->prints;
  count_use (packet, self->purpose);
  self->pdf = g_steal_pointer (&pdf);
  return cr_tx_save (tx, &CR_PACKET, packet, error) &&
         cr_tx_audit (tx, self->purpose, CR_PACKET.name, packet->id, packet->patient_id, detail, error);
}

static gboolean
read_job (CrTx *tx, gpointer data, GError **error)
{
  Reading *self = data;
  g_autoptr (CrReferral) referral = cr_tx_load (tx, &CR_REFERRAL, self->referral_id, error);
  if (referral == NULL || !cr_tx_require_chart (tx, referral->patient_id, error))
    return FALSE;
  if (referral->packet_id == CR_ID_NONE)
    return cr_refuse (error, _ ("This referral has no frozen packet yet. Compose and freeze it first."));
  g_autoptr (CrPacket) packet = cr_packet_load (tx, referral->packet_id, error);
  return packet != NULL && read_packet (tx, self, referral, packet, error);
}

/* Ordered at that visit, or on its day. */
static gboolean
check_visit (CrTx *tx, const Reading *self, GError **error)
{
  g_autoptr (CrReferral) referral = cr_tx_load (tx, &CR_REFERRAL, self->referral_id, error);
  g_autoptr (CrEncounter) encounter =
      referral != NULL ? cr_encounter_for_appointment (tx, self->appointment, error) : NULL;
  gboolean own =
      encounter != NULL && encounter->patient_id == referral->patient_id &&
      (referral->encounter_id != CR_ID_NONE ? referral->encounter_id == encounter->id
                                            : cr_date_compare (referral->ordered_on, encounter->date) == 0);
  if (!own && referral != NULL && (error == NULL || *error == NULL))
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                         _ ("This packet is not of this visit. Whoever works on referrals can print it."));
  return own;
}

static gboolean
hand_over_job (CrTx *tx, gpointer data, GError **error)
{
  return check_visit (tx, data, error) && read_job (tx, data, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Reading *self = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&self->pdf), (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
cr_referral_freeze_async (CrSession *session, CrId referral, GBytes *pdf, int pages,
                          const char *contents_json, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Freezing *self = g_new0 (Freezing, 1);
  *self = (Freezing){ referral, g_bytes_ref (pdf), pages, g_strdup (contents_json) };
  cr_session_run_async (session, CR_RIGHT_REFERRAL_WORK, freeze_job, self, free_freezing, cb, data);
}

gboolean
cr_referral_order_frozen (CrSession *session, const CrReferral *draft, CrReferralCompose compose,
                          gpointer data, GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (session), FALSE);
  g_autoptr (CrReferral) order = cr_referral_copy (draft);
  Ordering self = { { order }, compose, data };
  return cr_session_require (session, CR_RIGHT_REFERRAL_WORK, error) &&
         cr_session_require (session, CR_RIGHT_EXPORT, error) &&
         cr_session_run (session, CR_RIGHT_SIGN, order_frozen_job, &self, error);
}

void
cr_referral_packet_async (CrSession *session, CrId referral, const char *purpose, GAsyncReadyCallback cb,
                          gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  g_return_if_fail (g_str_equal (purpose, "print") || g_str_equal (purpose, "export") ||
                    g_str_equal (purpose, "view"));
  CrRight right = g_str_equal (purpose, "view") ? CR_RIGHT_CLINICAL_VIEW : CR_RIGHT_EXPORT;
  GTask *task = g_task_new (session, NULL, cb, data);
  Reading *self = g_new0 (Reading, 1);
  self->referral_id = referral;
  self->purpose = g_strdup (purpose);
  g_task_set_task_data (task, self, free_reading);
  cr_session_run_async (session, right, read_job, self, NULL, read_cb, task);
}

GBytes *
cr_referral_packet_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

GBytes *
cr_referral_packet_earlier_finish (GAsyncResult *result, int *prints, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  const Reading *self = g_task_get_task_data (G_TASK (result));
  *prints = self->prints;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cr_check_out_packet_async (CrSession *session, CrId appointment, CrId referral, const char *purpose,
                           GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  g_return_if_fail (g_str_equal (purpose, "print") || g_str_equal (purpose, "view"));
  GTask *task = g_task_new (session, NULL, cb, data);
  Reading *self = g_new0 (Reading, 1);
  self->referral_id = referral;
  self->appointment = appointment;
  self->purpose = g_strdup (purpose);
  g_task_set_task_data (task, self, free_reading);
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_EDIT, hand_over_job, self, NULL, read_cb, task);
}
