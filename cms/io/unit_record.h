// The card reader, punch and printer: CARDRD, CARDPH, PRINTR (DMSCIO, DMSPIO).
#pragma once

#include "cms/base/function.h"

namespace cms {

i32 cardrd_function(FunctionCall& call);
i32 cardph_function(FunctionCall& call);
i32 printr_function(FunctionCall& call);

} // namespace cms
