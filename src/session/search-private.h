/* How the search index lies in memory. */
#pragma once
#include "chartroom/session/search-index.h"
#include "key-list.h"
#include "text-arena.h"

/* What a key in a list stands for; the low two bits of CrKeyed.owner. */
typedef enum { CR_KEY_FAMILY, CR_KEY_NAME } CrWordKind;
typedef enum { CR_KEY_MRN, CR_KEY_MRN_BARE /* without leading zeros: found whole only */ } CrMrnKind;

/* One patient.  The block in the arena holds, each with its final NUL: MRN, family, given, preferred, former,
 * phone (last ten digits), further phones, then n_words folded words: n_family of the family name, up to
 * n_current of all current names, then of former ones. */
typedef struct {
  CrId id, merged_into;
  guint64 order; /* first bytes of the folded family name, for sorting */
  guint32 block;
  guint32 birth, death; /* year × 10000 + month × 100 + day; 0 absent */
  guint16 block_length, words_at;
  guint8 n_family, n_current, n_words, sex;
  guint8 group; /* during a query: CR_MATCH_TODAY, CR_MATCH_RECENT, else CR_N_MATCH_GROUPS */
} CrIndexEntry;

/* One byte a patient, apart from the entries: a query touches many, and they all fit the processor's cache.
 * The low four bits say which of the query's first words the patient fits. */
enum {
  CR_MARK_WORDS = 4,
  CR_MARK_REPLACED = 1 << 4, /* stays: keys of former texts are still in the lists */
  CR_MARK_FAMILY = 1 << 5,   /* a word of the query begins the family name */
  CR_MARK_SEEN = 1 << 6,
  CR_MARK_DONE = 1 << 7, /* accepted, or looked at for its sound */
};

struct _CrSearchIndex {
  CrIndexEntry *entries;
  guint8 *marks;
  guint n, capacity;
  GHashTable *places; /* id → position + 1 */
  CrTextArena texts;
  CrKeyList words, sounds, phones, mrns;
};

enum { CR_N_SOUNDS = 2 };                                         /* of one word */
void cr_sound_keys (const char *word, guint32 keys[CR_N_SOUNDS]); /* 0: it has no such sound */

/* One word of a query. */
typedef enum { CR_TOKEN_WORD, CR_TOKEN_DIGITS, CR_TOKEN_DATE } CrTokenKind;
enum { CR_TOKEN_SIZE = 64 };
typedef struct {
  CrTokenKind kind;
  char text[CR_TOKEN_SIZE]; /* WORD: folded; DIGITS: the digits; DATE: digits of the year as far as typed */
  gsize length;
  guint32 sounds[CR_N_SOUNDS]; /* WORD: its keys, 0 none */
  CrDate births[2]; /* DIGITS, DATE: read as a whole date, in both centuries if need be; absent: no such
                       reading */
  int number;       /* of up to four digits */
  int month, day;   /* DATE; 0: any */
  gboolean year;    /* DIGITS: may be a year of birth, or the beginning of one */
} CrToken;
GArray *cr_tokens_parse (const char *query, CrDate today); /* of CrToken; empty: matches nobody */
/* The other reading of a query in which words and numbers may be a date ("14 mar 61", "jun 98"); NULL: none.
 */
GArray *cr_tokens_parse_dates (const char *query, CrDate today);
gboolean cr_token_fits_birth (const CrToken *token, guint32 birth);
