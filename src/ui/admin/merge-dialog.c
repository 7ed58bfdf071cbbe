#include "src/ui/admin/merge-dialog.h"
#include "src/ui/admin/second-dialog.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/merge-rules.h"
#include "chartroom/session/patient-merge.h"
#include <glib/gi18n.h>

struct _CrMergeDialog {
  GtkWindow parent;
  GtkLabel *score_label, *objection_label, *mrn_label, *problem_label;
  GtkGrid *grid;
  GtkBox *form;
  GtkEntry *mrn_entry, *reason_entry;
  GtkButton *swap_button, *merge_button;
  CrWindow *window; /* transient for it, or for one of its windows */
  CrId kept, gone;
  CrMergePreview *preview; /* NULL while it is read */
};

G_DEFINE_FINAL_TYPE (CrMergeDialog, cr_merge_dialog, GTK_TYPE_WINDOW)

static void load_preview (CrMergeDialog *self);

static void
set_problem (CrMergeDialog *self, const char *problem, gpointer field)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (field != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (field));
}

/* ---- the comparison ---- */

static GtkWidget *
make_cell (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 18);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 26);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
add_row (CrMergeDialog *self, int row, const char *const texts[4], const char *css)
{
  for (int column = 0; column < 4; column++) {
    gboolean empty = *texts[column] == '\0';
    GtkWidget *cell = make_cell (empty ? "–" : texts[column], column == 0 ? "label" : css);
    gtk_grid_attach (self->grid, cell, column, row, 1, 1);
  }
}

static int
add_lines (CrMergeDialog *self, const GPtrArray *lines, int row)
{
  for (guint i = 0; i < lines->len; i++, row++) {
    const CrMergeLine *line = lines->pdata[i];
    g_autofree char *label = line->differs ? g_strdup_printf ("≠ %s", line->label) : g_strdup (line->label);
    const char *texts[] = { label, line->kept, line->gone, line->after };
    add_row (self, row, texts, line->differs ? "strong" : "text-2");
  }
  return row;
}

static void
clear_grid (CrMergeDialog *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

static void
show_grid (CrMergeDialog *self)
{
  const char *heads[] = { " ", _ ("Kept chart"), _ ("Chart that goes"), _ ("Afterwards") };
  const char *records[] = { _ ("Records"), " ", " ", _ ("all under the kept chart") };
  clear_grid (self);
  add_row (self, 0, heads, "heading");
  int row = add_lines (self, self->preview->lines, 1);
  add_row (self, row++, records, "caption");
  add_lines (self, self->preview->records, row);
}

static void
show_preview (CrMergeDialog *self)
{
  const CrMergePreview *preview = self->preview;
  g_autofree char *score =
      g_strdup_printf (_ ("%d points – %s"), preview->score.points,
                       preview->score.reasons != NULL ? preview->score.reasons : _ ("nothing agrees"));
  g_autofree char *twin = g_strdup_printf (_ ("▲ Possible twin or sibling · %s"), score);
  g_autofree char *ask = g_strdup_printf (_ ("Type the _record number that goes: %s"), preview->gone->mrn);
  gtk_label_set_label (self->score_label, preview->score.twin ? twin : score);
  gtk_label_set_label (self->mrn_label, ask);
  gtk_label_set_label (self->objection_label, preview->objection != NULL ? preview->objection : "");
  gtk_widget_set_visible (GTK_WIDGET (self->objection_label), preview->objection != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), preview->objection == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->merge_button), preview->objection == NULL);
  show_grid (self);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrMergeDialog) self = data;
  g_autoptr (GError) error = NULL;
  CrMergePreview *preview = cr_merge_preview_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) { /* closed meanwhile */
    g_clear_pointer (&preview, cr_merge_preview_free);
    return;
  }
  if (preview == NULL) {
    set_problem (self, error->message, NULL);
    return;
  }
  g_clear_pointer (&self->preview, cr_merge_preview_free);
  self->preview = preview;
  show_preview (self);
}

static void
load_preview (CrMergeDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->merge_button), FALSE);
  cr_merge_preview_async (cr_window_get_session (self->window), self->kept, self->gone, previewed_cb,
                          g_object_ref (self));
}

static void
swap_cb (CrMergeDialog *self)
{
  CrId kept = self->kept;
  self->kept = self->gone;
  self->gone = kept;
  gtk_editable_set_text (GTK_EDITABLE (self->mrn_entry), "");
  set_problem (self, NULL, NULL);
  load_preview (self);
}

