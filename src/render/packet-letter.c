/* The letter: page 1 of the packet, and all that many readers will see. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/text.h"
#include "packet-private.h"
#include "words.h"

#define PARTIES_WIDTH 42.0
#define FIELDS_WIDTH 110.0
#define SHORT_FACT 32 /* bytes */
/* Medications on page 1: with directions, with strengths, or names alone as the list grows; never fewer. */
#define FULL_LINES 12
#define STRENGTH_LINES 30
#define BACKGROUND_PROBLEMS 8

/* Joins what there is with dots, short facts unbroken; the fact takes the place of %s in the frame, which is
 * markup. */
static void
append_fact (GString *line, const char *frame, const char *fact)
{
  g_autofree char *escaped = cr_paper_escape (fact);
  const char *place = strstr (frame, "%s");
  gboolean short_one;

  if (*escaped == '\0' || place == NULL)
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  short_one = strlen (escaped) < SHORT_FACT;
  g_string_append (line, short_one ? "<span allow_breaks='false'>" : "");
  g_string_append_len (line, frame, place - frame);
  g_string_append (line, escaped);
  g_string_append (line, place + strlen ("%s"));
  g_string_append (line, short_one ? "</span>" : "");
}

static void
append_phone (GString *line, const char *frame, const char *digits)
{
  g_autofree char *phone = cr_str_empty (digits) ? NULL : cr_phone_format (digits);

  append_fact (line, frame, phone);
}

/* "Referral – URGENT (within 7 days)" */
static char *
headline (const CrReferral *referral)
{
  const char *words = cr_urgency_word (referral->urgency);
  const char *bracket = strstr (words, " (");
  g_autofree char *first = g_strndup (words, bracket == NULL ? strlen (words) : (gsize)(bracket - words));
  g_autofree char *upper = cr_text_upper (first);
  g_autofree char *text = g_strdup_printf (_ ("Referral – %s%s"), upper, bracket == NULL ? "" : bracket);

  return cr_paper_escape (text);
}

static void
add_headline (Packet *packet)
{
  const CrReferral *referral = packet->content->referral;
  g_autofree char *left = headline (referral);
  g_autofree char *number = cr_paper_escape (words_or (referral->number, _ ("not yet given")));
  g_autofree char *right =
      g_strdup_printf (_ ("<span size='9.5pt' weight='normal'>Referral no. %s</span>"), number);

  cr_paper_add_pair (packet->paper, CR_PAPER_TITLE, 0.68, CR_PAPER_RIGHT, left, right);
}

