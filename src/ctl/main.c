/* chartroomctl: which command, its options, the open practice around it, and the exit status. */
#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include "chartroom/render/desk-papers.h"
#include "chartroom/vault/vault.h"
#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum {
  OPENS = 1 << 0,  /* needs --user, --password-file and an open practice */
  CHECKS = 1 << 1, /* uses the clinical knowledge */
  READS = 1 << 2,  /* opens a chart: --reason TEXT when it is restricted */
  ASKS = 1 << 3,   /* needs --reason TEXT */
  TELLS = 1 << 4,  /* --reason TEXT of a visit */
};

typedef struct {
  const char *name, *arguments, *summary;
  const char *options; /* long names, besides --user and --password-file of those that open */
  CtlRun run;
  guint flags;
  guint least; /* positional arguments, DIR included */
  guint most;
} Command;

static const Command COMMANDS[] = {
  { "new", "DIR",
    N_ ("make a practice with its first administrator; the recovery sheet goes to --recovery-sheet"),
    "user password-file name zone roles family given credentials recovery-sheet fast-kdf", ctl_new, 0, 1, 1 },
  { "demo", "DIR", N_ ("make an invented practice"),
    "password-file patients crowd seed date thin thick fast-kdf", ctl_demo, CHECKS, 1, 1 },
  { "import", "DIR FILE…", N_ ("import FHIR R4 bundles; importing again changes nothing"), "json dry-run",
    ctl_import, OPENS | CHECKS, 2, G_MAXUINT },
  { "find", "DIR TEXT", N_ ("find patients; \"\" lists all"), "json limit", ctl_find, OPENS, 2, 2 },
  { "chart", "DIR PATIENT", N_ ("show a chart"), "json", ctl_chart, OPENS | READS, 2, 2 },
  { "day", "DIR [DATE]", N_ ("show the book of a day"), "json", ctl_day, OPENS, 1, 2 },
  { "book", "DIR PATIENT DATE TIME", N_ ("book a visit with --person of the --type"),
    "person type minutes anyway", ctl_book, OPENS | TELLS, 4, 4 },
  { "move", "DIR PATIENT DATE TIME", N_ ("move or change the visit that the patient has then"),
    "to-date to-time person type minutes anyway", ctl_move, OPENS, 4, 4 },
  { "cancel", "DIR PATIENT DATE TIME", N_ ("cancel the visit that the patient has then, for a --reason"), "",
    ctl_cancel, OPENS | TELLS, 4, 4 },
  { "daysheet", "DIR [DATE]", N_ ("write the day sheet to --out"), "out reason phone", ctl_daysheet, OPENS, 1,
    2 },
  { "weeksheet", "DIR CLINICIAN [DATE]", N_ ("write a clinician's week to --out"), "out", ctl_weeksheet,
    OPENS, 2, 3 },
  { "card", "DIR PATIENT", N_ ("write the appointment card to --out"), "out", ctl_desk_paper, OPENS, 2, 2 },
  { "letter", "DIR PATIENT", N_ ("write the reminder letter to --out"), "out", ctl_desk_paper, OPENS, 2, 2 },
  { "visits", "DIR PATIENT", N_ ("write the list of a patient's visits to --out"), "out", ctl_desk_paper,
    OPENS, 2, 2 },
  { "slip", "DIR PATIENT [DATE]", N_ ("write the routing slip of that day's visit to --out"), "out",
    ctl_desk_paper, OPENS, 2, 3 },
  { "labels", "DIR PATIENT…", N_ ("write address labels (Avery 5160) to --out, the first at --start"),
    "out start", ctl_labels, OPENS, 2, G_MAXUINT },
  { "calendar", "DIR CLINICIAN",
    N_ ("write a clinician's book as iCalendar to --out, without names unless --names says so"),
    "out from until names", ctl_calendar, OPENS, 2, 2 },
  { "packet", "DIR PATIENT", N_ ("order a referral, freeze its packet, write it to --out"),
    "to question urgency out", ctl_packet, OPENS | CHECKS | READS, 2, 2 },
  { "rx", "DIR PATIENT", N_ ("list prescriptions, or print the signed ones to --out"), "json out", ctl_rx,
    OPENS | READS, 2, 2 },
  { "audit", "DIR", N_ ("list the audit, newest first, write it to --out, or check its chain with --verify"),
    "json patient person action view from until limit out verify", ctl_audit, OPENS, 1, 1 },
  { "verify", "DIR", N_ ("check every page, the history, the audit chain and the documents"), "json",
    ctl_verify, OPENS, 1, 1 },
  { "users", "DIR [add|remove|password LOGIN]",
    N_ ("list people; add one with --roles and --new-password-file, remove one, set a password with "
        "--new-password-file"),
    "json roles family given credentials new-password-file", ctl_users, OPENS, 1, 3 },
  { "backup", "DIR [FOLDER]",
    N_ ("take a backup into FOLDER and prove it by a restore; without FOLDER list them"),
    "json full keep-all", ctl_backup, OPENS, 1, 2 },
  { "copy", "DIR FOLDER",
    N_ ("copy the practice as it lies there, sealed, into FOLDER; needs nobody's password, proves nothing"),
    "keep", ctl_copy, 0, 2, 2 },
  { "doctor", "DIR",
    N_ ("explain the damage of a practice, and make a new one of what is sound with --salvage"),
    "user password-file recovery-file keys-from salvage json", ctl_doctor, 0, 1, 1 },
  { "recover", "DIR LOGIN", N_ ("give an administrator a new password by the code of the recovery sheet"),
    "recovery-file new-password-file fast-kdf", ctl_recover, 0, 2, 2 },
  { "rotate", "DIR",
    N_ ("change the keys of the practice, after somebody left or a password leaked; the new recovery sheet "
        "goes to --recovery-sheet"),
    "recovery-sheet same-keys", ctl_rotate, OPENS | ASKS, 1, 1 },
  { "restore", "BACKUP DIR", N_ ("make the practice DIR from a backup"), "user password-file recovery-file",
    ctl_restore, 0, 2, 2 },
};

