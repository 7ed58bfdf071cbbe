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
  { "sign-in-failed", N_ ("sign-in refused") },
  { "unlock-failed", N_ ("unlocking refused") },
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
