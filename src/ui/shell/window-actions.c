/* Actions and keys of the window (UX 8).  What depends on the page is asked of the page. */
#include "src/ui/shell/window-private.h"
#include "src/ui/admin/admin-window.h"
#include "src/ui/admin/audit-window.h"
#include "src/ui/admin/duplicates-window.h"
#include "src/ui/admin/backups-window.h"
#include "src/ui/admin/calendar-window.h"
#include "src/ui/admin/import-dialog.h"
#include "src/ui/admin/setup-wizard.h"
#include "src/ui/schedule/desk-print.h"
#include "src/ui/shell/password-dialog.h"
#include "src/ui/shell/preferences-window.h"
#include "src/ui/shell/help-text.h"
#include "src/ui/shell/help-window.h"
#include "src/ui/shell/shortcuts-window.h"
#include <glib/gi18n.h>

typedef void (*Handler) (CrWindow *self);

static gboolean
ask_page (CrWindow *self, const char *what)
{
  return self->page_widgets[self->page] != NULL &&
         cr_page_perform (CR_PAGE (self->page_widgets[self->page]), what);
}

static void
ask_or_say (CrWindow *self, const char *what, const char *refusal)
{
  if (!ask_page (self, what))
    cr_window_toast (self, refusal, NULL, NULL);
}

static void
go_chart (CrWindow *self, const char *section, const char *hint)
{
  if (self->chart == NULL) {
    cr_window_toast (self, _ ("No chart is open. Press Ctrl+K and type a name."), NULL, NULL);
    return;
  }
  cr_window_navigate (self, CR_PAGE_CHART, cr_chart_get_patient_id (self->chart), section, hint, "keys");
}

static void
search (CrWindow *self)
{
  cr_palette_view_start (self->palette_view);
}

static void
find (CrWindow *self)
{
  if (!ask_page (self, "find"))
    search (self);
}

static void
toggle_sidebar (CrWindow *self)
{
  cr_sidebar_set_narrow (self->sidebar, !cr_sidebar_get_narrow (self->sidebar));
}

static void
new_here (CrWindow *self)
{
  ask_or_say (self, "new", _ ("Nothing new can be made on this page."));
}

static void
new_patient (CrWindow *self)
{
  cr_window_register_patient (self, NULL);
}

static void
edit (CrWindow *self)
{
  ask_or_say (self, "edit", _ ("Nothing here can be edited."));
}

static void
primary (CrWindow *self)
{
  if (!cr_palette_view_choose_chart (self->palette_view))
    ask_page (self, "primary");
}

static void
save (CrWindow *self)
{
  ask_page (self, "save");
}

static void
move_draft (CrWindow *self)
{
  ask_or_say (self, "move",
              _ ("No draft is chosen here. Open a note or choose a prescription that is not signed."));
}

static void
save_copy (CrWindow *self)
{
  ask_or_say (self, "save-copy", _ ("Open the note first; its text can then be saved as a copy."));
}

static void
print (CrWindow *self)
{
  ask_or_say (self, "print", _ ("Nothing on this page can be printed."));
}

static void
day_sheet (CrWindow *self)
{
  cr_window_navigate (self, CR_PAGE_TODAY, CR_ID_NONE, NULL, "day-sheet", "menu");
}

static void
previous_section (CrWindow *self)
{
  ask_page (self, "previous");
}

static void
next_section (CrWindow *self)
{
  ask_page (self, "next");
}

static void
open_charts (CrWindow *self)
{
  if (self->charts->len == 0)
    go_chart (self, NULL, NULL);
  else
    cr_window_choose_chart (self);
}

static void
new_rx (CrWindow *self)
{
  go_chart (self, CR_SECTION_MEDS, "new-rx");
}

static void
new_referral (CrWindow *self)
{
  go_chart (self, CR_SECTION_REFERRALS, "new-referral");
}

static void
add_problem (CrWindow *self)
{
  go_chart (self, CR_SECTION_SUMMARY, "add-problem");
}

static void
add_allergy (CrWindow *self)
{
  go_chart (self, CR_SECTION_SUMMARY, "add-allergy");
}

static void
vitals (CrWindow *self)
{
  go_chart (self, CR_SECTION_VITALS, "vitals");
}

