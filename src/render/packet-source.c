#include "chartroom/render/packet-source.h"

struct _CrPacketSource {
  CrPacketContent content;
  const CrChartRecords *records;
  GPtrArray *active_allergies; /* borrowed CrAllergy */
  GArray *notes;               /* CrNoteWithAddenda */
  GPtrArray *addenda;          /* the GPtrArrays of addenda per note */
  GArray *documents;           /* CrPacketDocument */
  GArray *items, *hidden;
  GPtrArray *pages;   /* the GPtrArrays of pictures of documents */
  GPtrArray *reasons; /* why each hidden row is hidden */
};

static GPtrArray *
addenda_of (const CrChartRecords *records, CrId note)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < records->addenda->len; i++) {
    const CrAddendum *a = records->addenda->pdata[i];
    if (a->note_id == note && a->status == CR_NOTE_SIGNED)
      g_ptr_array_add (found, (gpointer)a);
  }
  return found;
}

/* Signed and imported notes; drafts and notes in error never leave the practice. */
static void
take_notes (CrPacketSource *self)
{
  for (guint i = 0; i < self->records->notes->len; i++) {
    const CrNote *note = self->records->notes->pdata[i];
    CrNoteWithAddenda with = { note, NULL };
    GPtrArray *addenda;
    if (note->status != CR_NOTE_SIGNED && note->status != CR_NOTE_IMPORTED)
      continue;
    addenda = addenda_of (self->records, note->id);
    g_ptr_array_add (self->addenda, addenda);
    with.addenda = addenda;
    g_array_append_val (self->notes, with);
  }
}

/* Packets that went out before are not packed again. */
static void
take_documents (CrPacketSource *self)
{
  for (guint i = 0; i < self->records->documents->len; i++) {
    CrPacketDocument document = { self->records->documents->pdata[i], NULL };
    if (g_strcmp0 (document.document->kind, "packet") != 0)
      g_array_append_val (self->documents, document);
  }
}

static void
take_allergies (CrPacketSource *self)
{
  for (guint i = 0; i < self->records->allergies->len; i++) {
    const CrAllergy *a = self->records->allergies->pdata[i];
    if (a->state == CR_ALLERGY_ACTIVE)
      g_ptr_array_add (self->active_allergies, (gpointer)a);
  }
}

static void
fill (CrPacketSource *self, const CrReferral *referral, const CrImprint *imprint)
{
  const CrChartRecords *records = self->records;
  CrPacketContent *content = &self->content;
  content->imprint = imprint;
  content->referral = referral;
  content->to = cr_chart_records_contact (records, referral->contact_id);
  content->from = cr_chart_records_person (records, referral->author_id);
  content->patient = records->patient;
  content->coverages = records->coverages;
  content->contact_points = records->contact_points;
  content->related = records->related_persons;
  content->problems = records->problems;
  content->medications = records->medications;
  content->allergies = self->active_allergies;
  content->vitals = records->vitals;
  content->results = records->results;
  content->immunizations = records->immunizations;
  content->procedures = records->procedures;
  content->family = records->family;
  content->social = records->social;
  content->documents = (const CrPacketDocument *)self->documents->data;
  content->n_documents = self->documents->len;
  content->notes = (const CrNoteWithAddenda *)self->notes->data;
  content->n_notes = self->notes->len;
  content->hidden = self->hidden;
  content->consent = cr_consent_to_release (records->consents, cr_imprint_today (imprint));
}

CrPacketSource *
cr_packet_source_new (const CrChartRecords *records, const CrReferral *referral, const CrImprint *imprint)
{
  CrPacketSource *self = g_new0 (CrPacketSource, 1);
  self->records = records;
  self->active_allergies = g_ptr_array_new ();
  self->notes = g_array_new (FALSE, FALSE, sizeof (CrNoteWithAddenda));
  self->addenda = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  self->documents = g_array_new (FALSE, FALSE, sizeof (CrPacketDocument));
  self->hidden = g_array_new (FALSE, FALSE, sizeof (CrId));
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  take_notes (self);
  take_documents (self);
  take_allergies (self);
  fill (self, referral, imprint);
  self->items = cr_packet_items (&self->content);
  self->content.items = self->items;
  return self;
}

void
cr_packet_source_free (CrPacketSource *self)
{
  g_ptr_array_unref (self->active_allergies);
  g_array_unref (self->notes);
  g_ptr_array_unref (self->addenda);
  g_array_unref (self->documents);
  g_array_unref (self->items);
  g_array_unref (self->hidden);
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->pages);
  g_free (self);
}

CrPacketContent *
cr_packet_source_content (CrPacketSource *self)
{
  return &self->content;
}

GArray *
cr_packet_source_items (CrPacketSource *self)
{
  return self->items;
}

static gboolean
is_included (const CrPacketSource *self, CrPacketPart part, CrId id)
{
  for (guint i = 0; i < self->items->len; i++) {
    const CrPacketItem *item = &g_array_index (self->items, CrPacketItem, i);
    if (item->part == part && item->id == id && item->include)
      return TRUE;
  }
  return FALSE;
}

static const GPtrArray *
pages_of (CrPacketSource *self, CrId id)
{
  for (guint i = 0; i < self->documents->len; i++) {
    const CrPacketDocument *document = &g_array_index (self->documents, CrPacketDocument, i);
    if (document->document->id == id)
      return document->pages;
  }
  return NULL;
}

