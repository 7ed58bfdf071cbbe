/* Results by panel, newest left: a column per time of collection while the panel's newest ones hold every
 * test, else each value with its day.  What has no place in the table is counted below it, and named when it
 * is flagged. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "chartroom/clinical/vitals.h"
#include "packet-private.h"
#include "words.h"

#define VALUE_COLUMNS 3 /* of values, each with a column for its flag */
#define MAX_COLUMNS (2 * VALUE_COLUMNS + 3)
#define VALUE_WIDTH 60.0
#define FLAG_WIDTH 22.0
#define MOST_IN_CELL 4 /* values of one test and time */
#define MINUTE (60 * G_TIME_SPAN_SECOND)

/* One test of a panel with its values, newest first. */
typedef struct {
  const CrObservation *newest;
  GPtrArray *values; /* const CrObservation * */
} Test;

/* What one panel prints. */
typedef struct {
  GPtrArray *tests; /* Test */
  GArray *times;    /* CrInstant: the collections, newest first, to the minute */
  guint n_columns;  /* of values */
  gboolean by_time; /* a column is a collection; else the n-th newest value of each test */
} Table;

static void
panel_free (gpointer data)
{
  PacketPanel *panel = data;

  g_ptr_array_unref (panel->results);
  g_free (panel);
}

static void
test_free (gpointer data)
{
  Test *test = data;

  g_ptr_array_unref (test->values);
  g_free (test);
}

static void
table_clear (Table *table)
{
  g_ptr_array_unref (table->tests);
  g_array_unref (table->times);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static int
rank_status (const CrObservation *result)
{
  return result->status == CR_OBS_CANCELLED ? 2 : result->status == CR_OBS_PRELIMINARY ? 1 : 0;
}

/* Of one time the final ones first, then those that came in last. */
static int
newest_first (gconstpointer a, gconstpointer b)
{
  const CrObservation *left = *(const CrObservation *const *)a, *right = *(const CrObservation *const *)b;

  if (left->taken_at != right->taken_at)
    return left->taken_at < right->taken_at ? 1 : -1;
  if (rank_status (left) != rank_status (right))
    return rank_status (left) - rank_status (right);
  return left->id < right->id ? 1 : left->id > right->id ? -1 : 0;
}

static PacketPanel *
find_panel (GHashTable *by_name, GPtrArray *panels, const CrObservation *result)
{
  const char *name = words_or (result->panel, _ ("Other results"));
  PacketPanel *panel = g_hash_table_lookup (by_name, name);

  if (panel != NULL)
    return panel;
  panel = g_new0 (PacketPanel, 1);
  panel->name = name;
  panel->id = result->id;
  panel->newest = result->taken_at;
  panel->results = g_ptr_array_new ();
  g_hash_table_insert (by_name, (gpointer)name, panel);
  g_ptr_array_add (panels, panel);
  return panel;
}

GPtrArray *
packet_panels (const CrPacketContent *content)
{
  GPtrArray *panels = g_ptr_array_new_with_free_func (panel_free);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; content->results != NULL && i < content->results->len; i++)
    if (((const CrObservation *)content->results->pdata[i])->status != CR_OBS_ERROR)
      g_ptr_array_add (sorted, content->results->pdata[i]);
  g_ptr_array_sort (sorted, newest_first);
  for (guint i = 0; i < sorted->len; i++) {
    const CrObservation *result = sorted->pdata[i];
    PacketPanel *panel = find_panel (by_name, panels, result);

    g_ptr_array_add (panel->results, (gpointer)result);
  }
  return panels;
}

static gboolean
same_test (const CrObservation *a, const CrObservation *b)
{
  gboolean code = a->code != NULL && b->code != NULL ? g_str_equal (a->code, b->code)
                                                     : g_strcmp0 (a->display, b->display) == 0;

  return code && g_strcmp0 (a->unit, b->unit) == 0; /* different units never in one series */
}

static gboolean
same_minute (CrInstant a, CrInstant b)
{
  return a / MINUTE == b / MINUTE;
}

