#include "src/ui/admin/admin-window.h"
#include "src/ui/admin/closures-pane.h"
#include "src/ui/admin/form.h"
#include "src/ui/admin/hours-pane.h"
#include "src/ui/admin/keys-pane.h"
#include "src/ui/admin/people-pane.h"
#include "src/ui/admin/visit-rules-pane.h"
#include "src/ui/admin/zone-choice.h"
#include "chartroom/base/text.h"
#include "chartroom/session/administration.h"
#include <glib/gi18n.h>

enum { USUAL_ARRIVED = 20, USUAL_ROOMED = 15 }; /* minutes, as the board has them */

struct _CrAdminWindow {
  GtkWindow parent;
  GtkStack *stack;
  CrPeoplePane *people_pane;
  CrClosuresPane *closures_pane;
  CrKeysPane *keys_pane;
  CrVisitRulesPane *visit_rules_pane;
  GtkBox *hours_box, *practice_box;
  GtkButton *save_button;
  GtkLabel *message;
  GtkWidget *hours_pane;
  GtkWidget *zone, *name, *address, *city, *state, *zip, *phone, *fax, *idle, *forget;
  GtkWidget *arrived, *roomed, *dates, *clock;
  CrWindow *window; /* transient for it */
};

G_DEFINE_FINAL_TYPE (CrAdminWindow, cr_admin_window, GTK_TYPE_WINDOW)

static void
say (CrAdminWindow *self, const char *sentence)
{
  gtk_label_set_label (self->message, sentence);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrAdminWindow) self = data;
  g_autoptr (GError) error = NULL;
  say (self, cr_session_finish (result, &error) ? _ ("Saved.") : error->message);
}

static void
set_text (char **field, GtkWidget *entry)
{
  g_free (*field);
  *field = cr_text_trim (cr_form_text (entry));
}

/* ---- habits of the book and the board ---- */

static const char *const DATE_STYLES[] = { "us", "cui" }, *const HOUR_STYLES[] = { "12", "24" };

static void
take_choice (char **field, GtkWidget *choice, const char *const *codes)
{
  g_free (*field);
  *field = g_strdup (codes[gtk_drop_down_get_selected (GTK_DROP_DOWN (choice))]);
}

static void
take_book_habits (CrAdminWindow *self, CrPractice *practice)
{
  practice->arrived_limit = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->arrived));
  practice->roomed_limit = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->roomed));
  take_choice (&practice->date_style, self->dates, DATE_STYLES);
  take_choice (&practice->hour_style, self->clock, HOUR_STYLES);
}

static GtkWidget *
add_limit (GtkWidget *form, const char *label, gint64 minutes, int usual)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (5, 120, 5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), minutes != CR_INT_NONE ? (double)minutes : usual);
  cr_form_add_widget (form, label, spin);
  return spin;
}

static void
add_book_habits (CrAdminWindow *self, GtkWidget *form, const CrPractice *p)
{
  const char *const dates[] = { "Mar 14, 1961", "14-Mar-1961", NULL };
  const char *const clocks[] = { _ ("2:30 PM"), _ ("14:30"), NULL };
  self->arrived = add_limit (form, _ ("_Waiting is long after minutes"), p->arrived_limit, USUAL_ARRIVED);
  self->roomed = add_limit (form, _ ("In the _room is long after minutes"), p->roomed_limit, USUAL_ROOMED);
  self->dates = cr_form_add_choice (form, _ ("D_ates are shown as"), dates);
  self->clock = cr_form_add_choice (form, _ ("Ti_mes are shown as"), clocks);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->dates), g_strcmp0 (p->date_style, DATE_STYLES[1]) == 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->clock), g_strcmp0 (p->hour_style, HOUR_STYLES[1]) == 0);
}

static void
save_cb (CrAdminWindow *self)
{
  CrSession *session = cr_window_get_session (self->window);
  g_autoptr (CrPractice) practice = cr_practice_copy (cr_session_get_practice (session));
  const CrRecordClass *classes[] = { &CR_PRACTICE };
  gconstpointer records[] = { practice };
  set_text (&practice->name, self->name);
  set_text (&practice->address, self->address);
  set_text (&practice->city, self->city);
  set_text (&practice->state, self->state);
  set_text (&practice->zip, self->zip);
  g_free (practice->phone);
  practice->phone = cr_text_digits (cr_form_text (self->phone));
  g_free (practice->fax);
  practice->fax = cr_text_digits (cr_form_text (self->fax));
  g_free (practice->zone);
  practice->zone = g_strdup (cr_zone_choice_get (self->zone));
  practice->idle_minutes = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->idle));
  practice->forget_minutes = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->forget));
  if (practice->forget_minutes == 0)
    practice->forget_minutes = CR_INT_NONE;
  take_book_habits (self, practice);
  cr_form_set_problem (self->name, cr_str_empty (practice->name)
                                       ? _ ("The practice needs a name; it is on every paper.")
                                       : NULL);
  if (!cr_str_empty (practice->name))
    cr_admin_save_async (session, classes, records, 1, finished_cb, g_object_ref (self));
}

