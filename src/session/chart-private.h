/* What the files of CrChart share: the object, and one load of its records on the store thread. */
#pragma once
#include "chartroom/session/chart.h"
#include "chartroom/session/work.h"
#include "chart-news.h"

/* Sections with a list of their own. */
typedef enum {
  CR_CHART_PROBLEMS,
  CR_CHART_ALLERGIES,
  CR_CHART_MEDICATIONS,
  CR_CHART_PRESCRIPTIONS,
  CR_CHART_RESULTS,
  CR_CHART_NOTES,
  CR_CHART_ENCOUNTERS,
  CR_CHART_DOCUMENTS,
  CR_CHART_REFERRALS,
  CR_CHART_IMMUNIZATIONS,
  CR_CHART_N_LISTS
} CrChartList;

struct _CrChart {
  GObject parent;
  CrSession *session;
  CrId patient_id;         /* the chart that is kept; a merge or its undoing may change it at a reload */
  GArray *charts;          /* CrId: it and those that were merged into it */
  CrId person_id;          /* who opened it: for nobody else it is loaded again */
  CrChartRecords *records; /* arrays of sections with a list borrow the records of its rows */
  GListStore *lists[CR_CHART_N_LISTS];
  guint stale; /* sections that changed since they were loaded */
  guint due;   /* idle source of the next load; 0 none */
  gboolean loading;
  gint64 seen;       /* newest audit entry of the patient that was looked at */
  CrChartNews *news; /* not reviewed yet; NULL none */
  gboolean office;   /* without clinical records, whatever the role may read */
};

/* Sections are bits. */
#define CR_CHART_ALL_SECTIONS G_MAXUINT
guint cr_chart_sections_of (const char *kind); /* those that show records of that kind; 0 none, "*" all */

typedef struct _CrChartLoad CrChartLoad;
/* from: audited as a view from there; NULL: not audited. */
CrChartLoad *cr_chart_load_new (CrId patient_id, const char *from, guint sections, gboolean clinical);
void cr_chart_load_set_reason (CrChartLoad *self, const char *reason); /* for a restricted chart */
void cr_chart_load_set_seen (CrChartLoad *self, gint64 seen); /* a later load tells what came since */
void cr_chart_load_free (CrChartLoad *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrChartLoad, cr_chart_load_free)
gboolean cr_chart_load_job (CrTx *tx, gpointer load, GError **error);
guint cr_chart_load_sections (const CrChartLoad *self);
/* Moves what was loaded into the chart, in the main loop. */
void cr_chart_load_show (CrChartLoad *self, CrChart *chart);
GPtrArray *cr_chart_list_rows (GListStore *list);
void cr_chart_free_array (GPtrArray *array); /* of records or rows; many of them outside the main loop */

/* The visit of that day at this practice among these (newest first); CR_ID_NONE: none. */
CrId cr_chart_encounter_of (const GPtrArray *encounters, CrDate day);
/* The same, inside a job. */
gboolean cr_chart_find_encounter (CrTx *tx, CrId patient_id, CrDate day, CrId *encounter, GError **error);
