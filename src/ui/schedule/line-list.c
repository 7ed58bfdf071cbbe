#include "src/ui/schedule/line-list.h"
#include "src/ui/schedule/line-form.h"
#include <glib/gi18n.h>

struct _CrLineList {
  GtkBox parent;
  GtkWidget *forms, *empty_label, *add_button;
  CrSession *session;
  CrId patient;
  CrPatientDraft *draft;
  CrLineKind kind;
};

G_DEFINE_FINAL_TYPE (CrLineList, cr_line_list, GTK_TYPE_BOX)

typedef struct {
  const char *add, *empty, *title;
} Words;

static const Words WORDS[] = {
  [CR_LINE_CONTACT] = { N_ ("A_dd Phone or Email"), N_ ("No further phone or email."), N_ ("Contact") },
  [CR_LINE_RELATIVE] = { N_ ("A_dd Relative or Contact"), N_ ("Nobody is recorded."), N_ ("Person") },
  [CR_LINE_COVERAGE] = { N_ ("A_dd Insurance"), N_ ("No insurance is recorded."), N_ ("Insurance") },
  [CR_LINE_CONSENT] = { N_ ("A_dd Consent"), N_ ("No consent is recorded."), N_ ("Consent") },
};

static void
remove_line (CrPatientLine *line, gpointer data)
{
  CrLineList *self = data;
  gtk_widget_grab_focus (self->add_button);
  cr_patient_draft_remove_line (self->draft, line);
}

static void
append_form (CrLineList *self, GListModel *lines, guint position)
{
  g_autoptr (CrPatientLine) line = g_list_model_get_item (lines, position);
  g_autofree char *title = g_strdup_printf ("%s %u", _ (WORDS[self->kind].title), position + 1);
  GtkWidget *form = cr_line_form_new (self->session, self->patient, line, title, remove_line, self);
  gtk_box_append (GTK_BOX (self->forms), form);
}

/* Those behind a line that goes get new numbers; what was typed is in the lines, not in the forms. */
static void
changed_cb (GListModel *lines, guint position, guint removed, guint added, CrLineList *self)
{
  guint n = g_list_model_get_n_items (lines), from = n - added;
  GtkWidget *form;
  if (removed > 0 || position != from) {
    while ((form = gtk_widget_get_first_child (self->forms)) != NULL)
      gtk_box_remove (GTK_BOX (self->forms), form);
    from = 0;
  }
  for (guint i = from; i < n; i++)
    append_form (self, lines, i);
  gtk_widget_set_visible (self->empty_label, n == 0);
}

static void
add_cb (CrLineList *self)
{
  GtkWidget *form;
  cr_patient_draft_add_line (self->draft, self->kind);
  form = gtk_widget_get_last_child (self->forms);
  gtk_widget_grab_focus (gtk_widget_get_next_sibling (gtk_widget_get_first_child (form)));
}

static void
cr_line_list_dispose (GObject *object)
{
  CrLineList *self = CR_LINE_LIST (object);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_line_list_parent_class)->dispose (object);
}

static void
cr_line_list_class_init (CrLineListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_line_list_dispose;
}

static void
cr_line_list_init (CrLineList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  self->forms = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->empty_label = gtk_label_new (NULL);
  self->add_button = gtk_button_new ();
  gtk_label_set_xalign (GTK_LABEL (self->empty_label), 0);
  gtk_widget_add_css_class (self->empty_label, "text-2");
  gtk_widget_set_halign (self->add_button, GTK_ALIGN_START);
  gtk_button_set_use_underline (GTK_BUTTON (self->add_button), TRUE);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (self), self->empty_label);
  gtk_box_append (GTK_BOX (self), self->forms);
  gtk_box_append (GTK_BOX (self), self->add_button);
}

void
cr_line_list_set_up (CrLineList *self, CrSession *session, gint64 patient, CrPatientDraft *draft,
                     CrLineKind kind)
{
  GListModel *lines = cr_patient_draft_get_lines (draft, kind);
  self->session = g_object_ref (session);
  self->patient = patient;
  self->draft = g_object_ref (draft);
  self->kind = kind;
  gtk_label_set_label (GTK_LABEL (self->empty_label), _ (WORDS[kind].empty));
  gtk_button_set_label (GTK_BUTTON (self->add_button), _ (WORDS[kind].add));
  g_signal_connect_object (lines, "items-changed", G_CALLBACK (changed_cb), self, 0);
  changed_cb (lines, 0, 0, g_list_model_get_n_items (lines), self);
}
