#include "chartroom/session/rx-draft.h"
#include "chartroom/clinical/drug-entry.h"
#include "rx-check.h"
#include "rx-parts.h"
#include "rx-sign.h"
#include <glib/gi18n.h>

/* Property ids: the parts, each at its CrRxPart + 1, then the rest. */
enum { PROP_AS_NEEDED = CR_RX_N_PARTS + 1, PROP_DISPENSE_AS_WRITTEN, PROP_PREVIEW, PROP_COMPLETE, N_PROPS };
enum { CHECKED, N_SIGNALS };

static const char *const PARTS[CR_RX_N_PARTS] = {
  [CR_RX_PART_DRUG] = "drug",
  [CR_RX_PART_DOSE] = "dose",
  [CR_RX_PART_DOSE_UNIT] = "dose-unit",
  [CR_RX_PART_ROUTE] = "route",
  [CR_RX_PART_FREQUENCY] = "frequency",
  [CR_RX_PART_TIMING] = "timing",
  [CR_RX_PART_AS_NEEDED_FOR] = "as-needed-for",
  [CR_RX_PART_MAX_PER_DAY] = "max-per-day",
  [CR_RX_PART_DAYS] = "days",
  [CR_RX_PART_QUANTITY] = "quantity",
  [CR_RX_PART_QUANTITY_UNIT] = "quantity-unit",
  [CR_RX_PART_REFILLS] = "refills",
  [CR_RX_PART_INDICATION] = "indication",
  [CR_RX_PART_PHARMACIST_NOTE] = "pharmacist-note",
  [CR_RX_PART_ACTION] = "action",
  [CR_RX_PART_OTHER] = "other",
  [CR_RX_PART_PHARMACY_ID] = "pharmacy-id",
};

struct _CrRxDraft {
  GObject parent;
  CrChart *chart;
  CrSession *session;
  CrKnowledge *knowledge; /* may be NULL */
  CrPrescription *rx;
  char *typed[CR_RX_N_PARTS];   /* never NULL */
  char *trouble[CR_RX_N_PARTS]; /* sentence; NULL fine */
  char *limits[CR_RX_N_PARTS];  /* which hard limit the part is past; NULL fine */
  char *answer_trouble;
  gboolean own_quantity; /* a person or a ready-made line set it: not computed any more */
  GPtrArray *checks;     /* CrCheck */
  GPtrArray *batch;      /* CrPrescription; NULL none */
  char *preview;
  gboolean complete;
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (CrRxDraft, cr_rx_draft, G_TYPE_OBJECT)

/* ---- what follows from the parts ---- */

static gboolean
has_trouble (CrRxDraft *self)
{
  for (guint i = 0; i < CR_RX_N_PARTS; i++)
    if (self->trouble[i] != NULL)
      return TRUE;
  return FALSE;
}

static void
update_limits (CrRxDraft *self)
{
  for (guint i = 0; i < CR_RX_N_PARTS; i++) {
    g_free (self->limits[i]);
    self->limits[i] = cr_prescription_limit (self->rx, PARTS[i]);
  }
}

static void
update_preview (CrRxDraft *self)
{
  g_autoptr (GPtrArray) problems = cr_prescription_problems (self->rx);
  g_autofree char *preview = cr_rx_preview (self->rx);
  gboolean complete = problems->len == 0 && !has_trouble (self);
  if (g_strcmp0 (preview, self->preview) != 0) {
    g_free (self->preview);
    self->preview = g_steal_pointer (&preview);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREVIEW]);
  }
  if (complete != self->complete) {
    self->complete = complete;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
  }
}

static void
run_checks (CrRxDraft *self)
{
  CrCheckInput in;
  cr_check_input_fill (&in, cr_chart_get_records (self->chart), self->knowledge,
                       cr_session_get_clock (self->session));
  in.rx = self->rx;
  in.batch = self->batch;
  GPtrArray *checks = cr_checks_run (self->knowledge, &in);
  if (self->checks != NULL) {
    cr_checks_keep_answers (checks, self->checks);
    g_ptr_array_unref (self->checks);
  }
  self->checks = checks;
  g_signal_emit (self, signals[CHECKED], 0);
}

