#include "src/ui/schedule/visit-card.h"
#include "src/ui/schedule/fit-label.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define GAP 5 /* pixels between the parts of a line */

/* The card's inside.  The name comes first: marks go where there is no room for both, and the second line
 * where there is no height. */
#define CR_TYPE_CARD_BODY (cr_card_body_get_type ())
G_DECLARE_FINAL_TYPE (CrCardBody, cr_card_body, CR, CARD_BODY, GtkWidget)
struct _CrCardBody {
  GtkWidget parent;
  GtkWidget *code, *stage, *name, *flags, *reason;
};
G_DEFINE_FINAL_TYPE (CrCardBody, cr_card_body, GTK_TYPE_WIDGET)

struct _CrVisitCard {
  GtkButton parent;
  GtkLabel *code, *reason;
  GtkImage *stage;
  CrFitLabel *name;
  GtkBox *flags;
  CrWindow *window; /* borrowed: the card stands in it */
  CrRow *item;      /* CrVisit */
  gboolean shows_day;
};

G_DEFINE_FINAL_TYPE (CrVisitCard, cr_visit_card, GTK_TYPE_BUTTON)

/* ---- body ---- */

static int
least_width (GtkWidget *widget)
{
  int least = 0;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static int
wanted_width (GtkWidget *widget)
{
  int wanted = 0;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted, NULL, NULL);
  return wanted;
}

static int
height_of (GtkWidget *widget)
{
  int least = 0;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static int
line_height (CrCardBody *self)
{
  return MAX (MAX (height_of (self->code), height_of (self->stage)), height_of (self->name));
}

static void
cr_card_body_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  CrCardBody *self = CR_CARD_BODY (widget);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = line_height (self);
  else
    *minimum = least_width (self->stage) + 2 * GAP;
  *natural = *minimum;
}

static void
put (GtkWidget *child, int x, int y, int width, int height)
{
  int tall = MIN (height_of (child), height);
  GskTransform *at =
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)x, (float)y + (float)(height - tall) / 2));
  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_allocate (child, MAX (width, least_width (child)), tall, -1, at);
}

static void
hide (GtkWidget *child)
{
  gtk_widget_set_child_visible (child, FALSE);
}

/* Code, stage, name and flags beside each other; from x = 0 when code is 0. */
static void
put_line (CrCardBody *self, int code, int width, int line)
{
  int stage = least_width (self->stage), left = (code > 0 ? code + GAP : 0) + stage + GAP;
  int flags = wanted_width (self->flags);
  gboolean flagged =
      flags > 0 && left + cr_fit_label_least (CR_FIT_LABEL (self->name)) + GAP + flags <= width;
  if (code > 0)
    put (self->code, 0, 0, code, line);
  else
    hide (self->code);
  put (self->stage, code > 0 ? code + GAP : 0, 0, stage, line);
  put (self->name, left, 0, MAX (width - left - (flagged ? flags + GAP : 0), 1), line);
  if (flagged)
    put (self->flags, width - flags, 0, flags, line);
  else
    hide (self->flags);
}

/* A narrow card that is tall enough: the name has the second line, where the reason would be. */
static void
put_name_below (CrCardBody *self, int width, int line)
{
  int code = least_width (self->code), stage = least_width (self->stage), left = code + stage + 2 * GAP;
  int flags = wanted_width (self->flags);
  put (self->code, 0, 0, code, line);
  put (self->stage, code + GAP, 0, stage, line);
  put (self->name, 0, line, width, line);
  if (flags > 0 && left + flags <= width)
    put (self->flags, width - flags, 0, flags, line);
  else
    hide (self->flags);
  hide (self->reason);
}

/* The family name is never cut for the sake of something else. */
static void
cr_card_body_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrCardBody *self = CR_CARD_BODY (widget);
  int line = line_height (self), code = least_width (self->code), reason = height_of (self->reason);
  int name = cr_fit_label_least (CR_FIT_LABEL (self->name));
  gboolean fits = code + least_width (self->stage) + 2 * GAP + name <= width;
  if (!fits && 2 * line <= height) {
    put_name_below (self, width, line);
    return;
  }
  put_line (self, fits ? code : 0, width, line);
  if (line + reason <= height)
    put (self->reason, 0, line, width, reason);
  else
    hide (self->reason);
}

static void
cr_card_body_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (cr_card_body_parent_class)->dispose (object);
}

static void
cr_card_body_class_init (CrCardBodyClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_card_body_dispose;
  widget->measure = cr_card_body_measure;
  widget->size_allocate = cr_card_body_size_allocate;
}

