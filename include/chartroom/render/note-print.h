/* A note on paper: signed text, its addenda, and who signed what when. */
#pragma once
#include "chartroom/domain/encounter.h"
#include "chartroom/render/imprint.h"

typedef struct {
  const CrNote *note;
  const GPtrArray *addenda; /* CrAddendum, oldest first; NULL = none */
} CrNoteWithAddenda;

typedef struct {
  const CrImprint *imprint;
  const CrPatient *patient;
  CrNoteWithAddenda note;
} CrNoteContent;

CrPaper *cr_note_print (const CrNoteContent *content); /* a draft prints with its watermark */
