#include "src/ui/schedule/part-strip.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/session/combined.h"
#include "chartroom/session/holding-tray.h"
#include <glib/gi18n.h>

struct _CrPartStrip {
  GtkWidget parent;
  GtkWidget *root, *close_button;
  GtkLabel *where_label, *problem_label;
  GtkButton *follow_button;
  CrWindow *window; /* borrowed: the strip stands in it; NULL: forgotten */
  CrPartLeft *left; /* NULL: nothing is shown */
  guint asked;      /* number of the newest question */
  gboolean refused; /* it could not follow */
  gboolean busy;    /* it is on its way: a second press asks for nothing more */
};

typedef struct {
  CrPartStrip *self;
  guint number; /* of the question */
  char *toast;
  CrId moved; /* out of the tray; none: it is cancelled */
} Question;

enum { LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPartStrip, cr_part_strip, GTK_TYPE_WIDGET)

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question->toast);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
new_question (CrPartStrip *self)
{
  Question *question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  return question;
}

/* ---- what is shown ---- */

static void
hide (CrPartStrip *self)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  g_clear_pointer (&self->left, cr_part_left_free);
  gtk_label_set_label (self->where_label, "");
  gtk_label_set_label (self->problem_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (focused)
    g_signal_emit (self, signals[LEFT], 0);
}

static void
show_button (CrPartStrip *self)
{
  const CrPartLeft *left = self->left;
  g_autofree char *tip = NULL;
  if (self->refused) {
    gtk_button_set_label (self->follow_button, left->cancelled ? _ ("Show _It") : _ ("Choose a _Time…"));
    tip = g_strdup (left->cancelled ? _ ("Shows the other part in the book")
                                    : _ ("Moves the other part with the arrow keys or by a click"));
  } else if (left->cancelled) {
    gtk_button_set_label (self->follow_button, _ ("Cancel It _Too"));
    tip = left->reason != NULL ? g_strdup_printf (_ ("For the same reason: %s"), left->reason) : NULL;
  } else {
    g_autofree char *where = cr_visit_place_words (left->to_date, left->to_start, left->clinician);
    gtk_button_set_label (self->follow_button, _ ("Move It _Too"));
    tip = g_strdup_printf (_ ("To %s"), where);
  }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->follow_button), tip);
}

static void
show (CrPartStrip *self)
{
  if (self->left == NULL)
    return;
  g_autofree char *name = cr_window_name_of (self->window, self->left->patient);
  g_autofree char *where = cr_visit_place_words (self->left->date, self->left->start, self->left->clinician);
  /* Translators: the patient; day, time and clinician of the other part of a combined visit. */
  g_autofree char *text = g_strdup_printf (_ ("%s: The other part is still %s."), name, where);
  gtk_label_set_label (self->where_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), self->refused);
  show_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* ---- questions ---- */

/* A refusal stays until something is another step's. */
static void
left_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CrPartStrip *self = question->self;
  g_autoptr (CrPartLeft) left = cr_part_left_finish (CR_SESSION (source), result, NULL);
  if (self->window == NULL || question->number != self->asked)
    return;
  if (left == NULL) {
    hide (self);
    return;
  }
  self->refused = self->refused && self->left != NULL && self->left->step == left->step;
  cr_part_left_free (self->left);
  self->left = g_steal_pointer (&left);
  show (self);
}

static void
ask (CrPartStrip *self)
{
  CrSession *session = cr_window_get_session (self->window);
  if (!cr_session_can (session, CR_RIGHT_SCHEDULE_EDIT))
    return;
  Question *question = new_question (self);
  question->number = ++self->asked;
  cr_part_left_async (session, left_cb, question);
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient, CrPartStrip *self)
{
  if (self->window != NULL && g_str_equal (kind, CR_BOOK_STEP.name))
    ask (self);
}

/* ---- following ---- */

