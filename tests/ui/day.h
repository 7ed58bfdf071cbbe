/* The whole day in one walk, and what it leaves on paper. */
#pragma once
#include "practice.h"

#define UI_DAY_PATIENT "GARZA, Marcus"
#define UI_DAY_QUESTION "Is the meniscus torn, and is surgery needed?"
#define UI_DAY_SENTENCE "Right knee pain for two weeks after running, worse on stairs."

/* From the sign-in of the front desk to the packet recorded as sent; the packet is exported to `pdf`.  A
 * picture of each page and step, numbered. */
void ui_day (UiApp *app, const char *pdf);
