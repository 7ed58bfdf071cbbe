#include "chartroom/base/error.h"

GQuark
cr_error_quark (void)
{
  return g_quark_from_static_string ("cr-error-quark");
}
