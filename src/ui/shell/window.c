#include "src/ui/shell/window-private.h"
#include "src/ui/admin/setup-wizard.h"
#include "src/ui/chart/chart-page.h"
#include "src/ui/referrals/referrals-page.h"
#include "src/ui/rx/rx-queue-page.h"
#include "src/ui/schedule/book-line.h"
#include "src/ui/schedule/register-dialog.h"
#include "src/ui/schedule/calls-page.h"
#include "src/ui/schedule/schedule-page.h"
#include "src/ui/schedule/today-page.h"
#include "src/ui/schedule/waiting-page.h"
#include "src/ui/shell/recent.h"
#include "src/ui/shell/tasks-page.h"
#include <glib/gi18n.h>

#define ROOMY 100       /* pixels of width for each point of the text size: the header has room for names */
#define LONG_NAME 24    /* characters; a longer one is cut in the header when room is scarce */
#define IDLE_WARNING 20 /* seconds before the idle lock */

enum { PROP_0, PROP_PRIVATE, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CrWindow, cr_window, GTK_TYPE_APPLICATION_WINDOW)

/* ---- building the pages ---- */

static void
add_page (CrWindow *self, CrPageId page, GtkWidget *widget, const char *name)
{
  self->page_widgets[page] = widget;
  gtk_stack_add_named (self->pages, widget, name);
}

static void
build_pages (CrWindow *self)
{
  add_page (self, CR_PAGE_TODAY, cr_today_page_new (self), "today");
  add_page (self, CR_PAGE_SCHEDULE, cr_schedule_page_new (self), "schedule");
  add_page (self, CR_PAGE_CHART, cr_chart_page_new (self), "chart");
  add_page (self, CR_PAGE_RX_QUEUE, cr_rx_queue_page_new (self), "rx");
  add_page (self, CR_PAGE_REFERRALS, cr_referrals_page_new (self), "referrals");
  add_page (self, CR_PAGE_TASKS, cr_tasks_page_new (self), "tasks");
  add_page (self, CR_PAGE_CALLS, cr_calls_page_new (self), "calls");
  add_page (self, CR_PAGE_WAITING, cr_waiting_page_new (self), "waiting");
}

static void
drop_pages (CrWindow *self)
{
  GtkWidget *child;
  for (int page = 0; page < CR_N_PAGES; page++) {
    if (self->page_widgets[page] != NULL)
      cr_page_forget (CR_PAGE (self->page_widgets[page]));
    self->page_widgets[page] = NULL;
  }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, child);
}

/* ---- states ---- */

/* The name in full where the header has room for it beside the search. */
static void
fit_name (CrWindow *self)
{
  const CrPerson *person = cr_session_get_person (self->session);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  int width = surface != NULL ? gdk_surface_get_width (surface) : 0;
  gboolean roomy = width > ROOMY * cr_style_get_text_size (self->style);
  g_autofree char *name = NULL;
  if (person != NULL)
    name = roomy ? cr_person_formal (person) : cr_person_short (person);
  gtk_label_set_label (self->user_label, name != NULL ? name : "");
  gtk_label_set_width_chars (self->user_label,
                             name != NULL ? (int)MIN (g_utf8_strlen (name, -1), LONG_NAME) : 0);
}

static void
show_person (CrWindow *self)
{
  const CrPerson *person = cr_session_get_person (self->session);
  const CrPractice *practice = cr_session_get_practice (self->session);
  fit_name (self);
  gtk_widget_set_visible (GTK_WIDGET (self->user_button), person != NULL);
  gtk_widget_set_visible (self->demo_mark, person != NULL && practice != NULL && practice->demo);
}

static void
apply_preferences (CrWindow *self)
{
  const char *size = cr_session_get_preference (self->session, "text-size");
  const char *density = cr_session_get_preference (self->session, "density");
  cr_style_set_look (self->style, cr_session_get_preference (self->session, "look"));
  cr_style_set_text_size (self->style, size != NULL ? atoi (size) : 0);
  gtk_widget_remove_css_class (self->work_box, "density-dense");
  gtk_widget_remove_css_class (self->work_box, "density-touch");
  if (g_strcmp0 (density, "dense") == 0)
    gtk_widget_add_css_class (self->work_box, "density-dense");
  if (g_strcmp0 (density, "touch") == 0)
    gtk_widget_add_css_class (self->work_box, "density-touch");
  fit_name (self);
}

