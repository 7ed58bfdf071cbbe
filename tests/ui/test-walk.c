/* Every page and dialog, in a locale in which each translated text stands between ⟦ and ⟧: what stands
 * outside is data, or was never given to a translator.  And everything that can have the focus has a name. */
#include "program.h"
#include "walk.h"
#include <string.h>

typedef struct {
  char *data;           /* texts of the invented practice and of the knowledge, one a line, folded */
  GHashTable *findings; /* finding → where it was first */
  guint translated;     /* texts seen that are */
  guint focusable;
} Walk;

/* ---- what is data ---- */

static void
add_file (GString *all, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), folder, name, NULL);
  g_autofree char *text = NULL;
  if (g_file_get_contents (path, &text, NULL, NULL))
    g_string_append_printf (all, "%s\n", text);
}

/* The literals of the invented practice, starter content, and what GTK says in its own words. */
static char *
collect_data (void)
{
  static const char OF_GTK[] =
      "chartroom\nMinimize\nMaximize\nClose\nNone\nShift\nCtrl\nDelete\nC-II\nC-III\nC-IV\nC-"
      "V\nmmHg\nmaple-street\n"
      "January\nFebruary\nMarch\nApril\nMay\nJune\nJuly\nAugust\nSeptember\nOctober\n"
      "November\nDecember\nSun\nMon\nTue\nWed\nThu\nFri\nSat\n";
  static const char *const FOLDERS[] = { "src/ctl", "data/knowledge" };
  GString *all = g_string_new (OF_GTK);
  char *folded;
  for (guint i = 0; i < G_N_ELEMENTS (FOLDERS); i++) {
    g_autofree char *path = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), FOLDERS[i], NULL);
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
      if (g_str_has_prefix (name, "demo") || g_str_has_suffix (name, ".tsv"))
        add_file (all, FOLDERS[i], name);
  }
  add_file (all, "src/domain", "invented-people.c");
  /* Names of fields, in the audit. */
  add_file (all, "data/schema", "0001-practice-and-chart.sql");
  add_file (all, "data/schema", "0002-front-desk.sql");
  folded = g_utf8_casefold (all->str, -1);
  g_string_free (all, TRUE);
  return folded;
}

static gboolean
is_letter_at (const char *text, const char *at)
{
  return at >= text && *at != '\0' && g_ascii_isalpha (*at);
}

/* As whole words. */
static gboolean
is_in_data (const Walk *walk, const char *folded)
{
  gsize n = strlen (folded);
  for (const char *at = strstr (walk->data, folded); at != NULL; at = strstr (at + 1, folded))
    if (!is_letter_at (walk->data, at - 1) && !is_letter_at (walk->data, at + n))
      return TRUE;
  return FALSE;
}

/* The phrase, or each of its words: names are put together from parts. */
static gboolean
is_data (const Walk *walk, const char *phrase)
{
  g_autofree char *folded = g_utf8_casefold (phrase, -1);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  if (is_in_data (walk, folded))
    return TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    if (!is_in_data (walk, words[i]))
      return FALSE;
  return TRUE;
}

static void
find (Walk *walk, const char *where, char *finding)
{
  if (g_hash_table_contains (walk->findings, finding))
    g_free (finding);
  else
    g_hash_table_insert (walk->findings, finding, g_strdup (where));
}

/* ---- words ---- */

