#include "src/ui/chart/results-section.h"
#include "src/ui/shell/focus.h"
#include "src/ui/chart/detail.h"
#include "src/ui/chart/plot-view.h"
#include "src/ui/chart/reference-range.h"
#include "src/ui/chart/result-columns.h"
#include "src/ui/chart/result-lines.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <math.h>

#define MOST_DECIMALS 3 /* of the numbers beside the graph; the table has all digits */

struct _CrResultsSection {
  CrChartSection parent;
  GtkWidget *root, *graph_box;
  GtkStack *stack;
  GtkSearchEntry *filter_entry;
  GtkLabel *count_label, *graph_label;
  GtkButton *clear_button, *selected_button, *all_button;
  GtkToggleButton *graph_button;
  GtkColumnView *view;
  CrPlotView *plot;
  GListStore *lines;            /* CrResultLine */
  GtkMultiSelection *selection; /* of lines */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrResultsSection, cr_results_section, CR_TYPE_CHART_SECTION,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrChart *
chart_of (CrResultsSection *self)
{
  return cr_chart_section_get_chart (CR_CHART_SECTION (self));
}

static const CrObservation *
observation_at (CrResultsSection *self, guint position)
{
  g_autoptr (CrResultLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);
  return line != NULL ? cr_result_line_get (line) : NULL; /* the line stays in the store */
}

static guint
n_lines (CrResultsSection *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->lines));
}

/* ---- what is chosen ---- */

static const CrObservation *
first_chosen (CrResultsSection *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    if (observation_at (self, position) != NULL)
      return observation_at (self, position);
  return NULL;
}

static void
add_new (CrResultsSection *self, GArray *ids, guint position)
{
  const CrObservation *o = observation_at (self, position);
  if (o != NULL && cr_result_is_new (o))
    g_array_append_val (ids, o->id);
}

/* A heading stands for its whole panel. */
static GArray *
chosen_new (CrResultsSection *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  gboolean whole = FALSE;
  for (guint i = 0; i < n_lines (self); i++) {
    gboolean here = gtk_bitset_contains (chosen, i);
    if (observation_at (self, i) == NULL)
      whole = here;
    else if (here || whole)
      add_new (self, ids, i);
  }
  return ids;
}

static GArray *
all_new (CrResultsSection *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < n_lines (self); i++)
    add_new (self, ids, i);
  return ids;
}

/* ---- the graph ---- */

static gboolean
is_point (const CrObservation *o, const CrObservation *chosen)
{
  return g_strcmp0 (o->code, chosen->code) == 0 && o->status != CR_OBS_CANCELLED && o->status != CR_OBS_ERROR;
}

static int
decimals_of (const char *value)
{
  const char *point = value != NULL ? strchr (value, '.') : NULL;
  return point != NULL ? (int)strspn (point + 1, "0123456789") : 0;
}

/* Values in other units are not drawn together, and it is said how many. */
static GArray *
collect_points (CrResultsSection *self, const CrObservation *chosen, guint *left_out)
{
  const GPtrArray *results = cr_chart_section_records (CR_CHART_SECTION (self))->results;
  CrClock *clock = cr_chart_section_clock (CR_CHART_SECTION (self));
  GArray *points = g_array_new (FALSE, FALSE, sizeof (CrPlotPoint));
  *left_out = 0;
  for (guint i = results->len; i > 0; i--) {
    const CrObservation *o = results->pdata[i - 1];
    CrPlotPoint point = { 0, 0, o->number, NAN };
    if (!is_point (o, chosen))
      continue;
    if (isnan (o->number) || g_strcmp0 (o->unit, chosen->unit) != 0) {
      (*left_out)++;
      continue;
    }
    point.day = cr_date_to_days (cr_clock_date_of (clock, o->taken_at));
    point.minute = cr_clock_minute_of (clock, o->taken_at);
    g_array_append_val (points, point);
  }
  return points;
}

static void
draw_graph (CrResultsSection *self, const CrObservation *chosen)
{
  guint left_out;
  g_autoptr (GArray) points = collect_points (self, chosen, &left_out);
  g_autofree char *text = NULL;
  CrPlot plot = { .title = chosen->display, .unit = cr_unit_display (chosen->unit), .points = points };
  plot.decimals = MIN (decimals_of (chosen->value), MOST_DECIMALS);
  cr_reference_range_parse (chosen->range, &plot.goal_low, &plot.goal_high);
  if (points->len > 0 && left_out > 0)
    text = g_strdup_printf (ngettext ("%u value in words or another unit is not drawn.",
                                      "%u values in words or other units are not drawn.", left_out),
                            left_out);
  else if (points->len == 0)
    text = g_strdup (_ ("This test has no numbers to draw."));
  gtk_label_set_label (self->graph_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->graph_label), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->plot), points->len > 0);
  cr_plot_view_set (self->plot, &plot);
}

