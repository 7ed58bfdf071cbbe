/* The lists of the packet: who the patient is, problems, medications, allergies, and the histories. */
#include <glib/gi18n.h>
#include "chartroom/domain/desk-rules.h"
#include "chartroom/base/text.h"
#include "packet-private.h"
#include "words.h"

#define STOPPED_MONTHS 12

static char *
address_of (const CrPatient *patient)
{
  g_autofree char *address = cr_patient_address (patient);

  return g_strdup (words_or (address, _ ("Not recorded")));
}

static void
add_names (Packet *packet)
{
  const CrPatient *patient = packet->content->patient;
  g_autofree char *name = cr_patient_name_legal (patient);
  g_autofree char *bold = words_bold (name);
  g_autofree char *born = cr_patient_born (patient, packet->today);
  g_autofree char *gender =
      g_strdup_printf (_ ("%s; gender identity %s; pronouns %s"), cr_sex_word (patient->sex),
                       words_or (patient->gender_identity, _ ("not recorded")),
                       words_or (patient->pronouns, _ ("not recorded")));

  cr_paper_add_field_markup (packet->paper, _ ("Name"), bold);
  cr_paper_add_field (packet->paper, _ ("Born"), born);
  if (cr_date_is_set (patient->death_date)) {
    g_autofree char *died = cr_date_format (patient->death_date);

    cr_paper_add_field (packet->paper, _ ("Died"), died);
  }
  cr_paper_add_field (packet->paper, _ ("Sex for clinical use"), gender);
  cr_paper_add_field (packet->paper, _ ("MRN"), patient->mrn);
}

static void
add_contact_points (Packet *packet)
{
  const GPtrArray *points = packet->content->contact_points;

  for (guint i = 0; points != NULL && i < points->len; i++) {
    const CrContactPoint *point = points->pdata[i];
    gboolean phone = g_strcmp0 (point->system, "phone") == 0;
    g_autofree char *number = phone ? cr_phone_format (point->value) : g_strdup (point->value);
    g_autofree char *text = g_strdup_printf (
        "%s%s%s%s%s", words_or (number, _ ("Not recorded")), cr_str_empty (point->use) ? "" : ", ",
        words_or (point->use, ""), cr_str_empty (point->note) ? "" : " – ", words_or (point->note, ""));

    cr_paper_add_field (packet->paper, phone ? _ ("Phone") : words_or (point->system, _ ("Contact")), text);
  }
}

static void
add_reach (Packet *packet)
{
  const CrPatient *patient = packet->content->patient;
  g_autofree char *address = address_of (patient);
  g_autofree char *phone = cr_phone_format (patient->phone);
  g_autofree char *first = cr_str_empty (patient->phone_use) || cr_str_empty (phone)
                               ? g_strdup (phone)
                               : g_strdup_printf ("%s, %s", phone, patient->phone_use);
  g_autofree char *limits = cr_patient_contact_words (patient);

  cr_paper_add_field (packet->paper, _ ("Address"), address);
  cr_paper_add_field (packet->paper, _ ("Phone"), first);
  add_contact_points (packet);
  cr_paper_add_field (packet->paper, _ ("Language"), patient->language);
  cr_paper_add_field (packet->paper, _ ("Interpreter"), words_or (patient->interpreter, _ ("None recorded")));
  cr_paper_add_field (packet->paper, _ ("Access needs"),
                      words_or (patient->access_needs, _ ("None recorded")));
  if (limits != NULL)
    cr_paper_add_field (packet->paper, _ ("How to contact"), limits);
  if (!cr_str_empty (patient->contact_preference))
    cr_paper_add_field (packet->paper, _ ("Contact"), patient->contact_preference);
}

