#include "src/ui/admin/backups-history.h"
#include "chartroom/session/backups.h"
#include <glib/gi18n.h>

enum { MOST_LINES = 5 };

/* What a cell says; css: class of the text, NULL: none.  New string. */
typedef char *(*CellText) (const CrBackupItem *item, CrClock *clock, const char **css);

char *
cr_backups_history_when (CrInstant at, CrClock *clock)
{
  g_autofree char *day = cr_date_format (cr_clock_date_of (clock, at));
  g_autofree char *time = cr_minute_format (cr_clock_minute_of (clock, at));
  return g_strdup_printf ("%s %s", day, time);
}

/* On the day it was taken the time alone says when it was proven. */
static char *
format_proof (const CrBackup *b, CrClock *clock)
{
  CrDate taken = cr_clock_date_of (clock, b->taken_at), proven = cr_clock_date_of (clock, b->proven_at);
  g_autofree char *time = cr_minute_format (cr_clock_minute_of (clock, b->proven_at));
  if (cr_date_compare (taken, proven) == 0)
    return g_steal_pointer (&time);
  if (taken.year != proven.year)
    return cr_backups_history_when (b->proven_at, clock);
  g_autofree char *day = cr_date_format_short (proven);
  return g_strdup_printf (_ ("%s, %s"), day, time);
}

static char *
cell_taken (const CrBackupItem *item, CrClock *clock, const char **css)
{
  return cr_backups_history_when (item->backup->taken_at, clock);
}

static char *
cell_where (const CrBackupItem *item, CrClock *clock, const char **css)
{
  return g_strdup (item->backup->folder);
}

static char *
cell_size (const CrBackupItem *item, CrClock *clock, const char **css)
{
  return g_format_size ((guint64)item->backup->bytes);
}

static char *
cell_kind (const CrBackupItem *item, CrClock *clock, const char **css)
{
  return g_strdup (item->backup->kind == CR_BACKUP_FULL ? _ ("Full") : _ ("Changes"));
}

static char *
cell_proven (const CrBackupItem *item, CrClock *clock, const char **css)
{
  const CrBackup *b = item->backup;
  *css = b->finding != NULL ? "critical" : b->proven_at != 0 ? "success" : "warning";
  if (b->finding != NULL)
    return g_strdup_printf (_ ("Failed: %s"), b->finding);
  if (b->proven_at == 0)
    return g_strdup (_ ("Not yet"));
  g_autofree char *when = format_proof (b, clock);
  return g_strdup_printf (_ ("Restored and verified %s"), when);
}

static char *
cell_by (const CrBackupItem *item, CrClock *clock, const char **css)
{
  return g_strdup (item->by);
}

static const struct {
  const char *title;
  CellText text;
  int width; /* −1: what is left */
  PangoEllipsizeMode ellipsize;
} COLUMNS[] = {
  { N_ ("Taken"), cell_taken, 190, PANGO_ELLIPSIZE_END },
  { N_ ("Where"), cell_where, -1, PANGO_ELLIPSIZE_MIDDLE },
  { N_ ("Size"), cell_size, 90, PANGO_ELLIPSIZE_END },
  { N_ ("Kind"), cell_kind, 90, PANGO_ELLIPSIZE_END },
  { N_ ("Proven"), cell_proven, 290, PANGO_ELLIPSIZE_END },
  { N_ ("By"), cell_by, 130, PANGO_ELLIPSIZE_END },
};

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), COLUMNS[GPOINTER_TO_UINT (data)].ellipsize);
  if (COLUMNS[GPOINTER_TO_UINT (data)].text == cell_proven) { /* what a proof found is to be read */
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_lines (GTK_LABEL (label), MOST_LINES);
  }
  gtk_list_item_set_child (item, label);
}

/* A row says when, where and how it stands; its cells are read one by one. */
static void
speak (GtkWidget *label, const CrBackupItem *item, CrClock *clock)
{
  const char *css;
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *taken = cell_taken (item, clock, &css), *proven = cell_proven (item, clock, &css);
  g_autofree char *text = g_strdup_printf ("%s, %s, %s", taken, item->backup->folder, proven);
  if (line != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  CrClock *clock = g_object_get_data (G_OBJECT (factory), "cr-clock");
  const CrBackupItem *item = cr_row_peek (gtk_list_item_get_item (list_item));
  GtkWidget *label = gtk_list_item_get_child (list_item);
  const char *css = NULL;
  g_autofree char *text = COLUMNS[GPOINTER_TO_UINT (data)].text (item, clock, &css);
  const char *classes[] = { "numeric", css, NULL };
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_css_classes (label, classes);
  gtk_widget_set_tooltip_text (label, text);
  if (GPOINTER_TO_UINT (data) == 0)
    speak (label, item, clock);
}

void
cr_backups_history_add_columns (GtkColumnView *view, CrClock *clock)
{
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_object_set_data_full (G_OBJECT (factory), "cr-clock", cr_clock_ref (clock),
                            (GDestroyNotify)cr_clock_unref);
    g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
    g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (COLUMNS[i].title), factory);
    if (COLUMNS[i].width > 0)
      gtk_column_view_column_set_fixed_width (column, COLUMNS[i].width);
    else
      gtk_column_view_column_set_expand (column, TRUE);
    gtk_column_view_append_column (view, column);
  }
}
