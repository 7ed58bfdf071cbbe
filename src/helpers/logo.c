#include "chartroom/helpers/logo.h"
#include "chartroom/helpers/document-pages.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define WIDEST 1200 /* pixels: 150 points at 576 dots per inch */
#define HIGHEST 360 /* 44 points at as many */
#define LEAST 16

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

typedef struct {
  char *path;
  gsize most;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;
  g_free (job->path);
  g_free (job);
}

static gboolean
refuse (GError **error, int code, const char *sentence)
{
  g_set_error_literal (error, CR_ERROR, code, sentence);
  return FALSE;
}

static gboolean
check_size (const char *path, GError **error)
{
  GStatBuf info;
  if (g_stat (path, &info) != 0)
    return refuse (error, CR_ERROR_NOT_FOUND, _ ("There is no such file. Choose it again."));
  if (!S_ISREG (info.st_mode))
    return refuse (error, CR_ERROR_INVALID, _ ("This is not a file. Choose a PNG or JPEG picture."));
  return info.st_size <= CR_LOGO_FILE_MAX ||
         refuse (error, CR_ERROR_INVALID,
                 _ ("The picture is bigger than 8 MB. Save it smaller, then choose it again."));
}

static gboolean
check_type (GBytes *content, GError **error)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (content, &size);
  return (size > 8 && (memcmp (bytes, "\x89PNG", 4) == 0 || memcmp (bytes, "\xff\xd8\xff", 3) == 0)) ||
         refuse (error, CR_ERROR_INVALID,
                 _ ("The logo has to be a PNG or JPEG picture; this file is neither."));
}

static GBytes *
read_file (const char *path, GError **error)
{
  char *bytes = NULL;
  gsize size = 0;
  g_autoptr (GBytes) content = NULL;
  if (!check_size (path, error) || !g_file_get_contents (path, &bytes, &size, error))
    return NULL;
  content = g_bytes_new_take (bytes, size);
  return check_type (content, error) ? g_steal_pointer (&content) : NULL;
}

static cairo_status_t
append_cb (void *data, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (data, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
write_png (cairo_surface_t *picture, double scale)
{
  int width = MAX ((int)(cairo_image_surface_get_width (picture) * scale), 1);
  int height = MAX ((int)(cairo_image_surface_get_height (picture) * scale), 1);
  GByteArray *out = g_byte_array_new ();
  g_autoptr (cairo_surface_t) small = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  g_autoptr (cairo_t) cr = cairo_create (small);
  cairo_scale (cr, (double)width / cairo_image_surface_get_width (picture),
               (double)height / cairo_image_surface_get_height (picture));
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD); /* no pale edge */
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BEST);
  cairo_paint (cr);
  cairo_surface_write_to_png_stream (small, append_cb, out);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
shrink (cairo_surface_t *picture, gsize most, GError **error)
{
  int width = cairo_image_surface_get_width (picture), height = cairo_image_surface_get_height (picture);
  double scale = MIN (1.0, MIN ((double)WIDEST / width, (double)HIGHEST / height));
  for (; scale * MAX (width, height) >= LEAST; scale *= 0.7) {
    g_autoptr (GBytes) png = write_png (picture, scale);
    if (g_bytes_get_size (png) <= most)
      return g_steal_pointer (&png);
  }
  refuse (error, CR_ERROR_INVALID, _ ("The picture is too small to be a logo."));
  return NULL;
}

GBytes *
cr_logo_read (const char *path, gsize most, GError **error)
{
  g_autoptr (GBytes) content = read_file (path, error);
  g_autoptr (GPtrArray) pages = content != NULL ? cr_document_pages (content, error) : NULL;
  return pages != NULL ? shrink (pages->pdata[0], most, error) : NULL;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  GBytes *png = cr_logo_read (job->path, job->most, &error);
  if (png != NULL)
    g_task_return_pointer (task, png, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
cr_logo_read_async (const char *path, gsize most, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Job *job = g_new0 (Job, 1);
  *job = (Job){ g_strdup (path), most };
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, read_thread);
}

GBytes *
cr_logo_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
