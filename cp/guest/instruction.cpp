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

bool fetch_halfwords(VirtualMachine& vm, u32 address, u8 count, Be16 (&halfwords)[3]) {
    u8* const bytes = reinterpret_cast<u8*>(halfwords);
    return vm.storage.read({address}, std::span<u8>(bytes, 2u * count));
}

void take_apart(const VirtualCpu& cpu, const Be16 (&halfwords)[3], Instruction& instruction) {
    u16 const first = halfwords[0];
    instruction.opcode = static_cast<u8>(first >> 8);
    instruction.second = static_cast<u8>(first);
    instruction.address = base_and_displacement(cpu, halfwords[1]);
}

} // namespace

bool fetch_instruction(VirtualMachine& vm, u8 ilc, Instruction& instruction) {
    VirtualCpu const& cpu = vm.cpu;
    Be16 halfwords[3];
    u32 const at = (cpu.psw.address() - 2u * ilc) & address_mask;
    if (ilc == 0 || !fetch_halfwords(vm, at, ilc, halfwords)) return false;
    take_apart(cpu, halfwords, instruction);
    instruction.ilc = ilc;
    if (instruction.opcode != execute) return true;

    // The index register of EXECUTE, then its target with a byte or-ed in.
    u8 const index = instruction.r2(), modifier = instruction.r1();
    u32 target = instruction.address;
    if (index != 0) target = (target + cpu.gpr[index]) & address_mask;
    Be16 first;
    if (!vm.storage.read({target}, first)) return false;
    u8 const length = first >> 14 == 0 ? 1 : first >> 14 == 3 ? 3 : 2;
    if (!fetch_halfwords(vm, target, length, halfwords)) return false;
    take_apart(cpu, halfwords, instruction);
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
