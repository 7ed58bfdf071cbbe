/* At the foot of a form that is filled in and not saved yet: it keeps what stands in the form some seconds
 * after it was typed and before a lock, so that neither a lock nor a crash loses it, and asks before it is
 * thrown away (UX principle 6, 8).  Hidden unless it asks or tells.
 * Signals: "write" (gpointer CrKeptForm *: put all fields in; NULL for a form without a name, which keeps
 * itself then), "discard" (the person threw it away; nothing is kept any more: close the form). */
#pragma once
#include "chartroom/session/kept-form.h"
#include <gtk/gtk.h>

#define CR_TYPE_UNSAVED_BAR (cr_unsaved_bar_get_type ())
G_DECLARE_FINAL_TYPE (CrUnsavedBar, cr_unsaved_bar, CR, UNSAVED_BAR, GtkWidget)

/* With the form as it is before anything is typed.  name: under which it is kept (kept-form.h); NULL: it
 * keeps itself. */
void cr_unsaved_bar_start (CrUnsavedBar *self, CrSession *session, const char *name);
/* What was kept, a new one, to be put into the form; it says that it is here again.  NULL: nothing. */
CrKeptForm *cr_unsaved_bar_take (CrUnsavedBar *self);
void cr_unsaved_bar_edited (CrUnsavedBar *self); /* something was typed or chosen */
/* Of each of these editables, choices, check and toggle buttons (NULL-terminated). */
void cr_unsaved_bar_watch (CrUnsavedBar *self, ...) G_GNUC_NULL_TERMINATED;
/* Before the form closes.  TRUE: typed text would be lost, so it asks; the form stays.  FALSE: nothing was
 * typed, and nothing is kept any more. */
gboolean cr_unsaved_bar_ask (CrUnsavedBar *self);
/* The same; what: a sentence before the question, that says what is not saved. */
gboolean cr_unsaved_bar_ask_about (CrUnsavedBar *self, const char *what);
void cr_unsaved_bar_stay (CrUnsavedBar *self); /* if it asks: as the person's Keep Editing */
/* Saved, or given up: nothing is kept any more, nothing is asked. */
void cr_unsaved_bar_end (CrUnsavedBar *self);