static void
add_related (Packet *packet)
{
  const GPtrArray *related = packet->content->related;

  for (guint i = 0; related != NULL && i < related->len; i++) {
    const CrRelatedPerson *person = related->pdata[i];
    g_autofree char *phone = cr_phone_format (person->phone);
    const char *label = person->emergency     ? _ ("Emergency contact")
                        : person->next_of_kin ? _ ("Next of kin")
                        : person->proxy       ? _ ("Health care proxy")
                                              : _ ("Related person");
    g_autofree char *text = g_strdup_printf ("%s (%s), %s", words_or (person->name, _ ("not recorded")),
                                             words_or (person->relationship, _ ("relationship not recorded")),
                                             words_or (phone, _ ("phone not recorded")));

    cr_paper_add_field (packet->paper, label, text);
  }
}

static void
add_coverage (Packet *packet, const CrCoverage *coverage)
{
  g_autofree char *rank = g_strdup_printf ("%d", (int)coverage->rank);
  g_autofree char *plan =
      g_strdup_printf ("%s%s%s", words_or (coverage->payer, _ ("not recorded")),
                       cr_str_empty (coverage->plan) ? "" : ", ", words_or (coverage->plan, ""));
  g_autofree char *verified = cr_date_is_set (coverage->verified_on) ? cr_date_format (coverage->verified_on)
                                                                     : g_strdup (_ ("not verified"));
  const char *cells[] = { rank,
                          plan,
                          words_or (coverage->member_id, _ ("not recorded")),
                          words_or (coverage->group_id, "–"),
                          words_or (coverage->subscriber, _ ("self")),
                          words_or (coverage->authorization, "–"),
                          verified };

  cr_paper_add_row (packet->paper, cells);
}

static void
add_coverages (Packet *packet)
{
  const CrPaperColumn columns[] = {
    { _ ("No."), 20, CR_PAPER_LEFT },          { _ ("Payer, plan"), -2, CR_PAPER_LEFT },
    { _ ("Member ID"), -1.3, CR_PAPER_LEFT },  { _ ("Group"), -0.8, CR_PAPER_LEFT },
    { _ ("Subscriber"), -1.2, CR_PAPER_LEFT }, { _ ("Authorization"), 70, CR_PAPER_LEFT },
    { _ ("Verified"), 64, CR_PAPER_LEFT },
  };
  const GPtrArray *coverages = packet->content->coverages;

  cr_paper_add_heading (packet->paper, _ ("Coverage"), NULL);
  if (coverages == NULL || coverages->len == 0) {
    packet_add_none (packet, _ ("Not recorded."));
    return;
  }
  cr_paper_begin_table (packet->paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < coverages->len; i++)
    add_coverage (packet, coverages->pdata[i]);
  cr_paper_end_table (packet->paper);
}

static void
add_problem (Packet *packet, const CrProblem *problem)
{
  g_autofree char *name = words_bold (words_or (problem->display, problem->code));
  g_autofree char *note = cr_paper_escape (problem->note);
  g_autofree char *text = g_strdup_printf ("%s%s%s", name, *note == '\0' ? "" : "\n", note);
  g_autofree char *code = cr_paper_escape (words_or (problem->code, "–"));
  g_autofree char *onset = cr_date_format (problem->onset);
  g_autofree char *resolved = cr_date_is_set (problem->resolved) ? cr_date_format (problem->resolved) : NULL;
  g_autofree char *recorded = cr_imprint_day (packet->content->imprint, problem->recorded_at);
  const char *status = problem->status == CR_PROBLEM_ACTIVE ? _ ("Active")
                       : resolved == NULL                   ? _ ("Resolved")
                                                            : resolved;
  g_autofree char *state = problem->status == CR_PROBLEM_ACTIVE || resolved == NULL
                               ? g_strdup (status)
                               : g_strdup_printf (_ ("Resolved\n%s"), resolved);
  const char *cells[] = { text, code, onset, state, recorded };

  cr_paper_add_row_markup (packet->paper, cells);
}

