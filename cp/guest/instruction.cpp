#include "cp/guest/instruction.h"

#include "s370/arch/key.h"

namespace cp {

using namespace s370;

namespace {

constexpr u8 execute = 0x44;
constexpr u32 address_mask = 0xFFFFFF;

u32 base_and_displacement(const VirtualCpu& cpu, u16 field) {
    u32 const base = field >> 12;
    return ((base == 0 ? 0 : cpu.gpr[base]) + (field & 0xFFFu)) & address_mask;
}

template <typename May>
Program check(VirtualMachine& vm, u32 address, u32 length, May may) {
    if (!vm.storage.contains({address}, length)) return Program::Addressing;
    u8 const key = vm.cpu.psw.key();
    if (key == 0) return Program::None;
    u32 const last = address + length - 1;
    for (u32 at = address; at <= last; at = (at | (key_block_size - 1)) + 1)
        if (!may(vm.storage.key({at}), key)) return Program::Protection;
    return Program::None;
}

// All that CP simulates has its operands in the first two halfwords.
bool take_apart(VirtualMachine& vm, u32 at, u8 ilc, Instruction& instruction) {
    Be16 halfwords[2];
    if (ilc == 1 ? !vm.storage.read({at}, halfwords[0]) : !vm.storage.read({at}, halfwords))
        return false;
    u16 const first = halfwords[0];
    instruction.opcode = static_cast<u8>(first >> 8);
    instruction.second = static_cast<u8>(first);
    instruction.address = ilc == 1 ? 0 : base_and_displacement(vm.cpu, halfwords[1]);
    return true;
}

} // namespace

bool fetch_instruction(VirtualMachine& vm, u8 ilc, Instruction& instruction) {
    VirtualCpu const& cpu = vm.cpu;
    u32 const at = (cpu.psw.address() - 2u * ilc) & address_mask;
    if (ilc == 0 || !take_apart(vm, at, ilc, instruction)) return false;
    instruction.ilc = ilc;
    if (instruction.opcode != execute) return true;

    // The index register of EXECUTE, then its target with a byte or-ed in.
    u8 const index = instruction.r2(), modifier = instruction.r1();
    u32 target = instruction.address;
    if (index != 0) target = (target + cpu.gpr[index]) & address_mask;
    u8 first = 0;
    if (!vm.storage.read({target}, first)) return false;
    if (!take_apart(vm, target, first >> 6 == 0 ? 1 : 2, instruction)) return false;
    if (modifier != 0) instruction.second |= static_cast<u8>(cpu.gpr[modifier]);
    return true;
}

Program check_fetch(VirtualMachine& vm, u32 address, u32 length) {
    return check(vm, address, length, storage_key::may_fetch);
}

Program check_store(VirtualMachine& vm, u32 address, u32 length) {
    return check(vm, address, length, storage_key::may_store);
}

} // namespace cp
