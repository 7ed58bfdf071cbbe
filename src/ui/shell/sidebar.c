#include "src/ui/shell/sidebar.h"
#include <glib/gi18n.h>

#define WIDE 168
#define NARROW 48

struct _CrSidebar {
  GtkWidget parent;
  GtkWidget *root, *open_heading;
  GtkListBox *page_list, *chart_list;
  GtkWidget *titles[CR_N_PAGES], *counts[CR_N_PAGES];
  CrPageId page; /* the selected one */
  gboolean narrow;
};

enum { PAGE, CHART, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *title, *icon;
  int digit; /* of Ctrl+digit; 6 is kept for the due list */
} PAGES[CR_N_PAGES] = {
  [CR_PAGE_TODAY] = { N_ ("Today"), "cr-page-today-symbolic", 1 },
  [CR_PAGE_SCHEDULE] = { N_ ("Schedule"), "cr-page-schedule-symbolic", 2 },
  [CR_PAGE_CHART] = { N_ ("Chart"), "cr-page-chart-symbolic", 3 },
  [CR_PAGE_RX_QUEUE] = { N_ ("Rx Queue"), "cr-page-rx-symbolic", 4 },
  [CR_PAGE_REFERRALS] = { N_ ("Referrals"), "cr-page-referrals-symbolic", 5 },
  [CR_PAGE_TASKS] = { N_ ("Tasks"), "cr-page-tasks-symbolic", 7 },
  [CR_PAGE_CALLS] = { N_ ("Calls"), "cr-page-calls-symbolic", 8 },
  [CR_PAGE_WAITING] = { N_ ("Wait List"), "cr-page-waiting-symbolic", 9 },
};

G_DEFINE_FINAL_TYPE (CrSidebar, cr_sidebar, GTK_TYPE_WIDGET)

static void
add_page_row (CrSidebar *self, CrPageId page)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (PAGES[page].icon);
  g_autofree char *tip = g_strdup_printf (_ ("%s (Ctrl+%d)"), _ (PAGES[page].title), PAGES[page].digit);
  self->titles[page] = gtk_label_new (_ (PAGES[page].title));
  self->counts[page] = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->titles[page]), 0);
  gtk_widget_set_hexpand (self->titles[page], TRUE);
  gtk_widget_set_visible (self->counts[page], FALSE);
  gtk_widget_set_valign (self->counts[page], GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->counts[page], "count-chip");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), self->titles[page]);
  gtk_box_append (GTK_BOX (box), self->counts[page]);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (PAGES[page].title),
                                  -1);
  gtk_list_box_append (self->page_list, row);
}

static char *
describe_chart (CrChart *chart, gboolean hidden, char **line)
{
  const CrChartRecords *records = cr_chart_get_records (chart);
  CrClock *clock = cr_session_get_clock (cr_chart_get_session (chart));
  g_autofree char *age = cr_age_format (records->patient->birth_date, cr_clock_today (clock));
  *line = hidden ? g_strdup ("")
                 : g_strdup_printf ("%s %s%s", age, cr_sex_letter (records->patient->sex),
                                    cr_chart_has_draft (chart) ? _ ("  ✎ draft") : "");
  return hidden ? cr_patient_name_private (records->patient) : cr_patient_name_list (records->patient);
}

GtkWidget *
cr_chart_row_new (CrChart *chart, gboolean active, gboolean hidden, gboolean narrow)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *line = NULL, *spoken = NULL;
  g_autofree char *name = describe_chart (chart, hidden, &line);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *detail = gtk_label_new (line);
  spoken = g_strdup_printf ("%s, %s", name, line);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_wrap (GTK_LABEL (title), narrow); /* a name is never cut */
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (title), narrow ? 16 : -1);
  gtk_widget_set_tooltip_text (row, name);
  gtk_widget_add_css_class (detail, "caption");
  if (active)
    gtk_widget_add_css_class (title, "strong");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_add_css_class (row, cr_chart_get_edge (chart));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), "cr-chart", chart);
  return row;
}

CrChart *
cr_chart_of_row (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "cr-chart");
}

/* Keys move through the pages without going there; the selected one is where the person is. */
static void
page_selected_cb (GtkListBox *list, GtkListBoxRow *row, CrSidebar *self)
{
  if (row == NULL || gtk_list_box_row_get_index (row) != (int)self->page)
    gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, (int)self->page));
}

