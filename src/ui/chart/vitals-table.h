/* Vital signs of a chart as a table: a row per sign, a column per date, oldest first.  Values alone, no
 * widgets. */
#pragma once
#include "chartroom/clinical/vitals.h"
#include "chartroom/domain/chart-records.h"

#define CR_VITALS_BMI CR_VITAL_ENTRIES /* the computed row after the signs */
#define CR_VITALS_ROWS (CR_VITAL_ENTRIES + 1)

typedef struct {
  CrDate date;
  int minute;    /* of the day, of its newest value */
  gboolean more; /* the day has another column: the time tells them apart */
} CrVitalsColumn;

typedef struct _CrVitalsTable CrVitalsTable;
/* by_day: one column per day with its newest values; else another one for each repeated set.  All borrowed
 * for the table's life. */
CrVitalsTable *cr_vitals_table_new (const CrChartRecords *records, const CrKnowledge *knowledge,
                                    CrClock *clock, gboolean by_day);
void cr_vitals_table_free (CrVitalsTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrVitalsTable, cr_vitals_table_free)
guint cr_vitals_table_columns (CrVitalsTable *self);
const CrVitalsColumn *cr_vitals_table_column (CrVitalsTable *self, guint column);
/* Value in the units of the row, "128/76"; NULL when there is none.  flag, words: out, static or of the
 * record. */
char *cr_vitals_table_text (CrVitalsTable *self, guint row, guint column, const char **flag,
                            const char **words);
/* Everything known of a cell: value as typed, time, who, method.  NULL when there is none. */
char *cr_vitals_table_detail (CrVitalsTable *self, guint row, guint column);
gboolean cr_vitals_table_has (CrVitalsTable *self, guint row);
/* Newest value of a row before the given day, with its date; NULL when there is none. */
char *cr_vitals_table_last (CrVitalsTable *self, guint row, CrDate *on);
const char *cr_vitals_label (guint row);
const char *cr_vitals_unit (const CrVitalsTable *self, guint row); /* "mmHg" "lb" */
