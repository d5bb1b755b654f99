// The virtual machine's storage as the nucleus sees it: everything from 0 up.
//
// Programs and the nucleus share one 24-bit address space; what parameter lists
// and SYSREF carry are addresses. On the host `cms_storage` is a block of memory.
#pragma once

#include "cms/layout/nucon.h"
#include "cms/layout/work_areas.h"

#include <span>

extern "C" u8 cms_storage[]; // location 0

namespace cms {

constexpr u32 page_size = 4096, key_block = 2048;
constexpr u32 address_mask = 0xFFFFFF;

template <typename T = u8>
T* at_address(u32 address) {
    return reinterpret_cast<T*>(cms_storage + (address & address_mask));
}

// `pointer` is into `cms_storage`.
inline u32 address_of(const void* pointer) {
    return static_cast<u32>(static_cast<const u8*>(pointer) - cms_storage) & address_mask;
}

inline Nucon& nucon() { return *at_address<Nucon>(at::nucon); }
inline NucleusWork& nucleus_work() { return *at_address<NucleusWork>(nucleus_work_address); }
inline Svcsect& svcsect() { return *at_address<Svcsect>(at::svcsect); }
inline Extsect& extsect() { return *at_address<Extsect>(at::extsect); }
inline Iosect& iosect() { return *at_address<Iosect>(at::iosect); }
inline Pgmsect& pgmsect() { return *at_address<Pgmsect>(at::pgmsect); }
inline Opsect& opsect() { return *at_address<Opsect>(at::opsect); }

// `length` bytes at `address`; empty when they do not all exist.
inline std::span<u8> range(u32 address, u32 length) {
    address &= address_mask;
    if (address > nucon().vmsize || length > nucon().vmsize - address) return {};
    return {at_address(address), length};
}

} // namespace cms
