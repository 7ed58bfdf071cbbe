#include "src/ui/admin/closures-pane.h"
#include "src/ui/admin/form.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/question.h"
#include "src/ui/shell/unsaved-bar.h"
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
  CrUnsavedBar *unsaved;
  CrId wanted;     /* which to show when what is typed is discarded; CR_ID_NONE: a new one */
  gboolean saving; /* what stands in the form, or its being taken back */
  gboolean kept;   /* something is kept, and is put back when the list is there */
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
mark_stored (CrClosuresPane *self)
{
  self->saving = FALSE;
  cr_unsaved_bar_end (self->unsaved);
  cr_form_mark_stored (self->form);
  cr_unsaved_bar_start (self->unsaved, self->session, CR_FORM_CLOSURE);
}

static void
show_closure (CrClosuresPane *self, const CrScheduleException *closure)
{
  g_autoptr (CrScheduleException) empty = cr_schedule_exception_new ();
  CrScheduleException *shown = closure != NULL ? cr_schedule_exception_copy (closure) : NULL;
  g_clear_pointer (&self->shown, cr_schedule_exception_free);
  self->shown = shown;
  fill_form (self, shown != NULL ? shown : empty);
  mark_stored (self);
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

static const CrScheduleException *
closure_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "cr-closure") : NULL;
}

/* NULL: it is none of the list. */
static GtkListBoxRow *
select_again (CrClosuresPane *self, CrId id)
{
  GtkListBoxRow *row = NULL;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (closure_of (row)->id == id)
      break;
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  return row;
}

/* FALSE: it asks first, since something typed would be lost. */
static gboolean
may_show (CrClosuresPane *self, CrId wanted)
{
  self->wanted = wanted;
  return self->saving || !cr_unsaved_bar_ask (self->unsaved);
}

/* ---- kept until it is saved ---- */

static void
write_who (CrClosuresPane *self, CrKeptForm *kept)
{
  CrId id = id_at (self, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->who)));
  g_autofree char *who = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  cr_kept_form_set_text (kept, "who", who);
}

static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *kept, CrClosuresPane *self)
{
  cr_kept_form_set_number (kept, "closure", self->shown != NULL ? self->shown->id : CR_ID_NONE);
  write_who (self, kept);
  cr_form_write (self->kind, kept, "kind");
  cr_form_write (self->first, kept, "first");
  cr_form_write (self->last, kept, "last");
  cr_form_write (self->start, kept, "start");
  cr_form_write (self->end, kept, "end");
  cr_form_write (self->reason, kept, "reason");
  for (int i = 0; i < WEEK; i++) {
    const char name[] = { 'd', 'a', 'y', '-', (char)('1' + i), '\0' };
    cr_form_write (self->weekdays[i], kept, name);
  }
}

/* Who is not offered any more is not exchanged for somebody else unsaid. */
static void
put_back_who (CrClosuresPane *self, const CrKeptForm *kept)
{
  const char *text = cr_kept_form_get_text (kept, "who");
  CrId id = text != NULL ? g_ascii_strtoll (text, NULL, 10) : CR_ID_NONE;
  guint at = index_of (self, id);
  if (text == NULL)
    return;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->who), at);
  if (id_at (self, at) != id)
    cr_form_set_question (self->who, _ ("Who was chosen here is not offered any more. Choose anew."));
}

static void
put_back (CrClosuresPane *self, const CrKeptForm *kept)
{
  put_back_who (self, kept);
  cr_form_put_back (self->kind, kept, "kind");
  cr_form_put_back (self->first, kept, "first");
  cr_form_put_back (self->last, kept, "last");
  cr_form_put_back (self->start, kept, "start");
  cr_form_put_back (self->end, kept, "end");
  cr_form_put_back (self->reason, kept, "reason");
  for (int i = 0; i < WEEK; i++) {
    const char name[] = { 'd', 'a', 'y', '-', (char)('1' + i), '\0' };
    cr_form_put_back (self->weekdays[i], kept, name);
  }
}

static void
put_back_kept (CrClosuresPane *self)
{
  g_autoptr (CrKeptForm) kept = cr_session_get_kept_form (self->session, CR_FORM_CLOSURE);
  if (kept == NULL)
    return;
  select_again (self, cr_kept_form_get_number (kept, "closure", CR_ID_NONE));
  g_autoptr (CrKeptForm) taken = cr_unsaved_bar_take (self->unsaved);
  put_back (self, taken);
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
  if (set_up != NULL && self->shown != NULL)
    select_again (self, self->shown->id);
  if (set_up != NULL && self->kept) {
    self->kept = FALSE;
    put_back_kept (self);
  }
}

static void
selected_cb (CrClosuresPane *self, GtkListBoxRow *row)
{
  const CrScheduleException *closure = closure_of (row);
  gboolean same = closure != NULL && self->shown != NULL && self->shown->id == closure->id;
  if (closure == NULL || (same && !self->saving && cr_form_is_touched (self->form)))
    return; /* what is typed stays */
  if (same || may_show (self, closure->id))
    show_closure (self, closure);
  else if (self->shown == NULL || select_again (self, self->shown->id) == NULL)
    gtk_list_box_unselect_all (self->list);
}

static void
show_new (CrClosuresPane *self)
{
  gtk_list_box_unselect_all (self->list);
  show_closure (self, NULL);
  gtk_widget_grab_focus (self->who);
}

static void
new_cb (CrClosuresPane *self)
{
  if (may_show (self, CR_ID_NONE))
    show_new (self);
}

static void
discard_cb (CrClosuresPane *self)
{
  GtkListBoxRow *row = self->wanted != CR_ID_NONE ? select_again (self, self->wanted) : NULL;
  if (row == NULL) {
    show_new (self);
    return;
  }
  show_closure (self, closure_of (row));
  gtk_widget_grab_focus (GTK_WIDGET (row));
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
    if (saved && self->saving)
      show_closure (self, NULL);
    if (saved)
      cr_closures_pane_refresh (self);
    self->saving = FALSE;
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
  self->saving = TRUE;
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
  if (!may_show (self, self->shown->id))
    return;
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
  cr_unsaved_bar_watch (self->unsaved, self->who, self->kind, self->first, self->last, self->start, self->end,
                        self->reason, NULL);
  for (int i = 0; i < WEEK; i++)
    cr_unsaved_bar_watch (self->unsaved, self->weekdays[i], NULL);
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
  gtk_widget_class_bind_template_child (widget, CrClosuresPane, unsaved);
}

static void
cr_closures_pane_init (CrClosuresPane *self)
{
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->people = g_ptr_array_new_with_free_func (g_free);
  build_form (self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (new_cb), self);
  g_signal_connect_swapped (self->withdraw_button, "clicked", G_CALLBACK (withdraw_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (discard_cb), self);
}

void
cr_closures_pane_set_session (CrClosuresPane *self, CrSession *session)
{
  self->session = g_object_ref (session);
  fill_who (self);
  show_closure (self, NULL);
  g_autoptr (CrKeptForm) kept = cr_session_get_kept_form (session, CR_FORM_CLOSURE);
  self->kept = kept != NULL;
  if (self->kept)
    cr_closures_pane_refresh (self);
}

void
cr_closures_pane_stay (CrClosuresPane *self)
{
  cr_unsaved_bar_stay (self->unsaved);
}

void
cr_closures_pane_discard (CrClosuresPane *self)
{
  cr_unsaved_bar_end (self->unsaved);
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
