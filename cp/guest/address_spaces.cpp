#include "cp/guest/address_spaces.h"

#include "cp/guest/guest_translation.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

Program done(VirtualMachine& vm, u8 cc) {
    vm.cpu.psw.set_condition_code(cc);
    return Program::None;
}

// ---- What is in force

Program set_address_space_control(VirtualMachine& vm, const Instruction& i) {
    enum : u32 { Primary, Secondary, AccessRegister };
    u32 const mode = i.address >> 8 & 15;
    if (mode == AccessRegister) return Program::SpecialOperation;
    if (mode > AccessRegister) return Program::Specification;
    vm.cpu.psw.bits = Psw::SecondarySpace::put(vm.cpu.psw.bits, mode);
    vm.cpu.recheck = true; // another segment table
    return Program::None;
}
Program insert_address_space_control(VirtualMachine& vm, const Instruction& i) {
    u32& r1 = vm.cpu.gpr[i.low_r1()];
    bool const secondary = Psw::SecondarySpace::test(vm.cpu.psw.bits);
    r1 = (r1 & 0xFFFF00FF) | (secondary ? 0x100 : 0);
    return done(vm, secondary ? 1 : 0);
}
Program extract_asn(VirtualMachine& vm, const Instruction& i) {
    u32 const from = i.second == 0x26 ? primary_asn : secondary_asn;
    vm.cpu.gpr[i.low_r1()] = vm.cpu.cr[from] & 0xFFFF;
    return Program::None;
}
Program insert_virtual_storage_key(VirtualMachine& vm, const Instruction& i) {
    u32 const address = vm.cpu.gpr[i.low_r2()] & 0xFFFFFF;
    GuestTranslation const found = translate(vm, address);
    if (found.fault != Program::None) {
        vm.cpu.translation_address = fault_address(vm, address);
        return found.fault;
    }
    GuestReal const real{found.address};
    if (!vm.storage.contains(real)) return Program::Addressing;
    u32& r1 = vm.cpu.gpr[i.low_r1()];
    r1 = (r1 & 0xFFFFFF00) | (vm.storage.key(real) & 0xF8);
    return Program::None;
}

// ---- Moves

// By the PSW key mask, which problem state is bound to.
bool key_allowed(const VirtualMachine& vm, u32 key) {
    return (vm.cpu.cr[3] << (key & 15) & 0x80000000) != 0;
}
u8 key_of(const VirtualMachine& vm, const Instruction& i) { return vm.cpu.gpr[i.r2()] >> 4 & 15; }

struct Operand {
    u32 address;
    u8 key;
    u8 space; // bit 16 of the PSW
};

Program move_bytes(VirtualMachine& vm, Operand to, Operand from, u32 length) {
    Psw const psw = vm.cpu.psw;
    auto const use = [&](Operand operand) {
        vm.cpu.psw.bits =
            Psw::SecondarySpace::put(Psw::Key::put(psw.bits, operand.key), operand.space);
    };
    // The first bytes of both come before what lies behind a boundary; that of the source has
    // been referred to even when the other one cannot be stored.
    Program code = Program::None;
    if (length != 0) {
        u8 first = 0;
        use(from);
        code = fetch(vm, from.address, first);
        use(to);
        if (code == Program::None) code = check_store(vm, to.address, length);
        use(from);
        if (code == Program::None) code = check_fetch(vm, from.address, length);
    }
    // Byte by byte: the operands may overlap.
    for (u32 n = 0; n < length && code == Program::None; ++n) {
        u8 byte = 0;
        use(from);
        code = fetch(vm, (from.address + n) & 0xFFFFFF, byte);
        use(to);
        if (code == Program::None) code = store(vm, (to.address + n) & 0xFFFFFF, byte);
    }
    vm.cpu.psw.bits = psw.bits;
    return code;
}

// As many bytes as register R1 says, 256 at the most.
Program move(VirtualMachine& vm, const Instruction& i, Operand to, Operand from) {
    constexpr u32 most = 256;
    u32 const length = vm.cpu.gpr[i.r1()];
    Program const code = move_bytes(vm, to, from, std::min(length, most));
    return code == Program::None ? done(vm, length > most ? 3 : 0) : code;
}

// One operand by the PSW key in one space, the other by that of R3 in the other one.
Program move_between(VirtualMachine& vm, const Instruction& i, bool to_primary) {
    if (!vm.settings.ec_mode) return Program::Operation;
    u8 const key = key_of(vm, i), own = vm.cpu.psw.key();
    if (vm.cpu.psw.problem() && !key_allowed(vm, key)) return Program::PrivilegedOperation;
    if (to_primary) return move(vm, i, {i.address, own, 0}, {i.address2, key, 1});
    return move(vm, i, {i.address, key, 1}, {i.address2, own, 0});
}

// ---- Which may be executed

// B2xx that are refused without translation.
bool needs_translation(u8 second) {
    return second == 0x23 || second == 0x24 || second == 0x26 || second == 0x27;
}
bool moves_between(u8 opcode) { return opcode == 0xDA || opcode == 0xDB; }
bool sets_space(const Instruction& i) { return i.opcode == 0xB2 && i.second == 0x19; }

} // namespace

Program move_with_key(VirtualMachine& vm, const Instruction& i) {
    if (!vm.settings.ec_mode) return Program::Operation;
    u8 const space = static_cast<u8>(Psw::SecondarySpace::get(vm.cpu.psw.bits));
    return move(vm, i, {i.address, vm.cpu.psw.key(), space}, {i.address2, key_of(vm, i), space});
}

Program move_to_primary(VirtualMachine& vm, const Instruction& i) {
    return move_between(vm, i, true);
}
Program move_to_secondary(VirtualMachine& vm, const Instruction& i) {
    return move_between(vm, i, false);
}

Simulation address_space_b2(u8 second) {
    switch (second) {
    case 0x19: return set_address_space_control;
    case 0x23: return insert_virtual_storage_key;
    case 0x24: return insert_address_space_control;
    case 0x26:
    case 0x27: return extract_asn;
    default: return nullptr;
    }
}

bool uses_secondary_space(const VirtualMachine& vm, const Instruction& i) {
    return vm.settings.ec_mode && vm.cpu.psw.translating() &&
           (vm.cpu.cr[0] & cr0::secondary_space) != 0 && (moves_between(i.opcode) || sets_space(i));
}

bool refused_untranslated(const VirtualMachine& vm, const Instruction& i) {
    if (!vm.settings.ec_mode || i.opcode != 0xB2 || !needs_translation(i.second)) return false;
    // IAC apart, the real machine takes the mask of channel 5 in BC mode for translation.
    return i.second == 0x24 ? !vm.cpu.psw.translating() : !Psw::Translation::test(vm.cpu.psw.bits);
}

bool semi_privileged(const VirtualMachine& vm, const Instruction& i) {
    if (!vm.settings.ec_mode) return false;
    if (moves_between(i.opcode) || sets_space(i)) return true;
    if (i.opcode == 0xD9) return key_allowed(vm, key_of(vm, i));
    if (i.opcode != 0xB2) return false;
    if (i.second == 0x0A) return key_allowed(vm, i.address >> 4);
    bool const extracts = i.second == 0x0B || needs_translation(i.second);
    return extracts && (vm.cpu.cr[0] & cr0::extraction_authority) != 0;
}

} // namespace cp
