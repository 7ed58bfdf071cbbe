#include "line-fields.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/domain/patient-rules.h"
#include <glib/gi18n.h>
#include <string.h>

#define QUIET "no voice mail" /* in the note of a contact point */
#define ON(kind) (1u << (kind))
#define CONTACT ON (CR_LINE_CONTACT)
#define RELATIVE ON (CR_LINE_RELATIVE)
#define COVERAGE ON (CR_LINE_COVERAGE)
#define CONSENT ON (CR_LINE_CONSENT)

const CrLineField CR_LINE_FIELDS[CR_LINE_N_FIELDS] = {
  [CR_LINE_F_WAY] = { "way", NULL, CR_LINE_WAY, CONTACT },
  [CR_LINE_F_VALUE] = { "value", "value", CR_LINE_VALUE, CONTACT },
  [CR_LINE_F_QUIET] = { "quiet", NULL, CR_LINE_QUIET, CONTACT },
  [CR_LINE_F_NOTE] = { "note", "note", CR_LINE_TEXT, CONTACT | CONSENT },
  [CR_LINE_F_RELATIONSHIP] = { "relationship", "relationship", CR_LINE_TEXT, RELATIVE | COVERAGE },
  [CR_LINE_F_NAME] = { "name", "name", CR_LINE_NAME, RELATIVE },
  [CR_LINE_F_PHONE] = { "phone", "phone", CR_LINE_PHONE, RELATIVE },
  [CR_LINE_F_ADDRESS] = { "address", "address", CR_LINE_TEXT, RELATIVE },
  [CR_LINE_F_NEXT_OF_KIN] = { "next-of-kin", "next_of_kin", CR_LINE_TICK, RELATIVE },
  [CR_LINE_F_EMERGENCY] = { "emergency", "emergency", CR_LINE_TICK, RELATIVE },
  [CR_LINE_F_GUARANTOR] = { "guarantor", "guarantor", CR_LINE_TICK, RELATIVE },
  [CR_LINE_F_PROXY] = { "proxy", "proxy", CR_LINE_TICK, RELATIVE },
  [CR_LINE_F_PATIENT] = { "patient", "other_patient_id", CR_LINE_CODE, RELATIVE },
  [CR_LINE_F_RANK] = { "rank", "rank", CR_LINE_CODE, COVERAGE },
  [CR_LINE_F_PAYER] = { "payer", "payer", CR_LINE_TEXT, COVERAGE },
  [CR_LINE_F_PLAN] = { "plan", "plan", CR_LINE_TEXT, COVERAGE },
  [CR_LINE_F_MEMBER_ID] = { "member-id", "member_id", CR_LINE_TEXT, COVERAGE },
  [CR_LINE_F_GROUP_ID] = { "group-id", "group_id", CR_LINE_TEXT, COVERAGE },
  [CR_LINE_F_SUBSCRIBER] = { "subscriber", "subscriber", CR_LINE_NAME, COVERAGE },
  [CR_LINE_F_VALID_FROM] = { "valid-from", "valid_from", CR_LINE_DATE, COVERAGE },
  [CR_LINE_F_VALID_TO] = { "valid-to", "valid_to", CR_LINE_DATE, COVERAGE },
  [CR_LINE_F_KIND] = { "kind", "kind", CR_LINE_CODE, CONSENT },
  [CR_LINE_F_STATUS] = { "status", "status", CR_LINE_CODE, CONSENT },
  [CR_LINE_F_GIVEN_ON] = { "given-on", "given_on", CR_LINE_DATE, CONSENT },
  [CR_LINE_F_EXPIRES_ON] = { "expires-on", "expires_on", CR_LINE_DATE, CONSENT },
};

/* Ways to reach somebody, as system and use of a contact point. */
static const struct {
  const char *way, *system, *use;
} WAYS[] = {
  { "mobile", "phone", "mobile" }, { "home", "phone", "home" }, { "work", "phone", "work" },
  { "fax", "fax", NULL },          { "email", "email", NULL },  { "phone", "phone", NULL },
};

gboolean
cr_line_has (CrLineKind kind, CrLineFieldId field)
{
  return (CR_LINE_FIELDS[field].kinds & ON (kind)) != 0;
}

int
cr_line_field_of (CrLineKind kind, const char *property)
{
  for (int i = 0; i < CR_LINE_N_FIELDS; i++)
    if (cr_line_has (kind, i) && g_strcmp0 (CR_LINE_FIELDS[i].property, property) == 0)
      return i;
  return -1;
}

