#include "cp/guest/instruction.h"

#include "cp/guest/guest_translation.h"
#include "cp/guest/per.h"
#include "s370/arch/key.h"
#include "s370/machine/control.h"
#include "s370/machine/storage.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

constexpr u8 execute = 0x44;
constexpr u32 address_mask = 0xFFFFFF;

u32 base_and_displacement(const VirtualCpu& cpu, u16 field) {
    u32 const base = field >> 12;
    return ((base == 0 ? 0 : cpu.gpr[base]) + (field & 0xFFFu)) & address_mask;
}

enum class Access : u8 { Fetch, Store };

bool low_address_protected(const VirtualMachine& vm, u32 address) {
    return address < low_addresses && vm.settings.ec_mode &&
           (vm.cpu.cr[0] & cr0::low_address_protection) != 0;
}

// Checks the block of 2K that `address` lies in, and finds it.
Program check_block(VirtualMachine& vm, u32 address, Access access, GuestReal& real) {
    real = {address};
    if (vm.cpu.psw.translating()) {
        GuestTranslation const found = translate(vm, address);
        if (found.fault != Program::None) {
            vm.cpu.translation_address = fault_address(vm, address);
            return found.fault;
        }
        if (access == Access::Store && found.store_protected) return Program::Protection;
        real = {found.address};
    }
    if (!vm.storage.contains(real)) return Program::Addressing;
    u8 const key = vm.cpu.psw.key();
    if (access == Access::Store && low_address_protected(vm, address)) return Program::Protection;
    if (key == 0) return Program::None;
    u8 const block_key = vm.storage.key(real);
    bool const may = access == Access::Store ? storage_key::may_store(block_key, key)
                                             : storage_key::may_fetch(block_key, key);
    return may ? Program::None : Program::Protection;
}

// Block by block; addresses wrap.
template <typename Move>
Program each_block(VirtualMachine& vm, u32 address, u32 length, Access access, Move move) {
    for (u32 done = 0; done < length;) {
        u32 const at = (address + done) & address_mask;
        u32 const piece = std::min(length - done, key_block_size - at % key_block_size);
        GuestReal real;
        if (Program const code = check_block(vm, at, access, real); code != Program::None)
            return code;
        move(real, done, piece);
        done += piece;
    }
    return Program::None;
}

constexpr auto only_check = [](GuestReal, u32, u32) {};

// A halfword of an instruction that the real CPU has just fetched: what it was found by tells
// where it lies, and the guest's own tables are not referred to.
template <typename T>
bool read(VirtualMachine& vm, u32 address, T& value) {
    if (u32 at = 0; vm.cpu.psw.translating() && machine::load_real_address(address, at) == 0) {
        __builtin_memcpy(&value, machine::real(at), sizeof(T));
        return true;
    }
    GuestReal real;
    return locate(vm, address & address_mask, real) == Program::None &&
           vm.storage.read(real, value);
}

bool take_apart(VirtualMachine& vm, u32 at, u8 ilc, Instruction& instruction) {
    Be16 halfwords[3];
    if (ilc == 2 && !vm.cpu.psw.translating()) {
        Be32 word;
        if (!vm.storage.read({at}, word)) return false;
        halfwords[0] = static_cast<u16>(word >> 16);
        halfwords[1] = static_cast<u16>(word);
    } else if (!read(vm, at, halfwords[0]) || (ilc > 1 && !read(vm, at + 2, halfwords[1])) ||
               (ilc > 2 && !read(vm, at + 4, halfwords[2])))
        return false;
    u16 const first = halfwords[0];
    instruction.opcode = static_cast<u8>(first >> 8);
    instruction.second = static_cast<u8>(first);
    instruction.registers = halfwords[1];
    instruction.address2 = ilc < 3 ? 0 : base_and_displacement(vm.cpu, halfwords[2]);
    instruction.address = ilc == 1 ? 0 : base_and_displacement(vm.cpu, halfwords[1]);
    return true;
}

} // namespace

bool fetch_instruction(VirtualMachine& vm, u8 ilc, Instruction& instruction) {
    VirtualCpu& cpu = vm.cpu;
    InstructionSpace const space(cpu);
    u32 const at = (cpu.psw.address() - 2u * ilc) & address_mask;
    if (ilc == 0 || !take_apart(vm, at, ilc, instruction)) return false;
    instruction.ilc = ilc;
    if (instruction.opcode != execute) return true;

    // The index register of EXECUTE, then its target with a byte or-ed in.
    u8 const index = instruction.r2(), modifier = instruction.r1();
    u32 target = instruction.address;
    if (index != 0) target = (target + cpu.gpr[index]) & address_mask;
    // A target that cannot be fetched is not referred to.
    if (target % 2 != 0 || check_fetch(vm, target, 2) != Program::None) return false;
    u8 first = 0;
    if (!read(vm, target, first)) return false;
    if (!take_apart(vm, target, first >> 6 == 0 ? 1 : first >> 6 == 3 ? 3 : 2, instruction))
        return false;
    instruction.target = target;
    instruction.executed = check_fetch(vm, target, 2u * instruction.length()) == Program::None;
    if (modifier != 0) instruction.second |= static_cast<u8>(cpu.gpr[modifier]);
    return true;
}

Program locate(VirtualMachine& vm, u32 address, GuestReal& real) {
    real = {address};
    if (!vm.cpu.psw.translating()) return Program::None;
    GuestTranslation const found = translate(vm, address);
    real = {found.address};
    return found.fault;
}

Program check_fetch(VirtualMachine& vm, u32 address, u32 length) {
    return each_block(vm, address, length, Access::Fetch, only_check);
}

Program check_store(VirtualMachine& vm, u32 address, u32 length) {
    return each_block(vm, address, length, Access::Store, only_check);
}

Program fetch_bytes(VirtualMachine& vm, u32 address, std::span<u8> to) {
    return each_block(vm, address, static_cast<u32>(to.size()), Access::Fetch,
                      [&](GuestReal real, u32 done, u32 piece) {
                          vm.storage.read(real, to.subspan(done, piece));
                      });
}

Program store_bytes(VirtualMachine& vm, u32 address, std::span<const u8> from) {
    auto const length = static_cast<u32>(from.size());
    if (Program const code = check_store(vm, address, length); code != Program::None) return code;
    return each_block(vm, address, length, Access::Store, [&](GuestReal real, u32 done, u32 piece) {
        vm.storage.write(real, from.subspan(done, piece));
    });
}

} // namespace cp
