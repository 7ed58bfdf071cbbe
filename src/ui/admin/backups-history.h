/* The columns of the backups that were taken. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/base/clock.h"

/* For rows of CrBackupItem. */
void cr_backups_history_add_columns (GtkColumnView *view, CrClock *clock);
