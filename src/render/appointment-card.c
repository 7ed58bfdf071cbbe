/* The card is the upper part of a page, cut off along the line; large type, plain words. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "desk-words.h"
#include "words.h"

#define MOST_VISITS 6 /* on a card; the list of visits has all */

static void
add_visit (CrPaper *paper, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *day = cr_date_format_weekday (a->date);
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_autofree char *when = g_strdup_printf (_ ("%s at %s"), day, time);
  g_autofree char *bold = words_bold (when);
  g_autofree char *line = g_strdup_printf ("<span size='14pt'>%s</span>", bold);
  g_autofree char *with = g_strdup_printf (
      _ ("with %s, %d minutes"), words_or (visit->clinician, _ ("the clinician on duty")), (int)a->minutes);
  g_autofree char *there = desk_arrive_at (visit);
  g_autofree char *early =
      g_strdup_printf (_ ("Please be here at %s, %d minutes before."), there, (int)a->early_minutes);

  cr_paper_begin_keep (paper);
  cr_paper_add_markup (paper, CR_PAPER_TITLE, CR_PAPER_LEFT, line);
  desk_add_plain (paper, with);
  if (desk_is_early (visit))
    cr_paper_add_text (paper, CR_PAPER_HEADING, early);
  cr_paper_end_keep (paper);
  cr_paper_add_space (paper, 8);
}

static void
draw_cut (cairo_t *cr, double width, double height, gpointer data)
{
  static const double DASHES[] = { 4, 4 };

  cairo_set_line_width (cr, 0.5);
  cairo_set_dash (cr, DASHES, G_N_ELEMENTS (DASHES), 0);
  cairo_move_to (cr, 0, height / 2);
  cairo_line_to (cr, width, height / 2);
  cairo_stroke (cr);
}

CrPaper *
cr_appointment_card (const CrVisitsContent *content)
{
  CrPaper *paper = cr_paper_new (_ ("Appointment card"));
  g_autoptr (GPtrArray) coming = desk_coming (content->visits, cr_imprint_today (content->imprint));
  g_autofree char *name = cr_patient_name_letter (content->patient);
  g_autofree char *title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Appointment for %s", "Appointments for %s", coming->len), name);
  g_autofree char *call = desk_call_line (content->imprint->practice);
  guint n = MIN (coming->len, MOST_VISITS);

  cr_imprint_frame (content->imprint, paper, NULL);
  cr_paper_set_confidence (paper, NULL);
  cr_imprint_letterhead (content->imprint, paper, NULL);
  cr_paper_add_space (paper, 4);
  cr_paper_add_text (paper, CR_PAPER_HEADING, title);
  cr_paper_add_space (paper, 6);
  for (guint i = 0; i < n; i++)
    add_visit (paper, coming->pdata[i]);
  if (n == 0)
    cr_paper_add_text (paper, CR_PAPER_HEADING, _ ("No appointment is booked."));
  if (coming->len > n) {
    g_autofree char *more = g_strdup_printf (_ ("and %u more"), coming->len - n);
    cr_paper_add_text (paper, CR_PAPER_BODY, more);
  }
  desk_add_plain (paper, call);
  desk_add_plain (paper,
                  _ ("Please bring your insurance card and all medicines you take, in their bottles."));
  cr_paper_add_figure (paper, 18, NULL, draw_cut, NULL, NULL);
  return paper;
}