/* A number at the end of the header; nothing at all when there is nothing. */
static void
show_counter (GtkWidget *button, GtkLabel *label, guint count, const char *text)
{
  g_autofree char *number = g_strdup_printf ("%u", count);
  gtk_label_set_label (label, number);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (button, count > 0);
}

static void
tasks_changed_cb (CrWindow *self)
{
  guint tasks = g_list_model_get_n_items (self->tasks), alerts = cr_task_list_alerts (self->tasks);
  g_autofree char *waiting = g_strdup_printf (
      ngettext ("%u task waits for you (Ctrl+7)", "%u tasks wait for you (Ctrl+7)", tasks), tasks);
  g_autofree char *urgent = g_strdup_printf (
      ngettext ("%u is out of range or overdue (Ctrl+7)", "%u are out of range or overdue (Ctrl+7)", alerts),
      alerts);
  cr_sidebar_set_count (self->sidebar, CR_PAGE_TASKS, tasks);
  show_counter (self->tasks_button, self->tasks_label, tasks, waiting);
  show_counter (self->alerts_button, self->alerts_label, alerts, urgent);
}

/* What only somebody who is signed in can use. */
static void
show_header (CrWindow *self, gboolean open)
{
  gtk_widget_set_visible (self->back_button, open);
  gtk_widget_set_visible (self->sidebar_button, open);
  gtk_widget_set_visible (self->new_button, open);
  gtk_widget_set_visible (GTK_WIDGET (self->search_entry), open);
}

/* Only what the role can use; the key of another page says that it cannot be seen. */
static void
show_own_pages (CrWindow *self)
{
  cr_sidebar_set_shown (self->sidebar, CR_PAGE_RX_QUEUE,
                        cr_session_can (self->session, CR_RIGHT_CLINICAL_RECORD));
  cr_sidebar_set_shown (self->sidebar, CR_PAGE_REFERRALS,
                        cr_session_can (self->session, CR_RIGHT_CLINICAL_VIEW));
}

static void
enter_work (CrWindow *self)
{
  g_autofree char *warning = NULL;
  build_pages (self);
  self->palette = cr_palette_new (self->session);
  cr_palette_set_private (self->palette, self->hidden);
  cr_palette_view_attach (self->palette_view, self->search_entry, self->palette);
  self->tasks = cr_task_list_new (self->session);
  g_signal_connect_object (self->tasks, "items-changed", G_CALLBACK (tasks_changed_cb), self,
                           G_CONNECT_SWAPPED);
  tasks_changed_cb (self);
  apply_preferences (self);
  show_person (self);
  show_own_pages (self);
  cr_window_show_knowledge (self);
  gtk_stack_set_visible_child_name (self->root_stack, "work");
  show_header (self, TRUE);
  cr_window_show_set_up (self); /* and the actions */
  cr_window_unpark (self, cr_session_get_person (self->session)->id);
  g_object_get (self->session, "warning", &warning, NULL);
  cr_window_set_trouble (self, warning);
}

/* Nothing of the practice stays in the widget tree. */
static void
leave_work (CrWindow *self)
{
  if (self->tasks != NULL) /* what was asked for it last keeps it a while */
    g_signal_handlers_disconnect_by_func (self->tasks, tasks_changed_cb, self);
  g_clear_object (&self->tasks);
  gtk_widget_set_visible (self->tasks_button, FALSE);
  gtk_widget_set_visible (self->alerts_button, FALSE);
  cr_window_close_dialogs (self);
  cr_palette_view_close (self->palette_view, TRUE);
  cr_palette_view_attach (self->palette_view, self->search_entry, NULL);
  g_clear_object (&self->palette);
  if (self->page_widgets[CR_PAGE_CHART] != NULL)
    cr_window_forget_charts (self);
  cr_window_clear_places (self);
  drop_pages (self);
  cr_window_set_trouble (self, NULL);
  gtk_label_set_label (self->news_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->news_box), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->set_up_box), FALSE);
  cr_toast_clear (self->toast);
  gtk_label_set_label (self->status_label, "");
  show_header (self, FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Chartroom"));
  show_person (self);
}