static void
page_activated_cb (GtkListBox *list, GtkListBoxRow *row, CrSidebar *self)
{
  g_signal_emit (self, signals[PAGE], 0, gtk_list_box_row_get_index (row));
}

static void
chart_activated_cb (GtkListBox *list, GtkListBoxRow *row, CrSidebar *self)
{
  CrChart *chart = cr_chart_of_row (row);
  g_signal_emit (self, signals[CHART], 0, cr_chart_get_patient_id (chart));
}

static void
cr_sidebar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_SIDEBAR);
  G_OBJECT_CLASS (cr_sidebar_parent_class)->dispose (object);
}

static void
cr_sidebar_class_init (CrSidebarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_sidebar_dispose;
  signals[PAGE] = g_signal_new ("page", CR_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_INT);
  signals[CHART] = g_signal_new ("chart", CR_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/sidebar.ui");
  gtk_widget_class_bind_template_child (widget, CrSidebar, root);
  gtk_widget_class_bind_template_child (widget, CrSidebar, open_heading);
  gtk_widget_class_bind_template_child (widget, CrSidebar, page_list);
  gtk_widget_class_bind_template_child (widget, CrSidebar, chart_list);
}

static void
cr_sidebar_init (CrSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int page = 0; page < CR_N_PAGES; page++)
    add_page_row (self, page);
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDE, -1);
  g_signal_connect (self->page_list, "row-selected", G_CALLBACK (page_selected_cb), self);
  g_signal_connect (self->page_list, "row-activated", G_CALLBACK (page_activated_cb), self);
  g_signal_connect (self->chart_list, "row-activated", G_CALLBACK (chart_activated_cb), self);
}

const char *
cr_page_title (CrPageId page)
{
  return _ (PAGES[page].title);
}

int
cr_page_digit (CrPageId page)
{
  return PAGES[page].digit;
}

void
cr_sidebar_select (CrSidebar *self, CrPageId page)
{
  self->page = page;
  gtk_list_box_select_row (self->page_list, gtk_list_box_get_row_at_index (self->page_list, page));
}

void
cr_sidebar_set_shown (CrSidebar *self, CrPageId page, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->page_list, (int)page)), shown);
}

void
cr_sidebar_set_count (CrSidebar *self, CrPageId page, guint count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);
  gtk_label_set_label (GTK_LABEL (self->counts[page]), text);
  gtk_widget_set_visible (self->counts[page], count > 0 && !self->narrow);
}

void
cr_sidebar_set_charts (CrSidebar *self, GPtrArray *charts, CrChart *active, gboolean hidden)
{
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->chart_list))) != NULL)
    gtk_list_box_remove (self->chart_list, row);
  for (guint i = 0; i < charts->len; i++)
    gtk_list_box_append (self->chart_list,
                         cr_chart_row_new (charts->pdata[i], charts->pdata[i] == active, hidden, TRUE));
  gtk_widget_set_visible (self->open_heading, charts->len > 0 && !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->chart_list), charts->len > 0 && !self->narrow);
}

void
cr_sidebar_set_narrow (CrSidebar *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_widget_set_size_request (GTK_WIDGET (self), narrow ? NARROW : WIDE, -1);
  for (int page = 0; page < CR_N_PAGES; page++)
    gtk_widget_set_visible (self->titles[page], !narrow);
  gtk_widget_set_visible (self->open_heading,
                          !narrow && gtk_widget_get_first_child (GTK_WIDGET (self->chart_list)));
  gtk_widget_set_visible (GTK_WIDGET (self->chart_list), !narrow);
}

gboolean
cr_sidebar_get_narrow (CrSidebar *self)
{
  return self->narrow;
}

void
cr_chart_set_edge (CrChart *chart, int edge)
{
  static const char *const EDGES[] = { "edge-1", "edge-2", "edge-3", "edge-4" };
  g_object_set_data (G_OBJECT (chart), "cr-edge", (gpointer)EDGES[edge % 4]);
}

const char *
cr_chart_get_edge (CrChart *chart)
{
  const char *edge = g_object_get_data (G_OBJECT (chart), "cr-edge");
  return edge != NULL ? edge : "edge-1";
}
