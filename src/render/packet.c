/* Putting a packet together: which parts, in which order, on which pages. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/text.h"
#include "packet-private.h"
#include "words.h"

#define INDEX_ABOVE 6 /* pages: longer packets get a list of contents */

typedef struct {
  const char *code; /* in keys */
  const char *title;
  void (*add) (Packet *packet);
  gboolean always; /* offered even when there is nothing to print: that there is nothing matters */
  gboolean chosen; /* included unless the composer says otherwise */
} Part;

static const Part PARTS[CR_PACKET_N_PARTS] = {
  [CR_PACKET_LETTER] = { "letter", N_ ("Letter"), packet_add_letter, TRUE, TRUE },
  [CR_PACKET_DEMOGRAPHICS] = { "demographics", N_ ("Demographics and coverage"), packet_add_demographics,
                               TRUE, TRUE },
  [CR_PACKET_PROBLEMS] = { "problems", N_ ("Problem list"), packet_add_problems, TRUE, TRUE },
  [CR_PACKET_MEDICATIONS] = { "medications", N_ ("Medications"), packet_add_medications, TRUE, TRUE },
  [CR_PACKET_ALLERGIES] = { "allergies", N_ ("Allergies and reactions"), packet_add_allergies, TRUE, TRUE },
  [CR_PACKET_VITALS] = { "vitals", N_ ("Vitals trend"), packet_add_vitals, TRUE, TRUE },
  [CR_PACKET_RESULTS] = { "results", N_ ("Results"), packet_add_results, TRUE, TRUE },
  [CR_PACKET_IMMUNIZATIONS] = { "immunizations", N_ ("Immunizations"), packet_add_immunizations, FALSE,
                                FALSE },
  [CR_PACKET_PROCEDURES] = { "procedures", N_ ("Procedures"), packet_add_procedures, FALSE, FALSE },
  [CR_PACKET_HISTORY] = { "history", N_ ("Family and social history"), packet_add_history, FALSE, FALSE },
  [CR_PACKET_DOCUMENTS] = { "documents", N_ ("Documents"), packet_add_documents, FALSE, TRUE },
  [CR_PACKET_NOTES] = { "notes", N_ ("Notes"), packet_add_notes, FALSE, TRUE },
  [CR_PACKET_SENSITIVE] = { "sensitive", N_ ("Sensitive records"), packet_add_sensitive, FALSE, TRUE },
};

static guint
count_documents (const CrPacketContent *content, gboolean sensitive)
{
  guint n = 0;

  for (guint i = 0; i < content->n_documents; i++)
    n += content->documents[i].document->sensitive == sensitive;
  return n;
}

static gboolean
has_rows (const CrPacketContent *content, CrPacketPart part)
{
#define FILLED(array) ((array) != NULL && (array)->len > 0)
  switch (part) {
  case CR_PACKET_IMMUNIZATIONS:
    return FILLED (content->immunizations);
  case CR_PACKET_PROCEDURES:
    return FILLED (content->procedures);
  case CR_PACKET_HISTORY:
    return FILLED (content->family) || FILLED (content->social);
  case CR_PACKET_DOCUMENTS:
    return count_documents (content, FALSE) > 0;
  case CR_PACKET_SENSITIVE:
    return count_documents (content, TRUE) > 0;
  case CR_PACKET_NOTES:
    return content->n_notes > 0;
  default:
    return TRUE;
  }
#undef FILLED
}

static void
append_item (GArray *items, CrPacketPart part, CrId id, gboolean include)
{
  CrPacketItem item = { part, id, include };

  g_array_append_val (items, item);
}

