/* What a list, a card and a panel say of one visit, in words and in small marks. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/domain/appointment.h"

GtkWidget *cr_visit_label (const char *text, const char *css); /* left-aligned; css may be NULL */
/* "10:35 AM to 10:55 AM" */
char *cr_visit_time_span (int start, int minutes);
/* "Mon Nov 23, 2026, 9:20 AM, Dr. Okafor" */
char *cr_visit_place_words (CrDate date, int start, const char *clinician);
/* The same to be read out: "Tuesday, December 1 at 9:20 in the morning with Dr. Okafor". */
char *cr_visit_read_back (CrDate date, int start, const char *clinician);
/* "65 y, F" on the given day */
char *cr_visit_age_sex (const CrPatient *patient, CrDate on);
/* "10:35 AM to 10:55 AM, GARCIA, Maria, Follow-up, arrived" and the marks in words. */
char *cr_visit_spoken (CrWindow *window, const CrVisit *visit);
/* "Room 2", "No room" */
char *cr_visit_room_words (CrSession *session, CrId room);
char *cr_visit_weekday_words (CrDate date);           /* "Mon" */
char *cr_visit_day_number (CrDate date);              /* "23", "Dec 01" */
char *cr_visit_day_words (CrDate date);               /* "Mon 23" */
char *cr_visit_days_words (CrDate from, CrDate to);   /* "Nov 23 – Dec 20, 2026" */
char *cr_visit_month_words (CrDate date);             /* "Nov 2026" */
const char *cr_visit_closed_words (const CrDay *day); /* why it is closed: "Thanksgiving", "Closed" */
/* Of a combined visit: "With Dr. Chen, 9:40 AM"; another day is named; NULL: it has no other part. */
char *cr_visit_part_words (const CrVisit *visit);
/* For cr_window_navigate to the book: "move:2026-11-23:12", "show:2026-11-23:12". */
char *cr_visit_hint (const char *verb, CrDate date, CrId visit);
/* Style classes of the visit type's colour and pattern ("type-blue" "pattern-dashed"), in place of others. */
void cr_visit_add_type_classes (CrSession *session, const CrVisit *visit, GtkWidget *widget);
/* Marks in words: "Similar name today · Interpreter: Spanish"; NULL when there are none. */
char *cr_visit_flag_words (CrWindow *window, const CrVisit *visit);
/* Empties box, then adds the marks as icons and chips with tooltips. */
void cr_visit_fill_flags (CrWindow *window, const CrVisit *visit, GtkBox *box);
/* Dr. Okafor, by id; NULL when nobody has it. */
char *cr_visit_clinician_name (CrSession *session, CrId person);
/* The size of the widget's text, in pixels. */
double cr_visit_em (GtkWidget *widget);
