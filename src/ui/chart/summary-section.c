#include "src/ui/chart/summary-section.h"
#include "src/ui/chart/allergy-dialog.h"
#include "src/ui/chart/problem-popover.h"
#include "src/ui/chart/summary-cards.h"
#include "src/ui/chart/summary-details.h"
#include <glib/gi18n.h>

#define MORE_VISITS 20

struct _CrSummarySection {
  CrChartSection parent;
  GtkScrolledWindow *root;
  CrCard *since, *medications, *vitals, *results, *problems, *allergies, *visits;
  GSimpleActionGroup *actions;
  GtkWidget *problem_popover; /* CrProblemPopover; child of this widget */
  gboolean resolved_too, removed_too;
  guint visit_rows;
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrSummarySection, cr_summary_section, CR_TYPE_CHART_SECTION,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrWindow *
window_of (CrSummarySection *self)
{
  return cr_chart_section_get_window (CR_CHART_SECTION (self));
}

static CrChart *
chart_of (CrSummarySection *self)
{
  return cr_chart_section_get_chart (CR_CHART_SECTION (self));
}

static CrSummaryView
view_of (CrSummarySection *self)
{
  CrChartSection *section = CR_CHART_SECTION (self);
  CrSession *session = cr_window_get_session (window_of (self));
  return (CrSummaryView){ .section = section,
                          .chart = chart_of (self),
                          .records = cr_chart_section_records (section),
                          .knowledge = cr_session_get_knowledge (session),
                          .clock = cr_session_get_clock (session),
                          .today = cr_chart_section_today (section) };
}

static void
empty (CrSummarySection *self)
{
  CrCard *cards[] = { self->since,    self->medications, self->vitals, self->results,
                      self->problems, self->allergies,   self->visits };
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    cr_card_clear (cards[i]);
}

static void
cr_summary_section_show (CrChartSection *section)
{
  CrSummarySection *self = CR_SUMMARY_SECTION (section);
  CrSummaryView view;
  if (chart_of (self) == NULL) {
    empty (self);
    return;
  }
  view = view_of (self);
  cr_summary_fill_since (self->since, &view);
  cr_summary_fill_medications (self->medications, &view);
  cr_summary_fill_vitals (self->vitals, &view);
  cr_summary_fill_results (self->results, &view);
  cr_summary_fill_problems (self->problems, &view, self->resolved_too);
  cr_summary_fill_allergies (self->allergies, &view, self->removed_too);
  cr_summary_fill_visits (self->visits, &view, self->visit_rows);
  cr_card_set_action_visible (self->problems, cr_chart_section_can (section, CR_RIGHT_NOTE_WRITE));
  cr_card_set_action_visible (self->allergies, cr_chart_section_can (section, CR_RIGHT_CLINICAL_RECORD));
  cr_card_set_action_visible (self->vitals, cr_chart_section_can (section, CR_RIGHT_CLINICAL_RECORD));
  cr_card_set_action_visible (self->medications, cr_chart_section_can (section, CR_RIGHT_CLINICAL_RECORD));
}

static void
cr_summary_section_leave (CrChartSection *section)
{
  CrSummarySection *self = CR_SUMMARY_SECTION (section);
  self->resolved_too = self->removed_too = FALSE;
  self->visit_rows = CR_SUMMARY_VISITS;
  gtk_popover_popdown (GTK_POPOVER (self->problem_popover));
}

/* ---- actions ---- */

static void
go (CrSummarySection *self, const char *section, const char *hint)
{
  cr_window_navigate (window_of (self), CR_PAGE_CHART, cr_chart_get_patient_id (chart_of (self)), section,
                      hint, "summary");
}

/* The card may be scrolled out of sight: it comes back, and the popover points at where it will be then. */
static void
point_at_problems (CrSummarySection *self)
{
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (self->root);
  double hidden = gtk_adjustment_get_value (scroll);
  graphene_rect_t at;
  gtk_adjustment_set_value (scroll, 0);
  if (gtk_widget_compute_bounds (cr_card_action_button (self->problems), GTK_WIDGET (self), &at))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->problem_popover),
                                 &(GdkRectangle){ (int)at.origin.x, (int)(at.origin.y + (float)hidden),
                                                  (int)at.size.width, (int)at.size.height });
}

static void
add_problem (CrSummarySection *self)
{
  if (chart_of (self) == NULL || !cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_NOTE_WRITE))
    return;
  point_at_problems (self);
  cr_problem_popover_open (CR_PROBLEM_POPOVER (self->problem_popover), window_of (self), chart_of (self));
}

static void
problem_closed_cb (CrSummarySection *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    cr_card_focus (self->problems);
}

static void
add_allergy (CrSummarySection *self)
{
  if (chart_of (self) != NULL && cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_CLINICAL_RECORD))
    cr_allergy_dialog_present (window_of (self), chart_of (self));
}

static void
enter_vitals (CrSummarySection *self)
{
  go (self, CR_SECTION_VITALS, "vitals");
}

static void
prescribe (CrSummarySection *self)
{
  go (self, CR_SECTION_MEDS, "new-rx");
}

static void
show_results (CrSummarySection *self)
{
  go (self, CR_SECTION_RESULTS, NULL);
}

static void
show_resolved_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CrSummarySection *self = data;
  CrSummaryView view = view_of (self);
  self->resolved_too = !self->resolved_too;
  cr_summary_fill_problems (self->problems, &view, self->resolved_too);
}

static void
show_removed_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CrSummarySection *self = data;
  CrSummaryView view = view_of (self);
  self->removed_too = !self->removed_too;
  cr_summary_fill_allergies (self->allergies, &view, self->removed_too);
}

