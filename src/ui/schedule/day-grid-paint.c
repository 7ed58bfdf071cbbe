/* What lies behind the cards: open and closed time, lines, hours, the line of now.  Colours come from the
 * style. */
#include "src/ui/schedule/day-grid-private.h"

typedef struct {
  GdkRGBA surface, closed, past, line, hour, text;
} Inks;

static GdkRGBA
ink (GtkWidget *widget, const char *token, float alpha)
{
  GdkRGBA colour = { 0, 0, 0, 0 };
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), token, &colour);
  colour.alpha *= alpha;
  return colour;
}

static Inks
mix_inks (GtkWidget *widget)
{
  return (Inks){ .surface = ink (widget, "cr_surface", 1),
                 .closed = ink (widget, "cr_text_3", 0.17f),
                 .past = ink (widget, "cr_hairline", 0.16f),
                 .line = ink (widget, "cr_hairline", 0.45f),
                 .hour = ink (widget, "cr_hairline", 1),
                 .text = ink (widget, "cr_text_2", 1) };
}

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double width, double height)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height);
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (snapshot, colour, &area);
}

static void
paint_column (CrDayGrid *self, GtkSnapshot *snapshot, const Inks *inks, int column)
{
  const CrDayLayout *geometry = cr_day_grid_layout_get (self->layout);
  g_autoptr (GPtrArray) days = cr_day_grid_open_days (self, column);
  double x = cr_day_layout_column_x (geometry, column), width = cr_day_layout_column_width (geometry);
  fill (snapshot, &inks->closed, x, 0, width, cr_day_layout_height (geometry));
  for (guint d = 0; d < days->len; d++) {
    g_autoptr (GArray) open = cr_day_open_spans (days->pdata[d]);
    for (guint i = 0; i < open->len; i++) {
      CrRect area = cr_day_layout_span (geometry, column, g_array_index (open, CrSpan, i));
      fill (snapshot, &inks->surface, area.x, area.y, area.width, area.height);
    }
  }
}

static void
paint_time (CrDayGrid *self, GtkSnapshot *snapshot, const Inks *inks, int minute, double y)
{
  const CrDayLayout *geometry = cr_day_grid_layout_get (self->layout);
  g_autofree char *time = cr_minute_format (minute);
  g_autoptr (PangoLayout) text = gtk_widget_create_pango_layout (GTK_WIDGET (self), time);
  int width = 0, height = 0;
  pango_layout_get_pixel_size (text, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float)(geometry->gutter - width - 9), (float)(y + 1)));
  gtk_snapshot_append_layout (snapshot, text, &inks->text);
  gtk_snapshot_restore (snapshot);
}

static void
paint_lines (CrDayGrid *self, GtkSnapshot *snapshot, const Inks *inks)
{
  const CrDayLayout *geometry = cr_day_grid_layout_get (self->layout);
  double y;
  int minute;
  gboolean hour;
  for (int i = 0; cr_day_layout_line (geometry, i, &y, &minute, &hour); i++) {
    gboolean shown = hour || minute % 30 == 0;
    fill (snapshot, hour ? &inks->hour : &inks->line, hour ? 0 : geometry->gutter, y, geometry->width, 1);
    if (shown && minute < geometry->to)
      paint_time (self, snapshot, inks, minute, y);
  }
  for (int column = 0; column <= geometry->columns; column++)
    fill (snapshot, &inks->hour, cr_day_layout_column_x (geometry, column), 0, 1,
          cr_day_layout_height (geometry));
}

static int
minute_now (CrDayGrid *self)
{
  return cr_clock_minute (cr_session_get_clock (cr_window_get_session (self->window)));
}

static void
paint_past (CrDayGrid *self, GtkSnapshot *snapshot, const Inks *inks, int column)
{
  const CrDayLayout *geometry = cr_day_grid_layout_get (self->layout);
  int order = cr_date_compare (cr_day_grid_column_at (self, column)->date, cr_day_grid_today (self));
  if (order <= 0)
    fill (snapshot, &inks->past, cr_day_layout_column_x (geometry, column), 0,
          cr_day_layout_column_width (geometry),
          order < 0 ? cr_day_layout_height (geometry) : cr_day_layout_y (geometry, minute_now (self)));
}

void
cr_day_grid_paint (CrDayGrid *self, GtkSnapshot *snapshot)
{
  Inks inks = mix_inks (GTK_WIDGET (self));
  if (self->schedule == NULL || self->columns->len == 0)
    return;
  for (guint column = 0; column < self->columns->len; column++) {
    paint_column (self, snapshot, &inks, (int)column);
    paint_past (self, snapshot, &inks, (int)column);
  }
  paint_lines (self, snapshot, &inks);
}

void
cr_day_grid_paint_now (CrDayGrid *self, GtkSnapshot *snapshot)
{
  const CrDayLayout *geometry = cr_day_grid_layout_get (self->layout);
  GdkRGBA now = ink (GTK_WIDGET (self), "cr_critical", 1);
  double y;
  if (self->schedule == NULL || !cr_day_layout_now (geometry, minute_now (self), &y))
    return;
  for (guint column = 0; column < self->columns->len; column++) {
    double x = cr_day_layout_column_x (geometry, (int)column);
    if (!cr_day_grid_is_today (self, (int)column))
      continue;
    fill (snapshot, &now, x, y - 1, cr_day_layout_column_width (geometry), 2);
    if (column == 0 || !cr_day_grid_is_today (self, (int)column - 1))
      fill (snapshot, &now, x - 6, y - 4, 6, 8);
  }
}
