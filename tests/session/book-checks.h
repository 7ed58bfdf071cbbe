/* What must hold of the book, whatever was done to it. */
#pragma once
#include "session-fixture.h"
#include "src/session/rule-set.h"

/* A record's content, without its version. */
static inline char *
book_json (const CrRecordClass *klass, gconstpointer record)
{
  CrRecord *copy = cr_record_copy (klass, record);
  copy->version = 0;
  char *json = cr_record_to_json (klass, copy);
  cr_record_free (klass, copy);
  return json;
}

static inline char *
book_key (const CrRecordClass *klass, gconstpointer record)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, klass->name, ((const CrRecord *)record)->id);
}

static inline gboolean
book_overlap (const CrAppointment *a, const CrAppointment *b)
{
  return cr_stage_holds_slot (a->stage) && cr_stage_holds_slot (b->stage) &&
         cr_date_compare (a->date, b->date) == 0 && a->start_min < b->start_min + b->minutes &&
         b->start_min < a->start_min + a->minutes;
}

/* No patient and no room is at two visits at once, but at two parts of one that begin together.  merged: each
 * of two charts may have had a visit then. */
static inline void
book_check_pair (const CrAppointment *a, const CrAppointment *b, const GPtrArray *resources,
                 const CrRuleSet *set, gboolean merged)
{
  if (a->chain_id != CR_ID_NONE && a->chain_id == b->chain_id && a->start_min == b->start_min)
    return;
  g_assert_true (merged || a->patient_id != b->patient_id);
  for (guint i = 0; i < set->rooms->len; i++) {
    CrId room = ((const CrRoom *)set->rooms->pdata[i])->id;
    g_assert_false (cr_visit_takes_room (a, resources, room) && cr_visit_takes_room (b, resources, room));
  }
}

/* Nor a clinician at more than may be. */
static inline void
book_check_overlaps (const GPtrArray *visits, const GPtrArray *resources, const CrRuleSet *set,
                     gboolean merged)
{
  for (guint i = 0; i < visits->len; i++) {
    const CrAppointment *a = visits->pdata[i];
    int at_once = 0; /* at the moment when a begins */
    for (guint k = 0; k < visits->len; k++) {
      const CrAppointment *b = visits->pdata[k];
      if (!book_overlap (a, b))
        continue;
      if (a != b)
        book_check_pair (a, b, resources, set, merged);
      at_once += a->person_id == b->person_id && b->start_min <= a->start_min;
    }
    g_assert_cmpint (at_once, <=, cr_overlap_limit (&set->rules, a->person_id));
  }
}

/* The book as the history alone tells it. */
typedef struct {
  GHashTable *records; /* "kind id" → JSON */
  gint64 upto;
} BookReplay;

static inline void
book_replay_init (BookReplay *replay)
{
  replay->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  replay->upto = 0;
}

static inline void
book_replay_clear (BookReplay *replay)
{
  g_hash_table_unref (replay->records);
}

static inline void
book_replay_entry (BookReplay *replay, const CrHistoryEntry *entry)
{
  char *key = book_key (entry->klass, entry->after);
  g_autofree char *before = entry->before != NULL ? book_json (entry->klass, entry->before) : NULL;
  if (entry->klass == &CR_APPOINTMENT) /* each change begins where the one before it ended */
    g_assert_cmpstr (g_hash_table_lookup (replay->records, key), ==, before);
  g_hash_table_insert (replay->records, key, book_json (entry->klass, entry->after));
  replay->upto = entry->seq;
}

/* A job: the history since the last time, and every visit of the book as it ends there. */
static inline gboolean
book_replay_job (CrTx *tx, gpointer data, GError **error)
{
  BookReplay *replay = data;
  g_autoptr (GPtrArray) entries = cr_history_between (tx, replay->upto + 1, G_MAXINT64, error);
  g_autoptr (GPtrArray) visits =
      cr_appointments_between (tx, CR_DATE (1900, 1, 1), CR_DATE (2999, 1, 1), error);
  guint told = 0;
  GHashTableIter iter;
  gpointer key;
  g_assert_true (entries != NULL && visits != NULL);
  for (guint i = 0; i < entries->len; i++)
    book_replay_entry (replay, entries->pdata[i]);
  for (guint i = 0; i < visits->len; i++) {
    g_autofree char *json = book_json (&CR_APPOINTMENT, visits->pdata[i]);
    g_autofree char *name = book_key (&CR_APPOINTMENT, visits->pdata[i]);
    g_assert_cmpstr (g_hash_table_lookup (replay->records, name), ==, json);
  }
  g_hash_table_iter_init (&iter, replay->records);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    told += g_str_has_prefix (key, "appointment ");
  g_assert_cmpuint (told, ==, visits->len); /* none that was ever booked is missing */
  return TRUE;
}
