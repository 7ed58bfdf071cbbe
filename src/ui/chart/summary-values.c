/* Vital signs of the last days, and the results that matter for this patient. */
#include "src/ui/chart/line.h"
#include "src/ui/chart/plot-view.h"
#include "src/ui/chart/reference-range.h"
#include "src/ui/chart/summary-cards.h"
#include "src/ui/chart/vitals-table.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <math.h>

#define EARLIER_DAYS 3

/* ---- vitals ---- */

static const guint VITAL_ROWS[] = { CR_VITAL_BP,   CR_VITAL_PULSE,  CR_VITAL_TEMP,
                                    CR_VITAL_SPO2, CR_VITAL_WEIGHT, CR_VITALS_BMI };

/* The columns shown: up to three days before today, then today; NO_COLUMN: nothing measured today. */
#define NO_COLUMN G_MAXUINT
typedef struct {
  guint at[EARLIER_DAYS + 1];
  guint n;
} Columns;

static Columns
choose_columns (CrVitalsTable *table, CrDate today)
{
  Columns columns = { .n = 0 };
  guint total = cr_vitals_table_columns (table);
  gboolean measured =
      total > 0 && cr_date_compare (cr_vitals_table_column (table, total - 1)->date, today) == 0;
  guint before = measured ? total - 1 : total;
  for (guint i = before > EARLIER_DAYS ? before - EARLIER_DAYS : 0; i < before; i++)
    columns.at[columns.n++] = i;
  columns.at[columns.n++] = measured ? total - 1 : NO_COLUMN;
  return columns;
}

