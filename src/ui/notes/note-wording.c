#include "src/ui/notes/note-wording.h"

#define TAG "wording"

static char *
text_of (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
place (GtkTextBuffer *buffer, const char *text, const CrAbbreviation *found, GtkTextIter *start,
       GtkTextIter *end)
{
  int from = (int)g_utf8_pointer_to_offset (text, text + found->start);
  int length = (int)g_utf8_pointer_to_offset (text + found->start, text + found->start + found->length);
  gtk_text_buffer_get_iter_at_offset (buffer, start, from);
  gtk_text_buffer_get_iter_at_offset (buffer, end, from + length);
}

static void
ensure_tag (GtkTextBuffer *buffer)
{
  if (gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), TAG) == NULL)
    gtk_text_buffer_create_tag (buffer, TAG, "underline", PANGO_UNDERLINE_ERROR, NULL);
}

GPtrArray *
cr_note_wording_mark (GtkTextBuffer *buffer, const CrKnowledge *knowledge)
{
  g_autofree char *text = text_of (buffer);
  GPtrArray *found = cr_abbreviations_find (knowledge, text, CR_TEXT_NOTE);
  GtkTextIter start, end;
  ensure_tag (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, TAG, &start, &end);
  for (guint i = 0; i < found->len; i++) {
    place (buffer, text, found->pdata[i], &start, &end);
    gtk_text_buffer_apply_tag_by_name (buffer, TAG, &start, &end);
  }
  return found;
}

gboolean
cr_note_wording_replace (GtkTextBuffer *buffer, const CrAbbreviation *found, const char *words)
{
  g_autofree char *text = text_of (buffer);
  GtkTextIter start, end;
  if (found->start + found->length > strlen (text) ||
      strncmp (text + found->start, found->found, found->length) != 0)
    return FALSE;
  place (buffer, text, found, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, words, -1);
  gtk_text_buffer_end_user_action (buffer);
  return TRUE;
}
