/* Rows of a record's field table.  A column is named after its member unless said otherwise. */
#pragma once
#include "chartroom/domain/record.h"

#define CR_FIELD_AS(Type, KIND, member, column)                                                              \
  {                                                                                                          \
    column, CR_FIELD_##KIND, G_STRUCT_OFFSET (Type, member), NULL                                            \
  }
#define CR_FIELD(Type, KIND, member) CR_FIELD_AS (Type, KIND, member, #member)
#define CR_FIELD_CODED(Type, member, codes)                                                                  \
  {                                                                                                          \
#member, CR_FIELD_ENUM, G_STRUCT_OFFSET(Type, member), codes                                             \
  }

/* The two fields every record starts with. */
#define CR_FIELDS_HEAD(Type) CR_FIELD (Type, ID, id), CR_FIELD (Type, INT, version)

/* The class that a CR_DECLARE_RECORD announced; fields is an array. */
#define CR_DEFINE_RECORD(CLASS, Type, table, fields, clinical)                                               \
  const CrRecordClass CLASS = { table, sizeof (Type), fields, G_N_ELEMENTS (fields), clinical };

/* Directions inside a record, member `sig`. */
#define CR_FIELDS_SIG(Type)                                                                                  \
  CR_FIELD_AS (Type, TEXT, sig.action, "sig_action"), CR_FIELD_AS (Type, DECIMAL, sig.dose, "sig_dose"),     \
      CR_FIELD_AS (Type, DECIMAL, sig.dose_high, "sig_dose_high"),                                           \
      CR_FIELD_AS (Type, TEXT, sig.unit, "sig_unit"), CR_FIELD_AS (Type, TEXT, sig.route, "sig_route"),      \
      CR_FIELD_AS (Type, TEXT, sig.frequency, "sig_frequency"),                                              \
      CR_FIELD_AS (Type, TEXT, sig.timing, "sig_timing"),                                                    \
      CR_FIELD_AS (Type, BOOL, sig.as_needed, "sig_as_needed"),                                              \
      CR_FIELD_AS (Type, TEXT, sig.as_needed_for, "sig_as_needed_for"),                                      \
      CR_FIELD_AS (Type, INT, sig.max_per_day, "sig_max_per_day"),                                           \
      CR_FIELD_AS (Type, INT, sig.days, "sig_days"), CR_FIELD_AS (Type, TEXT, sig.other, "sig_other")