/* Every option there is.  arg_data is where its value goes in a CtlCall, counted from its beginning. */
#define AT(field) GSIZE_TO_POINTER (G_STRUCT_OFFSET (CtlCall, field))
static const GOptionEntry OPTIONS[] = {
  { "user", 'u', 0, G_OPTION_ARG_STRING, AT (user), N_ ("sign in as"), N_ ("NAME") },
  { "password-file", 'p', 0, G_OPTION_ARG_FILENAME, AT (password_file),
    N_ ("its first line is the password; only you may read it (chmod 600)"), N_ ("FILE") },
  { "json", 0, 0, G_OPTION_ARG_NONE, AT (json), N_ ("list as JSON"), NULL },
  { "date", 0, 0, G_OPTION_ARG_STRING, AT (date), N_ ("the practice's today"), "YYYY-MM-DD" },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, AT (out), N_ ("file to write"), N_ ("FILE") },
  { "to", 0, 0, G_OPTION_ARG_STRING, AT (to), N_ ("specialty or provider, as in the directory"),
    N_ ("NAME") },
  { "question", 0, 0, G_OPTION_ARG_STRING, AT (question), N_ ("what the specialist shall answer"),
    N_ ("TEXT") },
  { "urgency", 0, 0, G_OPTION_ARG_STRING, AT (urgency),
    N_ ("stat, urgent, asap or routine (which it is unless said)"), N_ ("WORD") },
  { "name", 0, 0, G_OPTION_ARG_STRING, AT (name), N_ ("the practice's name"), N_ ("TEXT") },
  { "zone", 0, 0, G_OPTION_ARG_STRING, AT (zone), N_ ("time zone, as America/New_York"), N_ ("ZONE") },
  { "recovery-sheet", 0, 0, G_OPTION_ARG_FILENAME, AT (recovery_sheet), N_ ("PDF with the recovery code"),
    N_ ("FILE") },
  { "same-keys", 0, 0, G_OPTION_ARG_NONE, AT (same_keys),
    N_ ("a new recovery sheet only: nobody signs in again"), NULL },
  { "roles", 0, 0, G_OPTION_ARG_STRING, AT (roles),
    N_ ("frontdesk, clinical, doctor, referral, admin: “doctor,admin”"), N_ ("LIST") },
  { "family", 0, 0, G_OPTION_ARG_STRING, AT (family), N_ ("family name"), N_ ("NAME") },
  { "given", 0, 0, G_OPTION_ARG_STRING, AT (given), N_ ("given name"), N_ ("NAME") },
  { "credentials", 0, 0, G_OPTION_ARG_STRING, AT (credentials), N_ ("MD, RN …"), N_ ("TEXT") },
  { "new-password-file", 0, 0, G_OPTION_ARG_FILENAME, AT (new_password_file),
    N_ ("its first line is that person's new password; only you may read it (chmod 600)"), N_ ("FILE") },
  { "patient", 0, 0, G_OPTION_ARG_STRING, AT (patient), N_ ("of one patient"), "MRN" },
  { "action", 0, 0, G_OPTION_ARG_STRING, AT (action), N_ ("view, print, export, sign …"), N_ ("WORD") },
  { "person", 0, 0, G_OPTION_ARG_STRING, AT (person), N_ ("by one person"), "LOGIN" },
  { "view", 0, 0, G_OPTION_ARG_STRING, AT (view),
    N_ ("everything, opened, after-hours, break-glass, same-surname, special-charts, own-charts, paper, "
        "alerts, refused"),
    N_ ("WORD") },
  { "from", 0, 0, G_OPTION_ARG_STRING, AT (from), N_ ("first day"), "YYYY-MM-DD" },
  { "until", 0, 0, G_OPTION_ARG_STRING, AT (until), N_ ("last day"), "YYYY-MM-DD" },
  { "limit", 0, 0, G_OPTION_ARG_INT, AT (limit), N_ ("at most this many"), "N" },
  { "names", 0, 0, G_OPTION_ARG_STRING, AT (names),
    N_ ("of patients: none (which it is unless said), initials or full"), N_ ("WORD") },
  { "start", 0, 0, G_OPTION_ARG_INT, AT (start), N_ ("first label to print, from 1 to 30"), "N" },
  { "verify", 0, 0, G_OPTION_ARG_NONE, AT (verify), N_ ("walk the whole chain"), NULL },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, AT (dry_run), N_ ("count, change nothing"), NULL },
  { "reason", 0, 0, G_OPTION_ARG_NONE, AT (reason), N_ ("with the reasons of visits"), NULL },
  { "reason", 0, 0, G_OPTION_ARG_STRING, AT (why),
    N_ ("why a restricted chart is opened, the keys are changed, a visit is booked or cancelled; it is kept"),
    N_ ("TEXT") },
  { "type", 0, 0, G_OPTION_ARG_STRING, AT (type), N_ ("code of the visit type, as FU"), N_ ("CODE") },
  { "minutes", 0, 0, G_OPTION_ARG_INT, AT (minutes), N_ ("length of the visit; the type's unless said"),
    "N" },
  { "to-date", 0, 0, G_OPTION_ARG_STRING, AT (to_date), N_ ("the new day"), "YYYY-MM-DD" },
  { "to-time", 0, 0, G_OPTION_ARG_STRING, AT (to_time), N_ ("the new time"), "HH:MM" },
  { "anyway", 0, 0, G_OPTION_ARG_NONE, AT (anyway),
    N_ ("also where a person is only warned: outside hours, beside another visit"), NULL },
  { "phone", 0, 0, G_OPTION_ARG_NONE, AT (phone), N_ ("with phone numbers"), NULL },
  { "patients", 0, 0, G_OPTION_ARG_INT, AT (patients), N_ ("how many, 200 unless said"), "N" },
  { "crowd", 0, 0, G_OPTION_ARG_INT, AT (crowd), N_ ("besides, how many with a name and one visit alone"),
    "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, AT (seed), N_ ("same seed, same practice"), "N" },
  { "thin", 0, 0, G_OPTION_ARG_NONE, AT (thin), N_ ("people and visits only, in bulk"), NULL },
  { "thick", 0, 0, G_OPTION_ARG_NONE, AT (thick), N_ ("one 20-year chart besides"), NULL },
  { "full", 0, 0, G_OPTION_ARG_NONE, AT (full), N_ ("all documents, even those other backups hold"), NULL },
  { "keep", 0, 0, G_OPTION_ARG_INT, AT (keep), N_ ("so many copies, and remove older ones; all unless said"),
    "N" },
  { "keep-all", 0, 0, G_OPTION_ARG_NONE, AT (keep_all), N_ ("remove no old backups"), NULL },
  { "older-copy", 0, 0, G_OPTION_ARG_STRING, AT (older_copy),
    N_ ("go on with a copy older than this computer has seen; administrators"), N_ ("REASON") },
  { "recovery-file", 0, 0, G_OPTION_ARG_FILENAME, AT (recovery_file),
    N_ ("its first line is the code of the recovery sheet"), N_ ("FILE") },
  { "salvage", 0, 0, G_OPTION_ARG_FILENAME, AT (salvage), N_ ("practice to make of it"), N_ ("NEWDIR") },
  { "keys-from", 0, 0, G_OPTION_ARG_FILENAME, AT (keys_from), N_ ("backup with a good key file"),
    N_ ("FILE") },
  { "fast-kdf", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, AT (fast_kdf), "tests and benches", NULL },
};
#undef AT

