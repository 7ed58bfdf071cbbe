#include "fault-disk.h"
#include <sqlite3.h>
#include <string.h>

enum { SECTOR = 512, CAPACITY = 64 * 1024 * 1024 /* of each file */ };

typedef enum { OP_CREATE, OP_WRITE, OP_TRUNCATE, OP_SYNC, OP_DELETE, OP_ACKNOWLEDGE } OpType;

/* One operation, as it was asked for. */
typedef struct {
  OpType type;
  char *path;
  gint64 at; /* offset; length after a truncation; number acknowledged; whether the deletion is synced */
  GBytes *data;
} Op;

typedef struct {
  gint refs; /* the disk's and each handle's */
  GByteArray *content;
} Node;

struct _FaultDisk {
  sqlite3_vfs vfs;       /* first: SQLite's view */
  GHashTable *files;     /* path → Node */
  GPtrArray *operations; /* Op, recorded until a cut */
  gboolean cut;          /* recording has ended */
  guint countdown;       /* operations until one fails; 0: none */
  int code;
  gboolean sticky, failed;
};

typedef struct {
  sqlite3_file base;
  FaultDisk *disk;
  Node *node;
  char *path;
  gboolean delete_on_close;
  int lock;
} DiskFile;

/* ---- nodes ---- */

static Node *
node_new (void)
{
  Node *node = g_new0 (Node, 1);
  node->refs = 1;
  node->content = g_byte_array_new ();
  return node;
}

static void
node_unref (gpointer data)
{
  Node *node = data;
  if (--node->refs > 0)
    return;
  g_byte_array_unref (node->content);
  g_free (node);
}

static void
put_bytes (GByteArray *content, gint64 at, const guint8 *data, gsize size)
{
  guint before = content->len;
  if (size == 0)
    return;
  if (at + (gint64)size > before) {
    g_byte_array_set_size (content, (guint)(at + (gint64)size));
    memset (content->data + before, 0, content->len - before);
  }
  memcpy (content->data + at, data, size);
}

static void
set_length (GByteArray *content, gint64 length)
{
  guint before = content->len;
  g_byte_array_set_size (content, (guint)length);
  if (content->len > before)
    memset (content->data + before, 0, content->len - before);
}

/* ---- remembering ---- */

static void
op_free (gpointer data)
{
  Op *op = data;
  g_free (op->path);
  g_clear_pointer (&op->data, g_bytes_unref);
  g_free (op);
}

static void
remember (FaultDisk *self, OpType type, const char *path, gint64 at, const void *data, gsize size)
{
  Op *op;
  if (self->cut)
    return;
  op = g_new0 (Op, 1);
  op->type = type;
  op->path = g_strdup (path);
  op->at = at;
  op->data = data == NULL ? NULL : g_bytes_new (data, size);
  g_ptr_array_add (self->operations, op);
}

/* 0, or the code this operation fails with. */
static int
meet_fault (FaultDisk *self)
{
  if (self->failed && self->sticky)
    return self->code;
  if (self->countdown == 0 || --self->countdown > 0)
    return SQLITE_OK;
  self->failed = TRUE;
  return self->code;
}

/* ---- files ---- */

static DiskFile *
as_disk_file (sqlite3_file *file)
{
  return (DiskFile *)file;
}

static int
disk_close (sqlite3_file *base)
{
  DiskFile *file = as_disk_file (base);
  if (file->delete_on_close)
    g_hash_table_remove (file->disk->files, file->path);
  node_unref (file->node);
  g_free (file->path);
  return SQLITE_OK;
}

