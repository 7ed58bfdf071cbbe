#include "src/ui/notes/note-editor.h"
#include "src/ui/chart/line.h"
#include "src/ui/chart/vitals-table.h"
#include "src/ui/notes/note-sign-sheet.h"
#include "src/ui/notes/note-wording.h"
#include "src/ui/notes/return-field.h"
#include "src/ui/shell/print-window.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define N_TEXTS 4
#define LOOK_AFTER_MS 400 /* after the last key: looking for error-prone words */
#define MOST_OFFERS 4

struct _CrNoteEditor {
  GtkWidget parent;
  GtkWidget *root, *conflict_box, *wording_box;
  GtkScrolledWindow *scroll;
  GtkEntry *title_entry;
  GtkLabel *meta_label, *status_label, *vitals_label, *other_label, *wording_label;
  GtkTextView *reason_view, *subjective_view, *objective_view, *plan_view;
  CrReturnField *return_field;
  GtkButton *mine_button, *other_button, *vitals_button, *sign_button;
  CrWindow *window; /* borrowed */
  CrChart *chart;
  CrNoteDraft *draft;
  GPtrArray *bindings; /* GBinding of the draft's texts */
  guint look_timer;
  struct {
    GtkTextBuffer *buffer; /* borrowed */
    CrAbbreviation *first; /* first error-prone word with one replacement; NULL */
  } offer;                 /* what Ctrl+. replaces */
};

static const char *const TEXTS[N_TEXTS] = { "reason", "subjective", "objective", "assessment-plan" };

G_DEFINE_FINAL_TYPE (CrNoteEditor, cr_note_editor, GTK_TYPE_WIDGET)

static GtkTextView *
view_at (CrNoteEditor *self, guint index)
{
  GtkTextView *views[N_TEXTS] = { self->reason_view, self->subjective_view, self->objective_view,
                                  self->plan_view };
  return views[index];
}

static int
focused_text (CrNoteEditor *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    if (gtk_widget_has_focus (GTK_WIDGET (view_at (self, i))))
      return (int)i;
  return -1;
}

/* ---- head ---- */

static void
show_meta (CrNoteEditor *self)
{
  const CrNote *note = cr_note_draft_peek (self->draft);
  const CrPerson *author = cr_chart_records_person (cr_chart_get_records (self->chart), note->author_id);
  g_autofree char *day = cr_date_format_weekday (note->date);
  g_autofree char *name = author != NULL ? cr_person_short (author) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s  ·  %s", day, name);
  gtk_label_set_label (self->meta_label, text);
}

static void
show_status (CrNoteEditor *self)
{
  g_autofree char *status = NULL;
  gboolean conflict = FALSE;
  const CrNote *other;
  if (self->draft == NULL)
    return;
  g_object_get (self->draft, "status-text", &status, "conflict", &conflict, NULL);
  gtk_label_set_label (self->status_label, status != NULL ? status : _ ("Not written yet"));
  gtk_widget_set_visible (self->conflict_box, conflict);
  other = conflict ? cr_note_draft_get_other (self->draft) : NULL;
  if (other != NULL) {
    g_autofree char *text = g_strdup_printf ("%s\n%s\n%s\n%s", other->reason != NULL ? other->reason : "",
                                             other->subjective != NULL ? other->subjective : "",
                                             other->objective != NULL ? other->objective : "",
                                             other->assessment_plan != NULL ? other->assessment_plan : "");
    gtk_label_set_label (self->other_label, g_strstrip (text));
  }
}

/* The last column of that day; −1: none was recorded. */
static int
column_of (CrVitalsTable *table, CrDate day)
{
  int n = (int)cr_vitals_table_columns (table);
  while (--n >= 0)
    if (cr_date_compare (cr_vitals_table_column (table, (guint)n)->date, day) == 0)
      break;
  return n;
}

