#include "job-rules.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

/* "1998" may be any day of that year, "Jun 1998" any day of that month. */
static gboolean
is_surely_before (CrDate day, CrDate earliest)
{
  CrDate cut = earliest;
  if (!cr_date_is_set (earliest))
    return FALSE;
  if (day.month == 0)
    cut.month = cut.day = 0;
  else if (day.day == 0)
    cut.day = 0;
  return cr_date_compare (day, cut) < 0;
}

CrId
cr_tx_person (CrTx *tx)
{
  return cr_store_user_person (cr_tx_user (tx))->id;
}

gboolean
cr_refuse_right (gint64 roles, CrRight right, GError **error)
{
  g_autofree char *words = cr_roles_describe (roles);
  /* Translators: what is refused ("open clinical records"), then the person's roles ("Front desk"). */
  const char *what = cr_right_description (right);
  g_autofree char *text =
      (roles & CR_ROLE_ADMIN) != 0
          ? g_strdup_printf (_ ("You may not %s: your role is %s. Ask somebody who may."), what, words)
          : g_strdup_printf (
                _ ("You may not %s: your role is %s. Ask somebody who may, or an administrator."), what,
                words);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED, text);
  return FALSE;
}

gboolean
cr_tx_require (CrTx *tx, CrRight right, GError **error)
{
  gint64 roles = cr_store_user_person (cr_tx_user (tx))->roles;
  if (cr_roles_allow (roles, right))
    return TRUE;
  return cr_refuse_right (roles, right, error);
}

gboolean
cr_refuse_changed (GError **error)
{
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_CONFLICT,
      _ ("These details were changed by somebody else meanwhile. Open them again; what you typed "
         "is still here."));
  return FALSE;
}

gboolean
cr_refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, sentence);
  return FALSE;
}

gboolean
cr_tx_is_of_person (CrTx *tx, CrId patient, CrId of, const char *sentence, GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (cr_patients_are_one (tx, patient, of, &failure))
    return TRUE;
  if (failure == NULL)
    return cr_refuse (error, sentence);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
cr_tx_own_chart (CrTx *tx, CrId *patient, CrId chart, gint64 version, GError **error)
{
  if (version > 0)
    return cr_tx_is_of_person (tx, *patient, chart,
                               _ ("This belongs to another patient. Reload the chart; nothing was saved."),
                               error);
  *patient = cr_patient_kept_id (tx, chart, error);
  return *patient != CR_ID_NONE;
}

gboolean
cr_require_text (const char *text, const char *sentence, GError **error)
{
  return !cr_text_is_blank (text) || cr_refuse (error, sentence);
}

gboolean
cr_require_past_day (CrDate day, CrDate earliest, CrDate today, GError **error)
{
  if (!cr_date_is_set (day))
    return TRUE;
  if (cr_date_compare (day, today) > 0)
    return cr_refuse (error, _ ("The date lies in the future. Correct it."));
  if (is_surely_before (day, earliest))
    return cr_refuse (error, _ ("The date lies before the time it can belong to. Correct it."));
  return TRUE;
}
