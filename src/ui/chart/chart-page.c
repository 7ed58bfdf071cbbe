#include "src/ui/chart/chart-page.h"
#include "src/ui/chart/details-section.h"
#include "src/ui/chart/documents-section.h"
#include "src/ui/chart/results-section.h"
#include "src/ui/chart/summary-section.h"
#include "src/ui/chart/vitals-section.h"
#include "src/ui/notes/notes-section.h"
#include "src/ui/referrals/referrals-section.h"
#include "src/ui/rx/meds-section.h"
#include "src/ui/shell/wrap-box.h"
#include <glib/gi18n.h>

#define N_SECTIONS 8

struct _CrChartPage {
  GtkWidget parent;
  GtkWidget *root, *tab_box;
  GtkStack *stack, *sections;
  CrWindow *window; /* borrowed: the page stands in it */
  CrChart *chart;   /* NULL: none open */
  GtkToggleButton *tabs[N_SECTIONS];
  GtkWidget *widgets[N_SECTIONS]; /* made when first looked at */
  CrChart *shown[N_SECTIONS];     /* borrowed: the chart a section was given last */
  guint section;
  gboolean selecting; /* the tabs are being set, not clicked */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrChartPage, cr_chart_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

/* ---- the sections ---- */

static void
set_own_chart (GtkWidget *section, CrChart *chart)
{
  cr_chart_section_set_chart (CR_CHART_SECTION (section), chart);
}

static void
set_meds_chart (GtkWidget *section, CrChart *chart)
{
  cr_meds_section_set_chart (CR_MEDS_SECTION (section), chart);
}

static void
set_referrals_chart (GtkWidget *section, CrChart *chart)
{
  cr_referrals_section_set_chart (CR_REFERRALS_SECTION (section), chart);
}

static const struct {
  const char *name, *title;
  GtkWidget *(*make) (CrWindow *window);
  void (*set_chart) (GtkWidget *section, CrChart *chart);
  gboolean clinical; /* needs the right to read clinical records */
} SECTIONS[N_SECTIONS] = {
  { CR_SECTION_SUMMARY, N_ ("Summary"), cr_summary_section_new, set_own_chart, TRUE },
  { CR_SECTION_NOTES, N_ ("Notes"), cr_notes_section_new, set_own_chart, TRUE },
  { CR_SECTION_MEDS, N_ ("Meds"), cr_meds_section_new, set_meds_chart, TRUE },
  { CR_SECTION_RESULTS, N_ ("Results"), cr_results_section_new, set_own_chart, TRUE },
  { CR_SECTION_VITALS, N_ ("Vitals"), cr_vitals_section_new, set_own_chart, TRUE },
  { CR_SECTION_REFERRALS, N_ ("Referrals"), cr_referrals_section_new, set_referrals_chart, TRUE },
  { CR_SECTION_DOCUMENTS, N_ ("Documents"), cr_documents_section_new, set_own_chart, TRUE },
  { CR_SECTION_DETAILS, N_ ("Details"), cr_details_section_new, set_own_chart, FALSE },
};
#define DETAILS (N_SECTIONS - 1)

static gboolean
is_clinical (CrChartPage *self)
{
  return self->chart != NULL && cr_chart_get_records (self->chart)->clinical;
}

static gboolean
is_open_to (CrChartPage *self, guint section)
{
  return is_clinical (self) || !SECTIONS[section].clinical;
}

static guint
find_section (CrChartPage *self, const char *name)
{
  guint found = self->section;
  for (guint i = 0; name != NULL && i < N_SECTIONS; i++)
    if (g_str_equal (SECTIONS[i].name, name))
      found = i;
  return is_open_to (self, found) ? found : DETAILS;
}

static GtkWidget *
ensure_section (CrChartPage *self, guint section)
{
  if (self->widgets[section] == NULL) {
    self->widgets[section] = SECTIONS[section].make (self->window);
    gtk_stack_add_named (self->sections, self->widgets[section], SECTIONS[section].name);
  }
  if (self->shown[section] != self->chart) {
    self->shown[section] = self->chart;
    SECTIONS[section].set_chart (self->widgets[section], self->chart);
  }
  return self->widgets[section];
}

static void
show_tabs (CrChartPage *self)
{
  self->selecting = TRUE;
  for (guint i = 0; i < N_SECTIONS; i++) {
    gtk_widget_set_visible (GTK_WIDGET (self->tabs[i]), is_open_to (self, i));
    gtk_toggle_button_set_active (self->tabs[i], i == self->section);
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->tabs[i]), GTK_ACCESSIBLE_STATE_SELECTED,
                                 i == self->section, -1);
  }
  self->selecting = FALSE;
}

static GtkWidget *
show_section (CrChartPage *self, guint section)
{
  GtkWidget *widget = ensure_section (self, section);
  self->section = section;
  show_tabs (self);
  gtk_stack_set_visible_child (self->sections, widget);
  return widget;
}

/* Through the window, so that Back knows the way. */
static void
go (CrChartPage *self, guint section)
{
  cr_window_navigate (self->window, CR_PAGE_CHART, cr_chart_get_patient_id (self->chart),
                      SECTIONS[section].name, NULL, "tabs");
}

