#include "src/ui/shell/wrap-box.h"

#define EXPANDING_PART 3

struct _CrWrapBox {
  GtkWidget parent;
  int spacing, line_spacing;
};

enum { PROP_SPACING = 1, PROP_LINE_SPACING, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrWrapBox, cr_wrap_box, GTK_TYPE_WIDGET)

typedef struct {
  GtkWidget *first, *end; /* end: the first of the next line, or NULL */
  int width;              /* of its children and the gaps between */
  int expanding;          /* children that take what is left */
} Line;

/* ---- helpers ---- */

static gboolean
expands (GtkWidget *child)
{
  return gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
}

/* What takes what is left may also give: it asks for no more than a part of the line. */
static int
measure_width (GtkWidget *child, int available)
{
  int minimum, natural;
  int most = expands (child) ? available / EXPANDING_PART : available;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, most));
}

static int
measure_height (GtkWidget *child, int width)
{
  int minimum, natural;
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

/* The line that begins with that child.  available: < 0 for all in one line. */
static Line
read_line (CrWrapBox *self, GtkWidget *first, int available)
{
  Line line = { .first = first };
  int most = available < 0 ? G_MAXINT : available;
  gboolean begun = FALSE;
  for (GtkWidget *child = first; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int width, gap = begun ? self->spacing : 0;
    if (!gtk_widget_should_layout (child))
      continue;
    width = measure_width (child, most);
    if (begun && width > most - line.width - gap) {
      line.end = child;
      return line;
    }
    line.width += gap + width;
    line.expanding += expands (child);
    begun = TRUE;
  }
  return line;
}

/* The width of a child in its line; left: of the line, counts down. */
static int
share_out (GtkWidget *child, int available, int *left, int *takers)
{
  int width = measure_width (child, available), share;
  if (!expands (child) || *takers == 0)
    return width;
  share = *left / *takers;
  *left -= share;
  *takers -= 1;
  return width + share;
}

static int
measure_line_height (const Line *line, int available)
{
  int whole = available < 0 ? G_MAXINT : available, height = 0;
  int left = available < 0 ? 0 : MAX (0, available - line->width), takers = line->expanding;
  for (GtkWidget *child = line->first; child != line->end; child = gtk_widget_get_next_sibling (child)) {
    int needed;
    if (!gtk_widget_should_layout (child))
      continue;
    needed = measure_height (child, share_out (child, whole, &left, &takers));
    height = MAX (height, needed);
  }
  return height;
}

static int
measure_lines (CrWrapBox *self, int available)
{
  int height = 0;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  while (child != NULL) {
    Line line = read_line (self, child, available);
    height += measure_line_height (&line, available) + (line.end != NULL ? self->line_spacing : 0);
    child = line.end;
  }
  return height;
}

static void
measure_widths (CrWrapBox *self, int *minimum, int *natural)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int least, wanted;
    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
    *minimum = MAX (*minimum, least);
    *natural += wanted + (*natural > 0 ? self->spacing : 0);
  }
}

static gboolean
has_expanding (CrWrapBox *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  while (child != NULL && !(gtk_widget_should_layout (child) && expands (child)))
    child = gtk_widget_get_next_sibling (child);
  return child != NULL;
}

/* A line after the first has nothing that fills it, but a line above had: it was to end at the right. */
static int
find_start (CrWrapBox *self, const Line *line, int available)
{
  gboolean later = line->first != gtk_widget_get_first_child (GTK_WIDGET (self));
  return later && line->expanding == 0 && has_expanding (self) ? MAX (0, available - line->width) : 0;
}

static void
place_line (CrWrapBox *self, const Line *line, int y, int available, int height)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int left = MAX (0, available - line->width), takers = line->expanding;
  int x = find_start (self, line, available);
  for (GtkWidget *child = line->first; child != line->end; child = gtk_widget_get_next_sibling (child)) {
    int width;
    if (!gtk_widget_should_layout (child))
      continue;
    width = share_out (child, available, &left, &takers);
    gtk_widget_size_allocate (child,
                              &(GtkAllocation){ mirrored ? available - x - width : x, y, width, height }, -1);
    x += width + self->spacing;
  }
}

/* ---- vfuncs ---- */

static GtkSizeRequestMode
cr_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cr_wrap_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  CrWrapBox *self = CR_WRAP_BOX (widget);
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_widths (self, minimum, natural);
  else
    *minimum = *natural = measure_lines (self, for_size);
}

static void
cr_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrWrapBox *self = CR_WRAP_BOX (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y = 0;
  while (child != NULL) {
    Line line = read_line (self, child, width);
    int line_height = measure_line_height (&line, width);
    if (line.end == NULL && y == 0)
      line_height = MAX (line_height, height);
    place_line (self, &line, y, width, line_height);
    y += line_height + self->line_spacing;
    child = line.end;
  }
}

static void
cr_wrap_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  CrWrapBox *self = CR_WRAP_BOX (object);
  if (id == PROP_SPACING)
    self->spacing = g_value_get_int (value);
  else if (id == PROP_LINE_SPACING)
    self->line_spacing = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
cr_wrap_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  CrWrapBox *self = CR_WRAP_BOX (object);
  if (id == PROP_SPACING)
    g_value_set_int (value, self->spacing);
  else if (id == PROP_LINE_SPACING)
    g_value_set_int (value, self->line_spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cr_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (cr_wrap_box_parent_class)->dispose (object);
}

/* ---- class ---- */

static void
cr_wrap_box_class_init (CrWrapBoxClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  object->set_property = cr_wrap_box_set_property;
  object->get_property = cr_wrap_box_get_property;
  object->dispose = cr_wrap_box_dispose;
  widget->get_request_mode = cr_wrap_box_get_request_mode;
  widget->measure = cr_wrap_box_measure;
  widget->size_allocate = cr_wrap_box_size_allocate;
  properties[PROP_SPACING] =
      g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT, 0,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget, "box");
}

static void
cr_wrap_box_init (CrWrapBox *self)
{
}

void
cr_wrap_box_append (CrWrapBox *self, GtkWidget *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}
