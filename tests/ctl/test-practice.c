/* new, demo, users, verify. */
#include "fixture.h"
#include <string.h>
#include <sys/stat.h>

static CtlRun *
new_practice (const char *folder, const char *login, const char *password, const char *sheet)
{
  return ctl_run ("new", folder, "--name", "Test Practice", "--user", login, "--family", "Marlow",
                  "--password-file", password, "--recovery-sheet", sheet, "--fast-kdf", NULL);
}

static void
assert_private (const char *path, guint mode)
{
  struct stat info;
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, mode);
}

static void
assert_absent (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_error ("%s was left behind", path);
}

static void
test_new (void)
{
  const char *folder = ctl_path ("new.practice"), *sheet = ctl_path ("new.pdf");
  g_autoptr (CtlRun) made = new_practice (folder, "boss", ctl_password_file (), sheet);
  g_autoptr (CtlRun) again = new_practice (folder, "boss", ctl_password_file (), ctl_path ("again.pdf"));
  g_autoptr (CtlRun) users = ctl_as ("boss", "users", folder, NULL),
                     found = ctl_as ("boss", "find", folder, "", "--json", NULL);
  g_autoptr (CtlRun) whole = ctl_as ("boss", "verify", folder, NULL);
  g_autofree char *text = ctl_pdf_text (sheet);
  g_assert_cmpint (made->status, ==, 0);
  ctl_assert_has (made->out, "sign in as boss");
  ctl_assert_has (made->err, "Print it"); /* a warning: the file opens the practice */
  assert_private (sheet, 0600);
  assert_private (folder, 0700);
  if (text != NULL)
    ctl_assert_has (text, "Test Practice");
  ctl_assert_refused (again, 1, "not an empty folder");
  assert_absent (ctl_path ("again.pdf"));
  ctl_assert_done (users);
  ctl_assert_has (users->out, "boss   Marlow");
  ctl_assert_done (found);
  g_assert_cmpstr (found->out, ==, "[]\n");
  ctl_assert_done (whole);
  g_autoptr (CtlRun) day = ctl_as ("boss", "daysheet", folder, "--out", ctl_path ("day.pdf"), NULL);
  ctl_assert_refused (day, 1, "Nobody has a column in the book on this day");
  assert_absent (ctl_path ("day.pdf"));
}

static guint
count_made (const char *folder, const char *kind)
{
  g_autoptr (CtlRun) audit = ctl_as ("boss", "audit", folder, "--json", "--limit", "200", NULL);
  g_auto (GStrv) lines = g_strsplit (audit->out, "{", -1);
  guint n = 0;
  ctl_assert_done (audit);
  for (guint i = 0; lines[i] != NULL; i++)
    n += strstr (lines[i], kind) != NULL && strstr (lines[i], "create") != NULL;
  return n;
}

/* Visits can be booked in it at once; hours belong to who has a column in the book. */
static void
test_new_defaults (void)
{
  const char *office = ctl_path ("office.practice"), *doctor = ctl_path ("doctor.practice");
  const char *file = ctl_password_file ();
  g_autoptr (CtlRun) made = new_practice (office, "boss", file, ctl_path ("office.pdf"));
  g_autoptr (CtlRun) second =
      ctl_run ("new", doctor, "--name", "Test Practice", "--user", "boss", "--roles", "doctor",
               "--password-file", file, "--recovery-sheet", ctl_path ("doctor.pdf"), "--fast-kdf", NULL);
  g_assert_cmpint (made->status, ==, 0);
  g_assert_cmpint (second->status, ==, 0);
  g_assert_cmpuint (count_made (office, "\"visit_type\""), ==, 7);
  g_assert_cmpuint (count_made (office, "\"room\""), ==, 3);
  g_assert_cmpuint (count_made (office, "\"hours\""), ==, 0);
  g_assert_cmpuint (count_made (doctor, "\"hours\""), ==, 10);
  g_autoptr (CtlRun) added = ctl_as ("boss", "users", office, "add", "nell", "--roles", "doctor", "--family",
                                     "Nell", "--new-password-file", file, NULL);
  g_autoptr (CtlRun) users = ctl_as ("boss", "users", doctor, NULL);
  ctl_assert_done (added);
  g_assert_cmpuint (count_made (office, "\"hours\""), ==, 10);
  ctl_assert_has (users->out, "Doctor, Admin"); /* the first one always administers */
}

