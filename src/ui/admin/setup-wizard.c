#include "src/ui/admin/setup-wizard.h"
#include "src/ui/admin/form.h"
#include "src/ui/admin/hours-step.h"
#include "src/ui/admin/person-form.h"
#include "src/ui/admin/sheet-step.h"
#include "src/ui/admin/zone-choice.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/patient-rules.h"
#include "chartroom/domain/practice-setup.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <errno.h>

typedef enum {
  STEP_PRACTICE,
  STEP_PROTECT,
  STEP_RECOVERY,
  STEP_PEOPLE,
  STEP_HOURS,
  STEP_SUMMARY,
  N_STEPS
} Step;

struct _CrSetupWizard {
  GtkWindow parent;
  GtkBox *step_list;
  GtkStack *steps;
  GtkLabel *title, *message;
  GtkButton *cancel_button, *back_button, *next_button;
  GtkSpinner *spinner;
  CrWindow *window; /* transient for it */
  Step step;
  GtkWidget *marks[N_STEPS];
  GtkWidget *name, *address, *city, *state, *zip, *phone, *fax, *zone, *place;
  GtkWidget *practice_form, *admin_form, *person_form, *add_button, *people_label, *people_list, *hours,
      *summary;
  CrSheetStep *sheet;
  char *folder;
  gboolean known; /* the hours of those who were added */
};

static const char *const TITLES[N_STEPS] = { N_ ("The practice"),         N_ ("The first administrator"),
                                             N_ ("The recovery sheet"),   N_ ("People and roles"),
                                             N_ ("Hours, rooms, visits"), N_ ("Ready") };

G_DEFINE_FINAL_TYPE (CrSetupWizard, cr_setup_wizard, GTK_TYPE_WINDOW)

static CrSession *
session_of (CrSetupWizard *self)
{
  return cr_window_get_session (self->window);
}

static void
say (CrSetupWizard *self, const char *text)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "text-2");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "field-problem");
  gtk_label_set_label (self->message, text != NULL ? text : "");
}

/* What goes on; nothing is wrong. */
static void
tell (CrSetupWizard *self, const char *text)
{
  say (self, text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "field-problem");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "text-2");
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

static void
edited_cb (CrSetupWizard *self)
{
  say (self, NULL);
}

static void
set_busy (CrSetupWizard *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
mark_steps (CrSetupWizard *self)
{
  for (int i = 0; i < N_STEPS; i++) {
    g_autofree char *text = g_strdup_printf ("%s  %d  %s",
                                             i < (int)self->step    ? "✓"
                                             : i == (int)self->step ? "●"
                                                                    : "○",
                                             i + 1, _ (TITLES[i]));
    gtk_label_set_label (GTK_LABEL (self->marks[i]), text);
    if (i == (int)self->step)
      gtk_widget_add_css_class (self->marks[i], "strong");
    else
      gtk_widget_remove_css_class (self->marks[i], "strong");
  }
}

/* Who may sign in. */
static guint
count_people (CrSetupWizard *self)
{
  GListModel *people = cr_session_get_people (session_of (self));
  guint n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    n += ((const CrPerson *)cr_row_peek (row))->active ? 1 : 0;
  }
  return n;
}

static void
write_summary (CrSetupWizard *self)
{
  const CrPractice *practice = cr_session_get_practice (session_of (self));
  g_autofree char *text = g_strdup_printf (
      _ ("%s is ready.\n\nFolder: %s\nPeople: %u\n\nStarter clinical content (drugs, limits, checks) must be "
         "reviewed by your medical director before it is relied on.\n\nBackups: Main menu → Backups…, add a "
         "place on another disk. From then on one is taken every day while somebody is signed in.\n\nTo "
         "change hours, rooms, visit types and people later: Main menu → Practice and People…"),
      practice->name, self->folder, count_people (self));
  gtk_label_set_label (GTK_LABEL (self->summary), text);
}

static void
update_next (CrSetupWizard *self)
{
  gboolean ready = self->step != STEP_RECOVERY || cr_sheet_step_is_confirmed (self->sheet);
  gboolean made =
      self->step > STEP_RECOVERY || (self->step == STEP_RECOVERY && cr_sheet_step_is_delivered (self->sheet));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), ready);
  gtk_button_set_label (self->cancel_button, made ? _ ("_Finish Later") : _ ("C_ancel Set-up"));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), self->step != STEP_SUMMARY);
  gtk_button_set_label (self->next_button,
                        self->step == STEP_SUMMARY ? _ ("_Open the Practice") : _ ("_Continue"));
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), self->step == STEP_PROTECT);
}

