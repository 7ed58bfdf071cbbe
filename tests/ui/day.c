/* A day in the practice, by keys and what the screen shows: a visit is booked, the patient arrives and is
 * roomed, vital signs are taken, a note is written and signed, a drug prescribed, a referral ordered, and its
 * packet frozen and exported. */
#include "day.h"
#include "program.h"

#define PATIENT UI_DAY_PATIENT
#define QUESTION UI_DAY_QUESTION
#define SENTENCE UI_DAY_SENTENCE

/* ---- front desk ---- */

static void
book (UiApp *app)
{
  ui_picture (app, "2-today");
  ui_command (app, "book garza", PATIENT);
  ui_wait (app, "window:Schedule* > label:" PATIENT);
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_keys (app, "Return");
  ui_wait_focus (app, "list item:Mon Nov 23, 2026*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "text box:Reason for the visit*");
  ui_type (app, "Knee pain after running");
  ui_picture (app, "3-booking");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:*" PATIENT ", Follow-up, scheduled*");
  ui_picture (app, "4-schedule");
}

static void
arrive (UiApp *app)
{
  ui_command (app, "arrive garza", PATIENT);
  ui_wait_focus (app, "list item:*" PATIENT "* > button:Arrived");
  ui_keys (app, "Return");
  ui_wait (app, "list item:*" PATIENT ", Follow-up, arrived*");
}

/* ---- nurse ---- */

static void
give_room (UiApp *app)
{
  ui_command (app, "room garza", PATIENT);
  ui_wait_focus (app, "list item:*" PATIENT "* > button:Room*, free");
  ui_picture (app, "5-rooming");
  ui_keys (app, "Return");
  ui_wait (app, "list item:*" PATIENT ", Follow-up, roomed, room*");
}

static void
take_vitals (UiApp *app)
{
  ui_command (app, "vitals garza", PATIENT);
  ui_wait_focus (app, "text box:BP*");
  ui_type (app, "148/92");
  ui_keys (app, "Tab");
  ui_type (app, "76");
  ui_picture (app, "6-vitals");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "label:148/92*");
}

/* ---- doctor ---- */

/* A chart with a history, for the picture. */
static void
look_into_chart (UiApp *app)
{
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_wait (app, "label:Known allergies: penicillin*");
  ui_picture (app, "7-chart");
}

static void
write_note (UiApp *app)
{
  ui_command (app, "note garza", PATIENT);
  ui_wait_focus (app, "text box:Subjective");
  ui_type (app, SENTENCE);
  ui_keys (app, "ctrl+Down");
  ui_wait_focus (app, "text box:Objective");
  ui_type (app, "Mild effusion, full range of motion.");
  ui_keys (app, "ctrl+Down");
  ui_wait_focus (app, "text box:Assessment*");
  ui_type (app, "Knee strain. Naproxen for ten days, refer to orthopedics.");
  ui_wait (app, "status:Draft saved*");
  ui_picture (app, "8-note");
}

/* GARCIA, Maria has a visit today, too: the names sound alike, so a signature asks whose chart this is. */
static void
confirm_identity (UiApp *app)
{
  ui_wait_focus (app, "text box:Type the patient's year of birth*");
  ui_type (app, "1959");
  ui_keys (app, "Return");
}

static void
sign_note (UiApp *app)
{
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Keep as Draft");
  confirm_identity (app);
  ui_wait (app, "label:Signed by Adaeze Okafor, MD*");
  ui_wait (app, "label:" SENTENCE);
}

static void
record_allergy (UiApp *app)
{
  ui_keys (app, "ctrl+shift+a");
  ui_wait_focus (app, "text box:Substance");
  ui_type (app, "penicillin");
  ui_wait_selected (app, "list item:penicillin (class)*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "text box:Reactions*");
  ui_type (app, "rash");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "button:Save Allergy");
  ui_wait (app, "label:Known allergies: penicillin (class)");
}

/* Every kind of check has its line; the penicillin of a moment ago is known to it. */
static void
prescribe (UiApp *app)
{
  ui_keys (app, "ctrl+r");
  ui_wait_focus (app, "text box:Drug*");
  ui_type (app, "naproxen 500");
  ui_wait_selected (app, "list item:naproxen 500 mg tablet*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "text box:Quantity*");
  ui_wait (app, ":*Allergy*");
  ui_wait (app, ":*Duplicate*none*");
  ui_wait (app, ":*naproxen 500 mg tablet*Take 1 tablet by mouth twice daily*");
  ui_picture (app, "9-prescription");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Sign Prescription");
  confirm_identity (app);
  ui_wait (app, "button:Export PDF…"); /* the prescription, ready to print */
  ui_keys (app, "Escape");
  ui_wait_gone (app, "button:Export PDF…");
  ui_wait (app, "list item:naproxen*");
}

static void
order_referral (UiApp *app)
{
  ui_begin_referral (app, QUESTION);
  ui_picture (app, "10-referral");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Sign Referral");
  confirm_identity (app);
  ui_wait_gone (app, "button:Sign and Order");
}

/* ---- referral staff ---- */

static void
freeze_packet (UiApp *app)
{
  ui_wait (app, "list item:" PATIENT ", Orthopedics*Ordered*");
  ui_click (app, "list item:" PATIENT ", Orthopedics*Ordered*");
  ui_keys (app, "Return");
  ui_wait (app, "button:Freeze and Print…");
  ui_wait (app, ":*" PATIENT "*Dr. E. Novak*");
  ui_picture (app, "11-composer");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Export PDF…");
  ui_place (app, "Referral packet REF-0005", 230, 30);
  ui_picture (app, "12-packet");
}

/* GTK's dialog finds its printers, of which there are none here, and goes again. */
static void
open_print_dialog (UiApp *app)
{
  ui_press (app, "button:Print…");
  ui_wait (app, "dialog:* > button:Cancel");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "dialog:* > button:Cancel");
}

static void
export_packet (UiApp *app, const char *path)
{
  ui_press (app, "button:Export PDF…");
  ui_save_as (app, path);
  ui_wait (app, "status:Exported to *");
  ui_wait_gone (app, "button:Export PDF…");
}

static void
record_sent (UiApp *app)
{
  ui_press (app, "button:Record as Sent…");
  ui_wait_focus (app, "button:By fax");
  ui_wait (app, ":= Mon Nov 23, 2026 *"); /* now, until somebody says otherwise */
  ui_keys (app, "Return");
  ui_wait (app, ":Sent recorded");
}

void
ui_day_until_packet (UiApp *app)
{
  ui_wait (app, "button:Sign In");
  ui_picture (app, "1-unlock");
  ui_sign_in (app, "frontdesk");
  book (app);
  arrive (app);
  ui_lock (app);
  ui_sign_in (app, "nurse");
  give_room (app);
  take_vitals (app);
  ui_lock (app);
  ui_sign_in (app, "doctor");
  look_into_chart (app);
  write_note (app);
  sign_note (app);
  record_allergy (app);
  prescribe (app);
  order_referral (app);
  ui_lock (app);
  ui_sign_in (app, "referrals");
  freeze_packet (app);
}

void
ui_day_send_packet (UiApp *app, const char *pdf)
{
  open_print_dialog (app);
  export_packet (app, pdf);
  record_sent (app);
}
