#include "src/ui/shell/banner.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/vitals.h"
#include "chartroom/domain/desk-rules.h"
#include "src/ui/shell/patient-photo.h"
#include "src/ui/shell/window.h"
#include "src/ui/shell/wrap-box.h"
#include <glib/gi18n.h>
#include <math.h>

#define CHILD_YEARS 18 /* below, the weight stands in the banner: doses go by it */

struct _CrBanner {
  GtkWidget parent;
  GtkWidget *root, *second_line, *allergy_chip, *restricted_box, *draft_chip, *more_box, *space;
  GtkLabel *name_label, *born_label, *sex_label, *mrn_label, *preferred_label, *allergy_label, *needs_label,
      *weight_label;
  GtkImage *allergy_icon;
  GtkToggleButton *expand_button;
  GtkRevealer *more_revealer;
  CrPatientPhoto *photo;
  CrChart *chart;
  char *edge;
  gboolean hidden;
};

G_DEFINE_FINAL_TYPE (CrBanner, cr_banner, GTK_TYPE_WIDGET)

static void
set_labelled (GtkLabel *label, const char *name, const char *value)
{
  g_autofree char *markup = g_markup_printf_escaped ("<small>%s</small>  <b>%s</b>", name, value);
  gtk_label_set_markup (label, markup);
  gtk_widget_set_visible (GTK_WIDGET (label), value[0] != '\0');
}

static void
fill_born (CrBanner *self, const CrPatient *p, CrDate today)
{
  g_autofree char *born = cr_patient_born (p, today);
  g_autofree char *died = NULL, *age = NULL, *text = NULL;
  if (!cr_date_is_set (p->death_date)) {
    set_labelled (self->born_label, _ ("Born"), born);
    return;
  }
  died = cr_date_format (p->death_date);
  age = cr_age_format (p->birth_date, p->death_date);
  g_free (born);
  born = cr_date_format (p->birth_date);
  text = g_strdup_printf (_ ("%s   Died %s   Age at death %s"), born, died, age);
  set_labelled (self->born_label, _ ("Born"), text);
}

/* The last weight of a child in kilograms, as doses are reckoned, with its day. */
static void
fill_weight (CrBanner *self, const CrChartRecords *records)
{
  const CrPatient *p = records->patient;
  CrClock *clock = cr_session_get_clock (cr_chart_get_session (self->chart));
  CrDate today = cr_clock_today (clock);
  g_autoptr (GPtrArray) weights = cr_chart_vital (self->chart, CR_LOINC_WEIGHT, 1);
  gboolean child = records->clinical && cr_date_is_full (p->birth_date) && !cr_date_is_set (p->death_date) &&
                   cr_date_years_between (p->birth_date, today) < CHILD_YEARS;
  const CrObservation *last = weights->len > 0 ? weights->pdata[0] : NULL;
  if (child && last != NULL) {
    CrDate day = cr_clock_date_of (clock, last->taken_at);
    g_autofree char *value =
        isnan (last->number) ? cr_observation_value (last) : g_strdup_printf (_ ("%.1f kg"), last->number);
    g_autofree char *when =
        cr_date_compare (day, today) == 0 ? g_strdup (_ ("today")) : cr_date_format_near (day, today);
    g_autofree char *text = g_strdup_printf ("%s %s", value, when);
    set_labelled (self->weight_label, _ ("Weight"), text);
  } else {
    set_labelled (self->weight_label, _ ("Weight"), child ? _ ("not recorded") : "");
  }
}

static const char *
allergy_class (int status)
{
  static const char *const CLASSES[] = { [CR_ALLERGY_NOT_RECORDED] = "warning",
                                         [CR_ALLERGY_NONE_KNOWN] = "plain",
                                         [CR_ALLERGY_KNOWN] = "critical-fill",
                                         [CR_ALLERGY_UNAVAILABLE] = "critical" };
  return CLASSES[CLAMP (status, 0, CR_ALLERGY_UNAVAILABLE)];
}

