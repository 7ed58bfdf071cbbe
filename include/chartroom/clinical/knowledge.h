/* Clinical knowledge: what ships in data/knowledge, read once, then immutable, ref-counted and safe to read
 * from any thread.  Everything handed out as const belongs to the CrKnowledge.  Starter content: every row
 * carries its source and date and is to be reviewed by a medical director before use.
 * Every function takes NULL for the knowledge: it then finds nothing. */
#pragma once
#include "chartroom/base/civil.h"
#include "chartroom/base/decimal.h"
#include "chartroom/base/error.h"

typedef struct _CrKnowledge CrKnowledge;
/* dir holds the .tsv files.  NULL and a sentence naming file and line when one is missing or malformed; the
 * program then runs on with NULL and says "Not checked". */
CrKnowledge *cr_knowledge_load (const char *dir, GError **error);
CrKnowledge *cr_knowledge_ref (CrKnowledge *k);
void cr_knowledge_unref (CrKnowledge *k); /* NULL allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrKnowledge, cr_knowledge_unref)

const char *cr_knowledge_version (const CrKnowledge *k); /* "2026.11"; "" for NULL */
CrDate cr_knowledge_as_of (const CrKnowledge *k);
gboolean cr_knowledge_is_old (const CrKnowledge *k, CrDate today); /* more than 12 months; TRUE for NULL */
char *cr_knowledge_status (const CrKnowledge *k, CrDate today);    /* "Drug data Nov 2026, starter content" */

/* Where a row comes from. */
typedef struct {
  const char *source;
  CrDate as_of;
} CrOrigin;

/* Classes: "penicillins", "nsaids".  Keys of classes and ingredients never collide. */
typedef enum { CR_CLASS_ALLERGY_NONE, CR_CLASS_ALLERGY_NOTE, CR_CLASS_ALLERGY_CLASS } CrClassAllergy;
typedef struct {
  const char *key, *display; /* "ace-inhibitors", "ACE inhibitor" */
  int duplicate_tier;        /* two different members together: 0 nothing, 1 note, 2 warning */
  CrClassAllergy allergy;    /* allergy to one member: nothing, a note, or counts for the whole class */
  const char *const *cross;  /* classes that get a low-tier note; NULL-terminated */
  CrOrigin origin;
} CrDrugClass;

typedef struct {
  const char *key;            /* "amoxicillin" */
  const char *display;        /* with tall-man letters: "buPROPion" */
  const char *const *classes; /* keys; NULL-terminated */
  CrOrigin origin;
} CrIngredient;

typedef struct _CrDrug CrDrug;
/* A ready-made line: directions with quantity; cr_rx_from_line (drug-entry.h) makes a prescription of it. */
typedef struct {
  const CrDrug *drug;
  CrDecimal dose, dose_high;
  const char *frequency;                                   /* key of CrSig */
  const char *timing, *as_needed_for, *indication, *other; /* NULL = none */
  gint64 max_per_day, days;                                /* CR_INT_NONE (record.h) = none */
  CrDecimal quantity;
  gint64 refills;
  CrOrigin origin;
} CrDrugLine;

struct _CrDrug {
  const char *id;            /* "amlodipine-5-mg-tablet": CrPrescription.drug_code */
  const char *generic;       /* tall-man: "amLODIPine" */
  const char *brand;         /* "Norvasc"; NULL */
  const char *strength;      /* "5 mg", "250 mg per 5 mL" */
  const char *form;          /* "tablet", "extended-release tablet" */
  const char *route;         /* in words: "by mouth" */
  const char *action;        /* "Take" */
  const char *unit;          /* what is counted in a dose: "tablet" "mL" "puff" */
  const char *quantity_unit; /* what is dispensed: "tablet" "inhaler" */
  const char *schedule;      /* "II" … "V"; NULL */
  CrDecimal amount;          /* of amount_unit in one unit, single ingredients only; absent = not known */
  const char *amount_unit;   /* "mg"; NULL */
  const char *const *ingredients; /* keys */
  const char *const *classes;     /* keys of all its ingredients' classes */
  const GPtrArray *lines;         /* const CrDrugLine *, most usual first */
  CrOrigin origin;
};

