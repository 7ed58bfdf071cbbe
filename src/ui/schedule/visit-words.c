#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {    /* one mark of a visit */
  const char *icon; /* NULL: a chip with text */
  const char *css;
  char *text, *words; /* chip text; what it means */
} Flag;

static void
flag_clear (gpointer data)
{
  Flag *flag = data;
  g_free (flag->text);
  g_free (flag->words);
}

static void
add_flag (GArray *flags, const char *icon, const char *css, const char *text, char *words)
{
  Flag flag = { icon, css, g_strdup (text), words };
  g_array_append_val (flags, flag);
}

static gboolean
is_incomplete (const CrPatient *patient)
{
  return cr_str_empty (patient->phone) || cr_str_empty (patient->address) ||
         !cr_date_is_full (patient->birth_date);
}

/* What concerns the chart is shown to those who may read it. */
static GArray *
collect_flags (CrWindow *window, const CrVisit *visit)
{
  GArray *flags = g_array_new (FALSE, FALSE, sizeof (Flag));
  const CrPatient *patient = visit->patient;
  g_array_set_clear_func (flags, flag_clear);
  if (visit->similar)
    add_flag (flags, "cr-similar-symbolic", "warning", NULL, g_strdup (_ ("Similar name today")));
  if (visit->unsigned_note && cr_session_can (cr_window_get_session (window), CR_RIGHT_CLINICAL_VIEW))
    add_flag (flags, "cr-draft-symbolic", "text-2", NULL, g_strdup (_ ("Unsigned note")));
  if (visit->appointment->walk_in)
    add_flag (flags, NULL, "chip", _ ("Walk-in"), g_strdup (_ ("Walk-in")));
  if (visit->appointment->early_minutes > 0 && visit->appointment->stage < CR_STAGE_ARRIVED) {
    g_autofree char *there =
        cr_minute_format ((int)(visit->appointment->start_min - visit->appointment->early_minutes));
    g_autofree char *chip = g_strdup_printf (_ ("here %s"), there);
    add_flag (flags, NULL, "chip", chip, g_strdup_printf (_ ("Asked to be here at %s"), there));
  }
  if (visit->other_id != CR_ID_NONE) {
    g_autofree char *chip = g_strdup_printf ("+ %s", visit->other_clinician);
    add_flag (flags, NULL, "chip", chip, cr_visit_part_words (visit));
  }
  if (!cr_str_empty (patient->interpreter))
    add_flag (flags, NULL, "chip", _ ("Int"), g_strdup_printf (_ ("Interpreter: %s"), patient->interpreter));
  if (!cr_str_empty (patient->access_needs))
    add_flag (flags, NULL, "chip", patient->access_needs, g_strdup (patient->access_needs));
  if (is_incomplete (patient))
    add_flag (flags, NULL, "chip", _ ("Reg.?"), g_strdup (_ ("Registration incomplete")));
  return flags;
}

static const char *
part_of_day (int start)
{
  if (start < 12 * 60)
    return _ ("in the morning");
  return start < 17 * 60 ? _ ("in the afternoon") : _ ("in the evening");
}

GtkWidget *
cr_visit_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text != NULL ? text : "");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

char *
cr_visit_time_span (int start, int minutes)
{
  g_autofree char *from = cr_minute_format (start);
  g_autofree char *to = cr_minute_format (start + minutes);
  return g_strdup_printf (_ ("%s to %s"), from, to);
}

char *
cr_visit_place_words (CrDate date, int start, const char *clinician)
{
  g_autofree char *day = cr_date_format_weekday (date);
  g_autofree char *time = cr_minute_format (start);
  return clinician != NULL ? g_strdup_printf ("%s, %s, %s", day, time, clinician)
                           : g_strdup_printf ("%s, %s", day, time);
}

char *
cr_visit_read_back (CrDate date, int start, const char *clinician)
{
  g_autoptr (GDateTime) day = g_date_time_new_local (date.year, date.month, date.day, 12, 0, 0);
  g_autofree char *weekday = g_date_time_format (day, "%A, %B");
  int hour = start / 60 % 12 == 0 ? 12 : start / 60 % 12;
  g_autofree char *time = g_strdup_printf ("%d:%02d", hour, start % 60);
  return g_strdup_printf (_ ("%s %d at %s %s with %s"), weekday, date.day, time, part_of_day (start),
                          clinician);
}

char *
cr_visit_age_sex (const CrPatient *patient, CrDate on)
{
  g_autofree char *age =
      cr_date_is_set (patient->birth_date) ? cr_age_format (patient->birth_date, on) : NULL;
  return g_strdup_printf ("%s, %s", age != NULL ? age : _ ("age unknown"), cr_sex_letter (patient->sex));
}

char *
cr_visit_spoken (CrWindow *window, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *span = cr_visit_time_span ((int)a->start_min, (int)a->minutes);
  g_autofree char *name = cr_window_name_of (window, visit->patient);
  g_autofree char *stage = g_utf8_strdown (cr_stage_word (a->stage), -1);
  g_autofree char *flags = cr_visit_flag_words (window, visit);
  GString *spoken = g_string_new (NULL);
  g_string_printf (spoken, "%s, %s, %s, %s", span, name, visit->type_name, stage);
  if (visit->room_name != NULL)
    g_string_append_printf (spoken, _ (", room %s"), visit->room_name);
  if (flags != NULL)
    g_string_append_printf (spoken, ", %s", flags);
  return g_string_free (spoken, FALSE);
}

