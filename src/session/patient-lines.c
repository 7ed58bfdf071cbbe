#include "patient-lines.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/appointment.h"
#include "chartroom/store/stores.h"
#include "draft-kept.h"
#include "session-private.h"
#include <glib/gi18n.h>

enum { EDITED, LOADED, N_SIGNALS };
enum { MOST_RANKS = 3 };

struct _CrPatientLines {
  GObject parent;
  CrDate last_seen;
  CrSession *session;
  CrId patient;
  gboolean loaded;
  GListStore *lines[CR_N_LINE_KINDS];
  GPtrArray *removed; /* CrPatientLine, stored ones */
};

typedef struct {
  CrPatientLines *lines; /* kept alive */
  CrLineReading *reading;
  CrDate last_seen;
} Loading;

static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (CrPatientLines, cr_patient_lines, G_TYPE_OBJECT)

static CrPatientLine *
line_at (CrPatientLines *self, CrLineKind kind, guint i)
{
  g_autoptr (CrPatientLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines[kind]), i);
  return line; /* the list keeps it; NULL past its end */
}

/* ---- one rank, one coverage ---- */

/* A coverage before that position with that rank; NULL: none. */
static CrPatientLine *
find_rank (CrPatientLines *self, guint position, const char *rank)
{
  for (guint i = 0; i < position; i++) {
    CrPatientLine *other = line_at (self, CR_LINE_COVERAGE, i);
    if (!cr_patient_line_is_blank (other) && g_str_equal (cr_patient_line_text (other, CR_LINE_F_RANK), rank))
      return other;
  }
  return NULL;
}

/* What stood so before, of charts that were merged, keeps nobody from correcting a phone number. */
static void
judge_ranks (CrPatientLines *self)
{
  CrPatientLine *line;
  for (guint i = 0; (line = line_at (self, CR_LINE_COVERAGE, i)) != NULL; i++) {
    const char *rank = cr_patient_line_text (line, CR_LINE_F_RANK);
    CrPatientLine *other =
        cr_patient_line_is_blank (line) || cr_str_empty (rank) ? NULL : find_rank (self, i, rank);
    gboolean taken =
        other != NULL && (cr_patient_line_is_touched (line) || cr_patient_line_is_touched (other));
    cr_patient_line_set_rank_problem (
        line, taken ? _ ("Another insurance has this place already. Choose which one pays first.") : NULL);
  }
}

static void
edited_cb (CrPatientLines *self)
{
  judge_ranks (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
append (CrPatientLines *self, CrPatientLine *line)
{
  g_signal_connect_object (line, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->lines[cr_patient_line_get_kind (line)], line);
}

/* ---- reading ---- */

static void
free_loading (gpointer data)
{
  Loading *loading = data;
  cr_line_reading_free (loading->reading);
  g_object_unref (loading->lines);
  g_free (loading);
}

static gboolean
find_last_seen (CrTx *tx, Loading *loading, GError **error)
{
  g_autoptr (GPtrArray) visits = cr_appointments_for_patient (tx, loading->reading->patient, error);
  for (guint i = 0; visits != NULL && i < visits->len; i++) {
    const CrAppointment *a = visits->pdata[i];
    if (a->stage >= CR_STAGE_ARRIVED && cr_stage_holds_slot (a->stage) &&
        (!cr_date_is_set (loading->last_seen) || cr_date_compare (a->date, loading->last_seen) > 0))
      loading->last_seen = a->date;
  }
  return visits != NULL;
}

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Loading *loading = data;
  return cr_line_read_job (tx, loading->reading, error) && find_last_seen (tx, loading, error);
}

static void
take_records (CrPatientLines *self, CrLineKind kind, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++) {
    gpointer record = cr_record_copy (cr_line_class (kind), records->pdata[i]);
    g_autoptr (CrPatientLine) line = cr_patient_line_new (self->session, kind, record);
    append (self, line);
  }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Loading *loading = data; /* freed after this call */
  CrPatientLines *self = loading->lines;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error)) {
    if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
      cr_session_set_warning (CR_SESSION (source), error->message);
    return;
  }
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    take_records (self, kind, loading->reading->records[kind]);
  self->loaded = TRUE;
  self->last_seen = loading->last_seen;
  judge_ranks (self);
  g_signal_emit (self, signals[LOADED], 0);
}

