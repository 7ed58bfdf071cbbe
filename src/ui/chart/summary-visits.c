/* Visits and notes in one list, newest first: a visit with its notes, and notes that belong to no visit. */
#include "src/ui/chart/line.h"
#include "src/ui/chart/summary-cards.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

typedef struct {
  const CrSummaryView *view;
  GHashTable *note_of; /* encounter id → const CrNote *, its newest note */
  GHashTable *visits;  /* encounter ids */
  GHashTable *addenda; /* note id → count */
} Index;

static void
count_addenda (Index *index)
{
  for (guint i = 0; i < index->view->records->addenda->len; i++) {
    const CrAddendum *a = index->view->records->addenda->pdata[i];
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (index->addenda, &a->note_id));
    if (a->status != CR_NOTE_ERROR)
      g_hash_table_insert (index->addenda, (gpointer)&a->note_id, GUINT_TO_POINTER (n + 1));
  }
}

static void
build_index (Index *index)
{
  const CrChartRecords *records = index->view->records;
  index->note_of = g_hash_table_new (g_int64_hash, g_int64_equal);
  index->visits = g_hash_table_new (g_int64_hash, g_int64_equal);
  index->addenda = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < records->encounters->len; i++)
    g_hash_table_add (index->visits, &((CrEncounter *)records->encounters->pdata[i])->id);
  for (guint i = records->notes->len; i > 0; i--) {
    CrNote *note = records->notes->pdata[i - 1];
    if (note->encounter_id != CR_ID_NONE && note->status != CR_NOTE_ERROR)
      g_hash_table_insert (index->note_of, &note->encounter_id, note);
  }
  count_addenda (index);
}

static void
clear_index (Index *index)
{
  g_hash_table_unref (index->note_of);
  g_hash_table_unref (index->visits);
  g_hash_table_unref (index->addenda);
}

static const char *
status_word (const CrNote *note)
{
  static const char *const WORDS[] = { [CR_NOTE_DRAFT] = N_ ("draft"),
                                       [CR_NOTE_SIGNED] = N_ ("signed"),
                                       [CR_NOTE_ERROR] = N_ ("entered in error"),
                                       [CR_NOTE_IMPORTED] = N_ ("imported") };
  return note != NULL ? _ (WORDS[CLAMP (note->status, 0, CR_NOTE_IMPORTED)]) : _ ("no note");
}

static void
add_line (CrCard *card, const Index *index, CrDate date, const char *title, CrId person, const CrNote *note,
          CrId id)
{
  const CrPerson *who = cr_chart_records_person (index->view->records, person);
  GtkWidget *line = cr_line_box (6), *day_label, *who_label;
  guint addenda = note != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (index->addenda, &note->id)) : 0;
  g_autofree char *day = cr_date_format (date);
  g_autofree char *name = who != NULL ? cr_person_short (who) : g_strdup ("");
  g_autofree char *more = addenda > 0 ? g_strdup_printf (" +%u", addenda) : g_strdup ("");
  g_autofree char *status = g_strdup_printf ("%s%s", status_word (note), more);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s, %s", day, title, name, status);
  day_label = cr_line_short (day, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (day_label), 10);
  cr_line_add (line, day_label, FALSE);
  cr_line_add (line, cr_line_text (title, "value"), TRUE);
  who_label = cr_line_short (name, "text-2");
  cr_line_add (line, who_label, FALSE);
  if (note != NULL && (note->status == CR_NOTE_DRAFT || note->status == CR_NOTE_SIGNED))
    cr_line_add (line,
                 cr_line_icon (note->status == CR_NOTE_DRAFT ? "cr-draft-symbolic" : "cr-signed-symbolic"),
                 FALSE);
  cr_line_add (line, cr_line_short (status, "caption"), FALSE);
  cr_card_add (card, line, spoken, id);
}

static void
add_visit (CrCard *card, const Index *index, const CrEncounter *e)
{
  const CrNote *note = g_hash_table_lookup (index->note_of, &e->id);
  g_autofree char *title =
      cr_str_empty (e->reason)
          ? g_strdup (e->kind != NULL ? e->kind : _ ("Visit"))
          : g_strdup_printf ("%s – %s", e->kind != NULL ? e->kind : _ ("Visit"), e->reason);
  add_line (card, index, e->date, title, e->person_id, note, note != NULL ? note->id : e->id);
}

static gboolean
is_loose (const Index *index, const CrNote *note)
{
  return note != NULL && note->status != CR_NOTE_ERROR &&
         !g_hash_table_contains (index->visits, &note->encounter_id);
}

/* Both lists come newest first; so does the merged one. */
static guint
add_merged (CrCard *card, const Index *index, guint rows)
{
  const GPtrArray *visits = index->view->records->encounters, *notes = index->view->records->notes;
  guint v = 0, n = 0, total = 0;
  while (v < visits->len || n < notes->len) {
    const CrEncounter *visit = v < visits->len ? visits->pdata[v] : NULL;
    const CrNote *note = n < notes->len ? notes->pdata[n] : NULL;
    gboolean note_first = visit == NULL || (note != NULL && cr_date_compare (note->date, visit->date) >= 0);
    if (note_first) {
      n++;
      if (!is_loose (index, note))
        continue;
      if (total++ < rows)
        add_line (card, index, note->date, note->title, note->author_id, note, note->id);
    } else {
      v++;
      if (g_strcmp0 (visit->status, "entered-in-error") != 0 && total++ < rows)
        add_visit (card, index, visit);
    }
  }
  return total;
}

void
cr_summary_fill_visits (CrCard *card, const CrSummaryView *view, guint rows)
{
  Index index = { .view = view };
  g_autofree char *count = NULL;
  guint total;
  cr_card_clear (card);
  build_index (&index);
  total = add_merged (card, &index, rows);
  clear_index (&index);
  count = g_strdup_printf ("%u", total);
  cr_card_set_count (card, count);
  if (total == 0)
    cr_card_add_empty (card, _ ("No visits or notes yet."));
  if (total > rows) {
    g_autofree char *text = g_strdup_printf (_ ("_More… (%u)"), total - rows);
    GtkWidget *more = cr_line_button (text, _ ("Shows the next twenty"));
    gtk_widget_add_css_class (more, "link-like");
    gtk_widget_set_halign (more, GTK_ALIGN_START);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (more), "summary.more-visits");
    cr_card_add_last (card, more);
  }
}
