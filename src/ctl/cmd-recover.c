/* recover. */
#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include "chartroom/store/store.h"
#include <glib/gi18n.h>

static gboolean
check_password (const char *password, const char *file, GError **error)
{
  const char *weak = cr_session_password_weakness (password);
  if (weak == NULL)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("The password in %s is too weak. %s"), file, weak);
  return FALSE;
}

int
ctl_recover (CtlCall *call, GError **error)
{
  char *code = NULL, *password = NULL;
  gboolean done;
  if (call->recovery_file == NULL || call->new_password_file == NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("recover needs --recovery-file FILE with the code of the recovery sheet and "
                            "--new-password-file FILE."));
    return CTL_USAGE;
  }
  ctl_hold_signals ();
  done = ctl_password (call->recovery_file, &code, error) &&
         ctl_password (call->new_password_file, &password, error) &&
         check_password (password, call->new_password_file, error) &&
         cr_store_recover (call->rest[0], code, call->rest[1], password, call->fast_kdf, call->clock,
                           "chartroomctl", error);
  cr_session_secret_free (code);
  cr_session_secret_free (password);
  if (!done)
    return CTL_REFUSED;
  g_print (_ ("“%s” has a new password.\n"), call->rest[1]);
  return CTL_DONE;
}
