#include "src/ui/schedule/patient-picker.h"
#include "src/ui/shell/focus.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/session/palette.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrPatientPicker {
  GtkWidget parent;
  GtkWidget *root, *results;
  GtkSearchEntry *entry;
  GtkListBox *list;
  CrPalette *palette;
};

enum { PICKED, REGISTER, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPatientPicker, cr_patient_picker, GTK_TYPE_WIDGET)

static gboolean
is_choice (const CrHit *hit)
{
  return hit->kind == CR_HIT_PATIENT || hit->kind == CR_HIT_REGISTER;
}

static GtkWidget *
make_patient (const CrHit *hit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *line = g_strdup_printf ("%s · %s · %s", hit->born, hit->sex, hit->mrn);
  GtkWidget *title = cr_visit_label (hit->title, hit->deceased ? "text-3" : "heading");
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), cr_visit_label (line, "caption"));
  if (hit->similar)
    gtk_box_append (GTK_BOX (box), cr_visit_label (_ ("▲ Similar name"), "warning"));
  return box;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  const CrHit *hit = cr_row_peek (item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *child =
      hit->kind == CR_HIT_PATIENT ? make_patient (hit) : cr_visit_label (hit->title, "caption");
  g_autofree char *spoken = hit->kind == CR_HIT_PATIENT ? g_strdup_printf ("%s, %s, %s, %s", hit->title,
                                                                           hit->born, hit->sex, hit->mrn)
                                                        : g_strdup (hit->title);
  if (GTK_IS_LABEL (child))
    gtk_label_set_wrap (GTK_LABEL (child), TRUE);
  gtk_widget_add_css_class (row, "finder-row");
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), is_choice (hit));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), is_choice (hit));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

/* Marks the first patient from there on; headings have no place here. */
static void
mark_from (CrPatientPicker *self, int at, int by)
{
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (self->list, at)) != NULL &&
         !gtk_list_box_row_get_selectable (row))
    at += by;
  if (row != NULL)
    cr_list_mark (self->list, row);
}

static void
step (CrPatientPicker *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  mark_from (self, row != NULL ? gtk_list_box_row_get_index (row) + by : 0, row != NULL ? by : 1);
}

static void
choose (CrPatientPicker *self, GtkListBoxRow *row)
{
  g_autoptr (CrRow) item =
      row != NULL ? g_list_model_get_item (G_LIST_MODEL (self->palette), gtk_list_box_row_get_index (row))
                  : NULL;
  const CrHit *hit = item != NULL ? cr_row_peek (item) : NULL;
  if (hit == NULL || !is_choice (hit))
    return;
  if (hit->kind == CR_HIT_PATIENT)
    g_signal_emit (self, signals[PICKED], 0, hit->patient_id);
  else
    g_signal_emit (self, signals[REGISTER], 0, hit->target);
}

/* Also when the names have only just been read: what was typed until then waits for them. */
static void
found_cb (CrPatientPicker *self)
{
  gtk_widget_set_visible (self->results, g_list_model_get_n_items (G_LIST_MODEL (self->palette)) > 0);
  mark_from (self, 0, 1); /* another query, another first: whoever was marked may still be on the list */
}

static void
changed_cb (CrPatientPicker *self)
{
  if (self->palette == NULL)
    return;
  cr_palette_set_query (self->palette, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  found_cb (self);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrPatientPicker *self)
{
  gboolean moves = key == GDK_KEY_Up || key == GDK_KEY_Down;
  gboolean enters = (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) == 0;
  if (moves)
    step (self, key == GDK_KEY_Up ? -1 : 1);
  if (enters)
    choose (self, gtk_list_box_get_selected_row (self->list));
  return moves || enters;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrPatientPicker *self)
{
  choose (self, row);
}

static gboolean
cr_patient_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_PATIENT_PICKER (widget)->entry));
}

static void
cr_patient_picker_dispose (GObject *object)
{
  CrPatientPicker *self = CR_PATIENT_PICKER (object);
  g_clear_object (&self->palette);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_PATIENT_PICKER);
  G_OBJECT_CLASS (cr_patient_picker_parent_class)->dispose (object);
}

static void
cr_patient_picker_class_init (CrPatientPickerClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_patient_picker_dispose;
  widget->grab_focus = cr_patient_picker_grab_focus;
  widget->focus = cr_focus_parts;
  signals[PICKED] = g_signal_new ("picked", CR_TYPE_PATIENT_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[REGISTER] = g_signal_new ("register", CR_TYPE_PATIENT_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/patient-picker.ui");
  gtk_widget_class_bind_template_child (widget, CrPatientPicker, root);
  gtk_widget_class_bind_template_child (widget, CrPatientPicker, results);
  gtk_widget_class_bind_template_child (widget, CrPatientPicker, entry);
  gtk_widget_class_bind_template_child (widget, CrPatientPicker, list);
}

static void
cr_patient_picker_init (CrPatientPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
}

void
cr_patient_picker_start (CrPatientPicker *self, CrSession *session)
{
  if (self->palette == NULL) {
    self->palette = cr_palette_new (session);
    gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->palette), make_row_cb, self, NULL);
    g_signal_connect_object (self->palette, "items-changed", G_CALLBACK (found_cb), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  changed_cb (self);
}

void
cr_patient_picker_stop (CrPatientPicker *self)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->palette);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_set_visible (self->results, FALSE);
}

void
cr_patient_picker_set_room (CrPatientPicker *self, int height)
{
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->results), height);
}
