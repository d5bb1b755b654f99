// The short forms of command names: QUERY ABBREV, SYNONYM (DMSINA).
#pragma once

#include "s370/base/text.h"

namespace cms {

// The command that `name` is short for; blank when it is for none.
Name8 find_synonym(const Name8& name);

} // namespace cms
