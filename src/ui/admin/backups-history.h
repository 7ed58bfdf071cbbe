/* The columns of the backups that were taken. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/base/clock.h"

char *cr_backups_history_when (CrInstant at, CrClock *clock); /* "Nov 22, 2026 7:04 AM" */

/* For rows of CrBackupItem. */
void cr_backups_history_add_columns (GtkColumnView *view, CrClock *clock);
