/* Driver of a GTK program: looks through ui-tree.h, acts by xdotool and by the actions of the tree. */
#include "ui-tree.h"
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define DEADLINE_S 40  /* for anything that has to appear; far beyond what any machine needs */
#define PAUSE_US 30000 /* between two looks */
#define BUS_MS 20000
#define STILL_US 100000 /* a screen that does not change for so long is finished */
#define MOST_PICTURES 12

struct _UiApp {
  GDBusConnection *bus; /* the accessibility bus */
  GPid child;           /* what was started: the program or its wrapper */
  GPid pid;             /* the program */
  char *name;           /* its name on the bus */
  char *pictures;       /* folder */
  UiNode *tree;         /* the last look */
  guint keys, clicks;   /* since ui_count_begin */
};

gboolean
ui_is (const UiNode *node, int state)
{
  return ((node->states >> state) & 1) != 0;
}

const UiNode *
ui_tree (UiApp *app)
{
  g_clear_pointer (&app->tree, ui_node_free);
  app->tree = ui_tree_look (app->bus, app->name, NULL);
  return app->tree;
}

GDBusConnection *
ui_bus (UiApp *app)
{
  return app->bus;
}

const char *
ui_bus_name (UiApp *app)
{
  return app->name;
}

/* What was never shown is in the tree, but has no room on the screen. */
static gboolean
is_placed (GDBusConnection *bus, const UiNode *node)
{
  int x, y, width, height;
  return ui_node_extents (bus, node, &x, &y, &width, &height);
}

static gboolean
has_state (GDBusConnection *bus, const UiNode *node, int state)
{
  return ((ui_node_states (bus, node) >> state) & 1) != 0;
}

static gboolean
is_focused (GDBusConnection *bus, const UiNode *node)
{
  return has_state (bus, node, UI_FOCUSED);
}

static gboolean
is_pressed (GDBusConnection *bus, const UiNode *node)
{
  return has_state (bus, node, UI_PRESSED);
}

static gboolean
is_selected (GDBusConnection *bus, const UiNode *node)
{
  return has_state (bus, node, UI_SELECTED) && is_placed (bus, node);
}

static gboolean
is_pressable (GDBusConnection *bus, const UiNode *node)
{
  return has_state (bus, node, UI_SENSITIVE) && is_placed (bus, node);
}

static const UiNode *
look_for (UiApp *app, const char *selector, UiAccept accepts)
{
  g_auto (GStrv) steps = g_strsplit (selector, " > ", -1);
  g_clear_pointer (&app->tree, ui_node_free);
  app->tree = ui_tree_look (app->bus, app->name, steps);
  return ui_tree_search (app->bus, app->tree, steps, accepts);
}

gboolean
ui_sees (UiApp *app, const char *selector)
{
  return look_for (app, selector, is_placed) != NULL;
}

/* ---- pictures and failure ---- */

static gboolean
run (const char *const *argv, char **output)
{
  int status = 0;
  g_autoptr (GError) error = NULL;
  gboolean done = g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                                NULL, NULL, output, NULL, &status, &error);
  return done && g_spawn_check_wait_status (status, NULL);
}

static gboolean
take_picture (UiApp *app, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s/%s.png", app->pictures, name);
  const char *argv[] = { "import", "-window", "root", "-strip", file, NULL };
  return run (argv, NULL);
}

/* Once the screen has stood still from one picture to the next. */
static gboolean
take_still_picture (UiApp *app, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s/%s.png", app->pictures, name);
  g_autofree char *before = NULL, *now = NULL;
  gsize n_before = 0, n = 0;
  for (guint i = 0; i < MOST_PICTURES; i++) {
    if (!take_picture (app, name) || !g_file_get_contents (file, &now, &n, NULL))
      return FALSE;
    if (before != NULL && n == n_before && memcmp (now, before, n) == 0)
      return TRUE;
    g_free (before);
    before = g_steal_pointer (&now);
    n_before = n;
    g_usleep (STILL_US);
  }
  return TRUE;
}