/* Enter in a field does what the page is for; the focus is in its first one. */
static void
start_step (CrSetupWizard *self)
{
  GtkWidget *next = GTK_WIDGET (self->next_button);
  GtkWidget *first[N_STEPS] = { self->name,        self->admin_form, GTK_WIDGET (self->sheet),
                                self->person_form, self->hours,      next };
  gtk_window_set_default_widget (GTK_WINDOW (self), self->step == STEP_PEOPLE ? self->add_button : next);
  gtk_widget_grab_focus (first[self->step]);
}

static void
go_to (CrSetupWizard *self, Step step)
{
  static const char *const NAMES[N_STEPS] = {
    "practice", "protect", "recovery", "people", "hours", "summary"
  };
  g_autofree char *title = g_strdup_printf (_ ("Set Up – Step %d of %d"), step + 1, N_STEPS);
  self->step = step;
  say (self, NULL);
  set_busy (self, FALSE);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->title, _ (TITLES[step]));
  gtk_stack_set_visible_child_name (self->steps, NAMES[step]);
  mark_steps (self);
  update_next (self);
  if (step == STEP_SUMMARY)
    write_summary (self);
  start_step (self);
}

/* ---- step 1 and 2: the practice comes to life ---- */

static char *
folder_of (CrSetupWizard *self)
{
  g_autofree char *name = cr_text_fold (cr_form_text (self->name));
  g_autofree char *file = NULL;
  g_strdelimit (name, " /\\:", '-');
  file = g_strconcat (name, ".practice", NULL);
  return g_build_filename (cr_form_text (self->place), file, NULL);
}

static gboolean
check_field (GtkWidget *field, char *problem)
{
  g_autofree char *owned = problem;
  cr_form_set_problem (field, owned);
  return owned == NULL;
}

/* Where the folder shall lie; what cannot work is said before anything else is asked.  An empty folder of
 * that name is as good as none. */
static char *
place_problem (CrSetupWizard *self)
{
  const char *place = cr_form_text (self->place);
  g_autofree char *folder = folder_of (self);
  if (!g_path_is_absolute (place) || !g_file_test (place, G_FILE_TEST_IS_DIR))
    return g_strdup (_ ("There is no such folder on this machine."));
  if (g_file_test (folder, G_FILE_TEST_EXISTS) && g_rmdir (folder) != 0)
    return g_strdup_printf (_ ("%s is there already. Choose another folder, or another name."), folder);
  if (g_mkdir (folder, 0700) != 0)
    return g_strdup_printf (_ ("Nothing can be written there (%s). Choose a folder on this machine's disk."),
                            g_strerror (errno));
  (void)g_rmdir (folder); /* an attempt only */
  return NULL;
}

static gboolean
check_practice (CrSetupWizard *self)
{
  gboolean named = cr_form_text (self->name)[0] != '\0';
  gboolean good = check_field (
      self->name, named ? NULL : g_strdup (_ ("The practice needs a name; it is on every paper.")));
  good &= check_field (self->state, cr_state_problem (cr_form_text (self->state)));
  good &= check_field (self->zip, cr_zip_problem (cr_form_text (self->zip)));
  good &= check_field (self->phone, cr_phone_problem (cr_form_text (self->phone)));
  good &= check_field (self->fax, cr_phone_problem (cr_form_text (self->fax)));
  good &= check_field (self->place, place_problem (self));
  cr_form_focus_problem (self->practice_form);
  return good;
}

static CrPractice *
take_practice (CrSetupWizard *self)
{
  CrPractice *p = cr_default_practice ();
  p->name = cr_text_trim (cr_form_text (self->name));
  p->address = cr_text_trim (cr_form_text (self->address));
  p->city = cr_text_trim (cr_form_text (self->city));
  p->state = cr_text_trim (cr_form_text (self->state));
  p->zip = cr_text_trim (cr_form_text (self->zip));
  p->phone = cr_text_digits (cr_form_text (self->phone));
  p->fax = cr_text_digits (cr_form_text (self->fax));
  p->zone = g_strdup (cr_zone_choice_get (self->zone));
  return p;
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupWizard) self = data;
  g_autoptr (GError) error = NULL;
  set_busy (self, FALSE);
  if (!cr_session_finish (result, &error)) {
    say (self, error->message);
    return;
  }
  cr_sheet_step_begin (self->sheet, self->window, cr_session_take_recovery_code (session_of (self)));
  if (gtk_widget_get_visible (GTK_WIDGET (self))) /* else closed meanwhile: dispose takes it back */
    go_to (self, STEP_RECOVERY);
}

