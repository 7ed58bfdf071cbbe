#include "src/ui/admin/form.h"
#include "src/ui/admin/zone-choice.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  int rows;
} FormState;

GtkWidget *
cr_form_new (void)
{
  GtkWidget *form = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (form), 6);
  gtk_grid_set_column_spacing (GTK_GRID (form), 12);
  g_object_set_data_full (G_OBJECT (form), "cr-form", g_new0 (FormState, 1), g_free);
  return form;
}

static int
next_row (GtkWidget *form)
{
  FormState *state = g_object_get_data (G_OBJECT (form), "cr-form");
  int row = state->rows;
  state->rows += 2; /* the field and what is wrong with it */
  return row;
}

static gboolean is_marked (GtkWidget *field);

static void
changed_cb (GtkWidget *field)
{
  if (is_marked (field))
    cr_form_set_problem (field, NULL);
}

static void
watch_changes (GtkWidget *field)
{
  if (GTK_IS_EDITABLE (field))
    g_signal_connect (field, "changed", G_CALLBACK (changed_cb), NULL);
  else if (GTK_IS_DROP_DOWN (field))
    g_signal_connect (field, "notify::selected", G_CALLBACK (changed_cb), NULL);
}

void
cr_form_add_widget (GtkWidget *form, const char *label, GtkWidget *widget)
{
  int row = next_row (form);
  GtkWidget *name = gtk_label_new_with_mnemonic (label);
  GtkWidget *problem = gtk_label_new (NULL);
  gtk_label_set_mnemonic_widget (GTK_LABEL (name), widget);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (problem), 56);
  gtk_widget_add_css_class (name, "label");
  gtk_widget_add_css_class (problem, "field-problem");
  gtk_widget_set_visible (problem, FALSE);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (name)), -1);
  g_object_set_data (G_OBJECT (widget), "cr-problem", problem);
  g_object_set_data (G_OBJECT (widget), "cr-label", name);
  watch_changes (widget);
  gtk_grid_attach (GTK_GRID (form), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (form), widget, 1, row, 1, 1);
  gtk_grid_attach (GTK_GRID (form), problem, 1, row + 1, 1, 1);
}

GtkWidget *
cr_form_add_entry (GtkWidget *form, const char *label, const char *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  cr_form_add_widget (form, label, entry);
  return entry;
}

GtkWidget *
cr_form_add_password (GtkWidget *form, const char *label)
{
  GtkWidget *entry = gtk_password_entry_new ();
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  g_object_set (entry, "activates-default", TRUE, NULL);
  cr_form_add_widget (form, label, entry);
  return entry;
}

GtkWidget *
cr_form_add_check (GtkWidget *form, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (label);
  gtk_grid_attach (GTK_GRID (form), check, 1, next_row (form), 1, 1);
  return check;
}

void
cr_form_add_wide (GtkWidget *form, GtkWidget *widget)
{
  gtk_grid_attach (GTK_GRID (form), widget, 0, next_row (form), 2, 1);
}

GtkWidget *
cr_form_add_choice (GtkWidget *form, const char *label, const char *const *choices)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (choices);
  cr_form_add_widget (form, label, choice);
  return choice;
}

GtkWidget *
cr_form_add_text (GtkWidget *form, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 78);
  gtk_widget_add_css_class (label, css_class);
  cr_form_add_wide (form, label);
  return label;
}

/* On the line of the field, after it. */
static void
add_beside (GtkWidget *form, GtkWidget *field, GtkWidget *more)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  int column, row, width, height;
  gtk_grid_query_child (GTK_GRID (form), field, &column, &row, &width, &height);
  g_object_ref (field);
  gtk_grid_remove (GTK_GRID (form), field);
  gtk_box_append (GTK_BOX (box), field);
  g_object_unref (field);
  gtk_box_append (GTK_BOX (box), more);
  g_object_set_data (G_OBJECT (box), "cr-field", field);
  gtk_grid_attach (GTK_GRID (form), box, column, row, width, height);
}

void
cr_form_add_beside (GtkWidget *form, const char *label, GtkWidget *widget, GtkWidget *more)
{
  cr_form_add_widget (form, label, widget);
  add_beside (form, widget, more);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, GtkWidget *entry)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), path);
  g_object_unref (dialog);
}

static void
browse_cb (GtkWidget *button, GtkWidget *entry)
{
  const char *title = g_object_get_data (G_OBJECT (button), "cr-title");
  const char *choose = g_object_get_data (G_OBJECT (button), "cr-choose");
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (button)), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, choose, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), entry, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GtkWidget *
cr_form_add_folder (GtkWidget *form, const char *label, const char *title, const char *choose)
{
  GtkWidget *entry = cr_form_add_entry (form, label, NULL);
  GtkWidget *browse = gtk_button_new_with_mnemonic (_ ("Bro_wse…"));
  g_object_set_data_full (G_OBJECT (browse), "cr-title", g_strdup (title), g_free);
  g_object_set_data_full (G_OBJECT (browse), "cr-choose", g_strdup (choose), g_free);
  g_signal_connect_object (browse, "clicked", G_CALLBACK (browse_cb), entry, 0);
  add_beside (form, entry, browse);
  return entry;
}

