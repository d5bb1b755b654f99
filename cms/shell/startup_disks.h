// The disks that IPL accesses by itself: S, and with the first command Y and A.
#pragma once

#include "s370/base/text.h"

namespace cms {

// Accesses `device` as `letter`; `number` restricts it to files of that mode number.
// A disk that is not there is no error; other errors and read-only get their line.
bool access_at_startup(u16 device, u8 letter, Text number);

} // namespace cms