static void
create (CrSetupWizard *self)
{
  CrPersonForm *form = CR_PERSON_FORM (self->admin_form);
  g_autoptr (CrPerson) admin = cr_person_form_take (form);
  g_autoptr (CrPractice) practice = take_practice (self);
  CrSessionSetup setup = { NULL, practice, admin, cr_person_form_password (form), FALSE };
  if (admin == NULL)
    return;
  g_free (self->folder);
  self->folder = folder_of (self);
  setup.folder = self->folder;
  set_busy (self, TRUE);
  tell (self, _ ("Making the keys and the store …"));
  cr_session_create_async (session_of (self), &setup, created_cb, g_object_ref (self));
}

/* ---- step 3 and 4 ---- */

static void
person_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupWizard) self = data;
  g_autoptr (GError) error = NULL;
  set_busy (self, FALSE);
  if (!cr_session_finish (result, &error)) {
    say (self, error->message);
    return;
  }
  say (self, NULL);
  cr_person_form_clear (CR_PERSON_FORM (self->person_form));
}

static void
person_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupWizard) self = data;
  g_autoptr (GError) error = NULL;
  set_busy (self, FALSE);
  if (cr_session_finish (result, &error))
    tell (self,
          _ ("Taken off the list. The sign-in name stays used: choose another one for the same person."));
  else
    say (self, error->message);
  gtk_widget_grab_focus (self->person_form);
}

static void
remove_person_cb (GtkWidget *button, CrSetupWizard *self)
{
  CrRow *item = g_object_get_data (G_OBJECT (button), "cr-row");
  set_busy (self, TRUE);
  cr_admin_remove_person_async (session_of (self), cr_row_get_id (item), person_removed_cb,
                                g_object_ref (self));
}

static GtkWidget *
make_person_line (CrSetupWizard *self, CrRow *item)
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
  g_signal_connect (button, "clicked", G_CALLBACK (remove_person_cb), self);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  return line;
}

static void
count_added (CrSetupWizard *self)
{
  guint all = count_people (self), added = all > 0 ? all - 1 : 0; /* the administrator was there */
  g_autofree char *text = g_strdup_printf (ngettext ("%u person added.", "%u people added.", added), added);
  gtk_label_set_label (GTK_LABEL (self->people_label),
                       added > 0 ? text
                                 : _ ("At least one prescriber is needed before notes can be signed."));
}

/* Who may sign in so far. */
static void
show_people_cb (CrSetupWizard *self)
{
  GListModel *people = cr_session_get_people (session_of (self));
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->people_list)) != NULL)
    gtk_box_remove (GTK_BOX (self->people_list), child);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    if (((const CrPerson *)cr_row_peek (row))->active)
      gtk_box_append (GTK_BOX (self->people_list), make_person_line (self, row));
  }
  count_added (self);
}

static void
add_person_cb (CrSetupWizard *self)
{
  CrPersonForm *form = CR_PERSON_FORM (self->person_form);
  g_autoptr (CrPerson) person = cr_person_form_take (form);
  if (person == NULL)
    return;
  set_busy (self, TRUE);
  cr_admin_add_person_async (session_of (self), person, cr_person_form_password (form), person_added_cb,
                             g_object_ref (self));
}

static void
hours_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupWizard) self = data;
  g_autoptr (GError) error = NULL;
  set_busy (self, FALSE);
  if (!cr_session_finish (result, &error))
    say (self, error->message);
  else
    go_to (self, STEP_SUMMARY);
}

static GArray *
schedulable_people (CrSetupWizard *self)
{
  GListModel *people = cr_session_get_people (session_of (self));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    if (person->schedulable && person->active)
      g_array_append_val (ids, person->id);
  }
  return ids;
}

