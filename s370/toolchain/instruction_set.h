// The System/370 instruction set: what may stand in our images.
//
// GA22-7000-10 "Appendix B, Lists of Instructions", plus the 4300 and extended
// facilities that Hercules 3.13 gives in ARCHMODE S/370 (MVCIN, BASR, IPTE ...).
// One table serves the lowering pass (mnemonics, lengths, condition code), its
// verifier (nothing else may be written) and the audit (opcodes).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace toolchain {

enum class CcEffect : std::uint8_t {
    None, // condition code stays
    Sets, // condition code is replaced, whatever the operands
    May,  // depends on the operands (EXECUTE, SPM and such): count on nothing
};

// How an instruction that the GNU assembler does not know is spelt for it.
enum class Spelling : std::uint8_t { Mnemonic, InsnRr, InsnS };

struct InstructionInfo {
    std::string_view mnemonic;
    std::uint16_t opcode; // one byte, or two bytes from X'0100' on
    CcEffect cc = CcEffect::None;
    Spelling spelling = Spelling::Mnemonic;

    [[nodiscard]] constexpr bool two_byte_opcode() const { return opcode >= 0x100; }
    [[nodiscard]] constexpr unsigned first_byte() const {
        return two_byte_opcode() ? opcode >> 8U : opcode;
    }
    // 2, 4 or 6: bits 0 and 1 of the opcode say it.
    [[nodiscard]] constexpr int length() const {
        unsigned const class_bits = first_byte() >> 6U;
        return class_bits == 0 ? 2 : class_bits == 3 ? 6 : 4;
    }
};

// Every System/370 instruction, by opcode.
[[nodiscard]] std::span<InstructionInfo const> instruction_set();

// Null when System/370 has no such instruction.
[[nodiscard]] InstructionInfo const* find_mnemonic(std::string_view mnemonic);

// `halfword` is the first halfword of an instruction in storage.
[[nodiscard]] InstructionInfo const* find_opcode(std::uint16_t halfword);

// The mask of an extended mnemonic's condition ("nhe" is 5), or -1.
[[nodiscard]] int condition_mask(std::string_view condition);

} // namespace toolchain
