#include "src/ui/admin/set-up-lines.h"
#include "src/ui/admin/form.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

enum { CODE_LETTERS = 4, SHORTEST = 5, LONGEST = 480, USUAL = 20 };
enum { COLUMN_CODE, COLUMN_NAME, COLUMN_MINUTES, COLUMN_ACTIVE, COLUMN_EQUIPMENT };

typedef struct {
  gpointer record;                           /* as it was; version 0: not stored yet */
  GtkWidget *code, *name, *minutes, *active; /* code and minutes: NULL for rooms */
  GtkWidget *equipment;                      /* rooms only */
} Line;

struct _CrSetUpLines {
  GtkWidget parent;
  const CrRecordClass *klass;
  GtkWidget *box, *grid, *problem;
  GPtrArray *lines;
};

enum { EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrSetUpLines, cr_set_up_lines, GTK_TYPE_WIDGET)

static gboolean
is_types (CrSetUpLines *self)
{
  return self->klass == &CR_VISIT_TYPE;
}

/* ---- reading ---- */

static char *
trimmed (GtkWidget *entry)
{
  return cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static gpointer
read_room (const Line *line, guint position)
{
  CrRoom *room = cr_room_copy (line->record);
  g_free (room->name);
  room->name = trimmed (line->name);
  room->active = gtk_check_button_get_active (GTK_CHECK_BUTTON (line->active));
  g_free (room->kind);
  room->kind =
      gtk_check_button_get_active (GTK_CHECK_BUTTON (line->equipment)) ? g_strdup (CR_ROOM_EQUIPMENT) : NULL;
  if (room->version == 0)
    room->position = position;
  return room;
}

static gpointer
read_type (const Line *line, guint position)
{
  CrVisitType *type = cr_visit_type_copy (line->record);
  g_autofree char *code = trimmed (line->code);
  g_free (type->code);
  type->code = g_utf8_strup (code, -1);
  g_free (type->name);
  type->name = trimmed (line->name);
  type->minutes = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (line->minutes));
  type->active = gtk_check_button_get_active (GTK_CHECK_BUTTON (line->active));
  if (type->version == 0)
    type->position = position;
  return type;
}

static gboolean
is_stored (CrSetUpLines *self, const Line *line)
{
  return (is_types (self) ? ((const CrVisitType *)line->record)->version
                          : ((const CrRoom *)line->record)->version) > 0;
}

/* A line that was added and left empty, or a proposal that is not wanted. */
static gboolean
is_idle (CrSetUpLines *self, const Line *line)
{
  g_autofree char *name = trimmed (line->name);
  g_autofree char *code = line->code != NULL ? trimmed (line->code) : g_strdup ("");
  gboolean empty = name[0] == '\0' && code[0] == '\0';
  return !is_stored (self, line) && (empty || !gtk_check_button_get_active (GTK_CHECK_BUTTON (line->active)));
}

static void
say (CrSetUpLines *self, const char *problem, GtkWidget *field)
{
  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  if (field != NULL)
    gtk_widget_grab_focus (field);
}

static gboolean
is_known (CrSetUpLines *self, guint before, GtkWidget *(*entry_of) (const Line *line))
{
  g_autofree char *text = trimmed (entry_of (self->lines->pdata[before]));
  g_autofree char *folded = cr_text_fold (text);
  for (guint i = 0; i < before; i++) {
    g_autofree char *other = trimmed (entry_of (self->lines->pdata[i]));
    g_autofree char *other_folded = cr_text_fold (other);
    if (!is_idle (self, self->lines->pdata[i]) && g_str_equal (folded, other_folded))
      return TRUE;
  }
  return FALSE;
}

static GtkWidget *
name_of (const Line *line)
{
  return line->name;
}

static GtkWidget *
code_of (const Line *line)
{
  return line->code;
}

