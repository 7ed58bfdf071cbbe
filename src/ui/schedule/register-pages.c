#include "src/ui/schedule/register-pages.h"
#include "src/ui/schedule/day-chips.h"
#include "src/ui/schedule/form-choice.h"
#include "src/ui/schedule/form-field.h"
#include "src/ui/schedule/form-tick.h"
#include "src/ui/schedule/form-walk.h"
#include "src/ui/schedule/line-list.h"
#include "src/ui/schedule/scan-slot.h"
#include "src/ui/shell/wrap-box.h"
#include <glib/gi18n.h>

enum { PHOTO_LONGEST = 480 }; /* pixels: large enough to know a face by */

/* ---- pages ---- */

static GtkWidget *
add_page (GtkStack *stack, const char *name, const char *title)
{
  GtkWidget *scroll = gtk_scrolled_window_new (), *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), body);
  gtk_widget_add_css_class (body, "dialog-body");
  gtk_stack_add_titled (stack, scroll, name, title);
  return body;
}

static void
add_heading (GtkWidget *body, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_widget_add_css_class (label, "section-heading");
  gtk_widget_set_margin_top (label, gtk_widget_get_first_child (body) != NULL ? 12 : 0);
  gtk_box_append (GTK_BOX (body), label);
}

static void
add_words (GtkWidget *body, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (label, "text-2");
  gtk_box_append (GTK_BOX (body), label);
}

static void
add_lines (GtkWidget *body, CrSession *session, CrId patient, CrPatientDraft *draft, CrLineKind kind)
{
  GtkWidget *list = g_object_new (CR_TYPE_LINE_LIST, NULL);
  cr_line_list_set_up (CR_LINE_LIST (list), session, patient, draft, kind);
  gtk_box_append (GTK_BOX (body), list);
}

static void
add_limits (GtkWidget *body, CrPatientDraft *draft)
{
  static const char *const LIMITS[][2] = { { "no-voice-mail", N_ ("No _voice mail") },
                                           { "no-mail", N_ ("No _mail") },
                                           { "no-text", N_ ("No te_xt messages") },
                                           { "no-email", N_ ("No _email") } };
  GtkWidget *box = g_object_new (CR_TYPE_WRAP_BOX, "spacing", 18, "line-spacing", 3, NULL);
  GtkWidget *words =
      g_object_new (CR_TYPE_FORM_FIELD, "label", _ ("In other words"), "field", "contact-preference",
                    "placeholder", _ ("Call evenings, daughter first…"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (LIMITS); i++) {
    GtkWidget *tick = cr_form_tick_new (_ (LIMITS[i][1]));
    cr_form_tick_bind (tick, CR_FIELDS (draft), LIMITS[i][0]);
    cr_wrap_box_append (CR_WRAP_BOX (box), tick);
  }
  gtk_box_append (GTK_BOX (body), box);
  gtk_box_append (GTK_BOX (body), words);
  cr_form_field_bind (CR_FORM_FIELD (words), CR_FIELDS (draft));
}

/* Codes of CR_CONTACT_BY, and nothing said. */
static void
add_contact_by (GtkWidget *body, CrPatientDraft *draft)
{
  const char *const words[] = {
    _ ("Not said"), _ ("Phone"), _ ("Text message"), _ ("Email"), _ ("Mail"), NULL
  };
  const char *codes[G_N_ELEMENTS (words)] = { "" };
  for (guint i = 0; CR_CONTACT_BY[i] != NULL; i++)
    codes[i + 1] = CR_CONTACT_BY[i];
  gtk_box_append (GTK_BOX (body),
                  cr_form_choice_new (CR_FIELDS (draft), "contact-by", _ ("Best reached by"), codes, words));
}

static void
days_changed_cb (CrDayChips *chips, CrPatientDraft *draft)
{
  g_autofree char *days = cr_day_chips_get (chips);
  g_object_set (draft, "preferred-days", days != NULL ? days : "", NULL);
}

static void
show_days (CrPatientDraft *draft, GParamSpec *pspec, CrDayChips *chips)
{
  g_autofree char *days = NULL, *shown = cr_day_chips_get (chips);
  g_object_get (draft, "preferred-days", &days, NULL);
  if (g_strcmp0 (days, shown != NULL ? shown : "") != 0)
    cr_day_chips_set (chips, days);
}

static void
add_days (GtkWidget *body, CrPatientDraft *draft)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", _ ("Days that suit"), "xalign", 0.0, "valign",
                                   GTK_ALIGN_START, NULL);
  GtkWidget *chips = g_object_new (CR_TYPE_DAY_CHIPS, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (label, "label");
  gtk_widget_add_css_class (label, "form-label");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), chips);
  gtk_box_append (GTK_BOX (body), line);
  show_days (draft, NULL, CR_DAY_CHIPS (chips));
  g_signal_connect_object (chips, "changed", G_CALLBACK (days_changed_cb), draft, 0);
  g_signal_connect_object (draft, "notify::preferred-days", G_CALLBACK (show_days), chips, 0);
}

