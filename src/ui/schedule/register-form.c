#include "src/ui/schedule/register-form.h"
#include "src/ui/schedule/form-choice.h"
#include "src/ui/schedule/form-field.h"
#include "src/ui/schedule/form-group.h"
#include "src/ui/schedule/form-tick.h"
#include "src/ui/schedule/form-walk.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/person.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrRegisterForm {
  GtkBox parent;
  GtkWidget *more_form, *sexes;
  GtkToggleButton *more_button;
  GtkLabel *sex_message;
  GtkDropDown *phone_use;
  CrFormField *birth_field, *phone_field, *family_field, *given_field;
  CrPatientDraft *draft;
};

enum { LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrRegisterForm, cr_register_form, GTK_TYPE_BOX)

static const char *const PHONE_USES[] = { "mobile", "home", "work", NULL };

static void
left_cb (CrRegisterForm *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static gboolean
is_empty (GBinding *binding, const GValue *text, GValue *empty, gpointer data)
{
  g_value_set_boolean (empty, cr_str_empty (g_value_get_string (text)));
  return TRUE;
}

/* Among the stops of Tab only while there is no name. */
static void
add_no_given (CrRegisterForm *self)
{
  GtkWidget *tick = cr_form_tick_new (_ ("No given name"));
  cr_form_tick_bind (tick, CR_FIELDS (self->draft), "no-given");
  g_object_bind_property_full (self->draft, "given", tick, "sensitive", G_BINDING_SYNC_CREATE, is_empty, NULL,
                               NULL, NULL);
  cr_form_field_add_beside (self->given_field, tick);
}

/* Beside the number itself: GTK goes by the middles of what stands in a row, and a message under the number
 * would put the kind before it. */
static void
move_phone_use (CrRegisterForm *self)
{
  GtkWidget *use = GTK_WIDGET (self->phone_use);
  g_object_ref (use);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (use)), use);
  cr_form_field_add_beside (self->phone_field, use);
  g_object_unref (use);
}

static void
echo_birth (CrRegisterForm *self)
{
  g_autofree char *echo = NULL;
  g_object_get (self->draft, "birth-echo", &echo, NULL);
  cr_form_field_set_echo (self->birth_field, echo);
}

static void
say_sex (CrRegisterForm *self, const char *problem)
{
  gtk_label_set_label (self->sex_message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sex_message), problem != NULL);
}

static void
sex_chosen_cb (CrRegisterForm *self)
{
  say_sex (self, NULL);
}

/* Those with a column; whoever is named already stays a choice, with a word that there is none any more. */
static void
add_usual (CrRegisterForm *self, GListModel *people)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new (), words = g_strv_builder_new ();
  g_autofree char *present = NULL;
  g_object_get (self->draft, "usual-person", &present, NULL);
  g_strv_builder_add (codes, "");
  g_strv_builder_add (words, _ ("Not said"));
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, person->id);
    g_autofree char *name = cr_person_formal (person);
    g_autofree char *gone = g_strdup_printf (_ ("%s (no column any more)"), name);
    gboolean has_column = person->active && person->schedulable;
    if (!has_column && !g_str_equal (id, present))
      continue;
    g_strv_builder_add (codes, id);
    g_strv_builder_add (words, has_column ? name : gone);
  }
  g_auto (GStrv) all_codes = g_strv_builder_end (codes), all_words = g_strv_builder_end (words);
  gtk_box_append (GTK_BOX (self->more_form),
                  cr_form_choice_new (CR_FIELDS (self->draft), "usual-person", _ ("Usual clinician"),
                                      (const char *const *)all_codes, (const char *const *)all_words));
}

static gboolean
cr_register_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_REGISTER_FORM (widget)->family_field));
}

static void
cr_register_form_dispose (GObject *object)
{
  CrRegisterForm *self = CR_REGISTER_FORM (object);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cr_register_form_parent_class)->dispose (object);
}

static void
cr_register_form_class_init (CrRegisterFormClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_register_form_dispose;
  widget->grab_focus = cr_register_form_grab_focus;
  g_type_ensure (CR_TYPE_FORM_FIELD);
  signals[LEFT] =
      g_signal_new ("left", CR_TYPE_REGISTER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/register-form.ui");
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, more_form);
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, sexes);
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, more_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, sex_message);
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, phone_use);
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, birth_field);
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, phone_field);
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, family_field);
  gtk_widget_class_bind_template_child (widget, CrRegisterForm, given_field);
}

static void
cr_register_form_init (CrRegisterForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  move_phone_use (self);
  g_object_bind_property (self->more_button, "active", self->more_form, "visible", G_BINDING_SYNC_CREATE);
  CrFormField *fields[] = { self->family_field, self->given_field, self->birth_field, self->phone_field };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_signal_connect_swapped (fields[i], "left", G_CALLBACK (left_cb), self);
}

void
cr_register_form_bind (CrRegisterForm *self, CrPatientDraft *draft, GListModel *people)
{
  self->draft = g_object_ref (draft);
  cr_form_bind_all (GTK_WIDGET (self), CR_FIELDS (draft));
  add_no_given (self);
  add_usual (self, people);
  cr_form_group_bind (self->sexes, CR_FIELDS (draft), "sex");
  cr_form_drop_bind (self->phone_use, CR_FIELDS (draft), "phone-use", PHONE_USES);
  g_signal_connect_swapped (draft, "notify::birth-echo", G_CALLBACK (echo_birth), self);
  g_signal_connect_swapped (draft, "notify::sex", G_CALLBACK (sex_chosen_cb), self);
  echo_birth (self);
}

void
cr_register_form_add_death (CrRegisterForm *self)
{
  GtkWidget *field = g_object_new (CR_TYPE_FORM_FIELD, "label", _ ("Date of death"), "field", "death-date",
                                   "placeholder", _ ("Empty: living"), NULL);
  gtk_box_append (GTK_BOX (self->more_form), field);
  cr_form_field_bind (CR_FORM_FIELD (field), CR_FIELDS (self->draft));
}

void
cr_register_form_show_more (CrRegisterForm *self, gboolean more)
{
  gtk_toggle_button_set_active (self->more_button, more);
}

GtkWidget *
cr_register_form_judge (CrRegisterForm *self, GtkWidget *line)
{
  const char *sex = cr_patient_draft_problem (self->draft, "sex");
  gboolean before = line == GTK_WIDGET (self->family_field) || line == GTK_WIDGET (self->given_field) ||
                    line == GTK_WIDGET (self->birth_field);
  say_sex (self, sex);
  return sex != NULL && !before ? self->sexes : line;
}
