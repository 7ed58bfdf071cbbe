/* The accessibility tree of a program, as its bus tells it; private to the driver. */
#pragma once
#include "uidrive.h"

/* Where the program is to be asked; the name is its own on that bus. */
GDBusConnection *ui_bus (UiApp *app);
const char *ui_bus_name (UiApp *app);

/* Looks at the whole program.  steps: only what is needed to find these (below a list item or row only when a
 * step names it), without states; NULL: everything, with states. */
UiNode *ui_tree_look (GDBusConnection *bus, const char *program, char **steps);
void ui_node_free (gpointer node);
/* The first node that fits the steps, outermost first; `accepts` has the last word about it, when given. */
typedef gboolean (*UiAccept) (GDBusConnection *bus, const UiNode *node);
const UiNode *ui_tree_search (GDBusConnection *bus, const UiNode *node, char **steps, UiAccept accepts);

GVariant *ui_node_ask (GDBusConnection *bus, const UiNode *node, const char *interface, const char *method,
                       GVariant *arguments);
GVariant *ui_node_property (GDBusConnection *bus, const UiNode *node, const char *interface,
                            const char *name);
guint64 ui_node_states (GDBusConnection *bus, const UiNode *node);
char *ui_node_text (GDBusConnection *bus, const UiNode *node); /* of a text field; NULL: has none */
/* TRUE when the action was there and taken. */
gboolean ui_node_do (GDBusConnection *bus, const UiNode *node, const char *action);
/* Its place in its window; FALSE when it has none. */
gboolean ui_node_extents (GDBusConnection *bus, const UiNode *node, int *x, int *y, int *width, int *height);
/* Told anew by the bus, without its children; NULL when it has gone. */
UiNode *ui_node_fresh (GDBusConnection *bus, const char *program, const char *path);
/* What holds it; NULL above a window. */
UiNode *ui_node_holder (GDBusConnection *bus, const UiNode *node);

/* The X window with that title; the caller frees its number.  NULL: there is none. */
char *ui_find_window (UiApp *app, const char *title);

/* The hands. */
void ui_xdotool (UiApp *app, const char *const *arguments);
typedef struct {
  const char *selector;
  int x, y; /* of its middle, on the screen */
  int width, height;
} UiTarget;
UiTarget ui_find_target (UiApp *app, const char *selector);
/* The pointer there; then `verb`, "click" or "mousedown", with the first button, or nothing. */
void ui_point (UiApp *app, int x, int y, const char *verb);
void ui_count (UiApp *app, guint keys, guint clicks); /* what they did */