/* As it is called, where it was opened before; else as its folder is. */
static char *
name_practice (const char *folder)
{
  g_autoptr (GSettings) settings = folder != NULL ? cr_recent_settings () : NULL;
  g_autofree char *path = folder != NULL ? g_canonicalize_filename (folder, NULL) : NULL;
  char *name = cr_recent_name (settings, path);
  if (name == NULL && folder != NULL) {
    name = g_path_get_basename (folder);
    if (g_str_has_suffix (name, ".practice"))
      name[strlen (name) - strlen (".practice")] = '\0';
  }
  return name;
}

static void
show_lock (CrWindow *self, gboolean locked, const char *login)
{
  const CrPractice *practice = cr_session_get_practice (self->session);
  const char *folder = cr_session_get_folder (self->session);
  g_autofree char *name = practice != NULL ? g_strdup (practice->name) : name_practice (folder);
  leave_work (self);
  cr_lock_page_prepare (self->lock_page, folder, name, login, locked);
  gtk_stack_set_visible_child_name (self->root_stack, "lock");
  gtk_widget_grab_focus (GTK_WIDGET (self->lock_page));
  cr_window_refresh_actions (self);
}

static void
state_changed_cb (CrWindow *self)
{
  CrSessionState state = cr_session_get_state (self->session);
  if (state == CR_SESSION_OPEN && self->page_widgets[0] == NULL)
    enter_work (self);
  if (state == CR_SESSION_CLOSED && self->page_widgets[0] != NULL)
    show_lock (self, FALSE, NULL);
  else if (state == CR_SESSION_CLOSED)
    cr_lock_page_forgot (self->lock_page);
}

/* Emitted while the person is still known: remember where they were. */
static void
flush_cb (CrWindow *self)
{
  const CrPerson *person = cr_session_get_person (self->session);
  if (person != NULL && self->page_widgets[0] != NULL) {
    cr_window_park (self, person->id);
    g_object_set_data_full (G_OBJECT (self), "cr-login", g_strdup (person->login), g_free);
  }
}

static void
forget_cb (CrWindow *self)
{
  if (cr_session_get_state (self->session) == CR_SESSION_LOCKED) /* closed: its state has told */
    show_lock (self, TRUE, g_object_get_data (G_OBJECT (self), "cr-login"));
}

/* Typed text that cannot be saved comes before any other trouble. */
static void
show_trouble (CrWindow *self)
{
  g_autofree char *unsaved = NULL, *reason = NULL, *forms = NULL;
  const char *text;
  g_object_get (self->session, "draft-trouble", &unsaved, "keep-trouble", &reason, NULL);
  forms = reason != NULL ? g_strdup_printf (_ ("What you type is not kept at the moment: %s"), reason) : NULL;
  text = unsaved != NULL ? unsaved : forms != NULL ? forms : self->trouble;
  gtk_label_set_label (self->trouble_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->copy_button), unsaved != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_box), text != NULL);
}

/* What failed in the background, while somebody works; or why the practice closed by itself. */
static void
warning_cb (CrWindow *self)
{
  g_autofree char *warning = NULL;
  g_object_get (self->session, "warning", &warning, NULL);
  if (cr_session_get_state (self->session) == CR_SESSION_OPEN)
    cr_window_set_trouble (self, warning);
  else if (cr_session_get_state (self->session) == CR_SESSION_CLOSED && warning != NULL)
    cr_lock_page_tell (self->lock_page, warning);
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient, CrWindow *self)
{
  cr_window_refresh_actions (self);
}

/* ---- idle lock ---- */

static gboolean
idle_cb (gpointer data)
{
  CrWindow *self = data;
  guint left;
  if (cr_session_get_state (self->session) != CR_SESSION_OPEN)
    return G_SOURCE_CONTINUE;
  left = cr_session_idle_seconds_left (self->session);
  if (left == 0)
    cr_session_lock (self->session);
  else if (left > IDLE_WARNING)
    self->idle_warned = FALSE;
  else if (!self->idle_warned) {
    self->idle_warned = TRUE;
    cr_window_toast (self, _ ("Locking in 20 seconds. Press any key to stay; your work is kept."), NULL,
                     NULL);
  }
  return G_SOURCE_CONTINUE;
}

/* ---- search ---- */

