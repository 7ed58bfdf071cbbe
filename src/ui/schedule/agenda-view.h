/* The visits of the schedule's days one under the other, by day; what is typed above narrows them down.
 * Signals: "selected" (gint64 visit)   "open" (gint64 visit)   "step" (int): earlier or later weeks. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/day-schedule.h"

#define CR_TYPE_AGENDA_VIEW (cr_agenda_view_get_type ())
G_DECLARE_FINAL_TYPE (CrAgendaView, cr_agenda_view, CR, AGENDA_VIEW, GtkWidget)
void cr_agenda_view_set_up (CrAgendaView *self, CrWindow *window, CrDaySchedule *schedule);
void cr_agenda_view_reload (CrAgendaView *self, CrId person); /* CR_ID_NONE: of all clinicians */
void cr_agenda_view_forget (CrAgendaView *self);
void cr_agenda_view_focus (CrAgendaView *self); /* the first visit from the schedule's date on */
void cr_agenda_view_go_to (CrAgendaView *self, CrDate date);
void cr_agenda_view_filter (CrAgendaView *self); /* goes to the field */
CrId cr_agenda_view_get_selected (CrAgendaView *self);
