#include "src/ui/rx/meds-section.h"
#include "src/ui/chart/line.h"
#include "src/ui/rx/rx-batch-sheet.h"
#include "src/ui/rx/rx-composer.h"
#include "src/ui/rx/rx-print.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/base/text.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrMedsSection {
  GtkWidget parent;
  GtkWidget *root;
  GtkToggleButton *current_button, *past_button;
  GtkButton *new_button, *renew_button;
  GtkListBox *list;
  GtkStack *stack;
  GtkRevealer *composer_revealer;
  CrRxComposer *composer;
  CrWindow *window; /* borrowed: it stands in it */
  CrChart *chart;
  GtkFilterListModel *shown;
  GHashTable *ticked; /* CrId of medications to renew */
  GPtrArray *against; /* CrCheck: what an allergy speaks against; NULL without a chart */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrMedsSection, cr_meds_section, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static gboolean
is_current (const CrMedication *m)
{
  return m->status == CR_MED_ACTIVE || m->status == CR_MED_NOT_STARTED || m->status == CR_MED_ON_HOLD ||
         m->status == CR_MED_REPORTED;
}

static const char *
status_word (int status)
{
  static const char *const WORDS[] = { N_ ("Active"),          N_ ("Not started"), N_ ("On hold"),
                                       N_ ("Completed"),       N_ ("Stopped"),     N_ ("Patient reports"),
                                       N_ ("Entered in error") };
  return _ (WORDS[CLAMP (status, 0, CR_MED_ERROR)]);
}

static gboolean
filter_cb (gpointer item, gpointer data)
{
  CrMedsSection *self = data;
  return is_current (cr_row_peek (item)) == gtk_toggle_button_get_active (self->current_button);
}

/* ---- one line per medication: name, directions; meta at the right ---- */

static GtkWidget *
make_name (const CrMedication *m)
{
  const char *rest = m->generic != NULL && g_str_has_prefix (m->display, m->generic)
                         ? m->display + strlen (m->generic)
                         : NULL;
  g_autofree char *markup = rest != NULL ? g_markup_printf_escaped ("<b>%s</b>%s", m->generic, rest)
                                         : g_markup_printf_escaped ("<b>%s</b>", m->display);
  GtkWidget *label = cr_list_cell (NULL, "value", 0);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  return label;
}

static gboolean
may_renew (CrMedsSection *self, const CrMedication *m)
{
  return is_current (m) && m->status != CR_MED_REPORTED &&
         cr_session_can (cr_window_get_session (self->window), CR_RIGHT_CLINICAL_RECORD);
}

static void
show_ticked (CrMedsSection *self)
{
  guint n = g_hash_table_size (self->ticked);
  g_autofree char *text = g_strdup_printf (ngettext ("Re_new %u Selected…", "Re_new %u Selected…", n), n);
  gtk_button_set_label (self->renew_button, text);
  gtk_widget_set_visible (GTK_WIDGET (self->renew_button), n > 0);
}

static GtkWidget *
make_tick (CrMedsSection *self, const CrMedication *m)
{
  GtkWidget *tick = cr_list_tick (self->ticked, m->id, _ ("Renew together with others"));
  gtk_widget_set_sensitive (tick, may_renew (self, m));
  g_signal_connect_swapped (tick, "toggled", G_CALLBACK (show_ticked), self);
  return tick;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrMedsSection *self = data;
  const CrMedication *m = cr_row_peek (item);
  const CrCheck *against = cr_checks_about (self->against, m->id);
  g_autofree char *warning = against != NULL ? cr_line_against (against) : NULL;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *sig = cr_sig_list_text (&m->sig);
  g_autofree char *started = cr_date_format (m->started);
  g_autofree char *spoken = g_strdup_printf (
      "%s, %s, %s, %s%s%s", m->display, sig != NULL ? sig : "", m->indication != NULL ? m->indication : "",
      status_word (m->status), warning != NULL ? ", " : "", warning != NULL ? warning : "");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), make_name (m));
  gtk_box_append (GTK_BOX (text),
                  cr_list_cell (cr_str_empty (sig) ? _ ("Directions not recorded") : sig, "text-2", 0));
  if (warning != NULL)
    gtk_box_append (GTK_BOX (text), cr_list_cell (warning, "critical", 0));
  if (is_current (m))
    gtk_box_append (GTK_BOX (line), make_tick (self, m));
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line),
                  cr_list_cell (cr_str_empty (m->indication) ? "–" : m->indication, "value", 16));
  gtk_box_append (GTK_BOX (line), cr_list_cell (started, "numeric", 12));
  gtk_box_append (GTK_BOX (line), cr_list_cell (status_word (m->status), "value", 12));
  return cr_list_row (line, spoken);
}