void
ui_xdotool (UiApp *app, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (gpointer) "xdotool");
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (argv, (gpointer)*arguments);
  g_ptr_array_add (argv, NULL);
  if (!run ((const char *const *)argv->pdata, NULL))
    ui_fail (app, "xdotool %s failed.", (const char *)argv->pdata[1]);
}

void
ui_picture (UiApp *app, const char *name)
{
  ui_xdotool (app,
              (const char *const[]){ "mousemove", "1279", "799", NULL }); /* no tooltip, nothing hovered */
  if (!take_still_picture (app, name))
    ui_fail (app, "The picture %s could not be taken.", name);
  g_test_message ("picture %s/%s.png", app->pictures, name);
}

static void
print_tree (const UiNode *node, guint depth)
{
  g_autofree char *indent = g_strnfill (depth * 2, ' ');
  g_printerr ("# %s%s:%s%s%s%s\n", indent, node->role, node->name,
              ui_is (node, UI_FOCUSED) ? " [focused]" : "", ui_is (node, UI_SELECTED) ? " [selected]" : "",
              ui_is (node, UI_SENSITIVE) ? "" : " [off]");
  for (guint i = 0; i < node->children->len; i++)
    print_tree (node->children->pdata[i], depth + 1);
}

void
ui_fail (UiApp *app, const char *format, ...)
{
  va_list list;
  g_autofree char *message = NULL;
  va_start (list, format);
  message = g_strdup_vprintf (format, list);
  va_end (list);
  print_tree (ui_tree (app), 0);
  if (take_picture (app, "failed"))
    g_printerr ("# picture: %s/failed.png\n", app->pictures);
  kill (app->pid, SIGKILL);
  g_error ("%s", message);
}

/* ---- waiting ---- */

