/* Verbs, places and commands of the palette. */
#include "palette-private.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

const CrVerbEntry CR_VERBS[] = {
  { N_ ("open"), CR_VERB_OPEN, N_ ("Open chart"), CR_RIGHT_CLINICAL_VIEW, FALSE },
  { N_ ("card"), CR_VERB_CARD, N_ ("Patient card"), CR_RIGHT_SCHEDULE_VIEW, FALSE },
  { N_ ("book"), CR_VERB_BOOK, N_ ("Book a visit"), CR_RIGHT_SCHEDULE_EDIT, FALSE },
  { N_ ("rx"), CR_VERB_RX, N_ ("New prescription"), CR_RIGHT_CLINICAL_RECORD, FALSE },
  { N_ ("refill"), CR_VERB_REFILL, N_ ("Renew a prescription"), CR_RIGHT_CLINICAL_RECORD, FALSE },
  { N_ ("note"), CR_VERB_NOTE, N_ ("Write a note"), CR_RIGHT_NOTE_WRITE, FALSE },
  { N_ ("vitals"), CR_VERB_VITALS, N_ ("Enter vitals"), CR_RIGHT_CLINICAL_RECORD, FALSE },
  { N_ ("refer"), CR_VERB_REFER, N_ ("New referral"), CR_RIGHT_CLINICAL_RECORD, FALSE },
  { N_ ("arrive"), CR_VERB_ARRIVE, N_ ("Arrive"), CR_RIGHT_SCHEDULE_EDIT, TRUE },
  { N_ ("room"), CR_VERB_ROOM, N_ ("Room"), CR_RIGHT_SCHEDULE_EDIT, TRUE },
  { N_ ("out"), CR_VERB_OUT, N_ ("Check out"), CR_RIGHT_SCHEDULE_EDIT, TRUE },
  { N_ ("task"), CR_VERB_TASK, N_ ("New task"), CR_RIGHT_SCHEDULE_VIEW, FALSE },
  { N_ ("call"), CR_VERB_CALL, N_ ("Phone numbers"), CR_RIGHT_SCHEDULE_VIEW, FALSE },
};
const guint CR_N_VERBS = G_N_ELEMENTS (CR_VERBS);

typedef struct {
  const char *title, *target, *keys; /* keys: NULL none */
  CrVerb verb;
  CrRight right;
} Command;