static void
refuse (CrPartStrip *self, const char *why)
{
  self->refused = TRUE;
  gtk_label_set_label (self->problem_label, why);
  show (self);
}

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CrPartStrip *self = question->self;
  g_autoptr (GError) error = NULL;
  gboolean followed = cr_session_finish (result, &error);
  if (self->window == NULL)
    return;
  self->busy = FALSE;
  if (followed && question->moved != CR_ID_NONE)
    cr_holding_tray_take (CR_SESSION (source), question->moved);
  if (followed)
    cr_window_toast (self->window, question->toast, _ ("Undo"), "win.undo");
  else if (self->left != NULL && (g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT) ||
                                  g_error_matches (error, CR_ERROR, CR_ERROR_INVALID)))
    refuse (self, error->message);
  else
    cr_window_show_error (self->window, error);
}

static char *
describe_done (CrPartStrip *self)
{
  const CrPartLeft *left = self->left;
  g_autofree char *name = cr_window_name_of (self->window, left->patient);
  if (left->cancelled)
    return g_strdup_printf (_ ("Cancelled %s"), name);
  g_autofree char *where = cr_visit_place_words (left->to_date, left->to_start, left->clinician);
  return g_strdup_printf (_ ("Moved to %s"), where);
}

/* In the book: to be moved there by hand, or only to be seen. */
static void
go_there (CrPartStrip *self)
{
  g_autofree char *hint =
      cr_visit_hint (self->left->cancelled ? "show" : "move", self->left->date, self->left->appointment);
  cr_window_navigate (self->window, CR_PAGE_SCHEDULE, CR_ID_NONE, NULL, hint, "schedule");
}

static void
follow_cb (CrPartStrip *self)
{
  if (self->left == NULL || self->busy)
    return;
  if (self->refused) {
    go_there (self);
    return;
  }
  Question *question = new_question (self);
  question->toast = describe_done (self);
  question->moved = self->left->cancelled ? CR_ID_NONE : self->left->appointment;
  self->busy = TRUE;
  cr_part_follow_async (cr_window_get_session (self->window), self->left, followed_cb, question);
}

static void
close_cb (CrPartStrip *self)
{
  if (self->left != NULL)
    cr_part_leave (cr_window_get_session (self->window), self->left);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrPartStrip *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  close_cb (self);
  return TRUE;
}

/* ---- class ---- */

/* Its row is taller for a width than without one: baselines are looked at only then. */
static void
cr_part_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *root = CR_PART_STRIP (widget)->root;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size < 0)
    gtk_widget_measure (root, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  gtk_widget_measure (root, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
cr_part_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (CR_PART_STRIP (widget)->root, width, height, baseline, NULL);
}

static void
cr_part_strip_dispose (GObject *object)
{
  CrPartStrip *self = CR_PART_STRIP (object);
  self->window = NULL;
  g_clear_pointer (&self->left, cr_part_left_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_PART_STRIP);
  G_OBJECT_CLASS (cr_part_strip_parent_class)->dispose (object);
}

static void
cr_part_strip_class_init (CrPartStripClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_part_strip_dispose;
  signals[LEFT] =
      g_signal_new ("left", CR_TYPE_PART_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  widget->measure = cr_part_strip_measure;
  widget->size_allocate = cr_part_strip_size_allocate;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/part-strip.ui");
  gtk_widget_class_bind_template_child (widget, CrPartStrip, root);
  gtk_widget_class_bind_template_child (widget, CrPartStrip, where_label);
  gtk_widget_class_bind_template_child (widget, CrPartStrip, problem_label);
  gtk_widget_class_bind_template_child (widget, CrPartStrip, follow_button);
  gtk_widget_class_bind_template_child (widget, CrPartStrip, close_button);
}

static void
cr_part_strip_init (CrPartStrip *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (self->follow_button, "clicked", G_CALLBACK (follow_cb), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
}

/* ---- public ---- */

void
cr_part_strip_set_up (CrPartStrip *self, CrWindow *window)
{
  self->window = window;
  g_signal_connect_object (cr_window_get_session (window), "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  ask (self); /* the change may have been made before the screen was locked */
}

void
cr_part_strip_forget (CrPartStrip *self)
{
  self->asked++;
  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (self->window, self);
  hide (self);
  self->window = NULL;
}