static void
count_cb (CrMedsSection *self)
{
  GListModel *all = self->chart != NULL ? cr_chart_get_medications (self->chart) : NULL;
  guint current = 0, n = all != NULL ? g_list_model_get_n_items (all) : 0;
  g_autofree char *now = NULL, *past = NULL;
  for (guint i = 0; i < n; i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (all, i);
    current += is_current (cr_row_peek (row));
  }
  now = g_strdup_printf (_ ("Current %u"), current);
  past = g_strdup_printf (_ ("Past %u"), n - current);
  gtk_button_set_label (GTK_BUTTON (self->current_button), now);
  gtk_button_set_label (GTK_BUTTON (self->past_button), past);
  gtk_stack_set_visible_child_name (
      self->stack,
      self->shown != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0 ? "list" : "empty");
}

static void
refilter_cb (CrMedsSection *self)
{
  if (self->shown != NULL)
    gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
  count_cb (self);
}

/* ---- composer ---- */

static void
compose (CrMedsSection *self, const CrMedication *renewed)
{
  g_autoptr (CrRxDraft) draft = NULL;
  if (self->chart == NULL || !cr_session_can (cr_window_get_session (self->window), CR_RIGHT_CLINICAL_RECORD))
    return;
  draft = cr_rx_draft_new (self->chart);
  if (renewed != NULL)
    cr_rx_draft_renew (draft, renewed);
  gtk_revealer_set_reveal_child (self->composer_revealer, TRUE);
  cr_rx_composer_set_draft (self->composer, self->chart, draft);
}

static void
composed_cb (CrMedsSection *self)
{
  gtk_revealer_set_reveal_child (self->composer_revealer, FALSE);
  cr_rx_composer_set_draft (self->composer, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->new_button));
}

static void
new_cb (CrMedsSection *self)
{
  compose (self, NULL);
}

static const CrMedication *
selected (CrMedsSection *self, CrRow **item)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  *item = row != NULL && self->shown != NULL
              ? g_list_model_get_item (G_LIST_MODEL (self->shown), gtk_list_box_row_get_index (row))
              : NULL;
  return *item != NULL ? cr_row_peek (*item) : NULL;
}

static void
activated_cb (CrMedsSection *self)
{
  g_autoptr (CrRow) item = NULL;
  const CrMedication *m = selected (self, &item);
  if (m != NULL)
    compose (self, m);
}

/* ---- several renewed at once (UX 2.2 D6) ---- */

static void
renewed_cb (CrMedsSection *self)
{
  cr_window_toast (self->window, _ ("Signed; ready to print."), NULL, NULL);
}

/* What could not go with the others: it waits in the queue, or it lacks something and the composer asks for
 * it. */
static char *
names_of (const GPtrArray *items, gboolean stored)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++) {
    const CrQueueItem *item = items->pdata[i];
    if ((item->prescription->id != CR_ID_NONE) == stored && cr_queue_item_alone (item) != NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", item->prescription->display);
  }
  return g_string_free (names, FALSE);
}

static void
say_others (CrMedsSection *self, const GPtrArray *items)
{
  g_autofree char *waiting = names_of (items, TRUE), *lacking = names_of (items, FALSE), *text = NULL;
  gboolean may_sign = cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SIGN);
  if (lacking[0] != '\0')
    text =
        g_strdup_printf (_ ("Quantity or directions are missing, renew on its own with Enter: %s."), lacking);
  else if (!may_sign)
    text = g_strdup (_ ("The renewals wait for the prescriber's signature."));
  else if (waiting[0] != '\0')
    text = g_strdup_printf (_ ("In the Rx queue, to be reviewed and signed on its own: %s."), waiting);
  if (text != NULL)
    cr_window_toast (self->window, text, NULL, NULL);
}

