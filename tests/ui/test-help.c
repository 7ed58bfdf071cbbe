/* Every page of the program, and every window with a topic, has its help; each key that the help names is one
 * of the shortcuts; and what people look for is found. */
#include "src/ui/shell/help-text.h"
#include "src/ui/shell/shortcuts-window.h"
#include "src/ui/shell/sidebar.h"
#include <string.h>

static void
test_pages (void)
{
  for (int page = 0; page < CR_N_PAGES; page++) {
    const CrHelpTopic *topic = cr_help_topic (cr_help_of_page ((CrPageId)page));
    g_assert_cmpint (topic->page, ==, page);
    g_assert_nonnull (topic->where[0]);
    g_assert_cmpuint (strlen (topic->text), >, 200);
    g_assert_nonnull (cr_page_title ((CrPageId)page));
  }
}

static void
check_keys (const CrHelpTopic *topic)
{
  const char *at = topic->text;
  g_assert_null (topic->where[G_N_ELEMENTS (topic->where) - 1]);
  while ((at = strstr (at, "‹")) != NULL) {
    const char *key = at + strlen ("‹"), *end = strstr (key, "›");
    g_assert_nonnull (end);
    g_autofree char *name = g_strndup (key, (gsize)(end - key));
    if (!cr_shortcuts_have (name))
      g_error ("The help on %s names the key %s, which is no shortcut.", topic->title, name);
    at = end;
  }
}

static void
test_keys (void)
{
  for (guint i = 0; i < cr_help_count (); i++)
    check_keys (cr_help_topic (i));
  g_assert_true (cr_shortcuts_have ("Ctrl+3"));
  g_assert_false (cr_shortcuts_have ("Ctrl+6"));
  g_assert_false (cr_shortcuts_have ("Ctrl+Shift+F12"));
}

/* Once each, and whole. */
static void
test_windows (void)
{
  static const char *const WINDOWS[] = { "CrAdminWindow",    "CrAuditWindow",       "CrCalendarWindow",
                                         "CrBackupsWindow",  "CrDuplicatesWindow",  "CrImportDialog",
                                         "CrKeysDialog",     "CrPreferencesWindow", "CrPrintWindow",
                                         "CrRegisterDialog", "CrSetupWizard" };
  for (guint i = 0; i < G_N_ELEMENTS (WINDOWS); i++)
    g_assert_cmpstr (cr_help_topic (cr_help_of_window (WINDOWS[i]))->window, ==, WINDOWS[i]);
  g_assert_cmpuint (cr_help_of_window ("CrNoSuchWindow"), ==, 0);
}

static guint
count (const char *words)
{
  guint n = 0;
  for (guint i = 0; i < cr_help_count (); i++)
    n += cr_help_matches (i, words) ? 1 : 0;
  return n;
}

static void
test_search (void)
{
  static const char *const ASKED[] = { "duplicates", "wait list",     "undo",           "calls",
                                       "tasks",      "BACKUP",        "recovery sheet", "forgotten password",
                                       "logo",       "security paper" };
  for (guint i = 0; i < G_N_ELEMENTS (ASKED); i++)
    g_assert_cmpuint (count (ASKED[i]), >, 0);
  g_assert_cmpuint (count (""), ==, cr_help_count ());
  g_assert_cmpuint (count ("zebra"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/help/pages", test_pages);
  g_test_add_func ("/help/keys", test_keys);
  g_test_add_func ("/help/windows", test_windows);
  g_test_add_func ("/help/search", test_search);
  return g_test_run ();
}
