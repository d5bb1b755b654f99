#include "s370/toolchain/function.h"

#include <set>

namespace toolchain {
namespace {

// The section a directive leads to, or empty when it does not lead anywhere.
std::string section_of(Line const& line) {
    if (line.kind != LineKind::Directive) { return {}; }
    auto const name = directive_name(line.text);
    if (name == ".text" || name == ".data" || name == ".bss") { return std::string(name); }
    if (name == ".section") {
        auto const operands = directive_operands(line.text);
        return operands.empty() ? std::string{} : operands.front();
    }
    return {};
}

// No unwinding here; and what the assembler may accept is our decision, not GCC's.
bool dropped(Line const& line) {
    return line.kind == LineKind::Blank ||
           (line.kind == LineKind::Directive &&
            (line.text.starts_with(".cfi_") || line.text.starts_with(".machine")));
}

class Splitter {
  public:
    Splitter(std::string_view source, Diagnostics& diagnostics)
        : diagnostics_(diagnostics), lines_(parse_lines(source)) {}

    std::vector<Part> run() {
        for (auto const& line : lines_) {
            note_function_symbol(line);
            if (auto section = section_of(line); !section.empty()) {
                section_ = std::move(section);
                section_directive_ = line.text;
                if (in_function_) {
                    aside_ = section_ != function_section_;
                    verbatim(aside_ ? line.text : "");
                    continue;
                }
            }
            if (in_function_ && !aside_) {
                inside(line);
            } else {
                outside(line);
            }
        }
        if (in_function_) { diagnostics_.error(0, "function " + function_.name + " has no .size"); }
        return std::move(parts_);
    }

  private:
    void note_function_symbol(Line const& line) {
        if (line.kind == LineKind::Directive && directive_name(line.text) == ".type") {
            auto const operands = directive_operands(line.text);
            if (operands.size() == 2 && operands[1] == "@function") {
                function_symbols_.insert(operands[0]);
            }
        }
    }

    void outside(Line const& line) {
        if (line.kind == LineKind::InlineBegins || line.kind == LineKind::InlineEnds) {
            inline_ = line.kind == LineKind::InlineBegins;
        }
        if (dropped(line) && !inline_) { return; }
        if (line.kind == LineKind::Label && section_.starts_with(".text") &&
            function_symbols_.contains(line.text) && !inline_) {
            in_function_ = true;
            aside_ = false;
            function_section_ = section_;
            function_ = {line.text, section_directive_, {}};
            return;
        }
        if (line.kind == LineKind::Instruction && !inline_) {
            diagnostics_.error(line.number, "instruction outside any function");
        }
        verbatim(line.kind == LineKind::Label ? line.text + ":" : line.text);
    }

    void inside(Line const& line) {
        if (dropped(line)) { return; }
        if (line.kind == LineKind::Directive && directive_name(line.text) == ".size") {
            verbatim(section_directive_);
            parts_.emplace_back(std::move(function_));
            in_function_ = false;
            function_ = {};
            outside(line);
            return;
        }
        function_.lines.push_back(line);
    }

    void verbatim(std::string const& text) {
        bool const debug = section_.starts_with(".debug");
        auto* last = parts_.empty() ? nullptr : std::get_if<Verbatim>(&parts_.back());
        if (last == nullptr || last->debug != debug) {
            parts_.emplace_back(Verbatim{{}, debug});
            last = std::get_if<Verbatim>(&parts_.back());
        }
        last->text += text + "\n";
    }

    Diagnostics& diagnostics_;
    std::vector<Line> lines_;
    std::vector<Part> parts_;
    std::set<std::string> function_symbols_;
    std::string section_ = ".text", section_directive_ = ".text", function_section_;
    Function function_;
    bool in_function_ = false, aside_ = false, inline_ = false;
};

} // namespace

std::vector<Part> split_functions(std::string_view source, Diagnostics& diagnostics) {
    return Splitter(source, diagnostics).run();
}

} // namespace toolchain
