#include "chartroom/base/text.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/patient.h"
#include "fields.h"
#include <glib/gi18n.h>

const char *const CR_ALLERGY_STATE_CODES[] = { "active", "resolved", "refuted", "entered-in-error", NULL };

static const CrField ALLERGY_FIELDS[] = {
  CR_FIELDS_HEAD (CrAllergy),
  CR_FIELD (CrAllergy, ID, patient_id),
  CR_FIELD (CrAllergy, TEXT, substance),
  CR_FIELD (CrAllergy, TEXT, code),
  CR_FIELD (CrAllergy, TEXT, category),
  CR_FIELD (CrAllergy, TEXT, type),
  CR_FIELD (CrAllergy, TEXT, reactions),
  CR_FIELD (CrAllergy, TEXT, severity),
  CR_FIELD (CrAllergy, TEXT, criticality),
  CR_FIELD (CrAllergy, TEXT, certainty),
  CR_FIELD (CrAllergy, TEXT, source),
  CR_FIELD_CODED (CrAllergy, state, CR_ALLERGY_STATE_CODES),
  CR_FIELD (CrAllergy, TEXT, state_reason),
  CR_FIELD (CrAllergy, DATE, onset),
  CR_FIELD (CrAllergy, ID, recorded_by),
  CR_FIELD (CrAllergy, INSTANT, recorded_at),
  CR_FIELD (CrAllergy, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_ALLERGY, CrAllergy, "allergy", ALLERGY_FIELDS, TRUE)

static int
compare_allergies (gconstpointer a, gconstpointer b)
{
  const CrAllergy *x = *(const CrAllergy *const *)a, *y = *(const CrAllergy *const *)b;
  gboolean x_high = g_strcmp0 (x->criticality, "high") == 0, y_high = g_strcmp0 (y->criticality, "high") == 0;
  if (x_high != y_high)
    return x_high ? -1 : 1;
  g_autofree char *x_name = cr_text_fold (x->substance);
  g_autofree char *y_name = cr_text_fold (y->substance);
  return g_strcmp0 (x_name, y_name);
}

/* "penicillin (anaphylaxis)"; an intolerance is called one. */
static char *
describe_allergy (const CrAllergy *a)
{
  gboolean intolerance = g_strcmp0 (a->type, "intolerance") == 0;
  const char *name = cr_str_empty (a->substance) ? _ ("unnamed substance") : a->substance;
  if (!cr_str_empty (a->reactions) && intolerance)
    return g_strdup_printf (_ ("%s (intolerance: %s)"), name, a->reactions);
  if (!cr_str_empty (a->reactions))
    return g_strdup_printf ("%s (%s)", name, a->reactions);
  return intolerance ? g_strdup_printf (_ ("%s (intolerance)"), name) : g_strdup (name);
}

/* "penicillin +2" */
static char *
first_and_count (const GPtrArray *active)
{
  const CrAllergy *first = active->pdata[0];
  const char *name = cr_str_empty (first->substance) ? _ ("unnamed substance") : first->substance;
  if (active->len == 1)
    return g_strdup (name);
  return g_strdup_printf ("%s +%u", name, active->len - 1);
}

static char *
all_in_full (const GPtrArray *active)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < active->len; i++) {
    g_autofree char *one = describe_allergy (active->pdata[i]);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", one);
  }
  return g_string_free (text, FALSE);
}

GPtrArray *
cr_allergies_active (const GPtrArray *allergies)
{
  GPtrArray *active = g_ptr_array_new ();
  for (guint i = 0; allergies != NULL && i < allergies->len; i++) {
    const CrAllergy *a = allergies->pdata[i];
    if (a->state == CR_ALLERGY_ACTIVE)
      g_ptr_array_add (active, (gpointer)a);
  }
  g_ptr_array_sort (active, compare_allergies);
  return active;
}

char *
cr_allergy_phrase (int allergy_status, const GPtrArray *allergies, gboolean full)
{
  g_autoptr (GPtrArray) active = cr_allergies_active (allergies);
  gboolean unread = allergy_status == CR_ALLERGY_KNOWN && allergies == NULL;
  if (allergy_status == CR_ALLERGY_UNAVAILABLE || unread)
    return g_strdup (_ ("Allergies unavailable"));
  if (active->len == 0)
    return g_strdup (allergy_status == CR_ALLERGY_NONE_KNOWN ? _ ("No known allergies")
                                                             : _ ("Allergies not recorded"));
  g_autofree char *list = full ? all_in_full (active) : first_and_count (active);
  return g_strdup_printf (_ ("Known allergies: %s"), list);
}

const char *
cr_allergy_icon (int allergy_status)
{
  switch (allergy_status) {
  case CR_ALLERGY_NONE_KNOWN:
    return "cr-allergy-none-symbolic";
  case CR_ALLERGY_KNOWN:
    return "cr-allergy-known-symbolic";
  case CR_ALLERGY_UNAVAILABLE:
    return "cr-allergy-unavailable-symbolic";
  default:
    return "cr-allergy-not-recorded-symbolic";
  }
}
