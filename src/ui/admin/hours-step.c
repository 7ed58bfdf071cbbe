#include "src/ui/admin/hours-step.h"
#include "src/ui/shell/focus.h"
#include "src/ui/admin/form.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define DAYS 7

static const struct {
  const char *code, *name;
  int minutes;
} TYPES[] = { { "FU", N_ ("Follow-up"), 20 },     { "NEW", N_ ("New patient"), 40 },
              { "PHYS", N_ ("Physical"), 40 },    { "ACUT", N_ ("Acute visit"), 20 },
              { "NURS", N_ ("Nurse visit"), 20 }, { "TELE", N_ ("Phone visit"), 20 },
              { "PROC", N_ ("Procedure"), 60 } };

struct _CrHoursStep {
  GtkWidget parent;
  GtkWidget *form;
  GtkWidget *days[DAYS]; /* "9:00 AM–12:00 PM, 1:00 PM–5:00 PM", empty = closed */
  GtkWidget *rooms;
  GtkWidget *minutes[G_N_ELEMENTS (TYPES)]; /* 0 = not offered */
};

G_DEFINE_FINAL_TYPE (CrHoursStep, cr_hours_step, GTK_TYPE_WIDGET)

static gboolean
parse_span (const char *text, int *start, int *end, GError **error)
{
  g_autoptr (GRegex) dash = g_regex_new ("\\s*(?:–|-|to)\\s*", 0, 0, NULL);
  g_auto (GStrv) ends = g_regex_split (dash, text, 0);
  if (g_strv_length (ends) == 2 && cr_minute_parse (ends[0], 0, start, error) &&
      cr_minute_parse (ends[1], 0, end, error) && *start >= 0 && *start < *end)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("“%s” is no stretch of time; type as 9a-12p, 1p-5p."),
                 text);
  return FALSE;
}

static gboolean
take_day (CrHoursStep *self, int day, const GArray *people, GPtrArray *classes, GPtrArray *records)
{
  g_auto (GStrv) spans = g_strsplit (cr_form_text (self->days[day]), ",", -1);
  cr_form_set_problem (self->days[day], NULL);
  for (guint i = 0; spans[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    int start = 0, end = 0;
    if (g_strstrip (spans[i])[0] == '\0')
      continue;
    if (!parse_span (spans[i], &start, &end, &error)) {
      cr_form_set_problem (self->days[day], error->message);
      gtk_widget_grab_focus (self->days[day]);
      return FALSE;
    }
    for (guint p = 0; p < people->len; p++) {
      CrHours *hours = cr_hours_new ();
      hours->person_id = g_array_index (people, CrId, p);
      hours->weekday = day + 1;
      hours->start_min = start;
      hours->end_min = end;
      g_ptr_array_add (classes, (gpointer)&CR_HOURS);
      g_ptr_array_add (records, hours);
    }
  }
  return TRUE;
}

static void
take_rooms (CrHoursStep *self, GPtrArray *classes, GPtrArray *records)
{
  g_auto (GStrv) names = g_strsplit (cr_form_text (self->rooms), ",", -1);
  for (guint i = 0; names[i] != NULL; i++) {
    CrRoom *room;
    if (g_strstrip (names[i])[0] == '\0')
      continue;
    room = cr_room_new ();
    room->name = g_strdup (names[i]);
    room->position = i;
    room->active = TRUE;
    g_ptr_array_add (classes, (gpointer)&CR_ROOM);
    g_ptr_array_add (records, room);
  }
}

static void
take_types (CrHoursStep *self, GPtrArray *classes, GPtrArray *records)
{
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    int minutes = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minutes[i]));
    CrVisitType *type;
    if (minutes == 0)
      continue;
    type = cr_visit_type_new ();
    type->code = g_strdup (TYPES[i].code);
    type->name = g_strdup (_ (TYPES[i].name));
    type->minutes = minutes;
    type->position = i;
    type->active = TRUE;
    g_ptr_array_add (classes, (gpointer)&CR_VISIT_TYPE);
    g_ptr_array_add (records, type);
  }
}

static void
cr_hours_step_dispose (GObject *object)
{
  g_clear_pointer (&CR_HOURS_STEP (object)->form, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_hours_step_parent_class)->dispose (object);
}

static gboolean
cr_hours_step_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CR_HOURS_STEP (widget)->days[0]);
}

static void
cr_hours_step_class_init (CrHoursStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_hours_step_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cr_hours_step_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = cr_focus_parts;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_type_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
cr_hours_step_init (CrHoursStep *self)
{
  const char *names[DAYS] = { _ ("_Monday"), _ ("_Tuesday"),  _ ("_Wednesday"), _ ("T_hursday"),
                              _ ("_Friday"), _ ("_Saturday"), _ ("S_unday") };
  GtkWidget *types = gtk_grid_new ();
  self->form = cr_form_new ();
  gtk_widget_set_parent (self->form, GTK_WIDGET (self));
  cr_form_add_text (self->form,
                    _ ("Hours of every clinician; each person's can differ later. Empty means closed."),
                    "text-2");
  for (int day = 0; day < DAYS; day++) {
    self->days[day] = cr_form_add_entry (self->form, names[day], _ ("closed"));
    if (day < 5)
      gtk_editable_set_text (GTK_EDITABLE (self->days[day]), "9a-12p, 1p-5p");
  }
  self->rooms = cr_form_add_entry (self->form, _ ("_Rooms"), NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->rooms), "1, 2, 3");
  gtk_grid_set_column_spacing (GTK_GRID (types), 12);
  gtk_grid_set_row_spacing (GTK_GRID (types), 6);
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    g_autofree char *label = g_strdup_printf ("%s (%s)", _ (TYPES[i].name), TYPES[i].code);
    self->minutes[i] = gtk_spin_button_new_with_range (0, 240, 5);
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->minutes[i]), TYPES[i].minutes);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->minutes[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
    gtk_grid_attach (GTK_GRID (types), make_type_label (label), (int)(i % 2) * 2, (int)i / 2, 1, 1);
    gtk_grid_attach (GTK_GRID (types), self->minutes[i], (int)(i % 2) * 2 + 1, (int)i / 2, 1, 1);
  }
  cr_form_add_widget (self->form, _ ("Visit types, minutes"), types);
}

GtkWidget *
cr_hours_step_new (void)
{
  return g_object_new (CR_TYPE_HOURS_STEP, NULL);
}

gboolean
cr_hours_step_take (CrHoursStep *self, const GArray *people, GPtrArray *classes, GPtrArray *records)
{
  for (int day = 0; day < DAYS; day++)
    if (!take_day (self, day, people, classes, records))
      return FALSE;
  take_rooms (self, classes, records);
  take_types (self, classes, records);
  return TRUE;
}
