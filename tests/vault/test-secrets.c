/* Passwords, password files, hashes and signatures. */
#include "vault-fixture.h"
#include <sys/stat.h>

static void
test_weakness (void)
{
  static const struct {
    const char *password;
    gboolean good;
  } cases[] = {
    { "", FALSE },
    { "secret", FALSE },
    { "thirteen chrs", FALSE },
    { "k7#Rm!qz0Wp&Lx", TRUE },
    { "fourteen chars", TRUE },
    { "aaaaaaaaaaaaaaaaaaaa", FALSE },
    { "abcdefghijklmnopqrst", FALSE },
    { "123456789012345678", FALSE },
    { "ababababababababab", FALSE },
    { "correct horse battery staple", TRUE },
    { "tree-lamp-owl-red", TRUE },
    { "owl Owl OWL owl", FALSE },
    { "no no no no", FALSE },
    { "käse brücke öfen später", TRUE },
    { "bad \xff bytes of more than enough", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *weakness = cr_password_weakness (cases[i].password);

    g_test_message ("%s", cases[i].good ? cases[i].password : "a weak one");
    g_assert_cmpint (weakness == NULL, ==, cases[i].good);
    g_assert_cmpuint (cr_password_strength (cases[i].password), <=, 100);
    g_assert_cmpint (cr_password_strength (cases[i].password) >= 50, ==, cases[i].good);
  }
  g_assert_cmpuint (cr_password_strength ("k7#Rm!qz0Wp&Lx9_Tv=bQ2"), ==, 100);
}

static void
test_secret (void)
{
  char *secret = cr_secret_new ("four words of nonsense");

  g_assert_cmpstr (secret, ==, "four words of nonsense");
  cr_secret_free (secret);
  cr_secret_free (NULL);
}

static void
test_password_file (VaultFixture *f, gconstpointer data)
{
  static const struct {
    const char *content;
    mode_t mode;
    const char *expected; /* NULL: refused */
    int code;
  } cases[] = {
    { "four words\n", 0600, "four words", 0 },
    { "four words", 0400, "four words", 0 },
    { "four words\r\nsecond line\n", 0600, "four words", 0 },
    { " blank before\n", 0600, " blank before", 0 },
    { "four words\n", 0640, NULL, CR_ERROR_NOT_ALLOWED },
    { "four words\n", 0604, NULL, CR_ERROR_NOT_ALLOWED },
    { "\nfour words\n", 0600, NULL, CR_ERROR_INVALID },
    { "", 0600, NULL, CR_ERROR_INVALID },
  };
  g_autofree char *path = fixture_path (f, "password");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    char *secret;

    g_unlink (path);
    write_file (path, cases[i].content, strlen (cases[i].content));
    g_assert_cmpint (g_chmod (path, cases[i].mode), ==, 0);
    secret = cr_secret_read_file (path, &error);
    g_assert_cmpstr (secret, ==, cases[i].expected);
    if (cases[i].expected == NULL)
      g_assert_error (error, CR_ERROR, cases[i].code);
    cr_secret_free (secret);
  }
}

static void
test_password_file_absent (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "absent");
  g_autoptr (GError) error = NULL;

  g_assert_null (cr_secret_read_file (path, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
}

static void
test_hash (void)
{
  guint8 hash[32];
  g_autofree char *hex = NULL;

  cr_hash ("abc", 3, hash); /* RFC 7693's message, at 32 bytes */
  hex = cr_hash_hex (hash, sizeof hash);
  g_assert_cmpstr (hex, ==, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void
test_signature (VaultFixture *f, gconstpointer data)
{
  guint8 signature[64], key[32];

  cr_vault_public_key (f->vault, key);
  g_assert_true (cr_vault_sign (f->vault, "a note", 6, signature, NULL));
  g_assert_true (cr_signature_verify (key, "a note", 6, signature));
  g_assert_false (cr_signature_verify (key, "a vote", 6, signature));
  g_assert_false (cr_signature_verify (key, "a note", 5, signature));
  signature[63] ^= 1;
  g_assert_false (cr_signature_verify (key, "a note", 6, signature));
  signature[63] ^= 1;
  key[0] ^= 1;
  g_assert_false (cr_signature_verify (key, "a note", 6, signature));
}

static void
test_chain (VaultFixture *f, gconstpointer data)
{
  g_autoptr (CrVault) again = cr_vault_open (f->folder, FIXTURE_NAME, FIXTURE_PASSWORD, NULL);
  VaultFixture other = { 0 };
  guint8 previous[32] = { 0 }, one[32], same[32], different[32];

  cr_vault_chain (f->vault, previous, "entry", 5, one);
  cr_vault_chain (again, previous, "entry", 5, same);
  g_assert_cmpmem (one, 32, same, 32);
  cr_vault_chain (f->vault, previous, "entrx", 5, different);
  g_assert_cmpint (memcmp (one, different, 32), !=, 0);
  previous[31] = 1;
  cr_vault_chain (f->vault, previous, "entry", 5, different);
  g_assert_cmpint (memcmp (one, different, 32), !=, 0);
  vault_set_up (&other, NULL);
  previous[31] = 0;
  cr_vault_chain (other.vault, previous, "entry", 5, different);
  g_assert_cmpint (memcmp (one, different, 32), !=, 0);
  vault_tear_down (&other, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/weakness", test_weakness);
  g_test_add_func ("/secrets/secret", test_secret);
  g_test_add ("/secrets/password-file", VaultFixture, NULL, vault_set_up, test_password_file,
              vault_tear_down);
  g_test_add ("/secrets/password-file-absent", VaultFixture, NULL, vault_set_up, test_password_file_absent,
              vault_tear_down);
  g_test_add_func ("/secrets/hash", test_hash);
  g_test_add ("/secrets/signature", VaultFixture, NULL, vault_set_up, test_signature, vault_tear_down);
  g_test_add ("/secrets/chain", VaultFixture, NULL, vault_set_up, test_chain, vault_tear_down);
  return g_test_run ();
}
