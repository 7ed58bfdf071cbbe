/* The query on the search index: candidates from the narrowest list of keys, each checked against all words.
 */
#include "search-private.h"
#include "chartroom/base/text.h"
#include <string.h>

enum { DEAD = CR_N_MATCH_GROUPS, N_BUCKETS, PHONE_DIGITS = 10, YEAR_DIGITS = 4, MAX_MERGES = 8 };

typedef struct {
  CrSearchIndex *index;
  const CrToken *tokens;
  guint n_tokens;
  guint limit, total;
  guint8 wanted;              /* marks of all words that are marked */
  GHashTable *accepted;       /* set of positions, when a second reading of the query follows; else NULL */
  GHashTable *shown;          /* ids of those who are shown by a chart that was merged into theirs; or NULL */
  GArray *buckets[N_BUCKETS]; /* guint: the first `limit` positions of each group, in order */
} Query;

/* ---- does a patient fit a word? ---- */

static gboolean
fits_word (const CrSearchIndex *index, const CrIndexEntry *entry, const CrToken *token, guint n_words)
{
  guint32 address = entry->block + entry->words_at;
  for (guint i = 0; i < n_words; i++) {
    const char *word = cr_text_arena_at (&index->texts, address);
    if (strncmp (word, token->text, token->length) == 0)
      return TRUE;
    address += (guint32)strlen (word) + 1;
  }
  return FALSE;
}

static gboolean
shares_sound (const char *word, const CrToken *token)
{
  guint32 sounds[CR_N_SOUNDS];
  cr_sound_keys (word, sounds);
  for (guint i = 0; i < CR_N_SOUNDS; i++)
    for (guint k = 0; k < CR_N_SOUNDS; k++)
      if (sounds[i] != 0 && sounds[i] == token->sounds[k])
        return TRUE;
  return FALSE;
}

static gboolean
fits_sound (const CrSearchIndex *index, const CrIndexEntry *entry, const CrToken *token)
{
  guint32 address = entry->block + entry->words_at;
  for (guint i = 0; i < entry->n_words && token->sounds[0] != 0; i++) {
    const char *word = cr_text_arena_at (&index->texts, address);
    if (shares_sound (word, token))
      return TRUE;
    address += (guint32)strlen (word) + 1;
  }
  return FALSE;
}

static const char *
skip_zeros (const char *digits)
{
  return digits + strspn (digits, "0");
}

/* The beginning of the number, or all of it without its leading zeros. */
static gboolean
fits_mrn (const CrIndexKey *key, const CrToken *token)
{
  g_autofree char *digits = cr_text_digits (key->mrn != NULL ? key->mrn : "");
  return token->length >= YEAR_DIGITS && *digits != '\0' &&
         (g_str_has_prefix (digits, token->text) ||
          (*token->text != '0' && g_str_equal (skip_zeros (digits), token->text)));
}

/* The last ten digits decide, whatever country code was typed. */
static const char *
phone_tail (const CrToken *token)
{
  return token->length > PHONE_DIGITS ? token->text + token->length - PHONE_DIGITS : token->text;
}

static gboolean
fits_phone (const CrIndexKey *key, const CrToken *token)
{
  if (token->length < YEAR_DIGITS)
    return FALSE;
  if (key->phone != NULL && g_str_has_suffix (key->phone, phone_tail (token)))
    return TRUE;
  g_auto (GStrv) phones = g_strsplit (key->phones != NULL ? key->phones : "", " ", -1);
  for (guint i = 0; phones[i] != NULL; i++)
    if (g_str_has_suffix (phones[i], phone_tail (token)))
      return TRUE;
  return FALSE;
}

static gboolean
fits_number (CrSearchIndex *index, const CrIndexEntry *entry, const CrToken *token)
{
  CrIndexKey key;
  if (cr_token_fits_birth (token, entry->birth))
    return TRUE;
  if (token->kind != CR_TOKEN_DIGITS || token->length < YEAR_DIGITS)
    return FALSE;
  cr_search_index_key (index, (guint)(entry - index->entries), &key);
  return fits_mrn (&key, token) || fits_phone (&key, token);
}

static gboolean
fits_token (CrSearchIndex *index, const CrIndexEntry *entry, const CrToken *token)
{
  return token->kind == CR_TOKEN_WORD ? fits_word (index, entry, token, entry->n_words)
                                      : fits_number (index, entry, token);
}

