#include "src/ui/referrals/packet-composer.h"
#include "src/ui/referrals/packet-contents.h"
#include "src/ui/referrals/packet-delivery.h"
#include "src/ui/referrals/packet-preview.h"
#include "chartroom/base/text.h"
#include "chartroom/helpers/document-pages.h"
#include "chartroom/session/practice-settings.h"
#include <glib/gi18n.h>

#define RELAYOUT_MS 250 /* pause after the last key before the preview follows */
#define LONG_PACKET 12

struct _CrPacketComposer {
  GtkWidget parent;
  GtkWidget *root, *letter_box;
  GtkLabel *heading, *pages_label, *message;
  CrPacketContents *contents;
  GtkTextView *question, *history, *done;
  GtkEntry *wants, *needs;
  GtkBox *preview_box, *contents_box;
  GtkButton *cover_button, *copy_button;
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
  guint relayout, scans_asked;
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
  cr_packet_contents_show_pages (self->contents, self->paper);
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
picked_cb (CrPacketContents *contents, const char *key, CrPacketComposer *self)
{
  cr_packet_preview_scroll_to (self->preview, key);
}

static void
clicked_cb (CrPacketPreview *preview, const char *key, CrPacketComposer *self)
{
  cr_packet_contents_select (self->contents, key);
}

static void
fill_contents (CrPacketComposer *self)
{
  CrClock *clock = self->imprint.clock;
  CrSession *session = cr_window_get_session (self->window);
  g_autoptr (GArray) gaps =
      cr_referral_gaps (cr_session_get_knowledge (session), cr_referral_draft_peek (self->draft)->specialty,
                        cr_chart_get_records (self->chart), clock, cr_clock_today (clock));
  cr_packet_contents_set_source (self->contents, self->source);
  cr_packet_contents_set_gaps (self->contents, gaps);
}

/* ---- scans: read, turned into pages, then painted ---- */

typedef struct {
  CrPacketComposer *self;
  CrId document;
} Scan;

static void read_scans (CrPacketComposer *self);

static void
take_scan (Scan *scan, GPtrArray *pages, const GError *error)
{
  CrPacketComposer *self = scan->self;
  self->scans_asked--;
  if (pages == NULL)
    say (self, error->message);
  else if (self->source != NULL)
    cr_packet_source_set_pages (self->source, scan->document, pages);
  if (self->source != NULL && !self->frozen) {
    if (pages != NULL)
      read_scans (self);
    schedule_paint (self);
  }
  g_object_unref (self);
  g_free (scan);
}

static void
scan_decoded_cb (GObject *source, GAsyncResult *result, gpointer scan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = cr_document_pages_finish (result, &error);
  take_scan (scan, pages, error);
}

static void
scan_read_cb (GObject *source, GAsyncResult *result, gpointer scan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = cr_chart_read_document_finish (result, &error);
  if (content != NULL)
    cr_document_pages_async (content, scan_decoded_cb, scan);
  else
    take_scan (scan, NULL, error);
}

/* One after the other; the picture of one that cannot be read stays missing, and the packet cannot be frozen.
 */
static void
read_scans (CrPacketComposer *self)
{
  g_autoptr (GArray) ids = cr_packet_source_scans (self->source);
  for (guint i = 0; i < ids->len && self->scans_asked == 0; i++) {
    Scan *scan = g_new0 (Scan, 1);
    *scan = (Scan){ g_object_ref (self), g_array_index (ids, CrId, i) };
    self->scans_asked++;
    cr_chart_read_document_async (self->chart, scan->document, scan_read_cb, scan);
  }
}

static void
contents_changed_cb (CrPacketComposer *self)
{
  if (self->source == NULL)
    return;
  read_scans (self);
  schedule_paint (self);
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
  g_autofree char *who = cr_referral_recipient (r->specialty, to);
  g_autofree char *born = cr_date_format (p->birth_date);
  g_autofree char *heading = g_strdup_printf (_ ("%s  ·  %s  ·  MRN %s   → %s   %s"), name, born, p->mrn, who,
                                              r->number != NULL ? r->number : "");
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
  gtk_widget_set_visible (GTK_WIDGET (self->cover_button),
                          gtk_widget_get_visible (GTK_WIDGET (self->print_button)));
  gtk_widget_set_visible (GTK_WIDGET (self->copy_button),
                          gtk_widget_get_visible (GTK_WIDGET (self->print_button)));
  gtk_widget_set_visible (GTK_WIDGET (self->sent_button),
                          self->frozen && works && r->stage == CR_REF_PACKET_READY);
  say (self, self->frozen ? cr_referral_stage_word (r->stage) : NULL);
}

/* ---- frozen bytes ---- */

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

static CrDelivery
delivery_of (CrPacketComposer *self)
{
  const CrChartRecords *records = cr_chart_get_records (self->chart);
  const CrReferral *r = cr_referral_draft_peek (self->draft);
  return (CrDelivery){ self->window, r, records->patient, cr_chart_records_contact (records, r->contact_id),
                       self->imprint.clock };
}

static void
packet_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPacketComposer) self = data;
  g_autoptr (GError) error = NULL;
  int earlier = 0;
  g_autoptr (GBytes) pdf = cr_referral_packet_earlier_finish (result, &earlier, &error);
  if (pdf == NULL) {
    say (self, error->message);
  } else if (self->chart != NULL) {
    CrDelivery delivery = delivery_of (self);
    cr_packet_deliver (&delivery, pdf, earlier);
  }
}

static void
print_cb (CrPacketComposer *self)
{
  cr_referral_packet_async (cr_window_get_session (self->window), self->referral, "view", packet_cb,
                            g_object_ref (self));
}

