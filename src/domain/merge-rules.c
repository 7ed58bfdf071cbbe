#include "chartroom/domain/merge-rules.h"
#include "chartroom/domain/desk-rules.h"
#include <glib/gi18n.h>

enum { MAX_GROUP = 4 };
#define DAY_SECONDS G_GINT64_CONSTANT (86400)

/* Fields that go together. */
static const char *const GROUPS[][MAX_GROUP + 1] = {
  { "phone", "phone_use" },
  { "address", "city", "state", "zip" },
  { "email" },
  { "sex_documents" },
  { "gender_identity" },
  { "pronouns" },
  { "language" },
  { "interpreter" },
  { "access_needs" },
  { "contact_preference" },
  { "no_voice_mail" },
  { "no_mail" },
  { "no_text" },
  { "contact_by" },
  { "no_email" },
  { "preferred_days" },
  { "usual_person_id" },
  { "pharmacy_id" },
  { "referred_by" },
  { "photo_id" },
};

char *
cr_merge_objection (const CrPatient *kept, const CrPatient *gone)
{
  if (kept->id == gone->id)
    return g_strdup (_ ("This is one chart already. Choose two."));
  if (gone->merged_into != CR_ID_NONE)
    return g_strdup_printf (_ ("MRN %s was merged into another chart already."), gone->mrn);
  if (kept->merged_into != CR_ID_NONE)
    return g_strdup_printf (_ ("MRN %s was merged into another chart already. Merge into that one."),
                            kept->mrn);
  return NULL;
}

char *
cr_merge_undo_objection (const CrPatientMerge *merge, CrClock *clock, CrInstant now)
{
  if (merge->undone_at != CR_INSTANT_NONE)
    return g_strdup (_ ("This merge was undone already."));
  CrInstant end = merge->merged_at + CR_MERGE_UNDO_DAYS * DAY_SECONDS * G_USEC_PER_SEC;
  if (now <= end)
    return NULL;
  g_autofree char *merged = cr_date_format (cr_clock_date_of (clock, merge->merged_at));
  g_autofree char *until = cr_date_format (cr_clock_date_of (clock, end));
  return g_strdup_printf (
      _ ("The charts were merged on %s; that could be undone until %s. Correct what is wrong "
         "in the chart itself."),
      merged, until);
}

static gboolean
lacks_group (const CrPatient *patient, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *text = cr_field_to_text (cr_record_field (&CR_PATIENT, names[i]), patient);
    if (text != NULL)
      return FALSE;
  }
  return TRUE;
}

static void
copy_group (CrPatient *to, const CrPatient *from, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    const CrField *field = cr_record_field (&CR_PATIENT, names[i]);
    g_autofree char *text = cr_field_to_text (field, from);
    cr_field_set_text (field, to, text);
  }
}

static gboolean
has_fields (const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (cr_record_field (&CR_PATIENT, names[i]) == NULL)
      return FALSE;
  return TRUE;
}

void
cr_merge_fill (CrPatient *kept, const CrPatient *gone)
{
  for (guint i = 0; i < G_N_ELEMENTS (GROUPS); i++)
    if (has_fields (GROUPS[i]) && lacks_group (kept, GROUPS[i]))
      copy_group (kept, gone, GROUPS[i]);
  if (cr_contact_by_problem (kept->contact_by, kept) != NULL) /* one said best what the other forbids */
    g_clear_pointer (&kept->contact_by, g_free);
  kept->restricted |= gone->restricted;
}
