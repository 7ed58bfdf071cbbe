#include "src/ui/shell/palette-view.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrPaletteView {
  GtkWidget parent;
  GtkWidget *root;
  GtkListBox *list;
  GtkLabel *hint_label;
  GtkSearchEntry *entry; /* borrowed: stands in the header bar of the same window */
  CrPalette *palette;
  GListModel *shown; /* the palette, or the verbs of one patient */
  GString *letters;  /* of a verb, typed so far; NULL: patients are shown */
  int chosen;        /* the row selected last */
  char *previous;    /* last query of this session, one ↑ away */
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPaletteView, cr_palette_view, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text != NULL ? text : "");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void choose_hit (CrPaletteView *self, const CrHit *hit, gboolean open_chart);

/* By pointer a visit is booked from here, too; by keys it is Tab and b. */
static void
book_cb (GtkButton *button, CrPaletteView *self)
{
  g_autoptr (CrRow) row = g_object_ref (g_object_get_data (G_OBJECT (button), "cr-row"));
  CrHit hit = *(const CrHit *)cr_row_peek (row);
  hit.verb = CR_VERB_BOOK;
  choose_hit (self, &hit, FALSE);
}

static GtkWidget *
make_book_button (CrPaletteView *self, CrRow *row)
{
  const CrHit *hit = cr_row_peek (row);
  GtkWidget *button = gtk_button_new_with_label (_ ("Book"));
  g_autofree char *spoken = g_strdup_printf (_ ("Book a visit: %s"), hit->title);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Book a visit (Tab, then b)"));
  gtk_widget_add_css_class (button, "chip-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "cr-row", g_object_ref (row), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (book_cb), self);
  return button;
}

static GtkWidget *
make_patient (CrPaletteView *self, CrRow *row, const CrHit *hit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *title = make_label (hit->title, hit->deceased ? "text-3" : "heading");
  GtkWidget *born = make_label (hit->born, "numeric");
  GtkWidget *detail = make_label (hit->detail, hit->kind == CR_HIT_SLOT ? "value" : "caption");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (detail, TRUE);
  gtk_label_set_width_chars (GTK_LABEL (born), 20);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), born);
  gtk_box_append (GTK_BOX (line), make_label (hit->sex, NULL));
  gtk_box_append (GTK_BOX (line), make_label (hit->phone, "numeric"));
  gtk_box_append (GTK_BOX (line), make_label (hit->mrn, "numeric"));
  if (hit->kind == CR_HIT_PATIENT && hit->verb != CR_VERB_BOOK_LINE && !hit->deceased &&
      cr_palette_can_book (self->palette))
    gtk_box_append (GTK_BOX (line), make_book_button (self, row));
  gtk_box_append (GTK_BOX (below), detail);
  if (hit->similar)
    gtk_box_append (GTK_BOX (below), make_label (_ ("▲ Similar name"), "warning"));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), below);
  return box;
}

static GtkWidget *
make_command (const CrHit *hit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *title = make_label (hit->title, NULL);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), make_label (hit->detail, "caption"));
  return box;
}

static char *
name_hit (const CrHit *hit)
{
  if (hit->kind != CR_HIT_PATIENT && hit->kind != CR_HIT_SLOT)
    return g_strdup (hit->title);
  return g_strdup_printf ("%s, %s, %s, %s. %s%s", hit->title, hit->born, hit->sex,
                          hit->mrn != NULL ? hit->mrn : "", hit->detail != NULL ? hit->detail : "",
                          hit->similar ? _ (" Similar name") : "");
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrPaletteView *self = data;
  const CrHit *hit = cr_row_peek (item);
  GtkWidget *row = gtk_list_box_row_new ();
  gboolean selectable = hit->kind != CR_HIT_HEADING && hit->kind != CR_HIT_MORE;
  g_autofree char *name = name_hit (hit);
  GtkWidget *child = hit->kind == CR_HIT_PATIENT || hit->kind == CR_HIT_SLOT ? make_patient (self, item, hit)
                     : hit->kind == CR_HIT_HEADING ? make_label (hit->title, "group")
                     : hit->kind == CR_HIT_MORE    ? make_label (hit->title, "caption")
                                                   : make_command (hit);
  gtk_widget_set_margin_start (child, 12);
  gtk_widget_set_margin_end (child, 12);
  gtk_widget_set_margin_top (child, 5);
  gtk_widget_set_margin_bottom (child, 5);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), selectable);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), selectable);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

/* Highlights the first selectable row from there on.  Enter is always the person's. */
static void
highlight (CrPaletteView *self, int at, int direction)
{
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (self->list, at)) != NULL &&
         !gtk_list_box_row_get_selectable (row))
    at += direction;
  if (row != NULL)
    cr_list_mark (self->list, row);
}