char *
cr_visit_part_words (const CrVisit *visit)
{
  gboolean same_day = cr_date_compare (visit->other_date, visit->appointment->date) == 0;
  if (visit->other_id == CR_ID_NONE)
    return NULL;
  g_autofree char *time = same_day ? cr_minute_format (visit->other_start)
                                   : cr_visit_place_words (visit->other_date, visit->other_start, NULL);
  /* Translators: the clinician and the time of the other part of a combined visit. */
  return g_strdup_printf (_ ("With %s, %s"), visit->other_clinician, time);
}

char *
cr_visit_hint (const char *verb, CrDate date, CrId visit)
{
  g_autofree char *iso = cr_date_to_iso (date);
  return g_strdup_printf ("%s:%s:%" G_GINT64_FORMAT, verb, iso, visit);
}

static const CrVisitType *
find_type (CrSession *session, CrId id)
{
  GListModel *types = cr_session_get_visit_types (session);
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    if (cr_row_get_id (row) == id)
      return cr_row_peek (row);
  }
  return NULL;
}

static void
set_class_of (GtkWidget *widget, const char *prefix, const char *const *names, const char *wanted)
{
  const char *found = names[0];
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *css = g_strconcat (prefix, names[i], NULL);
    gtk_widget_remove_css_class (widget, css);
    if (g_strcmp0 (names[i], wanted) == 0)
      found = names[i];
  }
  g_autofree char *css = g_strconcat (prefix, found, NULL);
  gtk_widget_add_css_class (widget, css);
}

void
cr_visit_add_type_classes (CrSession *session, const CrVisit *visit, GtkWidget *widget)
{
  const CrVisitType *type = find_type (session, visit->appointment->visit_type_id);
  set_class_of (widget, "type-", CR_TYPE_COLOURS, type != NULL ? type->colour : NULL);
  set_class_of (widget, "pattern-", CR_TYPE_PATTERNS, type != NULL ? type->pattern : NULL);
}

char *
cr_visit_flag_words (CrWindow *window, const CrVisit *visit)
{
  g_autoptr (GArray) flags = collect_flags (window, visit);
  GString *words = g_string_new (NULL);
  for (guint i = 0; i < flags->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " · " : "", g_array_index (flags, Flag, i).words);
  return g_string_free (words, flags->len == 0);
}

void
cr_visit_fill_flags (CrWindow *window, const CrVisit *visit, GtkBox *box)
{
  g_autoptr (GArray) flags = collect_flags (window, visit);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < flags->len; i++) {
    const Flag *flag = &g_array_index (flags, Flag, i);
    GtkWidget *mark =
        flag->icon != NULL ? gtk_image_new_from_icon_name (flag->icon) : gtk_label_new (flag->text);
    if (flag->icon == NULL) {
      gtk_label_set_ellipsize (GTK_LABEL (mark), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (mark), 12);
    }
    gtk_widget_add_css_class (mark, flag->css);
    gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
    gtk_widget_set_tooltip_text (mark, flag->words);
    gtk_box_append (box, mark);
  }
}

char *
cr_visit_clinician_name (CrSession *session, CrId person)
{
  GListModel *people = cr_session_get_people (session);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    if (cr_row_get_id (row) == person)
      return cr_person_short (cr_row_peek (row));
  }
  return NULL;
}

char *
cr_visit_room_words (CrSession *session, CrId room)
{
  GListModel *rooms = cr_session_get_rooms (session);
  for (guint i = 0; room != CR_ID_NONE && i < g_list_model_get_n_items (rooms); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rooms, i);
    const CrRoom *record = cr_row_peek (row);
    if (record->id == room)
      return record->kind == NULL ? g_strdup_printf (_ ("Room %s"), record->name) : g_strdup (record->name);
  }
  return g_strdup (_ ("No room"));
}

char *
cr_visit_weekday_words (CrDate date)
{
  g_autofree char *words = cr_date_format_weekday (date);
  return g_strndup (words, strcspn (words, " "));
}

char *
cr_visit_day_number (CrDate date)
{
  return date.day == 1 ? cr_date_format_short (date) : g_strdup_printf ("%d", date.day);
}

char *
cr_visit_day_words (CrDate date)
{
  g_autofree char *weekday = cr_visit_weekday_words (date);
  return g_strdup_printf ("%s %d", weekday, date.day);
}

char *
cr_visit_days_words (CrDate from, CrDate to)
{
  g_autofree char *first = from.year == to.year ? cr_date_format_short (from) : cr_date_format (from);
  g_autofree char *last = cr_date_format (to);
  return g_strdup_printf ("%s – %s", first, last);
}

char *
cr_visit_month_words (CrDate date)
{
  return cr_date_format ((CrDate){ date.year, date.month, 0 });
}

const char *
cr_visit_closed_words (const CrDay *day)
{
  for (guint i = 0; day->exceptions != NULL && i < day->exceptions->len; i++) {
    const CrScheduleException *e = day->exceptions->pdata[i];
    gboolean own = e->person_id == CR_ID_NONE || e->person_id == day->person_id;
    if (own && e->kind == CR_EXCEPTION_CLOSED && cr_schedule_exception_on (e, day->date) && e->reason != NULL)
      return e->reason;
  }
  return cr_clinician_is_gone (day->rules, day->person_id) ? _ ("No longer here") : _ ("Closed");
}

double
cr_visit_em (GtkWidget *widget)
{
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  double size = (double)pango_font_description_get_size (font) / PANGO_SCALE;
  return pango_font_description_get_size_is_absolute (font) ? size : size * 96 / 72;
}
