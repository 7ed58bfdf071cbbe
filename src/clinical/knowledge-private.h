/* What a loaded CrKnowledge holds; for src/clinical alone. */
#pragma once
#include "chartroom/clinical/drug-entry.h"
#include "chartroom/clinical/knowledge.h"
#include "needs.h"
#include "table.h"

/* A rule on one drug and a fact about the patient. */
typedef struct {
  const char *id, *version;
  int kind;            /* CrCheckKind */
  const char *subject; /* ingredient or class */
  GArray *needs;       /* CrNeed, all must hold */
  int tier;
  const char *why, *what;
  CrOrigin origin;
} CrCaution;

/* A rule on two drugs. */
typedef struct {
  const char *id, *version, *first, *second; /* ingredients or classes */
  GArray *needs;                             /* may be empty */
  int tier;
  const char *why, *what;
  CrOrigin origin;
} CrInteraction;

/* Usual adult amounts per day. */
typedef struct {
  const char *ingredient, *route;
  CrDecimal usual_low, usual_high, max;
  const char *unit;
  gboolean kidney_none; /* no adjustment for kidney function */
  gboolean by_weight;   /* children: dosed by weight */
  CrOrigin origin;
} CrDoseRange;

typedef struct {
  const char *first, *first_hint, *second, *second_hint;
  CrOrigin origin;
} CrLookalike;

typedef enum { CR_MATCH_WORD, CR_MATCH_NUMBER, CR_MATCH_TEXT } CrAbbreviationMatch;
typedef struct {
  const char *typed;
  gboolean exact_case;
  int match; /* CrAbbreviationMatch: a whole word; right after a number; anywhere */
  const char *const *replacements;
  const char *why;
  CrOrigin origin;
} CrAbbreviationRule;

typedef struct {
  const char *key, *loinc, *unit;
  gint64 from_months, to_months; /* to: CR_INT_NONE = no end */
  CrDecimal hard_low, hard_high, soft_low, soft_high;
  CrOrigin origin;
} CrVitalLimit;

typedef enum { CR_BAND_FLAG, CR_BAND_RANGE } CrBandKind;
typedef struct {
  const char *key;
  gint64 from_months, to_months;
  int sex;          /* CrSex; UNKNOWN = any */
  int kind;         /* CrBandKind */
  const char *test; /* RANGE: the text shown */
  CrOp op;
  CrDecimal number;
  const char *flag, *word;
  CrOrigin origin;
} CrVitalBand;

struct _CrKnowledge {
  gatomicrefcount refs;
  const char *version, *note;
  CrOrigin release;
  GPtrArray *tables; /* CrTable: they own all texts */
  GPtrArray *lists;  /* GStrv: they own all lists of texts */

  GPtrArray *classes, *ingredients, *drugs, *lines; /* const CrDrugClass * … */
  GHashTable *class_by_key, *ingredient_by_key, *drug_by_id;
  GHashTable *ingredient_by_name; /* folded display → CrIngredient */
  GHashTable *drugs_by_brand;     /* folded brand → CrDrug, first of its name */
  GPtrArray *folded;              /* per drug: folded "generic brand", for search */
  GPtrArray *lookalikes;

  GPtrArray *allergens, *reactions, *problems, *key_results, *wants, *notices;
  GHashTable *allergen_by_code, *allergen_by_name, *problem_by_code, *problem_by_name;
  GPtrArray *frequencies, *standard_sigs;

  GPtrArray *doses, *cautions, *interactions, *abbreviations;
  GPtrArray *limits, *bands;
};

/* Splits a cell at `separator`; the list lives as long as k.  Never NULL. */
const char *const *cr_knowledge_split (CrKnowledge *k, const char *cell, const char *separator);
/* Reads a table and keeps it alive with k; NULL on error. */
const CrTable *cr_knowledge_table (CrKnowledge *k, const char *dir, const char *name,
                                   const char *const *columns, GError **error);
/* Empty list that frees its rows with g_free. */
GPtrArray *cr_knowledge_rows_new (void);

gboolean cr_knowledge_load_drugs (CrKnowledge *k, const char *dir, GError **error);
gboolean cr_knowledge_load_terms (CrKnowledge *k, const char *dir, GError **error);
gboolean cr_knowledge_load_entry (CrKnowledge *k, const char *dir, GError **error);
gboolean cr_knowledge_load_rules (CrKnowledge *k, const char *dir, GError **error);
gboolean cr_knowledge_load_vitals (CrKnowledge *k, const char *dir, GError **error);

/* The key is an ingredient's or a class's. */
gboolean cr_knowledge_has_key (const CrKnowledge *k, const char *key);
const CrDoseRange *cr_knowledge_dose (const CrKnowledge *k, const char *ingredient, const char *route);
