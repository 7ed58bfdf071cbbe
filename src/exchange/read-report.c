#include "chartroom/exchange/read-report.h"
#include <string.h>

static void
reason_free (CrReadReason *reason)
{
  g_free (reason->text);
  g_free (reason);
}

static void
add_reason (CrReadCount *count, const char *text, guint n)
{
  CrReadReason *reason = NULL;
  for (guint i = 0; i < count->reasons->len && reason == NULL; i++) {
    CrReadReason *known = g_ptr_array_index (count->reasons, i);
    if (strcmp (known->text, text) == 0)
      reason = known;
  }
  if (reason == NULL) {
    reason = g_new0 (CrReadReason, 1);
    reason->text = g_strdup (text);
    g_ptr_array_add (count->reasons, reason);
  }
  reason->n += n;
  count->skipped += n;
}

void
cr_read_finding_free (CrReadFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->path);
  g_free (finding->reason);
  g_free (finding);
}

void
cr_read_count_free (CrReadCount *count)
{
  if (count == NULL)
    return;
  g_free (count->type);
  g_ptr_array_unref (count->reasons);
  g_free (count);
}

GPtrArray *
cr_read_counts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cr_read_count_free);
}

CrReadCount *
cr_read_counts_row (GPtrArray *counts, const char *type)
{
  guint place = 0;
  for (; place < counts->len; place++) {
    CrReadCount *row = g_ptr_array_index (counts, place);
    int order = strcmp (row->type, type);
    if (order == 0)
      return row;
    if (order > 0)
      break;
  }
  CrReadCount *row = g_new0 (CrReadCount, 1);
  row->type = g_strdup (type);
  row->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)reason_free);
  g_ptr_array_insert (counts, place, row);
  return row;
}

void
cr_read_count_skip (CrReadCount *count, const char *reason)
{
  add_reason (count, reason, 1);
}

void
cr_read_counts_merge (GPtrArray *into, const GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++) {
    const CrReadCount *row = g_ptr_array_index (from, i);
    CrReadCount *sum = cr_read_counts_row (into, row->type);
    sum->in_file += row->in_file;
    sum->read += row->read;
    sum->records += row->records;
    for (guint j = 0; j < row->reasons->len; j++) {
      const CrReadReason *reason = g_ptr_array_index (row->reasons, j);
      add_reason (sum, reason->text, reason->n);
    }
  }
}