static void
fill_allergies (CrBanner *self, const CrChartRecords *records)
{
  int status = records->patient->allergy_status;
  g_autofree char *phrase = cr_allergy_phrase (status, records->allergies, FALSE);
  const char *classes[] = { "chip", allergy_class (status),
                            status == CR_ALLERGY_NOT_RECORDED ? "dashed" : NULL, NULL };
  gtk_widget_set_visible (self->allergy_chip, records->clinical);
  gtk_label_set_label (self->allergy_label, phrase);
  gtk_image_set_from_icon_name (self->allergy_icon, cr_allergy_icon (status));
  gtk_widget_set_css_classes (self->allergy_chip, classes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->allergy_chip), GTK_ACCESSIBLE_PROPERTY_LABEL, phrase,
                                  -1);
}

static char *
describe_needs (const CrChartRecords *records)
{
  const CrPatient *p = records->patient;
  g_autofree char *tail = cr_phone_tail (p->phone);
  g_autofree char *limits = cr_patient_contact_words (p);
  GString *text = g_string_new (NULL);
  if (!records->clinical && !cr_str_empty (tail))
    g_string_append_printf (text, _ ("Phone %s"), tail);
  if (limits != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "  ·  " : "", limits);
  if (!cr_str_empty (p->interpreter))
    g_string_append_printf (text, _ ("%sInterpreter: %s"), text->len > 0 ? "  ·  " : "", p->interpreter);
  if (!cr_str_empty (p->access_needs))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "  ·  " : "", p->access_needs);
  return g_string_free (text, FALSE);
}

static void
fill_second_line (CrBanner *self, const CrChartRecords *records)
{
  const CrPatient *p = records->patient;
  g_autofree char *needs = describe_needs (records);
  GString *text = g_string_new (NULL);
  if (!cr_str_empty (p->preferred))
    g_string_append_printf (text, _ ("Preferred name %s"), p->preferred);
  if (!cr_str_empty (p->pronouns))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "  ·  " : "", p->pronouns);
  gtk_label_set_label (self->preferred_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->preferred_label), text->len > 0 && !self->hidden);
  gtk_label_set_label (self->needs_label, needs);
  gtk_widget_set_visible (GTK_WIDGET (self->needs_label), needs[0] != '\0');
  gtk_widget_set_visible (self->restricted_box, p->restricted);
  gtk_widget_set_visible (self->draft_chip, records->clinical && cr_chart_has_draft (self->chart));
  g_string_free (text, TRUE);
}

static void
add_column (CrBanner *self, const char *title, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_label_new (title);
  GtkWidget *body = gtk_label_new (cr_str_empty (text) ? _ ("Not recorded") : text);
  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_label_set_xalign (GTK_LABEL (body), 0);
  gtk_label_set_wrap (GTK_LABEL (body), TRUE);
  gtk_widget_add_css_class (head, "label");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), body);
  gtk_widget_set_hexpand (box, TRUE);
  cr_wrap_box_append (CR_WRAP_BOX (self->more_box), box);
}

static char *
describe_contact (const CrPatient *p, const CrReach *reach)
{
  g_autofree char *phone = cr_reach_phone_words (p, reach);
  gboolean none = cr_str_empty (p->phone) && (reach == NULL || reach->phone == NULL);
  return g_strdup_printf (
      "%s %s\n%s", cr_str_empty (p->phone_use) ? _ ("Phone") : cr_phone_use_word (p->phone_use),
      none ? _ ("not recorded") : phone, cr_str_empty (p->email) ? _ ("Email not recorded") : p->email);
}

static char *
describe_coverage (const GPtrArray *coverages)
{
  const CrCoverage *c = coverages->len > 0 ? coverages->pdata[0] : NULL;
  if (c == NULL)
    return NULL;
  return g_strdup_printf ("%s %s\n%s", c->payer != NULL ? c->payer : "", c->plan != NULL ? c->plan : "",
                          c->member_id != NULL ? c->member_id : _ ("No member number"));
}

