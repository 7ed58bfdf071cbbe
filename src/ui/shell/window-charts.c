/* Open charts and navigation: one active patient, up to four charts kept warm, one way to change pages. */
#include "src/ui/shell/window-private.h"
#include "src/ui/chart/chart-page.h"
#include "src/ui/chart/reason-dialog.h"
#include "src/ui/schedule/book-panel.h"
#include "chartroom/session/kept-form.h"
#include <glib/gi18n.h>

typedef struct { /* a navigation that waits for its chart */
  CrWindow *window;
  CrId patient;
  char *section, *hint, *from;
} Arrival;

static void
arrival_free (Arrival *arrival)
{
  g_object_unref (arrival->window);
  g_free (arrival->section);
  g_free (arrival->hint);
  g_free (arrival->from);
  g_free (arrival);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

static void
place_free (gpointer data)
{
  CrPlaceVisited *place = data;
  g_free (place->section);
  g_free (place);
}

static void
remember_place (CrWindow *self, GQueue *where)
{
  CrPlaceVisited *place = g_new0 (CrPlaceVisited, 1);
  place->page = self->page;
  place->patient = self->chart != NULL ? cr_chart_get_patient_id (self->chart) : CR_ID_NONE;
  place->section = g_strdup (self->section);
  g_queue_push_tail (where, place);
}

static CrChart *
find_chart (CrWindow *self, CrId patient)
{
  for (guint i = 0; i < self->charts->len; i++)
    if (cr_chart_get_patient_id (self->charts->pdata[i]) == patient)
      return self->charts->pdata[i];
  return NULL;
}

static void
activate_chart (CrWindow *self, CrChart *chart)
{
  self->chart = chart;
  cr_chart_page_set_chart (CR_CHART_PAGE (self->page_widgets[CR_PAGE_CHART]), chart);
  if (chart != NULL)
    cr_palette_note_recent (self->palette, cr_chart_get_patient_id (chart));
  cr_window_note_patient (self);
  cr_window_show_charts (self);
}

static void
set_title (CrWindow *self)
{
  g_autofree char *name = NULL, *title = NULL;
  if (self->page == CR_PAGE_CHART && self->chart != NULL)
    name = cr_window_name_of (self, cr_chart_get_records (self->chart)->patient);
  title = name != NULL ? g_strdup_printf (_ ("%s – Chart"), name)
                       : g_strdup_printf (_ ("%s – Chartroom"), cr_page_title (self->page));
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pages), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* ---- what others wrote into the open chart ---- */

static void
show_news (CrWindow *self)
{
  const char *kind = NULL;
  g_autofree char *text =
      self->chart != NULL && self->page == CR_PAGE_CHART ? cr_chart_news (self->chart, &kind) : NULL;
  gtk_label_set_label (self->news_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->news_box), text != NULL);
}

static const char *
section_of (const char *kind)
{
  static const struct {
    const char *kind, *section;
  } SECTIONS[] = { { "medication", CR_SECTION_MEDS },     { "prescription", CR_SECTION_MEDS },
                   { "observation", CR_SECTION_RESULTS }, { "note", CR_SECTION_NOTES },
                   { "addendum", CR_SECTION_NOTES },      { "referral", CR_SECTION_REFERRALS },
                   { "document", CR_SECTION_DOCUMENTS },  { "patient", CR_SECTION_DETAILS } };
  for (guint i = 0; i < G_N_ELEMENTS (SECTIONS); i++)
    if (g_str_equal (SECTIONS[i].kind, kind))
      return SECTIONS[i].section;
  return CR_SECTION_SUMMARY;
}

void
cr_window_close_news (CrWindow *self)
{
  if (self->chart != NULL)
    cr_chart_forget_news (self->chart);
  show_news (self);
}

void
cr_window_review_news (CrWindow *self)
{
  const char *kind = NULL;
  g_autofree char *text = self->chart != NULL ? cr_chart_news (self->chart, &kind) : NULL;
  if (text == NULL)
    return;
  cr_window_close_news (self);
  cr_window_navigate (self, CR_PAGE_CHART, cr_chart_get_patient_id (self->chart), section_of (kind), NULL,
                      "review");
}

static void
show_page (CrWindow *self, CrPageId page, CrId patient, const char *section, const char *hint)
{
  static const char *const NAMES[CR_N_PAGES] = { "today",     "schedule", "chart", "rx",
                                                 "referrals", "tasks",    "calls", "waiting" };
  if (page != self->page)
    cr_window_clear_status (self);
  self->page = page;
  g_free (self->section);
  self->section = g_strdup (section);
  gtk_stack_set_visible_child_name (self->pages, NAMES[page]);
  cr_sidebar_select (self->sidebar, page);
  gtk_widget_set_visible (GTK_WIDGET (self->banner), page == CR_PAGE_CHART && self->chart != NULL);
  set_title (self);
  show_news (self);
  cr_page_enter (CR_PAGE (self->page_widgets[page]), patient, section, hint);
  cr_window_refresh_actions (self);
}

