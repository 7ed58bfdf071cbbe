#include "src/ui/shell/tasks-page.h"
#include "src/ui/shell/list-row.h"
#include "src/ui/shell/task-dialog.h"
#include "chartroom/session/tasks.h"
#include <glib/gi18n.h>

struct _CrTasksPage {
  GtkWidget parent;
  GtkWidget *root;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *count_label, *empty_label;
  GtkDropDown *view_drop;
  GtkWidget *bar;
  GtkButton *new_button, *done_button, *edit_button, *assign_button, *snooze_button;
  CrWindow *window; /* borrowed: the page stands in it */
  GListModel *tasks;
};

enum { VIEW_MINE, VIEW_EVERYBODY, VIEW_DONE };

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
  if (g_strcmp0 (task->kind, "result") == 0)
    return "cr-note-symbolic";
  return task->task == NULL || task->task->done_at == CR_INSTANT_NONE ? "cr-task-open-symbolic"
                                                                      : "cr-page-tasks-symbolic";
}

static char *
describe_due (CrTasksPage *self, const CrTaskItem *item)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  CrDate today = cr_clock_today (clock);
  const CrTask *task = item->task;
  gboolean done = task != NULL && task->done_at != CR_INSTANT_NONE;
  gboolean asleep = !done && task != NULL && cr_date_compare (task->snoozed_until, today) > 0;
  CrDate day = done ? cr_clock_date_of (clock, task->done_at) : asleep ? task->snoozed_until : item->due;
  g_autofree char *text = cr_date_format_near (day, today);
  if (!cr_date_is_set (day))
    return g_strdup ("");
  if (done)
    return g_strdup_printf (_ ("Done %s"), text);
  if (asleep)
    return g_strdup_printf (_ ("Shown again on %s"), text);
  return cr_date_compare (day, today) < 0 ? g_strdup_printf (_ ("Overdue since %s"), text)
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
  g_autofree char *due = describe_due (self, task);
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

static guint
view_of (CrTasksPage *self)
{
  return gtk_drop_down_get_selected (self->view_drop);
}

static void
count_cb (CrTasksPage *self)
{
  static const char *const EMPTY[] = { N_ ("Nothing waits for you: no unsigned notes, no results to review."),
                                       N_ ("No task is open."),
                                       N_ ("No task was closed in the last 30 days.") };
  guint n = g_list_model_get_n_items (self->tasks), view = view_of (self);
  g_autofree char *text =
      g_strdup_printf (view == VIEW_MINE ? ngettext ("%u task waits for you", "%u tasks wait for you", n)
                                         : ngettext ("%u task", "%u tasks", n),
                       n);
  gtk_label_set_label (self->count_label, n > 0 ? text : "");
  gtk_label_set_label (self->empty_label, _ (EMPTY[MIN (view, VIEW_DONE)]));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
opened_cb (GtkListBox *list, GtkListBoxRow *row, CrTasksPage *self)
{
  g_autoptr (CrRow) item = g_list_model_get_item (self->tasks, gtk_list_box_row_get_index (row));
  const CrTaskItem *task = item != NULL ? cr_row_peek (item) : NULL;
  g_autofree char *hint = NULL;
  const char *section = CR_SECTION_SUMMARY;
  if (task != NULL && task->patient == NULL && task->task != NULL)
    cr_task_dialog_present (self->window, task->task, NULL, CR_TASK_DIALOG_WHAT);
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

/* ---- what is done to a task ---- */

/* The selected row's; NULL: none, or something that is done in its own place (a note, a result). */
static const CrTaskItem *
selected_task (CrTasksPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autoptr (CrRow) item =
      row != NULL ? g_list_model_get_item (self->tasks, (guint)gtk_list_box_row_get_index (row)) : NULL;
  const CrTaskItem *task = item != NULL ? cr_row_peek (item) : NULL;
  return task != NULL && task->task != NULL ? task : NULL; /* the list keeps it */
}

static void
selected_cb (CrTasksPage *self)
{
  gboolean task = selected_task (self) != NULL, done = view_of (self) == VIEW_DONE;
  gtk_button_set_label (self->done_button, done ? _ ("Open _Again") : _ ("_Done"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->done_button), task);
  gtk_widget_set_sensitive (GTK_WIDGET (self->edit_button), task && !done);
  gtk_widget_set_sensitive (GTK_WIDGET (self->assign_button), task && !done);
  gtk_widget_set_sensitive (GTK_WIDGET (self->snooze_button), task && !done);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrTasksPage) self = data;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_window_toast (self->window, _ ("Saved. What is done stands under “Done in the last 30 days”."), NULL,
                     NULL);
  else
    cr_window_show_error (self->window, error);
}

static void
done_cb (CrTasksPage *self)
{
  const CrTaskItem *item = selected_task (self);
  CrSession *session = cr_window_get_session (self->window);
  if (item == NULL)
    return;
  if (view_of (self) == VIEW_DONE)
    cr_task_reopen_async (session, item->id, closed_cb, g_object_ref (self));
  else
    cr_task_done_async (session, item->id, closed_cb, g_object_ref (self));
}

static void
change (CrTasksPage *self, CrTaskDialogField field)
{
  const CrTaskItem *item = selected_task (self);
  if (item != NULL && view_of (self) != VIEW_DONE)
    cr_task_dialog_present (self->window, item->task, item->patient, field);
}

static void
edit_cb (CrTasksPage *self)
{
  change (self, CR_TASK_DIALOG_WHAT);
}

static void
assign_cb (CrTasksPage *self)
{
  change (self, CR_TASK_DIALOG_PERSON);
}

static void
snooze_cb (CrTasksPage *self)
{
  change (self, CR_TASK_DIALOG_SNOOZE);
}

static void
new_cb (CrTasksPage *self)
{
  g_autoptr (CrTask) task = cr_task_new ();
  cr_task_dialog_present (self->window, task, NULL, CR_TASK_DIALOG_WHAT);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTasksPage *self)
{
  static const struct {
    guint key;
    void (*act) (CrTasksPage *self);
  } KEYS[] = { { GDK_KEY_k, done_cb },
               { GDK_KEY_e, edit_cb },
               { GDK_KEY_a, assign_cb },
               { GDK_KEY_s, snooze_cb },
               { GDK_KEY_n, new_cb } };
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !cr_window_single_letters (self->window))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (gdk_keyval_to_lower (key) == KEYS[i].key) {
      KEYS[i].act (self);
      return TRUE;
    }
  return FALSE;
}

