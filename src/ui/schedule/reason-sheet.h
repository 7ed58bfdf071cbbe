/* Asks for one reason out of a few, or in the person's own words; opens in place, under a row or in a panel.
 * Signals: "chosen" (const char *reason), "closed" (given up). */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_REASON_SHEET (cr_reason_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrReasonSheet, cr_reason_sheet, CR, REASON_SHEET, GtkWidget)
/* question: "Why is this visit cancelled?"; verb and keep: of the buttons, "Cancel Visit" and "Keep Visit";
 * reasons: NULL-terminated; chips: how the reasons are laid out. */
GtkWidget *cr_reason_sheet_new (const char *question, const char *verb, const char *keep,
                                const char *const *reasons, GtkOrientation chips);
/* The reasons for cancelling and for a no-show, to be translated; NULL-terminated, static. */
const char *const *cr_reasons_to_cancel (void);
const char *const *cr_reasons_for_no_show (void);
