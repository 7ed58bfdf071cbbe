/* What was found, in plain words. */
#include "salvage-private.h"
#include <glib/gi18n.h>

#define PROVEN                                                                                               \
  "SELECT folder, file, taken_at, entries FROM backup WHERE proven_at IS NOT NULL AND removed_at IS NULL "   \
  "AND finding IS NULL ORDER BY taken_at DESC"

enum { RANGES_MAX = 20 };

/* ---- pages ---- */

/* "page 7" or "pages 7 to 9". */
static char *
describe_pages (guint32 first, guint32 last)
{
  return first == last ? g_strdup_printf (_ ("Page %u"), first)
                       : g_strdup_printf (_ ("Pages %u to %u"), first, last);
}

static const char *
word_of (Salvage *self, const char *table)
{
  const SalvageTable *known = table == NULL ? NULL : salvage_table (self, table);
  if (known != NULL && known->table != NULL)
    return _ (known->table->word);
  if (g_strcmp0 (table, "audit") == 0)
    return _ ("audit entry");
  if (g_strcmp0 (table, "history") == 0)
    return _ ("history of a record");
  if (g_strcmp0 (table, "sqlite_schema") == 0)
    return _ ("table of contents of the database");
  return table;
}

static const char *
table_of_index (Salvage *self, const char *index)
{
  const GPtrArray *roots = cr_raw_tree_roots (self->tree);
  for (guint i = 0; index != NULL && i < roots->len; i++) {
    const CrRawRoot *root = roots->pdata[i];
    if (g_str_equal (root->name, index))
      return root->table;
  }
  return NULL;
}

/* What was on them; free. */
static char *
describe_part (Salvage *self, const CrRawLoss *loss)
{
  switch (loss->part) {
  case CR_PART_ROWS:
    return g_strdup_printf (_ ("rows of the kind “%s”"), word_of (self, loss->owner));
  case CR_PART_LONG:
    return g_strdup_printf (_ ("the rest of a long row of the kind “%s”"), word_of (self, loss->owner));
  case CR_PART_INDEX:
    return g_strdup_printf (_ ("an index of “%s”, which holds nothing of its own"),
                            word_of (self, table_of_index (self, loss->owner)));
  case CR_PART_FREE:
    return g_strdup (_ ("nothing: unused"));
  case CR_PART_UNKNOWN:
  default:
    return g_strdup (_ ("what cannot be told, because the way to it is lost as well"));
  }
}

static void
say_loss (Salvage *self, const CrRawLoss *loss, guint32 last, const char *file)
{
  g_autofree char *pages = describe_pages (loss->page, last), *part = describe_part (self, loss);
  GPtrArray *wrong = self->report->wrong;
  if (loss->state == CR_RAW_MISSING)
    salvage_say (wrong, _ ("%s of %s: missing, the file was cut off.  On it: %s."), pages, file, part);
  else if (loss->state == CR_RAW_OLDER)
    salvage_say (wrong,
                 _ ("%s of %s: the newest state, in %s-wal, was altered; an older one is there.  On it: %s."),
                 pages, file, file, part);
  else
    salvage_say (wrong, _ ("%s of %s: altered.  On it: %s."), pages, file, part);
}

static gboolean
goes_on (const CrRawLoss *a, const CrRawLoss *b, guint32 last)
{
  return b->page == last + 1 && a->state == b->state && a->part == b->part &&
         g_strcmp0 (a->owner, b->owner) == 0;
}

static void
say_losses (Salvage *self, const GPtrArray *losses, const char *file)
{
  for (guint i = 0, next; i < losses->len; i = next) {
    const CrRawLoss *loss = losses->pdata[i];
    guint32 last = loss->page;
    for (next = i + 1; next < losses->len && goes_on (loss, losses->pdata[next], last); next++)
      last++;
    say_loss (self, loss, last, file);
  }
}

static void
say_log (Salvage *self, CrRawPages *pages, const char *file)
{
  const GArray *frames = cr_raw_pages_lost_frames (pages);
  if (cr_raw_pages_log_header_lost (pages))
    salvage_say (self->report->wrong, _ ("The header of %s-wal was altered."), file);
  for (guint i = 0; i < frames->len; i++)
    salvage_say (self->report->wrong, _ ("Page frame %u of %s-wal was altered."),
                 g_array_index (frames, guint32, i), file);
}

