/* One page that goes with the patient through the office. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "desk-words.h"
#include "words.h"

#define STATION_HEIGHT 24.0
#define NOTE_LINES 6

static void
add_station (CrPaper *paper, const char *name)
{
  g_autofree char *box = g_strdup_printf ("<span font_family='DejaVu Sans'>☐</span>  %s", name);
  const char *const cells[] = { box, "", "", "" };

  cr_paper_add_row_markup (paper, cells);
}

static void
add_stations (CrPaper *paper)
{
  static const char *const STATIONS[] = { N_ ("Checked in"), N_ ("Vital signs"), N_ ("With doctor"),
                                          N_ ("Laboratory or injection"), N_ ("Checked out") };
  const CrPaperColumn COLUMNS[] = { { _ ("Station"), 150, CR_PAPER_LEFT },
                                    { _ ("Time"), 60, CR_PAPER_LEFT },
                                    { _ ("By"), 60, CR_PAPER_LEFT },
                                    { _ ("Note"), -1, CR_PAPER_LEFT } };

  cr_paper_begin_section (paper, "stations", _ ("Through the office"), NULL);
  cr_paper_begin_table (paper, COLUMNS, G_N_ELEMENTS (COLUMNS));
  cr_paper_set_row_height (paper, STATION_HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (STATIONS); i++)
    add_station (paper, _ (STATIONS[i]));
  cr_paper_end_table (paper);
}

static void
add_follow_up (CrPaper *paper)
{
  static const CrPaperCheck CHECKS[] = {
    { N_ ("days"), FALSE }, { N_ ("weeks"), FALSE }, { N_ ("months"), FALSE }, { N_ ("as needed"), FALSE }
  };
  CrPaperCheck checks[G_N_ELEMENTS (CHECKS)];
  const CrPaperColumn LINE[] = { { NULL, -1, CR_PAPER_LEFT } };
  static const char *const EMPTY[] = { "" };

  for (guint i = 0; i < G_N_ELEMENTS (CHECKS); i++)
    checks[i] = (CrPaperCheck){ _ (CHECKS[i].label), FALSE };
  cr_paper_begin_section (paper, "follow-up", _ ("Come again and instructions"), NULL);
  cr_paper_add_checks (paper, _ ("Return in ______"), checks, G_N_ELEMENTS (checks));
  cr_paper_begin_table (paper, LINE, 1);
  cr_paper_set_row_height (paper, STATION_HEIGHT);
  for (guint i = 0; i < NOTE_LINES; i++)
    cr_paper_add_row (paper, EMPTY);
  cr_paper_end_table (paper);
}

static char *
flag_words (const CrVisit *visit)
{
  const CrPatient *patient = visit->patient;
  GString *out = g_string_new (NULL);

  if (visit->similar)
    g_string_append (out, _ ("▲ Similar name today: check the date of birth.  "));
  if (!cr_str_empty (patient->interpreter))
    g_string_append_printf (out, _ ("Interpreter: %s.  "), patient->interpreter);
  if (!cr_str_empty (patient->access_needs))
    g_string_append_printf (out, "%s.", patient->access_needs);
  return g_string_free (out, FALSE);
}

static void
add_verify (CrPaper *paper, const CrRoutingSlipContent *content)
{
  const CrPatient *patient = content->visit->patient;
  const CrCoverage *coverage = content->coverage;
  g_autofree char *phone = cr_reach_phone_words (patient, content->visit->reach);
  g_autofree char *address = cr_patient_address (patient);
  g_autofree char *insurance = coverage == NULL
                                   ? NULL
                                   : g_strdup_printf (_ ("%s, member %s"), words_or (coverage->payer, "–"),
                                                      words_or (coverage->member_id, _ ("not recorded")));

  cr_paper_begin_section (paper, "verify", _ ("To verify"), NULL);
  cr_paper_add_field (paper, _ ("Phone"), phone);
  cr_paper_add_field (paper, _ ("Address"), address);
  cr_paper_add_field (paper, _ ("Insurance"), insurance);
}

static void
add_visit (CrPaper *paper, const CrRoutingSlipContent *content)
{
  const CrVisit *visit = content->visit;
  const CrAppointment *a = visit->appointment;
  g_autofree char *day = cr_date_format_weekday (a->date);
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_autofree char *there = desk_arrive_at (visit);
  g_autofree char *early =
      desk_is_early (visit) ? g_strdup_printf (_ (" (asked to be here at %s)"), there) : NULL;
  g_autofree char *when =
      g_strdup_printf (_ ("%s, %s, %d min%s"), day, time, (int)a->minutes, words_or (early, ""));
  g_autofree char *flags = flag_words (visit);

  cr_paper_add_field (paper, _ ("Visit"), when);
  cr_paper_add_field (paper, _ ("Type"), words_or (visit->type_name, visit->type_code));
  cr_paper_add_field (paper, _ ("Clinician"), visit->clinician);
  cr_paper_add_field (paper, _ ("Room"), words_or (visit->room_name, "______"));
  if (*flags != '\0')
    cr_paper_add_field (paper, _ ("Please note"), flags);
}

CrPaper *
cr_routing_slip (const CrRoutingSlipContent *content)
{
  const CrPatient *patient = content->visit->patient;
  CrPaper *paper = cr_paper_new (_ ("Routing slip"));
  g_autofree char *name = cr_patient_name_list (patient);
  g_autofree char *born = cr_patient_born (patient, cr_imprint_today (content->imprint));
  g_autofree char *facts = g_strdup_printf (_ ("Born %s · %s · MRN %s"), born, cr_sex_word (patient->sex),
                                            words_or (patient->mrn, _ ("not recorded")));

  cr_imprint_frame (content->imprint, paper, NULL);
  cr_paper_set_confidence (paper, _ ("Contains patient information. Shred after use."));
  cr_paper_add_letterhead (paper, name, facts, _ ("Routing slip"));
  cr_paper_set_fields (paper, 80, CR_PAPER_BODY);
  add_visit (paper, content);
  add_verify (paper, content);
  add_stations (paper);
  add_follow_up (paper);
  return paper;
}
