#include "src/ui/schedule/room-sheet.h"
#include "src/ui/shell/focus.h"
#include "chartroom/domain/practice.h"
#include <glib/gi18n.h>

#define PER_ROW 9
#define PER_PANEL 3

struct _CrRoomSheet {
  GtkWidget parent;
  GtkWidget *root;
  GtkGrid *rooms;
  GtkButton *close_button;
  int per_line, n;
};

enum { CHOSEN, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrRoomSheet, cr_room_sheet, GTK_TYPE_WIDGET)

static gboolean
is_taken (CrDaySchedule *schedule, CrId room)
{
  GListModel *visits = cr_day_schedule_get_visits (schedule);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    const CrAppointment *a = ((const CrVisit *)cr_row_peek (row))->appointment;
    if (a->room_id == room && a->stage >= CR_STAGE_ROOMED && a->stage < CR_STAGE_CHECKED_OUT)
      return TRUE;
  }
  return FALSE;
}

static void
room_cb (GtkButton *button, CrRoomSheet *self)
{
  const CrId *room = g_object_get_data (G_OBJECT (button), "cr-room");
  g_signal_emit (self, signals[CHOSEN], 0, *room);
}

static void
close_cb (CrRoomSheet *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* A digit is the room's own name where there is such a room, else its place in the row of buttons. */
static GtkWidget *
button_for_digit (CrRoomSheet *self, guint digit)
{
  GtkWidget *nth = NULL;
  g_autofree char *name = g_strdup_printf ("%u", digit);
  guint at = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rooms)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (g_strcmp0 (g_object_get_data (G_OBJECT (child), "cr-name"), name) == 0)
      return child;
    if (++at == digit)
      nth = child;
  }
  return nth;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrRoomSheet *self)
{
  GtkWidget *button = NULL;
  if (key >= GDK_KEY_1 && key <= GDK_KEY_9)
    button = button_for_digit (self, key - GDK_KEY_0);
  else if (key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9)
    button = button_for_digit (self, key - GDK_KEY_KP_0);
  if (button != NULL)
    room_cb (GTK_BUTTON (button), self);
  else if (key == GDK_KEY_Escape)
    close_cb (self);
  return button != NULL || key == GDK_KEY_Escape;
}

static void
add_room (CrRoomSheet *self, const CrRoom *room, gboolean taken)
{
  g_autofree char *label = g_strdup_printf (taken ? _ ("%s (in use)") : "%s", room->name);
  g_autofree char *spoken = g_strdup_printf (taken ? _ ("Room %s, in use") : _ ("Room %s, free"), room->name);
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_set_size_request (button, 48, -1);
  if (taken)
    gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "cr-room", g_memdup2 (&room->id, sizeof room->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "cr-name", g_strdup (room->name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (room_cb), self);
  gtk_grid_attach (self->rooms, button, self->n % self->per_line, self->n / self->per_line, 1, 1);
  self->n++;
}

static void
add_rooms (CrRoomSheet *self, GListModel *rooms, CrDaySchedule *schedule, gboolean taken)
{
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rooms, i);
    const CrRoom *room = cr_row_peek (row);
    if (room->active && is_taken (schedule, room->id) == taken)
      add_room (self, room, taken);
  }
}

static gboolean
cr_room_sheet_grab_focus (GtkWidget *widget)
{
  CrRoomSheet *self = CR_ROOM_SHEET (widget);
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->rooms));
  return gtk_widget_grab_focus (first != NULL ? first : GTK_WIDGET (self->close_button));
}

static void
cr_room_sheet_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_ROOM_SHEET);
  G_OBJECT_CLASS (cr_room_sheet_parent_class)->dispose (object);
}

static void
cr_room_sheet_class_init (CrRoomSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_room_sheet_dispose;
  widget->grab_focus = cr_room_sheet_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CHOSEN] = g_signal_new ("chosen", CR_TYPE_ROOM_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLOSED] =
      g_signal_new ("closed", CR_TYPE_ROOM_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/room-sheet.ui");
  gtk_widget_class_bind_template_child (widget, CrRoomSheet, root);
  gtk_widget_class_bind_template_child (widget, CrRoomSheet, rooms);
  gtk_widget_class_bind_template_child (widget, CrRoomSheet, close_button);
}

static void
cr_room_sheet_init (CrRoomSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
cr_room_sheet_new (CrSession *session, CrDaySchedule *schedule, GtkOrientation layout)
{
  CrRoomSheet *self = g_object_new (CR_TYPE_ROOM_SHEET, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->root), layout);
  self->per_line = layout == GTK_ORIENTATION_HORIZONTAL ? PER_ROW : PER_PANEL;
  add_rooms (self, cr_session_get_rooms (session), schedule, FALSE);
  add_rooms (self, cr_session_get_rooms (session), schedule, TRUE);
  return GTK_WIDGET (self);
}
