#include "chartroom/session/patient-draft.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/patient-rules.h"
#include "chartroom/domain/scan-rules.h"
#include "draft-kept.h"
#include "patient-lines.h"
#include "patient-save.h"
#include "session-private.h"
#include <glib/gi18n.h>
#include <string.h>

/* Property ids: each field at its CrPatientFieldId + 1, then the rest. */
enum { PROP_CAN_SAVE = CR_PATIENT_N_FIELDS + 1, PROP_BIRTH_ECHO, PROP_KEPT_NOTE, N_PROPS };
enum { CHECKED, EDITED, N_SIGNALS };

struct _CrPatientDraft {
  GObject parent;
  CrSession *session;
  CrPatient *existing;                /* NULL: a new patient */
  char *typed[CR_PATIENT_N_FIELDS];   /* never NULL */
  char *problem[CR_PATIENT_N_FIELDS]; /* hard sentence; NULL fine */
  char *question[CR_PATIENT_N_FIELDS];
  gboolean touched[CR_PATIENT_N_FIELDS]; /* a person typed in it */
  char *birth_echo;
  gboolean can_save;
  CrPatientLines *lines;
  CrLineFile photo;
  gboolean photo_touched;
  GKeyFile *kept; /* put back once the lines are read; NULL: nothing is to be put back */
  CrKeptNews news;
  char *kept_note; /* NULL: nothing was put back */
  GListStore *candidates;
  guint checks; /* counts searches: only the last one's answer is shown */
};

typedef struct {
  CrPatientDraft *draft; /* kept alive */
  CrDuplicateSearch *search;
  guint number;
} Check;

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];
static void fields_iface_init (CrFieldsInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (CrPatientDraft, cr_patient_draft, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_FIELDS, fields_iface_init))

static CrDate
today_of (CrPatientDraft *self)
{
  return cr_clock_today (cr_session_get_clock (self->session));
}

/* ---- validation ---- */

static void
judge_field (CrPatientDraft *self, CrPatientFieldId field)
{
  const CrPractice *practice = cr_session_get_practice (self->session);
  const char *practice_phone = practice != NULL ? practice->phone : NULL;
  g_free (self->problem[field]);
  g_free (self->question[field]);
  self->problem[field] = cr_patient_field_problem (self->typed, self->existing, field, today_of (self));
  self->question[field] =
      self->problem[field] == NULL
          ? cr_patient_field_question (self->typed, field, today_of (self), practice_phone)
          : NULL;
  if (field == CR_PATIENT_DEATH_DATE && self->problem[field] == NULL)
    self->question[field] = cr_patient_death_question (
        self->typed[field], cr_patient_lines_last_seen (self->lines), today_of (self));
}

static void
judge_all (CrPatientDraft *self)
{
  gboolean can_save = TRUE;
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++) {
    judge_field (self, i);
    can_save = can_save && self->problem[i] == NULL;
  }
  can_save = can_save && cr_patient_lines_problem (self->lines) == NULL;
  if (can_save == self->can_save)
    return;
  self->can_save = can_save;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SAVE]);
}

static void
update_echo (CrPatientDraft *self)
{
  g_autofree char *echo = cr_patient_birth_echo (self->typed[CR_PATIENT_BIRTH_DATE], today_of (self));
  if (g_strcmp0 (echo, self->birth_echo) == 0)
    return;
  g_free (self->birth_echo);
  self->birth_echo = g_steal_pointer (&echo);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BIRTH_ECHO]);
}

static void
put_field (CrPatientDraft *self, CrPatientFieldId field, const char *text)
{
  if (g_str_equal (self->typed[field], text))
    return;
  g_free (self->typed[field]);
  self->typed[field] = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[field + 1]);
  if (field == CR_PATIENT_BIRTH_DATE)
    update_echo (self);
  judge_all (self);
}

static void
show_existing (CrPatientDraft *self)
{
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++) {
    g_autofree char *text = cr_patient_field_text (self->existing, i);
    put_field (self, i, text);
  }
}

/* ---- the first insurance and the emergency contact, which the first page asks for ---- */

