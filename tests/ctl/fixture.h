/* Runs the built chartroomctl as a person would, in a folder of its own. */
#pragma once
#include <glib.h>

#define CTL_PASSWORD "quiet lantern over the river"

/* Call first in main: reads the program's path from the command line.  Returns the temporary folder. */
void ctl_init (int *argc, char ***argv);
int ctl_end (void); /* runs the tests and removes the folder */

/* Paths in the temporary folder; interned, nobody frees them. */
const char *ctl_path (const char *name);
const char *ctl_write (const char *name, const char *content); /* mode 0600 */
const char *ctl_password_file (void);
/* A demo practice of 30 patients on 2026-11-23, made once; each call copies it to NAME. */
const char *ctl_demo_copy (const char *name);
/* Whether this computer keeps in mind what it has seen of practices: at first not, since tests go back to
 * copies. */
void ctl_remember (gboolean remember);
void ctl_copy_folder (const char *from, const char *to);
void ctl_remove_folder (const char *path);
char *ctl_read (const char *path, gsize *length);
void ctl_overwrite (const char *path, const char *content, gsize length);

typedef struct {
  int status; /* exit status; −1: killed by a signal */
  char *out, *err;
} CtlRun;
/* Arguments up to NULL. */
CtlRun *ctl_run (const char *command, ...) G_GNUC_NULL_TERMINATED;
/* The same, signed in with the common password. */
CtlRun *ctl_as (const char *login, const char *command, ...) G_GNUC_NULL_TERMINATED;
CtlRun *ctl_runv (char **argv); /* any program */
const char *ctl_program (void);
void ctl_run_free (CtlRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlRun, ctl_run_free)
/* From now on programs run as this user (root only); 0 goes back. */
void ctl_set_uid (guint uid);

/* Status 0 and nothing on stderr. */
void ctl_assert_done (const CtlRun *run);
/* The status and exactly one line on stderr, that has these words. */
void ctl_assert_refused (const CtlRun *run, int status, const char *words);
void ctl_assert_has (const char *text, const char *words);
void ctl_assert_lacks (const char *text, const char *words);
guint ctl_lines (const char *text);
/* Text of a PDF by pdftotext; NULL and the test is skipped when there is no pdftotext. */
char *ctl_pdf_text (const char *path);
/* The recovery code on a sheet: groups of five with hyphens. */
char *ctl_code_on (const char *sheet);
/* How many rows were ever created or changed, by the audit; an administrator reads it. */
guint ctl_writes (const char *practice, const char *admin);
