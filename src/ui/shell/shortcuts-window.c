#include "src/ui/shell/shortcuts-window.h"
#include "src/ui/shell/list-row.h"
#include "src/ui/shell/sidebar.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

static const struct {
  const char *keys, *what, *where;
} SHORTCUTS[] = {
  { N_ ("Ctrl+K"), N_ ("Search patients, places and commands"), N_ ("Everywhere") },
  { N_ ("Ctrl+F"), N_ ("Find on this page"), N_ ("Page") },
  { N_ ("Ctrl+1 … Ctrl+5, Ctrl+7 … Ctrl+9"),
    N_ ("Today, Schedule, Chart, Rx Queue, Referrals; Tasks, Calls, Unscheduled and Wait List"),
    N_ ("Everywhere") },
  { N_ ("Alt+Left, Alt+Right"), N_ ("Back, forward"), N_ ("Everywhere") },
  { N_ ("Ctrl+O"), N_ ("Choose among open charts"), N_ ("Everywhere") },
  { N_ ("Ctrl+Page Up, Ctrl+Page Down"), N_ ("Previous, next chart section (week in Schedule)"),
    N_ ("Chart, Schedule") },
  { N_ ("Ctrl+N"), N_ ("New: appointment, note, referral – by page"), N_ ("Page") },
  { N_ ("Ctrl+Shift+N"), N_ ("Register a new patient"), N_ ("Everywhere") },
  { N_ ("Ctrl+E"), N_ ("Edit; addendum to a signed note"), N_ ("Note, record") },
  { N_ ("Ctrl+R"), N_ ("New prescription"), N_ ("Chart") },
  { N_ ("Ctrl+Shift+R"), N_ ("New referral"), N_ ("Chart") },
  { N_ ("Ctrl+D"), N_ ("Add problem"), N_ ("Chart") },
  { N_ ("Ctrl+Shift+A"), N_ ("Add allergy"), N_ ("Chart") },
  { N_ ("Ctrl+B"), N_ ("Enter vitals"), N_ ("Chart") },
  { N_ ("Ctrl+L"), N_ ("Results"), N_ ("Chart") },
  { N_ ("Ctrl+I"), N_ ("More or less of the patient banner"), N_ ("Chart") },
  { N_ ("Ctrl+Enter"), N_ ("The main action of the page: Book, Save, open the Sign sheet"),
    N_ ("Everywhere") },
  { N_ ("Ctrl+S"), N_ ("Save the draft now (it is saved by itself)"), N_ ("Editors") },
  { N_ ("Ctrl+P"), N_ ("Print what is in front of me"), N_ ("Everywhere") },
  { N_ ("Ctrl+Z, Ctrl+Shift+Z"), N_ ("Undo, redo"), N_ ("Everywhere") },
  { N_ ("Ctrl+W"), N_ ("Close the panel, or put the chart away"), N_ ("Everywhere") },
  { N_ ("F6, Shift+F6"), N_ ("Next, previous pane; a message at the bottom, too"), N_ ("Everywhere") },
  { N_ ("Shift+F10, Menu"), N_ ("What can be done with the visit"), N_ ("Today, Schedule") },
  { N_ ("F9"), N_ ("Show or hide the sidebar"), N_ ("Everywhere") },
  { N_ ("F10"), N_ ("Main menu"), N_ ("Everywhere") },
  { N_ ("F11"), N_ ("Full screen"), N_ ("Everywhere") },
  { N_ ("Ctrl+Plus, Ctrl+Minus, Ctrl+0"), N_ ("Text larger, smaller, normal"), N_ ("Everywhere") },
  { N_ ("Ctrl+Shift+H"), N_ ("Privacy mode: initials instead of names"), N_ ("Everywhere") },
  { N_ ("Ctrl+Shift+L"), N_ ("Lock now"), N_ ("Everywhere") },
  { N_ ("Ctrl+Comma"), N_ ("Preferences"), N_ ("Everywhere") },
  { N_ ("Ctrl+Question mark"), N_ ("All keys"), N_ ("Everywhere") },
  { N_ ("F1"), N_ ("Help for this page"), N_ ("Everywhere") },
  { N_ ("Ctrl+Q"), N_ ("Quit; drafts are safe"), N_ ("Everywhere") },
  { N_ ("Esc"), N_ ("Close the innermost panel; never discards text"), N_ ("Everywhere") },
  { N_ ("A, R, D, Y, O, X"), N_ ("Arrive, room, with doctor, ready, check out, no-show"),
    N_ ("Today, Schedule") },
  { N_ ("W"), N_ ("Walk-in"), N_ ("Today") },
  { N_ ("M"), N_ ("Move the visit: arrows, then Enter; Esc gives up"), N_ ("Schedule") },
  { N_ ("L"), N_ ("Make the visit longer or shorter (Shift+Up, Shift+Down while it moves)"),
    N_ ("Schedule") },
  { N_ ("C"), N_ ("Copy the visit to another time"), N_ ("Schedule") },
  { N_ ("H"), N_ ("Put the visit into the holding tray, where it stays booked; again: go to the tray"),
    N_ ("Schedule") },
  { N_ ("1 … 5"), N_ ("Day, work week, week, month, list"), N_ ("Schedule") },
  { N_ ("T, J"), N_ ("Today; go to a date"), N_ ("Today, Schedule") },
  { N_ ("Delete"), N_ ("Cancel the visit, with a reason"), N_ ("Today, Schedule") },
  { N_ ("Enter"), N_ ("Open"), N_ ("Lists") },
  { N_ ("N, K, E, A, S"), N_ ("New task; done, or open again; change; give to somebody; put off"),
    N_ ("Tasks") },
  { N_ ("1 … 6"), N_ ("How the call ended"), N_ ("Calls") },
  { N_ ("L, N"), N_ ("Reminder letter; log a call"), N_ ("Calls") },
};

