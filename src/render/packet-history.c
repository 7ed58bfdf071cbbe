/* The quieter lists of the packet: immunizations, procedures, family and social history. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "packet-private.h"
#include "words.h"

void
packet_add_immunizations (Packet *packet)
{
  const CrPaperColumn columns[] = {
    { _ ("Vaccine"), -2, CR_PAPER_LEFT }, { _ ("Given"), 74, CR_PAPER_LEFT },
    { _ ("Status"), 76, CR_PAPER_LEFT },  { _ ("Lot"), 80, CR_PAPER_LEFT },
    { _ ("Site"), 90, CR_PAPER_LEFT },
  };
  const GPtrArray *rows = packet->content->immunizations;
  guint hidden = 0;

  packet_begin (packet, CR_PACKET_IMMUNIZATIONS, NULL, NULL);
  cr_paper_begin_table (packet->paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const CrImmunization *row = rows->pdata[i];
    g_autofree char *given = cr_date_format (row->given_on);
    const char *cells[] = { words_or (row->display, row->code), given,
                            words_or (row->status, _ ("not recorded")), words_or (row->lot, "–"),
                            words_or (row->site, "–") };

    if (g_strcmp0 (row->status, "entered-in-error") == 0)
      continue;
    if (packet_hides (packet, row->id))
      hidden++;
    else
      cr_paper_add_row (packet->paper, cells);
  }
  if (rows == NULL || rows->len == 0)
    cr_paper_add_row_wide (packet->paper, _ ("None recorded."));
  cr_paper_end_table (packet->paper);
  packet_add_hidden (packet, hidden);
}

void
packet_add_procedures (Packet *packet)
{
  const CrPaperColumn columns[] = {
    { _ ("Procedure"), -2, CR_PAPER_LEFT },
    { _ ("Done"), 74, CR_PAPER_LEFT },
    { _ ("Status"), 80, CR_PAPER_LEFT },
    { _ ("Note"), -1.4, CR_PAPER_LEFT },
  };
  const GPtrArray *rows = packet->content->procedures;
  guint hidden = 0;

  packet_begin (packet, CR_PACKET_PROCEDURES, NULL, NULL);
  cr_paper_begin_table (packet->paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const CrProcedure *row = rows->pdata[i];
    g_autofree char *done = cr_date_format (row->performed_on);
    const char *cells[] = { words_or (row->display, row->code), done,
                            words_or (row->status, _ ("not recorded")), words_or (row->note, "") };

    if (g_strcmp0 (row->status, "entered-in-error") == 0)
      continue;
    if (packet_hides (packet, row->id))
      hidden++;
    else
      cr_paper_add_row (packet->paper, cells);
  }
  if (rows == NULL || rows->len == 0)
    cr_paper_add_row_wide (packet->paper, _ ("None recorded."));
  cr_paper_end_table (packet->paper);
  packet_add_hidden (packet, hidden);
}

static void
add_relative (Packet *packet, const CrFamilyHistory *row)
{
  g_autofree char *age = row->onset_age == CR_INT_NONE
                             ? g_strdup ("")
                             : g_strdup_printf (_ (", at age %d"), (int)row->onset_age);
  g_autofree char *text = g_strdup_printf ("%s%s%s%s", words_or (row->condition, _ ("not recorded")), age,
                                           cr_str_empty (row->note) ? "" : " – ", words_or (row->note, ""));

  cr_paper_add_field (packet->paper, words_or (row->relationship, _ ("Relative")), text);
}

static void
add_habit (Packet *packet, const CrSocialHistory *row)
{
  g_autofree char *as_of =
      cr_date_is_set (row->as_of) ? cr_date_format (row->as_of) : g_strdup (_ ("date not recorded"));
  g_autofree char *text = g_strdup_printf ("%s (%s)", words_or (row->text, _ ("not recorded")), as_of);

  cr_paper_add_field (packet->paper, words_or (row->topic, _ ("Social")), text);
}

void
packet_add_history (Packet *packet)
{
  const GPtrArray *family = packet->content->family, *social = packet->content->social;

  packet_begin (packet, CR_PACKET_HISTORY, NULL, NULL);
  for (guint i = 0; family != NULL && i < family->len; i++)
    if (!packet_hides (packet, ((const CrFamilyHistory *)family->pdata[i])->id))
      add_relative (packet, family->pdata[i]);
  if (family == NULL || family->len == 0)
    cr_paper_add_field (packet->paper, _ ("Family"), _ ("None recorded"));
  cr_paper_add_space (packet->paper, 6);
  for (guint i = 0; social != NULL && i < social->len; i++)
    if (!packet_hides (packet, ((const CrSocialHistory *)social->pdata[i])->id))
      add_habit (packet, social->pdata[i]);
  if (social == NULL || social->len == 0)
    cr_paper_add_field (packet->paper, _ ("Social"), _ ("None recorded"));
}