static void
results (CrWindow *self)
{
  go_chart (self, CR_SECTION_RESULTS, NULL);
}

static void
banner_more (CrWindow *self)
{
  cr_banner_toggle_more (self->banner);
}

static void
put_away (CrWindow *self)
{
  if (ask_page (self, "close"))
    return;
  if (self->page == CR_PAGE_CHART && self->chart != NULL) {
    cr_window_put_away (self, self->chart);
    if (self->chart == NULL)
      cr_window_navigate (self, CR_PAGE_TODAY, CR_ID_NONE, NULL, NULL, "keys");
  }
}

static void
restrict_chart (CrWindow *self)
{
  if (self->chart != NULL)
    cr_window_ask_restrict (self);
  else
    go_chart (self, NULL, NULL);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (self, error);
  else
    cr_window_toast (self, _ ("Done. The book is as it was."), NULL, NULL);
  cr_window_refresh_actions (self);
}

/* What was done once more is named: it may be on another day than the one in sight. */
static void
redone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) self = data;
  g_autoptr (GError) error = NULL;
  const char *label = cr_session_undo_label (CR_SESSION (source));
  if (!cr_session_finish (result, &error)) {
    cr_window_show_error (self, error);
  } else {
    g_autofree char *toast = g_strdup_printf (_ ("Done again: %s"), label != NULL ? label : "…");
    cr_window_toast (self, toast, _ ("Undo"), "win.undo");
  }
  cr_window_refresh_actions (self);
}

/* While writing, the keys belong to the text; the book is not touched from there. */
static gboolean
ask_text (CrWindow *self, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  gtk_widget_activate_action (focus, action, NULL);
  return TRUE;
}

static void
undo (CrWindow *self)
{
  if (ask_text (self, "text.undo"))
    return;
  cr_session_undo_async (self->session, undone_cb, g_object_ref (self));
}

static void
redo (CrWindow *self)
{
  if (ask_text (self, "text.redo"))
    return;
  cr_session_redo_async (self->session, redone_cb, g_object_ref (self));
}

static void
resize_text (CrWindow *self, int points)
{
  g_autofree char *value = g_strdup_printf ("%d", points);
  cr_session_set_preference (self->session, "text-size", value);
  cr_window_apply_preferences (self);
}

static void
text_larger (CrWindow *self)
{
  resize_text (self, cr_style_get_text_size (self->style) + 1);
}

static void
text_smaller (CrWindow *self)
{
  resize_text (self, cr_style_get_text_size (self->style) - 1);
}

static void
text_normal (CrWindow *self)
{
  resize_text (self, 0);
}

static void
toggle_private (CrWindow *self)
{
  cr_window_set_private (self, !self->hidden);
  cr_window_toast (self, self->hidden ? _ ("Privacy mode: names are initials") : _ ("Names are shown again"),
                   NULL, NULL);
}

static void
lock (CrWindow *self)
{
  cr_session_lock (self->session);
}

/* The next person signs in with a name and password of their own. */
static void
sign_out (CrWindow *self)
{
  g_autofree char *folder = g_strdup (cr_session_get_folder (self->session));
  cr_session_close (self->session);
  cr_window_choose_practice (self, folder);
}

/* The papers of the patient whose chart is open. */
static void
print_paper (CrWindow *self, CrDeskPaper paper)
{
  if (self->chart != NULL)
    cr_desk_print (self, paper, cr_chart_get_patient_id (self->chart), CR_ID_NONE);
  else
    cr_window_toast (self, _ ("Open the patient's chart first, then print."), NULL, NULL);
}

static void
print_label (CrWindow *self)
{
  print_paper (self, CR_DESK_LABEL);
}

static void
print_card (CrWindow *self)
{
  print_paper (self, CR_DESK_CARD);
}

static void
print_visits (CrWindow *self)
{
  print_paper (self, CR_DESK_LIST);
}

/* Panes in the order of F6: search, pages and open charts, banner, page, toast. */
enum { N_PANES = 5 };

