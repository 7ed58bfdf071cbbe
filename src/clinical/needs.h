/* Conditions of rules on facts about the patient: "egfr<30", "age>=12", "problem=N18", "ckd", "pregnant",
 * "frequency!=weekly".  What is not known is neither true nor false. */
#pragma once
#include "chartroom/base/decimal.h"
#include <glib.h>

typedef enum {
  CR_FACT_EGFR,
  CR_FACT_POTASSIUM,
  CR_FACT_AGE,
  CR_FACT_PROBLEM,
  CR_FACT_FREQUENCY,
  CR_FACT_CKD,
  CR_FACT_PREGNANT
} CrFact;
typedef enum { CR_OP_IS, CR_OP_IS_NOT, CR_OP_LESS, CR_OP_LESS_EQUAL, CR_OP_MORE, CR_OP_MORE_EQUAL } CrOp;
typedef struct {
  CrFact fact;
  CrOp op;
  CrDecimal number; /* EGFR, POTASSIUM, AGE (years) */
  char *text;       /* PROBLEM: beginning of an ICD-10-CM code; FREQUENCY: key */
} CrNeed;

/* "egfr>=30&egfr<45" → CrNeed; empty for NULL; NULL when it cannot be read. */
GArray *cr_needs_parse (const char *text);
/* ">=30" → operator; the number begins at the returned place; NULL without an operator. */
const char *cr_op_parse (const char *text, CrOp *out);
gboolean cr_op_holds (CrDecimal value, CrOp op, CrDecimal limit);
