// Lowered code before layout: System/370 instructions whose literals and branch
// targets are still names, because the page they will stand in is not yet known.
#pragma once

#include <string>
#include <vector>

namespace toolchain {

// A constant in the page's pool, as the directive that makes it.
struct Literal {
    std::string directive;
    int size = 0;       // bytes; also says how it is aligned: 4, 2, or 1 for coverage
    std::string note{}; // a coverage byte's source line; the map of the image tells it

    bool operator==(Literal const&) const = default;
};

struct Operand {
    enum class Kind {
        Text,    // as it stands
        Label,   // displacement from the page's base: L-page(%r12)
        Literal, // displacement of a pool constant: C-page(%r12)
        Base,    // address of the page this stands in, from its pool, by another base
    };
    Kind kind = Kind::Text;
    std::string text{}; // Text, Label
    Literal literal{};  // Literal
    int base = 12;      // Base: the register, and what it points to
    std::string origin{};
};

struct Operation {
    std::string label; // defined just before, unless empty
    std::string mnemonic;
    std::vector<Operand> operands;
};

// What became of one instruction: never torn apart by a page break.
struct Unit {
    enum class Kind {
        Plain,
        Branch,      // `branch` is finished by the layout: near or far
        Exit,        // leaves the function; finished by the base pass
        SaveBase,    // a STM that covers r12
        RestoreBase, // a LM that covers r12
        Template,    // only ever reached by EX
        Data,        // words among the code of a thunk
    };
    Kind kind = Kind::Plain;
    std::vector<std::string> before; // labels and .loc, as lines
    std::vector<Operation> code;
    int line = 0;

    // Branch and Exit
    int mask = 15;    // BC: condition; ignored where `loop` is set
    std::string loop; // "bct", "bxle", "bxh" and, in `loop_registers`, their registers
    std::vector<Operand> loop_registers;
    std::string target;       // Branch: label; Exit: symbol, or empty for a branch to a register
    int target_register = 14; // Exit without symbol

    bool glued = false;         // no page break before it
    bool falls_through = true;  // control may go on behind it
    bool base_restored = false; // Exit: r12 is the caller's already

    [[nodiscard]] bool needs_base() const;
    [[nodiscard]] bool base_independent_exit() const { return target.empty(); }
};

[[nodiscard]] Operand text(std::string words);
[[nodiscard]] Operand reg(int number);
[[nodiscard]] Operand number(int value);
[[nodiscard]] Operand memory(int displacement, int base);
[[nodiscard]] Operand memory(int displacement, int length, int base); // D(L,B)
[[nodiscard]] Operand scratch(int displacement);                      // D(15), 0 to 7
[[nodiscard]] Operand scratch(int displacement, int length);
[[nodiscard]] Operand label(std::string name);
[[nodiscard]] Operand word(std::string const& value);
[[nodiscard]] Operand half(int value);
[[nodiscard]] Operand half_bits(int value); // X'hhhh'
[[nodiscard]] Operand bytes(std::vector<int> const& values);
[[nodiscard]] Operand page_base(int base, std::string origin); // A(page), by a base that is not r12

// Length of the instruction in storage.
[[nodiscard]] int length(Operation const& operation);
[[nodiscard]] int length(Unit const& unit);

} // namespace toolchain
