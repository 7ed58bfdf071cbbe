#include "src/ui/admin/admin-window.h"
#include "src/ui/admin/closures-pane.h"
#include "src/ui/admin/hit-window.h"
#include "src/ui/admin/hours-pane.h"
#include "src/ui/admin/keys-pane.h"
#include "src/ui/admin/letterhead-pane.h"
#include "src/ui/admin/people-pane.h"
#include "src/ui/admin/practice-pane.h"
#include "src/ui/admin/visit-rules-pane.h"
#include "src/ui/shell/unsaved-bar.h"
#include <glib/gi18n.h>

struct _CrAdminWindow {
  GtkWindow parent;
  GtkStack *stack;
  CrPeoplePane *people_pane;
  CrClosuresPane *closures_pane;
  CrKeysPane *keys_pane;
  CrVisitRulesPane *visit_rules_pane;
  GtkBox *hours_box, *practice_box, *letterhead_box;
  GtkButton *letterhead_button, *hit_button;
  GPtrArray *hit; /* rows of CrVisit that the message speaks of; NULL: of none */
  GtkLabel *message;
  GtkWidget *hours_pane, *practice_pane, *letterhead_pane;
  CrUnsavedBar *unsaved;
  CrWindow *window; /* transient for it */
};

G_DEFINE_FINAL_TYPE (CrAdminWindow, cr_admin_window, GTK_TYPE_WINDOW)

static void
say (CrAdminWindow *self, const char *sentence)
{
  gtk_label_set_label (self->message, sentence);
  g_clear_pointer (&self->hit, g_ptr_array_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->hit_button), FALSE);
}

/* ---- visits that lost their time ---- */

static void
say_hit (CrAdminWindow *self, const char *sentence, GPtrArray *rows)
{
  say (self, sentence);
  self->hit = g_ptr_array_ref (rows);
  gtk_widget_set_visible (GTK_WIDGET (self->hit_button), TRUE);
}

static void
hit_cb (CrAdminWindow *self)
{
  if (self->hit != NULL)
    cr_hit_window_present (GTK_WINDOW (self), self->window, gtk_label_get_label (self->message), self->hit);
}

/* ---- letterhead and printers ---- */

static void
letterhead_said_cb (CrAdminWindow *self, const char *sentence, gboolean wrong)
{
  say (self, sentence != NULL ? sentence : "");
}

static void
letterhead_busy_cb (CrAdminWindow *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->letterhead_button), !busy);
}

static void
letterhead_saved_cb (CrAdminWindow *self)
{
  say (self, _ ("Saved."));
}

static void
save_letterhead_cb (CrAdminWindow *self)
{
  say (self, "");
  cr_letterhead_pane_save (CR_LETTERHEAD_PANE (self->letterhead_pane));
}

static void
add_letterhead (CrAdminWindow *self)
{
  GtkWidget *pane = self->letterhead_pane = cr_letterhead_pane_new ();
  g_signal_connect_swapped (pane, "said", G_CALLBACK (letterhead_said_cb), self);
  g_signal_connect_swapped (pane, "busy", G_CALLBACK (letterhead_busy_cb), self);
  g_signal_connect_swapped (pane, "saved", G_CALLBACK (letterhead_saved_cb), self);
  gtk_box_append (self->letterhead_box, pane);
}

static void
refresh_letterhead (CrAdminWindow *self)
{
  CrLetterheadPane *pane = CR_LETTERHEAD_PANE (self->letterhead_pane);
  if (!cr_letterhead_pane_is_touched (pane))
    cr_letterhead_pane_refresh (pane, self->window);
}

static void
page_cb (CrAdminWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  say (self, "");
  if (g_strcmp0 (page, "hours") == 0)
    cr_hours_pane_refresh (CR_HOURS_PANE (self->hours_pane));
  else if (g_strcmp0 (page, "closures") == 0)
    cr_closures_pane_refresh (self->closures_pane);
  else if (g_strcmp0 (page, "keys") == 0)
    cr_keys_pane_refresh (self->keys_pane);
  else if (g_strcmp0 (page, "letterhead") == 0)
    refresh_letterhead (self);
}

