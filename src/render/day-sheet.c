/* A page per clinician: the day to scale on a strip, then a line per visit with room to write. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "chartroom/render/day-layout.h"
#include "chartroom/render/day-sheet.h"
#include "desk-words.h"
#include "paper-private.h"
#include "words.h"

#define STRIP_HEIGHT 44.0
#define STRIP_LABELS 11.0 /* hours, above the strip */
#define STRIP_GRAIN 15
#define ROW_HEIGHT                                                                                           \
  21.0               /* room to write; 15 visits fit on a page beside a blocked time and two long names      \
                      */
#define SPARE_ROWS 2 /* for walk-ins */
#define MAX_COLUMNS 10

/* What the strip draws, owned by the paper: plain values, since records may be gone by then. */
typedef struct {
  CrSpan span;
  char code[8];
  int lane, lanes;
} StripCard;

typedef struct {
  CrSpan visible;
  GArray *cards;   /* StripCard */
  GArray *blocked; /* CrSpan */
} Strip;

/* A line of the sheet: a visit, or a blocked time (visit NULL). */
typedef struct {
  int start, end;
  const CrVisit *visit;
  const char *reason;
} Entry;

static void
strip_free (gpointer data)
{
  Strip *strip = data;

  g_array_unref (strip->cards);
  g_array_unref (strip->blocked);
  g_free (strip);
}

static CrDay
day_of (const CrDaySheetContent *content, const CrDaySheetColumn *column, const GPtrArray *appointments)
{
  return (CrDay){ .date = content->date,
                  .person_id = column->clinician->id,
                  .hours = column->hours,
                  .exceptions = column->exceptions,
                  .visits = appointments };
}

/* The appointments that hold their slot; borrowed. */
static GPtrArray *
appointments_of (const CrDaySheetColumn *column)
{
  GPtrArray *out = g_ptr_array_new ();

  for (guint i = 0; column->visits != NULL && i < column->visits->len; i++) {
    const CrVisit *visit = column->visits->pdata[i];

    if (cr_stage_holds_slot (visit->appointment->stage))
      g_ptr_array_add (out, visit->appointment);
  }
  return out;
}

static const CrVisit *
visit_of (const CrDaySheetColumn *column, const CrAppointment *appointment)
{
  for (guint i = 0; i < column->visits->len; i++) {
    const CrVisit *visit = column->visits->pdata[i];

    if (visit->appointment == appointment)
      return visit;
  }
  return NULL;
}

static Strip *
strip_new (const CrDaySheetContent *content, const CrDaySheetColumn *column, const GPtrArray *appointments)
{
  Strip *strip = g_new0 (Strip, 1);
  CrDay day = day_of (content, column, appointments);
  g_autofree int *lane = g_new0 (int, appointments->len + 1);
  g_autofree int *lanes = g_new0 (int, appointments->len + 1);

  strip->visible = cr_day_visible_span (&day, 1);
  strip->blocked = cr_day_blocked_spans (&day);
  strip->cards = g_array_new (FALSE, TRUE, sizeof (StripCard));
  cr_lay_lanes (appointments, lane, lanes);
  for (guint i = 0; i < appointments->len; i++) {
    const CrAppointment *visit = appointments->pdata[i];
    StripCard card = { .span = { (int)visit->start_min, (int)(visit->start_min + visit->minutes) },
                       .lane = lane[i],
                       .lanes = lanes[i] };

    g_strlcpy (card.code, words_or (visit_of (column, visit)->type_code, ""), sizeof card.code);
    g_array_append_val (strip->cards, card);
  }
  return strip;
}

/* The day's arithmetic runs downwards; the strip runs to the right. */
static CrRect
lie_down (CrRect r)
{
  return (CrRect){ r.y, r.x, r.height, r.width };
}

static void
draw_label (cairo_t *cr, PangoContext *pango, const char *text, double x, double y, double width)
{
  g_autofree char *markup = cr_paper_escape (text);
  g_autoptr (PaperText) layout = paper_text_layout (pango, CR_PAPER_NOTE, markup);

  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_box (cairo_t *cr, CrRect r, gboolean filled)
{
  cairo_rectangle (cr, r.x, r.y, r.width, r.height);
  cairo_set_source_rgb (cr, filled ? 0.93 : 1, filled ? 0.93 : 1, filled ? 0.93 : 1);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, PAPER_HAIR);
  cairo_stroke (cr);
}

