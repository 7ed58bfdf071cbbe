/* Each page is whole in itself: prescriber, patient, the prescriptions, their number, the signature; what is
 * left of the page is hatched so that nothing can be added. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "chartroom/render/prescription-sheet.h"
#include "words.h"

#define ADULT_YEARS 18

typedef struct {
  const CrPrescriptionContent *content;
  guint first, n; /* prescriptions on the page */
} Sheet;

static const CrPrescription *
rx_at (const Sheet *sheet, guint i)
{
  return sheet->content->prescriptions->pdata[sheet->first + i];
}

static gboolean
is_controlled (const CrPrescription *rx)
{
  return !cr_str_empty (rx->schedule);
}

/* "two point five" */
static char *
number_words (CrDecimal n)
{
  g_autofree char *text = cr_decimal_format_dose (n);
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);
  g_autofree char *whole = cr_text_digits (parts[0]);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *words = cr_number_in_words ((guint)g_ascii_strtoull (whole, NULL, 10));

  g_string_append (out, words);
  if (parts[1] != NULL)
    g_string_append_printf (out, " %s", _ ("point"));
  for (const char *p = parts[1]; p != NULL && *p != '\0'; p++) {
    g_autofree char *digit = cr_number_in_words ((guint)(*p - '0'));

    g_string_append_printf (out, " %s", digit);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
watermark_of (const GPtrArray *prescriptions)
{
  const char *mark = NULL;

  for (guint i = 0; i < prescriptions->len; i++) {
    const CrPrescription *rx = prescriptions->pdata[i];

    if (rx->status == CR_RX_VOIDED)
      return _ ("VOID");
    if (rx->signed_at == CR_INSTANT_NONE)
      mark = _ ("DRAFT");
  }
  return mark;
}

static void
add_prescriber (CrPaper *paper, const Sheet *sheet)
{
  const CrPerson *person = sheet->content->prescriber;
  g_autofree char *name = cr_person_formal (person);
  g_autoptr (GString) right = g_string_new (name);

  g_string_append_printf (right, "\n%s", cr_str_empty (person->npi) ? _ ("NPI not recorded") : "");
  if (!cr_str_empty (person->npi))
    g_string_append_printf (right, _ ("NPI %s"), person->npi);
  if (!cr_str_empty (person->license))
    g_string_append_printf (right, _ ("   License %s"), person->license);
  if (is_controlled (rx_at (sheet, 0)))
    g_string_append_printf (right, _ ("\nDEA %s"),
                            words_or (person->dea, _ ("not recorded – fill in by hand")));
  cr_imprint_letterhead (sheet->content->imprint, paper, right->str);
}

/* Children's doses go by weight: without one the line asks for it. */
static char *
weight_words (const CrPrescriptionContent *content)
{
  const CrDate birth = content->patient->birth_date;
  gboolean child = cr_date_is_set (birth) &&
                   cr_date_years_between (birth, cr_imprint_today (content->imprint)) < ADULT_YEARS;

  if (content->weight == NULL && child)
    return g_strdup (_ ("________ kg (child: fill in)"));
  return words_weight (content->imprint, content->patient, content->weight);
}

static void
add_patient (CrPaper *paper, const Sheet *sheet)
{
  const CrPrescriptionContent *content = sheet->content;
  const CrPatient *patient = content->patient;
  g_autofree char *legal = cr_patient_name_legal (patient);
  g_autofree char *name = words_bold (legal);
  g_autofree char *born = cr_patient_born (patient, cr_imprint_today (content->imprint));
  g_autofree char *address = cr_patient_address (patient);
  g_autofree char *phone = cr_phone_format (patient->phone);
  g_autofree char *weight = weight_words (content);
  g_autofree char *allergies = words_allergies (content->imprint, patient, content->allergies);
  g_autofree char *facts =
      g_strdup_printf (_ ("Born %s   Sex %s   Weight %s"), born, cr_sex_word (patient->sex), weight);
  g_autofree char *reach =
      g_strdup_printf (_ ("%s   Phone %s"), words_or (address, _ ("Address not recorded")),
                       words_or (phone, _ ("not recorded")));

  cr_paper_set_fields (paper, 62, CR_PAPER_BODY);
  cr_paper_add_field_markup (paper, _ ("Patient"), name);
  cr_paper_add_field (paper, "", facts);
  cr_paper_add_field (paper, "", reach);
  cr_paper_add_field (paper, _ ("Allergies"), allergies);
}

/* The number once, when the page holds one; with several each carries its own. */
static void
add_issue (CrPaper *paper, const Sheet *sheet)
{
  const CrPrescription *rx = rx_at (sheet, 0);
  g_autofree char *date = cr_date_format_long (rx->written_on);
  g_autofree char *issued = g_strdup_printf (_ ("Date issued <b>%s</b>"), date);
  g_autofree char *number = cr_paper_escape (words_or (rx->number, _ ("not yet given")));
  g_autofree char *right = g_strdup_printf (_ ("Rx no. <b>%s</b>"), number);

  cr_paper_add_space (paper, 4);
  cr_paper_add_pair (paper, CR_PAPER_BODY, 0.5, CR_PAPER_RIGHT, issued, sheet->n == 1 ? right : "");
  cr_paper_add_rule (paper);
}

/* Quantity, refills and substitution on one line, each unbroken. */
static void
add_supply (CrPaper *paper, const CrPrescription *rx)
{
  g_autofree char *quantity = cr_prescription_quantity_text (rx);
  g_autofree char *refills = cr_prescription_refills_text (rx);
  const char *substitution =
      rx->dispense_as_written ? _ ("Dispense as written, no substitution") : _ ("Substitution allowed");
  g_autofree char *line = g_markup_printf_escaped (
      _ ("<span allow_breaks='false'>Quantity: <b>%s</b></span>      <span allow_breaks='false'>Refills: "
         "<b>%s</b></span>      <span allow_breaks='false'>%s</span>"),
      quantity, refills, substitution);

  cr_paper_add_field_markup (paper, "", line);
}

/* "amLODIPine 5 mg tablet", with its schedule, and its number where the page holds several. */
static char *
item_head (const Sheet *sheet, const CrPrescription *rx)
{
  g_autofree char *drug = words_drug_markup (rx->display, rx->generic);
  g_autofree char *number = cr_paper_escape (words_or (rx->number, _ ("not yet given")));
  g_autofree char *schedule = cr_paper_escape (rx->schedule);
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_append_printf (head, "<span size='13pt'>%s</span>", drug);
  if (is_controlled (rx))
    g_string_append_printf (head, _ ("   (controlled, schedule C-%s)"), schedule);
  if (sheet->n > 1)
    g_string_append_printf (head, _ ("     <span size='8.5pt' allow_breaks='false'>Rx no. %s</span>"),
                            number);
  return g_string_free (g_steal_pointer (&head), FALSE);
}

static void
add_item (CrPaper *paper, const Sheet *sheet, guint i)
{
  const CrPrescription *rx = rx_at (sheet, i);
  g_autofree char *head = item_head (sheet, rx);
  g_autofree char *sig = cr_sig_text (&rx->sig);
  g_autofree char *directions = cr_paper_escape_units (words_or (sig, _ ("Directions not complete")));

  cr_paper_begin_keep (paper);
  cr_paper_add_space (paper, i == 0 ? 2 : 12);
  cr_paper_add_field_markup (paper, _ ("Rx"), head);
  cr_paper_add_field_markup (paper, "", directions);
  if (!cr_str_empty (rx->indication) && !cr_sig_says (&rx->sig, rx->indication)) {
    g_autofree char *purpose = g_strdup_printf (_ ("For: %s"), rx->indication);

    cr_paper_add_field (paper, "", purpose);
  }
  add_supply (paper, rx);
  if (!cr_str_empty (rx->pharmacist_note)) {
    g_autofree char *note = g_strdup_printf (_ ("Note to pharmacist: %s"), rx->pharmacist_note);

    cr_paper_add_field (paper, "", note);
  }
  cr_paper_end_keep (paper);
}

static void
add_end (CrPaper *paper, const Sheet *sheet)
{
  const CrPrescription *rx = rx_at (sheet, 0);
  g_autofree char *name = cr_person_formal (sheet->content->prescriber);
  g_autofree char *count =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "End of prescription · %u item on this page",
                                    "End of prescription · %u items on this page", sheet->n),
                       sheet->n);
  g_autofree char *line = cr_paper_escape (count);
  CrPaperCheck as_written = { _ ("Dispense as written"), rx->dispense_as_written };

  cr_paper_begin_keep (paper);
  cr_paper_add_space (paper, 10);
  cr_paper_add_hatching (paper, 4);
  cr_paper_add_space (paper, 2);
  cr_paper_add_markup (paper, CR_PAPER_LABEL, CR_PAPER_CENTER, line);
  cr_paper_add_space (paper, 2);
  cr_paper_add_hatching (paper, 4);
  cr_paper_add_signature (paper, _ ("Signature"), name, _ ("Printed – not valid unless signed by hand"));
  if (sheet->n == 1)
    cr_paper_add_checks (paper, "", &as_written, 1);
  cr_paper_end_keep (paper);
  cr_paper_add_space (paper, 10);
  cr_paper_add_hatching (paper, 0);
}

