/* Documents and reports: DiagnosticReport, DocumentReference, Composition. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/text.h"
#include "chartroom/domain/referral.h"
#include "fhir-values.h"
#include "plain-text.h"

/* Base64 of an attachment; NULL with a finding when it is none. */
static GBytes *
decode (const FhirAt *attachment)
{
  const char *data = fhir_text (attachment, "data");
  if (data == NULL)
    return NULL;
  gsize length;
  if (data[strspn (data, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \r\n\t")] !=
      '\0') {
    fhir_find (attachment, "data", -1, _ ("The attachment is not written in Base64."));
    return NULL;
  }
  guchar *bytes = g_base64_decode (data, &length);
  return g_bytes_new_take (bytes, length);
}

static gboolean
is_kept_as_it_is (const char *mime)
{
  static const char *const kinds[] = { "application/pdf", "image/png", "image/jpeg", "image/tiff", NULL };
  return g_strv_contains (kinds, mime);
}

static gboolean
is_html (const char *mime)
{
  static const char *const kinds[] = { "text/html", "application/xhtml+xml", NULL };
  return g_strv_contains (kinds, mime);
}

/* "text/plain" of "text/plain; charset=utf-8". */
static char *
bare_mime (const char *type)
{
  char *mime = g_ascii_strdown (type != NULL ? type : "text/plain", -1);
  mime[strcspn (mime, "; ")] = '\0';
  return mime;
}

static CrFhirItem *
add_document (const FhirAt *at, const char *suffix, const char *subject, const char *title, CrDate dated)
{
  CrFhirItem *item = fhir_add (at, &CR_DOCUMENT, suffix);
  CrDocument *document = item->record;
  fhir_belongs (at, item, subject);
  document->kind = g_strdup ("report");
  document->title = g_strdup (title != NULL ? title : _ ("Document"));
  document->dated = dated;
  return item;
}

static void
set_text (CrFhirItem *item, const char *text)
{
  CrDocument *document = item->record;
  document->mime = g_strdup ("text/plain");
  document->text = g_strdup (text);
  document->bytes = (gint64)strlen (text);
}

/* Ends every line with a line feed; a form feed ends one too.  Changes the text in place. */
static void
unify_lines (char *text)
{
  char *to = text;
  for (const char *from = text; *from != '\0'; from++)
    if (*from == '\f' || (*from == '\r' && from[1] != '\n'))
      *to++ = '\n';
    else if (*from != '\r')
      *to++ = *from;
  *to = '\0';
}

static gboolean
set_text_content (const FhirAt *attachment, CrFhirItem *item, GBytes *content, gboolean html)
{
  gsize length;
  const char *data = g_bytes_get_data (content, &length);
  g_autofree char *text = length > 0 ? g_strndup (data, length) : g_strdup ("");
  g_autofree char *plain = NULL;
  if (strlen (text) == length && g_utf8_validate_len (text, length, NULL))
    plain = html ? plain_text_from_html (text) : g_steal_pointer (&text);
  if (plain != NULL)
    unify_lines (plain);
  if (plain == NULL || !cr_text_is_clean (plain)) {
    fhir_find (attachment, "data", -1, _ ("The attachment is not plain text in UTF-8."));
    return FALSE;
  }
  set_text (item, plain);
  return TRUE;
}

/* One attachment becomes one document; FALSE when there is nothing in it to keep, with a note why. */
static gboolean
fill_from_attachment (const FhirAt *attachment, CrFhirItem *item)
{
  g_autoptr (GBytes) content = decode (attachment);
  if (content == NULL || g_bytes_get_size (content) == 0) {
    fhir_note (attachment, NULL, -1,
               fhir_has (attachment, "url")
                   ? _ ("The content of this attachment is outside the file, and nothing is fetched.")
                   : _ ("This attachment is empty."));
    return FALSE;
  }
  CrDocument *document = item->record;
  g_autofree char *mime = bare_mime (fhir_text (attachment, "contentType"));
  const char *title = fhir_text (attachment, "title");
  FhirWhen created = fhir_when (attachment, "creation");
  if (title != NULL) {
    g_free (document->title);
    document->title = g_strdup (title);
  }
  if (!cr_date_is_set (document->dated))
    document->dated = created.date;
  if (is_html (mime) || strcmp (mime, "text/plain") == 0)
    return set_text_content (attachment, item, content, is_html (mime));
  if (!is_kept_as_it_is (mime)) {
    g_autofree char *reason = g_strdup_printf (_ ("Attachments of type “%s” are not kept."), mime);
    fhir_note (attachment, "contentType", -1, reason);
    return FALSE;
  }
  document->mime = g_steal_pointer (&mime);
  document->bytes = (gint64)g_bytes_get_size (content);
  item->content = g_steal_pointer (&content);
  return TRUE;
}

static void
drop_last_item (FhirReader *reader)
{
  g_ptr_array_set_size (reader->bundle->items, (int)reader->bundle->items->len - 1);
}

/* The narrative's words; NULL when there are none. */
static char *
narrative (const FhirAt *at)
{
  FhirAt text;
  const char *div = fhir_object (at, "text", &text) ? fhir_text (&text, "div") : NULL;
  g_autofree char *words = div != NULL ? plain_text_from_html (div) : NULL;
  return cr_str_empty (words) ? NULL : g_steal_pointer (&words);
}

static gboolean
is_withdrawn (const FhirAt *at)
{
  const char *status = fhir_text (at, "status");
  return g_strcmp0 (status, "entered-in-error") == 0 || g_strcmp0 (status, "cancelled") == 0;
}

static void
skip_empty (const FhirAt *at)
{
  if (!at->reader->broken && at->reader->skip == NULL)
    fhir_skip (at, _ ("has neither results nor text that is kept"));
}

/* --- DiagnosticReport ------------------------------------------------------------------------- */

/* Results belong to the report's panel, unless the report itself cannot be read. */
static void
name_results (const FhirAt *at, const char *name, guint n)
{
  for (guint i = 0; i < n && !at->reader->broken && at->reader->skip == NULL; i++) {
    g_autofree char *result = fhir_reference_element (at, "result", i);
    if (result != NULL)
      fhir_set_panel (at->reader, result, at->entry->source, name);
  }
}

static guint
add_forms (const FhirAt *at, const char *title, CrDate dated)
{
  guint added = 0, n = fhir_count (at, "presentedForm");
  for (guint i = 0; i < n; i++) {
    FhirAt form;
    g_autofree char *suffix = g_strdup_printf ("#presentedForm[%u]", i);
    if (!fhir_element (at, "presentedForm", i, &form))
      continue;
    if (fill_from_attachment (&form, add_document (at, suffix, "subject", title, dated)))
      added++;
    else
      drop_last_item (at->reader);
  }
  return added;
}

void
fhir_read_diagnostic_report (const FhirAt *at)
{
  FhirAt concept;
  const char *name;
  if (!fhir_need_concept (at, "code", &concept, &name))
    return;
  if (is_withdrawn (at))
    fhir_skip (at, _ ("cancelled or entered in error"));
  CrDate dated = fhir_when_choice (at, "effective").date;
  guint forms = add_forms (at, name, dated), results = fhir_count (at, "result");
  const char *conclusion = fhir_text (at, "conclusion");
  g_autofree char *text = conclusion != NULL ? g_strdup (conclusion) : NULL;
  if (text == NULL && forms == 0 && results == 0)
    text = narrative (at);
  if (text != NULL)
    set_text (add_document (at, NULL, "subject", name, dated), text);
  if (forms + results == 0 && text == NULL)
    skip_empty (at);
  name_results (at, name, results);
}

/* --- DocumentReference ------------------------------------------------------------------------ */

void
fhir_read_document_reference (const FhirAt *at)
{
  FhirAt context;
  const char *type = fhir_words (at, "type"), *description = fhir_text (at, "description");
  CrDate dated = fhir_when (at, "date").date;
  guint added = 0, n = fhir_count (at, "content");
  for (guint i = 0; i < n; i++) {
    FhirAt content, attachment;
    g_autofree char *suffix = i > 0 ? g_strdup_printf ("#content[%u]", i) : NULL;
    if (!fhir_element (at, "content", i, &content) || !fhir_object (&content, "attachment", &attachment))
      continue;
    CrFhirItem *item = add_document (at, suffix, "subject", type != NULL ? type : description, dated);
    if (item->encounter == NULL && fhir_object (at, "context", &context))
      item->encounter = fhir_reference_element (&context, "encounter", 0);
    if (fill_from_attachment (&attachment, item))
      added++;
    else
      drop_last_item (at->reader);
  }
  if (is_withdrawn (at))
    fhir_skip (at, _ ("cancelled or entered in error"));
  else if (added == 0)
    skip_empty (at);
}

/* --- Composition ------------------------------------------------------------------------------ */

static void
append_sections (const FhirAt *at, GString *text)
{
  guint n = fhir_count (at, "section");
  for (guint i = 0; i < n; i++) {
    FhirAt section;
    if (!fhir_element (at, "section", i, &section))
      continue;
    const char *title = fhir_text (&section, "title");
    g_autofree char *words = narrative (&section);
    if (words != NULL)
      g_string_append_printf (text, "%s%s\n%s\n", text->len > 0 ? "\n" : "", title != NULL ? title : "",
                              words);
    append_sections (&section, text);
  }
}

void
fhir_read_composition (const FhirAt *at)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *title = fhir_text (at, "title");
  append_sections (at, text);
  set_text (add_document (at, NULL, "subject", title != NULL ? title : fhir_words (at, "type"),
                          fhir_when (at, "date").date),
            text->str);
  if (is_withdrawn (at))
    fhir_skip (at, _ ("cancelled or entered in error"));
  else if (text->len == 0)
    skip_empty (at);
}
