#include "src/ui/admin/visit-rules-pane.h"
#include "src/ui/admin/form.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/unsaved-bar.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/session/row.h"
#include "chartroom/session/visit-type-rules.h"
#include <glib/gi18n.h>

struct _CrVisitRulesPane {
  GtkWidget parent;
  GtkWidget *root;
  GtkListBox *list;
  GtkBox *form_box;
  GtkLabel *form_label;
  GtkButton *save_button;
  GtkWidget *form, *colour, *pattern, *latest, *early, *people, *rooms, *equipment;
  CrSession *session;
  CrVisitTypeRules *shown; /* as they are stored; NULL: not there yet */
  CrUnsavedBar *unsaved;
  CrId wanted;     /* which type to show when what is typed is discarded */
  gboolean saving; /* what stands in the form */
  CrId kept;       /* of which type something is kept, that is put back when its rules are there */
};

enum { SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrVisitRulesPane, cr_visit_rules_pane, GTK_TYPE_WIDGET)

static void
say (CrVisitRulesPane *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

/* ---- ticks: one check button per person, room, piece of equipment ---- */

static void
clear_ticks (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

static void
add_tick (CrVisitRulesPane *self, GtkWidget *box, const char *name, CrId id, const GArray *ticked)
{
  GtkWidget *tick = gtk_check_button_new_with_label (name);
  g_object_set_data_full (G_OBJECT (tick), "cr-id", g_memdup2 (&id, sizeof id), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), cr_visit_type_rules_have (ticked, id));
  cr_unsaved_bar_watch (self->unsaved, tick, NULL);
  cr_wrap_box_append (CR_WRAP_BOX (box), tick);
}

static GArray *
read_ticks (GtkWidget *box)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (GtkWidget *tick = gtk_widget_get_first_child (box); tick != NULL;
       tick = gtk_widget_get_next_sibling (tick)) {
    const CrId *id = g_object_get_data (G_OBJECT (tick), "cr-id");
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (tick)))
      g_array_append_val (ids, *id);
  }
  return ids;
}

static void
show_people (CrVisitRulesPane *self)
{
  GListModel *people = cr_session_get_people (self->session);
  clear_ticks (self->people);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *name = cr_person_formal (person);
    if (person->schedulable && person->active)
      add_tick (self, self->people, name, person->id, self->shown->people);
  }
}

static void
show_rooms (CrVisitRulesPane *self)
{
  GListModel *rooms = cr_session_get_rooms (self->session);
  clear_ticks (self->rooms);
  clear_ticks (self->equipment);
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rooms, i);
    const CrRoom *room = cr_row_peek (row);
    if (!room->active)
      continue;
    if (g_strcmp0 (room->kind, CR_ROOM_EQUIPMENT) == 0)
      add_tick (self, self->equipment, room->name, room->id, self->shown->equipment);
    else
      add_tick (self, self->rooms, room->name, room->id, self->shown->rooms);
  }
  cr_form_set_visible (self->equipment, gtk_widget_get_first_child (self->equipment) != NULL);
}

/* ---- kept until it is saved ---- */

typedef void (*Exchange) (GtkWidget *field, CrKeptForm *kept, const char *name);

static void
exchange_ticks (GtkWidget *box, CrKeptForm *kept, const char *kind, Exchange exchange)
{
  for (GtkWidget *tick = gtk_widget_get_first_child (box); tick != NULL;
       tick = gtk_widget_get_next_sibling (tick)) {
    const CrId *id = g_object_get_data (G_OBJECT (tick), "cr-id");
    g_autofree char *name = g_strdup_printf ("%s-%" G_GINT64_FORMAT, kind, *id);
    exchange (tick, kept, name);
  }
}

static void
put_field (GtkWidget *field, CrKeptForm *kept, const char *name)
{
  cr_form_put_back (field, kept, name);
}

