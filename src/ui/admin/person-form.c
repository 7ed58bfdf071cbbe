#include "src/ui/admin/person-form.h"
#include "src/ui/shell/focus.h"
#include "src/ui/admin/form.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/patient-rules.h"
#include <glib/gi18n.h>

struct _CrPersonForm {
  GtkWidget parent;
  GtkWidget *form;
  GtkWidget *family, *given, *credentials, *login, *role, *npi, *direct_line, *password, *again, *strength,
      *caption, *overlap;
  GtkStringList *roles;
  gboolean administrator;
  CrPerson *person; /* whom it changes; NULL: somebody new */
};

enum { USUAL_OVERLAP = 2, MOST_OVERLAP = 9 }; /* visits at once */
enum { EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

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
  cr_form_set_problem (self->again, NULL); /* that they differ */
}

static void
edited_cb (CrPersonForm *self)
{
  g_signal_emit (self, signals[EDITED], 0);
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
check_passwords (CrPersonForm *self)
{
  const char *password = cr_form_text (self->password);
  gboolean good = check (self->password, cr_session_password_weakness (password));
  good &= check (self->again, g_strcmp0 (password, cr_form_text (self->again)) != 0
                                  ? _ ("The two passwords differ; type the second one again.")
                                  : NULL);
  return good;
}

static gboolean
check_all (CrPersonForm *self)
{
  g_autofree char *phone = cr_phone_problem (cr_form_text (self->direct_line));
  gboolean good =
      check (self->family, cr_form_text (self->family)[0] == '\0' ? _ ("A family name is needed.") : NULL);
  good &= check (self->npi, cr_npi_problem (cr_form_text (self->npi)));
  good &= check (self->direct_line, phone);
  if (self->person == NULL) {
    good &= check (self->login, login_problem (cr_form_text (self->login)));
    good &= check_passwords (self);
  }
  cr_form_focus_problem (self->form);
  return good;
}

static guint
index_of_roles (gint64 roles)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (ROLES[i].roles == roles)
      return i;
  return G_N_ELEMENTS (ROLES);
}

/* Roles that are none of the usual sets stay to be chosen, for the person who has them. */
static void
show_roles (CrPersonForm *self, gint64 roles)
{
  guint at = index_of_roles (roles), n = g_list_model_get_n_items (G_LIST_MODEL (self->roles));
  g_autofree char *own = cr_roles_describe (roles);
  const char *more[] = { at == G_N_ELEMENTS (ROLES) ? own : NULL, NULL };
  gtk_string_list_splice (self->roles, G_N_ELEMENTS (ROLES), n - G_N_ELEMENTS (ROLES), more);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->role), at);
}

static gint64
chosen_roles (CrPersonForm *self)
{
  guint at = self->role != NULL ? gtk_drop_down_get_selected (GTK_DROP_DOWN (self->role)) : 0;
  if (self->role == NULL)
    return CR_ROLE_ADMIN;
  return at < G_N_ELEMENTS (ROLES) ? ROLES[at].roles : self->person->roles;
}

/* Only who has a column in the book.  The row stays: what lies below it does not move under a second click.
 */
static void
role_cb (CrPersonForm *self)
{
  gtk_widget_set_sensitive (self->overlap, (chosen_roles (self) & CR_ROLE_DOCTOR) != 0);
}

static void
show_overlap (CrPersonForm *self, const CrPerson *person)
{
  gint64 limit = person != NULL && person->overlap_limit > 0 ? person->overlap_limit : USUAL_OVERLAP;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->overlap), (double)limit);
}

/* The usual stays absent where it was. */
static void
take_overlap (CrPersonForm *self, CrPerson *person)
{
  int limit = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->overlap));
  if (limit != USUAL_OVERLAP || person->overlap_limit > 0)
    person->overlap_limit = limit;
}

static void
set_text (GtkWidget *field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field), text != NULL ? text : "");
  cr_form_set_problem (field, NULL);
}

