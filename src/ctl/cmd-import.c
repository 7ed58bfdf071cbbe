/* import: FHIR bundles into the practice, with a report. */
#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include "chartroom/session/import-run.h"
#include <glib/gi18n.h>

static void
print_counts (const CrImportReport *report, gboolean json)
{
  static const char *const KEYS[] = { N_ ("type"),         N_ ("in file"),   N_ ("added"),
                                      N_ ("changed"),      N_ ("unchanged"), N_ ("part of others"),
                                      N_ ("not imported"), N_ ("why"),       NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  if (!json)
    ctl_table_add (table, (const char *const[]){ _ (KEYS[0]), _ (KEYS[1]), _ (KEYS[2]), _ (KEYS[3]),
                                                 _ (KEYS[4]), _ (KEYS[5]), _ (KEYS[6]), _ (KEYS[7]) });
  for (guint i = 0; i < report->counts->len; i++) {
    const CrImportCount *c = report->counts->pdata[i];
    const guint numbers[] = { c->in_file, c->added, c->changed, c->unchanged, c->joined, c->skipped };
    char texts[G_N_ELEMENTS (numbers)][12];
    for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
      g_snprintf (texts[n], sizeof texts[n], "%u", numbers[n]);
    ctl_table_add (table, (const char *const[]){ c->type, texts[0], texts[1], texts[2], texts[3], texts[4],
                                                 texts[5], c->why });
  }
  ctl_table_print (table, json);
}

static void
print_sum (const CtlCall *call, const CrImportReport *report)
{
  if (call->dry_run)
    g_print (_ ("Dry run: %u rows would be added and %u changed; nothing was.\n"), report->rows_added,
             report->rows_changed);
  else
    g_print (_ ("%u rows added, %u changed.\n"), report->rows_added, report->rows_changed);
}

static void
say_reasons (const GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    ctl_say ("chartroomctl: ", reasons->pdata[i]);
}

/* A signal came: what was read before it stays, each file whole. */
static void
refuse_rest (guint left, const GPtrArray *reasons, GError **error)
{
  say_reasons (reasons);
  g_set_error (error, CR_ERROR, CR_ERROR_CANCELLED,
               ngettext ("Stopped as asked; %u file was not read. Import again for the rest.",
                         "Stopped as asked; %u files were not read. Import again for the rest.", left),
               left);
}

/* One line says it for one file; for several, one each and how many. */
static void
refuse_files (const CtlCall *call, GPtrArray *reasons, GError **error)
{
  if (call->n_rest == 2) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, reasons->pdata[0]);
    return;
  }
  say_reasons (reasons);
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               ngettext ("%u file was refused and left nothing behind.",
                         "%u files were refused and left nothing behind.", reasons->len),
               reasons->len);
}

int
ctl_import (CtlCall *call, GError **error)
{
  g_autoptr (CrImportReport) report = cr_import_report_new ();
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  guint i = 1;
  if (!cr_session_require (call->session, CR_RIGHT_ADMIN, error))
    return CTL_REFUSED;
  ctl_hold_signals ();
  for (; i < call->n_rest && ctl_go_on (NULL); i++) {
    g_autoptr (GError) why = NULL;
    if (!cr_import_file (call->session, call->rest[i], call->dry_run, report, &why))
      g_ptr_array_add (reasons, g_strdup (why->message));
  }
  if (reasons->len + 1 < i) { /* something was read */
    print_counts (report, call->json);
    if (!call->json)
      print_sum (call, report);
  }
  for (guint n = 0; n < report->findings->len; n++)
    ctl_say ("", report->findings->pdata[n]);
  if (i < call->n_rest) {
    refuse_rest (call->n_rest - i, reasons, error);
    return CTL_REFUSED;
  }
  if (reasons->len == 0)
    return CTL_DONE;
  refuse_files (call, reasons, error);
  return CTL_REFUSED;
}
