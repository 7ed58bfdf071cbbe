#include "search-private.h"
#include "wiped-memory.h"
#include "chartroom/base/text.h"

enum { MAX_FIELD = 200, MAX_WORDS = 64, PHONE_DIGITS = 10, SOUND_LETTERS = 3, ORDER_BYTES = 8 };

/* A block on its way into the arena. */
typedef struct {
  char bytes[CR_TEXT_ARENA_BLOCK];
  gsize length;
} Block;

static guint32
pack_date (CrDate date)
{
  return (guint32)date.year * 10000 + date.month * 100 + date.day;
}

static CrDate
unpack_date (guint32 packed)
{
  return CR_DATE ((gint16)(packed / 10000), (guint8)(packed / 100 % 100), (guint8)(packed % 100));
}

/* Whole characters of at most MAX_FIELD bytes. */
static void
append_text (Block *block, const char *text, gssize length)
{
  gsize n = text == NULL ? 0 : length >= 0 ? (gsize)length : strlen (text);
  if (n > MAX_FIELD) {
    n = MAX_FIELD;
    while (n > 0 && ((guchar)text[n] & 0xc0) == 0x80)
      n--;
  }
  if (n > 0)
    memcpy (block->bytes + block->length, text, n);
  block->length += n;
  block->bytes[block->length++] = '\0';
}

/* The words of a folded text, at most MAX_WORDS of one patient. */
static void
append_words (Block *block, const char *folded, guint8 *n_words)
{
  while (folded != NULL && *folded != '\0' && *n_words < MAX_WORDS) {
    gsize length = strcspn (folded, " ");
    if (length > 0) {
      append_text (block, folded, (gssize)length);
      (*n_words)++;
    }
    folded += length + (folded[length] == ' ');
  }
}

/* "delacruz" for "De la Cruz": found however it is typed, and sorted by. */
static char *
fold_joined (const char *name)
{
  g_autofree char *folded = cr_text_fold (name);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  return g_strjoinv (NULL, parts);
}

static gboolean
has_word (const char *words, const char *word, gsize length)
{
  for (const char *p = words; p != NULL && *p != '\0'; p += *p == ' ') {
    gsize n = strcspn (p, " ");
    if (n == length && memcmp (p, word, length) == 0)
      return TRUE;
    p += n;
  }
  return FALSE;
}

/* The words of `folded` that `but` lacks. */
static char *
words_without (const char *folded, const char *but)
{
  GString *rest = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p += *p == ' ') {
    gsize n = strcspn (p, " ");
    if (n > 0 && !has_word (but, p, n))
      g_string_append_printf (rest, "%s%.*s", rest->len > 0 ? " " : "", (int)n, p);
    p += n;
  }
  return g_string_free (rest, FALSE);
}

/* All words of one name: whole, and the parts of a hyphenated one. */
static char *
fold_name (const char *name)
{
  g_autofree char *whole = cr_text_fold (name);
  if (name == NULL || strchr (name, '-') == NULL)
    return g_steal_pointer (&whole);
  g_autofree char *apart = g_strdelimit (g_strdup (name), "-", ' ');
  g_autofree char *parts = cr_text_fold (apart);
  return g_strconcat (whole, " ", parts, NULL);
}

static char *
fold_names (const CrIndexKey *key)
{
  g_autofree char *given = fold_name (key->given);
  g_autofree char *preferred = fold_name (key->preferred);
  return g_strconcat (given, " ", preferred, NULL);
}

/* A single name counts as the family name. */
static void
append_current_words (Block *block, const CrIndexKey *key, CrIndexEntry *entry)
{
  const char *name = cr_str_empty (key->family) ? key->given : key->family;
  g_autofree char *joined = fold_joined (name);
  g_autofree char *family = fold_name (name);
  g_autofree char *folded = cr_str_empty (key->search) ? fold_names (key) : g_strdup (key->search);
  g_autofree char *names = words_without (folded, family);
  entry->words_at = (guint16)block->length;
  entry->order = cr_word_key (joined, strlen (joined));
  append_words (block, joined, &entry->n_words);
  if (!g_str_equal (joined, family))
    append_words (block, family, &entry->n_words);
  entry->n_family = entry->n_words;
  append_words (block, names, &entry->n_words);
  entry->n_current = entry->n_words;
}

