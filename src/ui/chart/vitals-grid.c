#include "src/ui/chart/vitals-grid.h"
#include "src/ui/chart/line.h"
#include "src/ui/chart/vital-field.h"
#include "src/ui/chart/vitals-table.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <math.h>

#define COLUMNS_READING 7
#define COLUMNS_ENTERING 4
#define ENTRY_COLUMN (COLUMNS_READING + 2)
#define HEAD_MONTHS 36 /* head circumference is measured up to here */

struct _CrVitalsGrid {
  GtkWidget parent;
  GtkGrid *grid;
  CrVitalField *fields[CR_VITAL_ENTRIES];
  GtkWidget *entry_head, *bmi_label, *method_box;
  CrChart *chart;
  CrVitalsTable *table; /* of the chart's present records */
  guint first;          /* column shown first */
  gboolean entering, at_end;
};

G_DEFINE_FINAL_TYPE (CrVitalsGrid, cr_vitals_grid, GTK_TYPE_WIDGET)

static CrSession *
session_of (CrVitalsGrid *self)
{
  return cr_chart_get_session (self->chart);
}

static guint
room (CrVitalsGrid *self)
{
  return self->entering ? COLUMNS_ENTERING : COLUMNS_READING;
}

static guint
n_shown (CrVitalsGrid *self)
{
  return MIN (cr_vitals_table_columns (self->table) - self->first, room (self));
}

/* ---- which rows ---- */

static gboolean
is_small_child (CrVitalsGrid *self)
{
  CrDate birth = cr_chart_get_records (self->chart)->patient->birth_date;
  CrDate today = cr_clock_today (cr_session_get_clock (session_of (self)));
  return cr_date_is_full (birth) && cr_date_months_between (birth, today) < HEAD_MONTHS;
}

static gboolean
is_row_shown (CrVitalsGrid *self, guint row)
{
  if (row < CR_VITAL_ALWAYS || row == CR_VITALS_BMI)
    return TRUE;
  if (self->entering && (row == CR_VITAL_GLUCOSE || is_small_child (self)))
    return TRUE;
  return cr_vitals_table_has (self->table, row);
}

/* ---- the table ---- */

static void
drop_labels (CrVitalsGrid *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid));
  while (child != NULL) {
    GtkWidget *next = gtk_widget_get_next_sibling (child);
    if (g_object_get_data (G_OBJECT (child), "cr-value") != NULL)
      gtk_grid_remove (self->grid, child);
    child = next;
  }
}

