#include "chartroom/render/packet-source.h"

struct _CrPacketSource {
  CrPacketContent content;
  const CrChartRecords *records;
  GPtrArray *active_allergies; /* borrowed CrAllergy */
  GArray *notes;               /* CrNoteWithAddenda */
  GPtrArray *addenda;          /* the GPtrArrays of addenda per note */
  GArray *documents;           /* CrPacketDocument */
  GArray *items, *hidden;
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
    if (g_strcmp0 (document.document->kind, "packet") != 0 && document.document->text != NULL)
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

/* ---- what went in ---- */

static gboolean
is_included (const CrPacketSource *self, CrPacketPart part, CrId id)
{
  for (guint i = 0; i < self->items->len; i++) {
    const CrPacketItem *item = &g_array_index (self->items, CrPacketItem, i);
    if (item->part == part && (item->id == id || item->id == CR_ID_NONE) && item->include)
      return TRUE;
  }
  return FALSE;
}

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
    if (is_included (self, CR_PACKET_RESULTS, o->id) || is_included (self, CR_PACKET_RESULTS, o->panel_id))
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
    if (is_included (self, CR_PACKET_DOCUMENTS, document->document->id))
      list_record (json, &CR_DOCUMENT, document->document);
  }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}
