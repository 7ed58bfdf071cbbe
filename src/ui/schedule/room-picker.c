#include "src/ui/schedule/room-picker.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

enum { MOST_HEIGHT = 320 }; /* pixels of the menu, before it scrolls */

typedef struct {
  GtkCheckButton *check; /* borrowed child */
  CrId id;
  gboolean equipment;
  char *name;
} Choice;

struct _CrRoomPicker {
  GtkWidget parent;
  GtkMenuButton *button;
  GtkBox *box;
  GArray *choices; /* Choice */
  char *words;     /* NULL: nothing is taken */
  gboolean settling;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrRoomPicker, cr_room_picker, GTK_TYPE_WIDGET)

static void
clear_choice (gpointer data)
{
  g_clear_pointer (&((Choice *)data)->name, g_free);
}

static Choice *
choice_at (CrRoomPicker *self, guint i)
{
  return &g_array_index (self->choices, Choice, i);
}

/* A visit has one room. */
static void
untick_rooms (CrRoomPicker *self, CrId but)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (!choice_at (self, i)->equipment && choice_at (self, i)->id != but)
      gtk_check_button_set_active (choice_at (self, i)->check, FALSE);
}

static void
toggled_cb (GtkCheckButton *check, CrRoomPicker *self)
{
  if (self->settling)
    return;
  self->settling = TRUE;
  for (guint i = 0; gtk_check_button_get_active (check) && i < self->choices->len; i++)
    if (choice_at (self, i)->check == check && !choice_at (self, i)->equipment)
      untick_rooms (self, choice_at (self, i)->id);
  self->settling = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_choice (CrRoomPicker *self, CrSession *session, const CrRoom *room)
{
  Choice choice = { .id = room->id, .equipment = g_strcmp0 (room->kind, CR_ROOM_EQUIPMENT) == 0 };
  choice.name = cr_visit_room_words (session, room->id);
  choice.check = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (choice.name));
  g_signal_connect (choice.check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (self->box, GTK_WIDGET (choice.check));
  g_array_append_val (self->choices, choice);
}

static void
clear (CrRoomPicker *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_array_set_size (self->choices, 0);
}

static gboolean
is_among (const GArray *rooms, CrId room)
{
  for (guint i = 0; i < rooms->len; i++)
    if (g_array_index (rooms, CrId, i) == room)
      return TRUE;
  return FALSE;
}

/* "Room", "Room 2", "Room 2 +1": the rest is in the line below and in what is spoken. */
static void
show_button (CrRoomPicker *self, const char *first, guint n)
{
  g_autofree char *more = n > 1 ? g_strdup_printf ("%s +%u", first, n - 1) : NULL;
  g_autofree char *spoken =
      g_strdup_printf (_ ("Room and equipment: %s"), self->words != NULL ? self->words : _ ("none"));
  gtk_menu_button_set_label (self->button, more != NULL ? more : n > 0 ? first : _ ("Room"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
cr_room_picker_dispose (GObject *object)
{
  CrRoomPicker *self = CR_ROOM_PICKER (object);
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (cr_room_picker_parent_class)->dispose (object);
}

static void
cr_room_picker_class_init (CrRoomPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_room_picker_dispose;
  signals[CHANGED] =
      g_signal_new ("changed", CR_TYPE_ROOM_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_room_picker_init (CrRoomPicker *self)
{
  GtkWidget *popover = gtk_popover_new (), *scroller = gtk_scrolled_window_new ();
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  g_array_set_clear_func (self->choices, clear_choice);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (self->button, popover);
  gtk_menu_button_set_label (self->button, _ ("Room")); /* its name from the start */
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
}

/* ---- public ---- */

void
cr_room_picker_fill (CrRoomPicker *self, CrSession *session)
{
  GListModel *rooms = cr_session_get_rooms (session);
  clear (self);
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rooms, i);
    const CrRoom *record = cr_row_peek (row);
    if (record->active)
      add_choice (self, session, record);
  }
  gtk_widget_set_visible (GTK_WIDGET (self), self->choices->len > 0);
  cr_room_picker_show (self, NULL);
}

void
cr_room_picker_choose (CrRoomPicker *self, CrId room)
{
  self->settling = TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    if (choice_at (self, i)->id == room) {
      if (!choice_at (self, i)->equipment)
        untick_rooms (self, room);
      gtk_check_button_set_active (choice_at (self, i)->check, TRUE);
    }
  if (room == CR_ID_NONE)
    untick_rooms (self, room);
  self->settling = FALSE;
}

CrId
cr_room_picker_get (CrRoomPicker *self, CrRoomSet *also)
{
  CrId room = CR_ID_NONE;
  *also = (CrRoomSet){ .n = 0 };
  for (guint i = 0; i < self->choices->len; i++) {
    const Choice *choice = choice_at (self, i);
    if (!gtk_check_button_get_active (choice->check))
      continue;
    if (!choice->equipment && room == CR_ID_NONE)
      room = choice->id;
    else
      cr_room_set_add (also, choice->id);
  }
  return room;
}

void
cr_room_picker_show (CrRoomPicker *self, const GArray *taken)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char *first = NULL;
  guint n = 0;
  for (guint i = 0; i < self->choices->len; i++) {
    const Choice *choice = choice_at (self, i);
    gboolean takes = taken != NULL && is_among (taken, choice->id);
    g_autofree char *label = takes && !gtk_check_button_get_active (choice->check)
                                 /* Translators: a room or a piece of equipment. */
                                 ? g_strdup_printf (_ ("%s (comes with the type)"), choice->name)
                                 : g_strdup (choice->name);
    gtk_check_button_set_label (choice->check, label);
    if (!takes)
      continue;
    g_string_append_printf (words, "%s%s", n > 0 ? ", " : "", choice->name);
    first = first != NULL ? first : choice->name;
    n++;
  }
  g_free (self->words);
  self->words = n > 0 ? g_strdup (words->str) : NULL;
  show_button (self, first, n);
}

const char *
cr_room_picker_get_words (CrRoomPicker *self)
{
  return self->words;
}
