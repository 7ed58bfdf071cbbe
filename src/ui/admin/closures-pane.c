#include "src/ui/admin/closures-pane.h"
#include "src/ui/admin/form.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/question.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/closure.h"
#include "chartroom/session/administration.h"
#include "chartroom/session/hit-visits.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

enum { WEEK = 7 };

struct _CrClosuresPane {
  GtkWidget parent;
  GtkWidget *root;
  GtkListBox *list;
  GtkBox *form_box;
  GtkLabel *form_label;
  GtkButton *new_button, *withdraw_button, *save_button;
  GtkWidget *form, *who, *kind, *first, *last, *start, *end, *reason;
  GtkWidget *weekdays[WEEK];
  CrSession *session;
  GPtrArray *people;          /* CrId of each choice of `who`; the first: the practice */
  CrScheduleException *shown; /* which the form changes; NULL: a new one */
};

enum { SAID, HIT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrClosuresPane, cr_closures_pane, GTK_TYPE_WIDGET)

static void
say (CrClosuresPane *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

static CrDate
today (CrClosuresPane *self)
{
  return cr_clock_today (cr_session_get_clock (self->session));
}

/* ---- whose ---- */

static CrId
id_at (CrClosuresPane *self, guint i)
{
  return *(const CrId *)self->people->pdata[i];
}

static guint
index_of (CrClosuresPane *self, CrId person)
{
  for (guint i = 0; i < self->people->len; i++)
    if (id_at (self, i) == person)
      return i;
  return 0;
}

static const char *
name_at (CrClosuresPane *self, guint i)
{
  return gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (self->who))),
                                     i);
}

static void
add_choice (CrClosuresPane *self, GtkStringList *names, const char *name, CrId person)
{
  gtk_string_list_append (names, name);
  g_ptr_array_add (self->people, g_memdup2 (&person, sizeof person));
}

/* Who has a column in the book. */
static void
fill_who (CrClosuresPane *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *people = cr_session_get_people (self->session);
  g_ptr_array_set_size (self->people, 0);
  add_choice (self, names, _ ("The whole practice"), CR_ID_NONE);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *name = cr_person_formal (person);
    if (person->schedulable && person->active)
      add_choice (self, names, name, person->id);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->who), G_LIST_MODEL (names));
}

/* ---- the form ---- */

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static void
set_date (GtkWidget *entry, CrDate date)
{
  g_autofree char *text = cr_date_is_set (date) ? cr_date_format_weekday (date) : NULL;
  set_text (entry, text);
}

static void
set_minute (GtkWidget *entry, gint64 minute)
{
  g_autofree char *text = minute != CR_INT_NONE ? cr_minute_format ((int)minute) : NULL;
  set_text (entry, text);
}

static void
fill_form (CrClosuresPane *self, const CrScheduleException *closure)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->who), index_of (self, closure->person_id));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), (guint)closure->kind);
  set_date (self->first, closure->date);
  set_date (self->last, closure->until_on);
  set_minute (self->start, closure->start_min);
  set_minute (self->end, closure->end_min);
  set_text (self->reason, closure->reason);
  for (int i = 0; i < WEEK; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->weekdays[i]),
                                  closure->weekdays != NULL && strchr (closure->weekdays, '1' + i) != NULL);
}

static void
show_closure (CrClosuresPane *self, const CrScheduleException *closure)
{
  g_autoptr (CrScheduleException) empty = cr_schedule_exception_new ();
  CrScheduleException *shown = closure != NULL ? cr_schedule_exception_copy (closure) : NULL;
  g_clear_pointer (&self->shown, cr_schedule_exception_free);
  self->shown = shown;
  fill_form (self, shown != NULL ? shown : empty);
  cr_form_mark_stored (self->form);
  gtk_label_set_label (self->form_label, shown != NULL ? _ ("Change it") : _ ("Add a new one"));
  gtk_button_set_label (self->save_button, shown != NULL ? _ ("Save Chan_ges") : _ ("_Add"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->withdraw_button), shown != NULL);
}

/* Of the toggled ones; NULL: none or all, which is every day. */
static char *
read_weekdays (CrClosuresPane *self)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  for (int i = 0; i < WEEK; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->weekdays[i])))
      g_string_append_c (digits, (char)('1' + i));
  return digits->len == 0 || digits->len == WEEK ? NULL : g_strdup (digits->str);
}

/* FALSE: said beside the field. */
static gboolean
read_date (CrClosuresPane *self, GtkWidget *entry, CrDate base, CrDate *out)
{
  CrDateReading reading = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean good = cr_date_parse (cr_form_text (entry), today (self), CR_DATE_FUTURE, base, &reading, &error);
  *out = reading.date;
  cr_form_set_problem (entry, good ? NULL : error->message);
  return good;
}