static void
attach (CrVitalsGrid *self, GtkWidget *label, int column, int row)
{
  g_object_set_data (G_OBJECT (label), "cr-value", GINT_TO_POINTER (1));
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_margin_top (label, self->entering && row > 0 ? 5 : 0); /* in line with the entries */
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static void
add_head (CrVitalsGrid *self, guint index, int column, CrDate today)
{
  const CrVitalsColumn *head = cr_vitals_table_column (self->table, index);
  gboolean now = cr_date_compare (head->date, today) == 0;
  g_autofree char *day = now ? g_strdup (_ ("Today")) : cr_date_format (head->date);
  g_autofree char *minute = head->more || now ? cr_minute_format (head->minute) : NULL;
  g_autofree char *text = minute != NULL ? g_strdup_printf ("%s\n%s", day, minute) : g_strdup (day);
  GtkWidget *label = cr_line_text (text, now ? "strong" : "label");
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  attach (self, label, column, 0);
}

static void
add_value (CrVitalsGrid *self, guint row, guint index, int column)
{
  const char *flag = NULL, *words = NULL;
  g_autofree char *value = cr_vitals_table_text (self->table, row, index, &flag, &words);
  g_autofree char *detail = cr_vitals_table_detail (self->table, row, index);
  g_autofree char *text = g_strdup_printf ("%s%s%s", value != NULL ? value : "–", flag != NULL ? " " : "",
                                           flag != NULL ? cr_flag_mark (flag) : "");
  GtkWidget *label = cr_line_text (text, "numeric");
  if (flag != NULL)
    gtk_widget_add_css_class (label, "strong");
  gtk_widget_set_tooltip_text (label, detail);
  attach (self, label, column, (int)row + 1);
}

static void
add_row (CrVitalsGrid *self, guint row)
{
  g_autofree char *name =
      g_strdup_printf ("%s (%s)", cr_vitals_label (row), cr_vitals_unit (self->table, row));
  attach (self, cr_line_text (name, "label"), 0, (int)row + 1);
  for (guint i = 0; i < n_shown (self); i++)
    add_value (self, row, self->first + i, (int)i + 1);
}

static void
place (CrVitalsGrid *self)
{
  guint total = cr_vitals_table_columns (self->table);
  if (self->at_end || self->first + room (self) > total)
    self->first = total > room (self) ? total - room (self) : 0;
}

static void
show_fields (CrVitalsGrid *self)
{
  for (guint row = 0; row < CR_VITAL_ENTRIES; row++)
    gtk_widget_set_visible (GTK_WIDGET (self->fields[row]), self->entering && is_row_shown (self, row));
  gtk_widget_set_visible (self->entry_head, self->entering);
  gtk_widget_set_visible (self->bmi_label, self->entering);
  gtk_widget_set_visible (self->method_box, self->entering);
}

/* Records last only until the chart is loaded again, so the table is made anew each time. */
static void
load_table (CrVitalsGrid *self)
{
  g_clear_pointer (&self->table, cr_vitals_table_free);
  if (self->chart != NULL)
    self->table =
        cr_vitals_table_new (cr_chart_get_records (self->chart), cr_session_get_knowledge (session_of (self)),
                             cr_session_get_clock (session_of (self)), FALSE);
}

static void
rebuild (CrVitalsGrid *self)
{
  CrDate today;
  drop_labels (self);
  load_table (self);
  if (self->table == NULL)
    return;
  today = cr_clock_today (cr_session_get_clock (session_of (self)));
  place (self);
  for (guint i = 0; i < n_shown (self); i++)
    add_head (self, self->first + i, (int)i + 1, today);
  for (guint row = 0; row < CR_VITALS_ROWS; row++)
    if (is_row_shown (self, row))
      add_row (self, row);
  show_fields (self);
}

/* ---- the new column ---- */

static CrDecimal
last_of (CrVitalsGrid *self, const char *code, CrDate *on)
{
  g_autoptr (GPtrArray) values = cr_chart_vital (self->chart, code, 1);
  const CrObservation *o = values->len > 0 ? values->pdata[0] : NULL;
  CrDecimal value = CR_DECIMAL_NONE;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  *on = CR_DATE_NONE;
  if (o == NULL || isnan (o->number))
    return value;
  *on = cr_clock_date_of (cr_session_get_clock (session_of (self)), o->taken_at);
  cr_decimal_parse (g_ascii_formatd (digits, sizeof digits, "%.2f", o->number), &value);
  return value;
}

static CrVitalContext
context_of (CrVitalsGrid *self)
{
  const CrPatient *p = cr_chart_get_records (self->chart)->patient;
  CrVitalContext context = { .birth_date = p->birth_date, .sex = p->sex };
  context.today = cr_clock_today (cr_session_get_clock (session_of (self)));
  context.units = cr_units_for (p->birth_date, context.today);
  context.last_weight_kg = last_of (self, CR_LOINC_WEIGHT, &context.last_weight_on);
  context.last_height_cm = last_of (self, CR_LOINC_HEIGHT, &context.last_height_on);
  return context;
}

static char *
last_words (CrVitalsGrid *self, guint row)
{
  CrDate on;
  g_autofree char *value = cr_vitals_table_last (self->table, row, &on);
  g_autofree char *day = value != NULL ? cr_date_format (on) : NULL;
  return value != NULL ? g_strdup_printf (_ ("%s on %s"), value, day) : NULL;
}

static void
changed_cb (CrVitalsGrid *self)
{
  CrDate on;
  CrDecimal kg = cr_vital_field_value (self->fields[CR_VITAL_WEIGHT]);
  CrDecimal cm = cr_vital_field_value (self->fields[CR_VITAL_HEIGHT]);
  CrDecimal bmi;
  g_autofree char *value = NULL, *question = NULL, *text = NULL;
  if (self->chart == NULL)
    return;
  bmi = cr_bmi (kg, cm.set ? cm : last_of (self, CR_LOINC_HEIGHT, &on));
  if (bmi.set) {
    value = cr_decimal_to_text (bmi);
    question = cr_bmi_question (cr_session_get_knowledge (session_of (self)), bmi);
    text = question != NULL ? g_strdup_printf ("▲ %s", question) : g_strdup_printf (_ ("%s computed"), value);
  }
  gtk_label_set_label (GTK_LABEL (self->bmi_label), text != NULL ? text : "");
}

/* ---- class ---- */

static void
cr_vitals_grid_dispose (GObject *object)
{
  CrVitalsGrid *self = CR_VITALS_GRID (object);
  g_clear_pointer (&self->table, cr_vitals_table_free);
  g_clear_object (&self->chart);
  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  G_OBJECT_CLASS (cr_vitals_grid_parent_class)->dispose (object);
}

static void
cr_vitals_grid_class_init (CrVitalsGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_vitals_grid_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/* Below the values: "BP sitting, Temp oral, SpO2 room air". */
static GtkWidget *
make_method_box (CrVitalsGrid *self)
{
  GtkWidget *box = cr_line_box (9);
  cr_line_add (box, cr_line_short (_ ("Measured"), "label"), FALSE);
  for (guint i = 0; i < CR_VITAL_ENTRIES; i++) {
    GtkWidget *method = cr_vital_field_get_method (self->fields[i]);
    if (method == NULL)
      continue;
    cr_line_add (box, cr_line_short (cr_vital_label (i), "label"), FALSE);
    cr_line_add (box, method, FALSE);
  }
  return box;
}

static void
cr_vitals_grid_init (CrVitalsGrid *self)
{
  self->at_end = TRUE;
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  for (guint i = 0; i < CR_VITAL_ENTRIES; i++) {
    self->fields[i] = CR_VITAL_FIELD (cr_vital_field_new (i));
    g_signal_connect_swapped (self->fields[i], "changed", G_CALLBACK (changed_cb), self);
    gtk_grid_attach (self->grid, GTK_WIDGET (self->fields[i]), ENTRY_COLUMN, (int)i + 1, 1, 1);
  }
  self->entry_head = cr_line_text (_ ("New"), "strong");
  self->bmi_label = cr_line_text (NULL, "field-echo");
  gtk_grid_attach (self->grid, self->entry_head, ENTRY_COLUMN, 0, 1, 1);
  gtk_grid_attach (self->grid, self->bmi_label, ENTRY_COLUMN, CR_VITALS_BMI + 1, 1, 1);
  self->method_box = make_method_box (self);
  gtk_grid_attach (self->grid, self->method_box, ENTRY_COLUMN, CR_VITALS_ROWS + 1, 1, 1);
  cr_vitals_grid_stop (self);
}

/* ---- public ---- */

void
cr_vitals_grid_show (CrVitalsGrid *self, CrChart *chart)
{
  if (chart != self->chart)
    self->at_end = TRUE;
  g_set_object (&self->chart, chart);
  rebuild (self);
}

guint
cr_vitals_grid_earlier (CrVitalsGrid *self)
{
  return self->table != NULL ? self->first : 0;
}

guint
cr_vitals_grid_later (CrVitalsGrid *self)
{
  return self->table != NULL ? cr_vitals_table_columns (self->table) - self->first - n_shown (self) : 0;
}

void
cr_vitals_grid_step (CrVitalsGrid *self, int columns)
{
  if (columns < 0)
    self->first -= MIN (self->first, (guint)-columns);
  else
    self->first += (guint)columns;
  self->at_end = FALSE;
  rebuild (self);
  self->at_end = cr_vitals_grid_later (self) == 0;
}

void
cr_vitals_grid_start (CrVitalsGrid *self, char **typed)
{
  CrVitalContext context;
  if (self->chart == NULL)
    return;
  load_table (self);
  context = context_of (self);
  self->entering = self->at_end = TRUE;
  for (guint i = 0; i < CR_VITAL_ENTRIES; i++) {
    g_autofree char *last = last_words (self, i);
    cr_vital_field_start (self->fields[i], cr_session_get_knowledge (session_of (self)), &context, last);
    if (typed != NULL)
      cr_vital_field_set_text (self->fields[i], typed[i]);
  }
  rebuild (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->fields[CR_VITAL_BP]));
}

void
cr_vitals_grid_stop (CrVitalsGrid *self)
{
  self->entering = FALSE;
  for (guint i = 0; i < CR_VITAL_ENTRIES; i++) {
    cr_vital_field_set_text (self->fields[i], "");
    gtk_widget_set_visible (GTK_WIDGET (self->fields[i]), FALSE);
  }
  gtk_widget_set_visible (self->entry_head, FALSE);
  gtk_widget_set_visible (self->bmi_label, FALSE);
  gtk_widget_set_visible (self->method_box, FALSE);
  rebuild (self);
}

void
cr_vitals_grid_focus (CrVitalsGrid *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->fields[CR_VITAL_BP]));
}

