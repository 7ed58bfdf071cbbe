#include "src/ui/chart/vitals-section.h"
#include "src/ui/chart/plot-view.h"
#include "src/ui/chart/vitals-grid.h"
#include "src/ui/chart/vitals-table.h"
#include <glib/gi18n.h>
#include <math.h>

struct _CrVitalsSection {
  CrChartSection parent;
  GtkWidget *root, *entry_bar, *plots;
  CrVitalsGrid *grid;
  GtkButton *enter_button, *save_button, *cancel_button, *earlier_button, *later_button;
  GtkDropDown *range_choice;
  GtkLabel *entry_problem, *other_label;
  CrPlotView *pressure_plot, *weight_plot;
  GHashTable *parked; /* patient id → typed texts of an entry that is not saved yet */
};

static const int RANGE_MONTHS[] = { 0, 3, 12, 24 }; /* of the range choice; 0: all */

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrVitalsSection, cr_vitals_section, CR_TYPE_CHART_SECTION,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrChart *
chart_of (CrVitalsSection *self)
{
  return cr_chart_section_get_chart (CR_CHART_SECTION (self));
}

/* ---- graphs ---- */

static gint32
first_day (CrVitalsSection *self)
{
  int months = RANGE_MONTHS[gtk_drop_down_get_selected (self->range_choice)];
  CrDate today = cr_chart_section_today (CR_CHART_SECTION (self));
  return months > 0 ? cr_date_to_days (cr_date_add_months (today, -months)) : 0;
}

static void
append_point (CrVitalsSection *self, GArray *points, const CrObservation *o, double value, double second)
{
  CrClock *clock = cr_chart_section_clock (CR_CHART_SECTION (self));
  CrPlotPoint point = { cr_date_to_days (cr_clock_date_of (clock, o->taken_at)),
                        cr_clock_minute_of (clock, o->taken_at), value, second };
  if (!isnan (value) && point.day >= first_day (self))
    g_array_append_val (points, point);
}

static void
set_plot (CrVitalsSection *self, CrPlotView *view, CrPlot plot)
{
  plot.goal_low = plot.goal_high = NAN;
  plot.first_day = first_day (self);
  plot.last_day =
      plot.first_day != 0 ? cr_date_to_days (cr_chart_section_today (CR_CHART_SECTION (self))) : 0;
  cr_plot_view_set (view, &plot);
  gtk_widget_set_visible (GTK_WIDGET (view), plot.points->len > 0);
}

/* The diastolic value of the same measurement: same panel, else same moment. */
static double
diastolic_of (GPtrArray *diastolic, const CrObservation *systolic)
{
  for (guint i = 0; i < diastolic->len; i++) {
    const CrObservation *o = diastolic->pdata[i];
    if (systolic->panel_id != CR_ID_NONE ? o->panel_id == systolic->panel_id
                                         : o->taken_at == systolic->taken_at)
      return o->number;
  }
  return NAN;
}

static void
show_pressure (CrVitalsSection *self)
{
  g_autoptr (GPtrArray) systolic = cr_chart_vital (chart_of (self), CR_LOINC_SYSTOLIC, G_MAXUINT);
  g_autoptr (GPtrArray) diastolic = cr_chart_vital (chart_of (self), CR_LOINC_DIASTOLIC, G_MAXUINT);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (CrPlotPoint));
  for (guint i = systolic->len; i > 0; i--) {
    double low = diastolic_of (diastolic, systolic->pdata[i - 1]);
    if (!isnan (low))
      append_point (self, points, systolic->pdata[i - 1],
                    ((const CrObservation *)systolic->pdata[i - 1])->number, low);
  }
  set_plot (
      self, self->pressure_plot,
      (CrPlot){ .title = _ ("Blood pressure"), .unit = "mmHg", .code = CR_LOINC_SYSTOLIC, .points = points });
}

/* In the unit of the table's row; the stored number is in kilograms. */
static void
show_weight (CrVitalsSection *self)
{
  const CrPatient *patient = cr_chart_section_records (CR_CHART_SECTION (self))->patient;
  CrUnits units = cr_units_for (patient->birth_date, cr_chart_section_today (CR_CHART_SECTION (self)));
  double per_kg = units == CR_UNITS_US ? 1 / 0.45359237 : 1;
  g_autoptr (GPtrArray) values = cr_chart_vital (chart_of (self), CR_LOINC_WEIGHT, G_MAXUINT);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (CrPlotPoint));
  for (guint i = values->len; i > 0; i--) {
    const CrObservation *o = values->pdata[i - 1];
    append_point (self, points, o, o->number * per_kg, NAN);
  }
  set_plot (self, self->weight_plot,
            (CrPlot){ .title = _ ("Weight"),
                      .unit = cr_vital_unit (CR_VITAL_WEIGHT, units),
                      .decimals = 1,
                      .points = points });
}

