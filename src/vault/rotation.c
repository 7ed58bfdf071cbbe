#include "vault-private.h"
#include "key-grant.h"
#include "safe-file.h"
#include "chartroom/vault/rotation.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

static char *
path_in (CrVault *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* ---- its key file ---- */

/* Takes the records of file that are not of these kinds over into fresh. */
static void
carry_other_records (KeyFile *file, KeyFile *fresh)
{
  for (guint i = 0; i < file->records->len; i++) {
    KeyRecord *record = file->records->pdata[i];

    if (record->type == 0 || record->type > KEY_RECORD_NEXT)
      key_file_add (fresh, record->type, g_bytes_ref (record->body));
  }
}

static void
write_epochs (KeyFile *file, KeyFile *fresh, CrVault *next, const char *database)
{
  g_auto (GStrv) former = key_file_databases (file);
  g_autofree const char **databases = g_new (const char *, next->n_epochs);

  databases[0] = database;
  for (guint i = 1; i < next->n_epochs; i++) {
    g_autofree char *path = path_in (next, former[i - 1]);

    databases[i] = *former[i - 1] != '\0' && g_file_test (path, G_FILE_TEST_EXISTS) ? former[i - 1] : "";
  }
  epochs_write (fresh, next->epochs, next->n_epochs, databases);
}

/* One person's slot with its public record and the grant. */
static gboolean
carry_slot (KeyFile *file, KeyFile *fresh, GBytes *slot, CrVault *next)
{
  KeyPayload public_part = { 0 }; /* nothing secret in it */
  guint32 epoch;

  if (!key_grant_find_public (file, slot, &epoch, public_part.grant_public))
    return FALSE;
  key_grant_put_slot (fresh, NULL, g_bytes_ref (slot), epoch, &public_part);
  return key_grant_add (fresh, slot, cr_vault_epoch (next), vault_newest (next)->practice);
}

static gboolean
set_ungrantable (GString *names, GError **error)
{
  if (names->len == 0)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
               _ ("The keys cannot be changed yet: these people have to sign in once before, or get a new "
                  "password: %s."),
               names->str);
  return FALSE;
}

static gboolean
carry_slots (KeyFile *file, KeyFile *fresh, CrVault *next, const CrEpochChange *change, GError **error)
{
  g_autoptr (GString) ungrantable = g_string_new (NULL);

  for (guint i = 0; i < file->records->len; i++) {
    KeyRecord *record = file->records->pdata[i];
    g_auto (KeySlot) slot = { 0 };

    if (record->type != KEY_RECORD_SLOT)
      continue;
    if (!key_slot_parse (record->body, &slot)) {
      g_set_error_literal (
          error, CR_ERROR, CR_ERROR_STORE_NEWER,
          _ ("Somebody opens this practice in a way that this program does not know. Update it "
             "before the keys are changed."));
      return FALSE;
    }
    if (slot.kind != KEY_SLOT_PASSWORD || !change->stays (slot.name, change->data))
      continue;
    if (!carry_slot (file, fresh, record->body, next))
      g_string_append_printf (ungrantable, "%s%s", ungrantable->len > 0 ? ", " : "", slot.name);
  }
  return set_ungrantable (ungrantable, error);
}

/* What practice.keys shall be; NULL with error. */
static KeyFile *
make_key_file (KeyFile *file, CrVault *next, const char *database, const CrEpochChange *change,
               GError **error)
{
  g_autoptr (KeyFile) fresh = key_file_new (file->store_id);

  fresh->generation = file->generation;
  write_epochs (file, fresh, next, database);
  if (!carry_slots (file, fresh, next, change, error))
    return NULL;
  key_file_add (fresh, KEY_RECORD_HEAD, vault_seal_head (next, change->entries, change->head));
  carry_other_records (file, fresh);
  if (!vault_put_recovery (fresh, cr_vault_epoch (next), vault_newest (next)->practice, change->code, error))
    return NULL;
  return g_steal_pointer (&fresh);
}

gboolean
cr_vault_is_in_force (CrVault *self)
{
  g_autoptr (KeyFile) file = key_file_load (self->folder, NULL);

  return file != NULL && vault_check_file (self, file, NULL);
}

/* A name without CR_EPOCH_UNFINISHED is given as late as can be: what has none is never removed as a
 * leftover. */
static gboolean
rename_database (CrVault *next, const char *from, const char *to, GError **error)
{
  g_autofree char *old = path_in (next, from), *fresh = path_in (next, to);

  if (!g_file_test (fresh, G_FILE_TEST_EXISTS) && g_rename (old, fresh) == 0)
    return safe_file_sync_folder (next->folder, error);
  safe_file_set_error (error, errno, _ ("Could not rename"), old);
  return FALSE;
}

static gboolean
enter (CrVault *self, CrVault *next, const char *database, const CrEpochChange *change, GError **error)
{
  KeyChange keys;
  gboolean good = key_change_begin (self, &keys, error);
  KeyFile *fresh = good ? make_key_file (keys.file, next, database, change, error) : NULL;

  if (fresh != NULL) {
    g_clear_pointer (&keys.file, key_file_free);
    keys.file = fresh;
  }
  good = fresh != NULL && rename_database (next, next->database, database, error);
  return key_change_end (next, &keys, good, vault_newest (next)->key_file, error);
}

gboolean
cr_vault_enter_epoch (CrVault *self, CrVault *next, const CrEpochChange *change, GError **error)
{
  g_autofree char *database =
      g_strndup (next->database, strlen (next->database) - strlen (CR_EPOCH_UNFINISHED));
  g_autoptr (GError) failed = NULL;

  /* After a rename that could not be synced the new file may well be the one that counts. */
  if (!enter (self, next, database, change, &failed) && !cr_vault_is_in_force (next)) {
    rename_database (next, database, next->database, NULL);
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  g_free (next->database);
  next->database = g_steal_pointer (&database);
  g_mutex_lock (&next->lock);
  next->pending = FALSE;
  g_mutex_unlock (&next->lock);
  return TRUE;
}

char **
cr_vault_former_databases (CrVault *self)
{
  g_autoptr (KeyFile) file = key_file_load (self->folder, NULL);
  gboolean known = file != NULL && vault_check_file (self, file, NULL);
  g_auto (GStrv) names = known ? key_file_databases (file) : g_new0 (char *, 1);
  g_autoptr (GStrvBuilder) there = g_strv_builder_new ();

  for (guint i = 1; i < g_strv_length (names); i++) {
    g_autofree char *path = path_in (self, names[i]);

    if (*names[i] != '\0' && strcmp (names[i], names[0]) != 0 && g_file_test (path, G_FILE_TEST_EXISTS))
      g_strv_builder_add (there, names[i]);
  }
  return g_strv_builder_end (there);
}
