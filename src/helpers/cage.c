/* The cage: limits, no new rights, files to read named to the kernel (Landlock, where it has it) and a list
 * of system calls (seccomp); what is not on the list fails with EPERM. */
#include "cage.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MEMORY ((rlim_t)2 << 30)
#define FILES 64

static gboolean
limit (int what, rlim_t most)
{
  const struct rlimit to = { most, most };
  return setrlimit (what, &to) == 0;
}

static gboolean
set_limits (guint seconds)
{
#ifndef __SANITIZE_ADDRESS__ /* whose shadow alone is terabytes */
  if (!limit (RLIMIT_AS, MEMORY))
    return FALSE;
#endif
  alarm (seconds);
  return limit (RLIMIT_CORE, 0) && limit (RLIMIT_CPU, seconds) && limit (RLIMIT_FSIZE, 0) &&
         limit (RLIMIT_NOFILE, FILES) && prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
         prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/* ---- files: programs' own and fonts; an older kernel leaves it at the list of calls ---- */

static gboolean
may_read (int rules, const char *path)
{
  struct landlock_path_beneath_attr beneath = { .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE |
                                                                  LANDLOCK_ACCESS_FS_READ_DIR };
  long done;
  beneath.parent_fd = open (path, O_PATH | O_CLOEXEC);
  if (beneath.parent_fd < 0)
    return errno == ENOENT;
  done = syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
  close (beneath.parent_fd);
  return done == 0;
}

static gboolean
name_files (void)
{
  static const char *const READ[] = { "/usr", "/lib", "/lib64", "/etc", "/var/cache/fontconfig" };
  const struct landlock_ruleset_attr all = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
  int rules = (int)syscall (SYS_landlock_create_ruleset, &all, sizeof all, 0);
  gboolean fine = rules >= 0;
  if (rules < 0)
    return errno == ENOSYS || errno == EOPNOTSUPP;
  for (guint i = 0; fine && i < G_N_ELEMENTS (READ); i++)
    fine = may_read (rules, READ[i]);
  fine = fine && syscall (SYS_landlock_restrict_self, rules, 0) == 0;
  close (rules);
  return fine;
}

/* ---- system calls ---- */

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE
static const int CALLS[] = {
  SYS_read,          SYS_pread64,        SYS_readv,        SYS_write,      SYS_writev,  SYS_close,
  SYS_lseek,         SYS_fstat,          SYS_newfstatat,   SYS_statx,      SYS_fstatfs, SYS_statfs,
  SYS_faccessat,     SYS_faccessat2,     SYS_readlinkat,   SYS_getdents64, SYS_fcntl,   SYS_getcwd,
  SYS_mmap,          SYS_munmap,         SYS_mremap,       SYS_mprotect,   SYS_madvise, SYS_brk,
  SYS_futex,         SYS_getrandom,      SYS_getpid,       SYS_gettid,     SYS_getuid,  SYS_geteuid,
  SYS_clock_gettime, SYS_sched_yield,    SYS_rt_sigreturn, SYS_uname,      SYS_sysinfo, SYS_exit,
  SYS_exit_group,    SYS_rt_sigprocmask,
#ifdef SYS_access
  SYS_access,        SYS_stat,           SYS_lstat,        SYS_readlink,
#endif
};

#define FIELD(name) BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, name))
#define END(action) BPF_STMT (BPF_RET | BPF_K, (action))

static gboolean
name_calls (void)
{
  /* openat only to read: its flags are the third argument (the low word on these little-endian machines). */
  static const struct sock_filter HEAD[] = {
    FIELD (arch),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
    END (SECCOMP_RET_KILL_PROCESS),
    FIELD (nr),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4),
    FIELD (args[2]),
    BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, O_ACCMODE | O_CREAT | O_TRUNC, 0, 1),
    END (SECCOMP_RET_ERRNO | EPERM),
    END (SECCOMP_RET_ALLOW),
  };
  struct sock_filter filter[G_N_ELEMENTS (HEAD) + 2 * G_N_ELEMENTS (CALLS) + 1];
  struct sock_fprog program = { 0, filter };
  for (guint i = 0; i < G_N_ELEMENTS (HEAD); i++)
    filter[program.len++] = HEAD[i];
  for (guint i = 0; i < G_N_ELEMENTS (CALLS); i++) {
    filter[program.len++] = (struct sock_filter)BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (guint32)CALLS[i], 0, 1);
    filter[program.len++] = (struct sock_filter)END (SECCOMP_RET_ALLOW);
  }
  filter[program.len++] = (struct sock_filter)END (SECCOMP_RET_ERRNO | EPERM);
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 ||
         errno == EINVAL; /* not built in */
}
#else
static gboolean
name_calls (void)
{
  return TRUE; /* another machine: limits and Landlock remain */
}
#endif

gboolean
cr_cage_enter (guint seconds)
{
  return set_limits (seconds) && name_files () && name_calls ();
}
