/* Columns of the results table. */
#pragma once
#include <gtk/gtk.h>

void cr_result_columns_add (GtkColumnView *view); /* of a model of CrResultLine */
