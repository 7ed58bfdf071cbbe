/* What happens to a note after it was signed: addenda, entered in error, and whether its signature still
 * holds. */
#include "chart-change.h"
#include "chartroom/base/text.h"
#include "chartroom/session/note-draft.h"
#include <glib/gi18n.h>

static gboolean
check_note (CrTx *tx, const CrNote *note, CrId patient_id, GError **error)
{
  if (!cr_tx_is_of_person (tx, note->patient_id, patient_id,
                           _ ("This note belongs to another patient's chart. Open that chart."), error))
    return FALSE;
  if (note->status == CR_NOTE_ERROR)
    return cr_refuse (error, _ ("This note was marked as entered in error."));
  return TRUE;
}

static gboolean
sign_addendum (CrTx *tx, CrAddendum *addendum, GError **error)
{
  addendum->status = CR_NOTE_SIGNED;
  addendum->saved_at = addendum->signed_at = cr_tx_now (tx);
  addendum->signed_name = cr_person_formal (cr_store_user_person (cr_tx_user (tx)));
  g_autoptr (GBytes) canonical = cr_addendum_canonical (addendum);
  return cr_tx_sign (tx, canonical, &addendum->hash, &addendum->signature, &addendum->public_key, error) &&
         cr_tx_save (tx, &CR_ADDENDUM, addendum, error) &&
         cr_tx_audit (tx, "sign", CR_ADDENDUM.name, addendum->id, addendum->patient_id, addendum->hash,
                      error);
}

static gboolean
add_addendum_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  CrAddendum *addendum = change->record;
  if (!cr_require_text (addendum->text, _ ("The addendum is empty. Write something before you sign it."),
                        error))
    return FALSE;
  g_autoptr (CrNote) note = cr_tx_load (tx, &CR_NOTE, addendum->note_id, error);
  if (note == NULL || !check_note (tx, note, change->patient_id, error))
    return FALSE;
  if (note->status == CR_NOTE_DRAFT)
    return cr_refuse (error, _ ("This note is not signed yet. Change its text instead of adding to it."));
  addendum->id = cr_tx_new_id (tx);
  addendum->patient_id = note->patient_id;
  addendum->author_id = cr_tx_person (tx);
  return sign_addendum (tx, addendum, error);
}

/* One's own draft may be withdrawn by whoever may write it; anything else takes the right to sign. */
static gboolean
may_withdraw (CrTx *tx, const CrNote *note, GError **error)
{
  gboolean own_draft = note->status == CR_NOTE_DRAFT && note->author_id == cr_tx_person (tx);
  return own_draft || cr_tx_require (tx, CR_RIGHT_SIGN, error);
}

static gboolean
note_in_error_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  if (!cr_require_text (change->reason, _ ("Say why the note is marked as entered in error."), error))
    return FALSE;
  g_autoptr (CrNote) note = cr_tx_load (tx, &CR_NOTE, change->id, error);
  if (note == NULL || !check_note (tx, note, change->patient_id, error) || !may_withdraw (tx, note, error))
    return FALSE;
  g_autofree char *reason = cr_text_trim (change->reason);
  note->status = CR_NOTE_ERROR;
  return cr_tx_save (tx, &CR_NOTE, note, error) &&
         cr_tx_audit (tx, "entered-in-error", CR_NOTE.name, note->id, note->patient_id, reason, error);
}

void
cr_chart_add_addendum_async (CrChart *chart, CrId note, const char *text, GAsyncReadyCallback cb,
                             gpointer data)
{
  g_return_if_fail (CR_IS_CHART (chart));
  g_autoptr (CrAddendum) addendum = cr_addendum_new ();
  addendum->note_id = note;
  addendum->text = g_strdup (text);
  CrChartChange *change = cr_chart_change_new (chart, &CR_ADDENDUM, addendum);
  cr_chart_change_start (chart, CR_RIGHT_SIGN, add_addendum_job, change, cb, data);
}

void
cr_chart_note_in_error_async (CrChart *chart, CrId note, const char *reason, GAsyncReadyCallback cb,
                              gpointer data)
{
  g_return_if_fail (CR_IS_CHART (chart));
  CrChartChange *change = cr_chart_change_new (chart, &CR_NOTE, NULL);
  change->id = note;
  change->reason = g_strdup (reason);
  cr_chart_change_start (chart, CR_RIGHT_NOTE_WRITE, note_in_error_job, change, cb, data);
}

gboolean
cr_note_verify (const CrNote *note)
{
  if (note->signature == NULL)
    return FALSE;
  g_autoptr (GBytes) canonical = cr_note_canonical (note);
  return cr_signature_holds (canonical, note->hash, note->signature, note->public_key);
}

gboolean
cr_addendum_verify (const CrAddendum *addendum)
{
  if (addendum->signature == NULL)
    return FALSE;
  g_autoptr (GBytes) canonical = cr_addendum_canonical (addendum);
  return cr_signature_holds (canonical, addendum->hash, addendum->signature, addendum->public_key);
}
