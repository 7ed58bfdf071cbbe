#include "src/ui/schedule/times-sheet.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrTimesSheet {
  GtkWidget parent;
  GtkWidget *root, *early_box, *early_entry, *reason_entry;
  GtkWidget *arrived_box, *roomed_box, *doctor_box, *ready_box, *out_box;
  GtkWidget *arrived_entry, *roomed_entry, *doctor_entry, *ready_entry, *out_entry;
  GtkLabel *message;
  GtkButton *save_button, *close_button;
  CrWindow *window; /* borrowed: the sheet stands in it */
  CrDaySchedule *schedule;
  CrId visit;
  gboolean begun;
  CrStamps stamps; /* as they were read */
};

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrTimesSheet, cr_times_sheet, GTK_TYPE_WIDGET)

static CrClock *
clock_of (CrTimesSheet *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

static GtkWidget *
entry_of (CrTimesSheet *self, guint stamp)
{
  GtkWidget *entries[CR_N_STAMPS] = { self->arrived_entry, self->roomed_entry, self->doctor_entry,
                                      self->ready_entry, self->out_entry };
  return entries[stamp];
}

static void
say (CrTimesSheet *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}

/* ---- what is there ---- */

static void
show_stamps (CrTimesSheet *self)
{
  GtkWidget *boxes[CR_N_STAMPS] = { self->arrived_box, self->roomed_box, self->doctor_box, self->ready_box,
                                    self->out_box };
  for (guint i = 0; i < CR_N_STAMPS; i++) {
    CrInstant at = self->stamps.at[i];
    g_autofree char *text = NULL;
    gtk_widget_set_visible (boxes[i], at != CR_INSTANT_NONE);
    if (at == CR_INSTANT_NONE)
      continue;
    text = cr_minute_format (cr_clock_minute_of (clock_of (self), at));
    gtk_editable_set_text (GTK_EDITABLE (entry_of (self, i)), text);
  }
  gtk_widget_grab_focus (entry_of (self, CR_STAMP_ARRIVED));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrTimesSheet) self = data;
  g_autoptr (GError) error = NULL;
  gboolean read = cr_visit_stamps_finish (CR_SESSION (source), result, &self->stamps, &error);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (read)
    show_stamps (self);
  else
    say (self, error->message);
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrTimesSheet) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  gboolean shown = gtk_widget_get_root (GTK_WIDGET (self)) != NULL;
  if (!saved && shown)
    say (self, error->message);
  else if (!saved)
    return; /* the sheet was left; nothing was changed */
  else
    cr_window_toast (self->window, _ ("The times are saved."), _ ("Undo"), "win.undo");
  if (saved && shown)
    g_signal_emit (self, signals[CLOSED], 0);
}

/* The seconds of a stamp that stays as it was are kept. */
static gboolean
read_stamp (CrTimesSheet *self, guint i, CrStamps *wanted)
{
  CrClock *clock = clock_of (self);
  g_autoptr (GError) error = NULL;
  int minute = CR_MINUTE_NONE, before = cr_clock_minute_of (clock, self->stamps.at[i]);
  CrDate day = cr_clock_date_of (clock, self->stamps.at[i]);
  if (!cr_minute_parse (gtk_editable_get_text (GTK_EDITABLE (entry_of (self, i))), cr_clock_minute (clock),
                        &minute, &error) ||
      minute == CR_MINUTE_NONE) {
    say (self, error != NULL ? error->message : _ ("Type the time, as 9:05."));
    gtk_widget_grab_focus (entry_of (self, i));
    return FALSE;
  }
  wanted->at[i] = minute == before ? self->stamps.at[i] : cr_clock_instant_of (clock, day, minute);
  return TRUE;
}

static void
save_stamps (CrTimesSheet *self)
{
  CrStamps wanted = self->stamps;
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason_entry));
  for (guint i = 0; i < CR_N_STAMPS; i++)
    if (self->stamps.at[i] != CR_INSTANT_NONE && !read_stamp (self, i, &wanted))
      return;
  if (cr_text_is_blank (reason)) {
    say (self, _ ("Say why the times are changed."));
    gtk_widget_grab_focus (self->reason_entry);
    return;
  }
  cr_day_schedule_set_stamps_async (self->schedule, self->visit, &wanted, reason, saved_cb,
                                    g_object_ref (self));
}

static void
save_early (CrTimesSheet *self)
{
  gint64 minutes = CR_INT_NONE;
  const char *problem = cr_early_parse (gtk_editable_get_text (GTK_EDITABLE (self->early_entry)), &minutes);
  if (problem != NULL) {
    say (self, problem);
    gtk_widget_grab_focus (self->early_entry);
    return;
  }
  cr_day_schedule_set_early_async (self->schedule, self->visit, (int)MAX (minutes, 0), saved_cb,
                                   g_object_ref (self));
}

static void
save_cb (CrTimesSheet *self)
{
  say (self, NULL);
  if (self->begun)
    save_stamps (self);
  else
    save_early (self);
}

static void
close_cb (CrTimesSheet *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTimesSheet *self)
{
  if (key == GDK_KEY_Escape)
    close_cb (self);
  return key == GDK_KEY_Escape;
}

static gboolean
cr_times_sheet_grab_focus (GtkWidget *widget)
{
  CrTimesSheet *self = CR_TIMES_SHEET (widget);
  return gtk_widget_grab_focus (self->begun ? GTK_WIDGET (self->close_button) : self->early_entry);
}

static void
cr_times_sheet_dispose (GObject *object)
{
  g_clear_object (&CR_TIMES_SHEET (object)->schedule);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_TIMES_SHEET);
  G_OBJECT_CLASS (cr_times_sheet_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, root);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, early_box);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, early_entry);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, reason_entry);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, arrived_box);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, roomed_box);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, doctor_box);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, ready_box);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, out_box);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, arrived_entry);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, roomed_entry);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, doctor_entry);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, ready_entry);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, out_entry);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, message);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, save_button);
  gtk_widget_class_bind_template_child (widget, CrTimesSheet, close_button);
}

static void
cr_times_sheet_class_init (CrTimesSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_times_sheet_dispose;
  widget->grab_focus = cr_times_sheet_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CLOSED] =
      g_signal_new ("closed", CR_TYPE_TIMES_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/times-sheet.ui");
  bind_children (widget);
}

static void
cr_times_sheet_init (CrTimesSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < CR_N_STAMPS; i++)
    g_signal_connect_swapped (entry_of (self, i), "activate", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->early_entry, "activate", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->reason_entry, "activate", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
cr_times_sheet_new (CrWindow *window, CrDaySchedule *schedule, const CrVisit *visit)
{
  CrTimesSheet *self = g_object_new (CR_TYPE_TIMES_SHEET, NULL);
  const CrAppointment *a = visit->appointment;
  g_autofree char *early =
      a->early_minutes > 0 ? g_strdup_printf ("%d", (int)a->early_minutes) : g_strdup ("0");
  self->window = window;
  self->schedule = g_object_ref (schedule);
  self->visit = a->id;
  self->begun = a->stage >= CR_STAGE_ARRIVED && a->stage <= CR_STAGE_CHECKED_OUT;
  gtk_widget_set_visible (self->early_box, !self->begun);
  gtk_widget_set_visible (self->reason_entry, self->begun);
  gtk_editable_set_text (GTK_EDITABLE (self->early_entry), early);
  if (self->begun)
    cr_visit_stamps_async (cr_window_get_session (window), self->visit, read_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