static void
test_new_refused (void)
{
  const char *folder = ctl_path ("no.practice"), *sheet = ctl_path ("no.pdf"), *good = ctl_password_file ();
  g_autofree char *long_name = g_strnfill (201, 'N');
  const char *weak = ctl_write ("weak", "maple1\n"), *there = ctl_write ("there.pdf", "x");
  const struct {
    CtlRun *run;
    int status;
    const char *words;
  } cases[] = {
    { ctl_run ("new", folder, NULL), 2, "--recovery-sheet" },
    { ctl_run ("new", folder, "--name", "N", "--user", "u", "-p", good, NULL), 2, "--recovery-sheet" },
    { new_practice (folder, "boss", weak, sheet), 1, "too weak" },
    { new_practice (folder, "boss", ctl_path ("nothing"), sheet), 1, "No such file" },
    { new_practice (folder, "two words", good, sheet), 1, "without blanks" },
    { new_practice (folder, "boss", good, there), 1, "there already" },
    { new_practice (folder, "boss", good, ctl_path ("nowhere/no.pdf")), 1, "could not be written" },
    { ctl_run ("new", folder, "--name", "N", "--user", "u", "-p", good, "--recovery-sheet", sheet, "--zone",
               "Nowhere/Town", NULL),
      2, "time zone" },
    { ctl_run ("new", folder, "--name", "N", "--user", "u", "-p", good, "--recovery-sheet", sheet, "--roles",
               "emperor", NULL),
      2, "--roles" },
    { ctl_run ("new", folder, "--name", "Bell\a Street", "--user", "u", "-p", good, "--recovery-sheet", sheet,
               NULL),
      2, "cannot be printed" },
    { ctl_run ("new", folder, "--name", "Two\nLines", "--user", "u", "-p", good, "--recovery-sheet", sheet,
               NULL),
      2, "cannot be printed" },
    { ctl_run ("new", folder, "--name", long_name, "--user", "u", "-p", good, "--recovery-sheet", sheet,
               NULL),
      2, "200 characters" },
    { ctl_run ("new", folder, "--name", "", "--user", "u", "-p", good, "--recovery-sheet", sheet, NULL), 2,
      "--name is empty" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    ctl_assert_refused (cases[i].run, cases[i].status, cases[i].words);
    ctl_run_free (cases[i].run);
  }
  assert_absent (folder);
  assert_absent (sheet);
}

static void
test_password_file_of_others (void)
{
  const char *open = ctl_write ("open-password", CTL_PASSWORD "\n");
  g_assert_cmpint (chmod (open, 0644), ==, 0);
  g_autoptr (CtlRun) run = new_practice (ctl_path ("no.practice"), "boss", open, ctl_path ("no.pdf"));
  ctl_assert_refused (run, 1, "chmod 600");
}

static char *
demo_text (const char *name, const char *seed)
{
  static const char *const MRNS[] = { "004217", "001902", "010003" };
  const char *folder = ctl_path (name);
  g_autoptr (CtlRun) made =
      ctl_run ("demo", folder, "--patients", "20", "--seed", seed, "--date", "2026-11-23", "--password-file",
               ctl_password_file (), "--fast-kdf", NULL);
  g_autoptr (CtlRun) all = ctl_as ("doctor", "find", folder, "", "--json", NULL);
  g_autoptr (CtlRun) day = ctl_as ("doctor", "day", folder, "2026-11-23", "--json", NULL);
  GString *text = g_string_new (NULL);
  ctl_assert_done (made);
  ctl_assert_done (all);
  ctl_assert_done (day);
  g_string_append (text, all->out);
  g_string_append (text, day->out);
  for (guint i = 0; i < G_N_ELEMENTS (MRNS); i++) {
    g_autoptr (CtlRun) chart = ctl_as ("doctor", "chart", folder, MRNS[i], "--json", NULL);
    ctl_assert_done (chart);
    g_string_append (text, chart->out);
  }
  return g_string_free (text, FALSE);
}

static void
test_demo_seed (void)
{
  g_autofree char *one = demo_text ("seed-a.practice", "5"), *same = demo_text ("seed-b.practice", "5");
  g_autofree char *other = demo_text ("seed-c.practice", "6");
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;
  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;
  return n;
}

/* Made on a weekend, the practice is open on that weekend, with as full a book as on any day. */
static void
test_demo_weekend (void)
{
  static const char *const DAYS[] = { "2026-11-28", "2026-11-29" };
  const char *folder = ctl_path ("weekend.practice");
  g_autoptr (CtlRun) made = ctl_run ("demo", folder, "--patients", "60", "--seed", "1", "--date", DAYS[0],
                                     "--password-file", ctl_password_file (), "--fast-kdf", NULL);
  ctl_assert_done (made);
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    g_autoptr (CtlRun) day = ctl_as ("doctor", "day", folder, DAYS[i], "--json", NULL);
    ctl_assert_done (day);
    g_assert_cmpuint (count (day->out, "\"time\""), >, 10);
    g_assert_true (g_regex_match_simple ("\"type\"\\s*:\\s*\"(TELE|NURS)\"[^}]*\"reason\"", day->out, 0, 0));
    g_assert_false (
        g_regex_match_simple ("\"(TELE|NURS)\"[^}]*\"(Yearly check-up|Rash|Cough)\"", day->out, 0, 0));
  }
  g_autoptr (CtlRun) after = ctl_as ("doctor", "day", folder, "2026-12-05", "--json", NULL);
  ctl_assert_done (after);
  g_assert_cmpuint (count (after->out, "\"time\""), ==, 0);
}