/* A place of the palette: CrHit.target of CR_VERB_GO. */
static void
go_to_place (CrWindow *self, const char *place)
{
  static const char *const PLACES[CR_N_PAGES] = { "today",     "schedule", "chart", "rx-queue",
                                                  "referrals", "tasks",    "calls", "waiting" };
  g_auto (GStrv) parts = g_strsplit (place, "/", 2); /* the page, and what it is to show */
  for (int page = 0; page < CR_N_PAGES; page++)
    if (g_strcmp0 (PLACES[page], parts[0]) == 0)
      cr_window_navigate (self, page, CR_ID_NONE, page == CR_PAGE_CHART ? CR_SECTION_SUMMARY : NULL, parts[1],
                          "search");
}

static void
hit_chosen_cb (CrPaletteView *view, const CrHit *hit, gboolean open_chart, CrWindow *self)
{
  static const char *const HINTS[] = { [CR_VERB_RX] = "new-rx",
                                       [CR_VERB_REFILL] = "renew",
                                       [CR_VERB_NOTE] = "new-note",
                                       [CR_VERB_VITALS] = "vitals",
                                       [CR_VERB_REFER] = "new-referral" };
  static const char *const SECTIONS[] = { [CR_VERB_RX] = CR_SECTION_MEDS,
                                          [CR_VERB_REFILL] = CR_SECTION_MEDS,
                                          [CR_VERB_NOTE] = CR_SECTION_NOTES,
                                          [CR_VERB_VITALS] = CR_SECTION_VITALS,
                                          [CR_VERB_REFER] = CR_SECTION_REFERRALS };
  CrVerb verb = open_chart && hit->kind == CR_HIT_PATIENT ? CR_VERB_OPEN : hit->verb;
  if (hit->kind == CR_HIT_SLOT && !open_chart)
    cr_book_line (self, hit);
  else if (verb == CR_VERB_REGISTER)
    cr_window_register_patient (self, hit->target);
  else if (verb == CR_VERB_LOCK)
    cr_session_lock (self->session);
  else if (verb == CR_VERB_GO)
    go_to_place (self, hit->target);
  else if (hit->patient_id == CR_ID_NONE && hit->target != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), hit->target, NULL);
  else if (verb == CR_VERB_BOOK)
    cr_window_navigate (self, CR_PAGE_SCHEDULE, hit->patient_id, NULL, "book", "search");
  else if (verb == CR_VERB_ARRIVE || verb == CR_VERB_ROOM || verb == CR_VERB_OUT)
    cr_window_navigate (self, CR_PAGE_TODAY, hit->patient_id, NULL,
                        verb == CR_VERB_ARRIVE ? "arrive"
                        : verb == CR_VERB_ROOM ? "room"
                                               : "out",
                        "search");
  else if (verb == CR_VERB_TASK)
    cr_window_navigate (self, CR_PAGE_TASKS, hit->patient_id, NULL, "new-task", "search");
  else if (verb == CR_VERB_CARD || verb == CR_VERB_CALL)
    cr_window_navigate (self, CR_PAGE_CHART, hit->patient_id, CR_SECTION_DETAILS, NULL, "search");
  else if (verb < G_N_ELEMENTS (HINTS) && HINTS[verb] != NULL)
    cr_window_navigate (self, CR_PAGE_CHART, hit->patient_id, SECTIONS[verb], HINTS[verb], "search");
  else
    cr_window_navigate (self, CR_PAGE_CHART, hit->patient_id, CR_SECTION_SUMMARY, NULL, "search");
}

static void
sidebar_page_cb (CrSidebar *sidebar, int page, CrWindow *self)
{
  cr_window_navigate (self, page, CR_ID_NONE, page == CR_PAGE_CHART ? CR_SECTION_SUMMARY : NULL, NULL,
                      "sidebar");
}

static void
sidebar_chart_cb (CrSidebar *sidebar, gint64 patient, CrWindow *self)
{
  cr_window_navigate (self, CR_PAGE_CHART, patient, CR_SECTION_SUMMARY, NULL, "open-charts");
}

/* ---- opening and setting up a practice ---- */

static void
open_other_cb (CrWindow *self)
{
  cr_recent_choose (self, cr_lock_page_get_folder (self->lock_page));
}

static void
set_up_cb (CrWindow *self)
{
  cr_setup_wizard_present (self);
}

/* ---- class ---- */

static void
cr_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_PRIVATE)
    g_value_set_boolean (value, CR_WINDOW (object)->hidden);
}

