#include "search-files.h"
#include <glib/gstdio.h>
#include <string.h>

struct _UiSearch {
  GPtrArray *needles; /* GBytes */
  GPtrArray *words;   /* of the same index, for people */
};

UiSearch *
ui_search_new (void)
{
  UiSearch *self = g_new0 (UiSearch, 1);
  self->needles = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->words = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
ui_search_free (UiSearch *self)
{
  g_ptr_array_unref (self->needles);
  g_ptr_array_unref (self->words);
  g_free (self);
}

void
ui_search_add_mark (UiSearch *self, const char *mark)
{
  g_ptr_array_add (self->needles, g_bytes_new (mark, strlen (mark)));
  g_ptr_array_add (self->words, g_strdup (mark));
}

static void
add_spelling (UiSearch *self, const char *words)
{
  glong n = 0;
  gunichar2 *wide = g_utf8_to_utf16 (words, -1, NULL, &n, NULL);
  ui_search_add_mark (self, words);
  g_ptr_array_add (self->needles, g_bytes_new_take (wide, (gsize)n * 2));
  g_ptr_array_add (self->words, g_strdup_printf ("%s, as UTF-16", words));
}

void
ui_search_add (UiSearch *self, const char *words)
{
  g_autofree char *small = g_ascii_strdown (words, -1), *capital = g_ascii_strup (words, -1);
  g_autofree char *title = g_strdup (small);
  g_assert_true (g_str_is_ascii (words) && strlen (words) >= 6);
  title[0] = g_ascii_toupper (title[0]);
  add_spelling (self, small);
  add_spelling (self, capital);
  add_spelling (self, title);
}

/* Streams of a PDF are compressed: the text that can be read in it.  NULL: none. */
static char *
read_pdf (const char *path, const char *content, gsize size)
{
  const char *argv[] = { "pdftotext", path, "-", NULL };
  char *text = NULL;
  if (size > 4 && memcmp (content, "%PDF", 4) == 0)
    g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                  &text, NULL, NULL, NULL);
  return text;
}

static guint
look_into (UiSearch *self, const char *path, char **found)
{
  g_autofree char *content = NULL, *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &content, &size, NULL))
    return 0;
  text = read_pdf (path, content, size);
  for (guint i = 0; i < self->needles->len && *found == NULL; i++) {
    gsize n = 0;
    gconstpointer needle = g_bytes_get_data (self->needles->pdata[i], &n);
    if (memmem (content, size, needle, n) != NULL ||
        (text != NULL && memmem (text, strlen (text), needle, n) != NULL))
      *found = g_strdup_printf ("%s shows «%s»", path, (const char *)self->words->pdata[i]);
  }
  return 1;
}

guint
ui_search_below (UiSearch *self, const char *path, char **found)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  guint files = 0;
  if (dir == NULL)
    return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? look_into (self, path, found) : 0;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    files += ui_search_below (self, child, found);
  }
  return files;
}

guint
ui_search_open_files (UiSearch *self, int pid, char **found)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d/fd", pid);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint files = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *link = g_build_filename (folder, name, NULL);
    g_autofree char *target = g_file_read_link (link, NULL);
    if (target != NULL && !g_str_has_prefix (target, "/memfd:") && g_file_test (link, G_FILE_TEST_IS_REGULAR))
      files += look_into (self, link, found);
  }
  return files;
}

guint
ui_search_recent (UiSearch *self, const char *folder, gint64 since, char **found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint files = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GStatBuf stat;
    if (g_lstat (path, &stat) == 0 && S_ISREG (stat.st_mode) && (gint64)stat.st_mtime >= since)
      files += look_into (self, path, found);
  }
  return files;
}
