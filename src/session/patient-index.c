#include "patient-index.h"
#include "reloader.h"
#include "session-private.h"

enum { MAX_SINGLE = 500 }; /* more changed patients than that: the whole index is read again */
#define SESSION_KEY "cr-patient-index"

struct _CrPatientIndex {
  GObject parent;
  CrSession *session;
  CrSearchIndex *index; /* NULL until read */
  CrReloader *reloader;
  GHashTable *changed; /* set of CrId: patients to be read again */
  guint changed_idle;
  gboolean reading;
};

/* One reading of all patients, or of some. */
typedef struct {
  CrPatientIndex *owner;
  CrSearchIndex *index;
  GArray *ids; /* CrId; NULL: all */
} IndexLoad;

enum { PROP_0, PROP_LOADING };
enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPatientIndex, cr_patient_index, G_TYPE_OBJECT)

static void read_changed (CrPatientIndex *self);

static void
free_load (gpointer data)
{
  IndexLoad *load = data;
  g_clear_pointer (&load->index, cr_search_index_free);
  g_clear_pointer (&load->ids, g_array_unref);
  g_object_unref (load->owner);
  g_free (load);
}

static void
put_key (const CrPatientKey *key, gpointer index)
{
  CrIndexKey entry = {
    .id = key->id,
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
    .sex = key->sex,
  };
  cr_search_index_put (index, &entry);
}

static gboolean
read_index_job (CrTx *tx, gpointer data, GError **error)
{
  IndexLoad *load = data;
  gint64 n = cr_patient_count (tx, error);
  if (n < 0)
    return FALSE;
  load->index = cr_search_index_new ((guint)MIN (n + n / 16 + 64, G_MAXUINT / 8)); /* room for newcomers */
  if (!cr_patient_each_key (tx, put_key, load->index, error))
    return FALSE;
  cr_search_index_prepare (load->index);
  return TRUE;
}

static gboolean
read_some_job (CrTx *tx, gpointer data, GError **error)
{
  IndexLoad *load = data;
  load->index = cr_search_index_new (load->ids->len);
  for (guint i = 0; i < load->ids->len; i++)
    if (!cr_patient_one_key (tx, g_array_index (load->ids, CrId, i), put_key, load->index, error))
      return FALSE;
  return TRUE;
}

static void
tell (CrPatientIndex *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_notify (G_OBJECT (self), "loading");
}

static void
report (CrPatientIndex *self, const GError *error)
{
  if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    cr_session_set_warning (self->session, error->message);
}

static void
index_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  IndexLoad *load = data; /* freed after this call */
  g_autoptr (CrPatientIndex) self = g_object_ref (load->owner);
  g_autoptr (GError) error = NULL;
  gboolean read = cr_session_finish (result, &error);
  if (read) {
    g_clear_pointer (&self->index, cr_search_index_free);
    self->index = g_steal_pointer (&load->index);
  } else {
    report (self, error);
  }
  cr_reloader_done (self->reloader);
  tell (self);
  read_changed (self);
}

static void
load_index (gpointer owner)
{
  CrPatientIndex *self = owner;
  IndexLoad *load = g_new0 (IndexLoad, 1);
  load->owner = g_object_ref (self);
  g_hash_table_remove_all (self->changed); /* read with all others */
  cr_session_run_async (self->session, CR_RIGHT_SCHEDULE_VIEW, read_index_job, load, free_load, index_read_cb,
                        load);
  g_object_notify (G_OBJECT (self), "loading");
}

static void
forget_index (gpointer owner)
{
  CrPatientIndex *self = owner;
  g_clear_pointer (&self->index, cr_search_index_free);
  g_hash_table_remove_all (self->changed);
}

static void
some_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  IndexLoad *load = data; /* freed after this call */
  g_autoptr (CrPatientIndex) self = g_object_ref (load->owner);
  g_autoptr (GError) error = NULL;
  self->reading = FALSE;
  if (!cr_session_finish (result, &error))
    report (self, error);
  else if (self->index != NULL)
    cr_search_index_put_all (self->index, load->index);
  tell (self);
  read_changed (self);
}

