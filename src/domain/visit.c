/* An appointment with what a list shows of its patient. */
#include "chartroom/base/text.h"
#include "chartroom/domain/appointment.h"

/* What two names are compared by. */
typedef struct {
  CrId patient_id;
  char *family, *sound, *initial;
} NameKey;

static void
name_key_free (NameKey *key)
{
  g_free (key->family);
  g_free (key->sound);
  g_free (key->initial);
  g_free (key);
}

static NameKey *
name_key_new (const CrPatient *p)
{
  NameKey *key = g_new0 (NameKey, 1);
  gboolean single = cr_str_empty (p->family);
  g_autofree char *given = cr_text_fold (p->given);
  key->patient_id = p->id;
  key->family = single ? g_strdup (given) : cr_text_fold (p->family);
  key->sound = cr_text_sound (key->family);
  key->initial = g_utf8_substring (given, 0, *given == '\0' ? 0 : 1);
  return key;
}

static gboolean
names_similar (const NameKey *a, const NameKey *b)
{
  if (a->patient_id == b->patient_id || !g_str_equal (a->initial, b->initial))
    return FALSE;
  if (g_str_equal (a->family, b->family))
    return TRUE;
  return *a->sound != '\0' && g_str_equal (a->sound, b->sound);
}

gboolean
cr_patients_similar (const CrPatient *a, const CrPatient *b)
{
  NameKey *first = name_key_new (a), *second = name_key_new (b);
  gboolean similar = names_similar (first, second);
  name_key_free (first);
  name_key_free (second);
  return similar;
}

CrVisit *
cr_visit_copy (const CrVisit *v)
{
  CrVisit *copy = g_memdup2 (v, sizeof *v);
  copy->appointment = cr_appointment_copy (v->appointment);
  copy->patient = cr_patient_copy (v->patient);
  copy->type_code = g_strdup (v->type_code);
  copy->type_name = g_strdup (v->type_name);
  copy->room_name = g_strdup (v->room_name);
  copy->clinician = g_strdup (v->clinician);
  copy->other_clinician = g_strdup (v->other_clinician);
  copy->reach = cr_reach_copy (v->reach);
  return copy;
}

void
cr_visit_free (CrVisit *v)
{
  if (v == NULL)
    return;
  cr_appointment_free (v->appointment);
  cr_patient_free (v->patient);
  g_free (v->type_code);
  g_free (v->type_name);
  g_free (v->room_name);
  g_free (v->clinician);
  g_free (v->other_clinician);
  cr_reach_free (v->reach);
  g_free (v);
}

static gboolean
same_day (const CrVisit *a, const CrVisit *b)
{
  return cr_date_compare (a->appointment->date, b->appointment->date) == 0;
}

void
cr_visits_mark_similar (GPtrArray *visits)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)name_key_free);
  for (guint i = 0; i < visits->len; i++) {
    CrVisit *visit = visits->pdata[i];
    visit->similar = FALSE;
    g_ptr_array_add (keys, name_key_new (visit->patient));
  }
  for (guint i = 0; i < visits->len; i++)
    for (guint j = i + 1; j < visits->len; j++)
      if (!same_day (visits->pdata[i], visits->pdata[j]))
        break;
      else if (names_similar (keys->pdata[i], keys->pdata[j])) {
        ((CrVisit *)visits->pdata[i])->similar = TRUE;
        ((CrVisit *)visits->pdata[j])->similar = TRUE;
      }
}
