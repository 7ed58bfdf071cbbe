/* What `./run tsan` has to see: "ordered", two threads with a mutex of GLib's between them, is nothing to
 * report; "racing", the same two without it, is. */
#include <glib.h>
#include <string.h>

static GMutex lock;
static int count;

static gpointer
count_up (gpointer data)
{
  gboolean ordered = GPOINTER_TO_INT (data);
  for (int i = 0; i < 1000; i++) {
    if (ordered)
      g_mutex_lock (&lock);
    count++;
    if (ordered)
      g_mutex_unlock (&lock);
  }
  return NULL;
}

int
main (int argc, char **argv)
{
  gpointer ordered = GINT_TO_POINTER (argc == 2 && strcmp (argv[1], "ordered") == 0);
  GThread *thread = g_thread_new ("other", count_up, ordered);
  count_up (ordered);
  g_thread_join (thread);
  return 0;
}
