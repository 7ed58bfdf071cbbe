/* Office-local civil dates and times: birthdays, appointments, due dates.  Never instants. */
#pragma once
#include <glib.h>

/* Partial dates keep their precision: day 0 = month known, month 0 too = year only, year 0 = absent. */
typedef struct {
  gint16 year;
  guint8 month, day;
} CrDate;
#define CR_DATE_NONE ((CrDate){ 0 })
#define CR_DATE(y, m, d) ((CrDate){ (y), (m), (d) })
#define CR_MINUTE_NONE (-1)

gboolean cr_date_is_set (CrDate d);
gboolean cr_date_is_full (CrDate d);      /* year, month and day */
gboolean cr_date_is_valid (CrDate d);     /* set, and a day that exists */
int cr_date_compare (CrDate a, CrDate b); /* absent sorts first; partial as its first day */
/* Days since 1970-01-01 of a full date, and back. */
gint32 cr_date_to_days (CrDate d);
CrDate cr_date_from_days (gint32 days);
CrDate cr_date_add_days (CrDate d, int days);
CrDate cr_date_add_months (CrDate d, int months); /* clamps: Jan 31 + 1 = Feb 28 or 29 */
int cr_date_weekday (CrDate d);                   /* ISO: 1 = Monday … 7 = Sunday */
int cr_week_begins (void); /* weekday that calendars begin with, as the language set on this machine says */
int cr_date_days_in_month (int year, int month);
int cr_date_years_between (CrDate from, CrDate to);  /* completed years; Feb 29 counts on Mar 1 */
int cr_date_months_between (CrDate from, CrDate to); /* completed months, counted in the same way */

/* ISO text: "1961-03-14", "1998-06", "1998"; "" when absent.  Parsing is strict. */
char *cr_date_to_iso (CrDate d);
gboolean cr_date_from_iso (const char *text, CrDate *out); /* NULL and "" read as absent */

/* What a person typed (UX 7.2). */
typedef enum { CR_DATE_FUTURE, CR_DATE_PAST, CR_DATE_BIRTH } CrDateLean;
typedef struct {
  CrDate date;      /* the reading, or the later of two; absent when blank, unknown or wrong */
  CrDate other;     /* set when two are possible: a person must choose between date and other */
  gboolean unknown; /* "unk" or "?" */
} CrDateReading;
/* base: what "+n" counts from when the field has a value, else absent.  FALSE: error says what is wrong.
 * A partial date ("1998", "jun 98") is a reading too: a field that needs the day checks cr_date_is_full. */
gboolean cr_date_parse (const char *typed, CrDate today, CrDateLean lean, CrDate base, CrDateReading *out,
                        GError **error);
/* Whether typed dates put the day first (dd/mm/yyyy); a process-wide practice setting, off at first. */
void cr_date_set_day_first (gboolean first);
gboolean cr_date_day_first (void);
/* "9", "930", "9:30", "9a", "2p", "14:30", "now", "+20"; 1–6 without a letter are afternoon.  now: minutes.
 * A blank field reads as CR_MINUTE_NONE. */
gboolean cr_minute_parse (const char *typed, int now, int *out, GError **error);

/* Display (UX 4.2, 4.3).  All return new strings. */
typedef enum { CR_DATE_STYLE_US, CR_DATE_STYLE_CUI } CrDateStyle;
void cr_date_set_style (CrDateStyle style);         /* process-wide display preference; US by default */
char *cr_date_format (CrDate d);                    /* Mar 14, 1961 · Jun 1998 · 1998 · "Not recorded" */
char *cr_date_format_weekday (CrDate d);            /* Mon Nov 23, 2026; of a partial date as above */
char *cr_date_format_short (CrDate d);              /* Nov 23 */
char *cr_date_format_long (CrDate d);               /* November 23, 2026 */
char *cr_date_format_near (CrDate d, CrDate today); /* weekday form within 14 days, else plain */
char *cr_date_format_distance (CrDate d, CrDate today); /* in 3 weeks · yesterday; "" unless both are full */
void cr_minute_set_24_hour (gboolean on);               /* process-wide display preference; off at first */
char *cr_minute_format (int minute);                    /* 2:30 PM; "" when absent */
char *cr_age_format (CrDate birth, CrDate on); /* 65 y · 4 y 1 mo · 13 mo 8 d · 4 wk 1 d · 26 d */
/* Of a child born before 37 weeks and under 2 years: "corrected 7 mo 2 wk", counted from the day of 40 weeks;
 * "" for everybody else.  gestation: in days (34 weeks 2 days = 240), 0 when not known. */
char *cr_age_format_corrected (CrDate birth, int gestation, CrDate on);
/* < 2 d needs the hour of birth, which is rarely known: such ages read in days ("0 d", "1 d"). */