static CrPatientLine *
line_of (CrPatientDraft *self, CrPatientFieldId field)
{
  gboolean coverage = field == CR_PATIENT_PAYER || field == CR_PATIENT_MEMBER_ID;
  return coverage ? cr_patient_lines_primary (self->lines) : cr_patient_lines_emergency (self->lines);
}

static CrPatientLine *
new_line_for (CrPatientDraft *self, CrPatientFieldId field)
{
  gboolean coverage = field == CR_PATIENT_PAYER || field == CR_PATIENT_MEMBER_ID;
  CrPatientLine *line =
      cr_patient_line_new (self->session, coverage ? CR_LINE_COVERAGE : CR_LINE_RELATIVE, NULL);
  g_object_set (line, coverage ? "rank" : "emergency", "1", NULL);
  return line;
}

static const char *
line_property (CrPatientFieldId field)
{
  return field == CR_PATIENT_EMERGENCY_NAME    ? "name"
         : field == CR_PATIENT_EMERGENCY_PHONE ? "phone"
                                               : CR_PATIENT_PROPERTIES[field];
}

/* What was typed on the first page goes into the line. */
static void
push_line (CrPatientDraft *self, CrPatientFieldId field)
{
  CrPatientLine *line = line_of (self, field);
  if (!cr_patient_lines_is_loaded (self->lines) || (line == NULL && *self->typed[field] == '\0'))
    return;
  if (line != NULL) {
    g_object_set (line, line_property (field), self->typed[field], NULL);
    return;
  }
  line = new_line_for (self, field);
  g_object_set (line, line_property (field), self->typed[field], NULL);
  cr_patient_lines_add (self->lines, line);
}

/* And what the lines say appears there. */
static void
pull_lines (CrPatientDraft *self)
{
  for (int field = CR_PATIENT_PAYER; field <= CR_PATIENT_EMERGENCY_PHONE; field++) {
    CrPatientLine *line = line_of (self, field);
    g_autofree char *text = NULL;
    if (line != NULL)
      g_object_get (line, line_property (field), &text, NULL);
    put_field (self, field, text != NULL ? text : "");
  }
}

static void
lines_edited_cb (CrPatientDraft *self)
{
  pull_lines (self);
  judge_all (self);
  g_signal_emit (self, signals[EDITED], 0);
}

/* ---- kept over a lock ---- */

#define KEPT_VERSION "form-version" /* beside the properties that were typed in */
#define KEPT_FILES "form-files"

static CrId
id_of (CrPatientDraft *self)
{
  return self->existing != NULL ? self->existing->id : CR_ID_NONE;
}

static gboolean
is_of_line (CrPatientFieldId field)
{
  return field >= CR_PATIENT_PAYER && field <= CR_PATIENT_EMERGENCY_PHONE;
}

static void
keep_fields (CrPatientDraft *self, GKeyFile *kept, const char *form)
{
  gboolean lines_have = cr_patient_lines_is_loaded (self->lines);
  g_key_file_set_int64 (kept, form, KEPT_VERSION, self->existing != NULL ? self->existing->version : 0);
  g_key_file_set_boolean (kept, form, KEPT_FILES, self->photo_touched || self->news.files);
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++) {
    gboolean typed = self->touched[i] || (self->existing == NULL && *self->typed[i] != '\0');
    if (typed && !(is_of_line (i) && lines_have))
      g_key_file_set_string (kept, form, CR_PATIENT_PROPERTIES[i], self->typed[i]);
  }
}

static void
take_fields (CrPatientDraft *self, GKeyFile *kept, const char *form)
{
  gint64 version = g_key_file_get_int64 (kept, form, KEPT_VERSION, NULL);
  self->news.files = g_key_file_get_boolean (kept, form, KEPT_FILES, NULL);
  self->news.changed = g_key_file_get_boolean (kept, form, CR_KEPT_OUTDATED, NULL) ||
                       (self->existing != NULL && self->existing->version != version);
  self->news.merged = g_key_file_get_boolean (kept, form, CR_KEPT_MERGED, NULL);
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++) {
    g_autofree char *text = g_key_file_get_string (kept, form, CR_PATIENT_PROPERTIES[i], NULL);
    if (text != NULL)
      g_object_set (self, CR_PATIENT_PROPERTIES[i], text, NULL);
  }
}

