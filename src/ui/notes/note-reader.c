#include "src/ui/notes/note-reader.h"
#include "src/ui/chart/line.h"
#include "src/ui/chart/reason-dialog.h"
#include "src/ui/notes/note-paper.h"
#include "src/ui/notes/note-sign-sheet.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrNoteReader {
  GtkWidget parent;
  GtkWidget *root, *addendum_box;
  GtkLabel *title_label, *meta_label;
  GtkBox *text_box;
  GtkTextView *addendum_view;
  GtkScrolledWindow *scroll;
  GtkButton *addendum_button, *print_button, *error_button, *discard_button, *sign_button;
  CrWindow *window; /* borrowed */
  CrChart *chart;
  CrId note;
  GHashTable *typed; /* note id → addendum text that is not signed yet */
};

G_DEFINE_FINAL_TYPE (CrNoteReader, cr_note_reader, GTK_TYPE_WIDGET)

static const CrNote *
find_note (CrNoteReader *self)
{
  const GPtrArray *notes = self->chart != NULL ? cr_chart_get_records (self->chart)->notes : NULL;
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    if (((const CrNote *)notes->pdata[i])->id == self->note)
      return notes->pdata[i];
  return NULL;
}

static char *
time_text (CrNoteReader *self, CrInstant at)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  g_autofree char *day = NULL, *minute = NULL;
  if (at == CR_INSTANT_NONE)
    return g_strdup (_ ("time not recorded"));
  day = cr_date_format (cr_clock_date_of (clock, at));
  minute = cr_minute_format (cr_clock_minute_of (clock, at));
  return g_strdup_printf ("%s %s", day, minute);
}

/* ---- pieces ---- */

static void
add_text (CrNoteReader *self, const char *heading, const char *text, gboolean struck)
{
  GtkWidget *body;
  if (cr_str_empty (text))
    return;
  gtk_box_append (self->text_box, cr_line_text (heading, "heading"));
  body = cr_line_text (text, struck ? "struck" : "value");
  gtk_label_set_max_width_chars (GTK_LABEL (body), 80);
  gtk_label_set_wrap_mode (GTK_LABEL (body), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (body), TRUE);
  gtk_widget_set_halign (body, GTK_ALIGN_START);
  gtk_widget_add_css_class (body, "note-body");
  gtk_box_append (self->text_box, body);
}

static void
add_stamp (CrNoteReader *self, const char *icon, const char *text, const char *css)
{
  GtkWidget *line = cr_line_box (6);
  GtkWidget *label = cr_line_text (text, css);
  gtk_widget_add_css_class (line, "stamp");
  cr_line_add (line, cr_line_icon (icon), FALSE);
  cr_line_add (line, label, TRUE);
  gtk_box_append (self->text_box, line);
}

/* "Signed by …", then whether hash and signature still fit the stored text. */
static void
add_signature (CrNoteReader *self, const char *name, CrInstant at, const char *hash, gboolean holds)
{
  g_autofree char *when = time_text (self, at);
  g_autofree char *text =
      g_strdup_printf (_ ("Signed by %s, %s"), name != NULL ? name : _ ("(name not recorded)"), when);
  g_autofree char *code =
      g_strdup_printf (_ ("Unchanged since it was signed. Check code %.16s"), hash != NULL ? hash : "");
  add_stamp (self, "cr-signed-symbolic", text, "strong");
  if (holds)
    add_stamp (self, "cr-done-symbolic", code, "caption");
  else
    add_stamp (self, "cr-warning-symbolic",
               _ ("The stored text does not fit its signature. Do not rely on it; tell your administrator."),
               "critical");
}

static void
add_state (CrNoteReader *self, const CrNote *note)
{
  const CrPerson *author = cr_chart_records_person (cr_chart_get_records (self->chart), note->author_id);
  g_autofree char *name = author != NULL ? cr_person_short (author) : g_strdup (_ ("Somebody else"));
  g_autofree char *writing = g_strdup_printf (_ ("%s is writing (draft). It is not signed."), name);
  if (note->status == CR_NOTE_DRAFT)
    add_stamp (self, "cr-draft-symbolic", writing, "strong");
  else if (note->status == CR_NOTE_IMPORTED)
    add_stamp (self, "cr-note-symbolic",
               _ ("Imported from another system. It carries no signature made here."), "caption");
  else if (note->status == CR_NOTE_ERROR)
    add_stamp (self, "cr-stop-symbolic",
               _ ("Entered in error. Do not use. Left out of summaries and packets."), "critical");
  if (note->signature != NULL)
    add_signature (self, note->signed_name, note->signed_at, note->hash, cr_note_verify (note));
}

