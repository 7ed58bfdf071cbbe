/* The code on paper: typed as people type, and wrong as people type it. */
#include "vault-fixture.h"
#include "../../src/vault/recovery-code.h"

static const guint8 known_key[RECOVERY_BYTES] = {
  0xd6, 0x00, 0xff, 0x13, 0x57, 0x9b, 0xdf, 0x02, 0x46, 0x8a,
  0xce, 0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01, 0xfe
};

static gboolean
parses_to_known (const char *typed)
{
  guint8 key[RECOVERY_BYTES];
  g_autoptr (GError) error = NULL;

  return recovery_code_parse (typed, key, &error) && memcmp (key, known_key, RECOVERY_BYTES) == 0;
}

/* The error says which group. */
static void
assert_names_group (const char *typed, guint group)
{
  guint8 key[RECOVERY_BYTES];
  g_autofree char *named = g_strdup_printf ("roup %u ", group);
  g_autoptr (GError) error = NULL;

  g_assert_false (recovery_code_parse (typed, key, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, named));
}

static void
test_golden (void)
{
  char *code = recovery_code_format (known_key);

  g_assert_cmpstr (code, ==, "TR0FP-Y4TQK-KFFG5-4HMAA-ST04N-080G2-1020V-40FYH");
  g_assert_true (parses_to_known (code));
  cr_secret_free (code);
}

static void
test_forgiven (void)
{
  char *code = recovery_code_format (known_key);
  g_autofree char *lower = g_ascii_strdown (code, -1);
  g_auto (GStrv) groups = g_strsplit (code, "-", -1);
  g_autofree char *together = g_strjoinv ("", groups), *spaced = g_strjoinv ("  ", groups);
  g_autoptr (GString) letters = g_string_new (code);

  g_string_replace (letters, "0", "o", 0);
  g_string_replace (letters, "1", "l", 0);
  g_string_prepend (letters, "  ");
  g_assert_true (parses_to_known (lower));
  g_assert_true (parses_to_known (together));
  g_assert_true (parses_to_known (spaced));
  g_assert_true (parses_to_known (letters->str));
  cr_secret_free (code);
}

static void
test_every_wrong_digit (void)
{
  static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  char *code = recovery_code_format (known_key);

  for (guint i = 0; code[i] != '\0'; i++)
    for (const char *digit = digits; *digit != '\0'; digit++) {
      char right = code[i];

      if (right == '-' || right == *digit)
        continue;
      code[i] = *digit;
      assert_names_group (code, i / 6 + 1);
      code[i] = right;
    }
  cr_secret_free (code);
}

static void
test_swaps (void)
{
  char *code = recovery_code_format (known_key);

  for (guint i = 0; code[i + 1] != '\0'; i++) {
    char a = code[i], b = code[i + 1];

    if (a == '-' || b == '-' || a == b)
      continue;
    code[i] = b;
    code[i + 1] = a;
    assert_names_group (code, i / 6 + 1);
    code[i] = a;
    code[i + 1] = b;
  }
  for (guint i = 0; i + 11 < strlen (code); i += 6) { /* neighbouring groups */
    g_autofree char *swapped = g_strdup (code);

    memcpy (swapped + i, code + i + 6, 5);
    memcpy (swapped + i + 6, code + i, 5);
    assert_names_group (swapped, i / 6 + 1);
  }
  cr_secret_free (code);
}

static void
test_malformed (void)
{
  char *code = recovery_code_format (known_key);
  g_autofree char *shorter = g_strndup (code, strlen (code) - 1), *longer = g_strconcat (code, "7", NULL);
  g_autofree char *letter_u = g_strdup (code);

  letter_u[8] = 'U';
  assert_names_group (shorter, 8);
  assert_names_group (longer, 8);
  assert_names_group (letter_u, 2);
  assert_names_group ("", 1);
  assert_names_group ("Ü", 1);
  cr_secret_free (code);
}

static void
test_opens (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = cr_vault_open_recovery (f->folder, f->code, &error);

  g_assert_no_error (error);
  g_assert_null (cr_vault_name (vault));
  g_assert_true (cr_vault_change_password (vault, FIXTURE_NAME, "found again, at last", CR_KDF_TEST, &error));
  g_clear_pointer (&vault, cr_vault_unref);
  vault = cr_vault_open (f->folder, FIXTURE_NAME, "found again, at last", &error);
  g_assert_no_error (error);
  g_clear_pointer (&vault, cr_vault_unref);
  vault = cr_vault_open_recovery (f->folder, f->code, &error); /* a new password leaves the sheet valid */
  g_assert_no_error (error);
}

static void
test_replaced (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char *code = cr_recovery_code_new (NULL);
  g_autoptr (CrVault) vault = NULL;

  g_assert_cmpstr (code, !=, f->code);
  g_assert_false (cr_vault_replace_recovery (f->vault, "7K3QD-", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_clear_error (&error);
  assert_refused (cr_vault_open_recovery (f->folder, code, &error), &error, CR_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  g_assert_true (cr_vault_replace_recovery (f->vault, code, &error));
  vault = cr_vault_open_recovery (f->folder, code, &error);
  g_assert_no_error (error);
  assert_refused (cr_vault_open_recovery (f->folder, f->code, &error), &error, CR_ERROR_WRONG_PASSWORD);
  cr_secret_free (code);
}

static void
test_other_practice (VaultFixture *f, gconstpointer data)
{
  char *code = recovery_code_format (known_key);
  g_autoptr (GError) error = NULL;

  assert_refused (cr_vault_open_recovery (f->folder, code, &error), &error, CR_ERROR_WRONG_PASSWORD);
  cr_secret_free (code);
}

/* Words that cannot be a code are said to be none; the practice is not asked. */
static void
test_no_code (VaultFixture *f, gconstpointer data)
{
  static const char *const TYPED[] = { "", "\xff\xfe", "7K3QD", "one two three", "€€€€€-€€€€€" };

  for (guint i = 0; i < G_N_ELEMENTS (TYPED); i++) {
    g_autoptr (GError) error = NULL;
    assert_refused (cr_vault_open_recovery (f->folder, TYPED[i], &error), &error, CR_ERROR_INVALID);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery/golden", test_golden);
  g_test_add ("/recovery/no-code", VaultFixture, NULL, vault_set_up, test_no_code, vault_tear_down);
  g_test_add_func ("/recovery/forgiven", test_forgiven);
  g_test_add_func ("/recovery/every-wrong-digit", test_every_wrong_digit);
  g_test_add_func ("/recovery/swaps", test_swaps);
  g_test_add_func ("/recovery/malformed", test_malformed);
  g_test_add ("/recovery/opens", VaultFixture, NULL, vault_set_up, test_opens, vault_tear_down);
  g_test_add ("/recovery/replaced", VaultFixture, NULL, vault_set_up, test_replaced, vault_tear_down);
  g_test_add ("/recovery/other-practice", VaultFixture, NULL, vault_set_up, test_other_practice,
              vault_tear_down);
  return g_test_run ();
}
