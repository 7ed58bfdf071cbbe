/* Patients, their former names, and what the search and the duplicate check read. */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include <string.h>

#define PATIENT_COLUMNS                                                                                      \
  "mrn, family, given, middle, suffix, preferred, birth_date, birth_order, sex, sex_documents, "             \
  "gender_identity, pronouns, death_date, address, city, state, zip, phone, phone_use, email, language, "    \
  "interpreter, access_needs, contact_preference, usual_person_id, pharmacy_id, referred_by, "               \
  "allergy_status, allergy_reviewed_at, allergy_reviewed_by, verified_on, registered_on, merged_into, "      \
  "restricted, demo, photo_id, source_id, search, no_voice_mail, no_mail, no_text"

#define PATIENT_NAME_COLUMNS "patient_id, use, family, given, valid_to"

#define BY_MRN CR_SELECT ("patient", PATIENT_COLUMNS) " WHERE mrn = $1"
#define OF_DAYS                                                                                              \
  CR_SELECT ("patient", PATIENT_COLUMNS)                                                                     \
  " WHERE id IN (SELECT a.patient_id FROM appointment a WHERE a.date >= $1 AND a.date <= $2)"
#define HAS_MRN "SELECT 1 FROM patient WHERE mrn = $1"
#define COUNT "SELECT count (*) FROM patient"
#define NAMES_OF CR_SELECT ("patient_name", PATIENT_NAME_COLUMNS) " WHERE patient_id = $1 ORDER BY id"
#define KEY                                                                                                  \
  "SELECT id, mrn, search, family, given, preferred, phone, birth_date, death_date, sex, merged_into FROM "  \
  "patient"
#define KEYS KEY " ORDER BY id"
#define ONE_KEY KEY " WHERE id = $1"
#define FORMER "SELECT patient_id, family, given FROM patient_name"
#define ALL_FORMER FORMER " ORDER BY patient_id, id"
#define ONE_FORMER FORMER " WHERE patient_id = $1 ORDER BY id"
#define PHONES "SELECT patient_id, value FROM contact_point WHERE system = 'phone'"
#define ALL_PHONES PHONES " ORDER BY patient_id, id"
#define ONE_PHONES PHONES " AND patient_id = $1 ORDER BY id"
/* search begins with the folded family name: $2 alone or $2 and a blank, so below $2 and the sign after a
 * blank. */
#define CANDIDATES                                                                                           \
  CR_SELECT ("patient", PATIENT_COLUMNS)                                                                     \
  " WHERE id <> $5 AND merged_into IS NULL AND id IN (SELECT id FROM patient WHERE birth_date = $1"          \
  " UNION SELECT id FROM patient WHERE search >= $2 AND search < $3"                                         \
  " UNION SELECT id FROM patient WHERE phone = $4) ORDER BY family, given, id LIMIT 200"

const CrTable CR_PATIENT_TABLE = {
  CR_TABLE (CR_PATIENT, "patient", PATIENT_COLUMNS, CR_PARAMS_41),
  .word = N_ ("patient"),
  .free = (GDestroyNotify)cr_patient_free,
  .by_source = CR_BY_SOURCE ("patient"),
};

const CrTable CR_PATIENT_NAME_TABLE = {
  CR_TABLE (CR_PATIENT_NAME, "patient_name", PATIENT_NAME_COLUMNS, CR_PARAMS_5),
  .word = N_ ("former name"),
  .free = (GDestroyNotify)cr_patient_name_free,
  .patient = G_STRUCT_OFFSET (CrPatientName, patient_id),
};

/* What a patient has more of (former names, further phones) beside the patients, all in order of id: one pass
 * through each table. */
typedef struct {
  CrStmt *stmt;
  int n_columns;                      /* texts, from the second column on */
  char *(*normal) (const char *text); /* as the search compares it */
  GString *text;                      /* of the present patient */
  CrStep step;
} Beside;

static gboolean
next_beside (Beside *self, GError **error)
{
  self->step = cr_stmt_step (self->stmt, error);
  return self->step != CR_STEP_ERROR;
}

