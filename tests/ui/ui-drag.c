/* What a person's hand does with a pressed pointer, what a window manager does, and where things lie then. */
#include "ui-tree.h"

#define DRAG_STEPS 12
#define DRAG_STEP_US 20000
#define CLICK_IS_OVER_US 450000

static void
drag_by (UiApp *app, int x, int y, int dx, int dy)
{
  g_usleep (
      CLICK_IS_OVER_US); /* a press sooner after a click would be its second one, which opens the chart */
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

/* ---- windows ---- */

/* As a window manager places a dialog. */
void
ui_place (UiApp *app, const char *title, int x, int y)
{
  g_autofree char *id = ui_find_window (app, title), *left = NULL, *top = NULL;
  if (id == NULL)
    ui_fail (app, "No window «%s» to be placed.", title);
  left = g_strdup_printf ("%d", x);
  top = g_strdup_printf ("%d", y);
  ui_xdotool (app, (const char *const[]){ "windowmove", "--sync", id, left, top, NULL });
}

void
ui_resize (UiApp *app, int width, int height)
{
  const UiNode *window = ui_tree (app)->children->pdata[0];
  g_autofree char *id = ui_find_window (app, window->name);
  g_autofree char *wide = g_strdup_printf ("%d", width), *tall = g_strdup_printf ("%d", height);
  if (id != NULL)
    ui_xdotool (app, (const char *const[]){ "windowsize", id, wide, tall, NULL });
}

/* ---- places ---- */

typedef struct {
  const char *selector, *below; /* below: NULL for the size */
  int width, height;
} Place;

static gboolean
look_inside (UiApp *app, gpointer data)
{
  const Place *place = data;
  UiTarget target = ui_find_target (app, place->selector);
  return target.x - target.width / 2 >= 0 && target.x + (target.width + 1) / 2 <= place->width &&
         target.y - target.height / 2 >= 0 && target.y + (target.height + 1) / 2 <= place->height;
}

static gboolean
look_above (UiApp *app, gpointer data)
{
  const Place *place = data;
  UiTarget above = ui_find_target (app, place->selector), below = ui_find_target (app, place->below);
  return above.y + (above.height + 1) / 2 <= below.y - below.height / 2;
}

void
ui_wait_inside (UiApp *app, const char *selector, int width, int height)
{
  Place place = { selector, NULL, width, height };
  g_autofree char *what = g_strdup_printf ("%s lies within %d×%d", selector, width, height);
  ui_until (app, look_inside, &place, what);
}

void
ui_wait_above (UiApp *app, const char *above, const char *below)
{
  Place place = { above, below, 0, 0 };
  g_autofree char *what = g_strdup_printf ("%s lies above %s", above, below);
  ui_until (app, look_above, &place, what);
}

int
ui_height (UiApp *app, const char *selector)
{
  return ui_find_target (app, selector).height;
}