static void
draw_hours (cairo_t *cr, PangoContext *pango, const CrDayLayout *layout)
{
  double y;
  int minute;
  gboolean hour;

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int i = 0; cr_day_layout_line (layout, i, &y, &minute, &hour); i++) {
    g_autofree char *text = NULL;

    if (!hour)
      continue;
    cairo_set_line_width (cr, PAPER_HAIR);
    cairo_move_to (cr, y, STRIP_LABELS);
    cairo_line_to (cr, y, layout->width);
    cairo_stroke (cr);
    if (minute == layout->to)
      continue;
    text = cr_minute_format (minute);
    draw_label (cr, pango, text, y + 1, 0, layout->slot * (60.0 / STRIP_GRAIN));
  }
}

static void
draw_strip (cairo_t *cr, double width, double height, gpointer data)
{
  const Strip *strip = data;
  g_autoptr (PaperContext) pango = paper_context_new ();
  CrDayLayout layout = { .from = strip->visible.start,
                         .to = strip->visible.end,
                         .grain = STRIP_GRAIN,
                         .slot = cr_day_slot_height (strip->visible, STRIP_GRAIN, width - 0.5, 0),
                         .gutter = STRIP_LABELS,
                         .width = height - 1,
                         .columns = 1 };

  draw_hours (cr, pango, &layout);
  for (guint i = 0; i < strip->blocked->len; i++)
    draw_box (cr, lie_down (cr_day_layout_span (&layout, 0, g_array_index (strip->blocked, CrSpan, i))),
              TRUE);
  for (guint i = 0; i < strip->cards->len; i++) {
    const StripCard *card = &g_array_index (strip->cards, StripCard, i);
    CrRect r = lie_down (cr_day_layout_card (&layout, 0, card->span.start, card->span.end - card->span.start,
                                             card->lane, card->lanes, 4));

    draw_box (cr, r, FALSE);
    draw_label (cr, pango, card->code, r.x + 2, r.y + MAX (r.height / 2 - 6, -1), MAX (r.width - 2, 1));
  }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *left = a, *right = b;

  return left->start != right->start ? left->start - right->start : left->end - right->end;
}

static const char *
block_reason (const CrDaySheetColumn *column, CrDate date, int start)
{
  for (guint i = 0; column->exceptions != NULL && i < column->exceptions->len; i++) {
    const CrScheduleException *exception = column->exceptions->pdata[i];

    if (exception->kind == CR_EXCEPTION_BLOCKED && exception->start_min <= start &&
        exception->end_min > start && cr_schedule_exception_on (exception, date))
      return exception->reason;
  }
  return NULL;
}

/* Visits and blocked times in the order of the day. */
static GArray *
entries_of (const CrDaySheetContent *content, const CrDaySheetColumn *column, const GPtrArray *appointments)
{
  GArray *out = g_array_new (FALSE, TRUE, sizeof (Entry));
  CrDay day = day_of (content, column, appointments);
  g_autoptr (GArray) blocked = cr_day_blocked_spans (&day);

  for (guint i = 0; i < appointments->len; i++) {
    const CrAppointment *visit = appointments->pdata[i];
    Entry entry = { (int)visit->start_min, (int)(visit->start_min + visit->minutes), visit_of (column, visit),
                    NULL };

    g_array_append_val (out, entry);
  }
  for (guint i = 0; i < blocked->len; i++) {
    CrSpan span = g_array_index (blocked, CrSpan, i);
    Entry entry = { span.start, span.end, NULL, block_reason (column, content->date, span.start) };

    g_array_append_val (out, entry);
  }
  g_array_sort (out, compare_entries);
  return out;
}

static char *
boxes_markup (int stage)
{
  gboolean arrived = stage >= CR_STAGE_ARRIVED && stage <= CR_STAGE_CHECKED_OUT;
  gboolean roomed = stage >= CR_STAGE_ROOMED && stage <= CR_STAGE_CHECKED_OUT;

  return g_strdup_printf (
      "<span font_family='DejaVu Sans'>%s</span>%s <span font_family='DejaVu Sans'>%s</span>%s "
      "<span font_family='DejaVu Sans'>%s</span>%s",
      arrived ? "☒" : "☐", C_ ("arrived", "A"), roomed ? "☒" : "☐", C_ ("roomed", "R"),
      stage == CR_STAGE_CHECKED_OUT ? "☒" : "☐", C_ ("checked out", "O"));
}