/* Active ones first. */
void
packet_add_problems (Packet *packet)
{
  const CrPaperColumn columns[] = {
    { _ ("Problem"), -1, CR_PAPER_LEFT },  { _ ("Code"), 72, CR_PAPER_LEFT },
    { _ ("Since"), 70, CR_PAPER_LEFT },    { _ ("Status"), 76, CR_PAPER_LEFT },
    { _ ("Recorded"), 70, CR_PAPER_LEFT },
  };
  const GPtrArray *problems = packet->content->problems;
  guint shown = 0, hidden = 0;

  packet_begin (packet, CR_PACKET_PROBLEMS, NULL, NULL);
  cr_paper_begin_table (packet->paper, columns, G_N_ELEMENTS (columns));
  for (int status = CR_PROBLEM_ACTIVE; status <= CR_PROBLEM_RESOLVED; status++)
    for (guint i = 0; problems != NULL && i < problems->len; i++) {
      const CrProblem *problem = problems->pdata[i];

      if (problem->status != status)
        continue;
      if (packet_hides (packet, problem->id))
        hidden++;
      else
        shown++, add_problem (packet, problem);
    }
  if (shown == 0)
    cr_paper_add_row_wide (packet->paper, _ ("None recorded."));
  cr_paper_end_table (packet->paper);
  packet_add_hidden (packet, hidden);
}

static const char *
medication_status (const CrMedication *medication)
{
  switch (medication->status) {
  case CR_MED_NOT_STARTED:
    return _ ("Not started");
  case CR_MED_ON_HOLD:
    return _ ("On hold");
  case CR_MED_REPORTED:
    return _ ("Patient reports");
  case CR_MED_COMPLETED:
    return _ ("Completed");
  case CR_MED_STOPPED:
    return _ ("Stopped");
  case CR_MED_ACTIVE:
  default:
    return _ ("Active");
  }
}

static void
add_medication (Packet *packet, const CrMedication *medication)
{
  g_autofree char *drug = words_drug_markup (medication->display, medication->generic);
  g_autofree char *sig = cr_sig_list_text (&medication->sig);
  g_autofree char *directions = cr_paper_escape_units (words_or (sig, _ ("Directions not recorded")));
  const char *blood = packet_is_anticoagulant (packet, medication) ? _ ("   <b>ANTICOAGULANT</b>") : "";
  g_autofree char *text = g_strdup_printf ("%s%s\n%s", drug, blood, directions);
  g_autofree char *purpose = cr_paper_escape (words_or (medication->indication, _ ("Not recorded")));
  g_autofree char *started = cr_date_format (medication->started);
  g_autofree char *stopped =
      cr_date_is_set (medication->stopped) ? cr_date_format (medication->stopped) : NULL;
  g_autofree char *reason = cr_paper_escape (medication->stop_reason);
  g_autofree char *status =
      g_strdup_printf ("%s%s%s%s%s", medication_status (medication), stopped == NULL ? "" : "\n",
                       words_or (stopped, ""), *reason == '\0' ? "" : "\n", reason);
  const char *cells[] = { text, purpose, started, status };

  cr_paper_add_row_markup (packet->paper, cells);
}

static gboolean
stopped_lately (Packet *packet, const CrMedication *medication)
{
  CrDate since = cr_date_add_months (packet->today, -STOPPED_MONTHS);

  return (medication->status == CR_MED_STOPPED || medication->status == CR_MED_COMPLETED) &&
         cr_date_is_set (medication->stopped) && cr_date_compare (medication->stopped, since) >= 0;
}

/* The current ones, or those stopped in the last months; returns how many rows there were. */
static guint
add_medication_table (Packet *packet, gboolean current, guint *hidden)
{
  const CrPaperColumn columns[] = {
    { _ ("Medication and directions"), -3, CR_PAPER_LEFT },
    { _ ("For"), -1.2, CR_PAPER_LEFT },
    { _ ("Started"), 70, CR_PAPER_LEFT },
    { _ ("Status"), 90, CR_PAPER_LEFT },
  };
  const GPtrArray *rows = packet->content->medications;
  guint n = 0;

  cr_paper_begin_table (packet->paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const CrMedication *medication = rows->pdata[i];

    if (current ? !words_is_current (medication) : !stopped_lately (packet, medication))
      continue;
    if (packet_hides (packet, medication->id))
      ++*hidden;
    else
      n++, add_medication (packet, medication);
  }
  if (n == 0)
    cr_paper_add_row_wide (packet->paper, current ? _ ("No current medications recorded.") : _ ("None."));
  cr_paper_end_table (packet->paper);
  return n;
}

