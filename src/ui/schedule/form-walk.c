#include "src/ui/schedule/form-walk.h"
#include "src/ui/schedule/form-choice.h"
#include "src/ui/schedule/form-field.h"

void
cr_form_bind_all (GtkWidget *parent, CrFields *fields)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (CR_IS_FORM_FIELD (child))
      cr_form_field_bind (CR_FORM_FIELD (child), fields);
    else if (GTK_IS_BOX (child))
      cr_form_bind_all (child, fields);
  }
}

gboolean
cr_form_focus_first (GtkWidget *parent)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (CR_IS_FORM_FIELD (child) || CR_IS_FORM_CHOICE (child))
      return gtk_widget_grab_focus (child);
    if (GTK_IS_BOX (child) && cr_form_focus_first (child))
      return TRUE;
  }
  return FALSE;
}

static gboolean
judge (GtkWidget *line)
{
  return CR_IS_FORM_FIELD (line) ? cr_form_field_judge (CR_FORM_FIELD (line), TRUE)
                                 : cr_form_choice_judge (CR_FORM_CHOICE (line));
}

GtkWidget *
cr_form_judge_all (GtkWidget *parent)
{
  GtkWidget *first = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = NULL;
    if (CR_IS_FORM_FIELD (child) || CR_IS_FORM_CHOICE (child))
      found = judge (child) ? NULL : child;
    else if (GTK_IS_BOX (child))
      found = cr_form_judge_all (child);
    first = first == NULL ? found : first;
  }
  return first;
}
