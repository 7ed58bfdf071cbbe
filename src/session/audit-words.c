/* The codes of the audit in words. */
#include "chartroom/session/audit.h"
#include <glib/gi18n.h>

#define FIRST_KIND "addendum" /* where what was done ends in WORDS */

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
  { "move-reason", N_ ("why a visit was moved") },
  { "edit-times", N_ ("times of a visit put right") },
  { "entered-in-error", N_ ("marked as entered in error") },
  { "not-the-same-person", N_ ("not the same person") },
  { "merge", N_ ("charts merged") },
  { "unmerge", N_ ("merge undone") },
  { "second-signature", N_ ("signed as second person") },
  { "second-signature-refused", N_ ("second person refused") },
  { "add-person", N_ ("person added") },
  { "remove-person", N_ ("access taken away") },
  { "restore-person", N_ ("access given back") },
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
  { "address-label", N_ ("address label") },
  { "appointment-card", N_ ("appointment card") },
  { "calendar", N_ ("calendar of a clinician") },
  { "reminder-letter", N_ ("reminder letter") },
  { "routing-slip", N_ ("routing slip") },
  { "visit-list", N_ ("list of visits") },
  { "week-sheet", N_ ("week sheet") },
  { "allergy", N_ ("allergy") },
  { "audit", N_ ("audit") },
  { "appointment", N_ ("appointment") },
  { "appointment_resource", N_ ("room or equipment of an appointment") },
  { "backup", N_ ("backup") },
  { "backup_target", N_ ("place for backups") },
  { "book_step", N_ ("step of the book") },
  { "code", N_ ("code") },
  { "consent", N_ ("consent") },
  { "contact", N_ ("outside contact") },
  { "contact_attempt", N_ ("call or letter") },
  { "contact_point", N_ ("phone or address") },
  { "coverage", N_ ("insurance") },
  { "directive", N_ ("directive") },
  { "document", N_ ("document") },
  { "duplicate_answer", N_ ("answer about a duplicate") },
  { "encounter", N_ ("visit") },
  { "family_history", N_ ("family history") },
  { "hours", N_ ("hours") },
  { "immunization", N_ ("immunization") },
  { "medication", N_ ("medication") },
  { "merge_item", N_ ("change by a merge") },
  { "note", N_ ("note") },
  { "observation", N_ ("vital sign or result") },
  { "packet", N_ ("packet") },
  { "patient", N_ ("patient") },
  { "patient_merge", N_ ("merge of two charts") },
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
  { "series", N_ ("series of visits") },
  { "social_history", N_ ("social history") },
  { "task", N_ ("task") },
  { "test-page", N_ ("test page") },
  { "visit_type", N_ ("visit type") },
  { "visit_type_need", N_ ("need of a visit type") },
  { "visit_type_person", N_ ("person for a visit type") },
  { "wait_entry", N_ ("wait-list entry") },
  /* from where a chart was opened */
  { "booking", N_ ("while booking") },
  { "calls", N_ ("from the calls") },
  { "check-in", N_ ("while checking in") },
  { "details", N_ ("to change details") },
  { "paper", N_ ("to print") },
  { "rx-queue", N_ ("from the Rx queue") },
  { "tasks", N_ ("from the tasks") },
};

const char *
cr_admin_audit_words (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_strcmp0 (code, WORDS[i].code) == 0)
      return _ (WORDS[i].words);
  return code;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (cr_admin_audit_words (*(const char *const *)a),
                         cr_admin_audit_words (*(const char *const *)b));
}

