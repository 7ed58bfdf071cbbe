/* "Record as Sent": to whom, when and how, asked at the button. */
#include "src/ui/referrals/packet-delivery.h"
#include "chartroom/base/text.h"
#include "chartroom/session/referral-work.h"
#include <glib/gi18n.h>

typedef struct {
  CrWindow *window;
  CrId referral;
  GtkWidget *popover;
  CrClock *clock; /* the session's */
  GtkEditable *to, *fax, *date, *time;
  GtkLabel *echo, *problem;
} Sent;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (window, error);
  else
    cr_window_toast (window, _ ("Recorded as sent."), NULL, NULL);
}

static void
complain (Sent *sent, const char *what, GtkEditable *where)
{
  gtk_label_set_label (sent->problem, what != NULL ? what : "");
  gtk_widget_set_visible (GTK_WIDGET (sent->problem), what != NULL);
  if (where != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (where));
}

/* ---- when: shorthand as everywhere (UX 7.2), echoed in full ---- */

static gboolean
read_day (Sent *sent, CrDate *day, GError **error)
{
  CrDateReading reading;
  if (!cr_date_parse (gtk_editable_get_text (sent->date), cr_clock_today (sent->clock), CR_DATE_PAST,
                      CR_DATE_NONE, &reading, error))
    return FALSE;
  *day = reading.date;
  if (cr_date_is_full (reading.date) && !cr_date_is_set (reading.other))
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                       _ ("Enter the day it was sent, such as t or 11/20."));
  return FALSE;
}

static gboolean
read_minute (Sent *sent, int *minute, GError **error)
{
  if (!cr_minute_parse (gtk_editable_get_text (sent->time), cr_clock_minute (sent->clock), minute, error))
    return FALSE;
  if (*minute != CR_MINUTE_NONE)
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                       _ ("Enter the time it was sent, such as 930 or now."));
  return FALSE;
}

static gboolean
read_when (Sent *sent, CrInstant *at, GtkEditable **wrong, GError **error)
{
  CrDate day;
  int minute;
  *wrong = sent->date;
  if (!read_day (sent, &day, error))
    return FALSE;
  *wrong = sent->time;
  if (!read_minute (sent, &minute, error))
    return FALSE;
  *at = cr_clock_instant_of (sent->clock, day, minute);
  if (*at <= cr_clock_now (sent->clock))
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                       _ ("This time is still to come. Enter when the packet was sent."));
  return FALSE;
}

static void
echo_cb (Sent *sent)
{
  CrInstant at;
  GtkEditable *wrong;
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL, *minute = NULL, *text = NULL;
  if (read_when (sent, &at, &wrong, &error)) {
    day = cr_date_format_weekday (cr_clock_date_of (sent->clock, at));
    minute = cr_minute_format (cr_clock_minute_of (sent->clock, at));
    text = g_strdup_printf ("= %s %s", day, minute);
  }
  gtk_label_set_label (sent->echo, text != NULL ? text : error->message);
}

/* ---- how ---- */

/* "Salem Cardiology, fax 503-555-0199": NULL and a sentence when something is missing. */
static char *
read_to (Sent *sent, gboolean by_fax)
{
  g_autofree char *to = cr_text_trim (gtk_editable_get_text (sent->to));
  g_autofree char *fax = cr_text_trim (gtk_editable_get_text (sent->fax));
  if (by_fax && cr_str_empty (fax))
    complain (sent, _ ("Enter the fax number, or choose another way."), sent->fax);
  else if (!by_fax && cr_str_empty (to))
    complain (sent, _ ("Enter to whom it was given."), sent->to);
  else if (by_fax && !cr_str_empty (to))
    return g_strdup_printf (_ ("%s, fax %s"), to, fax);
  else
    return by_fax ? g_steal_pointer (&fax) : g_steal_pointer (&to);
  return NULL;
}

