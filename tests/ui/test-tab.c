/* Tab goes everywhere: through every page, section and window of each role and back to where it began, and
 * Shift+Tab the same way back.  What has the focus is one thing alone, says what it is, and can be seen. */
#include "focus.h"
#include "program.h"
#include "walk.h"

#define MOST_STOPS 120
#define LEAST_PAGES 30
#define LEAST_STOPS 600
#define BACK 3       /* steps of Shift+Tab */
#define SETTLE_MS 40 /* a list scrolls to the focus with the next frame … */
#define MOST_SETTLES 12
#define TOLERANCE 2

/* Pages on which Tab does something else, or nothing that differs between people. */
static const char *const NOT_HERE[] = { "Search", "Main menu", "Keyboard shortcuts", "Patient banner", NULL };
/* With one thing that can have the focus until something was typed. */
static const char *const ALONE[] = { "Add problem", NULL };

typedef struct {
  UiFocus *focus;
  GPtrArray *trail;       /* paths in the order they had the focus on this page */
  GHashTable *findings;   /* finding → where it was first */
  GHashTable *seen;       /* paths of what was found in its place already */
  char *first;            /* what had the focus when the page was entered */
  char *resting;          /* path of what had it at the last look */
  gboolean passed_search; /* since then */
  guint pages, stops;
} Walk;

static void
find (Walk *walk, const char *where, char *finding)
{
  if (g_hash_table_contains (walk->findings, finding))
    g_free (finding);
  else
    g_hash_table_insert (walk->findings, finding, g_strdup (where));
}

/* ---- one stop ---- */

static gboolean
is_named (const UiNode *node)
{
  return node->name[0] != '\0' && !g_regex_match_simple ("^(Gtk|Cr|Gdk)[A-Z][A-Za-z]+$", node->shown, 0, 0);
}

/* Roles that tell a person what can be done: a group or an image only where it is scrolled or read by keys.
 */
static gboolean
has_sense (const UiNode *node)
{
  static const char *const ROLES[] = { "button",    "checkbox",    "tab",       "text box", "search box",
                                       "combo box", "spin button", "list item", "row",      "menu item",
                                       "group",     "image",       "label",     NULL };
  return g_strv_contains (ROLES, node->role);
}

/* The whole of it; what is larger than its frame has to fill it. */
static gboolean
is_within (int at, int size, int frame_at, int frame_size)
{
  int first = MAX (at, frame_at), last = MIN (at + size, frame_at + frame_size);
  return last - first >= MIN (size, frame_size) - TOLERANCE && last > first;
}

static gboolean
is_seen (const UiPlace *place, const UiPlace *frame)
{
  return is_within (place->x, place->width, frame->x, frame->width) &&
         is_within (place->y, place->height, frame->y, frame->height);
}

static void
check_place (Walk *walk, const char *where)
{
  const UiNode *at = ui_focus_at (walk->focus);
  UiPlace place = { 0, 0, 0, 0 }, frame = { 0, 0, 0, 0 };
  if (g_hash_table_contains (walk->seen, at->path))
    return;
  for (guint i = 0; i < MOST_SETTLES; i++) {
    if (ui_focus_place (walk->focus, &place, &frame) && is_seen (&place, &frame)) {
      g_hash_table_add (walk->seen, g_strdup (at->path));
      return;
    }
    g_usleep (SETTLE_MS * 1000);
  }
  find (walk, where,
        g_strdup_printf ("%s:%s cannot be seen: %d×%d at %d, %d, in the frame %d×%d at %d, %d", at->role,
                         at->name, place.width, place.height, place.x, place.y, frame.width, frame.height,
                         frame.x, frame.y));
}

/* What was told last is so; else, what the whole tree says: a thing may lose the focus without telling. */
static gboolean
is_alone (Walk *walk)
{
  const UiNode *at = ui_focus_at (walk->focus);
  if (ui_focus_count (walk->focus) == 1 && ui_is (at, UI_FOCUSED))
    return TRUE;
  return ui_focus_find (walk->focus) && ui_is (ui_focus_at (walk->focus), UI_FOCUSED);
}

static void
check_stop (Walk *walk, const char *where)
{
  const UiNode *at = ui_focus_at (walk->focus);
  if (!is_named (at))
    find (walk, where,
          g_strdup_printf ("%s:%s has no name (%u from the start)", at->role, at->shown, walk->trail->len));
  if (!has_sense (at))
    find (walk, where, g_strdup_printf ("%s:%s has a role that says nothing", at->role, at->name));
  if (!is_alone (walk)) {
    find (walk, where, g_strdup ("not one thing alone has the focus"));
    return;
  }
  at = ui_focus_at (walk->focus);
  if (g_pattern_match_simple ("Search patients*", at->name))
    walk->passed_search = TRUE;
  check_place (walk, where);
  walk->stops++;
}

/* ---- one page ---- */

/* Nothing has the focus, or it did not move: said, and this page is left. */
static gboolean
move (Walk *walk, const char *where, const char *keys)
{
  const UiNode *at = ui_focus_at (walk->focus);
  g_autofree char *was = g_strdup_printf ("%s:%s", at->role, at->name);
  gboolean moved = ui_focus_press (walk->focus, keys);
  if (!moved)
    find (walk, where, g_strdup_printf ("%s does not leave %s", keys, was));
  else if (ui_focus_at (walk->focus) == NULL)
    find (walk, where, g_strdup_printf ("%s from %s leads to nothing", keys, was));
  return moved && ui_focus_at (walk->focus) != NULL;
}

