/* import: FHIR bundles into the practice, with a report. */
#include "src/ctl/ctl.h"
#include "chartroom/session/import-run.h"
#include <glib/gi18n.h>

static void
print_counts (const CrImportReport *report, gboolean json)
{
  static const char *const KEYS[] = { "type", "in file", "added", "changed", "unchanged", "not imported", "why", NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  for (guint i = 0; i < report->counts->len; i++) {
    const CrImportCount *c = report->counts->pdata[i];
    g_autofree char *in_file = g_strdup_printf ("%u", c->in_file);
    g_autofree char *added = g_strdup_printf ("%u", c->added);
    g_autofree char *changed = g_strdup_printf ("%u", c->changed);
    g_autofree char *unchanged = g_strdup_printf ("%u", c->unchanged);
    g_autofree char *skipped = g_strdup_printf ("%u", c->skipped);
    ctl_table_add (table, (const char *const[]) { c->type, in_file, added, changed, unchanged, skipped, c->why });
  }
  if (!json)
    g_print ("%-24s %8s %8s %8s %10s %13s  %s\n", _("type"), _("in file"), _("added"), _("changed"), _("unchanged"),
             _("not imported"), _("why"));
  if (json) {
    ctl_table_print (table, TRUE);
    return;
  }
  for (guint i = 0; i < report->counts->len; i++) {
    const CrImportCount *c = report->counts->pdata[i];
    g_print ("%-24s %8u %8u %8u %10u %13u  %s\n", c->type, c->in_file, c->added, c->changed, c->unchanged, c->skipped,
             c->why != NULL ? c->why : "");
  }
}

static void
print_sum (const CtlCall *call, const CrImportReport *report)
{
  if (call->dry_run)
    g_print (_("Dry run: %u rows would be added and %u changed; nothing was.\n"), report->rows_added,
             report->rows_changed);
  else
    g_print (_("%u rows added, %u changed.\n"), report->rows_added, report->rows_changed);
}

int
ctl_import (CtlCall *call, GError **error)
{
  g_autoptr (CrImportReport) report = cr_import_report_new ();
  guint refused = 0;
  if (!cr_session_require (call->session, CR_RIGHT_ADMIN, error))
    return CTL_REFUSED;
  for (guint i = 1; i < call->n_rest; i++) {
    g_autoptr (GError) why = NULL;
    if (cr_import_file (call->session, call->rest[i], call->dry_run, report, &why))
      continue;
    g_printerr ("chartroomctl: %s\n", why->message);
    refused++;
  }
  print_counts (report, call->json);
  for (guint i = 0; i < report->findings->len; i++)
    g_printerr ("%s\n", (const char *) report->findings->pdata[i]);
  if (!call->json)
    print_sum (call, report);
  if (refused == 0)
    return CTL_DONE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               ngettext ("%u file was refused and left nothing behind.", "%u files were refused and left nothing behind.",
                         refused),
               refused);
  return CTL_REFUSED;
}