static gboolean
read_minute (GtkWidget *entry, gint64 *out)
{
  int minute = CR_MINUTE_NONE;
  g_autoptr (GError) error = NULL;
  gboolean good = cr_minute_parse (cr_form_text (entry), 0, &minute, &error);
  *out = minute == CR_MINUTE_NONE ? CR_INT_NONE : minute;
  cr_form_set_problem (entry, good ? NULL : error->message);
  return good;
}

/* NULL: said beside a field. */
static CrScheduleException *
read_form (CrClosuresPane *self)
{
  g_autoptr (CrScheduleException) read =
      self->shown != NULL ? cr_schedule_exception_copy (self->shown) : cr_schedule_exception_new ();
  read->person_id = id_at (self, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->who)));
  read->kind = (int)gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind));
  g_free (read->reason);
  read->reason = cr_text_trim (cr_form_text (self->reason));
  g_free (read->weekdays);
  read->weekdays = read_weekdays (self);
  gboolean good = read_date (self, self->first, CR_DATE_NONE, &read->date);
  good = read_date (self, self->last, read->date, &read->until_on) && good;
  good = read_minute (self->start, &read->start_min) && good;
  good = read_minute (self->end, &read->end_min) && good;
  if (good) {
    const char *problem = cr_closure_problem (read, today (self));
    cr_form_set_problem (self->first, problem);
    good = problem == NULL;
  }
  if (good)
    return g_steal_pointer (&read);
  cr_form_focus_problem (self->form);
  return NULL;
}

/* ---- the list ---- */

static GtkWidget *
make_row (CrClosuresPane *self, const CrScheduleException *closure)
{
  g_autofree char *when = cr_closure_when (closure);
  g_autofree char *text =
      g_strdup_printf ("%s\n%s  ·  %s%s%s", when, name_at (self, index_of (self, closure->person_id)),
                       cr_closure_kind_name (closure->kind), cr_str_empty (closure->reason) ? "" : "  ·  ",
                       closure->reason != NULL ? closure->reason : "");
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "list-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "cr-closure", cr_schedule_exception_copy (closure),
                          (GDestroyNotify)cr_schedule_exception_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static void
fill_list (CrClosuresPane *self, const GPtrArray *closures)
{
  GtkWidget *child;
  while ((child = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < closures->len; i++)
    gtk_list_box_append (self->list, make_row (self, closures->pdata[i]));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrClosuresPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrAdminSetUp) set_up = cr_admin_load_set_up_finish (result, &error);
  if (self->root == NULL) /* closed meanwhile */
    return;
  if (set_up == NULL)
    say (self, error->message);
  else
    fill_list (self, set_up->closures);
}

static void
selected_cb (CrClosuresPane *self, GtkListBoxRow *row)
{
  if (row != NULL)
    show_closure (self, g_object_get_data (G_OBJECT (row), "cr-closure"));
}

static void
new_cb (CrClosuresPane *self)
{
  gtk_list_box_unselect_all (self->list);
  show_closure (self, NULL);
  gtk_widget_grab_focus (self->who);
}

/* ---- saving ---- */

typedef struct {
  CrClosuresPane *self;
  CrScheduleException *closure; /* as it is saved */
} Saving;

static void
free_saving (Saving *saving)
{
  cr_schedule_exception_free (saving->closure);
  g_object_unref (saving->self);
  g_free (saving);
}

static void
hit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrClosuresPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hit = cr_hit_visits_finish (result, &error);
  if (self->root == NULL)
    return;
  if (hit == NULL || hit->len == 0) {
    say (self, hit != NULL ? _ ("Saved. No visit is booked in this time.") : error->message);
    return;
  }
  g_autofree char *sentence = g_strdup_printf (
      ngettext ("Saved. %u visit is booked in this time: it stays until somebody moves it.",
                "Saved. %u visits are booked in this time: they stay until somebody moves them.", hit->len),
      hit->len);
  g_signal_emit (self, signals[HIT], 0, sentence, hit);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  CrClosuresPane *self = saving->self;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (self->root != NULL) {
    gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
    if (!saved)
      say (self, error->message);
    else if (cr_closure_is_withdrawn (saving->closure))
      say (self, _ ("It was taken back; the usual hours hold again."));
    else
      cr_hit_by_closure_async (self->session, saving->closure, hit_cb, g_object_ref (self));
    if (saved) {
      show_closure (self, NULL);
      cr_closures_pane_refresh (self);
    }
  }
  free_saving (saving);
}

static void
save (CrClosuresPane *self, const CrScheduleException *closure)
{
  const CrRecordClass *classes[] = { &CR_SCHEDULE_EXCEPTION };
  gconstpointer records[] = { closure };
  Saving *saving = g_new0 (Saving, 1);
  *saving = (Saving){ g_object_ref (self), cr_schedule_exception_copy (closure) };
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  cr_admin_save_async (self->session, classes, records, 1, saved_cb, saving);
}

