#include "src/ui/referrals/recipient-field.h"
#include "src/ui/chart/line.h"
#include "src/ui/referrals/contact-dialog.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/wrap-box.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/base/text.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

#define MOST_HITS 8

struct _CrRecipientField {
  GtkWidget parent;
  GtkWidget *root;
  GtkEntry *entry;
  GtkListBox *hits;
  GtkLabel *state_label;
  GtkButton *edit_button, *add_button;
  CrWindow *window;  /* borrowed: it stands in a dialog of it */
  GtkWindow *dialog; /* borrowed, the same */
  CrContact *chosen; /* NULL: none */
  gboolean showing;  /* the entry is being filled, nobody types */
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrRecipientField, cr_recipient_field, GTK_TYPE_WIDGET)

static char *
typed_of (CrRecipientField *self)
{
  return cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
show_state (CrRecipientField *self)
{
  g_autofree char *typed = typed_of (self), *text = NULL;
  g_autofree char *fax =
      self->chosen != NULL && !cr_str_empty (self->chosen->fax) ? cr_phone_format (self->chosen->fax) : NULL;
  if (fax != NULL)
    text = g_strdup_printf (_ ("Fax %s"), fax);
  else if (self->chosen != NULL)
    text = g_strdup (_ ("No fax number is known."));
  else if (!cr_str_empty (typed))
    text = g_strdup (_ ("Enter chooses from the list; else the specialty alone is kept."));
  gtk_label_set_label (self->state_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button),
                          self->chosen != NULL && cr_contact_may_save (cr_window_get_session (self->window)));
}

/* ---- the list ---- */

/* Every word begins a word of specialty, name or organization. */
static gboolean
fits (const CrContact *c, const char *typed)
{
  g_autofree char *all = cr_referral_recipient (c->specialty, c);
  g_autofree char *whole = g_strconcat (all, " ", c->given != NULL ? c->given : "", NULL);
  return g_strcmp0 (c->kind, "specialist") == 0 &&
         (*typed == '\0' || g_str_match_string (typed, whole, TRUE));
}

static void
add_hit (CrRecipientField *self, const CrContact *c, const char *typed)
{
  g_autofree char *text = c != NULL ? cr_referral_recipient (c->specialty, c)
                                    : g_strdup_printf (_ ("Only “%s”, no recipient yet"), typed);
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), cr_line_text (text, "value"));
  gtk_widget_set_focusable (row, FALSE); /* ↓ and ↑ in the entry */
  if (c != NULL)
    g_object_set_data_full (G_OBJECT (row), "cr-contact", cr_contact_copy (c),
                            (GDestroyNotify)cr_contact_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (self->hits, row);
}

static void
clear_hits (CrRecipientField *self)
{
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (self->hits, 0)) != NULL)
    gtk_list_box_remove (self->hits, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->hits), FALSE);
}

static void
list_hits (CrRecipientField *self)
{
  GListModel *contacts = cr_session_get_contacts (cr_window_get_session (self->window));
  g_autofree char *typed = typed_of (self);
  guint found = 0;
  clear_hits (self);
  for (guint i = 0; i < g_list_model_get_n_items (contacts) && found < MOST_HITS; i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (contacts, i);
    if (!fits (cr_row_peek (row), typed))
      continue;
    add_hit (self, cr_row_peek (row), NULL);
    found++;
  }
  if (!cr_str_empty (typed))
    add_hit (self, NULL, typed);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), gtk_list_box_get_row_at_index (self->hits, 0) != NULL);
  gtk_list_box_select_row (self->hits, gtk_list_box_get_row_at_index (self->hits, 0));
}

static void
set_text (CrRecipientField *self, const char *text)
{
  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->showing = FALSE;
}

/* NULL: the words stay as they are, the specialty alone. */
static void
take (CrRecipientField *self, const CrContact *contact)
{
  CrContact *chosen = contact != NULL ? cr_contact_copy (contact) : NULL;
  g_clear_pointer (&self->chosen, cr_contact_free);
  self->chosen = chosen;
  if (chosen != NULL) {
    g_autofree char *text = cr_referral_recipient (chosen->specialty, chosen);
    set_text (self, text);
  }
  clear_hits (self);
  show_state (self);
}

static void
typed_cb (CrRecipientField *self)
{
  if (self->showing || self->window == NULL)
    return;
  g_clear_pointer (&self->chosen, cr_contact_free);
  list_hits (self);
  show_state (self);
}

