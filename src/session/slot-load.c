#include "slot-load.h"
#include "rule-set.h"

struct _CrSlotLoad {
  CrRuleSet set;
  GPtrArray *hours, *exceptions, *visits, *resources;
  CrSlotBook book;
};

CrSlotLoad *
cr_slot_load_new (CrTx *tx, CrClock *clock, CrDate from, CrDate to, GError **error)
{
  g_autoptr (CrSlotLoad) self = g_new0 (CrSlotLoad, 1);
  if (!cr_rule_set_load (tx, &self->set, error))
    return NULL;
  self->hours = cr_hours_list (tx, CR_ID_NONE, error);
  if (self->hours == NULL)
    return NULL;
  self->exceptions = cr_schedule_exception_list (tx, from, to, error);
  if (self->exceptions == NULL)
    return NULL;
  self->book = (CrSlotBook){ .people = self->set.people,
                             .hours = self->hours,
                             .exceptions = self->exceptions,
                             .rules = &self->set.rules,
                             .today = cr_tx_today (tx),
                             .now = cr_clock_minute_of (clock, cr_tx_now (tx)) };
  return g_steal_pointer (&self);
}

const CrSlotBook *
cr_slot_load_days (CrSlotLoad *self, CrTx *tx, CrDate from, CrDate to, GError **error)
{
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  self->visits = cr_appointments_held (tx, from, to, error);
  if (self->visits == NULL)
    return NULL;
  self->resources = cr_appointment_resources_between (tx, from, to, error);
  if (self->resources == NULL)
    return NULL;
  self->book.visits = self->visits;
  self->book.resources = self->resources;
  return &self->book;
}

void
cr_slot_load_free (CrSlotLoad *self)
{
  cr_rule_set_clear (&self->set);
  g_clear_pointer (&self->hours, g_ptr_array_unref);
  g_clear_pointer (&self->exceptions, g_ptr_array_unref);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_free (self);
}
