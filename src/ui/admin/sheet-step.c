#include "src/ui/admin/sheet-step.h"
#include "src/ui/admin/form.h"
#include "src/ui/shell/focus.h"
#include "chartroom/render/recovery-sheet.h"
#include "chartroom/session/key-change.h"
#include <glib/gi18n.h>

struct _CrSheetStep {
  GtkWidget parent;
  GtkWidget *form, *print_button, *stored, *group;
  CrWindow *window;
  char *code; /* locked memory */
  gboolean delivered;
};

enum { CHANGED, SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrSheetStep, cr_sheet_step, GTK_TYPE_WIDGET)

static void
refresh (CrSheetStep *self)
{
  gtk_widget_set_sensitive (self->stored, self->delivered);
  gtk_widget_set_sensitive (self->group, self->delivered);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
delivered_cb (GtkWindow *preview, const char *action, CrSheetStep *self)
{
  self->delivered = TRUE;
  g_signal_emit (self, signals[SAID], 0,
                 g_str_equal (action, "export")
                     ? _ ("The sheet lies in a file: print it, keep the paper off-site, and delete the file.")
                     : NULL);
  refresh (self);
  gtk_widget_grab_focus (self->stored);
}

/* It stands over this window, not beside it. */
static void
present_sheet (CrSheetStep *self, GBytes *pdf)
{
  GtkWindow *preview = cr_window_present_pdf (self->window, pdf, _ ("Recovery Sheet"), "recovery-sheet.pdf",
                                              "recovery-sheet", CR_ID_NONE, CR_ID_NONE);
  if (preview == NULL)
    return;
  gtk_window_set_transient_for (preview, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (preview, "delivered", G_CALLBACK (delivered_cb), self, 0);
}

static void
print_cb (CrSheetStep *self)
{
  CrSession *session = cr_window_get_session (self->window);
  CrClock *clock = cr_session_get_clock (session);
  g_autofree char *base = g_path_get_basename (cr_session_get_folder (session));
  g_autofree char *by = cr_person_formal (cr_session_get_person (session));
  CrRecoverySheetContent content = { cr_session_get_practice (session)->name, base, self->code, by,
                                     cr_clock_today (clock) };
  CrPaperMeta meta = { cr_clock_now (clock), NULL };
  g_autoptr (CrPaper) paper = cr_recovery_sheet (&content);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cr_paper_to_pdf (paper, &meta, &error);
  if (pdf == NULL)
    g_signal_emit (self, signals[SAID], 0, error->message);
  else
    present_sheet (self, pdf);
}

static void
build (CrSheetStep *self, const char *intro, const char *warning)
{
  GtkWidget *form = self->form;
  GtkWidget *button = self->print_button = gtk_button_new_with_mnemonic (_ ("_Print Recovery Sheet…"));
  cr_form_add_text (form, intro, "value");
  cr_form_add_text (form, warning, "warning");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  cr_form_add_wide (form, button);
  self->stored = gtk_check_button_new_with_mnemonic (
      _ ("_I have printed it and it will be stored away from the office"));
  cr_form_add_wide (form, self->stored);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Print Recovery Sheet"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (print_cb), self);
  g_signal_connect_swapped (self->stored, "toggled", G_CALLBACK (refresh), self);
}

/* Five characters of forty, and no longer than they are needed. */
static void
build_group (CrSheetStep *self)
{
  const char *why = _ ("Then type the last five characters of its code from the paper, so that a wrong or "
                       "unreadable one is noticed now.");
  cr_form_add_text (self->form, why, "value");
  self->group = cr_form_add_entry (self->form, _ ("_Last group on the paper"), NULL);
  gtk_entry_set_max_length (GTK_ENTRY (self->group), 10);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->group), 10);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->group), FALSE);
  gtk_widget_set_halign (self->group, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->group), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why, -1);
}

static gboolean
cr_sheet_step_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CR_SHEET_STEP (widget)->print_button);
}

static void
cr_sheet_step_dispose (GObject *object)
{
  CrSheetStep *self = CR_SHEET_STEP (object);
  g_clear_pointer (&self->code, cr_session_secret_free);
  g_clear_pointer (&self->form, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_sheet_step_parent_class)->dispose (object);
}

static void
cr_sheet_step_class_init (CrSheetStepClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_sheet_step_dispose;
  widget->grab_focus = cr_sheet_step_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CHANGED] =
      g_signal_new ("changed", CR_TYPE_SHEET_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAID] = g_signal_new ("said", CR_TYPE_SHEET_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static void
cr_sheet_step_init (CrSheetStep *self)
{
  self->form = cr_form_new ();
  gtk_widget_set_parent (self->form, GTK_WIDGET (self));
}

CrSheetStep *
cr_sheet_step_new (const char *intro, const char *warning)
{
  CrSheetStep *self = g_object_new (CR_TYPE_SHEET_STEP, NULL);
  build (self, intro, warning);
  build_group (self);
  refresh (self);
  return self;
}

void
cr_sheet_step_begin (CrSheetStep *self, CrWindow *window, char *code)
{
  g_clear_pointer (&self->code, cr_session_secret_free);
  self->window = window;
  self->code = code;
}

char *
cr_sheet_step_take_code (CrSheetStep *self)
{
  return g_steal_pointer (&self->code);
}

gboolean
cr_sheet_step_has_code (CrSheetStep *self)
{
  return self->code != NULL;
}

gboolean
cr_sheet_step_is_delivered (CrSheetStep *self)
{
  return self->delivered;
}

gboolean
cr_sheet_step_is_confirmed (CrSheetStep *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->stored));
}

gboolean
cr_sheet_step_check_group (CrSheetStep *self)
{
  gboolean right = cr_key_change_is_end (self->code, cr_form_text (self->group));
  if (right) {
    gtk_editable_set_text (GTK_EDITABLE (self->group), "");
    return TRUE;
  }
  cr_form_set_problem (
      self->group, *cr_form_text (self->group) == '\0'
                       ? _ ("Type the last five characters of the code from the paper.")
                       : _ ("This is not the end of the code on the new sheet. Compare it with the paper."));
  gtk_widget_grab_focus (self->group);
  return FALSE;
}
