// The host's half of s370/machine/storage.h: real storage is an array of 16M whose
// first byte is address 0.
#pragma once

#include "s370/arch/low_storage.h"
#include "s370/base/types.h"

namespace fakes {

constexpr u32 storage_size = 16 * 1024 * 1024;
extern u8 storage[storage_size];

// All zero again; keys too.
void clear_storage();

} // namespace fakes

namespace machine {

inline s370::LowStorage& low_storage() {
    return *reinterpret_cast<s370::LowStorage*>(fakes::storage);
}

inline u8* real(u32 address) { return fakes::storage + address; }
template <typename T>
inline T* real(u32 address) {
    return reinterpret_cast<T*>(fakes::storage + address);
}
inline u32 real_address(const volatile void* pointer) {
    return static_cast<u32>(static_cast<const volatile u8*>(pointer) - fakes::storage);
}
inline u32 storage_size() { return fakes::storage_size; }

} // namespace machine
