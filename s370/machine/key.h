// Storage keys. GA22-7000-10 "Set Storage Key", "Insert Storage Key".
// One key for each 2K block; `address` is any byte of the block. Supervisor state.
#pragma once

#include "s370/base/types.h"

extern "C" {
void machine_ssk(u32 key, u32 address);
u32 machine_isk(u32 address);
u32 machine_rrb(u32 address);
}

namespace machine {

// Bits as in s370::storage_key.
inline void set_storage_key(u32 address, u8 key) { machine_ssk(key, address); }
inline u8 storage_key(u32 address) { return static_cast<u8>(machine_isk(address)); }
// The reference and change bits as they were; the reference bit is now off.
// Condition code 0 none, 1 change only, 2 reference only, 3 both.
inline u8 reset_reference_bit(u32 address) { return static_cast<u8>(machine_rrb(address)); }

} // namespace machine
