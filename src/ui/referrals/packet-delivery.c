#include "src/ui/referrals/packet-delivery.h"
#include "chartroom/base/text.h"
#include "chartroom/helpers/pdf-pages.h"
#include "src/ui/shell/print-window.h"
#include <cairo-pdf.h>
#include <glib/gi18n.h>

char *
cr_packet_file_name (const CrDelivery *self)
{
  g_autofree char *family = cr_text_upper (self->patient->family);
  g_autofree char *initial = g_utf8_substring (self->patient->given != NULL ? self->patient->given : "", 0,
                                               cr_str_empty (self->patient->given) ? 0 : 1);
  g_autofree char *date = cr_date_to_iso (cr_clock_today (self->clock));
  const char *specialty =
      self->referral->specialty != NULL ? self->referral->specialty : self->referral->number;
  char *name = g_strdup_printf ("Referral_%s%s%s_%s_%s.pdf", family, *initial != '\0' ? "-" : "", initial,
                                date, specialty);
  return g_strdelimit (name, " /\\:*?\"<>|", '-');
}

/* ---- the mark of a reprint ---- */

static cairo_status_t
append_cb (void *data, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (data, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
cr_packet_mark_pages (GBytes *pdf, const char *title, const char *mark, GError **error)
{
  g_autoptr (CrPdfPages) pages = cr_pdf_pages_new (pdf, error);
  GByteArray *out;
  cairo_surface_t *surface;
  cairo_t *cr;
  if (pages == NULL)
    return NULL;
  out = g_byte_array_new ();
  surface = cairo_pdf_surface_create_for_stream (append_cb, out, 612, 792);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cr = cairo_create (surface);
  for (guint i = 0; i < cr_pdf_pages_count (pages); i++) {
    double width, height;
    cr_pdf_pages_size (pages, i, &width, &height);
    cairo_pdf_surface_set_size (surface, width, height);
    cr_pdf_pages_draw (pages, i, cr);
    cr_paper_draw_mark (cr, width, mark);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}

/* ---- out ---- */

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cr_referral_packet_finish (result, &error);
  if (pdf == NULL)
    cr_window_show_error (window, error);
}

static void
delivered_cb (GtkWindow *preview, const char *action, CrWindow *window)
{
  const CrId *id = g_object_get_data (G_OBJECT (preview), "cr-referral");
  cr_referral_packet_async (cr_window_get_session (window), *id, action, counted_cb, g_object_ref (window));
}

void
cr_packet_deliver (const CrDelivery *self, GBytes *pdf, int prints)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title = g_strdup_printf (_ ("Referral packet %s"), self->referral->number);
  g_autofree char *file = cr_packet_file_name (self), *day = cr_date_format (cr_clock_today (self->clock));
  g_autofree char *mark = g_strdup_printf (_ ("REPRINT %d, %s"), prints, day);
  g_autoptr (GBytes) out = prints > 0 ? cr_packet_mark_pages (pdf, title, mark, &error) : g_bytes_ref (pdf);
  GtkWindow *preview;
  if (out == NULL) {
    cr_window_show_error (self->window, error);
    return;
  }
  preview = cr_window_present_pdf (self->window, out, title, file, NULL, self->referral->id,
                                   self->referral->patient_id);
  if (preview == NULL)
    return;
  g_object_set_data_full (G_OBJECT (preview), "cr-referral", g_memdup2 (&self->referral->id, sizeof (CrId)),
                          g_free);
  g_signal_connect_object (preview, "delivered", G_CALLBACK (delivered_cb), self->window, 0);
}

void
cr_packet_deliver_extra (const CrDelivery *self, CrPaper *paper, const char *title, const char *kind,
                         CrInstant at)
{
  g_autoptr (GError) error = NULL;
  CrPaperMeta meta = { at, NULL };
  g_autofree char *file = g_strdup_printf ("%s_%s.pdf", kind, self->referral->number);
  g_autoptr (GBytes) pdf = cr_paper_to_pdf (paper, &meta, &error);
  if (pdf == NULL)
    cr_window_show_error (self->window, error);
  else
    cr_window_present_pdf (self->window, pdf, title, file, kind, self->referral->id,
                           self->referral->patient_id);
}
