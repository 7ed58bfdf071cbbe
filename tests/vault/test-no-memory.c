/* The computer has no protected memory left, or not enough for a password: at each place where some is asked
 * for, whatever is done is refused in words, and practice.keys stays as it was. */
#include "vault-fixture.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/rotation.h"
#include "chartroom/vault/page-cipher.h"
#include <dlfcn.h>
#include <sodium.h>

#define NURSE "another phrase entirely"

static guint asked, refused_at; /* 0: never */
static gboolean no_library;

/* ---- the library's own functions, which refuse on demand ---- */

#define NEXT(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

static gboolean
is_refused (void)
{
  return ++asked == refused_at;
}

void *
sodium_malloc (const size_t size)
{
  return is_refused () ? NULL : NEXT (sodium_malloc) (size);
}

void *
sodium_allocarray (size_t count, size_t size)
{
  return is_refused () ? NULL : NEXT (sodium_allocarray) (count, size);
}

int
crypto_pwhash (unsigned char *const out, unsigned long long size, const char *const password,
               unsigned long long length, const unsigned char *const salt, unsigned long long passes,
               size_t memory, int algorithm)
{
  return is_refused () ? -1
                       : NEXT (crypto_pwhash) (out, size, password, length, salt, passes, memory, algorithm);
}

int
crypto_pwhash_str (char out[crypto_pwhash_STRBYTES], const char *const password, unsigned long long length,
                   unsigned long long passes, size_t memory)
{
  return is_refused () ? -1 : NEXT (crypto_pwhash_str) (out, password, length, passes, memory);
}

int
sodium_init (void)
{
  return no_library ? -1 : NEXT (sodium_init) ();
}

/* ---- what is done ---- */

typedef gboolean (*Act) (VaultFixture *f, GError **error);

static gboolean
took (CrVault *vault)
{
  gboolean made = vault != NULL;
  if (made)
    cr_vault_unref (vault);
  return made;
}

static gboolean
act_create (VaultFixture *f, GError **error)
{
  g_autofree char *folder = g_build_filename (f->parent, "Second.practice", NULL);
  char *code = NULL;
  gboolean made = took (cr_vault_create (folder, "admin", NURSE, CR_KDF_TEST, &code, error));
  g_assert_true (made == (code != NULL));
  g_assert_true (made == g_file_test (folder, G_FILE_TEST_EXISTS)); /* nothing half made stays */
  cr_secret_free (code);
  return made;
}

/* Into a folder that somebody has made for it: that one stays, empty as it was. */
static gboolean
act_create_in (VaultFixture *f, GError **error)
{
  g_autofree char *folder = g_build_filename (f->parent, "Third.practice", NULL);
  g_autoptr (GDir) dir = NULL;
  gboolean made;
  g_mkdir (folder, 0700);
  made = took (cr_vault_create (folder, "admin", NURSE, CR_KDF_TEST, NULL, error));
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  g_assert_true (made == (g_dir_read_name (dir) != NULL));
  return made;
}

static gboolean
act_open (VaultFixture *f, GError **error)
{
  return took (cr_vault_open (f->folder, FIXTURE_NAME, FIXTURE_PASSWORD, error));
}

static gboolean
act_open_recovery (VaultFixture *f, GError **error)
{
  return took (cr_vault_open_recovery (f->folder, f->code, error));
}

static gboolean
act_adopt (VaultFixture *f, GError **error)
{
  return took (cr_vault_adopt (f->vault, f->folder, error));
}

static gboolean
act_add (VaultFixture *f, GError **error)
{
  return cr_vault_add_person (f->vault, "nurse", NURSE, CR_KDF_TEST, error);
}

static gboolean
act_password (VaultFixture *f, GError **error)
{
  return cr_vault_change_password (f->vault, FIXTURE_NAME, FIXTURE_PASSWORD, CR_KDF_TEST, error);
}

static gboolean
act_recovery (VaultFixture *f, GError **error)
{
  char *code = cr_recovery_code_new (error);
  gboolean made = code != NULL && cr_vault_replace_recovery (f->vault, code, error);
  cr_secret_free (code);
  return made;
}

static gboolean
stays (const char *name, gpointer data)
{
  return TRUE;
}

static gboolean
act_rotate (VaultFixture *f, GError **error)
{
  CrEpochChange change = { .stays = stays };
  g_autoptr (CrVault) next = cr_vault_next_epoch (f->vault, error);
  g_autofree char *path = NULL;
  gboolean done;
  char *code = next != NULL ? cr_recovery_code_new (error) : NULL;
  if (code == NULL)
    return FALSE;
  change.code = code;
  path = fixture_path (f, cr_vault_database (next));
  write_file (path, "sealed pages", 12);
  done = cr_vault_enter_epoch (f->vault, next, &change, error);
  cr_secret_free (code);
  g_assert_true (done == !g_file_test (path, G_FILE_TEST_EXISTS)); /* it gets its name only then */
  g_unlink (path);
  return done;
}

static gboolean
act_pin (VaultFixture *f, GError **error)
{
  g_autofree char *verifier = cr_pin_verifier ("483920", error);
  return verifier != NULL;
}

/* ---- the walk ---- */

static void
test_refused (VaultFixture *f, gconstpointer data)
{
  Act act = *(const Act *)data;
  g_autofree char *keys = fixture_path (f, "practice.keys"), *before = NULL;
  gboolean reached = TRUE;
  gsize size;
  read_file (keys, &before, &size);
  for (guint n = 1; reached; n++) {
    g_autoptr (GError) error = NULL;
    gboolean done;
    asked = 0;
    refused_at = n;
    done = act (f, &error);
    reached = asked >= n;
    refused_at = 0;
    g_assert_true (done == !reached);
    if (reached) {
      g_autofree char *after = NULL;
      gsize length;
      g_assert_error (error, CR_ERROR, CR_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, "Close other programs and try again."));
      read_file (keys, &after, &length);
      g_assert_cmpmem (after, length, before, size);
    }
    g_assert_true (n > 1 || reached); /* the refusals do reach it */
  }
  g_assert_true (act_open (f, NULL));
}

/* A password cannot be held unprotected instead: the program ends, and says why. */
static void
test_password (void)
{
  if (g_test_subprocess ()) {
    refused_at = asked + 1;
    cr_secret_free (cr_secret_new (NURSE));
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*no protected memory*");
}

static void
test_no_library (void)
{
  if (g_test_subprocess ()) {
    VaultFixture f = { .parent = g_dir_make_tmp ("chartroom-test-XXXXXX", NULL) };
    g_autoptr (GError) error = NULL;
    no_library = TRUE;
    g_assert_false (act_create (&f, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_FAILED);
    g_assert_cmpuint (cr_page_keys_add (&(CrPageKeys){ 0 }), ==, 0);
    remove_tree (f.parent);
    g_free (f.parent);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    Act act;
  } ACTS[] = {
    { "/no-memory/create", act_create },     { "/no-memory/create-in", act_create_in },
    { "/no-memory/open", act_open },         { "/no-memory/sheet", act_open_recovery },
    { "/no-memory/adopt", act_adopt },       { "/no-memory/person", act_add },
    { "/no-memory/password", act_password }, { "/no-memory/recovery", act_recovery },
    { "/no-memory/rotate", act_rotate },     { "/no-memory/pin", act_pin },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ACTS); i++)
    g_test_add (ACTS[i].path, VaultFixture, &ACTS[i].act, vault_set_up, test_refused, vault_tear_down);
  g_test_add_func ("/no-memory/secret", test_password);
  g_test_add_func ("/no-memory/library", test_no_library);
  return g_test_run ();
}
