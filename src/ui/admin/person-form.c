#include "src/ui/admin/person-form.h"
#include "src/ui/shell/focus.h"
#include "src/ui/admin/form.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrPersonForm {
  GtkWidget parent;
  GtkWidget *form;
  GtkWidget *family, *given, *credentials, *login, *role, *npi, *password, *again, *strength;
  gboolean administrator;
};

static const struct {
  const char *name;
  gint64 roles;
} ROLES[] = { { N_ ("Doctor / prescriber"), CR_ROLE_DOCTOR },
              { N_ ("Doctor and administrator"), CR_ROLE_DOCTOR | CR_ROLE_ADMIN },
              { N_ ("Clinical staff (nurse, assistant)"), CR_ROLE_CLINICAL },
              { N_ ("Front desk"), CR_ROLE_FRONT_DESK },
              { N_ ("Front desk and referrals"), CR_ROLE_FRONT_DESK | CR_ROLE_REFERRAL },
              { N_ ("Referral staff"), CR_ROLE_REFERRAL },
              { N_ ("Administrator"), CR_ROLE_ADMIN } };

G_DEFINE_FINAL_TYPE (CrPersonForm, cr_person_form, GTK_TYPE_WIDGET)

static void
strength_cb (CrPersonForm *self)
{
  guint strength = cr_session_password_strength (cr_form_text (self->password));
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->strength), strength / 100.0);
}

static const char *
login_problem (const char *login)
{
  if (login[0] == '\0')
    return _ ("A sign-in name is needed: lower-case letters, no blanks.");
  for (const char *p = login; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '.' && *p != '-')
      return _ ("Only lower-case letters, digits, dot and hyphen.");
  return NULL;
}

static gboolean
check (GtkWidget *field, const char *problem)
{
  cr_form_set_problem (field, problem);
  return problem == NULL;
}

static gboolean
check_all (CrPersonForm *self)
{
  const char *password = cr_form_text (self->password);
  gboolean good =
      check (self->family, cr_form_text (self->family)[0] == '\0' ? _ ("A family name is needed.") : NULL);
  good &= check (self->login, login_problem (cr_form_text (self->login)));
  good &= check (self->npi, cr_npi_problem (cr_form_text (self->npi)));
  good &= check (self->password, cr_session_password_weakness (password));
  good &= check (self->again, g_strcmp0 (password, cr_form_text (self->again)) != 0
                                  ? _ ("The two passwords differ; type the second one again.")
                                  : NULL);
  cr_form_focus_problem (self->form);
  return good;
}

static void
cr_person_form_dispose (GObject *object)
{
  g_clear_pointer (&CR_PERSON_FORM (object)->form, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_person_form_parent_class)->dispose (object);
}

static gboolean
cr_person_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CR_PERSON_FORM (widget)->family);
}

static void
cr_person_form_class_init (CrPersonFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_person_form_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cr_person_form_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = cr_focus_parts;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_person_form_init (CrPersonForm *self)
{
  self->form = cr_form_new ();
  gtk_widget_set_parent (self->form, GTK_WIDGET (self));
  self->family = cr_form_add_entry (self->form, _ ("_Family name"), NULL);
  self->given = cr_form_add_entry (self->form, _ ("_Given name"), NULL);
  self->credentials = cr_form_add_entry (self->form, _ ("Cre_dentials"), _ ("MD, NP, RN …"));
  self->login = cr_form_add_entry (self->form, _ ("_Sign-in name"), _ ("lower case, no blanks"));
  self->npi = cr_form_add_entry (self->form, _ ("_NPI"), _ ("prescribers: 10 digits"));
  self->password = cr_form_add_password (self->form, _ ("_Password"));
  self->strength = gtk_level_bar_new ();
  cr_form_add_widget (self->form, _ ("Strength"), self->strength);
  self->again = cr_form_add_password (self->form, _ ("Password _again"));
  cr_form_add_text (self->form,
                    _ ("At least 4 unrelated words, or 14 characters. Each person signs in with their own."),
                    "caption");
  g_signal_connect_swapped (self->password, "changed", G_CALLBACK (strength_cb), self);
}

GtkWidget *
cr_person_form_new (gboolean administrator)
{
  CrPersonForm *self = g_object_new (CR_TYPE_PERSON_FORM, NULL);
  const char *names[G_N_ELEMENTS (ROLES) + 1] = { NULL };
  self->administrator = administrator;
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    names[i] = _ (ROLES[i].name);
  if (!administrator)
    self->role = cr_form_add_choice (self->form, _ ("_Role"), names);
  return GTK_WIDGET (self);
}

CrPerson *
cr_person_form_take (CrPersonForm *self)
{
  CrPerson *person;
  if (!check_all (self))
    return NULL;
  person = cr_person_new ();
  person->family = cr_text_trim (cr_form_text (self->family));
  person->given = cr_text_trim (cr_form_text (self->given));
  person->credentials = cr_text_trim (cr_form_text (self->credentials));
  person->login = g_strdup (cr_form_text (self->login));
  person->npi = cr_form_text (self->npi)[0] != '\0' ? g_strdup (cr_form_text (self->npi)) : NULL;
  person->roles = self->administrator ? CR_ROLE_ADMIN
                                      : ROLES[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->role))].roles;
  person->schedulable = (person->roles & CR_ROLE_DOCTOR) != 0;
  person->active = TRUE;
  return person;
}

const char *
cr_person_form_password (CrPersonForm *self)
{
  return cr_form_text (self->password);
}

gboolean
cr_person_form_is_empty (CrPersonForm *self)
{
  GtkWidget *fields[] = { self->family, self->given, self->login, self->npi, self->password };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (cr_form_text (fields[i])[0] != '\0')
      return FALSE;
  return TRUE;
}

void
cr_person_form_clear (CrPersonForm *self)
{
  GtkWidget *fields[] = { self->family, self->given,    self->credentials, self->login,
                          self->npi,    self->password, self->again };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_text (GTK_EDITABLE (fields[i]), "");
  gtk_widget_grab_focus (self->family);
}
