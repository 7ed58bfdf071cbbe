/* Chooses a room for a visit, under its row: digits 1–9, free rooms first.
 * Signals: "chosen" (gint64 room), "closed" (given up). */
#pragma once
#include "chartroom/session/day-schedule.h"
#include <gtk/gtk.h>

#define CR_TYPE_ROOM_SHEET (cr_room_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrRoomSheet, cr_room_sheet, CR, ROOM_SHEET, GtkWidget)
/* layout: along a row or down a panel. */
GtkWidget *cr_room_sheet_new (CrSession *session, CrDaySchedule *schedule, GtkOrientation layout);
