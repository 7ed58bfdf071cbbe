/* Books a visit: patient, type, time, reason; says back what will be booked and what is in the way (UX 2.1
 * F2, F8). Signals: "proposed" (the time changed; the page shows it), "booked" (gint64 id), "closed". */
#pragma once
#include "src/ui/shell/window.h"
#include "src/ui/schedule/day-grid.h"

#define CR_TYPE_BOOK_PANEL (cr_book_panel_get_type ())
G_DECLARE_FINAL_TYPE (CrBookPanel, cr_book_panel, CR, BOOK_PANEL, GtkWidget)

typedef struct {
  CrId patient_id;    /* CR_ID_NONE: to be found in the panel */
  CrId person_id;     /* with start: whose slot; none: whoever is free */
  CrId room_id;       /* with start and without a person: the room of the slot; none: without one */
  CrDate date;        /* the day to begin at */
  int start;          /* CR_MINUTE_NONE: next available */
  gboolean walk_in;   /* now, at once Arrived */
  CrId visit_type_id; /* chosen at first; none: the first type */
} CrBookStart;

/* What was chosen and typed and is not booked yet (kept-form.h). */
#define CR_FORM_BOOKING "booking"
#define CR_FORM_WALK_IN "walk-in"

/* The schedule is shared with the page: a proposal on another day shows that day. */
void cr_book_panel_set_up (CrBookPanel *self, CrWindow *window, CrDaySchedule *schedule);
/* Where the text is large: whose visit it is stays in sight above the form, the reason scrolls with it, and
 * there is less between its parts: free times have room. */
void cr_book_panel_set_close (CrBookPanel *self, gboolean close);
void cr_book_panel_start (CrBookPanel *self, const CrBookStart *start);
void cr_book_panel_close (CrBookPanel *self); /* empties it */
/* Before it is closed or begun anew.  TRUE: a typed reason would be lost, so it asks; it stays as it is. */
gboolean cr_book_panel_ask (CrBookPanel *self);
/* Whether there is one that was not finished before a lock or a crash, and beginning with it. */
gboolean cr_book_panel_has_kept (CrBookPanel *self, gboolean walk_in);
void cr_book_panel_start_kept (CrBookPanel *self, gboolean walk_in);
/* A slot that was clicked on the page. */
void cr_book_panel_propose (CrBookPanel *self, const CrGridTarget *at);
/* What is proposed now; FALSE: no time yet. */
gboolean cr_book_panel_get_proposal (CrBookPanel *self, CrGridTarget *at, const char **type_code);
/* The visit that is booked together with it; FALSE: none, or nobody for it yet. */
gboolean cr_book_panel_get_second (CrBookPanel *self, CrGridTarget *at, const char **type_code);
void cr_book_panel_book (CrBookPanel *self); /* as its button */