static void
method_cb (GtkButton *button, Sent *sent)
{
  const char *method = g_object_get_data (G_OBJECT (button), "cr-method");
  g_autofree char *to = read_to (sent, g_str_equal (method, "fax"));
  g_autoptr (GError) error = NULL;
  GtkEditable *wrong;
  CrInstant at;
  if (to == NULL)
    return;
  if (!read_when (sent, &at, &wrong, &error)) {
    complain (sent, error->message, wrong);
    return;
  }
  cr_referral_sent_async (cr_window_get_session (sent->window), sent->referral, method, to, at, sent_cb,
                          g_object_ref (sent->window));
  gtk_popover_popdown (GTK_POPOVER (sent->popover));
}

static GtkEditable *
add_entry (GtkWidget *box, const char *title, const char *text)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title), *entry = gtk_entry_new ();
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "label");
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 30);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL,
                                  -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return GTK_EDITABLE (entry);
}

static GtkWidget *
add_methods (GtkWidget *box, Sent *sent)
{
  static const struct {
    const char *method, *words;
  } METHODS[] = { { "fax", N_ ("By fax") },
                  { "mail", N_ ("By mail") },
                  { "hand", N_ ("Handed to the patient") },
                  { "portal", N_ ("Through their portal") },
                  { "phone", N_ ("By phone") } };
  GtkWidget *first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (METHODS); i++) {
    GtkWidget *button = gtk_button_new_with_label (_ (METHODS[i].words));
    g_object_set_data (G_OBJECT (button), "cr-method", (gpointer)METHODS[i].method);
    g_signal_connect (button, "clicked", G_CALLBACK (method_cb), sent);
    gtk_box_append (GTK_BOX (box), button);
    first = first != NULL ? first : button;
  }
  return first;
}

static void
closed_cb (GtkPopover *popover, GtkWidget *button)
{
  gtk_widget_grab_focus (button);
  gtk_widget_unparent (GTK_WIDGET (popover));
}

/* Day and time side by side, now until somebody says otherwise. */
static void
add_when (GtkWidget *box, Sent *sent)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8),
            *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6),
            *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *day = cr_date_format (cr_clock_today (sent->clock));
  g_autofree char *minute = cr_minute_format (cr_clock_minute (sent->clock));
  sent->date = add_entry (left, _ ("_Sent on"), day);
  sent->time = add_entry (right, _ ("_at"), minute);
  gtk_editable_set_width_chars (sent->date, 14);
  gtk_editable_set_width_chars (sent->time, 9);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), right);
  gtk_box_append (GTK_BOX (box), row);
  sent->echo = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (sent->echo, 0);
  gtk_label_set_wrap (sent->echo, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (sent->echo), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (sent->echo));
  g_signal_connect_swapped (sent->date, "changed", G_CALLBACK (echo_cb), sent);
  g_signal_connect_swapped (sent->time, "changed", G_CALLBACK (echo_cb), sent);
  echo_cb (sent);
}

static void
add_problem (GtkWidget *box, Sent *sent)
{
  sent->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (sent->problem, 0);
  gtk_label_set_wrap (sent->problem, TRUE);
  gtk_label_set_max_width_chars (sent->problem, 34);
  gtk_widget_add_css_class (GTK_WIDGET (sent->problem), "critical");
  gtk_widget_set_visible (GTK_WIDGET (sent->problem), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (sent->problem));
}

void
cr_packet_ask_sent (const CrDelivery *self, GtkWidget *button)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *first;
  g_autofree char *who =
      cr_referral_recipient (self->to != NULL ? NULL : self->referral->specialty, self->to);
  g_autofree char *fax =
      self->to != NULL && !cr_str_empty (self->to->fax) ? cr_phone_format (self->to->fax) : NULL;
  Sent *sent = g_new0 (Sent, 1);
  *sent = (Sent){
    .window = self->window, .referral = self->referral->id, .popover = popover, .clock = self->clock
  };
  sent->to = add_entry (box, _ ("_To"), who);
  sent->fax = add_entry (box, _ ("Fa_x number"), fax);
  add_when (box, sent);
  add_problem (box, sent);
  first = add_methods (box, sent);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, button);
  g_object_set_data_full (G_OBJECT (popover), "cr-sent", sent, g_free);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), button);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (first);
}