static char *
recipient (const CrPacketContent *content)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const CrContact *to = content->to;

  if (to != NULL) {
    g_autofree char *name = cr_contact_display (to);

    append_fact (line, "<b>%s</b>", name);
  }
  append_fact (line, to == NULL ? "<b>%s</b>" : "%s", content->referral->specialty);
  if (to != NULL) {
    append_phone (line, _ ("Phone %s"), to->phone);
    append_phone (line, _ ("Fax %s"), to->fax);
  }
  if (line->len == 0)
    g_string_append (line, _ ("Not recorded"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
sender (const CrPacketContent *content)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *name = cr_person_formal (content->from);

  append_fact (line, "<b>%s</b>", name);
  append_phone (line, _ ("direct line %s"), content->from->direct_line);
  append_phone (line, _ ("urgent calls %s"), content->imprint->practice->back_line);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
subject (Packet *packet)
{
  const CrPatient *patient = packet->content->patient;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *name = cr_patient_name_legal (patient);
  g_autofree char *born = cr_patient_born (patient, packet->today);

  append_fact (line, "<b>%s</b>", name);
  append_fact (line, _ ("Born %s"), born);
  append_fact (line, "%s", cr_sex_word (patient->sex));
  append_fact (line, "%s", patient->pronouns);
  append_fact (line, _ ("MRN %s"), words_or (patient->mrn, _ ("not recorded")));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* "Blue Plan PPO ··8841, authorization A-1" of the first coverage. */
static char *
insurance (const CrPacketContent *content)
{
  const CrCoverage *first = NULL;
  g_autofree char *tail = NULL;

  for (guint i = 0; content->coverages != NULL && i < content->coverages->len; i++) {
    const CrCoverage *coverage = content->coverages->pdata[i];

    if (first == NULL || coverage->rank < first->rank)
      first = coverage;
  }
  if (first == NULL)
    return g_strdup (_ ("not recorded"));
  if (!cr_str_empty (first->member_id)) {
    gsize length = strlen (first->member_id);

    tail = g_strdup_printf (" ··%s", first->member_id + (length > 4 ? length - 4 : 0));
  }
  return g_strdup_printf (
      "%s%s%s%s%s%s", words_or (first->payer, _ ("payer not recorded")),
      cr_str_empty (first->plan) ? "" : " ", words_or (first->plan, ""), tail == NULL ? "" : tail,
      cr_str_empty (first->authorization) ? "" : _ (", authorization "), words_or (first->authorization, ""));
}

static char *
reach (const CrPacketContent *content)
{
  const CrPatient *patient = content->patient;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *phone = cr_phone_format (patient->phone);
  g_autofree char *use =
      cr_str_empty (patient->phone_use) ? g_strdup ("") : g_strdup_printf (" (%s)", patient->phone_use);
  g_autofree char *both =
      g_strdup_printf ("%s%s", words_or (phone, _ ("not recorded")), cr_str_empty (phone) ? "" : use);
  g_autofree char *payer = insurance (content);

  append_fact (line, _ ("Phone %s"), both);
  append_fact (line, _ ("Interpreter: %s"), words_or (patient->interpreter, _ ("none recorded")));
  append_fact (line, _ ("Insurance %s"), payer);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
add_parties (Packet *packet)
{
  g_autofree char *to = recipient (packet->content);
  g_autofree char *from = sender (packet->content);
  g_autofree char *re = subject (packet);
  g_autofree char *more = reach (packet->content);

  cr_paper_set_fields (packet->paper, PARTIES_WIDTH, packet->letter_style);
  cr_paper_add_space (packet->paper, 2);
  cr_paper_add_field_markup (packet->paper, _ ("To"), to);
  cr_paper_add_field_markup (packet->paper, _ ("From"), from);
  cr_paper_add_field_markup (packet->paper, _ ("Re"), re);
  cr_paper_add_field_markup (packet->paper, "", more);
  cr_paper_add_rule (packet->paper);
  cr_paper_set_fields (packet->paper, FIELDS_WIDTH, packet->letter_style);
}

static gboolean
asks (const CrReferral *referral, const char *code)
{
  g_auto (GStrv) codes = g_strsplit_set (words_or (referral->ask, ""), ", ", -1);

  return g_strv_contains ((const char *const *)codes, code);
}

static void
add_question (Packet *packet)
{
  const CrReferral *referral = packet->content->referral;
  CrPaperCheck checks[] = {
    { _ ("Evaluate and advise"), asks (referral, "evaluate") },
    { _ ("Advice only, no visit"), asks (referral, "advice") },
    { _ ("Take over this problem"), asks (referral, "take-over") },
    { _ ("Co-manage"), asks (referral, "co-manage") },
    { _ ("Procedure"), asks (referral, "procedure") },
  };
  g_autofree char *question = words_bold (words_or (referral->question, _ ("No question written yet")));
  g_autofree char *large = g_strdup_printf ("<span size='12pt'>%s</span>", question);

  cr_paper_add_field_markup (packet->paper, _ ("QUESTION"), large);
  cr_paper_add_checks (packet->paper, _ ("WHAT WE ASK"), checks, G_N_ELEMENTS (checks));
}

static void
add_story (Packet *packet)
{
  const CrReferral *referral = packet->content->referral;
  g_autofree char *both = NULL;

  if (!cr_str_empty (referral->reason) && !cr_str_empty (referral->history))
    both = g_strdup_printf ("%s\n%s", referral->reason, referral->history);
  cr_paper_add_field (packet->paper, _ ("REASON / HISTORY"),
                      both != NULL ? both : words_or (referral->reason, referral->history));
  cr_paper_add_field (packet->paper, _ ("DONE SO FAR"), referral->done);
}

static void
append_problem (GString *text, const CrProblem *problem)
{
  g_autofree char *since = cr_date_is_set (problem->onset) ? cr_date_format (problem->onset) : NULL;

  g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "",
                          words_or (problem->display, problem->code));
  if (since != NULL)
    g_string_append_printf (text, _ (" (since %s)"), since);
}

/* Active problems of the letter, the one the referral is about first; borrowed. */
static GPtrArray *
background_problems (Packet *packet)
{
  const CrPacketContent *content = packet->content;
  const GPtrArray *rows = content->background != NULL ? content->background : content->problems;
  CrId linked = content->referral->problem_id;
  GPtrArray *out = g_ptr_array_new ();

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    CrProblem *problem = rows->pdata[i];

    if (problem->status == CR_PROBLEM_ACTIVE && !packet_hides (packet, problem->id))
      g_ptr_array_insert (out, linked != CR_ID_NONE && problem->id == linked ? 0 : -1, problem);
  }
  return out;
}

/* The writer's own choice is printed whole; of the chart's problems the first few, the rest counted and found
 * in their list. */
static void
add_background (Packet *packet)
{
  g_autoptr (GPtrArray) problems = background_problems (packet);
  gboolean whole = packet->content->background != NULL || !packet_prints (packet, CR_PACKET_PROBLEMS);
  guint n = whole ? problems->len : MIN (problems->len, BACKGROUND_PROBLEMS);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *escaped = NULL;
  g_autofree char *page = cr_paper_page_ref ("problems");
  g_autofree char *more = NULL;
  g_autofree char *markup = NULL;

  for (guint i = 0; i < n; i++)
    append_problem (text, problems->pdata[i]);
  escaped = cr_paper_escape (text->len > 0 ? text->str : _ ("None recorded"));
  more = n == problems->len ? g_strdup ("")
                            : g_strdup_printf (_ ("; %u more on page %s"), problems->len - n, page);
  markup = g_strconcat (escaped, more, NULL);
  cr_paper_add_field_markup (packet->paper, _ ("RELEVANT BACKGROUND"), markup);
}

static char *
medication_line (Packet *packet, const CrMedication *medication, gboolean full, gboolean strength)
{
  const char *name = words_or (medication->generic, medication->display);
  g_autofree char *drug = strength ? words_drug_markup (medication->display, medication->generic)
                                   : cr_paper_escape (words_or (name, _ ("unnamed")));
  g_autofree char *sig = full ? cr_sig_list_text (&medication->sig) : NULL;
  g_autofree char *directions = cr_paper_escape_units (sig);
  g_autofree char *line =
      *directions == '\0' ? g_strdup (drug) : g_strdup_printf ("%s – %s", drug, directions);

  if (!packet_is_anticoagulant (packet, medication))
    return g_steal_pointer (&line);
  return g_strdup_printf (_ ("<b>%s (anticoagulant)</b>"), line);
}

/* Every current medication, so that page 1 can stand alone; hidden rows are counted, never just gone. */
static void
add_medications (Packet *packet)
{
  const GPtrArray *rows = packet->content->medications;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint total = 0, hidden = 0;
  gboolean listed = !packet_prints (packet, CR_PACKET_MEDICATIONS); /* here only */
  gboolean full;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    total += words_is_current (rows->pdata[i]);
  full = total <= FULL_LINES || listed;
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const CrMedication *medication = rows->pdata[i];

    if (!words_is_current (medication))
      continue;
    if (packet_hides (packet, medication->id))
      hidden++;
    else
      g_ptr_array_add (lines, medication_line (packet, medication, full, total <= STRENGTH_LINES || listed));
  }
  g_ptr_array_add (lines, NULL);
  g_autofree char *joined = g_strjoinv (full ? "\n" : "; ", (char **)lines->pdata);
  g_autofree char *label = g_strdup_printf (_ ("MEDICATIONS (%u)"), lines->len - 1);
  g_autofree char *page = cr_paper_page_ref ("medications");
  g_autofree char *more =
      full ? g_strdup ("") : g_strdup_printf (_ ("\nStrengths and directions on page %s."), page);
  g_autofree char *left_out =
      hidden == 0 ? g_strdup ("") : g_strdup_printf (_ ("\n%u left out by the sender."), hidden);
  g_autofree char *markup = g_strdup_printf (
      "%s%s%s", lines->len > 1 ? joined : _ ("No current medications recorded"), more, left_out);

  cr_paper_add_field_markup (packet->paper, label, markup);
}

static void
add_person (Packet *packet)
{
  const CrPacketContent *content = packet->content;
  const CrReferral *referral = content->referral;
  g_autofree char *allergies = words_allergies (content->imprint, content->patient, content->allergies);
  g_autofree char *bold = words_bold (allergies);
  g_autoptr (GString) needs = g_string_new (NULL);

  append_fact (needs, "%s", referral->needs);
  append_fact (needs, "%s", content->patient->access_needs);
  if (content->patient->interpreter != NULL && strstr (needs->str, content->patient->interpreter) == NULL)
    append_fact (needs, _ ("interpreter %s"), content->patient->interpreter);
  cr_paper_add_field_markup (packet->paper, _ ("ALLERGIES"), bold);
  cr_paper_add_field (packet->paper, _ ("PATIENT KNOWS, GOALS"), referral->wants);
  cr_paper_add_field_markup (packet->paper, _ ("NEEDS"), needs->len > 0 ? needs->str : _ ("None recorded"));
}

static void
add_reply (Packet *packet)
{
  g_autofree char *fax = cr_phone_format (packet->content->imprint->practice->fax);
  g_autofree char *phone = cr_phone_format (packet->content->imprint->practice->phone);
  g_autofree char *where = !cr_str_empty (fax) ? g_strdup_printf (_ ("Fax %s."), fax)
                                               : g_strdup_printf (_ ("Phone %s."), words_or (phone, ""));
  g_autofree char *text = g_strdup_printf (
      _ ("%s Please tell us if you decline or redirect this referral, and the date of the visit."), where);

  cr_paper_add_field (packet->paper, _ ("PLEASE REPLY"), text);
}

/* "Problem list p. 2 · Medications p. 2 …" of the parts that follow. */
static void
add_enclosed (Packet *packet)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *total = cr_paper_page_ref (NULL);
  g_autofree char *label = g_strdup_printf (_ ("Enclosed, %s pages in all: "), total);

  for (guint i = 0; i < packet->items->len; i++) {
    const CrPacketItem *item = &g_array_index (packet->items, CrPacketItem, i);
    g_autofree char *title = cr_packet_item_title (packet->content, item);
    g_autofree char *escaped = cr_paper_escape (title);
    g_autofree char *key = cr_packet_item_key (item);
    g_autofree char *page = cr_paper_page_ref (key);

    if (item->id == CR_ID_NONE && item->part != CR_PACKET_LETTER && packet_prints (packet, item->part))
      g_string_append_printf (list, _ ("%s<span allow_breaks='false'>%s p. %s</span>"),
                              list->len > 0 ? " · " : "", escaped, page);
  }
  g_string_prepend (list, list->len > 0 ? label : _ ("Nothing enclosed."));
  cr_paper_add_rule (packet->paper);
  cr_paper_add_markup (packet->paper, CR_PAPER_SMALL, CR_PAPER_LEFT, list->str);
  if (packet->content->withheld)
    cr_paper_add_text (packet->paper, CR_PAPER_SMALL, _ ("Some items withheld at patient request."));
}