static void
exchange_all (CrVisitRulesPane *self, CrKeptForm *kept, Exchange exchange)
{
  exchange (self->colour, kept, "colour");
  exchange (self->pattern, kept, "pattern");
  exchange (self->latest, kept, "latest");
  exchange (self->early, kept, "early");
  exchange_ticks (self->people, kept, "person", exchange);
  exchange_ticks (self->rooms, kept, "room", exchange);
  exchange_ticks (self->equipment, kept, "equipment", exchange);
}

static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *kept, CrVisitRulesPane *self)
{
  cr_kept_form_set_number (kept, "type", self->shown != NULL ? self->shown->type->id : CR_ID_NONE);
  exchange_all (self, kept, cr_form_write);
}

static void
put_back_kept (CrVisitRulesPane *self)
{
  g_autoptr (CrKeptForm) kept = cr_unsaved_bar_take (self->unsaved);
  self->kept = CR_ID_NONE;
  if (kept != NULL)
    exchange_all (self, kept, put_field);
}

static void
mark_stored (CrVisitRulesPane *self)
{
  self->saving = FALSE;
  cr_unsaved_bar_end (self->unsaved);
  cr_form_mark_stored (self->form);
  cr_unsaved_bar_start (self->unsaved, self->session, CR_FORM_VISIT_RULES);
}

/* ---- the form ---- */

static guint
index_in (const char *const *names, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return 0;
}

static void
show_rules (CrVisitRulesPane *self)
{
  const CrVisitType *type = self->shown->type;
  g_autofree char *title = g_strdup_printf ("%s  ·  %s", type->code, type->name);
  g_autofree char *latest =
      type->latest_min != CR_INT_NONE ? cr_minute_format ((int)type->latest_min) : g_strdup ("");
  g_autofree char *early =
      type->early_minutes > 0 ? g_strdup_printf ("%d", (int)type->early_minutes) : g_strdup ("");
  gtk_label_set_label (self->form_label, title);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->colour), index_in (CR_TYPE_COLOURS, type->colour));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->pattern), index_in (CR_TYPE_PATTERNS, type->pattern));
  gtk_editable_set_text (GTK_EDITABLE (self->latest), latest);
  gtk_editable_set_text (GTK_EDITABLE (self->early), early);
  show_people (self);
  show_rooms (self);
  mark_stored (self);
  gtk_widget_set_visible (self->form, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrVisitRulesPane) self = data;
  g_autoptr (GError) error = NULL;
  CrVisitTypeRules *rules = cr_visit_type_rules_load_finish (result, &error);
  if (self->root == NULL || rules == NULL) {
    if (self->root != NULL)
      say (self, error->message);
    cr_visit_type_rules_free (rules);
    return;
  }
  cr_visit_type_rules_free (self->shown);
  self->shown = rules;
  show_rules (self);
  if (self->kept == rules->type->id)
    put_back_kept (self);
}

static void
load (CrVisitRulesPane *self, CrId type)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  cr_visit_type_rules_load_async (self->session, type, loaded_cb, g_object_ref (self));
}

static CrId
type_of (GtkListBoxRow *row)
{
  return row != NULL ? cr_row_get_id (g_object_get_data (G_OBJECT (row), "cr-row")) : CR_ID_NONE;
}

/* NULL: it is none of the list. */
static GtkListBoxRow *
select_again (CrVisitRulesPane *self, CrId type)
{
  GtkListBoxRow *row = NULL;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (type_of (row) == type)
      break;
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  return row;
}

static void
selected_cb (CrVisitRulesPane *self, GtkListBoxRow *row)
{
  CrId type = type_of (row), shown = self->shown != NULL ? self->shown->type->id : CR_ID_NONE;
  if (type == CR_ID_NONE || (type == shown && !self->saving && cr_form_is_touched (self->form)))
    return; /* what is typed stays */
  self->wanted = type;
  if (type == shown || self->saving || !cr_unsaved_bar_ask (self->unsaved))
    load (self, type);
  else if (select_again (self, shown) == NULL)
    gtk_list_box_unselect_all (self->list);
}

