/* What a folder whose power can be cut remembers. */
#pragma once
#include "power-folder.h"

enum { POWER_TOP = 0, POWER_NOTHING = G_MAXUINT };

typedef enum { OP_ENTER, OP_LEAVE, OP_MOVE, OP_WRITE, OP_LENGTH, OP_SYNC, OP_ACKNOWLEDGE } PowerOpType;

/* One change, of a folder's entries or of a file. */
typedef struct {
  PowerOpType type;
  guint node;        /* the folder or file */
  char *name, *to;   /* in the folder; to: the new name, or where a link leads */
  guint entered;     /* whose name it is */
  gboolean a_folder; /* that one */
  gint64 at;         /* offset; length; number acknowledged */
  GBytes *data;
} PowerOp;

/* A file or a folder, known by its place in an array. */
typedef struct {
  GHashTable *entries; /* name → place; NULL: a file */
  GByteArray *content; /* NULL: a folder */
  char *link;          /* a file that is a link: where to */
  GPtrArray *pending;  /* Op, borrowed: since its last sync */
} PowerNode;

/* ---- power-folder.c ---- */
PowerNode *power_node_new (gboolean a_folder);
void power_put_entry (PowerNode *folder, const char *name, guint place);
/* Whose name it is, or POWER_NOTHING. */
guint power_look_up (GPtrArray *nodes, guint folder, const char *name);

/* ---- power-calls.c ---- */
/* From now on changes below the folder are added to `changes` (PowerOp).  nodes: who has which name there; it
 * is kept up, without the contents. */
void power_calls_begin (const char *folder, GPtrArray *nodes, GPtrArray *changes);
void power_calls_end (void);