/* The sign-in name is the name of the key: it stays.  Passwords are given in a window of their own. */
static void
show_mode (CrPersonForm *self)
{
  gboolean fresh = self->person == NULL;
  gtk_widget_set_sensitive (self->login, fresh);
  cr_form_set_visible (self->password, fresh);
  cr_form_set_visible (self->strength, fresh);
  cr_form_set_visible (self->again, fresh);
  gtk_widget_set_visible (self->caption, fresh);
}

static void
cr_person_form_finalize (GObject *object)
{
  cr_person_free (CR_PERSON_FORM (object)->person);
  G_OBJECT_CLASS (cr_person_form_parent_class)->finalize (object);
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
  G_OBJECT_CLASS (klass)->finalize = cr_person_form_finalize;
  signals[EDITED] =
      g_signal_new ("edited", CR_TYPE_PERSON_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  self->caption = cr_form_add_text (
      self->form, _ ("At least 4 unrelated words, or 14 characters. Each person signs in with their own."),
      "caption");
  g_signal_connect_swapped (self->password, "changed", G_CALLBACK (strength_cb), self);
}

static void
add_overlap (CrPersonForm *self)
{
  self->overlap = gtk_spin_button_new_with_range (1, MOST_OVERLAP, 1);
  gtk_widget_set_halign (self->overlap, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->overlap, _ ("Nobody can book more visits than that into the same time"));
  cr_form_add_widget (self->form, _ ("_Most visits at the same time"), self->overlap);
  show_overlap (self, NULL);
  if (self->role != NULL) {
    g_signal_connect_swapped (self->role, "notify::selected", G_CALLBACK (role_cb), self);
    g_signal_connect_swapped (self->role, "notify::selected", G_CALLBACK (edited_cb), self);
  }
  g_signal_connect_swapped (self->overlap, "changed", G_CALLBACK (edited_cb), self);
  role_cb (self);
}

static void
add_direct_line (CrPersonForm *self)
{
  GtkWidget *fields[] = { self->family, self->given, self->credentials, self->login,
                          self->npi,    NULL,        self->password,    self->again };
  self->direct_line = fields[5] = cr_form_add_entry (self->form, _ ("Direct _line"), _ ("for colleagues"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_signal_connect_swapped (fields[i], "changed", G_CALLBACK (edited_cb), self);
}

GtkWidget *
cr_person_form_new (gboolean administrator)
{
  CrPersonForm *self = g_object_new (CR_TYPE_PERSON_FORM, NULL);
  const char *names[G_N_ELEMENTS (ROLES) + 1] = { NULL };
  self->administrator = administrator;
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    names[i] = _ (ROLES[i].name);
  if (!administrator) {
    self->role = cr_form_add_choice (self->form, _ ("_Role"), names);
    self->roles = GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (self->role)));
  }
  add_direct_line (self);
  add_overlap (self);
  return GTK_WIDGET (self);
}

void
cr_person_form_show (CrPersonForm *self, const CrPerson *person)
{
  g_autoptr (CrPerson) shown = person != NULL ? cr_person_copy (person) : cr_person_new ();
  g_autofree char *line =
      cr_str_empty (shown->direct_line) ? g_strdup ("") : cr_phone_format (shown->direct_line);
  g_clear_pointer (&self->person, cr_person_free);
  set_text (self->family, shown->family);
  set_text (self->given, shown->given);
  set_text (self->credentials, shown->credentials);
  set_text (self->login, shown->login);
  set_text (self->npi, shown->npi);
  set_text (self->direct_line, line);
  set_text (self->password, NULL);
  set_text (self->again, NULL);
  if (self->role != NULL)
    show_roles (self, person != NULL ? person->roles : ROLES[0].roles);
  show_overlap (self, person);
  if (person != NULL)
    self->person = g_steal_pointer (&shown);
  role_cb (self);
  show_mode (self);
}

/* Empty: absent. */
static void
take_text (char **field, GtkWidget *entry)
{
  g_autofree char *text = cr_text_trim (cr_form_text (entry));
  g_free (*field);
  *field = text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

static char *
phone_or_null (const char *typed)
{
  return typed[0] != '\0' ? cr_text_digits (typed) : NULL;
}

/* Who becomes a doctor gets a column in the book, who no longer is one loses it. */
static void
take_roles (CrPersonForm *self, CrPerson *person)
{
  gint64 roles = chosen_roles (self);
  gboolean doctor = (roles & CR_ROLE_DOCTOR) != 0;
  if (self->person == NULL || doctor != ((person->roles & CR_ROLE_DOCTOR) != 0))
    person->schedulable = doctor;
  person->roles = roles;
}

CrPerson *
cr_person_form_take (CrPersonForm *self)
{
  CrPerson *person;
  if (!check_all (self))
    return NULL;
  person = self->person != NULL ? cr_person_copy (self->person) : cr_person_new ();
  take_text (&person->family, self->family);
  take_text (&person->given, self->given);
  take_text (&person->credentials, self->credentials);
  take_text (&person->npi, self->npi);
  g_free (person->direct_line);
  person->direct_line = phone_or_null (cr_form_text (self->direct_line));
  take_roles (self, person);
  take_overlap (self, person);
  if (self->person != NULL)
    return person;
  person->login = g_strdup (cr_form_text (self->login));
  person->active = TRUE;
  return person;
}

static void
write_roles (CrPersonForm *self, CrKeptForm *kept)
{
  g_autofree char *roles = g_strdup_printf ("%" G_GINT64_FORMAT, chosen_roles (self));
  cr_kept_form_set_text (kept, "roles", roles);
}

void
cr_person_form_write (CrPersonForm *self, CrKeptForm *kept)
{
  gboolean secret = cr_form_text (self->password)[0] != '\0' || cr_form_text (self->again)[0] != '\0';
  cr_form_write (self->family, kept, "family");
  cr_form_write (self->given, kept, "given");
  cr_form_write (self->credentials, kept, "credentials");
  cr_form_write (self->login, kept, "login");
  cr_form_write (self->npi, kept, "npi");
  cr_form_write (self->direct_line, kept, "direct-line");
  cr_form_write (self->overlap, kept, "overlap");
  cr_kept_form_set_text (kept, "password", secret ? "typed" : "");
  write_roles (self, kept);
}

static void
put_back_roles (CrPersonForm *self, const CrKeptForm *kept)
{
  const char *text = cr_kept_form_get_text (kept, "roles");
  guint at = text != NULL ? index_of_roles (g_ascii_strtoll (text, NULL, 10)) : G_N_ELEMENTS (ROLES);
  if (self->role != NULL && at < G_N_ELEMENTS (ROLES))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->role), at);
}

