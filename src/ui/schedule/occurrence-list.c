#include "src/ui/schedule/occurrence-list.h"
#include "src/ui/schedule/visit-words.h"

#define INDENT 30 /* pixels: what is in the way stands under its visit's words */

struct _CrOccurrenceList {
  GtkWidget parent;
  GtkWidget *box;
  GPtrArray *occurrences; /* CrOccurrence; NULL: none were shown */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrOccurrenceList, cr_occurrence_list, GTK_TYPE_WIDGET)

static void
ticked_cb (GtkCheckButton *check, CrOccurrenceList *self)
{
  CrOccurrence *occurrence = g_object_get_data (G_OBJECT (check), "cr-occurrence");
  occurrence->wanted = gtk_check_button_get_active (check);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear (CrOccurrenceList *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_clear_pointer (&self->occurrences, g_ptr_array_unref);
}

static void
add_obstacle (CrOccurrenceList *self, GtkWidget *check, const CrOccurrence *occurrence)
{
  g_autofree char *text = g_strdup_printf ("%s %s", occurrence->hard ? "⊘" : "▲", occurrence->sentence);
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, INDENT);
  gtk_widget_add_css_class (label, occurrence->hard ? "field-problem" : "field-question");
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  occurrence->sentence, -1);
}

static void
add_line (CrOccurrenceList *self, CrSession *session, CrOccurrence *occurrence)
{
  g_autofree char *who = cr_visit_clinician_name (session, occurrence->person_id);
  g_autofree char *words = cr_visit_place_words (occurrence->date, occurrence->start, who);
  GtkWidget *check = gtk_check_button_new_with_label (words);
  g_object_set_data (G_OBJECT (check), "cr-occurrence", occurrence);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), occurrence->wanted);
  gtk_widget_set_sensitive (check, !occurrence->hard);
  g_signal_connect (check, "toggled", G_CALLBACK (ticked_cb), self);
  gtk_box_append (GTK_BOX (self->box), check);
  if (occurrence->sentence != NULL)
    add_obstacle (self, check, occurrence);
}

static void
cr_occurrence_list_dispose (GObject *object)
{
  CrOccurrenceList *self = CR_OCCURRENCE_LIST (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->occurrences, g_ptr_array_unref);
  G_OBJECT_CLASS (cr_occurrence_list_parent_class)->dispose (object);
}

static void
cr_occurrence_list_class_init (CrOccurrenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_occurrence_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", CR_TYPE_OCCURRENCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
cr_occurrence_list_init (CrOccurrenceList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* ---- public ---- */

void
cr_occurrence_list_fill (CrOccurrenceList *self, CrSession *session, GPtrArray *occurrences)
{
  clear (self);
  self->occurrences = occurrences;
  for (guint i = 0; occurrences != NULL && i < occurrences->len; i++)
    add_line (self, session, occurrences->pdata[i]);
  g_signal_emit (self, signals[CHANGED], 0);
}

const GPtrArray *
cr_occurrence_list_get (CrOccurrenceList *self)
{
  return self->occurrences;
}

guint
cr_occurrence_list_count (CrOccurrenceList *self, guint *all)
{
  guint n = 0;
  *all = self->occurrences != NULL ? self->occurrences->len : 0;
  for (guint i = 0; i < *all; i++)
    n += ((const CrOccurrence *)self->occurrences->pdata[i])->wanted;
  return n;
}
