/* new, demo, verify, users. */
#include "src/ctl/ctl.h"
#include "src/ctl/demo.h"
#include "src/ctl/outside.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/practice-setup.h"
#include "chartroom/session/administration.h"
#include "chartroom/store/rotate.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PRACTICE_SUFFIX ".practice"

static int
as_status (gboolean done)
{
  return done ? CTL_DONE : CTL_REFUSED;
}

/* ---- new ---- */

static CrPractice *
practice_from (const CtlCall *call)
{
  CrPractice *practice = cr_default_practice ();
  practice->name = g_strdup (call->name);
  practice->zone = g_strdup (call->zone != NULL ? call->zone : cr_clock_zone (call->clock));
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
finish (CtlWait *wait, GError **error)
{
  gboolean done = cr_session_finish (ctl_wait_result (wait), error);
  ctl_wait_clear (wait);
  return done;
}

static void
add_records (GPtrArray *classes, GPtrArray *records, const CrRecordClass *klass, const GPtrArray *more)
{
  for (guint i = 0; i < more->len; i++) {
    g_ptr_array_add (classes, (gpointer)klass);
    g_ptr_array_add (records, more->pdata[i]);
  }
}

static gboolean
save_records (CtlCall *call, const GPtrArray *classes, const GPtrArray *records, GError **error)
{
  CtlWait wait;
  ctl_wait_init (&wait);
  cr_admin_save_async (call->session, (const CrRecordClass *const *)classes->pdata,
                       (gconstpointer *)records->pdata, records->len, ctl_wait_cb, &wait);
  return finish (&wait, error);
}

/* Visits can be booked at once: the rooms, visit types and hours that the set-up would propose. */
static gboolean
write_defaults (CtlCall *call, GError **error)
{
  const CrPerson *admin = cr_session_get_person (call->session);
  g_autoptr (GPtrArray) classes = g_ptr_array_new (), records = g_ptr_array_new ();
  g_autoptr (GPtrArray) types = cr_default_visit_types ();
  g_autoptr (GPtrArray) rooms = cr_default_rooms ();
  g_autoptr (GPtrArray) hours = cr_default_hours (admin->id);
  add_records (classes, records, &CR_VISIT_TYPE, types);
  add_records (classes, records, &CR_ROOM, rooms);
  if (admin->schedulable)
    add_records (classes, records, &CR_HOURS, hours);
  return save_records (call, classes, records, error);
}

static gboolean
make_practice (CtlCall *call, char *password, GError **error)
{
  gint64 roles = CR_ROLE_ADMIN | (call->roles != NULL ? cr_roles_parse (call->roles) : 0);
  g_autoptr (CrPractice) practice = practice_from (call);
  g_autoptr (CrPerson) admin = person_from (call, call->user, roles);
  CrSessionSetup setup = { call->rest[0], practice, admin, password, call->fast_kdf };
  char *code;
  gboolean written;
  ctl_hold_signals ();
  call->session = cr_session_new (call->clock, call->knowledge, "chartroomctl");
  if (!cr_session_create (call->session, &setup, error))
    return FALSE;
  code = cr_session_take_recovery_code (call->session);
  written = ctl_write_recovery_sheet (call, call->name, call->user, code, error);
  cr_session_secret_free (code);
  if (written && write_defaults (call, error) && ctl_go_on (error)) {
    ctl_warn_recovery_sheet (call);
    return TRUE;
  }
  cr_session_unmake (call->session); /* without its sheet, or no longer wanted: it is not left behind */
  if (written)
    g_unlink (call->recovery_sheet);
  return FALSE;
}

static int
refuse_usage (GError **error, const char *sentence)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, sentence);
  return CTL_USAGE;
}

static int
refuse_roles (GError **error)
{
  return refuse_usage (
      error, _ ("--roles is a list of frontdesk, clinical, doctor, referral, admin: “doctor,admin”."));
}

/* A practice is known by its folder's name, on the lock page, in backups and to whoever tidies up. */
static gboolean
check_folder (const char *folder, GError **error)
{
  g_autofree char *name = g_path_get_basename (folder);
  if (g_str_has_suffix (name, PRACTICE_SUFFIX) && strlen (name) > strlen (PRACTICE_SUFFIX))
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("A practice is a folder whose name ends in %s, such as %s%s. Choose such a name."),
               PRACTICE_SUFFIX, "maple-street", PRACTICE_SUFFIX);
  return FALSE;
}