void
cr_form_label_at_top (GtkWidget *field)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (field), "cr-label");
  gtk_widget_set_valign (label, GTK_ALIGN_START);
}

void
cr_form_set_visible (GtkWidget *field, gboolean visible)
{
  gtk_widget_set_visible (field, visible);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (field), "cr-label"), visible);
}

static void
set_words (GtkWidget *field, const char *words, gboolean hard)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (field), "cr-problem");
  gtk_label_set_label (GTK_LABEL (label), words != NULL ? words : "");
  gtk_widget_set_visible (label, words != NULL);
  gtk_widget_remove_css_class (label, hard ? "field-question" : "field-problem");
  gtk_widget_add_css_class (label, hard ? "field-problem" : "field-question");
  gtk_widget_remove_css_class (field, "problem");
  gtk_widget_remove_css_class (field, "question");
  if (words != NULL)
    gtk_widget_add_css_class (field, hard ? "problem" : "question");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
      words != NULL && hard ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static gboolean
is_marked (GtkWidget *field)
{
  return gtk_widget_has_css_class (field, "problem") || gtk_widget_has_css_class (field, "question");
}

void
cr_form_set_problem (GtkWidget *field, const char *problem)
{
  set_words (field, problem, TRUE);
}

void
cr_form_set_question (GtkWidget *field, const char *question)
{
  set_words (field, question, FALSE);
}

void
cr_form_focus_problem (GtkWidget *form)
{
  for (GtkWidget *at = gtk_widget_get_first_child (form); at != NULL; at = gtk_widget_get_next_sibling (at)) {
    GtkWidget *beside = g_object_get_data (G_OBJECT (at), "cr-field");
    GtkWidget *field = beside != NULL ? beside : at;
    if (is_marked (field)) {
      gtk_widget_grab_focus (field);
      return;
    }
  }
}

/* Of a password no more than how long it is. */
static void
add_content (GtkWidget *widget, GString *content)
{
  if (GTK_IS_PASSWORD_ENTRY (widget))
    g_string_append_printf (content, "%zu\n", strlen (cr_form_text (widget)));
  else if (GTK_IS_EDITABLE (widget))
    g_string_append_printf (content, "%s\n", cr_form_text (widget));
  else if (GTK_IS_DROP_DOWN (widget))
    g_string_append_printf (content, "%u\n", gtk_drop_down_get_selected (GTK_DROP_DOWN (widget)));
  else if (GTK_IS_CHECK_BUTTON (widget))
    g_string_append_printf (content, "%d\n", gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)));
  else if (GTK_IS_TOGGLE_BUTTON (widget))
    g_string_append_printf (content, "%d\n", gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget)));
  else if (CR_IS_ZONE_CHOICE (widget))
    g_string_append_printf (content, "%s\n", cr_zone_choice_get (widget));
  else if (!GTK_IS_POPOVER (widget)) /* what is typed there only looks for something */
    for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL;
         at = gtk_widget_get_next_sibling (at))
      add_content (at, content);
}

static char *
read_content (GtkWidget *widget)
{
  GString *content = g_string_new (NULL);
  add_content (widget, content);
  return g_string_free (content, FALSE);
}

void
cr_form_mark_stored (GtkWidget *widget)
{
  g_object_set_data_full (G_OBJECT (widget), "cr-stored", read_content (widget), g_free);
}

gboolean
cr_form_is_touched (GtkWidget *widget)
{
  const char *stored = g_object_get_data (G_OBJECT (widget), "cr-stored");
  g_autofree char *content = read_content (widget);
  return stored != NULL && !g_str_equal (stored, content);
}

void
cr_form_write (GtkWidget *field, CrKeptForm *kept, const char *name)
{
  g_autoptr (GString) content = g_string_new (NULL);
  add_content (field, content);
  if (content->len > 0)
    g_string_truncate (content, content->len - 1); /* the end of the line */
  cr_kept_form_set_text (kept, name, content->str);
}

void
cr_form_put_back (GtkWidget *field, const CrKeptForm *kept, const char *name)
{
  const char *text = cr_kept_form_get_text (kept, name);
  int number = text != NULL ? (int)g_ascii_strtoll (text, NULL, 10) : 0;
  if (text == NULL)
    return;
  if (GTK_IS_SPIN_BUTTON (field))
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (field), number);
  else if (GTK_IS_EDITABLE (field))
    gtk_editable_set_text (GTK_EDITABLE (field), text);
  else if (CR_IS_ZONE_CHOICE (field))
    cr_zone_choice_set (field, text);
  else if (GTK_IS_DROP_DOWN (field))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (field), (guint)number);
  else if (GTK_IS_CHECK_BUTTON (field))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (field), number != 0);
  else if (GTK_IS_TOGGLE_BUTTON (field))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (field), number != 0);
}

const char *
cr_form_text (GtkWidget *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (field));
}

char *
cr_form_take_text (GtkWidget *field)
{
  g_autofree char *text = cr_text_trim (cr_form_text (field));
  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

char *
cr_form_take_digits (GtkWidget *field)
{
  g_autofree char *text = cr_form_take_text (field);
  return text != NULL ? cr_text_digits (text) : NULL;
}
