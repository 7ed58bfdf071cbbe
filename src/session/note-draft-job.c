#include "note-draft-job.h"
#include "chart-private.h"
#include "job-rules.h"
#include <glib/gi18n.h>

/* ---- opening ---- */

static gboolean
is_draft_of (const CrNote *note, CrId author, CrId encounter, CrDate today)
{
  gboolean of_visit = encounter != CR_ID_NONE && note->encounter_id == encounter;
  return note->status == CR_NOTE_DRAFT && note->author_id == author &&
         (of_visit || cr_date_compare (note->date, today) == 0);
}

static CrNote *
find_draft (GPtrArray *notes, CrId author, CrId encounter, CrDate today)
{
  for (guint i = 0; i < notes->len; i++)
    if (is_draft_of (notes->pdata[i], author, encounter, today))
      return cr_note_copy (notes->pdata[i]);
  return NULL;
}

static CrNote *
new_note (CrTx *tx, CrId patient_id, CrId encounter_id, GError **error)
{
  g_autoptr (CrNote) note = cr_note_new ();
  g_autoptr (CrEncounter) encounter = NULL;
  if (encounter_id != CR_ID_NONE) {
    encounter = cr_tx_load (tx, &CR_ENCOUNTER, encounter_id, error);
    if (encounter == NULL)
      return NULL;
  }
  note->id = cr_tx_new_id (tx);
  note->patient_id = patient_id;
  note->encounter_id = encounter_id;
  note->author_id = cr_tx_person (tx);
  note->date = cr_tx_today (tx);
  note->title = g_strdup (encounter != NULL && encounter->kind != NULL ? encounter->kind : _ ("Visit note"));
  note->reason = encounter != NULL ? g_strdup (encounter->reason) : NULL;
  return g_steal_pointer (&note);
}

static CrNote *
open_todays (CrTx *tx, CrId patient_id, GError **error)
{
  CrId encounter = CR_ID_NONE;
  CrDate today = cr_tx_today (tx);
  g_autoptr (GPtrArray) notes = cr_notes (tx, patient_id, error);
  if (notes == NULL || !cr_chart_find_encounter (tx, patient_id, today, &encounter, error))
    return NULL;
  CrNote *note = find_draft (notes, cr_tx_person (tx), encounter, today);
  return note != NULL ? note : new_note (tx, patient_id, encounter, error);
}

/* A draft belongs to its author; two people never write one note. */
static gboolean
check_author (CrTx *tx, const CrNote *note, GError **error)
{
  if (note->author_id == cr_tx_person (tx))
    return TRUE;
  g_autoptr (CrPerson) author = cr_tx_load (tx, &CR_PERSON, note->author_id, error);
  if (author == NULL)
    return FALSE;
  g_autofree char *name = cr_person_short (author);
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
               _ ("%s is writing this note. Only its author can change it."), name);
  return FALSE;
}

static gboolean
check_open (CrTx *tx, const CrNote *note, CrId patient_id, GError **error)
{
  if (!cr_tx_is_of_person (tx, note->patient_id, patient_id,
                           _ ("This note belongs to another patient's chart. Open that chart."), error))
    return FALSE;
  if (note->status != CR_NOTE_DRAFT)
    return cr_refuse (error, _ ("This note is signed and cannot be changed. Write an addendum."));
  return check_author (tx, note, error);
}

gboolean
cr_note_open_job (CrTx *tx, gpointer data, GError **error)
{
  CrNoteOpening *opening = data;
  if (opening->note_id == CR_ID_NONE)
    opening->note = open_todays (tx, opening->patient_id, error);
  else
    opening->note = cr_tx_load (tx, &CR_NOTE, opening->note_id, error);
  return opening->note != NULL && check_open (tx, opening->note, opening->patient_id, error);
}

void
cr_note_opening_free (gpointer data)
{
  CrNoteOpening *opening = data;
  cr_note_free (opening->note);
  g_free (opening);
}

