// One instruction of a guest, taken apart, and its way to operands in the guest's
// storage with the checks that the real machine makes.
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/arch/program_codes.h"

namespace cp {

struct Instruction {
    u8 opcode = 0;
    u8 second = 0;   // second byte: R1 and R2, R1 and R3, or an immediate
    u32 address = 0; // base and displacement added, 24 bits
    u8 ilc = 0;      // of it, or of the EXECUTE that names it

    u8 r1() const { return second >> 4; }
    u8 r2() const { return second & 15; }
};

// Fetches the instruction of `ilc` halfwords before the virtual PSW's address,
// and the target of an EXECUTE. False: it is not there any more.
bool fetch_instruction(VirtualMachine& vm, u8 ilc, Instruction& instruction);

// Operands by the guest's logical addresses. Program::None when done; else the
// exception that the guest gets, and nothing was moved.
s370::Program check_fetch(VirtualMachine& vm, u32 address, u32 length);
s370::Program check_store(VirtualMachine& vm, u32 address, u32 length);

template <typename T>
s370::Program fetch(VirtualMachine& vm, u32 address, T& value) {
    s370::Program const code = check_fetch(vm, address, sizeof(T));
    if (code == s370::Program::None) vm.storage.read({address}, value);
    return code;
}
template <typename T>
s370::Program store(VirtualMachine& vm, u32 address, const T& value) {
    s370::Program const code = check_store(vm, address, sizeof(T));
    if (code == s370::Program::None) vm.storage.write({address}, value);
    return code;
}

} // namespace cp
