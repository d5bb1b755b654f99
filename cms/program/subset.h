// CMS SUBSET: commands while a program keeps the user area (DMSINT).
#pragma once

#include "cms/base/function.h"

namespace cms {

// SUBSET reads and runs commands until RETURN.
i32 subset_function(FunctionCall& call);
i32 return_function(FunctionCall& call);

// What runs a line, and types its ready message: the command loop says so.
void set_subset_runner(void (*runner)(Text line));

} // namespace cms
