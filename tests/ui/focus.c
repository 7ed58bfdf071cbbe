#include "focus.h"
#include "ui-tree.h"

#define MOVE_US (400 * 1000) /* longer than any move takes */
#define LOOK_US (20 * 1000)
#define MOST_LOOKS 50
#define EVENT "org.a11y.atspi.Event.Object"

struct _UiFocus {
  UiApp *app;
  guint subscription;
  GHashTable *focused; /* paths of all that said so and did not take it back */
  char *last;          /* path of the last that said so */
  gboolean moved;
  UiNode *at;
};

static void
focused_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
            const char *member, GVariant *parameters, gpointer data)
{
  UiFocus *self = data;
  g_autoptr (GVariant) on = g_variant_get_child_value (parameters, 1);
  if (g_variant_get_int32 (on) == 0) {
    g_hash_table_remove (self->focused, path);
    return;
  }
  g_hash_table_add (self->focused, g_strdup (path));
  g_free (self->last);
  self->last = g_strdup (path);
  self->moved = TRUE;
}

UiFocus *
ui_focus_new (UiApp *app)
{
  UiFocus *self = g_new0 (UiFocus, 1);
  self->app = app;
  self->focused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->subscription =
      g_dbus_connection_signal_subscribe (ui_bus (app), ui_bus_name (app), EVENT, "StateChanged", NULL,
                                          "focused", G_DBUS_SIGNAL_FLAGS_NONE, focused_cb, self, NULL);
  return self;
}

void
ui_focus_free (UiFocus *self)
{
  g_dbus_connection_signal_unsubscribe (ui_bus (self->app), self->subscription);
  g_hash_table_unref (self->focused);
  ui_node_free (self->at);
  g_free (self->last);
  g_free (self);
}

/* The path of what has the focus below; counted in n. */
static const char *
find_focused (const UiNode *node, guint *n)
{
  const char *path = ui_is (node, UI_FOCUSED) ? node->path : NULL;
  *n += path != NULL;
  for (guint i = 0; i < node->children->len; i++) {
    const char *below = find_focused (node->children->pdata[i], n);
    path = below != NULL ? below : path;
  }
  return path;
}

static void
look_again (UiFocus *self)
{
  g_clear_pointer (&self->at, ui_node_free);
  if (self->last != NULL)
    self->at = ui_node_fresh (ui_bus (self->app), ui_bus_name (self->app), self->last);
}

gboolean
ui_focus_find (UiFocus *self)
{
  const UiNode *tree = ui_tree (self->app);
  gboolean alone = TRUE;
  g_clear_pointer (&self->last, g_free);
  for (guint i = 0; i < tree->children->len; i++) {
    guint n = 0;
    const char *path = find_focused (tree->children->pdata[i], &n);
    alone = alone && n <= 1;
    if (path != NULL) {
      g_free (self->last);
      self->last = g_strdup (path);
    }
  }
  g_hash_table_remove_all (self->focused);
  if (self->last != NULL)
    g_hash_table_add (self->focused, g_strdup (self->last));
  look_again (self);
  return alone && self->at != NULL;
}

static gboolean
too_late_cb (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_CONTINUE;
}

/* What went away with the focus on it never takes it back: those that did not are asked. */
static gboolean
has_lost_it (gpointer path, gpointer value, gpointer data)
{
  UiFocus *self = data;
  UiNode *node;
  gboolean lost;
  if (g_strcmp0 (path, self->last) == 0)
    return FALSE;
  node = ui_node_fresh (ui_bus (self->app), ui_bus_name (self->app), path);
  lost = node == NULL || !ui_is (node, UI_FOCUSED);
  g_clear_pointer (&node, ui_node_free);
  return lost;
}

guint
ui_focus_count (UiFocus *self)
{
  if (g_hash_table_size (self->focused) > 1)
    g_hash_table_foreach_remove (self->focused, has_lost_it, self);
  return g_hash_table_size (self->focused);
}

static gboolean
rests (UiFocus *self)
{
  return self->at != NULL && g_strcmp0 (self->at->path, self->last) == 0 && ui_is (self->at, UI_FOCUSED) &&
         ui_focus_count (self) == 1;
}

gboolean
ui_focus_press (UiFocus *self, const char *keys)
{
  gboolean late = FALSE;
  guint timeout;
  self->moved = FALSE;
  ui_keys (self->app, keys);
  timeout = g_timeout_add (MOVE_US / 1000, too_late_cb, &late);
  while (!self->moved && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  /* Told before it is so, or passed on by a row that is one stop to its member: until it rests. */
  for (int i = 0; i < MOST_LOOKS; i++) {
    look_again (self); /* its answer comes after whatever was told before */
    while (g_main_context_iteration (NULL, FALSE))
      ;
    if (!self->moved || rests (self))
      break;
    g_usleep (LOOK_US);
  }
  return self->moved;
}

const UiNode *
ui_focus_at (UiFocus *self)
{
  return self->at;
}

static void
clip (UiPlace *seen, const UiPlace *by)
{
  int right = MIN (seen->x + seen->width, by->x + by->width);
  int bottom = MIN (seen->y + seen->height, by->y + by->height);
  seen->x = MAX (seen->x, by->x);
  seen->y = MAX (seen->y, by->y);
  seen->width = MAX (right - seen->x, 0);
  seen->height = MAX (bottom - seen->y, 0);
}

static gboolean
ask_place (UiFocus *self, const UiNode *node, UiPlace *place)
{
  return ui_node_extents (ui_bus (self->app), node, &place->x, &place->y, &place->width, &place->height);
}

gboolean
ui_focus_place (UiFocus *self, UiPlace *place, UiPlace *seen)
{
  UiNode *node, *holder;
  if (self->at == NULL || !ask_place (self, self->at, place))
    return FALSE;
  *seen = (UiPlace){ 0, 0, G_MAXINT16, G_MAXINT16 };
  for (node = ui_node_holder (ui_bus (self->app), self->at); node != NULL; node = holder) {
    UiPlace around;
    if (ask_place (self, node, &around))
      clip (seen, &around);
    holder = ui_node_holder (ui_bus (self->app), node);
    ui_node_free (node);
  }
  return TRUE;
}
