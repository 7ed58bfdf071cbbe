/* Vitals trend: blood pressure drawn, and every reading of the last months in a table, newest first. */
#include <glib/gi18n.h>
#include <math.h>
#include "chartroom/base/text.h"
#include "chartroom/render/graph.h"
#include "packet-private.h"
#include "words.h"

#define TREND_MONTHS 12
#define AT_LEAST 3 /* readings, however old */
#define GRAPH_HEIGHT 132.0

typedef enum { BP, PULSE, RESP, TEMP, SPO2, WEIGHT, HEIGHT, BMI, OTHER, N_MEASURES } Measure;

/* All that was measured at one time. */
typedef struct {
  CrInstant at;
  const CrObservation *systolic, *diastolic;
  GString *text[N_MEASURES]; /* as printed; NULL = not measured */
} Reading;

typedef struct {
  GArray *points; /* CrGraphPoint, oldest first */
  char *latest, *before;
} Pressure;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  for (guint i = 0; i < N_MEASURES; i++)
    if (reading->text[i] != NULL)
      g_string_free (reading->text[i], TRUE);
  g_free (reading);
}

static void
pressure_free (gpointer data)
{
  Pressure *pressure = data;

  g_array_unref (pressure->points);
  g_free (pressure->latest);
  g_free (pressure->before);
  g_free (pressure);
}

