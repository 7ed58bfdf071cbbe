#include "src/ui/notes/notes-section.h"
#include "src/ui/shell/focus.h"
#include "src/ui/chart/line.h"
#include "src/ui/notes/note-editor.h"
#include "src/ui/notes/note-reader.h"
#include "src/ui/shell/move-dialog.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrNotesSection {
  CrChartSection parent;
  GtkWidget *root;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *count_label;
  GtkButton *new_button, *first_button;
  CrNoteEditor *editor;
  CrNoteReader *reader;
  GtkSingleSelection *selection; /* over the chart's notes */
  CrId note;                     /* in the editor or the reader; none */
  CrNoteDraft *draft;            /* in the editor */
  gboolean opening;              /* a draft is being fetched */
  gboolean focus_editor;         /* it gets the focus when it is there */
  CrTypeAhead *ahead;            /* what is typed meanwhile; NULL: nobody waits for it */
  gboolean selecting;            /* the selection follows, nobody chose */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrNotesSection, cr_notes_section, CR_TYPE_CHART_SECTION,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrWindow *
window_of (CrNotesSection *self)
{
  return cr_chart_section_get_window (CR_CHART_SECTION (self));
}

static CrChart *
chart_of (CrNotesSection *self)
{
  return cr_chart_section_get_chart (CR_CHART_SECTION (self));
}

static gboolean
may_write (CrNotesSection *self)
{
  return chart_of (self) != NULL && cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_NOTE_WRITE);
}

static const CrNote *
find_note (CrNotesSection *self, CrId id)
{
  const GPtrArray *notes = cr_chart_section_records (CR_CHART_SECTION (self))->notes;
  for (guint i = 0; i < notes->len; i++)
    if (((const CrNote *)notes->pdata[i])->id == id)
      return notes->pdata[i];
  return NULL;
}

static gboolean
is_my_draft (CrNotesSection *self, const CrNote *note)
{
  const CrPerson *person = cr_session_get_person (cr_window_get_session (window_of (self)));
  return note != NULL && note->status == CR_NOTE_DRAFT && person != NULL && note->author_id == person->id &&
         may_write (self);
}

/* ---- the list ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrNotesSection *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *head = cr_line_box (6);
  gtk_widget_add_css_class (box, "list-line");
  cr_line_add (head, cr_line_text (NULL, "numeric"), TRUE);
  cr_line_add (head, cr_line_icon ("cr-note-symbolic"), FALSE);
  cr_line_add (head, cr_line_text (NULL, "caption"), FALSE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), cr_line_text (NULL, "value"));
  gtk_list_item_set_child (item, box);
}

static guint
count_addenda (CrNotesSection *self, CrId note)
{
  const GPtrArray *addenda = cr_chart_section_records (CR_CHART_SECTION (self))->addenda;
  guint n = 0;
  for (guint i = 0; i < addenda->len; i++)
    n += ((const CrAddendum *)addenda->pdata[i])->note_id == note ? 1 : 0;
  return n;
}

static char *
describe_status (CrNotesSection *self, const CrNote *note)
{
  static const char *const WORDS[] = { [CR_NOTE_DRAFT] = N_ ("Draft"),
                                       [CR_NOTE_SIGNED] = N_ ("Signed"),
                                       [CR_NOTE_ERROR] = N_ ("In error"),
                                       [CR_NOTE_IMPORTED] = N_ ("Imported") };
  guint addenda = count_addenda (self, note->id);
  const char *word = _ (WORDS[CLAMP (note->status, 0, CR_NOTE_IMPORTED)]);
  return addenda > 0 ? g_strdup_printf ("%s +%u", word, addenda) : g_strdup (word);
}

static const char *
icon_of (const CrNote *note)
{
  static const char *const ICONS[] = { [CR_NOTE_DRAFT] = "cr-draft-symbolic",
                                       [CR_NOTE_SIGNED] = "cr-signed-symbolic",
                                       [CR_NOTE_ERROR] = "cr-stop-symbolic",
                                       [CR_NOTE_IMPORTED] = "cr-note-symbolic" };
  return ICONS[CLAMP (note->status, 0, CR_NOTE_IMPORTED)];
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrNotesSection *self)
{
  GtkWidget *box = gtk_list_item_get_child (item), *row = gtk_widget_get_parent (box);
  GtkWidget *head = gtk_widget_get_first_child (box), *title = gtk_widget_get_last_child (box);
  GtkWidget *date = gtk_widget_get_first_child (head), *icon = gtk_widget_get_next_sibling (date);
  const CrNote *note = cr_row_peek (gtk_list_item_get_item (item));
  const CrPerson *author =
      cr_chart_records_person (cr_chart_section_records (CR_CHART_SECTION (self)), note->author_id);
  g_autofree char *day = cr_date_format (note->date);
  g_autofree char *status = describe_status (self, note);
  g_autofree char *name = author != NULL ? cr_person_short (author) : NULL;
  g_autofree char *text = g_strdup_printf ("%s%s%s", cr_str_empty (note->title) ? _ ("Note") : note->title,
                                           name != NULL ? " – " : "", name != NULL ? name : "");
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", day, text, status);
  const char *classes[] = { note->status == CR_NOTE_ERROR ? "struck" : "text-2", NULL };
  gtk_label_set_label (GTK_LABEL (date), day);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icon_of (note));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (head)), status);
  gtk_label_set_label (GTK_LABEL (title), text);
  gtk_widget_set_css_classes (title, classes);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* ---- editor and reader ---- */

