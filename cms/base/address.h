// From an address to a pointer, on the machine itself: they are the same, and the
// CPU takes no notice of the leftmost byte. tests/fakes has the host's.
#pragma once

#include "s370/base/types.h"

namespace cms {

inline u8* storage_pointer(u32 address) { return reinterpret_cast<u8*>(std::uintptr_t{address}); }

// Through an integer: who is given the address may read and write what is there.
inline u32 storage_address(const void* pointer) {
    return static_cast<u32>(reinterpret_cast<std::uintptr_t>(pointer));
}

} // namespace cms
