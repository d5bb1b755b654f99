// Rows: the string instructions of ESA/390, as loops, and the extended moves.
//
// GCC follows each with `jo .-4`, for the condition code 3 of an instruction that
// stopped half-way; ours never stop.

#include <array>

#include "s370/toolchain/rewriter.h"

namespace toolchain {
namespace {

// Sets condition code 1 or 2, if anybody looks, with a comparison of 4(15).
void set_code(Rewriter& rewriter, int code) {
    if (!rewriter.cc_dead()) {
        rewriter.emit("mvi", {scratch(4), number(1)});
        rewriter.emit("cli", {scratch(4), number(code == 1 ? 2 : 0)});
    }
}

void step(Rewriter& rewriter, int cursor) { rewriter.emit("la", {reg(cursor), memory(1, cursor)}); }

// The byte at `cursor` against the low byte of r0.
void compare_character(Rewriter& rewriter, int cursor) {
    rewriter.emit("clm", {reg(0), number(1), memory(0, cursor)});
}

// SRST end,start: finds the character of r0. Code 1: end points to it; 2: not there.
void search_string(Rewriter& rewriter) {
    int const end = rewriter.register_at(0), start = rewriter.register_at(1);
    auto const again = rewriter.fresh(), found = rewriter.fresh();
    auto const absent = rewriter.fresh(), done = rewriter.fresh();
    rewriter.emit("st", {reg(start), scratch(0)});
    rewriter.place(again);
    rewriter.emit("clr", {reg(start), reg(end)});
    rewriter.emit("bc", {number(8), label(absent)});
    compare_character(rewriter, start);
    rewriter.emit("bc", {number(8), label(found)});
    step(rewriter, start);
    rewriter.emit("bc", {number(15), label(again)});
    rewriter.place(absent);
    rewriter.emit("l", {reg(start), scratch(0)});
    set_code(rewriter, 2);
    rewriter.emit("bc", {number(15), label(done)});
    rewriter.place(found);
    rewriter.emit("lr", {reg(end), reg(start)});
    rewriter.emit("l", {reg(start), scratch(0)});
    set_code(rewriter, 1);
    rewriter.place(done);
}

// CLST first,second: compares up to the character of r0.
void compare_strings(Rewriter& rewriter) {
    int const first = rewriter.register_at(0), second = rewriter.register_at(1);
    auto const again = rewriter.fresh(), done = rewriter.fresh();
    rewriter.place(again);
    rewriter.emit("clc", {memory(0, 1, first), memory(0, second)});
    rewriter.emit("bc", {number(7), label(done)});
    compare_character(rewriter, first);
    rewriter.emit("bc", {number(8), label(done)}); // and the code is that of equal strings
    step(rewriter, first);
    step(rewriter, second);
    rewriter.emit("bc", {number(15), label(again)});
    rewriter.place(done);
}

// MVST to,from: moves up to and with the character of r0; `to` then points to its copy.
void move_string(Rewriter& rewriter) {
    int const to = rewriter.register_at(0), from = rewriter.register_at(1);
    auto const again = rewriter.fresh(), done = rewriter.fresh();
    rewriter.emit("st", {reg(from), scratch(0)});
    rewriter.place(again);
    rewriter.emit("mvc", {memory(0, 1, to), memory(0, from)});
    compare_character(rewriter, from);
    rewriter.emit("bc", {number(8), label(done)});
    step(rewriter, to);
    step(rewriter, from);
    rewriter.emit("bc", {number(15), label(again)});
    rewriter.place(done);
    rewriter.emit("l", {reg(from), scratch(0)});
    set_code(rewriter, 1);
}

// MVCLE, CLCLE: the padding byte moves from the address into the second length.
void with_padding(Rewriter& rewriter, char const* operation) {
    int const first = rewriter.register_at(0), second = rewriter.register_at(1);
    auto const padding = rewriter.address_at(2);
    if (padding.base == 0 && parse_number(padding.displacement)) {
        rewriter.emit("icm", {reg(second + 1), number(8),
                              bytes({parse_number(padding.displacement).value_or(0) & 0xFF, 0})});
    } else {
        // The low byte of an address; 24 bits of it are enough.
        rewriter.emit("la", {reg(12), text(padding.text())});
        rewriter.emit("st", {reg(12), scratch(0)});
        rewriter.restore_base();
        rewriter.emit("icm", {reg(second + 1), number(8), scratch(3)});
    }
    rewriter.emit(operation, {reg(first), reg(second)});
}

void move_long(Rewriter& rewriter) { // MVCLE
    with_padding(rewriter, "mvcl");
}

void compare_long(Rewriter& rewriter) { // CLCLE
    with_padding(rewriter, "clcl");
}

constexpr auto rows = std::to_array<NamedRow>({
    {"srst", search_string},
    {"clst", compare_strings},
    {"mvst", move_string},
    {"mvcle", move_long},
    {"clcle", compare_long},
});

} // namespace

std::span<NamedRow const> string_rows() { return rows; }

} // namespace toolchain
