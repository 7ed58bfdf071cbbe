#include "src/ui/schedule/register-kept.h"
#include "chartroom/base/text.h"

#define KEPT_KEY "register-draft" /* preference */
#define KEPT_GROUP "patient"      /* the lines: "0-1" for the second one of the first kind */

static void
collect (GKeyFile *file, const char *group, gpointer fields)
{
  guint n = 0;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (fields), &n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = NULL;
    if ((specs[i]->flags & G_PARAM_WRITABLE) == 0)
      continue;
    g_object_get (fields, specs[i]->name, &text, NULL);
    if (!cr_str_empty (text))
      g_key_file_set_string (file, group, specs[i]->name, text);
  }
}

static gboolean
put_back (GKeyFile *file, const char *group, gpointer fields)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    g_autofree char *text = g_key_file_get_string (file, group, names[i], NULL);
    if (g_object_class_find_property (G_OBJECT_GET_CLASS (fields), names[i]) != NULL)
      g_object_set (fields, names[i], text, NULL);
  }
  return names != NULL;
}

static void
collect_lines (GKeyFile *file, CrPatientDraft *draft, CrLineKind kind)
{
  GListModel *lines = cr_patient_draft_get_lines (draft, kind);
  guint n = 0; /* an empty line leaves no gap, at which putting back would end */
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++) {
    g_autoptr (CrPatientLine) line = g_list_model_get_item (lines, i);
    g_autofree char *group = g_strdup_printf ("%d-%u", (int)kind, n);
    collect (file, group, line);
    n += g_key_file_has_group (file, group) ? 1 : 0;
  }
}

/* The first page may have made some of them already. */
static void
put_back_lines (GKeyFile *file, CrPatientDraft *draft, CrLineKind kind)
{
  GListModel *lines = cr_patient_draft_get_lines (draft, kind);
  for (guint i = 0;; i++) {
    g_autofree char *group = g_strdup_printf ("%d-%u", (int)kind, i);
    if (!g_key_file_has_group (file, group))
      return;
    g_autoptr (CrPatientLine) line = g_list_model_get_item (lines, i);
    put_back (file, group, line != NULL ? line : cr_patient_draft_add_line (draft, kind));
  }
}

void
cr_register_kept_save (CrSession *session, CrPatientDraft *draft)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *typed = NULL;
  collect (file, KEPT_GROUP, draft);
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    collect_lines (file, draft, kind);
  typed = g_key_file_to_data (file, NULL, NULL);
  cr_session_set_preference (session, KEPT_KEY, typed);
}

gboolean
cr_register_kept_restore (CrSession *session, CrPatientDraft *draft)
{
  const char *kept = cr_session_get_preference (session, KEPT_KEY);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  if (cr_str_empty (kept) || !g_key_file_load_from_data (file, kept, (gsize)-1, G_KEY_FILE_NONE, NULL))
    return FALSE;
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    put_back_lines (file, draft, kind);
  return put_back (file, KEPT_GROUP, draft);
}

void
cr_register_kept_forget (CrSession *session)
{
  if (cr_session_get_preference (session, KEPT_KEY) != NULL)
    cr_session_set_preference (session, KEPT_KEY, NULL);
}