static guint
list_panes (CrWindow *self, GtkWidget **panes)
{
  GtkWidget *all[N_PANES] = { GTK_WIDGET (self->search_entry), GTK_WIDGET (self->sidebar),
                              GTK_WIDGET (self->banner), gtk_stack_get_visible_child (self->pages),
                              GTK_WIDGET (self->toast) };
  guint n = 0;
  for (guint i = 0; i < N_PANES; i++)
    if (all[i] != NULL && gtk_widget_get_visible (all[i]) && gtk_widget_get_can_target (all[i]))
      panes[n++] = all[i];
  return n;
}

static guint
find_pane (CrWindow *self, GtkWidget **panes, guint n)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  for (guint i = 0; focus != NULL && i < n; i++)
    if (focus == panes[i] || gtk_widget_is_ancestor (focus, panes[i]))
      return i;
  return 0;
}

/* A pane that takes no focus now is passed over. */
static void
step_pane (CrWindow *self, int by)
{
  GtkWidget *panes[N_PANES];
  guint n = list_panes (self, panes);
  guint from = find_pane (self, panes, n);
  for (guint i = 1; i < n; i++) {
    GtkWidget *pane = panes[(from + (by > 0 ? i : n - i)) % n];
    if (pane == GTK_WIDGET (self->search_entry) ? gtk_widget_grab_focus (pane)
                                                : gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD))
      return;
  }
}

static void
next_pane (CrWindow *self)
{
  step_pane (self, 1);
}

static void
previous_pane (CrWindow *self)
{
  step_pane (self, -1);
}

static void
full_screen (CrWindow *self)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    gtk_window_unfullscreen (GTK_WINDOW (self));
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
}

