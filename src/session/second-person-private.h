#pragma once
#include "chartroom/session/second-person.h"
#include "chartroom/session/work.h"

CrStoreUser *cr_second_person_get_user (CrSecondPerson *self);