static void
note_kept (CrPatientDraft *self)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *merged = g_strdup_printf (
      _ ("The chart was merged into MRN %s: what you typed stands over that patient's details. "
         "Compare before you save."),
      self->existing != NULL ? self->existing->mrn : "");
  g_strv_builder_add (sentences, _ ("What you had typed is here again; it is not saved yet."));
  if (self->news.merged)
    g_strv_builder_add (sentences, merged);
  else if (self->news.changed)
    g_strv_builder_add (sentences, _ ("Somebody has changed these details since: look at each field before "
                                      "you save."));
  if (self->news.files)
    g_strv_builder_add (sentences, _ ("Pictures and files must be chosen again."));
  parts = g_strv_builder_end (sentences);
  g_free (self->kept_note);
  self->kept_note = g_strjoinv (" ", parts);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEPT_NOTE]);
}

static void
take_lines (CrPatientDraft *self)
{
  g_autoptr (GKeyFile) kept = g_steal_pointer (&self->kept);
  if (kept == NULL)
    return;
  cr_patient_lines_take_kept (self->lines, kept, &self->news);
  note_kept (self);
}

static void
lines_loaded_cb (CrPatientDraft *self)
{
  take_lines (self); /* what is typed since then is newer */
  for (int field = CR_PATIENT_PAYER; field <= CR_PATIENT_EMERGENCY_PHONE; field++)
    if (self->touched[field])
      push_line (self, field);
  pull_lines (self);
  judge_all (self);
}

/* ---- duplicates ---- */

static void
free_check (gpointer data)
{
  Check *check = data;
  cr_duplicate_search_free (check->search);
  g_object_unref (check->draft);
  g_free (check);
}

static gboolean
check_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_duplicate_search_job (tx, ((Check *)data)->search, error);
}

static gboolean
same_candidate (gconstpointer a, gconstpointer b)
{
  const CrCandidate *one = a, *two = b;
  return one->points == two->points && one->patient->version == two->patient->version &&
         g_strcmp0 (one->reasons, two->reasons) == 0;
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Check *check = data; /* freed after this call */
  CrPatientDraft *self = check->draft;
  g_autoptr (GError) error = NULL;
  gboolean searched = cr_session_finish (result, &error);
  if (check->number != self->checks)
    return;
  if (searched) {
    cr_rows_sync (self->candidates, check->search->found, same_candidate);
    g_signal_emit (self, signals[CHECKED], 0);
  } else if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED)) {
    cr_session_set_warning (CR_SESSION (source), error->message);
  }
}

/* ---- the words of the search ---- */

static gboolean
take_number (CrPatientDraft *self, const char *word)
{
  g_autofree char *digits = cr_text_digits (word);
  CrDateReading reading;
  if (*digits == '\0')
    return FALSE;
  if (strlen (digits) == 10) {
    put_field (self, CR_PATIENT_PHONE, word);
    return TRUE;
  }
  if (cr_date_parse (word, today_of (self), CR_DATE_BIRTH, CR_DATE_NONE, &reading, NULL) &&
      cr_date_is_full (reading.date))
    put_field (self, CR_PATIENT_BIRTH_DATE, word);
  return TRUE;
}

static void
take_name (CrPatientDraft *self, const char *word, guint nth)
{
  static const CrPatientFieldId order[] = { CR_PATIENT_FAMILY, CR_PATIENT_GIVEN, CR_PATIENT_MIDDLE };
  g_autofree char *plain = g_strdelimit (g_strdup (word), ",;", ' ');
  g_autofree char *name = cr_name_proper (plain);
  if (nth < G_N_ELEMENTS (order) && *name != '\0')
    put_field (self, order[nth], name);
}

/* ---- saving ---- */

