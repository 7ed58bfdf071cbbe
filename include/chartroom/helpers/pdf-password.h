/* A PDF that asks for a password: AES-256, by qpdf in a child program. */
#pragma once
#include "chartroom/base/error.h"

#define CR_PDF_PASSWORD_MIN 8                         /* characters */
char *cr_pdf_password_problem (const char *password); /* sentence; NULL: good enough */
/* The bytes go through memory, the password through the child's standard input: neither touches a disk, a
 * command line or the environment.  NOT_FOUND when qpdf is not installed. */
GBytes *cr_pdf_with_password (GBytes *pdf, const char *password, GError **error);