static gboolean
check_name (const char *name, GError **error)
{
  enum { MOST = 200 };
  if (cr_str_empty (name))
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("--name is empty. Give the practice's name."));
  else if (!cr_text_is_clean (name) || strpbrk (name, "\n\t") != NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("--name contains characters that cannot be printed. Type it again."));
  else if (g_utf8_strlen (name, -1) > MOST)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("--name has more than %d characters. Shorten it."),
                 MOST);
  else
    return TRUE;
  return FALSE;
}

int
ctl_new (CtlCall *call, GError **error)
{
  char *password = NULL;
  const char *weak;
  gboolean made = FALSE;
  if (call->user == NULL || call->password_file == NULL || call->name == NULL || call->recovery_sheet == NULL)
    return refuse_usage (
        error,
        _ ("new needs --name, --user (the first administrator), --password-file and --recovery-sheet."));
  if (!check_folder (call->rest[0], error) || !check_name (call->name, error))
    return CTL_USAGE;
  if (call->zone != NULL && !cr_zone_is_known (call->zone))
    return refuse_usage (error,
                         _ ("--zone is not a time zone this computer knows; write it as America/New_York."));
  if (call->roles != NULL && cr_roles_parse (call->roles) == 0)
    return refuse_roles (error);
  if (!ctl_can_write (call->recovery_sheet, error) || !ctl_password (call->password_file, &password, error))
    return CTL_REFUSED;
  weak = cr_session_password_weakness (password);
  if (weak != NULL)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("The password in %s is too weak. %s"),
                 call->password_file, weak);
  else
    made = make_practice (call, password, error);
  cr_session_secret_free (password);
  if (made)
    g_print (_ ("%s is ready; sign in as %s.\n"), call->rest[0], call->user);
  return as_status (made);
}

/* ---- demo ---- */

/* Of its day; the people in it are up to a hundred years older, and its book goes on for weeks. */
#define DEMO_FIRST_YEAR 1950
#define DEMO_LAST_YEAR 2150

static gboolean
progress_cb (guint done, guint all, gpointer data, GError **error)
{
  if (isatty (STDERR_FILENO))
    g_printerr (done >= all ? "\r%u / %u\n" : "\r%u / %u", done, all);
  return ctl_go_on (error);
}

int
ctl_demo (CtlCall *call, GError **error)
{
  CrDemoOptions options = { .folder = call->rest[0],
                            .patients = (guint)MAX (call->patients, 0),
                            .crowd = (guint)MAX (call->crowd, 0),
                            .seed = (guint64)call->seed,
                            .date = cr_clock_today (call->clock),
                            .thin = call->thin,
                            .thick = call->thick,
                            .fast_kdf = call->fast_kdf };
  char *password = NULL;
  gboolean made;
  if (call->date != NULL && !ctl_date (call->date, &options.date, error))
    return CTL_USAGE;
  if (!check_folder (call->rest[0], error))
    return CTL_USAGE;
  if (options.date.year < DEMO_FIRST_YEAR || options.date.year > DEMO_LAST_YEAR)
    return refuse_usage (error, _ ("--date must lie between 1950 and 2150."));
  if (options.patients < (call->thin ? 1 : 20))
    return refuse_usage (error, _ ("A demo practice has at least 20 patients, with --thin at least one."));
  if (!ctl_password (call->password_file, &password, error))
    return call->password_file == NULL ? CTL_USAGE : CTL_REFUSED;
  options.password = password;
  ctl_hold_signals ();
  made = cr_demo_make (&options, call->knowledge, progress_cb, NULL, error);
  cr_session_secret_free (password);
  if (made)
    g_print (_ ("%s is ready; sign in as admin, doctor, nurse, frontdesk or referrals.\n"), call->rest[0]);
  return as_status (made);
}

/* ---- verify ---- */

static void
print_findings (const GPtrArray *findings, gboolean json)
{
  static const char *const KEYS[] = { "finding", NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  for (guint i = 0; i < findings->len; i++)
    ctl_table_add (table, (const char *const[]){ findings->pdata[i] });
  if (json || findings->len > 0)
    ctl_table_print (table, json);
}

/* Not damage, but somebody will ask. */
static void
print_left_over (CrStore *store)
{
  g_auto (GStrv) names = cr_store_left_over (store);
  for (guint i = 0; names[i] != NULL; i++)
    g_print (_ ("%s is left over from before the keys were changed; the next proven backup removes it.\n"),
             names[i]);
}

int
ctl_verify (CtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  if (!cr_session_require (call->session, CR_RIGHT_AUDIT_VIEW, error) ||
      !cr_store_verify (cr_session_get_store (call->session), cr_session_get_user (call->session), findings,
                        error))
    return CTL_REFUSED;
  print_findings (findings, call->json);
  if (findings->len == 0) {
    if (!call->json) {
      g_print (_ ("All is well: every page, every row's history, the audit chain and every document.\n"));
      print_left_over (cr_session_get_store (call->session));
    }
    return CTL_DONE;
  }
  g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
               ngettext ("%u finding in %s. Do not go on working with it; restore from a backup.",
                         "%u findings in %s. Do not go on working with it; restore from a backup.",
                         findings->len),
               findings->len, call->rest[0]);
  return CTL_REFUSED;
}

