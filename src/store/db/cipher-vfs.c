/* Registration, opening, and SQLite's file methods; what is stored how is in the files beside this one. */
#include "cipher-vfs-file.h"
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  sqlite3_vfs vfs;
  sqlite3_vfs *below;
  uint64_t fallback; /* key handle, or 0 */
} CipherVfs;

static _Thread_local CrCipherReport report;
static pthread_mutex_t register_lock = PTHREAD_MUTEX_INITIALIZER;

static CipherFile *
as_file (sqlite3_file *file)
{
  return (CipherFile *)file;
}

/* A VFS above ours may call with a copy of the struct: what is registered is found by what a copy keeps. */
static const CipherVfs *
registered (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

static sqlite3_vfs *
below (sqlite3_vfs *vfs)
{
  return registered (vfs)->below;
}

/* ---- reports ---- */

static const char *
base_name (const CipherFile *file)
{
  const char *slash;

  if (file->path == NULL)
    return "a temporary file";
  slash = strrchr (file->path, '/');
  return slash == NULL ? file->path : slash + 1;
}

int
cipher_report_holder (const CipherFile *file, CrCipherTrouble what, const char *holder, int code)
{
  report.what = what;
  report.number = 0;
  (void)snprintf (report.file, sizeof report.file, "%s", base_name (file));
  (void)snprintf (report.holder, sizeof report.holder, "%s", holder);
  return code;
}

int
cipher_report (const CipherFile *file, CrCipherTrouble what, uint64_t number, int code)
{
  cipher_report_holder (file, what, "", code);
  report.number = number;
  sqlite3_log (code, "sealed file %s: trouble %d at %lld", report.file, (int)what, (long long)number);
  return code;
}

CrCipherReport
cr_cipher_take_report (void)
{
  CrCipherReport taken = report;

  memset (&report, 0, sizeof report);
  return taken;
}

/* ---- file methods ---- */

static int
file_close (sqlite3_file *base)
{
  CipherFile *file = as_file (base);
  int rc;

  cipher_shm_unmap (file);
  file->kind->close (file);
  sodium_memzero (file->scratch, CR_PAGE_SIZE_MAX + FRAME_HEADER);
  free (file->scratch);
  rc = file->real->pMethods->xClose (file->real);
  cr_page_keys_release (file->keys);
  file->base.pMethods = NULL;
  return rc;
}

static int
file_read (sqlite3_file *base, void *buffer, int amount, sqlite3_int64 offset)
{
  return as_file (base)->kind->read (as_file (base), buffer, amount, offset);
}

static int
file_write (sqlite3_file *base, const void *data, int amount, sqlite3_int64 offset)
{
  return as_file (base)->kind->write (as_file (base), data, amount, offset);
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  return as_file (base)->kind->truncate (as_file (base), size);
}

static int
file_sync (sqlite3_file *base, int flags)
{
  CipherFile *file = as_file (base);
  int rc = file->kind->settle (file);

  if (rc != SQLITE_OK || file->kind == &cipher_temp)
    return rc;
  return file->real->pMethods->xSync (file->real, flags);
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  int64_t n = 0;
  int rc = as_file (base)->kind->size (as_file (base), &n);

  *size = n;
  return rc;
}

static int
file_lock (sqlite3_file *base, int level)
{
  CipherFile *file = as_file (base);

  if (file->kind == &cipher_database && level >= SQLITE_LOCK_RESERVED)
    cipher_database_forget_end (file);
  return file->real->pMethods->xLock (file->real, level);
}

static int
file_unlock (sqlite3_file *base, int level)
{
  CipherFile *file = as_file (base);
  int rc = SQLITE_OK, unlocked;

  if (file->kind == &cipher_database && level < SQLITE_LOCK_RESERVED)
    rc = cipher_database_seal_gaps (file);
  unlocked = file->real->pMethods->xUnlock (file->real, level);
  return rc != SQLITE_OK ? rc : unlocked;
}

static int
file_check_reserved (sqlite3_file *base, int *out)
{
  CipherFile *file = as_file (base);

  return file->real->pMethods->xCheckReservedLock (file->real, out);
}

/* The page size of an existing file is fixed: VACUUM to another would write new pages in pieces of the old
 * size, and data where the tags go.  SQLITE_OK tells SQLite that the pragma has been dealt with. */
static int
control_pragma (CipherFile *file, char **words)
{
  if (file->kind != &cipher_database || words[2] == NULL || sqlite3_stricmp (words[1], "page_size") != 0)
    return SQLITE_NOTFOUND;
  if (file->page_size == 0)
    cipher_database_find_page_size (file);
  return file->page_size == 0 ? SQLITE_NOTFOUND : SQLITE_OK;
}

static int
control_database (CipherFile *file, int op, void *argument)
{
  switch (op) {
  case SQLITE_FCNTL_CKPT_START:
    cipher_database_forget_end (file);
    file->database.checkpoint = true;
    break;
  case SQLITE_FCNTL_CKPT_DONE:
    file->database.checkpoint = false;
    break;
  case SQLITE_FCNTL_SYNC: /* comes even when synchronous is off */
    return cipher_database_seal_gaps (file);
  case CR_CIPHER_FCNTL_LOG_FRAMES:
    *(uint32_t *)argument = cipher_shm_log_frames (file);
    return SQLITE_OK;
  case CR_CIPHER_FCNTL_LOG_STATE:
    *(CrCipherLogState *)argument = cipher_shm_log_state (file);
    return SQLITE_OK;
  case CR_CIPHER_FCNTL_EVERY_PAGE_EXISTS:
    file->database.every_page_exists = true;
    return SQLITE_OK;
  default:
    break;
  }
  return SQLITE_NOTFOUND;
}

/* SQLITE_NOTFOUND: the VFS below may answer. */
static int
control_here (CipherFile *file, int op, void *argument)
{
  switch (op) {
  case SQLITE_FCNTL_SIZE_HINT: /* both would make pages of zeros */
  case SQLITE_FCNTL_CHUNK_SIZE:
    return SQLITE_OK;
  case SQLITE_FCNTL_MMAP_SIZE:
    *(sqlite3_int64 *)argument = 0;
    return SQLITE_OK;
  case SQLITE_FCNTL_PRAGMA:
    return control_pragma (file, argument);
  default:
    return file->kind == &cipher_database ? control_database (file, op, argument) : SQLITE_NOTFOUND;
  }
}

static bool
is_atomic_write (int op)
{
  return op == SQLITE_FCNTL_BEGIN_ATOMIC_WRITE || op == SQLITE_FCNTL_COMMIT_ATOMIC_WRITE ||
         op == SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE;
}

static int
file_control (sqlite3_file *base, int op, void *argument)
{
  CipherFile *file = as_file (base);
  int rc = control_here (file, op, argument);

  if (rc != SQLITE_NOTFOUND || is_atomic_write (op))
    return rc;
  rc = file->real->pMethods->xFileControl (file->real, op, argument);
  if (rc == SQLITE_OK && op == SQLITE_FCNTL_VFSNAME)
    *(char **)argument = sqlite3_mprintf (CR_CIPHER_VFS_NAME "/%z", *(char **)argument);
  return rc;
}

static int
file_sector_size (sqlite3_file *base)
{
  return as_file (base)->real->pMethods->xSectorSize (as_file (base)->real);
}

/* Writes keep the offset and length SQLite chose, so what it knows of the device still holds; atomic writes
 * would make it write the journal in other shapes. */
static int
file_characteristics (sqlite3_file *base)
{
  CipherFile *file = as_file (base);
  const int kept = SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_IMMUTABLE | SQLITE_IOCAP_SEQUENTIAL |
                   SQLITE_IOCAP_SAFE_APPEND | SQLITE_IOCAP_POWERSAFE_OVERWRITE;

  return file->real->pMethods->xDeviceCharacteristics (file->real) & kept;
}

static int
file_shm_map (sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
  return cipher_shm_map (as_file (base), region, size, extend, out);
}

static int
file_shm_lock (sqlite3_file *base, int first, int count, int flags)
{
  return cipher_shm_lock (as_file (base), first, count, flags);
}

static void
file_shm_barrier (sqlite3_file *base)
{
  __atomic_thread_fence (__ATOMIC_SEQ_CST);
}

/* The last program to leave deletes the index whatever SQLite says: it is rebuilt from the log. */
static int
file_shm_unmap (sqlite3_file *base, int delete)
{
  cipher_shm_unmap (as_file (base));
  return SQLITE_OK;
}

static const sqlite3_io_methods file_methods = {
  .iVersion = 2, /* no memory mapping */
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

/* ---- opening ---- */

static const CipherKind *
kind_of (const char *path, int flags)
{
  if (path == NULL)
    return &cipher_temp;
  if (flags & SQLITE_OPEN_MAIN_DB)
    return &cipher_database;
  if (flags & SQLITE_OPEN_WAL)
    return &cipher_log;
  if (flags & SQLITE_OPEN_MAIN_JOURNAL)
    return &cipher_journal;
  return &cipher_temp;
}

/* The keys named in the database's URI; journals and logs inherit it. */
static const CrPageKeys *
keys_for (sqlite3_vfs *vfs, const char *path)
{
  const char *handle = sqlite3_uri_parameter (sqlite3_filename_database (path), "keys");
  char *end;
  uint64_t number;

  if (handle == NULL)
    return cr_page_keys_acquire (registered (vfs)->fallback);
  number = strtoull (handle, &end, 16);
  return *end == '\0' ? cr_page_keys_acquire (number) : NULL;
}

static int
set_up (CipherFile *file, sqlite3_vfs *vfs, const char *path, int flags)
{
  file->kind = kind_of (path, flags);
  file->path = file->kind == &cipher_temp ? NULL : path;
  if (file->path != NULL && (file->keys = keys_for (vfs, path)) == NULL)
    return SQLITE_CANTOPEN;
  file->scratch = malloc (CR_PAGE_SIZE_MAX + FRAME_HEADER);
  if (file->scratch == NULL)
    return SQLITE_NOMEM;
  return file->kind->open (file);
}

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags)
{
  CipherFile *file = as_file (base);
  int rc;

  if (flags & SQLITE_OPEN_SUPER_JOURNAL) /* holds file names only */
    return below (vfs)->xOpen (below (vfs), path, base, flags, out_flags);
  memset (file, 0, sizeof *file);
  file->real = (sqlite3_file *)&file[1];
  rc = set_up (file, vfs, path, flags);
  if (rc == SQLITE_OK)
    rc = below (vfs)->xOpen (below (vfs), path, file->real, flags, out_flags);
  if (rc == SQLITE_OK) {
    file->base.pMethods = &file_methods;
    return SQLITE_OK;
  }
  if (file->scratch != NULL)
    file->kind->close (file);
  free (file->scratch);
  cr_page_keys_release (file->keys);
  return rc;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync)
{
  return below (vfs)->xDelete (below (vfs), path, sync);
}

static int
vfs_access (sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
  return below (vfs)->xAccess (below (vfs), path, flags, out);
}

static int
vfs_full_path (sqlite3_vfs *vfs, const char *path, int room, char *out)
{
  return below (vfs)->xFullPathname (below (vfs), path, room, out);
}

static int
vfs_randomness (sqlite3_vfs *vfs, int amount, char *out)
{
  return below (vfs)->xRandomness (below (vfs), amount, out);
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return below (vfs)->xSleep (below (vfs), microseconds);
}

static int
vfs_time (sqlite3_vfs *vfs, double *days)
{
  return below (vfs)->xCurrentTime (below (vfs), days);
}

static int
vfs_last_error (sqlite3_vfs *vfs, int room, char *out)
{
  return below (vfs)->xGetLastError (below (vfs), room, out);
}

static int
vfs_time_int64 (sqlite3_vfs *vfs, sqlite3_int64 *milliseconds)
{
  return below (vfs)->xCurrentTimeInt64 (below (vfs), milliseconds);
}

static void *
vfs_dl_open (sqlite3_vfs *vfs, const char *path)
{
  return below (vfs)->xDlOpen (below (vfs), path);
}

static void
vfs_dl_error (sqlite3_vfs *vfs, int room, char *out)
{
  below (vfs)->xDlError (below (vfs), room, out);
}

static void (*vfs_dl_sym (sqlite3_vfs *vfs, void *handle, const char *symbol)) (void)
{
  return below (vfs)->xDlSym (below (vfs), handle, symbol);
}

static void
vfs_dl_close (sqlite3_vfs *vfs, void *handle)
{
  below (vfs)->xDlClose (below (vfs), handle);
}

static int
vfs_set_system_call (sqlite3_vfs *vfs, const char *name, sqlite3_syscall_ptr call)
{
  return below (vfs)->xSetSystemCall (below (vfs), name, call);
}

static sqlite3_syscall_ptr
vfs_get_system_call (sqlite3_vfs *vfs, const char *name)
{
  return below (vfs)->xGetSystemCall (below (vfs), name);
}

static const char *
vfs_next_system_call (sqlite3_vfs *vfs, const char *name)
{
  return below (vfs)->xNextSystemCall (below (vfs), name);
}

static const sqlite3_vfs vfs_methods = {
  .xOpen = vfs_open,
  .xDelete = vfs_delete,
  .xAccess = vfs_access,
  .xFullPathname = vfs_full_path,
  .xDlOpen = vfs_dl_open,
  .xDlError = vfs_dl_error,
  .xDlSym = vfs_dl_sym,
  .xDlClose = vfs_dl_close,
  .xRandomness = vfs_randomness,
  .xSleep = vfs_sleep,
  .xCurrentTime = vfs_time,
  .xGetLastError = vfs_last_error,
  .xCurrentTimeInt64 = vfs_time_int64,
  .xSetSystemCall = vfs_set_system_call,
  .xGetSystemCall = vfs_get_system_call,
  .xNextSystemCall = vfs_next_system_call,
};

static int
register_new (const char *name, const char *base, uint64_t fallback, int make_default)
{
  sqlite3_vfs *base_vfs = sqlite3_vfs_find (base);
  CipherVfs *made;

  if (base_vfs == NULL)
    return SQLITE_ERROR;
  made = calloc (1, sizeof *made); /* SQLite keeps it for the life of the process */
  if (made == NULL)
    return SQLITE_NOMEM;
  made->vfs = vfs_methods;
  made->vfs.iVersion = base_vfs->iVersion < 3 ? base_vfs->iVersion : 3;
  made->vfs.szOsFile = (int)sizeof (CipherFile) + base_vfs->szOsFile;
  made->vfs.mxPathname = base_vfs->mxPathname;
  made->vfs.zName = name;
  made->vfs.pAppData = made;
  made->below = base_vfs;
  made->fallback = fallback;
  return sqlite3_vfs_register (&made->vfs, make_default);
}

int
cr_cipher_vfs_register (const char *name, const char *base, uint64_t fallback, int make_default)
{
  sqlite3_vfs *known;
  int rc = sqlite3_initialize ();

  if (rc != SQLITE_OK || cr_page_cipher_init () != 0)
    return SQLITE_ERROR;
  pthread_mutex_lock (&register_lock);
  known = sqlite3_vfs_find (name);
  rc = known != NULL ? sqlite3_vfs_register (known, make_default)
                     : register_new (name, base, fallback, make_default);
  pthread_mutex_unlock (&register_lock);
  return rc;
}
