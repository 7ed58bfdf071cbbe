/* The practice keeps to itself: no file of it, of its temporary and settings folders or of the spool can be
 * read, neither while people work nor after the program was killed; and it never speaks to a network. */
#include "day.h"
#include "program.h"
#include "search-files.h"
#include <stdio.h>
#include <string.h>

#define LEAST_NAMES 10
#define MOST_LOST_US (2 * G_USEC_PER_SEC)
#define N_WORDS 40
#define WORD_PAUSE_US (150 * 1000)

typedef struct {
  UiProgram *program;
  UiPractice *practice; /* of the program */
  UiSearch *own, *wide; /* wide: words of this run alone, for folders others use, too */
  char *unique;
  char *given; /* folder outside the practice for what a person exports */
} Quiet;

/* ---- what is looked for ---- */

/* Family names that are long enough, from chartroomctl's list of everybody. */
static guint
add_names (Quiet *self)
{
  const char *everybody[] = { "", NULL };
  g_autofree char *list = ui_practice_ask (self->practice, "doctor", "find", everybody);
  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) parts = g_regex_split_simple ("^[0-9]+ +([A-Z]{6,}),", lines[i], 0, 0);
    if (parts[0] != NULL && parts[1] != NULL && g_hash_table_add (names, g_strdup (parts[1])))
      ui_search_add (self->own, parts[1]);
  }
  return g_hash_table_size (names);
}

static void
set_up (Quiet *self, UiProgram *program)
{
  *self = (Quiet){
    .program = program, .practice = &program->practice, .own = ui_search_new (), .wide = ui_search_new ()
  };
  self->unique = g_strdup_printf ("Ankles swell %08x by evening", g_random_int ());
  g_assert_cmpuint (add_names (self), >=, LEAST_NAMES);
  ui_search_add (self->own, self->unique);
  ui_search_add (self->own, UI_DAY_SENTENCE);
  ui_search_add (self->own, UI_DAY_QUESTION);
  ui_search_add (self->own, "naproxen");
  ui_search_add_mark (self->own, "%PDF-1.");
  ui_search_add_mark (self->own, "CREATE TABLE");
  ui_search_add (self->wide, self->unique);
  self->given = g_dir_make_tmp ("chartroom-given-XXXXXX", NULL);
}

static void
tear_down (Quiet *self)
{
  g_autofree char *pdf = g_build_filename (self->given, "packet.pdf", NULL);
  remove (pdf);
  remove (self->given);
  ui_search_free (self->own);
  ui_search_free (self->wide);
  g_free (self->unique);
  g_free (self->given);
}

/* pid: 0 when nothing runs. */
static void
expect_unreadable (Quiet *self, int pid, const char *when)
{
  static const char *const SHARED[] = { "/tmp", "/var/tmp", "/dev/shm", "/var/spool/cups", "/var/spool/lpd" };
  g_autofree char *found = NULL;
  guint below = ui_search_below (self->own, self->practice->base, &found), open = 0, recent = 0;
  if (pid != 0)
    open = ui_search_open_files (self->own, pid, &found);
  for (guint i = 0; i < G_N_ELEMENTS (SHARED); i++)
    recent += ui_search_recent (self->wide, SHARED[i], self->practice->began, &found);
  g_test_message ("%s: %u files of the practice and the person, %u open, %u in shared folders", when, below,
                  open, recent);
  g_assert_cmpuint (below, >=, 3);
  if (found != NULL)
    g_error ("%s %s", found, when);
}