static char *
describe_care_team (const CrChartRecords *records)
{
  const CrPerson *usual = cr_chart_records_person (records, records->patient->usual_person_id);
  const CrContact *pharmacy = cr_chart_records_contact (records, records->patient->pharmacy_id);
  g_autofree char *who = usual != NULL ? cr_person_short (usual) : g_strdup (_ ("not recorded"));
  return g_strdup_printf (_ ("Usual clinician %s\nPharmacy %s"), who,
                          pharmacy != NULL ? pharmacy->organization : _ ("not recorded"));
}

static void
fill_more (CrBanner *self, const CrChartRecords *records)
{
  g_autofree char *address = cr_patient_address (records->patient);
  g_autofree char *contact = describe_contact (records->patient, records->reach);
  g_autofree char *coverage = describe_coverage (records->coverages);
  g_autofree char *team = describe_care_team (records);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->more_box)) != NULL)
    gtk_widget_unparent (child);
  add_column (self, _ ("Address"), address);
  add_column (self, _ ("Phone and email"), contact);
  add_column (self, _ ("Coverage"), coverage);
  add_column (self, _ ("Care team"), team);
  if (records->clinical) {
    g_autofree char *full = cr_allergy_phrase (records->patient->allergy_status, records->allergies, TRUE);
    add_column (self, _ ("Allergies"), full);
  }
}

static void
announce (CrBanner *self, const char *name, const char *born)
{
  g_autofree char *text = g_strdup_printf (_ ("Chart of %s, born %s"), name, born);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
refresh (CrBanner *self)
{
  const CrChartRecords *records = self->chart != NULL ? cr_chart_get_records (self->chart) : NULL;
  g_autofree char *name = NULL, *born = NULL;
  const char *classes[] = { "patient-banner", self->edge, NULL, NULL };
  if (records == NULL || records->patient == NULL)
    return;
  name =
      self->hidden ? cr_patient_name_private (records->patient) : cr_patient_name_display (records->patient);
  born = cr_date_format_long (records->patient->birth_date);
  classes[self->edge != NULL ? 2 : 1] = cr_date_is_set (records->patient->death_date) ? "deceased" : NULL;
  gtk_widget_set_css_classes (self->root, classes);
  gtk_label_set_label (self->name_label, name);
  cr_patient_photo_show (self->photo, cr_chart_get_session (self->chart), records->patient->id,
                         self->hidden ? CR_ID_NONE : records->patient->photo_id);
  fill_born (self, records->patient,
             cr_clock_today (cr_session_get_clock (cr_chart_get_session (self->chart))));
  set_labelled (self->sex_label, _ ("Sex"), cr_sex_word (records->patient->sex));
  set_labelled (self->mrn_label, _ ("MRN"), self->hidden ? "" : records->patient->mrn);
  fill_weight (self, records);
  fill_allergies (self, records);
  fill_second_line (self, records);
  fill_more (self, records);
  announce (self, name, born);
}

/* Where a value is edited: where a click on it leads. */
static void
go (CrBanner *self, const char *section, const char *hint)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (self->chart != NULL && CR_IS_WINDOW (root))
    cr_window_navigate (CR_WINDOW (root), CR_PAGE_CHART, cr_chart_get_patient_id (self->chart), section, hint,
                        "banner");
}

static void
details_cb (CrBanner *self)
{
  go (self, CR_SECTION_DETAILS, NULL);
}

static void
vitals_cb (CrBanner *self)
{
  go (self, CR_SECTION_VITALS, NULL);
}

static void
allergies_cb (CrBanner *self)
{
  go (self, CR_SECTION_SUMMARY, "allergies");
}

static void
more_toggled_cb (CrBanner *self)
{
  gtk_revealer_set_reveal_child (self->more_revealer, gtk_toggle_button_get_active (self->expand_button));
}