/* What was typed after Ctrl+N, before the note was there, is in it. */
static void
take_ahead (CrNotesSection *self, GtkTextView *view)
{
  CrTypeAhead *ahead = g_steal_pointer (&self->ahead);
  if (ahead != NULL)
    cr_type_ahead_end (ahead, view);
}

static void
set_draft (CrNotesSection *self, CrNoteDraft *draft)
{
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  cr_note_editor_set_draft (self->editor, draft != NULL ? chart_of (self) : NULL, draft);
  g_set_object (&self->draft, draft);
}

static void
select_row (CrNotesSection *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint position = GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < g_list_model_get_n_items (model) && position == GTK_INVALID_LIST_POSITION; i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (model, i);
    if (cr_row_get_id (row) == self->note)
      position = i;
  }
  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
show_reader (CrNotesSection *self, const CrNote *note)
{
  set_draft (self, NULL);
  self->note = note->id;
  cr_note_reader_show (self->reader, chart_of (self), note);
  gtk_stack_set_visible_child_name (self->stack, "reader");
}

/* Signed, here or in another window: from now on it is read. */
static void
signed_cb (CrNotesSection *self)
{
  g_autoptr (CrNoteDraft) draft = g_object_ref (self->draft);
  gboolean is_signed = FALSE;
  g_object_get (draft, "signed", &is_signed, NULL);
  if (!is_signed)
    return;
  show_reader (self, cr_note_draft_peek (draft));
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
show_editor (CrNotesSection *self, CrNoteDraft *draft)
{
  set_draft (self, draft);
  self->note = cr_note_draft_get_note_id (draft);
  g_signal_connect_swapped (draft, "notify::signed", G_CALLBACK (signed_cb), self);
  gtk_stack_set_visible_child_name (self->stack, "editor");
  select_row (self);
  if (self->focus_editor)
    take_ahead (self, cr_note_editor_focus (self->editor));
  self->focus_editor = FALSE;
}

typedef struct {
  CrNotesSection *self;
  CrChart *chart;
} Opening;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (CrNotesSection) self = opening->self;
  g_autoptr (CrChart) chart = opening->chart;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrNoteDraft) draft = cr_note_draft_open_finish (result, &error);
  g_free (opening);
  if (self->root == NULL || chart != chart_of (self))
    return; /* another chart is shown by now */
  self->opening = FALSE;
  if (draft == NULL)
    cr_window_show_error (window_of (self), error);
  else
    show_editor (self, draft);
  take_ahead (self, NULL);
}

/* CR_ID_NONE: the note of today. */
static void
open_draft (CrNotesSection *self, CrId note)
{
  Opening *opening;
  if (self->opening)
    return;
  if (self->draft != NULL && cr_note_draft_get_note_id (self->draft) == note) {
    cr_note_editor_focus (self->editor);
    return;
  }
  set_draft (self, NULL); /* what is unsaved in it is saved now */
  opening = g_new0 (Opening, 1);
  opening->self = g_object_ref (self);
  opening->chart = g_object_ref (chart_of (self));
  self->opening = TRUE;
  cr_note_draft_open_async (chart_of (self), note, opened_cb, opening);
}