static void
save_cb (CrClosuresPane *self)
{
  say (self, "");
  g_autoptr (CrScheduleException) closure = read_form (self);
  if (closure == NULL)
    return;
  if (self->shown != NULL && cr_record_equal (&CR_SCHEDULE_EXCEPTION, closure, self->shown))
    say (self, _ ("Nothing was changed."));
  else
    save (self, closure);
}

static void
withdraw_confirmed_cb (CrQuestion *question, CrClosuresPane *self)
{
  if (self->shown == NULL)
    return;
  g_autoptr (CrScheduleException) closure = cr_schedule_exception_copy (self->shown);
  cr_closure_withdraw (closure);
  save (self, closure);
}

static void
withdraw_cb (CrClosuresPane *self)
{
  g_autofree char *when = cr_closure_when (self->shown);
  g_autofree char *title = g_strdup_printf (_ ("Take back “%s”?"), when);
  CrQuestion *question =
      cr_question_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), title,
                           _ ("The usual hours hold again on these days. No visit is changed."),
                           _ ("_Keep It"), _ ("_Take It Back"));
  g_signal_connect_object (question, "confirmed", G_CALLBACK (withdraw_confirmed_cb), self, 0);
}

/* ---- the widget ---- */

static void
build_weekdays (CrClosuresPane *self)
{
  const char *const names[WEEK] = { _ ("Mon"), _ ("Tue"), _ ("Wed"), _ ("Thu"),
                                    _ ("Fri"), _ ("Sat"), _ ("Sun") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  for (int i = 0; i < WEEK; i++) {
    self->weekdays[i] = gtk_toggle_button_new_with_label (names[i]);
    gtk_box_append (GTK_BOX (box), self->weekdays[i]);
  }
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  cr_form_add_widget (self->form, _ ("On _weekdays (none: each)"), box);
}

static void
build_form (CrClosuresPane *self)
{
  const char *const nobody[] = { _ ("The whole practice"), NULL };
  const char *const kinds[] = { _ ("Closed"), _ ("Blocked time"), _ ("Extra hours"), NULL };
  self->form = cr_form_new ();
  self->who = cr_form_add_choice (self->form, _ ("W_ho"), nobody);
  self->kind = cr_form_add_choice (self->form, _ ("W_hat"), kinds);
  self->first = cr_form_add_entry (self->form, _ ("_First day"), _ ("11/26 or Thu"));
  self->last = cr_form_add_entry (self->form, _ ("_Last day"), _ ("empty: that day alone"));
  build_weekdays (self);
  self->start = cr_form_add_entry (self->form, _ ("Fr_om"), _ ("empty: the whole day"));
  self->end = cr_form_add_entry (self->form, _ ("_Until"), _ ("1p or 13:00"));
  self->reason = cr_form_add_entry (self->form, _ ("_Reason"), _ ("Thanksgiving, vacation, lunch"));
  gtk_box_append (self->form_box, self->form);
}

static void
cr_closures_pane_dispose (GObject *object)
{
  CrClosuresPane *self = CR_CLOSURES_PANE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_CLOSURES_PANE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->shown, cr_schedule_exception_free);
  G_OBJECT_CLASS (cr_closures_pane_parent_class)->dispose (object);
}

static gboolean
cr_closures_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CR_CLOSURES_PANE (widget)->who);
}

static void
cr_closures_pane_class_init (CrClosuresPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_closures_pane_dispose;
  widget->grab_focus = cr_closures_pane_grab_focus;
  widget->focus = cr_focus_parts;
  signals[SAID] = g_signal_new ("said", CR_TYPE_CLOSURES_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[HIT] = g_signal_new ("hit", CR_TYPE_CLOSURES_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (CR_TYPE_ONE_STOP);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/closures-pane.ui");
  gtk_widget_class_bind_template_child (widget, CrClosuresPane, root);
  gtk_widget_class_bind_template_child (widget, CrClosuresPane, list);
  gtk_widget_class_bind_template_child (widget, CrClosuresPane, form_box);
  gtk_widget_class_bind_template_child (widget, CrClosuresPane, form_label);
  gtk_widget_class_bind_template_child (widget, CrClosuresPane, new_button);
  gtk_widget_class_bind_template_child (widget, CrClosuresPane, withdraw_button);
  gtk_widget_class_bind_template_child (widget, CrClosuresPane, save_button);
}

static void
cr_closures_pane_init (CrClosuresPane *self)
{
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->people = g_ptr_array_new_with_free_func (g_free);
  build_form (self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (new_cb), self);
  g_signal_connect_swapped (self->withdraw_button, "clicked", G_CALLBACK (withdraw_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
}

void
cr_closures_pane_set_session (CrClosuresPane *self, CrSession *session)
{
  self->session = g_object_ref (session);
  fill_who (self);
  show_closure (self, NULL);
}

void
cr_closures_pane_refresh (CrClosuresPane *self)
{
  cr_admin_load_set_up_async (self->session, loaded_cb, g_object_ref (self));
}

gboolean
cr_closures_pane_is_touched (CrClosuresPane *self)
{
  return cr_form_is_touched (self->form);
}