static void
append_panels (GArray *items, const CrPacketContent *content)
{
  g_autoptr (GPtrArray) panels = packet_panels (content);
  CrDate since = cr_date_add_months (cr_imprint_today (content->imprint), -PACKET_RECENT_MONTHS);

  for (guint i = 0; i < panels->len; i++) {
    const PacketPanel *panel = panels->pdata[i];
    CrDate newest = cr_clock_date_of (content->imprint->clock, panel->newest);

    append_item (items, CR_PACKET_RESULTS, panel->id, cr_date_compare (newest, since) >= 0);
  }
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const CrNote *left = (*(const CrNoteWithAddenda *const *)a)->note;
  const CrNote *right = (*(const CrNoteWithAddenda *const *)b)->note;

  return cr_date_compare (right->date, left->date);
}

/* Finished notes, newest first; a draft is nobody's word yet and is not offered. */
static void
append_notes (GArray *items, const CrPacketContent *content)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  CrId encounter = content->referral->encounter_id;

  for (guint i = 0; i < content->n_notes; i++) {
    int status = content->notes[i].note->status;

    if (status == CR_NOTE_SIGNED || status == CR_NOTE_IMPORTED)
      g_ptr_array_add (notes, (gpointer)&content->notes[i]);
  }
  g_ptr_array_sort (notes, compare_notes);
  for (guint i = 0; i < notes->len; i++) {
    const CrNote *note = ((const CrNoteWithAddenda *)notes->pdata[i])->note;

    append_item (items, CR_PACKET_NOTES, note->id,
                 encounter != CR_ID_NONE && note->encounter_id == encounter);
  }
}

/* Sensitive ones are never chosen beforehand. */
static void
append_documents (GArray *items, const CrPacketContent *content, CrPacketPart part)
{
  gboolean sensitive = part == CR_PACKET_SENSITIVE;

  for (guint i = 0; i < content->n_documents; i++) {
    const CrDocument *document = content->documents[i].document;

    if (document->sensitive == sensitive)
      append_item (items, part, document->id, !sensitive);
  }
}

static void
append_children (GArray *items, const CrPacketContent *content, CrPacketPart part)
{
  if (part == CR_PACKET_RESULTS)
    append_panels (items, content);
  else if (part == CR_PACKET_NOTES)
    append_notes (items, content);
  else if (part == CR_PACKET_DOCUMENTS || part == CR_PACKET_SENSITIVE)
    append_documents (items, content, part);
}

static char *
panel_title (const CrPacketContent *content, CrId id)
{
  g_autoptr (GPtrArray) panels = packet_panels (content);

  for (guint i = 0; i < panels->len; i++) {
    const PacketPanel *panel = panels->pdata[i];
    g_autofree char *newest = cr_imprint_day (content->imprint, panel->newest);

    if (panel->id == id)
      return g_strdup_printf (_ ("%s, %s"), panel->name, newest);
  }
  return NULL;
}

static char *
child_title (const CrPacketContent *content, const CrPacketItem *item)
{
  if (item->part == CR_PACKET_RESULTS)
    return panel_title (content, item->id);
  for (guint i = 0; item->part == CR_PACKET_NOTES && i < content->n_notes; i++)
    if (content->notes[i].note->id == item->id)
      return note_title (content->notes[i].note);
  for (guint i = 0; i < content->n_documents; i++) {
    const CrDocument *document = content->documents[i].document;
    g_autofree char *dated = cr_date_format (document->dated);

    if (document->id == item->id)
      return g_strdup_printf (_ ("%s, %s"), words_or (document->title, _ ("Document")), dated);
  }
  return NULL;
}