gboolean
cr_vitals_grid_is_entering (CrVitalsGrid *self)
{
  return self->entering;
}

char **
cr_vitals_grid_take (CrVitalsGrid *self)
{
  g_auto (GStrv) typed = g_new0 (char *, CR_VITAL_ENTRIES + 1);
  gboolean any = FALSE;
  for (guint i = 0; i < CR_VITAL_ENTRIES; i++) {
    typed[i] = g_strdup (cr_vital_field_get_text (self->fields[i]));
    any = any || !cr_str_empty (typed[i]);
  }
  return any && self->entering ? g_steal_pointer (&typed) : NULL;
}

GPtrArray *
cr_vitals_grid_collect (CrVitalsGrid *self, char **notice)
{
  g_autoptr (GPtrArray) observations = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_observation_free);
  CrInstant now = cr_clock_now (cr_session_get_clock (session_of (self)));
  CrVitalField *wrong = NULL;
  *notice = NULL;
  for (guint i = 0; i < CR_VITAL_ENTRIES; i++) {
    if (!cr_vital_field_check (self->fields[i]) && wrong == NULL)
      wrong = self->fields[i];
    cr_vital_field_append (self->fields[i], observations, now);
    if (*notice == NULL)
      *notice = g_strdup (cr_vital_field_notice (self->fields[i]));
  }
  if (wrong == NULL)
    return g_steal_pointer (&observations);
  gtk_widget_grab_focus (GTK_WIDGET (wrong));
  g_clear_pointer (notice, g_free);
  return NULL;
}
