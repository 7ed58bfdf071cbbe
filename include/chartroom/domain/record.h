/* Records are plain structs; one field table per record drives reading, binding, copying, comparing,
 * the history's before/after, and the export.  A field is added in its struct, its table and its SQL. */
#pragma once
#include "chartroom/base/civil.h"
#include "chartroom/base/clock.h"
#include "chartroom/base/decimal.h"
#include "chartroom/base/ids.h"

typedef enum {
  CR_FIELD_ID,      /* CrId; CR_ID_NONE ↔ NULL */
  CR_FIELD_INT,     /* gint64; CR_INT_NONE ↔ NULL */
  CR_FIELD_BOOL,    /* gboolean; 0/1 */
  CR_FIELD_REAL,    /* double; NAN ↔ NULL.  Canonical values for sorting and plotting only */
  CR_FIELD_TEXT,    /* char *, owned; NULL ↔ NULL */
  CR_FIELD_DATE,    /* CrDate as ISO text; absent ↔ NULL */
  CR_FIELD_INSTANT, /* CrInstant as integer microseconds; 0 ↔ NULL */
  CR_FIELD_DECIMAL, /* CrDecimal as text; absent ↔ NULL */
  CR_FIELD_ENUM,    /* int; stored as the text codes[value] (FHIR code where there is one) */
} CrFieldType;
#define CR_INT_NONE G_MININT64

typedef struct {
  const char *name; /* column name */
  CrFieldType type;
  gsize offset;
  const char *const *codes; /* ENUM: NULL-terminated, index = value */
} CrField;

typedef struct {
  const char *name; /* table name, and the kind in history, audit and change notices */
  gsize size;
  const CrField *fields; /* [0] is id, [1] is version */
  guint n_fields;
  gboolean clinical; /* needs the right to read clinical records */
} CrRecordClass;

/* Every record starts so. */
typedef struct {
  CrId id;
  gint64 version; /* 0: not stored yet; raised by each store */
} CrRecord;

gpointer cr_record_new (const CrRecordClass *klass); /* ints CR_INT_NONE, reals NAN, all else zero; enums 0 */
gpointer cr_record_copy (const CrRecordClass *klass, gconstpointer record);
void cr_record_clear (const CrRecordClass *klass, gpointer record); /* frees the fields' contents */
void cr_record_free (const CrRecordClass *klass, gpointer record);
gboolean cr_record_equal (const CrRecordClass *klass, gconstpointer a,
                          gconstpointer b); /* all fields but version */
/* Canonical JSON object of all set fields in table order, for history: same record, same bytes.  Numbers and
 * booleans are bare; ids, decimals, dates and codes are strings (an id has more digits than a JSON double
 * keeps). */
char *cr_record_to_json (const CrRecordClass *klass, gconstpointer record);
/* Names of the fields that differ, version aside; NULL-terminated, free with g_strfreev. */
char **cr_record_diff (const CrRecordClass *klass, gconstpointer before, gconstpointer after);
const CrField *cr_record_field (const CrRecordClass *klass, const char *name);
/* The value in its stored form: ids, numbers and instants in decimal digits, "true" or "false", ISO dates,
 * codes.  Signed bytes are made of these texts, so they never change.  NULL when absent. */
char *cr_field_to_text (const CrField *field, gconstpointer record);
/* The inverse; NULL makes the field absent.  FALSE, and the field as it was, when the text does not fit the
 * type. */
gboolean cr_field_set_text (const CrField *field, gpointer record, const char *text);
int cr_code_index (const char *const *codes, const char *code); /* −1 when not there */

/* Declares CR_NAME_CLASS and cr_name_{new,copy,free} with autoptr. */
#define CR_DECLARE_RECORD(Type, CLASS, prefix)                                                               \
  extern const CrRecordClass CLASS;                                                                          \
  static inline Type *prefix##_new (void)                                                                    \
  {                                                                                                          \
    return (Type *)cr_record_new (&CLASS);                                                                   \
  }                                                                                                          \
  static inline Type *prefix##_copy (const Type *r)                                                          \
  {                                                                                                          \
    return (Type *)cr_record_copy (&CLASS, r);                                                               \
  }                                                                                                          \
  static inline void prefix##_free (Type *r)                                                                 \
  {                                                                                                          \
    if (r != NULL)                                                                                           \
      cr_record_free (&CLASS, r);                                                                            \
  }                                                                                                          \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, prefix##_free)
