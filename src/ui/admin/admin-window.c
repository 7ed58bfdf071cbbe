#include "src/ui/admin/admin-window.h"
#include "src/ui/admin/form.h"
#include "src/ui/admin/person-form.h"
#include "chartroom/base/text.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrAdminWindow {
  GtkWindow parent;
  GtkListBox *people_list;
  GtkBox *person_box, *practice_box;
  GtkButton *add_button, *remove_button, *save_button;
  GtkLabel *message;
  GtkWidget *person_form;
  GtkWidget *name, *address, *city, *state, *zip, *phone, *fax, *idle, *forget;
  CrWindow *window; /* transient for it */
};

G_DEFINE_FINAL_TYPE (CrAdminWindow, cr_admin_window, GTK_TYPE_WINDOW)

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrAdminWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  gtk_label_set_label (self->message, done ? _ ("Saved.") : error->message);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), TRUE);
  if (done && g_object_get_data (G_OBJECT (self), "cr-adding") != NULL)
    cr_person_form_clear (CR_PERSON_FORM (self->person_form));
  g_object_set_data (G_OBJECT (self), "cr-adding", NULL);
}

static void
add_cb (CrAdminWindow *self)
{
  CrPersonForm *form = CR_PERSON_FORM (self->person_form);
  g_autoptr (CrPerson) person = cr_person_form_take (form);
  if (person == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), FALSE);
  g_object_set_data (G_OBJECT (self), "cr-adding", self);
  cr_admin_add_person_async (cr_window_get_session (self->window), person, cr_person_form_password (form),
                             finished_cb, g_object_ref (self));
}

static void
remove_cb (CrAdminWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->people_list);
  GListModel *people = cr_session_get_people (cr_window_get_session (self->window));
  g_autoptr (CrRow) item =
      row != NULL ? g_list_model_get_item (people, gtk_list_box_row_get_index (row)) : NULL;
  if (item != NULL)
    cr_admin_remove_person_async (cr_window_get_session (self->window), cr_row_get_id (item), finished_cb,
                                  g_object_ref (self));
}

static GtkWidget *
make_person_cb (gpointer item, gpointer data)
{
  const CrPerson *person = cr_row_peek (item);
  g_autofree char *name = cr_person_formal (person);
  g_autofree char *roles = cr_roles_describe (person->roles);
  g_autofree char *text = g_strdup_printf ("%s  ·  %s  ·  %s", name, person->login, roles);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static void
set_text (char **field, GtkWidget *entry)
{
  g_free (*field);
  *field = cr_text_trim (cr_form_text (entry));
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
  practice->idle_minutes = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->idle));
  practice->forget_minutes = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->forget));
  if (practice->forget_minutes == 0)
    practice->forget_minutes = CR_INT_NONE;
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
  self->idle = gtk_spin_button_new_with_range (1, 15, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->idle), p->idle_minutes);
  cr_form_add_widget (form, _ ("_Lock after minutes without a key"), self->idle);
  self->forget = gtk_spin_button_new_with_range (0, 720, 5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->forget),
                             p->forget_minutes == CR_INT_NONE ? 0 : p->forget_minutes);
  gtk_widget_set_tooltip_text (self->forget, _ ("Then a password opens it again, no PIN; 0: it stays open"));
  cr_form_add_widget (form, _ ("_Close after minutes locked (0: never)"), self->forget);
  gtk_box_append (self->practice_box, form);
}

static void
cr_admin_window_class_init (CrAdminWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/admin-window.ui");
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, people_list);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, person_box);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, practice_box);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, add_button);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, remove_button);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, save_button);
  gtk_widget_class_bind_template_child (widget, CrAdminWindow, message);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_admin_window_init (CrAdminWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->person_form = cr_person_form_new (FALSE);
  gtk_box_insert_child_after (self->person_box, self->person_form,
                              gtk_widget_get_first_child (GTK_WIDGET (self->person_box)));
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->remove_button, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
}

void
cr_admin_window_present (CrWindow *window)
{
  CrAdminWindow *self = g_object_new (CR_TYPE_ADMIN_WINDOW, "transient-for", window, NULL);
  CrSession *session = cr_window_get_session (window);
  self->window = window;
  gtk_list_box_bind_model (self->people_list, cr_session_get_people (session), make_person_cb, self, NULL);
  fill_practice (self, cr_session_get_practice (session));
  gtk_window_present (GTK_WINDOW (self));
}
