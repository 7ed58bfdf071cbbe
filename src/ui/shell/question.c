#include "src/ui/shell/question.h"
#include <glib/gi18n.h>

struct _CrQuestion {
  GtkWindow parent;
  GtkLabel *question_label, *what_label;
  GtkButton *keep_button, *do_button;
};

enum { CONFIRMED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrQuestion, cr_question, GTK_TYPE_WINDOW)

static void
yes_cb (CrQuestion *self)
{
  g_signal_emit (self, signals[CONFIRMED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
cr_question_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_QUESTION);
  G_OBJECT_CLASS (cr_question_parent_class)->dispose (object);
}

static void
cr_question_class_init (CrQuestionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_question_dispose;
  signals[CONFIRMED] =
      g_signal_new ("confirmed", CR_TYPE_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/question.ui");
  gtk_widget_class_bind_template_child (widget, CrQuestion, question_label);
  gtk_widget_class_bind_template_child (widget, CrQuestion, what_label);
  gtk_widget_class_bind_template_child (widget, CrQuestion, keep_button);
  gtk_widget_class_bind_template_child (widget, CrQuestion, do_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_question_init (CrQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->do_button, "clicked", G_CALLBACK (yes_cb), self);
}

CrQuestion *
cr_question_present (GtkWindow *over, const char *question, const char *what, const char *keep,
                     const char *yes)
{
  CrQuestion *self = g_object_new (CR_TYPE_QUESTION, "transient-for", over, "title", question, NULL);
  gtk_label_set_label (self->question_label, question);
  gtk_label_set_label (self->what_label, what);
  gtk_button_set_label (self->keep_button, keep);
  gtk_button_set_label (self->do_button, yes);
  gtk_widget_grab_focus (GTK_WIDGET (self->keep_button));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
