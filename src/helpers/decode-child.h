/* One run of chartroom-decode: the document goes in whole, its answer is read piece by piece. */
#pragma once
#include "chartroom/base/error.h"

typedef struct _CrDecodeChild CrDecodeChild;
CrDecodeChild *cr_decode_child_new (GBytes *content, GError **error);
/* Exactly so many bytes; FALSE: the child ended, or its time is over (CR_WIRE_SECONDS since it began). */
gboolean cr_decode_child_read (CrDecodeChild *self, gpointer into, gsize size, GError **error);
void cr_decode_child_free (CrDecodeChild *self); /* ends it, when it still runs */
