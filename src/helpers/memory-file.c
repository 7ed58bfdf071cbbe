#include "chartroom/helpers/memory-file.h"
#include <sys/mman.h>
#include <unistd.h>

int
cr_memory_file (GBytes *content)
{
  gsize size;
  const char *bytes = g_bytes_get_data (content, &size);
  int fd = memfd_create ("document", MFD_CLOEXEC);
  while (fd >= 0 && size > 0) {
    gssize n = write (fd, bytes, size);
    if (n <= 0) {
      close (fd);
      return -1;
    }
    bytes += n;
    size -= (gsize)n;
  }
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);
  return fd;
}
