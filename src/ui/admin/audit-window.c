#include "src/ui/admin/audit-window.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/wrap-box.h"
#include "src/ui/shell/print-window.h"
#include "chartroom/session/administration.h"
#include "chartroom/session/audit.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define PAGE 500 /* entries at a time */

struct _CrAuditWindow {
  GtkWindow parent;
  GtkDropDown *view_choice, *person_choice, *action_choice;
  GtkEntry *from_entry, *until_entry, *patient_entry;
  const char **actions; /* codes, as the choice has them after the first one */
  GtkCheckButton *chart_check;
  GtkColumnView *view;
  GtkLabel *message, *detail_label;
  GtkButton *export_button, *verify_button, *more_button;
  CrWindow *window; /* transient for it */
  CrAuditList *entries;
  CrId chart; /* the patient whose chart is open; CR_ID_NONE */
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

static const char *
cell_program (const CrAuditRow *row)
{
  return g_strcmp0 (row->program, "chartroom") == 0 ? _ ("desktop") : row->program;
}

static const struct {
  const char *title;
  CellText text;
  int least, chars; /* narrow, wide; what is longer is cut, and whole in the tooltip and below */
  gboolean takes;   /* what room is left */
} COLUMNS[] = { { N_ ("When"), cell_when, 19, 19, FALSE },    { N_ ("Person"), cell_person, 9, 13, FALSE },
                { N_ ("Role"), cell_role, 7, 10, FALSE },     { N_ ("Program"), cell_program, 8, 12, FALSE },
                { N_ ("Action"), cell_action, 9, 14, FALSE }, { N_ ("What"), cell_what, 12, 30, TRUE },
                { N_ ("Detail"), cell_detail, 8, 14, TRUE } };

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), COLUMNS[GPOINTER_TO_UINT (data)].least);
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

/* ---- the question ---- */

/* A day typed into a field; blank: open.  FALSE: said under the question. */
static gboolean
read_day (CrAuditWindow *self, GtkEntry *entry, CrDate *day)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr (GError) error = NULL;
  CrDateReading reading = { 0 };
  gboolean good = cr_str_empty (typed) ||
                  cr_date_parse (typed, cr_clock_today (clock), CR_DATE_PAST, CR_DATE_NONE, &reading, &error);
  if (good && !cr_str_empty (typed) && !cr_date_is_full (reading.date))
    good = FALSE;
  if (!good)
    gtk_label_set_label (self->message, error != NULL ? error->message
                                                      : _ ("Type a whole date, such as 11/23/2026 or t-7."));
  *day = good && !cr_str_empty (typed) ? reading.date : CR_DATE_NONE;
  return good;
}

static CrId
chosen_person (CrAuditWindow *self)
{
  guint position = gtk_drop_down_get_selected (self->person_choice);
  GListModel *people = cr_session_get_people (cr_window_get_session (self->window));
  g_autoptr (CrRow) row = position > 0 && position != GTK_INVALID_LIST_POSITION
                              ? g_list_model_get_item (people, position - 1)
                              : NULL;
  return row != NULL ? cr_row_get_id (row) : CR_ID_NONE;
}

static gboolean
read_question (CrAuditWindow *self, CrAuditQuestion *question)
{
  *question = (CrAuditQuestion){ .view = (int)gtk_drop_down_get_selected (self->view_choice),
                                 .person_id = chosen_person (self) };
  if (gtk_check_button_get_active (self->chart_check))
    question->patient_id = self->chart;
  else if (!cr_str_empty (gtk_editable_get_text (GTK_EDITABLE (self->patient_entry))))
    question->mrn = (char *)gtk_editable_get_text (GTK_EDITABLE (self->patient_entry));
  guint action = gtk_drop_down_get_selected (self->action_choice);
  if (action > 0 && action != GTK_INVALID_LIST_POSITION)
    question->action = (char *)self->actions[action - 1];
  return read_day (self, self->from_entry, &question->from) &&
         read_day (self, self->until_entry, &question->until);
}

static void
show_status (CrAuditWindow *self)
{
  g_autofree char *status = cr_audit_list_status (self->entries);
  gboolean more = FALSE;
  g_object_get (self->entries, "more", &more, NULL);
  gtk_label_set_label (self->message, status);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), more);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button),
                            g_list_model_get_n_items (G_LIST_MODEL (self->entries)) > 0);
}

/* The whole of the selected entry: cells are cut, this line wraps. */
static void
selected_cb (GtkSingleSelection *selection, GParamSpec *spec, CrAuditWindow *self)
{
  CrRow *item = gtk_single_selection_get_selected_item (selection);
  const CrAuditRow *row = item != NULL ? cr_row_peek (item) : NULL;
  g_autofree char *text =
      row == NULL
          ? g_strdup ("")
          : g_strdup_printf (_ ("Entry %'" G_GINT64_FORMAT ": %s %s %s%s%s"), row->seq,
                             row->person != NULL ? row->person : _ ("the program"),
                             cr_admin_audit_words (row->action), row->what != NULL ? row->what : "",
                             cr_str_empty (row->detail) ? "" : " · ", row->detail != NULL ? row->detail : "");
  gtk_label_set_label (self->detail_label, text);
}

