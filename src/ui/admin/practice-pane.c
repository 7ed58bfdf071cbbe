#include "src/ui/admin/practice-pane.h"
#include "src/ui/admin/form.h"
#include "src/ui/admin/practice-habits.h"
#include "src/ui/admin/zone-choice.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/patient-rules.h"
#include "chartroom/session/administration.h"
#include <glib/gi18n.h>

struct _CrPracticePane {
  GtkWidget parent;
  GtkWidget *box, *form, *save;
  GtkWidget *name, *address, *city, *state, *zip, *phone, *fax, *back_line, *npi, *tax_id, *zone;
  CrPracticeHabits *habits;
  CrUnsavedBar *unsaved;
  CrSession *session;
  CrPractice *shown; /* as it was when the form was filled: who changed it since is not overwritten */
  gboolean saved;    /* the session's own copy is not that new yet */
};

enum { SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPracticePane, cr_practice_pane, GTK_TYPE_WIDGET)

static void
say (CrPracticePane *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

/* ---- reading the form ---- */

static gboolean
check_field (GtkWidget *field, char *problem)
{
  g_autofree char *owned = problem;
  cr_form_set_problem (field, owned);
  return owned == NULL;
}

static gboolean
check (CrPracticePane *self)
{
  gboolean named = cr_form_text (self->name)[0] != '\0';
  gboolean good = check_field (
      self->name, named ? NULL : g_strdup (_ ("The practice needs a name; it is on every paper.")));
  good &= check_field (self->state, cr_state_problem (cr_form_text (self->state)));
  good &= check_field (self->zip, cr_zip_problem (cr_form_text (self->zip)));
  good &= check_field (self->phone, cr_phone_problem (cr_form_text (self->phone)));
  good &= check_field (self->fax, cr_phone_problem (cr_form_text (self->fax)));
  good &= check_field (self->back_line, cr_phone_problem (cr_form_text (self->back_line)));
  good &= check_field (self->npi, g_strdup (cr_npi_problem (cr_form_text (self->npi))));
  cr_form_focus_problem (self->form);
  return good;
}

static void
put (char **field, char *taken)
{
  g_free (*field);
  *field = taken;
}

static CrPractice *
take (CrPracticePane *self)
{
  CrPractice *practice = cr_practice_copy (self->shown);
  put (&practice->name, cr_form_take_text (self->name));
  put (&practice->address, cr_form_take_text (self->address));
  put (&practice->city, cr_form_take_text (self->city));
  put (&practice->state, cr_state_normal (cr_form_text (self->state)));
  put (&practice->zip, cr_form_take_text (self->zip));
  put (&practice->phone, cr_form_take_digits (self->phone));
  put (&practice->fax, cr_form_take_digits (self->fax));
  put (&practice->back_line, cr_form_take_digits (self->back_line));
  put (&practice->npi, cr_form_take_text (self->npi));
  put (&practice->tax_id, cr_form_take_text (self->tax_id));
  put (&practice->zone, g_strdup (cr_zone_choice_get (self->zone)));
  cr_practice_habits_take (self->habits, practice);
  return practice;
}

/* ---- kept until it is saved ---- */

enum { N_FIELDS = 11 };

static const struct {
  const char *name;
  gsize at;
} FIELDS[N_FIELDS] = {
  { "name", G_STRUCT_OFFSET (CrPracticePane, name) },
  { "address", G_STRUCT_OFFSET (CrPracticePane, address) },
  { "city", G_STRUCT_OFFSET (CrPracticePane, city) },
  { "state", G_STRUCT_OFFSET (CrPracticePane, state) },
  { "zip", G_STRUCT_OFFSET (CrPracticePane, zip) },
  { "phone", G_STRUCT_OFFSET (CrPracticePane, phone) },
  { "fax", G_STRUCT_OFFSET (CrPracticePane, fax) },
  { "back-line", G_STRUCT_OFFSET (CrPracticePane, back_line) },
  { "npi", G_STRUCT_OFFSET (CrPracticePane, npi) },
  { "tax-id", G_STRUCT_OFFSET (CrPracticePane, tax_id) },
  { "zone", G_STRUCT_OFFSET (CrPracticePane, zone) },
};

static GtkWidget *
field_at (CrPracticePane *self, int i)
{
  return G_STRUCT_MEMBER (GtkWidget *, self, FIELDS[i].at);
}

static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *kept, CrPracticePane *self)
{
  for (int i = 0; i < N_FIELDS; i++)
    cr_form_write (field_at (self, i), kept, FIELDS[i].name);
  cr_practice_habits_write (self->habits, kept);
}

static void
put_back_kept (CrPracticePane *self)
{
  g_autoptr (CrKeptForm) kept = cr_unsaved_bar_take (self->unsaved);
  for (int i = 0; kept != NULL && i < N_FIELDS; i++)
    cr_form_put_back (field_at (self, i), kept, FIELDS[i].name);
  if (kept != NULL)
    cr_practice_habits_put_back (self->habits, kept);
}

static void
watch (CrPracticePane *self)
{
  for (int i = 0; i < N_FIELDS; i++)
    cr_unsaved_bar_watch (self->unsaved, field_at (self, i), NULL);
  cr_practice_habits_watch (self->habits, self->unsaved);
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
}

static void
mark_stored (CrPracticePane *self)
{
  cr_unsaved_bar_end (self->unsaved);
  cr_form_mark_stored (self->form);
  cr_unsaved_bar_start (self->unsaved, self->session, CR_FORM_PRACTICE);
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPracticePane) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (self->box == NULL) /* closed meanwhile */
    return;
  gtk_widget_set_sensitive (self->save, TRUE);
  self->saved = self->saved || saved;
  if (saved)
    mark_stored (self);
  say (self, saved ? _ ("Saved.") : error->message);
}