/* "BP 128/76 · Pulse 70 · Weight 182 lb" of the note's day: read from the chart, not typed. */
static char *
days_vitals (CrNoteEditor *self, CrDate day)
{
  CrSession *session = cr_window_get_session (self->window);
  g_autoptr (CrVitalsTable) table =
      cr_vitals_table_new (cr_chart_get_records (self->chart), cr_session_get_knowledge (session),
                           cr_session_get_clock (session), TRUE);
  int column = column_of (table, day);
  GString *text = g_string_new (NULL);
  for (guint row = 0; column >= 0 && row < CR_VITALS_ROWS; row++) {
    const char *flag = NULL;
    g_autofree char *value = cr_vitals_table_text (table, row, (guint)column, &flag, NULL);
    gboolean bare = row == CR_VITAL_BP || row == CR_VITAL_PULSE || row == CR_VITAL_PAIN;
    const char *unit = bare ? "" : cr_vitals_unit (table, row);
    if (value != NULL)
      g_string_append_printf (text, "%s%s %s%s%s%s%s", text->len > 0 ? "  ·  " : "", cr_vitals_label (row),
                              value, unit[0] != '\0' ? "\302\240" : "", unit, flag != NULL ? " " : "",
                              flag != NULL ? flag : "");
  }
  return g_string_free (text, text->len == 0);
}

static void
show_vitals (CrNoteEditor *self)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  CrDate day = cr_note_draft_peek (self->draft)->date;
  gboolean today = cr_date_compare (day, cr_clock_today (clock)) == 0;
  g_autofree char *vitals = days_vitals (self, day), *date = cr_date_format (day);
  g_autofree char *text =
      vitals != NULL ? g_strdup_printf ("%s  %s", today ? _ ("Today") : date, vitals) : NULL;
  gtk_label_set_label (self->vitals_label, text != NULL ? text
                                           : today      ? _ ("No vitals recorded today.")
                                                        : _ ("No vitals recorded that day."));
  gtk_widget_set_visible (GTK_WIDGET (self->vitals_button), vitals == NULL && today);
  cr_note_draft_set_vitals (self->draft, vitals);
}

/* ---- error-prone words ---- */

static void
drop_offer (CrNoteEditor *self)
{
  g_clear_pointer (&self->offer.first, cr_abbreviation_free);
  self->offer.buffer = NULL;
}

static void
replace_cb (CrNoteEditor *self, GtkButton *button)
{
  const CrAbbreviation *found = g_object_get_data (G_OBJECT (button), "cr-found");
  GtkTextBuffer *buffer = g_object_get_data (G_OBJECT (button), "cr-buffer");
  g_autofree char *words = g_strdup (g_object_get_data (G_OBJECT (button), "cr-words"));
  cr_note_wording_replace (buffer, found, words);
}

static CrAbbreviation *
copy_found (const CrAbbreviation *found)
{
  CrAbbreviation *copy = g_new0 (CrAbbreviation, 1);
  copy->start = found->start;
  copy->length = found->length;
  copy->found = g_strdup (found->found);
  copy->replacements = g_strdupv (found->replacements);
  copy->why = g_strdup (found->why);
  return copy;
}

static void
add_offer (CrNoteEditor *self, GtkTextBuffer *buffer, const CrAbbreviation *found, const char *words)
{
  g_autofree char *label = g_strdup_printf ("%s → %s", found->found, words);
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "chip-button");
  gtk_widget_set_tooltip_text (button, found->why);
  g_object_set_data_full (G_OBJECT (button), "cr-found", copy_found (found),
                          (GDestroyNotify)cr_abbreviation_free);
  g_object_set_data (G_OBJECT (button), "cr-buffer", buffer);
  g_object_set_data_full (G_OBJECT (button), "cr-words", g_strdup (words), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (replace_cb), self);
  gtk_box_append (GTK_BOX (self->wording_box), button);
}

/* Returns how many offers were added; at most `room`. */
static guint
add_offers (CrNoteEditor *self, GtkTextBuffer *buffer, const CrAbbreviation *found, guint room)
{
  guint n = 0;
  for (; found->replacements != NULL && found->replacements[n] != NULL && n < room; n++)
    add_offer (self, buffer, found, found->replacements[n]);
  if (n == 1 && self->offer.first == NULL) {
    self->offer.first = copy_found (found);
    self->offer.buffer = buffer;
  }
  return n;
}

