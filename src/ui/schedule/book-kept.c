/* What stands in the booking panel and is not booked: kept over a lock or a crash, asked about before it is
 * thrown away. */
#include "src/ui/schedule/book-panel-private.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

static const char *
name_of (gboolean walk_in)
{
  return walk_in ? CR_FORM_WALK_IN : CR_FORM_BOOKING;
}

static CrId
chosen_clinician (CrBookPanel *self)
{
  guint at = gtk_drop_down_get_selected (self->who);
  if (self->walk_in)
    return at < self->who_ids->len ? g_array_index (self->who_ids, CrId, at) : CR_ID_NONE;
  return self->pick_person ? CR_ID_NONE : self->slot.person_id;
}

static gboolean
is_past (CrBookPanel *self, CrDate date, int minute)
{
  int day = cr_date_compare (date, cr_book_panel_today (self));
  return day < 0 ||
         (day == 0 && minute < cr_clock_minute (cr_session_get_clock (cr_book_panel_session (self))));
}

/* ---- several of one kind: "equipment-0", "equipment-1" … ---- */

static void
write_ids (CrKeptForm *form, const char *field, const CrId *ids, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("%s-%u", field, i);
    cr_kept_form_set_number (form, name, ids[i]);
  }
}

static GArray *
read_ids (const CrKeptForm *form, const char *field)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0;; i++) {
    g_autofree char *name = g_strdup_printf ("%s-%u", field, i);
    CrId id = cr_kept_form_get_number (form, name, CR_ID_NONE);
    if (id == CR_ID_NONE)
      return ids;
    g_array_append_val (ids, id);
  }
}

/* ---- a second visit ---- */

static void
write_second (CrBookPanel *self, CrKeptForm *form)
{
  CrSlotSecond second = cr_slot_finder_get_second (self->finder);
  if (self->walk_in || second.join == CR_SLOT_SINGLE)
    return;
  cr_kept_form_set_number (form, "join", second.join);
  cr_kept_form_set_number (form, "second-type", second.visit_type_id);
  write_ids (form, "second-people", (const CrId *)(gpointer)second.people->data, second.people->len);
  if (!self->pick_other)
    cr_kept_form_set_number (form, "second-clinician", self->slot.other_id);
}

static void
put_second_back (CrBookPanel *self, const CrKeptForm *form)
{
  g_autoptr (GArray) people = read_ids (form, "second-people");
  CrSlotSecond second = { (CrSlotJoin)cr_kept_form_get_number (form, "join", CR_SLOT_SINGLE),
                          cr_kept_form_get_number (form, "second-type", CR_ID_NONE), people };
  CrSlot slot = self->slot;
  gboolean offered;
  if (self->walk_in || second.join == CR_SLOT_SINGLE)
    return;
  offered = cr_slot_finder_choose_second (self->finder, &second);
  if (self->has_slot && offered) {
    slot.person_id = self->pick_person ? CR_ID_NONE : slot.person_id;
    slot.other_id = cr_kept_form_get_number (form, "second-clinician", CR_ID_NONE);
    cr_book_panel_take_slot (self, &slot);
  }
  if (offered)
    return;
  g_free (self->lost);
  self->lost = g_strdup (_ ("The type of the second visit is not offered any more. Choose it anew."));
}

/* Without a patient and a reason nothing has been done yet. */
static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *form, CrBookPanel *self)
{
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason_entry));
  CrRoomSet also;
  if (self->patient_id == CR_ID_NONE && *reason == '\0')
    return;
  if (*reason != '\0')
    cr_kept_form_set_text (form, "reason", reason);
  cr_kept_form_set_number (form, "patient", self->patient_id);
  cr_kept_form_set_number (form, "type", self->type_id);
  cr_kept_form_set_number (form, "clinician", chosen_clinician (self));
  cr_kept_form_set_number (form, "room", cr_room_picker_get (self->rooms, &also));
  write_ids (form, "equipment", also.ids, also.n);
  write_second (self, form);
  if (!self->has_slot)
    return;
  cr_kept_form_set_number (form, "late", is_past (self, self->slot.date, self->slot.start));
  cr_kept_form_set_number (form, "day", cr_date_to_days (self->slot.date));
  cr_kept_form_set_number (form, "time", self->slot.start);
}

/* A time that was still to come and is past by now is chosen anew; one that was past already is booked late.
 */
static CrBookStart
read_start (CrBookPanel *self, const CrKeptForm *form, gboolean walk_in)
{
  CrDate today = cr_book_panel_today (self);
  CrDate date = cr_date_from_days ((gint32)cr_kept_form_get_number (form, "day", 0));
  int minute = (int)cr_kept_form_get_number (form, "time", CR_MINUTE_NONE);
  CrBookStart start = { .walk_in = walk_in, .date = today, .start = CR_MINUTE_NONE };
  start.patient_id = cr_kept_form_get_number (form, "patient", CR_ID_NONE);
  start.visit_type_id = cr_kept_form_get_number (form, "type", CR_ID_NONE);
  if (walk_in || minute == CR_MINUTE_NONE ||
      (is_past (self, date, minute) && !cr_kept_form_get_number (form, "late", FALSE)))
    return start;
  start.person_id = cr_kept_form_get_number (form, "clinician", CR_ID_NONE);
  start.date = date;
  start.start = minute;
  return start;
}

static void
put_back (CrBookPanel *self, const CrKeptForm *form)
{
  const char *reason = cr_kept_form_get_text (form, "reason");
  CrId room = cr_kept_form_get_number (form, "room", CR_ID_NONE);
  CrId clinician = cr_kept_form_get_number (form, "clinician", CR_ID_NONE);
  g_autoptr (GArray) equipment = read_ids (form, "equipment");
  if (reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), reason);
  if (room != CR_ID_NONE)
    cr_room_picker_choose (self->rooms, room);
  for (guint i = 0; i < equipment->len; i++)
    cr_room_picker_choose (self->rooms, g_array_index (equipment, CrId, i));
  for (guint i = 0; self->walk_in && i < self->who_ids->len; i++)
    if (g_array_index (self->who_ids, CrId, i) == clinician)
      gtk_drop_down_set_selected (self->who, i);
  put_second_back (self, form);
  cr_book_panel_rooms_changed (self);
}

/* ---- for the panel's other file ---- */

void
cr_book_panel_keep (CrBookPanel *self)
{
  cr_unsaved_bar_start (self->unsaved, cr_book_panel_session (self), name_of (self->walk_in));
}

void
cr_book_panel_connect_kept (CrBookPanel *self)
{
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  cr_unsaved_bar_watch (self->unsaved, self->reason_entry, NULL);
}

/* ---- public ---- */

gboolean
cr_book_panel_ask (CrBookPanel *self)
{
  return cr_unsaved_bar_ask (self->unsaved);
}

gboolean
cr_book_panel_has_kept (CrBookPanel *self, gboolean walk_in)
{
  g_autoptr (CrKeptForm) form = cr_session_get_kept_form (cr_book_panel_session (self), name_of (walk_in));
  return form != NULL;
}

void
cr_book_panel_start_kept (CrBookPanel *self, gboolean walk_in)
{
  g_autoptr (CrKeptForm) form = cr_session_get_kept_form (cr_book_panel_session (self), name_of (walk_in));
  g_autoptr (CrKeptForm) taken = NULL;
  CrBookStart start;
  g_return_if_fail (form != NULL);
  start = read_start (self, form, walk_in);
  cr_book_panel_start (self, &start);
  taken = cr_unsaved_bar_take (self->unsaved);
  put_back (self, form);
}
