/* The house rules as a program: layers by include, sizes, names, colours, templates' place. */
#include <glib.h>
#include <gio/gio.h>
#include <string.h>

#define MAX_FUNCTION 60
#define MAX_C 700
#define MAX_H 200
#define MAX_UI 400
#define MAX_NESTING 4

typedef struct {
  char *path, *text; /* path from the top of the tree */
  char **lines;
} Source;

/* Which layers a layer's files may include; "sqlite3.h" and such by their own line. */
static const struct {
  const char *layer, *may;
} LAYERS[] = {
  { "base", "base" },
  { "domain", "base domain" },
  { "clinical", "base domain clinical" },
  { "vault", "base vault" },
  { "store/db", "base domain vault store store/db" },
  { "store", "base domain vault store" },
  { "render", "base domain clinical render" },
  { "exchange", "base domain exchange" },
  { "session", "base domain clinical exchange store session" },
  { "helpers", "base domain helpers" },
  { "ui", "base domain clinical render session helpers ui" },
  { "ctl", "base domain clinical vault store store/db render exchange session helpers ctl" },
};

/* Outside headers and the layers that may include them (prefix match of the header). */
static const struct {
  const char *header, *layers;
} OUTSIDE[] = {
  { "sqlite3", "store/db" },
  { "sodium", "vault store/db" },
  { "gtk/", "ui" },
  { "gdk/", "ui" },
  { "cairo", "render ui helpers ctl" },
  { "pango/", "render ui" },
  { "json-glib/", "exchange ctl" },
  { "libxml/", "exchange" },
  { "poppler", "helpers" },
  { "gst/", "helpers" },
  { "gdk-pixbuf/", "helpers" },
  { "gio/", "vault store exchange session helpers ui ctl" },
};

static GPtrArray *sources;
static guint findings;

static void
source_free (gpointer data)
{
  Source *source = data;
  g_free (source->path);
  g_free (source->text);
  g_strfreev (source->lines);
  g_free (source);
}

static void G_GNUC_PRINTF (3, 4) complain (const Source *source, guint line, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s:%u: %s", source->path, line + 1, text);
  findings++;
}

static void
expect_none (void)
{
  guint n = findings;
  findings = 0;
  if (n > 0)
    g_test_fail_printf ("%u findings, listed above", n);
}

static gboolean
has_word (const char *list, const char *word)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);
  return g_strv_contains ((const char *const *)words, word);
}

