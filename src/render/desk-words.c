#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "desk-words.h"

int
desk_compare_visits (gconstpointer a, gconstpointer b)
{
  const CrAppointment *first = (*(CrVisit *const *)a)->appointment;
  const CrAppointment *second = (*(CrVisit *const *)b)->appointment;
  int order = cr_date_compare (first->date, second->date);

  if (order != 0)
    return order;
  if (first->start_min != second->start_min)
    return first->start_min < second->start_min ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

GPtrArray *
desk_coming (const GPtrArray *visits, CrDate from)
{
  GPtrArray *coming = g_ptr_array_new ();

  for (guint i = 0; i < visits->len; i++) {
    const CrVisit *visit = visits->pdata[i];

    if (visit->appointment->stage < CR_STAGE_ARRIVED && cr_date_compare (visit->appointment->date, from) >= 0)
      g_ptr_array_add (coming, (gpointer)visit);
  }
  g_ptr_array_sort (coming, desk_compare_visits);
  return coming;
}

gboolean
desk_is_early (const CrVisit *visit)
{
  return visit->appointment->early_minutes > 0 && /* CR_INT_NONE is negative */
         visit->appointment->early_minutes <= visit->appointment->start_min;
}

char *
desk_arrive_at (const CrVisit *visit)
{
  gint64 early = desk_is_early (visit) ? visit->appointment->early_minutes : 0;

  return cr_minute_format ((int)(visit->appointment->start_min - early));
}

char *
desk_call_line (const CrPractice *practice)
{
  g_autofree char *phone = cr_phone_format (practice->phone);

  return cr_str_empty (practice->phone)
             ? g_strdup (_ ("If you cannot come, please tell us as early as you can."))
             : g_strdup_printf (_ ("If you cannot come, please call %s as early as you can."), phone);
}

void
desk_add_plain (CrPaper *paper, const char *text)
{
  g_autofree char *escaped = cr_paper_escape (text);
  g_autofree char *markup = g_strdup_printf ("<span size='12pt'>%s</span>", escaped);

  cr_paper_add_markup (paper, CR_PAPER_BODY, CR_PAPER_LEFT, markup);
}