static char *
flags_markup (const CrVisit *visit)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *interpreter = cr_paper_escape (visit->patient->interpreter);
  g_autofree char *access = cr_paper_escape (visit->patient->access_needs);

  if (visit->similar)
    g_string_append (out, _ ("<b>▲≈ similar name</b>  "));
  if (desk_is_early (visit)) {
    g_autofree char *there = desk_arrive_at (visit);

    g_string_append_printf (out, _ ("here %s  "), there);
  }
  if (*interpreter != '\0')
    g_string_append_printf (out, _ ("Int %s  "), interpreter);
  g_string_append (out, access);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_visit (CrPaper *paper, const CrDaySheetContent *content, const CrVisit *visit)
{
  const CrPatient *patient = visit->patient;
  g_autofree char *time = cr_minute_format ((int)visit->appointment->start_min);
  g_autofree char *boxes = boxes_markup (visit->appointment->stage);
  g_autofree char *listed = cr_patient_name_list (patient);
  g_autofree char *bold = words_bold (listed);
  g_autofree char *age = cr_age_format (patient->birth_date, content->date);
  g_autofree char *name = g_strdup_printf ("%s <span allow_breaks='false'>(%s, %s)</span>", bold,
                                           words_or (age, _ ("age unknown")), cr_sex_letter (patient->sex));
  g_autofree char *type = cr_paper_escape (visit->type_code);
  g_autofree char *minutes = g_strdup_printf (_ ("%s %d min"), type, (int)visit->appointment->minutes);
  g_autofree char *room = cr_paper_escape (visit->room_name);
  g_autofree char *flags = flags_markup (visit);
  g_autofree char *reason = cr_paper_escape (visit->appointment->reason);
  g_autofree char *called = cr_reach_phone_words (patient, visit->reach);
  g_autofree char *phone = cr_paper_escape (called);
  g_autofree char *mrn = cr_paper_escape (words_or (patient->mrn, "–"));
  const char *cells[MAX_COLUMNS] = { time, boxes, name, mrn, minutes };
  guint n = 5;

  if (content->show_reason)
    cells[n++] = reason;
  if (content->show_phone)
    cells[n++] = words_or (phone, "–");
  cells[n++] = room;
  cells[n++] = flags;
  cells[n] = "";
  cr_paper_add_row_markup (paper, cells);
}

static void
add_blocked (CrPaper *paper, const Entry *entry)
{
  g_autofree char *from = cr_minute_format (entry->start);
  g_autofree char *to = cr_minute_format (entry->end);
  g_autofree char *reason = cr_paper_escape (words_or (entry->reason, _ ("Blocked")));
  g_autofree char *markup = g_strdup_printf ("<i>%s – %s   %s</i>", from, to, reason);

  cr_paper_set_row_height (paper, 0);
  cr_paper_add_row_wide (paper, markup);
  cr_paper_set_row_height (paper, ROW_HEIGHT);
}

static void
begin_visits (CrPaper *paper, const CrDaySheetContent *content)
{
  CrPaperColumn columns[MAX_COLUMNS] = {
    { _ ("Time"), 48, CR_PAPER_RIGHT },           { _ ("Stage"), 62, CR_PAPER_LEFT },
    { _ ("Name (age, sex)"), -5, CR_PAPER_LEFT }, { _ ("MRN"), 42, CR_PAPER_LEFT },
    { _ ("Visit"), 62, CR_PAPER_LEFT },
  };
  const gboolean wide = content->show_reason || content->show_phone; /* flags may break then */
  guint n = 5;

  if (content->show_reason)
    columns[n++] = (CrPaperColumn){ _ ("Reason"), -2, CR_PAPER_LEFT };
  if (content->show_phone)
    columns[n++] = (CrPaperColumn){ _ ("Phone"), 68, CR_PAPER_LEFT };
  columns[n++] = (CrPaperColumn){ _ ("Room"), 30, CR_PAPER_LEFT };
  columns[n++] = (CrPaperColumn){ _ ("Flags"), wide ? -1.9 : 88, CR_PAPER_LEFT };
  columns[n++] = (CrPaperColumn){ _ ("Notes"), -1.8, CR_PAPER_LEFT };
  cr_paper_begin_table (paper, columns, n);
  cr_paper_set_row_height (paper, ROW_HEIGHT);
}

