/* The index of the log ("wal-index"), shared by all programs that have the database open.  SQLite writes it
 * in clear, page numbers and the last frame's checksum among them, so it lies on a memory file system and
 * never on a disk.  DATABASE-shm, beside the database, names the memory file:
 *
 *  - every connection holds a shared lock on it; who gets it exclusively is alone and makes a new memory
 * file;
 *  - who finds others but not their memory file (another machine, container or user) refuses to open;
 *  - the last to leave removes both; what the dead left behind, the next one to come alone removes.
 *
 * All locks are open-file-description locks: the kernel drops them when a program dies, and, unlike POSIX
 * locks, closing another descriptor of the file does not. */
#include "cipher-vfs-file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define TMPFS_MAGIC 0x01021994
#define RAMFS_MAGIC 0x858458f6
#define FRONT 65536    /* bytes before region 0: lock bytes 0–7 and the writer's process id */
#define WRITER_AT 16   /* offset of that id, an int32 */
#define WRITE_SLOT 0   /* SQLite's slot of the one writer */
#define READ_SLOTS 3   /* its slots from here on say only how far somebody reads */
#define FRAMES_AT 16   /* offset of mxFrame in SQLite's wal-index header */
#define BACKFILL_AT 96 /* of nBackfill, after the header's two copies */
#define NAME_ROOM 128
#define TRIES 2000      /* about two seconds */
#define ABSENT_TRIES 30 /* until a memory file that is not there is taken for out of sight */

struct CipherShm {
  char *meeting_path; /* DATABASE-shm */
  int meeting;        /* its descriptor, carrying our shared lock */
  struct stat met;    /* what that file is; while it is open no other can become the same */
  char memory_path[PATH_MAX];
  int memory;
  uint8_t *front;
  void **regions; /* mapped so far */
  int region_count;
  int region_size;
};

/* What DATABASE-shm says. */
typedef struct {
  char name[NAME_ROOM]; /* of the memory file */
  char holder[96];      /* the program that made it */
} Meeting;

typedef enum { JOINED, AGAIN, ABSENT, NO_ROOM, FAILED } JoinResult;

/* ---- locks and files ---- */

static int
set_lock (int fd, short type, int first, int count)
{
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = first, .l_len = count };
  int rc;

  do
    rc = fcntl (fd, F_OFD_SETLK, &lock);
  while (rc != 0 && errno == EINTR);
  return rc;
}

/* Whether the meeting file is still the one that others find. */
static bool
meets_others (const CipherShm *shm)
{
  struct stat named;

  return stat (shm->meeting_path, &named) == 0 && shm->met.st_dev == named.st_dev &&
         shm->met.st_ino == named.st_ino;
}

static bool
is_memory_fs (const char *folder)
{
  struct statfs fs;

  return folder != NULL && statfs (folder, &fs) == 0 &&
         ((unsigned long)fs.f_type == TMPFS_MAGIC || (unsigned long)fs.f_type == RAMFS_MAGIC);
}

/* The i-th place where the memory file may lie, or NULL. */
static const char *
memory_folder (int i)
{
  const char *folder = i == 0 ? "/dev/shm" : getenv ("XDG_RUNTIME_DIR");

  return is_memory_fs (folder) ? folder : NULL;
}

static void
describe_process (int pid, char *out, size_t room)
{
  char path[64], name[32] = "";
  FILE *comm;

  (void)snprintf (path, sizeof path, "/proc/%d/comm", pid);
  comm = fopen (path, "re");
  if (comm != NULL) {
    if (fgets (name, sizeof name, comm) != NULL)
      name[strcspn (name, "\n")] = '\0';
    (void)fclose (comm);
  }
  (void)snprintf (out, room, "process %d%s%s%s", pid, *name ? " (" : "", name, *name ? ")" : "");
}

/* ---- the meeting file ---- */

/* It is read before anything is known of who wrote it: only a plain name of ours is accepted. */
static bool
name_is_ours (const char *name)
{
  static const char start[] = "chartroom-";
  size_t length = strlen (name);

  return strncmp (name, start, sizeof start - 1) == 0 && length > sizeof start &&
         strspn (name + sizeof start - 1, "0123456789abcdef-") == length - (sizeof start - 1);
}

