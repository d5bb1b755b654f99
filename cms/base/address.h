// From an address to a pointer, on the machine itself: they are the same, and the
// CPU takes no notice of the leftmost byte. tests/fakes has the host's.
#pragma once

#include "s370/base/types.h"

namespace cms {

inline u8* storage_pointer(u32 address) { return reinterpret_cast<u8*>(std::uintptr_t{address}); }

} // namespace cms
