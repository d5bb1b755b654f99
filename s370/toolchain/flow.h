// Where control goes inside one function, and who looks at the condition code.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "s370/toolchain/diagnostics.h"
#include "s370/toolchain/function.h"

namespace toolchain {

// The readers that a condition code may still meet: bit m for a branch on mask m,
// bit 16 for a reader that takes all of it (IPM, ALC, SLB, PSW).
class CcReaders {
  public:
    void add_mask(int mask) { bits_ |= mask == 0 || mask == 15 ? 0U : 1U << unsigned(mask); }
    void add_exact() { bits_ |= 1U << 16U; }
    void add(CcReaders other) { bits_ |= other.bits_; }

    [[nodiscard]] bool none() const { return bits_ == 0; }
    // True when some reader can tell two of the codes in `codes` (an 8421 mask, 8 for 0) apart.
    [[nodiscard]] bool tells_apart(int codes) const;

    bool operator==(CcReaders const&) const = default;

  private:
    std::uint32_t bits_ = 0;
};

// A branch, an exit, a call or none of them.
enum class Transfer : std::uint8_t {
    None,
    Call,     // comes back; the condition code does not
    Branch,   // to a label, perhaps
    Indirect, // to one of the labels whose address was taken
    Exit,     // leaves the function
    Trap,     // ends in a program interruption
};

struct Step {
    Instruction instruction;
    std::vector<std::string> before; // labels and directives, as output lines
    Transfer transfer = Transfer::None;
    int mask = 15;      // of a branch, exit or trap; 15 always
    bool loops = false; // BRCT, BRXLE, BRXH: goes or falls through, whatever the condition code
    std::string target; // label or symbol; empty for a register
    CcReaders readers;  // of the condition code as this instruction leaves it
    bool is_template = false; // stands at the end, only for EX
    bool is_data = false;

    [[nodiscard]] bool falls_through() const {
        return transfer == Transfer::None || transfer == Transfer::Call || mask != 15 || loops;
    }
};

struct Flow {
    std::vector<Step> steps;
    std::vector<std::string> after; // labels and directives behind the last instruction
    std::set<std::string> labels;   // every label of the function
    std::set<std::string> targets;  // labels that a branch of this function names
};

// `taken`: labels of the file whose address stands in data or in a LARL.
[[nodiscard]] Flow analyse(Function const& function, std::set<std::string> const& taken,
                           Diagnostics& diagnostics);

} // namespace toolchain
