#include "src/ui/rx/rx-sign-sheet.h"
#include "src/ui/shell/identity-check.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrRxSignSheet {
  GtkWindow parent;
  GtkLabel *identity, *what, *message;
  GtkBox *findings;
  GtkButton *sign_button;
  GtkBox *identity_box;
  CrIdentityCheck *identity_check;
  CrWindow *window; /* transient for it */
  CrChart *chart;
  CrRxDraft *draft;
  GPtrArray *reasons; /* their buttons, borrowed */
};

enum { SIGNED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrRxSignSheet, cr_rx_sign_sheet, GTK_TYPE_WINDOW)

static void
update_button (CrRxSignSheet *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), cr_rx_draft_is_answered (self->draft));
}

/* Where the next thing is to be done: the first question of identity, the button; else the first reason. */
static void
focus_next (CrRxSignSheet *self)
{
  GtkWidget *button = GTK_WIDGET (self->sign_button), *check = GTK_WIDGET (self->identity_check);
  if (gtk_widget_get_sensitive (button))
    gtk_widget_grab_focus (gtk_widget_get_visible (check) ? check : button);
  else if (self->reasons->len > 0)
    gtk_widget_grab_focus (self->reasons->pdata[0]);
}

static GtkWidget *
add_line (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 72);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* ---- one card per finding: what, why, what to do, and the reasons ---- */

static void
answer (GtkWidget *card, CrRxSignSheet *self, const char *code)
{
  const char *rule = g_object_get_data (G_OBJECT (card), "cr-rule");
  GtkWidget *entry = g_object_get_data (G_OBJECT (card), "cr-text");
  GtkWidget *state = g_object_get_data (G_OBJECT (card), "cr-state");
  const char *problem;
  cr_rx_draft_answer (self->draft, rule, code, gtk_editable_get_text (GTK_EDITABLE (entry)));
  problem = cr_rx_draft_problem (self->draft, "answer");
  gtk_label_set_label (GTK_LABEL (state), problem != NULL ? problem : _ ("✓ Answered"));
  update_button (self);
  if (problem != NULL)
    gtk_widget_grab_focus (entry);
}

static void
reason_cb (GtkButton *button, CrRxSignSheet *self)
{
  GtkWidget *card = g_object_get_data (G_OBJECT (button), "cr-card");
  answer (card, self, g_object_get_data (G_OBJECT (button), "cr-code"));
}

static void
add_reasons (CrRxSignSheet *self, GtkWidget *card, const CrCheck *check)
{
  g_autoptr (GArray) reasons = cr_check_reasons (check->kind);
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 3);
  for (guint i = 0; i < reasons->len; i++) {
    const CrCheckReason *reason = &g_array_index (reasons, CrCheckReason, i);
    g_autofree char *text = g_strdup_printf ("%d  %s", reason->key, reason->words);
    GtkWidget *button = gtk_button_new_with_label (text);
    g_object_set_data_full (G_OBJECT (button), "cr-code", g_strdup (reason->code), g_free);
    g_object_set_data (G_OBJECT (button), "cr-card", card);
    g_object_set_data (G_OBJECT (button), "cr-key", GINT_TO_POINTER (reason->key));
    g_ptr_array_add (self->reasons, button);
    g_signal_connect (button, "clicked", G_CALLBACK (reason_cb), self);
    gtk_flow_box_append (GTK_FLOW_BOX (flow), button);
  }
  gtk_box_append (GTK_BOX (card), flow);
}

/* The card that the focus is in, unless words are being written there. */
static GtkWidget *
card_in_focus (CrRxSignSheet *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  for (GtkWidget *at = focus; at != NULL; at = gtk_widget_get_parent (at)) {
    GtkEditable *entry = g_object_get_data (G_OBJECT (at), "cr-text");
    if (entry == NULL)
      continue;
    return GTK_IS_EDITABLE (focus) && *gtk_editable_get_text (entry) != '\0' ? NULL : at;
  }
  return NULL;
}