static void
cr_window_dispose (GObject *object)
{
  CrWindow *self = CR_WINDOW (object);
  g_clear_handle_id (&self->status_timer, g_source_remove);
  if (self->idle_timer != 0)
    g_source_remove (self->idle_timer);
  self->idle_timer = 0;
  if (self->session != NULL) {
    g_signal_handlers_disconnect_by_data (self->session, self);
    leave_work (self);
  }
  g_clear_object (&self->backups);
  g_clear_object (&self->key_change);
  g_clear_object (&self->session);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  g_clear_pointer (&self->parked, g_hash_table_unref);
  g_clear_pointer (&self->style, cr_style_free);
  g_clear_pointer (&self->section, g_free);
  g_clear_pointer (&self->trouble, g_free);
  G_OBJECT_CLASS (cr_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrWindow, back_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, new_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, demo_mark);
  gtk_widget_class_bind_template_child (widget, CrWindow, tasks_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, tasks_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, alerts_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, alerts_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, content_box);
  gtk_widget_class_bind_template_child (widget, CrWindow, work_box);
  gtk_widget_class_bind_template_child (widget, CrWindow, search_entry);
  gtk_widget_class_bind_template_child (widget, CrWindow, main_menu_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, user_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, user_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, overlay);
  gtk_widget_class_bind_template_child (widget, CrWindow, root_stack);
  gtk_widget_class_bind_template_child (widget, CrWindow, pages);
  gtk_widget_class_bind_template_child (widget, CrWindow, lock_page);
  gtk_widget_class_bind_template_child (widget, CrWindow, sidebar);
  gtk_widget_class_bind_template_child (widget, CrWindow, trouble_box);
  gtk_widget_class_bind_template_child (widget, CrWindow, trouble_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, copy_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, set_up_box);
  gtk_widget_class_bind_template_child (widget, CrWindow, set_up_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, news_box);
  gtk_widget_class_bind_template_child (widget, CrWindow, news_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, news_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, news_close_button);
  gtk_widget_class_bind_template_child (widget, CrWindow, status_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, knowledge_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, backup_label);
  gtk_widget_class_bind_template_child (widget, CrWindow, backup_dot);
  gtk_widget_class_bind_template_child (widget, CrWindow, banner);
  gtk_widget_class_bind_template_child (widget, CrWindow, palette_view);
  gtk_widget_class_bind_template_child (widget, CrWindow, toast);
}

static void
cr_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cr_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::width",
                           G_CALLBACK (fit_name), widget, G_CONNECT_SWAPPED);
}

static void
cr_window_class_init (CrWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_window_dispose;
  G_OBJECT_CLASS (klass)->get_property = cr_window_get_property;
  props[PROP_PRIVATE] =
      g_param_spec_boolean ("private", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  g_type_ensure (CR_TYPE_LOCK_PAGE);
  g_type_ensure (CR_TYPE_SIDEBAR);
  g_type_ensure (CR_TYPE_BANNER);
  g_type_ensure (CR_TYPE_PALETTE_VIEW);
  g_type_ensure (CR_TYPE_TOAST);
  widget->realize = cr_window_realize;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/window.ui");
  bind_children (widget);
}

/* The toast stands above the lines at the bottom of the page: what they say and offer belongs to it. */
static gboolean
place_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *area, CrWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  GtkWidget *foot = CR_IS_PAGE (page) ? cr_page_foot (CR_PAGE (page)) : NULL;
  graphene_rect_t lines;
  int bottom = gtk_widget_get_height (GTK_WIDGET (overlay)) - cr_toast_clearance (self->toast);
  if (child != GTK_WIDGET (self->toast))
    return FALSE;
  if (foot != NULL && gtk_widget_get_mapped (foot) &&
      gtk_widget_compute_bounds (foot, GTK_WIDGET (overlay), &lines))
    bottom = (int)lines.origin.y;
  *area = (GdkRectangle){ 0, 0, gtk_widget_get_width (GTK_WIDGET (overlay)), MAX (bottom, 1) };
  return TRUE;
}

