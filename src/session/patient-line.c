#include "patient-lines.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/scan-rules.h"

enum { EDITED, N_SIGNALS };

struct _CrPatientLine {
  GObject parent;
  CrSession *session;
  CrLineKind kind;
  gpointer record; /* as stored; a new line: empty, version 0 */
  char *typed[CR_LINE_N_FIELDS], *problem[CR_LINE_N_FIELDS], *question[CR_LINE_N_FIELDS];
  gboolean touched[CR_LINE_N_FIELDS];
  char *rank_problem;
  CrLineFile files[CR_LINE_MOST_FILES];
  gboolean files_touched;
};

static guint signals[N_SIGNALS];
static GParamSpec *properties[CR_LINE_N_FIELDS + 1];

static void fields_iface_init (CrFieldsInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (CrPatientLine, cr_patient_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_FIELDS, fields_iface_init))

static const CrRecord *
head_of (CrPatientLine *self)
{
  return self->record;
}

/* ---- files ---- */

const char *
cr_line_slot (CrLineKind kind, guint nth, const char **column)
{
  static const char *const CARDS[][2] = { { "card-front", "card_front_id" },
                                          { "card-back", "card_back_id" } };
  if (kind == CR_LINE_COVERAGE && nth < G_N_ELEMENTS (CARDS)) {
    *column = CARDS[nth][1];
    return CARDS[nth][0];
  }
  *column = "document_id";
  return kind == CR_LINE_CONSENT && nth == 0 ? "form" : NULL;
}

static int
slot_of (CrPatientLine *self, const char *slot)
{
  const char *column, *name;
  for (guint i = 0; (name = cr_line_slot (self->kind, i, &column)) != NULL; i++)
    if (g_strcmp0 (name, slot) == 0)
      return (int)i;
  return -1;
}

static void
show_files (CrPatientLine *self)
{
  const char *column;
  for (guint i = 0; cr_line_slot (self->kind, i, &column) != NULL; i++) {
    const CrField *field = cr_record_field (cr_line_class (self->kind), column);
    self->files[i].document = G_STRUCT_MEMBER (CrId, self->record, field->offset);
  }
}

static gboolean
has_file (CrPatientLine *self)
{
  for (guint i = 0; i < CR_LINE_MOST_FILES; i++)
    if (self->files[i].chosen != NULL || self->files[i].document != CR_ID_NONE)
      return TRUE;
  return FALSE;
}

/* ---- rules ---- */

static void
judge (CrPatientLine *self)
{
  CrDate today = cr_clock_today (cr_session_get_clock (self->session));
  const CrPractice *practice = cr_session_get_practice (self->session);
  const char *practice_phone = practice != NULL ? practice->phone : NULL;
  for (int i = 0; i < CR_LINE_N_FIELDS; i++) {
    g_free (self->problem[i]);
    g_free (self->question[i]);
    self->problem[i] = cr_line_problem (self->kind, self->typed, i, today);
    self->question[i] = self->problem[i] == NULL
                            ? cr_line_question (self->kind, self->typed, i, today, practice_phone)
                            : NULL;
  }
}

static const char *
problem_of (CrFields *fields, const char *property)
{
  CrPatientLine *self = CR_PATIENT_LINE (fields);
  int field = cr_line_field_of (self->kind, property);
  if (field < 0)
    return NULL;
  return self->problem[field] == NULL && field == CR_LINE_F_RANK ? self->rank_problem : self->problem[field];
}

static const char *
question_of (CrFields *fields, const char *property)
{
  CrPatientLine *self = CR_PATIENT_LINE (fields);
  int field = cr_line_field_of (self->kind, property);
  return field >= 0 ? self->question[field] : NULL;
}

static char *
offer_of (CrFields *fields, const char *property)
{
  CrPatientLine *self = CR_PATIENT_LINE (fields);
  int field = cr_line_field_of (self->kind, property);
  return field >= 0 ? cr_line_offer (self->kind, self->typed, field) : NULL;
}

static void
fields_iface_init (CrFieldsInterface *iface)
{
  iface->problem = problem_of;
  iface->question = question_of;
  iface->offer = offer_of;
}

/* ---- class ---- */

static void
cr_patient_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, CR_PATIENT_LINE (object)->typed[id - 1]);
}

static void
cr_patient_line_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CrPatientLine *self = CR_PATIENT_LINE (object);
  const char *text = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";
  if (g_str_equal (self->typed[id - 1], text))
    return;
  g_free (self->typed[id - 1]);
  self->typed[id - 1] = g_strdup (text);
  self->touched[id - 1] = TRUE;
  judge (self);
  g_object_notify_by_pspec (object, pspec);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