void
salvage_say_pages (Salvage *self, CrRawPages *pages, const char *file, gboolean *lost)
{
  GPtrArray *losses = cr_raw_tree_losses (self->tree);
  guint before = self->report->wrong->len;
  gboolean only_indexes = losses->len > 0;
  for (guint i = 0; i < losses->len; i++) {
    const CrRawLoss *loss = losses->pdata[i];
    only_indexes = only_indexes && (loss->part == CR_PART_INDEX || loss->part == CR_PART_FREE);
  }
  say_losses (self, losses, file);
  say_log (self, pages, file);
  if (cr_raw_pages_tail (pages) != 0)
    salvage_say (self->report->wrong, _ ("%s ends in the middle of a page."), file);
  *lost = self->report->wrong->len > before;
  if (*lost && only_indexes && cr_raw_pages_lost_frames (pages)->len == 0)
    salvage_say (self->report->meaning,
                 _ ("No record was on the damaged pages: searches fail, nothing is lost."));
  if (self->unrecognized > 0)
    salvage_say (self->report->unsaved,
                 _ ("%" G_GINT64_FORMAT " rows: it can no longer be told of what kind they are."),
                 self->unrecognized);
}

/* ---- the chain ---- */

char *
salvage_ranges (const GArray *pairs)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < pairs->len && i < 2 * RANGES_MAX; i += 2) {
    gint64 first = g_array_index (pairs, gint64, i), last = g_array_index (pairs, gint64, i + 1);
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", first);
    if (last > first)
      g_string_append_printf (text, "–%" G_GINT64_FORMAT, last);
  }
  if (pairs->len > 2 * RANGES_MAX)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

void
salvage_say_chain (Salvage *self, const CrChainMend *mend)
{
  CrDoctorReport *report = self->report;
  for (guint i = 0; i < mend->gaps->len; i += 2)
    salvage_say (report->unsaved,
                 _ ("Audit entries %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                    ": who did what then is lost, and what was first recorded then may be."),
                 g_array_index (mend->gaps, gint64, i), g_array_index (mend->gaps, gint64, i + 1));
  for (guint i = 0; i < mend->altered->len; i++)
    salvage_say (report->wrong,
                 _ ("Audit entry %" G_GINT64_FORMAT
                    " does not fit the chain: it was changed, removed or added outside Chartroom."),
                 g_array_index (mend->altered, gint64, i));
  if (mend->writes_lost > 0)
    salvage_say (report->unsaved,
                 _ ("The before and after of %" G_GINT64_FORMAT
                    " changes: that they were made, when and by whom, "
                    "is still there."),
                 mend->writes_lost);
  if (mend->rechained > 1)
    salvage_say (report->meaning,
                 _ ("The codes on day sheets prove the audit up to entry %" G_GINT64_FORMAT
                    "; in a salvaged practice, later ones no longer match."),
                 mend->rechained - 1);
  else if (mend->rechained == 1)
    salvage_say (report->meaning, _ ("In a salvaged practice, no code on a day sheet matches any longer."));
}

/* ---- advice ---- */

/* TRUE when the statement's present row names a backup that is still there. */
static gboolean
say_backup (Salvage *self, CrStmt *stmt, gint64 newest_entry)
{
  g_autofree char *path = g_build_filename (cr_stmt_text (stmt, 0), cr_stmt_text (stmt, 1), NULL);
  g_autofree char *taken = cr_clock_format (self->store->clock, cr_stmt_int (stmt, 2));
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  salvage_say (
      self->report->next,
      _ ("Restore the newest proven backup, of %s: chartroomctl restore %s NEWDIR.  It lacks the last "
         "%" G_GINT64_FORMAT " audit entries and what was recorded with them."),
      taken, path, newest_entry - cr_stmt_int (stmt, 3));
  return TRUE;
}

void
salvage_advise (Salvage *self, gint64 newest_entry, const char *folder)
{
  CrStmt *stmt = cr_db_prepare (self->db, PROVEN, NULL);
  gboolean found = FALSE;
  while (stmt != NULL && !found && cr_stmt_step (stmt, NULL) == CR_STEP_ROW)
    found = say_backup (self, stmt, newest_entry);
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  if (!found)
    salvage_say (self->report->next, _ ("No proven backup that %s knows of is within reach."), folder);
}
