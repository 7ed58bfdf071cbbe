#include "chartroom/domain/encounter.h"
#include "canonical.h"
#include "chartroom/base/text.h"
#include "fields.h"
#include <glib/gi18n.h>
#include <string.h>

const char *const CR_NOTE_STATUS_CODES[] = { "draft", "signed", "entered-in-error", "imported", NULL };

static const CrField NOTE_FIELDS[] = {
  CR_FIELDS_HEAD (CrNote),
  CR_FIELD (CrNote, ID, patient_id),
  CR_FIELD (CrNote, ID, encounter_id),
  CR_FIELD (CrNote, ID, author_id),
  CR_FIELD (CrNote, TEXT, title),
  CR_FIELD_CODED (CrNote, status, CR_NOTE_STATUS_CODES),
  CR_FIELD (CrNote, DATE, date),
  CR_FIELD (CrNote, TEXT, reason),
  CR_FIELD (CrNote, TEXT, subjective),
  CR_FIELD (CrNote, TEXT, objective),
  CR_FIELD (CrNote, TEXT, assessment_plan),
  CR_FIELD (CrNote, TEXT, vitals),
  CR_FIELD (CrNote, INSTANT, saved_at),
  CR_FIELD (CrNote, INSTANT, signed_at),
  CR_FIELD (CrNote, TEXT, signed_name),
  CR_FIELD (CrNote, TEXT, hash),
  CR_FIELD (CrNote, TEXT, signature),
  CR_FIELD (CrNote, TEXT, public_key),
  CR_FIELD (CrNote, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_NOTE, CrNote, "note", NOTE_FIELDS, TRUE)

static const CrField ADDENDUM_FIELDS[] = {
  CR_FIELDS_HEAD (CrAddendum),
  CR_FIELD (CrAddendum, ID, patient_id),
  CR_FIELD (CrAddendum, ID, note_id),
  CR_FIELD (CrAddendum, ID, author_id),
  CR_FIELD_CODED (CrAddendum, status, CR_NOTE_STATUS_CODES),
  CR_FIELD (CrAddendum, TEXT, text),
  CR_FIELD (CrAddendum, INSTANT, saved_at),
  CR_FIELD (CrAddendum, INSTANT, signed_at),
  CR_FIELD (CrAddendum, TEXT, signed_name),
  CR_FIELD (CrAddendum, TEXT, hash),
  CR_FIELD (CrAddendum, TEXT, signature),
  CR_FIELD (CrAddendum, TEXT, public_key),
};
CR_DEFINE_RECORD (CR_ADDENDUM, CrAddendum, "addendum", ADDENDUM_FIELDS, TRUE)

/* What the author vouches for.  Status, links set later and the signature itself are not in it. */
static const char *const NOTE_LAYOUT[] = {
  "id",         "patient_id", "encounter_id",    "author_id", "title",     "date",        "reason",
  "subjective", "objective",  "assessment_plan", "vitals",    "signed_at", "signed_name", NULL
};
static const char *const ADDENDUM_LAYOUT[] = { "id",   "patient_id", "note_id",     "author_id",
                                               "text", "signed_at",  "signed_name", NULL };

static gboolean
is_blank (const char *text)
{
  g_autofree char *trimmed = cr_text_trim (text);
  return cr_str_empty (trimmed);
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;
  for (const char *p = text; p != NULL && (p = strstr (p, what)) != NULL; p += strlen (what))
    n++;
  return n;
}

/* Fields of a template that nobody filled in: "***" and choices "[[a|b]]"; optional text "[[?" may stay. */
static guint
unfilled_fields (const CrNote *note)
{
  const char *texts[] = { note->reason, note->subjective, note->objective, note->assessment_plan };
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    n += count (texts[i], "***") + count (texts[i], "[[") - count (texts[i], "[[?");
  return n;
}

static void
add_unfilled (GPtrArray *items, guint n)
{
  if (n > 0)
    g_ptr_array_add (
        items, g_strdup_printf (
                   ngettext ("%u field is not filled in yet.", "%u fields are not filled in yet.", n), n));
}

GBytes *
cr_note_canonical (const CrNote *note)
{
  return cr_canonical_bytes ("chartroom note 1", &CR_NOTE, note, NOTE_LAYOUT);
}

GBytes *
cr_addendum_canonical (const CrAddendum *addendum)
{
  return cr_canonical_bytes ("chartroom addendum 1", &CR_ADDENDUM, addendum, ADDENDUM_LAYOUT);
}

GPtrArray *
cr_note_open_items (const CrNote *note)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);
  if (cr_note_is_empty (note)) {
    g_ptr_array_add (items, g_strdup (_ ("The note is empty.")));
    return items;
  }
  if (is_blank (note->title))
    g_ptr_array_add (items, g_strdup (_ ("The note has no title.")));
  if (is_blank (note->reason))
    g_ptr_array_add (items, g_strdup (_ ("The reason for the visit is empty.")));
  if (is_blank (note->assessment_plan))
    g_ptr_array_add (items, g_strdup (_ ("Assessment and plan is empty.")));
  add_unfilled (items, unfilled_fields (note));
  return items;
}

gboolean
cr_note_is_empty (const CrNote *note)
{
  return is_blank (note->reason) && is_blank (note->subjective) && is_blank (note->objective) &&
         is_blank (note->assessment_plan);
}

gboolean
cr_note_has_unfilled_fields (const CrNote *note)
{
  return unfilled_fields (note) > 0;
}
