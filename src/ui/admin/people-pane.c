#include "src/ui/admin/people-pane.h"
#include "src/ui/admin/form.h"
#include "src/ui/admin/person-form.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/password-dialog.h"
#include "src/ui/shell/question.h"
#include "src/ui/shell/unsaved-bar.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/session/hit-visits.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrPeoplePane {
  GtkWidget parent;
  GtkWidget *root;
  GtkListBox *people_list;
  GtkBox *form_box;
  GtkLabel *form_label;
  GtkButton *new_button, *password_button, *remove_button, *save_button, *keys_button;
  GtkWidget *advice_box;
  char *advice; /* why new keys are advised: "Removed Ada Keller"; NULL: they are not */
  GtkWidget *form;
  CrSession *session;
  CrPerson *shown; /* whom the form changes; NULL: somebody new */
  CrUnsavedBar *unsaved;
  CrId wanted;     /* whom to show when what is typed is discarded; CR_ID_NONE: somebody new */
  gboolean saving; /* what stands in the form */
};

enum { SAID, HIT, CHANGE_KEYS, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPeoplePane, cr_people_pane, GTK_TYPE_WIDGET)

static void
say (CrPeoplePane *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

static GtkWindow *
window_of (CrPeoplePane *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static gboolean
is_own (CrPeoplePane *self, const CrPerson *person)
{
  const CrPerson *own = cr_session_get_person (self->session);
  return own != NULL && own->id == person->id;
}

/* What is taken from somebody here is not taken from what they copied. */
static void
advise_keys (CrPeoplePane *self, const char *format, const CrPerson *person)
{
  g_autofree char *name = cr_person_formal (person);
  g_autoptr (GString) advice = g_string_new (format);
  g_string_replace (advice, "%s", name, 0);
  g_free (self->advice);
  self->advice = g_strdup (advice->str);
  gtk_widget_set_visible (self->advice_box, TRUE);
}

static void
keys_cb (CrPeoplePane *self)
{
  g_signal_emit (self, signals[CHANGE_KEYS], 0, self->advice);
}

/* ---- whom the form is about ---- */

static void
describe_shown (CrPeoplePane *self)
{
  g_autofree char *name = self->shown != NULL ? cr_person_formal (self->shown) : NULL;
  g_autofree char *text =
      name == NULL ? g_strdup (_ ("Add a person"))
      : self->shown->active
          ? g_strdup_printf (_ ("Change %s"), name)
          : g_strdup_printf (_ ("%s has no access any more. It can be given back, with a new password "
                                "and under the same sign-in name."),
                             name);
  gboolean active = self->shown == NULL || self->shown->active;
  gtk_label_set_label (self->form_label, text);
  gtk_button_set_label (self->save_button, self->shown != NULL ? _ ("Save Chan_ges") : _ ("_Add Person"));
  gtk_widget_set_sensitive (self->form, active);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), active);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password_button), self->shown != NULL && active);
  gtk_button_set_label (self->remove_button, active ? _ ("_Take Away Access…") : _ ("Give Access _Back…"));
  if (active)
    gtk_widget_add_css_class (GTK_WIDGET (self->remove_button), "destructive-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->remove_button), "destructive-action");
  gtk_widget_set_sensitive (GTK_WIDGET (self->remove_button),
                            self->shown != NULL && !is_own (self, self->shown));
}

/* As it stands in the form now is as it is stored. */
static void
mark_stored (CrPeoplePane *self)
{
  self->saving = FALSE;
  cr_unsaved_bar_end (self->unsaved);
  cr_form_mark_stored (self->form);
  cr_unsaved_bar_start (self->unsaved, self->session, CR_FORM_PERSON);
}

static void
show_person (CrPeoplePane *self, const CrPerson *person)
{
  CrPerson *shown = person != NULL ? cr_person_copy (person) : NULL;
  g_clear_pointer (&self->shown, cr_person_free);
  self->shown = shown;
  cr_person_form_show (CR_PERSON_FORM (self->form), person);
  mark_stored (self);
  describe_shown (self);
}

static CrRow *
item_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "cr-row") : NULL;
}

