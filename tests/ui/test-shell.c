/* The shell around the pages: keys and panes, the picker of open charts, privacy mode, and the questions that
 * keep a signature from the wrong chart. */
#include "program.h"
#include <string.h>

static void
walk_panes (UiApp *app)
{
  ui_keys (app, "ctrl+1");
  ui_wait_focus (app, "list item:*BROWN, Tyrell*"); /* where Today begins */
  ui_keys (app, "ctrl+k");
  ui_wait_focus (app, "search box:Search patients*");
  ui_keys (app, "F6");
  ui_wait_focus (app, "list item:Today");
  ui_keys (app, "shift+F6");
  ui_wait_focus (app, "search box:Search patients*");
}

static void
test_keys (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+7");
  ui_wait (app, "window:Tasks*");
  ui_keys (app, "ctrl+6"); /* kept for the due list */
  ui_keys (app, "F1");
  ui_wait (app, "window:Help: Tasks");
  ui_picture (app, "shell-help");
  ui_click (app, "search box:Search the help"); /* without a window manager keys go where the pointer is */
  ui_type (app, "stick");
  ui_wait (app, "window:Help: Backups");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Help*");
  walk_panes (app);
  ui_open_chart (app, "nowak piotr", "NOWAK, Piotr");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+1");
  ui_wait (app, "window:Today*");
  ui_keys (app, "ctrl+o");
  ui_wait_focus (app, "window:Open Charts > list item:NOWAK, Piotr*");
  ui_picture (app, "shell-open-charts");
  ui_keys (app, "Down Return");
  ui_wait (app, "window:GARCIA, Maria* – Chart");
  ui_keys (app, "ctrl+w");
  ui_wait_gone (app, "window:GARCIA, Maria* – Chart");
}

/* Who sees the screen reads no name: neither found, nor in banner, title, list of open charts. */
static void
test_privacy (UiProgram *program)
{
  static const char *const NAMES[] = { "garcia", "mariana", "malena", "004217", NULL };
  UiApp *app = program->app;
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_open_chart (app, "lee samuel", "LEE, Samuel"); /* a child: doses go by the weight */
  ui_wait (app, "label:Weight*16.3 kg*");
  ui_picture (app, "shell-child");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_wait_gone (app, "label:Weight  *");
  ui_keys (app, "ctrl+shift+h");
  ui_wait (app, "window:G. M. ··17 – Chart");
  ui_picture (app, "shell-privacy-chart");
  ui_keys (app, "ctrl+1");
  ui_wait (app, "window:Today*");
  ui_keys (app, "ctrl+k");
  ui_type (app, "1961");
  ui_wait (app, "list item:G. M. ··17*");
  ui_picture (app, "shell-privacy-search");
  ui_expect_unread (app, NAMES, "in privacy mode");
}

static void
answer (UiApp *app, const char *year)
{
  ui_wait_focus (app, "text box:Type the patient's year of birth*");
  ui_type (app, year);
  ui_keys (app, "Return");
}

static void
refuse_three_times (UiApp *app)
{
  ui_keys (app, "ctrl+Return");
  answer (app, "1960");
  ui_wait (app, ":*2 tries are left*");
  ui_picture (app, "shell-identity");
  answer (app, "1988");
  ui_wait (app, ":*1 try is left*");
  answer (app, "61");
  ui_wait (app, "status:Nothing was signed*");
  ui_wait_gone (app, "button:Keep as Draft");
  ui_wait_text (app, "text box:Subjective", "*Cough*");
}

/* The third wrong answer closes the sheet; the order behind it keeps what was typed. */
static void
refuse_order (UiApp *app)
{
  ui_begin_referral (app, "Does she need surgery?");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Sign Referral");
  answer (app, "1960");
  ui_wait (app, ":*2 tries are left*");
  answer (app, "1988");
  ui_wait (app, ":*1 try is left*");
  ui_picture (app, "shell-identity-referral");
  answer (app, "61");
  ui_wait_gone (app, "button:Sign Referral");
  ui_wait_text (app, "text box:Question*", "Does she need surgery?");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Sign Referral");
  answer (app, "1961");
  ui_wait_gone (app, "button:Sign and Order");
}

static void
check_audit (UiPractice *practice)
{
  const char *refused[] = { "--action", "identity-refused", NULL };
  g_autofree char *listed = ui_practice_ask (practice, "admin", "audit", refused);
  g_assert_nonnull (strstr (listed, "004217"));
}