/* FALSE: said. */
static gboolean
check_line (CrSetUpLines *self, guint i)
{
  const Line *line = self->lines->pdata[i];
  g_autofree char *name = trimmed (line->name);
  g_autofree char *code = line->code != NULL ? trimmed (line->code) : NULL;
  const char *problem = NULL;
  GtkWidget *field = line->name;
  if (code != NULL && g_utf8_strlen (code, -1) < 2) {
    problem = _ ("A visit type needs a code of 2 to 4 letters, as FU; it is printed on the card.");
    field = line->code;
  } else if (code != NULL && is_known (self, i, code_of)) {
    problem = _ ("Two visit types have this code; give one of them another.");
    field = line->code;
  } else if (name[0] == '\0') {
    problem = is_types (self) ? _ ("A visit type needs a name, as Follow-up.")
                              : _ ("A room needs a name or number. Untick it instead if it is not used.");
  } else if (code == NULL && is_known (self, i, name_of)) {
    problem = _ ("Two rooms have this name; give one of them another.");
  }
  if (problem != NULL)
    say (self, problem, field);
  return problem == NULL;
}

/* NULL: it is stored as it stands. */
static gpointer
read_changed (CrSetUpLines *self, guint i)
{
  const Line *line = self->lines->pdata[i];
  gpointer record = is_types (self) ? read_type (line, i) : read_room (line, i);
  if (!is_stored (self, line) || !cr_record_equal (self->klass, line->record, record))
    return record;
  cr_record_free (self->klass, record);
  return NULL;
}

static void
take_line (CrSetUpLines *self, guint i, GPtrArray *classes, GPtrArray *records)
{
  gpointer record = read_changed (self, i);
  if (record == NULL)
    return;
  g_ptr_array_add (classes, (gpointer)self->klass);
  g_ptr_array_add (records, record);
}

/* ---- showing ---- */

static void
free_line (CrSetUpLines *self, Line *line)
{
  cr_record_free (self->klass, line->record);
  g_free (line);
}

static void
forget_lines (CrSetUpLines *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    free_line (self, self->lines->pdata[i]);
  g_ptr_array_set_size (self->lines, 0);
}

static void
name_field (GtkWidget *field, const char *format, guint number)
{
  /* The formats are the translated ones of show_line. */
  g_autofree char *number_text = g_strdup_printf ("%u", number);
  g_autoptr (GString) name = g_string_new (format);
  g_string_replace (name, "%u", number_text, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
changed_cb (CrSetUpLines *self)
{
  say (self, NULL, NULL);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
edited_cb (CrSetUpLines *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

static GtkWidget *
make_entry (CrSetUpLines *self, const char *text, int letters)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  if (letters > 0) {
    gtk_entry_set_max_length (GTK_ENTRY (entry), letters);
    gtk_editable_set_width_chars (GTK_EDITABLE (entry), letters + 2);
    gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), letters + 2);
  } else {
    gtk_widget_set_hexpand (entry, TRUE);
  }
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  return entry;
}

static void
show_type (CrSetUpLines *self, Line *line, int row)
{
  const CrVisitType *type = line->record;
  line->code = make_entry (self, type->code, CODE_LETTERS);
  line->name = make_entry (self, type->name, 0);
  line->minutes = gtk_spin_button_new_with_range (SHORTEST, LONGEST, 5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (line->minutes), (double)type->minutes);
  g_signal_connect_swapped (line->minutes, "changed", G_CALLBACK (edited_cb), self);
  name_field (line->code, _ ("Code of visit type %u"), (guint)row);
  name_field (line->name, _ ("Name of visit type %u"), (guint)row);
  name_field (line->minutes, _ ("Minutes of visit type %u"), (guint)row);
  name_field (line->active, _ ("Visit type %u is offered"), (guint)row);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (line->active), type->active);
  gtk_grid_attach (GTK_GRID (self->grid), line->code, COLUMN_CODE, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line->minutes, COLUMN_MINUTES, row, 1, 1);
}

