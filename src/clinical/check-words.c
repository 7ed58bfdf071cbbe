/* The CHECKS panel, the answers to findings, and the record of both. */
#include "chartroom/clinical/checks.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

static const char *const LABELS[CR_CHECK_KINDS] = {
  [CR_CHECK_ALLERGY] = N_ ("Allergy"),         [CR_CHECK_DUPLICATE] = N_ ("Duplicate"),
  [CR_CHECK_INTERACTION] = N_ ("Interaction"), [CR_CHECK_DOSE] = N_ ("Dose range"),
  [CR_CHECK_KIDNEY] = N_ ("Kidney"),           [CR_CHECK_AGE] = N_ ("Age"),
  [CR_CHECK_WEIGHT] = N_ ("Weight"),           [CR_CHECK_PREGNANCY] = N_ ("Pregnancy"),
  [CR_CHECK_CONDITION] = N_ ("Condition"),
};

const char *
cr_check_label (const CrCheck *check)
{
  return _ (LABELS[check->kind]);
}

const char *
cr_check_mark (const CrCheck *check)
{
  if (check->state == CR_CHECK_PASSED)
    return "✓";
  if (check->state == CR_CHECK_NOT_CHECKED)
    return "┄";
  return check->tier >= CR_CHECK_TIER_STOP ? "■" : check->tier == CR_CHECK_TIER_WARNING ? "▲" : "i";
}

static const char *
weight_of (const CrCheck *check)
{
  static const char *const words[] = { N_ ("fact"), N_ ("note"), N_ ("warning"), N_ ("stop") };
  return _ (words[CLAMP (check->tier, 0, CR_CHECK_TIER_STOP)]);
}

char *
cr_check_words (const CrCheck *check)
{
  if (check->state == CR_CHECK_NOT_CHECKED)
    return g_strdup_printf (_ ("Not checked: %s"), check->title);
  if (check->state == CR_CHECK_PASSED)
    return g_strdup (check->title);
  return g_strdup_printf (_ ("%s: %s"), check->title, weight_of (check));
}

GPtrArray *
cr_checks_words (const GPtrArray *checks)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *check = g_ptr_array_index (checks, i);
    g_autofree char *words = cr_check_words (check);
    g_ptr_array_add (lines,
                     g_strdup_printf ("%s %s  %s", cr_check_mark (check), cr_check_label (check), words));
  }
  return lines;
}

/* ---- answers ---- */

static gboolean
needs_answer (const CrCheck *check)
{
  return check->state == CR_CHECK_FOUND && check->tier >= CR_CHECK_TIER_WARNING;
}

const CrCheck *
cr_checks_unanswered (const GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *check = g_ptr_array_index (checks, i);
    if (needs_answer (check) && check->reason_code == NULL)
      return check;
  }
  return NULL;
}

static gboolean
is_same_finding (const CrCheck *a, const CrCheck *b)
{
  return a->state == CR_CHECK_FOUND && b->state == CR_CHECK_FOUND && a->kind == b->kind &&
         a->tier == b->tier && g_strcmp0 (a->rule_id, b->rule_id) == 0 &&
         g_strcmp0 (a->counterpart, b->counterpart) == 0 && g_strcmp0 (a->facts, b->facts) == 0 &&
         g_strcmp0 (a->title, b->title) == 0;
}

static void
keep_answer (CrCheck *check, const GPtrArray *earlier)
{
  for (guint i = 0; i < earlier->len; i++) {
    const CrCheck *before = g_ptr_array_index (earlier, i);
    if (before->reason_code == NULL || !is_same_finding (check, before))
      continue;
    check->reason_code = g_strdup (before->reason_code);
    check->reason_text = g_strdup (before->reason_text);
    return;
  }
}

void
cr_checks_keep_answers (GPtrArray *checks, const GPtrArray *earlier)
{
  for (guint i = 0; i < checks->len; i++) {
    CrCheck *check = g_ptr_array_index (checks, i);
    if (check->reason_code == NULL)
      keep_answer (check, earlier);
  }
}

typedef struct {
  int kind; /* CrCheckKind, or ANY */
  CrCheckReason reason;
} KindReason;

#define ANY (-1)
#define OTHER (-2) /* kinds without reasons of their own */

