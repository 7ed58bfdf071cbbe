/* What the help says, a topic for each page and each window of the program.  In the texts a key stands
 * between ‹ and ›, a step begins with a number, and a blank line ends a paragraph. */
#pragma once
#include "src/ui/shell/window.h"

typedef struct {
  const char *title, *text; /* untranslated */
  int page;                 /* CrPageId; −1: none */
  const char *window;       /* name of the class of the window it is about; NULL: none */
  const char
      *where[6]; /* NULL-terminated: places of the shortcuts that act there, untranslated; NULL: none */
} CrHelpTopic;

guint cr_help_count (void);
const CrHelpTopic *cr_help_topic (guint i);
guint cr_help_of_page (CrPageId page);
guint cr_help_of_window (const char *type_name);       /* of none of them: the first topic */
gboolean cr_help_matches (guint i, const char *words); /* each word in its title or text, folded */
