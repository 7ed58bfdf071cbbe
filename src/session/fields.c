#include "chartroom/session/fields.h"

G_DEFINE_INTERFACE (CrFields, cr_fields, G_TYPE_OBJECT)

static void
cr_fields_default_init (CrFieldsInterface *iface)
{
}

const char *
cr_fields_problem (CrFields *self, const char *property)
{
  g_return_val_if_fail (CR_IS_FIELDS (self), NULL);
  return CR_FIELDS_GET_IFACE (self)->problem (self, property);
}

const char *
cr_fields_question (CrFields *self, const char *property)
{
  g_return_val_if_fail (CR_IS_FIELDS (self), NULL);
  return CR_FIELDS_GET_IFACE (self)->question (self, property);
}

char *
cr_fields_offer (CrFields *self, const char *property)
{
  g_return_val_if_fail (CR_IS_FIELDS (self), NULL);
  CrFieldsInterface *iface = CR_FIELDS_GET_IFACE (self);
  return iface->offer != NULL ? iface->offer (self, property) : NULL;
}