/* A program that has ended answers no more: said at once, with how it ended. */
static void
check_alive (UiApp *app)
{
  int status;
  if (waitpid (app->child, &status, WNOHANG) == app->child)
    g_error ("The program has ended by itself: %s %d.", WIFSIGNALED (status) ? "signal" : "exit status",
             WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
}

void
ui_until (UiApp *app, UiLook look, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  while (!look (app, data)) {
    check_alive (app);
    if (g_get_monotonic_time () > end)
      ui_fail (app, "Waited in vain: %s", what);
    g_usleep (PAUSE_US);
  }
}

static gboolean
look_sees (UiApp *app, gpointer selector)
{
  return look_for (app, selector, is_placed) != NULL;
}

static gboolean
look_misses (UiApp *app, gpointer selector)
{
  return look_for (app, selector, is_placed) == NULL;
}

static gboolean
look_focused (UiApp *app, gpointer selector)
{
  return look_for (app, selector, is_focused) != NULL;
}

static gboolean
look_pressed (UiApp *app, gpointer selector)
{
  return look_for (app, selector, is_pressed) != NULL;
}

static gboolean
look_selected (UiApp *app, gpointer selector)
{
  return look_for (app, selector, is_selected) != NULL;
}

static gboolean
look_pressable (UiApp *app, gpointer selector)
{
  return look_for (app, selector, is_pressable) != NULL;
}

static void
until_selector (UiApp *app, UiLook look, const char *selector, const char *verb)
{
  g_autofree char *what = g_strdup_printf ("%s %s", selector, verb);
  ui_until (app, look, (gpointer)selector, what);
}

void
ui_wait (UiApp *app, const char *selector)
{
  until_selector (app, look_sees, selector, "appears");
}

void
ui_wait_gone (UiApp *app, const char *selector)
{
  until_selector (app, look_misses, selector, "goes away");
}

void
ui_wait_focus (UiApp *app, const char *selector)
{
  until_selector (app, look_focused, selector, "has the focus");
}

void
ui_wait_selected (UiApp *app, const char *selector)
{
  until_selector (app, look_selected, selector, "is selected");
}

static const UiNode *
find_in_last_look (UiApp *app, const char *selector, UiAccept accepts)
{
  g_auto (GStrv) steps = g_strsplit (selector, " > ", -1);
  return ui_tree_search (app->bus, app->tree, steps, accepts);
}

/* ---- text ---- */

char *
ui_text (UiApp *app, const char *selector)
{
  ui_wait (app, selector);
  return ui_node_text (app->bus, find_in_last_look (app, selector, is_placed));
}

typedef struct {
  const char *selector, *pattern;
} TextWanted;

static gboolean
look_text (UiApp *app, gpointer data)
{
  const TextWanted *wanted = data;
  const UiNode *node = look_for (app, wanted->selector, is_placed);
  g_autofree char *text = node != NULL ? ui_node_text (app->bus, node) : NULL;
  return text != NULL && g_pattern_match_simple (wanted->pattern, text);
}

void
ui_wait_text (UiApp *app, const char *selector, const char *pattern)
{
  TextWanted wanted = { selector, pattern };
  g_autofree char *what = g_strdup_printf ("%s shows «%s»", selector, pattern);
  ui_until (app, look_text, &wanted, what);
}

static void
collect (UiApp *app, const UiNode *node, GString *out)
{
  gboolean field = node->role != NULL && strstr (node->role, "text") != NULL;
  g_autofree char *text = field ? ui_node_text (app->bus, node) : NULL;
  if (node->name != NULL)
    g_string_append_printf (out, "%s\n", node->name);
  if (text != NULL)
    g_string_append_printf (out, "%s\n", text);
  for (guint i = 0; i < node->children->len; i++)
    collect (app, node->children->pdata[i], out);
}

char *
ui_everything (UiApp *app)
{
  GString *out = g_string_new (NULL);
  collect (app, ui_tree (app), out);
  return g_string_free (out, FALSE);
}

/* ---- acting ---- */

void
ui_keys (UiApp *app, const char *keys)
{
  g_auto (GStrv) each = g_strsplit (keys, " ", -1);
  for (guint i = 0; each[i] != NULL; i++) {
    const char *arguments[] = { "key", "--clearmodifiers", each[i], NULL };
    ui_xdotool (app, arguments);
    app->keys++;
  }
}

void
ui_rush (UiApp *app, const char *keys)
{
  g_auto (GStrv) each = g_strsplit (keys, " ", -1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *head[] = { "key", "--clearmodifiers", "--delay", "0" };
  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    g_ptr_array_add (arguments, (gpointer)head[i]);
  for (guint i = 0; i <= g_strv_length (each); i++)
    g_ptr_array_add (arguments, each[i]);
  kill (ui_pid (app), SIGSTOP);
  ui_xdotool (app, (const char *const *)arguments->pdata);
  kill (ui_pid (app), SIGCONT);
  app->keys += g_strv_length (each);
}

void
ui_type (UiApp *app, const char *ascii)
{
  const char *arguments[] = { "type", "--clearmodifiers", "--delay", "12", "--", ascii, NULL };
  g_assert_true (g_str_is_ascii (ascii));
  ui_xdotool (app, arguments);
  app->keys += (guint)strlen (ascii);
}

static const UiNode *
window_of (const UiNode *node)
{
  while (node->parent != NULL && node->parent->parent != NULL)
    node = node->parent;
  return node;
}

char *
ui_find_window (UiApp *app, const char *title)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int)app->pid), *quoted = g_regex_escape_string (title, -1);
  g_autofree char *pattern = g_strdup_printf ("^%s$", quoted), *out = NULL;
  const char *argv[] = {
    "xdotool", "search", "--all", "--onlyvisible", "--pid", pid, "--name", pattern, NULL
  };
  const char *newest;
  if (!run (argv, &out))
    return NULL;
  newest = strrchr (g_strstrip (out), '\n');
  return g_strdup (newest != NULL ? newest + 1 : out);
}