static void
show_room (CrSetUpLines *self, Line *line, int row)
{
  const CrRoom *room = line->record;
  line->name = make_entry (self, room->name, 0);
  name_field (line->name, _ ("Name of room %u"), (guint)row);
  name_field (line->active, _ ("Room %u is in use"), (guint)row);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (line->active), room->active);
  line->equipment = gtk_check_button_new ();
  gtk_widget_set_halign (line->equipment, GTK_ALIGN_CENTER);
  name_field (line->equipment, _ ("Room %u is a piece of equipment"), (guint)row);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (line->equipment),
                               g_strcmp0 (room->kind, CR_ROOM_EQUIPMENT) == 0);
  g_signal_connect_swapped (line->equipment, "toggled", G_CALLBACK (edited_cb), self);
  gtk_grid_attach (GTK_GRID (self->grid), line->equipment, COLUMN_EQUIPMENT, row, 1, 1);
}

static Line *
show_line (CrSetUpLines *self, gpointer record)
{
  Line *line = g_new0 (Line, 1);
  int row = (int)self->lines->len + 1; /* row 0: the heads */
  line->record = record;
  line->active = gtk_check_button_new ();
  gtk_widget_set_halign (line->active, GTK_ALIGN_CENTER);
  if (is_types (self))
    show_type (self, line, row);
  else
    show_room (self, line, row);
  g_signal_connect_swapped (line->active, "toggled", G_CALLBACK (edited_cb), self);
  gtk_grid_attach (GTK_GRID (self->grid), line->name, COLUMN_NAME, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line->active, COLUMN_ACTIVE, row, 1, 1);
  g_ptr_array_add (self->lines, line);
  return line;
}

static void
show_head (CrSetUpLines *self, int column, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_grid_attach (GTK_GRID (self->grid), label, column, 0, 1, 1);
}

static void
show_heads (CrSetUpLines *self)
{
  show_head (self, COLUMN_NAME, _ ("Name"));
  show_head (self, COLUMN_ACTIVE, is_types (self) ? _ ("Can be booked") : _ ("In use"));
  if (is_types (self)) {
    show_head (self, COLUMN_CODE, _ ("Code"));
    show_head (self, COLUMN_MINUTES, _ ("Minutes"));
  } else
    show_head (self, COLUMN_EQUIPMENT, _ ("Equipment"));
}

static gpointer
new_record (CrSetUpLines *self)
{
  if (is_types (self)) {
    CrVisitType *type = cr_visit_type_new ();
    type->minutes = USUAL;
    type->active = TRUE;
    return type;
  }
  CrRoom *room = cr_room_new ();
  room->active = TRUE;
  return room;
}

static void
add_cb (CrSetUpLines *self)
{
  Line *line = show_line (self, new_record (self));
  gtk_widget_grab_focus (line->code != NULL ? line->code : line->name);
}

static gboolean
cr_set_up_lines_grab_focus (GtkWidget *widget)
{
  CrSetUpLines *self = CR_SET_UP_LINES (widget);
  const Line *first = self->lines->len > 0 ? self->lines->pdata[0] : NULL;
  if (first == NULL)
    return gtk_widget_grab_focus (gtk_widget_get_last_child (self->box));
  return gtk_widget_grab_focus (first->code != NULL ? first->code : first->name);
}

static void
cr_set_up_lines_dispose (GObject *object)
{
  CrSetUpLines *self = CR_SET_UP_LINES (object);
  forget_lines (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_set_up_lines_parent_class)->dispose (object);
}

static void
cr_set_up_lines_finalize (GObject *object)
{
  g_ptr_array_unref (CR_SET_UP_LINES (object)->lines);
  G_OBJECT_CLASS (cr_set_up_lines_parent_class)->finalize (object);
}

static void
cr_set_up_lines_class_init (CrSetUpLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_set_up_lines_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_set_up_lines_finalize;
  signals[EDITED] =
      g_signal_new ("edited", CR_TYPE_SET_UP_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  GTK_WIDGET_CLASS (klass)->grab_focus = cr_set_up_lines_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = cr_focus_parts;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cr_set_up_lines_init (CrSetUpLines *self)
{
  self->lines = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), 56);
  gtk_widget_add_css_class (self->problem, "field-problem");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->grid);
  gtk_box_append (GTK_BOX (self->box), self->problem);
}

