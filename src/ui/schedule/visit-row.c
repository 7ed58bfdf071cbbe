#include "src/ui/schedule/visit-row.h"
#include "src/ui/schedule/visit-actions.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

struct _CrVisitRow {
  GtkListBoxRow parent;
  GtkWidget *below;
  GtkBox *flags, *flags_below, *sheet_box;
  GtkImage *stage_image;
  GtkLabel *time_label, *stage_label, *minutes_label, *name_label, *age_label, *sex_label, *type_label,
      *room_label, *clinician_label, *below_label;
  GtkButton *next_button;
  CrWindow *window; /* borrowed: the row stands in it */
  CrRow *item;      /* CrVisit */
  GtkWidget *sheet; /* child of sheet_box */
};

G_DEFINE_FINAL_TYPE (CrVisitRow, cr_visit_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_next (CrVisitRow *self, const CrVisit *visit)
{
  CrSession *session = cr_window_get_session (self->window);
  const char *label = NULL;
  const char *action = cr_visit_next_action (visit->appointment->stage, &label);
  gboolean shown = action != NULL && cr_session_can (session, CR_RIGHT_SCHEDULE_EDIT);
  gtk_widget_set_opacity (GTK_WIDGET (self->next_button), shown ? 1 : 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), shown);
  if (!shown)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->next_button), "x", visit->appointment->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next_button), action);
  gtk_button_set_label (self->next_button, label);
}

static void
show_patient (CrVisitRow *self, const CrVisit *visit)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  g_autofree char *name = cr_window_name_of (self->window, visit->patient);
  g_autofree char *age = cr_date_is_set (visit->patient->birth_date)
                             ? cr_age_format (visit->patient->birth_date, cr_clock_today (clock))
                             : NULL;
  g_autofree char *room =
      visit->room_name != NULL ? g_strdup_printf (_ (" · Room %s"), visit->room_name) : NULL;
  g_autofree char *below =
      g_strdup_printf ("%s · %s · %s%s", age != NULL ? age : "–", cr_sex_word (visit->patient->sex),
                       visit->clinician, room != NULL ? room : "");
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->age_label, age != NULL ? age : "–");
  gtk_label_set_label (self->sex_label, cr_sex_letter (visit->patient->sex));
  cr_visit_fill_flags (self->window, visit, self->flags);
  cr_visit_fill_flags (self->window, visit, self->flags_below);
  gtk_label_set_label (self->below_label, below);
}

static void
name_row (CrVisitRow *self, const CrVisit *visit)
{
  g_autofree char *spoken = cr_visit_spoken (self->window, visit);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
cr_visit_row_dispose (GObject *object)
{
  CrVisitRow *self = CR_VISIT_ROW (object);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cr_visit_row_parent_class)->dispose (object);
}

static void
cr_visit_row_class_init (CrVisitRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_visit_row_dispose;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/visit-row.ui");
  gtk_widget_class_bind_template_child (widget, CrVisitRow, flags);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, below);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, below_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, flags_below);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, sheet_box);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, stage_image);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, time_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, stage_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, minutes_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, name_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, age_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, sex_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, type_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, room_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, clinician_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRow, next_button);
}

static void
cr_visit_row_init (CrVisitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cr_visit_row_new (CrWindow *window)
{
  CrVisitRow *self = g_object_new (CR_TYPE_VISIT_ROW, NULL);
  self->window = window;
  return GTK_WIDGET (self);
}

void
cr_visit_row_set_item (CrVisitRow *self, CrRow *item)
{
  const CrVisit *visit = cr_row_peek (item);
  const CrAppointment *a = visit->appointment;
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_set_object (&self->item, item);
  gtk_label_set_label (self->time_label, time);
  gtk_image_set_from_icon_name (self->stage_image, cr_stage_icon (a->stage));
  gtk_label_set_label (self->stage_label, cr_stage_word (a->stage));
  gtk_label_set_label (self->type_label, visit->type_code);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->type_label), visit->type_name);
  gtk_label_set_label (self->room_label, visit->room_name != NULL ? visit->room_name : "–");
  gtk_label_set_label (self->clinician_label, visit->clinician);
  if (cr_stage_holds_slot (a->stage))
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_label), "struck");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->name_label), "struck");
  show_patient (self, visit);
  show_next (self, visit);
  name_row (self, visit);
  cr_visit_row_tick (self);
}

const CrVisit *
cr_visit_row_get_visit (CrVisitRow *self)
{
  return cr_row_peek (self->item);
}

void
cr_visit_row_tick (CrVisitRow *self)
{
  const CrVisit *visit = cr_visit_row_get_visit (self);
  gboolean late = FALSE;
  CrSession *session = cr_window_get_session (self->window);
  int minutes = cr_visit_minutes_in_stage (visit, cr_session_get_clock (session),
                                           cr_session_get_practice (session), &late);
  g_autofree char *text = minutes < 0 ? g_strdup ("") : g_strdup_printf (late ? "▲ %d" : "%d", minutes);
  gtk_label_set_label (self->minutes_label, text);
  if (late) {
    gtk_widget_add_css_class (GTK_WIDGET (self->minutes_label), "warning");
    gtk_widget_add_css_class (GTK_WIDGET (self->minutes_label), "strong");
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self->minutes_label), "warning");
    gtk_widget_remove_css_class (GTK_WIDGET (self->minutes_label), "strong");
  }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->minutes_label),
                               late ? _ ("Longer in this stage than usual") : NULL);
}

void
cr_visit_row_set_sheet (CrVisitRow *self, GtkWidget *sheet)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean inside = focus != NULL && self->sheet != NULL && gtk_widget_is_ancestor (focus, self->sheet);
  if (self->sheet != NULL)
    gtk_box_remove (self->sheet_box, self->sheet);
  self->sheet = sheet;
  if (sheet != NULL)
    gtk_box_append (self->sheet_box, sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_box), sheet != NULL);
  if (sheet != NULL)
    gtk_widget_grab_focus (sheet);
  else if (inside)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

gboolean
cr_visit_row_has_sheet (CrVisitRow *self)
{
  return self->sheet != NULL;
}

void
cr_visit_row_set_narrow (CrVisitRow *self, gboolean narrow)
{
  gtk_widget_set_visible (self->below, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->sex_label), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->clinician_label), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->flags), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->age_label), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->room_label), !narrow);
}