static void
show_plots (CrVitalsSection *self)
{
  if (chart_of (self) == NULL)
    return;
  show_pressure (self);
  show_weight (self);
}

/* ---- what is not in the table ---- */

static gboolean
has_row (const CrObservation *o)
{
  CrVital vital;
  return cr_vital_of_code (o->code, &vital) || g_strcmp0 (o->code, CR_LOINC_BMI) == 0;
}

/* The newest of each other measurement, by name: nothing that is stored stays out of sight. */
static void
show_others (CrVitalsSection *self)
{
  const GPtrArray *vitals = cr_chart_section_records (CR_CHART_SECTION (self))->vitals;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < vitals->len; i++) {
    const CrObservation *o = vitals->pdata[i];
    g_autofree char *value = NULL, *day = NULL;
    if (has_row (o) || o->status == CR_OBS_ERROR || o->display == NULL ||
        !g_hash_table_add (seen, o->display))
      continue;
    value = cr_observation_value (o);
    day = cr_chart_section_day (CR_CHART_SECTION (self), o->taken_at);
    g_string_append_printf (text, "%s%s %s (%s)", text->len > 0 ? "  ·  " : _ ("Also recorded: "), o->display,
                            value, day);
  }
  gtk_label_set_label (self->other_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), text->len > 0);
}

/* ---- the table and its new column ---- */

static void
show_steps (CrVitalsSection *self)
{
  guint earlier = cr_vitals_grid_earlier (self->grid), later = cr_vitals_grid_later (self->grid);
  g_autofree char *before = g_strdup_printf (_ ("◂ _Earlier (%u)"), earlier);
  g_autofree char *after = g_strdup_printf (_ ("_Later (%u) ▸"), later);
  gtk_button_set_label (self->earlier_button, before);
  gtk_button_set_label (self->later_button, after);
  gtk_widget_set_visible (GTK_WIDGET (self->earlier_button), earlier > 0 || later > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->later_button), earlier > 0 || later > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->earlier_button), earlier > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->later_button), later > 0);
}

static void
show_entry (CrVitalsSection *self)
{
  gboolean entering = cr_vitals_grid_is_entering (self->grid);
  gtk_widget_set_visible (self->entry_bar, entering);
  gtk_widget_set_visible (GTK_WIDGET (self->enter_button),
                          !entering &&
                              cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_CLINICAL_RECORD));
  gtk_label_set_label (self->entry_problem, "");
  show_steps (self);
}

static void
start_entry (CrVitalsSection *self, char **typed)
{
  if (chart_of (self) == NULL || !cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_CLINICAL_RECORD))
    return;
  cr_vitals_grid_start (self->grid, typed);
  show_entry (self);
}

static void
enter_cb (CrVitalsSection *self)
{
  start_entry (self, NULL);
}

static void
stop_entry (CrVitalsSection *self)
{
  cr_vitals_grid_stop (self->grid);
  show_entry (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->enter_button));
}

static void
earlier_cb (CrVitalsSection *self)
{
  cr_vitals_grid_step (self->grid, -3);
  show_steps (self);
}

static void
later_cb (CrVitalsSection *self)
{
  cr_vitals_grid_step (self->grid, 3);
  show_steps (self);
}

/* ---- saving ---- */

typedef struct {
  CrVitalsSection *self;
  CrWindow *window;
  CrId patient;
  char *notice;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->self);
  g_object_unref (saving->window);
  g_free (saving->notice);
  g_free (saving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  CrVitalsSection *self = saving->self;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  gboolean here = self->root != NULL && chart_of (self) != NULL &&
                  cr_chart_get_patient_id (chart_of (self)) == saving->patient;
  if (here)
    gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  if (saved) {
    cr_window_toast (saving->window, saving->notice != NULL ? saving->notice : _ ("Vitals saved"), NULL,
                     NULL);
    g_hash_table_remove (self->parked, &saving->patient);
    if (here)
      stop_entry (self);
  } else if (here) {
    gtk_label_set_label (self->entry_problem, error->message);
  } else {
    cr_window_show_error (saving->window, error);
  }
}

