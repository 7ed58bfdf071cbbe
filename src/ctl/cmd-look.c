/* find, day: lists. */
#include "src/ctl/ctl.h"
#include "chartroom/base/text.h"
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/search-index.h"
#include <glib/gi18n.h>

#define MOST_MERGES 100 /* one into the next */

/* ---- find ---- */

static void
key_cb (const CrPatientKey *key, gpointer data)
{
  CrIndexKey entry = { .id = key->id,
                       .merged_into = key->merged_into,
                       .mrn = key->mrn,
                       .family = key->family,
                       .given = key->given,
                       .preferred = key->preferred,
                       .former = key->names,
                       .search = key->search,
                       .phone = key->phone,
                       .phones = key->phones,
                       .birth = key->birth,
                       .death = key->death,
                       .sex = key->sex };
  cr_search_index_put (data, &entry);
}

static gboolean
index_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_patient_each_key (tx, key_cb, data, error);
}

static gboolean
audit_job (CrTx *tx, gpointer found, GError **error)
{
  return cr_tx_audit (tx, "find", CR_PATIENT.name, CR_ID_NONE, CR_ID_NONE, found, error);
}

static void
add_patient (CtlCall *call, CtlTable *table, const CrIndexKey *key)
{
  CrPatient p = { .family = (char *)key->family,
                  .given = (char *)key->given,
                  .preferred = (char *)key->preferred,
                  .birth_date = key->birth,
                  .death_date = key->death };
  CrDate today = cr_clock_today (cr_session_get_clock (call->session));
  g_autofree char *name = cr_patient_name_list (&p);
  g_autofree char *born = call->json ? cr_date_to_iso (key->birth) : cr_patient_born (&p, today);
  g_autofree char *phone = call->json ? g_strdup (key->phone) : cr_phone_tail (key->phone);
  ctl_table_add (table, (const char *const[]){ key->mrn, name, born, cr_sex_letter (key->sex), phone });
}

static void
add_all (CtlCall *call, CtlTable *table, CrSearchIndex *index, guint limit)
{
  CrIndexKey key;
  for (guint i = 0; i < cr_search_index_size (index) && ctl_table_rows (table) < limit; i++) {
    cr_search_index_key (index, i, &key);
    if (key.merged_into == CR_ID_NONE)
      add_patient (call, table, &key);
  }
}

/* A chart that was merged stands for the one that is kept; both at once are one line. */
static void
add_kept (CtlCall *call, CtlTable *table, CrSearchIndex *index, guint at, GHashTable *listed)
{
  CrIndexKey key;
  cr_search_index_key (index, at, &key);
  g_autofree char *asked = g_strdup (key.mrn);
  CrId id = key.id;
  for (int steps = 0; key.merged_into != CR_ID_NONE && steps < MOST_MERGES; steps++)
    if (cr_search_index_find (index, key.merged_into, &at))
      cr_search_index_key (index, at, &key);
  if (key.id != id)
    g_printerr (_ ("Chart %s was merged into %s.\n"), asked, key.mrn);
  if (g_hash_table_add (listed, g_memdup2 (&key.id, sizeof key.id)))
    add_patient (call, table, &key);
}

static void
add_matches (CtlCall *call, CtlTable *table, CrSearchIndex *index, guint limit)
{
  CrSearchContext context = { .today = cr_clock_today (cr_session_get_clock (call->session)),
                              .limit = limit };
  guint total = 0;
  g_autoptr (GArray) matches = cr_search_index_query (index, call->rest[1], &context, &total);
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < matches->len; i++)
    add_kept (call, table, index, g_array_index (matches, CrMatch, i).at, listed);
}

int
ctl_find (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "mrn", "name", "born", "sex", "phone", NULL };
  g_autoptr (CrSearchIndex) index = cr_search_index_new (1000);
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  g_autofree char *found = NULL;
  guint limit = call->limit > 0 ? (guint)call->limit : G_MAXUINT;
  if (!g_utf8_validate (call->rest[1], -1, NULL)) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("What to find is not valid UTF-8 text."));
    return CTL_USAGE;
  }
  if (!cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, index_job, index, error))
    return CTL_REFUSED;
  if (call->rest[1][0] == '\0')
    add_all (call, table, index, limit);
  else
    add_matches (call, table, index, limit);
  found = g_strdup_printf ("%u found", ctl_table_rows (table));
  if (!cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, audit_job, found, error))
    return CTL_REFUSED;
  ctl_table_print (table, call->json);
  return CTL_DONE;
}

/* ---- day ---- */

int
ctl_day (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "time", "stage",     "patient", "mrn", "type",
                                      "room", "clinician", "reason",  NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  g_autoptr (CrDaySchedule) day = NULL;
  CrDate date = cr_clock_today (cr_session_get_clock (call->session));
  GListModel *visits;
  if (call->n_rest == 2 && !ctl_date (call->rest[1], &date, error))
    return CTL_USAGE;
  day = cr_day_schedule_new (call->session);
  cr_day_schedule_set_date (day, date);
  if (!cr_day_schedule_load (day, error))
    return CTL_REFUSED;
  visits = cr_day_schedule_get_visits (day);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    const CrVisit *v = cr_row_peek (row);
    g_autofree char *time = cr_minute_format ((int)v->appointment->start_min);
    g_autofree char *name = cr_patient_name_list (v->patient);
    ctl_table_add (table,
                   (const char *const[]){ time, CR_STAGE_CODES[v->appointment->stage], name, v->patient->mrn,
                                          v->type_code, v->room_name, v->clinician, v->appointment->reason });
  }
  ctl_table_print (table, call->json);
  return CTL_DONE;
}
