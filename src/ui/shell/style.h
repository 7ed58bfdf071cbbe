/* Style sheets, light, dark and high contrast, and the text size. */
#pragma once
#include <gtk/gtk.h>

typedef struct _CrStyle CrStyle;
CrStyle *cr_style_new (GdkDisplay *display);
void cr_style_free (CrStyle *self);
/* look: "light", "dark", "contrast"; NULL or "system": as the desktop asks. */
void cr_style_set_look (CrStyle *self, const char *look);
gboolean cr_style_is_dark (CrStyle *self);
void cr_style_set_text_size (CrStyle *self, int points); /* 9–18; 0: the default of 11 */
int cr_style_get_text_size (CrStyle *self);
