/* The words of an XHTML or HTML fragment, for narratives and reports.  Not a browser: tags fall away, blocks
 * become lines, cells are parted by tabs, scripts and styles are dropped. */
#pragma once
#include <glib.h>

/* New string, trimmed; "" when there are no words.  html: valid UTF-8. */
char *plain_text_from_html (const char *html);
