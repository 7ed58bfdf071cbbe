/* How the practice shows and counts things, and when its screens lock: rows of a form, in the set-up and in
 * Practice and People. */
#pragma once
#include <gtk/gtk.h>
#include "src/ui/shell/unsaved-bar.h"
#include "chartroom/domain/practice.h"

typedef struct _CrPracticeHabits CrPracticeHabits;
CrPracticeHabits *cr_practice_habits_add (GtkWidget *form); /* the form's (form.h) */
void cr_practice_habits_show (CrPracticeHabits *self, const CrPractice *practice);
void cr_practice_habits_take (CrPracticeHabits *self, CrPractice *practice); /* into those fields of it */
/* Kept until it is saved. */
void cr_practice_habits_write (CrPracticeHabits *self, CrKeptForm *kept);
void cr_practice_habits_put_back (CrPracticeHabits *self, const CrKeptForm *kept);
void cr_practice_habits_watch (CrPracticeHabits *self, CrUnsavedBar *unsaved);
void cr_practice_habits_grab_focus (CrPracticeHabits *self);
