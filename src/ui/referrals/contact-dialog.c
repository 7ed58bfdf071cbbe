#include "src/ui/referrals/contact-dialog.h"
#include "src/ui/admin/form.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/patient-rules.h"
#include <glib/gi18n.h>

enum { FAMILY, GIVEN, DEGREE, SPECIALTY, ORGANIZATION, PHONE, FAX, ADDRESS, CITY, STATE, ZIP, N_FIELDS };

struct _CrContactDialog {
  GtkWindow parent;
  GtkBox *form_box;
  GtkLabel *problem_label;
  GtkButton *save_button;
  GtkWidget *form, *kind, *fields[N_FIELDS];
  CrWindow *window; /* borrowed */
  CrContact *contact;
};

enum { STORED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const KINDS[] = { "specialist", "pharmacy", "laboratory" };
static const char *const LABELS[N_FIELDS] = { [FAMILY] = N_ ("_Family name"),
                                              [GIVEN] = N_ ("_Given name"),
                                              [DEGREE] = N_ ("_Degree"),
                                              [SPECIALTY] = N_ ("S_pecialty"),
                                              [ORGANIZATION] = N_ ("_Organization"),
                                              [PHONE] = N_ ("P_hone"),
                                              [FAX] = N_ ("Fa_x"),
                                              [ADDRESS] = N_ ("Add_ress"),
                                              [CITY] = N_ ("Cit_y"),
                                              [STATE] = N_ ("S_tate"),
                                              [ZIP] = N_ ("_ZIP code") };

G_DEFINE_FINAL_TYPE (CrContactDialog, cr_contact_dialog, GTK_TYPE_WINDOW)

static char **
place_of (CrContact *c, guint field)
{
  char **places[N_FIELDS] = {
    [FAMILY] = &c->family,
    [GIVEN] = &c->given,
    [DEGREE] = &c->credentials,
    [SPECIALTY] = &c->specialty,
    [ORGANIZATION] = &c->organization,
    [PHONE] = &c->phone,
    [FAX] = &c->fax,
    [ADDRESS] = &c->address,
    [CITY] = &c->city,
    [STATE] = &c->state,
    [ZIP] = &c->zip,
  };
  return places[field];
}

static void
build_form (CrContactDialog *self)
{
  const char *const kinds[] = { _ ("Specialist"), _ ("Pharmacy"), _ ("Laboratory"), NULL };
  self->form = cr_form_new ();
  self->kind = cr_form_add_choice (self->form, _ ("_Kind"), kinds);
  for (guint i = 0; i < N_FIELDS; i++)
    self->fields[i] = cr_form_add_entry (self->form, _ (LABELS[i]), NULL);
  gtk_box_append (self->form_box, self->form);
}

static void
show_contact (CrContactDialog *self)
{
  for (guint i = 0; i < N_FIELDS; i++) {
    const char *text = *place_of (self->contact, i);
    gboolean number = (i == PHONE || i == FAX) && !cr_str_empty (text);
    g_autofree char *shown = number ? cr_phone_format (text) : g_strdup (text != NULL ? text : "");
    gtk_editable_set_text (GTK_EDITABLE (self->fields[i]), shown);
  }
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (self->contact->kind, KINDS[i]) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), i);
}

static gboolean
check (GtkWidget *field, const char *problem)
{
  cr_form_set_problem (field, problem);
  return problem == NULL;
}

static gboolean
check_number (GtkWidget *field)
{
  const char *typed = cr_form_text (field);
  g_autofree char *problem = cr_str_empty (typed) ? NULL : cr_phone_problem (typed);
  return check (field, problem);
}

static gboolean
check_all (CrContactDialog *self)
{
  gboolean named = !cr_str_empty (cr_form_text (self->fields[FAMILY])) ||
                   !cr_str_empty (cr_form_text (self->fields[ORGANIZATION]));
  gboolean good =
      check (self->fields[FAMILY], named ? NULL : _ ("A family name or an organization is needed."));
  good &= check_number (self->fields[PHONE]);
  good &= check_number (self->fields[FAX]);
  if (!good)
    cr_form_focus_problem (self->form);
  return good;
}

/* Of a kind that the form does not know ("practice") it stays as long as nobody chooses another. */
static void
take (CrContactDialog *self)
{
  guint kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind));
  for (guint i = 0; i < N_FIELDS; i++) {
    char **place = place_of (self->contact, i);
    g_free (*place);
    *place = cr_text_trim (cr_form_text (self->fields[i]));
    if (cr_str_empty (*place))
      g_clear_pointer (place, g_free);
  }
  if (g_strcmp0 (self->contact->kind, "practice") == 0 && kind == 0)
    return;
  g_free (self->contact->kind);
  self->contact->kind = g_strdup (KINDS[MIN (kind, G_N_ELEMENTS (KINDS) - 1)]);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrContactDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrContact) stored = cr_contact_save_finish (result, &error);
  if (self->form_box == NULL)
    return; /* closed meanwhile */
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  gtk_label_set_label (self->problem_label, error != NULL ? error->message : "");
  if (stored == NULL)
    return;
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[STORED], 0, stored);
}

static void
save_cb (CrContactDialog *self)
{
  if (!check_all (self))
    return;
  take (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  cr_contact_save_async (cr_window_get_session (self->window), self->contact, stored_cb, g_object_ref (self));
}

static void
cr_contact_dialog_dispose (GObject *object)
{
  CrContactDialog *self = CR_CONTACT_DIALOG (object);
  g_clear_pointer (&self->contact, cr_contact_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_CONTACT_DIALOG);
  G_OBJECT_CLASS (cr_contact_dialog_parent_class)->dispose (object);
}

static void
cr_contact_dialog_class_init (CrContactDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_contact_dialog_dispose;
  signals[STORED] = g_signal_new ("stored", CR_TYPE_CONTACT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/referrals/contact-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrContactDialog, form_box);
  gtk_widget_class_bind_template_child (widget, CrContactDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrContactDialog, save_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_contact_dialog_init (CrContactDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  build_form (self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
}

CrContactDialog *
cr_contact_dialog_present (GtkWindow *parent, CrWindow *window, const CrContact *contact)
{
  CrContactDialog *self = g_object_new (CR_TYPE_CONTACT_DIALOG, "transient-for", parent, NULL);
  self->window = window;
  self->contact = cr_contact_copy (contact);
  show_contact (self);
  gtk_window_set_title (GTK_WINDOW (self),
                        contact->version == 0 ? _ ("Add a Recipient") : _ ("Edit Recipient"));
  gtk_widget_grab_focus (self->fields[FAMILY]);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