static void
open_note (CrNotesSection *self, CrId id)
{
  const CrNote *note = find_note (self, id);
  if (note == NULL)
    return;
  if (is_my_draft (self, note))
    open_draft (self, id);
  else
    show_reader (self, note);
  select_row (self);
}

static void
write_new (CrNotesSection *self)
{
  if (!may_write (self))
    return;
  self->focus_editor = TRUE;
  open_draft (self, CR_ID_NONE);
  if (self->opening && self->ahead == NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    self->ahead = cr_type_ahead_start (GTK_WIDGET (self));
}

static void
selected_cb (CrNotesSection *self)
{
  CrRow *row = gtk_single_selection_get_selected_item (self->selection);
  if (self->selecting || row == NULL || chart_of (self) == NULL || cr_row_get_id (row) == self->note)
    return;
  open_note (self, cr_row_get_id (row));
}

/* Enter in the list goes on to the text. */
static void
activated_cb (CrNotesSection *self)
{
  if (self->draft != NULL)
    cr_note_editor_focus (self->editor);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->reader), GTK_DIR_TAB_FORWARD);
}

/* ---- in the wrong chart ---- */

/* Saved first: the store takes one after the other. */
static gboolean
move_draft (CrNotesSection *self)
{
  const CrNote *note = cr_note_draft_peek (self->draft);
  const CrPatient *patient = cr_chart_section_records (CR_CHART_SECTION (self))->patient;
  g_autofree char *day = cr_date_format_weekday (note->date);
  g_autofree char *what =
      g_strdup_printf ("%s, %s", cr_str_empty (note->title) ? _ ("Note") : note->title, day);
  if (cr_note_is_empty (note))
    return FALSE;
  cr_note_editor_save (self->editor);
  cr_move_dialog_present (window_of (self), patient, what, &CR_NOTE, note->id);
  return TRUE;
}

/* Stored, all of its text, but no longer in this chart: it was moved. */
static gboolean
is_gone (CrNotesSection *self)
{
  gboolean dirty = FALSE;
  g_object_get (self->draft, "dirty", &dirty, NULL);
  return !dirty && cr_note_draft_peek (self->draft)->version > 0 &&
         find_note (self, cr_note_draft_get_note_id (self->draft)) == NULL;
}

/* ---- section ---- */

