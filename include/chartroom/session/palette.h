/* The search of the header bar: patients, places and commands in one list (UX 1.5).  The index holds
 * identity fields only, in memory, and is wiped on "forget". */
#pragma once
#include "chartroom/domain/slot-search.h"
#include "chartroom/session/session.h"

typedef enum {
  CR_VERB_NONE,
  CR_VERB_OPEN,
  CR_VERB_CARD,
  CR_VERB_BOOK,
  CR_VERB_RX,
  CR_VERB_REFILL,
  CR_VERB_NOTE,
  CR_VERB_VITALS,
  CR_VERB_REFER,
  CR_VERB_PRINT,
  CR_VERB_ARRIVE,
  CR_VERB_ROOM,
  CR_VERB_OUT,
  CR_VERB_CALL,
  CR_VERB_TASK,
  CR_VERB_DUE,
  CR_VERB_GO,
  CR_VERB_LOCK,
  CR_VERB_REGISTER,
  CR_VERB_BOOK_LINE /* a time of a booking in one line; of a PATIENT: times for this one, cr_palette_pick */
} CrVerb;

typedef enum {
  CR_HIT_HEADING,
  CR_HIT_PATIENT,
  CR_HIT_COMMAND,
  CR_HIT_REGISTER,
  CR_HIT_MORE,
  CR_HIT_SLOT /* a patient with a free time in detail */
} CrHitKind;
typedef struct {
  CrHitKind kind;
  CrId patient_id;
  CrVerb verb; /* what Enter does; NONE on headings */
  /* GO: "today" "schedule" "chart" "rx-queue" "referrals" "tasks", with what to show there behind a slash:
   * "schedule/view:week"; other commands: the action,
   * "win.day-sheet"; REGISTER: the words that were typed. */
  char *target;
  char *title;                    /* GARCIA, Maria "Malena" · or the heading, or the command */
  char *born, *sex, *phone, *mrn; /* ready to show: "Mar 14, 1961 (65 y)" "F" "··0142" "MRN 004217" */
  /* "10:30 AM Dr. Okafor – Follow-up, arrived" · "Last visit Jan 12, 2026" · "Died Mar 02, 2026" · the keys
   * of a command.  The next or last visit comes a moment after the row: the row is then replaced in its
   * place. */
  char *detail;
  gboolean similar; /* ▲ Similar name */
  gboolean deceased;
  CrSlot slot; /* of SLOT: what is booked, with the two below */
  CrId visit_type_id;
  int minutes;
} CrHit;

#define CR_TYPE_PALETTE (cr_palette_get_type ())
G_DECLARE_FINAL_TYPE (CrPalette, cr_palette, CR, PALETTE, GObject)
/* A GListModel of CrRow with CrHit.  Property "loading". */
CrPalette *cr_palette_new (CrSession *session);
/* Synchronous; at most 9 patients and a MORE row.  "gar 61", "0142", "3/14/61", "rx garcia", "> day sheet".
 */
void cr_palette_set_query (CrPalette *self, const char *query);
/* After "garcia 6w fu 20 am" fitted several patients: it is this one, and times are looked for. */
void cr_palette_pick (CrPalette *self, CrId patient_id);
/* Privacy mode: initials and the last two digits of the MRN instead of names and numbers. */
void cr_palette_set_private (CrPalette *self, gboolean hidden);
/* Verbs for one patient (Tab), as rows: CrHit of kind COMMAND with that patient. */
GListModel *cr_palette_verbs (CrPalette *self, CrId patient_id);
gboolean cr_palette_can_book (CrPalette *self); /* the signed-in person may */
/* A patient who was just opened or changed counts as recent. */
void cr_palette_note_recent (CrPalette *self, CrId patient_id);
/* Another one of today's patients has a similar name; TRUE also while that is not known yet. */
gboolean cr_palette_similar_today (CrPalette *self, const CrPatient *patient);
gboolean cr_palette_visits_today (CrPalette *self, CrId patient_id); /* FALSE also while it is not known */
/* The index itself, without a session, for benches and ctl: see search-index.h. */