/* The number before a reason chooses it. */
static gboolean
number_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrRxSignSheet *self)
{
  gunichar digit = gdk_keyval_to_unicode (key);
  GtkWidget *card = digit >= '1' && digit <= '9' ? card_in_focus (self) : NULL;
  for (guint i = 0; card != NULL && i < self->reasons->len; i++) {
    GObject *button = self->reasons->pdata[i];
    if (g_object_get_data (button, "cr-card") != card ||
        GPOINTER_TO_INT (g_object_get_data (button, "cr-key")) != (int)(digit - '0'))
      continue;
    reason_cb (GTK_BUTTON (button), self);
    if (cr_rx_draft_is_answered (self->draft))
      focus_next (self);
    return GDK_EVENT_STOP;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
add_finding (CrRxSignSheet *self, const CrCheck *check)
{
  gboolean stop = check->tier >= CR_CHECK_TIER_STOP;
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *title =
      g_strdup_printf ("%s  %s: %s", cr_check_mark (check), stop ? _ ("Stop") : _ ("Warning"), check->title);
  gtk_widget_add_css_class (card, stop ? "stop-card" : "warn-card");
  add_line (card, title, "heading");
  if (check->why != NULL)
    add_line (card, check->why, "value");
  if (check->what != NULL)
    add_line (card, check->what, "value");
  if (check->source != NULL)
    add_line (card, check->source, "caption");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), stop ? _ ("Reason in your own words (required)")
                                                          : _ ("Reason in your own words"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason in your own words"), -1);
  gtk_box_append (GTK_BOX (card), entry);
  g_object_set_data_full (G_OBJECT (card), "cr-rule", g_strdup (check->rule_id), g_free);
  g_object_set_data (G_OBJECT (card), "cr-text", entry);
  add_reasons (self, card, check);
  g_object_set_data (G_OBJECT (card), "cr-state",
                     add_line (card,
                               check->reason_code != NULL
                                   ? _ ("✓ Answered")
                                   : _ ("Change the prescription, or choose a reason."),
                               "caption"));
  gtk_box_append (self->findings, card);
}

static void
show_content (CrRxSignSheet *self)
{
  const CrPatient *patient = cr_chart_get_records (self->chart)->patient;
  const CrPrescription *rx = cr_rx_draft_peek (self->draft);
  GPtrArray *checks = cr_rx_draft_get_checks (self->draft);
  g_autofree char *name = cr_patient_name_display (patient);
  g_autofree char *born =
      cr_patient_born (patient, cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window))));
  g_autofree char *identity = g_strdup_printf (_ ("Sign 1 prescription for %s – %s"), name, born);
  g_autofree char *preview = NULL, *text = NULL;
  g_object_get (self->draft, "preview", &preview, NULL);
  text = rx->schedule != NULL
             ? g_strdup_printf (_ ("%s\nControlled substance, schedule %s: prints alone, signed by hand."),
                                preview, rx->schedule)
             : g_strdup (preview);
  gtk_label_set_label (self->identity, identity);
  gtk_label_set_label (self->what, text);
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *check = checks->pdata[i];
    if (check->state == CR_CHECK_FOUND && check->tier >= CR_CHECK_TIER_WARNING)
      add_finding (self, check);
    else if (check->state == CR_CHECK_NOT_CHECKED) {
      g_autofree char *words =
          g_strdup_printf ("%s  %s: %s", cr_check_mark (check), cr_check_label (check), check->title);
      add_line (GTK_WIDGET (self->findings), words, "warning");
    }
  }
  update_button (self);
}

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrRxSignSheet) self = data;
  g_autoptr (GError) error = NULL;
  CrId id = cr_rx_draft_sign_finish (self->draft, result, &error);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), TRUE);
  if (id == CR_ID_NONE) {
    gtk_label_set_label (self->message, error->message);
    gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
    return;
  }
  g_signal_emit (self, signals[SIGNED], 0, id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
sign_cb (CrRxSignSheet *self)
{
  if (!cr_identity_check_confirm (self->identity_check))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), FALSE);
  cr_rx_draft_sign_async (self->draft, signed_cb, g_object_ref (self));
}

static void
cr_rx_sign_sheet_finalize (GObject *object)
{
  g_clear_object (&CR_RX_SIGN_SHEET (object)->chart);
  g_clear_pointer (&CR_RX_SIGN_SHEET (object)->reasons, g_ptr_array_unref);
  g_clear_object (&CR_RX_SIGN_SHEET (object)->draft);
  G_OBJECT_CLASS (cr_rx_sign_sheet_parent_class)->finalize (object);
}

static void
cr_rx_sign_sheet_class_init (CrRxSignSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_rx_sign_sheet_finalize;
  signals[SIGNED] = g_signal_new ("signed", CR_TYPE_RX_SIGN_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/rx/rx-sign-sheet.ui");
  gtk_widget_class_bind_template_child (widget, CrRxSignSheet, identity);
  gtk_widget_class_bind_template_child (widget, CrRxSignSheet, what);
  gtk_widget_class_bind_template_child (widget, CrRxSignSheet, message);
  gtk_widget_class_bind_template_child (widget, CrRxSignSheet, findings);
  gtk_widget_class_bind_template_child (widget, CrRxSignSheet, identity_box);
  gtk_widget_class_bind_template_child (widget, CrRxSignSheet, sign_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_rx_sign_sheet_init (CrRxSignSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->reasons = g_ptr_array_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (number_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_cb), self);
}

GtkWindow *
cr_rx_sign_sheet_present (CrWindow *window, CrChart *chart, CrRxDraft *draft)
{
  CrRxSignSheet *self = g_object_new (CR_TYPE_RX_SIGN_SHEET, "transient-for", window, NULL);
  self->window = window;
  self->chart = g_object_ref (chart);
  self->draft = g_object_ref (draft);
  self->identity_check = cr_identity_check_new (window, chart, cr_rx_draft_peek (draft)->schedule != NULL);
  gtk_box_append (self->identity_box, GTK_WIDGET (self->identity_check));
  show_content (self);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->sign_button));
  gtk_window_present (GTK_WINDOW (self));
  focus_next (self);
  return GTK_WINDOW (self);
}
