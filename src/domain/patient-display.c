/* How a patient's name, sex, numbers and address are shown (UX 4.1–4.4, 4.11). */
#include "chartroom/base/text.h"
#include "chartroom/domain/patient.h"
#include <glib/gi18n.h>
#include <string.h>

/* Appends with a blank before it; nothing for an empty word. */
static void
append_word (GString *text, const char *word)
{
  if (cr_str_empty (word))
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, word);
}

static char *
first_letter (const char *name)
{
  g_autofree char *letter = g_utf8_substring (name, 0, 1);
  return cr_text_upper (letter);
}

/* The name of a person who has only one, or what to say when none is known. */
static char *
single_name (const CrPatient *p)
{
  return cr_str_empty (p->given) ? g_strdup (_ ("(no name)")) : cr_text_upper (p->given);
}

/* FAMILY, rest; without a family name just the one name. */
static char *
family_first (const CrPatient *p, const char *rest)
{
  if (cr_str_empty (p->family))
    return single_name (p);
  g_autofree char *family = cr_text_upper (p->family);
  return g_strdup_printf ("%s, %s", family, cr_str_empty (p->given) ? _ ("(no given name)") : rest);
}

/* "Maria Elena", "Garcia Jr.": given names, then the family name as handed in. */
static char *
given_first (const CrPatient *p, const char *family)
{
  GString *name = g_string_new (NULL);
  gboolean single = cr_str_empty (family);
  append_word (name, cr_str_empty (p->given) && !single ? _ ("(no given name)") : p->given);
  append_word (name, p->middle);
  append_word (name, family);
  append_word (name, p->suffix);
  if (name->len == 0)
    g_string_append (name, _ ("(no name)"));
  return g_string_free (name, FALSE);
}

static gboolean
has_other_preferred (const CrPatient *p)
{
  return !cr_str_empty (p->preferred) && g_strcmp0 (p->preferred, p->given) != 0;
}

/* "5035550142x12" → number "5035550142" and extension "12"; extension "" when there is none. */
static void
split_extension (const char *typed, char **number, char **extension)
{
  const char *letter = typed;
  while (*letter != '\0' && !g_ascii_isalpha (*letter))
    letter++;
  g_autofree char *before = g_strndup (typed, (gsize)(letter - typed));
  *number = cr_text_digits (before);
  *extension = cr_text_digits (letter);
}

static gboolean
is_foreign (const char *typed)
{
  return g_str_has_prefix (typed, "+") && !g_str_has_prefix (typed, "+1");
}

/* Digits of a US number without the leading 1. */
static const char *
national_digits (const char *digits)
{
  return strlen (digits) == 11 && digits[0] == '1' ? digits + 1 : digits;
}

static char *
zip_text (const char *zip)
{
  g_autofree char *digits = cr_text_digits (zip);
  if (strlen (digits) == 9)
    return g_strdup_printf ("%.5s-%s", digits, digits + 5);
  return g_strdup (zip);
}

static char *
birth_and_age (const CrPatient *p, CrDate on)
{
  g_autofree char *date = cr_date_format (p->birth_date);
  if (!cr_date_is_set (p->birth_date) || !cr_date_is_set (on))
    return g_steal_pointer (&date);
  g_autofree char *age = cr_age_format (p->birth_date, on);
  return g_strdup_printf ("%s (%s)", date, age);
}

char *
cr_patient_name_display (const CrPatient *p)
{
  GString *rest = g_string_new (NULL);
  append_word (rest, p->given);
  append_word (rest, p->middle);
  append_word (rest, p->suffix);
  g_autofree char *given = g_string_free (rest, FALSE);
  return family_first (p, given);
}

char *
cr_patient_name_list (const CrPatient *p)
{
  g_autofree char *name = family_first (p, p->given);
  if (!has_other_preferred (p))
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s \"%s\"", name, p->preferred);
}

char *
cr_patient_name_short (const CrPatient *p)
{
  if (cr_str_empty (p->family))
    return single_name (p);
  if (cr_str_empty (p->given))
    return cr_text_upper (p->family);
  g_autofree char *initial = first_letter (p->given);
  g_autofree char *rest = g_strconcat (initial, ".", NULL);
  return family_first (p, rest);
}

char *
cr_patient_name_legal (const CrPatient *p)
{
  g_autofree char *family = cr_str_empty (p->family) ? NULL : cr_text_upper (p->family);
  g_autofree char *name = given_first (p, family);
  if (!has_other_preferred (p))
    return g_steal_pointer (&name);
  return g_strdup_printf (_ ("%s (goes by %s)"), name, p->preferred);
}

char *
cr_patient_name_letter (const CrPatient *p)
{
  GString *name = g_string_new (NULL);
  append_word (name, cr_str_empty (p->preferred) ? p->given : p->preferred);
  append_word (name, p->family);
  if (name->len == 0)
    g_string_append (name, _ ("(no name)"));
  return g_string_free (name, FALSE);
}

char *
cr_patient_name_colleague (const CrPatient *p)
{
  g_autofree char *name = given_first (p, p->family);
  if (!cr_date_is_set (p->birth_date))
    return g_steal_pointer (&name);
  g_autofree char *born = cr_date_format (p->birth_date);
  return g_strdup_printf ("%s (%s)", name, born);
}

