/* Documents: the sealed file first, then the row that names it. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define DOCUMENT_COLUMNS                                                                                     \
  "patient_id, encounter_id, kind, title, mime, name, text, bytes, dated, added_at, added_by, "              \
  "sensitive, source_id"

#define DOCUMENTS                                                                                            \
  CR_SELECT ("document", DOCUMENT_COLUMNS)                                                                   \
  CR_OF_PERSON " ORDER BY dated IS NULL, dated DESC, id DESC"

const CrTable CR_DOCUMENT_TABLE = {
  CR_TABLE (CR_DOCUMENT, "document", DOCUMENT_COLUMNS, CR_PARAMS_13),
  .word = N_ ("document"),
  .free = (GDestroyNotify)cr_document_free,
  .patient = G_STRUCT_OFFSET (CrDocument, patient_id),
  .by_source = CR_BY_SOURCE ("document"),
};

GPtrArray *
cr_documents (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_DOCUMENT_TABLE, DOCUMENTS, patient, error);
}

/* When the job fails the file stays behind unnamed; it holds nothing readable and is swept later. */
gboolean
cr_document_add (CrTx *tx, CrDocument *document, GBytes *content, GError **error)
{
  g_autofree char *name = NULL;
  const char *mime = document->mime != NULL ? document->mime : "application/octet-stream";
  if (!cr_vault_document_write (tx->store->vault, mime, content, &name, error))
    return FALSE;
  g_free (document->name);
  document->name = g_steal_pointer (&name);
  document->bytes = (gint64)g_bytes_get_size (content);
  if (document->added_at == CR_INSTANT_NONE)
    document->added_at = tx->now;
  if (document->added_by == CR_ID_NONE && tx->user != NULL)
    document->added_by = tx->user->person->id;
  return cr_tx_save (tx, &CR_DOCUMENT, document, error);
}

GBytes *
cr_document_content (CrTx *tx, const CrDocument *document, GError **error)
{
  if (document->name != NULL)
    return cr_vault_document_read (tx->store->vault, document->name, NULL, error);
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
               _ ("The document “%s” has no file; only its description and text are stored."),
               document->title == NULL ? "" : document->title);
  return NULL;
}

char *
cr_content_hash (GBytes *content)
{
  guint8 digest[32];
  gsize size = 0;
  const void *bytes = g_bytes_get_data (content, &size);
  cr_hash (bytes, size, digest);
  return cr_hash_hex (digest, sizeof digest);
}
