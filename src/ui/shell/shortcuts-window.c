#include "src/ui/shell/shortcuts-window.h"
#include "src/ui/shell/list-row.h"
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
  { N_ ("Ctrl+?"), N_ ("All keys"), N_ ("Everywhere") },
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
  { N_ ("1 … 6"), N_ ("Day, work week, week, month, list, rooms"), N_ ("Schedule") },
  { N_ ("T, J"), N_ ("Today; go to a date"), N_ ("Today, Schedule") },
  { N_ ("Delete"), N_ ("Cancel the visit, with a reason"), N_ ("Today, Schedule") },
  { N_ ("Enter"), N_ ("Open"), N_ ("Lists") },
  { N_ ("N, K, E, A, S"), N_ ("New task; done, or open again; change; give to somebody; put off"),
    N_ ("Tasks") },
  { N_ ("E, Delete"), N_ ("Change the entry; take it off the list"), N_ ("Wait List") },
  { N_ ("1 … 6"), N_ ("How the call ended"), N_ ("Calls") },
  { N_ ("L, N"), N_ ("Reminder letter; log a call"), N_ ("Calls") },
};

static gboolean
concerns (guint i, const char *const *where)
{
  for (guint w = 0; where[w] != NULL; w++)
    if (strstr (SHORTCUTS[i].where, where[w]) != NULL)
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

enum { N_COLUMNS = 3 };

/* Wrapped texts would each make their column as wide as they like. */
static void
add_cell (GtkWidget *box, GtkSizeGroup *column, const char *text, const char *css, int chars)
{
  GtkWidget *cell = cr_list_cell (text, css, chars);
  gtk_size_group_add_widget (column, cell);
  gtk_box_append (GTK_BOX (box), cell);
}

static GtkWidget *
make_row (guint i, GtkSizeGroup *const *columns)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", _ (SHORTCUTS[i].keys), _ (SHORTCUTS[i].what));
  add_cell (box, columns[0], _ (SHORTCUTS[i].keys), "strong", 24);
  add_cell (box, columns[1], _ (SHORTCUTS[i].what), "value", 46);
  add_cell (box, columns[2], _ (SHORTCUTS[i].where), "caption", 12);
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

/* where: NULL for all. */
static GtkWidget *
make_list (const char *const *where)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkSizeGroup *columns[N_COLUMNS];
  for (guint c = 0; c < N_COLUMNS; c++)
    columns[c] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  for (guint i = 0; i < G_N_ELEMENTS (SHORTCUTS); i++)
    if (where == NULL || concerns (i, where))
      gtk_list_box_append (GTK_LIST_BOX (list), make_row (i, columns));
  for (guint c = 0; c < N_COLUMNS; c++)
    g_object_unref (columns[c]); /* the cells keep it */
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
  GtkWidget *list = make_list (NULL);
  present (parent, _ ("Keyboard Shortcuts"), make_entry (list), list);
}

GtkWidget *
cr_shortcuts_list_new (const char *const *where)
{
  return make_list (where);
}

/* "Ctrl+1 … Ctrl+5": from its first to its last digit. */
static gboolean
range_has (const char *range, const char *key)
{
  g_auto (GStrv) ends = g_strsplit (range, " … ", 2);
  gsize n = strlen (key);
  if (ends[1] == NULL)
    return g_str_equal (ends[0], key);
  return n > 0 && n == strlen (ends[0]) && n == strlen (ends[1]) && strncmp (ends[0], key, n - 1) == 0 &&
         key[n - 1] >= ends[0][n - 1] && key[n - 1] <= ends[1][n - 1];
}

gboolean
cr_shortcuts_have (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (SHORTCUTS); i++) {
    g_auto (GStrv) ranges = g_strsplit (SHORTCUTS[i].keys, ", ", -1);
    for (guint r = 0; ranges[r] != NULL; r++)
      if (range_has (ranges[r], key))
        return TRUE;
  }
  return FALSE;
}