static void
cr_card_body_init (CrCardBody *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* ---- card ---- */

static void
set_class (CrVisitCard *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
show_type (CrVisitCard *self, const CrVisit *visit)
{
  cr_visit_add_type_classes (cr_window_get_session (self->window), visit, GTK_WIDGET (self));
  gtk_label_set_label (self->code, visit->type_code);
}

static void
show_name (CrVisitCard *self, const CrVisit *visit)
{
  g_autofree char *name = cr_window_name_of (self->window, visit->patient);
  g_autofree char *shorter =
      cr_window_is_private (self->window) ? g_strdup (name) : cr_patient_name_short (visit->patient);
  cr_fit_label_set (self->name, name, shorter);
}

static void
show_reason (CrVisitCard *self, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  gboolean said = !cr_str_empty (a->reason) && !cr_window_is_private (self->window);
  g_autofree char *text = said ? g_strdup_printf (_ ("%d min · %s"), (int)a->minutes, a->reason)
                               : g_strdup_printf (_ ("%d min"), (int)a->minutes);
  gtk_label_set_label (self->reason, text);
}

static void
cr_visit_card_dispose (GObject *object)
{
  g_clear_object (&CR_VISIT_CARD (object)->item);
  G_OBJECT_CLASS (cr_visit_card_parent_class)->dispose (object);
}

static void
cr_visit_card_class_init (CrVisitCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_visit_card_dispose;
}

static void
cr_visit_card_init (CrVisitCard *self)
{
  CrCardBody *body = g_object_new (CR_TYPE_CARD_BODY, NULL);
  self->code = GTK_LABEL (cr_visit_label (NULL, "code"));
  self->stage = GTK_IMAGE (gtk_image_new ());
  self->name = CR_FIT_LABEL (cr_fit_label_new ());
  self->flags = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4));
  self->reason = GTK_LABEL (cr_visit_label (NULL, "caption"));
  gtk_label_set_ellipsize (self->reason, PANGO_ELLIPSIZE_END);
  body->code = GTK_WIDGET (self->code);
  body->stage = GTK_WIDGET (self->stage);
  body->name = GTK_WIDGET (self->name);
  body->flags = GTK_WIDGET (self->flags);
  body->reason = GTK_WIDGET (self->reason);
  gtk_widget_set_parent (body->code, GTK_WIDGET (body));
  gtk_widget_set_parent (body->stage, GTK_WIDGET (body));
  gtk_widget_set_parent (body->name, GTK_WIDGET (body));
  gtk_widget_set_parent (body->flags, GTK_WIDGET (body));
  gtk_widget_set_parent (body->reason, GTK_WIDGET (body));
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (body));
  gtk_widget_add_css_class (GTK_WIDGET (self), "visit-card");
}

GtkWidget *
cr_visit_card_new (CrWindow *window)
{
  CrVisitCard *self = g_object_new (CR_TYPE_VISIT_CARD, NULL);
  self->window = window;
  return GTK_WIDGET (self);
}

void
cr_visit_card_set_shows_day (CrVisitCard *self, gboolean shows)
{
  self->shows_day = shows;
  set_class (self, "narrow", shows);
}

static char *
describe (CrVisitCard *self, const CrVisit *visit)
{
  g_autofree char *words = cr_visit_spoken (self->window, visit);
  g_autofree char *day = cr_date_format_weekday (visit->appointment->date);
  return self->shows_day ? g_strdup_printf ("%s, %s", day, words) : g_steal_pointer (&words);
}

void
cr_visit_card_set_item (CrVisitCard *self, CrRow *item)
{
  const CrVisit *visit = cr_row_peek (item);
  int stage = visit->appointment->stage;
  g_autofree char *spoken = describe (self, visit);
  g_set_object (&self->item, item);
  show_type (self, visit);
  show_name (self, visit);
  show_reason (self, visit);
  cr_visit_fill_flags (self->window, visit, self->flags);
  gtk_image_set_from_icon_name (self->stage, cr_stage_icon (stage));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->stage), cr_stage_word (stage));
  set_class (self, "done", stage == CR_STAGE_CHECKED_OUT);
  set_class (self, "cancelled", !cr_stage_holds_slot (stage));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

const CrVisit *
cr_visit_card_get_visit (CrVisitCard *self)
{
  return cr_row_peek (self->item);
}

void
cr_visit_card_set_selected (CrVisitCard *self, gboolean selected)
{
  set_class (self, "selected", selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               selected ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

void
cr_visit_card_set_lifted (CrVisitCard *self, gboolean lifted)
{
  set_class (self, "ghost", lifted);
}