static GPtrArray *
tests_of (Packet *packet, const PacketPanel *panel, guint *hidden)
{
  GPtrArray *tests = g_ptr_array_new_with_free_func (test_free);

  for (guint i = 0; i < panel->results->len; i++) {
    const CrObservation *result = panel->results->pdata[i];
    Test *test = NULL;

    if (packet_hides (packet, result->id)) {
      ++*hidden;
      continue;
    }
    for (guint j = 0; j < tests->len && test == NULL; j++)
      if (same_test (((Test *)tests->pdata[j])->newest, result))
        test = tests->pdata[j];
    if (test == NULL) {
      test = g_new0 (Test, 1);
      test->newest = result;
      test->values = g_ptr_array_new ();
      g_ptr_array_add (tests, test);
    }
    g_ptr_array_add (test->values, (gpointer)result);
  }
  return tests;
}

static guint
count_at (const Test *test, CrInstant at)
{
  guint n = 0;

  for (guint i = 0; i < test->values->len; i++)
    n += same_minute (((const CrObservation *)test->values->pdata[i])->taken_at, at);
  return n;
}

static int
later_first (gconstpointer a, gconstpointer b)
{
  CrInstant left = *(const CrInstant *)a, right = *(const CrInstant *)b;

  return left < right ? 1 : left > right ? -1 : 0;
}

static GArray *
times_of (const GPtrArray *tests)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (CrInstant));

  for (guint i = 0; i < tests->len; i++) {
    const Test *test = tests->pdata[i];

    for (guint j = 0; j < test->values->len; j++)
      g_array_append_val (times, ((const CrObservation *)test->values->pdata[j])->taken_at);
  }
  g_array_sort (times, later_first);
  for (guint i = times->len; i-- > 1;)
    if (same_minute (g_array_index (times, CrInstant, i), g_array_index (times, CrInstant, i - 1)))
      g_array_remove_index (times, i);
  return times;
}

static CrInstant
time_of_column (const Table *table, guint i)
{
  return g_array_index (table->times, CrInstant, i);
}

/* Its newest value has a column, and none of its cells is overfull. */
static gboolean
test_fits (const Table *table, const Test *test, guint n)
{
  gboolean newest = FALSE;

  for (guint i = 0; i < n; i++) {
    guint values = count_at (test, time_of_column (table, i));

    if (values > MOST_IN_CELL)
      return FALSE;
    newest = newest || same_minute (test->newest->taken_at, time_of_column (table, i));
  }
  return newest;
}

static void
arrange (Table *table)
{
  guint n = MIN (table->times->len, VALUE_COLUMNS);

  table->by_time = TRUE;
  for (guint i = 0; i < table->tests->len && table->by_time; i++)
    table->by_time = test_fits (table, table->tests->pdata[i], n);
  table->n_columns = table->by_time ? n : VALUE_COLUMNS;
}

static gboolean
is_shown (const Table *table, const Test *test, guint index)
{
  const CrObservation *value = test->values->pdata[index];

  if (!table->by_time)
    return index < table->n_columns;
  for (guint i = 0; i < table->n_columns; i++)
    if (same_minute (value->taken_at, time_of_column (table, i)))
      return TRUE;
  return FALSE;
}

static guint
count_left (const Table *table)
{
  guint n = 0;

  for (guint i = 0; i < table->tests->len; i++) {
    const Test *test = table->tests->pdata[i];

    for (guint j = 0; j < test->values->len; j++)
      n += !is_shown (table, test, j);
  }
  return n;
}

/* A result that came with a day alone is stored at noon UTC; no time is made up for it. */
static gboolean
has_time (CrInstant at)
{
  return at % G_TIME_SPAN_DAY != G_TIME_SPAN_DAY / 2;
}

/* The day, and the time too where the day has several collections. */
static char *
collected (const Packet *packet, const Table *table, CrInstant at)
{
  const CrImprint *imprint = packet->content->imprint;
  CrDate day = cr_clock_date_of (imprint->clock, at);
  guint n = 0;

  for (guint i = 0; i < table->times->len; i++)
    n += cr_date_compare (cr_clock_date_of (imprint->clock, time_of_column (table, i)), day) == 0;
  return n > 1 && has_time (at) ? cr_imprint_when (imprint, at) : cr_imprint_day (imprint, at);
}

