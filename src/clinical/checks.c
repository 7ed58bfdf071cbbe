#include "check-run.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

const char *const CR_CHECK_KIND_CODES[] = { "allergy", "duplicate", "interaction", "dose",      "kidney",
                                            "age",     "weight",    "pregnancy",   "condition", NULL };
const char *const CR_CHECK_STATE_CODES[] = { "passed", "found", "not-checked", NULL };

/* ---- items ---- */

CrCheck *
cr_check_copy (const CrCheck *check)
{
  CrCheck *copy = g_new (CrCheck, 1);
  *copy = *check;
  char **texts[] = { &copy->title,   &copy->why,          &copy->what,         &copy->counterpart,
                     &copy->rule_id, &copy->rule_version, &copy->data_version, &copy->source,
                     &copy->facts,   &copy->reason_code,  &copy->reason_text };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i]);
  return copy;
}

void
cr_check_free (CrCheck *check)
{
  if (check == NULL)
    return;
  char *texts[] = { check->title,   check->why,          check->what,         check->counterpart,
                    check->rule_id, check->rule_version, check->data_version, check->source,
                    check->facts,   check->reason_code,  check->reason_text };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (check);
}

static CrCheck *
new_item (CrCheckKind kind, CrCheckState state, char *title)
{
  CrCheck *check = g_new0 (CrCheck, 1);
  check->kind = kind;
  check->state = state;
  check->title = title;
  return check;
}

CrCheck *
cr_check_add (CrCheckRun *run, CrCheckKind kind, CrCheckState state, char *title)
{
  CrCheck *check = new_item (kind, state, title);
  check->data_version = g_strdup (cr_knowledge_version (run->k));
  g_ptr_array_add (run->out, check);
  return check;
}

void
cr_check_from_rule (CrCheck *check, const char *rule_id, const char *version, const CrOrigin *origin)
{
  CrDate month = { origin->as_of.year, origin->as_of.month, 0 };
  g_autofree char *date = cr_date_format (month);
  check->rule_id = g_strdup (rule_id);
  check->rule_version = g_strdup (version);
  check->source = g_strdup_printf ("%s, %s", origin->source, date);
}

void
cr_check_skip (CrCheckRun *run, CrCheckKind kind, const char *why)
{
  cr_check_add (run, kind, CR_CHECK_NOT_CHECKED, g_strdup (why));
}

gboolean
cr_check_has (const CrCheckRun *run, CrCheckKind kind)
{
  for (guint i = 0; i < run->out->len; i++)
    if (((CrCheck *)g_ptr_array_index (run->out, i))->kind == kind)
      return TRUE;
  return FALSE;
}

/* ---- drugs ---- */

static void
add_classes (GPtrArray *classes, const char *const *keys)
{
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (classes, keys[i], g_str_equal, NULL))
      g_ptr_array_add (classes, (gpointer)keys[i]);
}

/* A patch is put on the skin but acts in the whole body. */
static gboolean
is_local (const char *route, const char *form)
{
  static const char *const places[] = { "to the affected area",  "into each eye",
                                        "into the left eye",     "into the right eye",
                                        "into each ear",         "into the affected ear",
                                        "into each nostril",     "to the scalp",
                                        "into the affected eye", NULL };
  return route != NULL && g_strv_contains (places, route) && (form == NULL || strstr (form, "patch") == NULL);
}

void
cr_drug_view_init (CrDrugView *view, const CrKnowledge *k, const char *code, const char *display,
                   const char *route, CrId id)
{
  *view = (CrDrugView){ .name = display != NULL ? display : _ ("medicine without a name"),
                        .id = id,
                        .classes = g_ptr_array_new () };
  view->drug = cr_knowledge_drug (k, code);
  view->ingredients = cr_knowledge_ingredients_of (k, code, display, &view->coded);
  view->route = route != NULL || view->drug == NULL ? route : view->drug->route;
  view->local = is_local (view->route, view->drug != NULL ? view->drug->form : NULL);
  if (view->drug != NULL)
    add_classes (view->classes, view->drug->classes);
  for (guint i = 0; i < view->ingredients->len; i++)
    add_classes (view->classes,
                 cr_knowledge_ingredient (k, g_ptr_array_index (view->ingredients, i))->classes);
}

void
cr_drug_view_clear (CrDrugView *view)
{
  g_clear_pointer (&view->ingredients, g_ptr_array_unref);
  g_clear_pointer (&view->classes, g_ptr_array_unref);
}

gboolean
cr_drug_view_has (const CrDrugView *view, const char *key)
{
  return g_ptr_array_find_with_equal_func (view->ingredients, key, g_str_equal, NULL) ||
         g_ptr_array_find_with_equal_func (view->classes, key, g_str_equal, NULL);
}

gboolean
cr_check_is_current (const CrMedication *medication)
{
  return medication->status == CR_MED_ACTIVE || medication->status == CR_MED_NOT_STARTED ||
         medication->status == CR_MED_ON_HOLD || medication->status == CR_MED_REPORTED;
}

static gboolean
is_replaced (const CrPrescription *rx, const CrMedication *medication)
{
  return rx != NULL && rx->medication_id != CR_ID_NONE && rx->medication_id == medication->id;
}

static void
add_view (CrCheckRun *run, const char *code, const char *display, const char *route, CrId id)
{
  CrDrugView view;
  cr_drug_view_init (&view, run->k, code, display, route, id);
  g_array_append_val (run->others, view);
}

static void
clear_view (gpointer view)
{
  cr_drug_view_clear (view);
}