static gboolean
is_known (Walk *walk, guint *position)
{
  return g_ptr_array_find_with_equal_func (walk->trail, ui_focus_at (walk->focus)->path, g_str_equal,
                                           position);
}

/* A list is entered again where it was left; so the way round may join itself later than it began. */
static void
check_round (Walk *walk, const char *where)
{
  guint joined = 0;
  if (!is_known (walk, &joined))
    find (walk, where, g_strdup_printf ("%u times Tab do not lead back", MOST_STOPS));
  else if (joined > 0 && !walk->passed_search)
    find (walk, where,
          g_strdup_printf ("Tab goes round among %u things and not back to the first, %s",
                           walk->trail->len - joined, walk->first));
}

/* A list is entered at what is chosen in it, from before as from behind. */
static gboolean
is_in_list (Walk *walk)
{
  const char *role = ui_focus_at (walk->focus)->role;
  return g_str_equal (role, "list item") || g_str_equal (role, "row");
}

static void
go_back (Walk *walk, const char *where)
{
  for (guint i = 0; i < BACK && i < walk->trail->len; i++) {
    if (!move (walk, where, "shift+Tab"))
      return;
    if (!is_known (walk, NULL) && !is_in_list (walk))
      find (walk, where,
            g_strdup_printf ("shift+Tab leads to %s:%s, Tab did not", ui_focus_at (walk->focus)->role,
                             ui_focus_at (walk->focus)->name));
  }
}

static void
go_round (Walk *walk, const char *where)
{
  const UiNode *at = ui_focus_at (walk->focus);
  g_free (walk->first);
  walk->first = g_strdup_printf ("%s:%s", at->role, at->name);
  do {
    check_stop (walk, where);
    g_ptr_array_add (walk->trail, g_strdup (ui_focus_at (walk->focus)->path));
    if (!move (walk, where, "Tab"))
      return;
  } while (!is_known (walk, NULL) && walk->trail->len < MOST_STOPS);
  check_round (walk, where);
  go_back (walk, where);
}

/* Some pages give the focus once they were filled, and what was left has it a moment longer: until it rests.
 */
static gboolean
has_focus (UiApp *app, gpointer data)
{
  Walk *walk = data;
  g_autofree char *was = g_steal_pointer (&walk->resting);
  if (!ui_focus_find (walk->focus))
    return FALSE;
  walk->resting = g_strdup (ui_focus_at (walk->focus)->path);
  return g_strcmp0 (was, walk->resting) == 0;
}

static void
visit_cb (UiApp *app, const char *where, gpointer data)
{
  Walk *walk = data;
  guint before = walk->stops;
  if (g_strv_contains (NOT_HERE, where))
    return;
  if (walk->focus == NULL)
    walk->focus = ui_focus_new (app);
  walk->passed_search = FALSE;
  walk->pages++;
  g_ptr_array_set_size (walk->trail, 0);
  g_clear_pointer (&walk->resting, g_free);
  ui_until (app, has_focus, walk, "one thing has the focus");
  if (g_strv_contains (ALONE, where))
    check_stop (walk, where);
  else
    go_round (walk, where);
  g_test_message ("%s: %u stops", where, walk->stops - before);
}

/* ---- the tests ---- */

static void
walk_init (Walk *walk)
{
  *walk = (Walk){ .trail = g_ptr_array_new_with_free_func (g_free),
                  .findings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                  .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
}

static void
walk_clear (Walk *walk)
{
  g_ptr_array_unref (walk->trail);
  g_free (walk->first);
  g_free (walk->resting);
  g_hash_table_unref (walk->findings);
  g_hash_table_unref (walk->seen);
}

static void
report (Walk *walk)
{
  GHashTableIter each;
  gpointer finding, where;
  g_hash_table_iter_init (&each, walk->findings);
  while (g_hash_table_iter_next (&each, &finding, &where))
    g_printerr ("# %s: %s\n", (const char *)where, (const char *)finding);
  g_test_message ("%u stops on %u pages", walk->stops, walk->pages);
  g_assert_cmpuint (walk->pages, >=, LEAST_PAGES);
  g_assert_cmpuint (walk->stops, >=, LEAST_STOPS);
  if (g_hash_table_size (walk->findings) > 0)
    g_error ("%u findings.", g_hash_table_size (walk->findings));
}

/* The checks find what they are for. */
static void
test_checks (UiProgram *program)
{
  UiNode button = { .role = (char *)"button", .name = (char *)"Save", .shown = (char *)"_Save" };
  UiNode bare = { .role = (char *)"widget", .name = (char *)"GtkImage", .shown = (char *)"GtkImage" };
  UiPlace frame = { 0, 50, 300, 200 }, inside = { 10, 60, 80, 30 }, below = { 10, 240, 80, 30 };
  UiPlace left = { -100, 60, 80, 30 }, page = { 0, -400, 300, 1000 };
  g_assert_true (is_named (&button) && has_sense (&button));
  g_assert_false (is_named (&bare) || has_sense (&bare));
  g_assert_true (is_seen (&inside, &frame) && is_seen (&page, &frame));
  g_assert_false (is_seen (&below, &frame) || is_seen (&left, &frame));
}

static void
test_walk (UiProgram *program)
{
  Walk walk;
  walk_init (&walk);
  ui_walk (ui_program_start (program, NULL, NULL), visit_cb, &walk);
  ui_focus_free (walk.focus);
  ui_program_stop (program);
  report (&walk);
  walk_clear (&walk);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/tab/checks", test_checks, 0, NULL },
    { "/e2e/tab/walk", test_walk, 20, NULL },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
