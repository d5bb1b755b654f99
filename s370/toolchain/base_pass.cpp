#include "s370/toolchain/base_pass.h"

#include <algorithm>

#include "s370/toolchain/assembly.h"

namespace toolchain {
namespace {

constexpr int base = 12, stack = 15, base_save = 48;

Operation op(std::string mnemonic, std::vector<Operand> operands) {
    return {{}, std::move(mnemonic), std::move(operands)};
}

bool is_target(Unit const& unit, std::set<std::string> const& targets) {
    return std::ranges::any_of(unit.before, [&](std::string const& line) {
        return line.ends_with(':') && targets.contains(line.substr(0, line.size() - 1));
    });
}

// STM r,r',4*r(15): r12 goes to 48(15), where every exit looks for it.
bool saves_in_place(Unit const& unit) {
    auto const& operands = unit.code.front().operands;
    auto const first = parse_register(operands[0].text);
    auto const place = parse_address(operands[2].text);
    return first && place && place->base == stack && place->index == 0 &&
           place->displacement == std::to_string(4 * *first);
}

bool changes_stack(Unit const& unit) {
    return std::ranges::any_of(unit.code, [](Operation const& operation) {
        return !operation.operands.empty() && operation.operands[0].text == "%r15";
    });
}

// The STM of the prologue, when nothing before it needs a base; else units.size().
std::size_t prologue_save(std::vector<Unit> const& units, std::set<std::string> const& targets) {
    for (std::size_t i = 0; i < units.size(); ++i) {
        auto const& unit = units[i];
        if (is_target(unit, targets)) { break; }
        if (unit.kind == Unit::Kind::SaveBase) { return saves_in_place(unit) ? i : units.size(); }
        if (unit.kind != Unit::Kind::Plain || unit.needs_base() || changes_stack(unit)) { break; }
    }
    return units.size();
}

// STM or LM, leaving r12 out. The half that holds the base register of a LM goes last.
void split(Unit& unit, Diagnostics& diagnostics) {
    auto const original = unit.code.front();
    auto const first = parse_register(original.operands[0].text);
    auto const last = parse_register(original.operands[1].text);
    auto const place = parse_address(original.operands[2].text);
    if (!first || !last || !place || *first > *last || place->index != 0) {
        diagnostics.error(unit.line, "cannot split around r12: " + original.mnemonic);
        return;
    }
    auto const part = [&](int from, int to) {
        auto const address = place->plus(4 * (from - *first)).text();
        if (from == to) {
            return op(original.mnemonic == "stm" ? "st" : "l", {reg(from), text(address)});
        }
        return op(original.mnemonic, {reg(from), reg(to), text(address)});
    };
    std::vector<Operation> code;
    if (*first < base) { code.push_back(part(*first, base - 1)); }
    if (*last > base) { code.push_back(part(base + 1, *last)); }
    if (place->base < base) { std::ranges::reverse(code); }
    unit.code = std::move(code);
    unit.kind = Unit::Kind::Plain;
}

// From a LM of r12 straight to an exit that needs no literal: then r12 may be the
// caller's from here on. Marks that stretch, or says no.
bool straight_to_exit(std::vector<Unit>& units, std::size_t restore,
                      std::set<std::string> const& targets) {
    std::size_t end = restore + 1;
    for (;; ++end) {
        if (end == units.size() || is_target(units[end], targets)) { return false; }
        auto const& unit = units[end];
        if (unit.kind == Unit::Kind::Exit && unit.mask == 15 && unit.base_independent_exit()) {
            break;
        }
        if (unit.kind != Unit::Kind::Plain || unit.needs_base()) { return false; }
    }
    units[end].base_restored = true;
    for (std::size_t i = restore + 1; i <= end; ++i) { units[i].glued = true; }
    return true;
}

void finish_exit(Unit& unit, bool based) {
    auto const restore = op("l", {reg(base), memory(base_save, stack)});
    bool const restores = based && !unit.base_restored;
    if (!unit.target.empty()) {
        unit.code.push_back(op("l", {reg(1), word(unit.target)}));
        unit.code.push_back(restore);
        unit.code.push_back(op("bcr", {number(15), reg(1)}));
    } else if (unit.mask == 15 || !restores) {
        if (restores) { unit.code.push_back(restore); }
        unit.code.push_back(op("bcr", {number(unit.mask), reg(unit.target_register)}));
    } else {
        auto const over = ".LX" + std::to_string(unit.line) + "x";
        unit.code.push_back(op("bc", {number(15 - unit.mask), label(over)}));
        unit.code.push_back(restore);
        unit.code.push_back(op("bcr", {number(15), reg(unit.target_register)}));
        unit.code.push_back({over, {}, {}});
    }
}

Unit entry_unit(bool saves) {
    Unit unit;
    if (saves) { unit.code.push_back(op("st", {reg(base), memory(base_save, stack)})); }
    unit.code.push_back(op("balr", {reg(base), number(0)}));
    return unit;
}

} // namespace

BasedCode set_base(std::vector<Unit> units, std::set<std::string> const& targets, bool always,
                   Diagnostics& diagnostics) {
    BasedCode result;
    result.based = always || std::ranges::any_of(units, &Unit::needs_base);
    std::size_t const save = result.based ? prologue_save(units, targets) : units.size();
    for (std::size_t i = 0; i < units.size(); ++i) {
        auto& unit = units[i];
        if (unit.kind == Unit::Kind::SaveBase && result.based && i != save) {
            split(unit, diagnostics);
        } else if (unit.kind == Unit::Kind::RestoreBase && result.based &&
                   !straight_to_exit(units, i, targets)) {
            split(unit, diagnostics);
        }
    }
    for (auto& unit : units) {
        if (unit.kind == Unit::Kind::Exit) { finish_exit(unit, result.based); }
    }
    if (result.based) {
        bool const delayed = save != units.size();
        result.entry = delayed ? save + 1 : 0;
        units.insert(units.begin() + std::ptrdiff_t(result.entry), entry_unit(!delayed));
    }
    result.units = std::move(units);
    return result;
}

} // namespace toolchain
