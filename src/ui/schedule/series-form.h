/* What the windows of series share: a preview that is asked anew whenever something is changed, what is
 * wrong, the count of ticks, their keys. */
#pragma once
#include "src/ui/schedule/occurrence-list.h"
#include "src/ui/shell/window.h"

typedef struct {
  CrWindow *window; /* borrowed: the dialog is its child; NULL: closed */
  GtkLabel *summary_label, *error_label;
  CrOccurrenceList *preview;
  guint asked;   /* counts previews: only the last one's answer counts */
  gboolean busy; /* it saves, or the fields are being filled */
} CrSeriesForm;

/* "series.save" by Ctrl+Enter, Escape closes, Ctrl+Shift+L locks. */
void cr_series_form_install (GtkWidgetClass *klass, GtkWidgetActionActivateFunc save);
CrSession *cr_series_form_session (CrSeriesForm *self);
void cr_series_form_say (CrSeriesForm *self, const char *problem); /* NULL: nothing is wrong */
/* A new list is asked for; problem: why not, and the list is empty.  TRUE: ask. */
gboolean cr_series_form_begin (CrSeriesForm *self, const char *problem);
/* For cr_series_preview_async and its like: takes what it answers, with cr_series_form_asked as data. */
void cr_series_form_previewed_cb (GObject *source, GAsyncResult *result, gpointer data);
gpointer cr_series_form_asked (CrSeriesForm *self, GtkWidget *dialog);
/* The button says how many visits are ticked, and can be pressed when there are any. */
void cr_series_form_count (CrSeriesForm *self, GtkButton *button, char *label,
                           char *summary); /* takes both */
/* It is done: said with Undo, and the dialog goes. */
void cr_series_form_close (CrSeriesForm *self, GtkWidget *dialog, const char *toast);
