#include "src/ui/referrals/referral-order.h"
#include "src/ui/referrals/recipient-field.h"
#include "src/ui/referrals/referral-sign-sheet.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrReferralOrder {
  GtkWindow parent;
  GtkLabel *identity, *recipient_problem, *urgency_problem, *question_problem, *message;
  GtkDropDown *ask, *problem;
  CrRecipientField *recipient;
  GtkCheckButton *stat, *urgent, *asap, *routine;
  GtkTextView *question, *history, *done;
  GtkEntry *wants;
  GtkButton *order_button;
  CrWindow *window; /* transient for it */
  CrChart *chart;
  CrReferralDraft *draft;
  GPtrArray *problems; /* borrowed CrProblem, behind "not linked" */
};

enum { ORDERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const ASKS[] = { "evaluate", "advice", "co-manage", "take-over", "procedure" };

G_DEFINE_FINAL_TYPE (CrReferralOrder, cr_referral_order, GTK_TYPE_WINDOW)

static char *
text_of (GtkTextView *view)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static const char *
chosen_urgency (CrReferralOrder *self)
{
  if (gtk_check_button_get_active (self->stat))
    return "stat";
  if (gtk_check_button_get_active (self->urgent))
    return "urgent";
  if (gtk_check_button_get_active (self->asap))
    return "asap";
  return gtk_check_button_get_active (self->routine) ? "routine" : "unset";
}

static void
take (CrReferralOrder *self)
{
  const CrContact *to = cr_recipient_field_get_contact (self->recipient);
  g_autofree char *specialty = cr_recipient_field_get_specialty (self->recipient);
  g_autofree char *contact = to != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, to->id) : NULL;
  g_autofree char *question = text_of (self->question);
  g_autofree char *history = text_of (self->history);
  g_autofree char *done = text_of (self->done);
  g_object_set (self->draft, "specialty", specialty, "contact-id", contact != NULL ? contact : "", "question",
                question, "history", history, "done", done, "wants",
                gtk_editable_get_text (GTK_EDITABLE (self->wants)), "urgency", chosen_urgency (self), "ask",
                ASKS[gtk_drop_down_get_selected (self->ask)], NULL);
}

static void
show_problem (GtkLabel *label, const char *problem)
{
  gtk_label_set_label (label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);
}

static gboolean
check (CrReferralOrder *self)
{
  const char *urgency = cr_referral_draft_problem (self->draft, "urgency");
  const char *question = cr_referral_draft_problem (self->draft, "question");
  const char *specialty = cr_referral_draft_problem (self->draft, "specialty");
  show_problem (self->urgency_problem, urgency);
  show_problem (self->question_problem, question);
  show_problem (self->recipient_problem, specialty);
  if (specialty != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->recipient));
  else if (question != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->question));
  else if (urgency != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->urgent));
  return urgency == NULL && question == NULL && specialty == NULL;
}

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrReferralOrder) self = data;
  g_autoptr (GError) error = NULL;
  CrId id = cr_referral_draft_order_finish (self->draft, result, &error);
  gtk_widget_set_sensitive (GTK_WIDGET (self->order_button), TRUE);
  if (id == CR_ID_NONE) {
    show_problem (self->message, error->message);
    return;
  }
  g_signal_emit (self, signals[ORDERED], 0, id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
order (CrReferralOrder *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->order_button), FALSE);
  cr_referral_draft_order_async (self->draft, ordered_cb, g_object_ref (self));
}

/* Who signs sees once more for whom; for others it waits unsigned. */
static void
order_cb (CrReferralOrder *self)
{
  g_autofree char *to = NULL;
  cr_recipient_field_settle (self->recipient);
  take (self);
  if (!check (self))
    return;
  to = cr_referral_order_recipient (self);
  if (cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SIGN))
    g_signal_connect_object (cr_referral_sign_sheet_present (GTK_WINDOW (self), self->window, self->chart,
                                                             cr_referral_draft_peek (self->draft), to),
                             "signed", G_CALLBACK (order), self, G_CONNECT_SWAPPED);
  else
    order (self);
}

static gboolean
primary_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  order_cb (CR_REFERRAL_ORDER (widget));
  return TRUE;
}

