#include "src/ui/shell/tasks-page.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/session/tasks.h"
#include <glib/gi18n.h>

struct _CrTasksPage {
  GtkWidget parent;
  GtkWidget *root;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *count_label;
  CrWindow *window; /* borrowed: the page stands in it */
  GListModel *tasks;
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrTasksPage, cr_tasks_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static const char *
icon_of (const CrTaskItem *task)
{
  if (g_strcmp0 (task->kind, "note") == 0)
    return "cr-draft-symbolic";
  if (g_strcmp0 (task->kind, "rx") == 0)
    return "cr-page-rx-symbolic";
  return g_strcmp0 (task->kind, "result") == 0 ? "cr-note-symbolic" : "cr-page-tasks-symbolic";
}

static char *
describe_due (CrTasksPage *self, CrDate due)
{
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
  g_autofree char *text = NULL;
  if (!cr_date_is_set (due))
    return g_strdup ("");
  text = cr_date_format_near (due, today);
  return cr_date_compare (due, today) < 0 ? g_strdup_printf (_ ("Overdue since %s"), text)
                                          : g_strdup_printf (_ ("Due %s"), text);
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrTasksPage *self = data;
  const CrTaskItem *task = cr_row_peek (item);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name =
      task->patient != NULL ? cr_window_name_of (self->window, task->patient) : g_strdup ("");
  g_autofree char *due = describe_due (self, task->due);
  g_autofree char *spoken =
      g_strdup_printf ("%s, %s, %s %s", name, task->title, task->detail ? task->detail : "", due);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), cr_list_cell (task->title, "value", 0));
  if (task->detail != NULL)
    gtk_box_append (GTK_BOX (text), cr_list_cell (task->detail, "caption", 0));
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (icon_of (task)));
  gtk_box_append (GTK_BOX (line), cr_list_cell (name, "heading", 26));
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), cr_list_cell (due, "caption", 0));
  return cr_list_row (line, spoken);
}

static void
count_cb (CrTasksPage *self)
{
  guint n = g_list_model_get_n_items (self->tasks);
  g_autofree char *text = g_strdup_printf (ngettext ("%u task waits for you", "%u tasks wait for you", n), n);
  gtk_label_set_label (self->count_label, n > 0 ? text : "");
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
opened_cb (GtkListBox *list, GtkListBoxRow *row, CrTasksPage *self)
{
  g_autoptr (CrRow) item = g_list_model_get_item (self->tasks, gtk_list_box_row_get_index (row));
  const CrTaskItem *task = item != NULL ? cr_row_peek (item) : NULL;
  g_autofree char *hint = NULL;
  const char *section = CR_SECTION_SUMMARY;
  if (task == NULL || task->patient == NULL)
    return;
  if (g_strcmp0 (task->kind, "note") == 0) {
    hint = g_strdup_printf ("note:%" G_GINT64_FORMAT, task->id);
    section = CR_SECTION_NOTES;
  } else if (g_strcmp0 (task->kind, "result") == 0) {
    section = CR_SECTION_RESULTS;
  } else if (g_strcmp0 (task->kind, "rx") == 0) {
    cr_window_navigate (self->window, CR_PAGE_RX_QUEUE, CR_ID_NONE, NULL, NULL, "tasks");
    return;
  }
  cr_window_navigate (self->window, CR_PAGE_CHART, task->patient->id, section, hint, "tasks");
}

static void
show_tasks (CrTasksPage *self)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->list, self->tasks, make_row_cb, self, NULL);
  count_cb (self);
}

static void
tasks_page_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrTasksPage *self = CR_TASKS_PAGE (page);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
tasks_page_forget (CrPage *page)
{
  CrTasksPage *self = CR_TASKS_PAGE (page);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->tasks);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = tasks_page_enter;
  iface->forget = tasks_page_forget;
}

static void
cr_tasks_page_dispose (GObject *object)
{
  CrTasksPage *self = CR_TASKS_PAGE (object);
  g_clear_object (&self->tasks);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_TASKS_PAGE);
  G_OBJECT_CLASS (cr_tasks_page_parent_class)->dispose (object);
}

static void
cr_tasks_page_class_init (CrTasksPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_tasks_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/tasks-page.ui");
  gtk_widget_class_bind_template_child (widget, CrTasksPage, root);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, stack);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, list);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, count_label);
}

static void
cr_tasks_page_init (CrTasksPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (opened_cb), self);
}

GtkWidget *
cr_tasks_page_new (CrWindow *window)
{
  CrTasksPage *self = g_object_new (CR_TYPE_TASKS_PAGE, NULL);
  self->window = window;
  self->tasks = cr_task_list_new (cr_window_get_session (window));
  g_signal_connect_object (self->tasks, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show_tasks), self, G_CONNECT_SWAPPED);
  show_tasks (self);
  return GTK_WIDGET (self);
}
