/* A letter that fits a window envelope: the address block 0.9 in from the left, 2 in from the top. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "desk-words.h"
#include "paper-private.h"
#include "words.h"

#define ADDRESS_LEFT (0.9 * 72 - PAPER_MARGIN) /* in the body */
#define ADDRESS_TOP (2.0 * 72 - PAPER_MARGIN)
#define HEAD_HEIGHT (ADDRESS_TOP + 84)

typedef struct {
  char *practice, *sender, *date, *address;
} Head;

static void
free_head (gpointer data)
{
  Head *head = data;

  g_free (head->practice);
  g_free (head->sender);
  g_free (head->date);
  g_free (head->address);
  g_free (head);
}

static void
draw_text (cairo_t *cr, PangoContext *pango, CrPaperStyle style, const char *text, CrRect at,
           PangoAlignment align)
{
  g_autofree char *markup = cr_paper_escape (text);
  g_autoptr (PaperText) layout = paper_text_layout (pango, style, markup);

  pango_layout_set_width (layout, (int)(at.width * PANGO_SCALE));
  pango_layout_set_alignment (layout, align);
  cairo_move_to (cr, at.x, at.y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_head (cairo_t *cr, double width, double height, gpointer data)
{
  const Head *head = data;
  g_autoptr (PaperContext) pango = paper_context_new ();

  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_text (cr, pango, CR_PAPER_TITLE, head->practice, (CrRect){ 0, 0, width * 0.62, 20 }, PANGO_ALIGN_LEFT);
  draw_text (cr, pango, CR_PAPER_SMALL, head->sender, (CrRect){ 0, 22, width * 0.62, 20 }, PANGO_ALIGN_LEFT);
  draw_text (cr, pango, CR_PAPER_BODY, head->date, (CrRect){ width * 0.62, 3, width * 0.38, 20 },
             PANGO_ALIGN_RIGHT);
  draw_text (cr, pango, CR_PAPER_BODY, head->address, (CrRect){ ADDRESS_LEFT, ADDRESS_TOP, width * 0.55, 70 },
             PANGO_ALIGN_LEFT);
}

static Head *
new_head (const CrVisitsContent *content)
{
  const CrPractice *practice = content->imprint->practice;
  Head *head = g_new0 (Head, 1);
  g_autofree char *address =
      cr_address_format (practice->address, practice->city, practice->state, practice->zip);
  g_autofree char *phone = cr_phone_format (practice->phone);

  head->practice = g_strdup (practice->name);
  head->sender = g_strdup_printf ("%s\n%s", words_or (address, ""), phone);
  head->date = cr_date_format_long (cr_imprint_today (content->imprint));
  head->address = cr_label_address (content->patient, content->reach, cr_imprint_today (content->imprint));
  return head;
}

static void
add_visit (CrPaper *paper, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *day = cr_date_format_weekday (a->date);
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_autofree char *when = g_strdup_printf (_ ("%s at %s"), day, time);
  g_autofree char *bold = words_bold (when);
  g_autofree char *line = g_strdup_printf ("<span size='14pt'>%s</span>", bold);
  g_autofree char *with =
      g_strdup_printf (_ ("with %s"), words_or (visit->clinician, _ ("the clinician on duty")));
  g_autofree char *there = desk_arrive_at (visit);
  g_autofree char *early =
      g_strdup_printf (_ ("Please be here at %s, %d minutes before."), there, (int)a->early_minutes);

  desk_add_plain (paper, _ ("We look forward to seeing you at your visit:"));
  cr_paper_add_space (paper, 10);
  cr_paper_add_markup (paper, CR_PAPER_TITLE, CR_PAPER_LEFT, line);
  desk_add_plain (paper, with);
  if (desk_is_early (visit))
    desk_add_plain (paper, early);
  cr_paper_add_space (paper, 10);
}

static void
add_request (CrPaper *paper, const CrPractice *practice)
{
  g_autofree char *phone = cr_phone_format (practice->phone);
  g_autofree char *text =
      g_strdup_printf (_ ("It is time to make your next visit with us. Please call %s; we will find a day "
                          "that suits you."),
                       phone);

  desk_add_plain (paper, text);
  cr_paper_add_space (paper, 10);
}

CrPaper *
cr_reminder_letter (const CrVisitsContent *content)
{
  CrPaper *paper = cr_paper_new (_ ("Reminder letter"));
  g_autoptr (GPtrArray) coming = desk_coming (content->visits, cr_imprint_today (content->imprint));
  g_autofree char *name = cr_patient_name_letter (content->patient);
  g_autofree char *dear = cr_patient_is_minor (content->patient, cr_imprint_today (content->imprint))
                              ? g_strdup_printf (_ ("Dear parent or guardian of %s,"), name)
                              : g_strdup_printf (_ ("Dear %s,"), name);
  g_autofree char *call = desk_call_line (content->imprint->practice);

  cr_imprint_frame (content->imprint, paper, NULL);
  cr_paper_add_figure (paper, HEAD_HEIGHT, NULL, draw_head, new_head (content), free_head);
  desk_add_plain (paper, dear);
  cr_paper_add_space (paper, 8);
  if (coming->len > 0)
    add_visit (paper, coming->pdata[0]);
  else
    add_request (paper, content->imprint->practice);
  if (coming->len > 0)
    desk_add_plain (paper, call);
  cr_paper_add_space (paper, 12);
  desk_add_plain (paper, content->imprint->practice->name);
  return paper;
}
