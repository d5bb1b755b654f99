#include "s370/toolchain/lower.h"

#include <map>
#include <set>
#include <sstream>

#include "s370/toolchain/coverage_points.h"
#include "s370/toolchain/emit.h"
#include "s370/toolchain/rewriter.h"

namespace toolchain {
namespace {

using Renames = std::map<std::string, std::string>;

bool is_label_character(char c) {
    return std::string_view("._$").find(c) != std::string_view::npos || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Calls `visit` with each local label in the text; its result is written instead.
template <class Visit>
std::string map_labels(std::string_view text, Visit visit) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && is_label_character(text[end])) { ++end; }
        auto const name = text.substr(i, end - i);
        if (name.starts_with(".L")) {
            result += visit(std::string(name));
        } else {
            result += name.empty() ? text.substr(i, 1) : name;
        }
        i = name.empty() ? i + 1 : end;
    }
    return result;
}

// Only words hold addresses of code; everything else in data is left alone.
std::string map_word_labels(std::string_view text, auto visit) {
    std::string result;
    while (!text.empty()) {
        auto const end = text.find('\n');
        auto const line = text.substr(0, end);
        result += line.find(".long\t") != std::string_view::npos ? map_labels(line, visit)
                                                                 : std::string(line);
        result += end == std::string_view::npos ? "" : "\n";
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return result;
}

std::set<std::string> address_taken(std::vector<Part> const& parts) {
    std::set<std::string> taken;
    auto const note = [&taken](std::string const& name) {
        taken.insert(name);
        return name;
    };
    for (auto const& part : parts) {
        if (auto const* verbatim = std::get_if<Verbatim>(&part)) {
            if (!verbatim->debug) { static_cast<void>(map_word_labels(verbatim->text, note)); }
            continue;
        }
        for (auto const& line : std::get<Function>(part).lines) {
            if (line.kind == LineKind::Instruction && line.instruction.mnemonic == "larl" &&
                line.instruction.operands.size() == 2) {
                static_cast<void>(map_labels(line.instruction.operands[1], note));
            }
        }
    }
    return taken;
}

SourceFiles source_files(std::vector<Part> const& parts) {
    SourceFiles files;
    for (auto const& part : parts) {
        if (auto const* function = std::get_if<Function>(&part)) {
            for (auto const& line : function->lines) {
                if (line.text.starts_with(".file ")) { note_source_file(line.text, files); }
            }
            continue;
        }
        std::istringstream text(std::get<Verbatim>(part).text);
        for (std::string line; std::getline(text, line);) {
            if (line.starts_with(".file ")) { note_source_file(line, files); }
        }
    }
    return files;
}

// Beside the function's section; in its group, when the linker may choose among several.
std::string map_section(std::string const& section) {
    auto const operands = directive_operands(section);
    if (operands.size() == 5 && operands[4] == "comdat") {
        return "\t.section\t.coverage_map,\"G\",@progbits," + operands[3] + ",comdat\n";
    }
    return "\t.section\t.coverage_map,\"\",@progbits\n";
}

class FunctionLowering {
  public:
    FunctionLowering(std::set<std::string> const& taken, SourceFiles const& files,
                     LowerOptions const& options, Diagnostics& diagnostics)
        : taken_(taken), files_(files), options_(options), diagnostics_(diagnostics) {}

    std::string run(Function const& function) {
        auto const flow = analyse(function, taken_, diagnostics_);
        auto targets = flow.targets;
        std::set<std::string> entries;
        std::vector<Unit> units;
        for (auto const& step : flow.steps) {
            units.push_back(rewrite(step, labels_, diagnostics_));
            for (auto const& label : labels_before(units.back())) {
                if (taken_.contains(label) && !step.is_template && !step.is_data) {
                    entries.insert(label);
                }
            }
        }
        targets.insert(entries.begin(), entries.end());
        auto code = set_base(std::move(units), targets, options_.coverage, diagnostics_);
        if (options_.coverage) { add_coverage(code, targets, files_); }
        auto const page_label = ".Lpage" + std::to_string(++functions_);
        std::string text = "\t" + function.section + "\n" + function.name + ":\n";
        std::string map;
        text += code.based ? pages(code, entries, page_label, map) : emit_plain(code, page_label);
        if (!map.empty()) {
            text += map_section(function.section) + map + "\t" + function.section + "\n";
        }
        for (auto const& line : flow.after) { text += line + "\n"; }
        return text;
    }

    [[nodiscard]] Renames const& renames() const { return renames_; }

  private:
    std::string pages(BasedCode& code, std::set<std::string> const& entries,
                      std::string const& page_label, std::string& map) {
        auto layout = lay_out(code, page_label, options_.page_size, diagnostics_);
        if (layout.pages.size() > 1 && !entries.empty()) {
            add_stubs(code, entries);
            layout = lay_out(code, page_label, options_.page_size, diagnostics_);
        }
        return diagnostics_.empty() ? emit_pages(code, layout, map) : std::string{};
    }

    // Whoever comes through an address brings the r12 of another page.
    void add_stubs(BasedCode& code, std::set<std::string> const& entries) {
        std::vector<Unit> units;
        for (auto& unit : code.units) {
            for (auto const& label : labels_before(unit)) {
                if (entries.contains(label)) {
                    bool const falls_in = !units.empty() && units.back().falls_through;
                    units.push_back(stub(label, falls_in));
                    renames_[label] = label + "$e";
                }
            }
            units.push_back(std::move(unit));
        }
        code.units = std::move(units);
    }

    Unit stub(std::string const& name, bool falls_in) {
        Unit unit;
        auto const here = labels_.fresh(), over = labels_.fresh();
        if (falls_in) { unit.code.push_back({{}, "bc", {number(15), label(over)}}); }
        unit.code.push_back({name + "$e", "balr", {reg(12), number(0)}});
        unit.code.push_back({here, "l", {reg(12), page_base(12, here)}});
        unit.code.push_back({over, {}, {}});
        return unit;
    }

    std::set<std::string> const& taken_;
    SourceFiles const& files_;
    LowerOptions const& options_;
    Diagnostics& diagnostics_;
    LabelMaker labels_;
    Renames renames_;
    int functions_ = 0;
};

} // namespace

std::string lower(std::string_view source, LowerOptions const& options, Diagnostics& diagnostics) {
    auto const parts = split_functions(source, diagnostics);
    auto const taken = address_taken(parts);
    auto const files = source_files(parts);
    FunctionLowering lowering(taken, files, options, diagnostics);
    std::vector<std::string> texts;
    for (auto const& part : parts) {
        auto const* verbatim = std::get_if<Verbatim>(&part);
        texts.push_back(verbatim != nullptr ? verbatim->text
                                            : lowering.run(std::get<Function>(part)));
    }
    // Jump tables may stand before or after their function, so renaming comes last.
    auto const rename = [&lowering](std::string const& name) {
        auto const found = lowering.renames().find(name);
        return found == lowering.renames().end() ? name : found->second;
    };
    std::string result;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const* verbatim = std::get_if<Verbatim>(&parts[i]);
        bool const debug = verbatim != nullptr && verbatim->debug;
        result += debug ? texts[i] : map_word_labels(texts[i], rename);
    }
    return result;
}

} // namespace toolchain
