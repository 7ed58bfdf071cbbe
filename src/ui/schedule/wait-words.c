#include "src/ui/schedule/wait-words.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

char *
cr_wait_what (const CrWaitItem *item)
{
  return g_strdup_printf (_ ("%s, %d minutes, %s"), item->type_name != NULL ? item->type_name : "",
                          item->minutes, item->clinician != NULL ? item->clinician : _ ("any clinician"));
}

static void
add_part (GString *text, const char *part)
{
  if (!cr_str_empty (part))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

char *
cr_wait_detail (const CrWaitItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *times = cr_wait_entry_times (item->entry);
  if (item->entry->priority == CR_WAIT_URGENT || item->entry->priority == CR_WAIT_HIGH)
    add_part (text, item->entry->priority == CR_WAIT_URGENT ? _ ("▲ Urgent") : _ ("High priority"));
  if (item->expired)
    add_part (text, _ ("▲ The last day has passed"));
  add_part (text, *times != '\0' ? times : _ ("any time"));
  if (item->interim != NULL) {
    g_autofree char *where =
        cr_visit_place_words (item->interim->date, (int)item->interim->start_min, item->interim_with);
    g_autofree char *meanwhile = g_strdup_printf (_ ("meanwhile %s"), where);
    add_part (text, meanwhile);
  }
  add_part (text, item->entry->reason);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cr_wait_outcome (const CrWaitItem *item)
{
  if (item->entry->status == CR_WAIT_BOOKED)
    return item->got != NULL ? g_strdup_printf (_ ("Booked %s"), item->got) : g_strdup (_ ("Booked"));
  return cr_str_empty (item->entry->closed_how)
             ? g_strdup (_ ("Taken off"))
             : g_strdup_printf (_ ("Taken off: %s"), item->entry->closed_how);
}

char *
cr_wait_since (CrSession *session, const CrWaitItem *item)
{
  CrDate day = cr_clock_date_of (cr_session_get_clock (session), item->entry->added_at);
  g_autofree char *text = cr_date_format (day);
  return g_strdup_printf (_ ("since %s"), text);
}