char *
cr_patient_name_private (const CrPatient *p)
{
  GString *text = g_string_new (NULL);
  const char *names[] = { p->family, p->given };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!cr_str_empty (names[i])) {
      g_autofree char *letter = first_letter (names[i]);
      g_autofree char *initial = g_strconcat (letter, ".", NULL);
      append_word (text, initial);
    }
  if (!cr_str_empty (p->mrn)) {
    gsize length = strlen (p->mrn);
    g_autofree char *tail = g_strconcat ("··", p->mrn + (length > 2 ? length - 2 : 0), NULL);
    append_word (text, tail);
  }
  return g_string_free (text, FALSE);
}

char *
cr_patient_former_name (const CrPatientName *former)
{
  g_autofree char *family = cr_str_empty (former->family) ? NULL : cr_text_upper (former->family);
  if (family == NULL)
    return g_strdup_printf (_ ("formerly %s"), former->given != NULL ? former->given : "");
  if (cr_str_empty (former->given))
    return g_strdup_printf (_ ("formerly %s"), family);
  return g_strdup_printf (_ ("formerly %s, %s"), family, former->given);
}

char *
cr_patient_died (const CrPatient *p)
{
  if (!cr_date_is_set (p->death_date))
    return NULL;
  g_autofree char *died = cr_date_format (p->death_date);
  if (!cr_date_is_set (p->birth_date))
    return g_strdup_printf (_ ("Died %s"), died);
  g_autofree char *age = cr_age_format (p->birth_date, p->death_date);
  return g_strdup_printf (_ ("Died %s · Age at death %s"), died, age);
}

char *
cr_patient_born (const CrPatient *p, CrDate on)
{
  g_autofree char *died = cr_patient_died (p);
  if (died == NULL)
    return birth_and_age (p, on);
  g_autofree char *born = cr_date_format (p->birth_date);
  return g_strdup_printf ("%s · %s", born, died);
}

char *
cr_patient_identity (const CrPatient *p, CrDate on)
{
  g_autofree char *born = cr_patient_born (p, on);
  g_auto (GStrv) words = g_strsplit (born, " ", -1);
  g_autofree char *whole = g_strjoinv ("\u00a0", words);
  return g_strdup_printf (_ ("%s · %s · MRN\u00a0%s"), whole, cr_sex_word (p->sex),
                          cr_str_empty (p->mrn) ? "–" : p->mrn);
}

const char *
cr_phone_use_word (const char *use)
{
  static const char *const USES[] = { N_ ("mobile"), N_ ("home"), N_ ("work") };
  for (guint i = 0; i < G_N_ELEMENTS (USES); i++)
    if (g_strcmp0 (use, USES[i]) == 0)
      return _ (USES[i]);
  return use;
}

const char *
cr_contact_point_word (const CrContactPoint *point)
{
  static const char *const WORDS[][3] = { { "phone", "mobile", N_ ("Mobile") },
                                          { "phone", "home", N_ ("Home") },
                                          { "phone", "work", N_ ("Work") },
                                          { "fax", NULL, N_ ("Fax") },
                                          { "email", NULL, N_ ("Email") } };
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_strcmp0 (point->system, WORDS[i][0]) == 0 &&
        (WORDS[i][1] == NULL || g_strcmp0 (point->use, WORDS[i][1]) == 0))
      return _ (WORDS[i][2]);
  return _ ("Phone");
}

const char *
cr_sex_word (int sex)
{
  switch (sex) {
  case CR_SEX_FEMALE:
    return _ ("Female");
  case CR_SEX_MALE:
    return _ ("Male");
  case CR_SEX_INTERSEX:
    return _ ("Intersex");
  default:
    return _ ("Unknown");
  }
}

const char *
cr_sex_letter (int sex)
{
  switch (sex) {
  case CR_SEX_FEMALE:
    return C_ ("sex", "F");
  case CR_SEX_MALE:
    return C_ ("sex", "M");
  case CR_SEX_INTERSEX:
    return C_ ("sex", "X");
  default:
    return C_ ("sex", "U");
  }
}

char *
cr_phone_format (const char *digits)
{
  if (cr_str_empty (digits))
    return g_strdup (_ ("Not recorded"));
  g_autofree char *all = NULL, *extension = NULL;
  split_extension (digits, &all, &extension);
  const char *number = national_digits (all);
  if (strlen (number) != 10 || is_foreign (digits))
    return g_strdup (digits); /* as it was typed */
  if (*extension != '\0')
    return g_strdup_printf (_ ("%.3s-%.3s-%s ext. %s"), number, number + 3, number + 6, extension);
  return g_strdup_printf ("%.3s-%.3s-%s", number, number + 3, number + 6);
}

char *
cr_phone_tail (const char *digits)
{
  if (cr_str_empty (digits))
    return g_strdup (_ ("Not recorded"));
  g_autofree char *number = NULL, *extension = NULL;
  split_extension (digits, &number, &extension);
  gsize length = strlen (number);
  return g_strconcat ("··", number + (length > 4 ? length - 4 : 0), NULL);
}

char *
cr_patient_address (const CrPatient *p)
{
  return cr_address_format (p->address, p->city, p->state, p->zip);
}

char *
cr_address_format (const char *address, const char *city, const char *state, const char *zip)
{
  GString *place = g_string_new (NULL);
  g_autofree char *code = zip_text (zip);
  append_word (place, city);
  append_word (place, state);
  append_word (place, code);
  g_autofree char *line = g_string_free (place, FALSE);
  if (cr_str_empty (address))
    return *line == '\0' ? NULL : g_steal_pointer (&line);
  return *line == '\0' ? g_strdup (address) : g_strdup_printf ("%s, %s", address, line);
}
