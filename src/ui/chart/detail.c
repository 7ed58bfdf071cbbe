#include "src/ui/chart/detail.h"
#include "src/ui/chart/line.h"

static GtkWidget *
part (GtkWidget *detail, const char *name)
{
  return g_object_get_data (G_OBJECT (detail), name);
}

static gboolean
drop_cb (gpointer detail)
{
  if (gtk_widget_get_parent (detail) != NULL)
    gtk_widget_unparent (detail);
  return G_SOURCE_REMOVE;
}

/* The owner may go first: then the popover goes with it. */
static void
owner_gone_cb (GtkWidget *owner, GtkWidget *detail)
{
  if (gtk_widget_get_parent (detail) == owner)
    gtk_widget_unparent (detail);
}

static void
closed_cb (GtkWidget *detail)
{
  GtkWidget *row = part (detail, "cr-row");
  if (row != NULL && gtk_widget_get_mapped (row))
    gtk_widget_grab_focus (row);
  g_idle_add_full (G_PRIORITY_DEFAULT, drop_cb, g_object_ref (detail), g_object_unref);
}

static void
point_at (GtkWidget *detail, GtkWidget *owner, GtkWidget *row)
{
  graphene_rect_t bounds;
  if (gtk_widget_compute_bounds (row, owner, &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (detail),
                                 &(GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y,
                                                  (int)bounds.size.width, (int)bounds.size.height });
}

GtkWidget *
cr_detail_new (GtkWidget *owner, GtkWidget *row, const char *title)
{
  GtkWidget *detail = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *grid = gtk_grid_new (), *buttons = cr_line_box (6), *head = cr_line_text (title, "heading");
  gtk_label_set_max_width_chars (GTK_LABEL (head), 48);
  gtk_widget_add_css_class (box, "detail");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_visible (buttons, FALSE);
  gtk_popover_set_child (GTK_POPOVER (detail), box);
  g_object_set_data (G_OBJECT (detail), "cr-grid", grid);
  g_object_set_data (G_OBJECT (detail), "cr-buttons", buttons);
  g_object_set_data_full (G_OBJECT (detail), "cr-row", g_object_ref (row), g_object_unref);
  gtk_widget_set_parent (detail, owner);
  point_at (detail, owner, row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (detail), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (detail, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (owner, "destroy", G_CALLBACK (owner_gone_cb), detail, 0);
  return detail;
}

void
cr_detail_add (GtkWidget *detail, const char *label, const char *value)
{
  GtkWidget *grid = part (detail, "cr-grid"), *name, *text;
  int row = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (detail), "cr-rows"));
  if (value == NULL || value[0] == '\0')
    return;
  name = cr_line_text (label, "label");
  text = cr_line_text (value, "value");
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 48);
  gtk_label_set_selectable (GTK_LABEL (text), FALSE);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), text, 1, row, 1, 1);
  g_object_set_data (G_OBJECT (detail), "cr-rows", GINT_TO_POINTER (row + 1));
}

void
cr_detail_add_button (GtkWidget *detail, const char *label, GCallback clicked, gpointer data,
                      GClosureNotify destroy)
{
  GtkWidget *buttons = part (detail, "cr-buttons");
  GtkWidget *button = cr_line_button (label, NULL);
  gtk_widget_set_visible (buttons, TRUE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (gtk_popover_popdown), detail);
  g_signal_connect_data (button, "clicked", clicked, data, destroy, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (buttons), button);
}

void
cr_detail_open (GtkWidget *detail)
{
  gtk_popover_popup (GTK_POPOVER (detail));
}