static const char *
status_words (const CrObservation *value)
{
  switch (value->status) {
  case CR_OBS_PRELIMINARY:
    return _ (" preliminary");
  case CR_OBS_CORRECTED:
    return _ (" corrected");
  case CR_OBS_CANCELLED:
    return _ (" cancelled");
  default:
    return "";
  }
}

static char *
number_of (const CrObservation *value)
{
  g_autofree char *digits = cr_value_display (value->value);

  return g_strdup_printf ("%s%s%s", words_or (value->comparator, ""), words_or (digits, _ ("no value")),
                          status_words (value));
}

/* Bold when flagged. */
static char *
value_markup (const CrObservation *value)
{
  g_autofree char *number = number_of (value);

  return *cr_flag_mark (value->flag) == '\0' ? cr_paper_escape (number) : words_bold (number);
}

/* All values of one test and time, each with its flag. */
static char *
values_markup (const Test *test, CrInstant at)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < test->values->len; i++) {
    const CrObservation *value = test->values->pdata[i];
    g_autofree char *text = NULL;
    g_autofree char *mark = NULL;

    if (!same_minute (value->taken_at, at))
      continue;
    text = value_markup (value);
    mark = words_bold (cr_flag_mark (value->flag));
    g_string_append_printf (lines, "%s%s %s", lines->len > 0 ? "\n" : "", text, mark);
  }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* NULL: none, or several in one cell. */
static const CrObservation *
only_value (const Table *table, const Test *test, guint column)
{
  const CrObservation *found = NULL;

  if (!table->by_time)
    return column < test->values->len ? test->values->pdata[column] : NULL;
  if (count_at (test, time_of_column (table, column)) != 1)
    return NULL;
  for (guint i = 0; i < test->values->len && found == NULL; i++) {
    const CrObservation *value = test->values->pdata[i];

    found = same_minute (value->taken_at, time_of_column (table, column)) ? value : NULL;
  }
  return found;
}

/* The column's title says "Before"; of two values of one time neither was. */
static const char *
same_time_words (const CrObservation *left, const CrObservation *value)
{
  if (!same_minute (left->taken_at, value->taken_at))
    return "";
  return has_time (value->taken_at) ? _ ("same time") : _ ("same day, no time");
}

static char *
cell_markup (Packet *packet, const Table *table, const Test *test, guint column)
{
  const CrObservation *value = only_value (table, test, column);
  g_autofree char *text = NULL;
  g_autofree char *day = NULL;
  const char *beside;

  if (value == NULL && table->by_time && count_at (test, time_of_column (table, column)) > 0)
    return values_markup (test, time_of_column (table, column));
  if (value == NULL)
    return g_strdup ("–");
  text = value_markup (value);
  if (table->by_time)
    return g_steal_pointer (&text);
  day = collected (packet, table, value->taken_at);
  beside = column > 0 ? same_time_words (test->values->pdata[column - 1], value) : "";
  return g_strdup_printf ("%s\n<span size='8pt'>%s%s%s</span>", text, day, *beside == '\0' ? "" : "\n",
                          beside);
}

/* Values and flags in columns of their own, so that the numbers line up. */
static void
add_test (Packet *packet, const Table *table, const Test *test)
{
  const CrObservation *newest = test->newest;
  g_autofree char *name = cr_paper_escape (words_or (newest->display, newest->code));
  g_autofree char *unit = cr_paper_escape (newest->unit == NULL ? "" : cr_ucum_display (newest->unit));
  g_autofree char *range = cr_paper_escape (words_or (newest->range, _ ("no range given")));
  g_auto (GStrv) values = g_new0 (char *, 2 * VALUE_COLUMNS + 1);
  const char *cells[MAX_COLUMNS] = { name };

  for (guint i = 0; i < table->n_columns; i++) {
    const CrObservation *value = only_value (table, test, i);

    values[2 * i] = cell_markup (packet, table, test, i);
    values[2 * i + 1] = words_bold (value == NULL ? "" : cr_flag_mark (value->flag));
    cells[1 + 2 * i] = values[2 * i];
    cells[2 + 2 * i] = values[2 * i + 1];
  }
  cells[1 + 2 * table->n_columns] = unit;
  cells[2 + 2 * table->n_columns] = range;
  cr_paper_add_row_markup (packet->paper, cells);
}

