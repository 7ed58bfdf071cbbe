#include "src/ui/schedule/reason-sheet.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrReasonSheet {
  GtkWidget parent;
  GtkWidget *root;
  GtkBox *chips, *own_line;
  GtkLabel *question;
  GtkEntry *entry;
  GtkButton *done_button, *close_button;
};

enum { CHOSEN, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const TO_CANCEL[] = { N_ ("Patient asked"), N_ ("Clinician out"), N_ ("Patient is ill"),
                                         N_ ("Booked by mistake"), NULL };
static const char *const FOR_NO_SHOW[] = { N_ ("Did not come"), N_ ("Called too late"), N_ ("Came too late"),
                                           NULL };

G_DEFINE_FINAL_TYPE (CrReasonSheet, cr_reason_sheet, GTK_TYPE_WIDGET)

static void
choose (CrReasonSheet *self, const char *reason)
{
  g_autofree char *kept = cr_text_trim (reason);
  if (!cr_str_empty (kept))
    g_signal_emit (self, signals[CHOSEN], 0, kept);
}

static GtkWidget *
nth_chip (CrReasonSheet *self, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  for (guint i = 0; i < n && child != NULL; i++)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
chip_cb (GtkButton *button, CrReasonSheet *self)
{
  choose (self, g_object_get_data (G_OBJECT (button), "cr-reason"));
}

static void
done_cb (CrReasonSheet *self)
{
  choose (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
close_cb (CrReasonSheet *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
typed_cb (CrReasonSheet *self)
{
  g_autofree char *text = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->done_button), !cr_str_empty (text));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrReasonSheet *self)
{
  GtkWidget *chip = key >= GDK_KEY_1 && key <= GDK_KEY_9 ? nth_chip (self, key - GDK_KEY_1) : NULL;
  if (key == GDK_KEY_Escape)
    close_cb (self);
  else if (chip != NULL)
    choose (self, g_object_get_data (G_OBJECT (chip), "cr-reason"));
  return key == GDK_KEY_Escape || chip != NULL;
}

static gboolean
cr_reason_sheet_grab_focus (GtkWidget *widget)
{
  CrReasonSheet *self = CR_REASON_SHEET (widget);
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  return gtk_widget_grab_focus (first != NULL ? first : GTK_WIDGET (self->entry));
}

static void
cr_reason_sheet_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_REASON_SHEET);
  G_OBJECT_CLASS (cr_reason_sheet_parent_class)->dispose (object);
}

static void
cr_reason_sheet_class_init (CrReasonSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_reason_sheet_dispose;
  widget->grab_focus = cr_reason_sheet_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CHOSEN] = g_signal_new ("chosen", CR_TYPE_REASON_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] =
      g_signal_new ("closed", CR_TYPE_REASON_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/reason-sheet.ui");
  gtk_widget_class_bind_template_child (widget, CrReasonSheet, root);
  gtk_widget_class_bind_template_child (widget, CrReasonSheet, chips);
  gtk_widget_class_bind_template_child (widget, CrReasonSheet, own_line);
  gtk_widget_class_bind_template_child (widget, CrReasonSheet, question);
  gtk_widget_class_bind_template_child (widget, CrReasonSheet, entry);
  gtk_widget_class_bind_template_child (widget, CrReasonSheet, done_button);
  gtk_widget_class_bind_template_child (widget, CrReasonSheet, close_button);
}

static void
cr_reason_sheet_init (CrReasonSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->done_button, "clicked", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
cr_reason_sheet_new (const char *question, const char *verb, const char *keep, const char *const *reasons,
                     GtkOrientation chips)
{
  CrReasonSheet *self = g_object_new (CR_TYPE_REASON_SHEET, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->chips), chips);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->own_line),
                                  chips); /* beside buttons it would be too narrow */
  gtk_label_set_label (self->question, question);
  gtk_button_set_label (self->done_button, verb);
  gtk_button_set_label (self->close_button, keep);
  for (guint i = 0; reasons[i] != NULL; i++) {
    g_autofree char *text = g_strdup_printf ("%u  %s", i + 1, _ (reasons[i]));
    GtkWidget *chip = gtk_button_new_with_label (text);
    g_object_set_data (G_OBJECT (chip), "cr-reason", (gpointer)_ (reasons[i]));
    g_signal_connect (chip, "clicked", G_CALLBACK (chip_cb), self);
    gtk_box_append (self->chips, chip);
  }
  return GTK_WIDGET (self);
}

const char *const *
cr_reasons_to_cancel (void)
{
  return TO_CANCEL;
}

const char *const *
cr_reasons_for_no_show (void)
{
  return FOR_NO_SHOW;
}
