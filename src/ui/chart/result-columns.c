#include "src/ui/chart/result-columns.h"
#include "src/ui/chart/result-lines.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

typedef char *(*Text) (CrResultLine *line, const CrObservation *o);

/* ---- what stands in a cell ---- */

static char *
test_text (CrResultLine *line, const CrObservation *o)
{
  if (o == NULL)
    return g_strdup (cr_result_line_heading (line));
  return g_strdup_printf ("    %s", o->display != NULL ? o->display : _ ("Unnamed test"));
}

/* Value and flag share a cell; the tooltip has the digits that are too many to read. */
static char *
value_text (CrResultLine *line, const CrObservation *o)
{
  const char *mark = o != NULL ? cr_flag_mark (o->flag) : "";
  if (o == NULL)
    return g_strdup ("");
  g_autofree char *number = cr_value_display (o->value);
  return g_strdup_printf ("%s%s%s%s", o->comparator != NULL ? o->comparator : "",
                          *number == '\0' ? _ ("no value") : number, mark[0] != '\0' ? "  " : "", mark);
}

static char *
unit_text (CrResultLine *line, const CrObservation *o)
{
  return g_strdup (o != NULL ? cr_unit_display (o->unit) : "");
}

static char *
range_text (CrResultLine *line, const CrObservation *o)
{
  if (o == NULL)
    return g_strdup ("");
  return g_strdup (cr_str_empty (o->range) ? _ ("no range given") : o->range);
}

static char *
collected_text (CrResultLine *line, const CrObservation *o)
{
  return g_strdup (cr_result_line_collected (line));
}

static char *
status_text (CrResultLine *line, const CrObservation *o)
{
  static const char *const WORDS[] = { [CR_OBS_PRELIMINARY] = N_ ("Preliminary"),
                                       [CR_OBS_FINAL] = N_ ("Final"),
                                       [CR_OBS_CORRECTED] = N_ ("Corrected"),
                                       [CR_OBS_CANCELLED] = N_ ("Cancelled"),
                                       [CR_OBS_ERROR] = N_ ("Entered in error") };
  if (o == NULL)
    return g_strdup ("");
  return g_strdup (_ (WORDS[CLAMP (o->status, 0, CR_OBS_ERROR)]));
}

static char *
review_text (CrResultLine *line, const CrObservation *o)
{
  if (o == NULL)
    return g_strdup ("");
  return g_strdup (cr_result_is_new (o)                ? _ ("● New")
                   : o->reviewed_at != CR_INSTANT_NONE ? _ ("Reviewed")
                                                       : "");
}

/* The laboratory is said once, with the heading of their group. */
static char *
laboratory_text (CrResultLine *line, const CrObservation *o)
{
  return g_strdup (o == NULL ? cr_result_line_laboratory (line) : "");
}

static const struct {
  const char *title;
  Text text;
  int width; /* in characters */
  float xalign;
  gboolean wide;
} COLUMNS[] = {
  { N_ ("Test"), test_text, 20, 0, TRUE },
  { N_ ("Value"), value_text, 10, 1, FALSE },
  { N_ ("Unit"), unit_text, 15, 0, FALSE },
  { N_ ("Reference range"), range_text, 13, 0, FALSE },
  { N_ ("Collected"), collected_text, 13, 0, FALSE },
  { N_ ("Status"), status_text, 11, 0, FALSE },
  { N_ ("Review"), review_text, 10, 0, FALSE },
  { N_ ("Laboratory"), laboratory_text, 15, 0, FALSE },
};

/* ---- cells ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer index)
{
  guint column = GPOINTER_TO_UINT (index);
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), COLUMNS[column].xalign);
  gtk_label_set_width_chars (GTK_LABEL (label), COLUMNS[column].width);
  gtk_label_set_max_width_chars (GTK_LABEL (label), COLUMNS[column].width);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_item_set_child (item, label);
}

static void
speak (GtkWidget *label, CrResultLine *line, const CrObservation *o)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *text = NULL, *value = NULL;
  if (row == NULL)
    return;
  if (o == NULL) {
    text = g_strdup_printf ("%s, %s", cr_result_line_heading (line), cr_result_line_day (line));
  } else {
    value = cr_observation_value (o);
    text = g_strdup_printf ("%s %s %s, %s%s", o->display != NULL ? o->display : "", value,
                            o->flag != NULL ? o->flag : "", cr_result_line_day (line),
                            cr_result_is_new (o) ? _ (", new") : "");
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static const char *
css_of (guint column, const CrObservation *o)
{
  if (o == NULL)
    return column == 0 ? "heading" : "caption";
  if (o->status == CR_OBS_CANCELLED)
    return "struck";
  if (cr_result_is_new (o) || (COLUMNS[column].text == value_text && !cr_str_empty (o->flag)))
    return "strong";
  return COLUMNS[column].text == value_text ? "value" : "text-2";
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer index)
{
  guint column = GPOINTER_TO_UINT (index);
  GtkWidget *label = gtk_list_item_get_child (item);
  CrResultLine *line = gtk_list_item_get_item (item);
  const CrObservation *o = cr_result_line_get (line);
  g_autofree char *text = COLUMNS[column].text (line, o);
  g_autofree char *exact = o != NULL && COLUMNS[column].text == value_text ? cr_observation_exact (o) : NULL;
  const char *classes[] = { "numeric", css_of (column, o), NULL };
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_css_classes (label, classes);
  gtk_widget_set_tooltip_text (label, exact);
  if (column == 0)
    speak (label, line, o);
}

void
cr_result_columns_add (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_autoptr (GtkColumnViewColumn) column = NULL;
    g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
    column = gtk_column_view_column_new (_ (COLUMNS[i].title), factory);
    gtk_column_view_column_set_expand (column, COLUMNS[i].wide);
    gtk_column_view_append_column (view, column);
  }
}