static void
append_phone (Block *block, const char *phone)
{
  g_autofree char *digits = cr_text_digits (phone != NULL ? phone : "");
  gsize length = strlen (digits);
  append_text (block, length > PHONE_DIGITS ? digits + length - PHONE_DIGITS : digits, -1);
}

static void
build_block (Block *block, const CrIndexKey *key, CrIndexEntry *entry)
{
  const char *texts[] = { key->mrn, key->family, key->given, key->preferred, key->former };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    append_text (block, texts[i], -1);
  append_phone (block, key->phone);
  append_text (block, key->phones, -1);
  append_current_words (block, key, entry);
  append_words (block, key->former, &entry->n_words);
  entry->block_length = (guint16)block->length;
}

static void
add_word_keys (CrSearchIndex *self, guint at)
{
  const CrIndexEntry *entry = &self->entries[at];
  guint32 address = entry->block + entry->words_at;
  for (guint i = 0; i < entry->n_words; i++) {
    const char *word = cr_text_arena_at (&self->texts, address);
    CrWordKind kind = i < entry->n_family ? CR_KEY_FAMILY : CR_KEY_NAME;
    guint32 sounds[CR_N_SOUNDS];
    gsize length = strlen (word);
    cr_sound_keys (word, sounds);
    cr_key_list_add (&self->words, cr_word_key (word, length), address, at * 4 + kind);
    for (guint k = 0; k < CR_N_SOUNDS; k++)
      if (sounds[k] != 0)
        cr_key_list_add (&self->sounds, sounds[k], address, at * 4 + kind);
    address += (guint32)length + 1;
  }
}

static void
add_phone_key (CrSearchIndex *self, guint at, const char *phone)
{
  g_autofree char *digits = cr_text_digits (phone != NULL ? phone : "");
  gsize length = strlen (digits);
  if (length > 0)
    cr_key_list_add (&self->phones, cr_digits_key (digits, length, TRUE), self->entries[at].block, at * 4);
}

static void
add_number_keys (CrSearchIndex *self, guint at, const CrIndexKey *key)
{
  guint32 block = self->entries[at].block;
  g_autofree char *mrn = cr_text_digits (key->mrn != NULL ? key->mrn : "");
  g_auto (GStrv) phones = g_strsplit (key->phones != NULL ? key->phones : "", " ", -1);
  const char *bare = mrn + strspn (mrn, "0");
  if (*mrn != '\0')
    cr_key_list_add (&self->mrns, cr_digits_key (mrn, strlen (mrn), FALSE), block, at * 4 + CR_KEY_MRN);
  if (bare != mrn && *bare != '\0')
    cr_key_list_add (&self->mrns, cr_digits_key (bare, strlen (bare), FALSE), block,
                     at * 4 + CR_KEY_MRN_BARE);
  add_phone_key (self, at, key->phone);
  for (guint i = 0; phones[i] != NULL; i++)
    add_phone_key (self, at, phones[i]);
}

/* A new position, or the one the patient has. */
static guint
place_entry (CrSearchIndex *self, CrId id)
{
  guint at;
  if (cr_search_index_find (self, id, &at)) {
    self->marks[at] = CR_MARK_REPLACED;
    return at;
  }
  if (self->n == self->capacity) {
    self->capacity = MAX (self->capacity * 2, 64);
    self->marks = g_realloc (self->marks, self->capacity);
    self->entries = cr_wiped_move (self->entries, self->n * sizeof (CrIndexEntry),
                                   self->capacity * sizeof (CrIndexEntry));
  }
  self->marks[self->n] = 0;
  g_hash_table_insert (self->places, (gpointer)(gintptr)id, GUINT_TO_POINTER (self->n + 1));
  return self->n++;
}

