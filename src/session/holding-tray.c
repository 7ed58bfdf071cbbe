#include "chartroom/session/holding-tray.h"
#include "chartroom/domain/appointment.h"
#include "chartroom/store/stores.h"
#include "live-list.h"
#include "session-private.h"

#define PREFERENCE "holding-tray" /* ids between commas */
enum { MOST_IDS = 200 };

/* ---- the list ---- */

static GArray *
read_ids (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", 0);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; parts[i] != NULL; i++) {
    CrId id = g_ascii_strtoll (parts[i], NULL, 10);
    if (id != CR_ID_NONE)
      g_array_append_val (ids, id);
  }
  return ids;
}

static gboolean
may_move (const CrAppointment *appointment)
{
  return cr_stage_holds_slot (appointment->stage) && appointment->stage != CR_STAGE_CHECKED_OUT;
}

static gboolean
add_visit (CrTx *tx, CrId id, GPtrArray *rows, GError **error)
{
  g_autoptr (CrAppointment) appointment = cr_tx_load (tx, &CR_APPOINTMENT, id, NULL);
  if (appointment == NULL || !may_move (appointment))
    return TRUE;
  g_autoptr (GPtrArray) visits = cr_visit_list (tx, appointment->date, appointment->date, error);
  for (guint i = 0; visits != NULL && i < visits->len; i++) {
    const CrVisit *visit = visits->pdata[i];
    if (visit->appointment->id == id)
      g_ptr_array_add (rows, cr_row_new (id, cr_visit_copy (visit), (GDestroyNotify)cr_visit_free));
  }
  return visits != NULL;
}

static GPtrArray *
load_tray (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  GError *failure = NULL;
  g_autofree char *text =
      cr_preference_get (tx, cr_store_user_person (cr_tx_user (tx))->id, PREFERENCE, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return NULL;
  }
  g_autoptr (GArray) ids = read_ids (text);
  for (guint i = 0; i < ids->len; i++)
    if (!add_visit (tx, g_array_index (ids, CrId, i), rows, error))
      return NULL;
  return g_steal_pointer (&rows);
}

static gboolean
same_visit (gconstpointer first, gconstpointer second)
{
  const CrVisit *a = first, *b = second;
  return cr_rows_same_version (a->appointment, b->appointment) &&
         cr_rows_same_version (a->patient, b->patient);
}

/* ---- what is in it ---- */

static GArray *
present_ids (CrSession *session)
{
  return read_ids (cr_session_get_preference (session, PREFERENCE));
}

static void
keep_ids (CrSession *session, const GArray *ids)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (ids, CrId, i));
  cr_session_set_preference (session, PREFERENCE, ids->len > 0 ? text->str : NULL);
  g_string_free (text, TRUE);
}

static gboolean
find_id (const GArray *ids, CrId id, guint *at)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, CrId, i) == id) {
      *at = i;
      return TRUE;
    }
  return FALSE;
}

/* ---- public ---- */

GListModel *
cr_holding_tray_new (CrSession *session)
{
  static const CrRecordClass *const classes[] = { &CR_PREFERENCE, &CR_APPOINTMENT, &CR_PATIENT, NULL };
  static const CrLiveSource source = { CR_RIGHT_SCHEDULE_VIEW, classes, load_tray, same_visit };
  return cr_live_list_new (session, &source, NULL, NULL);
}

void
cr_holding_tray_put (CrSession *session, CrId appointment)
{
  g_return_if_fail (CR_IS_SESSION (session));
  g_autoptr (GArray) ids = present_ids (session);
  guint at;
  if (find_id (ids, appointment, &at))
    return;
  if (ids->len >= MOST_IDS) /* those that ended meanwhile are among them, oldest first */
    g_array_remove_index (ids, 0);
  g_array_append_val (ids, appointment);
  keep_ids (session, ids);
}

void
cr_holding_tray_take (CrSession *session, CrId appointment)
{
  g_return_if_fail (CR_IS_SESSION (session));
  g_autoptr (GArray) ids = present_ids (session);
  guint at;
  if (!find_id (ids, appointment, &at))
    return;
  g_array_remove_index (ids, at);
  keep_ids (session, ids);
}

gboolean
cr_holding_tray_has (CrSession *session, CrId appointment)
{
  g_return_val_if_fail (CR_IS_SESSION (session), FALSE);
  g_autoptr (GArray) ids = present_ids (session);
  guint at;
  return find_id (ids, appointment, &at);
}
