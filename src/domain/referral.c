#include "chartroom/domain/referral.h"
#include "fields.h"
#include <glib/gi18n.h>

const char *const CR_URGENCY_CODES[] = { "unset", "stat", "urgent", "asap", "routine", NULL };
const char *const CR_REFERRAL_STAGE_CODES[] = { "draft",    "ordered",   "packet-ready", "sent",
                                                "received", "booked",    "seen",         "report-received",
                                                "reviewed", "closed",    "declined",     "patient-declined",
                                                "no-show",  "cancelled", "redirected",   NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (CR_REFERRAL_STAGE_CODES) == CR_REF_REDIRECTED + 2);

static const CrField REFERRAL_FIELDS[] = {
  CR_FIELDS_HEAD (CrReferral),
  CR_FIELD (CrReferral, ID, patient_id),
  CR_FIELD (CrReferral, ID, encounter_id),
  CR_FIELD (CrReferral, ID, author_id),
  CR_FIELD (CrReferral, ID, contact_id),
  CR_FIELD (CrReferral, ID, problem_id),
  CR_FIELD (CrReferral, TEXT, number),
  CR_FIELD (CrReferral, TEXT, specialty),
  CR_FIELD_CODED (CrReferral, urgency, CR_URGENCY_CODES),
  CR_FIELD_CODED (CrReferral, stage, CR_REFERRAL_STAGE_CODES),
  CR_FIELD (CrReferral, INSTANT, stage_at),
  CR_FIELD (CrReferral, TEXT, question),
  CR_FIELD (CrReferral, TEXT, ask),
  CR_FIELD (CrReferral, TEXT, reason),
  CR_FIELD (CrReferral, TEXT, history),
  CR_FIELD (CrReferral, TEXT, done),
  CR_FIELD (CrReferral, TEXT, wants),
  CR_FIELD (CrReferral, TEXT, needs),
  CR_FIELD (CrReferral, DATE, ordered_on),
  CR_FIELD (CrReferral, DATE, due_on),
  CR_FIELD (CrReferral, INSTANT, signed_at),
  CR_FIELD (CrReferral, TEXT, signed_name),
  CR_FIELD (CrReferral, TEXT, hash),
  CR_FIELD (CrReferral, TEXT, signature),
  CR_FIELD (CrReferral, TEXT, public_key),
  CR_FIELD (CrReferral, TEXT, sent_method),
  CR_FIELD (CrReferral, TEXT, sent_to),
  CR_FIELD (CrReferral, INSTANT, sent_at),
  CR_FIELD (CrReferral, ID, packet_id),
  CR_FIELD (CrReferral, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_REFERRAL, CrReferral, "referral", REFERRAL_FIELDS, TRUE)

static const CrField REFERRAL_EVENT_FIELDS[] = {
  CR_FIELDS_HEAD (CrReferralEvent),
  CR_FIELD (CrReferralEvent, ID, patient_id),
  CR_FIELD (CrReferralEvent, ID, referral_id),
  CR_FIELD (CrReferralEvent, ID, person_id),
  CR_FIELD_CODED (CrReferralEvent, stage, CR_REFERRAL_STAGE_CODES),
  CR_FIELD (CrReferralEvent, INSTANT, at),
  CR_FIELD (CrReferralEvent, TEXT, note),
};
CR_DEFINE_RECORD (CR_REFERRAL_EVENT, CrReferralEvent, "referral_event", REFERRAL_EVENT_FIELDS, TRUE)

static const char *const URGENCY_WORDS[] = { N_ ("Urgency not set"), N_ ("Emergency (today)"),
                                             N_ ("Urgent (within 7 days)"), N_ ("Soon (within 4 weeks)"),
                                             N_ ("Routine") };

/* Only what the office knows: a packet that left the house is "Sent recorded", never "delivered". */
static const char *const STAGE_WORDS[] = { N_ ("Draft"),
                                           N_ ("Ordered"),
                                           N_ ("Packet ready"),
                                           N_ ("Sent recorded"),
                                           N_ ("Received by specialist"),
                                           N_ ("Appointment booked"),
                                           N_ ("Seen"),
                                           N_ ("Report received"),
                                           N_ ("Doctor reviewed"),
                                           N_ ("Closed"),
                                           N_ ("Declined by specialist"),
                                           N_ ("Patient declined"),
                                           N_ ("No-show"),
                                           N_ ("Cancelled"),
                                           N_ ("Redirected") };
G_STATIC_ASSERT (G_N_ELEMENTS (STAGE_WORDS) == CR_REF_REDIRECTED + 1);

const char *
cr_urgency_word (int urgency)
{
  g_return_val_if_fail (urgency >= 0 && urgency < (int)G_N_ELEMENTS (URGENCY_WORDS), "");
  return _ (URGENCY_WORDS[urgency]);
}

const char *
cr_referral_stage_word (int stage)
{
  g_return_val_if_fail (stage >= 0 && stage < (int)G_N_ELEMENTS (STAGE_WORDS), "");
  return _ (STAGE_WORDS[stage]);
}