static int
disk_read (sqlite3_file *base, void *buffer, int amount, sqlite3_int64 at)
{
  DiskFile *file = as_disk_file (base);
  const GByteArray *content = file->node->content;
  gint64 there = CLAMP ((gint64)content->len - at, 0, amount);
  int rc = meet_fault (file->disk);
  if (rc != SQLITE_OK)
    return (rc & 0xff) == SQLITE_FULL ? SQLITE_IOERR_READ : rc;
  if (there > 0)
    memcpy (buffer, content->data + at, (gsize)there);
  memset ((char *)buffer + there, 0, (gsize)(amount - there));
  return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
disk_write (sqlite3_file *base, const void *data, int amount, sqlite3_int64 at)
{
  DiskFile *file = as_disk_file (base);
  int rc = meet_fault (file->disk);
  if (rc == SQLITE_OK && at + amount > CAPACITY)
    rc = SQLITE_FULL;
  if (rc != SQLITE_OK)
    return rc;
  remember (file->disk, OP_WRITE, file->path, at, data, (gsize)amount);
  put_bytes (file->node->content, at, data, (gsize)amount);
  return SQLITE_OK;
}

static int
disk_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  DiskFile *file = as_disk_file (base);
  int rc = meet_fault (file->disk);
  if (rc == SQLITE_OK && size > CAPACITY)
    rc = SQLITE_FULL;
  if (rc != SQLITE_OK)
    return rc;
  remember (file->disk, OP_TRUNCATE, file->path, size, NULL, 0);
  set_length (file->node->content, size);
  return SQLITE_OK;
}

static int
disk_sync (sqlite3_file *base, int flags)
{
  DiskFile *file = as_disk_file (base);
  int rc = meet_fault (file->disk);
  if (rc != SQLITE_OK)
    return rc;
  remember (file->disk, OP_SYNC, file->path, 0, NULL, 0);
  return SQLITE_OK;
}

static int
disk_size (sqlite3_file *base, sqlite3_int64 *size)
{
  *size = as_disk_file (base)->node->content->len;
  return SQLITE_OK;
}

/* One connection at a time: locks are granted. */
static int
disk_lock (sqlite3_file *base, int level)
{
  as_disk_file (base)->lock = level;
  return SQLITE_OK;
}

static int
disk_check_reserved (sqlite3_file *base, int *out)
{
  *out = as_disk_file (base)->lock >= SQLITE_LOCK_RESERVED;
  return SQLITE_OK;
}

