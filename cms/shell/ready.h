// The ready message: `Ready; T=0.01/0.02 12:34:56`.
#pragma once

#include "s370/base/text.h"

namespace cms {

// From here on CPU time is counted for the next ready message.
void start_timing();
void type_ready(i32 code);

// The text, for times in microseconds. SET RDYMSG SMSG leaves the times out.
Line<60> ready_text(i32 code, bool brief, u64 virtual_time, u64 total_time, const Name8& time);

} // namespace cms
