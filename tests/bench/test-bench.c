/* Each bench in its smallest size: it runs, and each line has a figure above nothing.  How fast is not
 * judged. */
#include <gio/gio.h>
#include <glib/gstdio.h>

static const char *program, *scratch;

static const struct {
  const char *part;
  guint lines;
} PARTS[] = { { "store", 9 }, { "search", 4 }, { "chart", 9 },  { "import", 2 }, { "packet", 2 },
              { "demo", 2 },  { "audit", 8 },  { "backup", 6 }, { "book", 8 } };

static void
check_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) form = g_regex_new ("^[a-z0-9-]+ +([0-9.]+) [^ ]", 0, 0, &error);
  g_autoptr (GMatchInfo) match = NULL;
  g_assert_no_error (error);
  if (!g_regex_match (form, line, 0, &match))
    g_error ("not a figure: %s", line);
  g_autofree char *value = g_match_info_fetch (match, 1);
  g_assert_cmpfloat (g_ascii_strtod (value, NULL), >, 0);
  g_test_message ("%s", line);
}

static void
test_part (gconstpointer data)
{
  guint part = GPOINTER_TO_UINT (data), n = 0;
  g_autofree char *folder = g_build_filename (scratch, PARTS[part].part, NULL), *out = NULL, *err = NULL;
  const char *argv[] = { program, folder, "--smoke", PARTS[part].part, NULL };
  g_autoptr (GError) error = NULL;
  int status;
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_spawn_sync (NULL, (char **)argv, NULL, 0, NULL, NULL, &out, &err, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s", err);
  g_auto (GStrv) lines = g_strsplit (out, "\n", -1);
  for (; lines[n] != NULL && lines[n][0] != '\0'; n++)
    check_line (lines[n]);
  g_assert_cmpuint (n, ==, PARTS[part].lines);
}

static void
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

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  int status;
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  scratch = folder = g_dir_make_tmp ("bench-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    g_autofree char *path = g_strdup_printf ("/bench/%s", PARTS[i].part);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_part);
  }
  status = g_test_run ();
  remove_tree (folder);
  return status;
}
