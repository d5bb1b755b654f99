// Rows: multiplication and division on 32 bits.

#include <array>

#include "s370/toolchain/rewriter.h"

namespace toolchain {
namespace {

// MSR and MS with an odd register: it is already the low half of a pair.
void multiply_odd(Rewriter& rewriter, int target) {
    int const high = target - 1;
    rewriter.emit("st", {reg(high), scratch(0)});
    if (rewriter.is_register(1)) {
        rewriter.emit("mr", {reg(high), reg(rewriter.register_at(1))});
    } else {
        rewriter.emit("m", {reg(high), text(rewriter.operand(1))});
    }
    rewriter.emit("l", {reg(high), scratch(0)});
}

// With an even register: through its own pair, whose low half is lent.
void multiply_even(Rewriter& rewriter, int target) {
    int const low = target + 1;
    rewriter.emit("st", {reg(low), scratch(0)});
    if (!rewriter.is_register(1)) {
        rewriter.emit("l", {reg(low), text(rewriter.operand(1))});
        rewriter.emit("mr", {reg(target), reg(target)});
    } else if (int const source = rewriter.register_at(1); source == low) {
        rewriter.emit("mr", {reg(target), reg(target)});
    } else {
        rewriter.emit("lr", {reg(low), reg(target)});
        rewriter.emit("mr", {reg(target), reg(source)});
    }
    rewriter.emit("lr", {reg(target), reg(low)});
    rewriter.emit("l", {reg(low), scratch(0)});
}

// r14's pair would be the stack pointer: borrow r0 and r1.
void multiply_link(Rewriter& rewriter) {
    rewriter.emit("stm", {reg(0), reg(1), scratch(0)});
    if (!rewriter.is_register(1)) {
        rewriter.emit("l", {reg(1), text(rewriter.operand(1))});
        rewriter.emit("mr", {reg(0), reg(14)});
    } else if (int const source = rewriter.register_at(1); source == 1) {
        rewriter.emit("mr", {reg(0), reg(14)});
    } else {
        rewriter.emit("lr", {reg(1), reg(14)});
        rewriter.emit("mr", {reg(0), reg(source)});
    }
    rewriter.emit("lr", {reg(14), reg(1)});
    rewriter.emit("lm", {reg(0), reg(1), scratch(0)});
}

void multiply_single(Rewriter& rewriter) { // MSR, MS
    int const target = rewriter.register_at(0);
    if (target == 14) {
        multiply_link(rewriter);
    } else if (target % 2 == 1) {
        multiply_odd(rewriter, target);
    } else {
        multiply_even(rewriter, target);
    }
}

// The even register of a pair that a 64-bit result may use.
int pair_at(Rewriter& rewriter) {
    int const even = rewriter.register_at(0);
    if (even % 2 != 0 || even > 10) {
        rewriter.error(rewriter.mnemonic() + ": no such register pair");
    }
    return even;
}

// Operand 1 as a word in 4(15). `free` is a register that may be overwritten first.
void store_source(Rewriter& rewriter, int free) {
    if (rewriter.is_register(1)) {
        rewriter.emit("st", {reg(rewriter.register_at(1)), scratch(4)});
        return;
    }
    auto const address = rewriter.address_at(1);
    if (address.index == 0) {
        rewriter.emit("mvc", {scratch(4, 4), text(address.text())});
    } else {
        rewriter.emit("l", {reg(free), text(address.text())});
        rewriter.emit("st", {reg(free), scratch(4)});
    }
}

// A helper of the runtime, s370_mlr2 and its like: pair 2 and the word in 4(15) to pair 2.
// It gives back every other register and the condition code.
void call_helper(Rewriter& rewriter, std::string const& name, int even) {
    auto const here = rewriter.fresh();
    if (!rewriter.is_register(1) && rewriter.address_at(1).index != 0) {
        // The only register to spare, before r14 is stored over the scratch.
        rewriter.emit("st", {reg(14), scratch(0)});
        rewriter.emit("l", {reg(14), text(rewriter.operand(1))});
        rewriter.emit("st", {reg(14), scratch(4)});
    } else {
        rewriter.emit("st", {reg(14), scratch(0)});
        store_source(rewriter, even);
    }
    rewriter.emit("l", {reg(12), word(name + std::to_string(even))});
    rewriter.emit("balr", {reg(14), reg(12)});
    rewriter.place(here);
    rewriter.emit("l", {reg(12), page_base(14, here)});
    rewriter.emit("l", {reg(14), scratch(0)});
}

// Unsigned 32 by 32 to 64. The signed product is short by the other operand times
// two to the 32nd wherever an operand has its sign bit on.
void multiply_logical(Rewriter& rewriter) { // MLR, ML
    int const even = pair_at(rewriter);
    if (!rewriter.cc_dead()) {
        call_helper(rewriter, "s370_mlr", even);
        return;
    }
    auto const first_positive = rewriter.fresh(), second_positive = rewriter.fresh();
    rewriter.emit("st", {reg(even + 1), scratch(0)});
    store_source(rewriter, even);
    rewriter.emit("m", {reg(even), scratch(4)});
    rewriter.emit("tm", {scratch(0), number(0x80)});
    rewriter.emit("bc", {number(8), label(first_positive)});
    rewriter.emit("al", {reg(even), scratch(4)});
    rewriter.place(first_positive);
    rewriter.emit("tm", {scratch(4), number(0x80)});
    rewriter.emit("bc", {number(8), label(second_positive)});
    rewriter.emit("al", {reg(even), scratch(0)});
    rewriter.place(second_positive);
}

void divide_logical(Rewriter& rewriter) { // DLR, DL
    call_helper(rewriter, "s370_dlr", pair_at(rewriter));
}

constexpr auto rows = std::to_array<NamedRow>({
    {"msr", multiply_single},
    {"ms", multiply_single},
    {"mlr", multiply_logical},
    {"ml", multiply_logical},
    {"dlr", divide_logical},
    {"dl", divide_logical},
});

} // namespace

std::span<NamedRow const> multiply_rows() { return rows; }

} // namespace toolchain
