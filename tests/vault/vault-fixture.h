/* A practice in a folder of its own, for the tests of vault and database. */
#pragma once
#include "chartroom/vault/vault.h"
#include <glib/gstdio.h>
#include <string.h>

#define FIXTURE_NAME "doctor"
#define FIXTURE_PASSWORD "four words of nonsense"

typedef struct {
  char *parent; /* removed at the end, with all in it */
  char *folder; /* PARENT/Test.practice */
  char *code;   /* recovery code */
  CrVault *vault;
} VaultFixture;

static inline void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    remove_tree (inner);
  }
  g_remove (path);
}

static inline void
vault_set_up (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->parent = g_dir_make_tmp ("chartroom-test-XXXXXX", &error);
  g_assert_no_error (error);
  f->folder = g_build_filename (f->parent, "Test.practice", NULL);
  f->vault = cr_vault_create (f->folder, FIXTURE_NAME, FIXTURE_PASSWORD, CR_KDF_TEST, &f->code, &error);
  g_assert_no_error (error);
}

static inline void
vault_tear_down (VaultFixture *f, gconstpointer data)
{
  g_clear_pointer (&f->vault, cr_vault_unref);
  cr_secret_free (f->code);
  remove_tree (f->parent);
  g_free (f->folder);
  g_free (f->parent);
}

static inline char *
fixture_path (VaultFixture *f, const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static inline void
read_file (const char *path, char **content, gsize *size)
{
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, content, size, &error);
  g_assert_no_error (error);
}

static inline void
write_file (const char *path, const char *content, gsize size)
{
  g_autoptr (GError) error = NULL;

  /* in place: the same file, as a bad disk or an attacker would do it */
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (content, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
  g_assert_no_error (error);
}

static inline void
assert_refused (CrVault *vault, GError **error, int code)
{
  g_assert_null (vault);
  g_assert_error (*error, CR_ERROR, code);
  g_assert_cmpuint (strlen ((*error)->message), >, 10);
}