static void
add_page (CrPaper *paper, const Sheet *sheet)
{
  add_prescriber (paper, sheet);
  add_patient (paper, sheet);
  add_issue (paper, sheet);
  for (guint i = 0; i < sheet->n; i++)
    add_item (paper, sheet, i);
  add_end (paper, sheet);
}

/* "RX-004217-0192", or with how many more: the footer is the same on every page. */
static char *
document_id (const GPtrArray *prescriptions)
{
  const CrPrescription *rx = prescriptions->len > 0 ? prescriptions->pdata[0] : NULL;

  if (rx == NULL || rx->number == NULL)
    return NULL;
  return prescriptions->len == 1 ? g_strdup (rx->number)
                                 : g_strdup_printf (_ ("%s and %u more"), rx->number, prescriptions->len - 1);
}

static CrPaper *
new_paper (const CrPrescriptionContent *content)
{
  CrPaper *paper = cr_paper_new (_ ("Prescription"));
  g_autofree char *identity = cr_identity_line (content->patient, _ ("Prescription"));
  g_autofree char *id = document_id (content->prescriptions);

  cr_imprint_frame (content->imprint, paper, id);
  cr_paper_set_identity (paper, identity);
  cr_paper_set_watermark (paper, watermark_of (content->prescriptions));
  return paper;
}

