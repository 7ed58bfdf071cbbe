#include "src/ui/schedule/line-form.h"
#include "src/ui/schedule/form-choice.h"
#include "src/ui/schedule/form-field.h"
#include "src/ui/schedule/form-tick.h"
#include "src/ui/schedule/patient-link.h"
#include "src/ui/schedule/scan-slot.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/domain/patient.h"
#include <glib/gi18n.h>

typedef enum { FIELD, CHOICE, TICK, SCAN, LINK } Part;

typedef struct {
  Part part;
  const char *property, *label, *placeholder; /* placeholder: of a field, may be NULL */
} Spec;

#define END                                                                                                  \
  {                                                                                                          \
    FIELD, NULL, NULL, NULL                                                                                  \
  }

static const Spec CONTACT[] = {
  { CHOICE, "way", N_ ("Kind"), NULL },
  { FIELD, "value", N_ ("Number or email"), NULL },
  { TICK, "quiet", N_ ("No voice mail at this number"), NULL },
  { FIELD, "note", N_ ("Note"), N_ ("After 5 PM, ask for Ana…") },
  END,
};

static const Spec RELATIVE[] = {
  { FIELD, "name", N_ ("Name"), NULL },
  { FIELD, "relationship", N_ ("Relationship"), N_ ("Mother, husband, friend…") },
  { FIELD, "phone", N_ ("Phone"), NULL },
  { FIELD, "address", N_ ("Address"), NULL },
  { TICK, "emergency", N_ ("Emergency contact"), NULL },
  { TICK, "next-of-kin", N_ ("Next of kin"), NULL },
  { TICK, "guarantor", N_ ("Guarantor: pays the bills"), NULL },
  { TICK, "proxy", N_ ("Health care proxy"), NULL },
  { LINK, "patient", N_ ("Patient here"), NULL },
  END,
};

static const Spec COVERAGE[] = {
  { CHOICE, "rank", N_ ("Pays"), NULL },
  { FIELD, "payer", N_ ("Insurance"), N_ ("Name of the plan") },
  { FIELD, "plan", N_ ("Plan"), N_ ("PPO, Part B…") },
  { FIELD, "member-id", N_ ("Member number"), NULL },
  { FIELD, "group-id", N_ ("Group number"), NULL },
  { FIELD, "subscriber", N_ ("Subscriber"), N_ ("Whose insurance it is; empty: the patient’s") },
  { FIELD, "relationship", N_ ("Patient is their"), N_ ("Child, wife…") },
  { FIELD, "valid-from", N_ ("Valid from"), N_ ("mm/dd/yyyy") },
  { FIELD, "valid-to", N_ ("Ended as of"), N_ ("mm/dd/yyyy: first day without it") },
  { SCAN, "card-front", N_ ("Card, front"), NULL },
  { SCAN, "card-back", N_ ("Card, back"), NULL },
  END,
};

static const Spec CONSENT[] = {
  { CHOICE, "kind", N_ ("Consent to"), NULL },
  { CHOICE, "status", N_ ("Status"), NULL },
  { FIELD, "given-on", N_ ("Given on"), N_ ("mm/dd/yyyy, or t for today") },
  { FIELD, "expires-on", N_ ("Expires on"), N_ ("mm/dd/yyyy; empty: open") },
  { FIELD, "note", N_ ("Scope or note"), NULL },
  { SCAN, "form", N_ ("Signed form"), NULL },
  END,
};

static const Spec *const SPECS[] = {
  [CR_LINE_CONTACT] = CONTACT,
  [CR_LINE_RELATIVE] = RELATIVE,
  [CR_LINE_COVERAGE] = COVERAGE,
  [CR_LINE_CONSENT] = CONSENT,
};

typedef struct {
  CrSession *session;
  CrId patient;
  CrPatientLine *line;
  GtkWidget *box, *ticks; /* ticks: the row that is being filled, NULL none */
} Form;

/* ---- choices ---- */

static GtkWidget *
new_consent_kinds (Form *form, const char *label)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new (), words = g_ptr_array_new ();
  g_ptr_array_add (codes, (char *)"");
  g_ptr_array_add (words, _ ("Choose…"));
  for (guint i = 0; CR_CONSENT_KIND_CODES[i] != NULL; i++) {
    g_ptr_array_add (codes, (char *)CR_CONSENT_KIND_CODES[i]);
    g_ptr_array_add (words, (char *)cr_consent_kind_word (CR_CONSENT_KIND_CODES[i]));
  }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (words, NULL);
  return cr_form_choice_new (CR_FIELDS (form->line), "kind", label, (const char *const *)codes->pdata,
                             (const char *const *)words->pdata);
}

