#include "referral-order.h"
#include "chartroom/base/text.h"
#include "chartroom/session/referral-work.h"
#include "job-rules.h"
#include <glib/gi18n.h>

static gboolean
check_complete (const CrReferral *referral, GError **error)
{
  g_autoptr (GPtrArray) problems = cr_referral_problems (referral);
  return problems->len == 0 || cr_refuse (error, problems->pdata[0]);
}

/* Nobody ordered, closed or sent it since the form was opened. */
static gboolean
check_draft (CrTx *tx, const CrReferral *referral, GError **error)
{
  if (referral->version == 0)
    return TRUE;
  g_autoptr (CrReferral) stored = cr_tx_load (tx, &CR_REFERRAL, referral->id, error);
  if (stored == NULL)
    return FALSE;
  return stored->stage == CR_REF_DRAFT ||
         cr_refuse (error, _ ("This referral was ordered or closed meanwhile. Reload the list."));
}

static gboolean
put_signature (CrTx *tx, CrReferral *r, GError **error)
{
  const CrPerson *person = cr_store_user_person (cr_tx_user (tx));
  r->id = r->id != CR_ID_NONE ? r->id : cr_tx_new_id (tx);
  r->author_id = person->id;
  r->ordered_on = cr_tx_today (tx);
  r->due_on = cr_referral_due (r->urgency, r->ordered_on);
  r->signed_at = cr_tx_now (tx);
  g_free (r->signed_name);
  r->signed_name = cr_person_formal (person);
  if (r->number == NULL)
    r->number = cr_referral_next_number (tx, error);
  if (r->number == NULL)
    return FALSE;
  g_autoptr (GBytes) canonical = cr_referral_canonical (r);
  return cr_tx_sign (tx, canonical, &r->hash, &r->signature, &r->public_key, error);
}

gboolean
cr_referral_order_job (CrTx *tx, gpointer data, GError **error)
{
  CrReferral *r = ((CrReferralSaving *)data)->referral;
  return check_complete (r, error) && check_draft (tx, r, error) && put_signature (tx, r, error) &&
         cr_referral_enter_stage (tx, r, CR_REF_ORDERED, NULL, error) &&
         cr_tx_audit (tx, "sign", CR_REFERRAL.name, r->id, r->patient_id, r->hash, error);
}

gboolean
cr_referral_keep_job (CrTx *tx, gpointer data, GError **error)
{
  CrReferral *r = ((CrReferralSaving *)data)->referral;
  if (!check_complete (r, error) || !check_draft (tx, r, error))
    return FALSE;
  if (r->version == 0)
    r->author_id = cr_tx_person (tx);
  r->stage = CR_REF_DRAFT;
  r->stage_at = cr_tx_now (tx);
  return cr_tx_save (tx, &CR_REFERRAL, r, error);
}

static gboolean
check_letter (const CrReferral *stored, const CrReferral *mine, GError **error)
{
  if (stored->stage > CR_REF_PACKET_READY)
    return cr_refuse (error, _ ("This referral was sent or closed; its letter cannot be changed any more."));
  if (stored->version == mine->version)
    return TRUE;
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_CONFLICT,
      _ ("This referral was changed by somebody else meanwhile. Open it again; what you typed is still "
         "here."));
  return FALSE;
}

static void
take (char **to, const char *from)
{
  g_free (*to);
  *to = g_strdup (from);
}

gboolean
cr_referral_letter_job (CrTx *tx, gpointer data, GError **error)
{
  CrReferralSaving *self = data;
  const CrReferral *mine = self->referral;
  g_autoptr (CrReferral) stored = cr_tx_load (tx, &CR_REFERRAL, mine->id, error);
  if (stored == NULL || !check_letter (stored, mine, error))
    return FALSE;
  stored->contact_id = mine->contact_id;
  take (&stored->reason, mine->reason);
  take (&stored->history, mine->history);
  take (&stored->done, mine->done);
  take (&stored->wants, mine->wants);
  take (&stored->needs, mine->needs);
  if (!cr_tx_save (tx, &CR_REFERRAL, stored, error))
    return FALSE;
  cr_referral_free (self->referral);
  self->referral = g_steal_pointer (&stored);
  return TRUE;
}

gboolean
cr_referral_enter_stage (CrTx *tx, CrReferral *referral, int stage, const char *note, GError **error)
{
  g_autoptr (CrReferralEvent) event = cr_referral_event_new ();
  referral->stage = stage;
  referral->stage_at = cr_tx_now (tx);
  if (!cr_tx_save (tx, &CR_REFERRAL, referral, error))
    return FALSE;
  event->patient_id = referral->patient_id;
  event->referral_id = referral->id;
  event->person_id = cr_tx_person (tx);
  event->stage = stage;
  event->at = cr_tx_now (tx);
  event->note = cr_text_trim (note);
  return cr_tx_save (tx, &CR_REFERRAL_EVENT, event, error);
}

void
cr_referral_saving_free (gpointer data)
{
  CrReferralSaving *self = data;
  cr_referral_free (self->referral);
  g_free (self);
}

gboolean
cr_referral_verify (const CrReferral *referral)
{
  if (referral->signature == NULL)
    return FALSE;
  g_autoptr (GBytes) canonical = cr_referral_canonical (referral);
  return cr_signature_holds (canonical, referral->hash, referral->signature, referral->public_key);
}
