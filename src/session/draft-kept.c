#include "draft-kept.h"
#include "chartroom/base/text.h"
#include <string.h>

#define PREFERENCE "kept-forms"
#define LINE " line " /* between a patient's id and the line's number */

GKeyFile *
cr_draft_kept_load (CrSession *session)
{
  const char *text = cr_session_get_preference (session, PREFERENCE);
  GKeyFile *kept = g_key_file_new ();
  if (!cr_str_empty (text))
    g_key_file_load_from_data (kept, text, (gsize)-1, G_KEY_FILE_NONE,
                               NULL); /* unreadable: nothing is kept */
  return kept;
}

void
cr_draft_kept_store (CrSession *session, GKeyFile *kept)
{
  g_auto (GStrv) groups = g_key_file_get_groups (kept, NULL);
  g_autofree char *text = groups[0] != NULL ? g_key_file_to_data (kept, NULL, NULL) : NULL;
  cr_session_set_preference (session, PREFERENCE, text);
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
