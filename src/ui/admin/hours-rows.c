#include "src/ui/admin/hours-rows.h"
#include "src/ui/admin/form.h"
#include <glib/gi18n.h>

enum { WEEK = 7, EVERY_WEEK = 0, FROM_FIRST = 1, FROM_NEXT = 2, N_WEEKS };

struct _CrHoursRows {
  GObject parent;
  GtkWidget *period, *from, *until, *weeks, *hint; /* the form's */
  GArray *periods;                                 /* CrHoursRange */
  CrDate today;
  gboolean loading;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrHoursRows, cr_hours_rows, G_TYPE_OBJECT)

void
cr_hours_typed_clear (CrHoursTyped *typed)
{
  g_clear_pointer (&typed->from, g_free);
  g_clear_pointer (&typed->until, g_free);
  typed->weeks = EVERY_WEEK;
}

/* ---- what is typed ---- */

static gboolean
read_date (CrHoursRows *self, GtkWidget *entry, CrDate base, gboolean say, CrDate *out)
{
  CrDateReading reading = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean good = cr_date_parse (cr_form_text (entry), self->today, CR_DATE_FUTURE, base, &reading, &error);
  *out = reading.date;
  if (!good && say)
    cr_form_set_problem (entry, error->message);
  return good;
}

static guint
get_weeks (CrHoursRows *self)
{
  guint weeks = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->weeks));
  return weeks < N_WEEKS ? weeks : EVERY_WEEK;
}

/* problem: NULL, it is said already. */
static gboolean
refuse (GtkWidget *entry, const char *problem)
{
  if (problem != NULL)
    cr_form_set_problem (entry, problem);
  gtk_widget_grab_focus (entry);
  return FALSE;
}

gboolean
cr_hours_rows_read (CrHoursRows *self, gboolean say, CrHoursRange *out)
{
  guint weeks = get_weeks (self);
  gboolean good;
  *out = (CrHoursRange){ .every_weeks = weeks == EVERY_WEEK ? CR_INT_NONE : 2 };
  good = read_date (self, self->from, CR_DATE_NONE, say, &out->from);
  if (!good)
    return say && refuse (self->from, NULL);
  good = read_date (self, self->until, out->from, say, &out->until);
  if (!good && say)
    return refuse (self->until, NULL);
  if (!say) /* which hours there are is a matter of the first day */
    out->until = CR_DATE_NONE;
  const char *problem = cr_hours_range_problem (out, self->today);
  gboolean begins = cr_date_is_full (out->from) && cr_date_compare (out->from, self->today) >= 0;
  if (problem != NULL)
    return say && refuse (begins ? self->until : self->from, problem);
  if (weeks != EVERY_WEEK)
    out->phase_on = cr_date_add_days (out->from, weeks == FROM_NEXT ? WEEK : 0);
  return TRUE;
}

/* ---- what is shown ---- */

static void
set_date (GtkWidget *entry, CrDate date)
{
  g_autofree char *text = cr_date_is_set (date) ? cr_date_format_weekday (date) : g_strdup ("");
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* Named by their Mondays, which follow the first day. */
static void
name_weeks (CrHoursRows *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint weeks = get_weeks (self);
  gboolean loading = self->loading;
  CrDate from;
  if (!read_date (self, self->from, CR_DATE_NONE, FALSE, &from) || !cr_date_is_full (from))
    return;
  CrDate monday = cr_date_add_days (from, 1 - cr_date_weekday (from));
  gtk_string_list_append (words, _ ("Every week"));
  for (int i = 0; i < 2; i++) {
    g_autofree char *day = cr_date_format (cr_date_add_days (monday, i * WEEK));
    g_autofree char *text = g_strdup_printf (_ ("Every second week, first the one of %s"), day);
    gtk_string_list_append (words, text);
  }
  self->loading = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->weeks), G_LIST_MODEL (words));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->weeks), weeks);
  self->loading = loading;
}

static void
show_hint (CrHoursRows *self)
{
  gtk_widget_set_visible (self->hint, get_weeks (self) != EVERY_WEEK && gtk_widget_get_visible (self->weeks));
}

