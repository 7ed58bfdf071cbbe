/* What every target has: fuzz_one is given some bytes and must neither crash, leak, hang nor believe them.
 * Built with -fsanitize=fuzzer-no-link the targets are libFuzzer's; else fuzz-replay.c runs each on its
 * corpus and on a fixed number of changed copies of it. */
#pragma once
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* A practice of the target's own in memory-backed storage, made once; its vault stays open. */
#include "chartroom/vault/vault.h"
typedef struct {
  char *folder;
  CrVault *vault;
} FuzzPractice;
const FuzzPractice *fuzz_practice (void);
/* Replaces FOLDER/name with these bytes; its path, interned. */
const char *fuzz_put (const char *name, const uint8_t *data, size_t size);
