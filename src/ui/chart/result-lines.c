#include "src/ui/chart/result-lines.h"
#include "chartroom/base/text.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrResultLine {
  GObject parent;
  CrRow *row; /* NULL: a heading */
  char *heading, *day, *time, *laboratory;
};

G_DEFINE_FINAL_TYPE (CrResultLine, cr_result_line, G_TYPE_OBJECT)

static CrDate
day_of (const CrObservation *o, CrClock *clock)
{
  return o->taken_at != CR_INSTANT_NONE ? cr_clock_date_of (clock, o->taken_at) : CR_DATE_NONE;
}

static char *
time_text (const CrObservation *o, CrClock *clock)
{
  return o->taken_at != CR_INSTANT_NONE ? cr_minute_format (cr_clock_minute_of (clock, o->taken_at))
                                        : g_strdup ("");
}

static CrResultLine *
line_new (CrRow *row, const char *heading, const CrObservation *o, CrClock *clock)
{
  CrResultLine *self = g_object_new (CR_TYPE_RESULT_LINE, NULL);
  self->row = row != NULL ? g_object_ref (row) : NULL;
  self->heading = g_strdup (heading);
  self->day = cr_date_format (day_of (o, clock));
  self->time = time_text (o, clock);
  self->laboratory = g_strdup (o->performer != NULL ? o->performer : "");
  return self;
}

static gboolean
same_group (const CrObservation *a, const CrObservation *b, CrClock *clock)
{
  if (a->panel_id != b->panel_id || cr_date_compare (day_of (a, clock), day_of (b, clock)) != 0)
    return FALSE;
  return g_strcmp0 (a->panel, b->panel) == 0 && g_strcmp0 (a->performer, b->performer) == 0;
}

static gboolean
fits (const CrObservation *o, char **folded_words)
{
  g_autofree char *all = g_strjoin (" ", o->display != NULL ? o->display : "",
                                    o->panel != NULL ? o->panel : "", o->code != NULL ? o->code : "", NULL);
  g_autofree char *text = cr_text_fold (all);
  for (guint i = 0; folded_words[i] != NULL; i++)
    if (strstr (text, folded_words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
cr_result_line_finalize (GObject *object)
{
  CrResultLine *self = CR_RESULT_LINE (object);
  g_clear_object (&self->row);
  g_free (self->heading);
  g_free (self->day);
  g_free (self->time);
  g_free (self->laboratory);
  G_OBJECT_CLASS (cr_result_line_parent_class)->finalize (object);
}

static void
cr_result_line_class_init (CrResultLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cr_result_line_finalize;
}

static void
cr_result_line_init (CrResultLine *self)
{
}

const CrObservation *
cr_result_line_get (CrResultLine *self)
{
  return self->row != NULL ? cr_row_peek (self->row) : NULL;
}

const char *
cr_result_line_heading (CrResultLine *self)
{
  return self->heading;
}

const char *
cr_result_line_collected (CrResultLine *self)
{
  return self->heading != NULL ? self->day : self->time;
}

const char *
cr_result_line_day (CrResultLine *self)
{
  return self->day;
}

const char *
cr_result_line_laboratory (CrResultLine *self)
{
  return self->laboratory;
}

gboolean
cr_result_is_new (const CrObservation *o)
{
  return o->reviewed_at == CR_INSTANT_NONE && o->kind == CR_OBS_LAB && o->status != CR_OBS_CANCELLED &&
         o->status != CR_OBS_ERROR;
}

guint
cr_result_lines_fill (GListStore *store, GListModel *results, const char *words, CrClock *clock)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = cr_text_fold (words);
  g_auto (GStrv) wanted = g_strsplit (g_strstrip (folded), " ", -1);
  g_autoptr (CrRow) before = NULL;
  guint shown = 0;
  for (guint i = 0; results != NULL && i < g_list_model_get_n_items (results); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (results, i);
    const CrObservation *o = cr_row_peek (row);
    if (o->status == CR_OBS_ERROR || !fits (o, wanted))
      continue;
    if (before == NULL || !same_group (cr_row_peek (before), o, clock))
      g_ptr_array_add (lines, line_new (NULL, cr_str_empty (o->panel) ? _ ("Results") : o->panel, o, clock));
    g_ptr_array_add (lines, line_new (row, NULL, o, clock));
    g_set_object (&before, row);
    shown++;
  }
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), lines->pdata, lines->len);
  return shown;
}