void
cr_packet_source_set_pages (CrPacketSource *self, CrId id, const GPtrArray *pages)
{
  for (guint i = 0; i < self->documents->len; i++) {
    CrPacketDocument *document = &g_array_index (self->documents, CrPacketDocument, i);
    if (document->document->id != id)
      continue;
    g_ptr_array_add (self->pages, g_ptr_array_ref ((GPtrArray *)pages));
    document->pages = pages;
  }
}

GArray *
cr_packet_source_scans (CrPacketSource *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < self->documents->len; i++) {
    const CrPacketDocument *document = &g_array_index (self->documents, CrPacketDocument, i);
    const CrDocument *d = document->document;
    if (document->pages == NULL && d->name != NULL &&
        (is_included (self, CR_PACKET_DOCUMENTS, d->id) || is_included (self, CR_PACKET_SENSITIVE, d->id)))
      g_array_append_val (ids, d->id);
  }
  return ids;
}

gboolean
cr_packet_source_is_hidden (const CrPacketSource *self, CrId id)
{
  for (guint i = 0; i < self->hidden->len; i++)
    if (g_array_index (self->hidden, CrId, i) == id)
      return TRUE;
  return FALSE;
}

void
cr_packet_source_hide (CrPacketSource *self, CrId id, const char *reason)
{
  for (guint i = 0; i < self->hidden->len; i++)
    if (g_array_index (self->hidden, CrId, i) == id) {
      g_array_remove_index (self->hidden, i);
      g_ptr_array_remove_index (self->reasons, i);
    }
  if (reason != NULL) {
    g_array_append_val (self->hidden, id);
    g_ptr_array_add (self->reasons, g_strdup (reason));
  }
  self->content.withheld = FALSE;
  for (guint i = 0; i < self->reasons->len; i++)
    self->content.withheld |= g_str_equal (self->reasons->pdata[i], CR_PACKET_PATIENT_REQUEST);
}

void
cr_packet_source_take (CrPacketSource *self, CrPacketSource *old)
{
  for (guint i = 0; i < old->hidden->len; i++)
    cr_packet_source_hide (self, g_array_index (old->hidden, CrId, i), old->reasons->pdata[i]);
  for (guint i = 0; i < self->documents->len; i++) {
    CrPacketDocument *document = &g_array_index (self->documents, CrPacketDocument, i);
    const GPtrArray *pages = pages_of (old, document->document->id);
    if (pages != NULL)
      cr_packet_source_set_pages (self, document->document->id, pages);
  }
}

/* ---- what went in ---- */

static void
list_record (GString *json, const CrRecordClass *klass, gconstpointer record)
{
  const CrRecord *r = record;
  g_string_append_printf (
      json, "%s{\"kind\":\"%s\",\"id\":\"%" G_GINT64_FORMAT "\",\"version\":%" G_GINT64_FORMAT "}",
      json->len > 1 ? "," : "", klass->name, r->id, r->version);
}

static void
list_all (GString *json, const CrRecordClass *klass, const GPtrArray *records)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    list_record (json, klass, records->pdata[i]);
}

static void
list_results (const CrPacketSource *self, GString *json)
{
  for (guint i = 0; i < self->records->results->len; i++) {
    const CrObservation *o = self->records->results->pdata[i];
    if (is_included (self, CR_PACKET_RESULTS, CR_ID_NONE) && !cr_packet_source_is_hidden (self, o->id))
      list_record (json, &CR_OBSERVATION, o);
  }
}

static void
list_notes (const CrPacketSource *self, GString *json)
{
  for (guint i = 0; i < self->notes->len; i++) {
    const CrNoteWithAddenda *with = &g_array_index (self->notes, CrNoteWithAddenda, i);
    if (!is_included (self, CR_PACKET_NOTES, with->note->id))
      continue;
    list_record (json, &CR_NOTE, with->note);
    list_all (json, &CR_ADDENDUM, with->addenda);
  }
}

char *
cr_packet_source_contents_json (CrPacketSource *self)
{
  GString *json = g_string_new ("[");
  list_record (json, &CR_REFERRAL, self->content.referral);
  list_record (json, &CR_PATIENT, self->records->patient);
  list_all (json, &CR_PROBLEM, self->records->problems);
  list_all (json, &CR_MEDICATION, self->records->medications);
  list_all (json, &CR_ALLERGY, self->active_allergies);
  list_results (self, json);
  list_notes (self, json);
  for (guint i = 0; i < self->documents->len; i++) {
    const CrPacketDocument *document = &g_array_index (self->documents, CrPacketDocument, i);
    if (is_included (self, CR_PACKET_DOCUMENTS, document->document->id) ||
        is_included (self, CR_PACKET_SENSITIVE, document->document->id))
      list_record (json, &CR_DOCUMENT, document->document);
  }
  for (guint i = 0; i < self->hidden->len; i++)
    g_string_append_printf (json, ",{\"kind\":\"hidden\",\"id\":\"%" G_GINT64_FORMAT "\",\"reason\":\"%s\"}",
                            g_array_index (self->hidden, CrId, i), (char *)self->reasons->pdata[i]);
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}