static void
show_first (CrNotesSection *self)
{
  const GPtrArray *notes = cr_chart_section_records (CR_CHART_SECTION (self))->notes;
  for (guint i = 0; i < notes->len; i++)
    if (is_my_draft (self, notes->pdata[i])) {
      open_note (self, ((const CrNote *)notes->pdata[i])->id);
      return;
    }
  if (notes->len > 0)
    open_note (self, ((const CrNote *)notes->pdata[0])->id);
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_none (CrNotesSection *self)
{
  set_draft (self, NULL);
  self->note = CR_ID_NONE;
  self->selecting = TRUE;
  gtk_single_selection_set_model (self->selection, NULL);
  self->selecting = FALSE;
  cr_note_reader_show (self->reader, NULL, NULL);
  gtk_label_set_label (self->count_label, "");
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
cr_notes_section_show (CrChartSection *section)
{
  CrNotesSection *self = CR_NOTES_SECTION (section);
  GListModel *notes = chart_of (self) != NULL ? cr_chart_get_notes (chart_of (self)) : NULL;
  g_autofree char *count = NULL;
  if (notes == NULL) {
    show_none (self);
    return;
  }
  self->selecting = TRUE;
  gtk_single_selection_set_model (self->selection, notes);
  self->selecting = FALSE;
  count = g_strdup_printf ("%u", g_list_model_get_n_items (notes));
  gtk_label_set_label (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->new_button), may_write (self));
  gtk_widget_set_visible (GTK_WIDGET (self->first_button), may_write (self));
  if (self->draft != NULL && is_gone (self)) {
    set_draft (self, NULL);
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  }
  if (self->draft != NULL)
    cr_note_editor_refresh (self->editor);
  else if (self->note != CR_ID_NONE && find_note (self, self->note) != NULL)
    open_note (self, self->note);
  else if (!self->opening)
    show_first (self);
  select_row (self);
}

static void
cr_notes_section_leave (CrChartSection *section)
{
  CrNotesSection *self = CR_NOTES_SECTION (section);
  self->opening = self->focus_editor = FALSE;
  take_ahead (self, NULL);
  show_none (self);
}

static void
cr_notes_section_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrNotesSection *self = CR_NOTES_SECTION (page);
  cr_chart_section_refresh (CR_CHART_SECTION (self));
  if (g_strcmp0 (hint, "new-note") == 0)
    write_new (self);
  else if (hint != NULL && g_str_has_prefix (hint, "note:"))
    open_note (self, g_ascii_strtoll (hint + strlen ("note:"), NULL, 10));
  self->focus_editor = self->opening;
  if (self->draft != NULL)
    cr_note_editor_focus (self->editor);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static gboolean
cr_notes_section_perform (CrPage *page, const char *what)
{
  CrNotesSection *self = CR_NOTES_SECTION (page);
  if (chart_of (self) == NULL)
    return FALSE;
  if (g_str_equal (what, "new"))
    write_new (self);
  else if (g_str_equal (what, "primary") && self->draft != NULL)
    cr_note_editor_sign (self->editor);
  else if (g_str_equal (what, "primary"))
    return cr_note_reader_sign (self->reader);
  else if (g_str_equal (what, "save-copy") && self->draft != NULL)
    cr_note_editor_save_copy (self->editor);
  else if (g_str_equal (what, "move") && self->draft != NULL)
    return move_draft (self);
  else if (g_str_equal (what, "save") && self->draft != NULL)
    cr_note_editor_save (self->editor);
  else if (g_str_equal (what, "edit") && self->draft == NULL)
    return cr_note_reader_start_addendum (self->reader);
  else if (g_str_equal (what, "print") && self->draft == NULL)
    return cr_note_reader_print (self->reader);
  else
    return FALSE;
  return TRUE;
}

static void
cr_notes_section_forget (CrPage *page)
{
  cr_note_reader_forget (CR_NOTES_SECTION (page)->reader);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = cr_notes_section_enter;
  iface->perform = cr_notes_section_perform;
  iface->forget = cr_notes_section_forget;
}

static void
cr_notes_section_dispose (GObject *object)
{
  CrNotesSection *self = CR_NOTES_SECTION (object);
  take_ahead (self, NULL);
  if (self->root != NULL)
    cr_chart_section_set_chart (CR_CHART_SECTION (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_NOTES_SECTION);
  g_clear_object (&self->selection);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cr_notes_section_parent_class)->dispose (object);
}

static void
cr_notes_section_class_init (CrNotesSectionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_notes_section_dispose;
  CR_CHART_SECTION_CLASS (klass)->show = cr_notes_section_show;
  CR_CHART_SECTION_CLASS (klass)->leave = cr_notes_section_leave;
  g_type_ensure (CR_TYPE_ONE_STOP);
  g_type_ensure (CR_TYPE_NOTE_EDITOR);
  g_type_ensure (CR_TYPE_NOTE_READER);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/notes/notes-section.ui");
  gtk_widget_class_bind_template_child (widget, CrNotesSection, root);
  gtk_widget_class_bind_template_child (widget, CrNotesSection, stack);
  gtk_widget_class_bind_template_child (widget, CrNotesSection, list);
  gtk_widget_class_bind_template_child (widget, CrNotesSection, count_label);
  gtk_widget_class_bind_template_child (widget, CrNotesSection, new_button);
  gtk_widget_class_bind_template_child (widget, CrNotesSection, first_button);
  gtk_widget_class_bind_template_child (widget, CrNotesSection, editor);
  gtk_widget_class_bind_template_child (widget, CrNotesSection, reader);
}

static void
cr_notes_section_init (CrNotesSection *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (write_new), self);
  g_signal_connect_swapped (self->first_button, "clicked", G_CALLBACK (write_new), self);
}

GtkWidget *
cr_notes_section_new (CrWindow *window)
{
  CrNotesSection *self = g_object_new (CR_TYPE_NOTES_SECTION, NULL);
  cr_chart_section_set_window (CR_CHART_SECTION (self), window);
  cr_note_editor_set_window (self->editor, window);
  cr_note_reader_set_window (self->reader, window);
  return GTK_WIDGET (self);
}