static gboolean
fits_one_page (const Sheet *sheet)
{
  g_autoptr (CrPaper) trial = new_paper (sheet->content);

  cr_paper_add_text (trial, CR_PAPER_NOTE, " "); /* later pages are shorter by the identity line */
  cr_paper_add_page_break (trial);
  add_page (trial, sheet);
  return cr_paper_pages (trial) <= 2;
}

/* How many from here may share a page: controlled drugs stand alone, others as long as they fit. */
static guint
group_length (Sheet sheet)
{
  guint left = sheet.content->prescriptions->len - sheet.first;
  guint n = 1;

  if (is_controlled (rx_at (&sheet, 0)))
    return 1;
  for (sheet.n = 2; sheet.n <= MIN (left, CR_PRESCRIPTIONS_PER_PAGE); sheet.n++) {
    const CrPrescription *next = rx_at (&sheet, sheet.n - 1);

    if (is_controlled (next) || cr_date_compare (next->written_on, rx_at (&sheet, 0)->written_on) != 0 ||
        !fits_one_page (&sheet))
      break;
    n = sheet.n;
  }
  return n;
}

char *
cr_prescription_quantity_text (const CrPrescription *rx)
{
  g_autofree char *number = NULL;
  g_autofree char *words = NULL;
  g_autofree char *unit = NULL;

  if (!rx->quantity.set)
    return g_strdup (_ ("not recorded"));
  number = cr_decimal_format_dose (rx->quantity);
  words = number_words (rx->quantity);
  unit = cr_unit_plural (words_or (rx->quantity_unit, ""), rx->quantity);
  return g_strdup_printf ("%s (%s) %s", number, words, words_or (unit, ""));
}

char *
cr_prescription_refills_text (const CrPrescription *rx)
{
  g_autofree char *words = NULL;

  if (rx->refills == CR_INT_NONE)
    return g_strdup (_ ("not recorded"));
  if (rx->refills == 0 || g_strcmp0 (rx->schedule, "II") == 0)
    return g_strdup (_ ("none"));
  words = cr_number_in_words ((guint)rx->refills);
  return g_strdup_printf ("%d (%s)", (int)rx->refills, words);
}

CrPaper *
cr_prescription_sheet (const CrPrescriptionContent *content)
{
  CrPaper *paper = new_paper (content);
  Sheet sheet = { content, 0, 0 };

  while (sheet.first < content->prescriptions->len) {
    sheet.n = group_length (sheet);
    if (sheet.first > 0)
      cr_paper_add_page_break (paper);
    add_page (paper, &sheet);
    sheet.first += sheet.n;
  }
  return paper;
}