static guint
count_medications (Packet *packet, gboolean current)
{
  const GPtrArray *rows = packet->content->medications;
  guint n = 0;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    n += current ? words_is_current (rows->pdata[i]) : stopped_lately (packet, rows->pdata[i]);
  return n;
}

void
packet_add_medications (Packet *packet)
{
  g_autofree char *title = g_strdup_printf (_ ("Medications (%u current)"), count_medications (packet, TRUE));
  guint hidden = 0;

  packet_begin (packet, CR_PACKET_MEDICATIONS, title, NULL);
  add_medication_table (packet, TRUE, &hidden);
  if (count_medications (packet, FALSE) > 0) {
    cr_paper_add_heading (packet->paper, _ ("Stopped or completed in the last 12 months"), NULL);
    add_medication_table (packet, FALSE, &hidden);
  }
  packet_add_hidden (packet, hidden);
}

static void
add_allergy (Packet *packet, const CrAllergy *allergy)
{
  g_autofree char *substance = words_bold (words_or (allergy->substance, _ ("unnamed")));
  g_autofree char *reactions = cr_paper_escape (words_or (allergy->reactions, _ ("Not recorded")));
  g_autofree char *severity = cr_paper_escape (words_or (allergy->severity, _ ("Not recorded")));
  g_autofree char *kind =
      g_strdup_printf ("%s%s%s", words_or (allergy->type, _ ("unknown type")),
                       cr_str_empty (allergy->category) ? "" : ", ", words_or (allergy->category, ""));
  g_autofree char *type = cr_paper_escape (kind);
  g_autofree char *certainty = cr_paper_escape (words_or (allergy->certainty, _ ("Not recorded")));
  g_autofree char *recorded = cr_imprint_day (packet->content->imprint, allergy->recorded_at);
  const char *cells[] = { substance, reactions, type, severity, certainty, recorded };

  cr_paper_add_row_markup (packet->paper, cells);
}

void
packet_add_allergies (Packet *packet)
{
  const CrPaperColumn columns[] = {
    { _ ("Substance"), -1.6, CR_PAPER_LEFT }, { _ ("Reaction"), -1.6, CR_PAPER_LEFT },
    { _ ("Type"), -1.6, CR_PAPER_LEFT },      { _ ("Worst severity"), 68, CR_PAPER_LEFT },
    { _ ("Certainty"), 56, CR_PAPER_LEFT },   { _ ("Recorded"), 62, CR_PAPER_LEFT },
  };
  const CrPacketContent *content = packet->content;
  g_autoptr (GPtrArray) active = words_active_allergies (content->allergies);

  packet_begin (packet, CR_PACKET_ALLERGIES, NULL, NULL);
  if (active->len == 0) {
    g_autofree char *statement = words_allergies (content->imprint, content->patient, content->allergies);
    g_autofree char *bold = words_bold (statement);

    cr_paper_add_markup (packet->paper, CR_PAPER_BODY, CR_PAPER_LEFT, bold);
    return;
  }
  cr_paper_begin_table (packet->paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < active->len; i++)
    add_allergy (packet, active->pdata[i]);
  cr_paper_end_table (packet->paper);
}

void
packet_add_demographics (Packet *packet)
{
  packet_begin (packet, CR_PACKET_DEMOGRAPHICS, NULL, NULL);
  add_names (packet);
  add_reach (packet);
  add_related (packet);
  add_coverages (packet);
}