static void
update_all (CrRxDraft *self)
{
  update_limits (self);
  update_preview (self);
  run_checks (self);
}

static void
show_part (CrRxDraft *self, CrRxPart part, const char *text)
{
  if (g_strcmp0 (self->typed[part], text) == 0)
    return;
  g_free (self->typed[part]);
  self->typed[part] = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[part + 1]);
}

/* Puts text into a part as if it had been typed. */
static void
put_part (CrRxDraft *self, CrRxPart part, const char *text)
{
  show_part (self, part, text);
  g_free (self->trouble[part]);
  self->trouble[part] = cr_rx_part_take (self->rx, self->knowledge, part, text);
}

static void
compute_quantity (CrRxDraft *self)
{
  CrSig *sig = &self->rx->sig;
  if (self->rx->quantity_unit == NULL && sig->unit != NULL)
    put_part (self, CR_RX_PART_QUANTITY_UNIT, sig->unit);
  if (self->own_quantity || sig->days == CR_INT_NONE || g_strcmp0 (sig->unit, self->rx->quantity_unit) != 0)
    return;
  CrDecimal quantity = cr_sig_quantity_for (sig, sig->days);
  g_autofree char *text = quantity.set ? cr_decimal_to_text (quantity) : g_strdup ("");
  put_part (self, CR_RX_PART_QUANTITY, text);
}

static void
type_part (CrRxDraft *self, CrRxPart part, const char *text)
{
  if (g_strcmp0 (self->typed[part], text) == 0)
    return;
  gboolean other_unit = part == CR_RX_PART_DOSE_UNIT && *self->typed[part] != '\0';
  put_part (self, part, text);
  if (other_unit)
    put_part (self, CR_RX_PART_DOSE, ""); /* 5 mL is not 5 tablets */
  if (part == CR_RX_PART_QUANTITY)
    self->own_quantity = *text != '\0';
  compute_quantity (self);
  update_all (self);
}

/* All parts anew from the prescription. */
static void
show_prescription (CrRxDraft *self)
{
  self->own_quantity = self->rx->quantity.set;
  for (guint i = 0; i < CR_RX_N_PARTS; i++) {
    g_autofree char *text = cr_rx_part_text (self->rx, self->knowledge, i);
    g_clear_pointer (&self->trouble[i], g_free);
    show_part (self, i, text);
  }
  compute_quantity (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AS_NEEDED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISPENSE_AS_WRITTEN]);
  update_all (self);
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* Quantity, refills, pharmacy and the rest as they were ordered last. */
static void
take_last_order (CrRxDraft *self, CrId prescription_id)
{
  const GPtrArray *all = cr_chart_get_records (self->chart)->prescriptions;
  for (guint i = 0; i < all->len; i++) {
    const CrPrescription *last = all->pdata[i];
    if (last->id != prescription_id)
      continue;
    self->rx->quantity = last->quantity;
    self->rx->refills = last->refills;
    self->rx->dispense_as_written = last->dispense_as_written;
    self->rx->pharmacy_id = last->pharmacy_id != CR_ID_NONE ? last->pharmacy_id : self->rx->pharmacy_id;
    set_text (&self->rx->quantity_unit, last->quantity_unit);
    set_text (&self->rx->form, last->form);
    set_text (&self->rx->schedule, last->schedule);
    return;
  }
}

/* What the knowledge says of a drug that is renewed from a list: form and schedule decide on refills. */
static void
take_drug_facts (CrRxDraft *self)
{
  const CrDrug *drug =
      self->rx->drug_code != NULL ? cr_knowledge_drug (self->knowledge, self->rx->drug_code) : NULL;
  if (drug == NULL)
    return;
  set_text (&self->rx->form, drug->form);
  set_text (&self->rx->schedule, drug->schedule);
  if (self->rx->quantity_unit == NULL)
    set_text (&self->rx->quantity_unit, drug->quantity_unit);
}

/* ---- saving ---- */

static gpointer
copy_check (gconstpointer check, gpointer data)
{
  return cr_check_copy (check);
}

static gpointer
copy_prescription (gconstpointer rx, gpointer data)
{
  return cr_prescription_copy (rx);
}