static CrPatientSaving *
new_saving (CrPatientDraft *self, CrRegisterAnswer answer)
{
  CrPatientSaving *saving = g_new0 (CrPatientSaving, 1);
  saving->typed = g_new0 (char *, CR_PATIENT_N_FIELDS + 1);
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++)
    saving->typed[i] = g_strdup (self->typed[i]);
  saving->id = id_of (self);
  saving->version = self->existing != NULL ? self->existing->version : 0;
  saving->lines = cr_patient_lines_savings (self->lines);
  saving->photo = self->photo.chosen != NULL ? g_bytes_ref (self->photo.chosen) : NULL;
  saving->no_photo = self->photo_touched && self->photo.chosen == NULL;
  saving->answer = answer;
  return saving;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static const char *
first_problem (CrPatientDraft *self)
{
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++)
    if (self->problem[i] != NULL)
      return self->problem[i];
  return cr_patient_lines_problem (self->lines);
}

/* What was typed on the first page before the lines were read is in none of them yet. */
static gboolean
waits_for_lines (CrPatientDraft *self)
{
  gboolean typed = FALSE;
  for (int field = CR_PATIENT_PAYER; field <= CR_PATIENT_EMERGENCY_PHONE; field++)
    typed = typed || self->touched[field];
  return typed && !cr_patient_lines_is_loaded (self->lines);
}

/* ---- what the form asks ---- */

static const char *
problem_of (CrFields *fields, const char *property)
{
  int field = cr_patient_field_of (property);
  return field >= 0 ? CR_PATIENT_DRAFT (fields)->problem[field] : NULL;
}

static const char *
question_of (CrFields *fields, const char *property)
{
  int field = cr_patient_field_of (property);
  return field >= 0 ? CR_PATIENT_DRAFT (fields)->question[field] : NULL;
}

static char *
offer_of (CrFields *fields, const char *property)
{
  int field = cr_patient_field_of (property);
  return field >= 0 ? cr_patient_field_offer (CR_PATIENT_DRAFT (fields)->typed, field) : NULL;
}

static void
fields_iface_init (CrFieldsInterface *iface)
{
  iface->problem = problem_of;
  iface->question = question_of;
  iface->offer = offer_of;
}

/* ---- the class ---- */

static void
cr_patient_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrPatientDraft *self = CR_PATIENT_DRAFT (object);
  if (id <= CR_PATIENT_N_FIELDS)
    g_value_set_string (value, self->typed[id - 1]);
  else if (id == PROP_CAN_SAVE)
    g_value_set_boolean (value, self->can_save);
  else if (id == PROP_BIRTH_ECHO)
    g_value_set_string (value, self->birth_echo);
  else if (id == PROP_KEPT_NOTE)
    g_value_set_string (value, self->kept_note);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_patient_draft_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CrPatientDraft *self = CR_PATIENT_DRAFT (object);
  const char *text = g_value_get_string (value);
  if (id < 1 || id > CR_PATIENT_N_FIELDS) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (g_strcmp0 (self->typed[id - 1], text != NULL ? text : "") == 0)
    return;
  self->touched[id - 1] = TRUE;
  put_field (self, id - 1, text != NULL ? text : "");
  if (is_of_line (id - 1))
    push_line (self, id - 1);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
cr_patient_draft_finalize (GObject *object)
{
  CrPatientDraft *self = CR_PATIENT_DRAFT (object);
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++) {
    g_free (self->typed[i]);
    g_free (self->problem[i]);
    g_free (self->question[i]);
  }
  g_free (self->birth_echo);
  g_free (self->kept_note);
  g_clear_pointer (&self->kept, g_key_file_unref);
  cr_patient_free (self->existing);
  g_object_unref (self->candidates);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->photo.chosen, g_bytes_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_patient_draft_parent_class)->finalize (object);
}

static void
cr_patient_draft_class_init (CrPatientDraftClass *klass)
{
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_patient_draft_get_property;
  object_class->set_property = cr_patient_draft_set_property;
  object_class->finalize = cr_patient_draft_finalize;
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++)
    properties[i + 1] =
        g_param_spec_string (CR_PATIENT_PROPERTIES[i], NULL, NULL, NULL, reads | G_PARAM_WRITABLE);
  properties[PROP_CAN_SAVE] = g_param_spec_boolean ("can-save", NULL, NULL, FALSE, reads);
  properties[PROP_BIRTH_ECHO] = g_param_spec_string ("birth-echo", NULL, NULL, NULL, reads);
  properties[PROP_KEPT_NOTE] = g_param_spec_string ("kept-note", NULL, NULL, NULL, reads);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
