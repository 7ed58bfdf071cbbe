#include "src/ui/chart/vital-field.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrVitalField {
  GtkWidget parent;
  GtkWidget *root, *message_box;
  GtkEntry *entry;
  GtkLabel *unit_label, *echo_label, *flag_label, *message_label;
  GtkButton *use_button, *keep_button;
  GtkDropDown *method_choice; /* NULL where there is nothing to say */
  CrVital vital;
  CrKnowledge *knowledge;
  CrVitalContext context;
  CrVitalEntry *understood; /* of the present text */
  gboolean kept;            /* the question was answered with Keep */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* How it was measured; the first is what nobody needs to say. */
static const char *const POSITIONS[] = { N_ ("sitting"), N_ ("standing"), N_ ("lying"), NULL };
static const char *const SITES[] = { N_ ("oral"),   N_ ("ear"),    N_ ("forehead"),
                                     N_ ("armpit"), N_ ("rectal"), NULL };
static const char *const AIR[] = { N_ ("room air"), N_ ("on oxygen"), NULL };

G_DEFINE_FINAL_TYPE (CrVitalField, cr_vital_field, GTK_TYPE_WIDGET)

static const char *const *
methods_of (CrVital vital)
{
  if (vital == CR_VITAL_BP)
    return POSITIONS;
  if (vital == CR_VITAL_TEMP)
    return SITES;
  return vital == CR_VITAL_SPO2 ? AIR : NULL;
}

static void
set_state (CrVitalField *self, const char *css)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "problem");
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "question");
  if (css != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), css);
}

static void
hide_message (CrVitalField *self)
{
  set_state (self, NULL);
  gtk_widget_set_visible (self->message_box, FALSE);
}

