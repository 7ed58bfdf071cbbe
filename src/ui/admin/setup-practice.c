/* Step 1: name and address, and where the practice lies. */
#include "src/ui/admin/form.h"
#include "src/ui/admin/setup-steps.h"
#include "src/ui/admin/zone-choice.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/patient-rules.h"
#include "chartroom/domain/practice-setup.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <errno.h>

struct _CrSetupPractice {
  CrSetupStep parent;
  GtkWidget *form, *name, *address, *city, *state, *zip, *phone, *fax, *npi, *tax_id, *zone, *place;
};

G_DEFINE_FINAL_TYPE (CrSetupPractice, cr_setup_practice, CR_TYPE_SETUP_STEP)

char *
cr_setup_practice_folder (CrSetupPractice *self)
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
place_problem (CrSetupPractice *self)
{
  const char *place = cr_form_text (self->place);
  g_autofree char *folder = cr_setup_practice_folder (self);
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
check_practice (CrSetupPractice *self)
{
  gboolean named = cr_form_text (self->name)[0] != '\0';
  gboolean good = check_field (
      self->name, named ? NULL : g_strdup (_ ("The practice needs a name; it is on every paper.")));
  good &= check_field (self->state, cr_state_problem (cr_form_text (self->state)));
  good &= check_field (self->zip, cr_zip_problem (cr_form_text (self->zip)));
  good &= check_field (self->phone, cr_phone_problem (cr_form_text (self->phone)));
  good &= check_field (self->fax, cr_phone_problem (cr_form_text (self->fax)));
  good &= check_field (self->npi, g_strdup (cr_npi_problem (cr_form_text (self->npi))));
  good &= check_field (self->place, place_problem (self));
  cr_form_focus_problem (self->form);
  return good;
}

CrPractice *
cr_setup_practice_take (CrSetupPractice *self)
{
  CrPractice *p = cr_default_practice ();
  p->name = cr_form_take_text (self->name);
  p->address = cr_form_take_text (self->address);
  p->city = cr_form_take_text (self->city);
  p->state = cr_state_normal (cr_form_text (self->state));
  p->zip = cr_form_take_text (self->zip);
  p->phone = cr_form_take_digits (self->phone);
  p->fax = cr_form_take_digits (self->fax);
  p->npi = cr_form_take_text (self->npi);
  p->tax_id = cr_form_take_text (self->tax_id);
  p->zone = g_strdup (cr_zone_choice_get (self->zone));
  return p;
}

static void
leave (CrSetupStep *step)
{
  if (check_practice (CR_SETUP_PRACTICE (step)))
    cr_setup_step_done (step);
}

/* The place of the time zone is known when the window is. */
static void
build_place (CrSetupPractice *self)
{
  GtkWidget *form = self->form;
  CrSession *session = cr_setup_step_get_session (CR_SETUP_STEP (self));
  self->zone = cr_zone_choice_new (cr_clock_zone (cr_session_get_clock (session)));
  cr_form_add_widget (form, _ ("_Time zone"), self->zone);
  self->place = cr_form_add_folder (form, _ ("_Keep it in"), _ ("Choose Where the Practice Lies"),
                                    _ ("_Keep It There"));
  gtk_editable_set_text (GTK_EDITABLE (self->place), g_get_home_dir ());
  cr_form_add_text (
      form, _ ("One encrypted folder on this machine's own disk; not on a shared or synchronised drive."),
      "caption");
}

static void
begin (CrSetupStep *step)
{
  CrSetupPractice *self = CR_SETUP_PRACTICE (step);
  if (self->place == NULL)
    build_place (self);
  gtk_widget_grab_focus (self->name);
}

static void
cr_setup_practice_class_init (CrSetupPracticeClass *klass)
{
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
}

static void
cr_setup_practice_init (CrSetupPractice *self)
{
  GtkWidget *form = self->form = cr_form_new ();
  self->name = cr_form_add_entry (form, _ ("_Name"), _ ("Maple Street Family Medicine"));
  self->address = cr_form_add_entry (form, _ ("A_ddress"), NULL);
  self->city = cr_form_add_entry (form, _ ("Cit_y"), NULL);
  self->state = cr_form_add_entry (form, _ ("_State"), NULL);
  self->zip = cr_form_add_entry (form, _ ("_ZIP"), NULL);
  self->phone = cr_form_add_entry (form, _ ("_Phone"), "503 555 0100");
  self->fax = cr_form_add_entry (form, _ ("_Fax"), NULL);
  self->npi = cr_form_add_entry (form, _ ("NP_I"), _ ("of the practice: 10 digits"));
  self->tax_id = cr_form_add_entry (form, _ ("Ta_x ID"), NULL);
  cr_setup_step_set_child (CR_SETUP_STEP (self), form);
}
