// Writes the directory of a disk so that a crash at any write loses no closed file (DMSAUD).
//
// What changed of directory and map goes to blocks that the directory on the disk does not
// name; then one block is written in place that makes them the directory: the MFD of an
// 800-byte disk, the label of others. Files that are open are not in it, nor their blocks.
#pragma once

#include "cms/files/volume.h"

namespace cms::files {

// After an error the disk cannot be written any more until it is accessed again.
i32 commit(Volume& volume);

} // namespace cms::files
