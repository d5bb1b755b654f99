// From an address to a pointer, on the host: into the block that is the storage
// of the virtual machine. What lies outside is an error of the test.
#pragma once

#include "s370/base/types.h"

extern "C" u8 cms_storage[];

namespace cms {

inline u8* storage_pointer(u32 address) { return cms_storage + (address & 0xFFFFFF); }

} // namespace cms
