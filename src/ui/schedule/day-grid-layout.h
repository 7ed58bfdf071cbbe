/* Places the children of the day grid by column and minute (render/day-layout.h does the arithmetic). */
#pragma once
#include "chartroom/render/day-layout.h"
#include <gtk/gtk.h>

typedef enum {
  CR_GRID_CARD,  /* a visit, in its lane */
  CR_GRID_SPAN,  /* a stretch of the whole column: blocked time, the slot cursor */
  CR_GRID_FLOAT, /* a small label below a minute, as wide as it wants to be */
} CrGridKind;

typedef struct {
  CrGridKind kind;
  int column, start, minutes;
  int lane, lanes;        /* cards */
  gboolean aside, leaves; /* a cancelled visit, thin at the right edge; a card that leaves it that room */
} CrGridPlace;

#define CR_TYPE_DAY_GRID_LAYOUT (cr_day_grid_layout_get_type ())
G_DECLARE_FINAL_TYPE (CrDayGridLayout, cr_day_grid_layout, CR, DAY_GRID_LAYOUT, GtkLayoutManager)
/* All but the width, which comes with the allocation; least: width of a column. */
void cr_day_grid_layout_set (CrDayGridLayout *self, const CrDayLayout *geometry, int least);
const CrDayLayout *cr_day_grid_layout_get (CrDayGridLayout *self); /* as last allocated */
void cr_day_grid_layout_place (CrDayGridLayout *self, GtkWidget *child, const CrGridPlace *place);
const CrGridPlace *cr_day_grid_layout_place_of (CrDayGridLayout *self, GtkWidget *child);
