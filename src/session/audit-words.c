/* The codes of the audit in words. */
#include "chartroom/session/audit.h"
#include <glib/gi18n.h>

static const struct {
  const char *code, *words;
} WORDS[] = {
  /* what was done */
  { "view", N_ ("opened") },
  { "print", N_ ("printed") },
  { "export", N_ ("exported") },
  { "sign", N_ ("signed") },
  { "sign-in", N_ ("signed in") },
  { "sign-out", N_ ("signed out") },
  { "sign-in-failed", N_ ("sign-in refused") },
  { "unlock-failed", N_ ("unlocking refused") },
  { "password-refused", N_ ("present password refused") },
  { "create", N_ ("created") },
  { "change", N_ ("changed") },
  { "search", N_ ("searched") },
  { "find", N_ ("searched") },
  { "freeze", N_ ("packet frozen") },
  { "alert", N_ ("alert answered") },
  { "verify", N_ ("verified") },
  { "read-audit", N_ ("audit read") },
  { "prove-backup", N_ ("backup restored and verified") },
  { "recover", N_ ("password set by the recovery sheet") },
  { "older-copy", N_ ("older copy opened") },
  { "move-away", N_ ("moved to another chart") },
  { "move-here", N_ ("moved here from another chart") },
  { "break-glass", N_ ("restricted chart opened") },
  { "restrict", N_ ("chart restricted") },
  { "lift-restriction", N_ ("restriction lifted") },
  { "identity-refused", N_ ("identity answered wrong") },
  { "entered-in-error", N_ ("marked as entered in error") },
  { "not-the-same-person", N_ ("not the same person") },
  { "add-person", N_ ("person added") },
  { "remove-person", N_ ("access taken away") },
  { "set-password", N_ ("password set") },
  { "set-pin", N_ ("PIN set") },
  { "remove-pin", N_ ("PIN removed") },
  { "rotation", N_ ("keys changed") },
  { "new-recovery-sheet", N_ ("new recovery sheet") },
  { "rotation-interrupted", N_ ("change of keys interrupted") },
  { "remove-former", N_ ("database of former keys removed") },
  { "clock-set-back", N_ ("clock was set back") },
  { "lost", N_ ("entry lost") },
  { "salvage", N_ ("salvaged from a damaged practice") },
  /* to what */
  { "addendum", N_ ("addendum") },
  { "allergy", N_ ("allergy") },
  { "audit", N_ ("audit") },
  { "appointment", N_ ("appointment") },
  { "backup", N_ ("backup") },
  { "backup_target", N_ ("place for backups") },
  { "code", N_ ("code") },
  { "consent", N_ ("consent") },
  { "contact", N_ ("outside contact") },
  { "contact_point", N_ ("phone or address") },
  { "coverage", N_ ("insurance") },
  { "directive", N_ ("directive") },
  { "document", N_ ("document") },
  { "encounter", N_ ("visit") },
  { "family_history", N_ ("family history") },
  { "hours", N_ ("hours") },
  { "immunization", N_ ("immunization") },
  { "medication", N_ ("medication") },
  { "note", N_ ("note") },
  { "observation", N_ ("vital sign or result") },
  { "packet", N_ ("packet") },
  { "patient", N_ ("patient") },
  { "patient_name", N_ ("name") },
  { "person", N_ ("person") },
  { "practice", N_ ("practice") },
  { "preference", N_ ("preference") },
  { "prescription", N_ ("prescription") },
  { "problem", N_ ("problem") },
  { "procedure", N_ ("procedure") },
  { "recovery-sheet", N_ ("recovery sheet") },
  { "referral", N_ ("referral") },
  { "referral_event", N_ ("step of a referral") },
  { "related_person", N_ ("related person") },
  { "room", N_ ("room") },
  { "schedule_exception", N_ ("exception to the hours") },
  { "social_history", N_ ("social history") },
  { "task", N_ ("task") },
  { "visit_type", N_ ("visit type") },
};

const char *
cr_admin_audit_words (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_strcmp0 (code, WORDS[i].code) == 0)
      return _ (WORDS[i].words);
  return code;
}

/* ---- what was changed ---- */

static const struct {
  const char *field, *words;
} FIELDS[] = {
  { "active", N_ ("in use") },
  { "address", N_ ("address") },
  { "allergy_reviewed_at", N_ ("allergies reviewed at") },
  { "allergy_reviewed_by", N_ ("allergies reviewed by") },
  { "allergy_status", N_ ("allergies known") },
  { "arrived_at", N_ ("arrived at") },
  { "assessment_plan", N_ ("assessment and plan") },
  { "assignee_id", N_ ("assigned to") },
  { "birth_date", N_ ("date of birth") },
  { "cancel_reason", N_ ("reason for cancelling") },
  { "checked_out_at", N_ ("checked out at") },
  { "city", N_ ("city") },
  { "done_at", N_ ("done at") },
  { "due_on", N_ ("due on") },
  { "email", N_ ("email") },
  { "encounter_id", N_ ("visit") },
  { "family", N_ ("family name") },
  { "given", N_ ("given name") },
  { "minutes", N_ ("length") },
  { "note", N_ ("note") },
  { "objective", N_ ("objective") },
  { "person_id", N_ ("person") },
  { "phone", N_ ("phone") },
  { "preferred", N_ ("preferred name") },
  { "printed_at", N_ ("printed at") },
  { "prints", N_ ("times printed") },
  { "reactions", N_ ("reactions") },
  { "ready_at", N_ ("ready at") },
  { "reason", N_ ("reason") },
  { "removed_at", N_ ("removed at") },
  { "reviewed_at", N_ ("reviewed at") },
  { "reviewed_by", N_ ("reviewed by") },
  { "room_id", N_ ("room") },
  { "roomed_at", N_ ("roomed at") },
  { "saved_at", N_ ("saved at") },
  { "sex", N_ ("sex") },
  { "signature", N_ ("signature") },
  { "signed_at", N_ ("signed at") },
  { "signed_name", N_ ("signed by") },
  { "stage", N_ ("stage") },
  { "stage_at", N_ ("time of the stage") },
  { "start_min", N_ ("time") },
  { "state", N_ ("state") },
  { "status", N_ ("status") },
  { "stop_reason", N_ ("reason for stopping") },
  { "stopped", N_ ("stopped") },
  { "subjective", N_ ("subjective") },
  { "value", N_ ("value") },
  { "visit_type_id", N_ ("visit type") },
  { "with_doctor_at", N_ ("with the doctor at") },
  { "zip", N_ ("ZIP") },
};

static const char *
field_words (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (g_str_equal (field, FIELDS[i].field))
      return _ (FIELDS[i].words);
  return field;
}

char *
cr_admin_audit_fields (const char *fields)
{
  g_auto (GStrv) each = g_strsplit (fields, ",", -1);
  for (guint i = 0; each[i] != NULL; i++) {
    const char *words = field_words (each[i]);
    if (words != each[i]) {
      g_free (each[i]);
      each[i] = g_strdup (words);
    }
  }
  return g_strjoinv (", ", each);
}
