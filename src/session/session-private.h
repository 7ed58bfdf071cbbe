/* What session.c, sign-in.c, shared-lists.c, work.c and undo.c share. */
#pragma once
#include "chartroom/session/session.h"
#include "chartroom/session/work.h"
#include "undo.h"

/* A person's place at this machine: it stays when another person signs in on top, and comes back. */
typedef struct {
  CrStoreUser *user;
  CrPerson *person;        /* as the practice has them now */
  GHashTable *preferences; /* key → value, both owned */
  GHashTable *unsaved;     /* of preferences.c: which of them could not be stored yet; NULL: none */
  CrUndo *undo;
  CrId left_step; /* of the book; the other part of the combined visit stays where it is, on purpose */
  gboolean has_pin;
} CrDesk;

struct _CrSession {
  GObject parent;
  CrClock *clock;
  CrKnowledge *knowledge; /* may be NULL */
  char *program;
  CrSessionState state;
  guint epoch; /* raised at every lock, close and sign-in; answers to older questions are withheld */
  CrStore *store;
  char *folder; /* of the practice that is open, or was last */
  CrPractice *practice;
  GHashTable *settings; /* of the practice: key → value; NULL while closed */
  GBytes *logo;         /* of logo_id; NULL: none, or it cannot be read */
  CrId logo_id;
  GPtrArray *desks; /* CrDesk */
  CrDesk *desk;     /* of the signed-in person; NULL while closed or locked */
  char *locked_login;
  char *recovery_code;
  gboolean made;    /* this session has created the practice that is open */
  gboolean waiting; /* for another program that writes */
  char *draft_status, *draft_trouble, *keep_trouble, *warning;
  guint watch, idle_timer;
  guint again_timer;        /* while something of the person's own could not be stored */
  guint forget_timer;       /* while locked, when the practice wants its keys forgotten */
  gint64 touched_monotonic; /* microseconds of g_get_monotonic_time */
  CrInstant touched_at;     /* by the session's clock: goes on while the machine sleeps */
  GListStore *people, *visit_types, *rooms, *contacts;
  guint n_waiting; /* answers still to come */
  gboolean reloading, reload_again;
  gboolean flushing;     /* drafts save themselves just now */
  GPtrArray *kept;       /* what take_kept gives */
  const char *long_work; /* what is said to whoever begins another: "A backup is …"; NULL: none runs */
};

/* Drafts save themselves now, as before a lock. */
void cr_session_flush (CrSession *self);
/* No backup while the keys are changed, and the other way round: FALSE and INVALID with what runs. */
gboolean cr_session_check_idle (CrSession *self, GError **error);
/* Closed, unless it is already, and it is said why. */
void cr_session_close_for_new_keys (CrSession *self);

/* kept-jobs.c: typed text that could not be saved any more because the keys were changed elsewhere waits in
 * memory until its person signs in again. */
/* Takes data when error says KEYS_CHANGED; else FALSE. */
gboolean cr_session_keep_job (CrSession *self, const char *login, CrJob job, gpointer data,
                              GDestroyNotify destroy, const GError *error);
GPtrArray *cr_session_take_kept (CrSession *self, const char *folder, const char *login); /* to be run */
void cr_session_return_kept (CrSession *self, GPtrArray *taken); /* nobody signed in */
/* In any thread; error: the first one. */
void cr_kept_jobs_run (GPtrArray *taken, CrStore *store, CrStoreUser *user, GError **error);
void cr_kept_job_free (gpointer kept);

void cr_desk_free (CrDesk *desk);
void cr_session_set_state (CrSession *self, CrSessionState state);
void cr_session_set_warning (CrSession *self, const char *text);        /* NULL: none */
void cr_session_set_keep_trouble (CrSession *self, const char *reason); /* NULL: none */

/* A job in the signed-in person's name that needs no right of its own.  Finish with cr_session_finish. */
void cr_session_start_job (CrSession *self, CrJob job, gpointer data, GDestroyNotify destroy,
                           GAsyncReadyCallback cb, gpointer user_data);

/* Shared lists.  Loading is a job; showing belongs to the main loop. */
typedef struct {
  CrId person_id;
  CrPractice *practice;
  GPtrArray *people, *visit_types, *rooms, *contacts; /* rows */
  GHashTable *preferences, *settings;
  gboolean has_pin;
  CrId known_logo; /* read already: only another one is */
  GBytes *logo;
  char *trouble; /* what could not be read and is gone on without */
} CrSharedLists;
void cr_shared_lists_clear (CrSharedLists *lists);
gboolean cr_shared_lists_load_job (CrTx *tx, gpointer lists, GError **error);
void cr_session_show_lists (CrSession *self, CrSharedLists *lists);
void cr_session_reload_lists (CrSession *self);
gboolean cr_session_lists_depend_on (const char *kind);

/* Makes the signed-in person sit down: state OPEN, lists shown.  Takes user and the contents of lists. */
void cr_session_seat (CrSession *self, CrStoreUser *user, CrSharedLists *lists);
/* Takes the opened store. */
void cr_session_take_store (CrSession *self, CrStore *store);
CrDesk *cr_session_find_desk (CrSession *self, const char *login); /* NULL: nobody of that name is parked */

/* preferences.c.  Of the person of lists; a job. */
gboolean cr_preferences_load (CrTx *tx, CrSharedLists *lists, GError **error);
/* Takes what was loaded; what could not be stored earlier is laid over it. */
void cr_session_seat_preferences (CrSession *self, GHashTable *stored);
void cr_session_store_unsaved (CrSession *self); /* is tried again now */
/* As cr_session_set_preference, of a value made of parts which the same person may change in another window,
 * too: merge says what is stored then.  stored: what is there now; before: what this window knew; after: the
 * value.  Each may be NULL, so may the new string that it returns. */
typedef char *(*CrPreferenceMerge) (const char *stored, const char *before, const char *after);
void cr_session_merge_preference (CrSession *self, const char *key, const char *value,
                                  CrPreferenceMerge merge);