/* Two open charts that were merged are one now: the one that is shown stays. */
static void
drop_twins (CrWindow *self)
{
  for (guint i = self->charts->len; i > 0; i--) {
    CrChart *chart = self->charts->pdata[i - 1];
    CrChart *first = find_chart (self, cr_chart_get_patient_id (chart));
    if (first != chart)
      g_ptr_array_remove (self->charts, first == self->chart ? chart : first);
  }
}

static void
reloaded_cb (CrWindow *self)
{
  drop_twins (self);
  cr_window_show_charts (self);
  show_news (self);
}

static void
keep_chart (CrWindow *self, CrChart *chart)
{
  cr_chart_set_edge (chart, self->edges++);
  g_signal_connect_object (chart, "reloaded", G_CALLBACK (reloaded_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->charts, chart);
}

/* ---- a restricted chart: for what reason? ---- */

static void opened_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
reason_cb (CrReasonDialog *dialog, const char *reason, CrWindow *self)
{
  Arrival *arrival = g_object_steal_data (G_OBJECT (dialog), "cr-arrival");
  cr_chart_open_for_reason_async (self->session, arrival->patient, arrival->from, reason, opened_cb, arrival);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Takes the arrival. */
static void
ask_reason (CrWindow *self, Arrival *arrival, const char *explanation)
{
  CrReasonDialog *dialog =
      cr_reason_dialog_present (self, NULL, _ ("Restricted Chart"),
                                _ ("Restricted chart – access is reviewed"), explanation, _ ("_Open Chart"));
  g_object_set_data_full (G_OBJECT (dialog), "cr-arrival", arrival, (GDestroyNotify)arrival_free);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (reason_cb), self, 0);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Arrival) arrival = data;
  g_autoptr (GError) error = NULL;
  CrWindow *self = arrival->window;
  CrChart *chart = cr_chart_open_finish (result, &error);
  if (g_error_matches (error, CR_ERROR, CR_ERROR_RESTRICTED)) {
    ask_reason (self, g_steal_pointer (&arrival),
                self->hidden ? _ ("Say why you open it; every access is reviewed.") : error->message);
    return;
  }
  if (chart == NULL) {
    cr_window_show_error (self, error);
    return;
  }
  if (cr_session_get_state (self->session) != CR_SESSION_OPEN) {
    g_object_unref (chart);
    return;
  }
  CrChart *same =
      find_chart (self, cr_chart_get_patient_id (chart)); /* asked for by a chart that was merged */
  if (same != NULL)
    g_object_unref (chart);
  else
    keep_chart (self, chart);
  chart = same != NULL ? same : chart;
  activate_chart (self, chart);
  show_page (self, CR_PAGE_CHART, cr_chart_get_patient_id (chart), arrival->section, arrival->hint);
}

static void
open_chart (CrWindow *self, CrId patient, const char *section, const char *hint, const char *from)
{
  Arrival *arrival;
  if (self->charts->len >= CR_MAX_CHARTS) {
    cr_window_ask_put_away (self, patient, section, hint);
    return;
  }
  arrival = g_new0 (Arrival, 1);
  arrival->window = g_object_ref (self);
  arrival->patient = patient;
  arrival->from = g_strdup (from);
  arrival->section = g_strdup (section);
  arrival->hint = g_strdup (hint);
  cr_chart_open_async (self->session, patient, from, opened_cb, arrival);
}

static void
travel (CrWindow *self, GQueue *take, GQueue *leave)
{
  CrPlaceVisited *place = g_queue_pop_tail (take);
  if (place == NULL)
    return;
  remember_place (self, leave);
  self->travelling = TRUE;
  cr_window_navigate (self, place->page, place->page == CR_PAGE_CHART ? place->patient : CR_ID_NONE,
                      place->section, NULL, "back");
  self->travelling = FALSE;
  place_free (place);
}

/* ---- public ---- */

void
cr_window_navigate (CrWindow *self, CrPageId page, CrId patient, const char *section, const char *hint,
                    const char *from)
{
  CrChart *chart = patient != CR_ID_NONE ? find_chart (self, patient) : self->chart;
  if (cr_session_get_state (self->session) != CR_SESSION_OPEN)
    return;
  cr_palette_view_close (self->palette_view, TRUE);
  if (!self->travelling) {
    remember_place (self, &self->back);
    g_queue_clear_full (&self->forward, place_free);
  }
  if (page == CR_PAGE_CHART && patient != CR_ID_NONE && chart == NULL) {
    open_chart (self, patient, section, hint, from);
    return;
  }
  if (page == CR_PAGE_CHART && chart != self->chart)
    activate_chart (self, chart);
  show_page (self, page, patient, section, hint);
}

