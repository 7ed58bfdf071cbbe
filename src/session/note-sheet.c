#include "note-draft-job.h"
#include <glib/gi18n.h>

static guint
count_unsigned_prescriptions (const CrChartRecords *records)
{
  guint n = 0;
  for (guint i = 0; i < records->prescriptions->len; i++) {
    const CrPrescription *rx = records->prescriptions->pdata[i];
    n += rx->status == CR_RX_DRAFT || rx->status == CR_RX_NEEDS_SIGNATURE ? 1 : 0;
  }
  return n;
}

static guint
count_unsigned_referrals (const CrChartRecords *records)
{
  guint n = 0;
  for (guint i = 0; i < records->referrals->len; i++)
    n += ((const CrReferral *)records->referrals->pdata[i])->stage == CR_REF_DRAFT ? 1 : 0;
  return n;
}

GPtrArray *
cr_note_sheet_items (const CrNote *note, const CrChartRecords *records)
{
  GPtrArray *items = cr_note_open_items (note);
  guint rx = count_unsigned_prescriptions (records), referrals = count_unsigned_referrals (records);
  if (rx > 0)
    g_ptr_array_add (
        items, g_strdup_printf (
                   ngettext ("%u prescription is not signed.", "%u prescriptions are not signed.", rx), rx));
  if (referrals > 0)
    g_ptr_array_add (items, g_strdup_printf (ngettext ("%u referral is not signed.",
                                                       "%u referrals are not signed.", referrals),
                                             referrals));
  return items;
}
