/* A time zone, found by typing a part of its city or of its common name ("Pacific"): a button with a list. */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_ZONE_CHOICE (cr_zone_choice_get_type ())
G_DECLARE_FINAL_TYPE (CrZoneChoice, cr_zone_choice, CR, ZONE_CHOICE, GtkWidget)
/* Signal "changed": another one was chosen. */
/* zone: chosen, and at the top; IANA name. */
GtkWidget *cr_zone_choice_new (const char *zone);
const char *cr_zone_choice_get (GtkWidget *choice);
void cr_zone_choice_set (GtkWidget *choice, const char *zone);
/* Whether the typed words are all in the zone's city, its name or its common name. */
gboolean cr_zone_fits (const char *zone, const char *typed);
