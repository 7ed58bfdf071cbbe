/* The booking panel's own parts: book-panel.c (patient, type, the panel), book-proposal.c (what is proposed,
 * what is in its way, and booking it), book-kept.c (what is not booked yet). */
#pragma once
#include "src/ui/schedule/book-panel.h"
#include "src/ui/schedule/patient-picker.h"
#include "src/ui/schedule/room-picker.h"
#include "src/ui/schedule/slot-finder.h"
#include "src/ui/schedule/type-chips.h"
#include "src/ui/shell/unsaved-bar.h"

struct _CrBookPanel {
  GtkWidget parent;
  GtkWidget *root, *identity_box, *when_box, *who_box, *reason_box;
  GtkBox *form_box, *foot_box; /* what scrolls; what stays in sight below it */
  GtkBox *patient_box;
  GtkLabel *title_label, *patient_label, *name_label, *born_label, *other_label, *type_label,
      *read_back_label, *notice_label;
  GtkButton *close_button, *change_button, *wait_button, *book_button, *repeat_button;
  GtkScrolledWindow *body;
  CrTypeChips *types;
  GtkEntry *reason_entry;
  GtkDropDown *who;
  CrPatientPicker *picker;
  CrSlotFinder *finder;
  CrRoomPicker *rooms;
  CrUnsavedBar *unsaved;

  CrWindow *window; /* borrowed: the panel stands in it */
  CrDaySchedule *schedule;
  CrId patient_id;    /* chosen; CR_ID_NONE: not yet */
  CrPatient *patient; /* once it is read */
  guint openings;     /* counts the bookings begun here and their patients: an older one's answer is stale */
  CrId person_id;     /* asked for from the start; none: the usual one first */
  CrDate from;        /* the first day that free times are looked for on */
  CrId type_id;
  int minutes;
  const char *type_code; /* interned */
  CrSlot slot;
  CrId first_room; /* of the rooms that the visit would take */
  gboolean has_slot, walk_in, busy;
  gboolean was_free; /* the chosen time, as the day that is loaded had it: nothing was in its way */
  char *lost;        /* what became of a time that somebody else took; NULL: none was */
  gboolean pick_person, pick_other; /* the slot's clinicians are whoever is free: nobody was named */
  guint accept,
      accept_other; /* CrPlace bits: what the panel says is in the way of the visit, of a second one */
  GArray *who_ids;  /* CrId per entry of who */
};

enum { CR_BOOK_PROPOSED, CR_BOOK_BOOKED, CR_BOOK_CLOSED, CR_BOOK_N_SIGNALS };
extern guint cr_book_panel_signals[CR_BOOK_N_SIGNALS];

CrSession *cr_book_panel_session (CrBookPanel *self);
CrDate cr_book_panel_today (CrBookPanel *self);
void cr_book_panel_set_notice (CrBookPanel *self, const char *text, gboolean hard); /* NULL: none */
/* The last lines of the panel: what will be booked, what is in the way, and whether it can be booked. */
void cr_book_panel_judge (CrBookPanel *self);
/* After the book changed: a time that was free and is not any more is let go of, and that is said. */
void cr_book_panel_judge_again (CrBookPanel *self);
/* Shows that time; its other day, too. */
void cr_book_panel_take_slot (CrBookPanel *self, const CrSlot *slot);
void cr_book_panel_rooms_changed (CrBookPanel *self);
/* From now on what stands in the panel is kept, and asked about before it goes. */
void cr_book_panel_keep (CrBookPanel *self);
void cr_book_panel_connect_kept (CrBookPanel *self);