GtkWidget *
cr_set_up_lines_new (const CrRecordClass *klass)
{
  CrSetUpLines *self = g_object_new (CR_TYPE_SET_UP_LINES, NULL);
  GtkWidget *add;
  self->klass = klass;
  show_heads (self);
  add = gtk_button_new_with_mnemonic (is_types (self) ? _ ("Add Visit T_ype") : _ ("A_dd Room"));
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), add);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  return GTK_WIDGET (self);
}

void
cr_set_up_lines_clear (CrSetUpLines *self)
{
  GtkWidget *child;
  forget_lines (self);
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  show_heads (self);
  say (self, NULL, NULL);
}

void
cr_set_up_lines_add (CrSetUpLines *self, gconstpointer record)
{
  show_line (self, cr_record_copy (self->klass, record));
}

/* ---- kept until it is saved ---- */

static CrId
id_of (CrSetUpLines *self, const Line *line)
{
  return is_types (self) ? ((const CrVisitType *)line->record)->id : ((const CrRoom *)line->record)->id;
}

/* Of a field of the line: "room-12-name"; of one that is not stored yet "room-new-5-name", by its place. */
static char *
kept_name (CrSetUpLines *self, guint i, const char *field)
{
  const char *kind = is_types (self) ? "type" : "room";
  const Line *line = i < self->lines->len ? self->lines->pdata[i] : NULL;
  if (line == NULL || !is_stored (self, line))
    return g_strdup_printf ("%s-new-%u-%s", kind, i, field);
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT "-%s", kind, id_of (self, line), field);
}

static void
write_field (CrSetUpLines *self, guint i, GtkWidget *field, CrKeptForm *kept, const char *what)
{
  g_autofree char *name = kept_name (self, i, what);
  if (field != NULL)
    cr_form_write (field, kept, name);
}

static void
put_back_field (CrSetUpLines *self, guint i, GtkWidget *field, const CrKeptForm *kept, const char *what)
{
  g_autofree char *name = kept_name (self, i, what);
  if (field != NULL)
    cr_form_put_back (field, kept, name);
}

/* Without the lines at the end that were added and left empty. */
void
cr_set_up_lines_write (CrSetUpLines *self, CrKeptForm *kept)
{
  guint n = self->lines->len;
  while (n > 0 && is_idle (self, self->lines->pdata[n - 1]))
    n--;
  for (guint i = 0; i < n; i++) {
    const Line *line = self->lines->pdata[i];
    write_field (self, i, line->code, kept, "code");
    write_field (self, i, line->name, kept, "name");
    write_field (self, i, line->minutes, kept, "minutes");
    write_field (self, i, line->active, kept, "active");
    write_field (self, i, line->equipment, kept, "equipment");
  }
}

static gboolean
was_added (CrSetUpLines *self, const CrKeptForm *kept)
{
  g_autofree char *name = kept_name (self, self->lines->len, "name");
  return cr_kept_form_get_text (kept, name) != NULL;
}

void
cr_set_up_lines_put_back (CrSetUpLines *self, const CrKeptForm *kept)
{
  while (was_added (self, kept))
    show_line (self, new_record (self));
  for (guint i = 0; i < self->lines->len; i++) {
    const Line *line = self->lines->pdata[i];
    put_back_field (self, i, line->code, kept, "code");
    put_back_field (self, i, line->name, kept, "name");
    put_back_field (self, i, line->minutes, kept, "minutes");
    put_back_field (self, i, line->active, kept, "active");
    put_back_field (self, i, line->equipment, kept, "equipment");
  }
}

gboolean
cr_set_up_lines_is_touched (CrSetUpLines *self)
{
  for (guint i = 0; i < self->lines->len; i++) {
    gpointer record = is_idle (self, self->lines->pdata[i]) ? NULL : read_changed (self, i);
    if (record != NULL) {
      cr_record_free (self->klass, record);
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
cr_set_up_lines_take (CrSetUpLines *self, GPtrArray *classes, GPtrArray *records)
{
  say (self, NULL, NULL);
  for (guint i = 0; i < self->lines->len; i++) {
    if (is_idle (self, self->lines->pdata[i]))
      continue;
    if (!check_line (self, i))
      return FALSE;
    take_line (self, i, classes, records);
  }
  return TRUE;
}
