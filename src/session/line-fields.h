/* The fields of the lines that hang on a patient: which kind has which, where they lie in its record, and
 * what the rules say of them. */
#pragma once
#include "chartroom/domain/patient.h"
#include "chartroom/session/patient-line.h"

typedef enum {
  CR_LINE_TEXT,
  CR_LINE_NAME,
  CR_LINE_PHONE,
  CR_LINE_DATE,
  CR_LINE_CODE,  /* a code of the record, or a number */
  CR_LINE_TICK,  /* a boolean of the record */
  CR_LINE_WAY,   /* system and use of a contact point */
  CR_LINE_VALUE, /* number or address, by the way */
  CR_LINE_QUIET  /* said in the note */
} CrLineType;

typedef enum {
  CR_LINE_F_WAY,
  CR_LINE_F_VALUE,
  CR_LINE_F_QUIET,
  CR_LINE_F_NOTE,
  CR_LINE_F_RELATIONSHIP,
  CR_LINE_F_NAME,
  CR_LINE_F_PHONE,
  CR_LINE_F_ADDRESS,
  CR_LINE_F_NEXT_OF_KIN,
  CR_LINE_F_EMERGENCY,
  CR_LINE_F_GUARANTOR,
  CR_LINE_F_PROXY,
  CR_LINE_F_PATIENT,
  CR_LINE_F_RANK,
  CR_LINE_F_PAYER,
  CR_LINE_F_PLAN,
  CR_LINE_F_MEMBER_ID,
  CR_LINE_F_GROUP_ID,
  CR_LINE_F_SUBSCRIBER,
  CR_LINE_F_VALID_FROM,
  CR_LINE_F_VALID_TO,
  CR_LINE_F_KIND,
  CR_LINE_F_STATUS,
  CR_LINE_F_GIVEN_ON,
  CR_LINE_F_EXPIRES_ON,
  CR_LINE_N_FIELDS
} CrLineFieldId;

typedef struct {
  const char *property, *column; /* column: NULL for what lies in several */
  CrLineType type;
  guint kinds; /* bits of CrLineKind */
} CrLineField;
extern const CrLineField CR_LINE_FIELDS[CR_LINE_N_FIELDS];
int cr_line_field_of (CrLineKind kind, const char *property); /* −1: not of this kind */
gboolean cr_line_has (CrLineKind kind, CrLineFieldId field);

const CrRecordClass *cr_line_class (CrLineKind kind);
const char *cr_line_first_text (CrLineFieldId field); /* of a new line: "mobile", "active"; else "" */
char *cr_line_text_of (CrLineKind kind, gconstpointer record, CrLineFieldId field);
/* Into the record: one field as typed, which has no problem. */
void cr_line_apply (CrLineKind kind, gpointer record, CrLineFieldId field, char *const *typed, CrDate today);

/* Nothing but what a new line has by itself; ticks are nothing by themselves. */
gboolean cr_line_is_blank (CrLineKind kind, char *const *typed);
/* New sentences or NULL; a blank line has no problem here. */
char *cr_line_problem (CrLineKind kind, char *const *typed, CrLineFieldId field, CrDate today);
char *cr_line_question (CrLineKind kind, char *const *typed, CrLineFieldId field, CrDate today,
                        const char *practice_phone);
char *cr_line_offer (CrLineKind kind, char *const *typed, CrLineFieldId field);
