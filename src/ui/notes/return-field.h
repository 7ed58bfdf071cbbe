/* When the patient is to come again, said by the doctor beside the note: the desk finds it at check-out. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_RETURN_FIELD (cr_return_field_get_type ())
G_DECLARE_FINAL_TYPE (CrReturnField, cr_return_field, CR, RETURN_FIELD, GtkWidget)
/* Of today's open visit of the chart; without one the field is not there.  chart NULL: empties it. */
void cr_return_field_set_chart (CrReturnField *self, CrChart *chart);
