#include "src/ui/chart/details-section.h"
#include "src/ui/chart/card.h"
#include "src/ui/chart/line.h"
#include "src/ui/schedule/register-dialog.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/domain/book-records.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include <glib/gi18n.h>

#define FIRST_APPOINTMENTS 12

struct _CrDetailsSection {
  CrChartSection parent;
  GtkWidget *root;
  GtkButton *book_button, *edit_button;
  GtkMenuButton *print_button;
  CrCard *person, *contact, *relatives, *coverage, *papers, *appointments;
  gboolean all_appointments;
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrDetailsSection, cr_details_section, CR_TYPE_CHART_SECTION,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrWindow *
window_of (CrDetailsSection *self)
{
  return cr_chart_section_get_window (CR_CHART_SECTION (self));
}

static const CrChartRecords *
records_of (CrDetailsSection *self)
{
  return cr_chart_section_records (CR_CHART_SECTION (self));
}

/* ---- lines ---- */

static void
add_fact (CrCard *card, const char *label, const char *value)
{
  GtkWidget *line = cr_line_box (12), *name = cr_line_text (label, "label");
  const char *shown = cr_str_empty (value) ? _ ("Not recorded") : value;
  g_autofree char *spoken = g_strdup_printf ("%s: %s", label, shown);
  gtk_label_set_width_chars (GTK_LABEL (name), 15);
  cr_line_add (line, name, FALSE);
  cr_line_add (line, cr_line_text (shown, cr_str_empty (value) ? "text-3" : "value"), TRUE);
  cr_card_add (card, line, spoken, 0);
}

/* Only where something is known: for what most people do not have. */
static void
add_fact_if (CrCard *card, const char *label, const char *value)
{
  if (!cr_str_empty (value))
    add_fact (card, label, value);
}

static char *
join (const char *first, const char *second)
{
  if (cr_str_empty (second))
    return g_strdup (first);
  return cr_str_empty (first) ? g_strdup (second) : g_strdup_printf ("%s · %s", first, second);
}

/* ---- cards ---- */

static void
fill_person (CrDetailsSection *self)
{
  const CrPatient *p = records_of (self)->patient;
  g_autofree char *name =
      cr_window_is_private (window_of (self)) ? cr_patient_name_private (p) : cr_patient_name_display (p);
  g_autofree char *born = cr_patient_born (p, cr_chart_section_today (CR_CHART_SECTION (self)));
  g_autofree char *registered = cr_date_is_set (p->registered_on) ? cr_date_format (p->registered_on) : NULL;
  cr_card_clear (self->person);
  add_fact (self->person, _ ("Legal name"), name);
  if (!cr_window_is_private (window_of (self))) {
    add_fact_if (self->person, _ ("Preferred name"), p->preferred);
    for (guint i = 0; i < records_of (self)->patient_names->len; i++) {
      g_autofree char *former = cr_patient_former_name (records_of (self)->patient_names->pdata[i]);
      add_fact (self->person, _ ("Other name"), former);
    }
  }
  add_fact (self->person, _ ("Born"), born);
  add_fact (self->person, _ ("Sex (clinical use)"), cr_sex_word (p->sex));
  add_fact_if (self->person, _ ("Sex on documents"), p->sex_documents);
  add_fact_if (self->person, _ ("Gender identity"), p->gender_identity);
  add_fact (self->person, _ ("Pronouns"), p->pronouns);
  add_fact (self->person, _ ("Language"), p->language);
  add_fact_if (self->person, _ ("Interpreter"), p->interpreter);
  add_fact_if (self->person, _ ("Access needs"), p->access_needs);
  add_fact (self->person, _ ("MRN"), p->mrn);
  add_fact_if (self->person, _ ("Registered"), registered);
}

static void
add_points (CrDetailsSection *self)
{
  for (guint i = 0; i < records_of (self)->contact_points->len; i++) {
    const CrContactPoint *c = records_of (self)->contact_points->pdata[i];
    gboolean phone = g_strcmp0 (c->system, "email") != 0;
    g_autofree char *value = phone ? cr_phone_format (c->value) : g_strdup (c->value);
    g_autofree char *marked =
        cr_note_no_voice_mail (c->note) ? g_strconcat ("⊘ ", c->note, NULL) : g_strdup (c->note);
    g_autofree char *text = join (value, marked);
    add_fact (self->contact, cr_contact_point_word (c), text);
  }
}

/* "Ana Garcia (mother) 503-555-0142 · 12 Elm St, Salem OR 97301"; NULL: nobody is needed for that. */
static char *
describe_reach (const CrPatient *patient, const CrReach *reach)
{
  g_autofree char *phone =
      reach != NULL && reach->phone != NULL ? cr_reach_phone_words (patient, reach) : NULL;
  g_autofree char *place = reach == NULL || reach->address == NULL ? NULL
                           : reach->place != NULL ? g_strdup_printf ("%s, %s", reach->address, reach->place)
                                                  : g_strdup (reach->address);
  g_autofree char *mail =
      place != NULL ? g_strdup_printf (_ ("mail to %s, %s"), reach->address_of, place) : NULL;
  return phone != NULL || mail != NULL ? join (phone, mail) : NULL;
}

static void
fill_contact (CrDetailsSection *self)
{
  const CrChartRecords *records = records_of (self);
  const CrPatient *p = records->patient;
  const CrContact *pharmacy = cr_chart_records_contact (records, p->pharmacy_id);
  const CrPerson *usual = cr_chart_records_person (records, p->usual_person_id);
  g_autofree char *address = cr_patient_address (p), *through = describe_reach (p, records->reach);
  g_autofree char *phone = cr_str_empty (p->phone) ? NULL : cr_phone_format (p->phone);
  g_autofree char *with_use = phone != NULL ? join (phone, cr_phone_use_word (p->phone_use)) : NULL;
  g_autofree char *limits = cr_patient_contact_words (p), *days = cr_weekdays_words (p->preferred_days);
  g_autofree char *clinician = usual != NULL ? cr_person_formal (usual) : NULL;
  g_autofree char *drugstore = pharmacy != NULL ? cr_contact_display (pharmacy) : NULL;
  g_autofree char *verified = cr_date_is_set (p->verified_on) ? cr_date_format (p->verified_on) : NULL;
  cr_card_clear (self->contact);
  add_fact (self->contact, _ ("Address"), address);
  add_fact (self->contact, _ ("Phone"), with_use);
  add_fact_if (self->contact, _ ("Reached through"), through);
  add_fact_if (self->contact, _ ("How to contact"), limits);
  add_points (self);
  add_fact (self->contact, _ ("Email"), p->email);
  add_fact_if (self->contact, _ ("In other words"), p->contact_preference);
  add_fact_if (self->contact, _ ("Days that suit"), days);
  add_fact (self->contact, _ ("Usual clinician"), clinician);
  add_fact (self->contact, _ ("Pharmacy"), drugstore);
  add_fact_if (self->contact, _ ("Referred by"), p->referred_by);
  add_fact (self->contact, _ ("Last verified"), verified);
}

static void
add_role (GString *roles, gboolean has, const char *word)
{
  if (has)
    g_string_append_printf (roles, "%s%s", roles->len > 0 ? ", " : "", word);
}

static void
fill_relatives (CrDetailsSection *self)
{
  const GPtrArray *relatives = records_of (self)->related_persons;
  cr_card_clear (self->relatives);
  for (guint i = 0; i < relatives->len; i++) {
    const CrRelatedPerson *r = relatives->pdata[i];
    g_autofree char *phone = cr_str_empty (r->phone) ? NULL : cr_phone_format (r->phone);
    g_autofree char *named = join (r->name, phone);
    g_autofree char *who = join (named, r->address);
    g_autoptr (GString) roles = g_string_new (NULL);
    g_autofree char *text = NULL;
    add_role (roles, r->next_of_kin, _ ("next of kin"));
    add_role (roles, r->emergency, _ ("emergency contact"));
    add_role (roles, r->guarantor, _ ("guarantor"));
    add_role (roles, r->proxy, _ ("health care proxy"));
    text = join (who, roles->str);
    add_fact (self->relatives, cr_str_empty (r->relationship) ? _ ("Relative") : r->relationship, text);
  }
  if (relatives->len == 0)
    cr_card_add_empty (self->relatives, _ ("No relatives or emergency contacts recorded."));
}

static const char *
rank_word (gint64 rank)
{
  return rank == 1   ? _ ("Pays first")
         : rank == 2 ? _ ("Pays second")
         : rank == 3 ? _ ("Pays third")
                     : _ ("Further");
}

/* "until Jan 01, 2027 · subscriber Tom Garcia · card on file · verified Nov 03, 2026" */
static char *
describe_coverage (const CrCoverage *c)
{
  g_autofree char *ended = cr_date_is_set (c->valid_to) ? cr_date_format (c->valid_to) : NULL;
  g_autofree char *until = ended != NULL ? g_strdup_printf (_ ("until %s"), ended) : NULL;
  g_autofree char *day = cr_date_is_set (c->verified_on) ? cr_date_format (c->verified_on) : NULL;
  g_autofree char *verified = day != NULL ? g_strdup_printf (_ ("verified %s"), day) : NULL;
  g_autofree char *whose =
      cr_str_empty (c->subscriber) ? NULL : g_strdup_printf (_ ("subscriber %s"), c->subscriber);
  gboolean card = c->card_front_id != CR_ID_NONE || c->card_back_id != CR_ID_NONE;
  g_autofree char *first = join (until, whose);
  g_autofree char *second = join (card ? _ ("card on file") : NULL, verified);
  return join (first, second);
}

static void
add_coverage (CrDetailsSection *self, const char *label, const CrCoverage *c)
{
  g_autofree char *plan = join (c->payer, c->plan);
  g_autofree char *member =
      cr_str_empty (c->member_id) ? NULL : g_strdup_printf (_ ("Member ID %s"), c->member_id);
  g_autofree char *text = join (plan, member);
  g_autofree char *more = describe_coverage (c);
  g_autofree char *all = join (text, more);
  add_fact (self->coverage, label, all);
}

static void
fill_coverage (CrDetailsSection *self)
{
  const GPtrArray *coverages = records_of (self)->coverages, *former = records_of (self)->former_coverages;
  cr_card_clear (self->coverage);
  for (guint i = 0; i < coverages->len; i++)
    add_coverage (self, rank_word (((const CrCoverage *)coverages->pdata[i])->rank), coverages->pdata[i]);
  if (coverages->len == 0)
    cr_card_add_empty (self->coverage, _ ("No insurance recorded."));
  for (guint i = 0; i < former->len; i++)
    add_coverage (self, _ ("Before"), former->pdata[i]);
}

static void
add_consent (CrDetailsSection *self, const CrConsent *c)
{
  g_autofree char *given = cr_date_format (c->given_on);
  g_autofree char *until = cr_date_is_set (c->expires_on) ? cr_date_format (c->expires_on) : NULL;
  g_autofree char *expires = until != NULL ? g_strdup_printf (_ ("until %s"), until) : NULL;
  g_autofree char *dates = join (given, expires);
  g_autofree char *status = join (cr_consent_status_word (c->status), dates);
  g_autofree char *with_form = join (status, c->document_id != CR_ID_NONE ? _ ("form on file") : NULL);
  g_autofree char *text = join (with_form, c->note);
  g_autofree char *label = g_strdup_printf (_ ("Consent: %s"), cr_consent_kind_word (c->kind));
  add_fact (self->papers, label, text);
}

static void
fill_papers (CrDetailsSection *self)
{
  const CrChartRecords *records = records_of (self);
  cr_card_clear (self->papers);
  for (guint i = 0; i < records->directives->len; i++) {
    const CrDirective *d = records->directives->pdata[i];
    g_autofree char *day = cr_date_format (d->dated);
    g_autofree char *when = d->active ? g_strdup (day) : g_strdup_printf (_ ("%s, no longer in force"), day);
    g_autofree char *text = join (d->text, when);
    add_fact (self->papers, cr_str_empty (d->kind) ? _ ("Directive") : d->kind, text);
  }
  for (guint i = 0; i < records->consents->len; i++)
    add_consent (self, records->consents->pdata[i]);
  if (records->directives->len + records->consents->len == 0)
    cr_card_add_empty (self->papers, _ ("No consents or advance directives recorded."));
}

static void
add_appointment (CrDetailsSection *self, const CrAppointment *a)
{
  const CrPerson *who = cr_chart_records_person (records_of (self), a->person_id);
  GtkWidget *line = cr_line_box (9), *day_label;
  g_autofree char *day = cr_date_format_near (a->date, cr_chart_section_today (CR_CHART_SECTION (self)));
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_autofree char *when = g_strdup_printf ("%s  %s", day, time);
  g_autofree char *name = who != NULL ? cr_person_short (who) : g_strdup ("");
  g_autofree char *what = join (a->reason, name);
  g_autofree char *spoken =
      g_strdup_printf ("%s, %s, %s", when, what != NULL ? what : "", cr_stage_word (a->stage));
  day_label = cr_line_text (when, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (day_label), 12);
  cr_line_add (line, day_label, FALSE);
  cr_line_add (line, cr_line_text (what, "value"), TRUE);
  cr_line_add (line, cr_line_icon (cr_stage_icon (a->stage)), FALSE);
  cr_line_add (line, cr_line_short (cr_stage_word (a->stage), "caption"), FALSE);
  cr_card_add (self->appointments, line, spoken, a->id);
}

static void show_all_cb (CrDetailsSection *self);

static void
fill_appointments (CrDetailsSection *self)
{
  const GPtrArray *appointments = records_of (self)->appointments;
  guint most = self->all_appointments ? appointments->len : MIN (appointments->len, FIRST_APPOINTMENTS);
  g_autofree char *count = g_strdup_printf ("%u", appointments->len);
  cr_card_clear (self->appointments);
  cr_card_set_count (self->appointments, count);
  for (guint i = 0; i < most; i++)
    add_appointment (self, appointments->pdata[i]);
  if (appointments->len == 0)
    cr_card_add_empty (self->appointments, _ ("No appointments."));
  if (most < appointments->len) {
    g_autofree char *text = g_strdup_printf (_ ("_More… (%u)"), appointments->len - most);
    GtkWidget *more = cr_line_button (text, NULL);
    gtk_widget_add_css_class (more, "link-like");
    gtk_widget_set_halign (more, GTK_ALIGN_START);
    g_signal_connect_swapped (more, "clicked", G_CALLBACK (show_all_cb), self);
    cr_card_add_last (self->appointments, more);
  }
}

static void
show_all_cb (CrDetailsSection *self)
{
  self->all_appointments = TRUE;
  fill_appointments (self);
}

static void
appointment_cb (CrCard *card, gint64 id, GtkWidget *row, CrDetailsSection *self)
{
  for (guint i = 0; i < records_of (self)->appointments->len; i++) {
    const CrAppointment *a = records_of (self)->appointments->pdata[i];
    if (a->id == id) {
      g_autofree char *hint = cr_visit_hint ("show", a->date, a->id);
      cr_window_navigate (window_of (self), CR_PAGE_SCHEDULE, CR_ID_NONE, NULL, hint, "details");
      return;
    }
  }
}

/* ---- section ---- */

static gboolean
may_edit (CrDetailsSection *self)
{
  return records_of (self) != NULL &&
         cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_DEMOGRAPHICS_EDIT);
}