static int
disk_control (sqlite3_file *base, int op, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
disk_sector_size (sqlite3_file *base)
{
  return SECTOR;
}

/* Nothing is promised: not even that what stands next to a write survives it is relied on. */
static int
disk_characteristics (sqlite3_file *base)
{
  return 0;
}

static const sqlite3_io_methods disk_methods = {
  .iVersion = 1,
  .xClose = disk_close,
  .xRead = disk_read,
  .xWrite = disk_write,
  .xTruncate = disk_truncate,
  .xSync = disk_sync,
  .xFileSize = disk_size,
  .xLock = disk_lock,
  .xUnlock = disk_lock,
  .xCheckReservedLock = disk_check_reserved,
  .xFileControl = disk_control,
  .xSectorSize = disk_sector_size,
  .xDeviceCharacteristics = disk_characteristics,
};

/* ---- the VFS ---- */

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  FaultDisk *self = (FaultDisk *)vfs;
  DiskFile *file = as_disk_file (base);
  Node *node = name == NULL ? NULL : g_hash_table_lookup (self->files, name);
  int rc = meet_fault (self);
  memset (file, 0, sizeof *file);
  if (rc != SQLITE_OK)
    return SQLITE_CANTOPEN;
  if (node == NULL && !(flags & SQLITE_OPEN_CREATE))
    return SQLITE_CANTOPEN;
  if (node == NULL) {
    node = node_new ();
    if (name != NULL) {
      g_hash_table_insert (self->files, g_strdup (name), node);
      remember (self, OP_CREATE, name, 0, NULL, 0);
      node->refs++;
    }
  } else {
    node->refs++;
  }
  file->disk = self;
  file->node = node;
  file->path = g_strdup (name == NULL ? "" : name);
  file->delete_on_close = name != NULL && (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  file->base.pMethods = &disk_methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_dir)
{
  FaultDisk *self = (FaultDisk *)vfs;
  int rc = meet_fault (self);
  if (rc != SQLITE_OK)
    return SQLITE_IOERR_DELETE;
  if (!g_hash_table_remove (self->files, name))
    return SQLITE_IOERR_DELETE_NOENT;
  remember (self, OP_DELETE, name, sync_dir, NULL, 0);
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
  Node *node = g_hash_table_lookup (((FaultDisk *)vfs)->files, name);
  *out = node != NULL && (flags != SQLITE_ACCESS_EXISTS || node->content->len > 0);
  return SQLITE_OK;
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *name, int size, char *out)
{
  g_strlcpy (out, name, (gsize)size);
  return SQLITE_OK;
}

static int
vfs_randomness (sqlite3_vfs *vfs, int size, char *out)
{
  for (int i = 0; i < size; i++)
    out[i] = (char)g_random_int ();
  return size;
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
vfs_time (sqlite3_vfs *vfs, double *out)
{
  *out = 2461368.0; /* a day of November 2026 */
  return SQLITE_OK;
}

static int
vfs_last_error (sqlite3_vfs *vfs, int size, char *out)
{
  return 0;
}

FaultDisk *
fault_disk_new (const char *name)
{
  FaultDisk *self = g_new0 (FaultDisk, 1);
  self->vfs = (sqlite3_vfs){ .iVersion = 1,
                             .szOsFile = sizeof (DiskFile),
                             .mxPathname = 1024,
                             .zName = name,
                             .xOpen = vfs_open,
                             .xDelete = vfs_delete,
                             .xAccess = vfs_access,
                             .xFullPathname = vfs_full_pathname,
                             .xRandomness = vfs_randomness,
                             .xSleep = vfs_sleep,
                             .xCurrentTime = vfs_time,
                             .xGetLastError = vfs_last_error };
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, node_unref);
  self->operations = g_ptr_array_new_with_free_func (op_free);
  g_assert_cmpint (sqlite3_vfs_register (&self->vfs, 0), ==, SQLITE_OK);
  return self;
}

void
fault_disk_wipe (FaultDisk *self)
{
  g_hash_table_remove_all (self->files);
  g_ptr_array_set_size (self->operations, 0);
  self->cut = FALSE;
  fault_disk_fail (self, 0, 0, FALSE);
}

void
fault_disk_free (FaultDisk *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  g_hash_table_unref (self->files);
  g_ptr_array_unref (self->operations);
  g_free (self);
}

void
fault_disk_put (FaultDisk *self, const char *path, const guint8 *data, gsize size)
{
  Node *node = node_new ();
  if (size > 0)
    put_bytes (node->content, 0, data, size);
  g_hash_table_replace (self->files, g_strdup (path), node);
  remember (self, OP_CREATE, path, 0, NULL, 0);
  remember (self, OP_WRITE, path, 0, size > 0 ? data : (const guint8 *)"", size);
  remember (self, OP_SYNC, path, 0, NULL, 0);
}

guint
fault_disk_operations (FaultDisk *self)
{
  return self->operations->len;
}

void
fault_disk_acknowledge (FaultDisk *self, int number)
{
  remember (self, OP_ACKNOWLEDGE, NULL, number, NULL, 0);
}

void
fault_disk_fail (FaultDisk *self, guint n, int code, gboolean sticky)
{
  self->countdown = n;
  self->code = code;
  self->sticky = sticky;
  self->failed = FALSE;
}

gboolean
fault_disk_failed (FaultDisk *self)
{
  return self->failed;
}

/* ---- the cut ---- */

/* A file while the operations are gone through once more. */
typedef struct {
  GByteArray *synced; /* NULL: does not exist for certain */
  GPtrArray *pending; /* Op, borrowed: since the last sync */
} Past;

static void
past_free (gpointer data)
{
  Past *past = data;
  g_clear_pointer (&past->synced, g_byte_array_unref);
  g_ptr_array_unref (past->pending);
  g_free (past);
}

static Past *
past_of (GHashTable *pasts, const char *path)
{
  Past *past = g_hash_table_lookup (pasts, path);
  if (past == NULL) {
    past = g_new0 (Past, 1);
    past->pending = g_ptr_array_new ();
    g_hash_table_insert (pasts, g_strdup (path), past);
  }
  return past;
}

/* One of an operation's sectors, if it survives. */
static void
apply_write (GByteArray *content, const Op *op, GRand *chance, double survival)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (op->data, &size);
  gsize done = 0;
  while (done < size) {
    gsize step = MIN (SECTOR - (gsize)(op->at + (gint64)done) % SECTOR, size - done);
    if (g_rand_double (chance) < survival)
      put_bytes (content, op->at + (gint64)done, data + done, step);
    done += step;
  }
}

