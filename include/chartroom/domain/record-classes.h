/* Every record class of the program, for what walks them all: schema checks, history, full export. */
#pragma once
#include "chartroom/domain/record.h"

/* NULL-terminated; a class stands after those its ids point to, as far as that has an order. */
extern const CrRecordClass *const CR_ALL_CLASSES[];
const CrRecordClass *cr_record_class_find (const char *name); /* by table name; NULL when there is none */
