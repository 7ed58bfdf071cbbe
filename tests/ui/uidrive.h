/* Drives a program from outside: sees what a screen reader sees (the accessibility bus), acts by keys and
 * pointer (xdotool) and by the actions the program offers to assistive technology.
 *
 * Things on the screen are named by selectors, outermost first: "window:Export PDF > button:Save".  Each step
 * is ROLE:NAME; an empty role or name fits all; a name may hold * and ?; `_` of mnemonics is not part of a
 * name. Every function that takes a selector waits until it fits, and ends the test with a picture and the
 * tree of the screen when it does not in time. */
#pragma once
#include <gio/gio.h>

typedef struct _UiApp UiApp;

/* One thing on the screen, as it was when it was looked at; lives until the next call that looks.  States are
 * known after ui_tree alone. */
typedef struct _UiNode UiNode;
struct _UiNode {
  char *role, *name;
  char *shown; /* the name as it is told; `name` is without `_` of mnemonics and marks of the pseudo-locale */
  guint64 states; /* bits of AT-SPI's state set: UI_FOCUSED … */
  UiNode *parent; /* NULL: the program */
  GPtrArray *children;
  char *bus, *path;
};
enum {
  UI_CHECKED = 4,
  UI_ENABLED = 8,
  UI_FOCUSABLE = 11,
  UI_FOCUSED = 12,
  UI_PRESSED = 20,
  UI_SELECTED = 23,
  UI_SENSITIVE = 24
};

/* NULL (and the test is skipped) where there is no display.  environment: NULL-terminated, replaces the own.
 */
gboolean ui_can_run (void);
UiApp *ui_start (const char *const *argv, const char *const *environment, const char *pictures);
/* SIGTERM; the program has to end well. */
void ui_stop (UiApp *app);
/* After something that ends it: it has to end well, and soon. */
void ui_await_end (UiApp *app);
/* SIGKILL, in the middle of whatever it does. */
void ui_kill (UiApp *app);
GPid ui_pid (UiApp *app);
void ui_free (UiApp *app);

/* Looks. */
const UiNode *ui_tree (UiApp *app); /* all of it */
gboolean ui_is (const UiNode *node, int state);
gboolean ui_sees (UiApp *app, const char *selector); /* now */
void ui_wait (UiApp *app, const char *selector);
void ui_wait_gone (UiApp *app, const char *selector);
void ui_wait_focus (UiApp *app, const char *selector);
void ui_wait_selected (UiApp *app, const char *selector);
void ui_wait_text (UiApp *app, const char *selector,
                   const char *pattern); /* content of a text field; * and ? */
char *ui_text (UiApp *app, const char *selector);
/* All names and texts on the screen, one a line. */
char *ui_everything (UiApp *app);

/* Acts. */
void ui_press (UiApp *app, const char *selector); /* its action; by pointer where it has none */
void ui_click (UiApp *app, const char *selector); /* by pointer, in its middle */
void ui_keys (UiApp *app, const char *keys);      /* xdotool names, blank-separated: "ctrl+k Down Return" */
void ui_type (UiApp *app, const char *ascii);
/* As ui_keys, on the slowest machine there is: the program sleeps until all of them are pressed. */
void ui_rush (UiApp *app, const char *keys);
void ui_choose (UiApp *app, const char *selector, const char *item); /* of a drop-down; * and ? */
void ui_fill (UiApp *app, const char *selector,
              const char *ascii); /* clicks into the field, replaces, by keys */

/* By pointer from the middle of `from` to that of `to`, and dx, dy further: pressed, moved in steps as a hand
 * does, released.  The two halves, to look at what is shown in between (not by ui_picture, which moves the
 * pointer): ui_drop releases. */
void ui_drag (UiApp *app, const char *from, const char *to, int dx, int dy);
void ui_drag_hold (UiApp *app, const char *from, const char *to, int dx, int dy);
void ui_drop (UiApp *app);
void ui_drag_on (UiApp *app, int dx, int dy);                  /* further, with the button held */
void ui_drag_edge (UiApp *app, const char *from, int dy);      /* from its lower edge, dy down */
void ui_hold_key (UiApp *app, const char *key, gboolean down); /* for what the pointer does meanwhile */

/* What a person's hands did since ui_count_begin: keys pressed (a chord is one, each character typed is one)
 * and clicks, a drag being one.  ui_press, which asks the program and not the keyboard, counts as a click. */
void ui_count_begin (UiApp *app);
guint ui_count_keys (UiApp *app);
guint ui_count_clicks (UiApp *app);

/* Moves the window of that title; there is no window manager that would. */
void ui_place (UiApp *app, const char *title, int x, int y);
/* The first window, at the corner of the screen; it stays larger when its content needs more. */
void ui_resize (UiApp *app, int width, int height);
/* Until all of it lies within that size of a window at the corner of the screen. */
void ui_wait_inside (UiApp *app, const char *selector, int width, int height);
/* Until all of `above` ends where `below` begins, or higher. */
void ui_wait_above (UiApp *app, const char *above, const char *below);
int ui_height (UiApp *app, const char *selector);

/* A picture of the window's content as NAME.png in the pictures folder. */
void ui_picture (UiApp *app, const char *name);
/* Ends the test: picture, tree, message. */
void ui_fail (UiApp *app, const char *format, ...) G_GNUC_PRINTF (2, 3) G_GNUC_NORETURN;

/* Repeats a look until it is TRUE; ends the test with `what` after the deadline. */
typedef gboolean (*UiLook) (UiApp *app, gpointer data);
void ui_until (UiApp *app, UiLook look, gpointer data, const char *what);