static void
discard_cb (CrVisitRulesPane *self)
{
  GtkListBoxRow *row;
  cr_form_mark_stored (self->form);
  row = select_again (self, self->wanted);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}

static void
set_code (char **field, GtkWidget *choice, const char *const *codes)
{
  g_free (*field);
  *field = g_strdup (codes[gtk_drop_down_get_selected (GTK_DROP_DOWN (choice))]);
}

static void
take_ids (GArray **ids, GtkWidget *box)
{
  g_array_unref (*ids);
  *ids = read_ticks (box);
}

/* FALSE: said beside the field. */
static gboolean
read_rules (CrVisitRulesPane *self, CrVisitTypeRules *rules)
{
  CrVisitType *type = rules->type;
  int latest = CR_MINUTE_NONE;
  gint64 early = CR_INT_NONE;
  g_autoptr (GError) error = NULL;
  gboolean good = cr_minute_parse (cr_form_text (self->latest), 0, &latest, &error);
  const char *early_problem = cr_early_parse (cr_form_text (self->early), &early);
  cr_form_set_problem (self->latest, good ? NULL : error->message);
  cr_form_set_problem (self->early, early_problem);
  if (!good || early_problem != NULL) {
    cr_form_focus_problem (self->form);
    return FALSE;
  }
  type->latest_min = latest == CR_MINUTE_NONE ? CR_INT_NONE : latest;
  type->early_minutes = early;
  set_code (&type->colour, self->colour, CR_TYPE_COLOURS);
  set_code (&type->pattern, self->pattern, CR_TYPE_PATTERNS);
  take_ids (&rules->people, self->people);
  take_ids (&rules->rooms, self->rooms);
  take_ids (&rules->equipment, self->equipment);
  return TRUE;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrVisitRulesPane) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (self->root == NULL)
    return;
  say (self, saved ? _ ("Saved. Visits that are booked stay as they are.") : error->message);
  if (saved && self->saving) {
    CrId selected = type_of (gtk_list_box_get_selected_row (self->list));
    cr_form_mark_stored (self->form);
    load (self, selected != CR_ID_NONE ? selected : self->shown->type->id); /* as it is stored now */
  } else if (!saved) {
    self->saving = FALSE;
    gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  }
}

static CrVisitTypeRules *
copy_rules (const CrVisitTypeRules *rules)
{
  CrVisitTypeRules *copy = g_new0 (CrVisitTypeRules, 1);
  *copy = (CrVisitTypeRules){ cr_visit_type_copy (rules->type), g_array_copy (rules->people),
                              g_array_copy (rules->rooms), g_array_copy (rules->equipment) };
  return copy;
}

static void
save_cb (CrVisitRulesPane *self)
{
  g_autoptr (CrVisitTypeRules) rules = self->shown != NULL ? copy_rules (self->shown) : NULL;
  if (rules == NULL || !read_rules (self, rules))
    return;
  self->saving = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  cr_visit_type_rules_save_async (self->session, g_steal_pointer (&rules), saved_cb, g_object_ref (self));
}

/* ---- the widget ---- */

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  const CrVisitType *type = cr_row_peek (item);
  g_autofree char *text =
      g_strdup_printf (type->active ? "%s  ·  %s" : _ ("%s  ·  %s  ·  not offered"), type->code, type->name);
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "list-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "cr-row", g_object_ref (item), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static GtkWidget *
add_ticks (CrVisitRulesPane *self, const char *label)
{
  GtkWidget *box = g_object_new (CR_TYPE_WRAP_BOX, "spacing", 12, "line-spacing", 6, NULL);
  gtk_widget_set_hexpand (box, TRUE);
  cr_form_add_widget (self->form, label, box);
  return box;
}

