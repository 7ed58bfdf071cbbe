/* Referrals, their steps, packets, and the address book they go to. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define CONTACT_COLUMNS                                                                                      \
  "kind, family, given, credentials, organization, specialty, address, city, state, zip, phone, fax, "       \
  "npi, active, source_id"

#define REFERRAL_COLUMNS                                                                                     \
  "patient_id, encounter_id, author_id, contact_id, problem_id, number, specialty, urgency, stage, "         \
  "stage_at, question, ask, reason, history, done, wants, needs, ordered_on, due_on, signed_at, "            \
  "signed_name, hash, signature, public_key, sent_method, sent_to, sent_at, packet_id, source_id"

#define REFERRAL_EVENT_COLUMNS "patient_id, referral_id, person_id, stage, at, note"

#define PACKET_COLUMNS                                                                                       \
  "patient_id, referral_id, document_id, frozen_by, frozen_at, pages, hash, contents, prints, exports"

#define BY_NAME " ORDER BY active DESC, coalesce (family, organization), given, id"
#define CONTACTS CR_SELECT ("contact", CONTACT_COLUMNS) BY_NAME
#define CONTACTS_OF_KIND CR_SELECT ("contact", CONTACT_COLUMNS) " WHERE kind = $1" BY_NAME
#define REFERRALS CR_SELECT ("referral", REFERRAL_COLUMNS) CR_OF_PERSON " ORDER BY id DESC"
#define OPEN_REFERRALS                                                                                       \
  CR_SELECT ("referral", REFERRAL_COLUMNS)                                                                   \
  " WHERE stage NOT IN ('closed', 'cancelled', 'patient-declined', 'redirected')"                            \
  " ORDER BY CASE urgency WHEN 'stat' THEN 0 WHEN 'urgent' THEN 1 WHEN 'asap' THEN 2 ELSE 3 END,"            \
  " ordered_on IS NULL, ordered_on, id"
#define CLOSED_REFERRALS                                                                                     \
  CR_SELECT ("referral", REFERRAL_COLUMNS)                                                                   \
  " WHERE stage IN ('closed', 'cancelled', 'patient-declined', 'redirected')"                                \
  " ORDER BY stage_at DESC, id DESC LIMIT $1"
#define EVENTS CR_SELECT ("referral_event", REFERRAL_EVENT_COLUMNS) " WHERE referral_id = $1 ORDER BY at, id"

const CrTable CR_CONTACT_TABLE = {
  CR_TABLE (CR_CONTACT, "contact", CONTACT_COLUMNS, CR_PARAMS_15),
  .word = N_ ("address book entry"),
  .free = (GDestroyNotify)cr_contact_free,
  .by_source = CR_BY_SOURCE ("contact"),
};

const CrTable CR_REFERRAL_TABLE = {
  CR_TABLE (CR_REFERRAL, "referral", REFERRAL_COLUMNS, CR_PARAMS_29),
  .word = N_ ("referral"),
  .free = (GDestroyNotify)cr_referral_free,
  .patient = G_STRUCT_OFFSET (CrReferral, patient_id),
  .by_source = CR_BY_SOURCE ("referral"),
};

const CrTable CR_REFERRAL_EVENT_TABLE = {
  CR_TABLE (CR_REFERRAL_EVENT, "referral_event", REFERRAL_EVENT_COLUMNS, CR_PARAMS_6),
  .word = N_ ("referral step"),
  .free = (GDestroyNotify)cr_referral_event_free,
  .patient = G_STRUCT_OFFSET (CrReferralEvent, patient_id),
};

const CrTable CR_PACKET_TABLE = {
  CR_TABLE (CR_PACKET, "packet", PACKET_COLUMNS, CR_PARAMS_10),
  .word = N_ ("packet"),
  .free = (GDestroyNotify)cr_packet_free,
  .patient = G_STRUCT_OFFSET (CrPacket, patient_id),
};

GPtrArray *
cr_contact_list (CrTx *tx, const char *kind, GError **error)
{
  if (kind == NULL)
    return cr_list_all (tx, &CR_CONTACT_TABLE, CONTACTS, error);
  return cr_list_coded (tx, &CR_CONTACT_TABLE, CONTACTS_OF_KIND, kind, error);
}

GPtrArray *
cr_referrals (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_REFERRAL_TABLE, REFERRALS, patient, error);
}

GPtrArray *
cr_referral_events (CrTx *tx, CrId referral, GError **error)
{
  return cr_list_of (tx, &CR_REFERRAL_EVENT_TABLE, EVENTS, referral, error);
}

GPtrArray *
cr_referrals_open (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_REFERRAL_TABLE, OPEN_REFERRALS, error);
}

GPtrArray *
cr_referrals_closed (CrTx *tx, gint64 limit, GError **error)
{
  return cr_list_of (tx, &CR_REFERRAL_TABLE, CLOSED_REFERRALS, limit, error);
}

char *
cr_referral_next_number (CrTx *tx, GError **error)
{
  gint64 number = cr_tx_next_number (tx, "referral", error);
  return number < 0 ? NULL : g_strdup_printf ("REF-%04" G_GINT64_FORMAT, number);
}

CrPacket *
cr_packet_load (CrTx *tx, CrId id, GError **error)
{
  return cr_tx_load (tx, &CR_PACKET, id, error);
}
