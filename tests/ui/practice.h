/* An invented practice in a folder of its own, and the program on it: for tests that drive the real program.
 * Monday, Nov 23, 2026, 10:34 AM; people admin doctor nurse frontdesk referrals. */
#pragma once
#include "uidrive.h"

#define UI_PASSWORD "four invented plain words" /* everybody's */

typedef struct {
  char *base;     /* everything of one test lies below; removed at the end */
  char *folder;   /* the practice */
  char *password; /* file */
  char *home, *temporary, *pictures;
  gint64 began;  /* seconds of the epoch, before anything of it was made */
  char *cups;    /* socket of the print scheduler the program finds; NULL: there is none */
  char *locales; /* NULL: the program speaks as it is written */
} UiPractice;

/* Pictures go to $CHARTROOM_TOUR_OUT when that is set, else below base; $CHARTROOM_TOUR_LOOK=dark: in dark.
 */
void ui_practice_set_up (UiPractice *self, guint patients);
void ui_practice_tear_down (UiPractice *self);
/* From its next start the program shows every text that went through gettext between ⟦ and ⟧. */
void ui_practice_speak_pseudo (UiPractice *self);
/* From its next start the program moves what it shows and hides, as it does for a person. */
void ui_practice_animate (UiPractice *self);
/* wrapper: command put before the program (strace …), NULL-terminated; NULL: none. */
UiApp *ui_practice_start (UiPractice *self, const char *const *wrapper);
/* From the lock page to the page the person works on; works for "locked", too. */
void ui_sign_in (UiApp *app, const char *login);
void ui_lock (UiApp *app);
/* Types into the search (Ctrl+K) and takes the first row, which has to be that patient's. */
void ui_command (UiApp *app, const char *words, const char *patient);
/* The same, and opens the chart whatever a person's Enter does. */
void ui_open_chart (UiApp *app, const char *words, const char *patient);
/* Runs chartroomctl on the practice as a person; its standard output. */
char *ui_practice_ask (UiPractice *self, const char *login, const char *command,
                       const char *const *arguments);
/* The medical record number of the only patient of that name. */
char *ui_practice_find_mrn (UiPractice *self, const char *name);
/* The end of the code of the recovery sheet, read from the paper, a PDF. */
char *ui_read_last_group (const char *sheet);
