/* Records that others refer to and that are lost: an empty one stands in, so that what is left can be opened.
 */
#include "salvage-private.h"
#include <glib/gi18n.h>

#define DANGLING "SELECT \"table\", rowid, parent, fkid FROM pragma_foreign_key_check"
#define COLUMN "SELECT \"from\" FROM pragma_foreign_key_list ($1) WHERE id = $2"
#define REQUIRED "SELECT name FROM pragma_table_info ($1) WHERE \"notnull\""
#define LOST_TEXT "lost"

enum { ROUNDS = 4 };

typedef struct {
  const SalvageTable *child, *parent;
  CrId child_id;
  int key;
} Reference;

static GArray *
find_dangling (Salvage *self, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Reference));
  CrStmt *stmt = cr_db_prepare (self->db, DANGLING, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    Reference r = { salvage_table (self, cr_stmt_text (stmt, 0)),
                    salvage_table (self, cr_stmt_text (stmt, 2)), cr_stmt_int (stmt, 1),
                    (int)cr_stmt_int (stmt, 3) };
    if (r.child != NULL && r.parent != NULL && r.parent->table != NULL)
      g_array_append_val (found, r);
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE ? g_steal_pointer (&found) : NULL;
}

static char *
key_column (CrDb *db, const Reference *r)
{
  CrStmt *stmt = cr_db_prepare (db, COLUMN, NULL);
  char *column = NULL;
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_text (stmt, 1, r->child->name);
  cr_stmt_bind_int (stmt, 2, r->key);
  if (cr_stmt_step (stmt, NULL) == CR_STEP_ROW)
    column = g_strdup (cr_stmt_text (stmt, 0));
  cr_stmt_reset (stmt);
  return column;
}

static gpointer
load_child (CrDb *db, const Reference *r)
{
  CrStmt *stmt = cr_db_prepare (db, r->child->table->by_id, NULL);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, r->child_id);
  return cr_table_first (r->child->table, stmt, NULL);
}

/* What a required field of a stand-in says. */
static void
fill_field (const CrField *field, CrRecord *record, const CrRecordClass *child_class, gconstpointer child)
{
  const CrField *same = cr_record_field (child_class, field->name);
  g_autofree char *text = NULL;
  switch (field->type) {
  case CR_FIELD_ID:
    text = same == NULL ? NULL : cr_field_to_text (same, child);
    break;
  case CR_FIELD_TEXT:
    text = g_strdup_printf (LOST_TEXT "-%" G_GINT64_FORMAT, record->id);
    break;
  case CR_FIELD_DATE:
    text = g_strdup ("1900-01-01");
    break;
  case CR_FIELD_INT:
  case CR_FIELD_INSTANT:
    text = g_strdup ("1");
    break;
  case CR_FIELD_BOOL:
  case CR_FIELD_ENUM:
  case CR_FIELD_REAL:
  case CR_FIELD_DECIMAL:
  default:
    return;
  }
  if (text != NULL)
    cr_field_set_text (field, record, text);
}

static CrRecord *
new_stand_in (CrDb *db, const Reference *r, CrId id, gconstpointer child)
{
  const CrRecordClass *klass = r->parent->table->klass;
  CrRecord *record = cr_record_new (klass);
  CrStmt *stmt = cr_db_prepare (db, REQUIRED, NULL);
  record->id = id;
  record->version = 1;
  if (stmt == NULL)
    return record;
  cr_stmt_bind_text (stmt, 1, r->parent->name);
  while (cr_stmt_step (stmt, NULL) == CR_STEP_ROW) {
    const CrField *field = cr_record_field (klass, cr_stmt_text (stmt, 0));
    if (field != NULL && field > &klass->fields[1])
      fill_field (field, record, r->child->table->klass, child);
  }
  cr_stmt_reset (stmt);
  return record;
}

/* Through the door of every new record, so that history and audit know it. */
static gboolean
save_stand_in (CrTx *tx, const CrTable *table, CrRecord *record, GError **error)
{
  record->version = 0;
  return cr_tx_save (tx, table->klass, record, error);
}

static gboolean
stand_in (CrTx *tx, Salvage *self, const Reference *r, gboolean *made)
{
  g_autofree char *column = key_column (self->db, r);
  const CrField *field = column == NULL ? NULL : cr_record_field (r->child->table->klass, column);
  gpointer child = field == NULL ? NULL : load_child (self->db, r);
  g_autofree char *text = child == NULL ? NULL : cr_field_to_text (field, child);
  CrId id = text == NULL ? CR_ID_NONE : g_ascii_strtoll (text, NULL, 10);
  CrRecord *record = id == CR_ID_NONE ? NULL : new_stand_in (self->db, r, id, child);
  if (record != NULL && save_stand_in (tx, r->parent->table, record, NULL)) {
    *made = TRUE;
    salvage_say (self->report->unsaved,
                 _ ("%s %" G_GINT64_FORMAT " is lost, but other records belong to it: an empty one named "
                    "“" LOST_TEXT "” stands in."),
                 _ (r->parent->table->word), id);
  }
  cr_record_free (r->parent->table->klass, record);
  cr_record_free (r->child->table->klass, child);
  return TRUE;
}

typedef struct {
  Salvage *self;
  GArray *dangling;
  gboolean made;
} Round;

static gboolean
round_job (CrTx *tx, gpointer data, GError **error)
{
  Round *round = data;
  for (guint i = 0; i < round->dangling->len; i++)
    stand_in (tx, round->self, &g_array_index (round->dangling, Reference, i), &round->made);
  return TRUE;
}

gboolean
salvage_stand_ins (Salvage *self, GError **error)
{
  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (GArray) dangling = find_dangling (self, error);
    Round round = { self, dangling, FALSE };
    if (dangling == NULL)
      return FALSE;
    if (dangling->len == 0)
      return TRUE;
    if (!cr_tx_execute (self->store, NULL, round_job, &round, error))
      return FALSE;
    if (!round.made)
      break;
  }
  g_autoptr (GArray) left = find_dangling (self, error);
  if (left != NULL && left->len > 0)
    salvage_say (self->report->unsaved, _ ("%u records refer to records that are lost."), left->len);
  return left != NULL;
}