/* Look-alike names, a child, somebody who died, and each of the four allergy phrases. */
static void
test_demo_cast (void)
{
  static const struct {
    const char *mrn, *words;
  } CAST[] = {
    { "004217", "Known allergies: penicillin" }, { "004411", "Allergies unavailable" },
    { "003391", "Allergies not recorded" },      { "002870", "No known allergies" },
    { "005502", "\"born\" : \"2022-10-19\"" },   { "000871", "\"died\" : \"2026-03-02\"" },
    { "002870", "\"status\" : \"draft\"" },      { "001902", "\"stage\" : \"sent\"" },
  };
  const char *demo = ctl_demo_copy ("cast.practice");
  g_autoptr (CtlRun) alike = ctl_as ("frontdesk", "find", demo, "gar mar", NULL);
  g_autoptr (CtlRun) users = ctl_as ("frontdesk", "users", demo, NULL);
  ctl_assert_done (alike);
  g_assert_cmpuint (ctl_lines (alike->out), >=, 4);
  for (guint i = 0; i < G_N_ELEMENTS (CAST); i++) {
    g_autoptr (CtlRun) chart = ctl_as ("doctor", "chart", demo, CAST[i].mrn, "--json", NULL);
    ctl_assert_done (chart);
    ctl_assert_has (chart->out, CAST[i].words);
  }
  for (const char *const *login =
           (const char *const[]){ "admin", "doctor", "nurse", "frontdesk", "referrals", NULL };
       *login != NULL; login++)
    ctl_assert_has (users->out, *login);
}

static void
test_demo_thin (void)
{
  const char *folder = ctl_path ("thin.practice");
  g_autoptr (CtlRun) made =
      ctl_run ("demo", folder, "--patients", "700", "--thin", "--seed", "3", "--date", "2026-11-23",
               "--password-file", ctl_password_file (), "--fast-kdf", NULL);
  g_autoptr (CtlRun) all = ctl_as ("doctor", "find", folder, "", NULL),
                     some = ctl_as ("doctor", "find", folder, "", "--limit", "12", NULL);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", folder, NULL);
  ctl_assert_done (made);
  g_assert_cmpuint (ctl_lines (all->out), ==, 700);
  g_assert_cmpuint (ctl_lines (some->out), ==, 12);
  ctl_assert_done (whole);
}

/* One line each, and nothing of GLib's. */
static void
test_impossible_days (void)
{
  static const char *const DAYS[] = { "0001-01-01", "1949-12-31", "2151-01-01", "9999-12-31" };
  const char *folder = ctl_path ("days.practice");
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    g_autoptr (CtlRun) run = ctl_run ("demo", folder, "--date", DAYS[i], "-p", ctl_password_file (), NULL);
    ctl_assert_refused (run, 2, "between 1950 and 2150");
  }
  assert_absent (folder);
}

static void
test_suffix (void)
{
  static const char *const NAMES[] = { "suffixless", "wrong.practices", ".practice" };
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    const char *folder = ctl_path (NAMES[i]);
    g_autoptr (CtlRun) demo = ctl_run ("demo", folder, "-p", ctl_password_file (), NULL);
    g_autoptr (CtlRun) made = new_practice (folder, "boss", ctl_password_file (), ctl_path ("suffix.pdf"));
    ctl_assert_refused (demo, 2, "ends in .practice");
    ctl_assert_refused (made, 2, "ends in .practice");
    assert_absent (folder);
  }
}

static void
test_demo_refused (void)
{
  const char *demo = ctl_demo_copy ("there.practice");
  gsize before, after;
  g_autofree char *keys = ctl_read (ctl_path ("there.practice/practice.keys"), &before);
  g_autoptr (CtlRun) run = ctl_run ("demo", demo, "-p", ctl_password_file (), NULL);
  g_autofree char *keys_after = ctl_read (ctl_path ("there.practice/practice.keys"), &after);
  ctl_assert_refused (run, 1, "not an empty folder");
  g_assert_cmpmem (keys, before, keys_after, after);
}

static CtlRun *
add_user (const char *demo, const char *by, const char *login, const char *roles, const char *password)
{
  return ctl_as (by, "users", demo, "add", login, "--roles", roles, "--family", "Newly", "--given", "Nell",
                 "--new-password-file", password, NULL);
}

