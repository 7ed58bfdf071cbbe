/* An invented practice in a folder of its own, for the store's tests. */
#pragma once
#include <gio/gio.h>
#include "chartroom/store/db.h"
#include "chartroom/store/stores.h"

#define FIXTURE_LOGIN "admin"
#define FIXTURE_PASSWORD "plain invented test phrase"

typedef struct {
  char *folder;
  CrClock *clock; /* Mon Nov 23, 2026 9:00, stands still */
  CrStore *store;
  CrStoreUser *user; /* the administrator */
} Fixture;

Fixture *fixture_new (void);
void fixture_free (Fixture *self); /* removes the folder */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
void fixture_close (Fixture *self);
/* Closes and opens again as the administrator. */
void fixture_reopen (Fixture *self);
/* A second store on the same folder, as another program would have it. */
CrStore *fixture_open_beside (Fixture *self, CrStoreUser **user);

/* Runs the job; it must succeed. */
void fixture_run (Fixture *self, CrJob job, gpointer data);
/* Runs the job; it must fail with that code. */
void fixture_run_refused (Fixture *self, CrJob job, gpointer data, int code);
/* Saves a record in a job of its own. */
void fixture_save (Fixture *self, const CrRecordClass *klass, gpointer record);
gboolean fixture_try_save (Fixture *self, const CrRecordClass *klass, gpointer record, GError **error);
CrPatient *fixture_patient (Fixture *self, const char *family, const char *given, CrDate birth);

/* Statements behind the store's back, with the right key. */
void fixture_tamper (Fixture *self, const char *sql);
/* One number out of the database, behind the store's back. */
gint64 fixture_number (Fixture *self, const char *sql);
/* This test program again, as another program on the same folder: its main must look at argv first (argv[1]
 * is the role, argv[2] the folder).  Its output can be read from the pipe. */
GSubprocess *fixture_spawn (Fixture *self, const char *role);
/* What the child opens, and how it leaves: the folder stays. */
Fixture *fixture_in_child (const char *folder);
void fixture_leave (Fixture *self);
/* Iterates the default main context until *flag is TRUE; fails the test after a long while. */
void fixture_wait (const gboolean *flag);
