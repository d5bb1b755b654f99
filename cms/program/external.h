// External interruptions: the routine that TRAP names (DMSITE).
#pragma once

#include "cms/base/function.h"

namespace cms {

i32 trap_function(FunctionCall& call);
void clear_trap();

} // namespace cms
