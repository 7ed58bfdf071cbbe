#include "chartroom/domain/person.h"
#include "chartroom/base/text.h"
#include "fields.h"
#include <glib/gi18n.h>

static const CrField PERSON_FIELDS[] = {
  CR_FIELDS_HEAD (CrPerson),
  CR_FIELD (CrPerson, TEXT, login),
  CR_FIELD (CrPerson, TEXT, family),
  CR_FIELD (CrPerson, TEXT, given),
  CR_FIELD (CrPerson, TEXT, credentials),
  CR_FIELD (CrPerson, INT, roles),
  CR_FIELD (CrPerson, BOOL, schedulable),
  CR_FIELD (CrPerson, TEXT, npi),
  CR_FIELD (CrPerson, TEXT, license),
  CR_FIELD (CrPerson, TEXT, dea),
  CR_FIELD (CrPerson, TEXT, direct_line),
  CR_FIELD (CrPerson, TEXT, public_key),
  CR_FIELD (CrPerson, INT, position),
  CR_FIELD (CrPerson, BOOL, active),
  CR_FIELD (CrPerson, INT, overlap_limit),
};
CR_DEFINE_RECORD (CR_PERSON, CrPerson, "person", PERSON_FIELDS, FALSE)

static const CrField PERSON_KEY_FIELDS[] = {
  CR_FIELDS_HEAD (CrPersonKey),
  CR_FIELD (CrPersonKey, ID, person_id),
  CR_FIELD (CrPersonKey, TEXT, public_key),
  CR_FIELD_AS (CrPersonKey, INSTANT, from, "valid_from"),
  CR_FIELD_AS (CrPersonKey, INSTANT, until, "valid_until"),
};
CR_DEFINE_RECORD (CR_PERSON_KEY, CrPersonKey, "person_key", PERSON_KEY_FIELDS, FALSE)

#define RIGHT(name) (1u << CR_RIGHT_##name)

#define OFFICE (RIGHT (SCHEDULE_VIEW) | RIGHT (SCHEDULE_EDIT) | RIGHT (DEMOGRAPHICS_EDIT))
#define CARE                                                                                                 \
  (RIGHT (CLINICAL_VIEW) | RIGHT (CLINICAL_RECORD) | RIGHT (NOTE_WRITE) | RIGHT (EXPORT) |                   \
   RIGHT (BREAK_GLASS))

/* UX 1.7.  A person's rights are those of all their roles together. */
static const struct {
  CrRoles role;
  guint rights; /* bits by CrRight */
  const char *name;
  const char *words[3]; /* how it may be typed: lower case, letters only */
} ROLES[] = {
  { CR_ROLE_FRONT_DESK, OFFICE, N_ ("Front desk"), { "frontdesk", "desk" } },
  { CR_ROLE_CLINICAL, OFFICE | CARE, N_ ("Clinical staff"), { "clinical", "nurse", "clinicalstaff" } },
  { CR_ROLE_DOCTOR,
    OFFICE | CARE | RIGHT (SIGN) | RIGHT (REFERRAL_WORK),
    N_ ("Doctor"),
    { "doctor", "prescriber" } },
  { CR_ROLE_REFERRAL,
    RIGHT (SCHEDULE_VIEW) | RIGHT (CLINICAL_VIEW) | RIGHT (REFERRAL_WORK) | RIGHT (EXPORT),
    N_ ("Referral staff"),
    { "referral", "referrals", "referralstaff" } },
  { CR_ROLE_ADMIN, OFFICE | RIGHT (AUDIT_VIEW) | RIGHT (ADMIN), N_ ("Admin"), { "admin", "administrator" } },
};

/* Each completes "You may not …". */
static const char *const RIGHT_DESCRIPTIONS[CR_N_RIGHTS] = {
  [CR_RIGHT_SCHEDULE_VIEW] = N_ ("see the schedule"),
  [CR_RIGHT_SCHEDULE_EDIT] = N_ ("change the schedule"),
  [CR_RIGHT_DEMOGRAPHICS_EDIT] = N_ ("change patient details"),
  [CR_RIGHT_CLINICAL_VIEW] = N_ ("open clinical records"),
  [CR_RIGHT_CLINICAL_RECORD] = N_ ("record vitals, allergies and medications"),
  [CR_RIGHT_NOTE_WRITE] = N_ ("write notes"),
  [CR_RIGHT_SIGN] = N_ ("sign notes, prescriptions and referrals"),
  [CR_RIGHT_REFERRAL_WORK] = N_ ("work on referrals"),
  [CR_RIGHT_EXPORT] = N_ ("print or export records"),
  [CR_RIGHT_BREAK_GLASS] = N_ ("open restricted charts"),
  [CR_RIGHT_AUDIT_VIEW] = N_ ("read the audit"),
  [CR_RIGHT_ADMIN] = N_ ("administer the practice"),
};

static gint64
role_of_word (const char *typed)
{
  g_autofree char *folded = cr_text_fold (typed); /* drops hyphens */
  g_auto (GStrv) parts = g_strsplit_set (folded, " _", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    for (guint w = 0; w < G_N_ELEMENTS (ROLES[i].words); w++)
      if (g_strcmp0 (ROLES[i].words[w], joined) == 0)
        return ROLES[i].role;
  return 0;
}

gboolean
cr_roles_allow (gint64 roles, CrRight right)
{
  if (roles == CR_INT_NONE || (guint)right >= CR_N_RIGHTS)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if ((roles & ROLES[i].role) != 0 && (ROLES[i].rights & (1u << right)) != 0)
      return TRUE;
  return FALSE;
}

const char *
cr_right_description (CrRight right)
{
  g_return_val_if_fail ((guint)right < CR_N_RIGHTS, "");
  return _ (RIGHT_DESCRIPTIONS[right]);
}

char *
cr_roles_describe (gint64 roles)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (roles != CR_INT_NONE && (roles & ROLES[i].role) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (ROLES[i].name));
  if (text->len == 0)
    g_string_append (text, _ ("No role"));
  return g_string_free (text, FALSE);
}

gint64
cr_roles_parse (const char *text)
{
  gint64 roles = 0;
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    gint64 role = role_of_word (words[i]);
    if (role == 0)
      return 0;
    roles |= role;
  }
  return roles;
}

char *
cr_person_short (const CrPerson *p)
{
  gboolean doctor = p->roles != CR_INT_NONE && (p->roles & CR_ROLE_DOCTOR) != 0;
  if (cr_str_empty (p->family))
    return g_strdup (cr_str_empty (p->given) ? p->login : p->given);
  if (doctor)
    return g_strdup_printf (_ ("Dr. %s"), p->family);
  if (cr_str_empty (p->given))
    return g_strdup (p->family);
  g_autofree char *initial = g_utf8_substring (p->given, 0, 1);
  return g_strdup_printf ("%s. %s", initial, p->family);
}

char *
cr_person_formal (const CrPerson *p)
{
  const char *parts[] = { p->given, p->family };
  GString *name = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!cr_str_empty (parts[i]))
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", parts[i]);
  if (name->len == 0 && p->login != NULL)
    g_string_append (name, p->login);
  if (!cr_str_empty (p->credentials))
    g_string_append_printf (name, ", %s", p->credentials);
  return g_string_free (name, FALSE);
}
