#include "src/ui/referrals/packet-contents.h"
#include "src/ui/referrals/packet-lines.h"
#include <glib/gi18n.h>

struct _CrPacketContents {
  GtkWidget parent;
  GtkWidget *box, *gaps;
  GtkListBox *list;
  CrPacketSource *source; /* borrowed */
  gboolean quiet;         /* selected by the program */
};

enum { CHANGED, PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPacketContents, cr_packet_contents, GTK_TYPE_WIDGET)

static CrPacketItem *
item_at (CrPacketContents *self, int at)
{
  GArray *items = self->source != NULL ? cr_packet_source_items (self->source) : NULL;
  return items != NULL && at >= 0 && at < (int)items->len ? &g_array_index (items, CrPacketItem, at) : NULL;
}

static void
changed (CrPacketContents *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- rows ---- */

static gboolean
is_locked (CrPacketContents *self, const CrPacketItem *item)
{
  return item->part == CR_PACKET_LETTER ||
         (item->part == CR_PACKET_SENSITIVE && cr_packet_source_content (self->source)->consent == NULL);
}

static void
toggled_cb (GtkCheckButton *check, CrPacketContents *self)
{
  CrPacketItem *item = item_at (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (check), "cr-at")));
  if (item == NULL)
    return;
  item->include = gtk_check_button_get_active (check);
  changed (self);
}

static GtkWidget *
part_of_row (GtkListBoxRow *row, const char *name)
{
  return g_object_get_data (G_OBJECT (row), name);
}

static void
lines_cb (CrPacketContents *self)
{
  changed (self);
}

static void
add_lines_button (CrPacketContents *self, GtkWidget *row, GtkWidget *line, const CrPacketItem *item)
{
  GtkWidget *button;
  if (item->id != CR_ID_NONE || !cr_packet_lines_has (self->source, item->part))
    return;
  button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_add_css_class (button, "in-line");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Hide lines (Delete)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Hide lines"),
                                  -1);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button),
                               cr_packet_lines_new (self->source, item->part, G_CALLBACK (lines_cb), self));
  gtk_box_append (GTK_BOX (line), button);
  g_object_set_data (G_OBJECT (row), "cr-lines", button);
}

static GtkWidget *
make_check (CrPacketContents *self, int at, const CrPacketItem *item, const char *title)
{
  GtkWidget *check = gtk_check_button_new (), *label = gtk_label_new (title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_tooltip_text (check, is_locked (self, item) && item->part == CR_PACKET_SENSITIVE
                                          ? _ ("Locked: no consent to release is on file.")
                                          : title);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), item->include);
  gtk_widget_set_sensitive (check, !is_locked (self, item));
  gtk_widget_set_hexpand (check, TRUE);
  g_object_set_data (G_OBJECT (check), "cr-at", GINT_TO_POINTER (at));
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  return check;
}

static char *
title_of (CrPacketContents *self, const CrPacketItem *item)
{
  g_autofree char *title = cr_packet_item_title (cr_packet_source_content (self->source), item);
  return item->part == CR_PACKET_SENSITIVE && item->id == CR_ID_NONE && is_locked (self, item)
             ? g_strdup_printf (_ ("%s – locked"), title)
             : g_steal_pointer (&title);
}

static void
add_row (CrPacketContents *self, int at, const CrPacketItem *item)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *pages = gtk_label_new (NULL);
  g_autofree char *title = title_of (self, item);
  GtkWidget *check = make_check (self, at, item, title);
  gtk_widget_set_margin_start (line, item->id != CR_ID_NONE ? 24 : 6);
  gtk_widget_set_margin_end (line, 9);
  gtk_widget_add_css_class (pages, "text-2");
  gtk_box_append (GTK_BOX (line), check);
  gtk_box_append (GTK_BOX (line), pages);
  add_lines_button (self, row, line, item);
  g_object_set_data (G_OBJECT (row), "cr-check", check);
  g_object_set_data (G_OBJECT (row), "cr-pages", pages);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (self->list, row);
}

static void
fill (CrPacketContents *self)
{
  GtkWidget *row;
  self->quiet = TRUE;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (int i = 0; item_at (self, i) != NULL; i++)
    add_row (self, i, item_at (self, i));
  self->quiet = FALSE;
}

/* ---- order: an item moves among its like, a part with all that is in it ---- */

static int
block_end (CrPacketContents *self, int at)
{
  const CrPacketItem *first = item_at (self, at), *next;
  int end = at + 1;
  while (first->id == CR_ID_NONE && (next = item_at (self, end)) != NULL && next->id != CR_ID_NONE)
    end++;
  return end;
}

static int
block_before (CrPacketContents *self, int at)
{
  gboolean part = item_at (self, at)->id == CR_ID_NONE;
  int before = at - 1;
  while (part && before > 0 && item_at (self, before)->id != CR_ID_NONE)
    before--;
  return before;
}

static gboolean
may_swap (const CrPacketItem *first, const CrPacketItem *second)
{
  if (first == NULL || second == NULL || (first->id == CR_ID_NONE) != (second->id == CR_ID_NONE))
    return FALSE;
  return first->id == CR_ID_NONE ? first->part != CR_PACKET_LETTER && second->part != CR_PACKET_SENSITIVE
                                 : first->part == second->part;
}