/* Collects what the patient has and moves behind it. */
static gboolean
collect_beside (Beside *self, CrId patient, GError **error)
{
  g_string_truncate (self->text, 0);
  while (self->step == CR_STEP_ROW && cr_stmt_int (self->stmt, 0) <= patient) {
    for (int column = 1; column <= self->n_columns && cr_stmt_int (self->stmt, 0) == patient; column++) {
      const char *text = cr_stmt_text (self->stmt, column);
      g_autofree char *normal = text == NULL ? NULL : self->normal (text);
      if (!cr_str_empty (normal))
        g_string_append_printf (self->text, "%s%s", self->text->len > 0 ? " " : "", normal);
    }
    if (!next_beside (self, error))
      return FALSE;
  }
  return TRUE;
}

/* The last ten digits: a country code is typed or not. */
static char *
phone_digits (const char *phone)
{
  g_autofree char *digits = cr_text_digits (phone);
  gsize length = strlen (digits);
  return g_strdup (length > 10 ? digits + length - 10 : digits);
}

static CrDate
read_date (CrStmt *stmt, int column)
{
  CrDate date = CR_DATE_NONE;
  const char *iso = cr_stmt_text (stmt, column);
  if (iso != NULL && !cr_date_from_iso (iso, &date))
    return CR_DATE_NONE;
  return date;
}

static CrPatientKey
read_key (CrStmt *stmt, const char *names, const char *phones)
{
  return (CrPatientKey){
    .id = cr_stmt_int (stmt, 0),
    .mrn = cr_stmt_text (stmt, 1),
    .search = cr_stmt_text (stmt, 2),
    .names = names,
    .phones = phones,
    .family = cr_stmt_text (stmt, 3),
    .given = cr_stmt_text (stmt, 4),
    .preferred = cr_stmt_text (stmt, 5),
    .phone = cr_stmt_text (stmt, 6),
    .birth = read_date (stmt, 7),
    .death = read_date (stmt, 8),
    .sex = MAX (cr_code_index (CR_SEX_CODES, cr_stmt_text (stmt, 9)), CR_SEX_UNKNOWN),
    .merged_into = cr_stmt_int (stmt, 10),
  };
}

static gboolean
step_keys (CrStmt *keys, Beside *names, Beside *phones, CrPatientKeyFunc func, gpointer data, GError **error)
{
  CrStep step;
  if (!next_beside (names, error) || !next_beside (phones, error))
    return FALSE;
  while ((step = cr_stmt_step (keys, error)) == CR_STEP_ROW) {
    CrId patient = cr_stmt_int (keys, 0);
    if (!collect_beside (names, patient, error) || !collect_beside (phones, patient, error))
      return FALSE;
    CrPatientKey key = read_key (keys, names->text->str, phones->text->str);
    func (&key, data);
  }
  return step == CR_STEP_DONE;
}

typedef struct {
  CrStmt *keys, *names, *phones;
} KeyStatements;

static gboolean
each_key (const KeyStatements *stmts, CrPatientKeyFunc func, gpointer data, GError **error)
{
  g_autoptr (GString) name_text = g_string_new (NULL);
  g_autoptr (GString) phone_text = g_string_new (NULL);
  Beside names = { stmts->names, 2, cr_text_fold, name_text, CR_STEP_DONE };
  Beside phones = { stmts->phones, 1, phone_digits, phone_text, CR_STEP_DONE };
  gboolean done = step_keys (stmts->keys, &names, &phones, func, data, error);
  cr_stmt_reset (stmts->keys);
  cr_stmt_reset (stmts->names);
  cr_stmt_reset (stmts->phones);
  return done;
}

static gboolean
prepare_keys (CrTx *tx, const char *const sql[3], KeyStatements *out, GError **error)
{
  out->keys = cr_tx_prepare (tx, sql[0], error);
  out->names = out->keys == NULL ? NULL : cr_tx_prepare (tx, sql[1], error);
  out->phones = out->names == NULL ? NULL : cr_tx_prepare (tx, sql[2], error);
  return out->phones != NULL;
}