/* "Contents" with the page of every included item; its page numbers settle when the pages are placed. */
static void
add_index (Packet *packet)
{
  static const CrPaperColumn COLUMNS[] = { { NULL, -1, CR_PAPER_LEFT }, { NULL, 50, CR_PAPER_RIGHT } };

  cr_paper_begin_section (packet->paper, "index", _ ("Contents"), NULL);
  cr_paper_begin_table (packet->paper, COLUMNS, G_N_ELEMENTS (COLUMNS));
  for (guint i = 0; i < packet->items->len; i++) {
    const CrPacketItem *item = &g_array_index (packet->items, CrPacketItem, i);
    g_autofree char *title = cr_packet_item_title (packet->content, item);
    g_autofree char *escaped = cr_paper_escape (title);
    g_autofree char *shown = g_strdup_printf (item->id == CR_ID_NONE ? "<b>%s</b>" : "      %s", escaped);
    g_autofree char *key = cr_packet_item_key (item);
    g_autofree char *page = cr_paper_page_ref (key);
    const char *cells[] = { shown, page };

    if (item->include && packet_prints (packet, item->part))
      cr_paper_add_row_markup (packet->paper, cells);
  }
  cr_paper_end_table (packet->paper);
  cr_paper_set_only_above (packet->paper, "index", INDEX_ABOVE);
}

static CrPaper *
build (const CrPacketContent *content, const GArray *items, CrPaperStyle letter_style)
{
  g_autofree char *number = cr_paper_escape (content->referral->number);
  g_autofree char *title = g_strdup_printf (_ ("Referral packet %s"), number);
  g_autofree char *document = g_strdup_printf (_ ("Referral %s"), words_or (content->referral->number, ""));
  g_autofree char *identity = cr_identity_line (content->patient, g_strchomp (document));
  Packet packet = { content, items, cr_paper_new (g_strchomp (title)), cr_imprint_today (content->imprint),
                    letter_style };

  cr_imprint_frame (content->imprint, packet.paper, content->referral->number);
  cr_paper_set_identity (packet.paper, identity);
  cr_paper_set_watermark (packet.paper, content->frozen ? NULL : _ ("DRAFT"));
  packet_add_letter (&packet);
  cr_paper_add_page_break (packet.paper);
  add_index (&packet);
  for (guint i = 0; i < items->len; i++) {
    const CrPacketItem *item = &g_array_index (items, CrPacketItem, i);

    if (item->id == CR_ID_NONE && item->part != CR_PACKET_LETTER && packet_prints (&packet, item->part))
      PARTS[item->part].add (&packet);
  }
  cr_paper_layout (packet.paper);
  return packet.paper;
}

void
packet_begin (Packet *packet, CrPacketPart part, const char *title, const char *aside)
{
  g_autofree char *today = cr_date_format (packet->today);
  g_autofree char *as_of = g_strdup_printf (_ ("As of %s"), today);

  cr_paper_begin_section (packet->paper, PARTS[part].code, title == NULL ? _ (PARTS[part].title) : title,
                          aside == NULL ? as_of : aside);
}

void
packet_begin_item (Packet *packet, CrPacketPart part, CrId id, const char *title)
{
  CrPacketItem item = { part, id, TRUE };
  g_autofree char *key = cr_packet_item_key (&item);

  cr_paper_begin_part (packet->paper, key, title);
}

gboolean
packet_hides (const Packet *packet, CrId id)
{
  const GArray *hidden = packet->content->hidden;

  for (guint i = 0; hidden != NULL && i < hidden->len; i++)
    if (g_array_index (hidden, CrId, i) == id)
      return TRUE;
  return FALSE;
}

void
packet_add_hidden (Packet *packet, guint n)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry left out by the sender.",
                                                        "%u entries left out by the sender.", n),
                                           n);

  if (n > 0)
    cr_paper_add_text (packet->paper, CR_PAPER_NOTE, text);
}

void
packet_add_none (Packet *packet, const char *sentence)
{
  cr_paper_add_text (packet->paper, CR_PAPER_SMALL, sentence);
}

GArray *
packet_included (const Packet *packet, CrPacketPart part)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));

  for (guint i = 0; i < packet->items->len; i++) {
    const CrPacketItem *item = &g_array_index (packet->items, CrPacketItem, i);

    if (item->part == part && item->id != CR_ID_NONE && item->include)
      g_array_append_val (ids, item->id);
  }
  return ids;
}

