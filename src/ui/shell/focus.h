/* Ways of the focus that GTK 4.8 does not have. */
#pragma once
#include <gtk/gtk.h>

/* The `focus` of a widget whose `grab_focus` goes to a part of it: among its parts alone.  GTK's own would
 * grab the focus for the widget when Shift+Tab wants to leave it, and so it would never be left. */
gboolean cr_focus_parts (GtkWidget *widget, GtkDirectionType direction);

/* One stop for Tab, whatever it holds: a list or table of any length is entered where it was left, gone
 * through by arrow keys, and left by Tab and Shift+Tab; the buttons of a GtkListBox's row come after their
 * row. Property "child". */
#define CR_TYPE_ONE_STOP (cr_one_stop_get_type ())
G_DECLARE_FINAL_TYPE (CrOneStop, cr_one_stop, CR, ONE_STOP, GtkWidget)

/* For a dialog, called before it is presented: keys that still reach the window below, because the display
 * has not given the dialog the focus yet, go to the dialog's own field.  Nothing typed is lost. */
void cr_focus_keep_typing (GtkWindow *dialog);

/* Escape anywhere in that part, in a search field too, which would keep it to itself; not in an open popover,
 * which closes first.  For as long as the part lives. */
void cr_focus_on_escape (GtkWidget *part, void (*leave) (gpointer data), gpointer data);

/* The cursor behind what stands in the field that has the focus, nothing selected: what is typed next is
 * added. */
void cr_focus_at_end (GtkWindow *window);

/* For a popover that is kept when it closes: keys that the display still gives to it go to its window then.
 */
void cr_focus_keep_late_keys (GtkPopover *popover);

/* Text typed while the field it is meant for is still being fetched: kept from the start to the end, wherever
 * in the window of `part` the focus is.  Keys with Ctrl or Alt go their way. */
typedef struct _CrTypeAhead CrTypeAhead;
CrTypeAhead *cr_type_ahead_start (GtkWidget *part); /* part: in a window */
/* Takes `self` and gives its text to the view at the cursor; NULL: it is dropped. */
void cr_type_ahead_end (CrTypeAhead *self, GtkTextView *view);
