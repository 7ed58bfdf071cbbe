/* A tick of a form, bound both ways to a string property that is "1" or "". */
#pragma once
#include "chartroom/session/fields.h"
#include <gtk/gtk.h>

GtkWidget *cr_form_tick_new (const char *label);
void cr_form_tick_bind (GtkWidget *tick, CrFields *fields, const char *property);