static const Command COMMANDS[] = {
  { N_ ("Go to Today"), "today", "Ctrl+1", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to Schedule"), "schedule", "Ctrl+2", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to the Day View"), "schedule/view:day", "Ctrl+2, 1", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to the Work Week View"), "schedule/view:work-week", "Ctrl+2, 2", CR_VERB_GO,
    CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to the Week View"), "schedule/view:week", "Ctrl+2, 3", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to the Month View"), "schedule/view:month", "Ctrl+2, 4", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to the List of Visits"), "schedule/view:list", "Ctrl+2, 5", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to Rooms and Equipment"), "schedule/view:rooms", "Ctrl+2, 6", CR_VERB_GO,
    CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to Chart"), "chart", "Ctrl+3", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to Rx Queue"), "rx-queue", "Ctrl+4", CR_VERB_GO, CR_RIGHT_CLINICAL_VIEW },
  { N_ ("Go to Referrals"), "referrals", "Ctrl+5", CR_VERB_GO, CR_RIGHT_CLINICAL_VIEW },
  { N_ ("Go to Tasks"), "tasks", "Ctrl+7", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to Calls"), "calls", "Ctrl+8", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to Unscheduled"), "waiting/unscheduled", "Ctrl+9", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Go to the Wait List"), "waiting/wait-list", "Ctrl+9", CR_VERB_GO, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Sign out, or switch user"), "win.sign-out", NULL, CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Lock now"), "win.lock", "Ctrl+Shift+L", CR_VERB_LOCK, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Print the day sheet"), "win.day-sheet", NULL, CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Print an address label for the open chart"), "win.print-label", NULL, CR_VERB_NONE,
    CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Print an appointment card for the open chart"), "win.print-card", NULL, CR_VERB_NONE,
    CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Print the list of visits of the open chart"), "win.print-visits", NULL, CR_VERB_NONE,
    CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Register a new patient"), "win.new-patient", "Ctrl+Shift+N", CR_VERB_NONE,
    CR_RIGHT_DEMOGRAPHICS_EDIT },
  { N_ ("New prescription in the open chart"), "win.new-rx", "Ctrl+R", CR_VERB_NONE,
    CR_RIGHT_CLINICAL_RECORD },
  { N_ ("New referral in the open chart"), "win.new-referral", "Ctrl+Shift+R", CR_VERB_NONE,
    CR_RIGHT_CLINICAL_RECORD },
  { N_ ("Add a problem to the open chart"), "win.add-problem", "Ctrl+D", CR_VERB_NONE,
    CR_RIGHT_CLINICAL_RECORD },
  { N_ ("Add an allergy to the open chart"), "win.add-allergy", "Ctrl+Shift+A", CR_VERB_NONE,
    CR_RIGHT_CLINICAL_RECORD },
  { N_ ("Enter vitals in the open chart"), "win.vitals", "Ctrl+B", CR_VERB_NONE, CR_RIGHT_CLINICAL_RECORD },
  { N_ ("Results of the open chart"), "win.results", "Ctrl+L", CR_VERB_NONE, CR_RIGHT_CLINICAL_VIEW },
  { N_ ("Restrict the open chart, or lift it"), "win.restrict", NULL, CR_VERB_NONE, CR_RIGHT_BREAK_GLASS },
  { N_ ("Move the draft to another patient"), "win.move-draft", NULL, CR_VERB_NONE,
    CR_RIGHT_CLINICAL_RECORD },
  { N_ ("Undo"), "win.undo", "Ctrl+Z", CR_VERB_NONE, CR_RIGHT_SCHEDULE_EDIT },
  { N_ ("Redo"), "win.redo", "Ctrl+Shift+Z", CR_VERB_NONE, CR_RIGHT_SCHEDULE_EDIT },
  { N_ ("Privacy mode"), "win.privacy", "Ctrl+Shift+H", CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Preferences"), "win.preferences", "Ctrl+,", CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Change password"), "win.password", NULL, CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Keyboard shortcuts"), "win.shortcuts", "Ctrl+?", CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Show or hide the sidebar"), "win.toggle-sidebar", "F9", CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Full screen"), "win.full-screen", "F11", CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Larger text"), "win.text-larger", "Ctrl++", CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Smaller text"), "win.text-smaller", "Ctrl+-", CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Export a clinician's calendar"), "win.calendar", NULL, CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
  { N_ ("Import charts"), "win.import", NULL, CR_VERB_NONE, CR_RIGHT_ADMIN },
  { N_ ("Practice and people: hours, rooms, visit types, keys, recovery sheet"), "win.administration", NULL,
    CR_VERB_NONE, CR_RIGHT_ADMIN },
  { N_ ("Audit"), "win.audit", NULL, CR_VERB_NONE, CR_RIGHT_AUDIT_VIEW },
  { N_ ("Duplicates: charts that may be one person, merges"), "win.duplicates", NULL, CR_VERB_NONE,
    CR_RIGHT_DEMOGRAPHICS_EDIT },
  { N_ ("Backups"), "win.backups", NULL, CR_VERB_NONE, CR_RIGHT_ADMIN },
  { N_ ("About Chartroom"), "win.about", NULL, CR_VERB_NONE, CR_RIGHT_SCHEDULE_VIEW },
};

static void
free_hit (gpointer data)
{
  CrHit *hit = data;
  g_free (hit->target);
  g_free (hit->title);
  g_free (hit->born);
  g_free (hit->sex);
  g_free (hit->phone);
  g_free (hit->mrn);
  g_free (hit->detail);
  g_free (hit);
}

