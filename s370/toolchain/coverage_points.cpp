#include "s370/toolchain/coverage_points.h"

#include <algorithm>

#include "s370/toolchain/assembly.h"
#include "s370/toolchain/layout.h"

namespace toolchain {
namespace {

std::string unquoted(std::string const& text) {
    return text.size() >= 2 && text.front() == '"' ? text.substr(1, text.size() - 2) : text;
}

// ".loc 2 17 5" is "path:17"; empty when it tells nothing.
std::string place_of(std::string const& directive, SourceFiles const& files) {
    auto const words = directive.substr(directive.find(".loc") + 4);
    auto const first = words.find_first_of("0123456789");
    auto const blank = words.find(' ', first);
    auto const next = words.find(' ', blank + 1);
    if (first == std::string::npos || blank == std::string::npos) { return {}; }
    auto const file = parse_number(words.substr(first, blank - first));
    auto const line = words.substr(blank + 1, next - blank - 1);
    auto const found = files.find(file.value_or(-1));
    return found == files.end() || line == "0" ? std::string{} : found->second + ":" + line;
}

Operation mark(std::string const& place) {
    Operand byte{.kind = Operand::Kind::Literal, .literal = {".byte\t0", 1, place}};
    return {{}, "mvi", {byte, number(0xFF)}};
}

bool may_record(Unit const& unit) {
    return !unit.glued && unit.kind != Unit::Kind::Template && unit.kind != Unit::Kind::Data;
}

} // namespace

void note_source_file(std::string const& directive, SourceFiles& files) {
    // .file 2 "name", or .file 0 "folder" "name"; without a number it is not about lines.
    auto const words = trim(std::string_view(directive).substr(5));
    auto const number = parse_number(words.substr(0, words.find(' ')));
    auto const quote = words.rfind('"', words.size() - 2);
    if (number && quote != std::string_view::npos) {
        auto name = unquoted(std::string(words.substr(quote)));
        files[*number] = name.starts_with("./") ? name.substr(2) : name;
    }
}

void add_coverage(BasedCode& code, std::set<std::string> const& targets, SourceFiles const& files) {
    std::string place, recorded;
    for (std::size_t i = 0; i < code.units.size(); ++i) {
        auto& unit = code.units[i];
        for (auto const& line : unit.before) {
            if (line.starts_with("\t.loc")) { place = place_of(line, files); }
        }
        auto const labels = labels_before(unit);
        bool const new_block = std::ranges::any_of(
            labels, [&](std::string const& label) { return targets.contains(label); });
        if (i <= code.entry || !may_record(unit) || place.empty() ||
            (place == recorded && !new_block)) {
            continue;
        }
        unit.code.insert(unit.code.begin(), mark(place));
        recorded = place;
    }
}

} // namespace toolchain
