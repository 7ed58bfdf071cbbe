/* A clinician's book as a file for another calendar (exchange/icalendar.h). */
#pragma once
#include "chartroom/session/session.h"

typedef struct {
  CrId person_id;
  CrDate from, to;  /* both included, at most CR_CALENDAR_MOST_DAYS */
  gboolean names;   /* of patients, too: takes the right to export */
  const char *path; /* is written for the owner alone; replaced when it is there */
} CrCalendarRequest;
#define CR_CALENDAR_MOST_DAYS 400
/* The file and its audit entry: neither without the other. */
void cr_calendar_export_async (CrSession *session, const CrCalendarRequest *request, GAsyncReadyCallback cb,
                               gpointer data);
gint64 cr_calendar_export_finish (GAsyncResult *result, GError **error); /* how many visits; −1 with error */