static void
save_cb (CrVitalsSection *self)
{
  g_autofree char *notice = NULL;
  g_autoptr (GPtrArray) observations = NULL;
  Saving *saving;
  if (!cr_vitals_grid_is_entering (self->grid) || !gtk_widget_get_sensitive (GTK_WIDGET (self->save_button)))
    return;
  observations = cr_vitals_grid_collect (self->grid, &notice);
  if (observations == NULL || observations->len == 0) {
    gtk_label_set_label (self->entry_problem, observations == NULL
                                                  ? _ ("Look at the marked fields first.")
                                                  : _ ("Nothing was entered. Enter at least one value."));
    return;
  }
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->window = g_object_ref (cr_chart_section_get_window (CR_CHART_SECTION (self)));
  saving->patient = cr_chart_get_patient_id (chart_of (self));
  saving->notice = g_steal_pointer (&notice);
  gtk_label_set_label (self->entry_problem, "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  cr_chart_save_vitals_async (chart_of (self), observations, saved_cb, saving);
}

/* ---- section ---- */

static void
unpark (CrVitalsSection *self)
{
  CrId patient = cr_chart_get_patient_id (chart_of (self));
  char **typed = g_hash_table_lookup (self->parked, &patient);
  if (typed == NULL || cr_vitals_grid_is_entering (self->grid))
    return;
  start_entry (self, typed);
  g_hash_table_remove (self->parked, &patient);
}

static void
cr_vitals_section_show (CrChartSection *section)
{
  CrVitalsSection *self = CR_VITALS_SECTION (section);
  cr_vitals_grid_show (self->grid, chart_of (self));
  if (chart_of (self) == NULL) {
    cr_plot_view_set (self->pressure_plot, NULL);
    cr_plot_view_set (self->weight_plot, NULL);
    gtk_label_set_label (self->other_label, "");
    return;
  }
  show_plots (self);
  show_others (self);
  show_entry (self);
  unpark (self);
}

/* What is typed stays with its patient. */
static void
cr_vitals_section_leave (CrChartSection *section)
{
  CrVitalsSection *self = CR_VITALS_SECTION (section);
  CrId patient = cr_chart_get_patient_id (chart_of (self));
  char **typed = cr_vitals_grid_take (self->grid);
  if (typed != NULL)
    g_hash_table_replace (self->parked, g_memdup2 (&patient, sizeof patient), typed);
  cr_vitals_grid_stop (self->grid);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
}

static void
cr_vitals_section_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrVitalsSection *self = CR_VITALS_SECTION (page);
  cr_chart_section_refresh (CR_CHART_SECTION (self));
  if (g_strcmp0 (hint, "vitals") == 0 && !cr_vitals_grid_is_entering (self->grid))
    start_entry (self, NULL);
  if (cr_vitals_grid_is_entering (self->grid))
    cr_vitals_grid_focus (self->grid);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->enter_button));
}

static gboolean
cr_vitals_section_perform (CrPage *page, const char *what)
{
  CrVitalsSection *self = CR_VITALS_SECTION (page);
  if ((!g_str_equal (what, "primary") && !g_str_equal (what, "save")) ||
      !cr_vitals_grid_is_entering (self->grid))
    return FALSE;
  save_cb (self);
  return TRUE;
}

static void
cr_vitals_section_forget (CrPage *page)
{
  g_hash_table_remove_all (CR_VITALS_SECTION (page)->parked);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = cr_vitals_section_enter;
  iface->perform = cr_vitals_section_perform;
  iface->forget = cr_vitals_section_forget;
}

static void
cr_vitals_section_dispose (GObject *object)
{
  CrVitalsSection *self = CR_VITALS_SECTION (object);
  if (self->root != NULL)
    cr_chart_section_set_chart (CR_CHART_SECTION (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_VITALS_SECTION);
  G_OBJECT_CLASS (cr_vitals_section_parent_class)->dispose (object);
}

static void
cr_vitals_section_finalize (GObject *object)
{
  g_hash_table_unref (CR_VITALS_SECTION (object)->parked);
  G_OBJECT_CLASS (cr_vitals_section_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, root);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, entry_bar);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, plots);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, grid);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, enter_button);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, save_button);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, earlier_button);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, later_button);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, range_choice);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, entry_problem);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, other_label);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, pressure_plot);
  gtk_widget_class_bind_template_child (widget, CrVitalsSection, weight_plot);
}

static void
cr_vitals_section_class_init (CrVitalsSectionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_vitals_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_vitals_section_finalize;
  CR_CHART_SECTION_CLASS (klass)->show = cr_vitals_section_show;
  CR_CHART_SECTION_CLASS (klass)->leave = cr_vitals_section_leave;
  g_type_ensure (CR_TYPE_VITALS_GRID);
  g_type_ensure (CR_TYPE_PLOT_VIEW);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/chart/vitals-section.ui");
  bind_children (widget);
}

static void
cr_vitals_section_init (CrVitalsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->parked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_strfreev);
  g_signal_connect_swapped (self->enter_button, "clicked", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (stop_entry), self);
  g_signal_connect_swapped (self->earlier_button, "clicked", G_CALLBACK (earlier_cb), self);
  g_signal_connect_swapped (self->later_button, "clicked", G_CALLBACK (later_cb), self);
  g_signal_connect_swapped (self->range_choice, "notify::selected", G_CALLBACK (show_plots), self);
}

GtkWidget *
cr_vitals_section_new (CrWindow *window)
{
  CrVitalsSection *self = g_object_new (CR_TYPE_VITALS_SECTION, NULL);
  cr_chart_section_set_window (CR_CHART_SECTION (self), window);
  return GTK_WIDGET (self);
}
