#pragma once
#include <glib.h>

void statement_free (gpointer stmt); /* for the cache */
