// A long floating-point number in decimal, as DISPLAY Y shows it (DMKCVT).
//
//   " .31415926535897931 E  01": sign, 17 digits of a fraction, a power of ten with its sign
#pragma once

#include "s370/base/text.h"

namespace cp {

Line<24> decimal_floating(u64 number);

} // namespace cp
