#include "db-private.h"
#include <errno.h>
#include <glib/gi18n.h>

typedef struct {
  int code; /* primary or extended SQLite code */
  CrErrorCode meaning;
  const char *sentence; /* with %s for the file's name */
} CodeSentence;

/* The first that fits; extended codes stand before their primary one. */
static const CodeSentence code_sentences[] = {
  { SQLITE_FULL, CR_ERROR_DISK_FULL,
    N_ ("The disk is full: %s could not be written. Make room and try again; nothing was changed.") },
  { SQLITE_IOERR_SHMSIZE, CR_ERROR_DISK_FULL,
    N_ ("The memory file system is full, so %s cannot be used. Make room in /dev/shm and try again.") },
  { SQLITE_READONLY, CR_ERROR_READ_ONLY,
    N_ ("%s cannot be written. Check who may write to the practice folder; nothing was changed.") },
  { SQLITE_PERM, CR_ERROR_READ_ONLY,
    N_ ("%s cannot be written. Check who may write to the practice folder; nothing was changed.") },
  { SQLITE_CONSTRAINT_UNIQUE, CR_ERROR_CONFLICT, N_ ("%s has such a record already; nothing was changed.") },
  { SQLITE_CONSTRAINT_PRIMARYKEY, CR_ERROR_CONFLICT,
    N_ ("%s has such a record already; nothing was changed.") },
  { SQLITE_CONSTRAINT_FOREIGNKEY, CR_ERROR_INVALID,
    N_ ("It refers to a record that is not in %s. Reload what is shown and try again; nothing was "
        "changed.") },
  { SQLITE_CONSTRAINT, CR_ERROR_INVALID,
    N_ ("%s refused a record that breaks its rules; nothing was changed.") },
  { SQLITE_CORRUPT, CR_ERROR_PAGE_ALTERED,
    N_ ("The structure of %s is damaged. Close the practice and run “chartroomctl verify”, then restore from "
        "a "
        "backup.") },
  { SQLITE_INTERRUPT, CR_ERROR_CANCELLED, N_ ("Work on %s was stopped.") },
  { SQLITE_NOMEM, CR_ERROR_FAILED, N_ ("There is not enough memory to work on %s. Close other programs.") },
};

static gboolean
set_damage (const CrCipherReport *report, GError **error)
{
  unsigned long long number = report->number;

  switch (report->what) {
  case CR_DAMAGE_PAGE:
    g_set_error (
        error, CR_ERROR, CR_ERROR_PAGE_ALTERED,
        _ ("Page %llu of %s was altered. Close the practice and run “chartroomctl verify”, then restore "
           "from a backup."),
        number, report->file);
    return TRUE;
  case CR_DAMAGE_FRAME:
    g_set_error (
        error, CR_ERROR, CR_ERROR_PAGE_ALTERED,
        _ ("Page frame %llu of %s was altered. Close the practice and run “chartroomctl verify”, then "
           "restore from a backup."),
        number, report->file);
    return TRUE;
  case CR_DAMAGE_RECORD:
    g_set_error (
        error, CR_ERROR, CR_ERROR_PAGE_ALTERED,
        _ ("The copy of page %llu in %s was altered. Close the practice and run “chartroomctl verify”, "
           "then restore from a backup."),
        number, report->file);
    return TRUE;
  case CR_DAMAGE_MISSING:
    g_set_error (error, CR_ERROR, CR_ERROR_TRUNCATED,
                 _ ("%s was cut off: page %llu is missing. Restore it from a backup."), report->file, number);
    return TRUE;
  case CR_DAMAGE_TEMPORARY:
    g_set_error_literal (error, CR_ERROR, CR_ERROR_IO,
                         _ ("A temporary file was altered while in use. Try again; nothing was changed."));
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
set_sharing (CrDb *self, const CrCipherReport *report, GError **error)
{
  if (report->what == CR_REFUSED_NO_MEMORY_FS)
    g_set_error (
        error, CR_ERROR, CR_ERROR_FAILED,
        _ ("%s needs a memory file system at /dev/shm, and there is none. Ask whoever looks after this "
           "computer to provide it."),
        self->name);
  else if (report->what == CR_REFUSED_SHARING && *report->holder != '\0')
    g_set_error (error, CR_ERROR, CR_ERROR_LOCKED,
                 _ ("%s is open in %s, with which this program cannot work together. Close it there first."),
                 self->name, report->holder);
  else if (report->what == CR_REFUSED_SHARING)
    g_set_error (
        error, CR_ERROR, CR_ERROR_LOCKED,
        _ ("%s-shm was removed, or the practice folder was moved, while the practice was open. Close the "
           "practice and open it again; nothing was changed."),
        self->name);
  else
    return FALSE;
  return TRUE;
}

static void
set_locked (CrDb *self, const CrCipherReport *report, GError **error)
{
  if (report->what == CR_REFUSED_BUSY && *report->holder != '\0')
    g_set_error (error, CR_ERROR, CR_ERROR_LOCKED,
                 _ ("%s is writing to %s just now. Wait a moment and try again; nothing was changed."),
                 report->holder, self->name);
  else
    g_set_error (
        error, CR_ERROR, CR_ERROR_LOCKED,
        _ ("Another program is using %s just now. Wait a moment and try again; nothing was changed."),
        self->name);
}

static gboolean
set_by_code (CrDb *self, int code, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (code_sentences); i++)
    if (code == code_sentences[i].code || (code & 0xff) == code_sentences[i].code) {
      g_autoptr (GString) sentence = g_string_new (_ (code_sentences[i].sentence));

      g_string_replace (sentence, "%s", self->name, 1);
      g_set_error_literal (error, CR_ERROR, code_sentences[i].meaning, sentence->str);
      return TRUE;
    }
  return FALSE;
}

/* The operating system's reason for an I/O error. */
static void
set_system_error (CrDb *self, int code, GError **error)
{
  int reason = sqlite3_system_errno (self->sqlite);

  if (reason == ENOSPC || reason == EDQUOT)
    code = SQLITE_FULL;
  else if (reason == EACCES || reason == EPERM || reason == EROFS)
    code = SQLITE_READONLY;
  if (set_by_code (self, code, error))
    return;
  if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN)
    g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("%s could not be read or written: %s."), self->name,
                 reason != 0 ? g_strerror (reason) : sqlite3_errstr (code));
  else
    g_set_error (error, CR_ERROR, CR_ERROR_FAILED, _ ("%s: %s."), self->name, sqlite3_errmsg (self->sqlite));
}

gboolean
db_set_error (CrDb *self, int code, GError **error)
{
  CrCipherReport report = cr_cipher_take_report ();
  int primary = code & 0xff;

  if ((code == SQLITE_IOERR_DATA || primary == SQLITE_NOTADB) && set_damage (&report, error))
    return FALSE;
  if ((primary == SQLITE_CANTOPEN || code == SQLITE_IOERR_SHMLOCK) && set_sharing (self, &report, error))
    return FALSE;
  if (primary == SQLITE_CORRUPT && self->vault != NULL && !db_check_header_count (self, error))
    return FALSE;
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
    set_locked (self, &report, error);
  else
    set_system_error (self, code, error);
  return FALSE;
}
