/* What a form asks of whatever it binds to: string properties as a person types them, and what the rules say
 * of each (UX 7.1). */
#pragma once
#include <glib-object.h>

#define CR_TYPE_FIELDS (cr_fields_get_type ())
G_DECLARE_INTERFACE (CrFields, cr_fields, CR, FIELDS, GObject)

struct _CrFieldsInterface {
  GTypeInterface parent;
  const char *(*problem) (CrFields *self, const char *property);
  const char *(*question) (CrFields *self, const char *property);
  char *(*offer) (CrFields *self, const char *property); /* may be NULL: never */
};

const char *cr_fields_problem (CrFields *self, const char *property); /* hard sentence; NULL: fine */
const char *cr_fields_question (CrFields *self,
                                const char *property); /* soft sentence; NULL: nothing asked */
/* The text that answers the question ("Garcia" to "Use Garcia?"); new string, NULL: none. */
char *cr_fields_offer (CrFields *self, const char *property);
