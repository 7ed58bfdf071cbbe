/* The first page of a patient's photo, insurance card or consent form, read and decoded beside the main loop.
 */
#pragma once
#include "chartroom/session/patient-file.h"
#include <cairo.h>
#include <gtk/gtk.h>

void cr_patient_picture_load_async (CrSession *session, CrId patient, CrId document, GAsyncReadyCallback cb,
                                    gpointer data);
cairo_surface_t *cr_patient_picture_load_finish (GAsyncResult *result, GError **error);

/* What may stand in a chosen file: its bytes and its pages.  INVALID with a sentence: too large, of another
 * kind, damaged.  picture: a PDF may not. */
typedef struct {
  GBytes *content;
  GPtrArray *pages; /* cairo_surface_t */
} CrChosenFile;
void cr_chosen_file_free (CrChosenFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrChosenFile, cr_chosen_file_free)
void cr_chosen_file_read_async (GFile *file, gboolean picture, GAsyncReadyCallback cb, gpointer data);
CrChosenFile *cr_chosen_file_read_finish (GAsyncResult *result, GError **error);
