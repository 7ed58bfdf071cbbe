/* What is consented to, and how it stands, in words. */
#include "chartroom/domain/patient.h"
#include <glib/gi18n.h>

const char *const CR_CONSENT_KIND_CODES[] = { "treatment", "privacy",    "release",   "part2",
                                              "portal",    "telehealth", "financial", NULL };
static const char *const KIND_WORDS[] = {
  N_ ("Treatment"),           N_ ("Privacy notice received"),
  N_ ("Release of records"),  N_ ("Release under 42 CFR part 2"),
  N_ ("Patient portal"),      N_ ("Telehealth"),
  N_ ("Financial agreement"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (KIND_WORDS) + 1 == G_N_ELEMENTS (CR_CONSENT_KIND_CODES));

const char *const CR_CONSENT_STATUS_CODES[] = { "active", "revoked", "declined", NULL };
static const char *const STATUS_WORDS[] = { N_ ("In force"), N_ ("Revoked"), N_ ("Declined") };
G_STATIC_ASSERT (G_N_ELEMENTS (STATUS_WORDS) + 1 == G_N_ELEMENTS (CR_CONSENT_STATUS_CODES));

const char *
cr_consent_kind_word (const char *kind)
{
  int at = kind != NULL ? cr_code_index (CR_CONSENT_KIND_CODES, kind) : -1;
  return at >= 0 ? _ (KIND_WORDS[at]) : kind != NULL ? kind : "";
}

const char *
cr_consent_status_word (const char *status)
{
  int at = status != NULL ? cr_code_index (CR_CONSENT_STATUS_CODES, status) : -1;
  return at >= 0 ? _ (STATUS_WORDS[at]) : status != NULL ? status : "";
}
