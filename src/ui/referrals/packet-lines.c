#include "src/ui/referrals/packet-lines.h"
#include <glib/gi18n.h>

static const char *const REASONS[] = { CR_PACKET_PATIENT_REQUEST, CR_PACKET_NOT_RELEVANT };

typedef struct {
  CrPacketSource *source; /* borrowed: the popover is gone before it */
  GtkDropDown *reason;
  GCallback changed;
  gpointer data;
} Lines;

static const GPtrArray *
rows_of (CrPacketSource *source, CrPacketPart part)
{
  const CrPacketContent *content = cr_packet_source_content (source);
  return part == CR_PACKET_PROBLEMS      ? content->problems
         : part == CR_PACKET_MEDICATIONS ? content->medications
                                         : NULL;
}

static CrId
line_id (CrPacketPart part, gconstpointer row, const char **title)
{
  if (part == CR_PACKET_PROBLEMS) {
    const CrProblem *problem = row;
    *title = problem->display;
    return problem->id;
  }
  const CrMedication *medication = row;
  *title = medication->display;
  return medication->id;
}

static void
toggled_cb (GtkCheckButton *check, Lines *lines)
{
  const CrId *id = g_object_get_data (G_OBJECT (check), "cr-id");
  guint reason = gtk_drop_down_get_selected (lines->reason);
  cr_packet_source_hide (lines->source, *id,
                         gtk_check_button_get_active (check) ? NULL : REASONS[MIN (reason, 1)]);
  ((void (*) (gpointer))lines->changed) (lines->data);
}

static GtkWidget *
make_line (Lines *lines, CrPacketPart part, gconstpointer row)
{
  const char *title;
  CrId id = line_id (part, row, &title);
  GtkWidget *check = gtk_check_button_new_with_label (title != NULL ? title : _ ("unnamed"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !cr_packet_source_is_hidden (lines->source, id));
  g_object_set_data_full (G_OBJECT (check), "cr-id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), lines);
  return check;
}

gboolean
cr_packet_lines_has (CrPacketSource *source, CrPacketPart part)
{
  const GPtrArray *rows = rows_of (source, part);
  return rows != NULL && rows->len > 0;
}

GtkWidget *
cr_packet_lines_new (CrPacketSource *source, CrPacketPart part, GCallback changed, gpointer data)
{
  const char *const words[] = { _ ("Hide: the patient asks for it"), _ ("Hide: not relevant here"), NULL };
  const GPtrArray *rows = rows_of (source, part);
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroll = gtk_scrolled_window_new (), *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Lines *lines = g_new0 (Lines, 1);
  *lines = (Lines){ source, GTK_DROP_DOWN (gtk_drop_down_new_from_strings (words)), changed, data };
  gtk_accessible_update_property (GTK_ACCESSIBLE (lines->reason), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason for hiding"), -1);
  for (guint i = 0; i < rows->len; i++)
    gtk_box_append (GTK_BOX (list), make_line (lines, part, rows->pdata[i]));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), list);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), 320);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (lines->reason));
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_object_set_data_full (G_OBJECT (popover), "cr-lines", lines, g_free);
  return popover;
}
