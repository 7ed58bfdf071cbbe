/* Month and weekday names: English, and in the language of the screen. */
#pragma once
#include <glib.h>

const char *cr_month_name (int month, gboolean full);     /* 1–12 */
const char *cr_weekday_name (int weekday, gboolean full); /* ISO: 1 = Monday */
/* What a typed, case-folded word of three letters or more begins to name; 0 when nothing. */
int cr_month_from_word (const char *folded);
int cr_weekday_from_word (const char *folded);
