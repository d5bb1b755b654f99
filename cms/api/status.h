// From entries of a directory in storage to what programs are told (FST, ADT).
#pragma once

#include "cms/api/disks.h"
#include "cms/layout/adt.h"
#include "cms/layout/edf.h"

namespace cms::api {

// `entry_size` is 64 when the long form of the entry lies behind `status`.
FileState file_state(const FileStatus& status, u8 letter, u32 entry_size);
Stamp file_stamp(const FileStatus& status);
// The six packed digits pairs YYMMDDHHMMSS of the long form.
void pack_stamp(const Stamp& stamp, u8 (&packed)[6]);

} // namespace cms::api
