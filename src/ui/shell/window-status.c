/* The line at the bottom: drafts, backups, age of the interaction data. */
#include "src/ui/shell/window-private.h"
#include "src/ui/admin/setup-wizard.h"
#include <glib/gi18n.h>

#define FACT_SECONDS 30

/* What was done once is told once; what is wrong stays until it is mended. */
void
cr_window_clear_status (CrWindow *self)
{
  g_autofree char *trouble = NULL;
  gboolean waiting;
  g_clear_handle_id (&self->status_timer, g_source_remove);
  g_object_get (self->session, "draft-trouble", &trouble, "waiting", &waiting, NULL);
  if (trouble == NULL && !waiting)
    gtk_label_set_label (self->status_label, "");
}

static gboolean
told_cb (gpointer data)
{
  CrWindow *self = data;
  self->status_timer = 0;
  cr_window_clear_status (self);
  return G_SOURCE_REMOVE;
}

static void
draft_cb (CrWindow *self)
{
  g_autofree char *text = NULL;
  gboolean waiting;
  g_clear_handle_id (&self->status_timer, g_source_remove);
  self->status_timer = g_timeout_add_seconds (FACT_SECONDS, told_cb, self);
  g_object_get (self->session, "draft-status", &text, "waiting", &waiting, NULL);
  gtk_label_set_label (self->status_label,
                       waiting ? _ ("Another program is writing to the practice; this one waits for it …")
                       : text != NULL ? text
                                      : "");
}

static void
backup_cb (CrWindow *self)
{
  g_autofree char *sentence = NULL;
  int health;
  g_object_get (self->backups, "sentence", &sentence, "health", &health, NULL);
  gtk_label_set_label (self->backup_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->backup_dot, sentence != NULL);
  if (health == CR_BACKUP_HEALTH_OK)
    gtk_widget_remove_css_class (GTK_WIDGET (self->backup_label), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->backup_label), "warning");
}

void
cr_window_show_knowledge (CrWindow *self)
{
  CrKnowledge *knowledge = cr_session_get_knowledge (self->session);
  g_autofree char *status =
      cr_knowledge_status (knowledge, cr_clock_today (cr_session_get_clock (self->session)));
  gtk_label_set_label (self->knowledge_label, status);
}

void
cr_window_show_set_up (CrWindow *self)
{
  g_autofree char *where = cr_session_get_state (self->session) == CR_SESSION_OPEN
                               ? cr_setup_wizard_describe (self->session)
                               : NULL;
  g_autofree char *text =
      where != NULL ? g_strdup_printf (_ ("The set-up of this practice is not finished: %s."), where) : NULL;
  gtk_label_set_label (self->set_up_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->set_up_box), text != NULL);
  cr_window_refresh_actions (self);
}

void
cr_window_watch_status (CrWindow *self)
{
  g_signal_connect_object (self->session, "notify::set-up-step", G_CALLBACK (cr_window_show_set_up), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::draft-status", G_CALLBACK (draft_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::waiting", G_CALLBACK (draft_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->backups, "notify::sentence", G_CALLBACK (backup_cb), self,
                           G_CONNECT_SWAPPED);
}