static guint
add_addenda (CrNoteReader *self)
{
  const GPtrArray *addenda = cr_chart_get_records (self->chart)->addenda;
  guint n = 0;
  for (guint i = 0; i < addenda->len; i++) {
    const CrAddendum *a = addenda->pdata[i];
    g_autofree char *when = NULL, *heading = NULL;
    if (a->note_id != self->note)
      continue;
    when = time_text (self, a->signed_at != CR_INSTANT_NONE ? a->signed_at : a->saved_at);
    heading = g_strdup_printf (_ ("Addendum – %s"), when);
    add_text (self, heading, a->text, a->status == CR_NOTE_ERROR);
    if (a->signature != NULL)
      add_signature (self, a->signed_name, a->signed_at, a->hash, cr_addendum_verify (a));
    n++;
  }
  return n;
}

static void
show_head (CrNoteReader *self, const CrNote *note, guint addenda)
{
  const CrPerson *author = cr_chart_records_person (cr_chart_get_records (self->chart), note->author_id);
  g_autofree char *day = cr_date_format_weekday (note->date);
  g_autofree char *name = author != NULL ? cr_person_formal (author) : NULL;
  g_autofree char *count =
      addenda > 0 ? g_strdup_printf (ngettext ("  ·  %u addendum", "  ·  %u addenda", addenda), addenda)
                  : g_strdup ("");
  g_autofree char *meta =
      g_strdup_printf ("%s%s%s%s", day, name != NULL ? "  ·  " : "", name != NULL ? name : "", count);
  gtk_label_set_label (self->title_label, cr_str_empty (note->title) ? _ ("Note") : note->title);
  gtk_label_set_label (self->meta_label, meta);
}

/* ---- addendum being written ---- */

static char *
addendum_text (CrNoteReader *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->addendum_view);
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
keep_typed (CrNoteReader *self)
{
  g_autofree char *text = addendum_text (self);
  if (self->note != CR_ID_NONE && gtk_widget_get_visible (self->addendum_box))
    g_hash_table_replace (self->typed, g_memdup2 (&self->note, sizeof self->note), g_steal_pointer (&text));
}

static void
restore_typed (CrNoteReader *self)
{
  const char *text = g_hash_table_lookup (self->typed, &self->note);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->addendum_view), text != NULL ? text : "", -1);
  gtk_widget_set_visible (self->addendum_box, text != NULL);
}

static void
end_addendum (CrNoteReader *self)
{
  g_hash_table_remove (self->typed, &self->note);
  restore_typed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->addendum_button));
}

static void
addendum_signed_cb (CrNoteSignSheet *sheet, CrNoteReader *self)
{
  end_addendum (self);
}

static gboolean
can_add (CrNoteReader *self, const CrNote *note)
{
  return note != NULL && (note->status == CR_NOTE_SIGNED || note->status == CR_NOTE_IMPORTED) &&
         cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SIGN);
}

/* ---- entered in error ---- */

static void
reason_cb (CrReasonDialog *dialog, const char *reason, CrNoteReader *self)
{
  const CrId *note = g_object_get_data (G_OBJECT (dialog), "cr-note");
  if (self->chart != NULL)
    cr_chart_note_in_error_async (self->chart, *note, reason, cr_reason_dialog_answer_cb,
                                  g_object_ref (dialog));
}

static void
error_cb (CrNoteReader *self)
{
  const CrNote *note = find_note (self);
  CrReasonDialog *dialog;
  if (note == NULL)
    return;
  dialog = cr_reason_dialog_present (self->window, self->chart, _ ("Entered in Error"),
                                     gtk_label_get_label (self->title_label),
                                     _ ("The text stays readable, struck through, and is left out of "
                                        "summaries and packets. This cannot be undone."),
                                     _ ("_Mark as Entered in Error"));
  g_object_set_data_full (G_OBJECT (dialog), "cr-note", g_memdup2 (&note->id, sizeof note->id), g_free);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (reason_cb), self, 0);
}

/* ---- class ---- */

static void
start_cb (CrNoteReader *self)
{
  cr_note_reader_start_addendum (self);
}

static void
sign_cb (CrNoteReader *self)
{
  cr_note_reader_sign (self);
}

static void
print_cb (CrNoteReader *self)
{
  cr_note_reader_print (self);
}

static void
cr_note_reader_dispose (GObject *object)
{
  CrNoteReader *self = CR_NOTE_READER (object);
  g_clear_object (&self->chart);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_NOTE_READER);
  G_OBJECT_CLASS (cr_note_reader_parent_class)->dispose (object);
}

