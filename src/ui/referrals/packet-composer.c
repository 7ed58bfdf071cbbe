#include "src/ui/referrals/packet-composer.h"
#include "src/ui/referrals/packet-preview.h"
#include "chartroom/base/text.h"
#include "chartroom/render/packet-source.h"
#include <glib/gi18n.h>

#define RELAYOUT_MS 250 /* pause after the last key before the preview follows */
#define LONG_PACKET 12

struct _CrPacketComposer {
  GtkWidget parent;
  GtkWidget *root, *letter_box;
  GtkLabel *heading, *pages_label, *message;
  GtkListBox *contents;
  GtkTextView *question, *history, *done;
  GtkEntry *wants, *needs;
  GtkBox *preview_box;
  GtkButton *close_button, *save_button, *freeze_button, *print_button, *sent_button;
  CrPacketPreview *preview;
  CrWindow *window; /* borrowed: it stands in it */
  CrChart *chart;
  CrReferralDraft *draft;
  CrId referral;
  CrPacketSource *source;
  CrImprint imprint;
  char *by;
  CrPaper *paper;
  gboolean frozen;
  int stage; /* CrReferralStage as shown */
  guint relayout;
};

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPacketComposer, cr_packet_composer, GTK_TYPE_WIDGET)

static void
say (CrPacketComposer *self, const char *text)
{
  gtk_label_set_label (self->message, text != NULL ? text : "");
}

/* ---- preview: the same paper that is printed ---- */

static void
paint (CrPacketComposer *self)
{
  CrPacketContent *content = cr_packet_source_content (self->source);
  g_autofree char *text = NULL;
  guint n;
  g_clear_pointer (&self->paper, cr_paper_free);
  self->imprint.at = cr_clock_now (self->imprint.clock);
  content->referral = cr_referral_draft_peek (self->draft);
  content->knowledge = cr_session_get_knowledge (cr_window_get_session (self->window));
  self->paper = cr_packet (content);
  n = cr_paper_pages (self->paper);
  text = n > LONG_PACKET ? g_strdup_printf (_ ("%u pages. Long packet: specialists read page 1."), n)
                         : g_strdup_printf (ngettext ("%u page", "%u pages", n), n);
  gtk_label_set_label (self->pages_label, text);
  cr_packet_preview_show_paper (self->preview, self->paper);
}

static gboolean
relayout_cb (gpointer data)
{
  CrPacketComposer *self = data;
  self->relayout = 0;
  paint (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_paint (CrPacketComposer *self)
{
  if (self->relayout != 0)
    g_source_remove (self->relayout);
  self->relayout = g_timeout_add (RELAYOUT_MS, relayout_cb, self);
}

/* ---- contents list ---- */

static void
toggled_cb (GtkCheckButton *check, CrPacketComposer *self)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "cr-at"));
  GArray *items = cr_packet_source_items (self->source);
  g_array_index (items, CrPacketItem, at).include = gtk_check_button_get_active (check);
  schedule_paint (self);
}

static void
item_selected_cb (GtkListBox *list, GtkListBoxRow *row, CrPacketComposer *self)
{
  GArray *items = self->source != NULL ? cr_packet_source_items (self->source) : NULL;
  guint at = row != NULL ? (guint)gtk_list_box_row_get_index (row) : G_MAXUINT;
  if (items != NULL && self->paper != NULL && at < items->len) {
    guint page = cr_packet_item_page (self->paper, &g_array_index (items, CrPacketItem, at), NULL);
    if (page > 0)
      cr_packet_preview_scroll_to (self->preview, page - 1);
  }
}

static void
add_item (CrPacketComposer *self, guint at, const CrPacketItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *title = cr_packet_item_title (cr_packet_source_content (self->source), item);
  GtkWidget *check = gtk_check_button_new_with_label (title);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), item->include);
  gtk_widget_set_sensitive (check, item->part != CR_PACKET_LETTER);
  gtk_widget_set_margin_start (check, item->id != CR_ID_NONE ? 24 : 6);
  g_object_set_data (G_OBJECT (check), "cr-at", GUINT_TO_POINTER (at));
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (self->contents, row);
}

