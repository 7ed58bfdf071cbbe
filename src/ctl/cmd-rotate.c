/* rotate: the new sheet lies in its file before anything is changed, and goes when nothing was. */
#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include "chartroom/render/recovery-sheet.h"
#include "chartroom/store/rotate.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

gboolean
ctl_write_recovery_sheet (CtlCall *call, const char *practice, const char *admin, const char *code,
                          GError **error)
{
  g_autofree char *folder = g_path_get_basename (call->rest[0]);
  CrRecoverySheetContent content = { practice, folder, code, admin, cr_clock_today (call->clock) };
  CrPaperMeta meta = { cr_clock_now (call->clock), NULL };
  g_autoptr (CrPaper) paper = cr_recovery_sheet (&content);
  g_autoptr (GBytes) pdf = cr_paper_to_pdf (paper, &meta, error);
  return pdf != NULL && ctl_write_file (call->recovery_sheet, pdf, error);
}

void
ctl_warn_recovery_sheet (CtlCall *call)
{
  g_printerr (_ ("chartroomctl: %s opens the practice for anybody who reads it. Print it, keep the paper "
                 "away from the office, and delete the file.\n"),
              call->recovery_sheet);
}

void
ctl_advise_rotation (void)
{
  g_print (_ ("Whoever kept a copy of the practice's files can still read that copy: “chartroomctl rotate” "
              "changes the "
              "keys.\n"));
}

/* Only while it may still be stopped: once the keys are changed, they are. */
static gboolean
progress_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  if (isatty (STDERR_FILENO) && all > 0)
    g_printerr ("\r%s %3d %%", what, (int)(MIN (done, all) * 100 / all));
  else if (isatty (STDERR_FILENO))
    g_printerr ("\r%-12s", what);
  return ctl_go_on (NULL);
}

static void
end_progress (void)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r            \r");
}

static void
print_result (const CrRotated *rotated)
{
  if (rotated->began_again)
    g_print (_ ("An earlier change of the keys had been interrupted before it took effect; what it left was "
                "removed.\n"));
  if (rotated->pages_kept > 0)
    g_print (
        _ ("An earlier change of the keys had been interrupted; this one went on with it: %" G_GINT64_FORMAT
           " pages were there already.\n"),
        rotated->pages_kept);
  g_print (_ ("The keys are changed (epoch %u). Everybody signs in again, with the same passwords; the old "
              "recovery "
              "sheet opens only older backups.\n"),
           rotated->epoch);
  g_print (_ ("%s is the database of before: the next proven backup removes it.\n"), rotated->left_over);
  for (guint i = 0; i < rotated->backups->len; i++) {
    const CrBackup *b = rotated->backups->pdata[i];
    g_print (_ ("The former keys still open %s/%s.\n"), b->folder, b->file);
  }
}

static gboolean
change_keys (CtlCall *call, const char *code, GError **error)
{
  CrRotation rotation = { call->why, code, progress_cb, NULL };
  g_auto (CrRotated) rotated = { 0 };
  gboolean done = cr_store_rotate (cr_session_get_store (call->session), cr_session_get_user (call->session),
                                   &rotation, &rotated, error);
  end_progress ();
  if (done)
    print_result (&rotated);
  return done;
}

static gboolean
change_sheet (CtlCall *call, const char *code, GError **error)
{
  if (!cr_store_replace_recovery (cr_session_get_store (call->session), cr_session_get_user (call->session),
                                  code, call->why, error))
    return FALSE;
  g_print (_ ("The keys are as they were; the old recovery sheet opens only older backups.\n"));
  return TRUE;
}

static gboolean
change (CtlCall *call, GError **error)
{
  const CrPractice *practice = cr_session_get_practice (call->session);
  char *code = cr_store_new_code (error);
  gboolean written = code != NULL && ctl_write_recovery_sheet (call, practice->name, call->user, code, error);
  gboolean done = written && (call->same_keys ? change_sheet : change_keys) (call, code, error);
  cr_store_secret_free (code);
  if (done)
    ctl_warn_recovery_sheet (call);
  else if (written)
    g_unlink (call->recovery_sheet); /* its code opens nothing */
  return done;
}

int
ctl_rotate (CtlCall *call, GError **error)
{
  if (call->why == NULL || call->recovery_sheet == NULL) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_INVALID,
        _ ("rotate needs --reason TEXT and --recovery-sheet FILE.pdf for the new recovery code."));
    return CTL_USAGE;
  }
  if (!ctl_can_write (call->recovery_sheet, error) ||
      !cr_session_require (call->session, CR_RIGHT_ADMIN, error))
    return CTL_REFUSED;
  ctl_hold_signals ();
  return change (call, error) ? CTL_DONE : CTL_REFUSED;
}