/* survival 1: for certain.  NULL: the file does not exist. */
static GByteArray *
apply (GByteArray *content, const Op *op, GRand *chance, double survival)
{
  gboolean happens = g_rand_double (chance) < survival;
  if (op->type == OP_DELETE && happens) {
    g_clear_pointer (&content, g_byte_array_unref);
    return NULL;
  }
  if (op->type == OP_CREATE && happens) {
    g_clear_pointer (&content, g_byte_array_unref);
    return g_byte_array_new ();
  }
  if (content == NULL)
    return NULL;
  if (op->type == OP_WRITE)
    apply_write (content, op, chance, survival);
  else if (op->type == OP_TRUNCATE && happens)
    set_length (content, op->at);
  return content;
}

static void
settle (Past *past, GRand *chance)
{
  for (guint i = 0; i < past->pending->len; i++)
    past->synced = apply (past->synced, past->pending->pdata[i], chance, 1.1);
  g_ptr_array_set_size (past->pending, 0);
}

/* Which files exist is certain now; what was written into new ones is not. */
static void
settle_folder (GHashTable *pasts)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, pasts);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Past *past = value;
    for (guint i = past->pending->len; i > 0; i--) {
      const Op *op = past->pending->pdata[i - 1];
      if (op->type != OP_CREATE && op->type != OP_DELETE)
        continue;
      g_clear_pointer (&past->synced, g_byte_array_unref);
      past->synced = op->type == OP_CREATE ? g_byte_array_new () : NULL;
      g_ptr_array_remove_range (past->pending, 0, i);
      break;
    }
  }
}

static gboolean
is_new (const Past *past)
{
  for (guint i = 0; i < past->pending->len; i++)
    if (((const Op *)past->pending->pdata[i])->type == OP_CREATE)
      return TRUE;
  return FALSE;
}

/* The first sync of a new file is one of its folder, too: so SQLite's own VFS does it. */
static void
live_through (GHashTable *pasts, const Op *op, GRand *chance)
{
  Past *past = op->path == NULL ? NULL : past_of (pasts, op->path);
  if (past == NULL)
    return;
  if (op->type != OP_SYNC)
    g_ptr_array_add (past->pending, (gpointer)op);
  if ((op->type == OP_SYNC && is_new (past)) || (op->type == OP_DELETE && op->at))
    settle_folder (pasts);
  if (op->type == OP_SYNC)
    settle (past, chance);
}

/* Without its creation nothing that was done to a new file is there: an old one of that name is as it was. */
static void
apply_pending (Past *past, GRand *chance, double survival)
{
  for (guint i = 0; i < past->pending->len; i++) {
    const Op *op = past->pending->pdata[i];
    if (op->type == OP_CREATE && g_rand_double (chance) >= survival)
      break;
    past->synced = apply (past->synced, op, chance, op->type == OP_CREATE ? 1.1 : survival);
  }
}

/* What of the unsynced survives: nothing, all, or something between. */
static void
lose_power (FaultDisk *self, GHashTable *pasts, GRand *chance)
{
  static const double SURVIVAL[] = { -1, 0.1, 0.5, 0.9, 1.1 };
  GHashTableIter iter;
  gpointer path, value;
  g_hash_table_remove_all (self->files);
  g_hash_table_iter_init (&iter, pasts);
  while (g_hash_table_iter_next (&iter, &path, &value)) {
    Past *past = value;
    double survival = SURVIVAL[g_rand_int_range (chance, 0, G_N_ELEMENTS (SURVIVAL))];
    apply_pending (past, chance, survival);
    if (past->synced != NULL) {
      Node *node = node_new ();
      put_bytes (node->content, 0, past->synced->data, past->synced->len);
      g_hash_table_insert (self->files, g_strdup (path), node);
    }
  }
}

void
fault_disk_cut (FaultDisk *self, guint n, guint32 seed, int *acknowledged, int *begun)
{
  g_autoptr (GHashTable) pasts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, past_free);
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);
  guint end = MIN (n, self->operations->len);
  self->cut = TRUE;
  *acknowledged = 0;
  *begun = G_MAXINT;
  for (guint i = 0; i < self->operations->len; i++) {
    const Op *op = self->operations->pdata[i];
    if (op->type == OP_ACKNOWLEDGE && i < end)
      *acknowledged = (int)op->at;
    else if (op->type == OP_ACKNOWLEDGE && *begun == G_MAXINT)
      *begun = (int)op->at;
    if (i + 1 < end || (i < end && op->type != OP_SYNC)) /* a sync that was under way has done nothing */
      live_through (pasts, op, chance);
  }
  lose_power (self, pasts, chance);
}