static void
test_users (void)
{
  const char *demo = ctl_demo_copy ("users.practice"), *file = ctl_password_file ();
  g_autoptr (CtlRun) added = add_user (demo, "admin", "nell", "doctor,admin", file);
  g_autoptr (CtlRun) signs_in = ctl_as ("nell", "chart", demo, "004217", NULL);
  g_autoptr (CtlRun) removed = ctl_as ("admin", "users", demo, "remove", "nell", NULL);
  g_autoptr (CtlRun) gone = ctl_as ("nell", "chart", demo, "004217", NULL);
  g_autoptr (CtlRun) again = add_user (demo, "admin", "nell", "doctor", file);
  g_autoptr (CtlRun) list = ctl_as ("admin", "users", demo, "--json", NULL);
  ctl_assert_done (added);
  ctl_assert_done (signs_in);
  ctl_assert_done (removed);
  ctl_assert_refused (gone, 1, "name or the password is wrong");
  ctl_assert_refused (again, 1, "is or was somebody's");
  ctl_assert_has (list->out, "\"removed\"");
}

static void
test_users_refused (void)
{
  const char *demo = ctl_demo_copy ("rights.practice"), *file = ctl_password_file ();
  const char *weak = ctl_write ("weak", "maple1\n");
  const struct {
    CtlRun *run;
    int status;
    const char *words;
  } cases[] = {
    { add_user (demo, "doctor", "nell", "doctor", file), 1, "You may not administer" },
    { add_user (demo, "admin", "nell", "emperor", file), 2, "--roles" },
    { add_user (demo, "admin", "nell", "doctor", weak), 1, "too weak" },
    { add_user (demo, "admin", "nurse", "doctor", file), 1, "“nurse”" },
    { add_user (demo, "admin", "two words", "doctor", file), 1, "without blanks" },
    { ctl_as ("admin", "users", demo, "add", "nell", NULL), 2, "--roles" },
    { ctl_as ("admin", "users", demo, "remove", "nobody", NULL), 1, "nobody" },
    { ctl_as ("admin", "users", demo, "remove", "admin", NULL), 1, "remove yourself" },
    { ctl_as ("nurse", "users", demo, "remove", "doctor", NULL), 1, "You may not administer" },
    { ctl_as ("nurse", "users", demo, "password", "doctor", "--new-password-file", file, NULL), 1,
      "You may not administer" },
    { ctl_as ("admin", "users", demo, "promote", "nurse", NULL), 2, "users DIR add" },
  };
  guint writes = ctl_writes (demo, "admin");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    ctl_assert_refused (cases[i].run, cases[i].status, cases[i].words);
    ctl_run_free (cases[i].run);
  }
  g_assert_cmpuint (ctl_writes (demo, "admin"), ==, writes);
}

/* An administrator sets another one's, everybody their own. */
static void
test_passwords (void)
{
  static const char *const WHO[][2] = { { "admin", "nurse" }, { "frontdesk", "frontdesk" } };
  const char *demo = ctl_demo_copy ("passwords.practice");
  const char *fresh = ctl_write ("fresh", "seven herons wading slowly\n");
  for (guint i = 0; i < G_N_ELEMENTS (WHO); i++) {
    g_autoptr (CtlRun) set =
        ctl_as (WHO[i][0], "users", demo, "password", WHO[i][1], "--new-password-file", fresh, NULL);
    g_autoptr (CtlRun) old = ctl_as (WHO[i][1], "find", demo, "garcia", NULL);
    g_autoptr (CtlRun) now = ctl_run ("find", demo, "garcia", "-u", WHO[i][1], "-p", fresh, NULL);
    ctl_assert_done (set);
    ctl_assert_refused (old, 1, "name or the password is wrong");
    ctl_assert_done (now);
  }
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  g_test_add_func ("/ctl/practice/new", test_new);
  g_test_add_func ("/ctl/practice/new-defaults", test_new_defaults);
  g_test_add_func ("/ctl/practice/new-refused", test_new_refused);
  g_test_add_func ("/ctl/practice/password-file-of-others", test_password_file_of_others);
  g_test_add_func ("/ctl/practice/demo-seed", test_demo_seed);
  g_test_add_func ("/ctl/practice/demo-weekend", test_demo_weekend);
  g_test_add_func ("/ctl/practice/demo-cast", test_demo_cast);
  g_test_add_func ("/ctl/practice/demo-thin", test_demo_thin);
  g_test_add_func ("/ctl/practice/demo-refused", test_demo_refused);
  g_test_add_func ("/ctl/practice/impossible-days", test_impossible_days);
  g_test_add_func ("/ctl/practice/suffix", test_suffix);
  g_test_add_func ("/ctl/practice/users", test_users);
  g_test_add_func ("/ctl/practice/users-refused", test_users_refused);
  g_test_add_func ("/ctl/practice/passwords", test_passwords);
  return ctl_end ();
}
