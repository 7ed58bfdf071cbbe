#include "chartroom/base/text.h"
#include "chartroom/session/referral-work.h"
#include "referral-order.h"
#include <glib/gi18n.h>

enum {
  PROP_0,
  PROP_SPECIALTY,
  PROP_QUESTION,
  PROP_ASK,
  PROP_REASON,
  PROP_HISTORY,
  PROP_DONE,
  PROP_WANTS,
  PROP_NEEDS,
  PROP_URGENCY,
  PROP_CONTACT_ID,
  PROP_PROBLEM_ID,
  PROP_CAN_ORDER,
  N_PROPS
};

static const char *const NAMES[N_PROPS] = {
  [PROP_SPECIALTY] = "specialty",   [PROP_QUESTION] = "question",     [PROP_ASK] = "ask",
  [PROP_REASON] = "reason",         [PROP_HISTORY] = "history",       [PROP_DONE] = "done",
  [PROP_WANTS] = "wants",           [PROP_NEEDS] = "needs",           [PROP_URGENCY] = "urgency",
  [PROP_CONTACT_ID] = "contact-id", [PROP_PROBLEM_ID] = "problem-id", [PROP_CAN_ORDER] = "can-order",
};

struct _CrReferralDraft {
  GObject parent;
  CrChart *chart;
  CrReferral *referral;
  gboolean can_order;
  char *problem[N_PROPS]; /* sentence; NULL fine */
};

static GParamSpec *properties[N_PROPS];
G_DEFINE_FINAL_TYPE (CrReferralDraft, cr_referral_draft, G_TYPE_OBJECT)

static char **
text_of (CrReferral *r, guint id)
{
  switch (id) {
  case PROP_SPECIALTY:
    return &r->specialty;
  case PROP_QUESTION:
    return &r->question;
  case PROP_ASK:
    return &r->ask;
  case PROP_REASON:
    return &r->reason;
  case PROP_HISTORY:
    return &r->history;
  case PROP_DONE:
    return &r->done;
  case PROP_WANTS:
    return &r->wants;
  case PROP_NEEDS:
    return &r->needs;
  default:
    return NULL;
  }
}

static CrId *
id_of (CrReferral *r, guint id)
{
  return id == PROP_CONTACT_ID ? &r->contact_id : id == PROP_PROBLEM_ID ? &r->problem_id : NULL;
}

/* What is signed is what the paper shows: no control characters, nothing that turns the writing. */
static void
set_text (char **field, const char *text)
{
  g_autofree char *cleaned = cr_text_clean (text);
  g_free (*field);
  *field = cr_str_empty (cleaned) ? NULL : g_steal_pointer (&cleaned);
}

/* A referral without a fault in any other field: what its rules say, they say of this one. */
static char *
judge (const CrReferral *referral, guint id)
{
  g_autoptr (CrReferral) probe = cr_referral_copy (referral);
  if (id != PROP_SPECIALTY && id != PROP_CONTACT_ID)
    set_text (&probe->specialty, "–");
  if (id != PROP_QUESTION)
    set_text (&probe->question, "– – – – – –");
  if (id != PROP_URGENCY)
    probe->urgency = CR_URGENCY_ROUTINE;
  g_autoptr (GPtrArray) problems = cr_referral_problems (probe);
  return problems->len > 0 ? g_strdup (problems->pdata[0]) : NULL;
}

static void
judge_all (CrReferralDraft *self)
{
  gboolean can_order = TRUE;
  for (guint i = PROP_SPECIALTY; i < PROP_CAN_ORDER; i++) {
    g_free (self->problem[i]);
    self->problem[i] = judge (self->referral, i);
    can_order = can_order && self->problem[i] == NULL;
  }
  if (can_order == self->can_order)
    return;
  self->can_order = can_order;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_ORDER]);
}

