// Takes closed files out of the directory (DMSERS).
#pragma once

#include "cms/files/volume.h"
#include "cms/layout/fst.h"

namespace cms::files {

// Its open file is discarded. 0, 3, 13.
i32 erase_file(Volume& volume, const Name8& name, const Name8& type);

} // namespace cms::files
