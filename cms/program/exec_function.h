// The nucleus function EXEC: `EXEC fn [arguments]` (DMSEXC).
#pragma once

#include "s370/base/text.h"

namespace cms {

// `list` is the parameter list: EXEC, the file name, arguments, X'FF...'.
// Returns the return code of the EXEC; 24 when no name was given.
i32 exec_function(const Name8* list);

// After an abend no EXEC is running any more.
void exec_reset();

} // namespace cms
