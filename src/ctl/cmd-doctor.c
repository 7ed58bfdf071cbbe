/* doctor. */
#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include "chartroom/store/doctor.h"
#include <glib/gi18n.h>
#include <unistd.h>

static gboolean
progress_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r%-16s", what);
  return ctl_go_on (NULL);
}

static void
end_progress (void)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r                \r");
}

/* ---- the report ---- */

typedef struct {
  const char *key, *title;
  const GPtrArray *sentences;
} Part;

static void
print_part (const Part *part)
{
  if (part->sentences->len == 0)
    return;
  g_print ("%s\n", _ (part->title));
  for (guint i = 0; i < part->sentences->len; i++) {
    g_autofree char *line = ctl_one_line (part->sentences->pdata[i]);
    g_print ("  %s\n", line);
  }
}

static void
print_report (const CrDoctorReport *report, gboolean json)
{
  static const char *const KEYS[] = { "part", "finding", NULL };
  const Part parts[] = {
    { "wrong", N_ ("What is wrong"), report->wrong },
    { "meaning", N_ ("What it means"), report->meaning },
    { "rebuilt", N_ ("What the history gives back"), report->rebuilt },
    { "unsaved", N_ ("What cannot be saved"), report->unsaved },
    { "next", N_ ("What to do"), report->next },
  };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (!json)
      print_part (&parts[i]);
    for (guint n = 0; n < parts[i].sentences->len; n++)
      ctl_table_add (table, (const char *const[]){ parts[i].key, parts[i].sentences->pdata[n] });
  }
  if (json)
    ctl_table_print (table, TRUE);
}

/* ---- the command ---- */

static gboolean
examine (CtlCall *call, const char *password, const char *code, CrDoctorReport *report, GError **error)
{
  CrDoctorOptions options = { .folder = call->rest[0],
                              .login = call->user,
                              .password = password,
                              .recovery_code = code,
                              .keys_from = call->keys_from,
                              .salvage_to = call->salvage,
                              .progress = progress_cb };
  gboolean done = cr_doctor (&options, call->clock, "chartroomctl", report, error);
  end_progress ();
  return done;
}

static int
conclude (CtlCall *call, const CrDoctorReport *report, GError **error)
{
  gboolean well = report->wrong->len == 0 && report->unsaved->len == 0;
  if (call->salvage != NULL && !call->json)
    g_print (_ ("%s: %" G_GINT64_FORMAT " records, %" G_GINT64_FORMAT " audit entries and %" G_GINT64_FORMAT
                " documents.\n"),
             call->salvage, report->records, report->entries, report->documents);
  if (well && !call->json)
    g_print (_ ("Nothing is wrong: every page, every row's history, the audit chain and every document.\n"));
  if (well)
    return CTL_DONE;
  if (report->unsaved->len > 0)
    g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
                 ngettext ("%s is damaged, and %u thing cannot be saved.",
                           "%s is damaged, and %u things cannot be saved.", report->unsaved->len),
                 call->rest[0], report->unsaved->len);
  else
    g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN, _ ("%s is damaged; everything in it can be saved."),
                 call->rest[0]);
  return CTL_REFUSED;
}

int
ctl_doctor (CtlCall *call, GError **error)
{
  gboolean by_code = call->recovery_file != NULL,
           by_password = call->user != NULL && call->password_file != NULL;
  g_autoptr (CrDoctorReport) report = cr_doctor_report_new ();
  char *secret = NULL;
  gboolean done;
  if (by_code == by_password) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_INVALID,
        _ ("doctor needs --user NAME and --password-file FILE, or --recovery-file FILE with the code of the "
           "recovery sheet."));
    return CTL_USAGE;
  }
  if (!ctl_password (by_code ? call->recovery_file : call->password_file, &secret, error))
    return CTL_REFUSED;
  ctl_hold_signals ();
  done = examine (call, by_code ? NULL : secret, by_code ? secret : NULL, report, error);
  cr_session_secret_free (secret);
  print_report (report, call->json);
  return done ? conclude (call, report, error) : CTL_REFUSED;
}
