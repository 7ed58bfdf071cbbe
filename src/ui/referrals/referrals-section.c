#include "src/ui/referrals/referrals-section.h"
#include "src/ui/referrals/packet-composer.h"
#include "src/ui/referrals/referral-order.h"
#include "src/ui/shell/list-row.h"
#include "src/ui/shell/move-dialog.h"
#include "chartroom/base/text.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrReferralsSection {
  GtkWidget parent;
  GtkWidget *root;
  GtkStack *stack;
  GtkListBox *list;
  GtkButton *new_button;
  GtkBox *composer_box;
  CrPacketComposer *composer;
  CrWindow *window; /* borrowed: it stands in it */
  CrChart *chart;
  CrId wanted; /* opens as soon as the chart has it */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrReferralsSection, cr_referrals_section, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrReferralsSection *self = data;
  const CrReferral *r = cr_row_peek (item);
  const CrContact *to = cr_chart_records_contact (cr_chart_get_records (self->chart), r->contact_id);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *head = cr_referral_recipient (r->specialty, to);
  g_autofree char *date = cr_date_format (r->ordered_on);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s, %s", head, cr_urgency_word (r->urgency),
                                             cr_referral_stage_word (r->stage), date);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), cr_list_cell (head, "heading", 0));
  gtk_box_append (GTK_BOX (text), cr_list_cell (r->question, "text-2", 0));
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), cr_list_cell (cr_urgency_word (r->urgency), "value", 15));
  gtk_box_append (GTK_BOX (line), cr_list_cell (cr_referral_stage_word (r->stage), "value", 14));
  gtk_box_append (GTK_BOX (line), cr_list_cell (date, "numeric", 12));
  return cr_list_row (line, spoken);
}

static gboolean
has_referral (CrReferralsSection *self, CrId id)
{
  const GPtrArray *all = cr_chart_get_records (self->chart)->referrals;
  for (guint i = 0; i < all->len; i++)
    if (((const CrReferral *)all->pdata[i])->id == id)
      return TRUE;
  return FALSE;
}

static void
show_list (CrReferralsSection *self)
{
  guint n = self->chart != NULL ? g_list_model_get_n_items (cr_chart_get_referrals (self->chart)) : 0;
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
open_packet (CrReferralsSection *self, CrId id)
{
  self->wanted = CR_ID_NONE;
  cr_packet_composer_set_referral (self->composer, self->chart, id);
  gtk_stack_set_visible_child_name (self->stack, "composer");
}

static void
reloaded_cb (CrReferralsSection *self)
{
  if (self->wanted != CR_ID_NONE && has_referral (self, self->wanted))
    open_packet (self, self->wanted);
  else if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "composer") != 0)
    show_list (self);
}

static void
closed_cb (CrReferralsSection *self)
{
  cr_packet_composer_set_referral (self->composer, NULL, CR_ID_NONE);
  show_list (self);
}

static void
ordered_cb (GtkWindow *order, gint64 id, CrReferralsSection *self)
{
  gboolean may_sign = cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SIGN);
  g_autofree char *to = cr_referral_order_recipient (CR_REFERRAL_ORDER (order));
  g_autofree char *text =
      g_strdup_printf (may_sign ? _ ("Ordered: %s") : _ ("Kept for the prescriber’s signature: %s"), to);
  cr_window_toast (self->window, text, NULL, NULL);
  self->wanted = id;
  reloaded_cb (self);
}

static void
new_cb (CrReferralsSection *self)
{
  GtkWindow *order;
  if (self->chart == NULL)
    return;
  order = cr_referral_order_present (self->window, self->chart);
  g_signal_connect_object (order, "ordered", G_CALLBACK (ordered_cb), self, 0);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrReferralsSection *self)
{
  g_autoptr (CrRow) item =
      g_list_model_get_item (cr_chart_get_referrals (self->chart), gtk_list_box_row_get_index (row));
  open_packet (self, cr_row_get_id (item));
}