void
cr_window_back (CrWindow *self)
{
  travel (self, &self->back, &self->forward);
}

void
cr_window_forward (CrWindow *self)
{
  travel (self, &self->forward, &self->back);
}

CrChart *
cr_window_get_chart (CrWindow *self)
{
  return self->chart;
}

void
cr_window_show_charts (CrWindow *self)
{
  cr_sidebar_set_charts (self->sidebar, self->charts, self->chart, self->hidden);
  if (self->chart != NULL) {
    cr_banner_set_private (self->banner, self->hidden);
    cr_banner_set_edge (self->banner, cr_chart_get_edge (self->chart));
  }
  cr_banner_set_chart (self->banner, self->chart);
  gtk_widget_set_visible (GTK_WIDGET (self->banner), self->page == CR_PAGE_CHART && self->chart != NULL);
  set_title (self);
}

void
cr_window_put_away (CrWindow *self, CrChart *chart)
{
  if (chart == NULL)
    return;
  g_signal_handlers_disconnect_by_data (chart, self);
  if (chart == self->chart)
    activate_chart (self, NULL);
  g_ptr_array_remove (self->charts, chart);
  if (self->chart == NULL && self->charts->len > 0 && self->page == CR_PAGE_CHART)
    activate_chart (self, self->charts->pdata[self->charts->len - 1]);
  cr_window_show_charts (self);
  cr_window_refresh_actions (self);
}

void
cr_window_forget_charts (CrWindow *self)
{
  activate_chart (self, NULL);
  self->last_patient = CR_ID_NONE;
  self->switched_at = 0;
  g_ptr_array_set_size (self->charts, 0);
  cr_window_show_charts (self);
}

void
cr_window_clear_places (CrWindow *self)
{
  g_queue_clear_full (&self->back, place_free);
  g_queue_clear_full (&self->forward, place_free);
}

/* ---- lock: the charts leave memory, their places are remembered ---- */

void
cr_parked_free (gpointer parked)
{
  CrParked *self = parked;
  g_array_unref (self->patients);
  g_free (self->place.section);
  g_free (self);
}

void
cr_window_park (CrWindow *self, CrId person)
{
  CrParked *parked = g_new0 (CrParked, 1);
  parked->patients = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < self->charts->len; i++) {
    CrId patient = cr_chart_get_patient_id (self->charts->pdata[i]);
    g_array_append_val (parked->patients, patient);
  }
  parked->place.page = self->page;
  parked->place.section = g_strdup (self->section);
  parked->place.patient = self->chart != NULL ? cr_chart_get_patient_id (self->chart) : CR_ID_NONE;
  g_hash_table_replace (self->parked, g_memdup2 (&person, sizeof person), parked);
}

static void
unparked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) self = data;
  g_autoptr (GError) error = NULL;
  CrChart *chart = cr_chart_open_finish (result, &error);
  if (chart == NULL) {
    cr_window_show_error (self, error);
    return;
  }
  if (cr_session_get_state (self->session) != CR_SESSION_OPEN ||
      find_chart (self, cr_chart_get_patient_id (chart))) {
    g_object_unref (chart);
    return;
  }
  keep_chart (self, chart);
  cr_window_show_charts (self);
}

/* Where the person begins: at a booking that is not finished, else by what their work is. */
static CrPageId
home_of (CrWindow *self)
{
  const CrPerson *person = cr_session_get_person (self->session);
  g_auto (GStrv) kept = cr_session_list_kept_forms (self->session);
  gboolean referrals =
      person != NULL && (person->roles & CR_ROLE_REFERRAL) != 0 && (person->roles & CR_ROLE_DOCTOR) == 0;
  if (g_strv_contains ((const char *const *)kept, CR_FORM_BOOKING))
    return CR_PAGE_SCHEDULE;
  return referrals && !g_strv_contains ((const char *const *)kept, CR_FORM_WALK_IN) ? CR_PAGE_REFERRALS
                                                                                    : CR_PAGE_TODAY;
}

void
cr_window_unpark (CrWindow *self, CrId person)
{
  CrParked *parked = g_hash_table_lookup (self->parked, &person);
  if (parked == NULL) {
    cr_window_navigate (self, home_of (self), CR_ID_NONE, NULL, NULL, "sign-in");
    cr_window_open_forms (self);
    return;
  }
  for (guint i = 0; i < parked->patients->len; i++) {
    CrId patient = g_array_index (parked->patients, CrId, i);
    if (patient != parked->place.patient)
      cr_chart_open_async (self->session, patient, "unlock", unparked_cb, g_object_ref (self));
  }
  cr_window_navigate (self, parked->place.page, parked->place.patient, parked->place.section, NULL, "unlock");
  g_hash_table_remove (self->parked, &person);
  cr_window_open_forms (self);
}
