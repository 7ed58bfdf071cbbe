#include "src/ui/schedule/form-field.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrFormField {
  GtkWidget parent;
  GtkWidget *line; /* label and entry */
  GtkBox *beside;
  GtkLabel *label, *echo, *message;
  GtkWidget *offer; /* answers the question */
  GtkEntry *entry;
  char *field;
  CrFields *fields;
  gboolean left; /* focus has been in it and gone on */
};

enum { PROP_0, PROP_LABEL, PROP_FIELD, PROP_PLACEHOLDER, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrFormField, cr_form_field, GTK_TYPE_WIDGET)

static void
set_class (CrFormField *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), name);
}

static void
show_offer (CrFormField *self, gboolean asked)
{
  g_autofree char *offer = asked ? cr_fields_offer (self->fields, self->field) : NULL;
  g_autofree char *spoken = offer != NULL ? g_strdup_printf (_ ("Use %s"), offer) : NULL;
  gtk_widget_set_visible (self->offer, offer != NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->message), offer == NULL); /* else the button follows the words */
  if (spoken != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->offer), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_message (CrFormField *self, const char *problem, const char *question)
{
  const char *text = problem != NULL ? problem : question;
  set_class (self, "problem", problem != NULL);
  set_class (self, "question", problem == NULL && question != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->message),
                               problem != NULL ? "field-question" : "field-problem");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), problem != NULL ? "field-problem" : "field-question");
  gtk_label_set_label (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  show_offer (self, problem == NULL && question != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

static void
focus_left_cb (CrFormField *self)
{
  self->left = TRUE;
  if (self->fields == NULL)
    return;
  cr_form_field_judge (self, FALSE);
  g_signal_emit (self, signals[LEFT], 0);
}

/* What was wrong is not held against a person who is just mending it; it is judged again on leaving. */
static void
typed_cb (CrFormField *self)
{
  if (self->fields != NULL && cr_fields_problem (self->fields, self->field) == NULL)
    show_message (self, NULL, NULL);
}

static void
offer_cb (CrFormField *self)
{
  g_autofree char *offer = cr_fields_offer (self->fields, self->field);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (offer != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), offer);
}

static gboolean
cr_form_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_FORM_FIELD (widget)->entry));
}

static void
cr_form_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CrFormField *self = CR_FORM_FIELD (object);
  if (id == PROP_LABEL) {
    gtk_label_set_text_with_mnemonic (self->label, g_value_get_string (value));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_label_get_text (self->label), -1);
  } else if (id == PROP_FIELD) {
    g_free (self->field);
    self->field = g_value_dup_string (value);
  } else if (id == PROP_PLACEHOLDER) {
    gtk_entry_set_placeholder_text (self->entry, g_value_get_string (value));
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
cr_form_field_dispose (GObject *object)
{
  CrFormField *self = CR_FORM_FIELD (object);
  g_clear_object (&self->fields);
  g_clear_pointer (&self->field, g_free);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_form_field_parent_class)->dispose (object);
}

static void
cr_form_field_class_init (CrFormFieldClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  G_OBJECT_CLASS (klass)->dispose = cr_form_field_dispose;
  G_OBJECT_CLASS (klass)->set_property = cr_form_field_set_property;
  widget->grab_focus = cr_form_field_grab_focus;
  widget->focus = cr_focus_parts;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, flags);
  properties[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, NULL, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[LEFT] =
      g_signal_new ("left", CR_TYPE_FORM_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
new_label (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css);
  return GTK_LABEL (label);
}

static GtkWidget *
build_message (CrFormField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->message = new_label ("field-problem");
  self->offer = gtk_button_new_with_label (_ ("Use It"));
  gtk_widget_set_valign (self->offer, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->offer, "link-like");
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_widget_set_visible (self->offer, FALSE);
  g_signal_connect_swapped (self->offer, "clicked", G_CALLBACK (offer_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (box), self->offer);
  return box;
}

static GtkWidget *
build_right (CrFormField *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->beside = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->entry = GTK_ENTRY (gtk_entry_new ());
  self->echo = new_label ("field-echo");
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->echo), FALSE);
  gtk_box_append (self->beside, GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->beside));
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->echo));
  gtk_box_append (GTK_BOX (right), build_message (self));
  return right;
}

static void
cr_form_field_init (CrFormField *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->label = new_label ("label");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "form-label");
  gtk_widget_set_valign (GTK_WIDGET (self->label), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->line), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self->line), build_right (self));
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  gtk_label_set_mnemonic_widget (self->label, GTK_WIDGET (self->entry));
  gtk_entry_set_activates_default (self->entry, FALSE);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
}

void
cr_form_field_bind (CrFormField *self, CrFields *fields)
{
  g_set_object (&self->fields, fields);
  g_object_bind_property (fields, self->field, self->entry, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

gboolean
cr_form_field_judge (CrFormField *self, gboolean all)
{
  const char *problem = cr_fields_problem (self->fields, self->field);
  gboolean empty = cr_str_empty (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  /* What is only missing is said when it is asked for, not while a person walks through the form. */
  if (all || (self->left && !(empty && problem != NULL)))
    show_message (self, problem, cr_fields_question (self->fields, self->field));
  return problem == NULL;
}

void
cr_form_field_set_echo (CrFormField *self, const char *text)
{
  gtk_label_set_label (self->echo, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->echo), !cr_str_empty (text));
}

void
cr_form_field_add_beside (CrFormField *self, GtkWidget *widget)
{
  gtk_box_append (self->beside, widget);
}