static void
save_cb (CrPracticePane *self)
{
  if (!check (self))
    return;
  g_autoptr (CrPractice) practice = take (self);
  const CrRecordClass *classes[] = { &CR_PRACTICE };
  gconstpointer records[] = { practice };
  gtk_widget_set_sensitive (self->save, FALSE);
  cr_admin_save_async (self->session, classes, records, 1, saved_cb, g_object_ref (self));
}

static gboolean
differs_by_logo (CrPracticePane *self, const CrPractice *now)
{
  g_autoptr (CrPractice) same = cr_practice_copy (self->shown);
  same->logo_id = now->logo_id;
  return cr_record_equal (&CR_PRACTICE, same, now);
}

/* What was saved here, or a new logo and nothing else, is what the next change begins from; what somebody
 * else changed in these fields is not. */
static void
practice_cb (CrPracticePane *self)
{
  const CrPractice *now = cr_session_get_practice (self->session);
  if (now == NULL || (!self->saved && !differs_by_logo (self, now)))
    return;
  self->saved = FALSE;
  cr_practice_free (self->shown);
  self->shown = cr_practice_copy (now);
}

/* ---- the form ---- */

static void
show_phone (GtkWidget *entry, const char *digits)
{
  g_autofree char *text = cr_str_empty (digits) ? g_strdup ("") : cr_phone_format (digits);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
fill (CrPracticePane *self)
{
  const CrPractice *p = self->shown;
  GtkWidget *fields[] = { self->name, self->address, self->city,  self->state,
                          self->zip,  self->npi,     self->tax_id };
  const char *values[] = { p->name, p->address, p->city, p->state, p->zip, p->npi, p->tax_id };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_text (GTK_EDITABLE (fields[i]), values[i] != NULL ? values[i] : "");
  show_phone (self->phone, p->phone);
  show_phone (self->fax, p->fax);
  show_phone (self->back_line, p->back_line);
  cr_practice_habits_show (self->habits, p);
}

static void
build_form (CrPracticePane *self)
{
  GtkWidget *form = self->form;
  self->name = cr_form_add_entry (form, _ ("_Name"), NULL);
  self->address = cr_form_add_entry (form, _ ("A_ddress"), NULL);
  self->city = cr_form_add_entry (form, _ ("C_ity"), NULL);
  self->state = cr_form_add_entry (form, _ ("S_tate"), NULL);
  self->zip = cr_form_add_entry (form, _ ("_ZIP"), NULL);
  self->phone = cr_form_add_entry (form, _ ("_Phone"), NULL);
  self->fax = cr_form_add_entry (form, _ ("_Fax"), NULL);
  self->back_line = cr_form_add_entry (form, _ ("Line for colleagues"), _ ("for urgent calls, on letters"));
  self->npi = cr_form_add_entry (form, _ ("NPI"), NULL);
  self->tax_id = cr_form_add_entry (form, _ ("Ta_x ID"), NULL);
  self->zone = cr_zone_choice_new (self->shown->zone);
  cr_form_add_widget (form, _ ("Time zon_e"), self->zone);
  self->habits = cr_practice_habits_add (form);
}

static void
build (CrPracticePane *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  self->form = cr_form_new ();
  build_form (self);
  gtk_widget_add_css_class (self->form, "dialog-body");
  gtk_widget_set_halign (self->form, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->form, 560, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->form);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroll);
  self->unsaved = g_object_new (CR_TYPE_UNSAVED_BAR, NULL);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->unsaved));
  self->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_halign (self->save, GTK_ALIGN_END);
  gtk_widget_set_margin_top (self->save, 12);
  gtk_widget_set_margin_bottom (self->save, 12);
  gtk_widget_set_margin_end (self->save, 18);
  gtk_box_append (GTK_BOX (self->box), self->save);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
}

static void
cr_practice_pane_dispose (GObject *object)
{
  CrPracticePane *self = CR_PRACTICE_PANE (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_practice_pane_parent_class)->dispose (object);
}

static void
cr_practice_pane_finalize (GObject *object)
{
  cr_practice_free (CR_PRACTICE_PANE (object)->shown);
  G_OBJECT_CLASS (cr_practice_pane_parent_class)->finalize (object);
}

static gboolean
cr_practice_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CR_PRACTICE_PANE (widget)->name);
}

static void
cr_practice_pane_class_init (CrPracticePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_practice_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_practice_pane_finalize;
  widget->grab_focus = cr_practice_pane_grab_focus;
  widget->focus = cr_focus_parts;
  signals[SAID] = g_signal_new ("said", CR_TYPE_PRACTICE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static void
cr_practice_pane_init (CrPracticePane *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cr_practice_pane_new (CrSession *session)
{
  CrPracticePane *self = g_object_new (CR_TYPE_PRACTICE_PANE, NULL);
  self->session = g_object_ref (session);
  self->shown = cr_practice_copy (cr_session_get_practice (session));
  build (self);
  fill (self);
  watch (self);
  mark_stored (self);
  put_back_kept (self);
  g_signal_connect_object (session, "notify::practice-name", G_CALLBACK (practice_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
cr_practice_pane_discard (CrPracticePane *self)
{
  cr_unsaved_bar_end (self->unsaved);
}

gboolean
cr_practice_pane_is_touched (CrPracticePane *self)
{
  return cr_form_is_touched (self->form);
}