/* A row that is replaced in its place, when the patient's next or last visit is known, stays chosen. */
static void
replaced_cb (GListModel *model, guint position, guint removed, guint added, CrPaletteView *self)
{
  if (self->letters == NULL && gtk_list_box_get_selected_row (self->list) == NULL && removed != added)
    highlight (self, 0, 1);
  else if (removed == added && (int)position <= self->chosen && self->chosen < (int)(position + added) &&
           gtk_list_box_get_selected_row (self->list) == NULL)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, self->chosen));
}

static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *row, CrPaletteView *self)
{
  if (row != NULL)
    self->chosen = gtk_list_box_row_get_index (row);
}

static void
show_model (CrPaletteView *self, GListModel *model)
{
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (self->shown, replaced_cb, self);
  g_set_object (&self->shown, model);
  gtk_list_box_bind_model (self->list, model, make_row_cb, self, NULL);
  if (model != NULL) /* after the list box, which answers the same signal */
    g_signal_connect_object (model, "items-changed", G_CALLBACK (replaced_cb), self, 0);
}

static void
step (CrPaletteView *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  highlight (self, row != NULL ? gtk_list_box_row_get_index (row) + by : 0, row != NULL ? by : 1);
}

static const CrHit *
hit_at (CrPaletteView *self, GtkListBoxRow *row, CrRow **item)
{
  *item = row != NULL ? g_list_model_get_item (self->shown, gtk_list_box_row_get_index (row)) : NULL;
  return *item != NULL ? cr_row_peek (*item) : NULL;
}

/* Whose the booking is was not certain; now the times come, and the first one is highlighted. */
static void
pick (CrPaletteView *self, CrId patient)
{
  cr_palette_pick (self->palette, patient);
  highlight (self, 0, 1);
}

static void
choose (CrPaletteView *self, GtkListBoxRow *row, gboolean open_chart)
{
  g_autoptr (CrRow) item = NULL;
  const CrHit *hit = hit_at (self, row, &item);
  if (hit != NULL && hit->kind != CR_HIT_HEADING && hit->kind != CR_HIT_MORE)
    choose_hit (self, hit, open_chart);
}

static void
leave (CrPaletteView *self)
{
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

static void
choose_hit (CrPaletteView *self, const CrHit *hit, gboolean open_chart)
{
  if (hit->kind == CR_HIT_PATIENT && hit->verb == CR_VERB_BOOK_LINE && !open_chart) {
    pick (self, hit->patient_id);
    return;
  }
  g_free (self->previous);
  self->previous = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  cr_palette_view_close (self, TRUE);
  if (hit->kind == CR_HIT_SLOT) /* no page comes up: Ctrl+Z is to mean the booking, not the line */
    leave (self);
  g_signal_emit (self, signals[CHOSEN], 0, hit, open_chart);
}

static void
show_hint (CrPaletteView *self, const char *patient)
{
  g_autofree char *verbs =
      patient != NULL
          ? g_strdup_printf (_ ("%s  ·  type an action's first letters, or Enter  ·  Backspace Patients"),
                             patient)
          : NULL;
  gtk_label_set_label (
      self->hint_label,
      verbs != NULL
          ? verbs
          : _ ("Enter Open  ·  Tab Actions (book, Rx, note, refer…)  ·  Ctrl+Enter Chart  ·  Esc Close"));
}

static void
show_verbs (CrPaletteView *self)
{
  g_autoptr (CrRow) item = NULL;
  g_autoptr (GListModel) verbs = NULL;
  const CrHit *hit = hit_at (self, gtk_list_box_get_selected_row (self->list), &item);
  if (hit == NULL || hit->kind != CR_HIT_PATIENT)
    return;
  verbs = cr_palette_verbs (self->palette, hit->patient_id);
  self->letters = g_string_new (NULL);
  show_hint (self, hit->title);
  show_model (self, verbs);
  highlight (self, 0, 1);
}

static void
show_patients (CrPaletteView *self)
{
  if (self->letters != NULL)
    g_string_free (g_steal_pointer (&self->letters), TRUE);
  show_hint (self, NULL);
  if (self->shown != G_LIST_MODEL (self->palette))
    show_model (self, G_LIST_MODEL (self->palette));
  /* Another query, another first: Enter never takes who was on top of a shorter one. */
  highlight (self, 0, 1);
}

/* How many verbs begin with these letters; first: where the first of them is. */
static guint
count_verbs (CrPaletteView *self, const char *letters, guint *first)
{
  guint n = 0;
  for (guint i = g_list_model_get_n_items (self->shown); i > 0; i--) {
    g_autoptr (CrRow) item = g_list_model_get_item (self->shown, i - 1);
    if (!g_str_has_prefix (((const CrHit *)cr_row_peek (item))->detail, letters))
      continue;
    *first = i - 1;
    n++;
  }
  return n;
}

/* A letter on the list of verbs narrows it down; the only one that is left is done. */
static void
take_letter (CrPaletteView *self, gunichar letter)
{
  guint at = 0, n;
  gsize before = self->letters->len;
  g_string_append_unichar (self->letters, g_unichar_tolower (letter));
  n = count_verbs (self, self->letters->str, &at);
  if (n == 0) {
    g_string_truncate (self->letters, before);
    gtk_widget_error_bell (GTK_WIDGET (self->entry));
  } else if (n == 1) {
    choose (self, gtk_list_box_get_row_at_index (self->list, (int)at), FALSE);
  } else {
    highlight (self, (int)at, 1);
  }
}

static gboolean
verb_key (CrPaletteView *self, guint key, GdkModifierType state)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  if (key == GDK_KEY_BackSpace) {
    show_patients (self);
    return TRUE;
  }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !g_unichar_isalnum (letter))
    return key == GDK_KEY_space;
  take_letter (self, letter);
  return TRUE;
}