static void
collect_others (CrCheckRun *run)
{
  const CrCheckInput *in = run->in;
  if (in->medications == NULL)
    return;
  run->others = g_array_new (FALSE, FALSE, sizeof (CrDrugView));
  g_array_set_clear_func (run->others, clear_view);
  for (guint i = 0; i < in->medications->len; i++) {
    const CrMedication *m = g_ptr_array_index (in->medications, i);
    if (cr_check_is_current (m) && !is_replaced (in->rx, m))
      add_view (run, m->drug_code, m->display, m->sig.route, m->id);
  }
  for (guint i = 0; in->batch != NULL && i < in->batch->len; i++) {
    const CrPrescription *rx = g_ptr_array_index (in->batch, i);
    if (rx != in->rx && (rx->id == CR_ID_NONE || rx->id != in->rx->id))
      add_view (run, rx->drug_code, rx->display, rx->sig.route, rx->id);
  }
}

void
cr_check_skip_uncoded (CrCheckRun *run, CrCheckKind kind)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < run->others->len; i++) {
    const CrDrugView *other = &g_array_index (run->others, CrDrugView, i);
    if (!other->coded)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", other->name);
  }
  if (names->len > 0)
    cr_check_add (run, kind, CR_CHECK_NOT_CHECKED,
                  g_strdup_printf (_ ("not compared with medicines that are not coded: %s"), names->str));
}

/* ---- the run ---- */

/* What makes every pass void; NULL nothing. */
static const char *
void_reason (const CrCheckRun *run)
{
  if (cr_knowledge_is_old (run->k, run->in->today))
    return _ ("the drug data are older than 12 months");
  return run->rx.coded ? NULL : _ ("the drug is not coded");
}

static void
void_passes (CrCheckRun *run)
{
  const char *why = void_reason (run);
  for (guint i = 0; why != NULL && i < run->out->len; i++) {
    CrCheck *check = g_ptr_array_index (run->out, i);
    if (check->state != CR_CHECK_PASSED)
      continue;
    check->state = CR_CHECK_NOT_CHECKED;
    g_free (check->title);
    check->title = g_strdup (why);
  }
}

/* A kind that only has findings, though it was not checked in full, says so too. */
static void
add_missing_voids (CrCheckRun *run)
{
  const char *why = void_reason (run);
  gboolean told[CR_CHECK_KINDS] = { FALSE };
  for (guint i = 0; i < run->out->len; i++) {
    const CrCheck *check = g_ptr_array_index (run->out, i);
    told[check->kind] |= check->state == CR_CHECK_NOT_CHECKED;
  }
  for (int kind = CR_CHECK_ALLERGY; why != NULL && kind <= CR_CHECK_DOSE; kind++)
    if (!told[kind])
      cr_check_skip (run, kind, why);
}

static int
order_of (const CrCheck *check)
{
  static const int states[] = { 20, 0, 10 }; /* passed, found, not checked */
  return states[check->state] - (check->state == CR_CHECK_FOUND ? check->tier : 0);
}

static int
compare_checks (gconstpointer a, gconstpointer b)
{
  const CrCheck *x = *(const CrCheck *const *)a, *y = *(const CrCheck *const *)b;
  int order = order_of (x) - order_of (y);
  return order != 0 ? order : (int)x->kind - (int)y->kind;
}

static void
run_rules (CrCheckRun *run)
{
  const CrPrescription *rx = run->in->rx;
  cr_drug_view_init (&run->rx, run->k, rx->drug_code, rx->display, rx->sig.route, rx->id);
  collect_others (run);
  cr_check_allergies (run);
  cr_check_duplicates (run);
  cr_check_interactions (run);
  cr_check_cautions (run);
  cr_check_doses (run);
  void_passes (run);
  add_missing_voids (run);
  cr_drug_view_clear (&run->rx);
  g_clear_pointer (&run->others, g_array_unref);
}

GPtrArray *
cr_checks_run (const CrKnowledge *k, const CrCheckInput *in)
{
  CrCheckRun run = { .k = k,
                     .in = in,
                     .out = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_check_free) };
  if (k != NULL)
    run_rules (&run);
  for (int kind = CR_CHECK_ALLERGY; k == NULL && kind <= CR_CHECK_DOSE; kind++)
    cr_check_skip (&run, kind, _ ("the drug data are missing"));
  g_ptr_array_sort (run.out, compare_checks);
  return run.out;
}

GPtrArray *
cr_checks_taken (const CrKnowledge *k, const CrCheckInput *in)
{
  CrCheckInput taken = *in;
  CrCheckRun run = { .k = k,
                     .in = &taken,
                     .out = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_check_free) };
  taken.rx = NULL;
  taken.batch = NULL;
  if (k != NULL) {
    collect_others (&run);
    cr_check_allergies_taken (&run);
    g_clear_pointer (&run.others, g_array_unref);
  }
  g_ptr_array_sort (run.out, compare_checks);
  return run.out;
}

const CrCheck *
cr_checks_about (const GPtrArray *checks, CrId counterpart_id)
{
  for (guint i = 0; i < checks->len; i++)
    if (((const CrCheck *)checks->pdata[i])->counterpart_id == counterpart_id)
      return checks->pdata[i];
  return NULL;
}

int
cr_checks_worst_tier (const GPtrArray *checks)
{
  int worst = 0;
  for (guint i = 0; i < checks->len; i++)
    worst = MAX (worst, ((CrCheck *)g_ptr_array_index (checks, i))->tier);
  return worst;
}