static void
change_keys_cb (CrAdminWindow *self, const char *reason)
{
  gtk_stack_set_visible_child_name (self->stack, "keys");
  cr_keys_pane_begin (self->keys_pane, reason);
}

/* ---- leaving without saving ---- */

static gboolean
is_page_touched (CrAdminWindow *self, const char *page)
{
  if (g_strcmp0 (page, "people") == 0)
    return cr_people_pane_is_touched (self->people_pane);
  if (g_strcmp0 (page, "hours") == 0)
    return cr_hours_pane_is_touched (CR_HOURS_PANE (self->hours_pane));
  if (g_strcmp0 (page, "visits") == 0)
    return cr_visit_rules_pane_is_touched (self->visit_rules_pane);
  if (g_strcmp0 (page, "closures") == 0)
    return cr_closures_pane_is_touched (self->closures_pane);
  if (g_strcmp0 (page, "letterhead") == 0)
    return cr_letterhead_pane_is_touched (CR_LETTERHEAD_PANE (self->letterhead_pane));
  return g_strcmp0 (page, "practice") == 0 &&
         cr_practice_pane_is_touched (CR_PRACTICE_PANE (self->practice_pane));
}

/* NULL: no page has anything unsaved.  first: the name of the first one that has. */
static char *
describe_unsaved (CrAdminWindow *self, const char **first)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (self->stack);
  g_autoptr (GString) titles = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++) {
    g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (pages), i);
    GtkStackPage *page = GTK_STACK_PAGE (item);
    if (!is_page_touched (self, gtk_stack_page_get_name (page)))
      continue;
    if (titles->len == 0)
      *first = gtk_stack_page_get_name (page);
    g_string_append_printf (titles, titles->len > 0 ? ", “%s”" : "“%s”", gtk_stack_page_get_title (page));
  }
  return titles->len > 0 ? g_strdup_printf (_ ("%s: not saved yet."), titles->str) : NULL;
}

/* The stack itself would give the focus to the first row of a list, which chooses it. */
static void
lead_to (CrAdminWindow *self, const char *page)
{
  GtkWidget *child;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, page);
  child = gtk_stack_get_visible_child (self->stack);
  if (!gtk_widget_grab_focus (child))
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

static void
discard (CrAdminWindow *self)
{
  cr_people_pane_discard (self->people_pane);
  cr_hours_pane_discard (CR_HOURS_PANE (self->hours_pane));
  cr_visit_rules_pane_discard (self->visit_rules_pane);
  cr_closures_pane_discard (self->closures_pane);
  cr_practice_pane_discard (CR_PRACTICE_PANE (self->practice_pane));
}

