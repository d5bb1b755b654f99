// One instruction of a guest, taken apart, and its way to operands in the guest's
// storage with the checks that the real machine makes.
#pragma once

#include "cp/guest/per.h"
#include "cp/guest/virtual_machine.h"
#include "s370/arch/program_codes.h"

#include <span>

namespace cp {

// What low-address protection is about.
constexpr u32 low_addresses = 512;

struct Instruction {
    u8 opcode = 0;
    u8 second = 0;     // second byte: R1 and R2, R1 and R3, or an immediate
    u32 address = 0;   // base and displacement added, 24 bits
    u32 address2 = 0;  // of an SS instruction's second operand
    u16 registers = 0; // second halfword: R1 and R2 of an RRE instruction in its low byte
    u8 ilc = 0;        // of it, or of the EXECUTE that names it

    bool executed = false; // it is the target of an EXECUTE
    u32 target = 0;        // where it is then

    // In halfwords, by its operation code.
    u8 length() const { return opcode >> 6 == 0 ? 1 : opcode >> 6 == 3 ? 3 : 2; }
    u8 r1() const { return second >> 4; }
    u8 r2() const { return second & 15; }
    u8 low_r1() const { return registers >> 4 & 15; }
    u8 low_r2() const { return registers & 15; }
};

// Fetches the instruction of `ilc` halfwords before the virtual PSW's address,
// and the target of an EXECUTE. False: it is not there any more.
bool fetch_instruction(VirtualMachine& vm, u8 ilc, Instruction& instruction);

// Operands by the guest's logical addresses. Program::None when done; else the
// exception that the guest gets, and nothing was moved; the address of a translation
// exception is then in VirtualCpu::translation_address.
s370::Program check_fetch(VirtualMachine& vm, u32 address, u32 length);
s370::Program check_store(VirtualMachine& vm, u32 address, u32 length);
s370::Program fetch_bytes(VirtualMachine& vm, u32 address, std::span<u8> to);
// store() tells PER; store_bytes() leaves that to its caller.
s370::Program store_bytes(VirtualMachine& vm, u32 address, std::span<const u8> from);

// Where the byte at a logical address lies in the guest's real storage; that it lies
// there, and its key, are not looked at.
s370::Program locate(VirtualMachine& vm, u32 address, GuestReal& real);

// While one exists, these functions look into the space that instructions come from.
class InstructionSpace {
  public:
    explicit InstructionSpace(VirtualCpu& cpu) : cpu_(cpu), psw_(cpu.psw) {
        cpu.psw.bits = s370::Psw::SecondarySpace::put(psw_.bits, 0);
    }
    ~InstructionSpace() { cpu_.psw = psw_; }
    InstructionSpace(const InstructionSpace&) = delete;
    InstructionSpace& operator=(const InstructionSpace&) = delete;

  private:
    VirtualCpu& cpu_;
    s370::Psw psw_;
};

// True when operands need no look at each byte's block: no translation, no PER, and key 0.
inline bool plain(const s370::Psw psw) {
    bool const simple =
        !psw.ec() || (!s370::Psw::Translation::test(psw.bits) && !s370::Psw::Per::test(psw.bits));
    return simple && psw.key() == 0;
}

template <typename T>
s370::Program fetch(VirtualMachine& vm, u32 address, T& value) {
    if (plain(vm.cpu.psw))
        return vm.storage.read({address}, value) ? s370::Program::None : s370::Program::Addressing;
    return fetch_bytes(vm, address, std::span(reinterpret_cast<u8*>(&value), sizeof(T)));
}
template <typename T>
s370::Program store(VirtualMachine& vm, u32 address, const T& value) {
    if (plain(vm.cpu.psw) && address >= low_addresses)
        return vm.storage.write({address}, value) ? s370::Program::None : s370::Program::Addressing;
    s370::Program const code =
        store_bytes(vm, address, std::span(reinterpret_cast<const u8*>(&value), sizeof(T)));
    if (code == s370::Program::None) per::note_store(vm.cpu, address, sizeof(T));
    return code;
}

} // namespace cp
