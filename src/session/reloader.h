/* When something loaded has to be loaded again: after sign-in and after changes of the kinds it shows; many
 * changes at once make one load, and never two loads run at a time. */
#pragma once
#include "chartroom/session/session.h"
#include "chartroom/domain/record.h"

typedef struct _CrReloader CrReloader;

typedef struct {
  /* Record classes whose changes matter; NULL-terminated, static. */
  const CrRecordClass *const *classes;
  void (*load) (gpointer owner);   /* starts a load; cr_reloader_done when it ended */
  void (*forget) (gpointer owner); /* drops what was loaded: lock, sign-out */
  int priority;                    /* of the main loop; G_PRIORITY_DEFAULT, LOW for what can wait */
} CrReloaderPlan;

/* The owner frees it before it goes itself.  Nothing is loaded before the first request or sign-in. */
CrReloader *cr_reloader_new (CrSession *session, const CrReloaderPlan *plan, gpointer owner);
void cr_reloader_free (CrReloader *self);
void cr_reloader_request (CrReloader *self); /* soon, from the main loop */
void cr_reloader_done (CrReloader *self);
gboolean cr_reloader_is_busy (CrReloader *self); /* a load runs or is due */