static void
about (CrWindow *self)
{
  const char *comments =
      _ ("The chart of one practice: it stays in the office.\n"
         "Not a certified product. Starter clinical content must be reviewed by your medical director.");
  gtk_show_about_dialog (GTK_WINDOW (self), "program-name", "Chartroom", "logo-icon-name",
                         "org.chartroom.Chartroom", "version", CHARTROOM_VERSION, "comments", comments,
                         "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static void
go_back (CrWindow *self)
{
  cr_window_back (self);
}

static void
preferences (CrWindow *self)
{
  cr_preferences_window_present (self);
}

static void
password_changed_cb (CrPasswordDialog *dialog, const char *sentence, CrWindow *self)
{
  cr_window_toast (self, sentence, NULL, NULL);
}

static void
change_password (CrWindow *self)
{
  const CrPerson *own = cr_session_get_person (self->session);
  CrPasswordDialog *dialog = cr_password_dialog_present (GTK_WINDOW (self), self->session, own);
  g_signal_connect_object (dialog, "changed", G_CALLBACK (password_changed_cb), self, 0);
}

static void
shortcuts (CrWindow *self)
{
  cr_shortcuts_window_present (self);
}

static void
help (CrWindow *self)
{
  gboolean open = cr_session_get_state (self->session) == CR_SESSION_OPEN;
  cr_help_window_present (GTK_WINDOW (self), open ? cr_help_of_page (self->page) : 0);
}

static void
import_charts (CrWindow *self)
{
  (void)cr_import_dialog_present (self);
}

static void
administration (CrWindow *self)
{
  cr_admin_window_present (self);
}

static void
export_calendar (CrWindow *self)
{
  cr_calendar_window_present (self);
}

static void
go_on_with_set_up (CrWindow *self)
{
  cr_setup_wizard_go_on (self);
}

static void
audit (CrWindow *self)
{
  cr_audit_window_present (self);
}

static void
duplicates (CrWindow *self)
{
  cr_duplicates_window_present (self);
}

static void
backups (CrWindow *self)
{
  cr_backups_window_present (self);
}

typedef enum { NEEDS_OPEN = 0, NEEDS_NOTHING = 1 } Need;
static const struct {
  const char *name, *keys; /* keys: accelerators, blank-separated */
  Handler handler;
  Need need;
  int right; /* CrRight + 1; 0 none */
} ACTIONS[] = {
  { "search", "<Control>k", search, NEEDS_OPEN, 0 },
  { "find", "<Control>f", find, NEEDS_OPEN, 0 },
  { "back", "<Alt>Left", go_back, NEEDS_OPEN, 0 },
  { "forward", "<Alt>Right", cr_window_forward, NEEDS_OPEN, 0 },
  { "toggle-sidebar", "F9", toggle_sidebar, NEEDS_OPEN, 0 },
  { "new", "<Control>n", new_here, NEEDS_OPEN, 0 },
  { "new-patient", "<Control><Shift>n", new_patient, NEEDS_OPEN, CR_RIGHT_DEMOGRAPHICS_EDIT + 1 },
  { "edit", "<Control>e", edit, NEEDS_OPEN, 0 },
  { "primary", "<Control>Return <Control>KP_Enter", primary, NEEDS_OPEN, 0 },
  { "save", "<Control>s", save, NEEDS_OPEN, 0 },
  { "move-draft", NULL, move_draft, NEEDS_OPEN, CR_RIGHT_CLINICAL_RECORD + 1 },
  { "save-copy", NULL, save_copy, NEEDS_OPEN, CR_RIGHT_NOTE_WRITE + 1 },
  { "print", "<Control>p", print, NEEDS_OPEN, 0 },
  { "print-label", NULL, print_label, NEEDS_OPEN, CR_RIGHT_SCHEDULE_VIEW + 1 },
  { "print-card", NULL, print_card, NEEDS_OPEN, CR_RIGHT_SCHEDULE_VIEW + 1 },
  { "print-visits", NULL, print_visits, NEEDS_OPEN, CR_RIGHT_SCHEDULE_VIEW + 1 },
  { "sign-out", NULL, sign_out, NEEDS_OPEN, 0 },
  { "day-sheet", NULL, day_sheet, NEEDS_OPEN, CR_RIGHT_SCHEDULE_VIEW + 1 },
  { "previous-section", "<Control>Page_Up", previous_section, NEEDS_OPEN, 0 },
  { "next-section", "<Control>Page_Down", next_section, NEEDS_OPEN, 0 },
  { "open-charts", "<Control>o", open_charts, NEEDS_OPEN, 0 },
  { "new-rx", "<Control>r", new_rx, NEEDS_OPEN, CR_RIGHT_CLINICAL_RECORD + 1 },
  { "new-referral", "<Control><Shift>r", new_referral, NEEDS_OPEN, CR_RIGHT_CLINICAL_VIEW + 1 },
  { "add-problem", "<Control>d", add_problem, NEEDS_OPEN, CR_RIGHT_CLINICAL_RECORD + 1 },
  { "add-allergy", "<Control><Shift>a", add_allergy, NEEDS_OPEN, CR_RIGHT_CLINICAL_RECORD + 1 },
  { "vitals", "<Control>b", vitals, NEEDS_OPEN, CR_RIGHT_CLINICAL_RECORD + 1 },
  { "results", "<Control>l", results, NEEDS_OPEN, CR_RIGHT_CLINICAL_VIEW + 1 },
  { "banner", "<Control>i", banner_more, NEEDS_OPEN, 0 },
  { "restrict", NULL, restrict_chart, NEEDS_OPEN, CR_RIGHT_BREAK_GLASS + 1 },
  { "put-away", "<Control>w", put_away, NEEDS_OPEN, 0 },
  { "undo", "<Control>z", undo, NEEDS_OPEN, 0 },
  { "redo", "<Control><Shift>z", redo, NEEDS_OPEN, 0 },
  { "text-larger", "<Control>plus <Control>equal <Control>KP_Add", text_larger, NEEDS_OPEN, 0 },
  { "text-smaller", "<Control>minus <Control>KP_Subtract", text_smaller, NEEDS_OPEN, 0 },
  { "text-normal", "<Control>0 <Control>KP_0", text_normal, NEEDS_OPEN, 0 },
  { "privacy", "<Control><Shift>h", toggle_private, NEEDS_OPEN, 0 },
  { "lock", "<Control><Shift>l", lock, NEEDS_OPEN, 0 },
  { "next-pane", "F6", next_pane, NEEDS_OPEN, 0 },
  { "previous-pane", "<Shift>F6", previous_pane, NEEDS_OPEN, 0 },
  { "full-screen", "F11", full_screen, NEEDS_NOTHING, 0 },
  { "preferences", "<Control>comma", preferences, NEEDS_OPEN, 0 },
  { "password", NULL, change_password, NEEDS_OPEN, 0 },
  { "shortcuts", "<Control>question", shortcuts, NEEDS_NOTHING, 0 },
  { "help", "F1", help, NEEDS_NOTHING, 0 },
  { "import", NULL, import_charts, NEEDS_OPEN, CR_RIGHT_ADMIN + 1 },
  { "administration", NULL, administration, NEEDS_OPEN, CR_RIGHT_ADMIN + 1 },
  { "calendar", NULL, export_calendar, NEEDS_OPEN, CR_RIGHT_SCHEDULE_VIEW + 1 },
  { "set-up", NULL, go_on_with_set_up, NEEDS_OPEN, CR_RIGHT_ADMIN + 1 },
  { "audit", NULL, audit, NEEDS_OPEN, CR_RIGHT_AUDIT_VIEW + 1 },
  { "duplicates", NULL, duplicates, NEEDS_OPEN, CR_RIGHT_DEMOGRAPHICS_EDIT + 1 },
  { "backups", NULL, backups, NEEDS_OPEN, CR_RIGHT_ADMIN + 1 },
  { "about", NULL, about, NEEDS_NOTHING, 0 },
};

static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CrWindow *self = CR_WINDOW (data);
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (action), "cr-index"));
  g_autoptr (GError) error = NULL;
  if (ACTIONS[i].right != 0 && !cr_session_require (self->session, ACTIONS[i].right - 1, &error))
    cr_window_toast (self, error->message, NULL, NULL);
  else
    ACTIONS[i].handler (self);
}

