#include "live-list.h"
#include "reloader.h"
#include "session-private.h"

struct _CrLiveList {
  GObject parent;
  CrSession *session;
  const CrLiveSource *source;
  CrReloaderPlan plan;
  CrReloader *reloader;
  GListStore *store;
  gpointer data;
  GDestroyNotify destroy;
};

/* One load; keeps the list and so its data alive. */
typedef struct {
  CrLiveList *list;
  GPtrArray *rows;
} Load;

enum { PROP_0, PROP_LOADING };

static void cr_live_list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (CrLiveList, cr_live_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cr_live_list_model_init))

static void
free_load (gpointer data)
{
  Load *load = data;
  g_clear_pointer (&load->rows, g_ptr_array_unref);
  g_object_unref (load->list);
  g_free (load);
}

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Load *load = data;
  load->rows = load->list->source->load (tx, load->list->data, error);
  return load->rows != NULL;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrSession *session = CR_SESSION (source);
  Load *load = data; /* freed after this call */
  CrLiveList *self = load->list;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_rows_sync (self->store, load->rows, self->source->same);
  else if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    cr_session_set_warning (session, error->message);
  cr_reloader_done (self->reloader);
  g_object_notify (G_OBJECT (self), "loading");
}

static void
load_list (gpointer owner)
{
  CrLiveList *self = owner;
  if (!cr_session_can (self->session, self->source->right)) {
    g_list_store_remove_all (self->store);
    cr_reloader_done (self->reloader);
    return;
  }
  Load *load = g_new0 (Load, 1);
  load->list = g_object_ref (self);
  cr_session_run_async (self->session, self->source->right, load_job, load, free_load, loaded_cb, load);
  g_object_notify (G_OBJECT (self), "loading");
}

static void
forget_list (gpointer owner)
{
  g_list_store_remove_all (CR_LIVE_LIST (owner)->store);
}

static void
items_changed_cb (GListModel *store, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (self, position, removed, added);
}

static GType
live_list_get_item_type (GListModel *model)
{
  return CR_TYPE_ROW;
}

static guint
live_list_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (CR_LIVE_LIST (model)->store));
}

static gpointer
live_list_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (CR_LIVE_LIST (model)->store), position);
}

static void
cr_live_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = live_list_get_item_type;
  iface->get_n_items = live_list_get_n_items;
  iface->get_item = live_list_get_item;
}

static void
cr_live_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADING)
    g_value_set_boolean (value, cr_reloader_is_busy (CR_LIVE_LIST (object)->reloader));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_live_list_finalize (GObject *object)
{
  CrLiveList *self = CR_LIVE_LIST (object);
  cr_reloader_free (self->reloader);
  g_object_unref (self->store);
  g_object_unref (self->session);
  if (self->destroy != NULL)
    self->destroy (self->data);
  G_OBJECT_CLASS (cr_live_list_parent_class)->finalize (object);
}

static void
cr_live_list_class_init (CrLiveListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_live_list_get_property;
  object_class->finalize = cr_live_list_finalize;
  g_object_class_install_property (
      object_class, PROP_LOADING,
      g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
}

static void
cr_live_list_init (CrLiveList *self)
{
  self->store = g_list_store_new (CR_TYPE_ROW);
  g_signal_connect_object (self->store, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
}

GListModel *
cr_live_list_new (CrSession *session, const CrLiveSource *source, gpointer data, GDestroyNotify destroy)
{
  CrLiveList *self = g_object_new (CR_TYPE_LIVE_LIST, NULL);
  self->session = g_object_ref (session);
  self->source = source;
  self->data = data;
  self->destroy = destroy;
  self->plan = (CrReloaderPlan){ source->classes, load_list, forget_list, G_PRIORITY_DEFAULT };
  self->reloader = cr_reloader_new (session, &self->plan, self);
  cr_reloader_request (self->reloader);
  return G_LIST_MODEL (self);
}
