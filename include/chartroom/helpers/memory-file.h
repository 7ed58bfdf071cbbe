/* A file without a name, in memory: how a child gets bytes that may never lie on a disk. */
#pragma once
#include <glib.h>

int cr_memory_file (GBytes *content); /* at its start, close-on-exec; -1: no memory */
