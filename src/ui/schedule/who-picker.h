/* Whose free times are looked for: the usual clinician and then any, any, or some.  A button with a menu of
 * check marks.  Signal "changed". */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_WHO_PICKER (cr_who_picker_get_type ())
G_DECLARE_FINAL_TYPE (CrWhoPicker, cr_who_picker, CR, WHO_PICKER, GtkWidget)
/* people: rows of CrPerson.  person: the one that is ticked; none: usual first, else any.  usual: none: not
 * offered.  Does not signal. */
void cr_who_picker_fill (CrWhoPicker *self, GListModel *people, CrId person, CrId usual);
/* Ticks one more of them; FALSE: not offered.  Does not signal. */
gboolean cr_who_picker_add (CrWhoPicker *self, CrId person);
/* Who is ticked: their ids, borrowed until the next change; none: anybody. */
const GArray *cr_who_picker_get_people (CrWhoPicker *self);
CrId cr_who_picker_get_usual (CrWhoPicker *self); /* whose times come first; none: all alike */
