/* The window's own parts, shared by its files: window.c (layout), window-charts.c (open charts and
 * navigation), window-identity.c (risk of the wrong patient), window-actions.c (actions and keys),
 * window-dialogs.c (windows over it), window-forms.c (what was typed and is not saved), window-status.c
 * (status line). */
#pragma once
#include "src/ui/shell/banner.h"
#include "src/ui/shell/lock-page.h"
#include "src/ui/shell/page.h"
#include "src/ui/shell/palette-view.h"
#include "src/ui/shell/sidebar.h"
#include "src/ui/shell/style.h"
#include "src/ui/shell/toast.h"
#include "chartroom/session/backups.h"
#include "chartroom/session/key-change.h"
#include "chartroom/session/tasks.h"

#define CR_MAX_CHARTS 4

typedef struct { /* one place to come back to */
  CrPageId page;
  CrId patient;
  char *section;
} CrPlaceVisited;

typedef struct {    /* a person's place while somebody else, or nobody, is signed in */
  GArray *patients; /* CrId of open charts */
  CrPlaceVisited place;
} CrParked;
void cr_parked_free (gpointer parked);

struct _CrWindow {
  GtkApplicationWindow parent;
  GtkWidget *back_button, *sidebar_button, *new_button, *demo_mark, *tasks_button, *alerts_button,
      *content_box, *work_box, *backup_dot;
  GtkSearchEntry *search_entry;
  GtkMenuButton *main_menu_button, *user_button;
  GtkOverlay *overlay;
  GtkStack *root_stack, *pages;
  CrLockPage *lock_page;
  CrSidebar *sidebar;
  GtkBox *trouble_box, *set_up_box, *news_box;
  GtkLabel *trouble_label, *set_up_label, *news_label, *status_label, *backup_label, *knowledge_label,
      *tasks_label, *alerts_label, *user_label;
  GtkButton *copy_button, *news_button, *news_close_button;
  char *trouble; /* shown while no typed text is in trouble itself; NULL: none */
  CrBanner *banner;
  CrPaletteView *palette_view;
  CrToast *toast;

  CrSession *session;
  CrPalette *palette;
  CrStyle *style;
  GtkWidget *page_widgets[CR_N_PAGES];
  CrPageId page;
  char *section;
  GPtrArray *charts;    /* CrChart, oldest first */
  CrChart *chart;       /* the active one; in charts */
  GQueue back, forward; /* CrPlaceVisited */
  gboolean travelling;  /* Back or Forward: the place left goes to the other list */
  gboolean hidden;      /* privacy mode */
  int edges;            /* edge marks given so far */
  CrId last_patient;    /* whose chart was active last; CR_ID_NONE since the sign-in */
  gint64 switched_at;   /* monotonic: when another patient's chart followed; 0: not yet */
  guint idle_timer, status_timer;
  gboolean idle_warned; /* since the last key or pointer motion */
  GHashTable *parked;   /* person id → CrParked: what comes back after the lock */
  GListModel *tasks;
  CrBackups *backups;
  CrKeyChange *key_change;
};

void cr_window_show_set_up (CrWindow *self);  /* whether it is finished, and where it goes on */
void cr_window_watch_status (CrWindow *self); /* from now on */
void cr_window_clear_status (CrWindow *self); /* what was done once; trouble stays */
void cr_window_show_knowledge (CrWindow *self);
void cr_window_watch_dialogs (CrWindow *self); /* from now on */
void cr_window_close_dialogs (CrWindow *self);
void cr_window_park (CrWindow *self, CrId person);
void cr_window_unpark (CrWindow *self, CrId person); /* opens the same charts and place again */
void cr_window_open_forms (CrWindow *self);          /* those that are kept, not saved yet */
void cr_window_init_actions (CrWindow *self);
void cr_window_refresh_actions (CrWindow *self); /* after state, rights or undo changed */
void cr_window_show_charts (CrWindow *self);     /* sidebar list and banner */
void cr_window_ask_restrict (CrWindow *self);    /* the active chart, or lift it */
void cr_window_review_news (CrWindow *self);     /* goes to what somebody else changed */
void cr_window_close_news (CrWindow *self);
void cr_window_note_patient (CrWindow *self); /* after the active chart changed */
void cr_window_choose_chart (CrWindow *self); /* a picker with names */
/* A fifth chart: which one goes?  Then on to that patient. */
void cr_window_ask_put_away (CrWindow *self, CrId patient, const char *section, const char *hint);
void cr_window_put_away (CrWindow *self, CrChart *chart);
void cr_window_forget_charts (CrWindow *self);
void cr_window_clear_places (CrWindow *self);
void cr_window_forward (CrWindow *self);