static gboolean
fits_all (const Query *query, const CrIndexEntry *entry, const CrToken *but)
{
  for (guint i = 0; i < query->n_tokens; i++)
    if (&query->tokens[i] != but && !fits_token (query->index, entry, &query->tokens[i]))
      return FALSE;
  return TRUE;
}

/* The tokens that have no mark: numbers, and words after the fourth. */
static gboolean
fits_unmarked (const Query *query, const CrIndexEntry *entry)
{
  for (guint i = 0; i < query->n_tokens; i++)
    if ((i >= CR_MARK_WORDS || query->tokens[i].kind != CR_TOKEN_WORD) &&
        !fits_token (query->index, entry, &query->tokens[i]))
      return FALSE;
  return TRUE;
}

static gboolean
fits_all_by_sound (const Query *query, const CrIndexEntry *entry)
{
  for (guint i = 0; i < query->n_tokens; i++) {
    const CrToken *token = &query->tokens[i];
    if (!fits_token (query->index, entry, token) &&
        (token->kind != CR_TOKEN_WORD || !fits_sound (query->index, entry, token)))
      return FALSE;
  }
  return TRUE;
}

/* ---- the order of matches ---- */

/* By family name, then by the words of all names, then by birth. */
static int
compare_entries (const CrSearchIndex *index, const CrIndexEntry *a, const CrIndexEntry *b)
{
  if (a->order != b->order)
    return a->order < b->order ? -1 : 1;
  guint32 first = a->block + a->words_at, second = b->block + b->words_at;
  for (guint i = 0; i < MIN (a->n_words, b->n_words); i++) {
    const char *x = cr_text_arena_at (&index->texts, first), *y = cr_text_arena_at (&index->texts, second);
    int order = strcmp (x, y);
    if (order != 0)
      return order;
    first += (guint32)strlen (x) + 1;
    second += (guint32)strlen (y) + 1;
  }
  if (a->birth != b->birth)
    return a->birth < b->birth ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

/* Most matches of a short query come after the last of a full bucket: one comparison each. */
static void
add_to_bucket (Query *query, GArray *bucket, guint at)
{
  const CrIndexEntry *entries = query->index->entries;
  guint low = 0, high = bucket->len;
  if (high == query->limit &&
      compare_entries (query->index, &entries[at], &entries[g_array_index (bucket, guint, high - 1)]) >= 0)
    return;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (compare_entries (query->index, &entries[at], &entries[g_array_index (bucket, guint, middle)]) < 0)
      high = middle;
    else
      low = middle + 1;
  }
  if (bucket->len == query->limit)
    g_array_set_size (bucket, query->limit - 1);
  g_array_insert_val (bucket, low, at);
}

static const CrIndexEntry *
find_survivor (const Query *query, const CrIndexEntry *entry)
{
  guint at;
  for (int i = 0; i < MAX_MERGES && entry->merged_into != CR_ID_NONE; i++)
    if (cr_search_index_find (query->index, entry->merged_into, &at))
      entry = &query->index->entries[at];
  return entry;
}

/* One row for one person: the chart that is kept, where that fits, else the first of those merged into it. */
static gboolean
stands_elsewhere (Query *query, const CrIndexEntry *entry, CrMatchGroup group)
{
  const CrIndexEntry *kept = find_survivor (query, entry);
  if (kept == entry)
    return query->shown != NULL && g_hash_table_contains (query->shown, &kept->id);
  if (group == CR_MATCH_SOUND ? fits_all_by_sound (query, kept) : fits_all (query, kept, NULL))
    return TRUE;
  if (query->shown == NULL)
    query->shown = g_hash_table_new (g_int64_hash, g_int64_equal);
  return !g_hash_table_add (query->shown, (gpointer)&kept->id); /* entries stay where they are meanwhile */
}

/* Who is expected today or was open lately comes first; but never one whose name only sounds alike before one
 * whose name was typed: Enter takes the first. */
static void
accept (Query *query, guint at, CrMatchGroup group)
{
  const CrIndexEntry *entry = &query->index->entries[at];
  guint bucket = entry->group < CR_N_MATCH_GROUPS && group != CR_MATCH_SOUND ? entry->group : group;
  if (query->accepted != NULL && !g_hash_table_add (query->accepted, GUINT_TO_POINTER (at)))
    return;
  if (stands_elsewhere (query, entry, group))
    return;
  query->total++;
  add_to_bucket (query, query->buckets[entry->death != 0 ? DEAD : bucket], at);
}

/* ---- candidates ---- */