static void
changed_cb (CrPaletteView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (self->palette == NULL)
    return;
  cr_palette_set_query (self->palette, text);
  show_patients (self);
  gtk_widget_set_visible (GTK_WIDGET (self), text[0] != '\0');
}

static gboolean
move_key (CrPaletteView *self, guint key)
{
  gboolean empty = gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] == '\0';
  if (key == GDK_KEY_Up && empty && self->previous != NULL) {
    gtk_editable_set_text (GTK_EDITABLE (self->entry), self->previous);
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  } else {
    step (self, key == GDK_KEY_Up ? -1 : 1);
  }
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, CrPaletteView *self)
{
  gboolean open = gtk_widget_get_visible (GTK_WIDGET (self));
  if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    return move_key (self, key);
  if (key == GDK_KEY_Escape) {
    cr_palette_view_close (self, TRUE);
    leave (self);
    return TRUE;
  }
  if (!open)
    return FALSE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) {
    choose (self, gtk_list_box_get_selected_row (self->list), FALSE);
    return TRUE;
  }
  if (key == GDK_KEY_Tab) {
    if (self->letters == NULL)
      show_verbs (self);
    return TRUE;
  }
  return self->letters != NULL && verb_key (self, key, state);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, CrPaletteView *self)
{
  choose (self, row, FALSE);
}

static void
cr_palette_view_dispose (GObject *object)
{
  CrPaletteView *self = CR_PALETTE_VIEW (object);
  g_clear_object (&self->palette);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->previous, g_free);
  if (self->letters != NULL)
    g_string_free (g_steal_pointer (&self->letters), TRUE);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_PALETTE_VIEW);
  G_OBJECT_CLASS (cr_palette_view_parent_class)->dispose (object);
}

static void
cr_palette_view_class_init (CrPaletteViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_palette_view_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", CR_TYPE_PALETTE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/palette-view.ui");
  gtk_widget_class_bind_template_child (widget, CrPaletteView, root);
  gtk_widget_class_bind_template_child (widget, CrPaletteView, list);
  gtk_widget_class_bind_template_child (widget, CrPaletteView, hint_label);
}

static void
cr_palette_view_init (CrPaletteView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_hint (self, NULL);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
}

void
cr_palette_view_attach (CrPaletteView *self, GtkSearchEntry *entry, CrPalette *palette)
{
  g_set_object (&self->palette, palette);
  if (self->entry == NULL) {
    GtkEventController *keys = gtk_event_controller_key_new ();
    self->entry = entry;
    gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
    g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
    gtk_widget_add_controller (GTK_WIDGET (entry), keys);
    g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  }
  if (palette == NULL) {
    show_model (self, NULL);
    g_clear_pointer (&self->previous, g_free);
  }
}

void
cr_palette_view_close (CrPaletteView *self, gboolean clear)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (clear && self->entry != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

void
cr_palette_view_start (CrPaletteView *self)
{
  cr_palette_view_close (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
cr_palette_view_restore (CrPaletteView *self)
{
  g_autofree char *previous = g_strdup (self->previous != NULL ? self->previous : "");
  cr_palette_view_start (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), previous);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

gboolean
cr_palette_view_choose_chart (CrPaletteView *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  choose (self, gtk_list_box_get_selected_row (self->list), TRUE);
  return TRUE;
}
