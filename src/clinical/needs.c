#include "needs.h"
#include <string.h>

static const struct {
  const char *text;
  CrOp op;
} OPS[] = {
  { "!=", CR_OP_IS_NOT }, { "<=", CR_OP_LESS_EQUAL }, { ">=", CR_OP_MORE_EQUAL },
  { "=", CR_OP_IS },      { "<", CR_OP_LESS },        { ">", CR_OP_MORE },
};

static const struct {
  const char *name;
  CrFact fact;
} FACTS[] = {
  { "egfr", CR_FACT_EGFR },         { "potassium", CR_FACT_POTASSIUM }, { "age", CR_FACT_AGE },
  { "problem", CR_FACT_PROBLEM },   { "frequency", CR_FACT_FREQUENCY }, { "ckd", CR_FACT_CKD },
  { "pregnant", CR_FACT_PREGNANT },
};

static void
clear_need (gpointer need)
{
  g_free (((CrNeed *)need)->text);
}

static gboolean
is_number (CrFact fact)
{
  return fact == CR_FACT_EGFR || fact == CR_FACT_POTASSIUM || fact == CR_FACT_AGE;
}

static gboolean
is_bare (CrFact fact)
{
  return fact == CR_FACT_CKD || fact == CR_FACT_PREGNANT;
}

/* Returns the text after the fact's name. */
static const char *
parse_fact (const char *text, CrFact *out)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz");
  for (guint i = 0; i < G_N_ELEMENTS (FACTS); i++)
    if (strlen (FACTS[i].name) == length && strncmp (text, FACTS[i].name, length) == 0) {
      *out = FACTS[i].fact;
      return text + length;
    }
  return NULL;
}

static gboolean
parse_need (const char *text, CrNeed *out)
{
  const char *rest = parse_fact (text, &out->fact);
  if (rest == NULL)
    return FALSE;
  if (is_bare (out->fact))
    return *rest == '\0';
  rest = cr_op_parse (rest, &out->op);
  if (rest == NULL || *rest == '\0')
    return FALSE;
  if (is_number (out->fact))
    return cr_decimal_parse (rest, &out->number);
  out->text = g_strdup (rest);
  return out->op == CR_OP_IS || out->op == CR_OP_IS_NOT;
}

const char *
cr_op_parse (const char *text, CrOp *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (OPS); i++)
    if (g_str_has_prefix (text, OPS[i].text)) {
      *out = OPS[i].op;
      return text + strlen (OPS[i].text);
    }
  return NULL;
}

gboolean
cr_op_holds (CrDecimal value, CrOp op, CrDecimal limit)
{
  int order = cr_decimal_compare (value, limit);
  switch (op) {
  case CR_OP_IS:
    return order == 0;
  case CR_OP_IS_NOT:
    return order != 0;
  case CR_OP_LESS:
    return order < 0;
  case CR_OP_LESS_EQUAL:
    return order <= 0;
  case CR_OP_MORE:
    return order > 0;
  case CR_OP_MORE_EQUAL:
    return order >= 0;
  }
  return FALSE;
}

GArray *
cr_needs_parse (const char *text)
{
  g_autoptr (GArray) needs = g_array_new (FALSE, TRUE, sizeof (CrNeed));
  g_array_set_clear_func (needs, clear_need);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "&", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    CrNeed need = { 0 };
    gboolean read = parse_need (parts[i], &need);
    g_array_append_val (needs, need);
    if (!read)
      return NULL;
  }
  return g_steal_pointer (&needs);
}