cr_patient_draft_init (CrPatientDraft *self)
{
  self->candidates = g_list_store_new (CR_TYPE_ROW);
  self->birth_echo = g_strdup ("");
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++)
    self->typed[i] = g_strdup (i == CR_PATIENT_PHONE_USE ? "mobile" : "");
}

/* ---- public ---- */

CrPatientDraft *
cr_patient_draft_new (CrSession *session, const CrPatient *existing)
{
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  CrPatientDraft *self = g_object_new (CR_TYPE_PATIENT_DRAFT, NULL);
  self->session = g_object_ref (session);
  self->lines = cr_patient_lines_new (session, existing != NULL ? existing->id : CR_ID_NONE);
  g_signal_connect_object (self->lines, "edited", G_CALLBACK (lines_edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lines, "loaded", G_CALLBACK (lines_loaded_cb), self, G_CONNECT_SWAPPED);
  judge_all (self);
  if (existing == NULL)
    return self;
  self->existing = cr_patient_copy (existing);
  self->photo.document = existing->photo_id;
  show_existing (self);
  return self;
}

GListModel *
cr_patient_draft_get_lines (CrPatientDraft *self, CrLineKind kind)
{
  g_return_val_if_fail (CR_IS_PATIENT_DRAFT (self), NULL);
  return cr_patient_lines_get (self->lines, kind);
}

CrPatientLine *
cr_patient_draft_add_line (CrPatientDraft *self, CrLineKind kind)
{
  g_return_val_if_fail (CR_IS_PATIENT_DRAFT (self), NULL);
  CrPatientLine *line = cr_patient_line_new (self->session, kind, NULL);
  if (kind == CR_LINE_COVERAGE)
    g_object_set (line, "rank", cr_patient_lines_free_rank (self->lines), NULL);
  cr_patient_lines_add (self->lines, line);
  return line;
}

void
cr_patient_draft_remove_line (CrPatientDraft *self, CrPatientLine *line)
{
  g_return_if_fail (CR_IS_PATIENT_DRAFT (self));
  cr_patient_lines_remove (self->lines, line);
}

void
cr_patient_draft_take_words (CrPatientDraft *self, const char *words)
{
  g_return_if_fail (CR_IS_PATIENT_DRAFT (self));
  g_autofree char *trimmed = cr_text_trim (words);
  g_auto (GStrv) parts = g_strsplit (trimmed != NULL ? trimmed : "", " ", -1);
  guint names = 0;
  for (guint i = 0; parts[i] != NULL; i++)
    if (!take_number (self, parts[i]))
      take_name (self, parts[i], names++);
}

void
cr_patient_draft_keep (CrPatientDraft *self, gboolean outdated)
{
  g_return_if_fail (CR_IS_PATIENT_DRAFT (self));
  g_autoptr (GKeyFile) kept = cr_draft_kept_load (self->session);
  g_autofree char *form = cr_draft_kept_form (id_of (self));
  g_key_file_remove_group (kept, form, NULL);
  keep_fields (self, kept, form);
  g_key_file_set_boolean (kept, form, CR_KEPT_OUTDATED, outdated || self->news.changed);
  g_key_file_set_boolean (kept, form, CR_KEPT_MERGED, self->news.merged);
  if (cr_patient_lines_is_loaded (self->lines)) { /* else those that are kept wait for it, too */
    cr_draft_kept_drop_lines (kept, id_of (self));
    cr_patient_lines_keep (self->lines, kept);
  }
  cr_draft_kept_store (self->session, kept);
}

gboolean
cr_patient_draft_take_kept (CrPatientDraft *self)
{
  g_return_val_if_fail (CR_IS_PATIENT_DRAFT (self), FALSE);
  g_autoptr (GKeyFile) kept = cr_draft_kept_load (self->session);
  g_autofree char *form = cr_draft_kept_form (id_of (self));
  if (!g_key_file_has_group (kept, form))
    return FALSE;
  take_fields (self, kept, form);
  self->kept = g_steal_pointer (&kept);
  if (cr_patient_lines_is_loaded (self->lines))
    take_lines (self);
  else
    note_kept (self);
  return TRUE;
}

void
cr_patient_draft_forget_kept (CrPatientDraft *self)
{
  g_return_if_fail (CR_IS_PATIENT_DRAFT (self));
  g_autoptr (GKeyFile) kept = cr_draft_kept_load (self->session);
  g_autofree char *form = cr_draft_kept_form (id_of (self));
  g_key_file_remove_group (kept, form, NULL);
  cr_draft_kept_drop_lines (kept, id_of (self));
  cr_draft_kept_store (self->session, kept);
}

gboolean
cr_patient_draft_set_photo (CrPatientDraft *self, GBytes *picture, GError **error)
{
  g_return_val_if_fail (CR_IS_PATIENT_DRAFT (self), FALSE);
  const char *problem = picture != NULL ? cr_scan_problem (picture, TRUE) : NULL;
  if (problem != NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, problem);
    return FALSE;
  }
  g_clear_pointer (&self->photo.chosen, g_bytes_unref);
  self->photo = (CrLineFile){ CR_ID_NONE, picture != NULL ? g_bytes_ref (picture) : NULL };
  self->photo_touched = TRUE;
  g_signal_emit (self, signals[EDITED], 0);
  return TRUE;
}

