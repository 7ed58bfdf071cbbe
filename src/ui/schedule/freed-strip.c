#include "src/ui/schedule/freed-strip.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/schedule/wait-words.h"
#include <glib/gi18n.h>
#include <string.h>

#define MOST 5 /* people shown at once */

struct _CrFreedStrip {
  GtkWidget parent;
  GtkWidget *root;
  GtkLabel *label;
  GtkWidget *show_button, *people; /* a button for each, below the line */
  CrWindow *window;                /* borrowed: the strip stands in it */
  CrFreedOffer *offer;             /* NULL: nothing is offered */
  CrId appointment;                /* whose change freed it */
};

typedef struct {
  CrFreedStrip *self;
  CrId appointment;
  char *toast;
} Question;

enum { LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrFreedStrip, cr_freed_strip, GTK_TYPE_WIDGET)

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question->toast);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
new_question (CrFreedStrip *self, CrId appointment)
{
  Question *question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->appointment = appointment;
  return question;
}

static void
remove_people (CrFreedStrip *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->people)) != NULL)
    gtk_box_remove (GTK_BOX (self->people), child);
  gtk_widget_set_visible (self->people, FALSE);
}

/* ---- booking ---- */

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  CrFreedStrip *self = question->self;
  if (self->window == NULL)
    return;
  if (cr_session_finish (result, &error))
    cr_window_toast (self->window, question->toast, _ ("Undo"), "win.undo");
  else
    cr_window_show_error (self->window, error);
}

static void
person_cb (GtkButton *button, CrFreedStrip *self)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "cr-item"));
  const CrWaitItem *item = self->offer->items->pdata[at];
  const CrFreed *freed = &self->offer->freed;
  CrSlot slot = { freed->date, freed->start, freed->person_id, CR_ID_NONE };
  g_autofree char *name = cr_window_name_of (self->window, item->patient);
  g_autofree char *where = cr_visit_place_words (slot.date, slot.start, self->offer->clinician);
  Question *question = new_question (self, CR_ID_NONE);
  CrId entry = item->entry->id;
  guint accept = g_array_index (self->offer->accept, guint, at);
  question->toast = g_strdup_printf (_ ("Booked %s: %s"), name, where);
  cr_freed_strip_clear (self);
  cr_wait_book_async (cr_window_get_session (self->window), entry, &slot, accept, booked_cb, question);
}

/* "GARCIA, Maria  (503) 555-0142  Follow-up, 20 minutes, any clinician · meanwhile …  [Book]": who calls
 * first and books then has done nothing before. */
static GtkWidget *
make_person (CrFreedStrip *self, guint at)
{
  const CrWaitItem *item = self->offer->items->pdata[at];
  gboolean other = g_array_index (self->offer->accept, guint, at) != 0;
  GtkWidget *button = gtk_button_new_with_label (_ ("Book")),
            *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = cr_window_name_of (self->window, item->patient);
  g_autofree char *phone =
      cr_window_is_private (self->window) ? g_strdup ("") : cr_reach_phone_words (item->patient, item->reach);
  g_autofree char *what = cr_wait_what (item), *detail = cr_wait_detail (item);
  g_autofree char *words = g_strdup_printf ("%s · %s", what, detail);
  const char *warning = other ? _ ("▲ has another visit that day") : NULL;
  g_autofree char *spoken = other ? g_strdup_printf (_ ("Book %s, %s, %s"), name, warning, words)
                                  : g_strdup_printf (_ ("Book %s, %s"), name, words);
  GtkWidget *label = cr_visit_label (words, "text-2");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, words);
  gtk_box_append (GTK_BOX (line), cr_visit_label (name, "heading"));
  gtk_box_append (GTK_BOX (line), cr_visit_label (phone, "numeric"));
  if (other)
    gtk_box_append (GTK_BOX (line), cr_visit_label (warning, "field-question"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (button), "cr-item", GUINT_TO_POINTER (at));
  g_signal_connect (button, "clicked", G_CALLBACK (person_cb), self);
  return line;
}