/* Its corner on the screen, border included. */
static gboolean
corner_of (UiApp *app, const UiNode *window, int *x, int *y)
{
  g_autofree char *id = ui_find_window (app, window->name), *place = NULL;
  const char *argv[] = { "xdotool", "getwindowgeometry", "--shell", id, NULL };
  const char *line;
  if (id == NULL || !run (argv, &place) || (line = strstr (place, "X=")) == NULL)
    return FALSE;
  return sscanf (line, "X=%d\nY=%d", x, y) == 2;
}

static gboolean
look_target (UiApp *app, gpointer data)
{
  UiTarget *target = data;
  const UiNode *node = look_for (app, target->selector, is_placed);
  int left = 0, top = 0;
  int x, y, width, height;
  if (node == NULL || !ui_node_extents (app->bus, node, &x, &y, &width, &height) ||
      !corner_of (app, window_of (node), &left, &top))
    return FALSE;
  target->x = left + x + width / 2;
  target->y = top + y + height / 2;
  target->width = width;
  target->height = height;
  return TRUE;
}

UiTarget
ui_find_target (UiApp *app, const char *selector)
{
  UiTarget target = { .selector = selector };
  g_autofree char *what = g_strdup_printf ("%s has a place to click", selector);
  ui_wait (app, selector);
  ui_until (app, look_target, &target, what);
  return target;
}

void
ui_point (UiApp *app, int x, int y, const char *verb)
{
  g_autofree char *across = g_strdup_printf ("%d", x), *down = g_strdup_printf ("%d", y);
  ui_xdotool (app, (const char *const[]){ "mousemove", across, down, verb, verb == NULL ? NULL : "1", NULL });
}

void
ui_click (UiApp *app, const char *selector)
{
  UiTarget target = ui_find_target (app, selector);
  ui_point (app, target.x, target.y, "click");
  app->clicks++;
}

void
ui_count_begin (UiApp *app)
{
  app->keys = app->clicks = 0;
}

void
ui_count (UiApp *app, guint keys, guint clicks)
{
  app->keys += keys;
  app->clicks += clicks;
}

guint
ui_count_keys (UiApp *app)
{
  return app->keys;
}

guint
ui_count_clicks (UiApp *app)
{
  return app->clicks;
}

void
ui_press (UiApp *app, const char *selector)
{
  const UiNode *node;
  until_selector (app, look_pressable, selector, "can be pressed");
  node = find_in_last_look (app, selector, is_pressable);
  /* The outer widget of a menu button or drop-down has the name, the inner one the action. */
  if (ui_node_do (app->bus, node, "click") ||
      (node->children->len > 0 && ui_node_do (app->bus, node->children->pdata[0], "click")))
    app->clicks++;
  else
    ui_click (app, selector);
}

/* The list of a drop-down opens on the chosen item: from there Down until the shown one fits. */
void
ui_choose (UiApp *app, const char *selector, const char *item)
{
  g_autofree char *shown = g_strdup_printf ("%s > label:%s", selector, item);
  g_autofree char *inner = g_strdup_printf ("%s > button", selector);
  for (guint i = 0; i < 20 && !ui_sees (app, shown); i++) {
    ui_press (app, inner);
    until_selector (app, look_pressed, inner,
                    "opens its list"); /* the item of an earlier time keeps the focus */
    ui_wait_focus (app, "list item");
    ui_keys (app, "Down Return");
    ui_wait_focus (app, inner);
  }
  ui_wait (app, shown);
}

void
ui_fill (UiApp *app, const char *selector, const char *ascii)
{
  ui_click (app, selector);
  ui_wait_focus (app, selector);
  ui_keys (app, "ctrl+a");
  ui_type (app, ascii);
}

/* ---- the program ---- */

gboolean
ui_can_run (void)
{
  setlocale (LC_ALL, "");
  if (g_getenv ("DISPLAY") != NULL && g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL)
    return TRUE;
  g_print ("1..0 # SKIP no display and session bus here\n");
  return FALSE;
}

static GDBusConnection *
accessibility_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  GDBusConnection *bus;
  const char *address;
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                        "GetAddress", NULL, G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE,
                                        BUS_MS, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (answer, "(&s)", &address);
  bus = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  return bus;
}

