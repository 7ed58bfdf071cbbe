#include "src/ui/admin/hours-pane.h"
#include "src/ui/admin/hours-step.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/unsaved-bar.h"
#include "chartroom/session/administration.h"
#include "chartroom/session/hit-visits.h"
#include <glib/gi18n.h>

struct _CrHoursPane {
  GtkWidget parent;
  GtkWidget *box, *step, *save;
  CrUnsavedBar *unsaved;
  CrSession *session;
  gboolean filled;
};

enum { SAID, HIT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrHoursPane, cr_hours_pane, GTK_TYPE_WIDGET)

static void
say (CrHoursPane *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *kept, CrHoursPane *self)
{
  cr_hours_step_write (CR_HOURS_STEP (self->step), kept);
}

static void
put_back_kept (CrHoursPane *self)
{
  g_autoptr (CrKeptForm) kept = cr_unsaved_bar_take (self->unsaved);
  if (kept != NULL)
    cr_hours_step_put_back (CR_HOURS_STEP (self->step), kept);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrHoursPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrAdminSetUp) set_up = cr_admin_load_set_up_finish (result, &error);
  if (self->box == NULL) /* closed meanwhile */
    return;
  if (set_up == NULL) {
    say (self, error->message);
    return;
  }
  gtk_widget_set_sensitive (self->save, TRUE);
  self->filled = TRUE;
  cr_hours_step_fill (CR_HOURS_STEP (self->step), set_up, cr_session_get_people (self->session),
                      cr_clock_today (cr_session_get_clock (self->session)));
  cr_unsaved_bar_end (self->unsaved);
  cr_unsaved_bar_start (self->unsaved, self->session, CR_FORM_HOURS);
  put_back_kept (self);
}

static void
reload (CrHoursPane *self)
{
  cr_admin_load_set_up_async (self->session, loaded_cb, g_object_ref (self));
}

static void
hit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrHoursPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hit = cr_hit_visits_finish (result, &error);
  if (self->box == NULL)
    return;
  if (hit == NULL || hit->len == 0) {
    say (self, hit != NULL ? _ ("Saved.") : error->message);
    return;
  }
  g_autofree char *sentence = g_strdup_printf (
      ngettext ("Saved. %u visit lies outside the new hours: it stays until somebody moves it.",
                "Saved. %u visits lie outside the new hours: they stay until somebody moves them.", hit->len),
      hit->len);
  g_signal_emit (self, signals[HIT], 0, sentence, hit);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrHoursPane) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (self->box == NULL)
    return;
  if (!saved) {
    say (self, error->message);
    gtk_widget_set_sensitive (self->save, TRUE);
    return;
  }
  cr_hit_by_hours_async (self->session, cr_hours_step_get_hours (CR_HOURS_STEP (self->step)), hit_cb,
                         g_object_ref (self));
  reload (self);
}

static void
save_cb (CrHoursPane *self)
{
  g_autoptr (GPtrArray) classes = g_ptr_array_new (), records = g_ptr_array_new ();
  say (self, ""); /* what an earlier save said is not true of this one */
  gboolean good = cr_hours_step_take (CR_HOURS_STEP (self->step), NULL, classes, records);
  if (good && records->len == 0)
    say (self, _ ("Nothing was changed."));
  if (good && records->len > 0) {
    gtk_widget_set_sensitive (self->save, FALSE);
    cr_admin_save_async (self->session, (const CrRecordClass *const *)classes->pdata,
                         (gconstpointer *)records->pdata, records->len, saved_cb, g_object_ref (self));
  }
  for (guint i = 0; i < records->len; i++)
    cr_record_free (classes->pdata[i], records->pdata[i]);
}

static void
cr_hours_pane_dispose (GObject *object)
{
  CrHoursPane *self = CR_HOURS_PANE (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_hours_pane_parent_class)->dispose (object);
}

static gboolean
cr_hours_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CR_HOURS_PANE (widget)->step);
}

static void
cr_hours_pane_class_init (CrHoursPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_hours_pane_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cr_hours_pane_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = cr_focus_parts;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SAID] = g_signal_new ("said", CR_TYPE_HOURS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[HIT] = g_signal_new ("hit", CR_TYPE_HOURS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                               2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
}

static void
cr_hours_pane_init (CrHoursPane *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->step = cr_hours_step_new ();
  gtk_widget_add_css_class (self->step, "dialog-body");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->step);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->save = gtk_button_new_with_mnemonic (_ ("Save Chan_ges"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_halign (self->save, GTK_ALIGN_END);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_margin_top (self->save, 12);
  gtk_widget_set_margin_bottom (self->save, 12);
  gtk_widget_set_margin_end (self->save, 18);
  gtk_box_append (GTK_BOX (self->box), scrolled);
  self->unsaved = g_object_new (CR_TYPE_UNSAVED_BAR, NULL);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->unsaved));
  gtk_box_append (GTK_BOX (self->box), self->save);
  g_signal_connect_object (self->step, "edited", G_CALLBACK (cr_unsaved_bar_edited), self->unsaved,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
}

GtkWidget *
cr_hours_pane_new (CrSession *session)
{
  CrHoursPane *self = g_object_new (CR_TYPE_HOURS_PANE, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
cr_hours_pane_discard (CrHoursPane *self)
{
  cr_unsaved_bar_end (self->unsaved);
}

gboolean
cr_hours_pane_is_touched (CrHoursPane *self)
{
  return self->filled && cr_hours_step_is_touched (CR_HOURS_STEP (self->step));
}

void
cr_hours_pane_refresh (CrHoursPane *self)
{
  if (!cr_hours_pane_is_touched (self))
    reload (self);
}