#define NO_LIMIT G_MININT /* --limit, --minutes or --start was not given */
#define DAY_MINUTES (24 * 60)

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    if (g_strcmp0 (COMMANDS[i].name, name) == 0)
      return &COMMANDS[i];
  return NULL;
}

static void
print_usage (void)
{
  g_print (_ ("Usage: chartroomctl COMMAND DIR … [--user NAME --password-file FILE] [--json]\n\n"));
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    g_print ("  %s %s\n      %s\n", COMMANDS[i].name, COMMANDS[i].arguments, _ (COMMANDS[i].summary));
  g_print (_ ("\nchartroomctl COMMAND --help shows a command's options.  PATIENT is a record number (MRN).\n"
              "Exit status: 0 done, 1 refused (one line says why), 2 usage.\n"));
}

static gboolean
takes_option (const Command *command, const char *name)
{
  g_auto (GStrv) own = g_strsplit (command->options, " ", -1);
  static const char *const COMMON[] = { "user", "password-file", "older-copy", NULL };
  gboolean common = (command->flags & OPENS) && g_strv_contains (COMMON, name);
  return common || g_strv_contains ((const char *const *)own, name);
}

/* --reason is a text where it goes to the audit, a switch for the day sheet. */
static gboolean
takes_entry (const Command *command, const GOptionEntry *entry)
{
  return g_str_equal (entry->long_name, "reason") && entry->arg == G_OPTION_ARG_STRING
             ? (command->flags & (READS | ASKS | TELLS)) != 0
             : takes_option (command, entry->long_name);
}

