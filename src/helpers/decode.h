/* The two halves of chartroom-decode. */
#pragma once
#include <cairo.h>
#include "wire.h"

void cr_decode_write (gconstpointer bytes, gsize size); /* all of it, or the program ends */
void cr_decode_begin (CrWireProblem problem, guint pages);
/* A page: its lines (GArray of CrWireLine, their text beside it; NULL none) and an RGB24 picture. */
void cr_decode_page (CrWirePage page, const GArray *lines, GPtrArray *texts, cairo_surface_t *picture);
void cr_decode_pdf (GBytes *content);
void cr_decode_picture (GBytes *content);
