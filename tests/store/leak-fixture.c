#include "leak-fixture.h"
#include "../../src/vault/recovery-code.h"
#include "../../src/vault/vault-private.h"
#include "chartroom/vault/page-cipher.h"
#include <string.h>

#define DOCUMENT_BYTES 150000

char *leak_base, *leak_scratch, *leak_beside, *leak_given;
static char *token; /* of this run alone */

/* ---- words ---- */

void
leak_words_init (Words *words)
{
  words->family = g_strdup_printf ("Quill%sfeather", token);
  words->given = g_strdup_printf ("Mar%smaduke", token);
  words->note = g_strdup_printf ("The left knee of %s creaks in the rain", token);
  words->document = g_strdup_printf ("Letter of the invented clinic %s. ", token);
  words->title = g_strdup_printf ("About the knee %s", token);
  words->reason = g_strdup_printf ("somebody invented %s left", token);
}

void
leak_words_clear (Words *words)
{
  g_free (words->family);
  g_free (words->given);
  g_free (words->note);
  g_free (words->document);
  g_free (words->title);
  g_free (words->reason);
}

static void
add_words (Hunt *hunt, LeakSearch *search)
{
  leak_search_add_text (search, "the family name", hunt->words.family);
  leak_search_add_text (search, "the given name", hunt->words.given);
  leak_search_add_text (search, "the note", hunt->words.note);
  leak_search_add_text (search, "the document", hunt->words.document);
  leak_search_add_text (search, "the document's title", hunt->words.title);
  leak_search_add_text (search, "the reason in the audit", hunt->words.reason);
}

/* ---- keys ---- */

static void
add_key (Hunt *hunt, const char *what, const guint8 *key, gsize size)
{
  leak_search_add_bytes (hunt->search, what, key, size);
}

/* All that the newest epoch is sealed with, and the person's own. */
void
hunt_add_keys (Hunt *hunt, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = cr_vault_open (folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  const EpochKeys *keys = vault_newest (vault);
  const CrPageKeys *pages = cr_page_keys_acquire (cr_vault_page_key_handle (vault));
  add_key (hunt, "the practice key", keys->practice, 32);
  add_key (hunt, "the document key", keys->document, 32);
  add_key (hunt, "the key of document names", keys->document_name, 32);
  add_key (hunt, "the audit key", keys->audit, 32);
  add_key (hunt, "the key file's key", keys->key_file, 32);
  add_key (hunt, "the backup key", keys->backup, 32);
  add_key (hunt, "the key of the head", keys->head, 32);
  add_key (hunt, "the key of older epochs", keys->older, 32);
  add_key (hunt, "the person's seed", vault->person->seed, 32);
  add_key (hunt, "the page key", pages->page, sizeof pages->page);
  add_key (hunt, "the key of log words", pages->wal_words, sizeof pages->wal_words);
  add_key (hunt, "the key of journal words", pages->journal_words, sizeof pages->journal_words);
  cr_page_keys_release (pages);
}

/* As it is on the sheet, without its hyphens, and as the key that it stands for. */
void
hunt_add_code (Hunt *hunt, const char *code)
{
  g_auto (GStrv) groups = g_strsplit (code, "-", -1);
  g_autofree char *joined = g_strjoinv ("", groups);
  guint8 key[RECOVERY_BYTES];
  g_assert_true (recovery_code_parse (code, key, NULL));
  leak_search_add_text (hunt->search, "the recovery code", code);
  leak_search_add_text (hunt->search, "the recovery code without hyphens", joined);
  add_key (hunt, "the recovery key", key, sizeof key);
}

/* ---- hunting ---- */

void
hunt_now (Hunt *hunt, const char *when)
{
  leak_files_walk (&hunt->files, leak_scratch);
  leak_files_walk_open (&hunt->files);
  if (hunt->files.finding != NULL)
    g_error ("%s: %s", when, hunt->files.finding);
}

/* ---- what is in the practice ---- */

static void
add_record_note (Hunt *hunt, CrId patient)
{
  g_autoptr (CrNote) note = cr_note_new ();
  note->patient_id = patient;
  note->title = g_strdup (hunt->words.title);
  note->subjective = g_strdup (hunt->words.note);
  note->date = CR_DATE (2026, 11, 23);
  note->author_id = cr_store_user_person (hunt->f->user)->id;
  fixture_save (hunt->f, &CR_NOTE, note);
}

typedef struct {
  CrDocument *document;
  GBytes *content;
} Filed;

static gboolean
file_job (CrTx *tx, gpointer data, GError **error)
{
  Filed *filed = data;
  return cr_document_add (tx, filed->document, filed->content, error);
}

/* number: so that each is another one. */
static void
add_document (Hunt *hunt, CrId patient, int number)
{
  g_autoptr (CrDocument) document = cr_document_new ();
  GString *text = g_string_new (NULL);
  while (text->len < DOCUMENT_BYTES)
    g_string_append_printf (text, "%s%d ", hunt->words.document, number);
  g_autoptr (GBytes) content = g_string_free_to_bytes (text);
  Filed filed = { document, content };
  document->patient_id = patient;
  document->title = g_strdup (hunt->words.title);
  document->text = g_strdup (hunt->words.document);
  fixture_run (hunt->f, file_job, &filed);
}

void
hunt_add_patient (Hunt *hunt, int number)
{
  g_autoptr (CrPatient) patient =
      fixture_patient (hunt->f, hunt->words.family, hunt->words.given, CR_DATE (1970, 1, 2));
  add_record_note (hunt, patient->id);
  add_document (hunt, patient->id, number);
}

static gboolean
audit_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_tx_audit (tx, "export", NULL, CR_ID_NONE, CR_ID_NONE, data, error);
}

