/* What backups.c (lists, places, properties) and backups-work.c (runs, the daily backup) share. */
#pragma once
#include "chartroom/session/backups.h"
#include "backup-run.h"
#include "run-news.h"

struct _CrBackups {
  GObject parent;
  CrSession *session;
  GListModel *list, *targets; /* live lists: CrBackupItem, CrBackupTarget */
  GListStore *places;         /* CrBackupPlace */
  gboolean looking, look_again;
  gboolean loaded; /* the list is known since the sign-in */
  char *sentence;
  CrBackupHealth health;
  CrBackupRun *run; /* owned by its task; NULL: none */
  CrRunNews news;
  const char *words;
  double fraction;
  char *outcome, *warned;
  gboolean failed, daily;
  GHashTable *tried; /* target id → days since 1970 of its last daily backup, tried at least */
  guint timer;
};

typedef enum {
  PROP_0,
  PROP_SENTENCE,
  PROP_HEALTH,
  PROP_RUNNING,
  PROP_WORDS,
  PROP_FRACTION,
  PROP_OUTCOME,
  PROP_FAILED,
  N_PROPS
} CrBackupsProp;

void cr_backups_notify (CrBackups *self, CrBackupsProp property);
GPtrArray *cr_backups_peek (CrBackups *self); /* CrBackup of the list, borrowed */
void cr_backups_show_news (gpointer self);
void cr_backups_refresh (CrBackups *self); /* sentence and health */
void cr_backups_set_outcome (CrBackups *self, const char *text, gboolean failed);
