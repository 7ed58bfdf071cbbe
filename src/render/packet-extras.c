/* What goes along with a packet on a page of its own: the cover of a fax, the patient's copy. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "packet-private.h"
#include "words.h"

static CrPaper *
begin (const CrPacketContent *content, const char *title)
{
  CrPaper *paper = cr_paper_new (title);

  cr_imprint_frame (content->imprint, paper, content->referral->number);
  cr_imprint_letterhead (content->imprint, paper, NULL);
  cr_paper_add_space (paper, 12);
  cr_paper_add_text (paper, CR_PAPER_DISPLAY, title);
  cr_paper_add_space (paper, 12);
  return paper;
}

static char *
phone_or_none (const char *digits)
{
  return cr_str_empty (digits) ? NULL : cr_phone_format (digits);
}

static void
add_to (CrPaper *paper, const CrPacketContent *content)
{
  const CrContact *to = content->to;
  g_autofree char *name = to != NULL ? cr_contact_display (to) : g_strdup (content->referral->specialty);
  g_autofree char *fax = to != NULL ? phone_or_none (to->fax) : NULL;
  g_autofree char *phone = to != NULL ? phone_or_none (to->phone) : NULL;

  cr_paper_add_field (paper, _ ("To"), name);
  cr_paper_add_field (paper, _ ("Fax"), fax);
  cr_paper_add_field (paper, _ ("Phone"), phone);
}

CrPaper *
cr_packet_fax_cover (const CrPacketContent *content, guint pages)
{
  const CrPractice *practice = content->imprint->practice;
  const CrNotice *notice = cr_knowledge_notice (content->knowledge, "fax");
  g_autofree char *from = cr_person_formal (content->from);
  g_autofree char *fax = phone_or_none (practice->fax), *phone = phone_or_none (practice->phone);
  g_autofree char *date = cr_date_format_long (cr_imprint_today (content->imprint));
  g_autofree char *count = g_strdup_printf (_ ("%u, this one included"), pages + 1);
  CrPaper *paper = begin (content, _ ("Fax"));

  add_to (paper, content);
  cr_paper_add_rule (paper);
  cr_paper_add_field (paper, _ ("From"), from);
  cr_paper_add_field (paper, _ ("Fax"), fax);
  cr_paper_add_field (paper, _ ("Phone"), phone);
  cr_paper_add_rule (paper);
  cr_paper_add_field (paper, _ ("Date"), date);
  cr_paper_add_field (paper, _ ("Pages"), count);
  cr_paper_add_field (paper, _ ("About"), content->referral->number);
  cr_paper_add_space (paper, 24);
  cr_paper_add_heading (paper, _ ("Confidential"), NULL);
  cr_paper_add_text (paper, CR_PAPER_BODY,
                     notice != NULL ? notice->text
                                    : _ ("Confidential health information. If it reached you by mistake, "
                                         "call the sender and destroy all pages."));
  cr_paper_layout (paper);
  return paper;
}

static void
add_call (CrPaper *paper, const CrPacketContent *content)
{
  g_autofree char *phone = cr_phone_format (content->imprint->practice->phone);
  g_autofree char *due =
      cr_date_is_set (content->referral->due_on) ? cr_date_format (content->referral->due_on) : NULL;
  g_autofree char *call =
      due != NULL ? g_strdup_printf (_ ("If you have not heard by %s, call us: %s."), due, phone)
                  : g_strdup_printf (_ ("If you have not heard within two weeks, call us: %s."), phone);
  g_autofree char *bold = words_bold (call);

  cr_paper_add_space (paper, 12);
  cr_paper_add_markup (paper, CR_PAPER_HEADING, CR_PAPER_LEFT, bold);
}

CrPaper *
cr_packet_patient_copy (const CrPacketContent *content)
{
  g_autofree char *name = cr_patient_name_letter (content->patient);
  g_autofree char *born = cr_date_format (content->patient->birth_date);
  g_autofree char *date = cr_date_format_long (cr_imprint_today (content->imprint));
  g_autofree char *from = cr_person_formal (content->from);
  CrPaper *paper = begin (content, _ ("Your referral"));

  cr_paper_set_fields (paper, 130, CR_PAPER_HEADING);
  cr_paper_add_field (paper, _ ("For"), name);
  cr_paper_add_field (paper, _ ("Born"), born);
  cr_paper_add_field (paper, _ ("Date"), date);
  cr_paper_add_rule (paper);
  cr_paper_add_field (paper, _ ("You will see"), content->referral->specialty);
  add_to (paper, content);
  cr_paper_add_rule (paper);
  cr_paper_add_field (paper, _ ("Sent by"), from);
  cr_paper_add_field (paper, _ ("What we ask them"), content->referral->question);
  cr_paper_add_field (paper, _ ("What to bring"),
                      _ ("This page. A photo ID and your insurance card. All your medicines, or a list of "
                         "them. Your glasses and hearing aids."));
  add_call (paper, content);
  cr_paper_layout (paper);
  return paper;
}