/* By number: each of the query's tokens is read, but the one that found the patient. */
static void
consider (Query *query, guint at, CrMatchGroup group, const CrToken *but)
{
  guint8 *mark = &query->index->marks[at];
  if ((*mark & CR_MARK_SEEN) != 0)
    return;
  *mark |= CR_MARK_SEEN;
  if (fits_all (query, &query->index->entries[at], but))
    accept (query, at, group);
}

/* By words: those that were marked need no reading. */
static void
consider_marked (Query *query, guint at)
{
  guint8 *mark = &query->index->marks[at];
  if ((*mark & CR_MARK_SEEN) != 0)
    return;
  *mark |= CR_MARK_SEEN;
  if ((*mark & query->wanted) != query->wanted || !fits_unmarked (query, &query->index->entries[at]))
    return;
  *mark |= CR_MARK_DONE;
  accept (query, at, (*mark & CR_MARK_FAMILY) != 0 ? CR_MATCH_FAMILY : CR_MATCH_NAME);
}

static void
consider_by_sound (Query *query, guint at)
{
  guint8 *mark = &query->index->marks[at];
  if ((*mark & CR_MARK_DONE) != 0)
    return;
  *mark |= CR_MARK_DONE;
  if (fits_all_by_sound (query, &query->index->entries[at]))
    accept (query, at, CR_MATCH_SOUND);
}

/* A replaced patient leaves keys behind that point outside the block it has now. */
static gboolean
is_current (const Query *query, const CrKeyed *item)
{
  if ((query->index->marks[item->owner / 4] & CR_MARK_REPLACED) == 0)
    return TRUE;
  const CrIndexEntry *entry = &query->index->entries[item->owner / 4];
  return item->text >= entry->block && item->text < entry->block + entry->block_length;
}

static CrKeyRange
word_range (const CrSearchIndex *index, const CrToken *token)
{
  guint64 low = cr_word_key (token->text, token->length);
  return cr_key_list_range (&index->words, low, cr_word_key_end (low, token->length));
}

/* A key holds eight bytes; what is longer is compared in full. */
static gboolean
begins_with (const Query *query, const CrKeyed *item, const CrToken *token)
{
  return token->length <= sizeof item->key ||
         strncmp (cr_text_arena_at (&query->index->texts, item->text), token->text, token->length) == 0;
}

static void
mark_word (Query *query, const CrToken *token, guint8 bit)
{
  CrKeyRange range = word_range (query->index, token);
  const CrKeyed *item;
  while ((item = cr_key_range_next (&range)) != NULL)
    if (is_current (query, item) && begins_with (query, item, token))
      query->index->marks[item->owner / 4] |= bit | (item->owner % 4 == CR_KEY_FAMILY ? CR_MARK_FAMILY : 0);
}

static void
mark_words (Query *query)
{
  for (guint i = 0; i < query->n_tokens && i < CR_MARK_WORDS; i++)
    if (query->tokens[i].kind == CR_TOKEN_WORD) {
      query->wanted |= (guint8)(1u << i);
      mark_word (query, &query->tokens[i], (guint8)(1u << i));
    }
}

static void
consider_words (Query *query, const CrToken *token)
{
  CrKeyRange range = word_range (query->index, token);
  const CrKeyed *item;
  while ((item = cr_key_range_next (&range)) != NULL)
    consider_marked (query, item->owner / 4);
}

static void
consider_mrns (Query *query, const CrToken *token)
{
  guint64 low = cr_digits_key (token->text, token->length, FALSE);
  CrKeyRange range = cr_key_list_range (&query->index->mrns, low, cr_digits_key_end (low, token->length));
  const CrKeyed *item;
  while ((item = cr_key_range_next (&range)) != NULL)
    if ((item->owner % 4 == CR_KEY_MRN || item->key == low) && is_current (query, item))
      consider (query, item->owner / 4, CR_MATCH_MRN, token);
}

static void
consider_phones (Query *query, const CrToken *token)
{
  const char *tail = phone_tail (token);
  gsize length = strlen (tail);
  guint64 low = cr_digits_key (tail, length, TRUE);
  CrKeyRange range = cr_key_list_range (&query->index->phones, low, cr_digits_key_end (low, length));
  const CrKeyed *item;
  while ((item = cr_key_range_next (&range)) != NULL)
    if (is_current (query, item))
      consider (query, item->owner / 4, CR_MATCH_PHONE, token);
}

static void
consider_births (Query *query, const CrToken *token)
{
  for (guint at = 0; at < query->index->n; at++)
    if (cr_token_fits_birth (token, query->index->entries[at].birth))
      consider (query, at, CR_MATCH_BIRTH, token);
}