static void
tab_cb (GtkToggleButton *tab, CrChartPage *self)
{
  if (self->selecting || self->chart == NULL)
    return;
  for (guint i = 0; i < N_SECTIONS; i++)
    if (self->tabs[i] == tab) {
      if (i == self->section)
        show_tabs (self); /* a second click does not switch it off */
      else
        go (self, i);
    }
}

static void
build_tabs (CrChartPage *self)
{
  for (guint i = 0; i < N_SECTIONS; i++) {
    self->tabs[i] = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_TAB, "label",
                                  _ (SECTIONS[i].title), "tooltip-text",
                                  _ ("Previous and next section: Ctrl+Page Up, Ctrl+Page Down"), NULL);
    g_signal_connect (self->tabs[i], "toggled", G_CALLBACK (tab_cb), self);
    cr_wrap_box_append (CR_WRAP_BOX (self->tab_box), GTK_WIDGET (self->tabs[i]));
  }
}

/* ---- page ---- */

static gboolean
step (CrChartPage *self, int by)
{
  if (self->chart == NULL)
    return FALSE;
  for (guint i = 1; i < N_SECTIONS; i++) {
    guint next = (self->section + N_SECTIONS + (guint)(by * (int)i)) % N_SECTIONS;
    if (is_open_to (self, next)) {
      go (self, next);
      return TRUE;
    }
  }
  return FALSE;
}

/* Where a section has nothing new of its own, Ctrl+N writes the note of today. */
static gboolean
write_note (CrChartPage *self)
{
  if (!is_clinical (self) || !cr_session_can (cr_window_get_session (self->window), CR_RIGHT_NOTE_WRITE))
    return FALSE;
  cr_window_navigate (self->window, CR_PAGE_CHART, cr_chart_get_patient_id (self->chart), CR_SECTION_NOTES,
                      "new-note", "keys");
  return TRUE;
}

static gboolean
is_shown_below (GtkWidget *widget, GtkWidget *page)
{
  for (; widget != NULL && widget != page; widget = gtk_widget_get_parent (widget))
    if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
      return FALSE;
  return widget != NULL;
}

/* A list gives way to a sentence where there is nothing to list: then the section's tab has the focus. */
static void
keep_focus_seen (CrChartPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (root != NULL && !is_shown_below (gtk_root_get_focus (root), GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->tabs[self->section]));
}

static void
cr_chart_page_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrChartPage *self = CR_CHART_PAGE (page);
  if (self->chart == NULL)
    return;
  cr_page_enter (CR_PAGE (show_section (self, find_section (self, section))), patient, section, hint);
  keep_focus_seen (self);
}

static gboolean
cr_chart_page_perform (CrPage *page, const char *what)
{
  CrChartPage *self = CR_CHART_PAGE (page);
  if (g_str_equal (what, "previous"))
    return step (self, -1);
  if (g_str_equal (what, "next"))
    return step (self, 1);
  if (self->chart == NULL || self->widgets[self->section] == NULL)
    return FALSE;
  return cr_page_perform (CR_PAGE (self->widgets[self->section]), what) ||
         (g_str_equal (what, "new") && write_note (self));
}

static void
cr_chart_page_forget (CrPage *page)
{
  CrChartPage *self = CR_CHART_PAGE (page);
  cr_chart_page_set_chart (self, NULL);
  for (guint i = 0; i < N_SECTIONS; i++)
    if (self->widgets[i] != NULL)
      cr_page_forget (CR_PAGE (self->widgets[i]));
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = cr_chart_page_enter;
  iface->perform = cr_chart_page_perform;
  iface->forget = cr_chart_page_forget;
}

static void
cr_chart_page_dispose (GObject *object)
{
  CrChartPage *self = CR_CHART_PAGE (object);
  g_clear_object (&self->chart);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_CHART_PAGE);
  G_OBJECT_CLASS (cr_chart_page_parent_class)->dispose (object);
}

static void
cr_chart_page_class_init (CrChartPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_chart_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/chart/chart-page.ui");
  gtk_widget_class_bind_template_child (widget, CrChartPage, root);
  gtk_widget_class_bind_template_child (widget, CrChartPage, tab_box);
  gtk_widget_class_bind_template_child (widget, CrChartPage, stack);
  gtk_widget_class_bind_template_child (widget, CrChartPage, sections);
}

static void
cr_chart_page_init (CrChartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  build_tabs (self);
}

GtkWidget *
cr_chart_page_new (CrWindow *window)
{
  CrChartPage *self = g_object_new (CR_TYPE_CHART_PAGE, NULL);
  self->window = window;
  return GTK_WIDGET (self);
}

void
cr_chart_page_set_chart (CrChartPage *self, CrChart *chart)
{
  if (chart == self->chart)
    return;
  g_set_object (&self->chart, chart);
  for (guint i = 0; i < N_SECTIONS; i++)
    if (self->widgets[i] != NULL) {
      self->shown[i] = chart;
      SECTIONS[i].set_chart (self->widgets[i], chart);
    }
  gtk_stack_set_visible_child_name (self->stack, chart != NULL ? "chart" : "empty");
  if (chart != NULL)
    show_section (self, find_section (self, NULL));
}