/* A changed person is a new row: the form goes on with it.  NULL: there is none. */
static GtkListBoxRow *
select_again (CrPeoplePane *self, CrId id)
{
  GtkListBoxRow *row = NULL;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->people_list, i)) != NULL; i++)
    if (cr_row_get_id (item_of (row)) == id)
      break;
  if (row != NULL)
    gtk_list_box_select_row (self->people_list, row);
  return row;
}

/* FALSE: it asks first, since something typed would be lost. */
static gboolean
may_show (CrPeoplePane *self, CrId wanted)
{
  self->wanted = wanted;
  return self->saving || !cr_unsaved_bar_ask (self->unsaved);
}

static void
stay_with_shown (CrPeoplePane *self)
{
  if (self->shown != NULL)
    select_again (self, self->shown->id);
  else
    gtk_list_box_unselect_all (self->people_list);
}

static void
selected_cb (CrPeoplePane *self, GtkListBoxRow *row)
{
  CrRow *item = item_of (row);
  CrId id = item != NULL ? cr_row_get_id (item) : CR_ID_NONE;
  gboolean same = self->shown != NULL && self->shown->id == id;
  if (item == NULL || (same && !self->saving && cr_form_is_touched (self->form)))
    return; /* changed elsewhere: what is typed stays */
  if (same || may_show (self, id))
    show_person (self, cr_row_peek (item));
  else
    stay_with_shown (self);
}

static void
show_new (CrPeoplePane *self)
{
  gtk_list_box_unselect_all (self->people_list);
  show_person (self, NULL);
  gtk_widget_grab_focus (self->form);
}

static void
new_cb (CrPeoplePane *self)
{
  if (may_show (self, CR_ID_NONE))
    show_new (self);
}

static void
discard_cb (CrPeoplePane *self)
{
  GtkListBoxRow *row = self->wanted != CR_ID_NONE ? select_again (self, self->wanted) : NULL;
  if (row == NULL) {
    show_new (self);
    return;
  }
  show_person (self, cr_row_peek (item_of (row)));
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* ---- kept until it is saved ---- */

static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *kept, CrPeoplePane *self)
{
  cr_kept_form_set_number (kept, "person", self->shown != NULL ? self->shown->id : CR_ID_NONE);
  cr_person_form_write (CR_PERSON_FORM (self->form), kept);
}

static void
put_back_kept (CrPeoplePane *self)
{
  g_autoptr (CrKeptForm) kept = cr_session_get_kept_form (self->session, CR_FORM_PERSON);
  if (kept == NULL)
    return;
  select_again (self, cr_kept_form_get_number (kept, "person", CR_ID_NONE));
  g_autoptr (CrKeptForm) taken = cr_unsaved_bar_take (self->unsaved);
  cr_person_form_put_back (CR_PERSON_FORM (self->form), taken);
}

static void
people_changed_cb (CrPeoplePane *self)
{
  if (self->shown != NULL && gtk_list_box_get_selected_row (self->people_list) == NULL)
    select_again (self, self->shown->id);
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  const CrPerson *person = cr_row_peek (item);
  g_autofree char *name = cr_person_formal (person);
  g_autofree char *roles = cr_roles_describe (person->roles);
  g_autofree char *text = person->active
                              ? g_strdup_printf ("%s  ·  %s  ·  %s", name, person->login, roles)
                              : g_strdup_printf (_ ("%s  ·  %s  ·  no access"), name, person->login);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  if (!person->active)
    gtk_widget_add_css_class (label, "text-3");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "cr-row", g_object_ref (item), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

/* ---- adding and changing ---- */

typedef struct {
  CrPeoplePane *self;
  char *sentence; /* when it worked */
  gboolean added;
  CrPerson *removed; /* NULL: nobody was */
} Change;

static Change *
new_change (CrPeoplePane *self, const CrPerson *person, const char *format, gboolean added)
{
  Change *change = g_new0 (Change, 1);
  g_autofree char *name = cr_person_formal (person);
  g_autoptr (GString) sentence = g_string_new (format);
  g_string_replace (sentence, "%s", name, 0);
  *change = (Change){ g_object_ref (self), g_strdup (sentence->str), added, NULL };
  return change;
}

typedef struct {
  CrPeoplePane *self;
  char *sentence;
} Telling;

/* Whose visits nobody looks after now. */
static void
hit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Telling *telling = data;
  g_autofree char *sentence = telling->sentence;
  g_autoptr (CrPeoplePane) self = telling->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hit = cr_hit_visits_finish (result, &error);
  if (self->root == NULL || (hit != NULL && hit->len == 0))
    return;
  if (hit == NULL) {
    g_autofree char *unknown = g_strdup_printf (
        _ ("%s Whether visits are still booked there could not be looked up: %s"), sentence, error->message);
    say (self, unknown);
    return;
  }
  g_autofree char *visits = g_strdup_printf (
      ngettext ("%u visit is still booked there: it stays until somebody moves it to another clinician.",
                "%u visits are still booked there: they stay until somebody moves them to another clinician.",
                hit->len),
      hit->len);
  g_autofree char *both = g_strdup_printf ("%s %s", sentence, visits);
  g_signal_emit (self, signals[HIT], 0, both, hit);
}