/* The search finds what it looks for: planted in each of its places, in both encodings. */
static void
expect_search_finds (Quiet *self)
{
  g_autofree char *plain = g_build_filename (self->practice->temporary, "planted", NULL), *found = NULL;
  glong n = 0;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 ("NAPROXEN", -1, NULL, &n, NULL);
  g_assert_true (g_file_set_contents (plain, self->unique, -1, NULL));
  ui_search_below (self->own, self->practice->base, &found);
  g_assert_nonnull (found);
  g_clear_pointer (&found, g_free);
  ui_search_recent (self->wide, self->practice->temporary, self->practice->began, &found);
  g_assert_nonnull (found);
  g_clear_pointer (&found, g_free);
  g_assert_true (g_file_set_contents (plain, (const char *)wide, n * 2, NULL));
  ui_search_below (self->own, self->practice->base, &found);
  g_assert_nonnull (found);
  remove (plain);
}

static void
work_through_day (Quiet *self)
{
  g_autofree char *trace = g_build_filename (self->given, "trace", NULL);
  g_autofree char *pdf = g_build_filename (self->given, "packet.pdf", NULL);
  UiApp *app = ui_program_start_traced (self->program, trace, NULL);
  ui_day_until_packet (app);
  expect_unreadable (self, ui_pid (app), "while the packet lies in the print window");
  ui_day_send_packet (app, pdf);
  ui_program_stop (self->program);
  expect_unreadable (self, 0, "after the day");
  ui_expect_no_network (trace);
  remove (trace);
}

/* ---- kill -9 ---- */

typedef struct {
  char *words[N_WORDS];
  gint64 typed[N_WORDS];
} Typed;

static void
type_words (UiApp *app, Typed *typed)
{
  for (guint i = 0; i < N_WORDS; i++) {
    typed->words[i] = g_strdup_printf ("word%02u ", i);
    ui_type (app, typed->words[i]);
    g_usleep (WORD_PAUSE_US); /* as a person types: most words are older than two seconds in the end */
    typed->typed[i] = g_get_monotonic_time ();
  }
}

static void
expect_kept (UiApp *app, Typed *typed, gint64 killed)
{
  g_autofree char *text = ui_text (app, "text box:Subjective");
  guint kept = 0, due = 0;
  for (guint i = 0; i < N_WORDS; i++) {
    gboolean there = strstr (text, typed->words[i]) != NULL;
    kept += there;
    due += killed - typed->typed[i] > MOST_LOST_US;
    if (!there && killed - typed->typed[i] > MOST_LOST_US)
      g_error ("«%s» was typed more than two seconds before the end and is lost. Kept: %s", typed->words[i],
               text);
    g_free (typed->words[i]);
  }
  g_test_message ("%u of %u words kept; %u were older than two seconds", kept, N_WORDS, due);
  g_assert_cmpuint (due, >, N_WORDS / 4);
}

static void
kill_while_typing (Quiet *self)
{
  const char *none[] = { NULL };
  Typed typed;
  gint64 killed;
  UiApp *app = ui_program_start (self->program, NULL, "doctor");
  ui_command (app, "note garcia maria", "GARCIA, Maria");
  ui_wait_focus (app, "text box:Subjective");
  ui_type (app, self->unique);
  ui_wait (app, "status:Draft saved*");
  expect_unreadable (self, ui_pid (app), "while a draft is written");
  type_words (app, &typed);
  killed = g_get_monotonic_time ();
  ui_program_kill (self->program);
  expect_unreadable (self, 0, "after kill -9");
  app = ui_program_start (self->program, NULL, "doctor");
  ui_command (app, "note garcia maria", "GARCIA, Maria");
  ui_wait_focus (app, "text box:*");
  expect_kept (app, &typed, killed);
  ui_program_stop (self->program);
  g_free (
      ui_practice_ask (self->practice, "admin", "verify", none)); /* ends the test when it finds anything */
}

static void
test_quiet (UiProgram *program)
{
  Quiet quiet;
  set_up (&quiet, program);
  expect_search_finds (&quiet);
  work_through_day (&quiet);
  kill_while_typing (&quiet);
  expect_unreadable (&quiet, 0, "at the end");
  tear_down (&quiet);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/quiet", test_quiet, 40, NULL },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