/* What follows the option, in the same argument or the next one; NULL: it is not this option. */
static const char *
text_after (const GOptionEntry *entry, char **argv)
{
  g_autofree char *name = g_strconcat ("--", entry->long_name, NULL);
  gsize length = strlen (name);
  if (strncmp (argv[0], name, length) == 0 && argv[0][length] == '=')
    return argv[0] + length + 1;
  if (g_str_equal (argv[0], name) ||
      (entry->short_name != 0 && argv[0][0] == '-' && argv[0][1] == entry->short_name && argv[0][2] == '\0'))
    return argv[1];
  return NULL;
}

/* GLib's own message does not say which option it was. */
static gboolean
check_texts (const GOptionEntry *entries, char **argv, GError **error)
{
  const char *charset = NULL;
  g_get_charset (&charset);
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    for (char **at = argv; entry->arg == G_OPTION_ARG_STRING && *at != NULL; at++) {
      const char *text = text_after (entry, at);
      g_autofree char *read = text != NULL ? g_locale_to_utf8 (text, -1, NULL, NULL, NULL) : NULL;
      if (text == NULL || read != NULL)
        continue;
      g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                   _ ("The text after --%s is not written in %s. Type it again, or set the locale (LC_ALL)."),
                   entry->long_name, charset);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_options (CtlCall *call, const Command *command, int *argc, char ***argv, GError **error)
{
  GOptionEntry own[G_N_ELEMENTS (OPTIONS) + 1] = { 0 };
  g_autofree char *usage = g_strdup_printf ("– %s", _ (command->summary));
  g_autofree char *program = g_strdup_printf ("chartroomctl %s %s", command->name, command->arguments);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  for (guint i = 0, n = 0; i < G_N_ELEMENTS (OPTIONS); i++)
    if (takes_entry (command, &OPTIONS[i])) {
      own[n] = OPTIONS[i];
      own[n++].arg_data = (char *)call + GPOINTER_TO_SIZE (OPTIONS[i].arg_data);
    }
  g_set_prgname (program);
  g_option_context_add_main_entries (context, own, GETTEXT_PACKAGE);
  return check_texts (own, *argv + 1, error) && g_option_context_parse (context, argc, argv, error);
}

static const char *
data_dir (void)
{
  const char *own = g_getenv ("CHARTROOM_DATA_DIR");
  return own != NULL ? own : CHARTROOM_DATADIR;
}

static CrKnowledge *
load_knowledge (void)
{
  g_autofree char *dir = g_build_filename (data_dir (), "knowledge", NULL);
  g_autoptr (GError) error = NULL;
  CrKnowledge *knowledge = cr_knowledge_load (dir, &error);
  if (knowledge == NULL)
    g_printerr (_ ("chartroomctl: drugs cannot be checked: %s\n"), error->message);
  return knowledge;
}

static gboolean
open_practice (CtlCall *call, GError **error)
{
  char *password = NULL;
  gboolean opened;
  call->session = cr_session_new (call->clock, call->knowledge, "chartroomctl");
  if (!ctl_password (call->password_file, &password, error))
    return FALSE;
  opened =
      cr_session_open_older (call->session, call->rest[0], call->user, password, call->older_copy, error);
  cr_session_secret_free (password);
  return opened;
}

/* What opening or the background had to say. */
static void
print_warning (CtlCall *call)
{
  g_autofree char *warning = NULL;
  g_object_get (call->session, "warning", &warning, NULL);
  if (warning != NULL)
    ctl_say ("chartroomctl: ", warning);
}

/* 0 from then on: it was not given. */
static gboolean
take_number (int *number, int most, const char *sentence, GError **error)
{
  if (*number == NO_LIMIT)
    *number = 0;
  else if (*number < 1 || *number > most) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, sentence);
    return FALSE;
  }
  return TRUE;
}

