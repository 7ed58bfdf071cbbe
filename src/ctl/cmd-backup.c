/* backup, restore, copy. */
#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include "chartroom/store/rotate.h"
#include "chartroom/vault/sealed-copy.h"
#include <glib/gi18n.h>
#include <unistd.h>

typedef struct {
  GPtrArray *backups, *people;
  GHashTable *former; /* CrBackup of these: taken before the keys were changed */
} Shelf;

static gboolean
progress_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  if (isatty (STDERR_FILENO) && all > 0)
    g_printerr ("\r%s %3d %%", what, (int)(MIN (done, all) * 100 / all));
  return ctl_go_on (NULL);
}

static void
end_progress (void)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r            \r");
}

/* ---- the list ---- */

static gboolean
list_job (CrTx *tx, gpointer data, GError **error)
{
  Shelf *shelf = data;
  shelf->backups = cr_backup_list (tx, error);
  shelf->people = shelf->backups == NULL ? NULL : cr_person_list (tx, error);
  for (guint i = 0; shelf->backups != NULL && i < shelf->backups->len; i++)
    if (cr_backup_has_former_key (tx, shelf->backups->pdata[i]))
      g_hash_table_add (shelf->former, shelf->backups->pdata[i]);
  return shelf->people != NULL;
}

static char *
name_of (const GPtrArray *people, CrId id)
{
  for (guint i = 0; i < people->len; i++)
    if (((const CrPerson *)people->pdata[i])->id == id)
      return cr_person_formal (people->pdata[i]);
  return NULL;
}

static const char *
state_of (const CrBackup *b)
{
  if (b->removed_at != 0)
    return "removed";
  if (b->finding != NULL)
    return "failed";
  return b->proven_at != 0 ? "proven" : "unproven";
}

static void
add_row (CtlTable *table, CrClock *clock, const Shelf *shelf, const CrBackup *b)
{
  g_autofree char *taken = cr_clock_format (clock, b->taken_at),
                  *proven = cr_clock_format (clock, b->proven_at);
  g_autofree char *bytes = g_strdup_printf ("%" G_GINT64_FORMAT, b->bytes);
  g_autofree char *file = g_build_filename (b->folder, b->file, NULL);
  g_autofree char *by = name_of (shelf->people, b->taken_by);
  ctl_table_add (table, (const char *const[]){ taken, state_of (b), proven, CR_BACKUP_CODES[b->kind],
                                               g_hash_table_contains (shelf->former, b) ? "former" : NULL,
                                               bytes, by, file, b->finding });
}

static int
list_backups (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "taken", "state", "proven", "kind",    "keys",
                                      "bytes", "by",    "file",   "finding", NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  g_autoptr (GHashTable) former = g_hash_table_new (NULL, NULL);
  Shelf shelf = { .former = former };
  gboolean listed = cr_session_run (call->session, CR_RIGHT_ADMIN, list_job, &shelf, error);
  for (guint i = 0; listed && i < shelf.backups->len; i++)
    add_row (table, cr_session_get_clock (call->session), &shelf, shelf.backups->pdata[i]);
  g_clear_pointer (&shelf.backups, g_ptr_array_unref);
  g_clear_pointer (&shelf.people, g_ptr_array_unref);
  if (listed)
    ctl_table_print (table, call->json);
  return listed ? CTL_DONE : CTL_REFUSED;
}

/* ---- taking ---- */

static gboolean
prove (CtlCall *call, const CrBackup *backup, const CrBackupOptions *options, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  if (!cr_store_prove (cr_session_get_store (call->session), cr_session_get_user (call->session), backup,
                       options, findings, error))
    return FALSE;
  if (findings->len == 0)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
               _ ("%s was written, but restoring it failed: %s Check the disk, run verify, and take another "
                  "backup."),
               backup->file, (const char *)findings->pdata[0]);
  return FALSE;
}

static int
take_backup (CtlCall *call, GError **error)
{
  CrStore *store = cr_session_get_store (call->session);
  CrStoreUser *user = cr_session_get_user (call->session);
  g_autofree char *folder = g_canonicalize_filename (call->rest[1], NULL);
  CrBackupOptions options = { folder, call->full, progress_cb, NULL };
  gboolean done;
  if (!cr_session_require (call->session, CR_RIGHT_ADMIN, error))
    return CTL_REFUSED;
  ctl_hold_signals ();
  g_autoptr (CrBackup) backup = cr_store_backup (store, user, &options, error);
  done = backup != NULL && prove (call, backup, &options, error) &&
         (call->keep_all || cr_store_thin_backups (store, user, folder, error) >= 0);
  end_progress ();
  if (!done)
    return CTL_REFUSED;
  g_print (_ ("%s/%s: restored beside, verified, removed again: proven.\n"), folder, backup->file);
  return CTL_DONE;
}

int
ctl_backup (CtlCall *call, GError **error)
{
  return call->n_rest == 1 ? list_backups (call, error) : take_backup (call, error);
}

/* ---- restore ---- */

static gboolean
restore (CtlCall *call, const char *password, const char *code, GError **error)
{
  CrBackupRestore r = { .file = call->rest[0],
                        .folder = call->rest[1],
                        .login = call->user,
                        .password = password,
                        .recovery_code = code,
                        .progress = progress_cb };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  gboolean done = cr_backup_restore (&r, call->clock, "chartroomctl", findings, error);
  end_progress ();
  return done;
}

int
ctl_restore (CtlCall *call, GError **error)
{
  gboolean by_code = call->recovery_file != NULL,
           by_password = call->user != NULL && call->password_file != NULL;
  char *secret = NULL;
  gboolean done;
  if (by_code == by_password) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_INVALID,
        _ ("restore needs --user NAME and --password-file FILE, or --recovery-file FILE with the "
           "code of the recovery sheet."));
    return CTL_USAGE;
  }
  if (!ctl_password (by_code ? call->recovery_file : call->password_file, &secret, error))
    return CTL_REFUSED;
  ctl_hold_signals ();
  done = restore (call, by_code ? NULL : secret, by_code ? secret : NULL, error);
  cr_session_secret_free (secret);
  if (!done)
    return CTL_REFUSED;
  if (by_code)
    g_print (
        _ ("%s is the practice as it was, verified. It opens with the passwords of the day of the backup, "
           "not with the code. Where they are lost, the recovery sheet sets a new one:\n"
           "  chartroomctl recover %s NAME --recovery-file FILE --new-password-file FILE\n"),
        call->rest[1], call->rest[1]);
  else
    g_print (
        _ ("%s is the practice as it was, verified. Sign in with the passwords of the day of the backup.\n"),
        call->rest[1]);
  return CTL_DONE;
}

/* ---- copy ---- */

/* By the computer's own time: the practice's is sealed. */
static char *
make_stamp (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  return g_date_time_format (now, "%Y%m%d-%H%M");
}

int
ctl_copy (CtlCall *call, GError **error)
{
  const char *folder = call->rest[0], *target = call->rest[1];
  g_auto (CrSealedCopy) copy = { 0 };
  g_autofree char *stamp = make_stamp ();
  g_autofree char *size = NULL;
  if (call->keep < 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("--keep is how many copies stay: 1 or more."));
    return CTL_USAGE;
  }
  if (!cr_sealed_copy_take (folder, target, stamp, &copy, error) ||
      (call->keep > 0 && cr_sealed_copy_thin (folder, target, (guint)call->keep, error) < 0))
    return CTL_REFUSED;
  size = g_format_size ((guint64)copy.bytes);
  g_print (_ ("%s: %s, read back; not yet proven: verify does that.\n"), copy.folder, size);
  return CTL_DONE;
}
