#include "list-row.h"

enum { LINE_SIDE = 18, LINE_ABOVE = 7 }; /* px */

GtkWidget *
cr_list_cell (const char *text, const char *css, int chars)
{
  GtkWidget *label = gtk_label_new (text != NULL ? text : "");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (chars > 0) {
    gtk_label_set_width_chars (GTK_LABEL (label), chars);
    gtk_label_set_max_width_chars (GTK_LABEL (label), chars);
  }
  gtk_widget_add_css_class (label, css);
  return label;
}

GtkWidget *
cr_list_row (GtkWidget *line, const char *spoken)
{
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_widget_set_margin_start (line, LINE_SIDE);
  gtk_widget_set_margin_end (line, LINE_SIDE);
  gtk_widget_set_margin_top (line, LINE_ABOVE);
  gtk_widget_set_margin_bottom (line, LINE_ABOVE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

void
cr_list_mark (GtkListBox *list, GtkListBoxRow *row)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t area;
  gtk_list_box_select_row (list, row);
  if (row == NULL || scroller == NULL ||
      !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (list), &area))
    return;
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                             (double)area.origin.y, (double)(area.origin.y + area.size.height));
}

GHashTable *
cr_list_ids_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
toggled_cb (GtkCheckButton *tick, GHashTable *ids)
{
  const CrId *id = g_object_get_data (G_OBJECT (tick), "cr-id");
  if (gtk_check_button_get_active (tick))
    g_hash_table_add (ids, g_memdup2 (id, sizeof *id));
  else
    g_hash_table_remove (ids, id);
}

GtkWidget *
cr_list_tick (GHashTable *ids, CrId id, const char *spoken)
{
  GtkWidget *tick = gtk_check_button_new ();
  g_object_set_data_full (G_OBJECT (tick), "cr-id", g_memdup2 (&id, sizeof id), g_free);
  gtk_widget_set_can_focus (tick, FALSE); /* else Tab would be lost in it */
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), g_hash_table_contains (ids, &id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect (tick, "toggled", G_CALLBACK (toggled_cb), ids);
  return tick;
}

GtkCheckButton *
cr_list_selected_tick (GtkListBox *list)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  GtkWidget *first = row != NULL ? gtk_widget_get_first_child (gtk_list_box_row_get_child (row)) : NULL;
  return GTK_IS_CHECK_BUTTON (first) ? GTK_CHECK_BUTTON (first) : NULL;
}

void
cr_list_turn (GtkCheckButton *tick)
{
  gtk_check_button_set_active (tick, !gtk_check_button_get_active (tick));
}