void
cr_person_form_put_back (CrPersonForm *self, const CrKeptForm *kept)
{
  cr_form_put_back (self->family, kept, "family");
  cr_form_put_back (self->given, kept, "given");
  cr_form_put_back (self->credentials, kept, "credentials");
  cr_form_put_back (self->npi, kept, "npi");
  cr_form_put_back (self->direct_line, kept, "direct-line");
  put_back_roles (self, kept);
  cr_form_put_back (self->overlap, kept, "overlap");
  if (self->person != NULL)
    return;
  cr_form_put_back (self->login, kept, "login");
  if (g_strcmp0 (cr_kept_form_get_text (kept, "password"), "typed") == 0)
    cr_form_set_question (self->password, _ ("A password is not kept. Type it again."));
}

const char *
cr_person_form_password (CrPersonForm *self)
{
  return cr_form_text (self->password);
}

gboolean
cr_person_form_is_empty (CrPersonForm *self)
{
  GtkWidget *fields[] = { self->family, self->given,       self->credentials, self->login,
                          self->npi,    self->direct_line, self->password };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (cr_form_text (fields[i])[0] != '\0')
      return FALSE;
  return TRUE;
}

void
cr_person_form_clear (CrPersonForm *self)
{
  cr_person_form_show (self, NULL);
  gtk_widget_grab_focus (self->family);
}
