#include "backup-places.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define DISKS "/dev/disk/by-uuid"

static gboolean
lies_in (const char *path, const char *folder)
{
  gsize length = strlen (folder);
  return strncmp (path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* ---- removable disks ---- */

/* A disk at the USB or in a card slot, or one whose kernel driver says so (sysfs, block/removable). */
static gboolean
is_removable (const char *device)
{
  g_autofree char *name = g_path_get_basename (device), *text = NULL;
  g_autofree char *link = g_build_filename ("/sys/class/block", name, NULL);
  g_autofree char *path = realpath (link, NULL);
  if (path == NULL)
    return FALSE;
  if (strstr (path, "/usb") != NULL)
    return TRUE;
  g_autofree char *whole = g_path_get_dirname (path);
  g_autofree char *part_mark = g_build_filename (path, "partition", NULL);
  gboolean part = g_file_test (part_mark, G_FILE_TEST_EXISTS);
  g_autofree char *mark = g_build_filename (part ? whole : path, "removable", NULL);
  return g_file_get_contents (mark, &text, NULL, NULL) && text[0] == '1';
}

/* The file system's UUID; new string or NULL. */
static char *
find_uuid (const char *device)
{
  g_autoptr (GDir) dir = g_dir_open (DISKS, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *link = g_build_filename (DISKS, name, NULL);
    g_autofree char *to = realpath (link, NULL);
    if (g_strcmp0 (to, device) == 0)
      return g_strdup (name);
  }
  return NULL;
}

/* The target on its disk; NULL when path is on none that could be found again by its UUID. */
static CrBackupTarget *
describe_on_disk (const char *path)
{
  g_autofree char *mounts = NULL, *device = NULL, *point = NULL, *found = NULL;
  g_autoptr (CrBackupTarget) target = cr_backup_target_new ();
  if (g_file_get_contents ("/proc/self/mountinfo", &mounts, NULL, NULL))
    point = cr_backup_mount_of (mounts, path, &device);
  if (point == NULL || device == NULL || g_str_equal (point, "/") || !is_removable (device))
    return NULL;
  const char *below = path + strlen (point);
  target->device = find_uuid (device);
  target->folder = g_strdup (*below == '/' ? below + 1 : below);
  found = target->device == NULL ? NULL : cr_backup_target_folder (target, NULL);
  g_autofree char *real = found == NULL ? NULL : realpath (found, NULL);
  return g_strcmp0 (real, path) == 0 ? g_steal_pointer (&target) : NULL;
}

static CrBackupTarget *
describe (const char *path)
{
  CrBackupTarget *target = describe_on_disk (path);
  if (target == NULL) {
    target = cr_backup_target_new ();
    target->folder = g_strdup (path);
  }
  target->active = TRUE;
  return target;
}

/* ---- a new place ---- */

static gboolean
check_folder (const char *typed, const char *path, const char *practice, GError **error)
{
  g_autofree char *own = realpath (practice, NULL);
  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("%s is not a folder. Choose a folder, best on a disk that leaves the office."), typed);
  else if (own != NULL && lies_in (path, own))
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("%s belongs to the practice itself and would be lost with it. Choose a folder on another "
                    "disk."),
                 typed);
  else if (g_access (path, W_OK) != 0)
    g_set_error (error, CR_ERROR, CR_ERROR_READ_ONLY,
                 _ ("Nothing can be written into %s. Choose another folder, or let its owner allow it."),
                 typed);
  else
    return TRUE;
  return FALSE;
}

static gboolean
add_job (CrTx *tx, gpointer data, GError **error)
{
  CrBackupTarget *target = data;
  g_autoptr (GPtrArray) targets = cr_backup_target_list (tx, error);
  if (targets == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len; i++) {
    const CrBackupTarget *other = targets->pdata[i];
    if (g_strcmp0 (other->folder, target->folder) != 0 || g_strcmp0 (other->device, target->device) != 0)
      continue;
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("Backups go into this folder already. Choose another one."));
    return FALSE;
  }
  return cr_tx_save (tx, &CR_BACKUP_TARGET, target, error);
}

/* ---- between the layers ---- */

void
cr_backup_place_free (CrBackupPlace *place)
{
  cr_backup_target_free (place->target);
  g_free (place->folder);
  g_free (place);
}

gboolean
cr_backup_place_same (gconstpointer first, gconstpointer second)
{
  const CrBackupPlace *a = first, *b = second;
  return a->target->version == b->target->version && a->connected == b->connected &&
         a->same_disk == b->same_disk && g_strcmp0 (a->folder, b->folder) == 0;
}

CrBackupPlace *
cr_backup_place_look (const CrBackupTarget *target, const char *practice)
{
  CrBackupPlace *place = g_new0 (CrBackupPlace, 1);
  GStatBuf there, own;
  place->target = cr_backup_target_copy (target);
  place->folder = cr_backup_target_folder (target, NULL);
  if (place->folder == NULL || g_stat (place->folder, &there) != 0 || !S_ISDIR (there.st_mode))
    return place;
  place->connected = TRUE;
  place->same_disk = g_stat (practice, &own) == 0 && own.st_dev == there.st_dev;
  return place;
}

gboolean
cr_backup_place_add (CrStore *store, CrStoreUser *user, const char *folder, GError **error)
{
  g_autofree char *path = realpath (folder, NULL);
  if (!check_folder (folder, path, cr_store_folder (store), error))
    return FALSE;
  g_autoptr (CrBackupTarget) target = describe (path);
  return cr_store_run (store, user, add_job, target, error);
}

gboolean
cr_backup_place_remove_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrBackupTarget) target = cr_tx_load (tx, &CR_BACKUP_TARGET, *(CrId *)data, error);
  if (target == NULL)
    return FALSE;
  target->active = FALSE;
  return cr_tx_save (tx, &CR_BACKUP_TARGET, target, error);
}
