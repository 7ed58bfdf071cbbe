/* What is open in a note before it can be signed. */
#include "chartroom/domain/encounter.h"
#include "expect.h"

static const struct {
  const char *title, *reason, *subjective, *objective, *plan;
  const char *open; /* part of the only sentence; NULL = nothing open */
  gboolean empty, unfilled;
} CASES[] = {
  { "Follow-up", "BP check", "Feels well.", "BP 128/76", "Continue.", NULL, FALSE, FALSE },
  { "Follow-up", "BP check", NULL, NULL, "Continue.", NULL, FALSE, FALSE },
  { NULL, NULL, NULL, NULL, NULL, "note is empty", TRUE, FALSE },
  { "Follow-up", " ", "\n", "", "\t", "note is empty", TRUE, FALSE },
  { "", "BP check", NULL, NULL, "Continue.", "no title", FALSE, FALSE },
  { "Follow-up", NULL, "Feels well.", NULL, "Continue.", "reason for the visit", FALSE, FALSE },
  { "Follow-up", "BP check", "Feels well.", NULL, " ", "Assessment and plan", FALSE, FALSE },
  { "Follow-up", "BP check", "Heart ***", NULL, "Continue.", "1 field is not", FALSE, TRUE },
  { "Follow-up", "BP check", "Home [[a|b]]", "*** and ***", "See [[+x|y]].", "4 fields are not", FALSE,
    TRUE },
  { "Follow-up", "BP check", "[[?optional]]", NULL, "Continue.", NULL, FALSE, FALSE },
};

static void
test_open_items (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (CrNote) note = cr_note_new ();
    note->title = g_strdup (CASES[i].title);
    note->reason = g_strdup (CASES[i].reason);
    note->subjective = g_strdup (CASES[i].subjective);
    note->objective = g_strdup (CASES[i].objective);
    note->assessment_plan = g_strdup (CASES[i].plan);
    expect_one_sentence (cr_note_open_items (note), CASES[i].open);
    g_assert_true (cr_note_is_empty (note) == CASES[i].empty);
    g_assert_true (cr_note_has_unfilled_fields (note) == CASES[i].unfilled);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note/open-items", test_open_items);
  return g_test_run ();
}
