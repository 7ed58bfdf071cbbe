#include "src/ui/notes/note-sign-sheet.h"
#include "src/ui/chart/line.h"
#include "src/ui/shell/identity-check.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrNoteSignSheet {
  GtkWindow parent;
  GtkBox *patient_box, *items_box, *identity_box;
  GtkLabel *title_label, *items_label, *problem_label;
  GtkButton *cancel_button, *sign_button;
  CrIdentityCheck *identity;
  CrWindow *window; /* transient for it */
  CrChart *chart;
  CrNoteDraft *draft; /* NULL: an addendum */
  CrId note;
  char *text; /* of the addendum */
};

enum { SIGNED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrNoteSignSheet, cr_note_sign_sheet, GTK_TYPE_WINDOW)

static void
set_problem (CrNoteSignSheet *self, const char *text)
{
  gtk_label_set_label (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
}

/* ---- what is open ---- */

static void
add_item (CrNoteSignSheet *self, const char *text, gboolean forbids)
{
  GtkWidget *line = cr_line_box (6);
  GtkWidget *icon = cr_line_icon (forbids ? "cr-stop-symbolic" : "cr-note-symbolic");
  if (forbids)
    gtk_widget_add_css_class (icon, "critical");
  cr_line_add (line, icon, FALSE);
  cr_line_add (line, cr_line_text (text, forbids ? "strong" : "value"), TRUE);
  gtk_box_append (self->items_box, line);
}

/* An empty note and unfilled fields forbid signing; they come first in the list. */
static void
show_items (CrNoteSignSheet *self)
{
  g_autoptr (GPtrArray) items = cr_note_draft_open_items (self->draft);
  const CrNote *note = cr_note_draft_peek (self->draft);
  guint forbidden = (cr_note_is_empty (note) ? 1 : 0) + (cr_note_has_unfilled_fields (note) ? 1 : 0);
  for (guint i = 0; i < items->len; i++)
    add_item (self, items->pdata[i], i < forbidden);
  gtk_label_set_label (self->items_label, items->len > 0 ? _ ("Still open") : _ ("Nothing is open."));
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), forbidden == 0);
  if (forbidden > 0)
    set_problem (self, _ ("It cannot be signed like this. Complete the note first."));
}

/* ---- signing ---- */

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrNoteSignSheet) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (!done) {
    gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), TRUE);
    set_problem (self, error->message);
    return;
  }
  cr_window_toast (self->window, self->draft != NULL ? _ ("Note signed") : _ ("Addendum signed"), NULL, NULL);
  g_signal_emit (self, signals[SIGNED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
sign_cb (CrNoteSignSheet *self)
{
  if (!cr_identity_check_confirm (self->identity))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), FALSE);
  set_problem (self, NULL);
  if (self->draft != NULL)
    cr_note_draft_sign_async (self->draft, signed_cb, g_object_ref (self));
  else
    cr_chart_add_addendum_async (self->chart, self->note, self->text, signed_cb, g_object_ref (self));
}

/* ---- class ---- */

static void
cr_note_sign_sheet_dispose (GObject *object)
{
  CrNoteSignSheet *self = CR_NOTE_SIGN_SHEET (object);
  g_clear_object (&self->draft);
  g_clear_object (&self->chart);
  g_clear_pointer (&self->text, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_NOTE_SIGN_SHEET);
  G_OBJECT_CLASS (cr_note_sign_sheet_parent_class)->dispose (object);
}

static void
cr_note_sign_sheet_class_init (CrNoteSignSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_note_sign_sheet_dispose;
  signals[SIGNED] = g_signal_new ("signed", CR_TYPE_NOTE_SIGN_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/notes/note-sign-sheet.ui");
  gtk_widget_class_bind_template_child (widget, CrNoteSignSheet, patient_box);
  gtk_widget_class_bind_template_child (widget, CrNoteSignSheet, items_box);
  gtk_widget_class_bind_template_child (widget, CrNoteSignSheet, identity_box);
  gtk_widget_class_bind_template_child (widget, CrNoteSignSheet, title_label);
  gtk_widget_class_bind_template_child (widget, CrNoteSignSheet, items_label);
  gtk_widget_class_bind_template_child (widget, CrNoteSignSheet, problem_label);
  gtk_widget_class_bind_template_child (widget, CrNoteSignSheet, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrNoteSignSheet, sign_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_note_sign_sheet_init (CrNoteSignSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_cb), self);
}

/* ---- public ---- */

static CrNoteSignSheet *
sheet_new (CrWindow *window, CrChart *chart, const char *title, CrDate date)
{
  CrNoteSignSheet *self = g_object_new (CR_TYPE_NOTE_SIGN_SHEET, "transient-for", window, NULL);
  const CrPatient *patient = cr_chart_get_records (chart)->patient;
  g_autofree char *name = cr_patient_name_display (patient); /* in full, whatever the privacy mode */
  g_autofree char *day = cr_date_format_weekday (date);
  g_autofree char *text = g_strdup_printf ("%s, %s", title, day);
  self->window = window;
  self->chart = g_object_ref (chart);
  gtk_box_append (
      self->patient_box,
      cr_line_patient (patient, name, cr_clock_today (cr_session_get_clock (cr_chart_get_session (chart)))));
  self->identity = cr_identity_check_new (window, chart, FALSE);
  gtk_box_append (self->identity_box, GTK_WIDGET (self->identity));
  gtk_label_set_label (self->title_label, text);
  return self;
}

static CrNoteSignSheet *
present (CrNoteSignSheet *self)
{
  gboolean may = gtk_widget_get_sensitive (GTK_WIDGET (self->sign_button));
  gtk_widget_grab_focus (GTK_WIDGET (may ? self->sign_button : self->cancel_button));
  if (may && gtk_widget_get_visible (GTK_WIDGET (self->identity)))
    gtk_widget_grab_focus (GTK_WIDGET (self->identity));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

CrNoteSignSheet *
cr_note_sign_sheet_present (CrWindow *window, CrChart *chart, CrNoteDraft *draft)
{
  const CrNote *note = cr_note_draft_peek (draft);
  CrNoteSignSheet *self =
      sheet_new (window, chart, cr_str_empty (note->title) ? _ ("Note") : note->title, note->date);
  self->draft = g_object_ref (draft);
  show_items (self);
  return present (self);
}

CrNoteSignSheet *
cr_note_sign_sheet_present_addendum (CrWindow *window, CrChart *chart, const CrNote *note, const char *text)
{
  const char *name = cr_str_empty (note->title) ? _ ("Note") : note->title;
  g_autofree char *title = g_strdup_printf (_ ("Addendum to %s"), name);
  CrNoteSignSheet *self = sheet_new (window, chart, title, note->date);
  self->note = note->id;
  self->text = g_strdup (text);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Sign Addendum"));
  gtk_button_set_label (self->sign_button, _ ("_Sign Addendum"));
  gtk_button_set_label (self->cancel_button, _ ("_Keep Writing"));
  gtk_widget_set_visible (GTK_WIDGET (self->items_box), FALSE);
  gtk_label_set_label (self->items_label, _ ("The note itself stays as it was signed."));
  return present (self);
}
