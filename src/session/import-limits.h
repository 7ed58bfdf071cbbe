/* What the forms refuse, the import refuses too (UX 7.3). */
#pragma once
#include "chartroom/base/clock.h"
#include "chartroom/clinical/knowledge.h"
#include "chartroom/exchange/fhir-bundle.h"

/* Impossible birth and death dates become unknown, impossible observations are taken out; each is a finding
 * of the bundle, and its counts follow.  k may be NULL: then no vital is judged. */
void cr_import_limit (CrFhirBundle *bundle, const CrKnowledge *k, CrClock *clock);
