/* One line of a patient's details as a small form of its own: a number, a relative, an insurance, a consent.
 */
#pragma once
#include "chartroom/session/patient-line.h"
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

/* A box of form lines (CrFormField, CrFormChoice, ticks, scans) under a heading with a button that takes the
 * line out, where it may be; the button's action is `remove_cb` (CrPatientLine *, data). */
typedef void (*CrLineFormFunc) (CrPatientLine *line, gpointer data);
GtkWidget *cr_line_form_new (CrSession *session, gint64 patient, CrPatientLine *line, const char *title,
                             CrLineFormFunc remove_cb, gpointer data);
