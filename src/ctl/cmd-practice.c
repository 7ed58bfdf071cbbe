/* new, demo, verify, users. */
#include "src/ctl/ctl.h"
#include "src/ctl/demo.h"
#include "chartroom/base/text.h"
#include "chartroom/render/recovery-sheet.h"
#include <glib/gi18n.h>
#include <string.h>

static int
as_status (gboolean done)
{
  return done ? CTL_DONE : CTL_REFUSED;
}

/* ---- new ---- */

static CrPractice *
practice_from (const CtlCall *call)
{
  CrPractice *practice = cr_practice_new ();
  practice->name = g_strdup (call->name);
  practice->zone = g_strdup (call->zone != NULL ? call->zone : cr_clock_zone (call->clock));
  practice->date_style = g_strdup ("us");
  practice->idle_minutes = 5;
  practice->late_minutes = 10;
  return practice;
}

static CrPerson *
person_from (const CtlCall *call, const char *login, gint64 roles)
{
  CrPerson *person = cr_person_new ();
  person->login = g_strdup (login);
  person->family = g_strdup (call->family != NULL ? call->family : login);
  person->given = g_strdup (call->given);
  person->credentials = g_strdup (call->credentials);
  person->roles = roles;
  person->schedulable = (roles & CR_ROLE_DOCTOR) != 0;
  person->active = TRUE;
  return person;
}

static gboolean
write_recovery_sheet (CtlCall *call, char *code, GError **error)
{
  g_autofree char *folder = g_path_get_basename (call->rest[0]);
  CrRecoverySheetContent content = { call->name, folder, code, call->user, cr_clock_today (call->clock) };
  CrPaperMeta meta = { cr_clock_now (call->clock), NULL };
  g_autoptr (CrPaper) paper = cr_recovery_sheet (&content);
  g_autoptr (GBytes) pdf = cr_paper_to_pdf (paper, &meta, error);
  if (pdf == NULL || !ctl_write_file (call->recovery_sheet, pdf, error))
    return FALSE;
  g_printerr (_("chartroomctl: %s opens the practice for anybody who reads it. Print it, keep the paper away from the "
                "office, and delete the file.\n"),
              call->recovery_sheet);
  return TRUE;
}

static gboolean
make_practice (CtlCall *call, char *password, GError **error)
{
  g_autoptr (CrPractice) practice = practice_from (call);
  g_autoptr (CrPerson) admin = person_from (call, call->user, CR_ROLE_ADMIN);
  CrSessionSetup setup = { call->rest[0], practice, admin, password, call->fast_kdf };
  char *code;
  gboolean written;
  call->session = cr_session_new (call->clock, call->knowledge, "chartroomctl");
  if (!cr_session_create (call->session, &setup, error))
    return FALSE;
  code = cr_session_take_recovery_code (call->session);
  written = write_recovery_sheet (call, code, error);
  cr_session_secret_free (code);
  return written;
}

int
ctl_new (CtlCall *call, GError **error)
{
  char *password = NULL;
  const char *weak;
  gboolean made = FALSE;
  if (call->user == NULL || call->password_file == NULL || call->name == NULL || call->recovery_sheet == NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _("new needs --name, --user (the first administrator), --password-file and --recovery-sheet."));
    return CTL_USAGE;
  }
  if (g_file_test (call->recovery_sheet, G_FILE_TEST_EXISTS)) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _("%s is there already; name a new file for the recovery sheet."),
                 call->recovery_sheet);
    return CTL_REFUSED;
  }
  if (!ctl_password (call->password_file, &password, error))
    return CTL_REFUSED;
  weak = cr_session_password_weakness (password);
  if (weak != NULL)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _("The password in %s is too weak. %s"), call->password_file, weak);
  else
    made = make_practice (call, password, error);
  cr_session_secret_free (password);
  if (made)
    g_print (_("%s is ready; sign in as %s.\n"), call->rest[0], call->user);
  return as_status (made);
}

/* ---- demo ---- */

static void
progress_cb (guint done, guint all, gpointer data)
{
  g_printerr ("\r%u / %u", done, all);
  if (done >= all)
    g_printerr ("\n");
}

int
ctl_demo (CtlCall *call, GError **error)
{
  CrDemoOptions options = { .folder = call->rest[0], .patients = (guint) MAX (call->patients, 0),
                            .seed = (guint64) call->seed, .date = cr_clock_today (call->clock), .thin = call->thin,
                            .thick = call->thick, .fast_kdf = call->fast_kdf };
  char *password = NULL;
  gboolean made;
  if (call->date != NULL && !(cr_date_from_iso (call->date, &options.date) && cr_date_is_valid (options.date))) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _("--date %s is not a day; write it as 2026-11-23."), call->date);
    return CTL_USAGE;
  }
  if (!call->thin && options.patients < 20) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _("A demo practice has at least 20 patients."));
    return CTL_USAGE;
  }
  if (!ctl_password (call->password_file, &password, error))
    return call->password_file == NULL ? CTL_USAGE : CTL_REFUSED;
  options.password = password;
  made = cr_demo_make (&options, call->knowledge, progress_cb, NULL, error);
  cr_session_secret_free (password);
  if (made)
    g_print (_("%s is ready; sign in as admin, doctor, nurse, frontdesk or referrals.\n"), call->rest[0]);
  return as_status (made);
}

