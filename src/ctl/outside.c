/* What comes from outside while a command runs: signals, and a standard output that takes nothing. */
#include "src/ctl/outside.h"
#include "chartroom/base/error.h"
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t asked;

static void
ask (int number)
{
  asked = number;
}

void
ctl_fill_descriptors (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", O_RDONLY) != fd)
      _exit (1);
}

void
ctl_hold_signals (void)
{
  static const int HELD[] = { SIGINT, SIGTERM, SIGHUP };
  struct sigaction now, held = { .sa_handler = ask, .sa_flags = (int)(SA_RESTART | SA_RESETHAND) };
  for (guint i = 0; i < G_N_ELEMENTS (HELD); i++)
    if (sigaction (HELD[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
      sigaction (HELD[i], &held, NULL);
}

gboolean
ctl_go_on (GError **error)
{
  if (asked == 0)
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED,
                       _ ("Stopped as asked; nothing half made is left."));
  return FALSE;
}

gboolean
ctl_printed (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_IO,
      _ ("The command was done, but what it prints could not be written. Make room where the "
         "output goes, or send it elsewhere."));
  return FALSE;
}

char *
ctl_one_line (const char *text)
{
  GString *line = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069); /* the order of writing */
    gboolean breaks = c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029;
    g_string_append_unichar (line, breaks ? ' ' : turns || g_unichar_iscntrl (c) ? 0xfffd : c);
  }
  return g_string_free (line, FALSE);
}

void
ctl_say (const char *before, const char *text)
{
  g_autofree char *line = ctl_one_line (text);
  g_printerr ("%s%s\n", before, line);
}