static int
run_command (CtlCall *call, const Command *command, GError **error)
{
  if (call->limit != NO_LIMIT && call->limit <= 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("--limit must be at least 1."));
    return CTL_USAGE;
  }
  if (!take_number (&call->minutes, DAY_MINUTES, _ ("--minutes is a length from 1 to 1440."), error) ||
      !take_number (&call->start, CR_LABELS_PER_SHEET, _ ("--start is a label from 1 to 30."), error))
    return CTL_USAGE;
  if (!(command->flags & OPENS))
    return command->run (call, error);
  if (call->user == NULL || call->password_file == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("%s needs --user NAME and --password-file FILE."),
                 command->name);
    return CTL_USAGE;
  }
  if (!open_practice (call, error))
    return CTL_REFUSED;
  print_warning (call);
  return command->run (call, error);
}

static void
clear_call (CtlCall *call)
{
  char **texts[] = { &call->user,
                     &call->password_file,
                     &call->date,
                     &call->out,
                     &call->to,
                     &call->question,
                     &call->urgency,
                     &call->name,
                     &call->zone,
                     &call->recovery_sheet,
                     &call->roles,
                     &call->family,
                     &call->given,
                     &call->credentials,
                     &call->new_password_file,
                     &call->action,
                     &call->patient,
                     &call->recovery_file,
                     &call->why,
                     &call->older_copy,
                     &call->view,
                     &call->person,
                     &call->from,
                     &call->until,
                     &call->salvage,
                     &call->keys_from,
                     &call->names,
                     &call->type,
                     &call->to_date,
                     &call->to_time };
  if (call->session != NULL)
    cr_session_close (call->session);
  g_clear_object (&call->session);
  g_clear_pointer (&call->knowledge, cr_knowledge_unref);
  g_clear_pointer (&call->clock, cr_clock_unref);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}

static int
dispatch (const Command *command, int argc, char **argv)
{
  CtlCall call = { .command = command->name,
                   .patients = 200,
                   .seed = 1,
                   .limit = NO_LIMIT,
                   .start = NO_LIMIT,
                   .minutes = NO_LIMIT };
  g_autoptr (GError) error = NULL;
  int status = CTL_USAGE;
  if (parse_options (&call, command, &argc, &argv, &error)) {
    g_set_prgname ("chartroomctl");
    call.rest = argv + 1;
    call.n_rest = (guint)argc - 1;
    call.clock = cr_clock_new_system (NULL);
    if (call.n_rest < command->least || call.n_rest > command->most)
      g_set_error (&error, CR_ERROR, CR_ERROR_INVALID, _ ("Usage: chartroomctl %s %s; see --help."),
                   command->name, command->arguments);
    else {
      call.knowledge = command->flags & CHECKS ? load_knowledge () : NULL;
      status = run_command (&call, command, &error);
      if (status == CTL_DONE && !ctl_printed (&error))
        status = CTL_REFUSED;
    }
  }
  if (error != NULL)
    ctl_say ("chartroomctl: ", error->message);
  clear_call (&call);
  return status;
}

int
main (int argc, char **argv)
{
  static const char *const HELP[] = { "--help", "-h", "help", NULL };
  const char *locale_dir = g_getenv ("CHARTROOM_LOCALE_DIR");
  const Command *command;
  ctl_fill_descriptors ();
  cr_vault_harden_process ();
  (void)setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : CHARTROOM_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("chartroomctl");
  if (argc >= 2 && g_strv_contains (HELP, argv[1])) {
    print_usage ();
    return CTL_DONE;
  }
  if (argc >= 2 && g_str_equal (argv[1], "--version")) {
    g_print ("chartroomctl %s\n", CHARTROOM_VERSION);
    return CTL_DONE;
  }
  command = argc >= 2 ? find_command (argv[1]) : NULL;
  if (command == NULL) {
    if (argc >= 2)
      g_printerr (_ ("chartroomctl: there is no command “%s”; --help lists them.\n"), argv[1]);
    else
      g_printerr (_ ("chartroomctl: which command? --help lists them.\n"));
    return CTL_USAGE;
  }
  return dispatch (command, argc - 1, argv + 1);
}
