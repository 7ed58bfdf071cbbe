#include "fhir-read.h"
#include <string.h>
#include "chartroom/base/text.h"
#include "chartroom/domain/referral.h"

static FhirEntry *
look_up (const FhirReader *reader, const char *base, const char *key)
{
  FhirEntry *entry = g_hash_table_lookup (reader->by_key, key);
  if (entry != NULL || base == NULL)
    return entry;
  g_autofree char *absolute = g_strconcat (base, "/", key, NULL);
  return g_hash_table_lookup (reader->by_key, absolute);
}

/* Without the part that names one version of a resource. */
static char *
without_version (const char *reference)
{
  const char *history = strstr (reference, "/_history/");
  return history != NULL ? g_strndup (reference, history - reference) : g_strdup (reference);
}

static FhirEntry *
find_entry (const FhirAt *at, const char *reference)
{
  g_autofree char *key = without_version (reference);
  return look_up (at->reader, at->entry->base, key);
}

/* "Type/id" and nothing more. */
static gboolean
is_relative (const char *reference)
{
  return g_ascii_isupper (*reference) && strchr (reference, ':') == NULL && strchr (reference, '?') == NULL;
}

static char *
reference_key (const FhirAt *at, const char *reference)
{
  if (reference == NULL || *reference == '#')
    return NULL;
  const FhirEntry *entry = find_entry (at, reference);
  if (entry != NULL)
    return g_strdup (entry->source);
  g_autofree char *key = without_version (reference);
  if (at->entry->base != NULL && is_relative (key))
    return g_strconcat (at->entry->base, "/", key, NULL);
  return g_steal_pointer (&key);
}

static const FhirAt *
resource_of (const FhirAt *at)
{
  while (at->up != NULL)
    at = at->up;
  return at;
}

static gboolean
find_contained (const FhirAt *at, const char *id, FhirAt *out)
{
  const FhirAt *resource = resource_of (at);
  guint n = fhir_count (resource, "contained");
  for (guint i = 0; i < n; i++) {
    const char *contained = fhir_element (resource, "contained", i, out) ? fhir_text (out, "id") : NULL;
    if (contained != NULL && strcmp (contained, id) == 0)
      return TRUE;
  }
  return FALSE;
}

char *
fhir_reference (const FhirAt *at, const char *name)
{
  FhirAt reference;
  return fhir_object (at, name, &reference) ? reference_key (at, fhir_text (&reference, "reference")) : NULL;
}

char *
fhir_reference_element (const FhirAt *at, const char *name, guint index)
{
  FhirAt reference;
  if (!fhir_element (at, name, index, &reference))
    return NULL;
  return reference_key (at, fhir_text (&reference, "reference"));
}

gboolean
fhir_follow (const FhirAt *reference, FhirAt *out)
{
  const char *target = fhir_text (reference, "reference");
  if (target == NULL)
    return FALSE;
  if (*target == '#')
    return find_contained (reference, target + 1, out);
  FhirEntry *entry = find_entry (reference, target);
  return entry != NULL && fhir_open (reference->reader, entry, out);
}

char *
fhir_reference_words (const FhirAt *reference)
{
  const char *display = fhir_text (reference, "display");
  if (display != NULL)
    return g_strdup (display);
  g_autofree char *key = reference_key (reference, fhir_text (reference, "reference"));
  const CrContact *contact = fhir_record (reference->reader, key, &CR_CONTACT);
  if (contact == NULL)
    return NULL;
  if (cr_str_empty (contact->family) && cr_str_empty (contact->given))
    return g_strdup (contact->organization);
  g_autoptr (GString) words = g_string_new (contact->given);
  if (words->len > 0 && contact->family != NULL)
    g_string_append_c (words, ' ');
  g_string_append (words, contact->family != NULL ? contact->family : "");
  if (!cr_str_empty (contact->credentials))
    g_string_append_printf (words, ", %s", contact->credentials);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