static void
save_hours (CrSetupWizard *self)
{
  g_autoptr (GArray) people = schedulable_people (self);
  g_autoptr (GPtrArray) classes = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  if (cr_hours_step_take (CR_HOURS_STEP (self->hours), people, classes, records)) {
    set_busy (self, TRUE);
    cr_admin_save_async (session_of (self), (const CrRecordClass *const *)classes->pdata,
                         (gconstpointer *)records->pdata, records->len, hours_saved_cb, g_object_ref (self));
  }
  for (guint i = 0; i < records->len; i++)
    cr_record_free (classes->pdata[i], records->pdata[i]);
}

/* The week that is proposed knows what those who were added have already. */
static void
hours_known_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrAdminSetUp) set_up = cr_admin_load_set_up_finish (result, &error);
  if (set_up == NULL) {
    say (self, error->message);
    return;
  }
  self->known = TRUE;
  cr_hours_step_set_known (CR_HOURS_STEP (self->hours), set_up->hours,
                           cr_clock_today (cr_session_get_clock (session_of (self))));
}

static void
leave_people (CrSetupWizard *self)
{
  if (!cr_person_form_is_empty (CR_PERSON_FORM (self->person_form))) {
    say (self, _ ("The person in the form is not added yet. Add this person, or empty the form."));
    return;
  }
  go_to (self, STEP_HOURS);
  cr_admin_load_set_up_async (session_of (self), hours_known_cb, g_object_ref (self));
}

static void
next_cb (CrSetupWizard *self)
{
  if (self->step == STEP_PRACTICE && check_practice (self))
    go_to (self, STEP_PROTECT);
  else if (self->step == STEP_PROTECT)
    create (self);
  else if (self->step == STEP_RECOVERY && cr_sheet_step_check_group (self->sheet)) {
    cr_session_secret_free (cr_sheet_step_take_code (self->sheet));
    go_to (self, STEP_PEOPLE);
  } else if (self->step == STEP_PEOPLE)
    leave_people (self);
  else if (self->step == STEP_HOURS && self->known)
    save_hours (self);
  else if (self->step == STEP_SUMMARY)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
back_cb (CrSetupWizard *self)
{
  go_to (self, STEP_PRACTICE);
}

/* ---- building ---- */

/* Into the place of the time zone, which is known when the window is. */
static void
build_place (CrSetupWizard *self)
{
  GtkWidget *form = self->practice_form;
  const char *zone = cr_clock_zone (cr_session_get_clock (session_of (self)));
  self->zone = cr_zone_choice_new (zone);
  cr_form_add_widget (form, _ ("_Time zone"), self->zone);
  self->place = cr_form_add_folder (form, _ ("_Keep it in"), _ ("Choose Where the Practice Lies"),
                                    _ ("_Keep It There"));
  gtk_editable_set_text (GTK_EDITABLE (self->place), g_get_home_dir ());
  cr_form_add_text (
      form, _ ("One encrypted folder on this machine's own disk; not on a shared or synchronised drive."),
      "caption");
}

static void
build_practice (CrSetupWizard *self)
{
  GtkWidget *form = self->practice_form = cr_form_new ();
  self->name = cr_form_add_entry (form, _ ("_Name"), _ ("Maple Street Family Medicine"));
  self->address = cr_form_add_entry (form, _ ("_Address"), NULL);
  self->city = cr_form_add_entry (form, _ ("_City"), NULL);
  self->state = cr_form_add_entry (form, _ ("_State"), NULL);
  self->zip = cr_form_add_entry (form, _ ("_ZIP"), NULL);
  self->phone = cr_form_add_entry (form, _ ("_Phone"), "503 555 0100");
  self->fax = cr_form_add_entry (form, _ ("_Fax"), NULL);
  gtk_stack_add_named (self->steps, form, "practice");
}

static void
build_protect (CrSetupWizard *self)
{
  self->admin_form = cr_person_form_new (TRUE);
  g_signal_connect_swapped (self->admin_form, "edited", G_CALLBACK (edited_cb), self);
  gtk_stack_add_named (self->steps, self->admin_form, "protect");
}

static void
build_recovery (CrSetupWizard *self)
{
  self->sheet = cr_sheet_step_new (
      _ ("The recovery sheet opens the practice when every password is forgotten. It exists on paper only."),
      _ ("▲ Without a password or this sheet the records cannot be opened by anyone, including us."));
  g_signal_connect_swapped (self->sheet, "changed", G_CALLBACK (update_next), self);
  g_signal_connect_swapped (self->sheet, "said", G_CALLBACK (tell), self);
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->sheet), "recovery");
}

