#include "chartroom/domain/place.h"
#include <glib/gi18n.h>
#include <string.h>

static const struct {
  const char *type, *word;
} NETWORK[] = {
  { "nfs", N_ ("a network drive (NFS)") },
  { "nfs4", N_ ("a network drive (NFS)") },
  { "cifs", N_ ("a Windows share") },
  { "smb3", N_ ("a Windows share") },
  { "smbfs", N_ ("a Windows share") },
  { "afs", N_ ("a network drive (AFS)") },
  { "ceph", N_ ("a network drive (Ceph)") },
  { "lustre", N_ ("a network drive (Lustre)") },
  { "gfs2", N_ ("a disk shared by several machines (GFS2)") },
  { "ocfs2", N_ ("a disk shared by several machines (OCFS2)") },
  { "davfs", N_ ("a web folder") },
  { "fuse.davfs", N_ ("a web folder") },
  { "fuse.sshfs", N_ ("a network drive (SSH)") },
  { "fuse.rclone", N_ ("a cloud drive") },
  { "fuse.s3fs", N_ ("a cloud drive") },
  { "fuse.google-drive-ocamlfuse", N_ ("a cloud drive") },
  { "fuse.gvfsd-fuse", N_ ("a network place of the file manager") },
  { "fuse.glusterfs", N_ ("a network drive (Gluster)") },
  { "fuse.curlftpfs", N_ ("a network drive (FTP)") },
};

static const struct {
  const char *entry, *program;
} SYNC[] = {
  { ".stfolder", "Syncthing" }, { ".dropbox.cache", "Dropbox" },     { ".tmp.drivedownload", "Google Drive" },
  { ".megaignore", "MEGA" },    { ".owncloudsync.log", "ownCloud" }, { ".nextcloudsync.log", "Nextcloud" },
};

/* Is path the mount point itself or something in it? */
static gboolean
holds (const char *point, const char *path)
{
  gsize length = strlen (point);
  if (g_str_equal (point, "/"))
    return TRUE;
  return strncmp (point, path, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime - ext3 /dev/root rw": mount point fifth, type first after the dash;
 * blanks are
 * "\040".  A later line lies over an earlier one. */
char *
cr_place_file_system (const char *mountinfo, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);
  char *type = NULL;
  gsize longest = 0;
  for (guint i = 0; lines[i] != NULL; i++) {
    const char *tail = strstr (lines[i], " - ");
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 6);
    if (tail == NULL || g_strv_length (words) < 6)
      continue;
    g_autofree char *point = g_strcompress (words[4]);
    if (!holds (point, path) || strlen (point) < longest)
      continue;
    longest = strlen (point);
    g_free (type);
    type = g_strndup (tail + 3, strcspn (tail + 3, " "));
  }
  return type;
}

const char *
cr_place_network_word (const char *file_system)
{
  for (guint i = 0; i < G_N_ELEMENTS (NETWORK); i++)
    if (g_strcmp0 (file_system, NETWORK[i].type) == 0)
      return _ (NETWORK[i].word);
  return NULL;
}

const char *
cr_place_sync_word (const char *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (SYNC); i++)
    if (g_str_equal (entry, SYNC[i].entry))
      return SYNC[i].program;
  if ((g_str_has_prefix (entry, ".sync_") || g_str_has_prefix (entry, "._sync_")) &&
      g_str_has_suffix (entry, ".db"))
    return "Nextcloud";
  return NULL;
}
