#include "src/ui/shell/help-text.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

static const CrHelpTopic TOPICS[] = {
  { N_ ("First steps"),
    N_ ("Chartroom keeps the book and the charts of one practice on this computer. Nothing leaves it unless "
        "somebody prints or exports it.\n\n"
        "1. Everything begins with the search at the top: press ‹Ctrl+K› and type a piece of the name, the "
        "birth date, the phone number or the record number. Enter opens the chart.\n"
        "2. The pages on the left are reached by ‹Ctrl+1› to ‹Ctrl+9›.\n"
        "3. What you type is saved as you type it. Nothing is lost when you go to another page or when the "
        "screen locks.\n"
        "4. ‹Ctrl+?› lists all keys, ‹F1› shows the help of the page in front of you, and ‹F10› opens the "
        "main "
        "menu."),
    -1,
    NULL,
    { NULL } },
  { N_ ("Today"),
    N_ ("The visits of today, in order, and how far each one is: scheduled, confirmed, arrived, in a room, "
        "with "
        "the doctor, ready, checked out.\n\n"
        "1. Choose a visit with the arrow keys.\n"
        "2. One letter takes it to the next stage: ‹A› arrived, ‹R› in a room, ‹D› with the doctor, ‹Y› "
        "ready, "
        "‹O› check out, ‹X› did not come.\n"
        "3. ‹W› takes somebody in who has no appointment.\n"
        "4. ‹Ctrl+P› prints the day sheet.\n\n"
        "A wrong letter is no harm: ‹Ctrl+Z› takes it back."),
    CR_PAGE_TODAY,
    NULL,
    { "Today", "Page", "Lists" } },
  { N_ ("Schedule"),
    N_ ("The book: a day with a column for each clinician or room, the work week, the week, the month, or a "
        "list.\n\n"
        "To book: go to a free time with the arrow keys and press Enter, or ‹Ctrl+N›. Type the patient's "
        "name, "
        "check the type of visit, and book with ‹Ctrl+Enter›. Begun in a room's column, the visit takes that "
        "room; Room beside the reason changes it, and takes a machine along. The three dots offer a second "
        "visit right after, or two clinicians at once.\n\n"
        "To move: choose the visit, press ‹M›, go to the new time with the arrow keys, press Enter. Or drag "
        "it. "
        "‹Esc› gives up.\n\n"
        "To cancel: press ‹Delete› and say why. The visit stays visible on the Wait List page until somebody "
        "has taken care of it.\n\n"
        "‹L› makes a visit longer or shorter, ‹C› copies it, ‹H› puts it into the holding tray while you "
        "look "
        "for another time. ‹J› goes to a date, ‹T› back to today. ‹1› to ‹6› choose the view, the last one "
        "by "
        "rooms. Cancelled, above the hours, shows cancelled and missed visits beside the others."),
    CR_PAGE_SCHEDULE,
    NULL,
    { "Schedule", "Page" } },
  { N_ ("Chart"),
    N_ ("The chart of one patient. The colored line above says whose chart it is: read it before you write. "
        "‹Ctrl+Page Down› leads through its sections.\n\n"
        "1. ‹Ctrl+N› begins a note, ‹Ctrl+R› a prescription, ‹Ctrl+B› the vital signs, ‹Ctrl+D› a problem, "
        "‹Ctrl+Shift+A› an allergy, ‹Ctrl+Shift+R› a referral.\n"
        "2. Drafts are saved as you type. A signature is a step of its own: nothing is signed by itself.\n"
        "3. What was signed is never changed: ‹Ctrl+E› adds to it. What was entered in error is marked and "
        "stays "
        "readable.\n\n"
        "Up to four charts lie open. ‹Ctrl+O› chooses among them, ‹Ctrl+W› puts one away."),
    CR_PAGE_CHART,
    NULL,
    { "Chart", "Page", "Note", "Editors" } },
  { N_ ("Rx Queue"),
    N_ ("Prescriptions of the whole practice that wait for something: a signature, or to be printed and "
        "handed "
        "over.\n\n"
        "1. Enter opens one with its patient and the checks on it.\n"
        "2. Several without warnings can be signed together; controlled substances are signed one by one.\n"
        "3. Signed prescriptions are printed on security paper. Which printer that is, an administrator sets "
        "under Practice and People."),
    CR_PAGE_RX_QUEUE,
    NULL,
    { "Page", "Lists" } },
  { N_ ("Referrals"),
    N_ ("All referrals, with how far each one is and what comes next.\n\n"
        "1. Enter on one that was ordered composes its packet: choose what the specialist needs, read it on "
        "the "
        "screen as it will be printed, then freeze and print it.\n"
        "2. When it was sent, say so. From then on the program counts the days and shows who has to be "
        "called.\n"
        "3. A referral ends when the report was read and the patient was told."),
    CR_PAGE_REFERRALS,
    NULL,
    { "Page", "Lists" } },
  { N_ ("Tasks"),
    N_ ("What waits for you: unsigned notes, results to look at, and tasks that somebody gave to you or to "
        "nobody in particular.\n\n"
        "1. Enter opens what the task is about.\n"
        "2. ‹K› marks it done, ‹S› puts it off to a day, ‹A› gives it to somebody else.\n"
        "3. ‹N› writes a new task.\n\n"
        "The numbers at the top right count what is open, and what is urgent."),
    CR_PAGE_TASKS,
    NULL,
    { "Page", "Lists", "Tasks" } },
  { N_ ("Calls"),
    N_ ("Whom to call: the visits of the next working day that are not confirmed, patients who are to come "
        "again "
        "and have no time yet, and the log of calls.\n\n"
        "1. Choose a line; the numbers that may be called are beside it, with what the patient does not "
        "want.\n"
        "2. After the call one digit says how it ended, ‹1› to ‹6›.\n"
        "3. ‹L› prints a reminder letter in place of a call, ‹N› logs a call that came in."),
    CR_PAGE_CALLS,
    NULL,
    { "Page", "Lists", "Calls" } },
  { N_ ("Unscheduled and Wait List"),
    N_ ("Two lists. Unscheduled: who cancelled, missed a visit or was asked to come again, and has no new "
        "time. "
        "Wait list: who would take an earlier time.\n\n"
        "1. Enter finds a time for somebody.\n"
        "2. When a visit is cancelled in the book, those who wait for such a time are offered at once.\n"
        "3. ‹Delete› takes somebody off the list and asks why. Nobody is forgotten silently.\n"
        "4. ‹Ctrl+N› puts somebody on the wait list, ‹E› changes what an entry asks for: days, times, how "
        "urgent it is. Closed shows what became of those of the last 90 days."),
    CR_PAGE_WAITING,
    NULL,
    { "Page", "Lists", "Wait List" } },
  { N_ ("Register a patient"),
    N_ ("‹Ctrl+Shift+N› registers somebody new. Name, birth date, sex and a phone number are enough to "
        "begin.\n\n"
        "While you type, people who may be the same are shown at the right. Look at them first: one person "
        "with "
        "two charts is dangerous. What you typed stays when the screen locks.\n\n"
        "‹Ctrl+Page Down› leads to the other pages: how to contact (no voice mail, no mail) and further "
        "numbers, relatives and emergency contacts, insurances with scans of the card, consents with the "
        "signed form, the photo. All of it is saved together. What is removed ends today and stays in the "
        "history. Later, Edit in the chart's Details opens the same pages.\n\n"
        "Files chosen for cards, forms and photos are sealed with the chart; the file you chose stays where "
        "it is, so delete it there when it is no longer needed.\n\n"
        "Where the computer has a camera, Take Photo… on the Photo page takes one at once: Enter takes it, "
        "‹Ctrl+Enter› uses it. Nothing but the photo you use is kept."),
    -1,
    "CrRegisterDialog",
    { NULL } },
  { N_ ("Duplicates"),
    N_ ("Charts that may belong to one person. Main menu → Duplicates…\n\n"
        "1. Compare the two, side by side.\n"
        "2. Different people: say so once, and the pair is not shown again.\n"
        "3. The same person: merge. A second person has to agree with a password. The book, the notes and "
        "all "
        "else go into the chart that is kept; the other number still finds it.\n"
        "4. A merge that was wrong can be undone: what came from each chart goes back there."),
    -1,
    "CrDuplicatesWindow",
    { NULL } },
  { N_ ("Undo"),
    N_ ("‹Ctrl+Z› takes back your last change to the book: a booking, a move, a stage, a cancellation. "
        "‹Ctrl+Shift+Z› does it again. It works across pages until the end of the day.\n\n"
        "What somebody else has changed since is not taken back: the program says who it was. Signed notes "
        "and "
        "prescriptions are never undone; they are added to, or marked."),
    -1,
    NULL,
    { NULL } },
  { N_ ("Printing"),
    N_ ("‹Ctrl+P› prints what is in front of you. First you see the pages exactly as they will be; then "
        "Print "
        "sends them to the printer, Export PDF saves a file.\n\n"
        "For each kind of paper (plain, security paper, cards, labels) the practice can have its own "
        "printer. "
        "When that one is not there, the program says so and lets you choose another.\n\n"
        "An exported file can be read by whoever gets it. Give it a password, and delete it when it has "
        "arrived."),
    -1,
    "CrPrintWindow",
    { NULL } },
  { N_ ("Export a calendar"),
    N_ ("The visits of one clinician as a file for a phone or another calendar. Main menu → Export a "
        "Calendar…\n\n"
        "1. Choose the clinician and the days.\n"
        "2. Without names the file shows times and types of visits alone. With names it is health "
        "information: it "
        "belongs on no calendar that others can look into.\n"
        "3. Save the file and open it with the other calendar. A later export changes the same entries "
        "there."),
    -1,
    "CrCalendarWindow",
    { NULL } },
  { N_ ("Preferences"),
    N_ ("‹Ctrl+Comma› opens your own settings: light or dark, text size, how dense lists are, and whether "
        "single "
        "letters act in lists. They follow you to every sign-in and change nothing for others.\n\n"
        "A PIN opens your work again after a lock, on the day you signed in. ‹Ctrl+Shift+L› locks at once, "
        "‹Ctrl+Shift+H› hides names while somebody looks over your shoulder."),
    -1,
    "CrPreferencesWindow",
    { NULL } },
  { N_ ("Practice and People"),
    N_ ("For administrators. Main menu → Practice and People…\n\n"
        "People: add somebody with a role and a first password; take access away when they leave. Their "
        "signatures stay valid.\n\n"
        "Hours, Rooms, Visits: the week of each clinician. Visit Rules: who does what, in which room, until "
        "when. Holidays and Blocks: closed days, lunch, vacation.\n\n"
        "Letterhead, Printers: the logo, and a printer for each kind of paper, with a test page. Practice: "
        "name, "
        "address, units, dates and times, and after how many minutes the screen locks."),
    -1,
    "CrAdminWindow",
    { NULL } },
  { N_ ("Set-up of a practice"),
    N_ ("A new practice is set up in eight steps. After step 2, Password and recovery, it exists, and you "
        "can "
        "leave: a line in the main window leads an administrator back to where it stands.\n\n"
        "The recovery sheet of step 2 is the only way in when every password is forgotten. Print it, and "
        "keep it "
        "away from the office.\n\n"
        "To try the program out, let step 7, Import, or try it out, add invented patients. That practice is "
        "marked "
        "DEMO for good; make another one for real patients.\n\n"
        "The program opens the practice that was opened last. Open Another Practice… on the sign-in page "
        "lists "
        "those that were opened before."),
    -1,
    "CrSetupWizard",
    { NULL } },
  { N_ ("Backups"),
    N_ ("A backup is taken every day while somebody is signed in, and proven by restoring it. Main menu → "
        "Backups…\n\n"
        "1. Add a place: another disk is best, or a stick that is taken home.\n"
        "2. Back Up Now takes one at once. Prove checks an older one.\n"
        "3. The line at the bottom of the main window says how old the last proven backup is. When it is "
        "colored, something has to be done.\n\n"
        "Backups are sealed like the practice: a lost stick tells nobody anything, and nobody opens it "
        "without a "
        "password of the practice or the recovery sheet."),
    -1,
    "CrBackupsWindow",
    { NULL } },
  { N_ ("Recovery and keys"),
    N_ ("Forgotten password: an administrator gives a new one under Practice and People. If no administrator "
        "can "
        "sign in, press Use Recovery Sheet on the sign-in page and type the code from the paper.\n\n"
        "Computer broken: install Chartroom on another one, and restore the newest backup.\n\n"
        "Somebody left, or a password leaked: Practice and People → Keys and Recovery Sheet → Change the "
        "Keys. "
        "Afterwards copies that were taken before cannot read what is written now. A new sheet is printed; "
        "destroy the old one."),
    -1,
    "CrKeysDialog",
    { NULL } },
  { N_ ("Audit"),
    N_ ("Who did what, and when; for administrators. Main menu → Audit…\n\n"
        "1. Show chooses a view: charts opened, after hours, restricted charts, the same surname, people's "
        "own "
        "charts and those of relations, prints and exports.\n"
        "2. From and To bound the days; a person, an action or a patient's number narrow it down.\n"
        "3. Verify the Practice proves that nothing was changed behind the program's back.\n\n"
        "Reading the audit is itself written down."),
    -1,
    "CrAuditWindow",
    { NULL } },
  { N_ ("Import charts"),
    N_ ("Charts from another program, as files in the FHIR R4 format. Main menu → Import Charts…\n\n"
        "The files are read and counted first; nothing is stored until you press Import. Importing the same "
        "file "
        "again changes nothing, and what you changed here since is not overwritten."),
    -1,
    "CrImportDialog",
    { NULL } },
};

guint
cr_help_count (void)
{
  return G_N_ELEMENTS (TOPICS);
}

const CrHelpTopic *
cr_help_topic (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (TOPICS), NULL);
  return &TOPICS[i];
}

guint
cr_help_of_page (CrPageId page)
{
  for (guint i = 0; i < G_N_ELEMENTS (TOPICS); i++)
    if (TOPICS[i].page == (int)page)
      return i;
  return 0;
}

guint
cr_help_of_window (const char *type_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (TOPICS); i++)
    if (g_strcmp0 (TOPICS[i].window, type_name) == 0)
      return i;
  return 0;
}

gboolean
cr_help_matches (guint i, const char *words)
{
  g_autofree char *all = g_strdup_printf ("%s %s", _ (TOPICS[i].title), _ (TOPICS[i].text));
  g_autofree char *folded = cr_text_fold (all), *wanted = cr_text_fold (words);
  g_auto (GStrv) each = g_strsplit (wanted, " ", -1);
  for (guint n = 0; each[n] != NULL; n++)
    if (strstr (folded, each[n]) == NULL)
      return FALSE;
  return TRUE;
}