static void
load (CrPatientLines *self)
{
  Loading *loading = g_new0 (Loading, 1);
  loading->lines = g_object_ref (self);
  loading->reading = g_new0 (CrLineReading, 1);
  loading->reading->patient = self->patient;
  cr_session_run_async (self->session, CR_RIGHT_DEMOGRAPHICS_EDIT, load_job, loading, free_loading, loaded_cb,
                        loading);
}

/* ---- class ---- */

static void
cr_patient_lines_finalize (GObject *object)
{
  CrPatientLines *self = CR_PATIENT_LINES (object);
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    g_object_unref (self->lines[kind]);
  g_ptr_array_unref (self->removed);
  g_object_unref (self->session);
  G_OBJECT_CLASS (cr_patient_lines_parent_class)->finalize (object);
}

static guint
new_signal (CrPatientLinesClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       0);
}

static void
cr_patient_lines_class_init (CrPatientLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cr_patient_lines_finalize;
  signals[EDITED] = new_signal (klass, "edited");
  signals[LOADED] = new_signal (klass, "loaded");
}

static void
cr_patient_lines_init (CrPatientLines *self)
{
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    self->lines[kind] = g_list_store_new (CR_TYPE_PATIENT_LINE);
  self->removed = g_ptr_array_new_with_free_func (g_object_unref);
}

/* ---- for the draft ---- */

CrPatientLines *
cr_patient_lines_new (CrSession *session, CrId patient)
{
  CrPatientLines *self = g_object_new (CR_TYPE_PATIENT_LINES, NULL);
  self->session = g_object_ref (session);
  self->patient = patient;
  self->loaded = patient == CR_ID_NONE;
  if (!self->loaded)
    load (self);
  return self;
}

CrDate
cr_patient_lines_last_seen (CrPatientLines *self)
{
  return self != NULL ? self->last_seen : CR_DATE_NONE;
}

gboolean
cr_patient_lines_is_loaded (CrPatientLines *self)
{
  return self->loaded;
}

GListModel *
cr_patient_lines_get (CrPatientLines *self, CrLineKind kind)
{
  return G_LIST_MODEL (self->lines[kind]);
}

void
cr_patient_lines_add (CrPatientLines *self, CrPatientLine *line)
{
  append (self, line);
  g_object_unref (line);
  edited_cb (self);
}

void
cr_patient_lines_remove (CrPatientLines *self, CrPatientLine *line)
{
  GListStore *store = self->lines[cr_patient_line_get_kind (line)];
  guint position;
  if (!cr_patient_line_can_remove (line) || !g_list_store_find (store, line, &position))
    return;
  if (!cr_patient_line_is_new (line))
    g_ptr_array_add (self->removed, g_object_ref (line));
  g_list_store_remove (store, position);
  edited_cb (self);
}

CrPatientLine *
cr_patient_lines_primary (CrPatientLines *self)
{
  CrPatientLine *line;
  for (guint i = 0; (line = line_at (self, CR_LINE_COVERAGE, i)) != NULL; i++)
    if (g_str_equal (cr_patient_line_text (line, CR_LINE_F_RANK), "1"))
      return line;
  return line_at (self, CR_LINE_COVERAGE, 0);
}

CrPatientLine *
cr_patient_lines_emergency (CrPatientLines *self)
{
  CrPatientLine *line;
  for (guint i = 0; (line = line_at (self, CR_LINE_RELATIVE, i)) != NULL; i++)
    if (*cr_patient_line_text (line, CR_LINE_F_EMERGENCY) != '\0')
      return line;
  return NULL;
}