static gboolean
look_cb (gpointer data)
{
  CrNoteEditor *self = data;
  CrKnowledge *knowledge = cr_session_get_knowledge (cr_window_get_session (self->window));
  guint total = 0, offers = 0;
  g_autofree char *text = NULL;
  self->look_timer = 0;
  drop_offer (self);
  cr_line_clear (self->wording_box);
  for (guint i = 0; i < N_TEXTS; i++) {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (view_at (self, i));
    g_autoptr (GPtrArray) found = cr_note_wording_mark (buffer, knowledge);
    total += found->len;
    for (guint k = 0; k < found->len && offers < MOST_OFFERS; k++)
      offers += add_offers (self, buffer, found->pdata[k], MOST_OFFERS - offers);
  }
  text = g_strdup_printf (ngettext ("%u error-prone wording", "%u error-prone wordings", total), total);
  gtk_label_set_label (self->wording_label, total > 0 ? text : "");
  gtk_widget_set_visible (gtk_widget_get_parent (self->wording_box), total > 0);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CrNoteEditor *self)
{
  g_clear_handle_id (&self->look_timer, g_source_remove);
  if (self->draft != NULL)
    self->look_timer = g_timeout_add (LOOK_AFTER_MS, look_cb, self);
}

static gboolean
replace_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  CrNoteEditor *self = CR_NOTE_EDITOR (widget);
  if (self->offer.first == NULL)
    return GDK_EVENT_STOP;
  cr_note_wording_replace (self->offer.buffer, self->offer.first, self->offer.first->replacements[0]);
  drop_offer (self);
  return GDK_EVENT_STOP;
}

/* ---- moving about ---- */

static void
step_text (CrNoteEditor *self, int by)
{
  int next = CLAMP (focused_text (self) + by, 0, N_TEXTS - 1);
  gtk_widget_grab_focus (GTK_WIDGET (view_at (self, (guint)next)));
}

static gboolean
next_text_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  step_text (CR_NOTE_EDITOR (widget), 1);
  return GDK_EVENT_STOP;
}

static gboolean
previous_text_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  step_text (CR_NOTE_EDITOR (widget), -1);
  return GDK_EVENT_STOP;
}

/* The next "***" after the cursor, round all four texts. */
static gboolean
next_field_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  CrNoteEditor *self = CR_NOTE_EDITOR (widget);
  int from = MAX (focused_text (self), 0);
  for (guint i = 0; i <= N_TEXTS; i++) {
    GtkTextView *view = view_at (self, ((guint)from + i) % N_TEXTS);
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
    GtkTextIter at, start, end;
    if (i == 0)
      gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_selection_bound (buffer));
    else
      gtk_text_buffer_get_start_iter (buffer, &at);
    if (i == 0)
      gtk_text_iter_forward_char (&at);
    if (!gtk_text_iter_forward_search (&at, "***", GTK_TEXT_SEARCH_TEXT_ONLY, &start, &end, NULL))
      continue;
    gtk_text_buffer_select_range (buffer, &start, &end);
    gtk_widget_grab_focus (GTK_WIDGET (view));
    return GDK_EVENT_STOP;
  }
  cr_window_toast (self->window, _ ("No open field is left."), NULL, NULL);
  return GDK_EVENT_STOP;
}

/* The texts grow inside one scroll, so the line being written is brought into view here. */
static void
follow_cursor (CrNoteEditor *self, GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroll);
  GtkWidget *content = gtk_widget_get_first_child (gtk_scrolled_window_get_child (self->scroll));
  GtkTextIter at;
  GdkRectangle line;
  int x, y;
  double left, top;
  gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
  gtk_text_view_get_iter_location (view, &at, &line);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, line.x, line.y, &x, &y);
  if (gtk_widget_translate_coordinates (GTK_WIDGET (view), content, x, y, &left, &top))
    gtk_adjustment_clamp_page (adjustment, top - 24, top + line.height + 36);
}

