/* What a person's hand does with a pressed pointer. */
#include "ui-tree.h"

#define DRAG_STEPS 12
#define DRAG_STEP_US 20000

static void
drag_by (UiApp *app, int x, int y, int dx, int dy)
{
  ui_point (app, x, y, "mousedown");
  for (int i = 1; i <= DRAG_STEPS; i++) {
    g_usleep (DRAG_STEP_US); /* a hand is not quicker, and GTK tells a drag from a click by the way */
    ui_point (app, x + dx * i / DRAG_STEPS, y + dy * i / DRAG_STEPS, NULL);
  }
  ui_count (app, 0, 1);
}

void
ui_drag_hold (UiApp *app, const char *from, const char *to, int dx, int dy)
{
  UiTarget end = ui_find_target (app, to), start = ui_find_target (app, from);
  drag_by (app, start.x, start.y, end.x + dx - start.x, end.y + dy - start.y);
}

void
ui_drag_on (UiApp *app, int dx, int dy)
{
  g_autofree char *x = g_strdup_printf ("%d", dx), *y = g_strdup_printf ("%d", dy);
  ui_xdotool (app, (const char *const[]){ "mousemove_relative", "--", x, y, NULL });
}

void
ui_drag_edge (UiApp *app, const char *from, int dy)
{
  UiTarget start = ui_find_target (app, from);
  drag_by (app, start.x, start.y + start.height / 2, 0, dy);
  ui_drop (app);
}

void
ui_hold_key (UiApp *app, const char *key, gboolean down)
{
  ui_xdotool (app, (const char *const[]){ down ? "keydown" : "keyup", key, NULL });
  ui_count (app, down ? 1 : 0, 0);
}

void
ui_drop (UiApp *app)
{
  g_usleep (DRAG_STEP_US);
  ui_xdotool (app, (const char *const[]){ "mouseup", "1", NULL });
}

void
ui_drag (UiApp *app, const char *from, const char *to, int dx, int dy)
{
  ui_drag_hold (app, from, to, dx, dy);
  ui_drop (app);
}