static void
edit_cb (CrDetailsSection *self)
{
  if (may_edit (self))
    cr_register_dialog_present (window_of (self), NULL, records_of (self)->patient->id);
}

static gboolean
may_book (CrDetailsSection *self)
{
  return records_of (self) != NULL && !cr_date_is_set (records_of (self)->patient->death_date) &&
         cr_chart_section_can (CR_CHART_SECTION (self), CR_RIGHT_SCHEDULE_EDIT);
}

static void
book_cb (CrDetailsSection *self)
{
  if (may_book (self))
    cr_window_navigate (window_of (self), CR_PAGE_SCHEDULE, records_of (self)->patient->id, NULL, "book",
                        "details");
}

static void
cr_details_section_show (CrChartSection *section)
{
  CrDetailsSection *self = CR_DETAILS_SECTION (section);
  CrCard *cards[] = { self->person,   self->contact, self->relatives,
                      self->coverage, self->papers,  self->appointments };
  if (records_of (self) == NULL) {
    for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
      cr_card_clear (cards[i]);
    return;
  }
  fill_person (self);
  fill_contact (self);
  fill_relatives (self);
  fill_coverage (self);
  fill_papers (self);
  fill_appointments (self);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button), may_edit (self));
  gtk_widget_set_visible (GTK_WIDGET (self->book_button), may_book (self));
}

