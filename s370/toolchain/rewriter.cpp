#include "s370/toolchain/rewriter.h"

#include "s370/toolchain/instruction_set.h"

namespace toolchain {

std::string Rewriter::operand(std::size_t position) const {
    return step_.instruction.operand(position);
}

int Rewriter::register_at(std::size_t position) {
    auto const value = parse_register(operand(position));
    if (!value) {
        error(mnemonic() + ": register expected: " + operand(position));
    } else if (*value == 12) {
        error(mnemonic() + ": r12 is the page base");
    }
    return value.value_or(0);
}

int Rewriter::number_at(std::size_t position) {
    auto const value = parse_number(operand(position));
    if (!value) { error(mnemonic() + ": number expected: " + operand(position)); }
    return value.value_or(0);
}

Address Rewriter::address_at(std::size_t position) {
    auto value = parse_address(operand(position));
    if (!value) { error(mnemonic() + ": storage operand expected: " + operand(position)); }
    return value.value_or(Address{});
}

bool Rewriter::is_register(std::size_t position) const {
    return parse_register(operand(position)).has_value();
}

void Rewriter::emit(std::string name, std::initializer_list<Operand> operands) {
    if (!unit_.code.empty() && unit_.code.back().mnemonic.empty()) {
        unit_.code.back().mnemonic = std::move(name);
        unit_.code.back().operands = operands;
    } else {
        unit_.code.push_back({{}, std::move(name), operands});
    }
}

void Rewriter::place(std::string const& name) { unit_.code.push_back({name, {}, {}}); }

void Rewriter::restore_base() {
    auto const here = fresh();
    emit("balr", {reg(12), number(0)});
    place(here);
    emit("l", {reg(12), page_base(12, here)});
}

Row find_row(std::string_view mnemonic) {
    for (auto const rows : {constant_rows(), test_rows(), multiply_rows(), carry_rows(),
                            byte_rows(), string_rows(), branch_rows()}) {
        for (auto const& row : rows) {
            if (row.mnemonic == mnemonic) { return row.row; }
        }
    }
    return nullptr;
}

namespace {

// An instruction that System/370 has: as it stands.
void copy(Rewriter& rewriter) {
    auto const& instruction = rewriter.step().instruction;
    auto const* info = find_mnemonic(instruction.mnemonic);
    if (info == nullptr && instruction.mnemonic != ".insn") {
        rewriter.error("no System/370 form of " + instruction.mnemonic);
        return;
    }
    Operation operation{{}, instruction.mnemonic, {}};
    for (auto const& operand : instruction.operands) {
        operation.operands.push_back(text(operand));
    }
    rewriter.unit().code.push_back(std::move(operation));
}

// STM and LM of r12, whose final form depends on the whole function.
Unit::Kind multiple_kind(Step const& step) {
    auto const& instruction = step.instruction;
    bool const store = instruction.mnemonic == "stm";
    if ((!store && instruction.mnemonic != "lm") || instruction.operands.size() != 3) {
        return Unit::Kind::Plain;
    }
    int const first = parse_register(instruction.operand(0)).value_or(0);
    int const last = parse_register(instruction.operand(1)).value_or(0);
    bool const covers = first <= last ? first <= 12 && 12 <= last : first <= 12 || 12 <= last;
    if (!covers) { return Unit::Kind::Plain; }
    return store ? Unit::Kind::SaveBase : Unit::Kind::RestoreBase;
}

} // namespace

Unit rewrite(Step const& step, LabelMaker& labels, Diagnostics& diagnostics) {
    Unit unit;
    unit.before = step.before;
    unit.line = step.instruction.line;
    unit.falls_through = step.falls_through();
    Rewriter rewriter(step, unit, labels, diagnostics);
    if (step.is_data) {
        unit.kind = Unit::Kind::Data;
        for (auto const& value : step.instruction.operands) {
            unit.code.push_back({{}, ".long", {text(value)}});
        }
        unit.falls_through = false;
        return unit;
    }
    unit.kind = step.is_template ? Unit::Kind::Template : multiple_kind(step);
    if (auto const row = find_row(step.instruction.mnemonic)) {
        row(rewriter);
    } else {
        copy(rewriter);
    }
    return unit;
}

} // namespace toolchain
