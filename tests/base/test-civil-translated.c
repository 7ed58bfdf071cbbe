/* Month and weekday names in the language of the screen: shown in it, read in it and in English. */
#include "chartroom/base/civil.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

static const struct {
  const char *id, *text; /* sorted by id, as a catalogue must be */
} MESSAGES[] = {
  { "", "Content-Type: text/plain; charset=UTF-8\n" },
  { "month\004March", "März" },
  { "short month\004Mar", "Mrz" },
  { "short weekday\004Tue", "Di" },
  { "weekday\004Tuesday", "Dienstag" },
};

static void
append_number (GByteArray *file, guint32 n)
{
  n = GUINT32_TO_LE (n);
  g_byte_array_append (file, (const guint8 *)&n, sizeof n);
}

/* A table of lengths and offsets into `texts`, which is to start at `start`. */
static void
append_table (GByteArray *file, GString *texts, guint32 start, gboolean translations)
{
  for (guint i = 0; i < G_N_ELEMENTS (MESSAGES); i++) {
    const char *text = translations ? MESSAGES[i].text : MESSAGES[i].id;
    append_number (file, (guint32)strlen (text));
    append_number (file, start + (guint32)texts->len);
    g_string_append_len (texts, text, (gssize)strlen (text) + 1);
  }
}

/* The .mo format of the gettext manual: header, two tables, texts; no hash table. */
static void
write_catalogue (const char *path)
{
  const guint32 n = G_N_ELEMENTS (MESSAGES), header = 7 * 4, table = n * 8;
  const guint32 start[] = { 0x950412de, 0, n, header, header + table, 0, header + 2 * table };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GString) texts = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (start); i++)
    append_number (file, start[i]);
  append_table (file, texts, header + 2 * table, FALSE);
  append_table (file, texts, header + 2 * table, TRUE);
  g_byte_array_append (file, (const guint8 *)texts->str, (guint)texts->len);
  g_assert_true (g_file_set_contents (path, (const char *)file->data, (gssize)file->len, NULL));
}

static void
test_shown (void)
{
  const CrDate date = CR_DATE (2026, 3, 17);
  g_autofree char *brief = cr_date_format_weekday (date);
  g_autofree char *full = cr_date_format_long (date);
  g_assert_cmpstr (brief, ==, "Di Mrz 17, 2026");
  g_assert_cmpstr (full, ==, "März 17, 2026");
}

static void
test_read (void)
{
  static const char *const rows[] = { "17 märz 2026",    "17 MÄR 2026",           "mrz 17 2026",
                                      "mar 17 2026",     "march 17 2026",         "Di Mrz 17, 2026",
                                      "tue mar 17 2026", "dienstag 17 märz 2026", "next di",
                                      "dienst" };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    CrDateReading reading;
    g_autoptr (GError) error = NULL;
    cr_date_parse (rows[i], CR_DATE (2026, 3, 16), CR_DATE_FUTURE, CR_DATE_NONE, &reading, &error);
    g_assert_no_error (error);
    g_autofree char *date = cr_date_to_iso (reading.date);
    g_assert_cmpstr (date, ==, "2026-03-17");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LANGUAGE", "de", TRUE);
  setlocale (LC_ALL, "");

  g_autofree char *root = g_dir_make_tmp ("chartroom-names-XXXXXX", NULL);
  g_autofree char *language = g_build_filename (root, "de", NULL);
  g_autofree char *folder = g_build_filename (language, "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (folder, GETTEXT_PACKAGE ".mo", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  write_catalogue (path);
  bindtextdomain (GETTEXT_PACKAGE, root);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_test_add_func ("/civil-translated/shown", test_shown);
  g_test_add_func ("/civil-translated/read", test_read);
  int result = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);
  g_rmdir (language);
  g_rmdir (root);
  return result;
}