static void
show_people_cb (CrFreedStrip *self)
{
  remove_people (self);
  if (self->offer == NULL)
    return;
  for (guint i = 0; i < MIN (self->offer->items->len, MOST); i++)
    gtk_box_append (GTK_BOX (self->people), make_person (self, i));
  gtk_widget_set_visible (self->people, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_last_child (gtk_widget_get_first_child (self->people)));
}

/* ---- offers ---- */

static void
show_offer (CrFreedStrip *self)
{
  const CrFreedOffer *offer = self->offer;
  g_autofree char *day = cr_date_format_weekday (offer->freed.date);
  g_autofree char *time = cr_minute_format (offer->freed.start);
  guint n = offer->items->len;
  /* Translators: day, time, clinician. */
  g_autofree char *free_now = g_strdup_printf (_ ("%s, %s, %s is free"), day, time, offer->clinician);
  g_autofree char *waiting =
      g_strdup_printf (ngettext ("%u person waits for it", "%u people wait for it", n), n);
  g_autofree char *text = g_strdup_printf ("%s: %s", free_now, waiting);
  remove_people (self);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void ask (CrFreedStrip *self, CrId appointment);

/* A change that frees nothing may have taken what is offered: it is asked for anew. */
static void
offered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CrFreedStrip *self = question->self;
  g_autoptr (CrFreedOffer) offer = cr_freed_offer_finish (CR_SESSION (source), result, NULL);
  if (self->window == NULL)
    return;
  if (offer != NULL) {
    g_clear_pointer (&self->offer, cr_freed_offer_free);
    self->offer = g_steal_pointer (&offer);
    self->appointment = question->appointment;
    show_offer (self);
  } else if (question->appointment == self->appointment) {
    cr_freed_strip_clear (self);
  } else if (self->offer != NULL) {
    ask (self, self->appointment);
  }
}

static void
ask (CrFreedStrip *self, CrId appointment)
{
  cr_freed_offer_async (cr_window_get_session (self->window), appointment, offered_cb,
                        new_question (self, appointment));
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient, CrFreedStrip *self)
{
  if (g_str_equal (kind, "appointment") && cr_session_can (session, CR_RIGHT_SCHEDULE_EDIT))
    ask (self, id);
}

/* ---- class ---- */

static void
cr_freed_strip_dispose (GObject *object)
{
  CrFreedStrip *self = CR_FREED_STRIP (object);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->offer, cr_freed_offer_free);
  self->window = NULL;
  G_OBJECT_CLASS (cr_freed_strip_parent_class)->dispose (object);
}

static void
cr_freed_strip_class_init (CrFreedStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_freed_strip_dispose;
  signals[LEFT] =
      g_signal_new ("left", CR_TYPE_FREED_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_freed_strip_init (CrFreedStrip *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *close = gtk_button_new ();
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->label =
      GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0,
                               "ellipsize", PANGO_ELLIPSIZE_END, "hexpand", TRUE, NULL));
  self->show_button = gtk_button_new_with_mnemonic (_ ("_Who Waits"));
  self->people = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_button_set_icon_name (GTK_BUTTON (close), "window-close-symbolic");
  gtk_widget_set_tooltip_text (close, _ ("Leave it free"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Leave it free"),
                                  -1);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (self->root, "move-bar");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (line), self->show_button);
  gtk_box_append (GTK_BOX (line), close);
  gtk_box_append (GTK_BOX (self->root), line);
  gtk_box_append (GTK_BOX (self->root), self->people);
  gtk_widget_set_visible (self->people, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (self->show_button, "clicked", G_CALLBACK (show_people_cb), self);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (cr_freed_strip_clear), self);
}

void
cr_freed_strip_set_up (CrFreedStrip *self, CrWindow *window)
{
  self->window = window;
  g_signal_connect_object (cr_window_get_session (window), "changed", G_CALLBACK (changed_cb), self, 0);
}

void
cr_freed_strip_clear (CrFreedStrip *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  g_clear_pointer (&self->offer, cr_freed_offer_free);
  self->appointment = CR_ID_NONE;
  remove_people (self);
  gtk_label_set_label (self->label, "");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (had_focus)
    g_signal_emit (self, signals[LEFT], 0);
}
