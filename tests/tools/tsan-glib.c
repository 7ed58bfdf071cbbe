/* Loaded before GLib under ThreadSanitizer, which sees only what was compiled with it: GLib's own mutexes,
 * queues, tasks, sources and reference counts would order nothing in its eyes, and every hand-over of a job
 * would be called a race.  Each function here is GLib's own, told to the sanitizer: what was done before the
 * hand-over is over (release) for whoever comes after it (acquire).  What is not here orders less than it
 * does: a report that is not one of ours shows what to add. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <gio/gio.h>

/* The sanitizer's; absent in programs that are started by a test and were compiled without it. */
void __tsan_acquire (void *address) __attribute__ ((weak));
void __tsan_release (void *address) __attribute__ ((weak));

static void
acquire (gpointer address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire (address);
}

static void
release (gpointer address)
{
  if (__tsan_release != NULL)
    __tsan_release (address);
}

#define REAL(name)                                                                                           \
  static __typeof__ (name) *real;                                                                            \
  if (real == NULL)                                                                                          \
  real = (__typeof__ (name) *)dlsym (RTLD_NEXT, #name)

#undef g_mutex_lock
#undef g_mutex_unlock
#undef g_mutex_trylock

/* ---- mutexes and conditions: futexes, in GLib ---- */

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock);
  real (mutex);
  acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  REAL (g_mutex_trylock);
  gboolean locked = real (mutex);
  if (locked)
    acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock);
  release (mutex);
  real (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  REAL (g_cond_wait);
  release (mutex);
  real (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  REAL (g_cond_wait_until);
  release (mutex);
  gboolean woken = real (cond, mutex, end_time);
  acquire (mutex);
  return woken;
}

#undef g_once_init_leave
void
g_once_init_leave (volatile void *location, gsize result)
{
  REAL (g_once_init_leave);
  release ((void *)location);
  real (location, result);
}

#undef g_once_init_enter
gboolean
g_once_init_enter (volatile void *location)
{
  REAL (g_once_init_enter);
  gboolean first = real (location);
  acquire ((void *)location);
  return first;
}

/* ---- queues ---- */

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  REAL (g_async_queue_push);
  release (queue);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  REAL (g_async_queue_pop);
  gpointer item = real (queue);
  acquire (queue);
  return item;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  REAL (g_async_queue_try_pop);
  gpointer item = real (queue);
  acquire (queue);
  return item;
}

gpointer
g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout)
{
  REAL (g_async_queue_timeout_pop);
  gpointer item = real (queue, timeout);
  acquire (queue);
  return item;
}

/* ---- sources: what set the callback is over when it is called ---- */

typedef struct {
  gint references;
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static void
ref_callback (gpointer data)
{
  Callback *self = data;
  g_atomic_int_inc (&self->references);
}

static void
unref_callback (gpointer data)
{
  Callback *self = data;
  release (self);
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  acquire (self);
  if (self->notify != NULL)
    self->notify (self->data);
  g_free (self);
}

/* Just before it is called, by whoever calls it. */
static void
get_callback (gpointer data, GSource *source, GSourceFunc *func, gpointer *user_data)
{
  Callback *self = data;
  acquire (self);
  *func = self->func;
  *user_data = self->data;
}

void
g_source_set_callback (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  static GSourceCallbackFuncs funcs = { ref_callback, unref_callback, get_callback };
  Callback *callback = g_new (Callback, 1);
  *callback = (Callback){ 1, func, data, notify };
  release (callback);
  g_source_set_callback_indirect (source, callback, &funcs);
}

static guint
attach (GSource *source, GMainContext *context, gint priority, GSourceFunc func, gpointer data,
        GDestroyNotify notify)
{
  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, data, notify);
  guint id = g_source_attach (source, context);
  g_source_unref (source);
  return id;
}

guint
g_idle_add_full (gint priority, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  return attach (g_idle_source_new (), NULL, priority, func, data, notify);
}

guint
g_idle_add (GSourceFunc func, gpointer data)
{
  return g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, func, data, NULL);
}

guint
g_timeout_add_full (gint priority, guint interval, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  return attach (g_timeout_source_new (interval), NULL, priority, func, data, notify);
}

guint
g_timeout_add (guint interval, GSourceFunc func, gpointer data)
{
  return g_timeout_add_full (G_PRIORITY_DEFAULT, interval, func, data, NULL);
}

/* Here never at once, as GLib may in the thread that owns the context: nobody counts on it. */
void
g_main_context_invoke_full (GMainContext *context, gint priority, GSourceFunc func, gpointer data,
                            GDestroyNotify notify)
{
  attach (g_idle_source_new (), context, priority, func, data, notify);
}

/* ---- tasks in threads ---- */

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  acquire (task);
  GTaskThreadFunc func = (GTaskThreadFunc)g_object_get_data (G_OBJECT (task), "tsan-work");
  func (task, source, data, cancellable);
  release (task);
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  REAL (g_task_run_in_thread);
  g_object_set_data (G_OBJECT (task), "tsan-work", (gpointer)func);
  release (task);
  real (task, work);
}

/* ---- reference counts: what was done with one reference is over for who gives the last one back ---- */

#define UNREF(name, Type)                                                                                    \
  void name (Type *object)                                                                                   \
  {                                                                                                          \
    REAL (name);                                                                                             \
    if (object != NULL) {                                                                                    \
      release (object);                                                                                      \
      acquire (object);                                                                                      \
    }                                                                                                        \
    real (object);                                                                                           \
  }

UNREF (g_object_unref, void)
UNREF (g_bytes_unref, GBytes)
UNREF (g_hash_table_unref, GHashTable)
UNREF (g_ptr_array_unref, GPtrArray)

#undef g_atomic_ref_count_dec
gboolean
g_atomic_ref_count_dec (gatomicrefcount *count)
{
  REAL (g_atomic_ref_count_dec);
  release (count);
  gboolean last = real (count);
  acquire (count);
  return last;
}