static void
cr_note_reader_finalize (GObject *object)
{
  g_hash_table_unref (CR_NOTE_READER (object)->typed);
  G_OBJECT_CLASS (cr_note_reader_parent_class)->finalize (object);
}

static void
cr_note_reader_class_init (CrNoteReaderClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_note_reader_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_note_reader_finalize;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/notes/note-reader.ui");
  gtk_widget_class_bind_template_child (widget, CrNoteReader, root);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, addendum_box);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, title_label);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, meta_label);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, text_box);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, addendum_view);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, scroll);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, addendum_button);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, print_button);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, error_button);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, discard_button);
  gtk_widget_class_bind_template_child (widget, CrNoteReader, sign_button);
}

static void
cr_note_reader_init (CrNoteReader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->typed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_signal_connect_swapped (self->addendum_button, "clicked", G_CALLBACK (start_cb), self);
  g_signal_connect_swapped (self->print_button, "clicked", G_CALLBACK (print_cb), self);
  g_signal_connect_swapped (self->error_button, "clicked", G_CALLBACK (error_cb), self);
  g_signal_connect_swapped (self->discard_button, "clicked", G_CALLBACK (end_addendum), self);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_cb), self);
}

/* ---- public ---- */

void
cr_note_reader_set_window (CrNoteReader *self, CrWindow *window)
{
  self->window = window;
}

static void
show_note (CrNoteReader *self, const CrNote *note)
{
  gboolean struck = note->status == CR_NOTE_ERROR;
  add_text (self, _ ("Reason for visit"), note->reason, struck);
  add_text (self, _ ("Subjective"), note->subjective, struck);
  add_text (self, _ ("Vitals"), note->vitals, struck);
  add_text (self, _ ("Objective"), note->objective, struck);
  add_text (self, _ ("Assessment and plan"), note->assessment_plan, struck);
  if (cr_note_is_empty (note))
    gtk_box_append (self->text_box, cr_line_text (_ ("This note has no text yet."), "text-2"));
  add_state (self, note);
  show_head (self, note, add_addenda (self));
}

void
cr_note_reader_show (CrNoteReader *self, CrChart *chart, const CrNote *note)
{
  CrId id = note != NULL ? note->id : CR_ID_NONE;
  CrSession *session = cr_window_get_session (self->window);
  if (id != self->note)
    keep_typed (self);
  cr_line_clear (GTK_WIDGET (self->text_box));
  gtk_label_set_label (self->title_label, "");
  gtk_label_set_label (self->meta_label, "");
  g_set_object (&self->chart, chart);
  if (id != self->note) {
    self->note = id;
    restore_typed (self);
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroll), 0);
  }
  if (note != NULL)
    show_note (self, note);
  gtk_widget_set_visible (GTK_WIDGET (self->addendum_button), can_add (self, note));
  gtk_widget_set_visible (GTK_WIDGET (self->print_button),
                          note != NULL && cr_session_can (session, CR_RIGHT_EXPORT));
  gtk_widget_set_visible (GTK_WIDGET (self->error_button), note != NULL && note->status != CR_NOTE_ERROR &&
                                                               cr_session_can (session, CR_RIGHT_SIGN));
}

gboolean
cr_note_reader_start_addendum (CrNoteReader *self)
{
  if (!can_add (self, find_note (self)))
    return FALSE;
  gtk_widget_set_visible (self->addendum_box, TRUE);
  return gtk_widget_grab_focus (GTK_WIDGET (self->addendum_view));
}

gboolean
cr_note_reader_sign (CrNoteReader *self)
{
  g_autofree char *text = addendum_text (self);
  g_autofree char *trimmed = cr_text_trim (text);
  const CrNote *note = find_note (self);
  CrNoteSignSheet *sheet;
  if (!gtk_widget_get_visible (self->addendum_box) || note == NULL)
    return FALSE;
  if (cr_str_empty (trimmed)) {
    cr_window_toast (self->window, _ ("The addendum is empty. Write something before you sign it."), NULL,
                     NULL);
    return TRUE;
  }
  sheet = cr_note_sign_sheet_present_addendum (self->window, self->chart, note, text);
  g_signal_connect_object (sheet, "signed", G_CALLBACK (addendum_signed_cb), self, 0);
  return TRUE;
}

gboolean
cr_note_reader_print (CrNoteReader *self)
{
  const CrNote *note = find_note (self);
  if (note == NULL || !cr_session_can (cr_window_get_session (self->window), CR_RIGHT_EXPORT))
    return FALSE;
  cr_note_paper_present (self->window, self->chart, note);
  return TRUE;
}

void
cr_note_reader_forget (CrNoteReader *self)
{
  g_hash_table_remove_all (self->typed);
  restore_typed (self);
}
