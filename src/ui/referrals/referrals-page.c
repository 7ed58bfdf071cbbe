#include "src/ui/referrals/referrals-page.h"
#include "src/ui/shell/list-row.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include "chartroom/session/referral-work.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

#define N_FILTERS 5

struct _CrReferralsPage {
  GtkWidget parent;
  GtkWidget *root;
  CrWrapBox *filter_box;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *events_label;
  GtkWidget *buttons[N_FILTERS];
  GListModel *models[N_FILTERS];
  CrReferralFilter filter;
  CrWindow *window; /* borrowed: it stands in it */
};

static const struct {
  CrReferralFilter filter;
  const char *title;
} FILTERS[N_FILTERS] = { { CR_REFS_NEEDS_PACKET, N_ ("Needs packet") },
                         { CR_REFS_AWAITING_APPOINTMENT, N_ ("Awaiting appointment") },
                         { CR_REFS_AWAITING_REPORT, N_ ("Awaiting report") },
                         { CR_REFS_OVERDUE, N_ ("Overdue") },
                         { CR_REFS_CLOSED, N_ ("Closed") } };

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrReferralsPage, cr_referrals_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrReferralsPage *self = data;
  const CrReferralItem *r = cr_row_peek (item);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *name = cr_window_name_of (self->window, r->patient);
  g_autofree char *due = cr_date_format (r->referral->due_on);
  g_autofree char *age = g_strdup_printf (_ ("%d d"), r->age_days);
  g_autofree char *when =
      r->overdue ? g_strdup_printf (_ ("▲ overdue since %s"), due) : g_strdup_printf (_ ("due %s"), due);
  g_autofree char *spoken =
      g_strdup_printf ("%s, %s, %s, %s, %s", name, r->to, cr_urgency_word (r->referral->urgency),
                       cr_referral_stage_word (r->referral->stage), when);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), cr_list_cell (r->to, "value", 0));
  gtk_box_append (GTK_BOX (text), cr_list_cell (r->referral->question, "caption", 0));
  gtk_box_append (GTK_BOX (line),
                  cr_list_cell (cr_urgency_word (r->referral->urgency),
                                r->referral->urgency <= CR_URGENCY_URGENT ? "critical" : "value", 13));
  gtk_box_append (GTK_BOX (line), cr_list_cell (name, "heading", 15));
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), cr_list_cell (cr_referral_stage_word (r->referral->stage), "value", 12));
  gtk_box_append (GTK_BOX (line), cr_list_cell (age, "numeric", 5));
  gtk_box_append (GTK_BOX (line), cr_list_cell (when, r->overdue ? "critical" : "text-2", 15));
  return cr_list_row (line, spoken);
}

static void
count_cb (CrReferralsPage *self)
{
  for (guint i = 0; i < N_FILTERS; i++) {
    guint n = g_list_model_get_n_items (self->models[i]);
    const char *mark = FILTERS[i].filter == CR_REFS_OVERDUE && n > 0 ? " ▲" : "";
    g_autofree char *text = g_strdup_printf ("%s %u%s", _ (FILTERS[i].title), n, mark);
    gtk_button_set_label (GTK_BUTTON (self->buttons[i]), text);
  }
  gboolean may_see = cr_session_can (cr_window_get_session (self->window), CR_RIGHT_CLINICAL_VIEW);
  gboolean any = g_list_model_get_n_items (self->models[self->filter]) > 0;
  gtk_stack_set_visible_child_name (self->stack, !may_see ? "refused" : any ? "list" : "empty");
}

static void
show_list (CrReferralsPage *self)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->list, self->models[self->filter], make_row_cb, self, NULL);
  gtk_label_set_label (self->events_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->events_label), FALSE);
  count_cb (self);
}

static void
filter_cb (GtkToggleButton *button, CrReferralsPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->filter = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "cr-filter"));
  show_list (self);
}

