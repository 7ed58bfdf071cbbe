/* A look asks for many things at once and takes the answers as they come; it is complete when none is
 * outstanding. That is several times faster than one question after the other.  Nothing is asked twice that
 * does not change, nor what the look does not need: most of the time of a test with windows goes into these
 * questions. */
#include "ui-tree.h"
#include <string.h>

#define CALL_MS 20000
#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define PROPERTIES "org.freedesktop.DBus.Properties"

typedef struct {
  GDBusConnection *bus;
  char **steps;
  guint outstanding;
} Look;

typedef struct {
  Look *look;
  UiNode *node;
} Question;

void
ui_node_free (gpointer data)
{
  UiNode *node = data;
  if (node == NULL)
    return;
  g_ptr_array_unref (node->children);
  g_free (node->role);
  g_free (node->name);
  g_free (node->shown);
  g_free (node->bus);
  g_free (node->path);
  g_free (node);
}

static UiNode *
node_new (UiNode *parent, const char *bus, const char *path)
{
  UiNode *node = g_new0 (UiNode, 1);
  node->parent = parent;
  node->bus = g_strdup (bus);
  node->path = g_strdup (path);
  node->children = g_ptr_array_new_with_free_func (ui_node_free);
  return node;
}

/* GTK shows mnemonics as `_`, and a name that comes from two places twice: "_Sign In Sign In"; in the
 * pseudo-locale every text stands between ⟦ and ⟧. */
static char *
plain_name (const char *name)
{
  g_auto (GStrv) parts = g_regex_split_simple ("_|⟦|⟧", name, 0, 0);
  char *plain = g_strjoinv ("", parts);
  gsize n = strlen (plain), half = n / 2;
  if (n % 2 == 1 && plain[half] == ' ' && memcmp (plain, plain + half + 1, half) == 0)
    plain[half] = '\0';
  return plain;
}

static guint64
read_states (GVariant *answer)
{
  g_autoptr (GVariant) words = answer != NULL ? g_variant_get_child_value (answer, 0) : NULL;
  gsize n = 0;
  const guint32 *word = words != NULL ? g_variant_get_fixed_array (words, &n, sizeof (guint32)) : NULL;
  guint64 states = 0;
  for (gsize i = 0; i < n && i < 2; i++)
    states |= (guint64)word[i] << (32 * i);
  return states;
}

static gboolean
fits_step (const UiNode *node, const char *step)
{
  const char *colon = strchr (step, ':');
  gsize n = colon != NULL ? (gsize)(colon - step) : strlen (step);
  if (node->role == NULL || node->name == NULL)
    return FALSE;
  if (n > 0 && (strncmp (node->role, step, n) != 0 || node->role[n] != '\0'))
    return FALSE;
  return colon == NULL || colon[1] == '\0' || g_pattern_match_simple (colon + 1, node->name);
}

static gboolean
is_one_of (const char *role, const char *const *roles)
{
  return role != NULL && g_strv_contains (roles, role);
}

