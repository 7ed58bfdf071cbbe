/* The day in the practice on the real program in a real window; then the packet's PDF is read. */
#include "day.h"
#include "program.h"
#include <string.h>

/* ---- the paper ---- */

static char *
read_pdf (const char *path)
{
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return text;
}

static void
expect (const char *text, const char *wanted, const char *where)
{
  if (strstr (text, wanted) == NULL)
    g_error ("«%s» is missing on %s:\n%s", wanted, where, text);
}

/* A form feed ends each page. */
static void
check_pages (const char *text)
{
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  guint n = g_strv_length (pages) - 1;
  g_assert_cmpuint (n, >=, 2);
  for (guint i = 0; i < n; i++) {
    g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n);
    expect (pages[i], number, number);
    expect (pages[i], "GARZA", number);
    expect (pages[i], "Nov 30, 1959", number);
    expect (pages[i], "001544", number);
  }
}

static void
check_packet (const char *path)
{
  static const char *const FIRST_PAGE[] = { "URGENT",     UI_DAY_QUESTION, "MEDICATIONS",
                                            "penicillin", "Dr. E. Novak",  "Adaeze Okafor, MD" };
  g_autofree char *text = read_pdf (path);
  g_autofree char *first = g_strndup (text, strcspn (text, "\f"));
  for (guint i = 0; i < G_N_ELEMENTS (FIRST_PAGE); i++)
    expect (first, FIRST_PAGE[i], "page 1");
  expect (text, "naproxen", "the packet");
  check_pages (text);
  if (strstr (text, "DRAFT") != NULL)
    g_error ("A frozen packet says DRAFT.");
}

/* What was exported, and by whom, stands in the audit; the whole chain holds. */
static void
check_audit (UiPractice *practice)
{
  const char *exports[] = { "--action", "export", NULL };
  const char *chain[] = { "--verify", NULL };
  g_autofree char *listed = ui_practice_ask (practice, "admin", "audit", exports);
  g_autofree char *verified = ui_practice_ask (practice, "admin", "audit", chain);
  expect (listed, "Referral staff", "the audit of exports");
  expect (listed, "001544", "the audit of exports");
  g_test_message ("%s", verified);
}

static void
test_day (UiProgram *program)
{
  UiApp *app;
  g_autofree char *pdf = NULL;
  pdf = g_build_filename (program->practice.pictures, "packet.pdf", NULL);
  app = ui_program_start (program, NULL, NULL);
  ui_day_until_packet (app);
  ui_day_send_packet (app, pdf);
  ui_program_stop (program);
  check_packet (pdf);
  check_audit (&program->practice);
  g_test_message ("packet %s", pdf);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/day", test_day, 40, NULL },
  };
  ui_excuse_leaks ();
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
