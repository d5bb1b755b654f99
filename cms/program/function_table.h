// The nucleus' functions by name (DMSFNC).
#pragma once

#include "cms/base/function.h"

namespace cms {

// Null when no function has that name; names begin with a letter.
//
// To programs ERASE, RENAME, STATE and STATEW are functions; a user or an EXEC
// that calls them means the commands, MODULE files that also say what went wrong.
NucleusFunction find_function(const Name8& name, bool by_user = false);

} // namespace cms
