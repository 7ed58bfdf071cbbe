/* The directory of recipients: specialists, pharmacies, laboratories. */
#include "chartroom/base/text.h"
#include "chartroom/domain/patient-rules.h"
#include "chartroom/session/referral-work.h"
#include "admin-rules.h"
#include "job-rules.h"

static gboolean
check_number (const char *number, GError **error)
{
  g_autofree char *problem = cr_str_empty (number) ? NULL : cr_phone_problem (number);
  return problem == NULL || cr_refuse (error, problem);
}

static void
normalize (char **number)
{
  char *normal = cr_str_empty (*number) ? NULL : cr_phone_normal (*number);
  g_free (*number);
  *number = normal;
}

static gboolean
save_job (CrTx *tx, gpointer data, GError **error)
{
  CrContact *contact = data;
  if (!cr_admin_check_record (tx, &CR_CONTACT, contact, error) || !check_number (contact->phone, error) ||
      !check_number (contact->fax, error))
    return FALSE;
  normalize (&contact->phone);
  normalize (&contact->fax);
  return cr_tx_save (tx, &CR_CONTACT, contact, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, cr_contact_copy (g_task_get_task_data (task)),
                           (GDestroyNotify)cr_contact_free);
  else
    g_task_return_error (task, error);
}

gboolean
cr_contact_may_save (CrSession *session)
{
  return cr_session_can (session, CR_RIGHT_REFERRAL_WORK) || cr_session_can (session, CR_RIGHT_NOTE_WRITE);
}

void
cr_contact_save_async (CrSession *session, const CrContact *contact, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  GTask *task = g_task_new (session, NULL, cb, data);
  CrContact *copy = cr_contact_copy (contact);
  CrRight right =
      cr_session_can (session, CR_RIGHT_NOTE_WRITE) ? CR_RIGHT_NOTE_WRITE : CR_RIGHT_REFERRAL_WORK;
  g_task_set_task_data (task, copy, (GDestroyNotify)cr_contact_free);
  cr_session_run_async (session, right, save_job, copy, NULL, saved_cb, task);
}

CrContact *
cr_contact_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