static void
discard_cb (CrAdminWindow *self)
{
  discard (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
close_request_cb (CrAdminWindow *self)
{
  const char *first = NULL;
  g_autofree char *what = describe_unsaved (self, &first);
  if (what == NULL) {
    discard (self);
    return FALSE;
  }
  cr_people_pane_stay (self->people_pane);
  cr_visit_rules_pane_stay (self->visit_rules_pane);
  cr_closures_pane_stay (self->closures_pane);
  if (!is_page_touched (self, gtk_stack_get_visible_child_name (self->stack)))
    lead_to (self, first);
  cr_unsaved_bar_edited (self->unsaved);
  return cr_unsaved_bar_ask_about (self->unsaved, what);
}

static void
cr_admin_window_finalize (GObject *object)
{
  g_clear_pointer (&CR_ADMIN_WINDOW (object)->hit, g_ptr_array_unref);
  G_OBJECT_CLASS (cr_admin_window_parent_class)->finalize (object);
}

static void
cr_admin_window_class_init (CrAdminWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_admin_window_finalize;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/admin-window.ui");
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, stack);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, people_pane);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, closures_pane);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, keys_pane);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, visit_rules_pane);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, hours_box);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, practice_box);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, letterhead_box);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, letterhead_button);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, message);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, hit_button);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, unsaved);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_admin_window_init (CrAdminWindow *self)
{
  g_type_ensure (CR_TYPE_PEOPLE_PANE);
  g_type_ensure (CR_TYPE_CLOSURES_PANE);
  g_type_ensure (CR_TYPE_KEYS_PANE);
  g_type_ensure (CR_TYPE_VISIT_RULES_PANE);
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_letterhead (self);
  g_signal_connect_swapped (self->letterhead_button, "clicked", G_CALLBACK (save_letterhead_cb), self);
  g_signal_connect_swapped (self->people_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->people_pane, "change-keys", G_CALLBACK (change_keys_cb), self);
  g_signal_connect_swapped (self->closures_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->people_pane, "hit", G_CALLBACK (say_hit), self);
  g_signal_connect_swapped (self->closures_pane, "hit", G_CALLBACK (say_hit), self);
  g_signal_connect_swapped (self->hit_button, "clicked", G_CALLBACK (hit_cb), self);
  g_signal_connect_swapped (self->keys_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->visit_rules_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (page_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (discard_cb), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

static CrAdminWindow *
open_window (CrWindow *window)
{
  CrAdminWindow *self = g_object_new (CR_TYPE_ADMIN_WINDOW, "transient-for", window, NULL);
  CrSession *session = cr_window_get_session (window);
  self->window = window;
  cr_people_pane_set_session (self->people_pane, session);
  cr_closures_pane_set_session (self->closures_pane, session);
  cr_keys_pane_set_window (self->keys_pane, window);
  cr_visit_rules_pane_set_session (self->visit_rules_pane, session);
  self->hours_pane = cr_hours_pane_new (session);
  gtk_widget_set_hexpand (self->hours_pane, TRUE);
  gtk_box_append (self->hours_box, self->hours_pane);
  g_signal_connect_swapped (self->hours_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->hours_pane, "hit", G_CALLBACK (say_hit), self);
  self->practice_pane = cr_practice_pane_new (session);
  gtk_widget_set_hexpand (self->practice_pane, TRUE);
  gtk_box_append (self->practice_box, self->practice_pane);
  g_signal_connect_swapped (self->practice_pane, "said", G_CALLBACK (say), self);
  cr_unsaved_bar_start (self->unsaved, session, NULL); /* each page keeps its own */
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

void
cr_admin_window_present (CrWindow *window)
{
  open_window (window);
}

static gboolean
is_open (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);
    if (CR_IS_ADMIN_WINDOW (window))
      return TRUE;
  }
  return FALSE;
}

void
cr_admin_window_present_kept (CrWindow *window)
{
  static const struct {
    const char *form, *page;
  } PAGES[] = { { CR_FORM_PERSON, "people" },
                { CR_FORM_HOURS, "hours" },
                { CR_FORM_VISIT_RULES, "visits" },
                { CR_FORM_CLOSURE, "closures" },
                { CR_FORM_PRACTICE, "practice" } };
  g_auto (GStrv) kept = cr_session_list_kept_forms (cr_window_get_session (window));
  guint first = 0;
  if (is_open () || !cr_session_can (cr_window_get_session (window), CR_RIGHT_ADMIN))
    return;
  while (first + 1 < G_N_ELEMENTS (PAGES) && !g_strv_contains ((const char *const *)kept, PAGES[first].form))
    first++;
  lead_to (open_window (window), PAGES[first].page);
}

gboolean
cr_admin_window_is_touched (CrAdminWindow *self)
{
  return cr_people_pane_is_touched (self->people_pane) || cr_closures_pane_is_touched (self->closures_pane) ||
         cr_visit_rules_pane_is_touched (self->visit_rules_pane) ||
         cr_hours_pane_is_touched (CR_HOURS_PANE (self->hours_pane)) ||
         cr_practice_pane_is_touched (CR_PRACTICE_PANE (self->practice_pane)) ||
         cr_letterhead_pane_is_touched (CR_LETTERHEAD_PANE (self->letterhead_pane));
}
