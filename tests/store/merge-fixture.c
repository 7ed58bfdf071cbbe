#include "merge-fixture.h"
#include "list.h"
#include "table.h"
#include <string.h>

static gboolean
add_second_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) person = cr_person_new ();
  person->login = g_strdup (SECOND_LOGIN);
  person->family = g_strdup ("Second");
  person->roles = CR_ROLE_FRONT_DESK;
  person->active = TRUE;
  return cr_person_add (tx, person, SECOND_PASSWORD, TRUE, error);
}

Pair *
pair_new (void)
{
  Pair *self = g_new0 (Pair, 1);
  g_autoptr (GError) error = NULL;
  self->fixture = fixture_new ();
  fixture_run (self->fixture, add_second_job, NULL);
  self->second = cr_store_second_person (self->fixture->store, self->fixture->user, SECOND_LOGIN,
                                         SECOND_PASSWORD, "merge", &error);
  g_assert_no_error (error);
  g_autoptr (CrPatient) kept = fixture_patient (self->fixture, "Garcia", "Maria", CR_DATE (1961, 3, 14));
  g_autoptr (CrPatient) gone = fixture_patient (self->fixture, "Garzia", "Maria", CR_DATE (1961, 3, 14));
  self->kept = kept->id;
  self->gone = gone->id;
  return self;
}

void
pair_free (Pair *self)
{
  cr_store_user_unref (self->second);
  fixture_free (self->fixture);
  g_free (self);
}
/* ---- merging and undoing ---- */

gboolean
merge_job (CrTx *tx, gpointer data, GError **error)
{
  Act *act = data;
  g_autoptr (CrPatientMerge) merge = cr_patients_merge (tx, &act->order, error);
  act->merge = merge != NULL ? merge->id : CR_ID_NONE;
  return merge != NULL;
}

gboolean
unmerge_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_patients_unmerge (tx, ((Act *)data)->merge, error);
}

CrId
merge (Pair *pair, CrId kept, CrId gone)
{
  Act act = { { kept, gone, "Same card, same face", pair->second }, CR_ID_NONE };
  fixture_run (pair->fixture, merge_job, &act);
  return act.merge;
}

void
unmerge (Pair *pair, CrId id)
{
  Act act = { .merge = id };
  fixture_run (pair->fixture, unmerge_job, &act);
}

void
refuse_merge (Pair *pair, CrId kept, CrId gone, CrStoreUser *second)
{
  Act act = { { kept, gone, "Same card", second }, CR_ID_NONE };
  fixture_run_refused (pair->fixture, merge_job, &act, CR_ERROR_INVALID);
}

/* ---- the whole store ---- */

static gboolean
snapshot_job (CrTx *tx, gpointer data, GError **error)
{
  GHashTable *rows = data;
  for (guint t = 0; CR_TABLES[t] != NULL; t++) {
    const CrTable *table = CR_TABLES[t];
    g_autoptr (GPtrArray) all = cr_list_all (tx, table, table->all, error);
    if (all == NULL)
      return FALSE;
    for (guint i = 0; i < all->len; i++) {
      CrRecord *record = all->pdata[i];
      record->version = 1;
      g_hash_table_insert (rows, g_strdup_printf ("%s %" G_GINT64_FORMAT, table->klass->name, record->id),
                           cr_record_to_json (table->klass, record));
    }
  }
  return TRUE;
}

GHashTable *
take_snapshot (Fixture *fixture)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fixture_run (fixture, snapshot_job, rows);
  return rows;
}

static gboolean
is_of_merge (const char *row)
{
  return g_str_has_prefix (row, "patient_merge ") || g_str_has_prefix (row, "merge_item ");
}

/* Every row as it was, and no other but those that speak of merges. */
void
assert_same_store (GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer row, json;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &row, &json))
    if (!is_of_merge (row))
      g_assert_cmpstr (g_hash_table_lookup (after, row), ==, json);
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &row, &json))
    g_assert_true (is_of_merge (row) || g_hash_table_contains (before, row));
}