static void
show_graph (CrResultsSection *self)
{
  const CrObservation *chosen = chart_of (self) != NULL ? first_chosen (self) : NULL;
  gboolean wanted = gtk_toggle_button_get_active (self->graph_button);
  gtk_widget_set_visible (self->graph_box, wanted && chosen != NULL);
  if (wanted && chosen != NULL)
    draw_graph (self, chosen);
  else
    cr_plot_view_set (self->plot, NULL);
}

/* ---- contents ---- */

static void
show_buttons (CrResultsSection *self)
{
  g_autoptr (GArray) all = all_new (self);
  g_autoptr (GArray) chosen = chosen_new (self);
  gboolean may = chart_of (self) != NULL && cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_SIGN);
  g_autofree char *text = g_strdup_printf (_ ("Acknowledge _All New (%u)"), all->len);
  gtk_button_set_label (self->all_button, text);
  gtk_widget_set_visible (GTK_WIDGET (self->all_button), may && all->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->selected_button), may && all->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->selected_button), chosen->len > 0);
}

static void
scroll_to (CrResultsSection *self, guint position)
{
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u",
                              position);
}

static void
select_id (CrResultsSection *self, CrId id)
{
  for (guint i = 0; id != CR_ID_NONE && i < n_lines (self); i++) {
    const CrObservation *o = observation_at (self, i);
    if (o != NULL && o->id == id) {
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
      scroll_to (self, i);
      return;
    }
  }
}

static void
fill (CrResultsSection *self)
{
  const CrObservation *chosen = first_chosen (self);
  CrId id = chosen != NULL ? chosen->id : CR_ID_NONE;
  GListModel *results = chart_of (self) != NULL ? cr_chart_get_results (chart_of (self)) : NULL;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->filter_entry));
  guint total = results != NULL ? g_list_model_get_n_items (results) : 0;
  guint shown =
      cr_result_lines_fill (self->lines, results, words, cr_chart_section_clock (CR_CHART_SECTION (self)));
  gboolean filtered = !cr_str_empty (words);
  g_autofree char *count = filtered ? g_strdup_printf (_ ("Showing %u of %u"), shown, total)
                                    : g_strdup_printf (ngettext ("%u result", "%u results", total), total);
  gtk_label_set_label (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->clear_button), filtered);
  gtk_stack_set_visible_child_name (self->stack, total > 0 ? "table" : "empty");
  select_id (self, id);
  show_buttons (self);
  show_graph (self);
}

/* The entry tells of a change a moment later: the section may stand in no window any more, or not yet. */
static void
search_cb (CrResultsSection *self)
{
  if (cr_chart_section_get_window (CR_CHART_SECTION (self)) != NULL)
    fill (self);
}

static void
selected_cb (CrResultsSection *self)
{
  show_buttons (self);
  show_graph (self);
}

/* ---- acknowledging ---- */

typedef struct {
  CrWindow *window;
  guint n;
} Reviewing;

static void
reviewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reviewing *reviewing = data;
  g_autoptr (CrWindow) window = reviewing->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u result acknowledged", "%u results acknowledged", reviewing->n), reviewing->n);
  g_free (reviewing);
  if (cr_session_finish (result, &error))
    cr_window_toast (window, text, NULL, NULL);
  else
    cr_window_show_error (window, error);
}

static void
acknowledge (CrResultsSection *self, GArray *ids)
{
  Reviewing *reviewing;
  if (ids->len == 0 || chart_of (self) == NULL ||
      !cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_SIGN))
    return;
  reviewing = g_new0 (Reviewing, 1);
  reviewing->window = g_object_ref (cr_chart_section_get_window (CR_CHART_SECTION (self)));
  reviewing->n = ids->len;
  cr_chart_review_results_async (chart_of (self), (const CrId *)(gpointer)ids->data, ids->len, reviewed_cb,
                                 reviewing);
}

static void
acknowledge_selected_cb (CrResultsSection *self)
{
  g_autoptr (GArray) ids = chosen_new (self);
  acknowledge (self, ids);
}

static void
acknowledge_all_cb (CrResultsSection *self)
{
  g_autoptr (GArray) ids = all_new (self);
  acknowledge (self, ids);
}

/* ---- detail ---- */

static char *
reviewed_text (CrResultsSection *self, const CrObservation *o)
{
  const CrPerson *who =
      cr_chart_records_person (cr_chart_section_records (CR_CHART_SECTION (self)), o->reviewed_by);
  g_autofree char *when = cr_chart_section_time (CR_CHART_SECTION (self), o->reviewed_at);
  g_autofree char *name = who != NULL ? cr_person_formal (who) : g_strdup ("");
  if (o->reviewed_at == CR_INSTANT_NONE)
    return g_strdup (_ ("Not reviewed yet"));
  return g_strdup_printf ("%s %s", when, name);
}

