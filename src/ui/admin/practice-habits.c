#include "src/ui/admin/practice-habits.h"
#include "src/ui/admin/form.h"
#include <glib/gi18n.h>

enum { USUAL_ARRIVED = 20, USUAL_ROOMED = 15 }; /* minutes, as the board has them */

struct _CrPracticeHabits {
  GtkWidget *units, *dates, *clock, *idle, *forget, *arrived, *roomed;
};

static const char *const UNITS[] = { "us", "metric" }, *const DATES[] = { "us", "cui" },
                         *const HOURS[] = { "12", "24" };

/* The first one where nothing is stored. */
static void
show_choice (GtkWidget *choice, const char *code, const char *const *codes)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), g_strcmp0 (code, codes[1]) == 0);
}

static void
take_choice (char **field, GtkWidget *choice, const char *const *codes)
{
  g_free (*field);
  *field = g_strdup (codes[gtk_drop_down_get_selected (GTK_DROP_DOWN (choice))]);
}

static GtkWidget *
add_minutes (GtkWidget *form, const char *label, int least, int most, int step)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, step);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_widget_set_halign (spin, GTK_ALIGN_START);
  cr_form_add_widget (form, label, spin);
  return spin;
}

static void
show_minutes (GtkWidget *spin, gint64 minutes, int usual)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), minutes != CR_INT_NONE ? (double)minutes : usual);
}

static int
minutes_of (GtkWidget *spin)
{
  return gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin));
}

CrPracticeHabits *
cr_practice_habits_add (GtkWidget *form)
{
  const char *const units[] = { _ ("Pounds, inches, °F"), _ ("Kilograms, centimeters, °C"), NULL };
  const char *const dates[] = { "Mar 14, 1961", "14-Mar-1961", NULL };
  const char *const clocks[] = { _ ("2:30 PM"), _ ("14:30"), NULL };
  CrPracticeHabits *self = g_new0 (CrPracticeHabits, 1);
  g_object_set_data_full (G_OBJECT (form), "cr-habits", self, g_free);
  self->units = cr_form_add_choice (form, _ ("_Units of measure"), units);
  self->dates = cr_form_add_choice (form, _ ("D_ates are shown as"), dates);
  self->clock = cr_form_add_choice (form, _ ("Ti_mes are shown as"), clocks);
  self->idle = add_minutes (form, _ ("_Lock after minutes without a key"), 1, 15, 1);
  self->forget = add_minutes (form, _ ("Close after minutes loc_ked (0: never)"), 0, 720, 5);
  gtk_widget_set_tooltip_text (self->forget, _ ("Then a password opens it again, no PIN; 0: it stays open"));
  self->arrived = add_minutes (form, _ ("_Waiting is long after minutes"), 5, 120, 5);
  self->roomed = add_minutes (form, _ ("In the _room is long after minutes"), 5, 120, 5);
  return self;
}

void
cr_practice_habits_show (CrPracticeHabits *self, const CrPractice *practice)
{
  show_choice (self->units, practice->units, UNITS);
  show_choice (self->dates, practice->date_style, DATES);
  show_choice (self->clock, practice->hour_style, HOURS);
  show_minutes (self->idle, practice->idle_minutes, 5);
  show_minutes (self->forget, practice->forget_minutes, 0);
  show_minutes (self->arrived, practice->arrived_limit, USUAL_ARRIVED);
  show_minutes (self->roomed, practice->roomed_limit, USUAL_ROOMED);
}

void
cr_practice_habits_take (CrPracticeHabits *self, CrPractice *practice)
{
  take_choice (&practice->units, self->units, UNITS);
  take_choice (&practice->date_style, self->dates, DATES);
  take_choice (&practice->hour_style, self->clock, HOURS);
  practice->idle_minutes = minutes_of (self->idle);
  practice->forget_minutes = minutes_of (self->forget) > 0 ? minutes_of (self->forget) : CR_INT_NONE;
  practice->arrived_limit = minutes_of (self->arrived);
  practice->roomed_limit = minutes_of (self->roomed);
}

void
cr_practice_habits_write (CrPracticeHabits *self, CrKeptForm *kept)
{
  cr_form_write (self->units, kept, "units");
  cr_form_write (self->dates, kept, "dates");
  cr_form_write (self->clock, kept, "clock");
  cr_form_write (self->idle, kept, "idle");
  cr_form_write (self->forget, kept, "forget");
  cr_form_write (self->arrived, kept, "arrived");
  cr_form_write (self->roomed, kept, "roomed");
}

void
cr_practice_habits_put_back (CrPracticeHabits *self, const CrKeptForm *kept)
{
  cr_form_put_back (self->units, kept, "units");
  cr_form_put_back (self->dates, kept, "dates");
  cr_form_put_back (self->clock, kept, "clock");
  cr_form_put_back (self->idle, kept, "idle");
  cr_form_put_back (self->forget, kept, "forget");
  cr_form_put_back (self->arrived, kept, "arrived");
  cr_form_put_back (self->roomed, kept, "roomed");
}

void
cr_practice_habits_watch (CrPracticeHabits *self, CrUnsavedBar *unsaved)
{
  cr_unsaved_bar_watch (unsaved, self->units, self->dates, self->clock, self->idle, self->forget,
                        self->arrived, self->roomed, NULL);
}

void
cr_practice_habits_grab_focus (CrPracticeHabits *self)
{
  gtk_widget_grab_focus (self->units);
}
