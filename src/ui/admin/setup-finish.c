/* Step 8: a place for backups, the first one taken and proven by a restore, and what there is now. */
#include "src/ui/admin/form.h"
#include "src/ui/admin/setup-steps.h"
#include "chartroom/domain/backup.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrSetupFinish {
  CrSetupStep parent;
  GtkWidget *form, *place, *take_button, *progress, *outcome, *near, *summary;
  CrBackups *backups; /* NULL until it was shown */
  gboolean wanted;    /* a backup, as soon as the place is known */
};

G_DEFINE_FINAL_TYPE (CrSetupFinish, cr_setup_finish, CR_TYPE_SETUP_STEP)

static CrSession *
session_of (CrSetupFinish *self)
{
  return cr_setup_step_get_session (CR_SETUP_STEP (self));
}

static gboolean
is_gone (CrSetupFinish *self)
{
  return cr_setup_step_is_gone (CR_SETUP_STEP (self));
}

static gboolean
is_running (CrSetupFinish *self)
{
  gboolean running = FALSE;
  g_object_get (self->backups, "running", &running, NULL);
  return running;
}

/* A new reference; NULL: none yet. */
static CrRow *
first_place (CrSetupFinish *self)
{
  return g_list_model_get_item (cr_backups_get_places (self->backups), 0);
}

/* ---- what there is ---- */

static guint
count_people (CrSetupFinish *self)
{
  GListModel *people = cr_session_get_people (session_of (self));
  guint n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    n += ((const CrPerson *)cr_row_peek (row))->active ? 1 : 0;
  }
  return n;
}

static void
write_summary (CrSetupFinish *self)
{
  CrSession *session = session_of (self);
  const CrPractice *practice = cr_session_get_practice (session);
  int health = CR_BACKUP_HEALTH_NONE;
  g_object_get (self->backups, "health", &health, NULL);
  g_autofree char *text = g_strdup_printf (
      _ ("%s\nFolder: %s\nPeople: %u · Rooms: %u · Visit types: %u · Logo: %s\nBackups: %s\n\nStarter "
         "clinical content (drugs, limits, checks) must be reviewed by your medical director before it is "
         "relied on.\nAll of this can be changed later: Main menu → Practice and People…, Backups…"),
      practice->name, cr_session_get_folder (session), count_people (self),
      g_list_model_get_n_items (cr_session_get_rooms (session)),
      g_list_model_get_n_items (cr_session_get_visit_types (session)),
      practice->logo_id != CR_ID_NONE ? _ ("yes") : _ ("none"),
      health == CR_BACKUP_HEALTH_OK ? _ ("the first one is made and proven") : _ ("▲ none yet"));
  gtk_label_set_label (GTK_LABEL (self->summary), text);
}

static void
set_line (GtkWidget *label, const char *text, const char *css)
{
  const char *classes[] = { css, NULL };
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_css_classes (label, classes);
  gtk_widget_set_visible (label, text != NULL);
}

static void
show_place (CrSetupFinish *self)
{
  g_autoptr (CrRow) row = first_place (self);
  const CrBackupPlace *place = row != NULL ? cr_row_peek (row) : NULL;
  if (place != NULL && cr_form_text (self->place)[0] == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->place), place->target->folder);
  set_line (self->near,
            place != NULL && place->same_disk
                ? _ ("▲ On the same disk as the practice: if it breaks, both are "
                     "lost. Add another place in Backups…")
                : NULL,
            "warning");
}

static void
show_outcome (CrSetupFinish *self)
{
  g_autofree char *outcome = NULL;
  gboolean failed = FALSE;
  if (is_gone (self))
    return;
  g_object_get (self->backups, "outcome", &outcome, "failed", &failed, NULL);
  set_line (self->outcome, outcome, failed ? "critical" : "success");
  write_summary (self);
}

static void
show_running (CrSetupFinish *self)
{
  gboolean running = is_running (self);
  double fraction = 0;
  if (is_gone (self))
    return;
  g_object_get (self->backups, "fraction", &fraction, NULL);
  gtk_widget_set_visible (self->progress, running);
  gtk_widget_set_sensitive (self->take_button, !running);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), fraction);
  cr_setup_step_changed (CR_SETUP_STEP (self));
}

/* ---- doing ---- */

/* What comes of it is said by the outcome; what does not even begin is said here. */
static void
taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupFinish) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error) && !is_gone (self))
    set_line (self->outcome, error->message, "critical");
}

static void
take_if_wanted (CrSetupFinish *self)
{
  g_autoptr (CrRow) place = first_place (self);
  if (is_gone (self))
    return;
  show_place (self);
  if (!self->wanted || place == NULL || is_running (self))
    return;
  self->wanted = FALSE;
  cr_backups_take_async (self->backups, taken_cb, g_object_ref (self));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupFinish) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error)) {
    if (is_gone (self))
      return;
    self->wanted = FALSE;
    cr_form_set_problem (self->place, error->message);
    gtk_widget_grab_focus (self->place);
    return;
  }
  take_if_wanted (self);
}