/* The word that leaves the fewest candidates; NULL: the query has numbers only. */
static const CrToken *
narrowest_word (const Query *query)
{
  const CrToken *best = NULL;
  gsize fewest = G_MAXSIZE;
  for (guint i = 0; i < query->n_tokens; i++) {
    if (query->tokens[i].kind != CR_TOKEN_WORD)
      continue;
    CrKeyRange range = word_range (query->index, &query->tokens[i]);
    if (cr_key_range_size (&range) < fewest) {
      best = &query->tokens[i];
      fewest = cr_key_range_size (&range);
    }
  }
  return best;
}

static const CrToken *
longest_number (const Query *query)
{
  const CrToken *best = &query->tokens[0];
  for (guint i = 1; i < query->n_tokens; i++)
    if (query->tokens[i].kind == CR_TOKEN_DIGITS && query->tokens[i].length > best->length)
      best = &query->tokens[i];
  return best;
}

static void
consider_number (Query *query, const CrToken *token)
{
  if (token->kind == CR_TOKEN_DIGITS && token->length >= YEAR_DIGITS) {
    consider_mrns (query, token);
    consider_phones (query, token);
  }
  if (token->kind == CR_TOKEN_DATE || token->year || cr_date_is_set (token->births[0]))
    consider_births (query, token);
}

static CrKeyRange
sound_range (const CrSearchIndex *index, guint32 sound)
{
  if (sound != 0)
    return cr_key_list_range (&index->sounds, sound, sound);
  return (CrKeyRange){ .list = &index->sounds, .tail = index->sounds.n }; /* empty */
}

static gboolean
has_sound (const Query *query)
{
  for (guint i = 0; i < query->n_tokens; i++)
    if (query->tokens[i].sounds[0] != 0)
      return TRUE;
  return FALSE;
}

/* Every match by sound fits this word by its letters or by its sound: the one that leaves the fewest. */
static const CrToken *
narrowest_sound (const Query *query)
{
  const CrToken *best = NULL;
  gsize fewest = G_MAXSIZE;
  for (guint i = 0; i < query->n_tokens; i++) {
    if (query->tokens[i].kind != CR_TOKEN_WORD)
      continue;
    CrKeyRange range = word_range (query->index, &query->tokens[i]);
    gsize size = cr_key_range_size (&range);
    for (guint k = 0; k < CR_N_SOUNDS; k++) {
      range = sound_range (query->index, query->tokens[i].sounds[k]);
      size += cr_key_range_size (&range);
    }
    if (size < fewest) {
      best = &query->tokens[i];
      fewest = size;
    }
  }
  return best;
}

static void
consider_sounds (Query *query, const CrToken *token)
{
  CrKeyRange ranges[] = { sound_range (query->index, token->sounds[0]),
                          sound_range (query->index, token->sounds[1]), word_range (query->index, token) };
  guint n = query->n_tokens > 1 ? 3 : 2; /* a single word's own letters were looked at before */
  for (guint i = 0; i < n; i++) {
    const CrKeyed *item;
    while ((item = cr_key_range_next (&ranges[i])) != NULL)
      if (is_current (query, item))
        consider_by_sound (query, item->owner / 4);
  }
}

static void
clear_marks (CrSearchIndex *index)
{
  for (guint i = 0; i < index->n; i++)
    index->marks[i] &= CR_MARK_REPLACED;
}

static void
run_reading (Query *query, const GArray *tokens)
{
  query->tokens = (const CrToken *)(gpointer)tokens->data;
  query->n_tokens = tokens->len;
  query->wanted = 0;
  if (query->n_tokens == 0)
    return;
  const CrToken *word = narrowest_word (query);
  clear_marks (query->index);
  if (word == NULL) {
    consider_number (query, longest_number (query));
    return;
  }
  mark_words (query);
  consider_words (query, word);
  if (has_sound (query))
    consider_sounds (query, narrowest_sound (query));
}

/* ---- the answer ---- */