const CrRecordClass *
cr_line_class (CrLineKind kind)
{
  static const CrRecordClass *const CLASSES[] = {
    [CR_LINE_CONTACT] = &CR_CONTACT_POINT,
    [CR_LINE_RELATIVE] = &CR_RELATED_PERSON,
    [CR_LINE_COVERAGE] = &CR_COVERAGE,
    [CR_LINE_CONSENT] = &CR_CONSENT,
  };
  return CLASSES[kind];
}

const char *
cr_line_first_text (CrLineFieldId field)
{
  return field == CR_LINE_F_WAY ? "mobile" : field == CR_LINE_F_STATUS ? "active" : "";
}

static gboolean
is_blank (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  return cr_str_empty (trimmed);
}

static gboolean
is_email (char *const *typed)
{
  return g_str_equal (typed[CR_LINE_F_WAY], "email");
}

/* ---- from the record ---- */

static char *
way_of (const CrContactPoint *point)
{
  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++)
    if (g_strcmp0 (point->system, WAYS[i].system) == 0 &&
        (WAYS[i].use == NULL || g_strcmp0 (point->use, WAYS[i].use) == 0))
      return g_strdup (WAYS[i].way);
  return g_strdup ("phone");
}

/* The note without what the tick says. */
static char *
note_of (const CrContactPoint *point)
{
  if (point->note == NULL || !g_str_has_prefix (point->note, QUIET))
    return g_strdup (point->note != NULL ? point->note : "");
  const char *rest = point->note + strlen (QUIET);
  return g_strdup (rest + strspn (rest, "; "));
}

static char *
plain_text_of (CrLineKind kind, gconstpointer record, const CrLineField *field)
{
  char *text = cr_field_to_text (cr_record_field (cr_line_class (kind), field->column), record);
  return text != NULL ? text : g_strdup ("");
}

/* As it may be typed, whatever the display preference. */
static char *
date_text_of (CrLineKind kind, gconstpointer record, const CrLineField *field)
{
  g_autofree char *iso = plain_text_of (kind, record, field);
  CrDate date = CR_DATE_NONE;
  if (!cr_date_from_iso (iso, &date) || !cr_date_is_set (date))
    return g_strdup ("");
  return cr_date_is_full (date) ? g_steal_pointer (&iso) : cr_date_format (date);
}

static char *
number_text_of (const char *text, gboolean phone)
{
  g_autofree char *normal = phone && !cr_str_empty (text) ? cr_phone_normal (text) : NULL;
  return normal != NULL ? cr_phone_format (normal) : g_strdup (text != NULL ? text : "");
}

char *
cr_line_text_of (CrLineKind kind, gconstpointer record, CrLineFieldId id)
{
  const CrLineField *field = &CR_LINE_FIELDS[id];
  const CrContactPoint *point = record;
  switch (field->type) {
  case CR_LINE_WAY:
    return way_of (point);
  case CR_LINE_VALUE:
    return number_text_of (point->value, g_strcmp0 (point->system, "email") != 0);
  case CR_LINE_QUIET:
    return g_strdup (cr_note_no_voice_mail (point->note) ? "1" : "");
  case CR_LINE_PHONE:
    return number_text_of (((const CrRelatedPerson *)record)->phone, TRUE);
  case CR_LINE_DATE:
    return date_text_of (kind, record, field);
  case CR_LINE_TICK: {
    g_autofree char *text = plain_text_of (kind, record, field);
    return g_strdup (g_str_equal (text, "true") ? "1" : "");
  }
  default:
    return kind == CR_LINE_CONTACT && id == CR_LINE_F_NOTE ? note_of (point)
                                                           : plain_text_of (kind, record, field);
  }
}

/* ---- to the record ---- */

static void
take (char **field, char *text)
{
  g_free (*field);
  *field = cr_str_empty (text) ? NULL : g_strdup (text);
  g_free (text);
}

/* A use that has no word of its own here stays as it was. */
static void
apply_way (CrContactPoint *point, const char *way)
{
  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++) {
    if (!g_str_equal (way, WAYS[i].way))
      continue;
    g_free (point->system);
    point->system = g_strdup (WAYS[i].system);
    take (&point->use, g_strdup (WAYS[i].use));
  }
}

static void
apply_note (CrContactPoint *point, char *const *typed)
{
  g_autofree char *note = cr_text_trim (typed[CR_LINE_F_NOTE]);
  gboolean quiet = *typed[CR_LINE_F_QUIET] != '\0' && !cr_note_no_voice_mail (note);
  if (!quiet)
    take (&point->note, g_strdup (note));
  else
    take (&point->note, cr_str_empty (note) ? g_strdup (QUIET) : g_strconcat (QUIET "; ", note, NULL));
}

