/* The list of rows; with the index it keeps today's visits and recent charts while somebody is signed in. */
#include "palette-book.h"
#include "patient-index.h"
#include "reloader.h"
#include "session-private.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

enum { MAX_RECENT = 8 };
#define RECENT_KEY "recent-charts"

struct _CrPalette {
  GObject parent;
  CrPaletteState state;
  CrPatientIndex *index; /* shared by the session's palettes */
  CrReloader *today_reloader;
  GListStore *rows;
  char *query;
  gboolean describing, finding;
};

typedef struct {
  CrPalette *palette;
  CrDate date;
  GArray *todays;
  GHashTable *details;
} TodayLoad;

/* Next or last visit of the patients shown. */
typedef struct {
  CrPalette *palette;
  CrDate today;
  GArray *ids;
  GHashTable *details;
} VisitLoad;

enum { PROP_0, PROP_LOADING };

static void cr_palette_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (CrPalette, cr_palette, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cr_palette_model_init))

static void describe_visits (CrPalette *self);
static void find_times (CrPalette *self);

static GArray *
new_ids (void)
{
  return g_array_new (FALSE, FALSE, sizeof (CrId));
}

static GHashTable *
new_texts (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
show_rows (CrPalette *self)
{
  self->state.index = cr_patient_index_get (self->index);
  g_autoptr (GPtrArray) rows = cr_session_get_person (self->state.session) != NULL
                                   ? cr_palette_rows (&self->state, self->query != NULL ? self->query : "")
                                   : cr_rows_new ();
  cr_rows_sync (self->rows, rows, cr_hit_same);
}

static void
refresh (CrPalette *self)
{
  if (self->query != NULL)
    show_rows (self);
  describe_visits (self);
  find_times (self);
}

static void
report (CrPalette *self, const GError *error)
{
  if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    cr_session_set_warning (self->state.session, error->message);
}

/* ---- today's visits and recent charts ---- */

static void
free_today_load (gpointer data)
{
  TodayLoad *load = data;
  g_clear_pointer (&load->todays, g_array_unref);
  g_clear_pointer (&load->details, g_hash_table_unref);
  g_object_unref (load->palette);
  g_free (load);
}

static gboolean
read_today_job (CrTx *tx, gpointer data, GError **error)
{
  TodayLoad *load = data;
  load->date = cr_tx_today (tx);
  return cr_palette_read_today (tx, load->date, load->todays, load->details, error);
}

static void
today_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  TodayLoad *load = data; /* freed after this call */
  CrPalette *self = load->palette;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error)) {
    g_array_unref (self->state.todays);
    g_hash_table_unref (self->state.today_details);
    self->state.today = load->date;
    self->state.todays = g_steal_pointer (&load->todays);
    self->state.today_details = g_steal_pointer (&load->details);
    refresh (self);
  } else {
    report (self, error);
  }
  cr_reloader_done (self->today_reloader);
  g_object_notify (G_OBJECT (self), "loading");
}

static void
read_recent (CrPalette *self)
{
  const char *text = cr_session_get_preference (self->state.session, RECENT_KEY);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", MAX_RECENT);
  g_array_set_size (self->state.recent, 0);
  for (guint i = 0; parts[i] != NULL; i++) {
    CrId id = g_ascii_strtoll (parts[i], NULL, 10);
    if (id > 0)
      g_array_append_val (self->state.recent, id);
  }
}

static void
load_today (gpointer owner)
{
  CrPalette *self = owner;
  TodayLoad *load = g_new0 (TodayLoad, 1);
  load->palette = g_object_ref (self);
  load->todays = new_ids ();
  load->details = new_texts ();
  read_recent (self);
  cr_session_run_async (self->state.session, CR_RIGHT_SCHEDULE_VIEW, read_today_job, load, free_today_load,
                        today_read_cb, load);
}

static void
forget (gpointer owner)
{
  CrPalette *self = owner;
  self->state.index = NULL;
  g_array_set_size (self->state.todays, 0);
  g_array_set_size (self->state.recent, 0);
  g_hash_table_remove_all (self->state.today_details);
  g_hash_table_remove_all (self->state.visit_details);
  g_clear_pointer (&self->query, g_free);
  cr_palette_line_free (self->state.line);
  self->state.line = cr_palette_line_new ();
  g_list_store_remove_all (self->rows);
}

/* ---- next or last visit of the rows shown ---- */

static void
free_visit_load (gpointer data)
{
  VisitLoad *load = data;
  g_clear_pointer (&load->ids, g_array_unref);
  g_clear_pointer (&load->details, g_hash_table_unref);
  g_object_unref (load->palette);
  g_free (load);
}

static gboolean
read_visits_job (CrTx *tx, gpointer data, GError **error)
{
  VisitLoad *load = data;
  return cr_palette_read_visits (tx, load->today, load->ids, load->details, error);
}