static const KindReason REASONS[] = {
  { CR_CHECK_ALLERGY,
    { "not-allergy", 1, N_ ("Not a true allergy – correct the record"), "edit-allergy", FALSE } },
  { CR_CHECK_ALLERGY, { "tolerated", 2, N_ ("Tolerated since (date)"), "note-allergy", TRUE } },
  { CR_CHECK_ALLERGY, { "desensitised", 3, N_ ("Desensitized or specialist's advice"), "note", TRUE } },
  { CR_CHECK_DUPLICATE, { "replacing", 1, N_ ("Replaces the old one – stop that"), "stop-other", FALSE } },
  { CR_CHECK_DUPLICATE, { "together", 2, N_ ("Both are intended"), "keep", FALSE } },
  { CR_CHECK_INTERACTION, { "will-monitor", 1, N_ ("Will monitor – what and when"), "order", TRUE } },
  { CR_CHECK_INTERACTION, { "benefit", 2, N_ ("Benefit outweighs risk"), "note", FALSE } },
  { CR_CHECK_INTERACTION, { "tolerated", 3, N_ ("Tolerated together before"), "remember", FALSE } },
  { CR_CHECK_INTERACTION, { "adjusted", 4, N_ ("Dose or timing adjusted"), "edit-dose", FALSE } },
  { CR_CHECK_INTERACTION,
    { "other-stopped", 5, N_ ("No longer takes the other drug"), "stop-other", FALSE } },
  { CR_CHECK_DOSE, { "specialist", 1, N_ ("Specialist's regimen"), "keep", FALSE } },
  { CR_CHECK_DOSE, { "titrating", 2, N_ ("Titrating"), "keep", FALSE } },
  { CR_CHECK_DOSE, { "weight-wrong", 3, N_ ("Weight is wrong – correct it"), "edit-weight", FALSE } },
  { OTHER, { "will-monitor", 1, N_ ("Will monitor – what and when"), "order", TRUE } },
  { OTHER, { "benefit", 2, N_ ("Benefit outweighs risk"), "note", FALSE } },
  { OTHER, { "adjusted", 3, N_ ("Dose already adjusted"), "edit-dose", FALSE } },
  { ANY, { "alert-wrong", 9, N_ ("The alert is wrong"), "review-rule", FALSE } },
};

static gboolean
is_for (const KindReason *reason, CrCheckKind kind)
{
  return reason->kind == ANY || reason->kind == (int)kind || (reason->kind == OTHER && kind > CR_CHECK_DOSE);
}

GArray *
cr_check_reasons (CrCheckKind kind)
{
  GArray *reasons = g_array_new (FALSE, FALSE, sizeof (CrCheckReason));
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++) {
    CrCheckReason reason = REASONS[i].reason;
    if (!is_for (&REASONS[i], kind))
      continue;
    reason.words = _ (reason.words);
    g_array_append_val (reasons, reason);
  }
  return reasons;
}

static const CrCheckReason *
find_reason (CrCheckKind kind, const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (is_for (&REASONS[i], kind) && g_strcmp0 (REASONS[i].reason.code, code) == 0)
      return &REASONS[i].reason;
  return NULL;
}

gboolean
cr_check_must_change (const CrCheck *check)
{
  return check->state == CR_CHECK_FOUND && check->tier >= CR_CHECK_TIER_STOP && check->rule_id != NULL &&
         g_str_has_prefix (check->rule_id, "dose/");
}

gboolean
cr_check_answer (CrCheck *check, const char *reason_code, const char *text, GError **error)
{
  const CrCheckReason *reason = find_reason (check->kind, reason_code);
  g_autofree char *trimmed = cr_text_trim (text);
  if (check->state != CR_CHECK_FOUND || reason == NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("That is not an answer to this warning. Choose one of the reasons shown."));
    return FALSE;
  }
  if (cr_check_must_change (check)) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("This cannot be signed as it is. %s"), check->what);
    return FALSE;
  }
  if ((reason->needs_text || check->tier >= CR_CHECK_TIER_STOP) && cr_str_empty (trimmed)) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("“%s” needs a few words of explanation. Type them."),
                 _ (reason->words));
    return FALSE;
  }
  g_free (check->reason_code);
  g_free (check->reason_text);
  check->reason_code = g_strdup (reason->code);
  check->reason_text = cr_str_empty (trimmed) ? NULL : g_steal_pointer (&trimmed);
  return TRUE;
}

/* ---- JSON ---- */

static void
append_string (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (json, "\\%c", *p);
    else if ((guchar)*p < 0x20 || *p == 0x7f)
      g_string_append_printf (json, "\\u%04x", (guint)(guchar)*p);
    else
      g_string_append_c (json, *p);
  g_string_append_c (json, '"');
}

static void
append_member (GString *json, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (json, ",\"%s\":", name);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  append_string (json, valid);
}

static void
append_check (GString *json, const CrCheck *check)
{
  g_string_append_printf (json, "{\"kind\":\"%s\",\"state\":\"%s\",\"tier\":%d",
                          CR_CHECK_KIND_CODES[check->kind], CR_CHECK_STATE_CODES[check->state], check->tier);
  append_member (json, "title", check->title);
  append_member (json, "why", check->why);
  append_member (json, "what", check->what);
  append_member (json, "counterpart", check->counterpart);
  if (check->counterpart_id != CR_ID_NONE)
    g_string_append_printf (json, ",\"counterpart_id\":\"%" G_GINT64_FORMAT "\"", check->counterpart_id);
  append_member (json, "rule", check->rule_id);
  append_member (json, "rule_version", check->rule_version);
  append_member (json, "data_version", check->data_version);
  append_member (json, "source", check->source);
  append_member (json, "facts", check->facts);
  append_member (json, "reason", check->reason_code);
  append_member (json, "reason_text", check->reason_text);
  g_string_append_c (json, '}');
}

char *
cr_checks_to_json (const GPtrArray *checks)
{
  GString *json = g_string_new ("[");
  for (guint i = 0; i < checks->len; i++) {
    if (i > 0)
      g_string_append_c (json, ',');
    append_check (json, g_ptr_array_index (checks, i));
  }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}