static void
view_cb (CrTasksPage *self)
{
  CrSession *session = cr_window_get_session (self->window);
  guint view = view_of (self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->tasks);
  self->tasks = view == VIEW_MINE
                    ? cr_task_list_new (session)
                    : cr_task_view_new (session, view == VIEW_DONE ? CR_TASKS_DONE : CR_TASKS_EVERYBODY);
  g_signal_connect_object (self->tasks, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  show_tasks (self);
  selected_cb (self);
}

static gboolean
tasks_page_perform (CrPage *page, const char *what)
{
  if (!g_str_equal (what, "new"))
    return FALSE;
  new_cb (CR_TASKS_PAGE (page));
  return TRUE;
}

static void
patient_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrTasksPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  g_autoptr (CrTask) task = cr_task_new ();
  if (chart == NULL) {
    cr_window_show_error (self->window, error);
    return;
  }
  task->patient_id = cr_chart_get_patient_id (chart);
  cr_task_dialog_present (self->window, task, cr_chart_get_records (chart)->patient, CR_TASK_DIALOG_WHAT);
}

static void
tasks_page_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrTasksPage *self = CR_TASKS_PAGE (page);
  if (patient != CR_ID_NONE && g_strcmp0 (hint, "new-task") == 0)
    cr_chart_open_office_async (cr_window_get_session (self->window), patient, "tasks", patient_opened_cb,
                                g_object_ref (self));
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
  iface->perform = tasks_page_perform;
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
  gtk_widget_class_bind_template_child (widget, CrTasksPage, empty_label);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, view_drop);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, bar);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, new_button);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, done_button);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, edit_button);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, assign_button);
  gtk_widget_class_bind_template_child (widget, CrTasksPage, snooze_button);
}

static void
cr_tasks_page_init (CrTasksPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (new_cb), self);
  g_signal_connect_swapped (self->done_button, "clicked", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (self->edit_button, "clicked", G_CALLBACK (edit_cb), self);
  g_signal_connect_swapped (self->assign_button, "clicked", G_CALLBACK (assign_cb), self);
  g_signal_connect_swapped (self->snooze_button, "clicked", G_CALLBACK (snooze_cb), self);
}

GtkWidget *
cr_tasks_page_new (CrWindow *window)
{
  CrTasksPage *self = g_object_new (CR_TYPE_TASKS_PAGE, NULL);
  self->window = window;
  self->tasks = cr_task_list_new (cr_window_get_session (window));
  g_signal_connect_object (self->tasks, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show_tasks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view_drop, "notify::selected", G_CALLBACK (view_cb), self,
                           G_CONNECT_SWAPPED);
  show_tasks (self);
  selected_cb (self);
  return GTK_WIDGET (self);
}
