/* A card of the summary: a heading with a count, one action, rows that open, and last lines that name what is
 * not shown.  Signals: "action"; "opened" (gint64 id, GtkWidget *row) on Enter or a click. */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_CARD (cr_card_get_type ())
G_DECLARE_FINAL_TYPE (CrCard, cr_card, CR, CARD, GtkWidget)
/* Properties: "title", "action" (label of the button; none: no button), "action-tooltip". */
GtkWidget *cr_card_new (const char *title);
void cr_card_set_count (CrCard *self, const char *count); /* beside the title: "6 active"; NULL none */
void cr_card_set_action_visible (CrCard *self, gboolean visible);
GtkWidget *cr_card_action_button (CrCard *self);
void cr_card_clear (CrCard *self);
/* spoken: what a screen reader says of the row.  id 0: the row opens nothing. */
void cr_card_add (CrCard *self, GtkWidget *line, const char *spoken, gint64 id);
void cr_card_add_last (CrCard *self, GtkWidget *widget); /* below the rows */
void cr_card_add_empty (CrCard *self, const char *sentence);
void cr_card_focus (CrCard *self); /* the first row, or the action */