static void
show_message (CrVitalField *self, const char *text, gboolean question)
{
  g_autofree char *use = NULL, *keep = NULL;
  const char *classes[] = { question ? "field-question" : "field-problem", NULL };
  set_state (self, question ? "question" : "problem");
  gtk_label_set_label (self->message_label, text);
  gtk_widget_set_css_classes (GTK_WIDGET (self->message_label), classes);
  gtk_widget_set_visible (GTK_WIDGET (self->use_button), question && self->understood->suggestion != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_button), question);
  if (question) {
    use = g_strdup_printf (_ ("Use %s"),
                           self->understood->suggestion != NULL ? self->understood->suggestion : "");
    keep = g_strdup_printf (_ ("Keep %s"), cr_vital_field_get_text (self));
    gtk_button_set_label (self->use_button, use);
    gtk_button_set_label (self->keep_button, keep);
  }
  gtk_widget_set_visible (self->message_box, TRUE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               question ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
show_flag (CrVitalField *self)
{
  const CrVitalEntry *e = self->understood;
  g_autofree char *text = NULL;
  if (e->flag != NULL || e->flag_words != NULL)
    text = g_strdup_printf ("%s  %s", cr_flag_mark (e->flag), e->flag_words != NULL ? e->flag_words : "");
  else if (e->range != NULL)
    text = g_strdup_printf (_ ("usual %s"), e->range);
  gtk_label_set_label (self->flag_label, text != NULL ? g_strstrip (text) : "");
}

/* While typing only what was understood is shown; what is wrong waits until the field is left. */
static void
typed_cb (CrVitalField *self)
{
  g_clear_pointer (&self->understood, cr_vital_entry_free);
  self->kept = FALSE;
  self->understood =
      cr_vital_enter (self->knowledge, self->vital, cr_vital_field_get_text (self), &self->context);
  gtk_label_set_label (self->echo_label, self->understood->echo != NULL ? self->understood->echo : "");
  show_flag (self);
  hide_message (self);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_FALSE, -1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
left_cb (CrVitalField *self)
{
  cr_vital_field_check (self);
}

static void
enter_cb (CrVitalField *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (cr_vital_field_check (self) && root != NULL)
    gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
}

static void
use_cb (CrVitalField *self)
{
  g_autofree char *text = g_strdup (self->understood->suggestion);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
keep_cb (CrVitalField *self)
{
  self->kept = TRUE;
  hide_message (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
cr_vital_field_dispose (GObject *object)
{
  CrVitalField *self = CR_VITAL_FIELD (object);
  g_clear_pointer (&self->understood, cr_vital_entry_free);
  g_clear_pointer (&self->knowledge, cr_knowledge_unref);
  g_clear_object (&self->method_choice);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_VITAL_FIELD);
  G_OBJECT_CLASS (cr_vital_field_parent_class)->dispose (object);
}

static gboolean
cr_vital_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_VITAL_FIELD (widget)->entry));
}

static void
cr_vital_field_class_init (CrVitalFieldClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_vital_field_dispose;
  widget->grab_focus = cr_vital_field_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CHANGED] =
      g_signal_new ("changed", CR_TYPE_VITAL_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/chart/vital-field.ui");
  gtk_widget_class_bind_template_child (widget, CrVitalField, root);
  gtk_widget_class_bind_template_child (widget, CrVitalField, message_box);
  gtk_widget_class_bind_template_child (widget, CrVitalField, entry);
  gtk_widget_class_bind_template_child (widget, CrVitalField, unit_label);
  gtk_widget_class_bind_template_child (widget, CrVitalField, echo_label);
  gtk_widget_class_bind_template_child (widget, CrVitalField, flag_label);
  gtk_widget_class_bind_template_child (widget, CrVitalField, message_label);
  gtk_widget_class_bind_template_child (widget, CrVitalField, use_button);
  gtk_widget_class_bind_template_child (widget, CrVitalField, keep_button);
}

static void
cr_vital_field_init (CrVitalField *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (self->use_button, "clicked", G_CALLBACK (use_cb), self);
  g_signal_connect_swapped (self->keep_button, "clicked", G_CALLBACK (keep_cb), self);
}

static void
make_methods (CrVitalField *self, const char *name)
{
  const char *const *methods = methods_of (self->vital);
  GtkStringList *words = gtk_string_list_new (NULL);
  g_autofree char *label = g_strdup_printf (_ ("How %s was measured"), name);
  for (guint i = 0; methods[i] != NULL; i++)
    gtk_string_list_append (words, _ (methods[i]));
  self->method_choice = g_object_ref_sink (GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (words), NULL)));
  gtk_widget_add_css_class (GTK_WIDGET (self->method_choice), "small-choice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->method_choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

GtkWidget *
cr_vital_field_new (CrVital vital)
{
  CrVitalField *self = g_object_new (CR_TYPE_VITAL_FIELD, NULL);
  self->vital = vital;
  if (methods_of (vital) != NULL)
    make_methods (self, cr_vital_label (vital));
  return GTK_WIDGET (self);
}

void
cr_vital_field_start (CrVitalField *self, CrKnowledge *knowledge, const CrVitalContext *context,
                      const char *last)
{
  g_autofree char *label = NULL;
  const char *name = cr_vital_label (self->vital);
  g_clear_pointer (&self->knowledge, cr_knowledge_unref);
  self->knowledge = knowledge != NULL ? cr_knowledge_ref (knowledge) : NULL;
  self->context = *context;
  label = last != NULL ? g_strdup_printf (_ ("%s, last %s"), name, last) : g_strdup (name);
  gtk_label_set_label (self->unit_label, self->vital == CR_VITAL_TEMP
                                             ? _ ("°F or °C")
                                             : cr_vital_unit (self->vital, context->units));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->method_choice != NULL)
    gtk_drop_down_set_selected (self->method_choice, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  typed_cb (self);
}

GtkWidget *
cr_vital_field_get_method (CrVitalField *self)
{
  return self->method_choice != NULL ? GTK_WIDGET (self->method_choice) : NULL;
}

const char *
cr_vital_field_get_text (CrVitalField *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
cr_vital_field_set_text (CrVitalField *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

gboolean
cr_vital_field_check (CrVitalField *self)
{
  const CrVitalEntry *e = self->understood;
  if (e == NULL || (e->error == NULL && (e->question == NULL || self->kept))) {
    hide_message (self);
    return TRUE;
  }
  show_message (self, e->error != NULL ? e->error : e->question, e->error == NULL);
  return FALSE;
}

CrDecimal
cr_vital_field_value (CrVitalField *self)
{
  if (self->understood == NULL || self->understood->error != NULL || self->understood->reading.n == 0)
    return CR_DECIMAL_NONE;
  return self->understood->reading.values[0].canonical;
}

const char *
cr_vital_field_notice (CrVitalField *self)
{
  return self->understood != NULL ? self->understood->notice : NULL;
}

static CrObservation *
observe (CrVitalField *self, const CrVitalValue *value, CrInstant at)
{
  const char *const *methods = methods_of (self->vital);
  CrObservation *o = cr_observation_new ();
  o->kind = CR_OBS_VITAL;
  o->code = g_strdup (value->code);
  o->display = g_strdup (value->display);
  o->value = cr_decimal_to_text (value->value);
  o->unit = g_strdup (value->unit);
  o->number = cr_decimal_to_double (value->canonical);
  o->flag = g_strdup (cr_vital_flag (self->knowledge, value->code, value->canonical, self->context.birth_date,
                                     self->context.sex, self->context.today, NULL));
  o->kept = self->kept ? g_strdup (self->understood->question) : NULL;
  o->method =
      methods != NULL ? g_strdup (_ (methods[gtk_drop_down_get_selected (self->method_choice)])) : NULL;
  o->taken_at = at;
  return o;
}

void
cr_vital_field_append (CrVitalField *self, GPtrArray *observations, CrInstant at)
{
  const CrVitalReading *reading = self->understood != NULL ? &self->understood->reading : NULL;
  for (guint i = 0; reading != NULL && i < reading->n; i++)
    g_ptr_array_add (observations, observe (self, &reading->values[i], at));
}