static const CrLineFile *
get_photo (gpointer draft, const char *slot)
{
  return cr_patient_draft_get_photo (draft);
}

static gboolean
set_photo (gpointer draft, const char *slot, GBytes *content, GError **error)
{
  return cr_patient_draft_set_photo (draft, content, error);
}

static void
add_photo (GtkWidget *body, CrSession *session, CrId patient, CrPatientDraft *draft)
{
  static const CrScanAccess ACCESS = { get_photo, set_photo, PHOTO_LONGEST };
  add_words (body,
             _ ("A picture of the face helps to know the right chart. It is never required. It is kept "
                "small and sealed like the rest of the chart; the file it comes from stays where it is."));
  gtk_box_append (GTK_BOX (body),
                  cr_scan_slot_new (session, patient, G_OBJECT (draft), "photo", &ACCESS, _ ("Photo")));
}

void
cr_register_pages_add (GtkStack *stack, CrSession *session, gint64 patient, CrPatientDraft *draft)
{
  GtkWidget *contact = add_page (stack, "contact", _ ("Contact"));
  add_heading (contact, _ ("HOW TO CONTACT"));
  add_contact_by (contact, draft);
  add_limits (contact, draft);
  add_days (contact, draft);
  add_heading (contact, _ ("FURTHER PHONES AND EMAILS"));
  add_lines (contact, session, patient, draft, CR_LINE_CONTACT);
  add_lines (add_page (stack, "relatives", _ ("Relatives")), session, patient, draft, CR_LINE_RELATIVE);
  add_lines (add_page (stack, "insurance", _ ("Insurance")), session, patient, draft, CR_LINE_COVERAGE);
  add_lines (add_page (stack, "consents", _ ("Consents")), session, patient, draft, CR_LINE_CONSENT);
  add_photo (add_page (stack, "photo", _ ("Photo")), session, patient, draft);
}

/* ---- tabs ---- */

static void
show_tabs (GtkStack *stack, GParamSpec *pspec, GtkWidget *tab_box)
{
  const char *shown = gtk_stack_get_visible_child_name (stack);
  for (GtkWidget *tab = gtk_widget_get_first_child (tab_box); tab != NULL;
       tab = gtk_widget_get_next_sibling (tab)) {
    gboolean selected = g_strcmp0 (gtk_widget_get_name (tab), shown) == 0;
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), selected);
    gtk_accessible_update_state (GTK_ACCESSIBLE (tab), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
  }
}

static void
tab_cb (GtkWidget *tab, GtkStack *stack)
{
  gtk_stack_set_visible_child_name (stack, gtk_widget_get_name (tab));
  show_tabs (stack, NULL, gtk_widget_get_parent (tab)); /* a second click does not switch it off */
}

void
cr_register_tabs_add (GtkWidget *tab_box, GtkStack *stack)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (stack);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++) {
    g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (pages), i);
    GtkStackPage *page = GTK_STACK_PAGE (item);
    GtkWidget *tab =
        g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_TAB, "label",
                      gtk_stack_page_get_title (page), "name", gtk_stack_page_get_name (page), "tooltip-text",
                      _ ("Next page (Ctrl+Page Down)"), NULL);
    g_signal_connect (tab, "clicked", G_CALLBACK (tab_cb), stack);
    cr_wrap_box_append (CR_WRAP_BOX (tab_box), tab);
  }
  g_signal_connect_object (stack, "notify::visible-child-name", G_CALLBACK (show_tabs), tab_box, 0);
  show_tabs (stack, NULL, tab_box);
}

void
cr_register_pages_step (GtkStack *stack, int by)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (stack);
  int n = (int)g_list_model_get_n_items (G_LIST_MODEL (pages)), at = 0;
  while (at < n - 1 && !gtk_selection_model_is_selected (pages, (guint)at))
    at++;
  gtk_selection_model_select_item (pages, (guint)((at + by + n) % n), TRUE);
  cr_register_pages_focus (stack);
}

static GtkWidget *
body_of (GtkWidget *page)
{
  return gtk_viewport_get_child (GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (page))));
}

void
cr_register_pages_focus (GtkStack *stack)
{
  GtkWidget *page = gtk_stack_get_visible_child (stack);
  if (!cr_form_focus_first (body_of (page)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

GtkWidget *
cr_register_pages_judge (GtkStack *stack)
{
  GtkWidget *first = NULL;
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page)) {
    GtkWidget *found = cr_form_judge_all (body_of (page));
    first = first == NULL ? found : first;
  }
  return first;
}

void
cr_register_pages_show (GtkStack *stack, GtkWidget *part)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (gtk_widget_is_ancestor (part, page))
      gtk_stack_set_visible_child (stack, page);
}
