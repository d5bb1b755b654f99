// The virtual machine's storage as the nucleus sees it: everything from 0 up.
//
// Programs and the nucleus share one 24-bit address space; what parameter lists
// and SYSREF carry are addresses. On the host `cms_storage` is a block of memory.
#pragma once

#include "cms/base/address.h"
#include "cms/layout/nucon.h"
#include "cms/layout/work_areas.h"

#include <span>

extern "C" u8 cms_storage[]; // location 0

namespace cms {

constexpr u32 page_size = 4096, key_block = 2048;
constexpr u32 address_mask = 0xFFFFFF;

template <typename T = u8>
T* at_address(u32 address) {
    return reinterpret_cast<T*>(storage_pointer(address));
}

// `pointer` is into `cms_storage`.
inline u32 address_of(const void* pointer) { return storage_address(pointer) & address_mask; }

// A structure at one of the fixed addresses.
template <typename T, u32 address>
T& fixed() {
    return *reinterpret_cast<T*>(cms_storage + address);
}

inline Nucon& nucon() { return fixed<Nucon, at::nucon>(); }
inline NucleusWork& nucleus_work() { return fixed<NucleusWork, nucleus_work_address>(); }
inline Svcsect& svcsect() { return fixed<Svcsect, at::svcsect>(); }
inline Extsect& extsect() { return fixed<Extsect, at::extsect>(); }
inline Iosect& iosect() { return fixed<Iosect, at::iosect>(); }
inline Pgmsect& pgmsect() { return fixed<Pgmsect, at::pgmsect>(); }
inline Opsect& opsect() { return fixed<Opsect, at::opsect>(); }

// `length` bytes at `address`; empty when they do not all exist.
inline std::span<u8> range(u32 address, u32 length) {
    address &= address_mask;
    if (address > nucon().vmsize || length > nucon().vmsize - address) return {};
    return {at_address(address), length};
}

} // namespace cms