static gboolean
begins_a_word (const char *folded, const char *with)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], with))
      return TRUE;
  return FALSE;
}

/* Each word of text begins one of the title's. */
static gboolean
fits_title (const char *title, const char *text)
{
  g_autofree char *folded = cr_text_fold (title);
  g_autofree char *wanted = cr_text_fold (text);
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !begins_a_word (folded, words[i]))
      return FALSE;
  return TRUE;
}

static void
add_command (guint i, GPtrArray *rows)
{
  const Command *command = &COMMANDS[i];
  CrRow *row = cr_hit_row_new (CR_HIT_COMMAND, CR_ID_NONE, command->verb, _ (command->title));
  cr_hit_of (row)->target = g_strdup (command->target);
  cr_hit_of (row)->detail = g_strdup (command->keys);
  g_ptr_array_add (rows, row);
}

static gboolean
is_verb (const CrVerbEntry *entry, const char *word)
{
  return g_str_equal (entry->word, word) || g_str_equal (_ (entry->word), word);
}

const CrVerbEntry *
cr_verb_parse (const char *query, const char **rest)
{
  gsize length = strcspn (query, " ");
  g_autofree char *typed = g_strndup (query, length);
  g_autofree char *word = cr_text_fold (typed);
  *rest = query + length + strspn (query + length, " ");
  for (guint i = 0; i < CR_N_VERBS && **rest != '\0'; i++)
    if (is_verb (&CR_VERBS[i], word))
      return &CR_VERBS[i];
  return NULL;
}

CrVerb
cr_verb_default (CrSession *session)
{
  return cr_session_can (session, CR_RIGHT_CLINICAL_VIEW) ? CR_VERB_OPEN : CR_VERB_CARD;
}

/* Patients are told apart by their id, all other rows by their text. */
CrRow *
cr_hit_row_new (CrHitKind kind, CrId patient_id, CrVerb verb, const char *title)
{
  CrHit *hit = g_new0 (CrHit, 1);
  hit->kind = kind;
  hit->patient_id = patient_id;
  hit->verb = verb;
  hit->title = g_strdup (title);
  CrId id = kind == CR_HIT_PATIENT || kind == CR_HIT_SLOT ? patient_id : -(CrId)g_str_hash (title) - 1;
  return cr_row_new (id, hit, free_hit);
}

CrHit *
cr_hit_of (CrRow *row)
{
  return (CrHit *)cr_row_peek (row);
}

gboolean
cr_hit_same (gconstpointer first, gconstpointer second)
{
  const CrHit *a = first, *b = second;
  return a->kind == b->kind && a->patient_id == b->patient_id && a->verb == b->verb &&
         a->similar == b->similar && a->deceased == b->deceased && g_strcmp0 (a->title, b->title) == 0 &&
         g_strcmp0 (a->born, b->born) == 0 && g_strcmp0 (a->sex, b->sex) == 0 &&
         g_strcmp0 (a->phone, b->phone) == 0 && g_strcmp0 (a->mrn, b->mrn) == 0 &&
         g_strcmp0 (a->detail, b->detail) == 0 && g_strcmp0 (a->target, b->target) == 0 &&
         cr_date_compare (a->slot.date, b->slot.date) == 0 && a->slot.start == b->slot.start &&
         a->slot.person_id == b->slot.person_id && a->minutes == b->minutes;
}

guint
cr_commands_add (CrSession *session, const char *text, gboolean places_only, guint limit, GPtrArray *rows)
{
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS) && n < limit; i++) {
    if ((places_only && COMMANDS[i].verb != CR_VERB_GO) || !cr_session_can (session, COMMANDS[i].right) ||
        !fits_title (_ (COMMANDS[i].title), text))
      continue;
    if (n++ == 0)
      g_ptr_array_add (rows, cr_hit_row_new (CR_HIT_HEADING, CR_ID_NONE, CR_VERB_NONE, _ ("Commands")));
    add_command (i, rows);
  }
  return n;
}
