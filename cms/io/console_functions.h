// The functions of the terminal: TYPLIN, WAITRD, CONWAIT, ATTN, DESBUF, CP and CMSTIME.
#pragma once

#include "cms/base/function.h"

namespace cms {

i32 typlin_function(FunctionCall& call);
i32 waitrd_function(FunctionCall& call);
i32 conwait_function(FunctionCall& call);
i32 attn_function(FunctionCall& call);
i32 desbuf_function(FunctionCall& call);
i32 cp_function(FunctionCall& call);
i32 cmstime_function(FunctionCall& call);

} // namespace cms
