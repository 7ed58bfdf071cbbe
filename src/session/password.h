/* A password on its way to the store: the copy is wiped when it has arrived. */
#pragma once
#include <glib.h>
#include <string.h>

static inline void
cr_password_free (char *password)
{
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
}