static void
cr_banner_dispose (GObject *object)
{
  CrBanner *self = CR_BANNER (object);
  cr_banner_set_chart (self, NULL);
  g_clear_pointer (&self->edge, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_BANNER);
  G_OBJECT_CLASS (cr_banner_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrBanner, root);
  gtk_widget_class_bind_template_child (widget, CrBanner, photo);
  gtk_widget_class_bind_template_child (widget, CrBanner, second_line);
  gtk_widget_class_bind_template_child (widget, CrBanner, allergy_chip);
  gtk_widget_class_bind_template_child (widget, CrBanner, restricted_box);
  gtk_widget_class_bind_template_child (widget, CrBanner, draft_chip);
  gtk_widget_class_bind_template_child (widget, CrBanner, more_box);
  gtk_widget_class_bind_template_child (widget, CrBanner, space);
  gtk_widget_class_bind_template_child (widget, CrBanner, name_label);
  gtk_widget_class_bind_template_child (widget, CrBanner, born_label);
  gtk_widget_class_bind_template_child (widget, CrBanner, sex_label);
  gtk_widget_class_bind_template_child (widget, CrBanner, mrn_label);
  gtk_widget_class_bind_template_child (widget, CrBanner, preferred_label);
  gtk_widget_class_bind_template_child (widget, CrBanner, allergy_label);
  gtk_widget_class_bind_template_child (widget, CrBanner, needs_label);
  gtk_widget_class_bind_template_child (widget, CrBanner, weight_label);
  gtk_widget_class_bind_template_child (widget, CrBanner, allergy_icon);
  gtk_widget_class_bind_template_child (widget, CrBanner, expand_button);
  gtk_widget_class_bind_template_child (widget, CrBanner, more_revealer);
}

static void
cr_banner_class_init (CrBannerClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  g_type_ensure (CR_TYPE_PATIENT_PHOTO);
  G_OBJECT_CLASS (klass)->dispose = cr_banner_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/banner.ui");
  bind_children (widget);
}

/* By pointer; by key the section's tab is the way, so that identity needs no stops of Tab. */
static void
lead_on_click (CrBanner *self, GtkLabel *label, GCallback callback)
{
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect_swapped (click, "released", callback, self);
  gtk_widget_add_controller (GTK_WIDGET (label), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (label), "pointer");
}

static void
cr_banner_init (CrBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lead_on_click (self, self->name_label, G_CALLBACK (details_cb));
  lead_on_click (self, self->born_label, G_CALLBACK (details_cb));
  lead_on_click (self, self->sex_label, G_CALLBACK (details_cb));
  lead_on_click (self, self->mrn_label, G_CALLBACK (details_cb));
  lead_on_click (self, self->preferred_label, G_CALLBACK (details_cb));
  lead_on_click (self, self->needs_label, G_CALLBACK (details_cb));
  lead_on_click (self, self->weight_label, G_CALLBACK (vitals_cb));
  g_signal_connect_swapped (self->allergy_chip, "clicked", G_CALLBACK (allergies_cb), self);
  g_signal_connect_swapped (self->expand_button, "toggled", G_CALLBACK (more_toggled_cb), self);
}

void
cr_banner_set_chart (CrBanner *self, CrChart *chart)
{
  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  g_set_object (&self->chart, chart);
  if (chart == NULL) {
    if (self->photo != NULL)
      cr_patient_photo_show (self->photo, NULL, CR_ID_NONE, CR_ID_NONE);
    return;
  }
  g_signal_connect_swapped (chart, "reloaded", G_CALLBACK (refresh), self);
  refresh (self);
}

void
cr_banner_set_edge (CrBanner *self, const char *edge)
{
  g_free (self->edge);
  self->edge = g_strdup (edge);
  refresh (self);
}

void
cr_banner_set_private (CrBanner *self, gboolean hidden)
{
  self->hidden = hidden;
  refresh (self);
}

void
cr_banner_toggle_more (CrBanner *self)
{
  gtk_toggle_button_set_active (self->expand_button, !gtk_toggle_button_get_active (self->expand_button));
}