/* Brings the block at `second` before its neighbour at `first`. */
static void
swap (CrPacketContents *self, int first, int second)
{
  GArray *items = cr_packet_source_items (self->source);
  int end = block_end (self, second);
  guint n = (guint)(end - second);
  g_autofree CrPacketItem *moved =
      g_memdup2 (&g_array_index (items, CrPacketItem, second), n * sizeof (CrPacketItem));
  g_array_remove_range (items, (guint)second, n);
  g_array_insert_vals (items, (guint)first, moved, n);
}

static gboolean
move (CrPacketContents *self, int at, gboolean down)
{
  int first = down ? at : block_before (self, at), second = down ? block_end (self, at) : at;
  if (!may_swap (item_at (self, first), item_at (self, second)))
    return FALSE;
  g_autofree char *key = cr_packet_item_key (item_at (self, at));
  swap (self, first, second);
  fill (self);
  cr_packet_contents_select (self, key);
  changed (self);
  return TRUE;
}

/* ---- keys and selection ---- */

static void
picked_cb (GtkListBox *list, GtkListBoxRow *row, CrPacketContents *self)
{
  const CrPacketItem *item = row != NULL ? item_at (self, gtk_list_box_row_get_index (row)) : NULL;
  g_autofree char *key = item != NULL ? cr_packet_item_key (item) : NULL;
  if (key != NULL && !self->quiet)
    g_signal_emit (self, signals[PICKED], 0, key);
}

static gboolean
press (GtkListBoxRow *row, guint key)
{
  GtkWidget *check = part_of_row (row, "cr-check"), *lines = part_of_row (row, "cr-lines");
  if (key == GDK_KEY_Delete && lines != NULL) {
    gtk_menu_button_popup (GTK_MENU_BUTTON (lines));
    return TRUE;
  }
  if (!gtk_widget_get_sensitive (check) || (key != GDK_KEY_space && key != GDK_KEY_Delete))
    return FALSE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               key == GDK_KEY_space &&
                                   !gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrPacketContents *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL || !gtk_widget_is_sensitive (GTK_WIDGET (self->list)))
    return FALSE;
  if ((state & GDK_CONTROL_MASK) != 0 && (key == GDK_KEY_Up || key == GDK_KEY_Down))
    return move (self, gtk_list_box_row_get_index (row), key == GDK_KEY_Down);
  return press (row, key);
}

/* ---- class ---- */

static void
cr_packet_contents_dispose (GObject *object)
{
  CrPacketContents *self = CR_PACKET_CONTENTS (object);
  self->source = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_packet_contents_parent_class)->dispose (object);
}

static void
cr_packet_contents_class_init (CrPacketContentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_packet_contents_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", CR_TYPE_PACKET_CONTENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[PICKED] = g_signal_new ("picked", CR_TYPE_PACKET_CONTENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cr_packet_contents_init (CrPacketContents *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->gaps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "plain");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Contents of the packet"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroll);
  gtk_box_append (GTK_BOX (self->box), self->gaps);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (picked_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

GtkWidget *
cr_packet_contents_new (void)
{
  return g_object_new (CR_TYPE_PACKET_CONTENTS, NULL);
}

void
cr_packet_contents_set_source (CrPacketContents *self, CrPacketSource *source)
{
  self->source = source;
  fill (self);
}

void
cr_packet_contents_show_pages (CrPacketContents *self, CrPaper *paper)
{
  for (int i = 0; item_at (self, i) != NULL; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
    guint n, page = cr_packet_item_page (paper, item_at (self, i), &n);
    g_autofree char *text = page == 0 ? NULL
                            : n > 1   ? g_strdup_printf (_ ("p. %u–%u"), page, page + n - 1)
                                      : g_strdup_printf (_ ("p. %u"), page);
    gtk_label_set_label (GTK_LABEL (part_of_row (row, "cr-pages")), text != NULL ? text : "");
  }
}

void
cr_packet_contents_select (CrPacketContents *self, const char *key)
{
  self->quiet = TRUE;
  for (int i = 0; item_at (self, i) != NULL; i++) {
    g_autofree char *own = cr_packet_item_key (item_at (self, i));
    if (g_strcmp0 (own, key) != 0)
      continue;
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
    gtk_list_box_select_row (self->list, row);
    gtk_widget_grab_focus (GTK_WIDGET (row));
  }
  self->quiet = FALSE;
}

void
cr_packet_contents_set_gaps (CrPacketContents *self, const GArray *gaps)
{
  GtkWidget *old;
  while ((old = gtk_widget_get_first_child (self->gaps)) != NULL)
    gtk_box_remove (GTK_BOX (self->gaps), old);
  for (guint i = 0; i < gaps->len; i++) {
    const CrReferralGap *gap = &g_array_index (gaps, CrReferralGap, i);
    g_autofree char *text = cr_referral_gap_text (gap), *line = g_strdup_printf ("▲ %s", text);
    g_autofree char *as_of = cr_date_format (gap->want->origin.as_of);
    g_autofree char *source = g_strdup_printf ("%s, %s", gap->want->origin.source, as_of);
    GtkWidget *label = gtk_label_new (line);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_widget_add_css_class (label, "field-question");
    gtk_widget_set_tooltip_text (label, source);
    gtk_widget_set_margin_start (label, 9);
    gtk_widget_set_margin_end (label, 9);
    gtk_box_append (GTK_BOX (self->gaps), label);
  }
}
