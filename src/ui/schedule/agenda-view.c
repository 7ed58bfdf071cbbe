#include "src/ui/schedule/agenda-view.h"
#include "src/ui/shell/focus.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

struct _CrAgendaView {
  GtkWidget parent;
  GtkWidget *root;
  GtkSearchEntry *filter_entry;
  GtkCheckButton *cancelled_check;
  GtkLabel *count_label;
  GtkStack *stack;
  GtkListView *list;
  GtkSingleSelection *selection;
  GListStore *rows; /* CrRow of CrVisit, in order */
  CrWindow *window; /* borrowed: the view stands in it */
  CrDaySchedule *schedule;
  CrId person;
  gboolean showing; /* rows are being put in */
};

enum { SELECTED, OPEN, STEP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrAgendaView, cr_agenda_view, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static const char *const CELLS[] = { "day", "time", "stage", "code", "name", "clinician", "room", "reason" };
enum { DAY, TIME, STAGE, CODE, NAME, CLINICIAN, ROOM, REASON, N_CELLS };
enum { NAME_CHARS = 22 };

static void
set_up_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrAgendaView *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget **cells = g_new0 (GtkWidget *, N_CELLS);
  for (int i = 0; i < N_CELLS; i++) {
    g_autofree char *css = g_strconcat ("agenda-", CELLS[i], NULL);
    cells[i] = i == STAGE ? gtk_image_new () : cr_visit_label (NULL, css);
    if (i == NAME || i == REASON)
      gtk_label_set_ellipsize (GTK_LABEL (cells[i]), PANGO_ELLIPSIZE_END);
    if (i == NAME) {
      gtk_label_set_width_chars (GTK_LABEL (cells[i]), NAME_CHARS);
      gtk_label_set_max_width_chars (GTK_LABEL (cells[i]), NAME_CHARS);
    }
    gtk_box_append (GTK_BOX (line), cells[i]);
  }
  gtk_widget_set_hexpand (cells[REASON], TRUE);
  gtk_widget_add_css_class (line, "agenda-line");
  g_object_set_data_full (G_OBJECT (line), "cr-cells", cells, g_free);
  gtk_list_item_set_child (item, line);
}

static gboolean
begins_day (CrAgendaView *self, guint position, CrDate date)
{
  g_autoptr (CrRow) before =
      position > 0 ? g_list_model_get_item (G_LIST_MODEL (self->rows), position - 1) : NULL;
  return before == NULL ||
         cr_date_compare (((const CrVisit *)cr_row_peek (before))->appointment->date, date) != 0;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
fill_cells (CrAgendaView *self, GtkWidget **cells, const CrVisit *visit, gboolean first)
{
  const CrAppointment *a = visit->appointment;
  gboolean private = cr_window_is_private (self->window);
  g_autofree char *day = first ? cr_date_format_weekday (a->date) : g_strdup ("");
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_autofree char *name = cr_window_name_of (self->window, visit->patient);
  gtk_label_set_label (GTK_LABEL (cells[DAY]), day);
  gtk_label_set_label (GTK_LABEL (cells[TIME]), time);
  gtk_image_set_from_icon_name (GTK_IMAGE (cells[STAGE]), cr_stage_icon (a->stage));
  gtk_widget_set_tooltip_text (cells[STAGE], cr_stage_word (a->stage));
  gtk_label_set_label (GTK_LABEL (cells[CODE]), visit->type_code != NULL ? visit->type_code : "");
  gtk_label_set_label (GTK_LABEL (cells[NAME]), name);
  gtk_label_set_label (GTK_LABEL (cells[CLINICIAN]), visit->clinician != NULL ? visit->clinician : "");
  gtk_label_set_label (GTK_LABEL (cells[ROOM]), visit->room_name != NULL ? visit->room_name : "");
  gtk_label_set_label (GTK_LABEL (cells[REASON]), a->reason != NULL && !private ? a->reason : "");
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrAgendaView *self)
{
  GtkWidget *line = gtk_list_item_get_child (item), *row = gtk_widget_get_parent (line);
  const CrVisit *visit = cr_row_peek (gtk_list_item_get_item (item));
  gboolean first = begins_day (self, gtk_list_item_get_position (item), visit->appointment->date);
  g_autofree char *day = cr_date_format_weekday (visit->appointment->date);
  g_autofree char *words = cr_visit_spoken (self->window, visit);
  g_autofree char *spoken =
      g_strdup_printf ("%s, %s, %s", day, words, visit->clinician != NULL ? visit->clinician : "");
  fill_cells (self, g_object_get_data (G_OBJECT (line), "cr-cells"), visit, first);
  set_class (line, "day-begins", first);
  set_class (line, "struck", !cr_stage_holds_slot (visit->appointment->stage));
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* ---- which visits ---- */

/* Each word has to begin a word of name, type, clinician, room or reason. */
static gboolean
fits (CrAgendaView *self, const CrVisit *visit, char **words)
{
  g_autofree char *name = cr_window_name_of (self->window, visit->patient);
  g_autofree char *text =
      g_strdup_printf (" %s %s %s %s %s %s", name, visit->type_code ? visit->type_code : "",
                       visit->type_name ? visit->type_name : "", visit->clinician ? visit->clinician : "",
                       cr_stage_word (visit->appointment->stage),
                       visit->appointment->reason ? visit->appointment->reason : "");
  g_autofree char *folded = cr_text_fold (text);
  g_autofree char *padded = g_strconcat (" ", folded, NULL);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *wanted = g_strconcat (" ", words[i], NULL);
    if (words[i][0] != '\0' && strstr (padded, wanted) == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_shown (CrAgendaView *self, const CrVisit *visit, char **words)
{
  const CrAppointment *a = visit->appointment;
  if (self->person != CR_ID_NONE && a->person_id != self->person)
    return FALSE;
  if (!cr_stage_holds_slot (a->stage) && !gtk_check_button_get_active (self->cancelled_check))
    return FALSE;
  return fits (self, visit, words);
}

static gboolean
always_new (gconstpointer a, gconstpointer b)
{
  return FALSE; /* the first one of a day says so */
}

static void
fill (CrAgendaView *self)
{
  GListModel *visits = cr_day_schedule_get_visits (self->schedule);
  g_autofree char *typed = cr_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->filter_entry)));
  g_auto (GStrv) words = g_strsplit (typed, " ", 0);
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    if (is_shown (self, cr_row_peek (row), words))
      g_ptr_array_add (rows, g_steal_pointer (&row));
  }
  cr_rows_sync (self->rows, rows, always_new);
}

