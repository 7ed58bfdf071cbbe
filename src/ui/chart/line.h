/* Pieces of the lines in cards and lists. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/clinical/checks.h"
#include "chartroom/domain/patient.h"

/* Left-aligned labels that wrap between words; css: one class of app.css or NULL. */
GtkWidget *cr_line_text (const char *text, const char *css);
GtkWidget *cr_line_short (const char *text, const char *css); /* one line: a date, a name, a word */
GtkWidget *cr_line_markup (const char *markup, const char *css);
GtkWidget *cr_line_icon (const char *name); /* decoration: the word stands beside it */
GtkWidget *cr_line_box (int spacing);       /* horizontal */
void cr_line_add (GtkWidget *box, GtkWidget *child, gboolean wide); /* wide: takes the room that is left */
GtkWidget *cr_line_button (const char *label, const char *tooltip); /* underline marks the mnemonic */
/* "▲ Allergy: penicillin (class) – rash", below a medicine that is taken (cr_checks_taken). */
char *cr_line_against (const CrCheck *check);
void cr_line_clear (GtkWidget *box); /* of a GtkBox: all its children */
/* Who a dialog is about: name, birth date, sex, MRN. */
GtkWidget *cr_line_patient (const CrPatient *patient, const char *name, CrDate today);
