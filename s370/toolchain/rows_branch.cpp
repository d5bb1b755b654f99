// Rows: calls, branches and exits. Layout and base pass finish the last two.

#include <array>

#include "s370/toolchain/rewriter.h"

namespace toolchain {
namespace {

void call_symbol(Rewriter& rewriter) { // BRASL
    int const link = rewriter.register_at(0);
    rewriter.emit("l", {reg(link), word(rewriter.operand(1))});
    rewriter.emit("balr", {reg(link), reg(link)});
}

void call_register(Rewriter& rewriter) { // BASR
    auto const target = rewriter.operand(1);
    bool const none = target == "0" || target == "%r0";
    rewriter.emit("balr", {reg(rewriter.register_at(0)), none ? number(0) : text(target)});
}

void loop(Rewriter& rewriter) { // BRCT, BRXLE, BRXH
    auto& unit = rewriter.unit();
    unit.kind = Unit::Kind::Branch;
    unit.loop = "b" + rewriter.mnemonic().substr(2);
    unit.loop_registers.push_back(reg(rewriter.register_at(0)));
    if (unit.loop != "bct") { unit.loop_registers.push_back(reg(rewriter.register_at(1))); }
    unit.target = rewriter.step().target;
}

// EX of an odd address: a specification exception that tells where it happened.
void trap(Rewriter& rewriter) {
    auto const over = rewriter.fresh();
    int const mask = rewriter.step().mask;
    if (mask != 15) { rewriter.emit("bc", {number(15 - mask), label(over)}); }
    rewriter.emit("ex", {number(0), number(1)});
    if (mask != 15) { rewriter.place(over); }
}

void branch(Rewriter& rewriter) { // J, JG, BR and their conditional forms
    auto& unit = rewriter.unit();
    auto const& step = rewriter.step();
    unit.mask = step.mask;
    unit.target = step.target;
    switch (step.transfer) {
    case Transfer::Trap: trap(rewriter); break;
    case Transfer::Branch: unit.kind = Unit::Kind::Branch; break;
    case Transfer::Indirect:
        rewriter.emit("bcr", {number(step.mask), reg(rewriter.register_at(0))});
        break;
    case Transfer::Exit:
        unit.kind = Unit::Kind::Exit;
        if (step.target.empty()) {
            unit.target_register = rewriter.register_at(0);
        } else if (step.mask != 15) {
            rewriter.error("conditional jump out of the function: " + rewriter.mnemonic());
        }
        break;
    case Transfer::None:
    case Transfer::Call: rewriter.error("not understood: " + rewriter.mnemonic()); break;
    }
}

void no_operation(Rewriter& rewriter) { // NOPR, NOP
    if (rewriter.mnemonic() == "nopr") {
        rewriter.emit("bcr", {number(0), number(0)});
    } else {
        rewriter.emit("bc", {number(0), number(0)});
    }
}

constexpr auto rows = std::to_array<NamedRow>({
    {"brasl", call_symbol}, {"basr", call_register}, {"brct", loop},        {"brxle", loop},
    {"brxh", loop},         {"nopr", no_operation},  {"nop", no_operation}, {"j", branch},
    {"jg", branch},         {"br", branch},          {"jo", branch},        {"jh", branch},
    {"jp", branch},         {"jnle", branch},        {"jl", branch},        {"jm", branch},
    {"jnhe", branch},       {"jlh", branch},         {"jne", branch},       {"jnz", branch},
    {"je", branch},         {"jz", branch},          {"jnlh", branch},      {"jhe", branch},
    {"jnl", branch},        {"jnm", branch},         {"jle", branch},       {"jnh", branch},
    {"jnp", branch},        {"jno", branch},         {"jgo", branch},       {"jgh", branch},
    {"jgnle", branch},      {"jgl", branch},         {"jgnhe", branch},     {"jglh", branch},
    {"jgne", branch},       {"jge", branch},         {"jgnlh", branch},     {"jghe", branch},
    {"jgnl", branch},       {"jgle", branch},        {"jgnh", branch},      {"jgno", branch},
    {"bor", branch},        {"bhr", branch},         {"bnler", branch},     {"blr", branch},
    {"bnher", branch},      {"blhr", branch},        {"bner", branch},      {"ber", branch},
    {"bnlhr", branch},      {"bher", branch},        {"bnlr", branch},      {"bler", branch},
    {"bnhr", branch},       {"bnor", branch},
});

} // namespace

std::span<NamedRow const> branch_rows() { return rows; }

} // namespace toolchain