static bool
read_meeting (int fd, Meeting *out)
{
  char text[NAME_ROOM + sizeof out->holder + 1];
  ssize_t length = pread (fd, text, sizeof text - 1, 0);

  memset (out, 0, sizeof *out);
  if (length <= 0)
    return false;
  text[length] = '\0';
  return sscanf (text, "%127[^\n]\n%95[^\n]", out->name, out->holder) >= 1 && name_is_ours (out->name);
}

static int
write_meeting (int fd, const char *name)
{
  char text[NAME_ROOM + 256], host[65] = "", process[64];
  int length;

  gethostname (host, sizeof host - 1);
  describe_process ((int)getpid (), process, sizeof process);
  length = snprintf (text, sizeof text, "%s\n%s on %s\n", name, process, host);
  return ftruncate (fd, 0) == 0 && pwrite (fd, text, (size_t)length, 0) == length ? 0 : -1;
}

/* Memory files of this very database begin with this. */
static void
write_prefix (const CipherFile *file, char out[NAME_ROOM])
{
  struct stat database = { 0 };

  stat (file->path, &database);
  (void)snprintf (out, NAME_ROOM, "chartroom-%llx-%llx-", (unsigned long long)database.st_dev,
                  (unsigned long long)database.st_ino);
}

/* Call with the exclusive lock: whoever made them is dead. */
static void
remove_dead_memory (const CipherFile *file)
{
  char prefix[NAME_ROOM];

  write_prefix (file, prefix);
  for (int i = 0; i < 2; i++) {
    DIR *folder = memory_folder (i) == NULL ? NULL : opendir (memory_folder (i));
    struct dirent *entry;

    // cppcheck-suppress readdirCalled ; the stream is this function's own
    while (folder != NULL && (entry = readdir (folder)) != NULL)
      if (strncmp (entry->d_name, prefix, strlen (prefix)) == 0)
        unlinkat (dirfd (folder), entry->d_name, 0);
    if (folder != NULL)
      closedir (folder);
  }
}

/* ---- joining ---- */

static void
name_memory (const CipherFile *file, char out[NAME_ROOM])
{
  uint8_t identity[16];
  size_t used;

  write_prefix (file, out);
  used = strlen (out);
  randombytes_buf (identity, sizeof identity);
  sodium_bin2hex (out + used, NAME_ROOM - used, identity, sizeof identity);
}