static void
tell_visits (CrPeoplePane *self, const CrPerson *removed, const char *sentence)
{
  Telling *telling = g_new0 (Telling, 1);
  *telling = (Telling){ g_object_ref (self), g_strdup (sentence) };
  cr_hit_by_person_async (self->session, removed->id, hit_cb, telling);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Change *change = data;
  g_autofree char *sentence = change->sentence;
  g_autoptr (CrPeoplePane) self = change->self;
  g_autoptr (CrPerson) removed = change->removed;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  gboolean shows = change->added && self->shown == NULL && self->saving;
  if (self->root == NULL) /* closed meanwhile */
    return;
  if (done && self->saving)
    mark_stored (self);
  self->saving = FALSE;
  describe_shown (self);
  say (self, done ? sentence : error->message);
  if (done && removed != NULL)
    advise_keys (self, _ ("Removed %s"), removed);
  if (done && removed != NULL && removed->schedulable)
    tell_visits (self, removed, sentence);
  if (done && shows)
    show_new (self);
}

static void
add (CrPeoplePane *self, const CrPerson *person)
{
  const char *format = person->schedulable
                           ? _ ("%s can sign in now. The usual hours are given; change them under Hours, "
                                "Rooms, Visits.")
                           : _ ("%s can sign in now.");
  cr_admin_add_person_async (self->session, person, cr_person_form_password (CR_PERSON_FORM (self->form)),
                             finished_cb, new_change (self, person, format, TRUE));
}

static void
save_changed (CrPeoplePane *self, const CrPerson *person)
{
  const CrRecordClass *classes[] = { &CR_PERSON };
  gconstpointer records[] = { person };
  const char *format = person->schedulable && !self->shown->schedulable
                           ? _ ("%s is saved, and has a column in the book now: give hours under Hours, "
                                "Rooms, Visits.")
                           : _ ("%s is saved.");
  cr_admin_save_async (self->session, classes, records, 1, finished_cb,
                       new_change (self, person, format, FALSE));
}

static void
save_cb (CrPeoplePane *self)
{
  g_autoptr (CrPerson) person = cr_person_form_take (CR_PERSON_FORM (self->form));
  if (person == NULL)
    return;
  if (self->shown != NULL && cr_record_equal (&CR_PERSON, person, self->shown)) {
    say (self, _ ("Nothing was changed."));
    return;
  }
  self->saving = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  if (self->shown == NULL)
    add (self, person);
  else
    save_changed (self, person);
}

/* ---- password and access ---- */

static void
password_set_cb (CrPasswordDialog *dialog, const char *sentence, CrPeoplePane *self)
{
  say (self, sentence);
  if (self->shown != NULL && !is_own (self, self->shown))
    advise_keys (self, _ ("New password for %s"), self->shown);
}

static void
password_cb (CrPeoplePane *self)
{
  if (!may_show (self, self->shown->id)) /* as with any other change of who is shown */
    return;
  CrPasswordDialog *dialog = cr_password_dialog_present (window_of (self), self->session, self->shown);
  g_signal_connect_object (dialog, "changed", G_CALLBACK (password_set_cb), self, 0);
}