/* ---- saving ---- */

/* NULL without error: not stored yet. */
static CrNote *
load_stored (CrTx *tx, CrId id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  CrNote *stored = cr_tx_load (tx, &CR_NOTE, id, &failure);
  if (failure != NULL && !g_error_matches (failure, CR_ERROR, CR_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));
  return stored;
}

static gboolean
is_own (const CrNoteSaving *self, const CrNote *stored)
{
  if (stored->status != CR_NOTE_DRAFT)
    return FALSE;
  return stored->version == self->note->version ||
         (self->sent != NULL && cr_note_same_text (stored, self->sent));
}

static gboolean
meet_stored (CrTx *tx, CrNoteSaving *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrNote) stored = load_stored (tx, self->note->id, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (stored == NULL || is_own (self, stored)) {
    self->note->version = stored != NULL ? stored->version : 0;
    return TRUE;
  }
  self->other = g_steal_pointer (&stored);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT,
                       _ ("This note was changed somewhere else meanwhile."));
  return FALSE;
}

gboolean
cr_note_save_job (CrTx *tx, gpointer data, GError **error)
{
  CrNoteSaving *self = data;
  if (!check_author (tx, self->note, error) || !meet_stored (tx, self, error))
    return FALSE;
  self->note->saved_at = cr_tx_now (tx);
  return cr_tx_save (tx, &CR_NOTE, self->note, error);
}

/* ---- signing ---- */

static gboolean
check_complete (const CrNote *note, GError **error)
{
  if (cr_note_is_empty (note))
    return cr_refuse (error, _ ("The note is empty. Write something before you sign it."));
  if (cr_note_has_unfilled_fields (note))
    return cr_refuse (error,
                      _ ("Some fields of the note are not filled in yet. Fill them in before you sign it."));
  return TRUE;
}

static gboolean
put_signature (CrTx *tx, CrNote *note, GError **error)
{
  note->status = CR_NOTE_SIGNED;
  note->saved_at = note->signed_at = cr_tx_now (tx);
  g_free (note->signed_name);
  note->signed_name = cr_person_formal (cr_store_user_person (cr_tx_user (tx)));
  g_autoptr (GBytes) canonical = cr_note_canonical (note);
  return cr_tx_sign (tx, canonical, &note->hash, &note->signature, &note->public_key, error);
}

gboolean
cr_note_sign_job (CrTx *tx, gpointer data, GError **error)
{
  CrNoteSaving *self = data;
  CrNote *note = self->note;
  if (!check_author (tx, note, error) || !check_complete (note, error) || !meet_stored (tx, self, error))
    return FALSE;
  if (note->encounter_id == CR_ID_NONE &&
      !cr_chart_find_encounter (tx, note->patient_id, note->date, &note->encounter_id, error))
    return FALSE;
  return put_signature (tx, note, error) && cr_tx_save (tx, &CR_NOTE, note, error) &&
         cr_tx_audit (tx, "sign", CR_NOTE.name, note->id, note->patient_id, note->hash, error);
}

CrNoteSaving *
cr_note_saving_new (const CrNote *note, const CrNote *sent)
{
  CrNoteSaving *self = g_new0 (CrNoteSaving, 1);
  self->note = cr_note_copy (note);
  self->sent = sent != NULL ? cr_note_copy (sent) : NULL;
  return self;
}

void
cr_note_saving_free (CrNoteSaving *self)
{
  cr_note_free (self->note);
  cr_note_free (self->sent);
  cr_note_free (self->other);
  g_free (self);
}

gboolean
cr_note_same_text (const CrNote *a, const CrNote *b)
{
  return g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->reason, b->reason) == 0 &&
         g_strcmp0 (a->subjective, b->subjective) == 0 && g_strcmp0 (a->objective, b->objective) == 0 &&
         g_strcmp0 (a->assessment_plan, b->assessment_plan) == 0;
}