/* Whether anything below the node can matter to this look. */
static gboolean
is_worth_descending (const Look *look, const UiNode *node)
{
  static const char *const LEAVES[] = { "label", "image", "scroll bar", NULL };
  static const char *const ITEMS[] = { "list item", "row", NULL };
  if (is_one_of (node->role, LEAVES))
    return FALSE;
  if (look->steps == NULL || !is_one_of (node->role, ITEMS))
    return TRUE;
  for (guint i = 0; look->steps[i] != NULL && look->steps[i + 1] != NULL; i++)
    if (fits_step (node, look->steps[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_of_step (const char *role, const char *step)
{
  gsize n = strcspn (step, ":");
  return n == 0 || (strncmp (role, step, n) == 0 && role[n] == '\0');
}

static gboolean
is_window (const UiNode *node)
{
  return node->parent != NULL && node->parent->parent == NULL;
}

/* Whether its name decides anything in this look. */
static gboolean
is_named_in (const Look *look, const UiNode *node)
{
  static const char *const ITEMS[] = { "list item", "row", NULL };
  if (look->steps == NULL || is_one_of (node->role, ITEMS) || is_window (node))
    return TRUE;
  for (guint i = 0; look->steps[i] != NULL; i++)
    if (is_of_step (node->role, look->steps[i]))
      return TRUE;
  return FALSE;
}

/* ---- questions and answers ---- */

static void look_at (Look *look, UiNode *node);

/* NULL when the thing has gone meanwhile. */
static GVariant *
take_answer (GObject *source, GAsyncResult *result, Question *question)
{
  question->look->outstanding--;
  return g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
}

static void
put_question (Look *look, UiNode *node, const char *interface, const char *method, GVariant *arguments,
              GAsyncReadyCallback callback)
{
  Question *question = g_new (Question, 1);
  *question = (Question){ look, node };
  look->outstanding++;
  g_dbus_connection_call (look->bus, node->bus, node->path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, callback, question);
}

static void
children_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (GVariant) answer = take_answer (source, result, question);
  g_autoptr (GVariantIter) children = NULL;
  const char *bus, *path;
  if (answer == NULL)
    return;
  g_variant_get (answer, "(a(so))", &children);
  while (g_variant_iter_next (children, "(&s&o)", &bus, &path)) {
    UiNode *child = node_new (question->node, bus, path);
    g_ptr_array_add (question->node->children, child);
    look_at (question->look, child);
  }
}

static void
descend (Look *look, UiNode *node)
{
  if (is_worth_descending (look, node))
    put_question (look, node, ACCESSIBLE, "GetChildren", NULL, children_cb);
}

static void
name_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (GVariant) answer = take_answer (source, result, question);
  g_autoptr (GVariant) value = NULL;
  if (answer == NULL)
    return;
  g_variant_get (answer, "(v)", &value);
  question->node->shown = g_variant_dup_string (value, NULL);
  question->node->name = plain_name (question->node->shown);
  descend (question->look, question->node);
}

static void
take_role (Look *look, UiNode *node, const char *role)
{
  node->role = g_strdup (role);
  if (is_named_in (look, node)) {
    put_question (look, node, PROPERTIES, "Get", g_variant_new ("(ss)", ACCESSIBLE, "Name"), name_cb);
    return;
  }
  node->shown = g_strdup ("");
  node->name = g_strdup ("");
  descend (look, node);
}

/* Path → role, of all that was ever seen: a path is of one thing alone, and its role stays. */
static GHashTable *
known_roles (void)
{
  static GHashTable *roles;
  if (roles == NULL)
    roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return roles;
}

static void
role_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (GVariant) answer = take_answer (source, result, question);
  const char *role;
  if (answer == NULL)
    return;
  g_variant_get (answer, "(&s)", &role);
  if (!g_str_has_suffix (question->node->path, "/root")) /* each program's */
    g_hash_table_insert (known_roles (), g_strdup (question->node->path), g_strdup (role));
  take_role (question->look, question->node, role);
}

static void
states_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (GVariant) answer = take_answer (source, result, question);
  question->node->states = read_states (answer);
}

static void
look_at (Look *look, UiNode *node)
{
  const char *role = g_hash_table_lookup (known_roles (), node->path);
  if (role != NULL)
    take_role (look, node, role);
  else
    put_question (look, node, ACCESSIBLE, "GetRoleName", NULL, role_cb);
  if (look->steps == NULL)
    put_question (look, node, ACCESSIBLE, "GetState", NULL, states_cb);
}

UiNode *
ui_tree_look (GDBusConnection *bus, const char *program, char **steps)
{
  Look look = { bus, steps, 0 };
  UiNode *root = node_new (NULL, program, "/org/a11y/atspi/accessible/root");
  look_at (&look, root);
  while (look.outstanding > 0)
    g_main_context_iteration (NULL, TRUE);
  return root;
}

