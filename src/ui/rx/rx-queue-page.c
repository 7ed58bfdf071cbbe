#include "src/ui/rx/rx-queue-page.h"
#include "src/ui/rx/rx-batch-sheet.h"
#include "src/ui/rx/rx-print.h"
#include "src/ui/rx/rx-sign-sheet.h"
#include "src/ui/shell/list-row.h"
#include "src/ui/shell/move-dialog.h"
#include "chartroom/base/text.h"
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
  GtkButton *sign_button;
  GHashTable *selected; /* CrId: of prescriptions to be signed together */
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

/* ---- which are selected, to be signed together ---- */

static gboolean
may_sign (CrRxQueuePage *self)
{
  return cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SIGN);
}

/* CrQueueItem of the selected rows that may still be signed together, in the order of the list. */
static GPtrArray *
selected_items (CrRxQueuePage *self)
{
  GPtrArray *items = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (self->unsigned_queue); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (self->unsigned_queue, i);
    const CrQueueItem *item = cr_row_peek (row);
    if (g_hash_table_contains (self->selected, &item->prescription->id) && cr_queue_item_alone (item) == NULL)
      g_ptr_array_add (items, (gpointer)item);
  }
  return items;
}

static void
show_selected (CrRxQueuePage *self)
{
  g_autoptr (GPtrArray) items = selected_items (self);
  g_autofree char *text = g_strdup_printf (
      ngettext ("_Sign %u Prescription…", "_Sign %u Prescriptions…", items->len), items->len);
  gtk_button_set_label (self->sign_button, text);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_button), may_sign (self) && items->len > 0);
}

static GtkWidget *
make_tick (CrRxQueuePage *self, const CrQueueItem *item)
{
  GtkWidget *tick;
  gboolean together = cr_queue_item_alone (item) == NULL && may_sign (self);
  if (!together)
    g_hash_table_remove (self->selected, &item->prescription->id);
  tick = cr_list_tick (self->selected, item->prescription->id, _ ("Sign together with others"));
  gtk_widget_set_sensitive (tick, together);
  g_signal_connect_swapped (tick, "toggled", G_CALLBACK (show_selected), self);
  return tick;
}

static gboolean
list_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrRxQueuePage *self)
{
  GtkCheckButton *tick = cr_list_selected_tick (self->list);
  if (key != GDK_KEY_space || (state & GDK_CONTROL_MASK) != 0 || tick == NULL)
    return GDK_EVENT_PROPAGATE;
  if (gtk_widget_get_sensitive (GTK_WIDGET (tick)))
    cr_list_turn (tick);
  else
    cr_window_toast (self->window, _ ("This one is reviewed and signed on its own: Enter."), NULL, NULL);
  return GDK_EVENT_STOP;
}

static void
all_signed_cb (CrRxQueuePage *self)
{
  g_hash_table_remove_all (self->selected);
  show_selected (self);
  cr_window_toast (self->window, _ ("Signed; ready to print."), NULL, NULL);
}

static void
sign_selected (CrRxQueuePage *self)
{
  g_autoptr (GPtrArray) items = selected_items (self);
  if (items->len == 0 || !may_sign (self) || gtk_toggle_button_get_active (self->ready_button))
    return;
  g_signal_connect_object (cr_rx_batch_sheet_present (self->window, items), "signed",
                           G_CALLBACK (all_signed_cb), self, G_CONNECT_SWAPPED);
}

/* ---- rows ---- */

/* The worst of the checks in a word: what keeps it apart from the others, else that all passed. */
static GtkWidget *
make_state (const CrQueueItem *item)
{
  const char *alone = cr_queue_item_alone (item);
  gboolean unchecked = FALSE;
  for (guint i = 0; i < item->checks->len; i++)
    unchecked |= ((const CrCheck *)item->checks->pdata[i])->state == CR_CHECK_NOT_CHECKED;
  if (alone != NULL)
    return cr_list_cell (alone, "warning", 16);
  return unchecked ? cr_list_cell (_ ("Not all checked"), "warning", 16)
                   : cr_list_cell (_ ("✓ Checked"), "text-2", 16);
}