static guint
position_of (CrAgendaView *self, CrId visit)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    if (cr_row_get_id (row) == visit)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/* The first visit that is not before the date. */
static guint
position_from (CrAgendaView *self, CrDate date)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  for (guint i = 0; i < n; i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    if (cr_date_compare (((const CrVisit *)cr_row_peek (row))->appointment->date, date) >= 0)
      return i;
  }
  return n > 0 ? n - 1 : GTK_INVALID_LIST_POSITION;
}

static void
scroll_to (CrAgendaView *self, guint position)
{
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
show (CrAgendaView *self)
{
  CrId before = cr_agenda_view_get_selected (self);
  guint n, at;
  g_autofree char *count = NULL;
  self->showing = TRUE;
  fill (self);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  at = position_of (self, before);
  if (at == GTK_INVALID_LIST_POSITION)
    at = position_from (self, cr_day_schedule_get_date (self->schedule));
  gtk_single_selection_set_selected (self->selection, at);
  scroll_to (self, at);
  self->showing = FALSE;
  count = g_strdup_printf (ngettext ("%u visit", "%u visits", n), n);
  gtk_label_set_label (self->count_label, count);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
  g_signal_emit (self, signals[SELECTED], 0, (gint64)cr_agenda_view_get_selected (self));
}

static void
filter_cb (CrAgendaView *self)
{
  if (self->schedule != NULL && !self->showing)
    show (self);
}

static void
selected_cb (CrAgendaView *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[SELECTED], 0, (gint64)cr_agenda_view_get_selected (self));
}

static void
activate_cb (GtkListView *list, guint position, CrAgendaView *self)
{
  g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  if (row != NULL)
    g_signal_emit (self, signals[OPEN], 0, (gint64)cr_row_get_id (row));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrAgendaView *self)
{
  if ((state & GDK_CONTROL_MASK) == 0 || (key != GDK_KEY_Page_Up && key != GDK_KEY_Page_Down))
    return FALSE;
  g_signal_emit (self, signals[STEP], 0, key == GDK_KEY_Page_Down ? 1 : -1);
  return TRUE;
}

static void
cr_agenda_view_dispose (GObject *object)
{
  CrAgendaView *self = CR_AGENDA_VIEW (object);
  g_clear_object (&self->schedule);
  g_clear_object (&self->rows);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_AGENDA_VIEW);
  G_OBJECT_CLASS (cr_agenda_view_parent_class)->dispose (object);
}

static void
cr_agenda_view_class_init (CrAgendaViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_agenda_view_dispose;
  signals[SELECTED] =
      g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[OPEN] =
      g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[STEP] =
      g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/agenda-view.ui");
  gtk_widget_class_bind_template_child (widget, CrAgendaView, root);
  gtk_widget_class_bind_template_child (widget, CrAgendaView, filter_entry);
  gtk_widget_class_bind_template_child (widget, CrAgendaView, cancelled_check);
  gtk_widget_class_bind_template_child (widget, CrAgendaView, count_label);
  gtk_widget_class_bind_template_child (widget, CrAgendaView, stack);
  gtk_widget_class_bind_template_child (widget, CrAgendaView, list);
}

static void
cr_agenda_view_init (CrAgendaView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_type_ensure (CR_TYPE_ONE_STOP);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_list_store_new (CR_TYPE_ROW);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  g_signal_connect (factory, "setup", G_CALLBACK (set_up_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection); /* the list holds it */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (self->filter_entry, "search-changed", G_CALLBACK (filter_cb), self);
  g_signal_connect_swapped (self->cancelled_check, "toggled", G_CALLBACK (filter_cb), self);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->list, "activate", G_CALLBACK (activate_cb), self);
}

/* ---- public ---- */

void
cr_agenda_view_set_up (CrAgendaView *self, CrWindow *window, CrDaySchedule *schedule)
{
  self->window = window;
  g_set_object (&self->schedule, schedule);
}

void
cr_agenda_view_reload (CrAgendaView *self, CrId person)
{
  self->person = person;
  show (self);
}

void
cr_agenda_view_forget (CrAgendaView *self)
{
  self->showing = TRUE;
  g_list_store_remove_all (self->rows);
  gtk_editable_set_text (GTK_EDITABLE (self->filter_entry), "");
  self->showing = FALSE;
}

void
cr_agenda_view_focus (CrAgendaView *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->filter_entry));
}

void
cr_agenda_view_go_to (CrAgendaView *self, CrDate date)
{
  guint at = position_from (self, date);
  gtk_single_selection_set_selected (self->selection, at);
  scroll_to (self, at);
}

void
cr_agenda_view_filter (CrAgendaView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_entry));
}

CrId
cr_agenda_view_get_selected (CrAgendaView *self)
{
  CrRow *row = gtk_single_selection_get_selected_item (self->selection);
  return row != NULL ? cr_row_get_id (row) : CR_ID_NONE;
}
