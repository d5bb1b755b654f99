// GCC's assembly output, read line by line.
//
// What GCC writes with -dp: a label, a directive, or an instruction whose comment
// ends in the name of the machine-description pattern it came from:
//     la  %r2,5(%r2)    # 18   [c=8 l=4]  *la_31_and/0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace toolchain {

struct Instruction {
    std::string mnemonic;
    std::vector<std::string> operands;
    std::string pattern;   // without the alternative: "*la_31_and"; empty in inline assembly
    bool repeated = false; // a `jo .-4` follows: the instruction runs until it has finished
    int line = 0;

    // Empty where there is none.
    [[nodiscard]] std::string operand(std::size_t position) const {
        return position < operands.size() ? operands[position] : std::string{};
    }
    [[nodiscard]] std::string last_operand() const {
        return operands.empty() ? std::string{} : operands.back();
    }
};

enum class LineKind { Blank, Label, Directive, Instruction, InlineBegins, InlineEnds };

struct Line {
    LineKind kind = LineKind::Blank;
    std::string text; // label name, directive without its indentation, else the line
    Instruction instruction;
    int number = 0;
};

// One line of text; label and instruction never share a line in GCC's output.
[[nodiscard]] Line parse_line(std::string_view text, int number);

[[nodiscard]] std::vector<Line> parse_lines(std::string_view source);

// First word of a directive, and the operands behind it.
[[nodiscard]] std::string_view directive_name(std::string_view directive);
[[nodiscard]] std::vector<std::string> directive_operands(std::string_view directive);

// "%r11" is 11.
[[nodiscard]] std::optional<int> parse_register(std::string_view text);
[[nodiscard]] std::optional<int> parse_number(std::string_view text);

// D(X,B), D(B) or D; no register is 0, as in the machine.
struct Address {
    std::string displacement;
    int index = 0;
    int base = 0;

    [[nodiscard]] bool uses(int reg) const { return reg != 0 && (index == reg || base == reg); }
    [[nodiscard]] std::string text() const;
    [[nodiscard]] Address plus(int bytes) const;
};
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

// Splits at commas outside parentheses and quotes.
[[nodiscard]] std::vector<std::string> split_operands(std::string_view text);

[[nodiscard]] std::string_view trim(std::string_view text);

} // namespace toolchain