static GPtrArray *
copy_batch (const GPtrArray *batch)
{
  if (batch == NULL)
    return NULL;
  GPtrArray *copy = g_ptr_array_copy ((GPtrArray *)batch, (GCopyFunc)copy_prescription, NULL);
  g_ptr_array_set_free_func (copy, (GDestroyNotify)cr_prescription_free);
  return copy;
}

static CrRxSaving *
new_saving (CrRxDraft *self)
{
  CrRxSaving *saving = g_new0 (CrRxSaving, 1);
  saving->rx = cr_prescription_copy (self->rx);
  saving->checks = g_ptr_array_copy (self->checks, (GCopyFunc)copy_check, NULL);
  g_ptr_array_set_free_func (saving->checks, (GDestroyNotify)cr_check_free);
  saving->batch = copy_batch (self->batch);
  saving->knowledge = self->knowledge != NULL ? cr_knowledge_ref (self->knowledge) : NULL;
  saving->clock = cr_clock_ref (cr_session_get_clock (self->session));
  return saving;
}

/* What the store gave it: id, version, number, signature. */
static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrRxDraft *self = g_task_get_source_object (task);
  CrRxSaving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  cr_prescription_free (self->rx);
  self->rx = cr_prescription_copy (saving->rx);
  g_task_return_boolean (task, TRUE);
}

static char *
find_obstacle (CrRxDraft *self)
{
  g_autoptr (GPtrArray) problems = cr_rx_draft_problems (self);
  const CrCheck *open = cr_checks_unanswered (self->checks), *stop = cr_rx_draft_must_change (self);
  if (problems->len > 0)
    return g_strdup (problems->pdata[0]);
  if (stop != NULL)
    return g_strdup_printf (_ ("This cannot be signed as it is: %s. %s"), stop->title, stop->what);
  return open != NULL ? g_strdup_printf (_ ("Answer the warning before you sign: %s."), open->title) : NULL;
}

static void
reloaded_cb (CrChart *chart, gpointer self)
{
  run_checks (self);
}

/* ---- the class ---- */

static void
cr_rx_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrRxDraft *self = CR_RX_DRAFT_OBJECT (object);
  if (id <= CR_RX_N_PARTS)
    g_value_set_string (value, self->typed[id - 1]);
  else if (id == PROP_AS_NEEDED)
    g_value_set_boolean (value, self->rx->sig.as_needed);
  else if (id == PROP_DISPENSE_AS_WRITTEN)
    g_value_set_boolean (value, self->rx->dispense_as_written);
  else if (id == PROP_PREVIEW)
    g_value_set_string (value, self->preview);
  else if (id == PROP_COMPLETE)
    g_value_set_boolean (value, self->complete);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_flag (CrRxDraft *self, guint id, gboolean *flag, gboolean value)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  compute_quantity (self);
  update_all (self);
}

static void
cr_rx_draft_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CrRxDraft *self = CR_RX_DRAFT_OBJECT (object);
  if (id <= CR_RX_N_PARTS) {
    const char *text = g_value_get_string (value);
    type_part (self, id - 1, text != NULL ? text : "");
  } else if (id == PROP_AS_NEEDED)
    set_flag (self, id, &self->rx->sig.as_needed, g_value_get_boolean (value));
  else if (id == PROP_DISPENSE_AS_WRITTEN)
    set_flag (self, id, &self->rx->dispense_as_written, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_rx_draft_finalize (GObject *object)
{
  CrRxDraft *self = CR_RX_DRAFT_OBJECT (object);
  for (guint i = 0; i < CR_RX_N_PARTS; i++) {
    g_free (self->typed[i]);
    g_free (self->trouble[i]);
    g_free (self->limits[i]);
  }
  cr_prescription_free (self->rx);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->knowledge, cr_knowledge_unref);
  g_free (self->answer_trouble);
  g_free (self->preview);
  g_clear_object (&self->chart);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_rx_draft_parent_class)->finalize (object);
}

