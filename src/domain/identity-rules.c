#include "chartroom/domain/identity-rules.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

static void
add_sentence (GString *text, gboolean holds, const char *sentence)
{
  if (!holds)
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

char *
cr_identity_risk (const CrIdentityFacts *facts)
{
  GString *text = g_string_new (NULL);
  add_sentence (text, facts->similar,
                _ ("A patient with an open chart or a visit today has a similar name."));
  add_sentence (text, facts->switched, _ ("You came here from another chart less than a minute ago."));
  add_sentence (text, !facts->expected, _ ("The patient has no visit today."));
  add_sentence (text, facts->controlled, _ ("A controlled drug is being signed."));
  return g_string_free (text, text->len == 0);
}

const char *
cr_identity_question (const CrPatient *p)
{
  return cr_date_is_set (p->birth_date) ? _ ("Type the patient's year of birth to continue")
                                        : _ ("Type the patient's MRN to continue");
}

gboolean
cr_identity_fits (const CrPatient *p, const char *typed)
{
  g_autofree char *answer = cr_text_trim (typed);
  g_autofree char *year = NULL;
  if (!cr_date_is_set (p->birth_date))
    return !cr_str_empty (p->mrn) && g_strcmp0 (answer, p->mrn) == 0;
  year = g_strdup_printf ("%04d", (int)p->birth_date.year);
  return g_str_equal (answer, year);
}