static gboolean
follow_later_cb (gpointer data)
{
  CrNoteEditor *self = data;
  int focused = focused_text (self);
  if (focused >= 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    follow_cursor (self, view_at (self, (guint)focused));
  return G_SOURCE_REMOVE;
}

static void
cursor_cb (CrNoteEditor *self)
{
  /* After the text was laid out. */
  g_idle_add_full (G_PRIORITY_LOW, follow_later_cb, g_object_ref (self), g_object_unref);
}

/* ---- the draft ---- */

static void
bind_text (CrNoteEditor *self, const char *property, gpointer target, const char *target_property)
{
  g_ptr_array_add (self->bindings, g_object_bind_property (self->draft, property, target, target_property,
                                                           G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE));
}

static void
bind_draft (CrNoteEditor *self)
{
  bind_text (self, "title", self->title_entry, "text");
  for (guint i = 0; i < N_TEXTS; i++) {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (view_at (self, i));
    gtk_text_buffer_begin_irreversible_action (
        buffer); /* undo never goes back before the draft as it was opened */
    bind_text (self, TEXTS[i], buffer, "text");
    gtk_text_buffer_end_irreversible_action (buffer);
  }
}

static void
unbind_draft (CrNoteEditor *self)
{
  for (guint i = 0; i < self->bindings->len; i++)
    g_binding_unbind (self->bindings->pdata[i]);
  g_ptr_array_set_size (self->bindings, 0);
}

static void
empty_texts (CrNoteEditor *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->title_entry), "");
  for (guint i = 0; i < N_TEXTS; i++) {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (view_at (self, i));
    gtk_text_buffer_begin_irreversible_action (buffer);
    gtk_text_buffer_set_text (buffer, "", -1);
    gtk_text_buffer_end_irreversible_action (buffer);
  }
  gtk_label_set_label (self->meta_label, "");
  gtk_label_set_label (self->status_label, "");
  gtk_label_set_label (self->vitals_label, "");
  gtk_label_set_label (self->other_label, "");
  drop_offer (self);
  cr_line_clear (self->wording_box);
}

static void
mine_cb (CrNoteEditor *self)
{
  cr_note_draft_settle (self->draft, TRUE);
}

static void
other_cb (CrNoteEditor *self)
{
  cr_note_draft_settle (self->draft, FALSE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (window, error);
}

/* ---- class ---- */

static void
cr_note_editor_dispose (GObject *object)
{
  CrNoteEditor *self = CR_NOTE_EDITOR (object);
  g_clear_handle_id (&self->look_timer, g_source_remove);
  if (self->root != NULL)
    cr_note_editor_set_draft (self, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_NOTE_EDITOR);
  G_OBJECT_CLASS (cr_note_editor_parent_class)->dispose (object);
}

static void
cr_note_editor_finalize (GObject *object)
{
  g_ptr_array_unref (CR_NOTE_EDITOR (object)->bindings);
  G_OBJECT_CLASS (cr_note_editor_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, root);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, conflict_box);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, wording_box);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, scroll);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, title_entry);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, meta_label);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, status_label);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, vitals_label);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, other_label);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, wording_label);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, reason_view);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, subjective_view);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, objective_view);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, plan_view);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, return_field);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, mine_button);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, other_button);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, vitals_button);
  gtk_widget_class_bind_template_child (widget, CrNoteEditor, sign_button);
}

