/* The one main window: header, sidebar, banner, pages, toasts, status line (UX 1.2–1.6).
 * Pages know the window by this header alone. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/session/backups.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/key-change.h"
#include "chartroom/session/practice-settings.h"
#include "chartroom/session/session.h"

#define CR_TYPE_WINDOW (cr_window_get_type ())
G_DECLARE_FINAL_TYPE (CrWindow, cr_window, CR, WINDOW, GtkApplicationWindow)

typedef enum {
  CR_PAGE_TODAY,
  CR_PAGE_SCHEDULE,
  CR_PAGE_CHART,
  CR_PAGE_RX_QUEUE,
  CR_PAGE_REFERRALS,
  CR_PAGE_TASKS,
  CR_PAGE_CALLS,
  CR_PAGE_WAITING,
  CR_N_PAGES
} CrPageId;

/* Chart sections; also the names of the section tabs' stack pages. */
#define CR_SECTION_SUMMARY "summary"
#define CR_SECTION_NOTES "notes"
#define CR_SECTION_MEDS "meds"
#define CR_SECTION_RESULTS "results"
#define CR_SECTION_VITALS "vitals"
#define CR_SECTION_REFERRALS "referrals"
#define CR_SECTION_DOCUMENTS "documents"
#define CR_SECTION_DETAILS "details"

CrWindow *cr_window_new (GtkApplication *app, CrSession *session);
CrSession *cr_window_get_session (CrWindow *self);
CrBackups *cr_window_get_backups (CrWindow *self);
CrKeyChange *cr_window_get_key_change (CrWindow *self);

/* Every page change goes through here: Back works, a chart opening is audited once, focus lands on a defined
 * widget.  patient: for CR_PAGE_CHART (and BOOK hints), else CR_ID_NONE.  section: one of CR_SECTION_*, or
 * NULL. hint: what to start there: "new-note" "new-rx" "new-referral" "vitals" "book" "day:2026-11-23"
 * "packet:REFERRAL_ID" "note:NOTE_ID" …, or NULL.  from: for the audit ("search", "today", …). */
void cr_window_navigate (CrWindow *self, CrPageId page, CrId patient, const char *section, const char *hint,
                         const char *from);
void cr_window_back (CrWindow *self);
CrChart *cr_window_get_chart (CrWindow *self); /* the active patient's; NULL when none */

/* Bottom centre, one at a time, 6 s (10 s with a button).  action: a window action ("win.undo") or NULL. */
void cr_window_toast (CrWindow *self, const char *text, const char *button, const char *action);
/* Persistent red line at the top of the content until NULL. */
void cr_window_set_trouble (CrWindow *self, const char *text);
/* An error where no better place is: toast for small ones, trouble for disk and rights. */
void cr_window_show_error (CrWindow *self, const GError *error);
/* Name as lists show it; initials while privacy mode is on.  Property "private" (boolean) notifies. */
char *cr_window_name_of (CrWindow *self, const CrPatient *patient);
/* Why a signature in this chart asks for the patient's identity (UX 1.6.7); NULL: nothing raises the risk. */
char *cr_window_identity_risk (CrWindow *self, CrChart *chart, gboolean controlled);
/* The same on a page of many patients, whose chart need not be open. */
char *cr_window_patient_risk (CrWindow *self, const CrPatient *patient);
gboolean cr_window_is_private (CrWindow *self);
void cr_window_set_private (CrWindow *self, gboolean hidden);
void cr_window_apply_preferences (CrWindow *self); /* look, text size, density, after they changed */
/* Shows the sign-in page for a practice folder (NULL: none chosen). */
void cr_window_choose_practice (CrWindow *self, const char *folder);
/* TRUE when single letters may act in lists (Preferences). */
gboolean cr_window_single_letters (CrWindow *self);
/* Registration or demographics; words: typed in the search, may be NULL. */
void cr_window_search_again (CrWindow *self); /* the search, with what was typed last */
void cr_window_register_patient (CrWindow *self, const char *words);
/* Print or export a finished PDF (render's bytes): own preview first, then the system's print dialog and a
 * GtkPrintJob.  kind/id/patient: for the audit; kind NULL: the caller records it.  file_name: proposal for
 * Export. Returns the preview window (borrowed; NULL when the PDF cannot be read); its signal "delivered"
 * (const char * action: "print" or "export") comes after the printer or the disk has taken it. */
GtkWindow *cr_window_present_pdf (CrWindow *self, GBytes *pdf, const char *title, const char *file_name,
                                  const char *kind, CrId id, CrId patient);
/* On a paper that the kind does not tell. */
GtkWindow *cr_window_present_pdf_on (CrWindow *self, CrPrintPaper paper, GBytes *pdf, const char *title,
                                     const char *file_name, const char *kind, CrId id, CrId patient);