static void
ask (CrAuditWindow *self)
{
  CrAuditQuestion question;
  if (!read_question (self, &question))
    return;
  if (self->entries != NULL)
    g_signal_handlers_disconnect_by_data (self->entries, self);
  g_clear_object (&self->entries);
  self->entries = cr_audit_list_new (cr_window_get_session (self->window), &question, PAGE);
  g_signal_connect_object (self->entries, "notify::loading", G_CALLBACK (show_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (show_status), self, G_CONNECT_SWAPPED);
  g_autoptr (GtkSingleSelection) selection =
      gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->entries)));
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), self, 0);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  selected_cb (selection, NULL, self);
  show_status (self);
}

static void
more_cb (CrAuditWindow *self)
{
  cr_audit_list_load_more (self->entries);
}

/* ---- export ---- */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrAuditWindow) self = data;
  g_autoptr (GError) error = NULL;
  gint64 n = cr_audit_export_finish (result, &error);
  g_autofree char *text =
      n >= 0 ? g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " entry exported.",
                                          "%'" G_GINT64_FORMAT " entries exported.", (gulong)n),
                                n)
             : g_strdup (error->message);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), TRUE);
  gtk_label_set_label (self->message, text);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, CrAuditWindow *self)
{
  CrAuditQuestion question;
  if (response == GTK_RESPONSE_ACCEPT && read_question (self, &question)) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = g_file_get_path (file);
    gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), FALSE);
    gtk_label_set_label (self->message, _ ("Exporting …"));
    cr_audit_export_async (cr_window_get_session (self->window), &question, path, exported_cb,
                           g_object_ref (self));
  }
  g_object_unref (dialog);
}

static void
export_cb (CrAuditWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Export the Audit"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "audit.csv");
  cr_usual_folder_for (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- proof ---- */

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

/* ---- choices ---- */

static void
fill_views (CrAuditWindow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  for (int view = 0; view < CR_N_AUDIT_VIEWS; view++)
    gtk_string_list_append (titles, cr_audit_view_title (view));
  gtk_drop_down_set_model (self->view_choice, G_LIST_MODEL (titles));
}

static void
fill_people (CrAuditWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *people = cr_session_get_people (cr_window_get_session (self->window));
  gtk_string_list_append (names, _ ("Anybody"));
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    g_autofree char *name = cr_person_formal (cr_row_peek (row));
    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (self->person_choice, G_LIST_MODEL (names));
}

static void
fill_actions (CrAuditWindow *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  self->actions = cr_audit_actions ();
  gtk_string_list_append (words, _ ("Any of these"));
  for (guint i = 0; self->actions[i] != NULL; i++)
    gtk_string_list_append (words, cr_admin_audit_words (self->actions[i]));
  gtk_drop_down_set_model (self->action_choice, G_LIST_MODEL (words));
}

/* "Only GARCIA, Maria": of the chart that lies open. */
static void
offer_chart (CrAuditWindow *self)
{
  CrChart *chart = cr_window_get_chart (self->window);
  g_autofree char *name = NULL, *text = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->chart_check), chart != NULL);
  if (chart == NULL)
    return;
  self->chart = cr_chart_get_patient_id (chart);
  name = cr_window_name_of (self->window, cr_chart_get_records (chart)->patient);
  text = g_strdup_printf (_ ("_Only %s"), name);
  gtk_check_button_set_label (self->chart_check, text);
}

static void
cr_audit_window_dispose (GObject *object)
{
  CrAuditWindow *self = CR_AUDIT_WINDOW (object);
  g_clear_object (&self->entries);
  G_OBJECT_CLASS (cr_audit_window_parent_class)->dispose (object);
}

static void
cr_audit_window_finalize (GObject *object)
{
  g_free (CR_AUDIT_WINDOW (object)->actions);
  G_OBJECT_CLASS (cr_audit_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, view_choice);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, person_choice);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, action_choice);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, patient_entry);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, from_entry);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, until_entry);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, chart_check);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, view);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, message);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, detail_label);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, export_button);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, verify_button);
  gtk_widget_class_bind_template_child (widget, CrAuditWindow, more_button);
}

static void
cr_audit_window_class_init (CrAuditWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_audit_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_audit_window_finalize;
  g_type_ensure (CR_TYPE_ONE_STOP);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/audit-window.ui");
  bind_children (widget);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_audit_window_init (CrAuditWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  fill_views (self);
  fill_actions (self);
  gtk_editable_set_text (GTK_EDITABLE (self->from_entry), "t-7");
  gtk_editable_set_text (GTK_EDITABLE (self->until_entry), "t");
  g_signal_connect_swapped (self->export_button, "clicked", G_CALLBACK (export_cb), self);
  g_signal_connect_swapped (self->verify_button, "clicked", G_CALLBACK (verify_cb), self);
  g_signal_connect_swapped (self->more_button, "clicked", G_CALLBACK (more_cb), self);
}

void
cr_audit_window_present (CrWindow *window)
{
  CrAuditWindow *self = g_object_new (CR_TYPE_AUDIT_WINDOW, "transient-for", window, NULL);
  self->window = window;
  fill_people (self);
  offer_chart (self);
  g_signal_connect_swapped (self->view_choice, "notify::selected", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->person_choice, "notify::selected", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->chart_check, "toggled", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->from_entry, "activate", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->until_entry, "activate", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->patient_entry, "activate", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->action_choice, "notify::selected", G_CALLBACK (ask), self);
  ask (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view_choice));
}