/* What happened to the selected one so far. */
static void
selected_cb (GtkListBox *list, GtkListBoxRow *row, CrReferralsPage *self)
{
  g_autoptr (CrRow) item =
      row != NULL ? g_list_model_get_item (self->models[self->filter], gtk_list_box_row_get_index (row))
                  : NULL;
  const CrReferralItem *r = item != NULL ? cr_row_peek (item) : NULL;
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  GString *text = g_string_new (NULL);
  for (guint i = 0; r != NULL && r->events != NULL && i < r->events->len; i++) {
    const CrReferralEvent *e = r->events->pdata[i];
    g_autofree char *date = cr_date_format_short (cr_clock_date_of (clock, e->at));
    g_autofree char *time = cr_minute_format (cr_clock_minute_of (clock, e->at));
    g_string_append_printf (text, "%s%s %s  %s", i > 0 ? "   ·   " : "", date, time,
                            cr_referral_stage_word (e->stage));
  }
  gtk_label_set_label (self->events_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->events_label), text->len > 0);
  g_string_free (text, TRUE);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrReferralsPage *self)
{
  g_autoptr (CrRow) item =
      g_list_model_get_item (self->models[self->filter], gtk_list_box_row_get_index (row));
  const CrReferralItem *r = cr_row_peek (item);
  g_autofree char *hint = g_strdup_printf ("packet:%" G_GINT64_FORMAT, r->referral->id);
  cr_window_navigate (self->window, CR_PAGE_CHART, r->patient->id, CR_SECTION_REFERRALS, hint, "referrals");
}

static void
referrals_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrReferralsPage *self = CR_REFERRALS_PAGE (page);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_grab_focus (first != NULL ? GTK_WIDGET (first) : self->buttons[self->filter]);
}

static void
referrals_forget (CrPage *page)
{
  gtk_list_box_bind_model (CR_REFERRALS_PAGE (page)->list, NULL, NULL, NULL, NULL);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = referrals_enter;
  iface->forget = referrals_forget;
}

static void
cr_referrals_page_dispose (GObject *object)
{
  CrReferralsPage *self = CR_REFERRALS_PAGE (object);
  for (guint i = 0; i < N_FILTERS; i++)
    g_clear_object (&self->models[i]);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_REFERRALS_PAGE);
  G_OBJECT_CLASS (cr_referrals_page_parent_class)->dispose (object);
}

static void
cr_referrals_page_class_init (CrReferralsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_referrals_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/referrals/referrals-page.ui");
  gtk_widget_class_bind_template_child (widget, CrReferralsPage, root);
  gtk_widget_class_bind_template_child (widget, CrReferralsPage, filter_box);
  gtk_widget_class_bind_template_child (widget, CrReferralsPage, stack);
  gtk_widget_class_bind_template_child (widget, CrReferralsPage, list);
  gtk_widget_class_bind_template_child (widget, CrReferralsPage, events_label);
}

static void
cr_referrals_page_init (CrReferralsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_FILTERS; i++) {
    self->buttons[i] = gtk_toggle_button_new ();
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), i == 0);
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]),
                                 i > 0 ? GTK_TOGGLE_BUTTON (self->buttons[0]) : NULL);
    g_object_set_data (G_OBJECT (self->buttons[i]), "cr-filter", GUINT_TO_POINTER (i));
    g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (filter_cb), self);
    cr_wrap_box_append (self->filter_box, self->buttons[i]);
  }
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (selected_cb), self);
}

GtkWidget *
cr_referrals_page_new (CrWindow *window)
{
  CrReferralsPage *self = g_object_new (CR_TYPE_REFERRALS_PAGE, NULL);
  self->window = window;
  for (guint i = 0; i < N_FILTERS; i++)
    self->models[i] = cr_referral_list_new (cr_window_get_session (window), FILTERS[i].filter);
  for (guint i = 0; i < N_FILTERS; i++)
    g_signal_connect_object (self->models[i], "items-changed", G_CALLBACK (count_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (cr_window_get_session (window), "notify::person-name", G_CALLBACK (count_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  show_list (self);
  return GTK_WIDGET (self);
}
