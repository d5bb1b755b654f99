// Real storage: addresses and pointers, the assigned locations, its size.
//
// On the System/370 an address is a pointer. On the host, tests/fakes has an
// array for real storage, and this header's other half.
#pragma once

#include "s370/arch/low_storage.h"
#include "s370/base/types.h"

// Locations 0 to 511; placed by the linker at address 0.
extern "C" s370::LowStorage machine_low_storage;

namespace machine {

inline s370::LowStorage& low_storage() { return machine_low_storage; }

inline u8* real(u32 address) { return reinterpret_cast<u8*>(address); }
template <typename T>
inline T* real(u32 address) {
    return reinterpret_cast<T*>(address);
}
inline u32 real_address(const volatile void* pointer) { return reinterpret_cast<u32>(pointer); }

} // namespace machine

// Bytes of real storage, found by touching every megabyte; at start only.
extern "C" u32 machine_storage_size();
namespace machine {
inline u32 storage_size() { return machine_storage_size(); }
} // namespace machine
