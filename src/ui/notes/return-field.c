#include "src/ui/notes/return-field.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/session/visit-desk.h"
#include <glib/gi18n.h>

struct _CrReturnField {
  GtkWidget parent;
  GtkWidget *line, *entry;
  GtkLabel *message;
  CrChart *chart;
  CrId encounter;
  char *kept; /* as it is stored */
};

G_DEFINE_FINAL_TYPE (CrReturnField, cr_return_field, GTK_TYPE_WIDGET)

static void
say (CrReturnField *self, const char *text)
{
  gtk_label_set_label (self->message, text != NULL ? text : "");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrReturnField) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (self->chart != NULL)
    say (self, saved ? _ ("The desk will see it.") : error->message);
}

static void
save (CrReturnField *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_auto (CrReturn) request = { 0 };
  g_autofree char *problem = NULL;
  if (self->chart == NULL || g_strcmp0 (typed, self->kept) == 0)
    return;
  if (!cr_return_parse (typed, &request, &problem)) {
    say (self, problem);
    return;
  }
  g_free (self->kept);
  self->kept = g_strdup (typed);
  cr_encounter_set_return_async (cr_chart_get_session (self->chart), self->encounter, typed, saved_cb,
                                 g_object_ref (self));
}

static const CrEncounter *
find_encounter (CrChart *chart, CrId id)
{
  const CrChartRecords *records = cr_chart_get_records (chart);
  for (guint i = 0; i < records->encounters->len; i++)
    if (((const CrEncounter *)records->encounters->pdata[i])->id == id)
      return records->encounters->pdata[i];
  return NULL;
}

static void
cr_return_field_dispose (GObject *object)
{
  CrReturnField *self = CR_RETURN_FIELD (object);
  g_clear_object (&self->chart);
  g_clear_pointer (&self->kept, g_free);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_return_field_parent_class)->dispose (object);
}

static void
cr_return_field_class_init (CrReturnFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_return_field_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_return_field_init (CrReturnField *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Return in"));
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->entry = gtk_entry_new ();
  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "caption");
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->entry);
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_xalign (self->message, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->message), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 24);
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 120);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("3m BP; the desk books it"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Return in"), -1);
  gtk_box_append (GTK_BOX (self->line), label);
  gtk_box_append (GTK_BOX (self->line), self->entry);
  gtk_box_append (GTK_BOX (self->line), GTK_WIDGET (self->message));
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (save), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (save), self);
  gtk_widget_add_controller (self->entry, focus);
}

void
cr_return_field_set_chart (CrReturnField *self, CrChart *chart)
{
  const CrEncounter *encounter;
  g_autofree char *text = NULL;
  if (self->chart != NULL)
    save (self);
  self->encounter = chart != NULL ? cr_chart_open_encounter (chart) : CR_ID_NONE;
  encounter = self->encounter != CR_ID_NONE ? find_encounter (chart, self->encounter) : NULL;
  g_clear_object (&self->chart);
  if (encounter != NULL)
    self->chart = g_object_ref (chart);
  text = encounter != NULL
             ? cr_return_format (encounter->return_in, encounter->return_unit, encounter->return_note)
             : g_strdup ("");
  g_free (self->kept);
  self->kept = g_strdup (text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  say (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), encounter != NULL);
}
