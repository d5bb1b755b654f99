// Messages composed from a pattern: DMSERR, the service behind LINEDIT (DMSERR).
//
// GC20-1819 "LINEDIT". Runs of two and more dots in the pattern are replaced.
#pragma once

#include "s370/base/types.h"

namespace cms {

// `plist` begins with the flag bytes; `r0` is the value of a single substitution.
i32 dmserr(u32 r0, u32 plist);

} // namespace cms