void
hunt_init (Hunt *hunt)
{
  *hunt = (Hunt){ .search = leak_search_new (),
                  .own = leak_search_new (),
                  .since = g_get_real_time () / G_USEC_PER_SEC };
  leak_files_init (&hunt->files, hunt->search);
  leak_words_init (&hunt->words);
  add_words (hunt, hunt->search);
  add_words (hunt, hunt->own);
  leak_search_add_text (hunt->search, "the password", FIXTURE_PASSWORD);
  leak_search_add_text (hunt->search, "the nurse's password", NURSE_PASSWORD);
  leak_search_add_text (hunt->search, "the PIN", LEAK_PIN);
  leak_search_add_mark (hunt->search, "SQL", "CREATE TABLE");
  leak_search_add_mark (hunt->search, "a plain database", "SQLite format 3");
  hunt->f = fixture_new ();
  hunt_add_keys (hunt, hunt->f->folder);
  hunt_add_patient (hunt, 1);
  fixture_run (hunt->f, audit_job, hunt->words.reason);
}

void
hunt_clear (Hunt *hunt)
{
  fixture_free (hunt->f);
  leak_files_clear (&hunt->files);
  leak_search_free (hunt->search);
  leak_search_free (hunt->own);
  leak_words_clear (&hunt->words);
}

/* ---- the places ---- */

static char *
make_folder (const char *name)
{
  char *path = g_build_filename (leak_base, name, NULL);
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return path;
}

/* All that is told where to write, writes below one folder. */
void
leak_set_environment (void)
{
  static const char *const PLACES[] = {
    "TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
    "HOME"
  };
  const char *known = g_getenv ("CHARTROOM_LEAK_BASE"), *temporary = g_getenv ("TMPDIR");
  leak_base = known != NULL
                  ? g_strdup (known)
                  : g_build_filename (temporary != NULL ? temporary : "/tmp", "chartroom-leak-XXXXXX", NULL);
  if (known == NULL)
    g_assert_nonnull (g_mkdtemp (leak_base));
  token = g_strdup (leak_base + strlen (leak_base) - 6);
  g_setenv ("CHARTROOM_LEAK_BASE", leak_base, TRUE);
  leak_scratch = make_folder ("scratch");
  leak_beside = make_folder ("scratch/beside");
  leak_given = make_folder ("given");
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++) {
    g_autofree char *place = g_build_filename ("scratch", PLACES[i], NULL), *path = make_folder (place);
    g_setenv (PLACES[i], path, TRUE);
  }
}
