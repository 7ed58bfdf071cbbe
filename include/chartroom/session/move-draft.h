/* Wrong patient (UX 1.6.8): what is not signed yet goes to the chart it belongs to. */
#pragma once
#include "chartroom/session/session.h"
#include "chartroom/domain/record.h"

/* klass: CR_NOTE (one's own draft), CR_PRESCRIPTION (not signed) or CR_REFERRAL (a draft).  What tied it to
 * the old chart – visit, problem, checks – is cut; both charts get an audit entry.  Ends in
 * cr_session_finish; refused once it is signed. */
void cr_draft_move_async (CrSession *session, const CrRecordClass *klass, CrId id, CrId to_patient,
                          GAsyncReadyCallback cb, gpointer data);
