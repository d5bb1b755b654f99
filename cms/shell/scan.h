// A command line into tokens (SCAN).
#pragma once

#include "s370/base/text.h"

namespace cms {

// Puts the line into CMNDLINE, its tokens of eight characters in upper case into
// CMNDLIST with a fence behind, where each part lies into NUCPLIST. How many tokens.
usize scan(Text line);

} // namespace cms
