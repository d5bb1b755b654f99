// A guest's own translation tables, walked as LRA does.
//
// GA22-7000-10 "Translation Process". The shadow tables of guests that run with
// translation on are made from the same walk.
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/arch/program_codes.h"

namespace cp {

struct GuestTranslation {
    s370::Program exception = s370::Program::None; // of LRA itself: control register 0 or addresses
    u8 condition_code = 0; // 0 translated, 1 segment invalid, 2 page invalid, 3 length
    u32 address = 0;       // real, or of the table entry that ended the walk
    s370::Program fault = s370::Program::None; // what an access to the address gets instead
    u32 segment_entry = 0;                     // and its page table's origin,
    u32 page_table = 0;                        // when there is one
    bool store_protected = false;              // by its segment
};

// The sizes that control register 0 of a guest asks for, as powers of two.
struct TranslationFormat {
    u32 page_bits = 0, segment_bits = 0; // 0: neither of the two sizes
    bool valid() const { return page_bits != 0 && segment_bits != 0; }
};
TranslationFormat translation_format(u32 cr0);

// A guest's page table entry. 2K pages have one more bit of address, and so the invalid bit
// further right.
struct GuestPageEntry {
    u16 bits;
    bool large; // 4K
    bool invalid() const { return (bits & (large ? 0x0008 : 0x0004)) != 0; }
    bool malformed() const { return !large && (bits & 0x0002) != 0; }
    // With 4K pages the two bits that must be zero are high bits of the address on
    // machines with more than 16M, as the real one is.
    u32 frame() const {
        return large ? u32{bits & 0xFFF0u} << 8 | u32{bits & 0x0006u} << 23
                     : u32{bits & 0xFFF8u} << 8;
    }
};

// What a translation exception at `address` stores at 144: the block of 2K, and whether it is one
// of the secondary space, as the machine at hand says that.
u32 fault_address(u32 address, bool secondary);
inline u32 fault_address(const VirtualMachine& vm, u32 address) {
    return fault_address(address, s370::Psw::SecondarySpace::test(vm.cpu.psw.bits));
}

// By the guest's control register 0 and the segment table of `space` (as control register 1),
// whether its translation is on or not.
GuestTranslation translate(VirtualMachine& vm, u32 address, u32 space);
inline GuestTranslation translate(VirtualMachine& vm, u32 address) {
    return translate(vm, address, vm.cpu.space());
}

} // namespace cp
