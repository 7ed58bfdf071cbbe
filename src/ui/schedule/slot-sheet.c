#include "src/ui/schedule/slot-sheet.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/shell/wrap-box.h"
#include <glib/gi18n.h>

struct _CrSlotSheet {
  GtkWidget parent;
  GtkWidget *root;
  GtkWidget *first; /* gets the focus: the first time, or Close */
  GArray *slots;    /* CrSlot */
};

enum { CHOSEN, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrSlotSheet, cr_slot_sheet, GTK_TYPE_WIDGET)

static void
slot_cb (GtkButton *button, CrSlotSheet *self)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "cr-slot"));
  CrSlot slot = g_array_index (self->slots, CrSlot, at); /* the sheet may go while it signals */
  g_signal_emit (self, signals[CHOSEN], 0, &slot);
}

static void
close_cb (CrSlotSheet *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrSlotSheet *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  close_cb (self);
  return TRUE;
}

static gboolean
cr_slot_sheet_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CR_SLOT_SHEET (widget)->first);
}

static void
cr_slot_sheet_dispose (GObject *object)
{
  CrSlotSheet *self = CR_SLOT_SHEET (object);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->slots, g_array_unref);
  G_OBJECT_CLASS (cr_slot_sheet_parent_class)->dispose (object);
}

static void
cr_slot_sheet_class_init (CrSlotSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_slot_sheet_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cr_slot_sheet_grab_focus;
  signals[CHOSEN] = g_signal_new ("chosen", CR_TYPE_SLOT_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CLOSED] =
      g_signal_new ("closed", CR_TYPE_SLOT_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_slot_sheet_init (CrSlotSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkWidget *
add_button (CrSlotSheet *self, GtkWidget *line, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  cr_wrap_box_append (CR_WRAP_BOX (line), button);
  if (self->first == NULL)
    self->first = button;
  return button;
}

GtkWidget *
cr_slot_sheet_new (CrWindow *window, const char *sentence, const GArray *slots)
{
  CrSlotSheet *self = g_object_new (CR_TYPE_SLOT_SHEET, NULL);
  GtkWidget *line = g_object_new (CR_TYPE_WRAP_BOX, "spacing", 6, "line-spacing", 6, NULL);
  GtkWidget *label = cr_visit_label (sentence, "heading");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  self->slots = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  gtk_box_append (GTK_BOX (self->root), label);
  gtk_box_append (GTK_BOX (self->root), line);
  for (guint i = 0; i < slots->len; i++) {
    const CrSlot *slot = &g_array_index (slots, CrSlot, i);
    g_autofree char *who = cr_visit_clinician_name (cr_window_get_session (window), slot->person_id);
    g_autofree char *where = cr_visit_place_words (slot->date, slot->start, who);
    GtkWidget *button = add_button (self, line, where);
    g_array_append_val (self->slots, *slot);
    g_object_set_data (G_OBJECT (button), "cr-slot", GUINT_TO_POINTER (i));
    g_signal_connect (button, "clicked", G_CALLBACK (slot_cb), self);
  }
  g_signal_connect_swapped (add_button (self, line, _ ("Close")), "clicked", G_CALLBACK (close_cb), self);
  return GTK_WIDGET (self);
}