static void
renew_stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrMedsSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cr_rx_renew_finish (result, &error);
  g_autoptr (GPtrArray) together = g_ptr_array_new ();
  if (items == NULL) {
    cr_window_show_error (self->window, error);
    return;
  }
  if (CR_CHART (source) != self->chart)
    return; /* another chart by now; the renewals wait in the queue */
  say_others (self, items);
  if (!cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SIGN))
    return;
  for (guint i = 0; i < items->len; i++)
    if (cr_queue_item_alone (items->pdata[i]) == NULL)
      g_ptr_array_add (together, items->pdata[i]);
  if (together->len > 0)
    g_signal_connect_object (cr_rx_batch_sheet_present (self->window, together), "signed",
                             G_CALLBACK (renewed_cb), self, G_CONNECT_SWAPPED);
}

static void
bind_rows (CrMedsSection *self)
{
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), make_row_cb, self, NULL);
}

static void
renew_ticked (CrMedsSection *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; self->shown != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (self->shown), i);
    CrId id = cr_row_get_id (row);
    if (g_hash_table_contains (self->ticked, &id))
      g_array_append_val (ids, id);
  }
  g_hash_table_remove_all (self->ticked);
  show_ticked (self);
  if (ids->len == 0)
    return;
  bind_rows (self);
  cr_rx_renew_async (self->chart, (const CrId *)ids->data, ids->len, renew_stored_cb, g_object_ref (self));
}

static void
turn_tick (CrMedsSection *self)
{
  GtkCheckButton *tick = cr_list_selected_tick (self->list);
  if (tick != NULL && gtk_widget_get_sensitive (GTK_WIDGET (tick)))
    cr_list_turn (tick);
}

/* ---- stop, with a reason ---- */

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrMedsSection) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (self->window, error);
}

static void
reason_cb (GtkButton *button, CrMedsSection *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  const CrId *id = g_object_get_data (G_OBJECT (popover), "cr-id");
  cr_chart_stop_medication_async (self->chart, *id, gtk_button_get_label (button), stopped_cb,
                                  g_object_ref (self));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
ask_stop (CrMedsSection *self)
{
  static const char *const REASONS[] = { N_ ("No longer needed"), N_ ("Side effect"), N_ ("Did not help"),
                                         N_ ("Replaced by another"), N_ ("Patient's wish") };
  g_autoptr (CrRow) item = NULL;
  const CrMedication *m = selected (self, &item);
  GtkWidget *popover, *box;
  if (m == NULL || !is_current (m))
    return;
  popover = gtk_popover_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), cr_list_cell (_ ("Stop because …"), "heading", 0));
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++) {
    GtkWidget *button = gtk_button_new_with_label (_ (REASONS[i]));
    g_signal_connect (button, "clicked", G_CALLBACK (reason_cb), self);
    gtk_box_append (GTK_BOX (box), button);
  }
  g_object_set_data_full (G_OBJECT (popover), "cr-id", g_memdup2 (&m->id, sizeof m->id), g_free);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
  g_signal_connect (popover, "closed", G_CALLBACK (gtk_widget_unparent), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static gboolean
list_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrMedsSection *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_space)
    turn_tick (self);
  else if (!cr_window_single_letters (self->window))
    return FALSE;
  else if (key == GDK_KEY_n && g_hash_table_size (self->ticked) > 0)
    renew_ticked (self);
  else if (key == GDK_KEY_n || key == GDK_KEY_c)
    activated_cb (self);
  else if (key == GDK_KEY_s)
    ask_stop (self);
  else
    return FALSE;
  return TRUE;
}

/* ---- page ---- */

static void
meds_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrMedsSection *self = CR_MEDS_SECTION (page);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  if (g_strcmp0 (hint, "new-rx") == 0)
    compose (self, NULL);
  else if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->new_button));
}

static gboolean
meds_perform (CrPage *page, const char *what)
{
  CrMedsSection *self = CR_MEDS_SECTION (page);
  if (g_strcmp0 (what, "new") == 0)
    compose (self, NULL);
  else if (g_strcmp0 (what, "primary") == 0)
    return cr_rx_composer_sign (self->composer);
  else
    return FALSE;
  return TRUE;
}

