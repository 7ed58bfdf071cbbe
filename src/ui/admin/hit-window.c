#include "src/ui/admin/hit-window.h"
#include "src/ui/admin/admin-window.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/session/hit-visits.h"
#include <glib/gi18n.h>

struct _CrHitWindow {
  GtkWindow parent;
  GtkLabel *what_label, *message;
  GtkListBox *list;
  GtkButton *close_button, *cancel_button;
  CrWindow *window;
  GPtrArray *rows;
  char *reason;  /* for which they are cancelled; NULL: they are not */
  gboolean busy; /* they are being cancelled: the window stays until that is done */
};

G_DEFINE_FINAL_TYPE (CrHitWindow, cr_hit_window, GTK_TYPE_WINDOW)

static const CrVisit *
visit_of (GtkWidget *row)
{
  return cr_row_peek (CR_ROW (g_object_get_data (G_OBJECT (row), "cr-item")));
}

/* The windows above the book go; but where something is typed and not saved, that one stays. */
static void
go_to (CrHitWindow *self, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *hint = cr_visit_hint ("show", a->date, a->id);
  GtkWindow *over = gtk_window_get_transient_for (GTK_WINDOW (self));
  gboolean typed = CR_IS_ADMIN_WINDOW (over) && cr_admin_window_is_touched (CR_ADMIN_WINDOW (over));
  CrWindow *window = self->window;
  if (self->busy)
    return;
  gtk_window_close (GTK_WINDOW (self));
  if (over != GTK_WINDOW (window) && !typed)
    gtk_window_close (over);
  cr_window_navigate (window, CR_PAGE_SCHEDULE, CR_ID_NONE, NULL, hint, "hit");
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrHitWindow *self)
{
  go_to (self, visit_of (GTK_WIDGET (row)));
}

static void
go_cb (GtkButton *button, GtkWidget *row)
{
  go_to (CR_HIT_WINDOW (gtk_widget_get_root (row)), visit_of (row));
}

static GtkWidget *
make_row (CrHitWindow *self, CrRow *item)
{
  const CrVisit *visit = cr_row_peek (item);
  const CrAppointment *a = visit->appointment;
  g_autofree char *name = cr_window_name_of (self->window, visit->patient);
  g_autofree char *place = cr_visit_place_words (a->date, (int)a->start_min, visit->clinician);
  g_autofree char *phone =
      cr_window_is_private (self->window) ? NULL : cr_reach_phone_words (visit->patient, visit->reach);
  g_autofree char *line =
      g_strjoin ("  ·  ", place, visit->type_name != NULL ? visit->type_name : _ ("Visit"), phone, NULL);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", name, line);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *detail = cr_visit_label (line, "caption");
  GtkWidget *button = gtk_button_new_with_label (_ ("Show in Schedule"));
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_box_append (GTK_BOX (texts), cr_visit_label (name, "heading"));
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "list-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "cr-item", g_object_ref (item), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (go_cb), row);
  return row;
}

/* ---- cancelling all ---- */

static void
set_busy (CrHitWindow *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->close_button), !busy);
}

static void
say (CrHitWindow *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrHitWindow) self = data;
  g_autoptr (GError) error = NULL;
  int n = cr_hit_cancel_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  set_busy (self, FALSE);
  if (n < 0) {
    say (self, error->message);
    return;
  }
  g_autofree char *said =
      g_strdup_printf (ngettext ("%d visit is cancelled", "%d visits are cancelled", (gulong)n), n);
  cr_window_toast (self->window, said, n > 0 ? _ ("Undo") : NULL, n > 0 ? "win.undo" : NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
cancel_cb (CrHitWindow *self)
{
  if (self->busy)
    return;
  say (self, NULL);
  set_busy (self, TRUE);
  cr_hit_cancel_async (cr_window_get_session (self->window), self->rows, self->reason, cancelled_cb,
                       g_object_ref (self));
}

static gboolean
close_request_cb (CrHitWindow *self)
{
  return self->busy;
}

static void
cr_hit_window_dispose (GObject *object)
{
  CrHitWindow *self = CR_HIT_WINDOW (object);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->reason, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_HIT_WINDOW);
  G_OBJECT_CLASS (cr_hit_window_parent_class)->dispose (object);
}

static void
cr_hit_window_class_init (CrHitWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_hit_window_dispose;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/hit-window.ui");
  gtk_widget_class_bind_template_child (widget, CrHitWindow, what_label);
  gtk_widget_class_bind_template_child (widget, CrHitWindow, message);
  gtk_widget_class_bind_template_child (widget, CrHitWindow, list);
  gtk_widget_class_bind_template_child (widget, CrHitWindow, close_button);
  gtk_widget_class_bind_template_child (widget, CrHitWindow, cancel_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_hit_window_init (CrHitWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

static CrHitWindow *
open_window (GtkWindow *over, CrWindow *window, const char *title, GPtrArray *rows)
{
  CrHitWindow *self = g_object_new (CR_TYPE_HIT_WINDOW, "transient-for", over, NULL);
  self->window = window;
  self->rows = g_ptr_array_ref (rows);
  gtk_label_set_label (self->what_label, title);
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (self->list, make_row (self, rows->pdata[i]));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  return self;
}

void
cr_hit_window_present (GtkWindow *over, CrWindow *window, const char *title, GPtrArray *rows)
{
  open_window (over, window, title, rows);
}

void
cr_hit_window_offer (CrWindow *window, const char *title, GPtrArray *rows, const char *reason)
{
  CrHitWindow *self = open_window (GTK_WINDOW (window), window, title, rows);
  CrSession *session = cr_window_get_session (window);
  self->reason = g_strdup (reason);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Visits Still Booked"));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), cr_session_can (session, CR_RIGHT_SCHEDULE_EDIT));
}
