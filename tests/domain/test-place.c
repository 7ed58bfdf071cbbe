/* Drives that other machines share, and folders that a program copies elsewhere. */
#include "chartroom/domain/place.h"

static const char *const MOUNTS =
    "22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n"
    "40 22 0:35 / /srv/share rw,relatime - nfs4 server:/export rw\n"
    "41 22 0:36 / /srv/share\\040two rw,relatime shared:5 master:1 - cifs //server/two rw\n"
    "42 40 8:3 / /srv/share/inner rw - ext4 /dev/sda3 rw\n"
    "43 22 0:37 / /home/ada/cloud rw - fuse.rclone cloud: rw\n"
    "44 22 8:4 / /mnt rw - ext4 /dev/sdb1 rw\n"
    "45 22 0:38 / /mnt rw - nfs server:/over rw\n"
    "a line of another shape\n";

static void
test_file_system (void)
{
  static const struct {
    const char *path, *type;
    gboolean network;
  } CASES[] = {
    { "/", "ext4", FALSE },
    { "/srv/office.practice", "ext4", FALSE },
    { "/srv/share", "nfs4", TRUE },
    { "/srv/share/office.practice", "nfs4", TRUE },
    { "/srv/shared/office.practice", "ext4", FALSE }, /* begins alike, is another folder */
    { "/srv/share two/office.practice", "cifs", TRUE },
    { "/srv/share/inner/office.practice", "ext4", FALSE },
    { "/home/ada/cloud/x", "fuse.rclone", TRUE },
    { "/mnt/x", "nfs", TRUE }, /* mounted over another one */
  };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *type = cr_place_file_system (MOUNTS, CASES[i].path);
    g_assert_cmpstr (type, ==, CASES[i].type);
    g_assert_true ((cr_place_network_word (type) != NULL) == CASES[i].network);
  }
  g_assert_null (cr_place_file_system ("", "/srv"));
  g_assert_null (cr_place_network_word (NULL));
}

static void
test_sync (void)
{
  g_assert_cmpstr (cr_place_sync_word (".stfolder"), ==, "Syncthing");
  g_assert_cmpstr (cr_place_sync_word (".dropbox.cache"), ==, "Dropbox");
  g_assert_cmpstr (cr_place_sync_word (".sync_0a1b2c3d.db"), ==, "Nextcloud");
  g_assert_null (cr_place_sync_word (".dropbox")); /* the program's settings, in every home */
  g_assert_null (cr_place_sync_word ("Dropbox"));  /* anybody may name a folder so */
  g_assert_null (cr_place_sync_word (".sync_notes.txt"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/place/file-system", test_file_system);
  g_test_add_func ("/domain/place/sync", test_sync);
  return g_test_run ();
}