void
cr_sound_keys (const char *word, guint32 keys[CR_N_SOUNDS])
{
  memset (keys, 0, CR_N_SOUNDS * sizeof *keys);
  if (strlen (word) < SOUND_LETTERS)
    return;
  g_autofree char *first = cr_text_sound (word);
  g_autofree char *second = strchr (word, 'w') != NULL ? cr_text_sound_other (word) : g_strdup ("");
  const char *sounds[CR_N_SOUNDS] = { first, second };
  for (guint i = 0; i < CR_N_SOUNDS; i++)
    if (*sounds[i] != '\0')
      keys[i] = (guint32)(cr_word_key (sounds[i], strlen (sounds[i])) >> 32);
}

CrSearchIndex *
cr_search_index_new (guint expected)
{
  CrSearchIndex *self = g_new0 (CrSearchIndex, 1);
  self->capacity = expected;
  self->entries = g_new (CrIndexEntry, expected);
  self->marks = g_malloc (MAX (expected, 1));
  self->places = g_hash_table_new (NULL, NULL);
  cr_text_arena_init (&self->texts);
  return self;
}

void
cr_search_index_free (CrSearchIndex *self)
{
  cr_text_arena_clear (&self->texts);
  cr_key_list_clear (&self->words);
  cr_key_list_clear (&self->sounds);
  cr_key_list_clear (&self->phones);
  cr_key_list_clear (&self->mrns);
  cr_wiped_free (self->entries, self->n * sizeof (CrIndexEntry));
  g_hash_table_unref (self->places);
  g_free (self->marks);
  g_free (self);
}

/* block: the entry's texts, as they lie in an arena. */
static void
put_entry (CrSearchIndex *self, CrIndexEntry entry, const char *block)
{
  CrIndexKey key;
  entry.block = cr_text_arena_add (&self->texts, block, entry.block_length);
  guint at = place_entry (self, entry.id);
  self->entries[at] = entry;
  cr_search_index_key (self, at, &key);
  add_word_keys (self, at);
  add_number_keys (self, at, &key);
}

void
cr_search_index_put (CrSearchIndex *self, const CrIndexKey *key)
{
  Block block;
  block.length = 0; /* its 16 KB are not cleared a million times */
  CrIndexEntry entry = {
    .id = key->id,
    .merged_into = key->merged_into,
    .birth = pack_date (key->birth),
    .death = pack_date (key->death),
    .sex = (guint8)key->sex,
    .group = CR_N_MATCH_GROUPS,
  };
  build_block (&block, key, &entry);
  put_entry (self, entry, block.bytes);
  explicit_bzero (block.bytes, block.length);
}

void
cr_search_index_put_all (CrSearchIndex *self, CrSearchIndex *other)
{
  for (guint at = 0; at < other->n; at++) {
    const CrIndexEntry *entry = &other->entries[at];
    put_entry (self, *entry, cr_text_arena_at (&other->texts, entry->block));
  }
}

void
cr_search_index_prepare (CrSearchIndex *self)
{
  cr_key_list_sort (&self->words);
  cr_key_list_sort (&self->sounds);
  cr_key_list_sort (&self->phones);
  cr_key_list_sort (&self->mrns);
}

guint
cr_search_index_size (CrSearchIndex *self)
{
  return self->n;
}

gboolean
cr_search_index_find (CrSearchIndex *self, CrId id, guint *at)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, (gpointer)(gintptr)id));
  *at = place > 0 ? place - 1 : 0;
  return place > 0;
}

void
cr_search_index_key (CrSearchIndex *self, guint at, CrIndexKey *out)
{
  const CrIndexEntry *entry = &self->entries[at];
  const char *texts[7];
  guint32 address = entry->block;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = cr_text_arena_at (&self->texts, address);
    address += (guint32)strlen (text) + 1;
    texts[i] = *text != '\0' ? text : NULL;
  }
  *out = (CrIndexKey){
    .id = entry->id,
    .merged_into = entry->merged_into,
    .mrn = texts[0],
    .family = texts[1],
    .given = texts[2],
    .preferred = texts[3],
    .former = texts[4],
    .phone = texts[5],
    .phones = texts[6],
    .birth = unpack_date (entry->birth),
    .death = unpack_date (entry->death),
    .sex = entry->sex,
  };
}
