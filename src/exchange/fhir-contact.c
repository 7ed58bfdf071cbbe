/* Outside people and places: Organization, Practitioner, PractitionerRole. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "chartroom/domain/person.h"
#include "chartroom/domain/referral.h"
#include "fhir-people.h"

#define NPI_SYSTEM "http://hl7.org/fhir/sid/us-npi"

/* Conditional references name a contact by its identifier: "Practitioner?identifier=system|value". */
static void
read_identifiers (const FhirAt *at, CrContact *contact)
{
  guint n = fhir_count (at, "identifier");
  for (guint i = 0; i < n; i++) {
    FhirAt identifier;
    if (!fhir_element (at, "identifier", i, &identifier))
      continue;
    const char *system = fhir_text (&identifier, "system"), *value = fhir_text (&identifier, "value");
    if (value == NULL)
      continue;
    if (g_strcmp0 (system, NPI_SYSTEM) == 0 && contact->npi == NULL && cr_npi_problem (value) == NULL)
      contact->npi = g_strdup (value);
    g_autofree char *key =
        g_strdup_printf ("%s?identifier=%s|%s", at->entry->type, system != NULL ? system : "", value);
    if (!g_hash_table_contains (at->reader->by_key, key))
      g_hash_table_insert (at->reader->by_key, g_steal_pointer (&key), (gpointer)at->entry);
  }
}

static char *
phone_text (const FhirAt *at, const char *system)
{
  const char *value = fhir_telecom (at, system);
  char *digits = value != NULL ? fhir_phone_digits (value) : NULL;
  return digits != NULL ? digits : g_strdup (value);
}

static CrContact *
read_contact (const FhirAt *at, const char *kind)
{
  CrContact *contact = fhir_add (at, &CR_CONTACT, NULL)->record;
  FhirAt address;
  contact->kind = g_strdup (kind);
  contact->active = !fhir_has (at, "active") || fhir_true (at, "active");
  if (fhir_element (at, "address", 0, &address)) {
    FhirAddress parts = fhir_address (&address);
    contact->address = parts.address;
    contact->city = parts.city;
    contact->state = parts.state;
    contact->zip = parts.zip;
  }
  contact->phone = phone_text (at, "phone");
  contact->fax = phone_text (at, "fax");
  read_identifiers (at, contact);
  return contact;
}

static void
read_credentials (const FhirAt *at, CrContact *contact, const char *suffix)
{
  contact->credentials = g_strdup (suffix);
  guint n = suffix == NULL ? fhir_count (at, "qualification") : 0;
  for (guint i = 0; i < n; i++) {
    FhirAt qualification;
    if (fhir_element (at, "qualification", i, &qualification))
      fhir_append (&contact->credentials, ", ", fhir_words (&qualification, "code"));
  }
}

void
fhir_read_organization (const FhirAt *at)
{
  CrContact *contact = read_contact (at, "practice");
  contact->organization = g_strdup (fhir_text (at, "name"));
  if (contact->organization == NULL)
    fhir_skip (at, _ ("has no name"));
}

void
fhir_read_practitioner (const FhirAt *at)
{
  CrContact *contact = read_contact (at, "specialist");
  FhirAt name;
  if (fhir_element (at, "name", 0, &name)) {
    FhirName parts = fhir_name (&name);
    contact->family = g_steal_pointer (&parts.family);
    contact->given = g_steal_pointer (&parts.given);
    fhir_append (&contact->given, " ", parts.middle);
    read_credentials (at, contact, parts.suffix);
    fhir_name_clear (&parts);
  }
  if (cr_str_empty (contact->family) && cr_str_empty (contact->given))
    fhir_skip (at, _ ("has no name"));
}

/* Completes the practitioner with where and as what they work. */
void
fhir_read_practitioner_role (const FhirAt *at)
{
  g_autofree char *key = fhir_reference (at, "practitioner");
  CrContact *contact = fhir_record (at->reader, key, &CR_CONTACT);
  if (contact == NULL) {
    fhir_skip (at, _ ("names no practitioner of this file"));
    return;
  }
  FhirAt organization;
  if (contact->organization == NULL && fhir_object (at, "organization", &organization))
    contact->organization = fhir_reference_words (&organization);
  if (contact->specialty == NULL)
    contact->specialty = fhir_join_words (at, "specialty", ", ");
  if (contact->specialty == NULL)
    contact->specialty = fhir_join_words (at, "code", ", ");
}