static void
fill (CrReferralDraft *self, guint id, const char *text)
{
  char **field = text_of (self->referral, id);
  if (*field != NULL || cr_str_empty (text))
    return;
  set_text (field, text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
follow_contact (CrReferralDraft *self)
{
  const CrChartRecords *records = cr_chart_get_records (self->chart);
  const CrContact *contact = cr_chart_records_contact (records, self->referral->contact_id);
  if (contact != NULL)
    fill (self, PROP_SPECIALTY, contact->specialty);
}

static gboolean
same_words (const char *a, const char *b)
{
  g_autofree char *one = cr_text_fold (a != NULL ? a : ""), *two = cr_text_fold (b != NULL ? b : "");
  return *one != '\0' && g_str_equal (one, two);
}

/* "Tried: naproxen 500 mg tablet (stopped Nov 02, 2026)": what was given for that problem. */
static char *
tried_for (const CrChartRecords *records, const CrProblem *problem)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean nothing;
  for (guint i = 0; i < records->medications->len; i++) {
    const CrMedication *m = records->medications->pdata[i];
    gboolean stopped = cr_date_is_set (m->stopped);
    g_autofree char *day = stopped ? cr_date_format (m->stopped) : NULL;
    g_autofree char *when =
        stopped ? g_strdup_printf (_ (" (stopped %s)"), day) : g_strdup (_ (" (current)"));
    if (!same_words (m->indication, problem->display) || m->status == CR_MED_ERROR)
      continue;
    g_string_append_printf (text, "%s%s%s", text->len > 0 ? ", " : _ ("Tried: "), m->display, when);
  }
  nothing = text->len == 0;
  return g_string_free (g_steal_pointer (&text), nothing);
}

static void
follow_problem (CrReferralDraft *self)
{
  const CrChartRecords *records = cr_chart_get_records (self->chart);
  for (guint i = 0; i < records->problems->len; i++) {
    const CrProblem *problem = records->problems->pdata[i];
    if (problem->id != self->referral->problem_id)
      continue;
    g_autofree char *tried = tried_for (records, problem);
    fill (self, PROP_REASON, problem->display);
    fill (self, PROP_DONE, tried);
  }
}

static gboolean
take_id (CrReferralDraft *self, guint id, const char *typed)
{
  CrId *field = id_of (self->referral, id), value = g_ascii_strtoll (typed, NULL, 10);
  if (*field == value)
    return FALSE;
  *field = value;
  if (id == PROP_CONTACT_ID)
    follow_contact (self);
  else
    follow_problem (self);
  return TRUE;
}

static gboolean
take_urgency (CrReferral *referral, const char *code)
{
  int urgency = MAX (cr_code_index (CR_URGENCY_CODES, code), CR_URGENCY_UNSET);
  gboolean changed = urgency != referral->urgency;
  referral->urgency = urgency;
  return changed;
}

static gboolean
take_text (CrReferral *referral, guint id, const char *typed)
{
  char **field = text_of (referral, id);
  if (g_strcmp0 (*field != NULL ? *field : "", typed) == 0)
    return FALSE;
  set_text (field, typed);
  return TRUE;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrReferralDraft *self = g_task_get_source_object (task);
  CrReferralSaving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  cr_referral_free (self->referral);
  self->referral = cr_referral_copy (saving->referral);
  g_task_return_boolean (task, TRUE);
}

static void
start_saving (CrReferralDraft *self, CrRight right, CrJob job, GAsyncReadyCallback cb, gpointer data)
{
  GTask *task = g_task_new (self, NULL, cb, data);
  CrReferralSaving *saving = g_new0 (CrReferralSaving, 1);
  saving->referral = cr_referral_copy (self->referral);
  g_task_set_task_data (task, saving, cr_referral_saving_free);
  cr_session_run_async (cr_chart_get_session (self->chart), right, job, saving, NULL, stored_cb, task);
}

static void
cr_referral_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrReferralDraft *self = CR_REFERRAL_DRAFT (object);
  char **text = text_of (self->referral, id);
  CrId *number = id_of (self->referral, id);
  if (text != NULL)
    g_value_set_string (value, *text != NULL ? *text : "");
  else if (number != NULL)
    g_value_take_string (value, *number != CR_ID_NONE ? g_strdup_printf ("%" G_GINT64_FORMAT, *number)
                                                      : g_strdup (""));
  else if (id == PROP_URGENCY)
    g_value_set_string (value, CR_URGENCY_CODES[self->referral->urgency]);
  else if (id == PROP_CAN_ORDER)
    g_value_set_boolean (value, self->can_order);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_referral_draft_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CrReferralDraft *self = CR_REFERRAL_DRAFT (object);
  const char *typed = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";
  gboolean changed = FALSE;
  if (text_of (self->referral, id) != NULL)
    changed = take_text (self->referral, id, typed);
  else if (id_of (self->referral, id) != NULL)
    changed = take_id (self, id, typed);
  else if (id == PROP_URGENCY)
    changed = take_urgency (self->referral, typed);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  if (!changed)
    return;
  g_object_notify_by_pspec (object, pspec);
  judge_all (self);
}