static IndexLoad *
take_changed (CrPatientIndex *self)
{
  IndexLoad *load = g_new0 (IndexLoad, 1);
  GHashTableIter iter;
  gpointer id;
  load->owner = g_object_ref (self);
  load->ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (load->ids, id, 1);
  g_hash_table_remove_all (self->changed);
  return load;
}

/* Once the index is there, and one job at a time. */
static void
read_changed (CrPatientIndex *self)
{
  guint n = g_hash_table_size (self->changed);
  if (n == 0 || self->reading || self->index == NULL || cr_reloader_is_busy (self->reloader))
    return;
  if (n > MAX_SINGLE) {
    cr_reloader_request (self->reloader);
    return;
  }
  IndexLoad *load = take_changed (self);
  self->reading = TRUE;
  cr_session_run_async (self->session, CR_RIGHT_SCHEDULE_VIEW, read_some_job, load, free_load, some_read_cb,
                        load);
}

static gboolean
changed_idle_cb (gpointer data)
{
  CrPatientIndex *self = data;
  self->changed_idle = 0;
  read_changed (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient_id, gpointer data)
{
  CrPatientIndex *self = data;
  CrId patient = g_str_equal (kind, CR_PATIENT.name) ? id : patient_id;
  if (!g_str_equal (kind, CR_PATIENT.name) && !g_str_equal (kind, CR_PATIENT_NAME.name) &&
      !g_str_equal (kind, CR_CONTACT_POINT.name))
    return;
  g_hash_table_add (self->changed, g_memdup2 (&patient, sizeof patient));
  if (self->changed_idle == 0)
    self->changed_idle = g_idle_add_full (G_PRIORITY_DEFAULT, changed_idle_cb, self, NULL);
}

static void
cr_patient_index_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADING)
    g_value_set_boolean (value, cr_patient_index_is_loading (CR_PATIENT_INDEX (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_patient_index_finalize (GObject *object)
{
  CrPatientIndex *self = CR_PATIENT_INDEX (object);
  g_object_set_data (G_OBJECT (self->session), SESSION_KEY, NULL);
  g_signal_handlers_disconnect_by_data (self->session, self);
  cr_reloader_free (self->reloader);
  g_clear_handle_id (&self->changed_idle, g_source_remove);
  g_clear_pointer (&self->index, cr_search_index_free);
  g_hash_table_unref (self->changed);
  g_object_unref (self->session);
  G_OBJECT_CLASS (cr_patient_index_parent_class)->finalize (object);
}

static void
cr_patient_index_class_init (CrPatientIndexClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_patient_index_get_property;
  object_class->finalize = cr_patient_index_finalize;
  g_object_class_install_property (
      object_class, PROP_LOADING,
      g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
cr_patient_index_init (CrPatientIndex *self)
{
  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

CrPatientIndex *
cr_patient_index_for_session (CrSession *session)
{
  static const CrRecordClass *const nothing[] = { NULL };
  /* Reading a large practice takes a second: the page that is shown first comes before it. */
  static const CrReloaderPlan plan = { nothing, load_index, forget_index, G_PRIORITY_LOW };
  CrPatientIndex *self = g_object_get_data (G_OBJECT (session), SESSION_KEY);
  if (self != NULL)
    return g_object_ref (self);
  self = g_object_new (CR_TYPE_PATIENT_INDEX, NULL);
  self->session = g_object_ref (session);
  self->reloader = cr_reloader_new (session, &plan, self);
  g_object_set_data (G_OBJECT (session), SESSION_KEY, self); /* not owned: it goes with its last holder */
  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), self);
  cr_reloader_request (self->reloader);
  return self;
}

CrSearchIndex *
cr_patient_index_get (CrPatientIndex *self)
{
  return self->index;
}

gboolean
cr_patient_index_is_loading (CrPatientIndex *self)
{
  return cr_reloader_is_busy (self->reloader);
}
