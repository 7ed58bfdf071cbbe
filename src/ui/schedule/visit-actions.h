/* What can be done to a visit, wherever it is shown: stages, room, no-show, cancelling, its chart.
 *
 * A page installs the widget actions "visit.NAME" (target: int64 appointment id) and lends a place where a
 * sheet can open (check-in, room, reason). */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/day-schedule.h"

typedef struct {
  CrWindow *window;
  CrDaySchedule *schedule;
  GtkWidget *host;                                        /* the sheet becomes its child */
  void (*show_sheet) (GtkWidget *host, GtkWidget *sheet); /* NULL: closes it */
  GtkOrientation layout;                                  /* of the sheet: in a wide row, in a narrow panel */
  const char *from;                                       /* for the audit: "today", "schedule"; static */
} CrVisitContext;

/* "visit.arrive" "visit.confirm" "visit.room" "visit.with-doctor" "visit.ready" "visit.out" "visit.no-show"
 * "visit.cancel" "visit.open" "visit.hold".  Rights and order of stages are checked; refusals are said. */
void cr_visit_act (const CrVisitContext *context, const CrVisit *visit, const char *action);
/* Installs these and "visit.move" "visit.length" "visit.copy", all with act, which finds the
 * visit. */
void cr_visit_actions_install (GtkWidgetClass *klass, GtkWidgetActionActivateFunc act);
/* The context menu: what may follow for this visit. */
GMenuModel *cr_visit_menu_new (CrSession *session, const CrVisit *visit);
/* The action that takes a visit on from a stage, "visit.room", and the label of its button; NULL: none
 * follows. */
const char *cr_visit_next_action (int stage, const char **label);
gboolean cr_visit_may_move (const CrVisit *visit);
void cr_visit_hold (CrWindow *window, const CrVisit *visit); /* into the holding tray, and says so */
