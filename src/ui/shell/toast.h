/* One short message at a time, bottom centre; paused while hovered or focused (UX 1.8). */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_TOAST (cr_toast_get_type ())
G_DECLARE_FINAL_TYPE (CrToast, cr_toast, CR, TOAST, GtkWidget)
/* button and action: both or none; the action is activated on the toast's window. */
void cr_toast_show (CrToast *self, const char *text, const char *button, const char *action);
void cr_toast_hide (CrToast *self);
int cr_toast_clearance (CrToast *self); /* pixels between it and the window's edge, for the status line */
void cr_toast_clear (CrToast *self); /* lock: nor does its text stay behind */