static void
cr_referral_draft_finalize (GObject *object)
{
  CrReferralDraft *self = CR_REFERRAL_DRAFT (object);
  for (guint i = 0; i < N_PROPS; i++)
    g_free (self->problem[i]);
  cr_referral_free (self->referral);
  g_clear_object (&self->chart);
  G_OBJECT_CLASS (cr_referral_draft_parent_class)->finalize (object);
}

static void
cr_referral_draft_class_init (CrReferralDraftClass *klass)
{
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_referral_draft_get_property;
  object_class->set_property = cr_referral_draft_set_property;
  object_class->finalize = cr_referral_draft_finalize;
  for (guint i = PROP_SPECIALTY; i < PROP_CAN_ORDER; i++)
    properties[i] = g_param_spec_string (NAMES[i], NULL, NULL, NULL, reads | G_PARAM_WRITABLE);
  properties[PROP_CAN_ORDER] = g_param_spec_boolean (NAMES[PROP_CAN_ORDER], NULL, NULL, FALSE, reads);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cr_referral_draft_init (CrReferralDraft *self)
{
}

/* What today's signed note says of it: the history is written once. */
static void
take_note (CrReferralDraft *self)
{
  const GPtrArray *notes = cr_chart_get_records (self->chart)->notes;
  CrReferral *r = self->referral;
  for (guint i = 0; i < notes->len && r->encounter_id != CR_ID_NONE; i++) {
    const CrNote *note = notes->pdata[i];
    if (note->encounter_id != r->encounter_id || note->status != CR_NOTE_SIGNED)
      continue;
    set_text (&r->reason, note->reason);
    set_text (&r->history, note->subjective);
    set_text (&r->done, note->assessment_plan);
    return;
  }
}

CrReferralDraft *
cr_referral_draft_new (CrChart *chart, const CrReferral *existing)
{
  g_return_val_if_fail (CR_IS_CHART (chart), NULL);
  CrReferralDraft *self = g_object_new (CR_TYPE_REFERRAL_DRAFT, NULL);
  self->chart = g_object_ref (chart);
  self->referral = existing != NULL ? cr_referral_copy (existing) : cr_referral_new ();
  if (existing == NULL) {
    const CrPatient *patient = cr_chart_get_records (chart)->patient;
    self->referral->patient_id = cr_chart_get_patient_id (chart);
    self->referral->encounter_id = cr_chart_open_encounter (chart);
    if (patient->interpreter != NULL)
      self->referral->needs = g_strdup_printf (_ ("Interpreter: %s"), patient->interpreter);
    take_note (self);
  }
  judge_all (self);
  return self;
}

const CrReferral *
cr_referral_draft_peek (CrReferralDraft *self)
{
  g_return_val_if_fail (CR_IS_REFERRAL_DRAFT (self), NULL);
  return self->referral;
}

const char *
cr_referral_draft_problem (CrReferralDraft *self, const char *property)
{
  g_return_val_if_fail (CR_IS_REFERRAL_DRAFT (self), NULL);
  for (guint i = PROP_SPECIALTY; i < PROP_CAN_ORDER; i++)
    if (g_strcmp0 (NAMES[i], property) == 0)
      return self->problem[i];
  return NULL;
}

void
cr_referral_draft_order_async (CrReferralDraft *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_REFERRAL_DRAFT (self));
  CrSession *session = cr_chart_get_session (self->chart);
  if (cr_session_can (session, CR_RIGHT_SIGN))
    start_saving (self, CR_RIGHT_SIGN, cr_referral_order_job, cb, data);
  else if (cr_session_can (session, CR_RIGHT_CLINICAL_RECORD))
    start_saving (self, CR_RIGHT_CLINICAL_RECORD, cr_referral_keep_job, cb, data);
  else
    start_saving (self, CR_RIGHT_REFERRAL_WORK, cr_referral_keep_job, cb, data);
}

CrId
cr_referral_draft_order_finish (CrReferralDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), CR_ID_NONE);
  CrReferralSaving *saving = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? saving->referral->id : CR_ID_NONE;
}

void
cr_referral_draft_save_async (CrReferralDraft *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_REFERRAL_DRAFT (self));
  start_saving (self, CR_RIGHT_REFERRAL_WORK, cr_referral_letter_job, cb, data);
}
