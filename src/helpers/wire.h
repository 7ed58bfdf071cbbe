/* What chartroom-decode writes to its standard output: one CrWireBegin, then that many pages, each a
 * CrWirePage, its lines of text (CrWireLine and so many bytes) and its pixels.  Fixed sizes and nothing to
 * interpret: whoever reads it checks every number, so a child that was taken over can only say a wrong
 * picture. */
#pragma once
#include <glib.h>

#define CR_WIRE_MAGIC 0x43524431u   /* "CRD1" */
#define CR_WIRE_LONGEST 2200        /* pixels of a page's longer side: Letter at 200 dots per inch */
#define CR_WIRE_PIXELS (128u << 20) /* of all pages together: 35 Letter pages at 200 dots, 100 at 120 */
#define CR_WIRE_LINES 2000          /* of text on a page */
#define CR_WIRE_LINE_BYTES 2000
#define CR_WIRE_SECONDS 60 /* what a document may take */

typedef enum {
  CR_WIRE_FINE,
  CR_WIRE_UNREADABLE, /* neither PDF nor picture, or damaged */
  CR_WIRE_LOCKED,     /* a PDF that asks for a password */
  CR_WIRE_NO_PAGE,
  CR_WIRE_TOO_MANY,
  CR_WIRE_TOO_LARGE, /* a picture of more dots than there is memory for */
} CrWireProblem;

typedef struct {
  guint32 magic;
  guint32 problem; /* CrWireProblem; not CR_WIRE_FINE: nothing follows */
  guint32 pages;
} CrWireBegin;

typedef struct {
  guint32 width, height; /* pixels */
  guint32 gray;          /* 1: a byte a pixel; 0: four, as in CAIRO_FORMAT_RGB24 */
  guint32 lines;
  double page_width, page_height; /* points; 0: a picture, which has no size of its own */
} CrWirePage;

typedef struct {
  double x, y, width, height; /* points from the page's top left */
  guint32 bytes, unused;      /* UTF-8 that follows */
} CrWireLine;
