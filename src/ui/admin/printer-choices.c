#include "src/ui/admin/printer-choices.h"
#include "src/ui/admin/form.h"
#include "src/ui/shell/focus.h"
#include <glib/gi18n.h>
#include <gtk/gtkunixprint.h>

struct _CrPrinterChoices {
  GtkWidget parent;
  GtkWidget *form;
  GtkWidget *choices[CR_N_PRINT_PAPERS];
  GPtrArray *names;                /* of the printers that are there, in the order they were found */
  char *chosen[CR_N_PRINT_PAPERS]; /* NULL: it is asked for */
  GPtrArray *shown;                /* names as the choices have them, after the first one */
  gboolean loading;
};

enum { TEST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPrinterChoices, cr_printer_choices, GTK_TYPE_WIDGET)

static gboolean
has (const GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *)names, name, g_str_equal, NULL);
}

/* Those that are there, then those that were chosen and are not. */
static void
collect (CrPrinterChoices *self)
{
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->names->len; i++)
    g_ptr_array_add (self->shown, g_strdup (self->names->pdata[i]));
  for (int paper = 0; paper < CR_N_PRINT_PAPERS; paper++)
    if (self->chosen[paper] != NULL && !has (self->shown, self->chosen[paper]))
      g_ptr_array_add (self->shown, g_strdup (self->chosen[paper]));
}

static void
fill_choice (CrPrinterChoices *self, int paper)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  guint at = 0;
  gtk_string_list_append (texts, _ ("Ask each time"));
  for (guint i = 0; i < self->shown->len; i++) {
    const char *name = self->shown->pdata[i];
    g_autofree char *missing = g_strdup_printf (_ ("%s (not there now)"), name);
    gtk_string_list_append (texts, has (self->names, name) ? name : missing);
    if (g_strcmp0 (name, self->chosen[paper]) == 0)
      at = i + 1;
  }
  self->loading = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->choices[paper]), G_LIST_MODEL (texts));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choices[paper]), at);
  self->loading = FALSE;
}

static void
fill (CrPrinterChoices *self)
{
  collect (self);
  for (int paper = 0; paper < CR_N_PRINT_PAPERS; paper++)
    fill_choice (self, paper);
}

static void
chosen_cb (GtkDropDown *choice, GParamSpec *spec, CrPrinterChoices *self)
{
  int paper = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (choice), "cr-paper"));
  guint at = gtk_drop_down_get_selected (choice);
  if (self->loading || at == GTK_INVALID_LIST_POSITION)
    return;
  g_free (self->chosen[paper]);
  self->chosen[paper] = at > 0 ? g_strdup (self->shown->pdata[at - 1]) : NULL;
}

/* ---- the printers of this computer ---- */

typedef struct {
  CrPrinterChoices *self;
  GPtrArray *names;
} Search;

static gboolean
search_cb (GtkPrinter *printer, gpointer data)
{
  if (!gtk_printer_is_virtual (printer)) /* not a file */
    g_ptr_array_add (((Search *)data)->names, g_strdup (gtk_printer_get_name (printer)));
  return FALSE;
}

static void
searched_cb (gpointer data)
{
  Search *search = data;
  CrPrinterChoices *self = search->self;
  if (self->form != NULL) { /* else closed meanwhile */
    g_ptr_array_unref (self->names);
    self->names = g_steal_pointer (&search->names);
    fill (self);
  }
  g_clear_pointer (&search->names, g_ptr_array_unref);
  g_object_unref (self);
  g_free (search);
}

static void
look (CrPrinterChoices *self)
{
  Search *search = g_new0 (Search, 1);
  search->self = g_object_ref (self);
  search->names = g_ptr_array_new_with_free_func (g_free);
  gtk_enumerate_printers (search_cb, search, searched_cb, FALSE);
}

/* ---- the form ---- */

static void
test_cb (GtkWidget *button, CrPrinterChoices *self)
{
  g_signal_emit (self, signals[TEST], 0, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "cr-paper")));
}

static void
add_row (CrPrinterChoices *self, int paper, const char *label, const char *spoken)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings ((const char *const[]){ NULL });
  GtkWidget *button = gtk_button_new_with_label (_ ("Test Page…"));
  self->choices[paper] = choice;
  cr_form_add_beside (self->form, label, choice, button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (choice), "cr-paper", GINT_TO_POINTER (paper));
  g_object_set_data (G_OBJECT (button), "cr-paper", GINT_TO_POINTER (paper));
  g_signal_connect (choice, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect (button, "clicked", G_CALLBACK (test_cb), self);
}

static void
cr_printer_choices_dispose (GObject *object)
{
  g_clear_pointer (&CR_PRINTER_CHOICES (object)->form, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_printer_choices_parent_class)->dispose (object);
}

static void
cr_printer_choices_finalize (GObject *object)
{
  CrPrinterChoices *self = CR_PRINTER_CHOICES (object);
  for (int paper = 0; paper < CR_N_PRINT_PAPERS; paper++)
    g_free (self->chosen[paper]);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->shown);
  G_OBJECT_CLASS (cr_printer_choices_parent_class)->finalize (object);
}

static void
cr_printer_choices_class_init (CrPrinterChoicesClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_printer_choices_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_printer_choices_finalize;
  widget->focus = cr_focus_parts;
  signals[TEST] = g_signal_new ("test", CR_TYPE_PRINTER_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static void
cr_printer_choices_init (CrPrinterChoices *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->shown = g_ptr_array_new_with_free_func (g_free);
  self->form = cr_form_new ();
  gtk_widget_set_parent (self->form, GTK_WIDGET (self));
  add_row (self, CR_PRINT_PLAIN, _ ("_Plain paper"), _ ("Test page on plain paper"));
  add_row (self, CR_PRINT_SECURITY, _ ("Securit_y paper (prescriptions)"), _ ("Test page on security paper"));
  add_row (self, CR_PRINT_CARD, _ ("Appointment car_ds"), _ ("Test page on the paper of cards"));
  add_row (self, CR_PRINT_LABELS, _ ("Address _labels"), _ ("Test page on labels"));
}

GtkWidget *
cr_printer_choices_new (void)
{
  return g_object_new (CR_TYPE_PRINTER_CHOICES, NULL);
}

void
cr_printer_choices_show (CrPrinterChoices *self, CrSession *session)
{
  for (int paper = 0; paper < CR_N_PRINT_PAPERS; paper++) {
    g_free (self->chosen[paper]);
    self->chosen[paper] = g_strdup (cr_session_get_setting (session, cr_print_paper_setting (paper)));
  }
  fill (self);
  look (self);
}

void
cr_printer_choices_take (CrPrinterChoices *self, CrSetting settings[CR_N_PRINT_PAPERS])
{
  for (int paper = 0; paper < CR_N_PRINT_PAPERS; paper++)
    settings[paper] = (CrSetting){ cr_print_paper_setting (paper), self->chosen[paper] };
}

const char *
cr_printer_choices_get (CrPrinterChoices *self, CrPrintPaper paper)
{
  return self->chosen[paper];
}

gboolean
cr_printer_choices_is_touched (CrPrinterChoices *self, CrSession *session)
{
  for (int paper = 0; paper < CR_N_PRINT_PAPERS; paper++)
    if (g_strcmp0 (self->chosen[paper], cr_session_get_setting (session, cr_print_paper_setting (paper))) !=
        0)
      return TRUE;
  return FALSE;
}
