#include "s370/machine/storage.h"

#include "s370/arch/dat.h"
#include "s370/arch/key.h"

#include <cstring>

alignas(4096) u8 fakes::storage[fakes::storage_size];

// CMS's name for the same storage, unknown to the compiler: the address sanitizer
// would put a border behind it.
asm(".globl cms_storage\n.set cms_storage, _ZN5fakes7storageE");

namespace {
u8 keys[fakes::storage_size / s370::key_block_size];
} // namespace

void fakes::clear_storage() {
    std::memset(storage, 0, sizeof storage);
    std::memset(keys, 0, sizeof keys);
}

extern "C" {

void machine_ssk(u32 key, u32 address) {
    keys[address / s370::key_block_size] = static_cast<u8>(key & 0xFE);
}
u32 machine_isk(u32 address) { return keys[address / s370::key_block_size]; }
u32 machine_rrb(u32 address) {
    u8& key = keys[address / s370::key_block_size];
    u32 const before = key & (s370::storage_key::reference | s370::storage_key::change);
    key &= static_cast<u8>(~s370::storage_key::reference);
    return before >> 1;
}
}
