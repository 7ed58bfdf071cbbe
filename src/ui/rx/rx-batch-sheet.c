#include "src/ui/rx/rx-batch-sheet.h"
#include "src/ui/chart/line.h"
#include "src/ui/shell/identity-check.h"
#include "chartroom/render/prescription-sheet.h"
#include <glib/gi18n.h>

struct _CrRxBatchSheet {
  GtkWindow parent;
  GtkLabel *title_label, *message;
  GtkBox *patients;
  GtkButton *sign_button;
  CrWindow *window;  /* transient for it */
  GArray *ids;       /* CrId */
  GPtrArray *checks; /* CrIdentityCheck, one a patient; borrowed */
};

enum { SIGNED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrRxBatchSheet, cr_rx_batch_sheet, GTK_TYPE_WINDOW)

char *
cr_rx_describe (const CrPrescription *rx)
{
  g_autofree char *sig = cr_sig_text (&rx->sig);
  g_autofree char *quantity = cr_prescription_quantity_text (rx);
  g_autofree char *refills = cr_prescription_refills_text (rx);
  return g_strdup_printf (_ ("%s – quantity %s – refills %s"), sig != NULL ? sig : _ ("directions missing"),
                          quantity, refills);
}

/* ---- what is signed ---- */

static void
add_identity (CrRxBatchSheet *self, const CrPatient *patient)
{
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
  g_autofree char *name = cr_patient_name_display (patient);
  gtk_box_append (self->patients, cr_line_patient (patient, name, today));
}

/* Asked where the risk of the wrong patient is raised, as on the sheet of one prescription. */
static void
add_identity_check (CrRxBatchSheet *self, const CrPatient *patient)
{
  CrIdentityCheck *check = cr_identity_check_new_for (self->window, patient);
  gtk_widget_set_margin_start (GTK_WIDGET (check), 18);
  gtk_box_append (self->patients, GTK_WIDGET (check));
  g_ptr_array_add (self->checks, check);
}

/* The width is known, so that the sheet is as high as its lines are when they wrap. */
static void
add_text (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = cr_line_text (text, css);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 64);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_check (GtkWidget *box, const CrCheck *check)
{
  g_autofree char *words = cr_check_words (check);
  g_autofree char *text =
      g_strdup_printf ("%s  %s: %s", cr_check_mark (check), cr_check_label (check), words);
  if (check->state != CR_CHECK_PASSED)
    add_text (box, text, check->state == CR_CHECK_NOT_CHECKED ? "warning" : "info");
}

/* What was found and what could not be checked is read before it is signed. */
static void
add_prescription (CrRxBatchSheet *self, const CrQueueItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *below = cr_rx_describe (item->prescription);
  gtk_widget_set_margin_start (box, 18);
  add_text (box, item->prescription->display, "strong");
  add_text (box, below, "value");
  if (item->before != NULL)
    add_text (box, item->before, "caption");
  for (guint i = 0; i < item->checks->len; i++)
    add_check (box, item->checks->pdata[i]);
  gtk_box_append (self->patients, box);
  g_array_append_val (self->ids, item->prescription->id);
}

static guint
show_patients (CrRxBatchSheet *self, const GPtrArray *items)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < items->len; i++) {
    const CrQueueItem *first = items->pdata[i];
    if (!g_hash_table_add (shown, (gpointer)&first->patient->id))
      continue;
    add_identity (self, first->patient);
    for (guint k = i; k < items->len; k++) {
      const CrQueueItem *item = items->pdata[k];
      if (item->patient->id == first->patient->id)
        add_prescription (self, item);
    }
    add_identity_check (self, first->patient);
  }
  return g_hash_table_size (shown);
}

static void
show_content (CrRxBatchSheet *self, const GPtrArray *items)
{
  guint patients = show_patients (self, items);
  g_autofree char *what =
      g_strdup_printf (ngettext ("%u prescription", "%u prescriptions", items->len), items->len);
  g_autofree char *whom = g_strdup_printf (ngettext ("%u patient", "%u patients", patients), patients);
  g_autofree char *title = g_strdup_printf (_ ("Sign %s for %s"), what, whom);
  g_autofree char *button =
      g_strdup_printf (ngettext ("_Sign %u Prescription", "_Sign %u Prescriptions", items->len), items->len);
  gtk_label_set_label (self->title_label, title);
  gtk_button_set_label (self->sign_button, button);
}

/* ---- signing ---- */

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrRxBatchSheet) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_autofree char *text = g_strdup_printf (_ ("%s None of them was signed."), error->message);
    gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), TRUE);
    gtk_label_set_label (self->message, text);
    gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
    return;
  }
  g_signal_emit (self, signals[SIGNED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
sign_cb (CrRxBatchSheet *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (!cr_identity_check_confirm (self->checks->pdata[i]))
      return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), FALSE);
  cr_rx_sign_batch_async (cr_window_get_session (self->window), (const CrId *)self->ids->data, self->ids->len,
                          signed_cb, g_object_ref (self));
}

/* ---- class ---- */

static void
cr_rx_batch_sheet_finalize (GObject *object)
{
  g_array_unref (CR_RX_BATCH_SHEET (object)->ids);
  g_ptr_array_unref (CR_RX_BATCH_SHEET (object)->checks);
  G_OBJECT_CLASS (cr_rx_batch_sheet_parent_class)->finalize (object);
}

static void
cr_rx_batch_sheet_class_init (CrRxBatchSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_rx_batch_sheet_finalize;
  signals[SIGNED] =
      g_signal_new ("signed", CR_TYPE_RX_BATCH_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/rx/rx-batch-sheet.ui");
  gtk_widget_class_bind_template_child (widget, CrRxBatchSheet, title_label);
  gtk_widget_class_bind_template_child (widget, CrRxBatchSheet, message);
  gtk_widget_class_bind_template_child (widget, CrRxBatchSheet, patients);
  gtk_widget_class_bind_template_child (widget, CrRxBatchSheet, sign_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_rx_batch_sheet_init (CrRxBatchSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  self->checks = g_ptr_array_new ();
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_cb), self);
}

/* The first question, else the button. */
static void
focus_first (CrRxBatchSheet *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_widget_get_visible (self->checks->pdata[i])) {
      gtk_widget_grab_focus (self->checks->pdata[i]);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_button));
}

GtkWindow *
cr_rx_batch_sheet_present (CrWindow *window, const GPtrArray *items)
{
  CrRxBatchSheet *self = g_object_new (CR_TYPE_RX_BATCH_SHEET, "transient-for", window, NULL);
  self->window = window;
  show_content (self, items);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->sign_button));
  gtk_window_present (GTK_WINDOW (self));
  focus_first (self);
  return GTK_WINDOW (self);
}
