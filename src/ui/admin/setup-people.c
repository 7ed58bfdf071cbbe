/* Step 3: who works here. */
#include "src/ui/admin/person-form.h"
#include "src/ui/admin/setup-steps.h"
#include "src/ui/shell/question.h"
#include "chartroom/session/administration.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrSetupPeople {
  CrSetupStep parent;
  GtkWidget *form, *add_button, *label, *list;
  gboolean watching;
};

G_DEFINE_FINAL_TYPE (CrSetupPeople, cr_setup_people, CR_TYPE_SETUP_STEP)

static CrSession *
session_of (CrSetupPeople *self)
{
  return cr_setup_step_get_session (CR_SETUP_STEP (self));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupPeople) self = data;
  g_autoptr (GError) error = NULL;
  gboolean added = cr_session_finish (result, &error);
  if (cr_setup_step_is_gone (CR_SETUP_STEP (self)))
    return;
  cr_setup_step_set_busy (CR_SETUP_STEP (self), FALSE);
  if (!added) {
    cr_setup_step_say (CR_SETUP_STEP (self), error->message);
    return;
  }
  cr_setup_step_say (CR_SETUP_STEP (self), NULL);
  cr_person_form_clear (CR_PERSON_FORM (self->form));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupPeople) self = data;
  g_autoptr (GError) error = NULL;
  gboolean removed = cr_session_finish (result, &error);
  if (cr_setup_step_is_gone (CR_SETUP_STEP (self)))
    return;
  cr_setup_step_set_busy (CR_SETUP_STEP (self), FALSE);
  if (removed)
    cr_setup_step_tell (
        CR_SETUP_STEP (self),
        _ ("Taken off the list. To bring the same person back, give access back under Practice and People; "
           "the sign-in name is kept for that, so a new person needs another one."));
  else
    cr_setup_step_say (CR_SETUP_STEP (self), error->message);
  gtk_widget_grab_focus (self->form);
}

static void
remove_confirmed_cb (CrQuestion *question, CrSetupPeople *self)
{
  CrRow *item = g_object_get_data (G_OBJECT (question), "cr-row");
  cr_setup_step_set_busy (CR_SETUP_STEP (self), TRUE);
  cr_admin_remove_person_async (session_of (self), cr_row_get_id (item), removed_cb, g_object_ref (self));
}

static void
remove_cb (GtkWidget *button, CrSetupPeople *self)
{
  CrRow *item = g_object_get_data (G_OBJECT (button), "cr-row");
  const CrPerson *person = cr_row_peek (item);
  g_autofree char *name = cr_person_formal (person);
  g_autofree char *title = g_strdup_printf (_ ("Remove %s?"), name);
  g_autofree char *what = g_strdup_printf (
      _ ("“%s” can no longer sign in. The sign-in name stays theirs; access can be given back later."),
      person->login);
  CrQuestion *question = cr_question_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), title,
                                              what, _ ("_Keep"), _ ("_Remove"));
  g_object_set_data_full (G_OBJECT (question), "cr-row", g_object_ref (item), g_object_unref);
  g_signal_connect_object (question, "confirmed", G_CALLBACK (remove_confirmed_cb), self, 0);
}

static void
add_cb (CrSetupPeople *self)
{
  CrPersonForm *form = CR_PERSON_FORM (self->form);
  g_autoptr (CrPerson) person = cr_person_form_take (form);
  if (person == NULL)
    return;
  cr_setup_step_set_busy (CR_SETUP_STEP (self), TRUE);
  cr_admin_add_person_async (session_of (self), person, cr_person_form_password (form), added_cb,
                             g_object_ref (self));
}

/* ---- those who are there ---- */

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
make_line (CrSetupPeople *self, CrRow *item)
{
  const CrPerson *person = cr_row_peek (item), *own = cr_session_get_person (session_of (self));
  g_autofree char *name = cr_person_formal (person);
  g_autofree char *roles = cr_roles_describe (person->roles);
  g_autofree char *text = g_strdup_printf ("%s  ·  %s  ·  %s", name, person->login, roles);
  g_autofree char *spoken = g_strdup_printf (_ ("Remove %s"), name);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = make_text (text), *button = gtk_button_new_with_label (_ ("Remove"));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_visible (button, own == NULL || own->id != person->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "cr-row", g_object_ref (item), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  return line;
}

/* all: the administrator among them, who was there before. */
static void
count_added (CrSetupPeople *self, guint all)
{
  guint added = all > 0 ? all - 1 : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u person added.", "%u people added.", added), added);
  gtk_label_set_label (GTK_LABEL (self->label),
                       added > 0 ? text
                                 : _ ("At least one prescriber is needed before notes can be signed."));
}

/* Who may sign in so far. */
static void
show_people_cb (CrSetupPeople *self)
{
  GListModel *people = cr_session_get_people (session_of (self));
  GtkWidget *child;
  guint active = 0;
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    if (!((const CrPerson *)cr_row_peek (row))->active)
      continue;
    gtk_box_append (GTK_BOX (self->list), make_line (self, row));
    active++;
  }
  count_added (self, active);
}

/* ---- the page ---- */

static void
begin (CrSetupStep *step)
{
  CrSetupPeople *self = CR_SETUP_PEOPLE (step);
  if (!self->watching)
    g_signal_connect_object (cr_session_get_people (session_of (self)), "items-changed",
                             G_CALLBACK (show_people_cb), self, G_CONNECT_SWAPPED);
  self->watching = TRUE;
  show_people_cb (self);
  gtk_widget_grab_focus (self->form);
}

static void
leave (CrSetupStep *step)
{
  if (cr_person_form_is_empty (CR_PERSON_FORM (CR_SETUP_PEOPLE (step)->form)))
    cr_setup_step_done (step);
  else
    cr_setup_step_say (step,
                       _ ("The person in the form is not added yet. Add this person, or empty the form."));
}

static GtkWidget *
get_default (CrSetupStep *step)
{
  return CR_SETUP_PEOPLE (step)->add_button;
}

static void
edited_cb (CrSetupStep *self)
{
  cr_setup_step_say (self, NULL);
}

static void
cr_setup_people_class_init (CrSetupPeopleClass *klass)
{
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
  CR_SETUP_STEP_CLASS (klass)->get_default = get_default;
}

static void
cr_setup_people_init (CrSetupPeople *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->form = cr_person_form_new (FALSE);
  self->add_button = gtk_button_new_with_mnemonic (_ ("_Add This Person"));
  self->label = make_text (NULL);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->label, "text-2");
  gtk_widget_set_halign (self->add_button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->form);
  gtk_box_append (GTK_BOX (box), self->add_button);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->list);
  g_signal_connect_swapped (self->form, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  cr_setup_step_set_child (CR_SETUP_STEP (self), box);
}
