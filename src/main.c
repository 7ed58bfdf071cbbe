/* The desktop program: where its data lie, its language, and off it goes. */
#include "src/ui/shell/app.h"
#include "chartroom/vault/vault.h"
#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  /* CHARTROOM_DATA_DIR: a build tree's data/ before it is installed. */
  const char *own = g_getenv ("CHARTROOM_DATA_DIR");
  const char *dirs[] = { own != NULL ? own : CHARTROOM_DATADIR, CHARTROOM_DATADIR, NULL };
  const char *locale_dir = g_getenv ("CHARTROOM_LOCALE_DIR");
  cr_vault_harden_process ();
  (void)setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : CHARTROOM_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return cr_app_run (argc, argv, dirs);
}