static void
more_visits_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CrSummarySection *self = data;
  CrSummaryView view = view_of (self);
  self->visit_rows += MORE_VISITS;
  cr_summary_fill_visits (self->visits, &view, self->visit_rows);
}

static void
none_recorded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_window_toast (window, _ ("Recorded: no known allergies"), NULL, NULL);
  else
    cr_window_show_error (window, error);
}

static void
no_allergies_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CrSummarySection *self = data;
  cr_chart_no_known_allergies_async (chart_of (self), none_recorded_cb, g_object_ref (window_of (self)));
}

/* ---- rows that open ---- */

static gboolean
has_id (const GPtrArray *records, gint64 id)
{
  for (guint i = 0; i < records->len; i++)
    if (((const CrRecord *)records->pdata[i])->id == id)
      return TRUE;
  return FALSE;
}

static void
opened_cb (CrCard *card, gint64 id, GtkWidget *row, CrSummarySection *self)
{
  const CrChartRecords *records = cr_chart_section_records (CR_CHART_SECTION (self));
  g_autofree char *note = g_strdup_printf ("note:%" G_GINT64_FORMAT, id);
  g_autofree char *result = g_strdup_printf ("result:%" G_GINT64_FORMAT, id);
  g_autofree char *document = g_strdup_printf ("document:%" G_GINT64_FORMAT, id);
  if (has_id (records->notes, id))
    go (self, CR_SECTION_NOTES, note);
  else if (has_id (records->results, id))
    go (self, CR_SECTION_RESULTS, result);
  else if (has_id (records->documents, id))
    go (self, CR_SECTION_DOCUMENTS, document);
  else if (has_id (records->referrals, id))
    go (self, CR_SECTION_REFERRALS, NULL);
  else
    cr_summary_details_open (CR_CHART_SECTION (self), row, id);
}

/* ---- page ---- */

static void
cr_summary_section_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrSummarySection *self = CR_SUMMARY_SECTION (page);
  cr_chart_section_refresh (CR_CHART_SECTION (self));
  cr_card_focus (self->problems);
  if (g_strcmp0 (hint, "add-problem") == 0)
    add_problem (self);
  else if (g_strcmp0 (hint, "add-allergy") == 0)
    add_allergy (self);
  else if (g_strcmp0 (hint, "allergies") == 0)
    cr_card_focus (self->allergies);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = cr_summary_section_enter;
}

static void
cr_summary_section_dispose (GObject *object)
{
  CrSummarySection *self = CR_SUMMARY_SECTION (object);
  if (self->root != NULL)
    cr_chart_section_set_chart (CR_CHART_SECTION (self), NULL);
  g_clear_pointer (&self->problem_popover, gtk_widget_unparent);
  g_clear_object (&self->actions);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_SUMMARY_SECTION);
  G_OBJECT_CLASS (cr_summary_section_parent_class)->dispose (object);
}

static void
cr_summary_section_class_init (CrSummarySectionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_summary_section_dispose;
  CR_CHART_SECTION_CLASS (klass)->show = cr_summary_section_show;
  CR_CHART_SECTION_CLASS (klass)->leave = cr_summary_section_leave;
  g_type_ensure (CR_TYPE_CARD);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/chart/summary-section.ui");
  gtk_widget_class_bind_template_child (widget, CrSummarySection, root);
  gtk_widget_class_bind_template_child (widget, CrSummarySection, since);
  gtk_widget_class_bind_template_child (widget, CrSummarySection, medications);
  gtk_widget_class_bind_template_child (widget, CrSummarySection, vitals);
  gtk_widget_class_bind_template_child (widget, CrSummarySection, results);
  gtk_widget_class_bind_template_child (widget, CrSummarySection, problems);
  gtk_widget_class_bind_template_child (widget, CrSummarySection, allergies);
  gtk_widget_class_bind_template_child (widget, CrSummarySection, visits);
}

static void
connect_cards (CrSummarySection *self)
{
  CrCard *cards[] = { self->since,    self->medications, self->results,
                      self->problems, self->allergies,   self->visits };
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    g_signal_connect (cards[i], "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->problems, "action", G_CALLBACK (add_problem), self);
  g_signal_connect_swapped (self->allergies, "action", G_CALLBACK (add_allergy), self);
  g_signal_connect_swapped (self->vitals, "action", G_CALLBACK (enter_vitals), self);
  g_signal_connect_swapped (self->medications, "action", G_CALLBACK (prescribe), self);
  g_signal_connect_swapped (self->results, "action", G_CALLBACK (show_results), self);
}

static void
cr_summary_section_init (CrSummarySection *self)
{
  static const GActionEntry ENTRIES[] = { { .name = "resolved", .activate = show_resolved_cb },
                                          { .name = "removed-allergies", .activate = show_removed_cb },
                                          { .name = "more-visits", .activate = more_visits_cb },
                                          { .name = "no-allergies", .activate = no_allergies_cb } };
  gtk_widget_init_template (GTK_WIDGET (self));
  self->visit_rows = CR_SUMMARY_VISITS;
  self->problem_popover = g_object_new (CR_TYPE_PROBLEM_POPOVER, NULL);
  gtk_widget_set_parent (self->problem_popover, GTK_WIDGET (self));
  g_signal_connect_swapped (self->problem_popover, "closed", G_CALLBACK (problem_closed_cb), self);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), ENTRIES, G_N_ELEMENTS (ENTRIES), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "summary", G_ACTION_GROUP (self->actions));
  connect_cards (self);
}

GtkWidget *
cr_summary_section_new (CrWindow *window)
{
  CrSummarySection *self = g_object_new (CR_TYPE_SUMMARY_SECTION, NULL);
  cr_chart_section_set_window (CR_CHART_SECTION (self), window);
  return GTK_WIDGET (self);
}