const CrDrug *cr_knowledge_drug (const CrKnowledge *k, const char *id); /* NULL when not there */
const CrDrugClass *cr_knowledge_class (const CrKnowledge *k, const char *key);
const CrIngredient *cr_knowledge_ingredient (const CrKnowledge *k, const char *key);
const GPtrArray *cr_knowledge_drugs (const CrKnowledge *k); /* const CrDrug *, by name; NULL for NULL */
/* Generic or brand, beginnings of words first, case ignored; at most limit rows of const CrDrug *, never
 * NULL. total: how many there are. */
GPtrArray *cr_drug_search (const CrKnowledge *k, const char *typed, guint limit, guint *total);
char *cr_drug_display (const CrDrug *drug);    /* "amLODIPine 5 mg tablet": CrPrescription.display */
char *cr_drug_with_brand (const CrDrug *drug); /* "amLODIPine (Norvasc) 5 mg tablet" */
char *cr_drug_classes_text (const CrKnowledge *k, const CrDrug *drug); /* "ACE inhibitor"; "" */
/* "looks like aMILoride (diuretic)"; NULL when no look-alike is known. */
char *cr_drug_looks_like (const CrKnowledge *k, const CrDrug *drug);

/* Ingredient keys meant by a code and a display.  coded: the answer is complete, so a check may pass; else
 * names were only recognised in free text and a check can find but never pass.  Free with g_ptr_array_unref.
 */
GPtrArray *cr_knowledge_ingredients_of (const CrKnowledge *k, const char *code, const char *display,
                                        gboolean *coded);

typedef struct {
  const char *code;     /* CrAllergy.code: ingredient or class key, or a substance of its own ("latex") */
  const char *display;  /* "penicillin (class)" */
  const char *category; /* "medication" "food" "environment" */
  gboolean is_class;
  const char *const *synonyms;
  CrOrigin origin;
} CrAllergen;
const CrAllergen *cr_knowledge_allergen (const CrKnowledge *k, const char *code);
/* By the whole name of an imported record: "Allergy to penicillin", "Latex (substance)"; NULL when unsure. */
const CrAllergen *cr_knowledge_allergen_named (const CrKnowledge *k, const char *name);
GPtrArray *cr_allergen_search (const CrKnowledge *k, const char *typed, guint limit, guint *total);

typedef struct {
  const char *display; /* "anaphylaxis" */
  gboolean severe;     /* of itself: stops */
  CrOrigin origin;
} CrReaction;
const GPtrArray *cr_knowledge_reactions (const CrKnowledge *k); /* const CrReaction *; NULL for NULL */
/* The text names a reaction that is severe of itself. */
gboolean cr_knowledge_is_severe (const CrKnowledge *k, const char *reactions);

typedef struct {
  const char *code;    /* ICD-10-CM with point: "E11.9" */
  const char *display; /* "Type 2 diabetes mellitus" */
  const char *const *synonyms;
  CrOrigin origin;
} CrProblemTerm;
const CrProblemTerm *cr_knowledge_problem (const CrKnowledge *k, const char *code);
GPtrArray *cr_problem_search (const CrKnowledge *k, const char *typed, guint limit, guint *total);

typedef struct {
  const char *key;          /* "a1c" */
  const char *display;      /* "A1c" */
  const char *const *codes; /* LOINC, usual one first */
  const char *unit;
  const char *const *problems; /* ICD-10-CM beginnings that make it key; empty = for everybody */
  CrOrigin origin;
} CrKeyResult;
const GPtrArray *
cr_knowledge_key_results (const CrKnowledge *k); /* const CrKeyResult *, in order; NULL for NULL */
const CrKeyResult *cr_knowledge_key_result (const CrKnowledge *k, const char *loinc);
/* problems: CrProblem; NULL = none known. */
gboolean cr_key_result_applies (const CrKeyResult *result, const GPtrArray *problems);

/* A text that has to go with what is sent; "sensitive", "part2", "fax". */
typedef struct {
  const char *key, *text;
  CrOrigin origin;
} CrNotice;
const CrNotice *cr_knowledge_notice (const CrKnowledge *k, const char *key); /* NULL: none */