static void
add_signed (Packet *packet)
{
  const CrReferral *referral = packet->content->referral;
  g_autofree char *formal = cr_person_formal (packet->content->from);
  g_autofree char *name = cr_paper_escape (words_or (referral->signed_name, formal));
  g_autofree char *when = cr_imprint_when (packet->content->imprint, referral->signed_at);
  g_autofree char *digits = cr_paper_escape (packet->content->from->npi);
  g_autofree char *npi = *digits == '\0' ? g_strdup ("") : g_strdup_printf (_ (" (NPI %s)"), digits);
  g_autofree char *line = referral->signed_at == CR_INSTANT_NONE
                              ? g_strdup_printf (_ ("<b>Not signed yet</b> by %s%s"), name, npi)
                              : g_strdup_printf (_ ("Signed by <b>%s</b>%s, %s"), name, npi, when);
  g_autofree char *code = cr_str_empty (referral->hash)
                              ? g_strdup ("")
                              : g_strdup_printf (_ ("Check code %.16s"), referral->hash);

  cr_paper_add_space (packet->paper, 6);
  cr_paper_add_pair (packet->paper, CR_PAPER_SMALL, 0.66, CR_PAPER_RIGHT, line, code);
}

void
packet_add_letter (Packet *packet)
{
  g_autofree char *date = cr_date_format_long (packet->today);
  g_autofree char *dated = g_strdup_printf ("\n\n%s", date);

  cr_imprint_letterhead (packet->content->imprint, packet->paper, dated);
  cr_paper_begin_part (packet->paper, "letter", _ ("Letter"));
  add_headline (packet);
  add_parties (packet);
  add_question (packet);
  add_story (packet);
  add_background (packet);
  add_medications (packet);
  add_person (packet);
  add_reply (packet);
  cr_paper_begin_keep (packet->paper);
  add_enclosed (packet);
  add_signed (packet);
  cr_paper_end_keep (packet->paper);
  cr_paper_set_fields (packet->paper, 0, CR_PAPER_BODY);
}
