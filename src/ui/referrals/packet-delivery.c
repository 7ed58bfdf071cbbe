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

static GBytes *
mark_pages (GBytes *pdf, const char *title, const char *mark, GError **error)
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
  g_autoptr (GBytes) out = prints > 0 ? mark_pages (pdf, title, mark, &error) : g_bytes_ref (pdf);
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

/* ---- sent ---- */

typedef struct {
  CrWindow *window;
  CrId referral;
  GtkWidget *popover;
  GtkEditable *to, *fax;
  GtkLabel *problem;
} Sent;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (window, error);
  else
    cr_window_toast (window, _ ("Recorded as sent."), NULL, NULL);
}

static void
method_cb (GtkButton *button, Sent *sent)
{
  const char *method = g_object_get_data (G_OBJECT (button), "cr-method");
  g_autofree char *to = cr_text_trim (gtk_editable_get_text (sent->to));
  g_autofree char *fax = cr_text_trim (gtk_editable_get_text (sent->fax));
  gboolean by_fax = g_str_equal (method, "fax");
  g_autofree char *whole = by_fax && !cr_str_empty (to) ? g_strdup_printf (_ ("%s, fax %s"), to, fax) : NULL;
  const char *missing = by_fax && cr_str_empty (fax)   ? _ ("Enter the fax number, or choose another way.")
                        : !by_fax && cr_str_empty (to) ? _ ("Enter to whom it was given.")
                                                       : NULL;
  if (missing != NULL) {
    gtk_label_set_label (sent->problem, missing);
    gtk_widget_set_visible (GTK_WIDGET (sent->problem), TRUE);
    gtk_widget_grab_focus (GTK_WIDGET (by_fax ? sent->fax : sent->to));
    return;
  }
  cr_referral_sent_async (cr_window_get_session (sent->window), sent->referral, method,
                          whole != NULL ? whole
                          : by_fax      ? fax
                                        : to,
                          sent_cb, g_object_ref (sent->window));
  gtk_popover_popdown (GTK_POPOVER (sent->popover));
}

static GtkEditable *
add_entry (GtkWidget *box, const char *title, const char *text)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title), *entry = gtk_entry_new ();
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "label");
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 30);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL,
                                  -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return GTK_EDITABLE (entry);
}

static GtkWidget *
add_methods (GtkWidget *box, Sent *sent)
{
  static const struct {
    const char *method, *words;
  } METHODS[] = { { "fax", N_ ("By fax") },
                  { "mail", N_ ("By mail") },
                  { "hand", N_ ("Handed to the patient") },
                  { "portal", N_ ("Through their portal") },
                  { "phone", N_ ("By phone") } };
  GtkWidget *first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (METHODS); i++) {
    GtkWidget *button = gtk_button_new_with_label (_ (METHODS[i].words));
    g_object_set_data (G_OBJECT (button), "cr-method", (gpointer)METHODS[i].method);
    g_signal_connect (button, "clicked", G_CALLBACK (method_cb), sent);
    gtk_box_append (GTK_BOX (box), button);
    first = first != NULL ? first : button;
  }
  return first;
}

static void
closed_cb (GtkPopover *popover, GtkWidget *button)
{
  gtk_widget_grab_focus (button);
  gtk_widget_unparent (GTK_WIDGET (popover));
}

void
cr_packet_ask_sent (const CrDelivery *self, GtkWidget *button)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *first;
  g_autofree char *who =
      self->to != NULL ? cr_contact_display (self->to) : g_strdup (self->referral->specialty);
  g_autofree char *fax =
      self->to != NULL && !cr_str_empty (self->to->fax) ? cr_phone_format (self->to->fax) : NULL;
  Sent *sent = g_new0 (Sent, 1);
  *sent = (Sent){ .window = self->window, .referral = self->referral->id, .popover = popover };
  sent->to = add_entry (box, _ ("_To"), who);
  sent->fax = add_entry (box, _ ("Fa_x number"), fax);
  sent->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (sent->problem), "critical");
  gtk_widget_set_visible (GTK_WIDGET (sent->problem), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (sent->problem));
  first = add_methods (box, sent);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, button);
  g_object_set_data_full (G_OBJECT (popover), "cr-sent", sent, g_free);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), button);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (first);
}