const CrLineFile *
cr_patient_draft_get_photo (CrPatientDraft *self)
{
  g_return_val_if_fail (CR_IS_PATIENT_DRAFT (self), NULL);
  return &self->photo;
}

const char *
cr_patient_draft_problem (CrPatientDraft *self, const char *property)
{
  return cr_fields_problem (CR_FIELDS (self), property);
}

const char *
cr_patient_draft_question (CrPatientDraft *self, const char *property)
{
  return cr_fields_question (CR_FIELDS (self), property);
}

GListModel *
cr_patient_draft_get_candidates (CrPatientDraft *self)
{
  g_return_val_if_fail (CR_IS_PATIENT_DRAFT (self), NULL);
  return G_LIST_MODEL (self->candidates);
}

void
cr_patient_draft_check (CrPatientDraft *self)
{
  g_return_if_fail (CR_IS_PATIENT_DRAFT (self));
  Check *check = g_new0 (Check, 1);
  check->draft = g_object_ref (self);
  check->number = ++self->checks;
  check->search = g_new0 (CrDuplicateSearch, 1);
  check->search->patient = cr_patient_new ();
  check->search->patient->id = id_of (self);
  cr_patient_fields_apply (self->typed, check->search->patient, today_of (self));
  if (*self->typed[CR_PATIENT_MEMBER_ID] != '\0')
    check->search->member_id = g_strdup (self->typed[CR_PATIENT_MEMBER_ID]);
  cr_session_run_async (self->session, CR_RIGHT_DEMOGRAPHICS_EDIT, check_job, check, free_check, checked_cb,
                        check);
}

void
cr_patient_draft_save_async (CrPatientDraft *self, CrRegisterAnswer answer, GAsyncReadyCallback cb,
                             gpointer data)
{
  g_return_if_fail (CR_IS_PATIENT_DRAFT (self));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  judge_all (self); /* a day may have passed since it was typed */
  if (!self->can_save) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_INVALID, "%s", first_problem (self));
    return;
  }
  if (waits_for_lines (self)) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_INVALID, "%s",
                             _ ("Insurance and emergency contact are not read yet, so they cannot be saved. "
                                "Save again in a moment; if this stays, open the form anew."));
    return;
  }
  CrPatientSaving *saving = new_saving (self, answer);
  g_task_set_task_data (task, saving, cr_patient_saving_free);
  cr_session_run_async (self->session, CR_RIGHT_DEMOGRAPHICS_EDIT, cr_patient_save_job, saving, NULL,
                        saved_cb, g_steal_pointer (&task));
}

CrId
cr_patient_draft_save_finish (CrPatientDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), CR_ID_NONE);
  CrPatientSaving *saving = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? saving->id : CR_ID_NONE;
}