/* ---- users ---- */

typedef struct {
  const char *login;
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
person_job (CrTx *tx, gpointer data, GError **error)
{
  Users *users = data;
  users->person = cr_person_by_login (tx, users->login, error);
  return users->person != NULL;
}

static int
list_users (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "login", "name", "roles", "state", NULL };
  Users users = { 0 };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  if (!cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, list_job, &users, error))
    return CTL_REFUSED;
  for (guint i = 0; i < users.people->len; i++) {
    const CrPerson *p = users.people->pdata[i];
    g_autofree char *name = cr_person_formal (p);
    g_autofree char *roles = cr_roles_describe (p->roles);
    ctl_table_add (table, (const char *const[]){ p->login, name, roles, p->active ? "active" : "removed" });
  }
  g_ptr_array_unref (users.people);
  ctl_table_print (table, call->json);
  return CTL_DONE;
}

/* The weakness of a password is judged where it is set; its file is named here. */
static char *
new_password (CtlCall *call, GError **error)
{
  char *password = cr_store_password_from_file (call->new_password_file, error);
  const char *weak = password != NULL ? cr_session_password_weakness (password) : NULL;
  if (weak == NULL)
    return password;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("The password in %s is too weak. %s"),
               call->new_password_file, weak);
  cr_session_secret_free (password);
  return NULL;
}

static gboolean
add_user (CtlCall *call, const char *login, GError **error)
{
  g_autoptr (CrPerson) person = person_from (call, login, cr_roles_parse (call->roles));
  char *password = new_password (call, error);
  CtlWait wait;
  gboolean done;
  if (password == NULL)
    return FALSE;
  ctl_wait_init (&wait);
  cr_admin_add_person_async (call->session, person, password, ctl_wait_cb, &wait);
  done = finish (&wait, error);
  cr_session_secret_free (password);
  if (done)
    g_print (_ ("“%s” may sign in now.\n"), login);
  return done;
}

static gboolean
remove_user (CtlCall *call, const CrPerson *person, GError **error)
{
  CtlWait wait;
  ctl_wait_init (&wait);
  cr_admin_remove_person_async (call->session, person->id, ctl_wait_cb, &wait);
  if (!finish (&wait, error))
    return FALSE;
  g_print (_ ("“%s” can no longer sign in.\n"), person->login);
  ctl_advise_rotation ();
  return TRUE;
}

static gboolean
set_password (CtlCall *call, const CrPerson *person, GError **error)
{
  char *password = new_password (call, error);
  CtlWait wait;
  gboolean done;
  if (password == NULL)
    return FALSE;
  ctl_wait_init (&wait);
  cr_admin_set_password_async (call->session, person->id, password, ctl_wait_cb, &wait);
  done = finish (&wait, error);
  cr_session_secret_free (password);
  if (done) {
    g_print (_ ("“%s” has a new password.\n"), person->login);
    ctl_advise_rotation ();
  }
  return done;
}

static int
change_user (CtlCall *call, const char *login, gboolean (*change) (CtlCall *, const CrPerson *, GError **),
             GError **error)
{
  Users users = { .login = login };
  gboolean done = cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, person_job, &users, error) &&
                  change (call, users.person, error);
  cr_person_free (users.person);
  return as_status (done);
}

int
ctl_users (CtlCall *call, GError **error)
{
  const char *verb = call->n_rest == 3 ? call->rest[1] : "";
  if (call->n_rest == 1)
    return list_users (call, error);
  if (call->roles != NULL && cr_roles_parse (call->roles) == 0)
    return refuse_roles (error);
  if (g_str_equal (verb, "remove"))
    return change_user (call, call->rest[2], remove_user, error);
  if (g_str_equal (verb, "password") && call->new_password_file != NULL)
    return change_user (call, call->rest[2], set_password, error);
  if (g_str_equal (verb, "add") && call->roles != NULL && call->new_password_file != NULL)
    return as_status (add_user (call, call->rest[2], error));
  return refuse_usage (
      error, _ ("users DIR add LOGIN --roles LIST --family NAME --new-password-file FILE; or remove "
                "LOGIN; or password LOGIN --new-password-file FILE."));
}