/* Help of a page: what it is for; where: the places of SHORTCUTS that concern it, untranslated. */
static const struct {
  const char *text, *where[4];
} HELP[CR_N_PAGES] = {
  [CR_PAGE_TODAY] = { N_ ("Today's visits, and how far each one is. Choose a visit with the arrow keys; one "
                          "letter "
                          "takes it to its next stage, Ctrl+Z takes that back."),
                      { "Today", "Page", "Lists" } },
  [CR_PAGE_SCHEDULE] = { N_ ("The book: a day with a column for each clinician or room, weeks, a month, or a "
                             "list. Arrow keys move through the slots, Enter opens a visit or books into a "
                             "free slot. Ctrl and a drag copy a visit, its lower edge changes its length."),
                         { "Schedule", "Page" } },
  [CR_PAGE_CHART] = { N_ ("The chart of one patient. The banner above says whose; Ctrl+Page Down leads "
                          "through "
                          "its sections. Nothing is lost when you leave: drafts are saved as you type."),
                      { "Chart", "Page", "Note", "Editors" } },
  [CR_PAGE_RX_QUEUE] = { N_ ("Prescriptions of the practice that wait for a signature or to be handed over. "
                             "Enter opens one."),
                         { "Page", "Lists" } },
  [CR_PAGE_REFERRALS] = { N_ ("All referrals with their stage. Enter composes the packet of one that was "
                              "ordered."),
                          { "Page", "Lists" } },
  [CR_PAGE_TASKS] = { N_ ("What waits for you: unsigned notes, results to review, and tasks somebody gave "
                          "you or "
                          "nobody. Enter opens it."),
                      { "Page", "Lists", "Tasks" } },
  [CR_PAGE_CALLS] = { N_ ("Whom to call: the visits of the next working day that are not confirmed, those "
                          "who are "
                          "to come again and have no time yet, and the log. One digit says how the call "
                          "ended."),
                      { "Page", "Lists", "Calls" } },
  [CR_PAGE_WAITING] = { N_ ("Who cancelled, missed a visit or was asked to come again and has no new one; "
                            "and "
                            "who would take an earlier one. Enter finds a time, Delete takes somebody off "
                            "the "
                            "list and asks why."),
                        { "Page", "Lists" } },
};

static gboolean
concerns (guint i, CrPageId page)
{
  for (guint w = 0; w < G_N_ELEMENTS (HELP[page].where) && HELP[page].where[w] != NULL; w++)
    if (strstr (SHORTCUTS[i].where, HELP[page].where[w]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
matches (guint i, const char *wanted)
{
  g_autofree char *all =
      g_strjoin (" ", _ (SHORTCUTS[i].keys), _ (SHORTCUTS[i].what), _ (SHORTCUTS[i].where), NULL);
  g_autofree char *folded = cr_text_fold (all);
  return strstr (folded, wanted) != NULL;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer entry)
{
  g_autofree char *wanted = cr_text_fold (gtk_editable_get_text (GTK_EDITABLE (entry)));
  return matches (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "cr-index")), wanted);
}

static GtkWidget *
make_row (guint i)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", _ (SHORTCUTS[i].keys), _ (SHORTCUTS[i].what));
  gtk_box_append (GTK_BOX (box), cr_list_cell (_ (SHORTCUTS[i].keys), "strong", 24));
  gtk_box_append (GTK_BOX (box), cr_list_cell (_ (SHORTCUTS[i].what), "value", 46));
  gtk_box_append (GTK_BOX (box), cr_list_cell (_ (SHORTCUTS[i].where), "caption", 12));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "cr-index", GUINT_TO_POINTER (i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static gboolean
escape_cb (GtkWidget *window, GVariant *arguments, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (window));
  return TRUE;
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, NULL, NULL)));
  /* Before the search field takes it. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (window, keys);
}

static GtkWidget *
make_list (CrPageId page)
{
  GtkWidget *list = gtk_list_box_new ();
  for (guint i = 0; i < G_N_ELEMENTS (SHORTCUTS); i++)
    if (page == CR_N_PAGES || concerns (i, page))
      gtk_list_box_append (GTK_LIST_BOX (list), make_row (i));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Keyboard shortcuts"), -1);
  return list;
}

static GtkWidget *
make_entry (GtkWidget *list)
{
  GtkWidget *entry = gtk_search_entry_new ();
  gtk_list_box_set_filter_func (GTK_LIST_BOX (list), filter_cb, entry, NULL);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (gtk_list_box_invalidate_filter), list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a shortcut"), -1);
  return entry;
}

static void
present (CrWindow *parent, const char *title, GtkWidget *head, GtkWidget *list)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroll = gtk_scrolled_window_new ();
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), list);
  gtk_widget_add_css_class (box, "dialog-body");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (parent));
  gtk_window_set_default_size (GTK_WINDOW (window), 940, 680);
  gtk_window_set_child (GTK_WINDOW (window), box);
  close_on_escape (window);
  gtk_window_present (GTK_WINDOW (window));
}

void
cr_shortcuts_window_present (CrWindow *parent)
{
  GtkWidget *list = make_list (CR_N_PAGES);
  present (parent, _ ("Keyboard Shortcuts"), make_entry (list), list);
}

void
cr_help_window_present (CrWindow *parent, CrPageId page)
{
  GtkWidget *text = gtk_label_new (_ (HELP[page].text));
  g_autofree char *title = g_strdup_printf (_ ("Help: %s"), cr_page_title (page));
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 80);
  present (parent, title, text, make_list (page));
}
