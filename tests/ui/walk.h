/* A way through every page and dialog the program has, for tests that look at all of them. */
#pragma once
#include "practice.h"

/* Called at each stop, once it is shown; where: its name for people. */
typedef void (*UiVisit) (UiApp *app, const char *where, gpointer data);
/* From the lock page through the day of each role and back to the lock page. */
void ui_walk (UiApp *app, UiVisit visit, gpointer data);
