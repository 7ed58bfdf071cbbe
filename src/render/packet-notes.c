/* Chosen notes and documents, each under its own heading. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "packet-private.h"
#include "words.h"

#define SCAN_HEIGHT 590.0 /* leaves room for the headings above it */

static const CrNoteWithAddenda *
find_note (const CrPacketContent *content, CrId id)
{
  for (guint i = 0; i < content->n_notes; i++)
    if (content->notes[i].note->id == id)
      return &content->notes[i];
  return NULL;
}

static const CrPacketDocument *
find_document (const CrPacketContent *content, CrId id)
{
  for (guint i = 0; i < content->n_documents; i++)
    if (content->documents[i].document->id == id)
      return &content->documents[i];
  return NULL;
}

/* Pictures have pixels, drawings of a PDF's page have an extent. */
static cairo_rectangle_t
extent_of (cairo_surface_t *page)
{
  cairo_rectangle_t extent = { 0 };

  if (cairo_surface_get_type (page) == CAIRO_SURFACE_TYPE_RECORDING)
    cairo_recording_surface_get_extents (page, &extent);
  else
    extent = (cairo_rectangle_t){ 0, 0, cairo_image_surface_get_width (page),
                                  cairo_image_surface_get_height (page) };
  return extent;
}

static void
draw_scan (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_surface_t *page = data;
  cairo_rectangle_t size = extent_of (page);
  double scale;

  if (size.width <= 0 || size.height <= 0)
    return;
  scale = MIN (width / size.width, height / size.height);
  cairo_translate (cr, (width - size.width * scale) / 2, 0);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, page, 0, 0);
  cairo_paint (cr);
}

static void
add_scans (Packet *packet, const GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++) {
    g_autofree char *caption = g_strdup_printf (_ ("Scanned page %u of %u"), i + 1, pages->len);

    cr_paper_add_figure (packet->paper, SCAN_HEIGHT, caption, draw_scan,
                         cairo_surface_reference (pages->pdata[i]), (GDestroyNotify)cairo_surface_destroy);
  }
}

static void
add_document (Packet *packet, CrPacketPart part, const CrPacketDocument *with)
{
  const CrDocument *document = with->document;
  const char *name = words_or (document->title, _ ("Document"));
  g_autofree char *dated = cr_date_format (document->dated);
  g_autofree char *aside = g_strdup_printf (_ ("Dated %s"), dated);
  g_autofree char *title = g_strdup_printf (_ ("%s, %s"), name, dated);

  packet_begin_item (packet, part, document->id, title);
  cr_paper_add_heading (packet->paper, name, aside);
  if (with->pages != NULL && with->pages->len > 0)
    add_scans (packet, with->pages);
  else if (!cr_str_empty (document->text))
    cr_paper_add_text (packet->paper, CR_PAPER_BODY, document->text);
  else
    packet_add_none (packet, _ ("This document cannot be printed here. Ask the practice for the original."));
}

static void
add_note (Packet *packet, const CrNoteWithAddenda *with)
{
  g_autofree char *title = note_title (with->note);

  packet_begin_item (packet, CR_PACKET_NOTES, with->note->id, title);
  cr_paper_add_space (packet->paper, 8);
  cr_paper_add_heading (packet->paper, title, with->note->signed_name);
  note_add_text (packet->paper, packet->content->imprint, with);
}

static void
add_chosen (Packet *packet, CrPacketPart part)
{
  g_autoptr (GArray) ids = packet_included (packet, part);

  for (guint i = 0; i < ids->len; i++) {
    const CrPacketDocument *document = find_document (packet->content, g_array_index (ids, CrId, i));

    if (document != NULL)
      add_document (packet, part, document);
  }
}

void
packet_add_documents (Packet *packet)
{
  packet_begin (packet, CR_PACKET_DOCUMENTS, NULL, NULL);
  add_chosen (packet, CR_PACKET_DOCUMENTS);
}

static void
add_notice (Packet *packet, const char *key)
{
  const CrNotice *notice = cr_knowledge_notice (packet->content->knowledge, key);

  cr_paper_add_text (packet->paper, CR_PAPER_BODY,
                     notice != NULL ? notice->text
                                    : _ ("These records are sensitive. Do not disclose them further unless "
                                         "the patient consents in writing or the law permits it."));
  cr_paper_add_space (packet->paper, 8);
}

/* The notice is a page of its own, with the consent that opens what follows. */
void
packet_add_sensitive (Packet *packet)
{
  const CrConsent *consent = packet->content->consent;
  g_autofree char *given = cr_date_format (consent->given_on);
  g_autofree char *expires = cr_date_is_set (consent->expires_on) ? cr_date_format (consent->expires_on)
                                                                  : g_strdup (_ ("no end recorded"));

  cr_paper_add_page_break (packet->paper);
  packet_begin (packet, CR_PACKET_SENSITIVE, NULL, NULL);
  add_notice (packet, "sensitive");
  if (g_strcmp0 (consent->kind, "part2") == 0)
    add_notice (packet, "part2");
  cr_paper_add_field (packet->paper, _ ("Consent given"), given);
  cr_paper_add_field (packet->paper, _ ("In force until"), expires);
  cr_paper_add_field (packet->paper, _ ("Scope"), consent->note);
  cr_paper_add_page_break (packet->paper);
  add_chosen (packet, CR_PACKET_SENSITIVE);
}

void
packet_add_notes (Packet *packet)
{
  g_autoptr (GArray) ids = packet_included (packet, CR_PACKET_NOTES);

  packet_begin (packet, CR_PACKET_NOTES, NULL, NULL);
  for (guint i = 0; i < ids->len; i++) {
    const CrNoteWithAddenda *note = find_note (packet->content, g_array_index (ids, CrId, i));

    if (note != NULL)
      add_note (packet, note);
  }
}