static void
take_details (CrPalette *self, VisitLoad *load)
{
  GHashTableIter iter;
  gpointer id, text;
  g_hash_table_iter_init (&iter, load->details);
  while (g_hash_table_iter_next (&iter, &id, &text)) {
    g_hash_table_iter_steal (&iter);
    g_hash_table_replace (self->state.visit_details, id, text);
  }
}

static void
visits_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  VisitLoad *load = data; /* freed after this call */
  CrPalette *self = load->palette;
  g_autoptr (GError) error = NULL;
  self->describing = FALSE;
  if (!cr_session_finish (result, &error)) {
    report (self, error);
    return;
  }
  take_details (self, load);
  refresh (self);
}

static GArray *
undescribed (CrPalette *self)
{
  GArray *ids = new_ids ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    const CrHit *hit = cr_row_peek (row);
    if (hit->kind == CR_HIT_PATIENT && !hit->deceased &&
        !g_hash_table_contains (self->state.today_details, &hit->patient_id) &&
        !g_hash_table_contains (self->state.visit_details, &hit->patient_id))
      g_array_append_val (ids, hit->patient_id);
  }
  return ids;
}

/* One job at a time: while it runs the person types on, and only the rows that are left count. */
static void
describe_visits (CrPalette *self)
{
  if (self->describing || !cr_session_can (self->state.session, CR_RIGHT_SCHEDULE_VIEW))
    return;
  g_autoptr (GArray) ids = undescribed (self);
  if (ids->len == 0)
    return;
  VisitLoad *load = g_new0 (VisitLoad, 1);
  load->palette = g_object_ref (self);
  load->today = self->state.today;
  load->ids = g_steal_pointer (&ids);
  load->details = new_texts ();
  self->describing = TRUE;
  cr_session_run_async (self->state.session, CR_RIGHT_SCHEDULE_VIEW, read_visits_job, load, free_visit_load,
                        visits_read_cb, load);
}

/* ---- times for a booking in one line ---- */

static void
times_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPalette) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrSlotAnswer) answer = cr_next_available_finish (CR_SESSION (source), result, &error);
  CrPaletteLine *line = self->state.line;
  self->finding = FALSE;
  if (answer == NULL)
    report (self, error);
  else if (line->asked != CR_ID_NONE && line->asked == line->wanted)
    line->slots = g_array_ref (answer->slots);
  refresh (self); /* asks again when something else was typed meanwhile */
}

/* One question at a time, as for the visits. */
static void
find_times (CrPalette *self)
{
  CrPaletteLine *line = self->state.line;
  if (self->finding || line->typed.patient == NULL || cr_palette_line_due (&self->state) == CR_ID_NONE)
    return;
  CrSlotQuestion question = cr_palette_line_question (&self->state);
  line->asked = line->wanted;
  self->finding = TRUE;
  cr_next_available_async (self->state.session, &question, times_found_cb, g_object_ref (self));
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient_id, gpointer data)
{
  CrPalette *self = data;
  if (g_str_equal (kind, CR_APPOINTMENT.name) || g_str_equal (kind, CR_ENCOUNTER.name))
    g_hash_table_remove (self->state.visit_details, &patient_id);
  else if (g_str_equal (kind, "*"))
    g_hash_table_remove_all (self->state.visit_details);
  else
    return;
  describe_visits (self);
}

static void
index_changed_cb (CrPatientIndex *index, gpointer data)
{
  refresh (data);
  g_object_notify (G_OBJECT (data), "loading");
}

/* ---- class ---- */

static void
items_changed_cb (GListModel *rows, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (self, position, removed, added);
}

static GType
palette_get_item_type (GListModel *model)
{
  return CR_TYPE_ROW;
}

static guint
palette_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (CR_PALETTE (model)->rows));
}

static gpointer
palette_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (CR_PALETTE (model)->rows), position);
}

static void
cr_palette_model_init (GListModelInterface *iface)
{
  iface->get_item_type = palette_get_item_type;
  iface->get_n_items = palette_get_n_items;
  iface->get_item = palette_get_item;
}

static void
cr_palette_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrPalette *self = CR_PALETTE (object);
  if (id == PROP_LOADING)
    g_value_set_boolean (value, cr_patient_index_is_loading (self->index) ||
                                    cr_reloader_is_busy (self->today_reloader));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_palette_finalize (GObject *object)
{
  CrPalette *self = CR_PALETTE (object);
  cr_reloader_free (self->today_reloader);
  g_signal_handlers_disconnect_by_data (self->state.session, self);
  g_signal_handlers_disconnect_by_data (self->index, self);
  g_object_unref (self->index);
  g_array_unref (self->state.todays);
  g_array_unref (self->state.recent);
  g_hash_table_unref (self->state.today_details);
  g_hash_table_unref (self->state.visit_details);
  g_object_unref (self->rows);
  g_object_unref (self->state.session);
  g_free (self->query);
  cr_palette_line_free (self->state.line);
  G_OBJECT_CLASS (cr_palette_parent_class)->finalize (object);
}

