#include "walk.h"

#define PATIENT "GARCIA, Maria"

typedef struct {
  const char *where; /* NULL: only left again */
  const char *keys;  /* pressed first; NULL: none */
  const char *press; /* then this is pressed; NULL: nothing */
  const char *shown; /* until this is there */
  const char *close; /* keys that lead back; NULL: the next stop goes on from here */
} Stop;

static const Stop DOCTOR[] = {
  { "Today", "ctrl+1", NULL, "window:Today*", NULL },
  { "Schedule", "ctrl+2", NULL, "window:Schedule*", NULL },
  { "Work week", NULL, "button:Work Week", "button:Nov 23 – Nov 27, 2026", NULL },
  { "Month", NULL, "button:Month", "button:Nov 2026", NULL },
  { "List of visits", NULL, "button:List", "list item:Mon Nov 23, 2026, *", NULL },
  { "Day", NULL, "button:Day", "button:10:00 AM to 10:40 AM, LEE, Samuel*", NULL },
  { "Rx Queue", "ctrl+4", NULL, "window:Rx Queue*", NULL },
  { "Referrals", "ctrl+5", NULL, "window:Referrals*", NULL },
  { "Tasks", "ctrl+7", NULL, "window:Tasks*", NULL },
  { "Unscheduled and wait list", "ctrl+9", NULL, "window:Wait List*", NULL },
  { "Wait list", NULL, "button:Wait List (*", "label:Nobody waits*", "ctrl+7" },
  { "Search", "ctrl+k g", NULL, "list item:*GARCIA, Maria*", "Escape Escape" },
  { "Main menu", "F10", NULL, "menu item:About Chartroom", "Escape" },
  { "Preferences", "ctrl+comma", NULL, "window:Preferences", "Escape" },
  { "Help", "F1", NULL, "window:Help: Tasks", "Escape" },
  { "Keyboard shortcuts", "ctrl+question", NULL, "window:Keyboard Shortcuts", "Escape" },
};

static const Stop CHART[] = {
  { "Summary", NULL, "tab:Summary", "label:Known allergies*", NULL },
  { "Patient banner", "ctrl+i", NULL, ":*12 Elm St*", "ctrl+i" },
  { "Add problem", "ctrl+d", NULL, ":*Add Problem*", "Escape" },
  { "Allergy", "ctrl+shift+a", NULL, "window:Record Allergy*", "Escape" },
  { "Referral order", "ctrl+shift+r", NULL, "window:New Referral*", "Escape" },
  { "Notes", NULL, "tab:Notes", "list:Notes*", NULL },
  { "Note editor", "ctrl+n", NULL, "text box:Subjective", NULL },
  { "Sign note", "ctrl+Return", NULL, "button:Keep as Draft", "Escape" },
  { "Meds", NULL, "tab:Meds", "list item:*lisinopril*", NULL },
  { "Prescription", "ctrl+r", NULL, "text box:Drug*", "Escape" },
  { "Results", NULL, "tab:Results", "tab:Results", NULL },
  { "Vitals", NULL, "tab:Vitals", "tab:Vitals", NULL },
  { "Vitals entry", "ctrl+b", NULL, "text box:BP*", "Escape" },
  { "Chart's referrals", NULL, "tab:Referrals", "tab:Referrals", NULL },
  { "Documents", NULL, "tab:Documents", "tab:Documents", NULL },
  { "Details", NULL, "tab:Details", ":*12 Elm St*", NULL },
};

static const Stop FRONT_DESK[] = {
  { "Today of the front desk", "ctrl+1", NULL, "window:Today*", NULL },
  { "Details for the front desk", "ctrl+3", NULL, ":*12 Elm St*", NULL },
  { "Edit details", "ctrl+e", NULL, "window:Edit Details", NULL },
  { "Insurance in the details", NULL, "window:Edit Details > tab:Insurance", "text box:Member number",
    "Escape" },
  { "Register", "ctrl+shift+n", NULL, "window:Register*", "Escape" },
  { NULL, "ctrl+k a r r i v e space n o w a k", NULL, "list item:*NOWAK, Piotr*", NULL },
  { "Verify", "Return", NULL, "list item:*NOWAK* > button:Arrived", "Escape" },
  { "Walk-in", "w", NULL, "label:Walk-In", "Escape" },
  { "Week", "ctrl+2 3", NULL, "button:Nov 23 – Nov 29, 2026", NULL },
  { NULL, NULL, "button:Day", "button:10:00 AM to 10:40 AM, LEE, Samuel*", NULL },
  { "Booking", "n", NULL, "button:Book*", "Escape" },
  { NULL, "ctrl+k b o o k space g a r z", NULL, "list item:*GARZA, Marcus*", NULL },
  { NULL, "Return", NULL, "label:GARZA, Marcus*", NULL },
  { NULL, NULL, "button:Follow-up, 20 minutes", "list item:Mon Nov 23, 2026*11:*", NULL },
  { NULL, "Return", NULL, "list item:Mon Nov 23, 2026*11:*", NULL },
  { NULL, "Return", NULL, "status:Monday, November 23*", NULL },
  { "Repeat", NULL, "button:Repeat…", "window:Repeat Visit", "Escape" },
  { "Wait list entry", NULL, "button:Wait List…", "window:Wait List > button:Add to Wait List", "Escape" },
  { NULL, "Escape", NULL, "window:Schedule*", NULL },
  { "Day sheet", "ctrl+1 ctrl+p", NULL, "button:Print…", "Escape" },
  { "Calls", "ctrl+8", NULL, "window:Calls*", NULL },
  { "Export a calendar", "F10", "menu item:Export a Calendar…", "window:Export a Calendar", "Escape" },
  { "Log a call", "ctrl+n", NULL, "window:Log a Call", "Escape" },
  { "New task", "ctrl+7 ctrl+n", NULL, "window:New Task", "Escape" },
};