/* ---- verify ---- */

int
ctl_verify (CtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  if (!cr_session_require (call->session, CR_RIGHT_AUDIT_VIEW, error) ||
      !cr_store_verify (cr_session_get_store (call->session), cr_session_get_user (call->session), findings, error))
    return CTL_REFUSED;
  for (guint i = 0; i < findings->len; i++)
    g_print ("%s\n", (const char *) findings->pdata[i]);
  if (findings->len == 0) {
    g_print (_("All is well: every page, every row's history, the audit chain and every document.\n"));
    return CTL_DONE;
  }
  g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
               ngettext ("%u finding in %s. Do not go on working with it; restore from a backup.",
                         "%u findings in %s. Do not go on working with it; restore from a backup.", findings->len),
               findings->len, call->rest[0]);
  return CTL_REFUSED;
}

/* ---- users ---- */

typedef struct {
  CtlCall *call;
  const char *login;
  char *password;
  CrPerson *person;
  GPtrArray *people;
} Users;

static gboolean
list_job (CrTx *tx, gpointer data, GError **error)
{
  Users *users = data;
  users->people = cr_person_list (tx, error);
  return users->people != NULL;
}

static gboolean
add_job (CrTx *tx, gpointer data, GError **error)
{
  Users *users = data;
  return cr_person_add (tx, users->person, users->password, users->call->fast_kdf, error);
}

static gboolean
load_person (CrTx *tx, Users *users, GError **error)
{
  users->person = cr_person_by_login (tx, users->login, error);
  if (users->person != NULL || *error != NULL)
    return users->person != NULL;
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND, _("There is nobody called “%s” here; “users DIR” lists everybody."),
               users->login);
  return FALSE;
}

static gboolean
remove_job (CrTx *tx, gpointer data, GError **error)
{
  Users *users = data;
  return load_person (tx, users, error) && cr_person_remove (tx, users->person, error);
}

static gboolean
password_job (CrTx *tx, gpointer data, GError **error)
{
  Users *users = data;
  return load_person (tx, users, error) && cr_person_set_password (tx, users->person, users->password, error);
}

static int
list_users (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "login", "name", "roles", "state", NULL };
  Users users = { .call = call };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  if (!cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, list_job, &users, error))
    return CTL_REFUSED;
  for (guint i = 0; i < users.people->len; i++) {
    const CrPerson *p = users.people->pdata[i];
    g_autofree char *name = cr_person_formal (p);
    g_autofree char *roles = cr_roles_describe (p->roles);
    ctl_table_add (table, (const char *const[]) { p->login, name, roles, p->active ? "active" : "removed" });
  }
  g_ptr_array_unref (users.people);
  ctl_table_print (table, call->json);
  return CTL_DONE;
}

static gboolean
take_new_password (CtlCall *call, char **password, GError **error)
{
  const char *weak;
  if (call->new_password_file == NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _("Name the file with that person's password: --new-password-file."));
    return FALSE;
  }
  *password = cr_store_password_from_file (call->new_password_file, error);
  weak = *password != NULL ? cr_session_password_weakness (*password) : NULL;
  if (weak != NULL)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _("The password in %s is too weak. %s"), call->new_password_file, weak);
  return *password != NULL && weak == NULL;
}

static int
change_users (CtlCall *call, CrJob job, gboolean with_password, gint64 roles, GError **error)
{
  Users users = { .call = call, .login = call->rest[2] };
  gboolean done = !with_password || take_new_password (call, &users.password, error);
  if (roles != 0)
    users.person = person_from (call, call->rest[2], roles);
  done = done && cr_session_run (call->session, CR_RIGHT_ADMIN, job, &users, error);
  cr_person_free (users.person);
  if (users.password != NULL)
    cr_session_secret_free (users.password);
  return as_status (done);
}

int
ctl_users (CtlCall *call, GError **error)
{
  gint64 roles;
  if (call->n_rest == 1)
    return list_users (call, error);
  if (call->n_rest == 3 && g_str_equal (call->rest[1], "remove"))
    return change_users (call, remove_job, FALSE, 0, error);
  if (call->n_rest == 3 && g_str_equal (call->rest[1], "password"))
    return change_users (call, password_job, TRUE, 0, error);
  roles = call->roles != NULL ? cr_roles_parse (call->roles) : 0;
  if (call->n_rest != 3 || !g_str_equal (call->rest[1], "add") || roles == 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _("users DIR add LOGIN --roles LIST --family NAME --new-password-file FILE; or remove, password."));
    return CTL_USAGE;
  }
  return change_users (call, add_job, TRUE, roles, error);
}