static gboolean
read_date (const char *typed, CrDate today, gboolean future, CrDateReading *out, GError **error)
{
  return cr_date_parse (typed, today, future ? CR_DATE_FUTURE : CR_DATE_PAST, CR_DATE_NONE, out, error);
}

static gboolean
looks_ahead (CrLineFieldId id)
{
  return id == CR_LINE_F_VALID_TO || id == CR_LINE_F_EXPIRES_ON;
}

static void
apply_plain (CrLineKind kind, gpointer record, const CrLineField *field, const char *text)
{
  cr_field_set_text (cr_record_field (cr_line_class (kind), field->column), record,
                     cr_str_empty (text) ? NULL : text);
}

void
cr_line_apply (CrLineKind kind, gpointer record, CrLineFieldId id, char *const *typed, CrDate today)
{
  const CrLineField *field = &CR_LINE_FIELDS[id];
  g_autofree char *text = cr_text_trim (typed[id]);
  CrContactPoint *point = record;
  CrDateReading reading = { CR_DATE_NONE, CR_DATE_NONE, FALSE };
  switch (field->type) {
  case CR_LINE_WAY:
    apply_way (point, text);
    break;
  case CR_LINE_VALUE:
    take (&point->value, is_email (typed) ? g_strdup (text) : cr_phone_normal (text));
    break;
  case CR_LINE_PHONE:
    take (&((CrRelatedPerson *)record)->phone, cr_phone_normal (text));
    break;
  case CR_LINE_DATE: {
    g_autofree char *iso = NULL;
    if (!cr_str_empty (text))
      read_date (text, today, looks_ahead (id), &reading, NULL);
    iso = cr_date_to_iso (reading.date);
    apply_plain (kind, record, field, iso);
    break;
  }
  case CR_LINE_TICK:
    apply_plain (kind, record, field, cr_str_empty (text) ? "false" : "true");
    break;
  case CR_LINE_QUIET:
    apply_note (point, typed);
    break;
  default:
    if (kind == CR_LINE_CONTACT && id == CR_LINE_F_NOTE)
      apply_note (point, typed);
    else
      apply_plain (kind, record, field, text);
  }
}

/* ---- rules ---- */

gboolean
cr_line_is_blank (CrLineKind kind, char *const *typed)
{
  for (int i = 0; i < CR_LINE_N_FIELDS; i++) {
    CrLineType type = CR_LINE_FIELDS[i].type;
    gboolean by_itself = type == CR_LINE_TICK || type == CR_LINE_WAY || type == CR_LINE_QUIET ||
                         i == CR_LINE_F_RANK || i == CR_LINE_F_STATUS;
    if (cr_line_has (kind, i) && !by_itself && !is_blank (typed[i]))
      return FALSE;
  }
  return TRUE;
}

static char *
value_problem (char *const *typed)
{
  const char *value = typed[CR_LINE_F_VALUE];
  if (is_blank (value))
    return g_strdup (is_email (typed) ? _ ("Enter the email address, or remove this line.")
                                      : _ ("Enter the number, or remove this line."));
  return is_email (typed) ? cr_email_problem (value) : cr_phone_problem (value);
}

static char *
plain_problem (const char *typed)
{
  return cr_text_is_clean (typed) && !cr_text_has_turns (typed)
             ? NULL
             : g_strdup (_ ("This contains characters that cannot be printed."));
}

/* Absent: blank or not a day. */
static CrDate
day_of (char *const *typed, CrLineFieldId id, CrDate today)
{
  CrDateReading reading = { CR_DATE_NONE, CR_DATE_NONE, FALSE };
  if (!is_blank (typed[id]))
    read_date (typed[id], today, looks_ahead (id), &reading, NULL);
  return cr_date_is_full (reading.date) ? reading.date : CR_DATE_NONE;
}

static gboolean
is_before (CrDate a, CrDate b)
{
  return cr_date_is_set (a) && cr_date_is_set (b) && cr_date_compare (a, b) < 0;
}