static void
read_tree (const char *top, const char *below)
{
  g_autofree char *full = g_build_filename (top, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (full, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (below, name, NULL);
    g_autofree char *file = g_build_filename (top, path, NULL);
    Source *source;
    if (g_file_test (file, G_FILE_TEST_IS_DIR)) {
      read_tree (top, path);
      continue;
    }
    if (!g_str_has_suffix (name, ".c") && !g_str_has_suffix (name, ".h") && !g_str_has_suffix (name, ".ui"))
      continue;
    source = g_new0 (Source, 1);
    source->path = g_steal_pointer (&path);
    g_assert_true (g_file_get_contents (file, &source->text, NULL, NULL));
    source->lines = g_strsplit (source->text, "\n", -1);
    g_ptr_array_add (sources, source);
  }
}

static gboolean
is_c (const Source *source)
{
  return g_str_has_suffix (source->path, ".c");
}

static gboolean
exempt (const Source *source, guint line)
{
  guint from = line > 2 ? line - 2 : 0;
  for (guint i = from; i <= line && source->lines[i] != NULL; i++)
    if (strstr (source->lines[i], "nocheck:") != NULL)
      return TRUE;
  return FALSE;
}

static const char *
layer_of_path (const char *path)
{
  const char *rest = g_str_has_prefix (path, "src/")                 ? path + 4
                     : g_str_has_prefix (path, "include/chartroom/") ? path + 18
                                                                     : NULL;
  if (rest == NULL)
    return NULL;
  if (g_str_has_prefix (rest, "store/db/"))
    return "store/db";
  for (guint i = 0; i < G_N_ELEMENTS (LAYERS); i++) {
    gsize n = strlen (LAYERS[i].layer);
    if (strncmp (rest, LAYERS[i].layer, n) == 0 && rest[n] == '/')
      return LAYERS[i].layer;
  }
  return NULL;
}

static const char *
allowed_for (const char *layer)
{
  for (guint i = 0; i < G_N_ELEMENTS (LAYERS); i++)
    if (g_strcmp0 (LAYERS[i].layer, layer) == 0)
      return LAYERS[i].may;
  return "";
}

static char *
included_header (const char *line, gboolean *own)
{
  g_autoptr (GRegex) regex = g_regex_new ("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *quote = NULL;
  if (!g_regex_match (regex, line, 0, &match))
    return NULL;
  quote = g_match_info_fetch (match, 1);
  *own = quote[0] == '"';
  return g_match_info_fetch (match, 2);
}

static const char *
layer_of_header (const char *header)
{
  g_autofree char *as_path =
      g_str_has_prefix (header, "chartroom/") ? g_strconcat ("include/", header, NULL) : g_strdup (header);
  return layer_of_path (as_path);
}

static void
check_outside (const Source *source, guint line, const char *layer, const char *header)
{
  for (guint i = 0; i < G_N_ELEMENTS (OUTSIDE); i++)
    if (g_str_has_prefix (header, OUTSIDE[i].header) && !has_word (OUTSIDE[i].layers, layer))
      complain (source, line, "layer %s may not include <%s>", layer, header);
}

static void
check_include (const Source *source, guint line, const char *layer)
{
  gboolean own = FALSE;
  g_autofree char *header = included_header (source->lines[line], &own);
  const char *to;
  if (header == NULL)
    return;
  if (!own) {
    check_outside (source, line, layer, header);
    return;
  }
  to = layer_of_header (header);
  if (to == NULL && strchr (header, '/') != NULL)
    complain (source, line, "include written whole, please: \"%s\"", header);
  if (g_str_has_suffix (header, "store/db.h") && !has_word ("store store/db ctl", layer))
    complain (source, line, "the driver seam is the store's own");
  if (g_str_has_suffix (header, "session/work.h") && !has_word ("session ctl", layer))
    complain (source, line, "session/work.h is not for the desktop");
  if (to != NULL && !has_word (allowed_for (layer), to))
    complain (source, line, "layer %s may not include layer %s (\"%s\")", layer, to, header);
}

static void
test_layers (void)
{
  guint seen = 0;
  for (guint i = 0; i < sources->len; i++) {
    const Source *source = sources->pdata[i];
    const char *layer = layer_of_path (source->path);
    for (guint line = 0; layer != NULL && source->lines[line] != NULL; line++, seen++)
      check_include (source, line, layer);
  }
  g_assert_cmpuint (seen, >, 1000);
  expect_none ();
}

static void
test_file_sizes (void)
{
  for (guint i = 0; i < sources->len; i++) {
    const Source *source = sources->pdata[i];
    guint lines = g_strv_length (source->lines) - 1;
    guint cap = is_c (source) ? MAX_C : g_str_has_suffix (source->path, ".h") ? MAX_H : MAX_UI;
    if (lines > cap && strstr (source->text, "nocheck: size") == NULL)
      complain (source, lines, "%u lines, at most %u", lines, cap);
  }
  expect_none ();
}

/* Line with strings, characters and line comments blanked, for counting braces. */
static char *
strip_literals (const char *line, gboolean *in_comment)
{
  GString *out = g_string_new (NULL);
  char quote = 0;
  for (const char *p = line; *p != '\0'; p++) {
    if (*in_comment) {
      if (p[0] == '*' && p[1] == '/') {
        *in_comment = FALSE;
        p++;
      }
    } else if (quote != 0) {
      if (*p == '\\' && p[1] != '\0')
        p++;
      else if (*p == quote)
        quote = 0;
    } else if (p[0] == '/' && p[1] == '*') {
      *in_comment = TRUE;
      p++;
    } else if (p[0] == '/' && p[1] == '/') {
      break;
    } else if (*p == '"' || *p == '\'') {
      quote = *p;
    } else {
      g_string_append_c (out, *p);
    }
  }
  return g_string_free (out, FALSE);
}

typedef struct {
  int depth, deepest;
  guint start;
  gboolean inside, comment;
} FunctionScan;

static void
end_function (const Source *source, FunctionScan *scan, guint line)
{
  guint length = line - scan->start + 1;
  scan->inside = FALSE;
  if (exempt (source, scan->start))
    return;
  if (length > MAX_FUNCTION)
    complain (source, scan->start, "function of %u lines, at most %d", length, MAX_FUNCTION);
  if (scan->deepest - 1 > MAX_NESTING)
    complain (source, scan->start, "nested %d deep, at most %d", scan->deepest - 1, MAX_NESTING);
}

static void
scan_line (const Source *source, FunctionScan *scan, guint line)
{
  g_autofree char *code = strip_literals (source->lines[line], &scan->comment);
  if (scan->depth == 0 && code[0] == '{' && line > 0 && strchr (source->lines[line - 1], ')') != NULL) {
    scan->inside = TRUE;
    scan->start = line;
    scan->deepest = 0;
  }
  for (const char *p = code; *p != '\0'; p++) {
    scan->depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
    scan->deepest = MAX (scan->deepest, scan->depth);
  }
  if (scan->inside && scan->depth == 0)
    end_function (source, scan, line);
}

static void
test_functions (void)
{
  for (guint i = 0; i < sources->len; i++) {
    const Source *source = sources->pdata[i];
    FunctionScan scan = { 0 };
    for (guint line = 0; is_c (source) && source->lines[line] != NULL; line++)
      scan_line (source, &scan, line);
  }
  expect_none ();
}

static void
forbid (const char *pattern, const char *why, gboolean (*concerns) (const Source *))
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_assert_nonnull (regex);
  for (guint i = 0; i < sources->len; i++) {
    const Source *source = sources->pdata[i];
    for (guint line = 0; concerns (source) && source->lines[line] != NULL; line++)
      if (g_regex_match (regex, source->lines[line], 0, NULL) && !exempt (source, line))
        complain (source, line, "%s", why);
  }
  expect_none ();
}

static gboolean
is_product (const Source *source)
{
  return g_str_has_prefix (source->path, "src/") || g_str_has_prefix (source->path, "include/") ||
         g_str_has_prefix (source->path, "ui/");
}

static gboolean
is_ui (const Source *source)
{
  return g_str_has_prefix (source->path, "src/ui/") || g_str_has_prefix (source->path, "ui/");
}

static gboolean
is_below_ui (const Source *source)
{
  return is_product (source) && !is_ui (source) && !g_str_has_prefix (source->path, "src/main.c");
}

static gboolean
is_any (const Source *source)
{
  return TRUE;
}

static void
test_no_colours (void)
{
  forbid ("#[0-9A-Fa-f]{6}\\b|\\brgba? *\\( *[0-9]", "a colour outside data/style", is_ui);
}

static void
test_no_goto (void)
{
  forbid ("\\bgoto +[a-z]", "no goto", is_product);
}

static void
test_no_singletons (void)
{
  forbid ("\\bcr_[a-z_]*get_default|g_application_get_default", "no singletons: pass what is needed",
          is_below_ui);
}

static void
test_no_unfinished_marks (void)
{
  forbid ("\\b(TO"
          "DO|FIX"
          "ME|XX"
          "X)\\b",
          "unfinished", is_any);
}

static void
test_no_deprecated_widgets (void)
{
  forbid ("\\bGtk(Dialog|MessageDialog|TreeView|ComboBox|InfoBar|EntryCompletion|Notebook)\\b|gtk_(dialog|"
          "message_dialog|tree_view|combo_box|info_bar)_new",
          "a widget that newer GTK drops", is_ui);
}

static void
test_no_newer_api (void)
{
  forbid ("\\b(GtkFileDialog|GtkAlertDialog|GtkUriLauncher|gtk_accessible_announce|gtk_column_view_scroll_to|"
          "gtk_list_view_scroll_to|g_string_free_and_steal|G_APPLICATION_DEFAULT_FLAGS_XX)\\b",
          "newer than GTK 4.8 / GLib 2.74", is_product);
}

static void
test_no_utils (void)
{
  for (guint i = 0; i < sources->len; i++) {
    const Source *source = sources->pdata[i];
    g_autofree char *base = g_path_get_basename (source->path);
    if (strstr (base, "util") != NULL)
      complain (source, 0, "no header or file named utils");
  }
  expect_none ();
}

/* Every template names the class of the C file with the same stem. */
static void
test_templates_have_classes (void)
{
  guint seen = 0;
  for (guint i = 0; i < sources->len; i++) {
    const Source *source = sources->pdata[i];
    g_autofree char *stem = NULL, *twin = NULL;
    gboolean found = FALSE;
    if (!g_str_has_suffix (source->path, ".ui"))
      continue;
    seen++;
    stem = g_strndup (source->path, strlen (source->path) - 3);
    twin = g_strconcat ("src/", stem, ".c", NULL);
    for (guint j = 0; j < sources->len && !found; j++)
      found = g_strcmp0 (((const Source *)sources->pdata[j])->path, twin) == 0;
    if (!found)
      complain (source, 0, "no %s beside it", twin);
  }
  g_assert_cmpuint (seen, >, 0);
  expect_none ();
}

static void
test_top_level (void)
{
  static const char *const FIXED[] = { "src",         "include",   "ui",      "data", "tests",
                                       "meson.build", "README.md", "LICENSE", "run",  NULL };
  const char *top = g_getenv ("CHARTROOM_SOURCE");
  g_autoptr (GDir) dir = g_dir_open (top, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.' && !g_str_has_prefix (name, "build") && !g_strv_contains (FIXED, name))
      g_error ("%s at the top of the tree: only what the user fixed stands there", name);
  for (int i = 0; FIXED[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (top, FIXED[i], NULL);
    g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  }
}

/* The checks themselves can fail: each is shown a line that breaks its rule. */
static void
test_checks_can_fail (void)
{
  Source bad = { (char *)"src/render/bad.c", (char *)"", NULL };
  bad.lines = g_strsplit (
      "#include \"chartroom/store/store.h\"\n#include <sqlite3.h>\nint\nf (void)\n{\n{{{{{{}}}}}}\n}\n", "\n",
      -1);
  check_include (&bad, 0, "render");
  check_include (&bad, 1, "render");
  g_assert_cmpuint (findings, ==, 2);
  FunctionScan scan = { 0 };
  for (guint line = 0; bad.lines[line] != NULL; line++)
    scan_line (&bad, &scan, line);
  g_assert_cmpuint (findings, ==, 3);
  findings = 0;
  g_strfreev (bad.lines);
}

int
main (int argc, char **argv)
{
  const char *top = g_getenv ("CHARTROOM_SOURCE");
  int status;
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (top);
  sources = g_ptr_array_new_with_free_func (source_free);
  read_tree (top, "src");
  read_tree (top, "include");
  read_tree (top, "ui");
  read_tree (top, "tests");
  g_test_add_func ("/lint/checks-can-fail", test_checks_can_fail);
  g_test_add_func ("/lint/layers", test_layers);
  g_test_add_func ("/lint/file-sizes", test_file_sizes);
  g_test_add_func ("/lint/functions", test_functions);
  g_test_add_func ("/lint/colours", test_no_colours);
  g_test_add_func ("/lint/goto", test_no_goto);
  g_test_add_func ("/lint/singletons", test_no_singletons);
  g_test_add_func ("/lint/unfinished", test_no_unfinished_marks);
  g_test_add_func ("/lint/deprecated", test_no_deprecated_widgets);
  g_test_add_func ("/lint/newer-api", test_no_newer_api);
  g_test_add_func ("/lint/utils", test_no_utils);
  g_test_add_func ("/lint/templates", test_templates_have_classes);
  g_test_add_func ("/lint/top-level", test_top_level);
  status = g_test_run ();
  g_ptr_array_unref (sources);
  return status;
}
