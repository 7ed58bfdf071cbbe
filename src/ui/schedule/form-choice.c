#include "src/ui/schedule/form-choice.h"
#include "src/ui/shell/focus.h"

struct _CrFormChoice {
  GtkWidget parent;
  GtkWidget *line;
  GtkLabel *message;
  GtkDropDown *drop;
  CrFields *fields;
  char *property;
  GStrv codes;
};

G_DEFINE_FINAL_TYPE (CrFormChoice, cr_form_choice, GTK_TYPE_WIDGET)

static char *
text_of (CrFormChoice *self)
{
  char *text = NULL;
  g_object_get (self->fields, self->property, &text, NULL);
  return text;
}

static void
show_message (CrFormChoice *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->drop), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
selected_cb (CrFormChoice *self)
{
  guint at = gtk_drop_down_get_selected (self->drop);
  if (at >= g_strv_length (self->codes))
    return;
  g_object_set (self->fields, self->property, self->codes[at], NULL);
  if (gtk_widget_get_visible (GTK_WIDGET (self->message)))
    cr_form_choice_judge (self);
}

static void
show_text (CrFormChoice *self)
{
  g_autofree char *text = text_of (self);
  for (guint i = 0; self->codes[i] != NULL; i++)
    if (g_str_equal (self->codes[i], text))
      gtk_drop_down_set_selected (self->drop, i);
}

static gboolean
cr_form_choice_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_FORM_CHOICE (widget)->drop));
}

static void
cr_form_choice_dispose (GObject *object)
{
  CrFormChoice *self = CR_FORM_CHOICE (object);
  if (self->fields != NULL)
    g_signal_handlers_disconnect_by_data (self->fields, self);
  g_clear_object (&self->fields);
  g_clear_pointer (&self->property, g_free);
  g_clear_pointer (&self->codes, g_strfreev);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_form_choice_parent_class)->dispose (object);
}

static void
cr_form_choice_class_init (CrFormChoiceClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_form_choice_dispose;
  widget->grab_focus = cr_form_choice_grab_focus;
  widget->focus = cr_focus_parts;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
new_label (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, css);
  return GTK_LABEL (label);
}

static void
cr_form_choice_init (CrFormChoice *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkLabel *label = new_label ("label");
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->message = new_label ("field-problem");
  self->drop = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (label), "form-label");
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->drop), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->drop));
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (self->line), GTK_WIDGET (label));
  gtk_box_append (GTK_BOX (self->line), right);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  gtk_label_set_mnemonic_widget (label, GTK_WIDGET (self->drop));
}

GtkWidget *
cr_form_choice_new (CrFields *fields, const char *property, const char *label, const char *const *codes,
                    const char *const *words)
{
  CrFormChoice *self = g_object_new (CR_TYPE_FORM_CHOICE, NULL);
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_autoptr (GtkStringList) shown = gtk_string_list_new (words);
  g_autofree char *changed = g_strdup_printf ("notify::%s", property);
  self->fields = g_object_ref (fields);
  self->property = g_strdup (property);
  g_autofree char *text = text_of (self);
  g_strv_builder_addv (all, (const char **)codes);
  if (!g_strv_contains (codes, text)) {
    g_strv_builder_add (all, text);
    gtk_string_list_append (shown, text);
  }
  self->codes = g_strv_builder_end (all);
  gtk_label_set_text_with_mnemonic (GTK_LABEL (gtk_widget_get_first_child (self->line)), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_drop_down_set_model (self->drop, G_LIST_MODEL (shown));
  show_text (self);
  g_signal_connect_swapped (self->drop, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (fields, changed, G_CALLBACK (show_text), self);
  return GTK_WIDGET (self);
}

gboolean
cr_form_choice_judge (CrFormChoice *self)
{
  const char *problem = cr_fields_problem (self->fields, self->property);
  show_message (self, problem);
  return problem == NULL;
}