/* Our children end with us, however we end. */
static void
follow_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* The started process itself or one directly below it, as a traced program is below its tracer. */
static gboolean
is_ours (UiApp *app, guint32 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/stat", pid), *stat = NULL;
  const char *rest;
  int parent = 0;
  if ((GPid)pid == app->child)
    return TRUE;
  if (!g_file_get_contents (path, &stat, NULL, NULL) || (rest = strrchr (stat, ')')) == NULL)
    return FALSE;
  return sscanf (rest, ") %*c %d", &parent) == 1 && parent == app->child;
}

static guint32
owner_of (UiApp *app, const char *bus)
{
  UiNode daemon = { .bus = (char *)"org.freedesktop.DBus", .path = (char *)"/org/freedesktop/DBus" };
  g_autoptr (GVariant) answer = ui_node_ask (app->bus, &daemon, "org.freedesktop.DBus",
                                             "GetConnectionUnixProcessID", g_variant_new ("(s)", bus));
  guint32 pid = 0;
  if (answer != NULL)
    g_variant_get (answer, "(u)", &pid);
  return pid;
}

static gboolean
look_registered (UiApp *app)
{
  UiNode registry = { .bus = (char *)"org.a11y.atspi.Registry",
                      .path = (char *)"/org/a11y/atspi/accessible/root" };
  g_autoptr (GVariant) answer =
      ui_node_ask (app->bus, &registry, "org.a11y.atspi.Accessible", "GetChildren", NULL);
  g_autoptr (GVariantIter) programs = NULL;
  const char *bus, *path;
  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(a(so))", &programs);
  while (app->name == NULL && g_variant_iter_next (programs, "(&s&o)", &bus, &path))
    if (is_ours (app, owner_of (app, bus)))
      app->name = g_strdup (bus);
  if (app->name != NULL)
    app->pid = (GPid)owner_of (app, app->name);
  return app->name != NULL && ui_tree (app)->children->len > 0;
}

UiApp *
ui_start (const char *const *argv, const char *const *environment, const char *pictures)
{
  g_autoptr (GError) error = NULL;
  UiApp *app = g_new0 (UiApp, 1);
  app->pictures = g_strdup (pictures);
  app->bus = accessibility_bus ();
  g_spawn_async (NULL, (char **)argv, (char **)environment, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                 follow_parent, NULL, &app->child, &error);
  g_assert_no_error (error);
  for (gint64 end = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC; !look_registered (app);) {
    check_alive (app);
    if (g_get_monotonic_time () > end)
      g_error ("%s shows no window.", argv[0]);
    g_usleep (PAUSE_US);
  }
  ui_resize (app, 1280, 800); /* fills the screen, as a window manager would maximise it */
  return app;
}

GPid
ui_pid (UiApp *app)
{
  return app->pid;
}

static void
expect_good_end (int status)
{
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_error ("The program did not end well: wait status %d.", status);
}

void
ui_stop (UiApp *app)
{
  int status = 0;
  kill (app->pid, SIGTERM);
  g_assert_cmpint (waitpid (app->child, &status, 0), ==, app->child);
  expect_good_end (status);
}

void
ui_await_end (UiApp *app)
{
  int status = 0;
  gint64 end = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  for (; waitpid (app->child, &status, WNOHANG) != app->child; g_usleep (PAUSE_US))
    if (g_get_monotonic_time () > end)
      ui_fail (app, "The program does not end.");
  expect_good_end (status);
}

void
ui_kill (UiApp *app)
{
  kill (app->pid, SIGKILL);
  g_assert_cmpint (waitpid (app->child, NULL, 0), ==, app->child);
}

void
ui_free (UiApp *app)
{
  g_clear_pointer (&app->tree, ui_node_free);
  g_dbus_connection_close_sync (app->bus, NULL, NULL);
  g_object_unref (app->bus);
  g_free (app->name);
  g_free (app->pictures);
  g_free (app);
}