/* Two Garcias have a visit today. */
static void
test_identity (UiProgram *program)
{
  UiApp *app = program->app;
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "text box:Subjective");
  ui_keys (app, "ctrl+End");
  ui_type (app, " Cough for three days.");
  refuse_three_times (app);
  ui_keys (app, "ctrl+Return");
  answer (app, "1961");
  ui_wait (app, "label:Signed by Adaeze Okafor, MD*");
  refuse_order (app);
  ui_program_stop (program);
  check_audit (&program->practice);
}

/* Ctrl+K, a name, Tab, b: the letters after Tab choose what to do, and never go into the search. */
static void
test_verbs (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+k");
  ui_type (app, "garz");
  ui_wait_selected (app, "list item:GARZA, Marcus*");
  ui_keys (app, "Tab");
  ui_wait (app, "label:GARZA, Marcus*first letters*");
  ui_picture (app, "shell-verbs");
  ui_keys (app, "z BackSpace"); /* no action begins with it */
  ui_wait_selected (app, "list item:GARZA, Marcus*");
  ui_wait_text (app, "search box:Search patients*", "garz");
  ui_keys (app, "Tab c"); /* card, or call */
  ui_wait_selected (app, "list item:Patient card");
  ui_keys (app, "BackSpace Tab b");
  ui_wait (app, "button:Book*");
  ui_wait (app, "window:Schedule* > label:GARZA, Marcus");
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
}

static void
restrict_chart (UiApp *app)
{
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+k");
  ui_type (app, "> restrict");
  ui_wait_selected (app, "list item:Restrict the open chart*");
  ui_keys (app, "Return");
  ui_wait (app, "button:Restrict Chart");
  ui_type (app, "She works here");
  ui_keys (app, "Return");
  ui_wait_gone (app, "button:Restrict Chart");
  ui_wait (app, "label:*Restricted chart*");
  ui_keys (app, "ctrl+w");
  ui_wait_gone (app, "window:GARCIA, Maria* – Chart");
}

static void
check_reasons (UiPractice *practice)
{
  const char *chart[] = { "004217", "--reason", "Called about it", NULL };
  const char *given[] = { "--action", "break-glass", NULL };
  g_autofree char *shown = ui_practice_ask (practice, "nurse", "chart", chart);
  g_autofree char *audit = ui_practice_ask (practice, "admin", "audit", given);
  g_assert_nonnull (strstr (shown, "penicillin"));
  g_assert_nonnull (strstr (audit, "Seen today"));
  g_assert_nonnull (strstr (audit, "Called about it"));
}

/* A restricted chart shows nothing before the reason was given. */
/* Values of the banner lead to where they are edited: the allergies by key and pointer, identity by pointer.
 */
static void
follow_banner (UiApp *app)
{
  ui_click (app, "label:Sex*Female");
  ui_wait_selected (app, "tab:Details");
  ui_press (app, "button:Known allergies: penicillin*");
  ui_wait_selected (app, "tab:Summary");
  ui_wait_focus (app, "list item:Known allergies: penicillin*");
}

static void
test_restricted (UiProgram *program)
{
  static const char *const CLINICAL[] = { "penicillin", "lisinopril", NULL };
  UiApp *app = program->app;
  restrict_chart (app);
  ui_keys (app, "ctrl+k");
  ui_type (app, "garcia maria");
  ui_wait_selected (app, "list item:GARCIA, Maria*");
  ui_keys (app, "Return");
  ui_wait (app, ":Restricted Chart > button:Open Chart");
  ui_picture (app, "shell-restricted");
  ui_expect_unread (app, CLINICAL, "before the reason");
  ui_type (app, "Seen today");
  ui_keys (app, "Return");
  ui_wait (app, "window:GARCIA, Maria* – Chart");
  ui_wait (app, "label:*Restricted chart*");
  ui_picture (app, "shell-restricted-banner");
  follow_banner (app);
  ui_lock (app); /* the same person needs no second reason */
  ui_sign_in (app, "doctor");
  ui_wait (app, "window:GARCIA, Maria* – Chart");
  ui_program_stop (program);
  check_reasons (&program->practice);
}

/* UX 1.6.8: begun in the wrong chart; then marked as entered in error in the right one. */
static void
move_note (UiApp *app)
{
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "text box:Reason for visit");
  ui_type (app, "Fell off the swing.");
  ui_click (app, "button:Wrong Patient…");
  ui_wait (app, "window:Move to Another Patient");
  ui_type (app, "lee samuel");
  ui_wait (app, ":Move to Another Patient > list item:LEE, Samuel*");
  ui_picture (app, "shell-move-search");
  ui_keys (app, "Return");
  ui_wait (app, "button:Choose Another");
  ui_picture (app, "shell-move");
  ui_keys (app, "Return");
  ui_wait (app, "status:Moved to the chart of LEE, Samuel*");
  ui_wait (app, "button:Addendum");
}