static void
tell (CrHoursRows *self)
{
  if (self->loading)
    return;
  name_weeks (self);
  show_hint (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_period (CrHoursRows *self, guint i)
{
  const CrHoursRange *range = &g_array_index (self->periods, CrHoursRange, i);
  self->loading = TRUE;
  set_date (self->from, range->from);
  set_date (self->until, range->until);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->weeks), range->every_weeks == 2 ? FROM_FIRST : EVERY_WEEK);
  name_weeks (self);
  self->loading = FALSE;
  show_hint (self);
}

static void
period_cb (CrHoursRows *self)
{
  guint i = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->period));
  if (self->loading || i >= self->periods->len)
    return;
  show_period (self, i);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
list_periods (CrHoursRows *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  for (guint i = 0; i < self->periods->len; i++) {
    g_autofree char *text =
        cr_hours_range_words (&g_array_index (self->periods, CrHoursRange, i), self->today);
    gtk_string_list_append (words, text);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->period), G_LIST_MODEL (words));
}

void
cr_hours_rows_show (CrHoursRows *self, const GArray *periods, CrDate today, const CrHoursTyped *typed)
{
  self->loading = TRUE;
  self->today = today;
  g_array_set_size (self->periods, 0);
  g_array_append_vals (self->periods, periods->data, periods->len);
  list_periods (self);
  show_period (self, 0);
  self->loading = TRUE;
  cr_form_set_problem (self->from, NULL);
  cr_form_set_problem (self->until, NULL);
  if (typed != NULL && typed->from != NULL) {
    gtk_editable_set_text (GTK_EDITABLE (self->from), typed->from);
    gtk_editable_set_text (GTK_EDITABLE (self->until), typed->until);
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->weeks), typed->weeks);
    name_weeks (self);
  }
  self->loading = FALSE;
  show_hint (self);
}

void
cr_hours_rows_keep (CrHoursRows *self, CrHoursTyped *typed)
{
  cr_hours_typed_clear (typed);
  *typed = (CrHoursTyped){ g_strdup (cr_form_text (self->from)), g_strdup (cr_form_text (self->until)),
                           get_weeks (self) };
}

void
cr_hours_rows_set_visible (CrHoursRows *self, gboolean visible)
{
  cr_form_set_visible (self->period, visible);
  cr_form_set_visible (self->from, visible);
  cr_form_set_visible (self->until, visible);
  cr_form_set_visible (self->weeks, visible);
  show_hint (self);
}

/* ---- the rows ---- */

static void
cr_hours_rows_finalize (GObject *object)
{
  g_array_unref (CR_HOURS_ROWS (object)->periods);
  G_OBJECT_CLASS (cr_hours_rows_parent_class)->finalize (object);
}

static void
cr_hours_rows_class_init (CrHoursRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cr_hours_rows_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", CR_TYPE_HOURS_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cr_hours_rows_init (CrHoursRows *self)
{
  self->periods = g_array_new (FALSE, FALSE, sizeof (CrHoursRange));
}

CrHoursRows *
cr_hours_rows_new (GtkWidget *form)
{
  const char *const every[] = { _ ("Every week"), "", "", NULL };
  CrHoursRows *self = g_object_new (CR_TYPE_HOURS_ROWS, NULL);
  self->period = cr_form_add_choice (form, _ ("Hours in force"), (const char *const[]){ NULL });
  self->from = cr_form_add_entry (form, _ ("Fro_m"), _ ("1/4 or Mon"));
  self->until = cr_form_add_entry (form, _ ("Unt_il"), _ ("empty: from then on"));
  self->weeks = cr_form_add_choice (form, _ ("In which wee_ks"), every);
  self->hint = cr_form_add_text (form, _ ("In the weeks between, the hours stay as they are."), "text-2");
  gtk_widget_set_visible (self->hint, FALSE);
  g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (period_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->from, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->until, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->weeks, "notify::selected", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  return self;
}