static void
cr_rx_draft_class_init (CrRxDraftClass *klass)
{
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags both = reads | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_rx_draft_get_property;
  object_class->set_property = cr_rx_draft_set_property;
  object_class->finalize = cr_rx_draft_finalize;
  for (guint i = 0; i < CR_RX_N_PARTS; i++)
    properties[i + 1] = g_param_spec_string (PARTS[i], NULL, NULL, NULL, both);
  properties[PROP_AS_NEEDED] = g_param_spec_boolean ("as-needed", NULL, NULL, FALSE, both);
  properties[PROP_DISPENSE_AS_WRITTEN] =
      g_param_spec_boolean ("dispense-as-written", NULL, NULL, FALSE, both);
  properties[PROP_PREVIEW] = g_param_spec_string ("preview", NULL, NULL, NULL, reads);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, reads);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
cr_rx_draft_init (CrRxDraft *self)
{
  self->rx = cr_prescription_new ();
  for (guint i = 0; i < CR_RX_N_PARTS; i++)
    self->typed[i] = g_strdup ("");
}

/* ---- public ---- */

CrRxDraft *
cr_rx_draft_new (CrChart *chart)
{
  g_return_val_if_fail (CR_IS_CHART (chart), NULL);
  CrRxDraft *self = g_object_new (CR_TYPE_RX_DRAFT, NULL);
  const CrPatient *patient = cr_chart_get_records (chart)->patient;
  self->chart = g_object_ref (chart);
  self->session = g_object_ref (cr_chart_get_session (chart));
  CrKnowledge *knowledge = cr_session_get_knowledge (self->session);
  self->knowledge = knowledge != NULL ? cr_knowledge_ref (knowledge) : NULL;
  self->rx->patient_id = cr_chart_get_patient_id (chart);
  self->rx->encounter_id = cr_chart_open_encounter (chart);
  self->rx->pharmacy_id = patient->pharmacy_id;
  g_signal_connect_object (chart, "reloaded", G_CALLBACK (reloaded_cb), self, 0);
  show_prescription (self);
  return self;
}

void
cr_rx_draft_choose (CrRxDraft *self, const char *drug_code, int ready_line)
{
  g_return_if_fail (CR_IS_RX_DRAFT_OBJECT (self));
  const CrDrug *drug = cr_knowledge_drug (self->knowledge, drug_code);
  if (drug == NULL)
    return;
  self->rx->medication_id = CR_ID_NONE;
  if (ready_line >= 0 && drug->lines != NULL && (guint)ready_line < drug->lines->len)
    cr_rx_take_line (self->rx, drug->lines->pdata[ready_line]);
  else
    cr_rx_take_drug (self->rx, drug);
  show_prescription (self);
}

void
cr_rx_draft_renew (CrRxDraft *self, const CrMedication *medication)
{
  g_return_if_fail (CR_IS_RX_DRAFT_OBJECT (self));
  CrPrescription *rx = self->rx;
  rx->medication_id = medication->id;
  set_text (&rx->drug_code, medication->drug_code);
  set_text (&rx->display, medication->display);
  set_text (&rx->generic, medication->generic);
  set_text (&rx->indication, medication->indication);
  cr_sig_copy (&rx->sig, &medication->sig);
  take_last_order (self, medication->prescription_id);
  take_drug_facts (self);
  show_prescription (self);
}

void
cr_rx_draft_open (CrRxDraft *self, const CrPrescription *rx)
{
  g_return_if_fail (CR_IS_RX_DRAFT_OBJECT (self));
  g_return_if_fail (cr_chart_is_of (self->chart, rx->patient_id));
  cr_prescription_free (self->rx);
  self->rx = cr_prescription_copy (rx);
  show_prescription (self);
}

void
cr_rx_draft_set_batch (CrRxDraft *self, const GPtrArray *prescriptions)
{
  g_return_if_fail (CR_IS_RX_DRAFT_OBJECT (self));
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  self->batch = copy_batch (prescriptions);
  run_checks (self);
}

const CrPrescription *
cr_rx_draft_peek (CrRxDraft *self)
{
  g_return_val_if_fail (CR_IS_RX_DRAFT_OBJECT (self), NULL);
  return self->rx;
}

const char *
cr_rx_draft_problem (CrRxDraft *self, const char *property)
{
  g_return_val_if_fail (CR_IS_RX_DRAFT_OBJECT (self), NULL);
  if (g_str_equal (property, "answer"))
    return self->answer_trouble;
  for (guint i = 0; i < CR_RX_N_PARTS; i++)
    if (g_str_equal (property, PARTS[i]))
      return self->trouble[i] != NULL ? self->trouble[i] : self->limits[i];
  return NULL;
}

