/* Patients, their former names, and what the search and the duplicate check read. */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "chartroom/domain/duplicate-rules.h"
#include <string.h>

#define PATIENT_COLUMNS                                                                                      \
  "mrn, family, given, middle, suffix, preferred, birth_date, birth_order, sex, sex_documents, "             \
  "gender_identity, pronouns, death_date, address, city, state, zip, phone, phone_use, email, language, "    \
  "interpreter, access_needs, contact_preference, usual_person_id, pharmacy_id, referred_by, "               \
  "allergy_status, allergy_reviewed_at, allergy_reviewed_by, verified_on, registered_on, merged_into, "      \
  "restricted, demo, photo_id, source_id, search, no_voice_mail, no_mail, no_text, contact_by, "             \
  "no_email, preferred_days"

#define PATIENT_NAME_COLUMNS "patient_id, use, family, given, valid_to"

#define BY_MRN CR_SELECT ("patient", PATIENT_COLUMNS) " WHERE mrn = $1"
#define OF_DAYS                                                                                              \
  CR_SELECT ("patient", PATIENT_COLUMNS)                                                                     \
  " WHERE id IN (SELECT a.patient_id FROM appointment a WHERE a.date >= $1 AND a.date <= $2)"
#define HAS_MRN "SELECT 1 FROM patient WHERE mrn = $1"
#define COUNT "SELECT count (*) FROM patient"
#define NAMES_OF CR_SELECT ("patient_name", PATIENT_NAME_COLUMNS) CR_OF_PERSON " ORDER BY id"
#define PATIENTS_AFTER                                                                                       \
  CR_SELECT ("patient", PATIENT_COLUMNS) " WHERE id > $1 AND merged_into IS NULL ORDER BY id LIMIT $2"
#define NAMES_BETWEEN                                                                                        \
  CR_SELECT ("patient_name", PATIENT_NAME_COLUMNS)                                                           \
  " WHERE patient_id > $1 AND patient_id <= $2 ORDER BY patient_id, id"
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
/* What two records of one person have in common (UX 2.1 F3), each found by an index.  Whoever reaches
 * CR_DUPLICATE_POSSIBLE points agrees in one of these; the rules say how many. */
#define BORN_ON CR_SELECT ("patient", PATIENT_COLUMNS) " WHERE birth_date = $1"
#define WITH_PHONE CR_SELECT ("patient", PATIENT_COLUMNS) " WHERE phone = $1"
#define WITH_EMAIL                                                                                           \
  CR_SELECT ("patient", PATIENT_COLUMNS) " WHERE email IS NOT NULL AND lower (email) = lower ($1)"
#define WITH_MEMBER                                                                                          \
  CR_SELECT ("patient", PATIENT_COLUMNS)                                                                     \
  " WHERE id IN (SELECT patient_id FROM coverage WHERE member_id IS NOT NULL AND lower (member_id) = lower " \
  "($1))"
/* search begins with the folded family name: $1 alone or $1 and a blank, so below $1 and the sign after a
 * blank. */
#define NAMED_NEARBY                                                                                         \
  CR_SELECT ("patient", PATIENT_COLUMNS)                                                                     \
  " WHERE search >= $1 AND search < $1 || '!' AND zip >= $2 AND zip < $2 || ':'"

const CrTable CR_PATIENT_TABLE = {
  CR_TABLE (CR_PATIENT, "patient", PATIENT_COLUMNS, CR_PARAMS_44),
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

/* Those who were found, each once and never the one who is asked for. */
typedef struct {
  CrTx *tx;
  GHashTable *seen;
  GPtrArray *found;
} Candidates;

static gboolean
add_candidates (Candidates *self, const char *sql, const char *first, const char *second, GError **error)
{
  if (cr_str_empty (first))
    return TRUE;
  CrStmt *stmt = cr_tx_prepare (self->tx, sql, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_text (stmt, 1, first);
  if (second != NULL)
    cr_stmt_bind_text (stmt, 2, second);
  g_autoptr (GPtrArray) some = cr_table_collect (&CR_PATIENT_TABLE, stmt, error);
  while (some != NULL && some->len > 0) {
    CrPatient *patient = g_ptr_array_steal_index_fast (some, some->len - 1);
    if (g_hash_table_contains (self->seen, &patient->id)) {
      cr_patient_free (patient);
      continue;
    }
    g_hash_table_add (self->seen, g_memdup2 (&patient->id, sizeof patient->id));
    g_ptr_array_add (self->found, patient);
  }
  return some != NULL;
}

static gboolean
add_born_on (Candidates *self, CrDate birth, GError **error)
{
  g_autofree char *iso = cr_date_to_iso (birth);
  return add_candidates (self, BORN_ON, iso, NULL, error);
}

/* The day itself, with day and month swapped, and every day that one wrong digit makes of it. */
static gboolean
add_born_near (Candidates *self, CrDate birth, GError **error)
{
  g_autofree char *iso = cr_date_to_iso (birth);
  if (!cr_date_is_set (birth))
    return TRUE;
  if (!add_born_on (self, birth, error) || !add_born_on (self, cr_birth_swapped (birth), error))
    return FALSE;
  for (char *at = iso; cr_date_is_full (birth) && *at != '\0'; at++) {
    char typed = *at;
    for (char digit = '0'; digit <= '9' && typed != '-'; digit++) {
      CrDate other;
      *at = digit;
      if (digit != typed && cr_date_from_iso (iso, &other) && !add_born_on (self, other, error))
        return FALSE;
    }
    *at = typed;
  }
  return TRUE;
}

GPtrArray *
cr_patient_candidates (CrTx *tx, const CrPatient *p, const char *member_id, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_patient_free);
  Candidates self = { tx, seen, found };
  g_autofree char *family = cr_text_fold (p->family);
  g_autofree char *zip = g_strndup (p->zip != NULL ? p->zip : "", 5);
  g_hash_table_add (seen, g_memdup2 (&p->id, sizeof p->id));
  if (add_born_near (&self, p->birth_date, error) &&
      add_candidates (&self, WITH_PHONE, p->phone, NULL, error) &&
      add_candidates (&self, WITH_EMAIL, p->email, NULL, error) &&
      add_candidates (&self, WITH_MEMBER, member_id, NULL, error) &&
      (*zip == '\0' || add_candidates (&self, NAMED_NEARBY, family, zip, error)))
    return g_steal_pointer (&found);
  return NULL;
}

GPtrArray *
cr_patient_names (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_PATIENT_NAME_TABLE, NAMES_OF, patient, error);
}

GPtrArray *
cr_patients_after (CrTx *tx, CrId id, int limit, GError **error)
{
  return cr_list_of_two (tx, &CR_PATIENT_TABLE, PATIENTS_AFTER, id, limit, error);
}

GPtrArray *
cr_patient_names_between (CrTx *tx, CrId first, CrId last, GError **error)
{
  return cr_list_of_two (tx, &CR_PATIENT_NAME_TABLE, NAMES_BETWEEN, first, last, error);
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