static void
mark_in_error (UiApp *app)
{
  ui_open_chart (app, "lee samuel", "LEE, Samuel");
  ui_keys (app, "ctrl+n");
  ui_wait_text (app, "text box:Reason for visit", "Fell off the swing.");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Sign Note");
  answer (app, "2022");
  ui_wait (app, "label:Signed by Adaeze Okafor, MD*");
  ui_click (app, "button:Entered in Error…");
  ui_wait (app, "button:Mark as Entered in Error");
  ui_type (app, "The twin fell, not he");
  ui_keys (app, "Return");
  ui_wait (app, "label:Entered in error. Do not use.*");
  ui_picture (app, "shell-in-error");
}

static void
test_wrong_patient (UiProgram *program)
{
  const char *moved[] = { "--action", "move-here", NULL };
  const char *marked[] = { "--action", "entered-in-error", NULL };
  UiApp *app = program->app;
  ui_open_chart (app, "holt edwin", "HOLT, Edwin");
  move_note (app);
  mark_in_error (app);
  ui_program_stop (program);
  g_autofree char *here = ui_practice_ask (&program->practice, "admin", "audit", moved);
  g_autofree char *error = ui_practice_ask (&program->practice, "admin", "audit", marked);
  g_assert_nonnull (strstr (here, "005502"));
  g_assert_nonnull (strstr (error, "The twin fell, not he"));
}

/* UX 1.8: what another program writes into the open chart is said, and typed text stays. */
static void
test_changed_elsewhere (UiProgram *program)
{
  UiApp *app = program->app;
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  g_autofree char *out = g_build_filename (program->practice.base, "packet.pdf", NULL);
  const char *packet[] = { "004217", "--to", "Orthopedics", "--question", "Does she need surgery?",
                           "--out",  out,    NULL };
  g_autofree char *written G_GNUC_UNUSED = ui_practice_ask (&program->practice, "doctor", "packet", packet);
  ui_wait (app, "status:Dr. Okafor changed the referrals at *");
  ui_picture (app, "shell-changed");
  ui_press (app, "button:Review");
  ui_wait (app, "list item:Orthopedics*");
  ui_wait_gone (app, "status:Dr. Okafor changed the referrals at *");
}

/* Every second of typing is saved, until the log may not grow any more. */
static void
type_until_full (UiApp *app)
{
  for (guint i = 0; i < 60 && !ui_sees (app, "alert:Not saved*"); i++)
    ui_type (app, " word");
  ui_wait (app, "alert:Not saved*Your text is still here.");
}

static void
save_copy (UiApp *app, const char *path)
{
  ui_press (app, "button:Save a Copy…");
  ui_save_as (app, path);
  ui_wait (app, "status:A copy of the text was saved*");
}

/* No file may grow above a size, as on a full disk: the text stays and can be copied. */
static void
test_cannot_save (UiProgram *program)
{
  const char *limited[] = { "sh", "-c", "trap '' XFSZ; ulimit -f 400; exec \"$@\"", "sh", NULL };
  UiApp *app;
  app = ui_program_start (program, limited, NULL);
  ui_sign_in (app, "doctor");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "text box:Subjective");
  ui_keys (app, "ctrl+End");
  ui_type (app, " Cough for three days.");
  type_until_full (app);
  ui_picture (app, "shell-not-saved");
  g_autofree char *path = g_build_filename (program->practice.base, "copy.txt", NULL);
  save_copy (app, path);
  ui_wait_text (app, "text box:Subjective", "*Cough for three days.*");
  g_autofree char *copy = NULL;
  g_assert_true (g_file_get_contents (path, &copy, NULL, NULL));
  g_assert_nonnull (strstr (copy, "Cough for three days."));
  ui_program_kill (program); /* it would ask what becomes of the text */
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/shell/keys", test_keys, 20, "doctor" },
    { "/e2e/shell/verbs", test_verbs, 20, "frontdesk" },
    { "/e2e/shell/privacy", test_privacy, 20, "doctor" },
    { "/e2e/shell/identity", test_identity, 20, "doctor" },
    { "/e2e/shell/restricted", test_restricted, 20, "doctor" },
    { "/e2e/shell/wrong-patient", test_wrong_patient, 20, "doctor" },
    { "/e2e/shell/changed-elsewhere", test_changed_elsewhere, 20, "nurse" },
    { "/e2e/shell/cannot-save", test_cannot_save, 20, NULL },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