static void
cr_details_section_leave (CrChartSection *section)
{
  CR_DETAILS_SECTION (section)->all_appointments = FALSE;
}

static void
cr_details_section_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrDetailsSection *self = CR_DETAILS_SECTION (page);
  cr_chart_section_refresh (CR_CHART_SECTION (self));
  if (may_edit (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->edit_button));
  else
    cr_card_focus (self->person);
}

static gboolean
cr_details_section_perform (CrPage *page, const char *what)
{
  CrDetailsSection *self = CR_DETAILS_SECTION (page);
  if (g_str_equal (what, "print") && records_of (self) != NULL) {
    gtk_menu_button_popup (self->print_button);
    return TRUE;
  }
  if (!g_str_equal (what, "edit") || !may_edit (self))
    return FALSE;
  edit_cb (self);
  return TRUE;
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = cr_details_section_enter;
  iface->perform = cr_details_section_perform;
}

static void
cr_details_section_dispose (GObject *object)
{
  CrDetailsSection *self = CR_DETAILS_SECTION (object);
  if (self->root != NULL)
    cr_chart_section_set_chart (CR_CHART_SECTION (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_DETAILS_SECTION);
  G_OBJECT_CLASS (cr_details_section_parent_class)->dispose (object);
}

static void
cr_details_section_class_init (CrDetailsSectionClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_details_section_dispose;
  CR_CHART_SECTION_CLASS (klass)->show = cr_details_section_show;
  CR_CHART_SECTION_CLASS (klass)->leave = cr_details_section_leave;
  g_type_ensure (CR_TYPE_CARD);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/chart/details-section.ui");
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, root);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, edit_button);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, book_button);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, print_button);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, person);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, contact);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, relatives);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, coverage);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, papers);
  gtk_widget_class_bind_template_child (widget, CrDetailsSection, appointments);
}

static void
cr_details_section_init (CrDetailsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->edit_button, "clicked", G_CALLBACK (edit_cb), self);
  g_signal_connect_swapped (self->book_button, "clicked", G_CALLBACK (book_cb), self);
  g_signal_connect (self->appointments, "opened", G_CALLBACK (appointment_cb), self);
}

GtkWidget *
cr_details_section_new (CrWindow *window)
{
  CrDetailsSection *self = g_object_new (CR_TYPE_DETAILS_SECTION, NULL);
  cr_chart_section_set_window (CR_CHART_SECTION (self), window);
  return GTK_WIDGET (self);
}