static void
page_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  int page = g_variant_get_int32 (parameter);
  cr_window_navigate (CR_WINDOW (data), page, CR_ID_NONE, page == CR_PAGE_CHART ? CR_SECTION_SUMMARY : NULL,
                      NULL, "keys");
}

static void
add_page_action (CrWindow *self, GtkApplication *app)
{
  g_autoptr (GSimpleAction) go = g_simple_action_new ("page", G_VARIANT_TYPE_INT32);
  g_signal_connect (go, "activate", G_CALLBACK (page_cb), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (go));
  for (int page = 0; page < CR_N_PAGES; page++) {
    g_autofree char *name = g_strdup_printf ("win.page(%d)", page);
    g_autofree char *key = g_strdup_printf ("<Control>%d", cr_page_digit (page));
    gtk_application_set_accels_for_action (app, name, (const char *const[]){ key, NULL });
  }
}

void
cr_window_init_actions (CrWindow *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    g_autoptr (GSimpleAction) action = g_simple_action_new (ACTIONS[i].name, NULL);
    g_autofree char *full = g_strconcat ("win.", ACTIONS[i].name, NULL);
    g_object_set_data (G_OBJECT (action), "cr-index", GUINT_TO_POINTER (i));
    g_signal_connect (action, "activate", G_CALLBACK (activate_cb), self);
    g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    if (ACTIONS[i].keys != NULL) {
      g_auto (GStrv) keys = g_strsplit (ACTIONS[i].keys, " ", -1);
      gtk_application_set_accels_for_action (app, full, (const char *const *)keys);
    }
  }
  add_page_action (self, app);
}

static gboolean
is_possible (CrWindow *self, guint i, gboolean open)
{
  if (ACTIONS[i].need == NEEDS_OPEN && !open)
    return FALSE;
  /* A key that somebody may not use says so. */
  if (ACTIONS[i].right != 0 && ACTIONS[i].keys == NULL &&
      !cr_session_can (self->session, ACTIONS[i].right - 1))
    return FALSE;
  if (ACTIONS[i].handler == go_on_with_set_up)
    return cr_session_get_setting (self->session, CR_SETTING_SET_UP) != NULL;
  if (ACTIONS[i].handler == undo)
    return cr_session_can_undo (self->session);
  if (ACTIONS[i].handler == redo)
    return cr_session_can_redo (self->session);
  if (ACTIONS[i].handler == go_back)
    return !g_queue_is_empty (&self->back);
  return TRUE;
}

void
cr_window_refresh_actions (CrWindow *self)
{
  gboolean open = cr_session_get_state (self->session) == CR_SESSION_OPEN;
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), ACTIONS[i].name);
    if (action != NULL)
      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_possible (self, i, open));
  }
}
