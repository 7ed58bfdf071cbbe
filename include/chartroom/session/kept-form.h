/* Forms that are filled in and not saved yet: what stands in them is kept for the person who typed it, over a
 * lock, the end of the program and a crash; sealed like all else.  One form of each name.  The forms of
 * patients keep themselves in the same place (patient-draft.h). */
#pragma once
#include "chartroom/session/session.h"

typedef struct _CrKeptForm CrKeptForm; /* fields by their names */
CrKeptForm *cr_kept_form_new (void);
void cr_kept_form_free (CrKeptForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrKeptForm, cr_kept_form_free)
void cr_kept_form_set_text (CrKeptForm *self, const char *field, const char *text); /* typed; NULL as "" */
void cr_kept_form_set_number (CrKeptForm *self, const char *field, gint64 number);  /* chosen: an id … */
const char *cr_kept_form_get_text (const CrKeptForm *self, const char *field);      /* NULL: untouched */
gint64 cr_kept_form_get_number (const CrKeptForm *self, const char *field, gint64 absent);
gboolean cr_kept_form_same_texts (const CrKeptForm *self, const CrKeptForm *other);
gboolean cr_kept_form_equal (const CrKeptForm *self, const CrKeptForm *other);

/* untouched: the form as it was before anything was typed; its texts are left out, so that what others
 * change meanwhile is not undone. */
void cr_session_keep_form (CrSession *self, const char *name, const CrKeptForm *form,
                           const CrKeptForm *untouched);
CrKeptForm *cr_session_get_kept_form (CrSession *self, const char *name); /* new; NULL: nothing is kept */
void cr_session_forget_form (CrSession *self, const char *name);
/* A patient's form, whose chart was merged into that of `to` meanwhile, is kept for that one from now on;
 * what is kept there already stays, field by field. */
void cr_session_move_kept_patient (CrSession *self, CrId from, CrId to);
/* The names of all that are kept, a new strv; of a patient's form the id, "0" for a new patient's. */
char **cr_session_list_kept_forms (CrSession *self);
