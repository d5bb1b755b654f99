// Instructions in the lines of TRACE.

#include "cp/guest/instruction.h"
#include "cp/guest/tracer.h"
#include "s370/arch/mnemonics.h"

namespace cp {

using namespace s370;

namespace {

constexpr u8 execute = 0x44;
constexpr u32 executed_by = 26; // columns further right
constexpr u32 address_mask = 0xFFFFFF;

struct Code {
    u8 bytes[6]{};
    u32 length() const { return bytes[0] >> 6 == 0 ? 2 : bytes[0] >> 6 == 3 ? 6 : 4; }
};

// What of it is not there is zero.
Code code_at(VirtualMachine& vm, u32 at) {
    Code code;
    InstructionSpace const space(vm.cpu);
    for (u32 i = 0; i < 6; i += 2) {
        GuestReal real;
        if (i < code.length() && locate(vm, (at + i) & address_mask, real) == Program::None)
            vm.storage.read(real, std::span(code.bytes + i, 2));
    }
    return code;
}

template <typename Line>
void put_code(Line& line, u32 base, u32 at, const Code& code, u8 second) {
    line.at(base + 4).hex(at, 6) << ' '_e << mnemonic(code.bytes[0], second);
    line.at(base + 17);
    for (u32 i = 0; i < code.length(); ++i) line.hex(code.bytes[i], 2);
}

u32 target_of(const Code& code, const u32* registers) {
    u32 const index = code.bytes[1] & 15, base = code.bytes[2] >> 4;
    u32 address = u32{code.bytes[2] & 15u} << 8 | code.bytes[3];
    if (index != 0) address += registers[index];
    if (base != 0) address += registers[base];
    return address & address_mask;
}

} // namespace

u32 Tracer::put_instruction(Text100& line, Text prefix, u32 at, const u32* registers) {
    line << prefix;
    Code const code = code_at(owner_, at);
    put_code(line, 0, at, code, code.bytes[1]);
    if (code.bytes[0] != execute) return 0;
    // EXECUTE: the low byte of R1, and its target as it is with that or-ed in.
    u32 const target = target_of(code, registers), r1 = code.bytes[1] >> 4;
    u8 const modifier = r1 == 0 ? u8{0} : static_cast<u8>(registers[r1]);
    if (r1 != 0) line.at(executed_by).hex(modifier, 2);
    Code const executed = code_at(owner_, target);
    put_code(line, executed_by, target, executed, executed.bytes[1] | modifier);
    return executed_by;
}

// The system mask that an instruction sets, or the PSW that it loads.
void Tracer::put_psw_operand(Text100& line, u32 column, const Instruction& instruction) {
    Psw const psw = owner_.cpu.psw;
    if (instruction.opcode == 0x82) {
        Be64 bits;
        if (fetch(owner_, instruction.address, bits) != Program::None) return;
        Psw const next{bits};
        line.at(column) << (next.waiting() ? ""_e : "==>"_e);
        line.at(column + 4).hex(next.bits >> 32, 8) << ' '_e;
        line.hex(next.bits, 8);
        return;
    }
    u8 mask = static_cast<u8>(Psw::SystemMask::get(psw.bits));
    if (instruction.opcode == 0xAC) mask &= instruction.second;
    if (instruction.opcode == 0xAD) mask |= instruction.second;
    if (instruction.opcode == 0x80 && fetch(owner_, instruction.address, mask) != Program::None)
        return;
    line.at(column).hex(mask, 2);
    bool const switches =
        psw.ec() && Psw{Psw::SystemMask::put(psw.bits, mask)}.translating() != psw.translating();
    if (switches) line.at(column + 4).hex(psw.address(), 6);
}

} // namespace cp
