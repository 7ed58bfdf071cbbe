#include "src/ui/schedule/who-picker.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

struct _CrWhoPicker {
  GtkWidget parent;
  GtkMenuButton *button;
  GtkBox *box;             /* check buttons: usual first, any, then the people */
  GtkCheckButton *first;   /* NULL: nobody is usual */
  GtkCheckButton *anybody; /* NULL until filled */
  GPtrArray *checks;       /* of the people, borrowed */
  GArray *ids, *ticked;    /* CrId: of the checks; of those that are ticked */
  CrId usual;
  gboolean settling;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrWhoPicker, cr_who_picker, GTK_TYPE_WIDGET)

static void
read_ticks (CrWhoPicker *self)
{
  g_array_set_size (self->ticked, 0);
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_array_append_val (self->ticked, g_array_index (self->ids, CrId, i));
}

/* "Dr. Okafor, then any", "Any clinician", "Dr. Chen", "2 clinicians" */
static void
show_choice (CrWhoPicker *self)
{
  g_autofree char *text = NULL, *spoken = NULL;
  if (self->first != NULL && gtk_check_button_get_active (self->first))
    text = g_strdup (gtk_check_button_get_label (self->first));
  else if (self->ticked->len == 0)
    text = g_strdup (_ ("Any clinician"));
  else if (self->ticked->len > 1)
    text = g_strdup_printf (ngettext ("%u clinician", "%u clinicians", self->ticked->len), self->ticked->len);
  for (guint i = 0; text == NULL && i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      text = g_strdup (gtk_check_button_get_label (self->checks->pdata[i]));
  gtk_menu_button_set_label (self->button, text);
  spoken = g_strdup_printf (_ ("Clinician: %s"), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
tick (CrWhoPicker *self, GtkCheckButton *check, gboolean on)
{
  self->settling = TRUE;
  if (check != NULL)
    gtk_check_button_set_active (check, on);
  self->settling = FALSE;
}

/* Named people and "any" exclude each other; nobody at all is anybody. */
static void
toggled_cb (GtkCheckButton *check, CrWhoPicker *self)
{
  gboolean open = check == self->first || check == self->anybody;
  if (self->settling)
    return;
  if (open && gtk_check_button_get_active (check)) {
    for (guint i = 0; i < self->checks->len; i++)
      tick (self, self->checks->pdata[i], FALSE);
    tick (self, check == self->first ? self->anybody : self->first, FALSE);
  } else if (!open && gtk_check_button_get_active (check)) {
    tick (self, self->first, FALSE);
    tick (self, self->anybody, FALSE);
  }
  read_ticks (self);
  if (self->ticked->len == 0 && (self->first == NULL || !gtk_check_button_get_active (self->first)))
    tick (self, self->anybody, TRUE);
  show_choice (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkCheckButton *
add_check (CrWhoPicker *self, const char *label, gboolean active)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (self->box, check);
  return GTK_CHECK_BUTTON (check);
}

static void
clear (CrWhoPicker *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  self->first = self->anybody = NULL;
  g_ptr_array_set_size (self->checks, 0);
  g_array_set_size (self->ids, 0);
}

static CrRow *
find_row (GListModel *people, CrId person)
{
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *one = cr_row_peek (row);
    if (one->id == person && one->schedulable && one->active)
      return g_steal_pointer (&row);
  }
  return NULL;
}

static void
cr_who_picker_dispose (GObject *object)
{
  CrWhoPicker *self = CR_WHO_PICKER (object);
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->ticked, g_array_unref);
  G_OBJECT_CLASS (cr_who_picker_parent_class)->dispose (object);
}

static void
cr_who_picker_class_init (CrWhoPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_who_picker_dispose;
  signals[CHANGED] =
      g_signal_new ("changed", CR_TYPE_WHO_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_who_picker_init (CrWhoPicker *self)
{
  GtkWidget *popover = gtk_popover_new ();
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  self->checks = g_ptr_array_new ();
  self->ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  self->ticked = g_array_new (FALSE, FALSE, sizeof (CrId));
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->box));
  gtk_menu_button_set_popover (self->button, popover);
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  show_choice (self);
}

void
cr_who_picker_fill (CrWhoPicker *self, GListModel *people, CrId person, CrId usual)
{
  g_autoptr (CrRow) usual_row = find_row (people, usual);
  gboolean named = person != CR_ID_NONE;
  clear (self);
  self->usual = usual_row != NULL ? usual : CR_ID_NONE;
  if (usual_row != NULL) {
    g_autofree char *name = cr_person_short (cr_row_peek (usual_row));
    /* Translators: the patient's usual clinician. */
    g_autofree char *label = g_strdup_printf (_ ("%s, then any"), name);
    self->first = add_check (self, label, !named);
  }
  self->anybody = add_check (self, _ ("Any clinician"), !named && self->first == NULL);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *one = cr_row_peek (row);
    g_autofree char *name = cr_person_short (one);
    if (!one->schedulable || !one->active)
      continue;
    g_array_append_val (self->ids, one->id);
    g_ptr_array_add (self->checks, add_check (self, name, one->id == person));
  }
  read_ticks (self);
  show_choice (self);
}

gboolean
cr_who_picker_add (CrWhoPicker *self, CrId person)
{
  for (guint i = 0; i < self->ids->len; i++) {
    if (g_array_index (self->ids, CrId, i) != person)
      continue;
    tick (self, self->checks->pdata[i], TRUE);
    tick (self, self->first, FALSE);
    tick (self, self->anybody, FALSE);
    read_ticks (self);
    show_choice (self);
    return TRUE;
  }
  return FALSE;
}

const GArray *
cr_who_picker_get_people (CrWhoPicker *self)
{
  return self->ticked;
}

CrId
cr_who_picker_get_usual (CrWhoPicker *self)
{
  return self->first != NULL && gtk_check_button_get_active (self->first) ? self->usual : CR_ID_NONE;
}
