#include "s370/toolchain/code.h"

#include <algorithm>

#include "s370/toolchain/instruction_set.h"

namespace toolchain {
namespace {

std::string register_name(int number) { return "%r" + std::to_string(number); }

} // namespace

Operand text(std::string words) { return {.text = std::move(words)}; }

Operand reg(int number) { return text(register_name(number)); }

Operand number(int value) { return text(std::to_string(value)); }

Operand memory(int displacement, int base) {
    return text(std::to_string(displacement) + "(" + register_name(base) + ")");
}

Operand memory(int displacement, int length, int base) {
    return text(std::to_string(displacement) + "(" + std::to_string(length) + "," +
                register_name(base) + ")");
}

Operand scratch(int displacement) { return memory(displacement, 15); }

Operand scratch(int displacement, int length) { return memory(displacement, length, 15); }

Operand label(std::string name) { return {.kind = Operand::Kind::Label, .text = std::move(name)}; }

Operand word(std::string const& value) {
    return {.kind = Operand::Kind::Literal, .literal = {".long\t" + value, 4}};
}

Operand half(int value) {
    return {.kind = Operand::Kind::Literal, .literal = {".short\t" + std::to_string(value), 2}};
}

Operand half_bits(int value) { return half(value & 0xFFFF); }

Operand bytes(std::vector<int> const& values) {
    std::string directive = ".byte\t";
    for (auto const value : values) {
        directive += (directive.ends_with('\t') ? "" : ",") + std::to_string(value);
    }
    return {.kind = Operand::Kind::Literal, .literal = {directive, int(values.size())}};
}

Operand page_base(int base, std::string origin) {
    return {.kind = Operand::Kind::Base, .base = base, .origin = std::move(origin)};
}

int length(Operation const& operation) {
    auto const* info = find_mnemonic(operation.mnemonic);
    if (info != nullptr) { return info->length(); }
    if (operation.mnemonic == ".insn") {
        auto const format = operation.operands.empty() ? "" : operation.operands.front().text;
        bool const is_short = format == "e" || format == "rr";
        bool const is_long = format.starts_with("ss") || format == "sse";
        return is_short ? 2 : is_long ? 6 : 4;
    }
    // Words among the code, with room for their alignment.
    return operation.mnemonic == ".long" ? 6 : 0;
}

int length(Unit const& unit) {
    int sum = 0;
    for (auto const& operation : unit.code) { sum += length(operation); }
    return sum;
}

bool Unit::needs_base() const {
    if (kind == Kind::Branch || (kind == Kind::Exit && !base_independent_exit())) { return true; }
    return std::ranges::any_of(code, [](Operation const& operation) {
        return std::ranges::any_of(operation.operands, [](Operand const& operand) {
            return operand.kind != Operand::Kind::Text;
        });
    });
}

} // namespace toolchain
