#include "src/ui/referrals/packet-preview.h"
#include "src/ui/shell/pdf-view.h"
#include <glib/gi18n.h>

#define PAGE_WIDTH 420 /* pixels */
#define GAP 12

struct _CrPacketPreview {
  GtkWidget parent;
  GtkWidget *scroll, *box;
  CrPaper *paper; /* borrowed */
  CrPdfPages *pages;
};

enum { PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPacketPreview, cr_packet_preview, GTK_TYPE_WIDGET)

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  CrPacketPreview *self = data;
  guint page = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (area), "cr-page"));
  double paper_width, paper_height;
  if (self->paper == NULL || page >= cr_paper_pages (self->paper))
    return;
  cr_paper_size (self->paper, &paper_width, &paper_height);
  cairo_scale (cr, width / paper_width, height / paper_height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cr_paper_draw_page (self->paper, cr, page);
}

/* A click into a page picks the part of the packet that stands there. */
static void
pressed_cb (GtkGestureClick *click, int n, double x, double y, CrPacketPreview *self)
{
  GtkWidget *area = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));
  guint page = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (area), "cr-page"));
  double width, height;
  const char *key;
  if (self->paper == NULL || gtk_widget_get_width (area) == 0)
    return;
  cr_paper_size (self->paper, &width, &height);
  key = cr_paper_key_at (self->paper, page, x * width / gtk_widget_get_width (area),
                         y * height / gtk_widget_get_height (area));
  if (key != NULL)
    g_signal_emit (self, signals[PICKED], 0, key);
}

static void
clear (CrPacketPreview *self)
{
  GtkWidget *child;
  self->paper = NULL;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_clear_pointer (&self->pages, cr_pdf_pages_free);
}

static void
add_page (CrPacketPreview *self, guint page, guint n)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  g_autofree char *label = g_strdup_printf (_ ("Page %u of %u"), page + 1, n);
  double width, height;
  cr_paper_size (self->paper, &width, &height);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), PAGE_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), (int)(PAGE_WIDTH * height / width));
  g_object_set_data (G_OBJECT (area), "cr-page", GUINT_TO_POINTER (page));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, self, NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_css_class (area, "paper");
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (self->box), area);
}

static void
cr_packet_preview_dispose (GObject *object)
{
  CrPacketPreview *self = CR_PACKET_PREVIEW (object);
  if (self->scroll != NULL)
    clear (self);
  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_packet_preview_parent_class)->dispose (object);
}

static void
cr_packet_preview_class_init (CrPacketPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_packet_preview_dispose;
  signals[PICKED] = g_signal_new ("picked", CR_TYPE_PACKET_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_packet_preview_init (CrPacketPreview *self)
{
  self->scroll = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  gtk_widget_set_margin_top (self->box, GAP);
  gtk_widget_set_margin_bottom (self->box, GAP);
  gtk_widget_set_margin_start (self->box, GAP);
  gtk_widget_set_margin_end (self->box, GAP);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->box);
  gtk_widget_add_css_class (self->scroll, "paper-desk");
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroll), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Preview"),
                                  -1);
}

GtkWidget *
cr_packet_preview_new (void)
{
  return g_object_new (CR_TYPE_PACKET_PREVIEW, NULL);
}

void
cr_packet_preview_show_paper (CrPacketPreview *self, CrPaper *paper)
{
  guint n = paper != NULL ? cr_paper_pages (paper) : 0, shown = 0;
  if (self->pages == NULL)
    for (GtkWidget *at = gtk_widget_get_first_child (self->box); at != NULL;
         at = gtk_widget_get_next_sibling (at))
      shown++;
  if (n == 0 || n != shown)
    clear (self);
  self->paper = paper;
  if (n != shown)
    for (guint page = 0; page < n; page++)
      add_page (self, page, n);
  for (GtkWidget *at = gtk_widget_get_first_child (self->box); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    gtk_widget_queue_draw (at);
}

void
cr_packet_preview_show_pdf (CrPacketPreview *self, GBytes *pdf)
{
  clear (self);
  self->pages = cr_pdf_pages_new (pdf, NULL);
  for (guint page = 0; self->pages != NULL && page < cr_pdf_pages_count (self->pages); page++) {
    g_autofree char *label =
        g_strdup_printf (_ ("Page %u of %u"), page + 1, cr_pdf_pages_count (self->pages));
    gtk_box_append (GTK_BOX (self->box), cr_pdf_view_new (self->pages, page, PAGE_WIDTH, label));
  }
}

guint
cr_packet_preview_count (CrPacketPreview *self)
{
  return self->pages != NULL   ? cr_pdf_pages_count (self->pages)
         : self->paper != NULL ? cr_paper_pages (self->paper)
                               : 0;
}

void
cr_packet_preview_scroll_to (CrPacketPreview *self, const char *key)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  GtkWidget *first = gtk_widget_get_first_child (self->box);
  guint page = self->paper != NULL ? cr_paper_page_of (self->paper, key) : 0;
  double width, height;
  CrRect area = { 0 };
  if (first == NULL || page == 0)
    return;
  cr_paper_size (self->paper, &width, &height);
  cr_paper_area_of (self->paper, key, page - 1, &area);
  gtk_adjustment_set_value (adjustment, (page - 1) * (gtk_widget_get_height (first) + GAP) +
                                            area.y / height * gtk_widget_get_height (first));
}
