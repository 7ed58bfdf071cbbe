#include "src/ui/admin/audit-window.h"
#include "src/ui/shell/focus.h"
#include "chartroom/session/administration.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

#define SHOWN 500 /* entries at a time */

struct _CrAuditWindow {
  GtkWindow parent;
  GtkDropDown *action;
  GtkColumnView *view;
  GtkLabel *message;
  GtkButton *verify_button;
  CrWindow *window; /* transient for it */
};

static const char *const ACTIONS[] = {
  NULL, "view", "print", "export", "sign", "sign-in", "create", "change"
};

G_DEFINE_FINAL_TYPE (CrAuditWindow, cr_audit_window, GTK_TYPE_WINDOW)

typedef const char *(*CellText) (const CrAuditRow *row);

static const char *
cell_when (const CrAuditRow *row)
{
  return row->when;
}
static const char *
cell_person (const CrAuditRow *row)
{
  return row->person;
}
static const char *
cell_role (const CrAuditRow *row)
{
  return row->role;
}
static const char *
cell_action (const CrAuditRow *row)
{
  return cr_admin_audit_words (row->action);
}
static const char *
cell_what (const CrAuditRow *row)
{
  return row->what;
}
static const char *
cell_detail (const CrAuditRow *row)
{
  return row->detail;
}

static const struct {
  const char *title;
  CellText text;
  int chars;      /* wide; what is longer is cut, and whole in the tooltip */
  gboolean takes; /* what room is left */
} COLUMNS[] = { { N_ ("When"), cell_when, 19, FALSE }, { N_ ("Person"), cell_person, 13, FALSE },
                { N_ ("Role"), cell_role, 12, FALSE }, { N_ ("Action"), cell_action, 10, FALSE },
                { N_ ("What"), cell_what, 24, TRUE },  { N_ ("Detail"), cell_detail, 14, TRUE } };

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), COLUMNS[GPOINTER_TO_UINT (data)].chars);
  gtk_label_set_max_width_chars (GTK_LABEL (label), COLUMNS[GPOINTER_TO_UINT (data)].chars);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

/* A row says who did what to whom; its cells are read one by one. */
static void
speak (GtkWidget *label, const CrAuditRow *row)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *text =
      g_strdup_printf ("%s, %s, %s, %s", row->when, row->person != NULL ? row->person : "",
                       cr_admin_audit_words (row->action), row->what != NULL ? row->what : "");
  if (line != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const CrAuditRow *row = cr_row_peek (gtk_list_item_get_item (item));
  const char *text = COLUMNS[GPOINTER_TO_UINT (data)].text (row);
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), text);
  if (GPOINTER_TO_UINT (data) == 0)
    speak (gtk_list_item_get_child (item), row);
}

static void
add_columns (CrAuditWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (COLUMNS[i].title), factory);
    g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
    gtk_column_view_column_set_expand (column, COLUMNS[i].takes);
    gtk_column_view_append_column (self->view, column);
  }
}

static void
load (CrAuditWindow *self)
{
  CrSession *session = cr_window_get_session (self->window);
  GListModel *entries =
      cr_admin_audit_new (session, CR_ID_NONE, ACTIONS[gtk_drop_down_get_selected (self->action)], SHOWN);
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (entries);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrAuditWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = cr_admin_verify_finish (result, &error);
  gtk_widget_set_sensitive (GTK_WIDGET (self->verify_button), TRUE);
  gtk_label_set_label (self->message, findings == NULL ? error->message
                                      : findings->len == 0
                                          ? _ ("✓ All is well: pages, history, audit chain, documents.")
                                          : (const char *)findings->pdata[0]);
}

static void
verify_cb (CrAuditWindow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->verify_button), FALSE);
  gtk_label_set_label (self->message, _ ("Checking every page, row, entry and document …"));
  cr_admin_verify_async (cr_window_get_session (self->window), verified_cb, g_object_ref (self));
}

static void
cr_audit_window_class_init (CrAuditWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (CR_TYPE_ONE_STOP);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/audit-window.ui");
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, action);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, view);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, message);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, verify_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_audit_window_init (CrAuditWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  g_signal_connect_swapped (self->verify_button, "clicked", G_CALLBACK (verify_cb), self);
}

void
cr_audit_window_present (CrWindow *window)
{
  CrAuditWindow *self = g_object_new (CR_TYPE_AUDIT_WINDOW, "transient-for", window, NULL);
  self->window = window;
  g_signal_connect_swapped (self->action, "notify::selected", G_CALLBACK (load), self);
  load (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->action));
}