/* What goes along on a page of its own, from the same chart. */
static void
present_extra (CrPacketComposer *self, CrPaper *paper, const char *title, const char *kind)
{
  CrDelivery delivery = delivery_of (self);
  cr_packet_deliver_extra (&delivery, paper, title, kind, self->imprint.at);
}

static void
cover_cb (CrPacketComposer *self)
{
  g_autoptr (CrPaper) paper =
      cr_packet_fax_cover (cr_packet_source_content (self->source), cr_packet_preview_count (self->preview));
  present_extra (self, paper, _ ("Fax cover"), "fax-cover");
}

static void
copy_cb (CrPacketComposer *self)
{
  g_autoptr (CrPaper) paper = cr_packet_patient_copy (cr_packet_source_content (self->source));
  present_extra (self, paper, _ ("Patient copy"), "patient-copy");
}

/* The order was made before and stands; what follows from it is said with what went wrong. */
static void
say_not_frozen (CrPacketComposer *self, gboolean saved, const GError *error)
{
  const CrReferral *r = self->draft != NULL ? cr_referral_draft_peek (self->draft) : NULL;
  const char *number = r != NULL && r->number != NULL ? r->number : _ ("The referral");
  g_autofree char *text = g_strdup_printf (
      saved ? _ ("%s stays ordered and its letter is saved; the packet is not frozen. %s")
            : _ ("%s stays ordered; its letter is not saved and the packet is not frozen. %s"),
      number, error->message);
  say (self, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->freeze_button), TRUE);
  if (self->source == NULL)
    return;
  cr_packet_source_content (self->source)->frozen = FALSE;
  paint (self);
}

static void
frozen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPacketComposer) self = data;
  g_autoptr (GError) error = NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->freeze_button), TRUE);
  if (!cr_session_finish (result, &error)) {
    say_not_frozen (self, TRUE, error);
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
  if (!cr_session_finish (result, &error)) {
    say_not_frozen (self, FALSE, error);
    return;
  }
  if (self->source == NULL) {
    gtk_widget_set_sensitive (GTK_WIDGET (self->freeze_button), TRUE);
    return;
  }
  cr_packet_source_content (self->source)->frozen = TRUE;
  paint (self);
  pdf = cr_paper_to_pdf (self->paper, &meta, &error);
  if (pdf == NULL) {
    say_not_frozen (self, TRUE, error);
    return;
  }
  contents = cr_packet_source_contents_json (self->source);
  cr_referral_freeze_async (cr_window_get_session (self->window), self->referral, pdf,
                            (int)cr_paper_pages (self->paper), contents, frozen_cb, g_object_ref (self));
}

static void
freeze_cb (CrPacketComposer *self)
{
  g_autoptr (GArray) unread = self->source != NULL ? cr_packet_source_scans (self->source) : NULL;
  if (self->draft == NULL || self->frozen)
    return;
  if (unread != NULL && unread->len > 0) {
    say (self, self->scans_asked > 0
                   ? _ ("A scan is still being read. Try again in a moment.")
                   : _ ("A scan cannot be printed. Leave it out (Delete), or send it by itself."));
    return;
  }
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
ask_sent_cb (CrPacketComposer *self)
{
  CrDelivery delivery = delivery_of (self);
  cr_packet_ask_sent (&delivery, GTK_WIDGET (self->sent_button));
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
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, contents_box);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, cover_button);
  gtk_widget_class_bind_template_child (widget, CrPacketComposer, copy_button);
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
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_signal_connect_swapped (gtk_text_view_get_buffer (texts[i]), "changed", G_CALLBACK (letter_changed_cb),
                              self);
  g_signal_connect_swapped (self->wants, "changed", G_CALLBACK (letter_changed_cb), self);
  g_signal_connect_swapped (self->needs, "changed", G_CALLBACK (letter_changed_cb), self);
  g_signal_connect (self->contents, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect_swapped (self->contents, "changed", G_CALLBACK (contents_changed_cb), self);
  g_signal_connect (self->preview, "picked", G_CALLBACK (clicked_cb), self);
}

static void
cr_packet_composer_init (CrPacketComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->preview = CR_PACKET_PREVIEW (cr_packet_preview_new ());
  gtk_box_append (self->preview_box, GTK_WIDGET (self->preview));
  self->contents = CR_PACKET_CONTENTS (cr_packet_contents_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->contents), TRUE);
  gtk_box_append (self->contents_box, GTK_WIDGET (self->contents));
  watch (self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->freeze_button, "clicked", G_CALLBACK (freeze_cb), self);
  g_signal_connect_swapped (self->print_button, "clicked", G_CALLBACK (print_cb), self);
  g_signal_connect_swapped (self->cover_button, "clicked", G_CALLBACK (cover_cb), self);
  g_signal_connect_swapped (self->copy_button, "clicked", G_CALLBACK (copy_cb), self);
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
  cr_packet_contents_set_source (self->contents, NULL);
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
  cr_packet_source_take (self->source, old);
  fill_contents (self);
  cr_packet_source_free (old);
  read_scans (self);
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
                               .logo = cr_session_get_logo (cr_window_get_session (self->window)),
                               .clock = cr_session_get_clock (session),
                               .at = cr_clock_now (cr_session_get_clock (session)),
                               .by = self->by };
  self->source = cr_packet_source_new (cr_chart_get_records (self->chart),
                                       cr_referral_draft_peek (self->draft), &self->imprint);
  fill_letter (self, r);
  show_stage (self, r);
  fill_contents (self);
  read_scans (self);
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
