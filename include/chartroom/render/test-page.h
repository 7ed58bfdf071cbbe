/* A page to try a printer with: whose letterhead, which paper, which edges it prints. */
#pragma once
#include "chartroom/render/imprint.h"

/* paper: "security paper"; printer: its name, NULL = not chosen yet.  New. */
CrPaper *cr_test_page (const CrImprint *imprint, const char *paper, const char *printer);
