#include "src/ui/chart/documents-section.h"
#include "src/ui/shell/focus.h"
#include "src/ui/chart/line.h"
#include "src/ui/shell/pdf-view.h"
#include "chartroom/base/text.h"
#include "chartroom/helpers/document-pages.h"
#include "chartroom/helpers/pdf-pages.h"
#include <glib/gi18n.h>

#define PAGE_WIDTH 680

struct _CrDocumentsSection {
  CrChartSection parent;
  GtkWidget *root;
  GtkStack *stack, *viewer;
  GtkListView *list;
  GtkLabel *count_label, *title_label, *meta_label, *text_label, *notice_label;
  GtkBox *pages_box;
  GtkButton *print_button;
  GtkSingleSelection *selection; /* over the chart's documents */
  CrId shown;                    /* document in the viewer */
  GBytes *pdf;                   /* a packet of ours: its bytes and pages */
  CrPdfPages *pages;
  GPtrArray *images; /* from outside: its pages as the child read them */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrDocumentsSection, cr_documents_section, CR_TYPE_CHART_SECTION,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrChart *
chart_of (CrDocumentsSection *self)
{
  return cr_chart_section_get_chart (CR_CHART_SECTION (self));
}

static const char *
kind_word (const char *kind)
{
  static const char *const KINDS[][2] = { { "scan", N_ ("Scan") },
                                          { "photo", N_ ("Photo") },
                                          { "packet", N_ ("Referral packet") },
                                          { "letter", N_ ("Letter") },
                                          { "report", N_ ("Report") } };
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (kind, KINDS[i][0]) == 0)
      return _ (KINDS[i][1]);
  return cr_str_empty (kind) ? _ ("Document") : kind;
}

/* ---- the list ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrDocumentsSection *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), cr_line_text (NULL, "value"));
  gtk_box_append (GTK_BOX (box), cr_line_text (NULL, "caption"));
  gtk_widget_add_css_class (box, "list-line");
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrDocumentsSection *self)
{
  GtkWidget *box = gtk_list_item_get_child (item), *row = gtk_widget_get_parent (box);
  const CrDocument *d = cr_row_peek (gtk_list_item_get_item (item));
  CrDate date = cr_date_is_set (d->dated) ? d->dated : CR_DATE_NONE;
  g_autofree char *day = cr_date_format (date);
  g_autofree char *meta =
      g_strdup_printf ("%s · %s%s", day, kind_word (d->kind), d->sensitive ? _ (" · sensitive") : "");
  g_autofree char *spoken = g_strdup_printf ("%s, %s", d->title != NULL ? d->title : _ ("Untitled"), meta);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)),
                       d->title != NULL ? d->title : _ ("Untitled"));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), meta);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* ---- the viewer ---- */

static void
empty_viewer (CrDocumentsSection *self)
{
  cr_line_clear (GTK_WIDGET (self->pages_box));
  g_clear_pointer (&self->pages, cr_pdf_pages_free);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  gtk_label_set_label (self->text_label, "");
  gtk_label_set_label (self->notice_label, "");
  gtk_label_set_label (self->title_label, "");
  gtk_label_set_label (self->meta_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->print_button), FALSE);
  gtk_stack_set_visible_child_name (self->viewer, "none");
  self->shown = CR_ID_NONE;
}

static void
show_notice (CrDocumentsSection *self, const char *sentence)
{
  gtk_label_set_label (self->notice_label, sentence);
  gtk_stack_set_visible_child_name (self->viewer, "notice");
}

static void
add_page (CrDocumentsSection *self, guint i, guint n)
{
  g_autofree char *label = g_strdup_printf (_ ("Page %u of %u"), i + 1, n);
  GtkWidget *page = self->images != NULL ? cr_page_view_new (self->images->pdata[i], PAGE_WIDTH, label)
                                         : cr_pdf_view_new (self->pages, i, PAGE_WIDTH, label);
  gtk_widget_set_halign (page, GTK_ALIGN_CENTER);
  gtk_box_append (self->pages_box, page);
}

static void
show_pages (CrDocumentsSection *self)
{
  guint n = self->images != NULL ? self->images->len : cr_pdf_pages_count (self->pages);
  for (guint i = 0; i < n; i++)
    add_page (self, i, n);
  gtk_widget_set_visible (GTK_WIDGET (self->print_button),
                          cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_EXPORT));
  gtk_stack_set_visible_child_name (self->viewer, "pdf");
}

static void
show_own (CrDocumentsSection *self, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  self->pages = cr_pdf_pages_new (bytes, &error);
  if (self->pages == NULL) {
    show_notice (self, error->message);
    return;
  }
  self->pdf = g_bytes_ref (bytes);
  show_pages (self);
}

static void
show_text (CrDocumentsSection *self, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  if (strlen (text) != size || !g_utf8_validate (text, -1, NULL)) {
    show_notice (self, _ ("This kind of document cannot be shown here. It is stored unchanged."));
    return;
  }
  gtk_label_set_label (self->text_label, text);
  gtk_stack_set_visible_child_name (self->viewer, "text");
}

