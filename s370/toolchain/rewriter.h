// What a mapping row works with: one instruction of GCC's, and the unit it becomes.
#pragma once

#include <initializer_list>
#include <span>
#include <string>

#include "s370/toolchain/code.h"
#include "s370/toolchain/diagnostics.h"
#include "s370/toolchain/flow.h"

namespace toolchain {

// Labels of our own, unique in the file.
class LabelMaker {
  public:
    [[nodiscard]] std::string fresh() { return ".LX" + std::to_string(++last_); }

  private:
    int last_ = 0;
};

class Rewriter {
  public:
    Rewriter(Step const& step, Unit& unit, LabelMaker& labels, Diagnostics& diagnostics)
        : step_(step), unit_(unit), labels_(labels), diagnostics_(diagnostics) {}

    [[nodiscard]] std::string const& mnemonic() const { return step_.instruction.mnemonic; }
    [[nodiscard]] std::string const& pattern() const { return step_.instruction.pattern; }
    [[nodiscard]] Step const& step() const { return step_; }
    [[nodiscard]] Unit& unit() { return unit_; }

    // Operands, by position. A wrong kind is an error in the report and a 0 here.
    [[nodiscard]] std::string operand(std::size_t position) const;
    [[nodiscard]] int register_at(std::size_t position);
    [[nodiscard]] int number_at(std::size_t position);
    [[nodiscard]] Address address_at(std::size_t position);
    // True when the operand is a register and not storage.
    [[nodiscard]] bool is_register(std::size_t position) const;

    // Nobody looks at the condition code this instruction leaves.
    [[nodiscard]] bool cc_dead() const { return step_.readers.none(); }
    [[nodiscard]] CcReaders readers() const { return step_.readers; }

    void emit(std::string mnemonic, std::initializer_list<Operand> operands);
    // A label before whatever is emitted next; `done` puts one behind the unit.
    [[nodiscard]] std::string fresh() { return labels_.fresh(); }
    void place(std::string const& name);

    // r12 points to this place after BALR 12,0: make it the page's base again.
    void restore_base();

    void error(std::string const& message) { diagnostics_.error(step_.instruction.line, message); }

  private:
    Step const& step_;
    Unit& unit_;
    LabelMaker& labels_;
    Diagnostics& diagnostics_;
};

using Row = void (*)(Rewriter&);

// The mapping, one row for each mnemonic that is not System/370 or not wholly so; null for the
// rest.
[[nodiscard]] Row find_row(std::string_view mnemonic);

// Its parts, by subject.
struct NamedRow {
    std::string_view mnemonic;
    Row row;
};
[[nodiscard]] std::span<NamedRow const> constant_rows(); // rows_constant.cpp
[[nodiscard]] std::span<NamedRow const> test_rows();     // rows_test.cpp
[[nodiscard]] std::span<NamedRow const> multiply_rows(); // rows_multiply.cpp
[[nodiscard]] std::span<NamedRow const> carry_rows();    // rows_carry.cpp
[[nodiscard]] std::span<NamedRow const> byte_rows();     // rows_byte.cpp
[[nodiscard]] std::span<NamedRow const> string_rows();   // rows_string.cpp
[[nodiscard]] std::span<NamedRow const> branch_rows();   // rows_branch.cpp

// The unit that `step` becomes.
[[nodiscard]] Unit rewrite(Step const& step, LabelMaker& labels, Diagnostics& diagnostics);

} // namespace toolchain
