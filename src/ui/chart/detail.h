/* What is known of one row, beside it: fields, and what can be done with it.  Closes with Esc. */
#pragma once
#include <gtk/gtk.h>

/* owner: a widget that outlives the row (the section). */
GtkWidget *cr_detail_new (GtkWidget *owner, GtkWidget *row, const char *title);
void cr_detail_add (GtkWidget *detail, const char *label,
                    const char *value); /* an empty value adds nothing */
/* The detail closes, then clicked is called. */
void cr_detail_add_button (GtkWidget *detail, const char *label, GCallback clicked, gpointer data,
                           GClosureNotify destroy);
void cr_detail_open (GtkWidget *detail);