static gboolean
is_known (CrSetupFinish *self, const char *folder)
{
  GListModel *places = cr_backups_get_places (self->backups);
  for (guint i = 0; i < g_list_model_get_n_items (places); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (places, i);
    const CrBackupPlace *place = cr_row_peek (row);
    if (g_strcmp0 (place->folder, folder) == 0 || g_strcmp0 (place->target->folder, folder) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
take_cb (CrSetupFinish *self)
{
  const char *folder = cr_form_text (self->place);
  cr_form_set_problem (self->place, folder[0] == '\0' ? _ ("Choose a folder, best on another disk.") : NULL);
  if (folder[0] == '\0') {
    gtk_widget_grab_focus (self->place);
    return;
  }
  self->wanted = TRUE;
  if (is_known (self, folder))
    take_if_wanted (self);
  else
    cr_backups_add_place_async (self->backups, folder, added_cb, g_object_ref (self));
}

/* ---- the page ---- */

static void
watch (CrSetupFinish *self, gpointer what, const char *signal, void (*func) (CrSetupFinish *))
{
  g_signal_connect_object (what, signal, G_CALLBACK (func), self, G_CONNECT_SWAPPED);
}

static void
begin (CrSetupStep *step)
{
  CrSetupFinish *self = CR_SETUP_FINISH (step);
  if (self->backups == NULL) {
    self->backups = g_object_ref (cr_window_get_backups (cr_setup_step_get_window (step)));
    watch (self, cr_backups_get_places (self->backups), "items-changed", take_if_wanted);
    watch (self, self->backups, "notify::running", show_running);
    watch (self, self->backups, "notify::fraction", show_running);
    watch (self, self->backups, "notify::outcome", show_outcome);
    watch (self, self->backups, "notify::sentence", show_outcome);
  }
  cr_backups_look (self->backups);
  show_place (self);
  show_running (self);
  show_outcome (self);
  gtk_widget_grab_focus (self->place);
}

static gboolean
is_ready (CrSetupStep *step)
{
  CrSetupFinish *self = CR_SETUP_FINISH (step);
  return self->backups == NULL || !is_running (self);
}

static void
leave (CrSetupStep *step)
{
  cr_setup_step_done (step);
}

/* Enter in the field makes the backup; when there is one, it opens the practice. */
static GtkWidget *
get_default (CrSetupStep *step)
{
  CrSetupFinish *self = CR_SETUP_FINISH (step);
  int health = CR_BACKUP_HEALTH_NONE;
  if (self->backups != NULL)
    g_object_get (self->backups, "health", &health, NULL);
  return health == CR_BACKUP_HEALTH_OK ? NULL : self->take_button;
}

static void
cr_setup_finish_dispose (GObject *object)
{
  g_clear_object (&CR_SETUP_FINISH (object)->backups);
  G_OBJECT_CLASS (cr_setup_finish_parent_class)->dispose (object);
}

static void
cr_setup_finish_class_init (CrSetupFinishClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_setup_finish_dispose;
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
  CR_SETUP_STEP_CLASS (klass)->is_ready = is_ready;
  CR_SETUP_STEP_CLASS (klass)->get_default = get_default;
}

static void
cr_setup_finish_init (CrSetupFinish *self)
{
  GtkWidget *form = self->form = cr_form_new ();
  cr_form_add_text (
      form,
      _ ("A backup is taken every day while somebody is signed in, sealed like the practice, and "
         "proven by restoring it. Another disk, or one that is taken home, is best."),
      "text-2");
  self->place = cr_form_add_folder (form, _ ("Send backups _to"), _ ("Choose a Folder for Backups"),
                                    _ ("_Send Backups There"));
  self->take_button = gtk_button_new_with_mnemonic (_ ("Back _Up Now and Prove It"));
  gtk_widget_set_halign (self->take_button, GTK_ALIGN_START);
  gtk_widget_set_margin_start (self->take_button, 3); /* of the ring around the focus */
  cr_form_add_wide (form, self->take_button);
  self->progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the backup"), -1);
  cr_form_add_wide (form, self->progress);
  self->outcome = cr_form_add_text (form, NULL, "success");
  self->near = cr_form_add_text (form, NULL, "warning");
  cr_form_add_text (form, _ ("Ready"), "heading");
  self->summary = cr_form_add_text (form, NULL, "value");
  gtk_label_set_selectable (GTK_LABEL (self->summary), TRUE);
  g_signal_connect_swapped (self->take_button, "clicked", G_CALLBACK (take_cb), self);
  cr_setup_step_set_child (CR_SETUP_STEP (self), form);
}
