/* Step 4: one week for every clinician, rooms, visit types; once they are there, each clinician's own week.
 */
#include "src/ui/admin/hours-step.h"
#include "src/ui/admin/setup-steps.h"
#include "chartroom/session/administration.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrSetupHours {
  CrSetupStep parent;
  GtkWidget *hours;
  gboolean known, there; /* what is stored was read; there were rooms already */
};

G_DEFINE_FINAL_TYPE (CrSetupHours, cr_setup_hours, CR_TYPE_SETUP_STEP)

static CrSession *
session_of (CrSetupHours *self)
{
  return cr_setup_step_get_session (CR_SETUP_STEP (self));
}

static void load (CrSetupHours *self);

/* What was stored is read again: should the wizard not get on, Continue changes it and adds no second one. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupHours) self = data;
  g_autoptr (GError) error = NULL;
  cr_setup_step_set_busy (CR_SETUP_STEP (self), FALSE);
  if (!cr_session_finish (result, &error)) {
    cr_setup_step_say (CR_SETUP_STEP (self), error->message);
    return;
  }
  if (!cr_setup_step_is_gone (CR_SETUP_STEP (self)))
    load (self);
  cr_setup_step_done (CR_SETUP_STEP (self));
}

static GArray *
schedulable_people (CrSetupHours *self)
{
  GListModel *people = cr_session_get_people (session_of (self));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    if (person->schedulable && person->active)
      g_array_append_val (ids, person->id);
  }
  return ids;
}

static void
leave (CrSetupStep *step)
{
  CrSetupHours *self = CR_SETUP_HOURS (step);
  g_autoptr (GArray) people = schedulable_people (self);
  g_autoptr (GPtrArray) classes = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  if (self->known &&
      cr_hours_step_take (CR_HOURS_STEP (self->hours), self->there ? NULL : people, classes, records)) {
    cr_setup_step_set_busy (step, TRUE);
    cr_admin_save_async (session_of (self), (const CrRecordClass *const *)classes->pdata,
                         (gconstpointer *)records->pdata, records->len, saved_cb, g_object_ref (self));
  }
  for (guint i = 0; i < records->len; i++)
    cr_record_free (classes->pdata[i], records->pdata[i]);
  if (!self->known) /* it could not be read: tried again, and said again if need be */
    load (self);
}

/* The week that is proposed knows what those who were added have already. */
static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupHours) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrAdminSetUp) set_up = cr_admin_load_set_up_finish (result, &error);
  CrDate today;
  if (cr_setup_step_is_gone (CR_SETUP_STEP (self)))
    return;
  if (set_up == NULL) {
    cr_setup_step_say (CR_SETUP_STEP (self), error->message);
    return;
  }
  today = cr_clock_today (cr_session_get_clock (session_of (self)));
  self->there = set_up->rooms->len > 0;
  self->known = TRUE;
  if (self->there)
    cr_hours_step_fill (CR_HOURS_STEP (self->hours), set_up, cr_session_get_people (session_of (self)),
                        today);
  else
    cr_hours_step_set_known (CR_HOURS_STEP (self->hours), set_up->hours, today);
}

static void
load (CrSetupHours *self)
{
  self->known = FALSE;
  cr_admin_load_set_up_async (session_of (self), loaded_cb, g_object_ref (self));
}

static void
begin (CrSetupStep *step)
{
  CrSetupHours *self = CR_SETUP_HOURS (step);
  gtk_widget_grab_focus (self->hours);
  load (self);
}

static void
cr_setup_hours_class_init (CrSetupHoursClass *klass)
{
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
}

static void
cr_setup_hours_init (CrSetupHours *self)
{
  self->hours = cr_hours_step_new ();
  cr_setup_step_set_child (CR_SETUP_STEP (self), self->hours);
}