const UiNode *
ui_tree_search (GDBusConnection *bus, const UiNode *node, char **steps, UiAccept accepts)
{
  gboolean here = fits_step (node, steps[0]);
  if (here && steps[1] == NULL && (accepts == NULL || accepts (bus, node)))
    return node;
  for (guint i = 0; i < node->children->len; i++) {
    char **rest = here && steps[1] != NULL ? steps + 1 : steps;
    const UiNode *found = ui_tree_search (bus, node->children->pdata[i], rest, accepts);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* ---- one node ---- */

GVariant *
ui_node_ask (GDBusConnection *bus, const UiNode *node, const char *interface, const char *method,
             GVariant *arguments)
{
  return g_dbus_connection_call_sync (bus, node->bus, node->path, interface, method, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL);
}

GVariant *
ui_node_property (GDBusConnection *bus, const UiNode *node, const char *interface, const char *name)
{
  g_autoptr (GVariant) answer =
      ui_node_ask (bus, node, PROPERTIES, "Get", g_variant_new ("(ss)", interface, name));
  GVariant *value = NULL;
  if (answer != NULL)
    g_variant_get (answer, "(v)", &value);
  return value;
}

guint64
ui_node_states (GDBusConnection *bus, const UiNode *node)
{
  g_autoptr (GVariant) answer = ui_node_ask (bus, node, ACCESSIBLE, "GetState", NULL);
  return read_states (answer);
}

/* Asked for with its length: "to the end" gives nothing for a label in GTK 4.8. */
char *
ui_node_text (GDBusConnection *bus, const UiNode *node)
{
  g_autoptr (GVariant) count = ui_node_property (bus, node, "org.a11y.atspi.Text", "CharacterCount");
  g_autoptr (GVariant) answer = NULL;
  char *text = NULL;
  if (count != NULL)
    answer = ui_node_ask (bus, node, "org.a11y.atspi.Text", "GetText",
                          g_variant_new ("(ii)", 0, g_variant_get_int32 (count)));
  if (answer != NULL)
    g_variant_get (answer, "(s)", &text);
  return text;
}

static gboolean
is_action (GDBusConnection *bus, const UiNode *node, int i, const char *wanted)
{
  g_autoptr (GVariant) answer =
      ui_node_ask (bus, node, "org.a11y.atspi.Action", "GetName", g_variant_new ("(i)", i));
  const char *name = NULL;
  if (answer != NULL)
    g_variant_get (answer, "(&s)", &name);
  return g_strcmp0 (name, wanted) == 0;
}

gboolean
ui_node_do (GDBusConnection *bus, const UiNode *node, const char *action)
{
  g_autoptr (GVariant) count = ui_node_property (bus, node, "org.a11y.atspi.Action", "NActions");
  int n = count != NULL ? g_variant_get_int32 (count) : 0;
  for (int i = 0; i < n; i++) {
    if (is_action (bus, node, i, action)) {
      g_autoptr (GVariant) done =
          ui_node_ask (bus, node, "org.a11y.atspi.Action", "DoAction", g_variant_new ("(i)", i));
      return done != NULL;
    }
  }
  return FALSE;
}

gboolean
ui_node_extents (GDBusConnection *bus, const UiNode *node, int *x, int *y, int *width, int *height)
{
  g_autoptr (GVariant) answer =
      ui_node_ask (bus, node, "org.a11y.atspi.Component", "GetExtents", g_variant_new ("(u)", 1));
  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "((iiii))", x, y, width, height);
  return *width > 0 && *height > 0;
}

UiNode *
ui_node_fresh (GDBusConnection *bus, const char *program, const char *path)
{
  UiNode *node = node_new (NULL, program, path);
  g_autoptr (GVariant) role = ui_node_ask (bus, node, ACCESSIBLE, "GetRoleName", NULL);
  g_autoptr (GVariant) name = ui_node_property (bus, node, ACCESSIBLE, "Name");
  if (role == NULL || name == NULL) {
    ui_node_free (node);
    return NULL;
  }
  g_variant_get (role, "(s)", &node->role);
  node->shown = g_variant_dup_string (name, NULL);
  node->name = plain_name (node->shown);
  node->states = ui_node_states (bus, node);
  return node;
}

UiNode *
ui_node_holder (GDBusConnection *bus, const UiNode *node)
{
  g_autoptr (GVariant) parent = ui_node_property (bus, node, ACCESSIBLE, "Parent");
  const char *program, *path;
  if (parent == NULL)
    return NULL;
  g_variant_get (parent, "(&s&o)", &program, &path);
  if (g_str_has_suffix (path, "/root") || g_str_has_suffix (path, "/null"))
    return NULL;
  return node_new (NULL, program, path);
}