/* "GARCIA, Maria E." and who that is; nothing more in privacy mode. */
static GtkWidget *
make_patient (CrRxQueuePage *self, const CrPatient *patient, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
  g_autofree char *born = cr_patient_born (patient, today);
  gtk_box_append (GTK_BOX (box), cr_list_cell (name, "heading", 18));
  if (!cr_window_is_private (self->window))
    gtk_box_append (GTK_BOX (box), cr_list_cell (born, "caption", 18));
  return box;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrRxQueuePage *self = data;
  const CrQueueItem *queued = cr_row_peek (item);
  const CrPrescription *rx = queued->prescription;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *name = cr_window_name_of (self->window, queued->patient);
  g_autofree char *below = cr_rx_describe (rx);
  g_autofree char *schedule = rx->schedule != NULL ? g_strdup_printf ("C-%s", rx->schedule) : NULL;
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", name, rx->display, below);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), cr_list_cell (rx->display, "strong", 0));
  gtk_box_append (GTK_BOX (text), cr_list_cell (below, "text-2", 0));
  if (!gtk_toggle_button_get_active (self->ready_button)) {
    gtk_box_append (GTK_BOX (line), make_tick (self, queued));
  }
  gtk_box_append (GTK_BOX (line), make_patient (self, queued->patient, name));
  gtk_box_append (GTK_BOX (line), text);
  if (schedule != NULL) {
    GtkWidget *chip = cr_list_cell (schedule, "chip", 0);
    gtk_label_set_wrap (GTK_LABEL (chip), FALSE);
    gtk_widget_add_css_class (chip, "controlled");
    gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (line), chip);
  }
  if (!gtk_toggle_button_get_active (self->ready_button))
    gtk_box_append (GTK_BOX (line), make_state (queued));
  gtk_box_append (GTK_BOX (line), cr_list_cell (queued->author, "caption", 9));
  return cr_list_row (line, spoken);
}

static void
count_cb (CrRxQueuePage *self)
{
  gboolean may_see = cr_session_can (cr_window_get_session (self->window), CR_RIGHT_CLINICAL_RECORD);
  g_autofree char *needs =
      g_strdup_printf (_ ("Needs signature %u"), g_list_model_get_n_items (self->unsigned_queue));
  g_autofree char *ready =
      g_strdup_printf (_ ("Ready to print %u"), g_list_model_get_n_items (self->ready_queue));
  gtk_button_set_label (GTK_BUTTON (self->unsigned_button), needs);
  gtk_button_set_label (GTK_BUTTON (self->ready_button), ready);
  gtk_stack_set_visible_child_name (self->stack, !may_see                                      ? "refused"
                                                 : g_list_model_get_n_items (shown (self)) > 0 ? "list"
                                                                                               : "empty");
  show_selected (self);
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
  if (queued->restricted) { /* the chart asks for the reason; then the row can be read */
    cr_window_navigate (self->window, CR_PAGE_CHART, queued->patient->id, CR_SECTION_MEDS, NULL, "rx-queue");
    return;
  }
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
  g_hash_table_remove_all (self->selected);
}

/* The selected one, into the chart it belongs to. */
static gboolean
move_selected (CrRxQueuePage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autoptr (CrRow) item =
      row != NULL ? g_list_model_get_item (shown (self), gtk_list_box_row_get_index (row)) : NULL;
  const CrQueueItem *queued = item != NULL ? cr_row_peek (item) : NULL;
  if (queued == NULL || queued->restricted || gtk_toggle_button_get_active (self->ready_button))
    return FALSE;
  cr_move_dialog_present (self->window, queued->patient, queued->prescription->display, &CR_PRESCRIPTION,
                          queued->prescription->id);
  return TRUE;
}

static gboolean
queue_perform (CrPage *page, const char *what)
{
  if (g_strcmp0 (what, "move") == 0)
    return move_selected (CR_RX_QUEUE_PAGE (page));
  if (g_strcmp0 (what, "primary") != 0)
    return FALSE;
  sign_selected (CR_RX_QUEUE_PAGE (page));
  return TRUE;
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = queue_enter;
  iface->perform = queue_perform;
  iface->forget = queue_forget;
}

static void
cr_rx_queue_page_dispose (GObject *object)
{
  CrRxQueuePage *self = CR_RX_QUEUE_PAGE (object);
  g_clear_object (&self->unsigned_queue);
  g_clear_object (&self->ready_queue);
  g_clear_pointer (&self->selected, g_hash_table_unref);
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
  gtk_widget_class_bind_template_child (widget, CrRxQueuePage, sign_button);
  gtk_widget_class_bind_template_child (widget, CrRxQueuePage, stack);
  gtk_widget_class_bind_template_child (widget, CrRxQueuePage, list);
}

static void
cr_rx_queue_page_init (CrRxQueuePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selected = cr_list_ids_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_selected), self);
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
  g_signal_connect_object (session, "notify::person-name", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show_queue), self, G_CONNECT_SWAPPED);
  show_queue (self);
  return GTK_WIDGET (self);
}
