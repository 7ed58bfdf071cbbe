/* The application: arguments, data files, the one window. */
#pragma once
#include <gtk/gtk.h>

/* Runs the desktop; returns the exit status.  data_dirs: where knowledge is looked for, first that exists. */
int cr_app_run (int argc, char **argv, const char *const *data_dirs);