static void
hit_cb (GtkListBox *list, GtkListBoxRow *row, CrRecipientField *self)
{
  take (self, g_object_get_data (G_OBJECT (row), "cr-contact"));
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
step (CrRecipientField *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);
  if (row == NULL)
    list_hits (self);
  else if ((row = gtk_list_box_get_row_at_index (self->hits, gtk_list_box_row_get_index (row) + by)) != NULL)
    cr_list_mark (self->hits, row);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrRecipientField *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    step (self, key == GDK_KEY_Down ? 1 : -1);
  else if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && row != NULL)
    hit_cb (self->hits, row, self);
  else
    return FALSE;
  return TRUE;
}

/* ---- the directory ---- */

static void
stored_cb (CrContactDialog *dialog, const CrContact *contact, CrRecipientField *self)
{
  take (self, contact);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
ask (CrRecipientField *self, const CrContact *contact)
{
  CrContactDialog *dialog = cr_contact_dialog_present (self->dialog, self->window, contact);
  g_signal_connect_object (dialog, "stored", G_CALLBACK (stored_cb), self, 0);
}

static void
add_cb (CrRecipientField *self)
{
  g_autoptr (CrContact) contact = cr_contact_new ();
  contact->kind = g_strdup ("specialist");
  contact->specialty = self->chosen == NULL ? typed_of (self) : NULL;
  contact->active = TRUE;
  ask (self, contact);
}

static void
edit_cb (CrRecipientField *self)
{
  if (self->chosen != NULL)
    ask (self, self->chosen);
}

/* ---- class ---- */

static gboolean
cr_recipient_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_RECIPIENT_FIELD (widget)->entry));
}

static void
cr_recipient_field_dispose (GObject *object)
{
  CrRecipientField *self = CR_RECIPIENT_FIELD (object);
  self->window = NULL;
  g_clear_pointer (&self->chosen, cr_contact_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_RECIPIENT_FIELD);
  G_OBJECT_CLASS (cr_recipient_field_parent_class)->dispose (object);
}

static void
cr_recipient_field_class_init (CrRecipientFieldClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_recipient_field_dispose;
  widget->grab_focus = cr_recipient_field_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CHOSEN] = g_signal_new ("chosen", CR_TYPE_RECIPIENT_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/referrals/recipient-field.ui");
  gtk_widget_class_bind_template_child (widget, CrRecipientField, root);
  gtk_widget_class_bind_template_child (widget, CrRecipientField, entry);
  gtk_widget_class_bind_template_child (widget, CrRecipientField, hits);
  gtk_widget_class_bind_template_child (widget, CrRecipientField, state_label);
  gtk_widget_class_bind_template_child (widget, CrRecipientField, edit_button);
  gtk_widget_class_bind_template_child (widget, CrRecipientField, add_button);
}

static void
cr_recipient_field_init (CrRecipientField *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (cr_recipient_field_settle), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect (self->hits, "row-activated", G_CALLBACK (hit_cb), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->edit_button, "clicked", G_CALLBACK (edit_cb), self);
}

/* ---- public ---- */

void
cr_recipient_field_set_up (CrRecipientField *self, CrWindow *window, GtkWindow *dialog)
{
  self->window = window;
  self->dialog = dialog;
  gtk_widget_set_visible (GTK_WIDGET (self->add_button),
                          cr_contact_may_save (cr_window_get_session (window)));
  show_state (self);
}

const CrContact *
cr_recipient_field_get_contact (CrRecipientField *self)
{
  return self->chosen;
}

char *
cr_recipient_field_get_specialty (CrRecipientField *self)
{
  if (self->chosen != NULL)
    return g_strdup (self->chosen->specialty != NULL ? self->chosen->specialty : "");
  return typed_of (self);
}

void
cr_recipient_field_settle (CrRecipientField *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->hits, 0);
  GtkListBoxRow *second = gtk_list_box_get_row_at_index (self->hits, 1);
  g_autofree char *typed = typed_of (self);
  if (self->window == NULL || self->chosen != NULL || first == NULL)
    return;
  if (!cr_str_empty (typed) && second != NULL && g_object_get_data (G_OBJECT (second), "cr-contact") == NULL)
    take (self, g_object_get_data (G_OBJECT (first), "cr-contact"));
  else
    clear_hits (self);
}