static void
opened_cb (GtkColumnView *view, guint position, CrResultsSection *self)
{
  const CrObservation *o = observation_at (self, position);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *value = NULL, *exact = NULL, *when = NULL, *reviewed = NULL;
  GtkWidget *detail;
  if (o == NULL)
    return;
  value = cr_observation_value (o);
  exact = cr_observation_exact (o);
  when = cr_chart_section_time (CR_CHART_SECTION (self), o->taken_at);
  reviewed = reviewed_text (self, o);
  detail = cr_detail_new (GTK_WIDGET (self), focus != NULL ? focus : GTK_WIDGET (view), o->display);
  cr_detail_add (detail, _ ("Value"), value);
  cr_detail_add (detail, _ ("As received"), exact);
  cr_detail_add (detail, _ ("Flag"), cr_flag_mark (o->flag));
  cr_detail_add (detail, _ ("Reference range"), cr_str_empty (o->range) ? _ ("no range given") : o->range);
  cr_detail_add (detail, _ ("Collected"), when);
  cr_detail_add (detail, _ ("Panel"), o->panel);
  cr_detail_add (detail, _ ("Laboratory"), o->performer);
  cr_detail_add (detail, _ ("Code"), o->code);
  cr_detail_add (detail, _ ("Reviewed"), reviewed);
  cr_detail_open (detail);
}

/* ---- keys ---- */

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrResultsSection *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      !cr_window_single_letters (cr_chart_section_get_window (CR_CHART_SECTION (self))))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_k || key == GDK_KEY_K)
    acknowledge_selected_cb (self);
  else if (key == GDK_KEY_g || key == GDK_KEY_G)
    gtk_toggle_button_set_active (self->graph_button, !gtk_toggle_button_get_active (self->graph_button));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
clear_filter_cb (CrResultsSection *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->filter_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* ---- section ---- */

static void
cr_results_section_show (CrChartSection *section)
{
  fill (CR_RESULTS_SECTION (section));
}

static void
cr_results_section_leave (CrChartSection *section)
{
  gtk_editable_set_text (GTK_EDITABLE (CR_RESULTS_SECTION (section)->filter_entry), "");
}

static void
select_first (CrResultsSection *self)
{
  for (guint i = 0; i < n_lines (self); i++)
    if (observation_at (self, i) != NULL) {
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
      scroll_to (self, 0); /* its heading too */
      return;
    }
}

static void
cr_results_section_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrResultsSection *self = CR_RESULTS_SECTION (page);
  cr_chart_section_refresh (CR_CHART_SECTION (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (first_chosen (self) == NULL)
    select_first (self);
  if (hint != NULL && g_str_has_prefix (hint, "result:"))
    select_id (self, g_ascii_strtoll (hint + strlen ("result:"), NULL, 10));
}

static gboolean
cr_results_section_perform (CrPage *page, const char *what)
{
  CrResultsSection *self = CR_RESULTS_SECTION (page);
  if (!g_str_equal (what, "find"))
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->filter_entry));
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = cr_results_section_enter;
  iface->perform = cr_results_section_perform;
}

static void
cr_results_section_dispose (GObject *object)
{
  CrResultsSection *self = CR_RESULTS_SECTION (object);
  if (self->root != NULL)
    cr_chart_section_set_chart (CR_CHART_SECTION (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_RESULTS_SECTION);
  g_clear_object (&self->selection);
  g_clear_object (&self->lines);
  G_OBJECT_CLASS (cr_results_section_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrResultsSection, root);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, graph_box);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, stack);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, filter_entry);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, count_label);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, graph_label);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, clear_button);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, selected_button);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, all_button);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, graph_button);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, view);
  gtk_widget_class_bind_template_child (widget, CrResultsSection, plot);
}

static void
cr_results_section_class_init (CrResultsSectionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_results_section_dispose;
  CR_CHART_SECTION_CLASS (klass)->show = cr_results_section_show;
  CR_CHART_SECTION_CLASS (klass)->leave = cr_results_section_leave;
  g_type_ensure (CR_TYPE_PLOT_VIEW);
  g_type_ensure (CR_TYPE_ONE_STOP);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/chart/results-section.ui");
  bind_children (widget);
}

static void
cr_results_section_init (CrResultsSection *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lines = g_list_store_new (CR_TYPE_RESULT_LINE);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));
  cr_result_columns_add (self->view);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self->view, "activate", G_CALLBACK (opened_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_swapped (self->filter_entry, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->filter_entry, "stop-search", G_CALLBACK (clear_filter_cb), self);
  g_signal_connect_swapped (self->clear_button, "clicked", G_CALLBACK (clear_filter_cb), self);
  g_signal_connect_swapped (self->selected_button, "clicked", G_CALLBACK (acknowledge_selected_cb), self);
  g_signal_connect_swapped (self->all_button, "clicked", G_CALLBACK (acknowledge_all_cb), self);
  g_signal_connect_swapped (self->graph_button, "toggled", G_CALLBACK (show_graph), self);
}

GtkWidget *
cr_results_section_new (CrWindow *window)
{
  CrResultsSection *self = g_object_new (CR_TYPE_RESULTS_SECTION, NULL);
  cr_chart_section_set_window (CR_CHART_SECTION (self), window);
  return GTK_WIDGET (self);
}
