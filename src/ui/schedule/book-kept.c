/* What stands in the booking panel and is not booked: kept over a lock or a crash, asked about before it is
 * thrown away. */
#include "src/ui/schedule/book-panel-private.h"
#include "chartroom/base/text.h"

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
  if (!self->has_slot)
    return;
  cr_kept_form_set_number (form, "day", cr_date_to_days (self->slot.date));
  cr_kept_form_set_number (form, "time", self->slot.start);
}

/* A time that is past by now is chosen anew. */
static CrBookStart
read_start (CrBookPanel *self, const CrKeptForm *form, gboolean walk_in)
{
  CrDate today = cr_book_panel_today (self);
  gint64 day = cr_kept_form_get_number (form, "day", 0);
  CrBookStart start = { .walk_in = walk_in, .date = today, .start = CR_MINUTE_NONE };
  start.patient_id = cr_kept_form_get_number (form, "patient", CR_ID_NONE);
  start.visit_type_id = cr_kept_form_get_number (form, "type", CR_ID_NONE);
  if (walk_in || day < cr_date_to_days (today))
    return start;
  start.person_id = cr_kept_form_get_number (form, "clinician", CR_ID_NONE);
  start.date = cr_date_from_days ((gint32)day);
  start.start = (int)cr_kept_form_get_number (form, "time", CR_MINUTE_NONE);
  return start;
}

static void
put_back (CrBookPanel *self, const CrKeptForm *form)
{
  const char *reason = cr_kept_form_get_text (form, "reason");
  CrId room = cr_kept_form_get_number (form, "room", CR_ID_NONE);
  CrId clinician = cr_kept_form_get_number (form, "clinician", CR_ID_NONE);
  if (reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), reason);
  if (room != CR_ID_NONE)
    cr_room_picker_choose (self->rooms, room);
  for (guint i = 0; self->walk_in && i < self->who_ids->len; i++)
    if (g_array_index (self->who_ids, CrId, i) == clinician)
      gtk_drop_down_set_selected (self->who, i);
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