static void
cr_window_init (CrWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->charts = g_ptr_array_new_with_free_func (g_object_unref);
  self->parked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, cr_parked_free);
  g_queue_init (&self->back);
  g_queue_init (&self->forward);
  self->style = cr_style_new (gtk_widget_get_display (GTK_WIDGET (self)));
  cr_window_watch_dialogs (self);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->tasks_button), "i", CR_PAGE_TASKS);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->alerts_button), "i", CR_PAGE_TASKS);
  g_signal_connect (self->palette_view, "chosen", G_CALLBACK (hit_chosen_cb), self);
  g_signal_connect_swapped (self->news_button, "clicked", G_CALLBACK (cr_window_review_news), self);
  g_signal_connect_swapped (self->news_close_button, "clicked", G_CALLBACK (cr_window_close_news), self);
  g_signal_connect (self->overlay, "get-child-position", G_CALLBACK (place_cb), self);
  g_signal_connect (self->sidebar, "page", G_CALLBACK (sidebar_page_cb), self);
  g_signal_connect (self->sidebar, "chart", G_CALLBACK (sidebar_chart_cb), self);
  g_signal_connect_swapped (self->lock_page, "open-other", G_CALLBACK (open_other_cb), self);
  g_signal_connect_swapped (self->lock_page, "set-up", G_CALLBACK (set_up_cb), self);
}

static void
watch_session (CrWindow *self)
{
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* Told together with can-undo, as the last. */
  g_signal_connect_object (self->session, "notify::can-redo", G_CALLBACK (cr_window_refresh_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::draft-trouble", G_CALLBACK (show_trouble), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::keep-trouble", G_CALLBACK (show_trouble), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::warning", G_CALLBACK (warning_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (self->session, "flush", G_CALLBACK (flush_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "forget", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
}

/* ---- public ---- */

CrWindow *
cr_window_new (GtkApplication *app, CrSession *session)
{
  CrWindow *self = g_object_new (CR_TYPE_WINDOW, "application", app, NULL);
  self->session = g_object_ref (session);
  cr_lock_page_set_session (self->lock_page, session);
  cr_window_init_actions (self);
  self->backups = cr_backups_new (session);
  self->key_change = cr_key_change_new (session);
  watch_session (self);
  cr_window_watch_status (self);
  self->idle_timer = g_timeout_add_seconds (1, idle_cb, self);
  show_lock (self, FALSE, NULL);
  return self;
}

CrSession *
cr_window_get_session (CrWindow *self)
{
  return self->session;
}

CrBackups *
cr_window_get_backups (CrWindow *self)
{
  return self->backups;
}

CrKeyChange *
cr_window_get_key_change (CrWindow *self)
{
  return self->key_change;
}

void
cr_window_choose_practice (CrWindow *self, const char *folder)
{
  g_autofree char *name = name_practice (folder);
  cr_lock_page_prepare (self->lock_page, folder, name, NULL, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->lock_page));
}

void
cr_window_toast (CrWindow *self, const char *text, const char *button, const char *action)
{
  cr_toast_show (self->toast, text, button, action);
}

void
cr_window_search_again (CrWindow *self)
{
  cr_palette_view_restore (self->palette_view);
}

void
cr_window_set_trouble (CrWindow *self, const char *text)
{
  g_free (self->trouble);
  self->trouble = g_strdup (text);
  show_trouble (self);
}

void
cr_window_show_error (CrWindow *self, const GError *error)
{
  if (g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, CR_ERROR, CR_ERROR_DISK_FULL) ||
      g_error_matches (error, CR_ERROR, CR_ERROR_READ_ONLY) ||
      g_error_matches (error, CR_ERROR, CR_ERROR_PAGE_ALTERED) ||
      g_error_matches (error, CR_ERROR, CR_ERROR_IO))
    cr_window_set_trouble (self, error->message);
  else
    cr_window_toast (self, error->message, NULL, NULL);
}

char *
cr_window_name_of (CrWindow *self, const CrPatient *patient)
{
  return self->hidden ? cr_patient_name_private (patient) : cr_patient_name_list (patient);
}

gboolean
cr_window_is_private (CrWindow *self)
{
  return self->hidden;
}

void
cr_window_set_private (CrWindow *self, gboolean hidden)
{
  self->hidden = hidden;
  cr_window_show_charts (self);
  if (self->palette != NULL)
    cr_palette_set_private (self->palette, hidden);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRIVATE]);
}

gboolean
cr_window_single_letters (CrWindow *self)
{
  return g_strcmp0 (cr_session_get_preference (self->session, "single-letter-keys"), "off") != 0;
}

void
cr_window_apply_preferences (CrWindow *self)
{
  apply_preferences (self);
  cr_window_refresh_actions (self);
}

void
cr_window_register_patient (CrWindow *self, const char *words)
{
  cr_register_dialog_present (self, words, CR_ID_NONE);
}