/* How many of each bucket are shown: in order, but the three number groups share what is left for them. */
static void
share_rows (const Query *query, guint take[N_BUCKETS])
{
  guint rest = query->limit;
  for (guint group = 0; group < CR_MATCH_MRN; group++) {
    take[group] = MIN (query->buckets[group]->len, rest);
    rest -= take[group];
  }
  guint numbers = query->buckets[CR_MATCH_MRN]->len + query->buckets[CR_MATCH_PHONE]->len +
                  query->buckets[CR_MATCH_BIRTH]->len;
  for (guint group = CR_MATCH_MRN; numbers > 0 && rest > 0;
       group = group == CR_MATCH_BIRTH ? CR_MATCH_MRN : group + 1)
    if (take[group] < query->buckets[group]->len) {
      take[group]++;
      numbers--;
      rest--;
    }
  for (guint group = CR_MATCH_SOUND; group < N_BUCKETS; group++) {
    take[group] = MIN (query->buckets[group]->len, rest);
    rest -= take[group];
  }
}

static gboolean
is_former_only (const Query *query, const CrIndexEntry *entry)
{
  for (guint i = 0; i < query->n_tokens; i++) {
    const CrToken *token = &query->tokens[i];
    if (token->kind == CR_TOKEN_WORD && !fits_word (query->index, entry, token, entry->n_current) &&
        fits_word (query->index, entry, token, entry->n_words))
      return TRUE;
  }
  return FALSE;
}

/* Patients with the same key have names that are taken for each other: same sound, same initial. */
static char *
similarity_key (CrSearchIndex *index, guint at)
{
  CrIndexKey key;
  cr_search_index_key (index, at, &key);
  const CrIndexEntry *entry = &index->entries[at];
  const char *family =
      entry->n_words > 0 ? cr_text_arena_at (&index->texts, entry->block + entry->words_at) : "";
  g_autofree char *given = cr_text_fold (key.given);
  g_autofree char *sound = cr_text_sound (family);
  return g_strdup_printf ("%s %.*s", *sound != '\0' ? sound : family, (int)(g_utf8_next_char (given) - given),
                          given);
}

static void
mark_similar (CrSearchIndex *index, GArray *matches)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < matches->len; i++) {
    CrMatch *match = &g_array_index (matches, CrMatch, i);
    char *key = similarity_key (index, match->at);
    CrMatch *other = g_hash_table_lookup (first, key);
    match->similar = other != NULL;
    if (other != NULL)
      other->similar = TRUE;
    g_hash_table_replace (first, key, match);
  }
}

static GArray *
collect_matches (const Query *query)
{
  GArray *matches = g_array_new (FALSE, TRUE, sizeof (CrMatch));
  guint take[N_BUCKETS] = { 0 };
  share_rows (query, take);
  for (guint group = 0; group < N_BUCKETS; group++)
    for (guint i = 0; i < take[group]; i++) {
      CrMatch match = { .at = g_array_index (query->buckets[group], guint, i), .group = group };
      match.deceased = group == DEAD;
      match.group = group == DEAD ? CR_MATCH_NAME : group;
      match.former = is_former_only (query, &query->index->entries[match.at]);
      g_array_append_val (matches, match);
    }
  mark_similar (query->index, matches);
  return matches;
}

/* An earlier group wins: recent ones are marked first. */
static void
mark_groups (CrSearchIndex *index, const CrSearchContext *context, gboolean on)
{
  guint at;
  for (guint i = 0; i < context->n_recent; i++)
    if (cr_search_index_find (index, context->recent[i], &at))
      index->entries[at].group = on ? CR_MATCH_RECENT : CR_N_MATCH_GROUPS;
  for (guint i = 0; i < context->n_todays; i++)
    if (cr_search_index_find (index, context->todays[i], &at))
      index->entries[at].group = on ? CR_MATCH_TODAY : CR_N_MATCH_GROUPS;
}

GArray *
cr_search_index_query (CrSearchIndex *self, const char *text, const CrSearchContext *context, guint *total)
{
  g_autoptr (GArray) tokens = cr_tokens_parse (text, context->today);
  g_autoptr (GArray) dates = cr_tokens_parse_dates (text, context->today);
  g_autoptr (GHashTable) accepted = dates != NULL ? g_hash_table_new (NULL, NULL) : NULL;
  Query query = { .index = self, .limit = MAX (context->limit, 1), .accepted = accepted };
  for (guint i = 0; i < N_BUCKETS; i++)
    query.buckets[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  mark_groups (self, context, TRUE);
  if (dates != NULL)
    run_reading (&query, dates);
  run_reading (&query, tokens);
  mark_groups (self, context, FALSE);
  GArray *matches = collect_matches (&query);
  for (guint i = 0; i < N_BUCKETS; i++)
    g_array_unref (query.buckets[i]);
  g_clear_pointer (&query.shown, g_hash_table_unref);
  *total = query.total;
  return matches;
}
