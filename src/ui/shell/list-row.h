/* Rows of the lists of work (medications, prescriptions, referrals, tasks): cells, ticks, margins. */
#pragma once
#include "chartroom/base/ids.h"
#include <gtk/gtk.h>

/* Left-aligned text that wraps, NULL as ""; css: one class of app.css; chars: the width of its column, 0 for
 * the room that is left. */
GtkWidget *cr_list_cell (const char *text, const char *css, int chars);
/* A row of line (a GtkBox), which gets its margins; spoken is the row's accessible name. */
GtkWidget *cr_list_row (GtkWidget *line, const char *spoken);

/* Selects the row and scrolls it into sight, while the focus stays where it is: for lists that the arrow keys
 * go through from an entry. */
void cr_list_mark (GtkListBox *list, GtkListBoxRow *row);

GHashTable *cr_list_ids_new (void); /* a set of CrId, for ticks */
/* Keeps id in ids (borrowed; must live on as long as the tick) while it is on; spoken is its accessible name.
 * Stands first in a row's line.  Tab passes it by: Space on the row turns it. */
GtkWidget *cr_list_tick (GHashTable *ids, CrId id, const char *spoken);
GtkCheckButton *cr_list_selected_tick (GtkListBox *list); /* of the selected row; NULL when it has none */
void cr_list_turn (GtkCheckButton *tick);
