/* The audit, newest first, and a check of its chain (UX 3.12). */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_AUDIT_WINDOW (cr_audit_window_get_type ())
G_DECLARE_FINAL_TYPE (CrAuditWindow, cr_audit_window, CR, AUDIT_WINDOW, GtkWindow)
void cr_audit_window_present (CrWindow *window);
