/* Sign-in and lock (UX 3.2 with §11.8): one step, name and password; nothing of the practice's content. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/session/session.h"

#define CR_TYPE_LOCK_PAGE (cr_lock_page_get_type ())
G_DECLARE_FINAL_TYPE (CrLockPage, cr_lock_page, CR, LOCK_PAGE, GtkWidget)

/* Signals: "open-other", "set-up" when those buttons are pressed. */
void cr_lock_page_set_session (CrLockPage *self, CrSession *session);
/* The practice to open; name: what stands in the name field at first, may be NULL. */
void cr_lock_page_prepare (CrLockPage *self, const char *folder, const char *practice, const char *name,
                           gboolean locked);
const char *cr_lock_page_get_folder (CrLockPage *self); /* NULL: none is chosen */
/* The keys of a locked practice were forgotten: the same page, but a password opens it anew. */
void cr_lock_page_forgot (CrLockPage *self);
void cr_lock_page_say (CrLockPage *self, const char *problem);
void cr_lock_page_tell (CrLockPage *self, const char *sentence); /* nothing is wrong */