static void
remove_confirmed_cb (CrQuestion *question, CrPeoplePane *self)
{
  if (self->shown == NULL)
    return;
  Change *change = new_change (self, self->shown, _ ("%s can no longer sign in."), FALSE);
  change->removed = cr_person_copy (self->shown);
  self->saving = TRUE;
  cr_admin_remove_person_async (self->session, self->shown->id, finished_cb, change);
}

static void
restored_cb (CrPasswordDialog *dialog, const char *sentence, CrPeoplePane *self)
{
  say (self, sentence);
}

static void
remove_cb (CrPeoplePane *self)
{
  if (!self->shown->active) {
    CrPasswordDialog *dialog = cr_password_dialog_present (window_of (self), self->session, self->shown);
    g_signal_connect_object (dialog, "changed", G_CALLBACK (restored_cb), self, 0);
    return;
  }
  if (!may_show (self, self->shown->id))
    return;
  g_autofree char *name = cr_person_formal (self->shown);
  g_autofree char *title = g_strdup_printf (_ ("Take away access from %s?"), name);
  g_autofree char *what = g_strdup_printf (
      _ ("“%s” can no longer sign in, also where they are signed in now. Everything they wrote and signed "
         "stays, and so does their name on it. The sign-in name stays theirs: nobody else can have it, and "
         "access can be "
         "given back under it later."),
      self->shown->login);
  CrQuestion *question =
      cr_question_present (window_of (self), title, what, _ ("_Keep Access"), _ ("_Take Away Access"));
  g_signal_connect_object (question, "confirmed", G_CALLBACK (remove_confirmed_cb), self, 0);
}

static void
cr_people_pane_dispose (GObject *object)
{
  CrPeoplePane *self = CR_PEOPLE_PANE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_PEOPLE_PANE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, cr_person_free);
  g_clear_pointer (&self->advice, g_free);
  G_OBJECT_CLASS (cr_people_pane_parent_class)->dispose (object);
}

static gboolean
cr_people_pane_grab_focus (GtkWidget *widget)
{
  CrPeoplePane *self = CR_PEOPLE_PANE (widget);
  return gtk_widget_grab_focus (cr_form_is_touched (self->form) ? self->form
                                                                : GTK_WIDGET (self->people_list));
}

static void
cr_people_pane_class_init (CrPeoplePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_people_pane_dispose;
  widget->grab_focus = cr_people_pane_grab_focus;
  widget->focus = cr_focus_parts;
  signals[SAID] = g_signal_new ("said", CR_TYPE_PEOPLE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[HIT] = g_signal_new ("hit", CR_TYPE_PEOPLE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
  signals[CHANGE_KEYS] = g_signal_new ("change-keys", CR_TYPE_PEOPLE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/people-pane.ui");
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, root);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, people_list);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, form_box);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, form_label);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, new_button);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, password_button);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, remove_button);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, save_button);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, keys_button);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, advice_box);
  gtk_widget_class_bind_template_child (widget, CrPeoplePane, unsaved);
}

static void
cr_people_pane_init (CrPeoplePane *self)
{
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->form = cr_person_form_new (FALSE);
  gtk_box_append (self->form_box, self->form);
  describe_shown (self);
  g_signal_connect_swapped (self->people_list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (new_cb), self);
  g_signal_connect_swapped (self->password_button, "clicked", G_CALLBACK (password_cb), self);
  g_signal_connect_swapped (self->remove_button, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect_swapped (self->keys_button, "clicked", G_CALLBACK (keys_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (cr_unsaved_bar_edited), self->unsaved,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (discard_cb), self);
}

void
cr_people_pane_set_session (CrPeoplePane *self, CrSession *session)
{
  GListModel *people = cr_session_get_people (session);
  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->people_list, people, make_row_cb, NULL, NULL);
  /* After the list's own handler: the rows are there. */
  g_signal_connect_object (people, "items-changed", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  mark_stored (self);
  put_back_kept (self);
}

void
cr_people_pane_stay (CrPeoplePane *self)
{
  cr_unsaved_bar_stay (self->unsaved);
}

void
cr_people_pane_discard (CrPeoplePane *self)
{
  cr_unsaved_bar_end (self->unsaved);
}

gboolean
cr_people_pane_is_touched (CrPeoplePane *self)
{
  return cr_form_is_touched (self->form);
}