static void
fill_contents (CrPacketComposer *self)
{
  GArray *items = cr_packet_source_items (self->source);
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->contents))) != NULL)
    gtk_list_box_remove (self->contents, row);
  for (guint i = 0; i < items->len; i++)
    add_item (self, i, &g_array_index (items, CrPacketItem, i));
}

static gboolean
contents_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
                 CrPacketComposer *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->contents);
  GtkWidget *check = row != NULL ? gtk_list_box_row_get_child (row) : NULL;
  if (check == NULL || !gtk_widget_get_sensitive (check) || (key != GDK_KEY_space && key != GDK_KEY_Delete))
    return FALSE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               key == GDK_KEY_space &&
                                   !gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  return TRUE;
}

/* ---- letter ---- */

static char *
text_of (GtkTextView *view)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
letter_changed_cb (CrPacketComposer *self)
{
  g_autofree char *question = NULL, *history = NULL, *done = NULL;
  if (self->draft == NULL || self->frozen)
    return;
  question = text_of (self->question);
  history = text_of (self->history);
  done = text_of (self->done);
  g_object_set (self->draft, "question", question, "history", history, "done", done, "wants",
                gtk_editable_get_text (GTK_EDITABLE (self->wants)), "needs",
                gtk_editable_get_text (GTK_EDITABLE (self->needs)), NULL);
  schedule_paint (self);
}

static void
set_text (GtkTextView *view, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text != NULL ? text : "", -1);
}

static void
fill_letter (CrPacketComposer *self, const CrReferral *r)
{
  const CrPatient *p = cr_chart_get_records (self->chart)->patient;
  const CrContact *to = cr_chart_records_contact (cr_chart_get_records (self->chart), r->contact_id);
  g_autofree char *name = cr_patient_name_display (p);
  g_autofree char *who = to != NULL ? cr_contact_display (to) : g_strdup (r->specialty);
  g_autofree char *born = cr_date_format (p->birth_date);
  g_autofree char *heading =
      g_strdup_printf (_ ("%s  ·  %s  ·  MRN %s   → %s   %s"), name, born, p->mrn, who, r->number);
  CrReferralDraft *draft = self->draft;
  gtk_label_set_label (self->heading, heading);
  self->draft = NULL; /* filling is not typing */
  set_text (self->question, r->question);
  set_text (self->history, r->history);
  set_text (self->done, r->done);
  gtk_editable_set_text (GTK_EDITABLE (self->wants), r->wants != NULL ? r->wants : "");
  gtk_editable_set_text (GTK_EDITABLE (self->needs), r->needs != NULL ? r->needs : "");
  self->draft = draft;
}

/* The question was signed by the prescriber: it is read, not edited, here. */
static void
show_stage (CrPacketComposer *self, const CrReferral *r)
{
  CrSession *session = cr_window_get_session (self->window);
  gboolean works = cr_session_can (session, CR_RIGHT_REFERRAL_WORK);
  self->frozen = r->packet_id != CR_ID_NONE;
  self->stage = r->stage;
  gtk_text_view_set_editable (self->question, FALSE);
  gtk_widget_set_sensitive (self->letter_box, !self->frozen && works);
  gtk_widget_set_sensitive (GTK_WIDGET (self->contents), !self->frozen);
  gtk_widget_set_visible (GTK_WIDGET (self->freeze_button), !self->frozen && works);
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), !self->frozen && works);
  gtk_widget_set_visible (GTK_WIDGET (self->print_button),
                          self->frozen && cr_session_can (session, CR_RIGHT_EXPORT));
  gtk_widget_set_visible (GTK_WIDGET (self->sent_button),
                          self->frozen && works && r->stage == CR_REF_PACKET_READY);
  say (self, self->frozen ? cr_referral_stage_word (r->stage) : NULL);
}

