/* Asks once before something that is not easily taken back: what it is about, what happens, two verbs.
 * Signal "confirmed": yes; the window is gone.  Escape and the first button leave all as it is. */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_QUESTION (cr_question_get_type ())
G_DECLARE_FINAL_TYPE (CrQuestion, cr_question, CR, QUESTION, GtkWindow)
/* keep and yes: labels of the buttons, verbs with mnemonics; the focus is on keep. */
CrQuestion *cr_question_present (GtkWindow *over, const char *question, const char *what, const char *keep,
                                 const char *yes);
