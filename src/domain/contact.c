#include "chartroom/domain/referral.h"
#include "chartroom/base/text.h"
#include "fields.h"
#include <glib/gi18n.h>

static const CrField CONTACT_FIELDS[] = {
  CR_FIELDS_HEAD (CrContact),
  CR_FIELD (CrContact, TEXT, kind),
  CR_FIELD (CrContact, TEXT, family),
  CR_FIELD (CrContact, TEXT, given),
  CR_FIELD (CrContact, TEXT, credentials),
  CR_FIELD (CrContact, TEXT, organization),
  CR_FIELD (CrContact, TEXT, specialty),
  CR_FIELD (CrContact, TEXT, address),
  CR_FIELD (CrContact, TEXT, city),
  CR_FIELD (CrContact, TEXT, state),
  CR_FIELD (CrContact, TEXT, zip),
  CR_FIELD (CrContact, TEXT, phone),
  CR_FIELD (CrContact, TEXT, fax),
  CR_FIELD (CrContact, TEXT, npi),
  CR_FIELD (CrContact, BOOL, active),
  CR_FIELD (CrContact, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_CONTACT, CrContact, "contact", CONTACT_FIELDS, FALSE)

/* A physician's degree, or a specialist of whom none is on file. */
static gboolean
is_doctor (const CrContact *c)
{
  static const char *const degrees[] = { "MD", "DO", "MBBS", "DPM", "DDS", "DMD" };
  if (cr_str_empty (c->credentials))
    return g_strcmp0 (c->kind, "specialist") == 0;
  g_auto (GStrv) words = g_strsplit_set (c->credentials, " ,", -1);
  for (guint i = 0; i < G_N_ELEMENTS (degrees); i++)
    if (g_strv_contains ((const char *const *)words, degrees[i]))
      return TRUE;
  return FALSE;
}

/* "Dr. S. Rao", "K. Holm, PT", or NULL for an organization without a person. */
static char *
person_part (const CrContact *c)
{
  if (cr_str_empty (c->family))
    return NULL;
  g_autofree char *letter = cr_str_empty (c->given) ? NULL : g_utf8_substring (c->given, 0, 1);
  g_autofree char *name =
      letter == NULL ? g_strdup (c->family) : g_strdup_printf ("%s. %s", letter, c->family);
  if (is_doctor (c))
    return g_strdup_printf (_ ("Dr. %s"), name);
  if (cr_str_empty (c->credentials))
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s, %s", name, c->credentials);
}

char *
cr_contact_display (const CrContact *c)
{
  g_autofree char *person = person_part (c);
  if (person == NULL)
    return g_strdup (cr_str_empty (c->organization) ? _ ("(no name)") : c->organization);
  if (cr_str_empty (c->organization))
    return g_steal_pointer (&person);
  return g_strdup_printf ("%s, %s", person, c->organization);
}

char *
cr_referral_recipient (const char *specialty, const CrContact *to)
{
  g_autofree char *who = to != NULL ? cr_contact_display (to) : NULL;
  if (who == NULL || cr_str_empty (specialty))
    return who != NULL ? g_steal_pointer (&who) : g_strdup (cr_str_empty (specialty) ? "" : specialty);
  return g_strdup_printf ("%s – %s", specialty, who);
}