static GtkWidget *
new_choice (Form *form, const char *property, const char *label)
{
  static const char *const RANKS[] = { "1", "2", "3", NULL };
  static const char *const WAYS[] = { "mobile", "home", "work", "fax", "email", NULL };
  const char *const ranks[] = { _ ("First"), _ ("Second"), _ ("Third"), NULL };
  const char *const ways[] = { _ ("Mobile"), _ ("Home"), _ ("Work"), _ ("Fax"), _ ("Email"), NULL };
  const char *const states[] = { cr_consent_status_word ("active"), cr_consent_status_word ("revoked"),
                                 cr_consent_status_word ("declined"), NULL };
  CrFields *fields = CR_FIELDS (form->line);
  if (g_str_equal (property, "kind"))
    return new_consent_kinds (form, label);
  if (g_str_equal (property, "rank"))
    return cr_form_choice_new (fields, property, label, RANKS, ranks);
  if (g_str_equal (property, "way"))
    return cr_form_choice_new (fields, property, label, WAYS, ways);
  return cr_form_choice_new (fields, property, label, CR_CONSENT_STATUS_CODES, states);
}

/* ---- the other parts ---- */

static GtkWidget *
new_field (Form *form, const Spec *spec)
{
  GtkWidget *field =
      g_object_new (CR_TYPE_FORM_FIELD, "label", _ (spec->label), "field", spec->property, "placeholder",
                    spec->placeholder != NULL ? _ (spec->placeholder) : "", NULL);
  cr_form_field_bind (CR_FORM_FIELD (field), CR_FIELDS (form->line));
  return field;
}

static GtkWidget *
beside_label (const char *text, GtkWidget *right)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "label");
  gtk_widget_add_css_class (label, "form-label");
  gtk_widget_set_hexpand (right, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), right);
  return line;
}

static void
add_tick (Form *form, const Spec *spec)
{
  GtkWidget *tick = cr_form_tick_new (_ (spec->label));
  if (form->ticks == NULL) {
    form->ticks = g_object_new (CR_TYPE_WRAP_BOX, "spacing", 12, "line-spacing", 3, NULL);
    gtk_box_append (GTK_BOX (form->box), beside_label ("", form->ticks));
  }
  cr_form_tick_bind (tick, CR_FIELDS (form->line), spec->property);
  cr_wrap_box_append (CR_WRAP_BOX (form->ticks), tick);
}

static const CrLineFile *
get_file (gpointer line, const char *slot)
{
  return cr_patient_line_get_file (line, slot);
}

static gboolean
set_file (gpointer line, const char *slot, GBytes *content, GError **error)
{
  return cr_patient_line_set_file (line, slot, content, error);
}

static GtkWidget *
new_scan (Form *form, const Spec *spec)
{
  static const CrScanAccess ACCESS = { get_file, set_file, 0 };
  GtkWidget *slot = cr_scan_slot_new (form->session, form->patient, G_OBJECT (form->line), spec->property,
                                      &ACCESS, _ (spec->label));
  return beside_label (_ (spec->label), slot);
}

static GtkWidget *
new_part (Form *form, const Spec *spec)
{
  switch (spec->part) {
  case CHOICE:
    return new_choice (form, spec->property, _ (spec->label));
  case SCAN:
    return new_scan (form, spec);
  case LINK:
    return beside_label (_ (spec->label), cr_patient_link_new (form->session, form->line));
  default:
    return new_field (form, spec);
  }
}

static void
add_part (Form *form, const Spec *spec)
{
  if (spec->part == TICK) {
    add_tick (form, spec);
    return;
  }
  form->ticks = NULL;
  gtk_box_append (GTK_BOX (form->box), new_part (form, spec));
}

/* ---- the heading ---- */

typedef struct {
  CrPatientLine *line;
  CrLineFormFunc func;
  gpointer data;
} Removal;

static void
remove_cb (GtkButton *button, Removal *removal)
{
  g_autoptr (CrPatientLine) line = g_object_ref (removal->line); /* the button goes with it */
  removal->func (line, removal->data);
}

static void
free_removal (gpointer data, GClosure *closure)
{
  Removal *removal = data;
  g_object_unref (removal->line);
  g_free (removal);
}

static GtkWidget *
new_heading (CrPatientLine *line, const char *title, CrLineFormFunc func, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *label = gtk_label_new (title);
  g_autofree char *spoken = g_strdup_printf (_ ("Remove %s"), title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  if (cr_patient_line_can_remove (line)) {
    GtkWidget *button = gtk_button_new_with_label (_ ("Remove"));
    Removal *removal = g_new0 (Removal, 1);
    *removal = (Removal){ g_object_ref (line), func, data };
    gtk_widget_add_css_class (button, "link-like");
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    g_signal_connect_data (button, "clicked", G_CALLBACK (remove_cb), removal, free_removal, 0);
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

GtkWidget *
cr_line_form_new (CrSession *session, gint64 patient, CrPatientLine *line, const char *title,
                  CrLineFormFunc func, gpointer data)
{
  Form form = { session, patient, line, gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), NULL };
  gtk_widget_add_css_class (form.box, "line-form");
  gtk_box_append (GTK_BOX (form.box), new_heading (line, title, func, data));
  for (const Spec *spec = SPECS[cr_patient_line_get_kind (line)]; spec->property != NULL; spec++)
    add_part (&form, spec);
  return form.box;
}
