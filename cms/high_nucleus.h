// The part of the nucleus that lies at the top of storage (the file system, EXEC).
//
// It is loaded behind X'20000', where programs will be, and moved away before
// anything of it is used.
#pragma once

#include "s370/base/types.h"

namespace cms {

// Moves it to end at `end` or just below, corrects all addresses of it, and returns
// where it begins: a page boundary.
u32 place_high_nucleus(u32 end);

} // namespace cms