/* What stands outside of all ⟦ and ⟧, the gaps as line ends. */
static char *
outside (const char *shown)
{
  GString *out = g_string_new (NULL);
  int depth = 0;
  for (const char *at = shown; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    depth += (c == 0x27E6) - (c == 0x27E7);
    if (c == 0x27E6 || c == 0x27E7)
      g_string_append_c (out, '\n');
    else if (depth == 0)
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static gboolean
is_class_name (const char *shown)
{
  return g_regex_match_simple ("^(Gtk|Cr|Gdk)[A-Z][A-Za-z]+$", shown, 0, 0);
}

static void
check_words (Walk *walk, const UiNode *node, const char *where)
{
  g_autofree char *bare = outside (node->shown);
  g_auto (GStrv) phrases = g_regex_split_simple ("[^\\pL '&-]+", bare, 0, 0);
  walk->translated += strstr (node->shown, "⟦") != NULL;
  for (guint i = 0; phrases[i] != NULL; i++) {
    const char *phrase = g_strstrip (phrases[i]);
    if (g_regex_match_simple ("\\pL{2}", phrase, 0, 0) && !is_data (walk, phrase))
      find (walk, where,
            g_strdup_printf ("«%s» in %s:%s is not translated", phrase, node->role, node->shown));
  }
}

/* ---- names ---- */

/* Parts GTK puts together itself: the button within a drop-down and its lists, the arrows of a calendar, the
 * head and the list of a table; and what only holds others, or is to be read. */
static gboolean
is_gtks_own (const UiNode *node)
{
  static const char *const NO_CONTROLS[] = { "group", "label", NULL };
  static const char *const INNER[] = { "GtkColumnListView", "GtkListItemWidget", "GtkImage", NULL };
  gboolean inner = g_strv_contains (INNER, node->shown);
  if (g_strv_contains (NO_CONTROLS, node->role) || g_str_equal (node->parent->role, "combo box"))
    return TRUE;
  if (inner && g_str_equal (node->role, "button"))
    return node->parent->parent != NULL && g_str_equal (node->parent->parent->name, "Calendar");
  return inner && (!g_str_equal (node->role, "row") || g_str_equal (node->parent->role, "tree grid"));
}

static void
check_name (Walk *walk, const UiNode *node, const char *where)
{
  if (!ui_is (node, UI_FOCUSABLE) || is_gtks_own (node))
    return;
  walk->focusable++;
  if (node->shown[0] == '\0' || is_class_name (node->shown))
    find (walk, where,
          g_strdup_printf ("%s: %s:%s in %s:%s can have the focus and has no name", where, node->role,
                           node->shown, node->parent->role, node->parent->name));
}

/* A screen reader tells of a window by its role; GTK forgets it when a default widget is named first. */
static void
check_window (Walk *walk, const UiNode *node, const char *where)
{
  if (node->parent != NULL && node->parent->parent == NULL && g_strcmp0 (node->role, "widget") == 0)
    find (walk, where, g_strdup_printf ("%s is no window to a screen reader", node->shown));
}

static void
check_node (Walk *walk, const UiNode *node, const char *where)
{
  check_window (walk, node, where);
  if (node->shown != NULL && !is_class_name (node->shown))
    check_words (walk, node, where);
  if (node->shown != NULL && node->role != NULL)
    check_name (walk, node, where);
  for (guint i = 0; i < node->children->len; i++)
    check_node (walk, node->children->pdata[i], where);
}

static void
visit_cb (UiApp *app, const char *where, gpointer data)
{
  check_node (data, ui_tree (app), where);
}

static void
report (Walk *walk)
{
  GHashTableIter each;
  gpointer finding, where;
  guint n = g_hash_table_size (walk->findings);
  g_hash_table_iter_init (&each, walk->findings);
  while (g_hash_table_iter_next (&each, &finding, &where))
    g_printerr ("# %s: %s\n", (const char *)where, (const char *)finding);
  g_test_message ("%u translated texts and %u focusable things seen", walk->translated, walk->focusable);
  g_assert_cmpuint (walk->translated, >, 1000);
  g_assert_cmpuint (walk->focusable, >, 1000);
  if (n > 0)
    g_error ("%u findings.", n);
}

/* The checks find what they are for. */
static void
test_checks (UiProgram *program)
{
  UiNode parent = { .role = (char *)"group", .name = (char *)"" };
  UiNode bare = { .role = (char *)"button", .shown = (char *)"⟦Save⟧ Frobnicate", .parent = &parent };
  UiNode nameless = { .role = (char *)"button", .shown = (char *)"GtkButton", .parent = &parent };
  Walk walk = { .data = collect_data (),
                .findings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  nameless.states = G_GUINT64_CONSTANT (1) << UI_FOCUSABLE;
  check_words (&walk, &bare, "here");
  g_assert_cmpuint (g_hash_table_size (walk.findings), ==, 1);
  check_name (&walk, &nameless, "here");
  g_assert_cmpuint (g_hash_table_size (walk.findings), ==, 2);
  g_assert_true (is_data (&walk, "naproxen"));
  g_hash_table_unref (walk.findings);
  g_free (walk.data);
}

static void
test_walk (UiProgram *program)
{
  UiApp *app;
  Walk walk = { .data = collect_data (),
                .findings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  ui_practice_speak_pseudo (&program->practice);
  app = ui_program_start (program, NULL, NULL);
  ui_walk (app, visit_cb, &walk);
  ui_program_stop (program);
  report (&walk);
  g_hash_table_unref (walk.findings);
  g_free (walk.data);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/walk/checks", test_checks, 0, NULL },
    { "/e2e/walk/pages", test_walk, 40, NULL },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
