#include "src/ui/rx/rx-queue-page.h"
#include "src/ui/rx/rx-print.h"
#include "src/ui/rx/rx-sign-sheet.h"
#include "chartroom/base/text.h"
#include "chartroom/render/prescription-sheet.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrRxQueuePage {
  GtkWidget parent;
  GtkWidget *root;
  GtkToggleButton *unsigned_button, *ready_button;
  GtkStack *stack;
  GtkListBox *list;
  CrWindow *window; /* borrowed: it stands in it */
  GListModel *unsigned_queue, *ready_queue;
};

typedef struct { /* a row was opened: its chart is needed first */
  CrRxQueuePage *page;
  CrPrescription *rx;
  gboolean ready;
} Opening;

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrRxQueuePage, cr_rx_queue_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static GListModel *
shown (CrRxQueuePage *self)
{
  return gtk_toggle_button_get_active (self->ready_button) ? self->ready_queue : self->unsigned_queue;
}

static GtkWidget *
make_label (const char *text, const char *css, int chars)
{
  GtkWidget *label = gtk_label_new (text != NULL ? text : "");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (chars > 0) {
    gtk_label_set_width_chars (GTK_LABEL (label), chars);
    gtk_label_set_max_width_chars (GTK_LABEL (label), chars);
  }
  gtk_widget_add_css_class (label, css);
  return label;
}

static char *
describe (const CrPrescription *rx)
{
  g_autofree char *sig = cr_sig_text (&rx->sig);
  g_autofree char *quantity = cr_prescription_quantity_text (rx);
  g_autofree char *refills = cr_prescription_refills_text (rx);
  return g_strdup_printf (_ ("%s – quantity %s – refills %s"), sig != NULL ? sig : _ ("directions missing"),
                          quantity, refills);
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrRxQueuePage *self = data;
  const CrQueueItem *queued = cr_row_peek (item);
  const CrPrescription *rx = queued->prescription;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *name = cr_window_name_of (self->window, queued->patient);
  g_autofree char *below = describe (rx);
  g_autofree char *schedule = rx->schedule != NULL ? g_strdup_printf ("C-%s", rx->schedule) : NULL;
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", name, rx->display, below);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), make_label (rx->display, "strong", 0));
  gtk_box_append (GTK_BOX (text), make_label (below, "text-2", 0));
  gtk_box_append (GTK_BOX (line), make_label (name, "heading", 26));
  gtk_box_append (GTK_BOX (line), text);
  if (schedule != NULL) {
    GtkWidget *chip = make_label (schedule, "chip", 0);
    gtk_label_set_wrap (GTK_LABEL (chip), FALSE);
    gtk_widget_add_css_class (chip, "controlled");
    gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (line), chip);
  }
  gtk_box_append (GTK_BOX (line), make_label (queued->author, "caption", 18));
  gtk_widget_set_margin_start (line, 18);
  gtk_widget_set_margin_end (line, 18);
  gtk_widget_set_margin_top (line, 7);
  gtk_widget_set_margin_bottom (line, 7);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
count_cb (CrRxQueuePage *self)
{
  g_autofree char *needs =
      g_strdup_printf (_ ("Needs signature %u"), g_list_model_get_n_items (self->unsigned_queue));
  g_autofree char *ready =
      g_strdup_printf (_ ("Ready to print %u"), g_list_model_get_n_items (self->ready_queue));
  gtk_button_set_label (GTK_BUTTON (self->unsigned_button), needs);
  gtk_button_set_label (GTK_BUTTON (self->ready_button), ready);
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (shown (self)) > 0 ? "list" : "empty");
}

static void
show_queue (CrRxQueuePage *self)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->list, shown (self), make_row_cb, self, NULL);
  count_cb (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  CrRxQueuePage *self = opening->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  if (chart == NULL)
    cr_window_show_error (self->window, error);
  else if (opening->ready)
    cr_rx_print (self->window, chart, opening->rx->id);
  else if (cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SIGN)) {
    g_autoptr (CrRxDraft) draft = cr_rx_draft_new (chart);
    cr_rx_draft_open (draft, opening->rx);
    cr_rx_sign_sheet_present (self->window, chart, draft);
  } else
    cr_window_toast (self->window, _ ("Only a prescriber can sign it."), NULL, NULL);
  cr_prescription_free (opening->rx);
  g_object_unref (self);
  g_free (opening);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrRxQueuePage *self)
{
  g_autoptr (CrRow) item = g_list_model_get_item (shown (self), gtk_list_box_row_get_index (row));
  const CrQueueItem *queued = cr_row_peek (item);
  Opening *opening = g_new0 (Opening, 1);
  opening->page = g_object_ref (self);
  opening->rx = cr_prescription_copy (queued->prescription);
  opening->ready = gtk_toggle_button_get_active (self->ready_button);
  cr_chart_open_async (cr_window_get_session (self->window), queued->patient->id, "rx-queue", opened_cb,
                       opening);
}

static void
queue_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrRxQueuePage *self = CR_RX_QUEUE_PAGE (page);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_grab_focus (first != NULL ? GTK_WIDGET (first) : GTK_WIDGET (self->unsigned_button));
}

static void
queue_forget (CrPage *page)
{
  CrRxQueuePage *self = CR_RX_QUEUE_PAGE (page);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = queue_enter;
  iface->forget = queue_forget;
}

static void
cr_rx_queue_page_dispose (GObject *object)
{
  CrRxQueuePage *self = CR_RX_QUEUE_PAGE (object);
  g_clear_object (&self->unsigned_queue);
  g_clear_object (&self->ready_queue);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_RX_QUEUE_PAGE);
  G_OBJECT_CLASS (cr_rx_queue_page_parent_class)->dispose (object);
}

static void
cr_rx_queue_page_class_init (CrRxQueuePageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_rx_queue_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/rx/rx-queue-page.ui");
  gtk_widget_class_bind_template_child (widget, CrRxQueuePage, root);
  gtk_widget_class_bind_template_child (widget, CrRxQueuePage, unsigned_button);
  gtk_widget_class_bind_template_child (widget, CrRxQueuePage, ready_button);
  gtk_widget_class_bind_template_child (widget, CrRxQueuePage, stack);
  gtk_widget_class_bind_template_child (widget, CrRxQueuePage, list);
}

static void
cr_rx_queue_page_init (CrRxQueuePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->ready_button, "toggled", G_CALLBACK (show_queue), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
}

GtkWidget *
cr_rx_queue_page_new (CrWindow *window)
{
  CrRxQueuePage *self = g_object_new (CR_TYPE_RX_QUEUE_PAGE, NULL);
  CrSession *session = cr_window_get_session (window);
  self->window = window;
  self->unsigned_queue = cr_rx_queue_new (session, FALSE);
  self->ready_queue = cr_rx_queue_new (session, TRUE);
  g_signal_connect_object (self->unsigned_queue, "items-changed", G_CALLBACK (count_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ready_queue, "items-changed", G_CALLBACK (count_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show_queue), self, G_CONNECT_SWAPPED);
  show_queue (self);
  return GTK_WIDGET (self);
}
