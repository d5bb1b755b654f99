// Rows: rotation, and loads and stores with the bytes reversed. None touches the condition code.

#include <array>

#include "s370/toolchain/rewriter.h"

namespace toolchain {
namespace {

// RLL: shift the register, doubled, in the pair r0, r1.
void rotate_left(Rewriter& rewriter) {
    int const target = rewriter.register_at(0);
    int const source = rewriter.register_at(1);
    auto const amount = rewriter.address_at(2);
    rewriter.emit("stm", {reg(0), reg(1), scratch(0)});
    if (amount.base != 0) {
        // Modulo 32, which SLDL's own six bits are not.
        rewriter.emit("la", {reg(12), text(amount.text())});
        rewriter.emit("sll", {reg(12), number(27)});
        rewriter.emit("srl", {reg(12), number(27)});
    }
    rewriter.emit("lr", {reg(source == 0 ? 1 : 0), reg(source)});
    if (source != 0 && source != 1) { rewriter.emit("lr", {reg(1), reg(source)}); }
    if (amount.base != 0) {
        rewriter.emit("sldl", {reg(0), memory(0, 12)});
        rewriter.restore_base();
    } else {
        auto const fixed = parse_number(amount.displacement);
        rewriter.emit("sldl", {reg(0), number(fixed.value_or(0) & 31)});
    }
    if (target == 0) {
        rewriter.emit("l", {reg(1), scratch(4)});
    } else if (target == 1) {
        rewriter.emit("lr", {reg(1), reg(0)});
        rewriter.emit("l", {reg(0), scratch(0)});
    } else {
        rewriter.emit("lr", {reg(target), reg(0)});
        rewriter.emit("lm", {reg(0), reg(1), scratch(0)});
    }
}

void reverse_register(Rewriter& rewriter) { // LRVR
    rewriter.emit("st", {reg(rewriter.register_at(1)), scratch(4)});
    rewriter.emit("mvcin", {scratch(0, 4), scratch(7)});
    rewriter.emit("l", {reg(rewriter.register_at(0)), scratch(0)});
}

void load_reversed(Rewriter& rewriter) { // LRV
    int const target = rewriter.register_at(0);
    rewriter.emit("l", {reg(target), text(rewriter.operand(1))});
    rewriter.emit("st", {reg(target), scratch(4)});
    rewriter.emit("mvcin", {scratch(0, 4), scratch(7)});
    rewriter.emit("l", {reg(target), scratch(0)});
}

// D(L,B); an index goes into r12 first, which then must be restored.
Operand field(Rewriter& rewriter, Address const& address, int length, bool& through_base) {
    through_base = address.index != 0;
    if (through_base) {
        rewriter.emit("la", {reg(12), text(address.text())});
        return memory(0, length, 12);
    }
    return text(address.displacement + "(" + std::to_string(length) + ",%r" +
                std::to_string(address.base) + ")");
}

void store_reversed(Rewriter& rewriter, int length) {
    bool through_base = false;
    rewriter.emit("st", {reg(rewriter.register_at(0)), scratch(4)});
    auto const place = field(rewriter, rewriter.address_at(1), length, through_base);
    rewriter.emit("mvcin", {place, scratch(7)});
    if (through_base) { rewriter.restore_base(); }
}

void store_word_reversed(Rewriter& rewriter) { // STRV
    store_reversed(rewriter, 4);
}

void store_half_reversed(Rewriter& rewriter) { // STRVH
    store_reversed(rewriter, 2);
}

// LRVH leaves the upper half of the register as it was.
void load_half_reversed(Rewriter& rewriter) {
    int const target = rewriter.register_at(0);
    auto const address = rewriter.address_at(1);
    rewriter.emit("st", {reg(target), scratch(4)});
    if (address.index != 0) {
        rewriter.emit("la", {reg(12), text(address.text())});
        rewriter.emit("mvc", {scratch(0, 2), memory(0, 12)});
        rewriter.restore_base();
    } else {
        rewriter.emit("mvc", {scratch(0, 2), text(address.text())});
    }
    rewriter.emit("mvcin", {scratch(6, 2), scratch(1)});
    rewriter.emit("l", {reg(target), scratch(4)});
}

constexpr auto rows = std::to_array<NamedRow>({
    {"rll", rotate_left},
    {"lrvr", reverse_register},
    {"lrv", load_reversed},
    {"lrvh", load_half_reversed},
    {"strv", store_word_reversed},
    {"strvh", store_half_reversed},
});

} // namespace

std::span<NamedRow const> byte_rows() { return rows; }

} // namespace toolchain
