#include "fhir-people.h"
#include <string.h>
#include "chartroom/base/text.h"

static char *
string_or_null (GString *s)
{
  return g_string_free (s, s->len == 0);
}

static void
append_part (GString *to, const char *between, const char *part)
{
  if (cr_str_empty (part))
    return;
  if (to->len > 0)
    g_string_append (to, between);
  g_string_append (to, part);
}

static gboolean
is_domestic (const char *country)
{
  static const char *const words[] = { "US", "USA", "United States", "United States of America", NULL };
  return country == NULL || g_strv_contains (words, country);
}

FhirName
fhir_name (const FhirAt *name)
{
  FhirName parts = { .family = g_strdup (fhir_text (name, "family")),
                     .given = g_strdup (fhir_text_element (name, "given", 0)),
                     .middle = fhir_join_texts (name, "given", 1, " "),
                     .suffix = fhir_join_texts (name, "suffix", 0, " ") };
  if (parts.family == NULL && parts.given == NULL)
    parts.given = g_strdup (fhir_text (name, "text"));
  return parts;
}

void
fhir_name_clear (FhirName *name)
{
  g_free (name->family);
  g_free (name->given);
  g_free (name->middle);
  g_free (name->suffix);
  *name = (FhirName){ 0 };
}

char *
fhir_name_words (const FhirAt *name)
{
  const char *text = fhir_text (name, "text");
  if (text != NULL)
    return g_strdup (text);
  GString *words = g_string_new (NULL);
  g_autofree char *given = fhir_join_texts (name, "given", 0, " ");
  append_part (words, " ", given);
  append_part (words, " ", fhir_text (name, "family"));
  return string_or_null (words);
}

FhirAddress
fhir_address (const FhirAt *address)
{
  const char *country = fhir_text (address, "country");
  GString *state = g_string_new (fhir_text (address, "state"));
  if (!is_domestic (country))
    append_part (state, ", ", country);
  FhirAddress parts = { .address = fhir_join_texts (address, "line", 0, ", "),
                        .city = g_strdup (fhir_text (address, "city")),
                        .state = string_or_null (state),
                        .zip = g_strdup (fhir_text (address, "postalCode")) };
  if (parts.address == NULL && parts.city == NULL)
    parts.address = g_strdup (fhir_text (address, "text"));
  return parts;
}

char *
fhir_address_words (const FhirAt *address)
{
  FhirAddress parts = fhir_address (address);
  GString *words = g_string_new (parts.address);
  append_part (words, ", ", parts.city);
  append_part (words, parts.city != NULL ? " " : ", ", parts.state);
  append_part (words, " ", parts.zip);
  g_free (parts.address);
  g_free (parts.city);
  g_free (parts.state);
  g_free (parts.zip);
  return string_or_null (words);
}

char *
fhir_phone_digits (const char *value)
{
  const char *number = g_str_has_prefix (value, "tel:") ? value + 4 : value;
  if (number[strspn (number, "0123456789+-.()/ \t")] != '\0')
    return NULL;
  g_autofree char *digits = cr_text_digits (number);
  gsize length = strlen (digits);
  if (length < 3 || length > 15)
    return NULL;
  return g_strdup (length == 11 && *digits == '1' ? digits + 1 : digits);
}

const char *
fhir_telecom (const FhirAt *owner, const char *system)
{
  guint n = fhir_count (owner, "telecom");
  for (guint i = 0; i < n; i++) {
    FhirAt point;
    const char *value = fhir_element (owner, "telecom", i, &point) ? fhir_text (&point, "value") : NULL;
    if (value != NULL && g_strcmp0 (fhir_text (&point, "system"), system) == 0)
      return value;
  }
  return NULL;
}
