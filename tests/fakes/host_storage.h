// The real storage of a host test: 16M behind s370/machine/address.h.
#pragma once

#include "s370/machine/address.h"

namespace fakes {

constexpr u32 host_storage_size = 16 * 1024 * 1024;

// All zero again. What a test places itself goes below `host_free_start`.
constexpr u32 host_free_start = 0x10000;
void clear_host_storage();

} // namespace fakes