/* ---- frozen bytes ---- */

static void
deliver (CrPacketComposer *self, GBytes *pdf)
{
  const CrReferral *r = cr_referral_draft_peek (self->draft);
  const CrPatient *p = cr_chart_get_records (self->chart)->patient;
  g_autofree char *title = g_strdup_printf (_ ("Referral packet %s"), r->number);
  g_autofree char *family = cr_text_upper (p->family);
  g_autofree char *date = cr_date_to_iso (cr_clock_today (self->imprint.clock));
  g_autofree char *file = g_strdup_printf ("Referral_%s-%.1s_%s_%s.pdf", family,
                                           p->given != NULL ? p->given : "", date, r->specialty);
  cr_window_present_pdf (self->window, pdf, title, file, "referral", r->id, r->patient_id);
}

static void
frozen_shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPacketComposer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cr_referral_packet_finish (result, &error);
  if (pdf == NULL)
    say (self, error->message);
  else if (self->chart != NULL)
    cr_packet_preview_show_pdf (self->preview, pdf);
}

static void
packet_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPacketComposer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cr_referral_packet_finish (result, &error);
  if (pdf == NULL)
    say (self, error->message);
  else if (self->chart != NULL)
    deliver (self, pdf);
}

static void
print_cb (CrPacketComposer *self)
{
  cr_referral_packet_async (cr_window_get_session (self->window), self->referral, "view", packet_cb,
                            g_object_ref (self));
}

static void
frozen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPacketComposer) self = data;
  g_autoptr (GError) error = NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->freeze_button), TRUE);
  if (!cr_session_finish (result, &error)) {
    say (self, error->message);
    return;
  }
  cr_window_toast (self->window, _ ("Packet ready: frozen and stored."), NULL, NULL);
  print_cb (self);
}

static void
freeze_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPacketComposer) self = data;
  g_autoptr (GError) error = NULL;
  CrPaperMeta meta = { self->imprint.at, NULL };
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) pdf = NULL;
  if (!cr_session_finish (result, &error) || self->source == NULL) {
    say (self, error != NULL ? error->message : NULL);
    gtk_widget_set_sensitive (GTK_WIDGET (self->freeze_button), TRUE);
    return;
  }
  cr_packet_source_content (self->source)->frozen = TRUE;
  paint (self);
  pdf = cr_paper_to_pdf (self->paper, &meta, &error);
  if (pdf == NULL) {
    say (self, error->message);
    return;
  }
  contents = cr_packet_source_contents_json (self->source);
  cr_referral_freeze_async (cr_window_get_session (self->window), self->referral, pdf,
                            (int)cr_paper_pages (self->paper), contents, frozen_cb, g_object_ref (self));
}

static void
freeze_cb (CrPacketComposer *self)
{
  if (self->draft == NULL || self->frozen)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->freeze_button), FALSE);
  cr_referral_draft_save_async (self->draft, freeze_saved_cb, g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPacketComposer) self = data;
  g_autoptr (GError) error = NULL;
  say (self, cr_session_finish (result, &error) ? _ ("Draft saved.") : error->message);
}

static void
save_cb (CrPacketComposer *self)
{
  if (self->draft != NULL && !self->frozen)
    cr_referral_draft_save_async (self->draft, saved_cb, g_object_ref (self));
}

/* ---- sent ---- */

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPacketComposer) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    say (self, error->message);
  else
    cr_window_toast (self->window, _ ("Recorded as sent."), NULL, NULL);
}

