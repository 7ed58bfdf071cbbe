/* What was typed and is not saved yet, after a lock or a crash: its form is there again. */
#include "src/ui/shell/window-private.h"
#include "src/ui/admin/admin-window.h"
#include "src/ui/admin/closures-pane.h"
#include "src/ui/admin/hours-pane.h"
#include "src/ui/admin/people-pane.h"
#include "src/ui/admin/practice-pane.h"
#include "src/ui/admin/visit-rules-pane.h"
#include "src/ui/shell/task-dialog.h"
#include "src/ui/schedule/call-dialog.h"
#include "src/ui/schedule/register-dialog.h"
#include "src/ui/schedule/wait-dialog.h"
#include "chartroom/session/kept-form.h"

/* Of the pages' own forms (book-panel.h) each page takes care when it is shown. */
static const struct {
  const char *name;
  void (*open) (CrWindow *window);
} FORMS[] = {
  { CR_FORM_TASK, cr_task_dialog_present_kept },     { CR_FORM_CALL, cr_call_dialog_present_kept },
  { CR_FORM_WAIT, cr_wait_dialog_present_kept },     { CR_FORM_PERSON, cr_admin_window_present_kept },
  { CR_FORM_HOURS, cr_admin_window_present_kept },   { CR_FORM_VISIT_RULES, cr_admin_window_present_kept },
  { CR_FORM_CLOSURE, cr_admin_window_present_kept }, { CR_FORM_PRACTICE, cr_admin_window_present_kept },
};

void
cr_window_open_forms (CrWindow *self)
{
  g_auto (GStrv) kept = cr_session_list_kept_forms (self->session);
  for (guint i = 0; kept[i] != NULL; i++) {
    for (guint k = 0; k < G_N_ELEMENTS (FORMS); k++)
      if (g_str_equal (kept[i], FORMS[k].name))
        FORMS[k].open (self);
    if (g_ascii_isdigit (kept[i][0]))
      cr_register_dialog_present (self, NULL, g_ascii_strtoll (kept[i], NULL, 10));
  }
}
