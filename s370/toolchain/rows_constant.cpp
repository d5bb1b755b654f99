// Rows: halfword immediate operands, and addresses of symbols.

#include <array>

#include "s370/toolchain/rewriter.h"

namespace toolchain {
namespace {

constexpr int largest_displacement = 4095;

void load_immediate(Rewriter& rewriter) { // LHI
    int const target = rewriter.register_at(0);
    int const value = rewriter.number_at(1);
    if (value == 0 && rewriter.cc_dead()) {
        rewriter.emit("slr", {reg(target), reg(target)});
    } else if (value >= 0 && value <= largest_displacement) {
        rewriter.emit("la", {reg(target), number(value)});
    } else {
        rewriter.emit("lh", {reg(target), half(value)});
    }
}

void add_immediate(Rewriter& rewriter) { // AHI
    int const target = rewriter.register_at(0);
    int const value = rewriter.number_at(1);
    bool const is_stack = target == 15;
    if (value == -1 && rewriter.cc_dead()) {
        rewriter.emit("bctr", {reg(target), number(0)});
    } else if (is_stack && value >= 0 && value <= largest_displacement && rewriter.cc_dead()) {
        rewriter.emit("la", {reg(target), memory(value, target)}); // an address, so 24 bits do
    } else {
        rewriter.emit("ah", {reg(target), half(value)});
    }
}

void compare_immediate(Rewriter& rewriter) { // CHI
    int const target = rewriter.register_at(0);
    int const value = rewriter.number_at(1);
    if (value == 0) {
        rewriter.emit("ltr", {reg(target), reg(target)});
    } else {
        rewriter.emit("ch", {reg(target), half(value)});
    }
}

void multiply_immediate(Rewriter& rewriter) { // MHI
    int const target = rewriter.register_at(0);
    rewriter.emit("mh", {reg(target), half(rewriter.number_at(1))});
}

void load_symbol(Rewriter& rewriter) { // LARL
    int const target = rewriter.register_at(0);
    rewriter.emit("l", {reg(target), word(rewriter.operand(1))});
}

// LA, when GCC uses it for (x + y) & X'7FFFFFFF' on numbers: LA yields 24 bits here, so add.
void add_31_bits(Rewriter& rewriter) {
    int const target = rewriter.register_at(0);
    auto address = rewriter.address_at(1);
    auto const displacement = parse_number(address.displacement);
    bool const keep_cc = !rewriter.cc_dead();
    bool const has_displacement = !displacement || *displacement != 0;
    if (address.index == target) { std::swap(address.index, address.base); }
    // Here the target is not the index, except as both: doubling works as it stands.
    if (keep_cc) {
        if (has_displacement) { rewriter.emit("mvc", {scratch(0, 4), word(address.displacement)}); }
        rewriter.emit("balr", {reg(12), number(0)});
    }
    if (address.base == 0) {
        rewriter.emit("slr", {reg(target), reg(target)});
    } else if (address.base != target) {
        rewriter.emit("lr", {reg(target), reg(address.base)});
    }
    if (address.index != 0) { rewriter.emit("alr", {reg(target), reg(address.index)}); }
    if (has_displacement) {
        rewriter.emit("al", {reg(target), keep_cc ? scratch(0) : word(address.displacement)});
    }
    rewriter.emit("sll", {reg(target), number(1)});
    rewriter.emit("srl", {reg(target), number(1)});
    if (keep_cc) {
        rewriter.emit("spm", {reg(12)});
        rewriter.restore_base();
    }
}

void load_address(Rewriter& rewriter) { // LA
    if (rewriter.pattern().starts_with("*la_31_and")) {
        add_31_bits(rewriter);
    } else {
        rewriter.emit("la", {text(rewriter.operand(0)), text(rewriter.operand(1))});
    }
}

constexpr auto rows = std::to_array<NamedRow>({
    {"lhi", load_immediate},
    {"ahi", add_immediate},
    {"chi", compare_immediate},
    {"mhi", multiply_immediate},
    {"larl", load_symbol},
    {"la", load_address},
});

} // namespace

std::span<NamedRow const> constant_rows() { return rows; }

} // namespace toolchain
