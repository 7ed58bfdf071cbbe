/* Registration fields as a person types them: what cannot be accepted, what is only asked, and the form in
 * which they are kept (UX 7.3).  Problems are hard, questions soft; both are new sentences, NULL when there
 * is nothing to say.  Empty text is never a problem here: what must be there is for the form to know. */
#pragma once
#include "chartroom/domain/patient.h"

char *cr_name_problem (const char *name);
/* Not a control character, one that only turns the writing direction or has no shape, or a stand-in for one
 * that was lost. */
gboolean cr_name_takes (gunichar c);
char *cr_name_question (const char *name);
char *cr_name_offer (const char *name); /* "Garcia" for all caps or all lower case; NULL: nothing to offer */
char *cr_name_proper (const char *typed); /* "garcia-lopez" → "Garcia-Lopez"; mixed case stays as typed */

char *cr_birth_problem (CrDate birth, CrDate today);
/* Of a date of death, which may be a year or a month alone.  last_seen: the last day the patient was here;
 * none: not known. */
char *cr_death_problem (CrDate death, CrDate birth, CrDate today);
char *cr_death_question (CrDate death, CrDate last_seen);
char *cr_birth_question (CrDate birth, CrDate today);

/* 10 digits, with an extension "5035550142x12"; numbers of other countries as typed, from "+".  NULL: not a
 * number. */
char *cr_phone_normal (const char *typed);
char *cr_phone_problem (const char *typed);
char *cr_phone_question (const char *typed, const char *practice_phone);

char *cr_email_problem (const char *email);
char *cr_email_question (const char *email); /* "Use ana@gmail.com?" for a likely slip */
char *cr_email_offer (const char *email);    /* "ana@gmail.com" then; else NULL */

char *cr_state_normal (const char *typed); /* "oregon", "or" → "OR"; NULL: no state of the US */
char *cr_state_problem (const char *typed);
char *cr_zip_normal (const char *typed); /* "97301" or "97301-1234"; NULL: not a ZIP code */
char *cr_zip_problem (const char *typed);
char *cr_zip_question (const char *zip, const char *state);
