/* What this computer has seen of a practice: a note in the person's state folder for each folder it lay in,
 * named by the store id and the folder.  A whole folder put back to an older copy is sound in itself; only
 * from outside it can be told.  A practice restored elsewhere has a note of its own and leaves the first
 * one's alone; a copy that turns up in a new folder is held against the newest note of all. */
#include "store-private.h"
#include "chartroom/base/decimal.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_SIZE = 32, CHECKS = 4 /* their first line */ };

typedef struct {
  guint64 generation; /* of the key file */
  gint64 entries;     /* of the audit */
  guint8 head[HASH_SIZE];
} Seen;

static char *
notes_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "chartroom", "seen", NULL);
}

static char *
store_prefix (CrStore *store)
{
  guint8 id[16];
  cr_vault_store_id (store->vault, id);
  g_autofree char *hex = cr_hash_hex (id, sizeof id);
  return g_strconcat (hex, "-", NULL);
}

/* A folder without links in its name; it need not be there yet. */
static char *
resolve (const char *folder)
{
  g_autofree char *whole = g_canonicalize_filename (folder, NULL);
  g_autofree char *parent = g_path_get_dirname (whole), *name = g_path_get_basename (whole);
  g_autofree char *real_parent = realpath (parent, NULL);
  char *real = realpath (whole, NULL);
  return real != NULL ? real : g_build_filename (real_parent != NULL ? real_parent : parent, name, NULL);
}

/* The note of the practice in that folder. */
static char *
note_path (CrStore *store, const char *folder)
{
  guint8 hash[HASH_SIZE];
  g_autofree char *real = resolve (folder);
  cr_hash (real, strlen (real), hash);
  g_autofree char *prefix = store_prefix (store), *place = cr_hash_hex (hash, 16), *notes = notes_folder ();
  g_autofree char *name = g_strconcat (prefix, place, NULL);
  return g_build_filename (notes, name, NULL);
}

/* "generation 3\nentries 1200\nhead 64 hex digits\n" */
static char *
format_facts (const Seen *seen)
{
  g_autofree char *head = cr_hash_hex (seen->head, HASH_SIZE);
  return g_strdup_printf ("chartroom-seen 1\ngeneration %" G_GUINT64_FORMAT "\nentries %" G_GINT64_FORMAT
                          "\nhead %s\n",
                          seen->generation, seen->entries, head);
}

/* A line that only the practice's own key of that epoch can make. */
static char *
format_check (CrStore *store, guint32 epoch, const char *facts)
{
  static const guint8 nothing[HASH_SIZE];
  guint8 check[HASH_SIZE];
  cr_vault_chain_of (store->vault, epoch, nothing, facts, strlen (facts), check);
  g_autofree char *hex = cr_hash_hex (check, HASH_SIZE);
  return g_strdup_printf ("check %s", hex);
}

/* The facts, and a check for each epoch from the first on: also a copy that was put back to older keys knows
 * the note for its own. */
static char *
format_note (CrStore *store, const Seen *seen)
{
  g_autofree char *facts = format_facts (seen);
  GString *note = g_string_new (facts);
  for (guint32 epoch = 1; epoch <= cr_vault_epoch (store->vault); epoch++) {
    g_autofree char *check = format_check (store, epoch, facts);
    g_string_append_printf (note, "%s\n", check);
  }
  return g_string_free (note, FALSE);
}

/* Lines of a note: some epoch's check must be right; the newest one's may not be there yet. */
static gboolean
is_ours (CrStore *store, char **lines, const Seen *seen)
{
  g_autofree char *facts = format_facts (seen);
  guint n = g_strv_length (lines);
  for (guint32 epoch = cr_vault_epoch (store->vault); epoch > 0; epoch--) {
    g_autofree char *check = format_check (store, epoch, facts);
    if (CHECKS + epoch - 1 < n && g_str_equal (lines[CHECKS + epoch - 1], check))
      return TRUE;
  }
  return FALSE;
}