static void
section_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrReferralsSection *self = CR_REFERRALS_SECTION (page);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  if (g_strcmp0 (hint, "new-referral") == 0)
    new_cb (self);
  else if (hint != NULL && g_str_has_prefix (hint, "packet:"))
    open_packet (self, g_ascii_strtoll (hint + strlen ("packet:"), NULL, 10));
  else if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

/* The selected one, while it is a draft. */
static gboolean
move_selected (CrReferralsSection *self)
{
  GtkListBoxRow *row = self->chart != NULL ? gtk_list_box_get_selected_row (self->list) : NULL;
  g_autoptr (CrRow) item = row != NULL ? g_list_model_get_item (cr_chart_get_referrals (self->chart),
                                                                gtk_list_box_row_get_index (row))
                                       : NULL;
  const CrReferral *r = item != NULL ? cr_row_peek (item) : NULL;
  if (r == NULL || r->stage != CR_REF_DRAFT)
    return FALSE;
  g_autofree char *to = cr_referral_recipient (
      r->specialty, cr_chart_records_contact (cr_chart_get_records (self->chart), r->contact_id));
  g_autofree char *what = g_strdup_printf (_ ("Referral to %s"), to);
  cr_move_dialog_present (self->window, cr_chart_get_records (self->chart)->patient, what, &CR_REFERRAL,
                          r->id);
  return TRUE;
}

static gboolean
section_perform (CrPage *page, const char *what)
{
  CrReferralsSection *self = CR_REFERRALS_SECTION (page);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "composer") == 0 &&
      cr_packet_composer_perform (self->composer, what))
    return TRUE;
  if (g_strcmp0 (what, "move") == 0)
    return move_selected (self);
  if (g_strcmp0 (what, "new") != 0)
    return FALSE;
  new_cb (self);
  return TRUE;
}

static void
section_forget (CrPage *page)
{
  cr_referrals_section_set_chart (CR_REFERRALS_SECTION (page), NULL);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = section_enter;
  iface->perform = section_perform;
  iface->forget = section_forget;
}

static void
cr_referrals_section_dispose (GObject *object)
{
  CrReferralsSection *self = CR_REFERRALS_SECTION (object);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->chart);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_REFERRALS_SECTION);
  G_OBJECT_CLASS (cr_referrals_section_parent_class)->dispose (object);
}

static void
cr_referrals_section_class_init (CrReferralsSectionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_referrals_section_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/referrals/referrals-section.ui");
  gtk_widget_class_bind_template_child (widget, CrReferralsSection, root);
  gtk_widget_class_bind_template_child (widget, CrReferralsSection, stack);
  gtk_widget_class_bind_template_child (widget, CrReferralsSection, list);
  gtk_widget_class_bind_template_child (widget, CrReferralsSection, new_button);
  gtk_widget_class_bind_template_child (widget, CrReferralsSection, composer_box);
}

static void
cr_referrals_section_init (CrReferralsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (new_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
}

GtkWidget *
cr_referrals_section_new (CrWindow *window)
{
  CrReferralsSection *self = g_object_new (CR_TYPE_REFERRALS_SECTION, NULL);
  self->window = window;
  self->composer = CR_PACKET_COMPOSER (cr_packet_composer_new (window));
  gtk_widget_set_vexpand (GTK_WIDGET (self->composer), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->composer), TRUE);
  gtk_box_append (self->composer_box, GTK_WIDGET (self->composer));
  g_signal_connect_swapped (self->composer, "closed", G_CALLBACK (closed_cb), self);
  return GTK_WIDGET (self);
}

void
cr_referrals_section_set_chart (CrReferralsSection *self, CrChart *chart)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  cr_packet_composer_set_referral (self->composer, NULL, CR_ID_NONE);
  g_set_object (&self->chart, chart);
  if (chart != NULL) {
    gtk_list_box_bind_model (self->list, cr_chart_get_referrals (chart), make_row_cb, self, NULL);
    g_signal_connect_object (chart, "reloaded", G_CALLBACK (reloaded_cb), self, G_CONNECT_SWAPPED);
  }
  show_list (self);
}