static void
attach (GtkGrid *grid, GtkWidget *label, gboolean right, int column, int row)
{
  gtk_label_set_xalign (GTK_LABEL (label), right ? 1 : 0);
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_set_hexpand (label, right);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
add_heads (GtkGrid *grid, CrVitalsTable *table, const Columns *columns, CrDate today)
{
  for (guint i = 0; i < columns->n; i++) {
    gboolean now = i == columns->n - 1;
    CrDate date = now ? today : cr_vitals_table_column (table, columns->at[i])->date;
    g_autofree char *day = now                       ? g_strdup (_ ("Today"))
                           : date.year == today.year ? cr_date_format_short (date)
                                                     : cr_date_format (date);
    attach (grid, cr_line_text (day, now ? "strong" : "caption"), TRUE, (int)i + 1, 0);
  }
}

static void
add_vital_row (GtkGrid *grid, CrVitalsTable *table, const Columns *columns, guint row, int line)
{
  g_autofree char *name = g_strdup_printf ("%s (%s)", cr_vitals_label (row), cr_vitals_unit (table, row));
  attach (grid, cr_line_text (name, "label"), FALSE, 0, line);
  for (guint i = 0; i < columns->n; i++) {
    const char *flag = NULL, *words = NULL;
    gboolean there = columns->at[i] != NO_COLUMN;
    g_autofree char *value = there ? cr_vitals_table_text (table, row, columns->at[i], &flag, &words) : NULL;
    g_autofree char *detail = there ? cr_vitals_table_detail (table, row, columns->at[i]) : NULL;
    g_autofree char *text = g_strdup_printf ("%s%s%s", value != NULL ? value : "–", flag != NULL ? " " : "",
                                             flag != NULL ? flag : "");
    GtkWidget *label = cr_line_text (text, "numeric");
    if (i == columns->n - 1 || flag != NULL)
      gtk_widget_add_css_class (label, "strong");
    gtk_widget_set_tooltip_text (label, detail);
    attach (grid, label, TRUE, (int)i + 1, line);
  }
}

void
cr_summary_fill_vitals (CrCard *card, const CrSummaryView *view)
{
  g_autoptr (CrVitalsTable) table = cr_vitals_table_new (view->records, view->knowledge, view->clock, TRUE);
  Columns columns = choose_columns (table, view->today);
  GtkWidget *grid = gtk_grid_new ();
  int line = 1;
  cr_card_clear (card);
  if (cr_vitals_table_columns (table) == 0) {
    g_object_ref_sink (grid);
    g_object_unref (grid);
    cr_card_add_empty (card, _ ("No vital signs recorded."));
    return;
  }
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  add_heads (GTK_GRID (grid), table, &columns, view->today);
  for (guint i = 0; i < G_N_ELEMENTS (VITAL_ROWS); i++)
    if (cr_vitals_table_has (table, VITAL_ROWS[i]))
      add_vital_row (GTK_GRID (grid), table, &columns, VITAL_ROWS[i], line++);
  cr_card_add_last (card, grid);
}

/* ---- key results ---- */

static GtkWidget *
make_spark (const CrSummaryView *view, const GPtrArray *values)
{
  const CrObservation *latest = values->pdata[0];
  double numbers[16], low, high;
  guint n = 0;
  g_autoptr (GString) words = g_string_new (_ ("Before:"));
  for (guint i = MIN (values->len, G_N_ELEMENTS (numbers)); i > 0; i--) {
    const CrObservation *o = values->pdata[i - 1];
    g_autofree char *day = cr_chart_section_day (view->section, o->taken_at);
    if (isnan (o->number) || g_strcmp0 (o->unit, latest->unit) != 0)
      continue;
    g_autofree char *value = cr_value_display (o->value);
    numbers[n++] = o->number;
    if (i > 1)
      g_string_append_printf (words, " %s (%s)", value, day);
  }
  cr_reference_range_parse (latest->range, &low, &high);
  return n > 1 ? cr_spark_new (numbers, n, low, high, words->str) : NULL;
}

static char *
label_of (const CrSummaryView *view, const CrObservation *o)
{
  const CrKeyResult *key = cr_knowledge_key_result (view->knowledge, o->code);
  return g_strdup (key != NULL ? key->display : o->display);
}

static void
add_key_result (CrCard *card, const CrSummaryView *view, const GPtrArray *values)
{
  const CrObservation *o = values->pdata[0];
  GtkWidget *line = cr_line_box (12), *spark = make_spark (view, values), *value_label, *name_label,
            *day_label;
  g_autofree char *name = label_of (view, o);
  g_autofree char *value = cr_observation_value (o);
  g_autofree char *exact = cr_observation_exact (o);
  g_autofree char *day = cr_chart_section_day (view->section, o->taken_at);
  const char *mark = cr_flag_mark (o->flag);
  g_autofree char *text = g_strdup_printf ("%s  %s", value, mark);
  g_autofree char *spoken =
      g_strdup_printf ("%s %s %s, %s", name, value, o->flag != NULL ? o->flag : "", day);
  name_label = cr_line_short (name, "value");
  gtk_label_set_width_chars (GTK_LABEL (name_label), 12);
  cr_line_add (line, name_label, FALSE);
  value_label = cr_line_text (g_strchomp (text), mark[0] != '\0' ? "strong" : "numeric");
  gtk_widget_set_tooltip_text (value_label, exact);
  cr_line_add (line, value_label, TRUE);
  if (spark != NULL)
    cr_line_add (line, spark, FALSE);
  day_label = cr_line_short (day, "caption");
  gtk_label_set_width_chars (GTK_LABEL (day_label), 10);
  cr_line_add (line, day_label, FALSE);
  cr_card_add (card, line, spoken, o->id);
}

void
cr_summary_fill_results (CrCard *card, const CrSummaryView *view)
{
  g_autoptr (GPtrArray) keys = cr_chart_key_results (view->chart);
  cr_card_clear (card);
  for (guint i = 0; i < keys->len; i++)
    add_key_result (card, view, keys->pdata[i]);
  if (keys->len == 0 && view->records->results->len == 0)
    cr_card_add_empty (card, _ ("No results recorded."));
  else if (keys->len == 0)
    cr_card_add_empty (card, _ ("None of the results is a key result for this patient. All results: Ctrl+L"));
}
