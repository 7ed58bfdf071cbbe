#include "src/ui/chart/line.h"
#include "src/ui/shell/wrap-box.h"
#include <glib/gi18n.h>

#define LONG_WORD 16 /* bytes: imported digits and codes; ordinary words are never broken */

static gboolean
has_long_word (const char *text)
{
  gsize run = 0;
  for (; *text != '\0' && run <= LONG_WORD; text++)
    run = g_ascii_isspace (*text) ? 0 : run + 1;
  return run > LONG_WORD;
}

GtkWidget *
cr_line_text (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text != NULL ? text : "");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (text != NULL && has_long_word (text))
    gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

GtkWidget *
cr_line_short (const char *text, const char *css)
{
  GtkWidget *label = cr_line_text (text, css);
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  return label;
}

GtkWidget *
cr_line_markup (const char *markup, const char *css)
{
  GtkWidget *label = cr_line_text (NULL, css);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  return label;
}

GtkWidget *
cr_line_icon (const char *name)
{
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", name, "valign", GTK_ALIGN_START, "margin-top",
                                   2, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  return image;
}

GtkWidget *
cr_line_box (int spacing)
{
  return gtk_box_new (GTK_ORIENTATION_HORIZONTAL, spacing);
}

void
cr_line_add (GtkWidget *box, GtkWidget *child, gboolean wide)
{
  gtk_widget_set_hexpand (child, wide);
  gtk_box_append (GTK_BOX (box), child);
}

GtkWidget *
cr_line_button (const char *label, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

void
cr_line_clear (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
add_fact (CrWrapBox *box, const char *label, const char *value)
{
  GtkWidget *pair = cr_line_box (6), *what = cr_line_short (label, "label"),
            *said = cr_line_short (value, "value");
  gtk_widget_set_valign (what, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (said, GTK_ALIGN_BASELINE);
  cr_line_add (pair, what, FALSE);
  cr_line_add (pair, said, FALSE);
  cr_wrap_box_append (box, pair);
}

GtkWidget *
cr_line_patient (const CrPatient *patient, const char *name, CrDate today)
{
  GtkWidget *box = g_object_new (CR_TYPE_WRAP_BOX, "spacing", 18, "line-spacing", 3, NULL);
  GtkWidget *who = cr_line_text (name, "heading");
  g_autofree char *born = cr_patient_born (patient, today);
  g_autofree char *spoken =
      g_strdup_printf (_ ("%s, born %s, %s, MRN %s"), name, born, cr_sex_word (patient->sex), patient->mrn);
  gtk_widget_add_css_class (box, "patient-line");
  gtk_widget_set_hexpand (who, TRUE);
  cr_wrap_box_append (CR_WRAP_BOX (box), who);
  add_fact (CR_WRAP_BOX (box), _ ("Born"), born);
  add_fact (CR_WRAP_BOX (box), _ ("Sex"), cr_sex_word (patient->sex));
  add_fact (CR_WRAP_BOX (box), _ ("MRN"), patient->mrn);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return box;
}

char *
cr_line_against (const CrCheck *check)
{
  return g_strdup_printf (_ ("%s %s: %s – review this medicine"), cr_check_mark (check),
                          cr_check_label (check), check->facts);
}