static void
method_cb (GtkButton *button, CrPacketComposer *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  const CrReferral *r = cr_referral_draft_peek (self->draft);
  const CrContact *to = cr_chart_records_contact (cr_chart_get_records (self->chart), r->contact_id);
  g_autofree char *who = to != NULL ? cr_contact_display (to) : g_strdup (r->specialty);
  cr_referral_sent_async (cr_window_get_session (self->window), self->referral,
                          g_object_get_data (G_OBJECT (button), "cr-method"), who, sent_cb,
                          g_object_ref (self));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
ask_sent_cb (CrPacketComposer *self)
{
  static const struct {
    const char *method, *words;
  } METHODS[] = { { "fax", N_ ("By fax") },
                  { "mail", N_ ("By mail") },
                  { "hand", N_ ("Handed to the patient") },
                  { "portal", N_ ("Through their portal") },
                  { "phone", N_ ("By phone") } };
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (METHODS); i++) {
    GtkWidget *button = gtk_button_new_with_label (_ (METHODS[i].words));
    g_object_set_data (G_OBJECT (button), "cr-method", (gpointer)METHODS[i].method);
    g_signal_connect (button, "clicked", G_CALLBACK (method_cb), self);
    gtk_box_append (GTK_BOX (box), button);
  }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, GTK_WIDGET (self->sent_button));
  g_signal_connect (popover, "closed", G_CALLBACK (gtk_widget_unparent), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
close_cb (CrPacketComposer *self)
{
  save_cb (self);
  g_signal_emit (self, signals[CLOSED], 0);
}

/* ---- class ---- */

static void
cr_packet_composer_dispose (GObject *object)
{
  CrPacketComposer *self = CR_PACKET_COMPOSER (object);
  if (self->preview != NULL)
    cr_packet_composer_set_referral (self, NULL, CR_ID_NONE);
  self->preview = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_PACKET_COMPOSER);
  G_OBJECT_CLASS (cr_packet_composer_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, root);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, letter_box);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, heading);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, pages_label);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, message);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, contents);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, question);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, history);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, done);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, wants);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, needs);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, preview_box);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, close_button);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, save_button);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, freeze_button);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, print_button);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, sent_button);
}

