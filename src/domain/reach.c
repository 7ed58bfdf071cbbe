#include "chartroom/domain/reach.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include <glib/gi18n.h>

enum { OF_AGE = 18 };

typedef gboolean (*Answers) (const CrRelatedPerson *person);

static gboolean
is_guarantor (const CrRelatedPerson *person)
{
  return person->guarantor;
}

static gboolean
is_kin (const CrRelatedPerson *person)
{
  return person->next_of_kin;
}

static gboolean
is_proxy (const CrRelatedPerson *person)
{
  return person->proxy;
}

static const CrPatient *
chart_of (const CrRelatedPerson *person, const GPtrArray *linked)
{
  for (guint i = 0; linked != NULL && person->other_patient_id != CR_ID_NONE && i < linked->len; i++)
    if (((const CrPatient *)linked->pdata[i])->id == person->other_patient_id)
      return linked->pdata[i];
  return NULL;
}

static char *
name_of (const CrRelatedPerson *person, const CrPatient *chart)
{
  if (chart != NULL)
    return g_strjoin (" ", chart->given != NULL ? chart->given : chart->family,
                      chart->given != NULL ? chart->family : NULL, NULL);
  return g_strdup (person->name != NULL ? person->name : "");
}

static void
take_phone (CrReach *reach, const CrRelatedPerson *person, const CrPatient *chart)
{
  const char *phone = chart != NULL && !cr_str_empty (chart->phone) ? chart->phone : person->phone;
  g_autofree char *name = name_of (person, chart);
  if (cr_str_empty (phone))
    return;
  reach->phone = g_strdup (phone);
  reach->no_voice_mail = chart != NULL && cr_patient_no_voice_mail (chart);
  reach->phone_of = cr_str_empty (person->relationship)
                        ? g_steal_pointer (&name)
                        : g_strdup_printf ("%s (%s)", name, person->relationship);
}

static void
take_address (CrReach *reach, const CrRelatedPerson *person, const CrPatient *chart)
{
  gboolean own = chart != NULL && !cr_str_empty (chart->address);
  const char *address = own ? chart->address : person->address;
  if (cr_str_empty (address) || (chart != NULL && cr_patient_no_mail (chart)))
    return;
  reach->address = g_strdup (address);
  reach->place = own ? cr_address_format (NULL, chart->city, chart->state, chart->zip) : NULL;
  reach->address_of = name_of (person, chart);
}

static void
ask (CrReach *reach, const CrPatient *patient, const CrRelatedPerson *person, const GPtrArray *linked)
{
  const CrPatient *chart = chart_of (person, linked);
  if (chart != NULL && cr_date_is_set (chart->death_date))
    return;
  if (cr_str_empty (patient->phone) && reach->phone == NULL)
    take_phone (reach, person, chart);
  if (cr_str_empty (patient->address) && reach->address == NULL)
    take_address (reach, person, chart);
}

CrReach *
cr_reach_find (const CrPatient *patient, const GPtrArray *people, const GPtrArray *linked, CrDate today)
{
  static const Answers ORDER[] = { is_guarantor, is_kin, is_proxy };
  g_autoptr (CrReach) reach = g_new0 (CrReach, 1);
  guint first = cr_patient_is_minor (patient, today) ? 0 : G_N_ELEMENTS (ORDER) - 1; /* the proxy alone */
  for (guint turn = first; turn < G_N_ELEMENTS (ORDER); turn++)
    for (guint i = 0; i < people->len; i++) {
      const CrRelatedPerson *person = people->pdata[i];
      if (ORDER[turn](person) && cr_still_holds (person->valid_to, today))
        ask (reach, patient, person, linked);
    }
  return reach->phone != NULL || reach->address != NULL ? g_steal_pointer (&reach) : NULL;
}

CrReach *
cr_reach_copy (const CrReach *reach)
{
  CrReach *copy = reach != NULL ? g_new (CrReach, 1) : NULL;
  if (copy != NULL)
    *copy = (CrReach){ g_strdup (reach->phone),   g_strdup (reach->phone_of), reach->no_voice_mail,
                       g_strdup (reach->address), g_strdup (reach->place),    g_strdup (reach->address_of) };
  return copy;
}

void
cr_reach_free (CrReach *reach)
{
  if (reach == NULL)
    return;
  g_free (reach->phone);
  g_free (reach->phone_of);
  g_free (reach->address);
  g_free (reach->place);
  g_free (reach->address_of);
  g_free (reach);
}

gboolean
cr_reach_equal (const CrReach *a, const CrReach *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strcmp0 (a->phone, b->phone) == 0 && g_strcmp0 (a->phone_of, b->phone_of) == 0 &&
         a->no_voice_mail == b->no_voice_mail && g_strcmp0 (a->address, b->address) == 0 &&
         g_strcmp0 (a->place, b->place) == 0 && g_strcmp0 (a->address_of, b->address_of) == 0;
}

gboolean
cr_reach_is_called (const CrPatient *patient, const CrReach *reach)
{
  return cr_str_empty (patient->phone) && reach != NULL && reach->phone != NULL;
}

char *
cr_reach_phone_words (const CrPatient *patient, const CrReach *reach)
{
  if (!cr_reach_is_called (patient, reach))
    return cr_phone_format (patient->phone);
  g_autofree char *phone = cr_phone_format (reach->phone);
  return g_strdup_printf ("%s %s", reach->phone_of, phone);
}

gboolean
cr_patient_is_minor (const CrPatient *patient, CrDate today)
{
  return cr_date_is_full (patient->birth_date) &&
         cr_date_compare (cr_date_add_months (patient->birth_date, OF_AGE * 12), today) > 0;
}

char *
cr_reach_addressee (const CrPatient *patient, CrDate today)
{
  g_autofree char *name = cr_patient_name_letter (patient);
  return cr_patient_is_minor (patient, today) ? g_strdup_printf (_ ("To the parent or guardian of %s"), name)
                                              : g_steal_pointer (&name);
}