/* The heading comes back on every further page of the same clinician. */
static void
begin_column (CrPaper *paper, const CrDaySheetContent *content, const CrDaySheetColumn *column,
              guint n_visits)
{
  g_autofree char *date = cr_date_format_weekday (content->date);
  g_autofree char *who = cr_person_short (column->clinician);
  g_autofree char *title = g_strdup_printf (_ ("%s   %s"), who, date);
  g_autofree char *key = g_strdup_printf ("day-%" G_GINT64_FORMAT, column->clinician->id);
  g_autofree char *count =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u visit", "%u visits", n_visits), n_visits);
  guint left_out = column->visits == NULL ? 0 : column->visits->len - n_visits;
  g_autofree char *absent =
      left_out == 0 ? g_strdup ("") : g_strdup_printf (_ (" · %u cancelled or no-show not listed"), left_out);
  g_autofree char *aside = g_strdup_printf ("%s · %s%s", content->imprint->practice->name, count, absent);

  cr_paper_begin_section (paper, key, title, aside);
}

static void
add_column (CrPaper *paper, const CrDaySheetContent *content, const CrDaySheetColumn *column)
{
  static const char *const EMPTY[MAX_COLUMNS] = { NULL };
  g_autoptr (GPtrArray) appointments = appointments_of (column);
  g_autoptr (GArray) entries = entries_of (content, column, appointments);

  begin_column (paper, content, column, appointments->len);
  cr_paper_add_figure (paper, STRIP_HEIGHT, NULL, draw_strip, strip_new (content, column, appointments),
                       strip_free);
  cr_paper_add_space (paper, 4);
  begin_visits (paper, content);
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);

    if (entry->visit != NULL)
      add_visit (paper, content, entry->visit);
    else
      add_blocked (paper, entry);
  }
  if (appointments->len == 0)
    cr_paper_add_row_wide (paper, _ ("<i>No visits booked.</i>"));
  for (guint i = 0; i < SPARE_ROWS; i++)
    cr_paper_add_row (paper, EMPTY);
  cr_paper_end_table (paper);
}

/* "Printed by J. Ortiz, Nov 23, 2026 7:52 AM · Audit code 7F3A-11C2" */
static char *
printed_line (const CrDaySheetContent *content)
{
  g_autofree char *when = cr_imprint_when (content->imprint, content->imprint->at);
  g_autofree char *printed = content->imprint->by == NULL
                                 ? g_strdup_printf (_ ("Printed %s"), when)
                                 : g_strdup_printf (_ ("Printed by %s, %s"), content->imprint->by, when);

  if (content->chain_code == NULL)
    return g_steal_pointer (&printed);
  return g_strdup_printf (_ ("%s · Audit code %s"), printed, content->chain_code);
}

/* What the boxes of each line mean goes along. */
static char *
imprint_line (const CrDaySheetContent *content)
{
  g_autofree char *printed = printed_line (content);
  return g_strdup_printf (_ ("%s · A arrived, R in a room, O checked out"), printed);
}

CrPaper *
cr_day_sheet (const CrDaySheetContent *content)
{
  CrPaper *paper = cr_paper_new (_ ("Day sheet"));
  g_autofree char *imprint = imprint_line (content);

  cr_imprint_frame (content->imprint, paper, NULL);
  cr_paper_set_landscape (paper, TRUE);
  cr_paper_set_confidence (paper, _ ("Contains patient information. Shred after use."));
  cr_paper_set_imprint (paper, imprint);
  for (guint i = 0; i < content->n_columns; i++) {
    if (i > 0)
      cr_paper_add_page_break (paper);
    add_column (paper, content, &content->columns[i]);
  }
  if (content->n_columns == 0)
    cr_paper_add_text (paper, CR_PAPER_BODY, _ ("No clinician has hours on this day."));
  return paper;
}