cr_patient_line_finalize (GObject *object)
{
  CrPatientLine *self = CR_PATIENT_LINE (object);
  for (int i = 0; i < CR_LINE_N_FIELDS; i++) {
    g_free (self->typed[i]);
    g_free (self->problem[i]);
    g_free (self->question[i]);
  }
  for (guint i = 0; i < CR_LINE_MOST_FILES; i++)
    g_clear_pointer (&self->files[i].chosen, g_bytes_unref);
  g_free (self->rank_problem);
  cr_record_free (cr_line_class (self->kind), self->record);
  g_object_unref (self->session);
  G_OBJECT_CLASS (cr_patient_line_parent_class)->finalize (object);
}

static void
cr_patient_line_class_init (CrPatientLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_patient_line_get_property;
  object_class->set_property = cr_patient_line_set_property;
  object_class->finalize = cr_patient_line_finalize;
  for (int i = 0; i < CR_LINE_N_FIELDS; i++)
    properties[i + 1] =
        g_param_spec_string (CR_LINE_FIELDS[i].property, NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, CR_LINE_N_FIELDS + 1, properties);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
cr_patient_line_init (CrPatientLine *self)
{
}

/* ---- for the draft ---- */

CrPatientLine *
cr_patient_line_new (CrSession *session, CrLineKind kind, gpointer record)
{
  CrPatientLine *self = g_object_new (CR_TYPE_PATIENT_LINE, NULL);
  self->session = g_object_ref (session);
  self->kind = kind;
  self->record = record != NULL ? record : cr_record_new (cr_line_class (kind));
  for (int i = 0; i < CR_LINE_N_FIELDS; i++) {
    gboolean stored = record != NULL && cr_line_has (kind, i);
    self->typed[i] = stored ? cr_line_text_of (kind, record, i) : g_strdup (cr_line_first_text (i));
    self->touched[i] = record == NULL;
  }
  show_files (self);
  judge (self);
  return self;
}

const char *
cr_patient_line_text (CrPatientLine *self, CrLineFieldId field)
{
  return self->typed[field];
}

gboolean
cr_patient_line_is_blank (CrPatientLine *self)
{
  return cr_line_is_blank (self->kind, self->typed) && !has_file (self);
}

const char *
cr_patient_line_first_problem (CrPatientLine *self)
{
  judge (self); /* a day may have passed since it was typed */
  for (int i = 0; i < CR_LINE_N_FIELDS; i++)
    if (self->problem[i] != NULL)
      return self->problem[i];
  return self->rank_problem;
}

gboolean
cr_patient_line_is_touched (CrPatientLine *self)
{
  for (int i = 0; i < CR_LINE_N_FIELDS; i++)
    if (self->touched[i])
      return TRUE;
  return self->files_touched;
}

void
cr_patient_line_set_rank_problem (CrPatientLine *self, const char *sentence)
{
  if (g_strcmp0 (self->rank_problem, sentence) == 0)
    return;
  g_free (self->rank_problem);
  self->rank_problem = g_strdup (sentence);
  g_object_notify_by_pspec (G_OBJECT (self), properties[CR_LINE_F_RANK + 1]);
}

/* ---- kept over a lock ---- */

void
cr_patient_line_keep (CrPatientLine *self, GKeyFile *kept, const char *group, gboolean removed)
{
  g_autoptr (GPtrArray) typed = g_ptr_array_new ();
  for (int i = 0; i < CR_LINE_N_FIELDS; i++) {
    if (!cr_line_has (self->kind, i))
      continue;
    g_key_file_set_string (kept, group, CR_LINE_FIELDS[i].property, self->typed[i]);
    if (self->touched[i])
      g_ptr_array_add (typed, (gpointer)CR_LINE_FIELDS[i].property);
  }
  g_key_file_set_integer (kept, group, CR_KEPT_KIND, self->kind);
  g_key_file_set_int64 (kept, group, CR_KEPT_ID, head_of (self)->id);
  g_key_file_set_int64 (kept, group, CR_KEPT_VERSION, head_of (self)->version);
  g_key_file_set_boolean (kept, group, CR_KEPT_REMOVED, removed);
  g_key_file_set_boolean (kept, group, CR_KEPT_FILES, self->files_touched);
  g_key_file_set_string_list (kept, group, CR_KEPT_TYPED, (const char *const *)typed->pdata, typed->len);
}

void
cr_patient_line_take_kept (CrPatientLine *self, GKeyFile *kept, const char *group)
{
  g_auto (GStrv) names = g_key_file_get_string_list (kept, group, CR_KEPT_TYPED, NULL, NULL);
  for (int i = 0; i < CR_LINE_N_FIELDS; i++) {
    const char *property = CR_LINE_FIELDS[i].property;
    g_autofree char *text = g_key_file_get_string (kept, group, property, NULL);
    gboolean typed = names != NULL && g_strv_contains ((const char *const *)names, property);
    if (text != NULL && cr_line_has (self->kind, i) && (typed || cr_patient_line_is_new (self)))
      g_object_set (self, property, text, NULL);
  }
}

gboolean
cr_patient_line_is_record (CrPatientLine *self, CrId id)
{
  return !cr_patient_line_is_new (self) && head_of (self)->id == id;
}

gint64
cr_patient_line_version (CrPatientLine *self)
{
  return head_of (self)->version;
}

/* ---- saving ---- */

void
cr_line_saving_free (gpointer data)
{
  CrLineSaving *self = data;
  for (guint i = 0; i < CR_LINE_MOST_FILES; i++)
    g_clear_pointer (&self->chosen[i], g_bytes_unref);
  cr_record_free (cr_line_class (self->kind), self->record);
  g_free (self);
}

/* What was emptied has ended; only a new line that says nothing is nothing. */
CrLineSaving *
cr_patient_line_saving (CrPatientLine *self, gboolean removed)
{
  CrDate today = cr_clock_today (cr_session_get_clock (self->session));
  gboolean is_new = cr_patient_line_is_new (self), blank = cr_patient_line_is_blank (self);
  if ((is_new && (removed || blank)) || (!removed && !cr_patient_line_is_touched (self)))
    return NULL;
  CrLineSaving *saving = g_new0 (CrLineSaving, 1);
  saving->kind = self->kind;
  saving->record = cr_record_copy (cr_line_class (self->kind), self->record);
  saving->ended = removed || blank;
  for (int i = 0; i < CR_LINE_N_FIELDS && !saving->ended; i++)
    if (self->touched[i] && cr_line_has (self->kind, i))
      cr_line_apply (self->kind, saving->record, i, self->typed, today);
  for (guint i = 0; i < CR_LINE_MOST_FILES && !saving->ended; i++) {
    saving->chosen[i] = self->files[i].chosen != NULL ? g_bytes_ref (self->files[i].chosen) : NULL;
    saving->dropped[i] = self->files_touched && self->files[i].document == CR_ID_NONE;
  }
  return saving;
}

/* ---- public ---- */

CrLineKind
cr_patient_line_get_kind (CrPatientLine *self)
{
  g_return_val_if_fail (CR_IS_PATIENT_LINE (self), CR_LINE_CONTACT);
  return self->kind;
}

gboolean
cr_patient_line_is_new (CrPatientLine *self)
{
  g_return_val_if_fail (CR_IS_PATIENT_LINE (self), FALSE);
  return head_of (self)->version == 0;
}

gboolean
cr_patient_line_can_remove (CrPatientLine *self)
{
  g_return_val_if_fail (CR_IS_PATIENT_LINE (self), FALSE);
  return self->kind != CR_LINE_CONSENT || cr_patient_line_is_new (self);
}

const CrLineFile *
cr_patient_line_get_file (CrPatientLine *self, const char *slot)
{
  g_return_val_if_fail (CR_IS_PATIENT_LINE (self), NULL);
  int i = slot_of (self, slot);
  return i >= 0 ? &self->files[i] : NULL;
}

gboolean
cr_patient_line_set_file (CrPatientLine *self, const char *slot, GBytes *content, GError **error)
{
  g_return_val_if_fail (CR_IS_PATIENT_LINE (self), FALSE);
  int i = slot_of (self, slot);
  const char *problem = content != NULL ? cr_scan_problem (content, FALSE) : NULL;
  g_return_val_if_fail (i >= 0, FALSE);
  if (problem != NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, problem);
    return FALSE;
  }
  g_clear_pointer (&self->files[i].chosen, g_bytes_unref);
  self->files[i] = (CrLineFile){ CR_ID_NONE, content != NULL ? g_bytes_ref (content) : NULL };
  self->files_touched = TRUE;
  judge (self);
  g_signal_emit (self, signals[EDITED], 0);
  return TRUE;
}
