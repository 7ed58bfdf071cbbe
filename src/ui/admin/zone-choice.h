/* A time zone, chosen by its city: a drop-down that is searched by typing. */
#pragma once
#include <gtk/gtk.h>

/* zone: chosen, and at the top; IANA name. */
GtkWidget *cr_zone_choice_new (const char *zone); /* a GtkDropDown */
const char *cr_zone_choice_get (GtkWidget *choice);
