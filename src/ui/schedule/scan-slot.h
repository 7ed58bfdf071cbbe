/* A place for a picture or scan in a form: shown small, large on a click, chosen from a file, or taken with
 * the camera where a picture belongs and there is one; taken out. */
#pragma once
#include "chartroom/session/patient-line.h"
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

typedef struct {
  const CrLineFile *(*get) (gpointer owner, const char *slot);
  gboolean (*set) (gpointer owner, const char *slot, GBytes *content, GError **error);
  int longest; /* > 0: a picture alone, made smaller than this before it is set; 0: the file as it is */
} CrScanAccess;

#define CR_TYPE_SCAN_SLOT (cr_scan_slot_get_type ())
G_DECLARE_FINAL_TYPE (CrScanSlot, cr_scan_slot, CR, SCAN_SLOT, GtkWidget)
/* label: what is there ("Front of the card"); patient: whose stored file it may be, CR_ID_NONE a new one's.
 */
GtkWidget *cr_scan_slot_new (CrSession *session, gint64 patient, GObject *owner, const char *slot,
                             const CrScanAccess *access, const char *label);