static void
fill_practice (CrAdminWindow *self, const CrPractice *p)
{
  GtkWidget *form = cr_form_new ();
  g_autofree char *phone = cr_str_empty (p->phone) ? g_strdup ("") : cr_phone_format (p->phone);
  g_autofree char *fax = cr_str_empty (p->fax) ? g_strdup ("") : cr_phone_format (p->fax);
  GtkWidget **fields[] = { &self->name, &self->address, &self->city, &self->state,
                           &self->zip,  &self->phone,   &self->fax };
  const char *labels[] = { _ ("_Name"), _ ("A_ddress"), _ ("_City"), _ ("S_tate"),
                           _ ("_ZIP"),  _ ("_Phone"),   _ ("_Fax") };
  const char *values[] = { p->name, p->address, p->city, p->state, p->zip, phone, fax };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    *fields[i] = cr_form_add_entry (form, labels[i], NULL);
    gtk_editable_set_text (GTK_EDITABLE (*fields[i]), values[i] != NULL ? values[i] : "");
  }
  self->zone = cr_zone_choice_new (p->zone);
  cr_form_add_widget (form, _ ("T_ime zone"), self->zone);
  self->idle = gtk_spin_button_new_with_range (1, 15, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->idle), p->idle_minutes);
  cr_form_add_widget (form, _ ("_Lock after minutes without a key"), self->idle);
  self->forget = gtk_spin_button_new_with_range (0, 720, 5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->forget),
                             p->forget_minutes == CR_INT_NONE ? 0 : p->forget_minutes);
  gtk_widget_set_tooltip_text (self->forget, _ ("Then a password opens it again, no PIN; 0: it stays open"));
  cr_form_add_widget (form, _ ("_Close after minutes locked (0: never)"), self->forget);
  add_book_habits (self, form, p);
  gtk_box_append (self->practice_box, form);
}

static void
page_cb (CrAdminWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  say (self, "");
  if (g_strcmp0 (page, "hours") == 0)
    cr_hours_pane_refresh (CR_HOURS_PANE (self->hours_pane));
  else if (g_strcmp0 (page, "closures") == 0)
    cr_closures_pane_refresh (self->closures_pane);
  else if (g_strcmp0 (page, "keys") == 0)
    cr_keys_pane_refresh (self->keys_pane);
}

static void
change_keys_cb (CrAdminWindow *self, const char *reason)
{
  gtk_stack_set_visible_child_name (self->stack, "keys");
  cr_keys_pane_begin (self->keys_pane, reason);
}

static void
cr_admin_window_class_init (CrAdminWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/admin-window.ui");
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, stack);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, people_pane);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, closures_pane);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, keys_pane);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, visit_rules_pane);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, hours_box);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, practice_box);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, save_button);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, message);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_admin_window_init (CrAdminWindow *self)
{
  g_type_ensure (CR_TYPE_PEOPLE_PANE);
  g_type_ensure (CR_TYPE_CLOSURES_PANE);
  g_type_ensure (CR_TYPE_KEYS_PANE);
  g_type_ensure (CR_TYPE_VISIT_RULES_PANE);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->people_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->people_pane, "change-keys", G_CALLBACK (change_keys_cb), self);
  g_signal_connect_swapped (self->closures_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->keys_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->visit_rules_pane, "said", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (page_cb), self);
}

void
cr_admin_window_present (CrWindow *window)
{
  CrAdminWindow *self = g_object_new (CR_TYPE_ADMIN_WINDOW, "transient-for", window, NULL);
  CrSession *session = cr_window_get_session (window);
  self->window = window;
  cr_people_pane_set_session (self->people_pane, session);
  cr_closures_pane_set_session (self->closures_pane, session);
  cr_keys_pane_set_window (self->keys_pane, window);
  cr_visit_rules_pane_set_session (self->visit_rules_pane, session);
  self->hours_pane = cr_hours_pane_new (session);
  gtk_widget_set_hexpand (self->hours_pane, TRUE);
  gtk_box_append (self->hours_box, self->hours_pane);
  g_signal_connect_swapped (self->hours_pane, "said", G_CALLBACK (say), self);
  fill_practice (self, cr_session_get_practice (session));
  gtk_window_present (GTK_WINDOW (self));
}