static void
cr_packet_composer_class_init (CrPacketComposerClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_packet_composer_dispose;
  signals[CLOSED] = g_signal_new ("closed", CR_TYPE_PACKET_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/referrals/packet-composer.ui");
  bind_children (widget);
}

static void
watch (CrPacketComposer *self)
{
  GtkTextView *texts[] = { self->history, self->done };
  GtkEventController *keys = gtk_event_controller_key_new ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_signal_connect_swapped (gtk_text_view_get_buffer (texts[i]), "changed", G_CALLBACK (letter_changed_cb),
                              self);
  g_signal_connect_swapped (self->wants, "changed", G_CALLBACK (letter_changed_cb), self);
  g_signal_connect_swapped (self->needs, "changed", G_CALLBACK (letter_changed_cb), self);
  g_signal_connect (self->contents, "row-selected", G_CALLBACK (item_selected_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (contents_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->contents), keys);
}

static void
cr_packet_composer_init (CrPacketComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->preview = CR_PACKET_PREVIEW (cr_packet_preview_new ());
  gtk_box_append (self->preview_box, GTK_WIDGET (self->preview));
  watch (self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->freeze_button, "clicked", G_CALLBACK (freeze_cb), self);
  g_signal_connect_swapped (self->print_button, "clicked", G_CALLBACK (print_cb), self);
  g_signal_connect_swapped (self->sent_button, "clicked", G_CALLBACK (ask_sent_cb), self);
}

/* ---- public ---- */

GtkWidget *
cr_packet_composer_new (CrWindow *window)
{
  CrPacketComposer *self = g_object_new (CR_TYPE_PACKET_COMPOSER, NULL);
  self->window = window;
  return GTK_WIDGET (self);
}

static const CrReferral *
find (CrChart *chart, CrId id)
{
  const GPtrArray *all = cr_chart_get_records (chart)->referrals;
  for (guint i = 0; i < all->len; i++)
    if (((const CrReferral *)all->pdata[i])->id == id)
      return all->pdata[i];
  return NULL;
}

static void
clear (CrPacketComposer *self)
{
  if (self->relayout != 0)
    g_source_remove (self->relayout);
  self->relayout = 0;
  cr_packet_preview_show_paper (self->preview, NULL);
  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  g_clear_pointer (&self->paper, cr_paper_free);
  g_clear_pointer (&self->source, cr_packet_source_free);
  g_clear_pointer (&self->by, g_free);
  g_clear_object (&self->draft);
  g_clear_object (&self->chart);
}

/* Ticks of the contents list by item, from one source to the next. */
static void
keep_ticks (GArray *from, GArray *to)
{
  for (guint i = 0; i < to->len; i++) {
    CrPacketItem *item = &g_array_index (to, CrPacketItem, i);
    for (guint j = 0; j < from->len; j++) {
      const CrPacketItem *old = &g_array_index (from, CrPacketItem, j);
      if (old->part == item->part && old->id == item->id)
        item->include = old->include;
    }
  }
}

/* The chart's records were replaced: what was borrowed is taken anew; ticks and typed texts stay. */
static void
renew_source (CrPacketComposer *self)
{
  CrPacketSource *old = self->source;
  self->imprint.practice = cr_chart_get_records (self->chart)->practice;
  self->source = cr_packet_source_new (cr_chart_get_records (self->chart),
                                       cr_referral_draft_peek (self->draft), &self->imprint);
  keep_ticks (cr_packet_source_items (old), cr_packet_source_items (self->source));
  cr_packet_source_free (old);
  fill_contents (self);
  if (!self->frozen)
    paint (self);
}

static void
reloaded_cb (CrPacketComposer *self)
{
  const CrReferral *r = find (self->chart, self->referral);
  if (r == NULL || self->source == NULL)
    return;
  if ((r->packet_id != CR_ID_NONE) == self->frozen && r->stage == self->stage) {
    renew_source (self);
  } else {
    g_autoptr (CrChart) chart = g_object_ref (self->chart);
    cr_packet_composer_set_referral (self, chart, self->referral);
  }
}

static void
start (CrPacketComposer *self, const CrReferral *r)
{
  CrSession *session = cr_window_get_session (self->window);
  self->draft = cr_referral_draft_new (self->chart, r);
  self->by = cr_person_short (cr_session_get_person (session));
  self->imprint = (CrImprint){ .practice = cr_chart_get_records (self->chart)->practice,
                               .clock = cr_session_get_clock (session),
                               .at = cr_clock_now (cr_session_get_clock (session)),
                               .by = self->by };
  self->source = cr_packet_source_new (cr_chart_get_records (self->chart),
                                       cr_referral_draft_peek (self->draft), &self->imprint);
  fill_letter (self, r);
  show_stage (self, r);
  fill_contents (self);
  if (self->frozen)
    cr_referral_packet_async (session, r->id, "view", frozen_shown_cb, g_object_ref (self));
  else
    paint (self);
}

void
cr_packet_composer_set_referral (CrPacketComposer *self, CrChart *chart, CrId referral)
{
  const CrReferral *r = chart != NULL ? find (chart, referral) : NULL;
  clear (self);
  self->referral = referral;
  if (r == NULL)
    return;
  self->chart = g_object_ref (chart);
  g_signal_connect_swapped (chart, "reloaded", G_CALLBACK (reloaded_cb), self);
  start (self, r);
}

gboolean
cr_packet_composer_perform (CrPacketComposer *self, const char *what)
{
  if (self->draft == NULL)
    return FALSE;
  if (g_strcmp0 (what, "primary") == 0 && !self->frozen)
    freeze_cb (self);
  else if (g_strcmp0 (what, "print") == 0 && self->frozen)
    print_cb (self);
  else if (g_strcmp0 (what, "save") == 0)
    save_cb (self);
  else
    return FALSE;
  return TRUE;
}
