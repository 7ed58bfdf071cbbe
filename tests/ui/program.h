/* One window test: an invented practice, the program on it, a person signed in, and all of it closed and
 * removed at the end.  A test file is its tasks and a table of them. */
#pragma once
#include "practice.h"

typedef struct {
  UiPractice practice;
  UiApp *app; /* NULL: nothing runs */
} UiProgram;

typedef struct {
  const char *path; /* of the test: "/e2e/shell/keys" */
  void (*task) (UiProgram *program);
  guint patients;    /* of the practice; 0: no practice is made */
  const char *login; /* who is signed in when the task begins; NULL: the task starts the program */
} UiTest;

/* Before ui_run_tests, where the task opens a file chooser: GTK 4.8's loses what it asked about its files, in
 * frames without a name.  Under the sanitizers leaks of that program are not told, and neither are those of
 * one that is traced; the other window tests tell them. */
void ui_excuse_leaks (void);
/* What main() of a test returns; skipped where there is no display. */
int ui_run_tests (int argc, char **argv, const UiTest *tests, gsize n);

/* wrapper: command put before the program; login: who signs in then.  Both may be NULL. */
UiApp *ui_program_start (UiProgram *program, const char *const *wrapper, const char *login);
/* Under strace, which writes what goes to sockets to the file `trace`; read when the program has ended. */
UiApp *ui_program_start_traced (UiProgram *program, const char *trace, const char *login);
void ui_expect_no_network (const char *trace);
/* The program has to end well; what is asked after it is asked of the practice alone. */
void ui_program_stop (UiProgram *program);
/* After a key or a button that ends it; as for ui_program_stop. */
void ui_program_ends (UiProgram *program);
/* In the middle of whatever it does. */
void ui_program_kill (UiProgram *program);

/* The test ends when one of the words (small letters; NULL-terminated) can be read on the screen; `when` is
 * for people: "in privacy mode". */
void ui_expect_unread (UiApp *app, const char *const *words, const char *when);
/* Opens an order for the chart's patient, to orthopedics and urgent, and types its question. */
void ui_begin_referral (UiApp *app, const char *question);
/* Replaces what stands in the field with the focus, and Return. */
void ui_enter (UiApp *app, const char *ascii);
/* Gives the file chooser that is open the whole path. */
void ui_save_as (UiApp *app, const char *path);
