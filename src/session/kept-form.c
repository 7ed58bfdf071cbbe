#include "chartroom/session/kept-form.h"
#include "draft-kept.h"
#include <string.h>

#define TEXT "text-" /* before a field's name, in the file */
#define NUMBER "number-"

struct _CrKeptForm {
  GHashTable *texts, *numbers; /* name → text; the numbers written out */
};

CrKeptForm *
cr_kept_form_new (void)
{
  CrKeptForm *self = g_new0 (CrKeptForm, 1);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
cr_kept_form_free (CrKeptForm *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

void
cr_kept_form_set_text (CrKeptForm *self, const char *field, const char *text)
{
  g_hash_table_replace (self->texts, g_strdup (field), g_strdup (text != NULL ? text : ""));
}

void
cr_kept_form_set_number (CrKeptForm *self, const char *field, gint64 number)
{
  g_hash_table_replace (self->numbers, g_strdup (field), g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

const char *
cr_kept_form_get_text (const CrKeptForm *self, const char *field)
{
  return g_hash_table_lookup (self->texts, field);
}

gint64
cr_kept_form_get_number (const CrKeptForm *self, const char *field, gint64 absent)
{
  const char *text = g_hash_table_lookup (self->numbers, field);
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : absent;
}

static gboolean
same_fields (GHashTable *some, GHashTable *others)
{
  GHashTableIter iter;
  gpointer field, text;
  if (g_hash_table_size (some) != g_hash_table_size (others))
    return FALSE;
  g_hash_table_iter_init (&iter, some);
  while (g_hash_table_iter_next (&iter, &field, &text))
    if (g_strcmp0 (text, g_hash_table_lookup (others, field)) != 0)
      return FALSE;
  return TRUE;
}

gboolean
cr_kept_form_same_texts (const CrKeptForm *self, const CrKeptForm *other)
{
  return same_fields (self->texts, other->texts);
}

gboolean
cr_kept_form_equal (const CrKeptForm *self, const CrKeptForm *other)
{
  return same_fields (self->texts, other->texts) && same_fields (self->numbers, other->numbers);
}

/* ---- in the person's preference ---- */

static void
write_fields (GKeyFile *kept, const char *name, const char *prefix, GHashTable *fields, GHashTable *but)
{
  GHashTableIter iter;
  gpointer field, text;
  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &field, &text)) {
    g_autofree char *key = g_strconcat (prefix, field, NULL);
    if (but == NULL || g_strcmp0 (text, g_hash_table_lookup (but, field)) != 0)
      g_key_file_set_string (kept, name, key, text);
  }
}

void
cr_session_keep_form (CrSession *self, const char *name, const CrKeptForm *form, const CrKeptForm *untouched)
{
  g_return_if_fail (CR_IS_SESSION (self));
  g_autoptr (GKeyFile) kept = cr_draft_kept_load (self);
  g_key_file_remove_group (kept, name, NULL);
  write_fields (kept, name, TEXT, form->texts, untouched->texts);
  write_fields (kept, name, NUMBER, form->numbers, NULL);
  cr_draft_kept_store (self, kept);
}

CrKeptForm *
cr_session_get_kept_form (CrSession *self, const char *name)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  g_autoptr (GKeyFile) kept = cr_draft_kept_load (self);
  g_auto (GStrv) keys = g_key_file_get_keys (kept, name, NULL, NULL);
  CrKeptForm *form = keys != NULL ? cr_kept_form_new () : NULL;
  for (guint i = 0; form != NULL && keys[i] != NULL; i++) {
    g_autofree char *text = g_key_file_get_string (kept, name, keys[i], NULL);
    if (g_str_has_prefix (keys[i], TEXT))
      cr_kept_form_set_text (form, keys[i] + strlen (TEXT), text);
    else if (g_str_has_prefix (keys[i], NUMBER) && text != NULL)
      cr_kept_form_set_number (form, keys[i] + strlen (NUMBER), g_ascii_strtoll (text, NULL, 10));
  }
  return form;
}

void
cr_session_forget_form (CrSession *self, const char *name)
{
  g_return_if_fail (CR_IS_SESSION (self));
  g_autoptr (GKeyFile) kept = cr_draft_kept_load (self);
  if (g_key_file_remove_group (kept, name, NULL))
    cr_draft_kept_store (self, kept);
}

static void
move_group (GKeyFile *kept, const char *from, const char *to)
{
  g_auto (GStrv) keys = g_key_file_get_keys (kept, from, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    g_autofree char *value = g_key_file_get_value (kept, from, keys[i], NULL);
    if (!g_key_file_has_key (kept, to, keys[i], NULL))
      g_key_file_set_value (kept, to, keys[i], value);
  }
  g_key_file_remove_group (kept, from, NULL);
}

void
cr_session_move_kept_patient (CrSession *self, CrId from, CrId to)
{
  g_return_if_fail (CR_IS_SESSION (self));
  g_autoptr (GKeyFile) kept = cr_draft_kept_load (self);
  g_autofree char *old = cr_draft_kept_form (from), *new = cr_draft_kept_form (to);
  g_autoptr (GPtrArray) lines = cr_draft_kept_lines (kept, from), there = cr_draft_kept_lines (kept, to);
  if (from == to || !g_key_file_has_group (kept, old))
    return;
  move_group (kept, old, new);
  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *line = cr_draft_kept_line (to, there->len + i);
    move_group (kept, lines->pdata[i], line);
  }
  g_key_file_set_boolean (kept, new, CR_KEPT_MERGED, TRUE);
  cr_draft_kept_store (self, kept);
}

char **
cr_session_list_kept_forms (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  g_autoptr (GKeyFile) kept = cr_draft_kept_load (self);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) groups = g_key_file_get_groups (kept, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!cr_draft_kept_is_line (groups[i]))
      g_strv_builder_add (names, groups[i]);
  return g_strv_builder_end (names);
}