static void
meds_forget (CrPage *page)
{
  cr_meds_section_set_chart (CR_MEDS_SECTION (page), NULL);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = meds_enter;
  iface->perform = meds_perform;
  iface->forget = meds_forget;
}

static void
cr_meds_section_dispose (GObject *object)
{
  CrMedsSection *self = CR_MEDS_SECTION (object);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->against, g_ptr_array_unref);
  g_clear_pointer (&self->ticked, g_hash_table_unref);
  g_clear_object (&self->chart);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_MEDS_SECTION);
  G_OBJECT_CLASS (cr_meds_section_parent_class)->dispose (object);
}

static void
cr_meds_section_class_init (CrMedsSectionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_meds_section_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/rx/meds-section.ui");
  gtk_widget_class_bind_template_child (widget, CrMedsSection, root);
  gtk_widget_class_bind_template_child (widget, CrMedsSection, current_button);
  gtk_widget_class_bind_template_child (widget, CrMedsSection, past_button);
  gtk_widget_class_bind_template_child (widget, CrMedsSection, new_button);
  gtk_widget_class_bind_template_child (widget, CrMedsSection, renew_button);
  gtk_widget_class_bind_template_child (widget, CrMedsSection, list);
  gtk_widget_class_bind_template_child (widget, CrMedsSection, stack);
  gtk_widget_class_bind_template_child (widget, CrMedsSection, composer_revealer);
}

static void
cr_meds_section_init (CrMedsSection *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ticked = cr_list_ids_new ();
  g_signal_connect_swapped (self->renew_button, "clicked", G_CALLBACK (renew_ticked), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect_swapped (self->current_button, "toggled", G_CALLBACK (refilter_cb), self);
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (new_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
}

GtkWidget *
cr_meds_section_new (CrWindow *window)
{
  CrMedsSection *self = g_object_new (CR_TYPE_MEDS_SECTION, NULL);
  self->window = window;
  self->composer = CR_RX_COMPOSER (cr_rx_composer_new (window));
  gtk_revealer_set_child (self->composer_revealer, GTK_WIDGET (self->composer));
  g_signal_connect_swapped (self->composer, "done", G_CALLBACK (composed_cb), self);
  gtk_widget_set_visible (GTK_WIDGET (self->new_button),
                          cr_session_can (cr_window_get_session (window), CR_RIGHT_CLINICAL_RECORD));
  return GTK_WIDGET (self);
}

static gboolean
same_warnings (const GPtrArray *a, const GPtrArray *b)
{
  gboolean same = a->len == b->len;
  for (guint i = 0; same && i < a->len; i++) {
    const CrCheck *x = a->pdata[i], *y = b->pdata[i];
    same = x->counterpart_id == y->counterpart_id && g_strcmp0 (x->facts, y->facts) == 0;
  }
  return same;
}

/* An allergy was recorded or taken away: the rows say so at once. */
static void
reloaded_cb (CrMedsSection *self)
{
  g_autoptr (GPtrArray) before = self->against;
  self->against = cr_chart_taken_against (self->chart, NULL);
  if (!same_warnings (before, self->against))
    bind_rows (self);
}

static void
watch_chart (CrMedsSection *self, CrChart *chart)
{
  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_func (self->chart, reloaded_cb, self);
  g_clear_pointer (&self->against, g_ptr_array_unref);
  g_set_object (&self->chart, chart);
  if (chart == NULL)
    return;
  self->against = cr_chart_taken_against (chart, NULL);
  g_signal_connect_object (chart, "reloaded", G_CALLBACK (reloaded_cb), self, G_CONNECT_SWAPPED);
}

void
cr_meds_section_set_chart (CrMedsSection *self, CrChart *chart)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->shown);
  cr_rx_composer_set_draft (self->composer, NULL, NULL);
  gtk_revealer_set_reveal_child (self->composer_revealer, FALSE);
  g_hash_table_remove_all (self->ticked);
  show_ticked (self);
  watch_chart (self, chart);
  if (chart != NULL) {
    self->shown = gtk_filter_list_model_new (g_object_ref (cr_chart_get_medications (chart)),
                                             GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL)));
    bind_rows (self);
    g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  }
  count_cb (self);
}
