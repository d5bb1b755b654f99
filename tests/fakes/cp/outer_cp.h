// The CPs around the CP under test, for its DIAGNOSE 00.
#pragma once

#include "cp/api/diagnose_codes.h"

#include <vector>

namespace fakes {

extern std::vector<cp::ExtendedIdentification> outer_cps;

} // namespace fakes