static void
begin_values (Packet *packet, const Table *table)
{
  guint n = table->n_columns;
  CrPaperColumn columns[MAX_COLUMNS] = { { _ ("Test"), -2, CR_PAPER_LEFT } };
  g_auto (GStrv) titles = g_new0 (char *, VALUE_COLUMNS + 1);

  for (guint i = 0; i < n; i++) {
    titles[i] = table->by_time ? collected (packet, table, time_of_column (table, i))
                               : g_strdup (i == 0 ? _ ("Newest") : _ ("Before"));
    columns[1 + 2 * i] = (CrPaperColumn){ titles[i], VALUE_WIDTH, CR_PAPER_RIGHT };
    columns[2 + 2 * i] = (CrPaperColumn){ NULL, FLAG_WIDTH, CR_PAPER_LEFT };
  }
  columns[1 + 2 * n] = (CrPaperColumn){ _ ("Unit"), -1, CR_PAPER_LEFT };
  columns[2 + 2 * n] = (CrPaperColumn){ _ ("Reference range"), -1.2, CR_PAPER_LEFT };
  cr_paper_begin_table (packet->paper, columns, 2 * n + 3);
}

/* ---- what the table leaves out ---- */

typedef enum { CRITICAL, FLAGGED, LONG_AGO, NO_GAP } Gap;

static Gap
gap_of (const Packet *packet, const CrObservation *value)
{
  CrDate since = cr_date_add_months (packet->today, -PACKET_RECENT_MONTHS);
  CrDate day = cr_clock_date_of (packet->content->imprint->clock, value->taken_at);

  if (*cr_flag_mark (value->flag) == '\0')
    return NO_GAP;
  if (cr_date_compare (day, since) < 0)
    return LONG_AGO;
  return g_str_equal (value->flag, "HH") || g_str_equal (value->flag, "LL") ? CRITICAL : FLAGGED;
}

/* "Potassium 6.9 mmol/L HH ▲▲ (Nov 20, 2026 8:00 AM), 6.5 …". */
static void
name_value (const Packet *packet, const Table *table, const CrObservation *value, GString *names,
            gboolean first)
{
  g_autofree char *number = number_of (value);
  g_autofree char *when = collected (packet, table, value->taken_at);
  const char *unit = value->unit == NULL ? "" : cr_ucum_display (value->unit);

  if (first)
    g_string_append_printf (names, "%s%s ", names->len > 0 ? "; " : "",
                            words_or (value->display, value->code));
  else
    g_string_append (names, ", ");
  g_string_append_printf (names, "%s%s%s %s (%s)", number, *unit == '\0' ? "" : " ", unit,
                          cr_flag_mark (value->flag), when);
}

/* Of long ago the test and how often; else every value. */
static void
name_gaps (const Packet *packet, const Table *table, const Test *test, Gap gap, GString *names)
{
  guint n = 0;

  for (guint i = 0; i < test->values->len; i++) {
    const CrObservation *value = test->values->pdata[i];

    if (is_shown (table, test, i) || gap_of (packet, value) != gap)
      continue;
    if (gap != LONG_AGO)
      name_value (packet, table, value, names, n == 0);
    n++;
  }
  if (gap == LONG_AGO && n > 0)
    g_string_append_printf (names, "%s%s (%u)", names->len > 0 ? ", " : "",
                            words_or (test->newest->display, test->newest->code), n);
}

static char *
gap_sentence (Gap gap, const char *names)
{
  switch (gap) {
  case CRITICAL:
    return g_strdup_printf (_ ("Critical, not in the table: %s."), names);
  case FLAGGED:
    return g_strdup_printf (_ ("Also flagged, not in the table: %s."), names);
  default:
    return g_strdup_printf (_ ("Flagged more than 12 months ago, in the chart: %s."), names);
  }
}

