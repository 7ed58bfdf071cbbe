/* Overlapping visits side by side. */
#include "chartroom/domain/schedule-rules.h"

typedef struct {
  int start, end;
  guint index; /* in the caller's array */
} Block;

static int
compare_blocks (gconstpointer a, gconstpointer b)
{
  const Block *x = a, *y = b;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->end != y->end) /* the longer one further left */
    return x->end > y->end ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

/* A visit without a length still takes a minute, so that none hides behind another. */
static GArray *
sorted_blocks (const GPtrArray *appointments)
{
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  for (guint i = 0; i < appointments->len; i++) {
    const CrAppointment *a = appointments->pdata[i];
    int start = (int)a->start_min;
    Block block = { start, start + (int)MAX (a->minutes, 1), i };
    g_array_append_val (blocks, block);
  }
  g_array_sort (blocks, compare_blocks);
  return blocks;
}

/* The leftmost lane that is free at `start`; ends[] holds when each of the n lanes falls free. */
static int
free_lane (const int *ends, int n, int start)
{
  int lane = 0;
  while (lane < n && ends[lane] > start)
    lane++;
  return lane;
}

/* Places the chain of overlapping blocks that begins at `first`; returns the index after it. */
static guint
lay_chain (const GArray *blocks, guint first, int *ends, int *lane, int *lanes)
{
  int n = 0, chain_end = g_array_index (blocks, Block, first).end;
  guint next = first;
  for (; next < blocks->len; next++) {
    const Block *block = &g_array_index (blocks, Block, next);
    if (next > first && block->start >= chain_end)
      break;
    int at = free_lane (ends, n, block->start);
    ends[at] = block->end;
    n = MAX (n, at + 1);
    chain_end = MAX (chain_end, block->end);
    lane[block->index] = at;
  }
  for (guint i = first; i < next; i++)
    lanes[g_array_index (blocks, Block, i).index] = n;
  return next;
}

void
cr_lay_lanes (const GPtrArray *appointments, int *lane, int *lanes)
{
  g_autoptr (GArray) blocks = sorted_blocks (appointments);
  g_autofree int *ends = g_new0 (int, MAX (blocks->len, 1));
  for (guint i = 0; i < blocks->len;)
    i = lay_chain (blocks, i, ends, lane, lanes);
}