/* ---- merging ---- */

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrMergeDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean merged = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->merge_button), TRUE);
  if (!merged) {
    set_problem (self, error->message, NULL);
    return;
  }
  g_autofree char *said =
      g_strdup_printf (_ ("MRN %s is now MRN %s. It can be undone for %d days, in Duplicates under Merged."),
                       self->preview->gone->mrn, self->preview->kept->mrn, CR_MERGE_UNDO_DAYS);
  cr_window_toast (self->window, said, NULL, NULL);
  GtkWindow *over = gtk_window_get_transient_for (GTK_WINDOW (self));
  gtk_window_destroy (GTK_WINDOW (self));
  gtk_window_present (over); /* the focus returns to where the merge was asked for */
}

static void
second_signed_cb (CrSecondDialog *dialog, CrSecondPerson *second, CrMergeDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->merge_button), FALSE);
  cr_merge_async (cr_window_get_session (self->window), self->kept, self->gone,
                  gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)), second, merged_cb,
                  g_object_ref (self));
}

static void
ask_second (CrMergeDialog *self)
{
  const CrPatient *kept = self->preview->kept, *gone = self->preview->gone;
  g_autofree char *kept_name = cr_patient_name_display (kept), *gone_name = cr_patient_name_display (gone);
  g_autofree char *what = g_strdup_printf (
      _ ("%s, MRN %s, becomes part of %s, MRN %s. Look at both charts yourself. You confirm with "
         "your own password that they are one person; both names stand in the audit."),
      gone_name, gone->mrn, kept_name, kept->mrn);
  g_autofree char *purpose = g_strdup_printf ("merge of MRN %s into MRN %s", gone->mrn, kept->mrn);
  CrSecondDialog *dialog = cr_second_dialog_present (GTK_WINDOW (self), cr_window_get_session (self->window),
                                                     what, purpose, _ ("Sign and _Merge"));
  g_signal_connect_object (dialog, "signed", G_CALLBACK (second_signed_cb), self, 0);
}

static void
merge_cb (CrMergeDialog *self)
{
  g_autofree char *mrn = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->mrn_entry)));
  g_autofree char *reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  if (self->preview == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->merge_button)))
    return;
  if (g_strcmp0 (mrn, self->preview->gone->mrn) != 0)
    set_problem (self,
                 _ ("This is not the record number of the chart that goes. Compare, and type it again."),
                 self->mrn_entry);
  else if (cr_str_empty (reason))
    set_problem (self, _ ("Say how you know that both charts are one person."), self->reason_entry);
  else {
    set_problem (self, NULL, NULL);
    ask_second (self);
  }
}

/* Esc never throws away what was typed. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  CrMergeDialog *self = CR_MERGE_DIALOG (widget);
  if (cr_str_empty (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry))))
    gtk_window_close (GTK_WINDOW (self));
  else
    set_problem (self, _ ("Your reason is still here. Choose Cancel to leave without it."), NULL);
  return GDK_EVENT_STOP;
}

static gboolean
merge_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  merge_cb (CR_MERGE_DIALOG (widget));
  return GDK_EVENT_STOP;
}

static void
cr_merge_dialog_dispose (GObject *object)
{
  CrMergeDialog *self = CR_MERGE_DIALOG (object);
  g_clear_pointer (&self->preview, cr_merge_preview_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_MERGE_DIALOG);
  G_OBJECT_CLASS (cr_merge_dialog_parent_class)->dispose (object);
}

static void
cr_merge_dialog_class_init (CrMergeDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_merge_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, score_label);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, objection_label);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, grid);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, form);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, mrn_label);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, mrn_entry);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, reason_entry);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, swap_button);
  gtk_widget_class_bind_template_child (widget, CrMergeDialog, merge_button);
  gtk_widget_class_add_binding (widget, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (widget, GDK_KEY_Return, GDK_CONTROL_MASK, merge_key_cb, NULL);
}

static void
cr_merge_dialog_init (CrMergeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->swap_button, "clicked", G_CALLBACK (swap_cb), self);
  g_signal_connect_swapped (self->merge_button, "clicked", G_CALLBACK (merge_cb), self);
}

void
cr_merge_dialog_present (GtkWindow *over, CrWindow *window, CrId kept, CrId gone)
{
  CrMergeDialog *self = g_object_new (CR_TYPE_MERGE_DIALOG, "transient-for", over, NULL);
  self->window = window;
  self->kept = kept;
  self->gone = gone;
  load_preview (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->mrn_entry));
}