static void
add_gaps (Packet *packet, const Table *table, Gap gap)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *sentence = NULL;
  g_autofree char *bold = NULL;

  for (guint i = 0; i < table->tests->len; i++)
    name_gaps (packet, table, table->tests->pdata[i], gap, names);
  if (names->len == 0)
    return;
  sentence = gap_sentence (gap, names->str);
  bold = gap == CRITICAL ? words_bold (sentence) : NULL;
  if (bold == NULL) {
    cr_paper_add_text (packet->paper, CR_PAPER_NOTE, sentence);
    return;
  }
  cr_paper_add_markup (packet->paper, CR_PAPER_SMALL, CR_PAPER_LEFT, bold);
  cr_paper_keep_with_next (packet->paper);
}

static void
add_count (Packet *packet, const Table *table)
{
  guint left = count_left (table), times = table->times->len;
  guint older = table->by_time ? times - table->n_columns : 0;
  g_autofree char *more = g_strdup_printf (
      ngettext ("%u more value is in the chart.", "%u more values are in the chart.", left), left);
  g_autofree char *text = NULL;

  if (left == 0)
    return;
  if (table->by_time)
    text = g_strdup_printf (
        ngettext ("%u older collection is in the chart.", "%u older collections are in the chart.", older),
        older);
  else
    text = g_strdup_printf (
        ngettext ("Collected %u time; the newest three values of each test are shown. %s",
                  "Collected %u times; the newest three values of each test are shown. %s", times),
        times, more);
  cr_paper_add_text (packet->paper, CR_PAPER_NOTE, text);
}

static void
add_values (Packet *packet, const Table *table)
{
  add_gaps (packet, table, CRITICAL);
  begin_values (packet, table);
  for (guint i = 0; i < table->tests->len; i++)
    add_test (packet, table, table->tests->pdata[i]);
  cr_paper_end_table (packet->paper);
  add_gaps (packet, table, FLAGGED);
  add_gaps (packet, table, LONG_AGO);
  add_count (packet, table);
}

static void
add_panel (Packet *packet, const PacketPanel *panel, guint *hidden)
{
  g_auto (Table) table = { tests_of (packet, panel, hidden), NULL, 0, FALSE };
  const CrObservation *first = panel->results->pdata[0];
  g_autofree char *newest = cr_imprint_day (packet->content->imprint, panel->newest);
  g_autofree char *aside = cr_str_empty (first->performer)
                               ? g_strdup_printf (_ ("Newest %s"), newest)
                               : g_strdup_printf (_ ("Newest %s, %s"), newest, first->performer);
  g_autofree char *title = g_strdup_printf (_ ("%s, %s"), panel->name, newest);

  packet_begin_item (packet, CR_PACKET_RESULTS, panel->id, title);
  cr_paper_add_heading (packet->paper, panel->name, aside);
  table.times = times_of (table.tests);
  arrange (&table);
  if (table.tests->len > 0)
    add_values (packet, &table);
}

/* Which ones is not said: the sender may have left them out for the patient's sake. */
static void
add_left_panels (Packet *packet, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u more panel of results is in the chart.",
                                                     "%u more panels of results are in the chart.", n),
                                           n);

  if (n > 0)
    cr_paper_add_text (packet->paper, CR_PAPER_NOTE, text);
}

void
packet_add_results (Packet *packet)
{
  g_autoptr (GPtrArray) panels = packet_panels (packet->content);
  g_autoptr (GArray) ids = packet_included (packet, CR_PACKET_RESULTS);
  guint hidden = 0;

  packet_begin (packet, CR_PACKET_RESULTS, NULL, NULL);
  for (guint i = 0; i < ids->len; i++)
    for (guint j = 0; j < panels->len; j++)
      if (((const PacketPanel *)panels->pdata[j])->id == g_array_index (ids, CrId, i))
        add_panel (packet, panels->pdata[j], &hidden);
  if (ids->len == 0)
    packet_add_none (packet, panels->len == 0 ? _ ("None recorded.") : _ ("None included."));
  add_left_panels (packet, panels->len - MIN (ids->len, panels->len));
  packet_add_hidden (packet, hidden);
}
