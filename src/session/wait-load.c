#include "wait-load.h"
#include "chartroom/session/reach-load.h"

void
cr_wait_item_free (CrWaitItem *item)
{
  g_clear_pointer (&item->entry, cr_wait_entry_free);
  g_clear_pointer (&item->patient, cr_patient_free);
  cr_reach_free (item->reach);
  g_clear_pointer (&item->interim, cr_appointment_free);
  g_free (item->type_name);
  g_free (item->clinician);
  g_free (item->interim_with);
  g_free (item->got);
  g_free (item);
}

static char *
name_person (CrTx *tx, CrId id)
{
  g_autoptr (CrPerson) person = id != CR_ID_NONE ? cr_tx_load (tx, &CR_PERSON, id, NULL) : NULL;
  return person != NULL ? cr_person_short (person) : NULL;
}

/* What is over or cancelled is no longer held. */
static void
take_interim (CrTx *tx, CrWaitItem *item)
{
  CrId id = item->entry->interim_appointment_id;
  item->interim = id != CR_ID_NONE ? cr_tx_load (tx, &CR_APPOINTMENT, id, NULL) : NULL;
  if (item->interim != NULL && item->interim->stage >= CR_STAGE_ARRIVED)
    g_clear_pointer (&item->interim, cr_appointment_free);
  if (item->interim != NULL)
    item->interim_with = name_person (tx, item->interim->person_id);
}

/* What became of it. */
static void
take_visit (CrTx *tx, CrWaitItem *item)
{
  CrId id = item->entry->appointment_id;
  g_autoptr (CrAppointment) visit = id != CR_ID_NONE ? cr_tx_load (tx, &CR_APPOINTMENT, id, NULL) : NULL;
  if (visit == NULL)
    return;
  g_autofree char *day = cr_date_format_weekday (visit->date);
  g_autofree char *time = cr_minute_format ((int)visit->start_min);
  item->got = g_strdup_printf ("%s, %s", day, time);
}

CrWaitItem *
cr_wait_item_load (CrTx *tx, CrWaitEntry *entry)
{
  CrWaitItem *item = g_new0 (CrWaitItem, 1);
  g_autoptr (CrVisitType) type = cr_tx_load (tx, &CR_VISIT_TYPE, entry->visit_type_id, NULL);
  item->entry = entry;
  item->patient = cr_tx_load (tx, &CR_PATIENT, entry->patient_id, NULL);
  if (item->patient != NULL)
    cr_reach_load (tx, item->patient, &item->reach,
                   NULL); /* as the other names: none when it cannot be read */
  item->type_name = type != NULL ? g_strdup (type->name) : NULL;
  item->minutes = entry->minutes != CR_INT_NONE ? (int)entry->minutes : type != NULL ? (int)type->minutes : 0;
  item->clinician = name_person (tx, entry->person_id);
  item->expired = cr_wait_entry_expired (entry, cr_tx_today (tx));
  if (entry->status == CR_WAIT_OPEN)
    take_interim (tx, item);
  else
    take_visit (tx, item);
  return item;
}

/* entries: NULL with error. */
static GPtrArray *
make_items (CrTx *tx, const GPtrArray *entries)
{
  if (entries == NULL)
    return NULL;
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_wait_item_free);
  for (guint i = 0; i < entries->len; i++) {
    CrWaitItem *item = cr_wait_item_load (tx, cr_wait_entry_copy (entries->pdata[i]));
    if (item->patient != NULL)
      g_ptr_array_add (items, item);
    else
      cr_wait_item_free (item);
  }
  return items;
}

GPtrArray *
cr_wait_items_load (CrTx *tx, GError **error)
{
  g_autoptr (GPtrArray) entries = cr_wait_entries_open (tx, error);
  return make_items (tx, entries);
}

GPtrArray *
cr_wait_items_load_closed (CrTx *tx, CrInstant since, GError **error)
{
  g_autoptr (GPtrArray) entries = cr_wait_entries_closed (tx, since, error);
  return make_items (tx, entries);
}