static const Stop ADMIN[] = {
  { "Practice and people", "F10", "menu item:Practice and People…", "window:Practice*", NULL },
  { "Hours", NULL, "tab:Hours*", ":*Hours*", NULL },
  { "Visit rules", NULL, "tab:Visit Rules", "tab:Visit Rules", NULL },
  { "Holidays", NULL, "tab:Holidays*", "tab:Holidays*", NULL },
  { "Letterhead and printers", NULL, "tab:Letterhead, Printers", "image:The head of a letter", NULL },
  { "The practice", NULL, "tab:Practice", "text box:Tax ID", NULL },
  { "Keys", NULL, "tab:Keys and Recovery Sheet", "status:The keys are those of the set-up*", NULL },
  { "Change the keys", NULL, "window:Practice* > button:Change the Keys…", "window:Change the Keys",
    "Escape" },
  { NULL, NULL, NULL, "window:Practice*", "Escape" },
  { "Backups", "F10", "menu item:Backups…", "window:Backups*", "Escape" },
  { "Audit", "F10", "menu item:Audit…", "window:Audit*", "Escape" },
  { "Import", "F10", "menu item:Import Charts…", "window:Import*", "Escape" },
  { "Duplicates", "F10", "menu item:Duplicates…", "window:Duplicates", "Escape" },
};

static const Stop REFERRALS[] = {
  { "Tasks of the referral staff", "ctrl+7", NULL, "window:Tasks*", NULL },
  { "Referrals of the referral staff", "ctrl+5", NULL, "window:Referrals*", NULL },
  { "Packet composer", "ctrl+5 Return", NULL, "button:Freeze and Print…", NULL },
};

#define BELOW_US (300 * 1000)

static void
go_along (UiApp *app, const Stop *stops, guint n, UiVisit visit, gpointer data)
{
  for (guint i = 0; i < n; i++) {
    g_test_message ("%s", stops[i].where != NULL ? stops[i].where : "back");
    if (stops[i].keys != NULL)
      ui_keys (app, stops[i].keys);
    if (stops[i].press != NULL)
      ui_press (app, stops[i].press);
    ui_wait (app, stops[i].shown);
    if (stops[i].where != NULL)
      visit (app, stops[i].where, data);
    if (stops[i].close == NULL)
      continue;
    ui_keys (app, stops[i].close);
    /* A window that is still closing would swallow the next keys, and the one below gets them a moment later.
     */
    if (g_str_has_prefix (stops[i].shown, "window:")) {
      ui_wait_gone (app, stops[i].shown);
      g_usleep (BELOW_US);
    }
  }
}

void
ui_walk (UiApp *app, UiVisit visit, gpointer data)
{
  ui_wait (app, "button:Sign In");
  visit (app, "Sign-in", data);
  ui_sign_in (app, "doctor");
  go_along (app, DOCTOR, G_N_ELEMENTS (DOCTOR), visit, data);
  ui_open_chart (app, "garcia maria", PATIENT);
  go_along (app, CHART, G_N_ELEMENTS (CHART), visit, data);
  ui_lock (app);
  ui_sign_in (app, "frontdesk");
  ui_open_chart (app, "garcia maria", PATIENT);
  go_along (app, FRONT_DESK, G_N_ELEMENTS (FRONT_DESK), visit, data);
  ui_lock (app);
  ui_sign_in (app, "admin");
  go_along (app, ADMIN, G_N_ELEMENTS (ADMIN), visit, data);
  ui_lock (app);
  ui_sign_in (app, "referrals");
  go_along (app, REFERRALS, G_N_ELEMENTS (REFERRALS), visit, data);
  ui_lock (app);
  visit (app, "Lock", data);
}