/* fd, or -1 when there is no such file in any memory folder. */
static int
open_memory (CipherShm *shm, const char *name, int flags)
{
  int fd = -1;

  for (int i = 0; i < 2 && fd < 0; i++)
    if (memory_folder (i) != NULL &&
        snprintf (shm->memory_path, PATH_MAX, "%s/%s", memory_folder (i), name) < PATH_MAX)
      fd = open (shm->memory_path, flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  return fd;
}

/* Alone, with the exclusive lock: a new index for us and all who follow. */
static JoinResult
found (CipherFile *file, CipherShm *shm)
{
  char name[NAME_ROOM];

  remove_dead_memory (file);
  name_memory (file, name);
  shm->memory = open_memory (shm, name, O_CREAT | O_EXCL);
  if (shm->memory < 0) {
    cipher_report_holder (file, CR_REFUSED_NO_MEMORY_FS, "", 0);
    return FAILED;
  }
  if (posix_fallocate (shm->memory, 0, FRONT) != 0) {
    unlink (shm->memory_path);
    return NO_ROOM;
  }
  if (write_meeting (shm->meeting, name) != 0 || set_lock (shm->meeting, F_RDLCK, 0, 1) != 0) {
    unlink (shm->memory_path);
    return FAILED;
  }
  return JOINED;
}

static JoinResult
follow (CipherFile *file, CipherShm *shm)
{
  Meeting meeting;

  if (read_meeting (shm->meeting, &meeting))
    shm->memory = open_memory (shm, meeting.name, 0);
  if (shm->memory >= 0)
    return JOINED;
  cipher_report_holder (file, CR_REFUSED_SHARING, meeting.holder, 0);
  return ABSENT;
}

/* AGAIN: someone is just arriving or leaving. */
static JoinResult
try_join (CipherFile *file, CipherShm *shm)
{
  bool alone;

  shm->meeting = open (shm->meeting_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (shm->meeting < 0 || fstat (shm->meeting, &shm->met) != 0)
    return FAILED;
  alone = set_lock (shm->meeting, F_WRLCK, 0, 1) == 0;
  if (!alone && set_lock (shm->meeting, F_RDLCK, 0, 1) != 0)
    return AGAIN;
  if (!meets_others (shm))
    return AGAIN;
  return alone ? found (file, shm) : follow (file, shm);
}

static void
close_descriptors (CipherShm *shm)
{
  if (shm->memory >= 0)
    close (shm->memory);
  if (shm->meeting >= 0)
    close (shm->meeting);
  shm->memory = shm->meeting = -1;
}

static int
join (CipherFile *file, CipherShm *shm)
{
  int absent = 0;

  for (int i = 0; i < TRIES; i++) {
    JoinResult result = try_join (file, shm);

    if (result == JOINED) {
      if (absent > 0)
        (void)cr_cipher_take_report (); /* it was only just arriving */
      return SQLITE_OK;
    }
    close_descriptors (shm);
    if (result == NO_ROOM)
      return SQLITE_IOERR_SHMSIZE;
    if (result == FAILED || (result == ABSENT && ++absent == ABSENT_TRIES))
      return SQLITE_CANTOPEN;
    usleep (500 + randombytes_uniform (1000)); /* uneven, so that two who wait for each other part */
  }
  return SQLITE_BUSY;
}

static void
free_shm (CipherShm *shm)
{
  close_descriptors (shm);
  free (shm->meeting_path);
  free (shm->regions);
  free (shm);
}

static int
open_shm (CipherFile *file)
{
  CipherShm *shm = calloc (1, sizeof *shm);
  int rc = SQLITE_NOMEM;

  if (shm == NULL)
    return rc;
  shm->meeting = shm->memory = -1;
  if (asprintf (&shm->meeting_path, "%s-shm", file->path) >= 0)
    rc = join (file, shm);
  else
    shm->meeting_path = NULL;
  if (rc == SQLITE_OK) {
    shm->front = mmap (NULL, FRONT, PROT_READ | PROT_WRITE, MAP_SHARED, shm->memory, 0);
    rc = shm->front == MAP_FAILED ? SQLITE_IOERR_SHMMAP : SQLITE_OK;
  }
  if (rc == SQLITE_OK)
    file->shm = shm;
  else
    free_shm (shm);
  return rc;
}

/* ---- regions ---- */

static int
grow_file (CipherShm *shm, int64_t size, bool extend, bool *there)
{
  struct stat st;

  *there = false;
  if (fstat (shm->memory, &st) != 0)
    return SQLITE_IOERR_SHMSIZE;
  if (st.st_size < size && !extend)
    return SQLITE_OK;
  if (st.st_size < size && posix_fallocate (shm->memory, 0, size) != 0)
    return SQLITE_IOERR_SHMSIZE;
  *there = true;
  return SQLITE_OK;
}

static int
map_next_region (CipherShm *shm, bool extend, bool *there)
{
  int64_t offset = FRONT + (int64_t)shm->region_count * shm->region_size;
  int rc = grow_file (shm, offset + shm->region_size, extend, there);
  void **grown, *region;

  if (rc != SQLITE_OK || !*there)
    return rc;
  grown = realloc (shm->regions, (size_t)(shm->region_count + 1) * sizeof *grown);
  if (grown == NULL)
    return SQLITE_IOERR_NOMEM;
  shm->regions = grown;
  region = mmap (NULL, (size_t)shm->region_size, PROT_READ | PROT_WRITE, MAP_SHARED, shm->memory, offset);
  if (region == MAP_FAILED)
    return SQLITE_IOERR_SHMMAP;
  shm->regions[shm->region_count++] = region;
  return SQLITE_OK;
}

int
cipher_shm_map (CipherFile *file, int region, int size, int extend, void volatile **out)
{
  CipherShm *shm;
  bool there = true;
  int rc = SQLITE_OK;

  *out = NULL;
  if (file->shm == NULL && (rc = open_shm (file)) != SQLITE_OK)
    return rc;
  shm = file->shm;
  shm->region_size = size;
  while (rc == SQLITE_OK && there && shm->region_count <= region)
    rc = map_next_region (shm, extend != 0, &there);
  if (rc == SQLITE_OK && there)
    *out = shm->regions[region];
  return rc;
}

/* ---- locking ---- */

static int32_t *
writer_of (CipherShm *shm)
{
  return (int32_t *)(void *)(shm->front + WRITER_AT);
}

static int
report_busy (CipherFile *file, int first)
{
  char holder[64] = "";
  int32_t pid = __atomic_load_n (writer_of (file->shm), __ATOMIC_RELAXED);

  if (first == WRITE_SLOT && pid > 0)
    describe_process (pid, holder, sizeof holder);
  return cipher_report_holder (file, CR_REFUSED_BUSY, holder, SQLITE_BUSY);
}

static void
note_writer (CipherShm *shm, int pid)
{
  __atomic_store_n (writer_of (shm), pid, __ATOMIC_RELAXED);
}

/* A writer makes sure that others would still find this index: if the meeting file was deleted or the folder
 * moved, a second program could be at work with an index of its own. */
static int
take_exclusive (CipherFile *file, int first, int count)
{
  CipherShm *shm = file->shm;

  if (set_lock (shm->memory, F_WRLCK, first, count) != 0)
    return errno == EAGAIN || errno == EACCES ? report_busy (file, first) : SQLITE_IOERR_SHMLOCK;
  if (first < READ_SLOTS && !meets_others (shm)) {
    set_lock (shm->memory, F_UNLCK, first, count);
    return cipher_report_holder (file, CR_REFUSED_SHARING, "", SQLITE_IOERR_SHMLOCK);
  }
  if (first == WRITE_SLOT)
    note_writer (shm, (int)getpid ());
  return SQLITE_OK;
}

int
cipher_shm_lock (CipherFile *file, int first, int count, int flags)
{
  CipherShm *shm = file->shm;

  if (shm == NULL)
    return SQLITE_IOERR_SHMLOCK;
  if (flags & SQLITE_SHM_UNLOCK) {
    if (first == WRITE_SLOT && (flags & SQLITE_SHM_EXCLUSIVE))
      note_writer (shm, 0);
    return set_lock (shm->memory, F_UNLCK, first, count) == 0 ? SQLITE_OK : SQLITE_IOERR_SHMLOCK;
  }
  if (flags & SQLITE_SHM_EXCLUSIVE)
    return take_exclusive (file, first, count);
  if (set_lock (shm->memory, F_RDLCK, first, count) == 0)
    return SQLITE_OK;
  return errno == EAGAIN || errno == EACCES ? SQLITE_BUSY : SQLITE_IOERR_SHMLOCK;
}

void
cipher_shm_unmap (CipherFile *file)
{
  CipherShm *shm = file->shm;

  if (shm == NULL)
    return;
  file->shm = NULL;
  for (int i = 0; i < shm->region_count; i++)
    munmap (shm->regions[i], (size_t)shm->region_size);
  munmap (shm->front, FRONT);
  if (set_lock (shm->meeting, F_WRLCK, 0, 1) == 0 && meets_others (shm)) {
    unlink (shm->memory_path);
    unlink (shm->meeting_path);
  }
  free_shm (shm);
}

static uint32_t
word_of_index (CipherFile *file, int at)
{
  return __atomic_load_n ((uint32_t *)(void *)((uint8_t *)file->shm->regions[0] + at), __ATOMIC_ACQUIRE);
}

uint32_t
cipher_shm_log_frames (CipherFile *file)
{
  return file->shm == NULL || file->shm->region_count == 0 ? 0 : word_of_index (file, FRAMES_AT);
}

/* The count of what is backfilled first: a log that began anew meanwhile has another header. */
CrCipherLogState
cipher_shm_log_state (CipherFile *file)
{
  CrCipherLogState state = { 0 };

  if (file->shm == NULL || file->shm->region_count == 0)
    return state;
  state.backfilled = word_of_index (file, BACKFILL_AT);
  for (int at = 0; at < (int)sizeof state.header; at += 4) {
    uint32_t word = word_of_index (file, at);

    memcpy (state.header + at, &word, sizeof word);
  }
  memcpy (&state.frames, state.header + FRAMES_AT, sizeof state.frames);
  return state;
}
