/* The sheet with the recovery code (UX 3.2): the only place where the code is ever written. */
#pragma once
#include "chartroom/render/paper.h"

typedef struct {
  const char *practice; /* name */
  const char *folder;   /* name of the practice's folder, without its path */
  const char *code;     /* groups joined by hyphens, as the vault gives it */
  const char *by;       /* administrator who made it */
  CrDate on;
} CrRecoverySheetContent;

/* Secret: free soon, and overwrite the PDF's bytes after use. */
CrPaper *cr_recovery_sheet (const CrRecoverySheetContent *content);
