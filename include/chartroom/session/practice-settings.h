/* What the practice has set beside its record: printers, where its set-up stands, its logo.  Everybody may
 * read it; an administrator changes it. */
#pragma once
#include "chartroom/session/session.h"

#define CR_SETTING_SET_UP                                                                                    \
  "set-up-step" /* code of the step it was left at (set-up.h); NULL: it is finished                          \
                 */
#define CR_SETTING_PRINTER_PLAIN "printer-plain"
#define CR_SETTING_PRINTER_SECURITY "printer-security" /* prescriptions */
#define CR_SETTING_PRINTER_CARD "printer-card"         /* appointment cards */
#define CR_SETTING_PRINTER_LABELS "printer-labels"

/* What is put into a printer; for each the practice may have one of its own. */
typedef enum {
  CR_PRINT_PLAIN,
  CR_PRINT_SECURITY,
  CR_PRINT_CARD,
  CR_PRINT_LABELS,
  CR_N_PRINT_PAPERS
} CrPrintPaper;
const char *cr_print_paper_setting (CrPrintPaper paper); /* its CR_SETTING_PRINTER_… */
/* What a person printed on last; a preference of session.h. */
const char *cr_print_paper_preference (CrPrintPaper paper);
const char *cr_print_paper_words (CrPrintPaper paper); /* "security paper" */
CrPrintPaper cr_print_paper_of (const char *kind); /* by the audit's kind of document: "appointment-card" */

const char *cr_session_get_setting (CrSession *self, const char *key); /* NULL: not set */

typedef struct {
  const char *key, *value; /* value NULL: not set any more */
} CrSetting;
/* Together or not at all.  CONFLICT: one of them is not any more what this session knows.  cr_session_finish.
 */
void cr_admin_save_settings_async (CrSession *self, const CrSetting *settings, guint n,
                                   GAsyncReadyCallback cb, gpointer data);

/* The picture of the letterhead, a PNG; NULL: none, or the practice is closed. */
GBytes *cr_session_get_logo (CrSession *self);
/* At most, as a PNG. */
#define CR_LOGO_MAX_BYTES (512 * 1024)
/* png NULL: no logo any more; the former one stays among the practice's documents, for papers that were
 * frozen with it are to be explained.  INVALID: no PNG, or too big.  cr_session_finish. */
void cr_admin_save_logo_async (CrSession *self, GBytes *png, GAsyncReadyCallback cb, gpointer data);