typedef struct {
  CrDocumentsSection *self;
  CrId id;
  gboolean own; /* a PDF that was frozen here, not one from outside */
} Reading;

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (CrDocumentsSection) self = reading->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) images = cr_document_pages_finish (result, &error);
  if (self->root == NULL || reading->id != self->shown)
    return; /* another one was chosen meanwhile */
  if (images == NULL) {
    show_notice (self, error->message);
    return;
  }
  self->images = g_steal_pointer (&images);
  show_pages (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (CrDocumentsSection) self = reading->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = cr_chart_read_document_finish (result, &error);
  if (self->root == NULL || reading->id != self->shown)
    return;
  if (bytes == NULL)
    show_notice (self, error->message);
  else if (reading->own)
    show_own (self, bytes);
  else if (cr_document_is_pages (bytes)) {
    g_object_ref (self);
    cr_document_pages_async (bytes, decoded_cb, g_steal_pointer (&reading));
  } else
    show_text (self, bytes);
}

static void
show_document (CrDocumentsSection *self, const CrDocument *d)
{
  const CrPerson *who =
      cr_chart_records_person (cr_chart_section_records (CR_CHART_SECTION (self)), d->added_by);
  g_autofree char *day = cr_date_format (d->dated);
  g_autofree char *added = cr_chart_section_time (CR_CHART_SECTION (self), d->added_at);
  g_autofree char *name = who != NULL ? cr_person_formal (who) : g_strdup ("");
  g_autofree char *meta =
      g_strdup_printf (_ ("%s · dated %s · added %s %s"), kind_word (d->kind), day, added, name);
  Reading *reading;
  empty_viewer (self);
  self->shown = d->id;
  gtk_label_set_label (self->title_label, d->title != NULL ? d->title : _ ("Untitled"));
  gtk_label_set_label (self->meta_label, meta);
  reading = g_new0 (Reading, 1);
  reading->self = g_object_ref (self);
  reading->id = d->id;
  reading->own = g_strcmp0 (d->kind, "packet") == 0; /* only freezing makes that kind */
  cr_chart_read_document_async (chart_of (self), d->id, read_cb, reading);
}

/* Opened, not only walked over: each reading is in the audit. */
static void
opened_cb (GtkListView *list, guint position, CrDocumentsSection *self)
{
  g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  if (row != NULL)
    show_document (self, cr_row_peek (row));
}

/* What came from outside goes on as pages of our own making. */
static void
print (CrDocumentsSection *self)
{
  g_autoptr (GBytes) pdf =
      self->images != NULL ? cr_document_pages_to_pdf (self->images) : g_bytes_ref (self->pdf);
  const char *title = gtk_label_get_label (self->title_label);
  cr_window_present_pdf (cr_chart_section_get_window (CR_CHART_SECTION (self)), pdf, title, "document.pdf",
                         "document", self->shown, cr_chart_get_patient_id (chart_of (self)));
}

/* ---- section ---- */

static void
cr_documents_section_show (CrChartSection *section)
{
  CrDocumentsSection *self = CR_DOCUMENTS_SECTION (section);
  GListModel *documents = chart_of (self) != NULL ? cr_chart_get_documents (chart_of (self)) : NULL;
  guint n = documents != NULL ? g_list_model_get_n_items (documents) : 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u document", "%u documents", n), n);
  if (gtk_single_selection_get_model (self->selection) != documents) {
    empty_viewer (self);
    gtk_single_selection_set_model (self->selection, documents);
  }
  gtk_label_set_label (self->count_label, count);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
open_id (CrDocumentsSection *self, CrId id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
    if (cr_row_get_id (row) != id)
      continue;
    gtk_single_selection_set_selected (self->selection, i);
    show_document (self, cr_row_peek (row));
  }
}

static void
cr_documents_section_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrDocumentsSection *self = CR_DOCUMENTS_SECTION (page);
  cr_chart_section_refresh (CR_CHART_SECTION (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  if (hint != NULL && g_str_has_prefix (hint, "document:"))
    open_id (self, g_ascii_strtoll (hint + strlen ("document:"), NULL, 10));
}

static gboolean
cr_documents_section_perform (CrPage *page, const char *what)
{
  CrDocumentsSection *self = CR_DOCUMENTS_SECTION (page);
  if (!g_str_equal (what, "print") || (self->pdf == NULL && self->images == NULL) ||
      !cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_EXPORT))
    return FALSE;
  print (self);
  return TRUE;
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = cr_documents_section_enter;
  iface->perform = cr_documents_section_perform;
}

static void
cr_documents_section_dispose (GObject *object)
{
  CrDocumentsSection *self = CR_DOCUMENTS_SECTION (object);
  if (self->root != NULL) {
    cr_chart_section_set_chart (CR_CHART_SECTION (self), NULL);
    empty_viewer (self);
  }
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_DOCUMENTS_SECTION);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (cr_documents_section_parent_class)->dispose (object);
}

static void
cr_documents_section_class_init (CrDocumentsSectionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_documents_section_dispose;
  CR_CHART_SECTION_CLASS (klass)->show = cr_documents_section_show;
  g_type_ensure (CR_TYPE_ONE_STOP);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/chart/documents-section.ui");
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, root);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, stack);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, viewer);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, list);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, count_label);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, title_label);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, meta_label);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, text_label);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, notice_label);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, pages_box);
  gtk_widget_class_bind_template_child (widget, CrDocumentsSection, print_button);
}

static void
cr_documents_section_init (CrDocumentsSection *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_single_selection_new (NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect (self->list, "activate", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->print_button, "clicked", G_CALLBACK (print), self);
}

GtkWidget *
cr_documents_section_new (CrWindow *window)
{
  CrDocumentsSection *self = g_object_new (CR_TYPE_DOCUMENTS_SECTION, NULL);
  cr_chart_section_set_window (CR_CHART_SECTION (self), window);
  return GTK_WIDGET (self);
}