const char *
cr_patient_lines_free_rank (CrPatientLines *self)
{
  static const char *const RANKS[MOST_RANKS] = { "1", "2", "3" };
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines[CR_LINE_COVERAGE]));
  for (guint i = 0; i < MOST_RANKS; i++)
    if (find_rank (self, n, RANKS[i]) == NULL)
      return RANKS[i];
  return "";
}

const char *
cr_patient_lines_problem (CrPatientLines *self)
{
  CrPatientLine *line;
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    for (guint i = 0; (line = line_at (self, kind, i)) != NULL; i++) {
      const char *problem = cr_patient_line_first_problem (line);
      if (problem != NULL)
        return problem;
    }
  return NULL;
}

GPtrArray *
cr_patient_lines_savings (CrPatientLines *self)
{
  GPtrArray *savings = g_ptr_array_new_with_free_func (cr_line_saving_free);
  CrPatientLine *line;
  for (guint i = 0; i < self->removed->len; i++)
    g_ptr_array_add (savings, cr_patient_line_saving (self->removed->pdata[i], TRUE));
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    for (guint i = 0; (line = line_at (self, kind, i)) != NULL; i++) {
      CrLineSaving *saving = cr_patient_line_saving (line, FALSE);
      if (saving != NULL)
        g_ptr_array_add (savings, saving);
    }
  return savings;
}

/* ---- kept over a lock ---- */

static void
keep_line (CrPatientLines *self, GKeyFile *kept, CrPatientLine *line, gboolean removed, guint *n)
{
  g_autofree char *group = cr_draft_kept_line (self->patient, (*n)++);
  cr_patient_line_keep (line, kept, group, removed);
}

void
cr_patient_lines_keep (CrPatientLines *self, GKeyFile *kept)
{
  CrPatientLine *line;
  guint n = 0;
  for (guint i = 0; i < self->removed->len; i++)
    keep_line (self, kept, self->removed->pdata[i], TRUE, &n);
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    for (guint i = 0; (line = line_at (self, kind, i)) != NULL; i++)
      if (cr_patient_line_is_new (line) ? !cr_patient_line_is_blank (line)
                                        : cr_patient_line_is_touched (line))
        keep_line (self, kept, line, FALSE, &n);
}

static CrPatientLine *
find_record (CrPatientLines *self, CrLineKind kind, CrId id)
{
  CrPatientLine *line;
  for (guint i = 0; (line = line_at (self, kind, i)) != NULL; i++)
    if (cr_patient_line_is_record (line, id))
      return line;
  return NULL;
}

/* A stored line that is gone meanwhile comes as a new one: what was typed stays, and a person decides. */
static void
take_kept_line (CrPatientLines *self, GKeyFile *kept, const char *group, CrKeptNews *news)
{
  CrLineKind kind = (CrLineKind)g_key_file_get_integer (kept, group, CR_KEPT_KIND, NULL);
  gint64 version = g_key_file_get_int64 (kept, group, CR_KEPT_VERSION, NULL);
  gboolean removed = g_key_file_get_boolean (kept, group, CR_KEPT_REMOVED, NULL);
  CrPatientLine *line =
      version > 0 ? find_record (self, kind, g_key_file_get_int64 (kept, group, CR_KEPT_ID, NULL)) : NULL;
  news->files = news->files || g_key_file_get_boolean (kept, group, CR_KEPT_FILES, NULL);
  news->changed =
      news->changed || (version > 0 && (line == NULL || cr_patient_line_version (line) != version));
  if (line != NULL && removed) {
    cr_patient_lines_remove (self, line);
  } else if (!removed) {
    CrPatientLine *own = line != NULL ? line : cr_patient_line_new (self->session, kind, NULL);
    cr_patient_line_take_kept (own, kept, group);
    if (line == NULL)
      cr_patient_lines_add (self, own);
  }
}

void
cr_patient_lines_take_kept (CrPatientLines *self, GKeyFile *kept, CrKeptNews *news)
{
  g_autoptr (GPtrArray) groups = cr_draft_kept_lines (kept, self->patient);
  for (guint i = 0; i < groups->len; i++)
    take_kept_line (self, kept, groups->pdata[i], news);
}