gboolean
packet_prints (const Packet *packet, CrPacketPart part)
{
  g_autoptr (GArray) chosen = packet_included (packet, part);

  if (chosen->len == 0 &&
      (part == CR_PACKET_NOTES || part == CR_PACKET_DOCUMENTS || part == CR_PACKET_SENSITIVE))
    return FALSE;
  if (part == CR_PACKET_SENSITIVE && packet->content->consent == NULL)
    return FALSE;
  for (guint i = 0; i < packet->items->len; i++) {
    const CrPacketItem *item = &g_array_index (packet->items, CrPacketItem, i);

    if (item->part == part && item->id == CR_ID_NONE)
      return item->include;
  }
  return FALSE;
}

gboolean
packet_is_anticoagulant (const Packet *packet, const CrMedication *medication)
{
  const CrKnowledge *k = packet->content->knowledge;
  gboolean coded;
  g_autoptr (GPtrArray) keys =
      k == NULL ? NULL : cr_knowledge_ingredients_of (k, medication->drug_code, medication->display, &coded);

  for (guint i = 0; keys != NULL && i < keys->len; i++) {
    const CrIngredient *ingredient = cr_knowledge_ingredient (k, keys->pdata[i]);

    if (ingredient != NULL && g_strv_contains (ingredient->classes, "anticoagulants"))
      return TRUE;
  }
  return FALSE;
}

GArray *
cr_packet_items (const CrPacketContent *content)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (CrPacketItem));

  for (CrPacketPart part = 0; part < CR_PACKET_N_PARTS; part++)
    if (PARTS[part].always || has_rows (content, part)) {
      append_item (items, part, CR_ID_NONE, PARTS[part].chosen);
      append_children (items, content, part);
    }
  return items;
}

char *
cr_packet_item_title (const CrPacketContent *content, const CrPacketItem *item)
{
  char *title = item->id == CR_ID_NONE ? NULL : child_title (content, item);

  return title == NULL ? g_strdup (_ (PARTS[item->part].title)) : title;
}

char *
cr_packet_item_key (const CrPacketItem *item)
{
  if (item->id == CR_ID_NONE)
    return g_strdup (PARTS[item->part].code);
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, PARTS[item->part].code, item->id);
}

gboolean
cr_packet_item_from_key (const char *key, CrPacketItem *item)
{
  const char *dash;
  gsize length;

  if (key == NULL)
    return FALSE;
  dash = strchr (key, '-');
  length = dash != NULL ? (gsize)(dash - key) : strlen (key);
  for (CrPacketPart part = 0; part < CR_PACKET_N_PARTS; part++)
    if (length == strlen (PARTS[part].code) && strncmp (key, PARTS[part].code, length) == 0) {
      *item = (CrPacketItem){ part, dash == NULL ? CR_ID_NONE : g_ascii_strtoll (dash + 1, NULL, 10), TRUE };
      return TRUE;
    }
  return FALSE;
}

CrPaper *
cr_packet (const CrPacketContent *content)
{
  g_autoptr (GArray) own = content->items == NULL ? cr_packet_items (content) : NULL;
  const GArray *items = content->items == NULL ? own : content->items;
  g_autoptr (CrPaper) large = build (content, items, CR_PAPER_BODY);
  g_autoptr (CrPaper) small = NULL;

  /* page 1 must stand alone: a letter that runs over is set smaller, unless even that is in vain */
  if (cr_paper_pages_of (large, "letter") > 1)
    small = build (content, items, CR_PAPER_SMALL);
  if (small != NULL && cr_paper_pages_of (small, "letter") == 1)
    return g_steal_pointer (&small);
  return g_steal_pointer (&large);
}

guint
cr_packet_item_page (CrPaper *paper, const CrPacketItem *item, guint *pages)
{
  g_autofree char *key = cr_packet_item_key (item);

  if (pages != NULL)
    *pages = cr_paper_pages_of (paper, key);
  return cr_paper_page_of (paper, key);
}
