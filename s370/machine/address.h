// Real storage addresses and pointers into it.
//
// On the System/370 an address is a pointer. A host test gives the machine a
// storage of its own (tests/fakes/host_storage.h), whose first byte is address 0;
// nothing else converts between the two.
#pragma once

#include "s370/base/types.h"

namespace machine {

extern u8* host_storage; // host only: never referred to on the target

template <typename T = u8>
inline T* at(u32 address) {
    if constexpr (sizeof(void*) == sizeof(u32)) {
        return reinterpret_cast<T*>(static_cast<std::uintptr_t>(address));
    } else {
        return reinterpret_cast<T*>(host_storage + address);
    }
}

inline u32 address_of(const void* pointer) {
    if constexpr (sizeof(void*) == sizeof(u32)) {
        return static_cast<u32>(reinterpret_cast<std::uintptr_t>(pointer));
    } else {
        return static_cast<u32>(static_cast<const u8*>(pointer) - host_storage);
    }
}

} // namespace machine
