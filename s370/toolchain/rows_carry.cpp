// Rows: ADD WITH CARRY and SUBTRACT WITH BORROW.
//
// The carry comes in as the condition code (2 or 3: carry, or no borrow). First it
// is added to the target; only when that wraps around does a second carry appear,
// and then the first operand is known.

#include <array>

#include "s370/toolchain/rewriter.h"

namespace toolchain {
namespace {

constexpr int carry = 2 | 1, no_carry = 8 | 4;

// Operand 1, in a form that survives a change of `target`.
Operand stable_source(Rewriter& rewriter, int target, bool& in_register) {
    in_register = rewriter.is_register(1);
    if (in_register) {
        int const source = rewriter.register_at(1);
        if (source != target) { return reg(source); }
        in_register = false;
        rewriter.emit("st", {reg(source), scratch(0)});
        return scratch(0);
    }
    auto const address = rewriter.address_at(1);
    if (!address.uses(target)) { return text(address.text()); }
    if (address.index == 0) {
        rewriter.emit("mvc", {scratch(0, 4), text(address.text())});
        return scratch(0);
    }
    int const lent = target == 0 ? 1 : 0;
    rewriter.emit("st", {reg(lent), scratch(4)});
    rewriter.emit("l", {reg(lent), text(address.text())});
    rewriter.emit("st", {reg(lent), scratch(0)});
    rewriter.emit("l", {reg(lent), scratch(4)});
    return scratch(0);
}

struct Direction {
    int skip;              // condition codes that bring nothing in
    char const* storage;   // AL or SL
    char const* registers; // ALR or SLR
    char const* flip;      // moves the final carry to the other half, keeping zero and not zero
};

void with_carry(Rewriter& rewriter, Direction const& direction) {
    int const target = rewriter.register_at(0);
    bool in_register = false;
    auto const source = stable_source(rewriter, target, in_register);
    auto const* const operation = in_register ? direction.registers : direction.storage;
    auto const plain = rewriter.fresh();
    rewriter.emit("bc", {number(direction.skip), label(plain)});
    rewriter.emit(direction.storage, {reg(target), word("1")});
    if (rewriter.cc_dead()) {
        rewriter.place(plain);
        rewriter.emit(operation, {reg(target), source});
        return;
    }
    auto const done = rewriter.fresh();
    rewriter.emit("bc", {number(direction.skip), label(plain)});
    rewriter.emit(operation, {reg(target), source});
    rewriter.emit(direction.flip, {reg(target), word("0")});
    rewriter.emit("bc", {number(15), label(done)});
    rewriter.place(plain);
    rewriter.emit(operation, {reg(target), source});
    rewriter.place(done);
}

void add_with_carry(Rewriter& rewriter) { // ALCR, ALC
    with_carry(rewriter, {no_carry, "al", "alr", "sl"});
}

void subtract_with_borrow(Rewriter& rewriter) { // SLBR, SLB
    with_carry(rewriter, {carry, "sl", "slr", "al"});
}

constexpr auto rows = std::to_array<NamedRow>({
    {"alcr", add_with_carry},
    {"alc", add_with_carry},
    {"slbr", subtract_with_borrow},
    {"slb", subtract_with_borrow},
});

} // namespace

std::span<NamedRow const> carry_rows() { return rows; }

} // namespace toolchain