static gboolean
mrn_is_taken (CrTx *tx, const char *mrn, gboolean *taken, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, HAS_MRN, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_text (stmt, 1, mrn);
  CrStep step = cr_stmt_step (stmt, error);
  *taken = step == CR_STEP_ROW;
  cr_stmt_reset (stmt);
  return step != CR_STEP_ERROR;
}

CrPatient *
cr_patient_by_mrn (CrTx *tx, const char *mrn, GError **error)
{
  g_autoptr (GError) failure = NULL;
  CrStmt *stmt = cr_tx_prepare (tx, BY_MRN, &failure);
  CrPatient *patient = NULL;
  if (stmt != NULL) {
    cr_stmt_bind_text (stmt, 1, mrn);
    patient = cr_table_first (&CR_PATIENT_TABLE, stmt, &failure);
  }
  if (patient == NULL && failure == NULL)
    g_set_error (
        &failure, CR_ERROR, CR_ERROR_NOT_FOUND,
        _ ("No patient of this practice has the record number %s. Check the number, or search by name."),
        mrn == NULL ? "" : mrn);
  if (patient == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return patient;
}

char *
cr_patient_next_mrn (CrTx *tx, GError **error)
{
  for (;;) { /* numbers that came with records from elsewhere are skipped */
    gint64 number = cr_tx_next_number (tx, "mrn", error);
    gboolean taken = FALSE;
    if (number < 0)
      return NULL;
    g_autofree char *mrn = g_strdup_printf ("%06" G_GINT64_FORMAT, number);
    if (!mrn_is_taken (tx, mrn, &taken, error))
      return NULL;
    if (!taken)
      return g_steal_pointer (&mrn);
  }
}

gboolean
cr_patient_each_key (CrTx *tx, CrPatientKeyFunc func, gpointer data, GError **error)
{
  static const char *const sql[] = { KEYS, ALL_FORMER, ALL_PHONES };
  KeyStatements stmts;
  return prepare_keys (tx, sql, &stmts, error) && each_key (&stmts, func, data, error);
}

gboolean
cr_patient_one_key (CrTx *tx, CrId id, CrPatientKeyFunc func, gpointer data, GError **error)
{
  static const char *const sql[] = { ONE_KEY, ONE_FORMER, ONE_PHONES };
  KeyStatements stmts;
  if (!prepare_keys (tx, sql, &stmts, error))
    return FALSE;
  cr_stmt_bind_int (stmts.keys, 1, id);
  cr_stmt_bind_int (stmts.names, 1, id);
  cr_stmt_bind_int (stmts.phones, 1, id);
  return each_key (&stmts, func, data, error);
}

GPtrArray *
cr_patient_candidates (CrTx *tx, const CrPatient *p, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, CANDIDATES, error);
  if (stmt == NULL)
    return NULL;
  g_autofree char *birth = cr_date_is_set (p->birth_date) ? cr_date_to_iso (p->birth_date) : NULL;
  g_autofree char *family = p->family == NULL ? NULL : cr_text_fold (p->family);
  g_autofree char *to = cr_str_empty (family) ? NULL : g_strconcat (family, "!", NULL);
  cr_stmt_bind_text (stmt, 1, birth);
  cr_stmt_bind_text (stmt, 2, to == NULL ? NULL : family);
  cr_stmt_bind_text (stmt, 3, to);
  cr_stmt_bind_text (stmt, 4, p->phone);
  cr_stmt_bind_int (stmt, 5, p->id);
  return cr_table_collect (&CR_PATIENT_TABLE, stmt, error);
}

GPtrArray *
cr_patient_names (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_PATIENT_NAME_TABLE, NAMES_OF, patient, error);
}

gint64
cr_patient_count (CrTx *tx, GError **error)
{
  return cr_count (tx, COUNT, error);
}

GPtrArray *
cr_patients_of_days (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  return cr_list_between (tx, &CR_PATIENT_TABLE, OF_DAYS, from, to, error);
}