static gboolean
parse_head (const char *hex, guint8 head[HASH_SIZE])
{
  for (guint i = 0; i < HASH_SIZE; i++) {
    int high = g_ascii_xdigit_value (hex[2 * i]), low = high < 0 ? -1 : g_ascii_xdigit_value (hex[2 * i + 1]);
    if (low < 0)
      return FALSE;
    head[i] = (guint8)(high << 4 | low);
  }
  return TRUE;
}

/* FALSE: there is none that this practice has made, in this or an older epoch. */
static gboolean
read_note (CrStore *store, const char *path, Seen *seen)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  if (g_strv_length (lines) <= CHECKS || !g_str_has_prefix (lines[1], "generation ") ||
      !g_str_has_prefix (lines[2], "entries ") || !g_str_has_prefix (lines[3], "head ") ||
      !parse_head (lines[3] + strlen ("head "), seen->head))
    return FALSE;
  seen->generation = g_ascii_strtoull (lines[1] + strlen ("generation "), NULL, 10);
  seen->entries = g_ascii_strtoll (lines[2] + strlen ("entries "), NULL, 10);
  return is_ours (store, lines, seen);
}

/* The newest note of this practice, wherever it lay. */
static gboolean
read_newest (CrStore *store, Seen *newest)
{
  g_autofree char *notes = notes_folder (), *prefix = store_prefix (store);
  g_autoptr (GDir) dir = g_dir_open (notes, 0, NULL);
  const char *name;
  gboolean found = FALSE;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (notes, name, NULL);
    Seen seen = { 0 };
    if (!g_str_has_prefix (name, prefix) || !read_note (store, path, &seen))
      continue;
    if (!found || seen.entries > newest->entries)
      *newest = seen;
    found = TRUE;
  }
  return found;
}

static void
set_older (CrStore *store, const Seen *seen, GError **error)
{
  g_autofree char *had = cr_decimal_format_dose (cr_decimal_from_int (seen->entries));
  g_autofree char *here = cr_decimal_format_dose (cr_decimal_from_int (store->head.seq));
  if (store->head.seq >= seen->entries)
    g_set_error (
        error, CR_ERROR, CR_ERROR_OLDER_COPY,
        _ ("This is another copy of the practice than the one this computer knows: after the same beginning, "
           "what was recorded there is not in it. Open the right copy; if there is none, an administrator "
           "can go on with this one and has to say why."));
  else
    g_set_error (
        error, CR_ERROR, CR_ERROR_OLDER_COPY,
        _ ("This is an older copy of the practice: on this computer it had %s audit entries, here are %s. "
           "What was recorded since is not in it. Open the newest copy; if there is none, an administrator "
           "can go on with this one and has to say why."),
        had, here);
}

gboolean
cr_seen_check (CrStore *store, GError **error)
{
  Seen seen;
  guint8 stored[HASH_SIZE];
  g_autofree char *path = note_path (store, store->folder);
  gboolean found = FALSE;
  if ((!read_note (store, path, &seen) && !read_newest (store, &seen)) || seen.entries == 0)
    return TRUE;
  if (!cr_chain_hash_at (store->db, seen.entries, stored, &found, error))
    return FALSE;
  if (found && memcmp (stored, seen.head, HASH_SIZE) == 0 &&
      cr_store_generation (store, seen.generation) >= seen.generation)
    return TRUE;
  set_older (store, &seen, error);
  return FALSE;
}

void
cr_seen_note (CrStore *store, const char *place, const CrChainHead *head, gboolean even_older)
{
  Seen seen = { 0 }, now = { cr_vault_generation (store->vault), head->seq, { 0 } };
  g_autofree char *path = note_path (store, place != NULL ? place : store->folder),
                  *folder = g_path_get_dirname (path), *text = NULL;
  memcpy (now.head, head->hash, HASH_SIZE);
  if (!even_older && read_note (store, path, &seen) &&
      (seen.entries > now.entries || seen.generation > now.generation))
    return;
  text = format_note (store, &now);
  if (g_mkdir_with_parents (folder, 0700) == 0) /* where nothing can be kept, nothing can be told later */
    g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
