#include "src/ui/schedule/match-list.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

struct _CrMatchList {
  GtkWidget parent;
  GtkBox *box;
};

enum { OPEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrMatchList, cr_match_list, GTK_TYPE_WIDGET)

static void
open_cb (GtkButton *button, CrMatchList *self)
{
  const CrId *patient = g_object_get_data (G_OBJECT (button), "cr-patient");
  g_signal_emit (self, signals[OPEN], 0, *patient);
}

static GtkWidget *
wrapping (const char *text, const char *css)
{
  GtkWidget *label = cr_visit_label (text, css);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

static char *
describe_likeness (const CrCandidate *candidate)
{
  const char *words = candidate->twin       ? _ ("▲ Possible twin or sibling")
                      : candidate->likely   ? _ ("▲ Likely the same person")
                      : candidate->relative ? _ ("Perhaps a relative")
                                            : _ ("Possible");
  return g_strdup_printf (_ ("%s · %d points"), words, candidate->points);
}

static GtkWidget *
make_card (CrMatchList *self, CrWindow *window, const CrCandidate *candidate)
{
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (window)));
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *button = gtk_button_new_with_label (_ ("Open This Patient"));
  g_autofree char *name = cr_patient_name_list (candidate->patient);
  g_autofree char *born = cr_patient_born (candidate->patient, today);
  g_autofree char *line = g_strdup_printf (_ ("%s · MRN %s"), born, candidate->patient->mrn);
  g_autofree char *spoken = g_strdup_printf (_ ("Open %s, MRN %s"), name, candidate->patient->mrn);
  g_autofree char *likeness = describe_likeness (candidate);
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), wrapping (name, "heading"));
  gtk_box_append (GTK_BOX (card), wrapping (line, "caption"));
  gtk_box_append (GTK_BOX (card), wrapping (likeness, candidate->likely ? "warning" : "text-2"));
  gtk_box_append (GTK_BOX (card), wrapping (candidate->reasons, "caption"));
  gtk_box_append (GTK_BOX (card), button);
  gtk_widget_set_margin_top (button, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "cr-patient",
                          g_memdup2 (&candidate->patient->id, sizeof candidate->patient->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (open_cb), self);
  return card;
}

static void
cr_match_list_dispose (GObject *object)
{
  CrMatchList *self = CR_MATCH_LIST (object);
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (cr_match_list_parent_class)->dispose (object);
}

static void
cr_match_list_class_init (CrMatchListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_match_list_dispose;
  signals[OPEN] = g_signal_new ("open", CR_TYPE_MATCH_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_match_list_init (CrMatchList *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

void
cr_match_list_show (CrMatchList *self, CrWindow *window, GListModel *candidates)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < g_list_model_get_n_items (candidates); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (candidates, i);
    gtk_box_append (self->box, make_card (self, window, cr_row_peek (row)));
  }
}

CrId
cr_match_list_likeliest (GListModel *candidates)
{
  for (guint i = 0; i < g_list_model_get_n_items (candidates); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (candidates, i);
    if (((const CrCandidate *)cr_row_peek (row))->likely)
      return cr_row_get_id (row);
  }
  return CR_ID_NONE;
}
