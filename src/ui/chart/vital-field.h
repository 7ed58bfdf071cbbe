/* One vital sign being entered: the typed text, what was understood, what is wrong or questionable (UX 2.2
 * D7). */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/clinical/vitals.h"
#include "chartroom/domain/clinical-records.h"

#define CR_TYPE_VITAL_FIELD (cr_vital_field_get_type ())
G_DECLARE_FINAL_TYPE (CrVitalField, cr_vital_field, CR, VITAL_FIELD, GtkWidget)
/* Signal "changed": another text. */
GtkWidget *cr_vital_field_new (CrVital vital);
/* Starts empty.  knowledge borrowed while it is used (NULL: no limits); last: "132/78 on Aug 30, 2026" or
 * NULL. */
void cr_vital_field_start (CrVitalField *self, CrKnowledge *knowledge, const CrVitalContext *context,
                           const char *last);
/* How it is measured: a choice for another place, so that Tab goes from value to value.  NULL: there is none.
 */
GtkWidget *cr_vital_field_get_method (CrVitalField *self);
const char *cr_vital_field_get_text (CrVitalField *self);
void cr_vital_field_set_text (CrVitalField *self, const char *text);
/* TRUE when it is empty or can be saved.  FALSE: a limit or an unanswered question is shown. */
gboolean cr_vital_field_check (CrVitalField *self);
/* The understood value, canonical; absent when there is none. */
CrDecimal cr_vital_field_value (CrVitalField *self);
/* What to tell at saving: "Infant under 60 days with fever – tell the doctor now"; NULL. */
const char *cr_vital_field_notice (CrVitalField *self);
void cr_vital_field_append (CrVitalField *self, GPtrArray *observations, CrInstant at); /* CrObservation */
