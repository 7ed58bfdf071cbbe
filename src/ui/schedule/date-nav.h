/* The day that a page shows: back, the date itself with a calendar and a field to type in, forward, today.
 * Signal "chosen" (int: days since 1970). */
#pragma once
#include "chartroom/base/clock.h"
#include <gtk/gtk.h>

#define CR_TYPE_DATE_NAV (cr_date_nav_get_type ())
G_DECLARE_FINAL_TYPE (CrDateNav, cr_date_nav, CR, DATE_NAV, GtkWidget)
void cr_date_nav_set_clock (CrDateNav *self, CrClock *clock); /* borrowed for the life of the widget */
void cr_date_nav_set_date (CrDateNav *self, CrDate date);
void cr_date_nav_ask (CrDateNav *self);                          /* opens the field, as J does */
void cr_date_nav_set_words (CrDateNav *self, const char *words); /* in place of the date; NULL: the date */
/* What the arrows go by; a day at first. */
typedef enum { CR_DATE_UNIT_DAY, CR_DATE_UNIT_WEEK, CR_DATE_UNIT_FOUR_WEEKS, CR_DATE_UNIT_MONTH } CrDateUnit;
void cr_date_nav_set_unit (CrDateNav *self, CrDateUnit unit);
void cr_date_nav_turn (CrDateNav *self, int by);   /* as the arrows do */
void cr_date_nav_step (CrDateNav *self, int days); /* chooses the day that far away */
void cr_date_nav_today (CrDateNav *self);
/* A calendar that shows a date, and the date it shows. */
void cr_calendar_show (GtkCalendar *calendar, CrDate date);
void cr_calendar_set_today (GtkCalendar *calendar, CrDate today); /* marked in whatever month is shown */
CrDate cr_calendar_date (GtkCalendar *calendar);
