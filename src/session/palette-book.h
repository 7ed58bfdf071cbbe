/* Booking in one line: what was typed, for whom, and the times that are offered. */
#pragma once
#include "palette-private.h"
#include "chartroom/domain/book-line.h"
#include "chartroom/session/next-available.h"

#define CR_LINE_SLOTS 3

struct _CrPaletteLine {
  CrBookLine typed; /* patient NULL: the query is no booking */
  CrId picked;      /* chosen among several; none: not yet */
  CrId wanted;      /* the patient that times are shown or looked for; none: nobody is certain */
  CrId asked;       /* whose times `slots` are, or are being looked for */
  GArray *slots;    /* CrSlot; NULL: still looking */
};

CrPaletteLine *cr_palette_line_new (void);
void cr_palette_line_free (CrPaletteLine *self);
/* Another query: TRUE when it reads as a booking. */
gboolean cr_palette_line_read (const CrPaletteState *state, const char *query);
/* For whom there are to be times now that have not been asked for; none: for nobody. */
CrId cr_palette_line_due (const CrPaletteState *state);
CrSlotQuestion cr_palette_line_question (const CrPaletteState *state);
/* Rows of the booking: times of the one patient, or the patients that it may be.  FALSE: no patient fits. */
gboolean cr_palette_line_add (CrPaletteState *state, GPtrArray *rows);
