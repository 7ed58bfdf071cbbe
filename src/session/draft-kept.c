#include "draft-kept.h"
#include "session-private.h"
#include "chartroom/base/text.h"
#include <string.h>

#define PREFERENCE "kept-forms"
#define LINE " line " /* between a patient's id and the line's number */

/* Unreadable text: nothing is kept. */
static GKeyFile *
read_text (const char *text)
{
  GKeyFile *kept = g_key_file_new ();
  if (!cr_str_empty (text))
    g_key_file_load_from_data (kept, text, (gsize)-1, G_KEY_FILE_NONE, NULL);
  return kept;
}

/* New; NULL: nothing is kept. */
static char *
write_text (GKeyFile *kept)
{
  g_auto (GStrv) groups = g_key_file_get_groups (kept, NULL);
  return groups[0] != NULL ? g_key_file_to_data (kept, NULL, NULL) : NULL;
}

static void
put_group (GKeyFile *to, GKeyFile *from, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (from, group, NULL, NULL);
  g_key_file_remove_group (to, group, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    g_autofree char *value = g_key_file_get_value (from, group, keys[i], NULL);
    g_key_file_set_value (to, group, keys[i], value);
  }
}

static gboolean
same_group (GKeyFile *a, GKeyFile *b, const char *group)
{
  g_autoptr (GKeyFile) first = g_key_file_new (), second = g_key_file_new ();
  put_group (first, a, group);
  put_group (second, b, group);
  g_autofree char *one = write_text (first), *other = write_text (second);
  return g_strcmp0 (one, other) == 0;
}

static void
put_changed (GKeyFile *stored, GKeyFile *before, GKeyFile *after, char **groups)
{
  for (guint i = 0; groups[i] != NULL; i++)
    if (!same_group (before, after, groups[i]))
      put_group (stored, after, groups[i]);
}

/* The forms that were typed in here; those of another window stay as it stored them. */
static char *
merge_forms (const char *stored, const char *before, const char *after)
{
  g_autoptr (GKeyFile) all = read_text (stored), old = read_text (before), own = read_text (after);
  g_auto (GStrv) gone = g_key_file_get_groups (old, NULL), there = g_key_file_get_groups (own, NULL);
  put_changed (all, old, own, gone);
  put_changed (all, old, own, there);
  return write_text (all);
}

GKeyFile *
cr_draft_kept_load (CrSession *session)
{
  return read_text (cr_session_get_preference (session, PREFERENCE));
}

void
cr_draft_kept_store (CrSession *session, GKeyFile *kept)
{
  g_autofree char *text = write_text (kept);
  cr_session_merge_preference (session, PREFERENCE, text, merge_forms);
}

char *
cr_draft_kept_form (CrId patient)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, patient);
}

char *
cr_draft_kept_line (CrId patient, guint nth)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT LINE "%u", patient, nth);
}

GPtrArray *
cr_draft_kept_lines (GKeyFile *kept, CrId patient)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0;; i++) {
    g_autofree char *group = cr_draft_kept_line (patient, i);
    if (!g_key_file_has_group (kept, group))
      return lines;
    g_ptr_array_add (lines, g_steal_pointer (&group));
  }
}

gboolean
cr_draft_kept_is_line (const char *group)
{
  return strstr (group, LINE) != NULL;
}

void
cr_draft_kept_drop_lines (GKeyFile *kept, CrId patient)
{
  g_autoptr (GPtrArray) lines = cr_draft_kept_lines (kept, patient);
  for (guint i = 0; i < lines->len; i++)
    g_key_file_remove_group (kept, lines->pdata[i], NULL);
}