static void
cr_palette_class_init (CrPaletteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_palette_get_property;
  object_class->finalize = cr_palette_finalize;
  g_object_class_install_property (
      object_class, PROP_LOADING,
      g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
}

static void
cr_palette_init (CrPalette *self)
{
  self->rows = g_list_store_new (CR_TYPE_ROW);
  self->state.line = cr_palette_line_new ();
  self->state.todays = new_ids ();
  self->state.recent = new_ids ();
  self->state.today_details = new_texts ();
  self->state.visit_details = new_texts ();
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
}

/* ---- public ---- */

CrPalette *
cr_palette_new (CrSession *session)
{
  static const CrRecordClass *const book[] = { &CR_APPOINTMENT, &CR_VISIT_TYPE, &CR_PERSON, NULL };
  static const CrReloaderPlan plan = { book, load_today, forget, G_PRIORITY_DEFAULT };
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  CrPalette *self = g_object_new (CR_TYPE_PALETTE, NULL);
  self->state.session = g_object_ref (session);
  self->state.today = cr_clock_today (cr_session_get_clock (session));
  self->today_reloader = cr_reloader_new (session, &plan, self);
  self->index = cr_patient_index_for_session (session);
  g_signal_connect (self->index, "changed", G_CALLBACK (index_changed_cb), self);
  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), self);
  cr_reloader_request (self->today_reloader);
  return self;
}

void
cr_palette_set_query (CrPalette *self, const char *query)
{
  g_return_if_fail (CR_IS_PALETTE (self));
  CrDate today = cr_clock_today (cr_session_get_clock (self->state.session));
  if (cr_date_compare (today, self->state.today) != 0 && !cr_reloader_is_busy (self->today_reloader)) {
    g_hash_table_remove_all (self->state.visit_details); /* midnight has passed */
    cr_reloader_request (self->today_reloader);
  }
  self->state.today = today;
  g_free (self->query);
  self->query = g_strdup (query);
  refresh (self);
}

void
cr_palette_pick (CrPalette *self, CrId patient_id)
{
  g_return_if_fail (CR_IS_PALETTE (self));
  self->state.line->picked = patient_id;
  refresh (self);
}

GListModel *
cr_palette_verbs (CrPalette *self, CrId patient_id)
{
  g_return_val_if_fail (CR_IS_PALETTE (self), NULL);
  GListStore *verbs = g_list_store_new (CR_TYPE_ROW);
  gboolean today = g_hash_table_contains (self->state.today_details, &patient_id);
  for (guint i = 0; i < CR_N_VERBS; i++) {
    if (!cr_session_can (self->state.session, CR_VERBS[i].right) || (CR_VERBS[i].today && !today))
      continue;
    g_autoptr (CrRow) row =
        cr_hit_row_new (CR_HIT_COMMAND, patient_id, CR_VERBS[i].verb, _ (CR_VERBS[i].title));
    cr_hit_of (row)->detail = g_strdup (_ (CR_VERBS[i].word));
    g_list_store_append (verbs, row);
  }
  return G_LIST_MODEL (verbs);
}

gboolean
cr_palette_can_book (CrPalette *self)
{
  g_return_val_if_fail (CR_IS_PALETTE (self), FALSE);
  return cr_session_can (self->state.session, CR_RIGHT_SCHEDULE_EDIT);
}

static char *
join_recent (GArray *recent)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < recent->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (recent, CrId, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
cr_palette_note_recent (CrPalette *self, CrId patient_id)
{
  g_return_if_fail (CR_IS_PALETTE (self));
  GArray *recent = self->state.recent;
  if (patient_id == CR_ID_NONE || cr_session_get_person (self->state.session) == NULL ||
      (recent->len > 0 && g_array_index (recent, CrId, 0) == patient_id))
    return;
  for (guint i = recent->len; i > 0; i--)
    if (g_array_index (recent, CrId, i - 1) == patient_id)
      g_array_remove_index (recent, i - 1);
  g_array_prepend_val (recent, patient_id);
  g_array_set_size (recent, MIN (recent->len, MAX_RECENT));
  g_autofree char *text = join_recent (recent);
  cr_session_set_preference (self->state.session, RECENT_KEY, text);
}

gboolean
cr_palette_similar_today (CrPalette *self, const CrPatient *patient)
{
  g_return_val_if_fail (CR_IS_PALETTE (self), TRUE);
  self->state.index = cr_patient_index_get (self->index);
  return cr_palette_state_similar (&self->state, patient);
}

gboolean
cr_palette_visits_today (CrPalette *self, CrId patient_id)
{
  g_return_val_if_fail (CR_IS_PALETTE (self), FALSE);
  for (guint i = 0; i < self->state.todays->len; i++)
    if (g_array_index (self->state.todays, CrId, i) == patient_id)
      return TRUE;
  return FALSE;
}

void
cr_palette_set_private (CrPalette *self, gboolean hidden)
{
  g_return_if_fail (CR_IS_PALETTE (self));
  self->state.hidden = hidden;
  refresh (self);
}
