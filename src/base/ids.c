#include "chartroom/base/ids.h"

enum { LOW_BITS = 22, MILLISECOND_BITS = 41 };
#define LOW_END (G_GINT64_CONSTANT (1) << LOW_BITS)
#define MILLISECOND_END (G_GINT64_CONSTANT (1) << MILLISECOND_BITS)
#define EPOCH_2020_MS G_GINT64_CONSTANT (1577836800000)

struct _CrIds {
  GMutex lock;
  CrClock *clock;
  GRand *random;
  gint64 millisecond; /* of the last id, since 2020; never runs backwards */
  gint64 low;         /* of the last id */
};

/* At least 1, so that no id is 0. */
static gint64
milliseconds_since_2020 (CrClock *clock)
{
  return CLAMP (cr_clock_now (clock) / 1000 - EPOCH_2020_MS, 1, MILLISECOND_END - 1);
}

CrIds *
cr_ids_new (CrClock *clock, guint64 seed)
{
  g_return_val_if_fail (clock != NULL, NULL);

  CrIds *self = g_new0 (CrIds, 1);
  guint32 seeds[2] = { (guint32)seed, (guint32)(seed >> 32) };
  g_mutex_init (&self->lock);
  self->clock = cr_clock_ref (clock);
  self->random = seed == 0 ? g_rand_new () : g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  return self;
}

CrIds *
cr_ids_new_after (CrIds *earlier, guint64 seed)
{
  g_return_val_if_fail (earlier != NULL, NULL);

  CrIds *self = cr_ids_new (earlier->clock, seed);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&earlier->lock);
  self->millisecond = MAX (earlier->millisecond, milliseconds_since_2020 (earlier->clock)) + 1;
  self->low = g_rand_int (self->random) & (LOW_END - 1);
  return self;
}

CrId
cr_ids_next (CrIds *self)
{
  g_return_val_if_fail (self != NULL, CR_ID_NONE);

  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  gint64 now = milliseconds_since_2020 (self->clock);
  if (now > self->millisecond) {
    self->millisecond = now;
    self->low = g_rand_int (self->random) & (LOW_END - 1);
  } else if (++self->low == LOW_END) /* this millisecond is used up: borrow the next */
  {
    self->millisecond++;
    self->low = 0;
  }
  return self->millisecond << LOW_BITS | self->low;
}

void
cr_ids_free (CrIds *self)
{
  if (self == NULL)
    return;
  g_rand_free (self->random);
  cr_clock_unref (self->clock);
  g_mutex_clear (&self->lock);
  g_free (self);
}
