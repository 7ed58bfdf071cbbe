/* Results by panel, newest left: a column per day while the panel's days are few, else each value with its
 * day. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "chartroom/clinical/vitals.h"
#include "packet-private.h"
#include "words.h"

#define VALUE_COLUMNS 3 /* of values, each with a column for its flag */
#define MAX_COLUMNS (2 * VALUE_COLUMNS + 3)
#define VALUE_WIDTH 60.0
#define FLAG_WIDTH 22.0

/* One test of a panel with its values, newest first. */
typedef struct {
  const CrObservation *newest;
  GPtrArray *values; /* const CrObservation * */
} Test;

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

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const CrObservation *left = *(const CrObservation *const *)a, *right = *(const CrObservation *const *)b;

  return left->taken_at < right->taken_at ? 1 : left->taken_at > right->taken_at ? -1 : 0;
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
    const CrObservation *last =
        panel->results->len == 0 ? NULL : panel->results->pdata[panel->results->len - 1];

    if (last == NULL || last->taken_at != result->taken_at)
      panel->n_times++;
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

/* The newest times of the panel, at most VALUE_COLUMNS. */
static guint
newest_times (const PacketPanel *panel, CrInstant *times)
{
  guint n = 0;

  for (guint i = 0; i < panel->results->len && n < VALUE_COLUMNS; i++) {
    CrInstant at = ((const CrObservation *)panel->results->pdata[i])->taken_at;

    if (n == 0 || times[n - 1] != at)
      times[n++] = at;
  }
  return n;
}

static const CrObservation *
value_at (const Test *test, CrInstant at)
{
  for (guint i = 0; i < test->values->len; i++) {
    const CrObservation *value = test->values->pdata[i];

    if (value->taken_at == at)
      return value;
  }
  return NULL;
}

/* A column per time serves when it shows the newest value of every test. */
static gboolean
times_serve (const GPtrArray *tests, CrInstant oldest)
{
  for (guint i = 0; i < tests->len; i++)
    if (((const Test *)tests->pdata[i])->newest->taken_at < oldest)
      return FALSE;
  return TRUE;
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

/* The value alone, as reported, bold when flagged; with its day below when the column does not say it. */
static char *
value_markup (Packet *packet, const CrObservation *value, gboolean dated)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  g_autofree char *day = NULL;

  if (value == NULL)
    return g_strdup ("–");
  number = g_strdup_printf ("%s%s%s", words_or (value->comparator, ""),
                            words_or (value->value, _ ("no value")), status_words (value));
  text = cr_str_empty (value->flag) ? cr_paper_escape (number) : words_bold (number);
  if (!dated)
    return g_steal_pointer (&text);
  day = cr_imprint_day (packet->content->imprint, value->taken_at);
  return g_strdup_printf ("%s\n<span size='8pt'>%s</span>", text, day);
}

static const CrObservation *
value_in_column (const Test *test, const CrInstant *times, guint i)
{
  if (times != NULL)
    return value_at (test, times[i]);
  return i < test->values->len ? test->values->pdata[i] : NULL;
}

/* Values and flags in columns of their own, so that the numbers line up.
 * times NULL: the test's own newest values, each with its day. */
static void
add_test (Packet *packet, const Test *test, const CrInstant *times, guint n)
{
  const CrObservation *newest = test->newest;
  g_autofree char *name = cr_paper_escape (words_or (newest->display, newest->code));
  g_autofree char *unit = cr_paper_escape (newest->unit == NULL ? "" : cr_ucum_display (newest->unit));
  g_autofree char *range = cr_paper_escape (words_or (newest->range, _ ("no range given")));
  g_auto (GStrv) values = g_new0 (char *, 2 * VALUE_COLUMNS + 1);
  const char *cells[MAX_COLUMNS] = { name };

  for (guint i = 0; i < n; i++) {
    const CrObservation *value = value_in_column (test, times, i);

    values[2 * i] = value_markup (packet, value, times == NULL);
    values[2 * i + 1] = words_bold (value == NULL ? "" : cr_flag_mark (value->flag));
    cells[1 + 2 * i] = values[2 * i];
    cells[2 + 2 * i] = values[2 * i + 1];
  }
  cells[1 + 2 * n] = unit;
  cells[2 + 2 * n] = range;
  cr_paper_add_row_markup (packet->paper, cells);
}

static void
begin_values (Packet *packet, const CrInstant *times, guint n)
{
  CrPaperColumn columns[MAX_COLUMNS] = { { _ ("Test"), -2, CR_PAPER_LEFT } };
  g_auto (GStrv) titles = g_new0 (char *, VALUE_COLUMNS + 1);

  for (guint i = 0; i < n; i++) {
    titles[i] = times != NULL ? cr_imprint_day (packet->content->imprint, times[i])
                              : g_strdup (i == 0 ? _ ("Newest") : _ ("Before"));
    columns[1 + 2 * i] = (CrPaperColumn){ titles[i], VALUE_WIDTH, CR_PAPER_RIGHT };
    columns[2 + 2 * i] = (CrPaperColumn){ NULL, FLAG_WIDTH, CR_PAPER_LEFT };
  }
  columns[1 + 2 * n] = (CrPaperColumn){ _ ("Unit"), -1, CR_PAPER_LEFT };
  columns[2 + 2 * n] = (CrPaperColumn){ _ ("Reference range"), -1.2, CR_PAPER_LEFT };
  cr_paper_begin_table (packet->paper, columns, 2 * n + 3);
}

static void
add_values (Packet *packet, const PacketPanel *panel, const GPtrArray *tests)
{
  CrInstant times[VALUE_COLUMNS];
  guint n = newest_times (panel, times);
  gboolean by_time = n > 0 && times_serve (tests, times[n - 1]);
  guint columns = by_time ? n : VALUE_COLUMNS;

  begin_values (packet, by_time ? times : NULL, columns);
  for (guint i = 0; i < tests->len; i++)
    add_test (packet, tests->pdata[i], by_time ? times : NULL, columns);
  cr_paper_end_table (packet->paper);
  if (panel->n_times > columns) {
    g_autofree char *more =
        g_strdup_printf (by_time ? _ ("%u older collections are in the chart.")
                                 : _ ("Collected %u times; the newest three values of each test are shown."),
                         by_time ? panel->n_times - columns : panel->n_times);

    cr_paper_add_text (packet->paper, CR_PAPER_NOTE, more);
  }
}

static void
add_panel (Packet *packet, const PacketPanel *panel, guint *hidden)
{
  g_autoptr (GPtrArray) tests = tests_of (packet, panel, hidden);
  const CrObservation *first = panel->results->pdata[0];
  g_autofree char *newest = cr_imprint_day (packet->content->imprint, panel->newest);
  g_autofree char *aside = cr_str_empty (first->performer)
                               ? g_strdup_printf (_ ("Newest %s"), newest)
                               : g_strdup_printf (_ ("Newest %s, %s"), newest, first->performer);
  g_autofree char *title = g_strdup_printf (_ ("%s, %s"), panel->name, newest);

  packet_begin_item (packet, CR_PACKET_RESULTS, panel->id, title);
  cr_paper_add_heading (packet->paper, panel->name, aside);
  if (tests->len > 0)
    add_values (packet, panel, tests);
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
  packet_add_hidden (packet, hidden);
}
