#include "program.h"
#include <string.h>

UiApp *
ui_program_start (UiProgram *program, const char *const *wrapper, const char *login)
{
  g_assert_null (program->app);
  program->app = ui_practice_start (&program->practice, wrapper);
  if (login != NULL)
    ui_sign_in (program->app, login);
  return program->app;
}

void
ui_excuse_leaks (void)
{
  const char *options = g_getenv ("CHARTROOM_PROGRAM_ASAN_OPTIONS");
  g_autofree char *without = options != NULL ? g_strconcat (options, ":detect_leaks=0", NULL) : NULL;
  if (without != NULL)
    g_setenv ("CHARTROOM_PROGRAM_ASAN_OPTIONS", without, TRUE);
}

UiApp *
ui_program_start_traced (UiProgram *program, const char *trace, const char *login)
{
  const char *strace[] = { "strace", "-f", "--seccomp-bpf", "-e", "trace=network", "-o", trace, NULL };
  ui_excuse_leaks (); /* LeakSanitizer needs the trace for itself */
  return ui_program_start (program, strace, login);
}

void
ui_expect_no_network (const char *trace)
{
  g_autofree char *text = NULL;
  const char *inet;
  g_assert_true (g_file_get_contents (trace, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "socket(AF_UNIX")); /* the trace does see sockets */
  if ((inet = strstr (text, "AF_INET")) != NULL)
    g_error ("The program spoke to a network: %.200s", MAX (inet - 40, text));
}

void
ui_program_stop (UiProgram *program)
{
  ui_stop (program->app);
  g_clear_pointer (&program->app, ui_free);
}

void
ui_program_ends (UiProgram *program)
{
  ui_await_end (program->app);
  g_clear_pointer (&program->app, ui_free);
}

void
ui_program_kill (UiProgram *program)
{
  ui_kill (program->app);
  g_clear_pointer (&program->app, ui_free);
}

static void
run_task (gconstpointer data)
{
  const UiTest *test = data;
  UiProgram program = { .app = NULL };
  if (test->patients > 0)
    ui_practice_set_up (&program.practice, test->patients);
  if (test->login != NULL)
    ui_program_start (&program, NULL, test->login);
  test->task (&program);
  if (program.app != NULL)
    ui_program_stop (&program);
  if (test->patients > 0)
    ui_practice_tear_down (&program.practice);
}

int
ui_run_tests (int argc, char **argv, const UiTest *tests, gsize n)
{
  g_test_init (&argc, &argv, NULL);
  if (!ui_can_run ())
    return 0;
  for (gsize i = 0; i < n; i++)
    g_test_add_data_func (tests[i].path, &tests[i], run_task);
  return g_test_run ();
}

/* ---- what several tests do ---- */

void
ui_expect_unread (UiApp *app, const char *const *words, const char *when)
{
  g_autofree char *all = ui_everything (app);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  for (; *words != NULL; words++)
    if (strstr (folded, *words) != NULL)
      ui_fail (app, "«%s» can be read %s.", *words, when);
}

void
ui_begin_referral (UiApp *app, const char *question)
{
  ui_keys (app, "ctrl+shift+r");
  ui_wait_focus (app, "text box:To");
  ui_type (app, "ortho");
  ui_wait (app, "list item:Orthopedics*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "checkbox:Emergency today");
  ui_keys (app, "Right Tab");
  ui_wait_focus (app, "text box:Question*");
  ui_type (app, question);
}

void
ui_enter (UiApp *app, const char *ascii)
{
  ui_keys (app, "ctrl+a");
  ui_type (app, ascii);
  ui_keys (app, "Return");
}

void
ui_save_as (UiApp *app, const char *path)
{
  ui_wait_focus (app, "text box:Name:*");
  ui_keys (app, "ctrl+a");
  ui_type (app, path);
  ui_wait_text (app, "text box:Name:*", path);
  ui_keys (app, "Return");
}