static char *
date_problem (char *const *typed, CrLineFieldId id, CrDate today)
{
  g_autoptr (GError) error = NULL;
  CrDateReading reading;
  if (is_blank (typed[id]))
    return NULL;
  if (!read_date (typed[id], today, looks_ahead (id), &reading, &error))
    return g_strdup (error->message);
  if (cr_date_is_set (reading.other) || reading.unknown || !cr_date_is_full (reading.date))
    return g_strdup (_ ("Enter day, month and year, or leave it empty."));
  if (id == CR_LINE_F_GIVEN_ON && is_before (today, reading.date))
    return g_strdup (_ ("That day lies in the future. Correct it."));
  if (id == CR_LINE_F_EXPIRES_ON && is_before (reading.date, day_of (typed, CR_LINE_F_GIVEN_ON, today)))
    return g_strdup (_ ("It would end before it was given. Correct one of the two."));
  if (id == CR_LINE_F_VALID_TO && is_before (reading.date, day_of (typed, CR_LINE_F_VALID_FROM, today)))
    return g_strdup (_ ("It would end before it begins. Correct one of the two."));
  return NULL;
}

static char *
special_problem (char *const *typed, CrLineFieldId id)
{
  if (id == CR_LINE_F_MEMBER_ID && is_blank (typed[id]) && !is_blank (typed[CR_LINE_F_PAYER]))
    return g_strdup (_ ("Enter the number on the insurance card."));
  if (id == CR_LINE_F_PAYER && is_blank (typed[id]) && is_blank (typed[CR_LINE_F_MEMBER_ID]))
    return g_strdup (_ ("Name the insurance, or remove it."));
  if (id == CR_LINE_F_KIND && is_blank (typed[id]))
    return g_strdup (_ ("Choose what the consent is for."));
  return plain_problem (typed[id]);
}

char *
cr_line_problem (CrLineKind kind, char *const *typed, CrLineFieldId id, CrDate today)
{
  if (!cr_line_has (kind, id) || cr_line_is_blank (kind, typed))
    return NULL;
  switch (CR_LINE_FIELDS[id].type) {
  case CR_LINE_VALUE:
    return value_problem (typed);
  case CR_LINE_NAME:
    return cr_name_problem (typed[id]);
  case CR_LINE_PHONE:
    return cr_phone_problem (typed[id]);
  case CR_LINE_DATE:
    return date_problem (typed, id, today);
  default:
    return special_problem (typed, id);
  }
}

static char *
value_question (char *const *typed, const char *practice_phone)
{
  const char *value = typed[CR_LINE_F_VALUE];
  return is_email (typed) ? cr_email_question (value) : cr_phone_question (value, practice_phone);
}

/* An end that has passed already takes the line away with the saving. */
static char *
date_question (char *const *typed, CrLineFieldId id, CrDate today)
{
  CrDate day = day_of (typed, id, today);
  if (id == CR_LINE_F_VALID_TO && cr_date_is_set (day) && cr_date_compare (day, today) <= 0)
    return g_strdup (_ ("That day has come: it counts as ended once it is saved."));
  if (id == CR_LINE_F_GIVEN_ON && is_blank (typed[id]) && g_str_equal (typed[CR_LINE_F_STATUS], "active"))
    return g_strdup (_ ("When was it given?"));
  return NULL;
}

static char *
note_question (CrLineKind kind, char *const *typed)
{
  gboolean says = kind == CR_LINE_CONTACT && cr_note_no_voice_mail (typed[CR_LINE_F_NOTE]);
  return says && *typed[CR_LINE_F_QUIET] == '\0'
             ? g_strdup (_ ("These words forbid voice mail. They hold until they are taken out."))
             : NULL;
}

char *
cr_line_question (CrLineKind kind, char *const *typed, CrLineFieldId id, CrDate today,
                  const char *practice_phone)
{
  if (!cr_line_has (kind, id) || cr_line_is_blank (kind, typed))
    return NULL;
  switch (CR_LINE_FIELDS[id].type) {
  case CR_LINE_VALUE:
    return value_question (typed, practice_phone);
  case CR_LINE_NAME:
    if (id == CR_LINE_F_NAME && is_blank (typed[id]))
      return g_strdup (is_blank (typed[CR_LINE_F_PHONE]) ? _ ("Who is this?") : _ ("Whose number is this?"));
    return cr_name_question (typed[id]);
  case CR_LINE_PHONE:
    return cr_phone_question (typed[id], practice_phone);
  case CR_LINE_DATE:
    return date_question (typed, id, today);
  case CR_LINE_TEXT:
    return id == CR_LINE_F_NOTE ? note_question (kind, typed) : NULL;
  default:
    return NULL;
  }
}

char *
cr_line_offer (CrLineKind kind, char *const *typed, CrLineFieldId id)
{
  if (CR_LINE_FIELDS[id].type == CR_LINE_NAME)
    return cr_name_offer (typed[id]);
  return id == CR_LINE_F_VALUE && is_email (typed) ? cr_email_offer (typed[id]) : NULL;
}
