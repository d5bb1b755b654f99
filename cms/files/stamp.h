// The date and time that a file gets when it is written.
#pragma once

#include "cms/layout/edf.h"

namespace cms::files {

struct Stamp {
    u8 digits[6]; // YYMMDDHHMMSS in packed digits
    bool century; // the year is 20yy
};

Stamp now();
// In the form of either disk format.
void set_stamp(FileStatus& file, const Stamp& stamp);
void set_stamp(edf::FileStatus& file, const Stamp& stamp);

} // namespace cms::files