static void
build_form (CrVisitRulesPane *self)
{
  const char *const colours[] = { _ ("Blue"), _ ("Purple"), _ ("Green"), _ ("Orange"),
                                  _ ("Teal"), _ ("Grey"),   _ ("Brown"), NULL };
  const char *const patterns[] = { _ ("One line"), _ ("Double line"), _ ("Dashed line"), _ ("Dotted line"),
                                   NULL };
  self->form = cr_form_new ();
  self->colour = cr_form_add_choice (self->form, _ ("_Color of its cards"), colours);
  self->pattern = cr_form_add_choice (self->form, _ ("_Edge of its cards"), patterns);
  self->latest = cr_form_add_entry (self->form, _ ("Starts no _later than"), _ ("empty: any time"));
  self->early = cr_form_add_entry (self->form, _ ("As_k to come early"),
                                   _ ("minutes before, such as 15; empty: on time"));
  self->people = add_ticks (self, _ ("Done by (none: everybody)"));
  self->rooms = add_ticks (self, _ ("Takes one of these rooms"));
  self->equipment = add_ticks (self, _ ("Takes all of these"));
  gtk_widget_set_visible (self->form, FALSE);
  gtk_box_append (self->form_box, self->form);
  cr_unsaved_bar_watch (self->unsaved, self->colour, self->pattern, self->latest, self->early, NULL);
}

static void
cr_visit_rules_pane_dispose (GObject *object)
{
  CrVisitRulesPane *self = CR_VISIT_RULES_PANE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_VISIT_RULES_PANE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, cr_visit_type_rules_free);
  G_OBJECT_CLASS (cr_visit_rules_pane_parent_class)->dispose (object);
}

static gboolean
cr_visit_rules_pane_grab_focus (GtkWidget *widget)
{
  CrVisitRulesPane *self = CR_VISIT_RULES_PANE (widget);
  return gtk_widget_grab_focus (cr_form_is_touched (self->form) ? self->colour : GTK_WIDGET (self->list));
}

static void
cr_visit_rules_pane_class_init (CrVisitRulesPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_visit_rules_pane_dispose;
  widget->grab_focus = cr_visit_rules_pane_grab_focus;
  widget->focus = cr_focus_parts;
  signals[SAID] = g_signal_new ("said", CR_TYPE_VISIT_RULES_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (CR_TYPE_ONE_STOP);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/admin/visit-rules-pane.ui");
  gtk_widget_class_bind_template_child (widget, CrVisitRulesPane, root);
  gtk_widget_class_bind_template_child (widget, CrVisitRulesPane, list);
  gtk_widget_class_bind_template_child (widget, CrVisitRulesPane, form_box);
  gtk_widget_class_bind_template_child (widget, CrVisitRulesPane, form_label);
  gtk_widget_class_bind_template_child (widget, CrVisitRulesPane, save_button);
  gtk_widget_class_bind_template_child (widget, CrVisitRulesPane, unsaved);
}

static void
cr_visit_rules_pane_init (CrVisitRulesPane *self)
{
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  gtk_widget_init_template (GTK_WIDGET (self));
  build_form (self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (discard_cb), self);
}

void
cr_visit_rules_pane_set_session (CrVisitRulesPane *self, CrSession *session)
{
  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->list, cr_session_get_visit_types (session), make_row_cb, NULL, NULL);
  g_autoptr (CrKeptForm) kept = cr_session_get_kept_form (session, CR_FORM_VISIT_RULES);
  if (kept == NULL)
    return;
  self->kept = cr_kept_form_get_number (kept, "type", CR_ID_NONE);
  select_again (self, self->kept);
}

void
cr_visit_rules_pane_stay (CrVisitRulesPane *self)
{
  cr_unsaved_bar_stay (self->unsaved);
}

void
cr_visit_rules_pane_discard (CrVisitRulesPane *self)
{
  cr_unsaved_bar_end (self->unsaved);
}

gboolean
cr_visit_rules_pane_is_touched (CrVisitRulesPane *self)
{
  return cr_form_is_touched (self->form);
}
