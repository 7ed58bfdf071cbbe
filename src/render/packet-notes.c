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

static void
draw_scan (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_surface_t *image = data;
  double w = cairo_image_surface_get_width (image), h = cairo_image_surface_get_height (image);
  double scale;

  if (w <= 0 || h <= 0)
    return;
  scale = MIN (width / w, height / h);
  cairo_translate (cr, (width - w * scale) / 2, 0);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, image, 0, 0);
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
add_document (Packet *packet, const CrPacketDocument *with)
{
  const CrDocument *document = with->document;
  const char *name = words_or (document->title, _ ("Document"));
  g_autofree char *dated = cr_date_format (document->dated);
  g_autofree char *aside = g_strdup_printf (_ ("Dated %s"), dated);
  g_autofree char *title = g_strdup_printf (_ ("%s, %s"), name, dated);

  packet_begin_item (packet, CR_PACKET_DOCUMENTS, document->id, title);
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

void
packet_add_documents (Packet *packet)
{
  g_autoptr (GArray) ids = packet_included (packet, CR_PACKET_DOCUMENTS);

  packet_begin (packet, CR_PACKET_DOCUMENTS, NULL, NULL);
  for (guint i = 0; i < ids->len; i++) {
    const CrPacketDocument *document = find_document (packet->content, g_array_index (ids, CrId, i));

    if (document != NULL)
      add_document (packet, document);
  }
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
