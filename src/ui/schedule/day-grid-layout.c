#include "src/ui/schedule/day-grid-layout.h"
#include <math.h>

/* The strip of cancelled visits: shares of a column's width, and pixels. */
#define ASIDE 0.24
#define MOST_ASIDE 0.4
#define LEAST_ASIDE 84.0

struct _CrDayGridLayout {
  GtkLayoutManager parent;
  CrDayLayout geometry;
  int least; /* width of a column */
};

#define CR_TYPE_GRID_CHILD (cr_grid_child_get_type ())
G_DECLARE_FINAL_TYPE (CrGridChild, cr_grid_child, CR, GRID_CHILD, GtkLayoutChild)
struct _CrGridChild {
  GtkLayoutChild parent;
  CrGridPlace place;
};

G_DEFINE_FINAL_TYPE (CrGridChild, cr_grid_child, GTK_TYPE_LAYOUT_CHILD)
G_DEFINE_FINAL_TYPE (CrDayGridLayout, cr_day_grid_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
cr_grid_child_class_init (CrGridChildClass *klass)
{
}

static void
cr_grid_child_init (CrGridChild *self)
{
  self->place.lanes = 1;
}

static CrGridChild *
child_of (CrDayGridLayout *self, GtkWidget *child)
{
  return CR_GRID_CHILD (gtk_layout_manager_get_layout_child (GTK_LAYOUT_MANAGER (self), child));
}

/* A floating label stands below its minute, and above it where it would leave the grid. */
static CrRect
float_rect (CrDayGridLayout *self, GtkWidget *child, const CrGridPlace *place, int width, int height)
{
  double x = cr_day_layout_column_x (&self->geometry, place->column);
  double y = cr_day_layout_y (&self->geometry, place->start + place->minutes) + 4;
  int least, natural, tall, ignored;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  natural = MIN (natural, width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, natural, &ignored, &tall, NULL, NULL);
  if (y + tall > height)
    y = cr_day_layout_y (&self->geometry, place->start) - tall - 4;
  return (CrRect){ CLAMP (x, 0, MAX (width - natural, 0)), MAX (y, 0), natural, tall };
}

/* Cancelled visits have a strip of the column to themselves: they never lie over one that holds. */
static CrRect
share_column (CrDayGridLayout *self, const CrGridPlace *place, CrRect rect, int least)
{
  double x = cr_day_layout_column_x (&self->geometry, place->column), left = rect.x - x;
  double width = cr_day_layout_column_width (&self->geometry);
  double aside = width > 0 ? CLAMP (LEAST_ASIDE / width, ASIDE, MOST_ASIDE) : ASIDE;
  if (place->aside)
    return (CrRect){ x + width * (1 - aside) + left * aside, rect.y, rect.width * aside,
                     MIN (rect.height, least) };
  return place->leaves ? (CrRect){ x + left * (1 - aside), rect.y, rect.width * (1 - aside), rect.height }
                       : rect;
}

static CrRect
rect_of (CrDayGridLayout *self, GtkWidget *child, int width, int height)
{
  const CrGridPlace *place = &child_of (self, child)->place;
  int least = 0, ignored;
  if (place->kind == CR_GRID_FLOAT)
    return float_rect (self, child, place, width, height);
  if (place->kind == CR_GRID_SPAN)
    return cr_day_layout_span (&self->geometry, place->column,
                               (CrSpan){ place->start, place->start + place->minutes });
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &least, &ignored, NULL, NULL);
  CrRect card = cr_day_layout_card (&self->geometry, place->column, place->start, place->minutes, place->lane,
                                    place->lanes, least);
  return share_column (self, place, card, least);
}

static void
cr_day_grid_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                            int for_size, int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  CrDayGridLayout *self = CR_DAY_GRID_LAYOUT (manager);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = (int)ceil (cr_day_layout_height (&self->geometry));
  else
    *minimum = (int)self->geometry.gutter + self->geometry.columns * self->least;
  *natural = *minimum;
}

static void
cr_day_grid_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                             int baseline)
{
  CrDayGridLayout *self = CR_DAY_GRID_LAYOUT (manager);
  self->geometry.width = width;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    CrRect rect;
    int least, ignored;
    if (!gtk_widget_should_layout (child))
      continue;
    rect = rect_of (self, child, width, height);
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &ignored, NULL, NULL);
    gtk_widget_allocate (
        child, MAX ((int)rect.width, least), MAX ((int)rect.height, 1), -1,
        gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)floor (rect.x), (float)floor (rect.y))));
  }
}

static GtkSizeRequestMode
cr_day_grid_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
cr_day_grid_layout_class_init (CrDayGridLayoutClass *klass)
{
  GtkLayoutManagerClass *manager = GTK_LAYOUT_MANAGER_CLASS (klass);
  manager->layout_child_type = CR_TYPE_GRID_CHILD;
  manager->measure = cr_day_grid_layout_measure;
  manager->allocate = cr_day_grid_layout_allocate;
  manager->get_request_mode = cr_day_grid_layout_get_request_mode;
}

static void
cr_day_grid_layout_init (CrDayGridLayout *self)
{
  self->geometry =
      (CrDayLayout){ .from = 480, .to = 1020, .grain = 10, .slot = 24, .gutter = 72, .columns = 1 };
}

void
cr_day_grid_layout_set (CrDayGridLayout *self, const CrDayLayout *geometry, int least)
{
  double width = self->geometry.width;
  self->least = least;
  self->geometry = *geometry;
  self->geometry.width = width;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

const CrDayLayout *
cr_day_grid_layout_get (CrDayGridLayout *self)
{
  return &self->geometry;
}

void
cr_day_grid_layout_place (CrDayGridLayout *self, GtkWidget *child, const CrGridPlace *place)
{
  child_of (self, child)->place = *place;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

const CrGridPlace *
cr_day_grid_layout_place_of (CrDayGridLayout *self, GtkWidget *child)
{
  return &child_of (self, child)->place;
}
