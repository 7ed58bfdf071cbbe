/* How the practice shows and counts things, and when its screens lock: rows of a form, in the set-up and in
 * Practice and People. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/domain/practice.h"

typedef struct _CrPracticeHabits CrPracticeHabits;
CrPracticeHabits *cr_practice_habits_add (GtkWidget *form); /* the form's (form.h) */
void cr_practice_habits_show (CrPracticeHabits *self, const CrPractice *practice);
void cr_practice_habits_take (CrPracticeHabits *self, CrPractice *practice); /* into those fields of it */
void cr_practice_habits_grab_focus (CrPracticeHabits *self);