static Measure
measure_of (const char *code)
{
  static const struct {
    const char *code;
    Measure measure;
  } CODES[] = {
    { "8867-4", PULSE }, { "9279-1", RESP },    { "8310-5", TEMP },   { "59408-5", SPO2 },
    { "2708-6", SPO2 },  { "29463-7", WEIGHT }, { "3141-9", WEIGHT }, { "8302-2", HEIGHT },
    { "39156-5", BMI },  { "8331-1", TEMP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++)
    if (g_strcmp0 (code, CODES[i].code) == 0)
      return CODES[i].measure;
  return OTHER;
}

static void
add_text (Reading *reading, Measure measure, const char *text)
{
  if (reading->text[measure] == NULL)
    reading->text[measure] = g_string_new (text);
  else
    g_string_append_printf (reading->text[measure], "\n%s", text);
}

static void
add_value (Reading *reading, const CrObservation *observation)
{
  Measure measure = measure_of (observation->code);
  g_autofree char *value = cr_observation_value (observation);
  gboolean bare = measure == PULSE || measure == RESP || measure == BMI; /* the unit stands in the heading */
  const char *flag = cr_flag_mark (observation->flag);
  g_autofree char *digits = cr_value_display (observation->value);
  g_autofree char *flagged =
      g_strdup_printf ("%s%s%s", bare ? words_or (digits, "–") : value, *flag == '\0' ? "" : " ", flag);
  g_autofree char *named = g_strdup_printf ("%s %s", words_or (observation->display, _ ("Other")), flagged);

  add_text (reading, measure, measure == OTHER ? named : flagged);
}

static void
add_observation (Reading *reading, const CrObservation *observation)
{
  if (g_strcmp0 (observation->code, "8480-6") == 0)
    reading->systolic = observation;
  else if (g_strcmp0 (observation->code, "8462-4") == 0)
    reading->diastolic = observation;
  else
    add_value (reading, observation);
}

static char *
pressure_words (const CrObservation *up, const CrObservation *down)
{
  g_autofree char *above = cr_value_display (up == NULL ? NULL : up->value);
  g_autofree char *below = cr_value_display (down == NULL ? NULL : down->value);

  return g_strdup_printf ("%s/%s", words_or (above, "–"), words_or (below, "–"));
}

static void
finish_pressure (Reading *reading)
{
  const CrObservation *up = reading->systolic, *down = reading->diastolic;
  const char *flag = cr_flag_mark (up != NULL && up->flag != NULL ? up->flag
                                   : down != NULL                 ? down->flag
                                                                  : NULL);
  const char *method = up == NULL ? NULL : up->method;
  g_autofree char *values = NULL;
  g_autofree char *text = NULL;

  if (up == NULL && down == NULL)
    return;
  values = pressure_words (up, down);
  text = g_strdup_printf ("%s%s%s%s%s", values, *flag == '\0' ? "" : " ", flag,
                          cr_str_empty (method) ? "" : "\n", words_or (method, ""));
  add_text (reading, BP, text);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const CrObservation *left = *(const CrObservation *const *)a, *right = *(const CrObservation *const *)b;

  return left->taken_at < right->taken_at ? 1 : left->taken_at > right->taken_at ? -1 : 0;
}

static gboolean
counts (const CrObservation *observation)
{
  return observation->status != CR_OBS_ERROR && observation->status != CR_OBS_CANCELLED;
}

/* Readings, newest first, one per time of measuring.  hidden: how many values were left out. */
static GPtrArray *
collect_readings (Packet *packet, guint *hidden)
{
  const GPtrArray *vitals = packet->content->vitals;
  GPtrArray *readings = g_ptr_array_new_with_free_func (reading_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  Reading *reading = NULL;

  for (guint i = 0; vitals != NULL && i < vitals->len; i++)
    if (!counts (vitals->pdata[i]))
      continue;
    else if (packet_hides (packet, ((const CrObservation *)vitals->pdata[i])->id))
      ++*hidden;
    else
      g_ptr_array_add (sorted, vitals->pdata[i]);
  g_ptr_array_sort (sorted, newest_first);
  for (guint i = 0; i < sorted->len; i++) {
    const CrObservation *observation = sorted->pdata[i];

    if (reading == NULL || reading->at != observation->taken_at) {
      reading = g_new0 (Reading, 1);
      reading->at = observation->taken_at;
      g_ptr_array_add (readings, reading);
    }
    add_observation (reading, observation);
  }
  g_ptr_array_foreach (readings, (GFunc)finish_pressure, NULL);
  return readings;
}

static guint
count_recent (Packet *packet, const GPtrArray *readings)
{
  CrClock *clock = packet->content->imprint->clock;
  CrDate since = cr_date_add_months (packet->today, -TREND_MONTHS);
  guint n = 0;

  while (n < readings->len &&
         (n < AT_LEAST ||
          cr_date_compare (cr_clock_date_of (clock, ((const Reading *)readings->pdata[n])->at), since) >= 0))
    n++;
  return n;
}

static Pressure *
collect_pressure (Packet *packet, const GPtrArray *readings, guint n)
{
  CrClock *clock = packet->content->imprint->clock;
  Pressure *pressure = g_new0 (Pressure, 1);

  pressure->points = g_array_new (FALSE, FALSE, sizeof (CrGraphPoint));
  for (guint i = n; i-- > 0;) {
    const Reading *reading = readings->pdata[i];
    CrGraphPoint point = { cr_date_to_days (cr_clock_date_of (clock, reading->at)),
                           cr_clock_minute_of (clock, reading->at), NAN, NAN };

    if (reading->systolic == NULL || reading->diastolic == NULL)
      continue;
    point.value = reading->systolic->number;
    point.second = reading->diastolic->number;
    g_array_append_val (pressure->points, point);
    g_free (pressure->before);
    pressure->before = pressure->latest;
    pressure->latest = pressure_words (reading->systolic, reading->diastolic);
  }
  return pressure;
}

static void
draw_pressure (cairo_t *cr, double width, double height, gpointer data)
{
  const Pressure *pressure = data;
  CrGraphSeries series = { _ ("Blood pressure"), (const CrGraphPoint *)(gpointer)pressure->points->data,
                           pressure->points->len, TRUE };
  CrGraph graph = { .title = _ ("Blood pressure"),
                    .unit = "mmHg",
                    .latest = pressure->latest,
                    .before = pressure->before,
                    .goal_low = NAN,
                    .goal_high = NAN,
                    .series = &series,
                    .n_series = 1 };

  cr_graph_range ("85354-9", &graph.low, &graph.high);
  cr_graph_paint (&graph, cr, NULL, width, height, &CR_GRAPH_ON_PAPER);
}

static void
add_graph (Packet *packet, const GPtrArray *readings, guint n)
{
  Pressure *pressure = collect_pressure (packet, readings, n);
  g_autofree char *caption = g_strdup_printf (
      _ ("Each bar runs from systolic to diastolic pressure; %u readings, the values stand in the table."),
      pressure->points->len);

  if (pressure->points->len < 2) {
    pressure_free (pressure);
    return;
  }
  cr_paper_add_figure (packet->paper, GRAPH_HEIGHT, caption, draw_pressure, pressure, pressure_free);
  cr_paper_add_space (packet->paper, 4);
}

static gboolean
is_measured (const GPtrArray *readings, guint n, Measure measure)
{
  for (guint i = 0; i < n; i++)
    if (((const Reading *)readings->pdata[i])->text[measure] != NULL)
      return TRUE;
  return FALSE;
}

/* A column for each measure that was taken at least once; returns how many columns, the date's among them. */
static guint
begin_readings (Packet *packet, const GPtrArray *readings, guint n, Measure *shown)
{
  const CrPaperColumn all[N_MEASURES] = {
    [BP] = { _ ("BP mmHg"), -1.4, CR_PAPER_LEFT },    [PULSE] = { _ ("Pulse /min"), -1, CR_PAPER_LEFT },
    [RESP] = { _ ("Resp /min"), -1, CR_PAPER_LEFT },  [TEMP] = { _ ("Temp"), -1.1, CR_PAPER_LEFT },
    [SPO2] = { _ ("SpO2"), -0.9, CR_PAPER_LEFT },     [WEIGHT] = { _ ("Weight"), -1.1, CR_PAPER_LEFT },
    [HEIGHT] = { _ ("Height"), -1.1, CR_PAPER_LEFT }, [BMI] = { _ ("BMI kg/m²"), -1, CR_PAPER_LEFT },
    [OTHER] = { _ ("Other"), -2.2, CR_PAPER_LEFT },
  };
  CrPaperColumn columns[N_MEASURES + 1] = { { _ ("Date"), 66, CR_PAPER_LEFT } };
  guint n_columns = 1;

  for (Measure measure = BP; measure < N_MEASURES; measure++)
    if (is_measured (readings, n, measure)) {
      shown[n_columns] = measure;
      columns[n_columns++] = all[measure];
    }
  cr_paper_begin_table (packet->paper, columns, n_columns);
  return n_columns;
}

static void
add_readings (Packet *packet, const GPtrArray *readings, guint n)
{
  Measure shown[N_MEASURES + 1];
  guint n_columns = begin_readings (packet, readings, n, shown);

  for (guint i = 0; i < n; i++) {
    const Reading *reading = readings->pdata[i];
    g_autofree char *when = cr_imprint_day (packet->content->imprint, reading->at);
    const char *cells[N_MEASURES + 1] = { when };

    for (guint j = 1; j < n_columns; j++)
      cells[j] = reading->text[shown[j]] == NULL ? "–" : reading->text[shown[j]]->str;
    cr_paper_add_row (packet->paper, cells);
  }
  cr_paper_end_table (packet->paper);
}

void
packet_add_vitals (Packet *packet)
{
  guint hidden = 0;
  g_autoptr (GPtrArray) readings = collect_readings (packet, &hidden);
  guint n = count_recent (packet, readings);

  packet_begin (packet, CR_PACKET_VITALS, NULL, NULL);
  if (n == 0)
    packet_add_none (packet, _ ("None recorded."));
  else {
    add_graph (packet, readings, n);
    add_readings (packet, readings, n);
  }
  if (n < readings->len) {
    g_autofree char *older = g_strdup_printf (_ ("Last %d months; %u older readings are in the chart."),
                                              TREND_MONTHS, readings->len - n);

    cr_paper_add_text (packet->paper, CR_PAPER_NOTE, older);
  }
  packet_add_hidden (packet, hidden);
}
