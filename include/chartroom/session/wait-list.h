/* Who waits for an earlier visit, and what just became free for them. */
#pragma once
#include "chartroom/domain/slot-search.h"
#include "chartroom/domain/reach.h"
#include "chartroom/domain/wait-rules.h"
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

typedef struct {
  CrWaitEntry *entry;
  CrPatient *patient;
  CrReach *reach;         /* whom to call instead; NULL: nobody */
  CrAppointment *interim; /* what they hold meanwhile; NULL */
  char *type_name;        /* "Follow-up"; NULL */
  char *clinician;        /* "Dr. Okafor"; NULL: any */
  char *interim_with;     /* whom the interim visit is with; NULL */
  int minutes;
  char *got;        /* BOOKED: "Tue Dec 01, 2026, 9:20 AM"; NULL */
  gboolean expired; /* the latest day is over */
} CrWaitItem;
void cr_wait_item_free (CrWaitItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrWaitItem, cr_wait_item_free)

/* Live list of rows of CrWaitItem: the open entries, by priority, the longest first. */
GListModel *cr_wait_list_new (CrSession *session);

/* So of the entries that were closed in the last 90 days, the last one first. */
GListModel *cr_wait_closed_new (CrSession *session);

/* An open entry as the list shows it, a new one; CONFLICT when it was closed meanwhile. */
void cr_wait_load_async (CrSession *session, CrId entry, GAsyncReadyCallback cb, gpointer data);
CrWaitItem *cr_wait_load_finish (CrSession *session, GAsyncResult *result, GError **error);

/* All four end in cr_session_finish and can be undone.  entry is copied; added_at and _by are set here. */
void cr_wait_add_async (CrSession *session, const CrWaitEntry *entry, GAsyncReadyCallback cb, gpointer data);
/* Type, clinician, length, days, times, notice, priority and reason of an open entry.  CONFLICT when somebody
 * changed or closed it since that version. */
void cr_wait_change_async (CrSession *session, const CrWaitEntry *entry, GAsyncReadyCallback cb,
                           gpointer data);
void cr_wait_close_async (CrSession *session, CrId entry, const char *how, GAsyncReadyCallback cb,
                          gpointer data);
/* Moves the interim visit there, or books one, and closes the entry: one step.  accept: CrPlace bits that
 * were shown.  Errors as for booking. */
void cr_wait_book_async (CrSession *session, CrId entry, const CrSlot *slot, guint accept,
                         GAsyncReadyCallback cb, gpointer data);

/* A stretch that became free, while it is free and somebody waits for it. */
typedef struct {
  CrFreed freed;
  char *clinician;  /* "Dr. Okafor" */
  GPtrArray *items; /* CrWaitItem: whom it suits, in the order of the list */
  GArray *accept;   /* guint for each: what is in the way of it, CR_PLACE_SAME_DAY at most */
} CrFreedOffer;
void cr_freed_offer_free (CrFreedOffer *offer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrFreedOffer, cr_freed_offer_free)
/* What the last change of that visit set free: after the session's "changed" with its id.  NULL without
 * error: nothing, or nobody waits for it. */
void cr_freed_offer_async (CrSession *session, CrId appointment, GAsyncReadyCallback cb, gpointer data);
CrFreedOffer *cr_freed_offer_finish (CrSession *session, GAsyncResult *result, GError **error);
