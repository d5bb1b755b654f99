// Rows: TEST UNDER MASK of a register, and the condition code in a register.

#include <array>
#include <bit>

#include "s370/toolchain/rewriter.h"

namespace toolchain {
namespace {

// The register is in 0-3(15); the halfword under test starts at `offset`.
// Leaves the exact code: 0 zeros; 1 or 2 mixed, with the leftmost bit 0 or 1; 3 ones.
void test_exactly(Rewriter& rewriter, int offset, int mask) {
    auto const mixed = rewriter.fresh(), done = rewriter.fresh();
    int const leftmost = int(std::bit_floor(unsigned(mask)));
    int const first_byte = (mask >> 8) != 0 ? mask >> 8 : mask;
    int const first_offset = (mask >> 8) != 0 ? offset : offset + 1;
    rewriter.emit("nc", {scratch(offset, 2), half_bits(mask)});
    rewriter.emit("bc", {number(8), label(done)});
    rewriter.emit("clc", {scratch(offset, 2), half_bits(mask)});
    rewriter.emit("bc", {number(7), label(mixed)});
    rewriter.emit("tm", {scratch(first_offset), number(first_byte)});
    rewriter.emit("bc", {number(15), label(done)});
    // A byte of 1 behind the value makes it differ from the leftmost bit alone.
    rewriter.place(mixed);
    rewriter.emit("mvi", {scratch(offset + 2), number(1)});
    rewriter.emit("clc", {scratch(offset, 3), bytes({leftmost >> 8, leftmost & 0xFF, 0})});
    rewriter.place(done);
}

void test_halfword(Rewriter& rewriter, int offset) {
    int const target = rewriter.register_at(0);
    int const mask = rewriter.number_at(1) & 0xFFFF;
    constexpr int mixed = 4 | 2, not_zero = 4 | 2 | 1;
    auto const readers = rewriter.readers();
    rewriter.emit("st", {reg(target), scratch(0)});
    bool const one_byte = (mask & 0xFF) == 0 || (mask >> 8) == 0;
    bool const one_bit = std::has_single_bit(unsigned(mask)); // never mixed
    if (one_byte && (one_bit || !readers.tells_apart(mixed))) {
        bool const high = (mask >> 8) != 0;
        rewriter.emit("tm", {scratch(high ? offset : offset + 1), number(high ? mask >> 8 : mask)});
    } else if (!readers.tells_apart(not_zero)) {
        rewriter.emit("nc", {scratch(offset, 2), half_bits(mask)});
    } else {
        test_exactly(rewriter, offset, mask);
    }
}

void test_low(Rewriter& rewriter) { // TML
    test_halfword(rewriter, 2);
}

void test_high(Rewriter& rewriter) { // TMH
    test_halfword(rewriter, 0);
}

// IPM: BALR delivers ILC, condition code and program mask; the ILC goes.
void insert_program_mask(Rewriter& rewriter) {
    int const target = rewriter.register_at(0);
    rewriter.emit("balr", {reg(target), number(0)});
    rewriter.emit("sll", {reg(target), number(2)});
    rewriter.emit("srl", {reg(target), number(2)});
}

constexpr auto rows = std::to_array<NamedRow>({
    {"tml", test_low},
    {"tmll", test_low},
    {"tmh", test_high},
    {"tmlh", test_high},
    {"ipm", insert_program_mask},
});

} // namespace

std::span<NamedRow const> test_rows() { return rows; }

} // namespace toolchain