static void
add_keys (CrNoteEditor *self)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    GtkShortcutFunc func;
  } KEYS[] = { { GDK_KEY_Down, GDK_CONTROL_MASK, next_text_cb },
               { GDK_KEY_Up, GDK_CONTROL_MASK, previous_text_cb },
               { GDK_KEY_period, GDK_CONTROL_MASK, replace_key_cb },
               { GDK_KEY_F2, 0, next_field_cb } };
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_keyval_trigger_new (KEYS[i].key, KEYS[i].modifiers),
                          gtk_callback_action_new (KEYS[i].func, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
cr_note_editor_class_init (CrNoteEditorClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_note_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_note_editor_finalize;
  g_type_ensure (CR_TYPE_RETURN_FIELD);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/notes/note-editor.ui");
  bind_children (widget);
}

static void
cr_note_editor_init (CrNoteEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bindings = g_ptr_array_new ();
  for (guint i = 0; i < N_TEXTS; i++) {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (view_at (self, i));
    g_signal_connect_swapped (buffer, "changed", G_CALLBACK (changed_cb), self);
    g_signal_connect_swapped (buffer, "notify::cursor-position", G_CALLBACK (cursor_cb), self);
  }
  g_signal_connect_swapped (self->mine_button, "clicked", G_CALLBACK (mine_cb), self);
  g_signal_connect_swapped (self->other_button, "clicked", G_CALLBACK (other_cb), self);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (cr_note_editor_sign), self);
  add_keys (self);
}

/* ---- public ---- */

void
cr_note_editor_set_window (CrNoteEditor *self, CrWindow *window)
{
  self->window = window;
}

void
cr_note_editor_set_draft (CrNoteEditor *self, CrChart *chart, CrNoteDraft *draft)
{
  if (draft == self->draft)
    return;
  unbind_draft (self);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
  g_set_object (&self->chart, chart);
  g_clear_handle_id (&self->look_timer, g_source_remove);
  empty_texts (self);
  cr_return_field_set_chart (self->return_field, draft != NULL ? chart : NULL);
  if (draft == NULL)
    return;
  self->draft = g_object_ref (draft);
  g_signal_connect_swapped (draft, "notify::status-text", G_CALLBACK (show_status), self);
  g_signal_connect_swapped (draft, "notify::conflict", G_CALLBACK (show_status), self);
  bind_draft (self);
  show_meta (self);
  show_status (self);
  cr_note_editor_refresh (self);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_button),
                          cr_session_can (cr_chart_get_session (chart), CR_RIGHT_SIGN));
}

void
cr_note_editor_refresh (CrNoteEditor *self)
{
  if (self->draft != NULL)
    show_vitals (self);
}

GtkTextView *
cr_note_editor_focus (CrNoteEditor *self)
{
  for (guint i = 0; i < N_TEXTS; i++) {
    GtkTextView *view = view_at (self, i);
    if (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)) > 0 && i < N_TEXTS - 1)
      continue;
    gtk_widget_grab_focus (GTK_WIDGET (view));
    return view;
  }
  return NULL;
}

void
cr_note_editor_sign (CrNoteEditor *self)
{
  if (self->draft != NULL && cr_session_can (cr_chart_get_session (self->chart), CR_RIGHT_SIGN))
    cr_note_sign_sheet_present (self->window, self->chart, self->draft);
}

void
cr_note_editor_save (CrNoteEditor *self)
{
  if (self->draft != NULL)
    cr_note_draft_save_async (self->draft, saved_cb, g_object_ref (self->window));
}

static void
copy_chosen_cb (GtkNativeDialog *dialog, int response, CrNoteEditor *self)
{
  g_autoptr (CrNoteDraft) draft = g_object_steal_data (G_OBJECT (dialog), "cr-draft");
  g_autoptr (GError) error = NULL;
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = g_file_get_path (file);
    if (cr_note_draft_save_copy (draft, path, &error))
      cr_window_toast (self->window,
                       _ ("A copy of the text was saved. Delete it once the note is saved here."), NULL,
                       NULL);
    else
      cr_window_set_trouble (self->window, error->message);
  }
  g_object_unref (dialog);
}

void
cr_note_editor_save_copy (CrNoteEditor *self)
{
  GtkFileChooserNative *dialog;
  if (self->draft == NULL)
    return;
  dialog = gtk_file_chooser_native_new (_ ("Save a Copy – readable by anyone who gets the file"),
                                        GTK_WINDOW (self->window), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"),
                                        NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("Note draft.txt"));
  cr_usual_folder_for (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "cr-draft", g_object_ref (self->draft), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (copy_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
