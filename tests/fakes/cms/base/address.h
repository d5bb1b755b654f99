// From an address to a pointer, on the host: into the block that is the storage
// of the virtual machine. What lies outside is an error of the test.
#pragma once

#include "s370/base/types.h"

extern "C" u8 cms_storage[];

namespace cms {

inline u8* storage_pointer(u32 address) { return cms_storage + (address & 0xFFFFFF); }

inline u32 storage_address(const void* pointer) {
    return static_cast<u32>(reinterpret_cast<std::uintptr_t>(pointer) -
                            reinterpret_cast<std::uintptr_t>(cms_storage));
}

} // namespace cms
