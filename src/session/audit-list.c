#include "audit-search.h"
#include "session-private.h"
#include <glib/gi18n.h>

struct _CrAuditList {
  GObject parent;
  CrSession *session;
  GListStore *store;
  CrAuditSearch *search; /* NULL after a lock: then it is empty and stays so */
  guint page, wanted;    /* entries: of one page, before the search rests */
  gboolean loading;
  char *problem; /* why there is nothing; NULL */
};

/* One step.  The search is its own while it runs; it goes back to the list, or away with it. */
typedef struct {
  CrAuditList *list;
  CrAuditSearch *search;
  guint limit;
  GPtrArray *rows;
} Step;

enum { PROP_0, PROP_LOADING, PROP_MORE, N_PROPS };
static GParamSpec *props[N_PROPS];

static void list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (CrAuditList, cr_audit_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void take_step (CrAuditList *self);

static void
free_step (gpointer data)
{
  Step *step = data;
  g_clear_pointer (&step->search, cr_audit_search_free);
  g_ptr_array_unref (step->rows);
  g_object_unref (step->list);
  g_free (step);
}

static gboolean
step_job (CrTx *tx, gpointer data, GError **error)
{
  Step *step = data;
  return cr_audit_search_step (step->search, tx, "read-audit", step->limit, step->rows, error);
}

static guint
count (CrAuditList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}

static void
set_loading (CrAuditList *self, gboolean loading)
{
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MORE]);
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Step *step = data; /* freed after this call */
  CrAuditList *self = step->list;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error)) {
    if (g_error_matches (error, CR_ERROR, CR_ERROR_NOT_FOUND)) {
      g_free (self->problem);
      self->problem = g_strdup (error->message);
    } else if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
      cr_session_set_warning (CR_SESSION (source), error->message);
    set_loading (self, FALSE);
    return;
  }
  self->search = g_steal_pointer (&step->search);
  g_list_store_splice (self->store, count (self), 0, step->rows->pdata, step->rows->len);
  if (!self->search->done && count (self) < self->wanted)
    take_step (self);
  else
    set_loading (self, FALSE);
}

static void
take_step (CrAuditList *self)
{
  Step *step = g_new0 (Step, 1);
  step->list = g_object_ref (self);
  step->search = g_steal_pointer (&self->search);
  step->limit = self->wanted - count (self);
  step->rows = cr_rows_new ();
  cr_session_run_async (self->session, CR_RIGHT_AUDIT_VIEW, step_job, step, free_step, stepped_cb, step);
}

static void
forget_cb (CrAuditList *self)
{
  g_clear_pointer (&self->search, cr_audit_search_free);
  g_list_store_remove_all (self->store);
}

static void
items_changed_cb (GListModel *store, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (self, position, removed, added);
}

static GType
audit_list_get_item_type (GListModel *model)
{
  return CR_TYPE_ROW;
}

static guint
audit_list_get_n_items (GListModel *model)
{
  return count (CR_AUDIT_LIST (model));
}

static gpointer
audit_list_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (CR_AUDIT_LIST (model)->store), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = audit_list_get_item_type;
  iface->get_n_items = audit_list_get_n_items;
  iface->get_item = audit_list_get_item;
}

static void
cr_audit_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrAuditList *self = CR_AUDIT_LIST (object);
  if (id == PROP_LOADING)
    g_value_set_boolean (value, self->loading);
  else if (id == PROP_MORE)
    g_value_set_boolean (value, !self->loading && self->search != NULL && !self->search->done);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_audit_list_finalize (GObject *object)
{
  CrAuditList *self = CR_AUDIT_LIST (object);
  g_clear_pointer (&self->search, cr_audit_search_free);
  g_object_unref (self->store);
  g_object_unref (self->session);
  g_free (self->problem);
  G_OBJECT_CLASS (cr_audit_list_parent_class)->finalize (object);
}

static void
cr_audit_list_class_init (CrAuditListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_audit_list_get_property;
  object_class->finalize = cr_audit_list_finalize;
  props[PROP_LOADING] = g_param_spec_boolean (
      "loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_MORE] = g_param_spec_boolean (
      "more", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cr_audit_list_init (CrAuditList *self)
{
  self->store = g_list_store_new (CR_TYPE_ROW);
  g_signal_connect_object (self->store, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
}

CrAuditList *
cr_audit_list_new (CrSession *session, const CrAuditQuestion *question, guint page)
{
  CrAuditList *self = g_object_new (CR_TYPE_AUDIT_LIST, NULL);
  self->session = g_object_ref (session);
  self->page = page;
  g_signal_connect_object (session, "forget", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
  self->search = cr_audit_search_new (question, cr_session_get_clock (session));
  cr_audit_list_load_more (self);
  return self;
}

void
cr_audit_list_load_more (CrAuditList *self)
{
  if (self->loading || self->search == NULL || self->search->done ||
      !cr_session_can (self->session, CR_RIGHT_AUDIT_VIEW))
    return;
  self->wanted = count (self) + self->page;
  set_loading (self, TRUE);
  take_step (self);
}

char *
cr_audit_list_status (CrAuditList *self)
{
  guint n = count (self);
  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (n == 0)
    return g_strdup (self->loading ? _ ("Searching …") : _ ("Nothing of this kind in that time."));
  g_autoptr (CrRow) last = g_list_model_get_item (G_LIST_MODEL (self->store), n - 1);
  CrClock *clock = cr_session_get_clock (self->session);
  CrDate day = cr_clock_date_of (clock, ((const CrAuditRow *)cr_row_peek (last))->at);
  g_autofree char *since = cr_date_to_iso (day);
  if (self->loading)
    return g_strdup_printf (_ ("Searching … %'u so far, back to %s"), n, since);
  return g_strdup_printf (ngettext ("%'u entry, back to %s", "%'u entries, back to %s", n), n, since);
}
