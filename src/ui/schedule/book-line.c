#include "src/ui/schedule/book-line.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/session/day-schedule.h"
#include <glib/gi18n.h>

typedef struct {
  CrWindow *window;
  char *toast;
} Line;

static void
line_free (Line *line)
{
  g_object_unref (line->window);
  g_free (line->toast);
  g_free (line);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Line, line_free)

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Line) line = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrDaySchedule) schedule G_GNUC_UNUSED = CR_DAY_SCHEDULE (source); /* made for this alone */
  if (cr_day_schedule_book_finish (CR_DAY_SCHEDULE (source), result, &error) != CR_ID_NONE) {
    cr_window_toast (line->window, line->toast, _ ("Undo"), "win.undo");
    return;
  }
  if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    cr_window_search_again (line->window);
  cr_window_show_error (line->window, error);
}

void
cr_book_line (CrWindow *window, const CrHit *hit)
{
  CrSession *session = cr_window_get_session (window);
  CrBooking booking = { .patient_id = hit->patient_id,
                        .person_id = hit->slot.person_id,
                        .visit_type_id = hit->visit_type_id,
                        .date = hit->slot.date,
                        .start = hit->slot.start,
                        .minutes = hit->minutes };
  g_autofree char *who = cr_visit_clinician_name (session, hit->slot.person_id);
  g_autofree char *where = cr_visit_place_words (hit->slot.date, hit->slot.start, who);
  Line *line = g_new0 (Line, 1);
  line->window = g_object_ref (window);
  /* Translators: the patient; day, time and clinician. */
  line->toast = g_strdup_printf (_ ("Booked %s: %s"), hit->title, where);
  cr_day_schedule_book_async (cr_day_schedule_new (session), &booking, booked_cb, line);
}