static void
build_people (CrSetupWizard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = self->add_button = gtk_button_new_with_mnemonic (_ ("_Add This Person"));
  self->person_form = cr_person_form_new (FALSE);
  self->people_label = make_text (_ ("At least one prescriber is needed before notes can be signed."));
  gtk_widget_add_css_class (self->people_label, "text-2");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->person_form);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), self->people_label);
  self->people_list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), self->people_list);
  g_signal_connect_swapped (self->person_form, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (add_person_cb), self);
  gtk_stack_add_named (self->steps, box, "people");
}

static void
build_rest (CrSetupWizard *self)
{
  self->hours = cr_hours_step_new ();
  gtk_stack_add_named (self->steps, self->hours, "hours");
  self->summary = make_text (NULL);
  gtk_label_set_yalign (GTK_LABEL (self->summary), 0);
  gtk_label_set_selectable (GTK_LABEL (self->summary), TRUE);
  gtk_stack_add_named (self->steps, self->summary, "summary");
}

/* Without its sheet on paper the practice is not kept: nobody could ever open it again without a password.
 * Cancelled, closed or locked, nothing is left of it. */
static gboolean
take_back_cb (gpointer data)
{
  CrWindow *window = data;
  cr_session_unmake (cr_window_get_session (window));
  cr_window_choose_practice (window, NULL);
  cr_window_toast (window, _ ("The recovery sheet was not printed, so nothing was kept of the new practice."),
                   NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* Left before the sheet was proven.  Once it is printed somebody may be on the way to the printer while the
 * screen locks: the practice, which that paper opens, stays. */
static void
leave_sheet (CrSetupWizard *self, gboolean delivered)
{
  gboolean ending = gtk_widget_in_destruction (GTK_WIDGET (self->window));
  if (delivered && !ending)
    cr_key_change_leave_unproven (cr_window_get_key_change (self->window));
  else if (!delivered && ending)
    cr_session_unmake (session_of (self));
  else if (!delivered) /* a lock has to come to its end first */
    g_idle_add_full (G_PRIORITY_DEFAULT, take_back_cb, g_object_ref (self->window), g_object_unref);
}

static void
cr_setup_wizard_dispose (GObject *object)
{
  CrSetupWizard *self = CR_SETUP_WIZARD (object);
  CrSheetStep *sheet = g_steal_pointer (&self->sheet); /* the stack's */
  if (sheet != NULL && cr_sheet_step_has_code (sheet))
    leave_sheet (self, cr_sheet_step_is_delivered (sheet));
  G_OBJECT_CLASS (cr_setup_wizard_parent_class)->dispose (object);
}

static void
cr_setup_wizard_finalize (GObject *object)
{
  CrSetupWizard *self = CR_SETUP_WIZARD (object);
  g_free (self->folder);
  G_OBJECT_CLASS (cr_setup_wizard_parent_class)->finalize (object);
}

static void
cr_setup_wizard_class_init (CrSetupWizardClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_setup_wizard_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_setup_wizard_finalize;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/setup-wizard.ui");
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, step_list);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, steps);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, title);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, message);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, back_button);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, next_button);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, spinner);
}

static void
cr_setup_wizard_init (CrSetupWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_STEPS; i++) {
    self->marks[i] = make_text (NULL);
    gtk_box_append (self->step_list, self->marks[i]);
  }
  build_practice (self);
  build_protect (self);
  build_recovery (self);
  build_people (self);
  build_rest (self);
  g_signal_connect_swapped (self->next_button, "clicked", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->back_button, "clicked", G_CALLBACK (back_cb), self);
}

void
cr_setup_wizard_present (CrWindow *window)
{
  CrSetupWizard *self = g_object_new (CR_TYPE_SETUP_WIZARD, "transient-for", window, NULL);
  self->window = window;
  build_place (self);
  g_signal_connect_object (cr_session_get_people (session_of (self)), "items-changed",
                           G_CALLBACK (show_people_cb), self, G_CONNECT_SWAPPED);
  go_to (self, STEP_PRACTICE);
  gtk_window_present (GTK_WINDOW (self));
}