static void
cr_referral_order_finalize (GObject *object)
{
  CrReferralOrder *self = CR_REFERRAL_ORDER (object);
  g_clear_object (&self->chart);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  G_OBJECT_CLASS (cr_referral_order_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, identity);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, recipient_problem);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, urgency_problem);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, question_problem);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, message);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, recipient);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, ask);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, problem);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, stat);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, urgent);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, asap);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, routine);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, question);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, history);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, done);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, wants);
  gtk_widget_class_bind_template_child (widget, CrReferralOrder, order_button);
}

static void
cr_referral_order_class_init (CrReferralOrderClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_referral_order_finalize;
  g_type_ensure (CR_TYPE_RECIPIENT_FIELD);
  signals[ORDERED] = g_signal_new ("ordered", CR_TYPE_REFERRAL_ORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/referrals/referral-order.ui");
  bind_children (widget);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* Ctrl+Enter, before a text view takes it for a new line. */
static void
add_primary_key (CrReferralOrder *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_callback_action_new (primary_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* The recipient is chosen: how urgent is it? */
static void
chosen_cb (CrReferralOrder *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->stat));
}

static void
cr_referral_order_init (CrReferralOrder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_primary_key (self);
  g_signal_connect_swapped (self->order_button, "clicked", G_CALLBACK (order_cb), self);
  g_signal_connect_swapped (self->recipient, "chosen", G_CALLBACK (chosen_cb), self);
}

static void
show_texts (CrReferralOrder *self)
{
  const CrReferral *r = cr_referral_draft_peek (self->draft);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->history), r->history != NULL ? r->history : "",
                            -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->done), r->done != NULL ? r->done : "", -1);
}

/* What is typed so far stays; what the problem brings fills what is empty. */
static void
problem_cb (CrReferralOrder *self)
{
  guint at = gtk_drop_down_get_selected (self->problem);
  const CrProblem *problem = at > 0 && at <= self->problems->len ? self->problems->pdata[at - 1] : NULL;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, problem != NULL ? problem->id : CR_ID_NONE);
  take (self);
  g_object_set (self->draft, "problem-id", id, NULL);
  show_texts (self);
}

static void
fill_problems (CrReferralOrder *self)
{
  const GPtrArray *problems = cr_chart_get_records (self->chart)->problems;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  self->problems = g_ptr_array_new ();
  gtk_string_list_append (names, _ ("Not linked"));
  for (guint i = 0; i < problems->len; i++) {
    CrProblem *problem = problems->pdata[i];
    if (problem->status != CR_PROBLEM_ACTIVE)
      continue;
    g_ptr_array_add (self->problems, problem);
    gtk_string_list_append (names, problem->display != NULL ? problem->display : _ ("unnamed"));
  }
  gtk_drop_down_set_model (self->problem, G_LIST_MODEL (names));
  g_signal_connect_swapped (self->problem, "notify::selected", G_CALLBACK (problem_cb), self);
}

GtkWindow *
cr_referral_order_present (CrWindow *window, CrChart *chart)
{
  CrReferralOrder *self = g_object_new (CR_TYPE_REFERRAL_ORDER, "transient-for", window, NULL);
  const CrPatient *p = cr_chart_get_records (chart)->patient;
  g_autofree char *name = cr_patient_name_display (p);
  g_autofree char *born =
      cr_patient_born (p, cr_clock_today (cr_session_get_clock (cr_window_get_session (window))));
  g_autofree char *identity = g_strdup_printf (_ ("%s  ·  %s  ·  MRN %s"), name, born, p->mrn);
  self->window = window;
  self->chart = g_object_ref (chart);
  self->draft = cr_referral_draft_new (chart, NULL);
  gtk_label_set_label (self->identity, identity);
  cr_recipient_field_set_up (self->recipient, window, GTK_WINDOW (self));
  fill_problems (self);
  show_texts (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->recipient));
  cr_focus_keep_typing (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

char *
cr_referral_order_recipient (CrReferralOrder *self)
{
  const CrContact *to = cr_recipient_field_get_contact (self->recipient);
  const CrReferral *r = cr_referral_draft_peek (self->draft);
  g_autofree char *who = cr_referral_recipient (r->specialty, to);
  g_autofree char *fax = to != NULL && !cr_str_empty (to->fax) ? cr_phone_format (to->fax) : NULL;
  return fax != NULL ? g_strdup_printf (_ ("%s, fax %s"), who, fax) : g_steal_pointer (&who);
}