GPtrArray *
cr_rx_draft_problems (CrRxDraft *self)
{
  g_return_val_if_fail (CR_IS_RX_DRAFT_OBJECT (self), NULL);
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < CR_RX_N_PARTS; i++)
    if (self->trouble[i] != NULL)
      g_ptr_array_add (problems, g_strdup (self->trouble[i]));
  g_ptr_array_extend_and_steal (problems, cr_prescription_problems (self->rx));
  return problems;
}

GPtrArray *
cr_rx_draft_questions (CrRxDraft *self)
{
  g_return_val_if_fail (CR_IS_RX_DRAFT_OBJECT (self), NULL);
  return cr_prescription_questions (self->rx);
}

GPtrArray *
cr_rx_draft_get_checks (CrRxDraft *self)
{
  g_return_val_if_fail (CR_IS_RX_DRAFT_OBJECT (self), NULL);
  return self->checks;
}

int
cr_rx_draft_worst_tier (CrRxDraft *self)
{
  g_return_val_if_fail (CR_IS_RX_DRAFT_OBJECT (self), 0);
  int tier = cr_checks_worst_tier (self->checks);
  return cr_session_can (self->session, CR_RIGHT_SIGN) ? tier : MIN (tier, 1);
}

void
cr_rx_draft_answer (CrRxDraft *self, const char *rule_id, const char *reason_code, const char *text)
{
  g_return_if_fail (CR_IS_RX_DRAFT_OBJECT (self));
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&self->answer_trouble, g_free);
  for (guint i = 0; i < self->checks->len && error == NULL; i++) {
    CrCheck *check = self->checks->pdata[i];
    if (check->state == CR_CHECK_FOUND && g_strcmp0 (check->rule_id, rule_id) == 0)
      cr_check_answer (check, reason_code, text, &error);
  }
  self->answer_trouble = error != NULL ? g_strdup (error->message) : NULL;
  g_signal_emit (self, signals[CHECKED], 0);
}

gboolean
cr_rx_draft_is_answered (CrRxDraft *self)
{
  g_return_val_if_fail (CR_IS_RX_DRAFT_OBJECT (self), FALSE);
  return cr_checks_unanswered (self->checks) == NULL;
}

const CrCheck *
cr_rx_draft_must_change (CrRxDraft *self)
{
  g_return_val_if_fail (CR_IS_RX_DRAFT_OBJECT (self), NULL);
  for (guint i = 0; i < self->checks->len; i++)
    if (cr_check_must_change (self->checks->pdata[i]))
      return self->checks->pdata[i];
  return NULL;
}

void
cr_rx_draft_save_async (CrRxDraft *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_RX_DRAFT_OBJECT (self));
  GTask *task = g_task_new (self, NULL, cb, data);
  CrRxSaving *saving = new_saving (self);
  saving->rx->status = self->complete ? CR_RX_NEEDS_SIGNATURE : CR_RX_DRAFT;
  g_task_set_task_data (task, saving, (GDestroyNotify)cr_rx_saving_free);
  cr_session_run_async (self->session, CR_RIGHT_CLINICAL_RECORD, cr_rx_save_job, saving, NULL, stored_cb,
                        task);
}

void
cr_rx_draft_sign_async (CrRxDraft *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_RX_DRAFT_OBJECT (self));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  g_autofree char *obstacle = find_obstacle (self);
  if (obstacle != NULL) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_INVALID, "%s", obstacle);
    return;
  }
  CrRxSaving *saving = new_saving (self);
  g_task_set_task_data (task, saving, (GDestroyNotify)cr_rx_saving_free);
  cr_session_run_async (self->session, CR_RIGHT_SIGN, cr_rx_sign_job, saving, NULL, stored_cb,
                        g_steal_pointer (&task));
}

CrId
cr_rx_draft_sign_finish (CrRxDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), CR_ID_NONE);
  CrRxSaving *saving = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? saving->rx->id : CR_ID_NONE;
}