const char **
cr_audit_actions (void)
{
  GPtrArray *codes = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (WORDS) && !g_str_equal (WORDS[i].code, FIRST_KIND); i++)
    if (!g_str_equal (WORDS[i].code, "find")) /* as "search" */
      g_ptr_array_add (codes, (gpointer)WORDS[i].code);
  g_ptr_array_sort (codes, compare_words);
  g_ptr_array_add (codes, NULL);
  return (const char **)g_ptr_array_free (codes, FALSE);
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
  { "answer", N_ ("answer") },
  { "answered_at", N_ ("answered at") },
  { "answered_by", N_ ("answered by") },
  { "arrived_at", N_ ("arrived at") },
  { "arrived_limit", N_ ("limit of waiting") },
  { "assessment_plan", N_ ("assessment and plan") },
  { "assignee_id", N_ ("assigned to") },
  { "at", N_ ("made at") },
  { "birth_date", N_ ("date of birth") },
  { "caller", N_ ("who called") },
  { "cancel_reason", N_ ("reason for cancelling") },
  { "chain_id", N_ ("combined visit") },
  { "checked_out_at", N_ ("checked out at") },
  { "choice", N_ ("one of several") },
  { "city", N_ ("city") },
  { "closed_at", N_ ("closed at") },
  { "closed_by", N_ ("closed by") },
  { "closed_how", N_ ("how it was closed") },
  { "colour", N_ ("color") },
  { "contact_by", N_ ("best way to reach them") },
  { "done_at", N_ ("done at") },
  { "due_on", N_ ("due on") },
  { "earliest_min", N_ ("earliest time") },
  { "earliest_on", N_ ("earliest day") },
  { "early_minutes", N_ ("asked to come early") },
  { "email", N_ ("email") },
  { "encounter_id", N_ ("visit") },
  { "every_weeks", N_ ("every so many weeks") },
  { "family", N_ ("family name") },
  { "former", N_ ("former value") },
  { "given", N_ ("given name") },
  { "handed", N_ ("handed over") },
  { "handled_at", N_ ("taken care of at") },
  { "handled_how", N_ ("how it was taken care of") },
  { "hour_style", N_ ("12 or 24 hours") },
  { "interim_appointment_id", N_ ("appointment meanwhile") },
  { "kind", N_ ("kind") },
  { "latest_min", N_ ("latest time") },
  { "latest_on", N_ ("latest day") },
  { "logo_id", N_ ("logo") },
  { "minutes", N_ ("length") },
  { "no_email", N_ ("no email") },
  { "no_mail", N_ ("no mail") },
  { "no_text", N_ ("no text messages") },
  { "no_voice_mail", N_ ("no voice mail") },
  { "note", N_ ("note") },
  { "notice_hours", N_ ("hours of notice") },
  { "objective", N_ ("objective") },
  { "other_patient_id", N_ ("other patient") },
  { "outcome", N_ ("outcome") },
  { "overlap_limit", N_ ("limit of visits at once") },
  { "pattern", N_ ("pattern") },
  { "person_id", N_ ("person") },
  { "phase_on", N_ ("week that counts") },
  { "phone", N_ ("phone") },
  { "preferred", N_ ("preferred name") },
  { "preferred_days", N_ ("days that suit") },
  { "printed_at", N_ ("printed at") },
  { "prints", N_ ("times printed") },
  { "priority", N_ ("priority") },
  { "purpose", N_ ("purpose") },
  { "reactions", N_ ("reactions") },
  { "ready_at", N_ ("ready at") },
  { "reason", N_ ("reason") },
  { "removed_at", N_ ("removed at") },
  { "return_handled_at", N_ ("return taken care of at") },
  { "return_handled_how", N_ ("how the return was taken care of") },
  { "return_in", N_ ("return in") },
  { "return_note", N_ ("note on the return") },
  { "return_unit", N_ ("unit of the return") },
  { "reviewed_at", N_ ("reviewed at") },
  { "reviewed_by", N_ ("reviewed by") },
  { "room_id", N_ ("room") },
  { "roomed_at", N_ ("roomed at") },
  { "roomed_limit", N_ ("limit in the room") },
  { "saved_at", N_ ("saved at") },
  { "series_id", N_ ("series") },
  { "sex", N_ ("sex") },
  { "signature", N_ ("signature") },
  { "signed_at", N_ ("signed at") },
  { "signed_name", N_ ("signed by") },
  { "snoozed_until", N_ ("snoozed until") },
  { "stage", N_ ("stage") },
  { "stage_at", N_ ("time of the stage") },
  { "start_min", N_ ("time") },
  { "state", N_ ("state") },
  { "status", N_ ("status") },
  { "stop_reason", N_ ("reason for stopping") },
  { "stopped", N_ ("stopped") },
  { "subjective", N_ ("subjective") },
  { "undone_at", N_ ("undone at") },
  { "undone_by", N_ ("undone by") },
  { "units", N_ ("units") },
  { "until_on", N_ ("last day") },
  { "valid_to", N_ ("valid until") },
  { "value", N_ ("value") },
  { "visit_type_id", N_ ("visit type") },
  { "weekdays", N_ ("weekdays") },
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
