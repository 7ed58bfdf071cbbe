/* The whole day in one walk, and what it leaves on paper. */
#pragma once
#include "practice.h"

#define UI_DAY_PATIENT "GARZA, Marcus"
#define UI_DAY_QUESTION "Is the meniscus torn, and is surgery needed?"
#define UI_DAY_SENTENCE "Right knee pain for two weeks after running, worse on stairs."

/* From the sign-in of the front desk until the frozen packet lies in the print window.  A picture of each
 * page and step, numbered. */
void ui_day_until_packet (UiApp *app);
/* GTK's print dialog, the export to `pdf`, and the packet recorded as sent. */
void ui_day_send_packet (UiApp *app, const char *pdf);
