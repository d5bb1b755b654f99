#include "s370/toolchain/emit.h"

#include <array>
#include <cstdio>
#include <map>
#include <tuple>

#include "s370/toolchain/instruction_set.h"

namespace toolchain {
namespace {

std::string hex(unsigned value) {
    std::array<char, 24> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "0x%x", value);
    return buffer.data();
}

class Pool {
  public:
    explicit Pool(std::string page) : page_(std::move(page)) {}

    std::string const& label_of(Literal const& literal) {
        auto& label = labels_[{-literal.size, literal.directive, literal.note}];
        if (label.empty()) { label = page_ + "c" + std::to_string(labels_.size()); }
        return label;
    }

    // Words first, so that only one alignment is needed. The symbol tells the audit
    // that this is data.
    [[nodiscard]] std::string text() const {
        if (labels_.empty()) { return {}; }
        bool const words = std::get<0>(labels_.begin()->first) == -4;
        auto const symbol = "pool" + page_.substr(6); // ".Lpage3_0" becomes "pool3_0"
        std::string result = words ? "\t.balign\t4\n" : "";
        result += "\t.type\t" + symbol + ", @object\n" + symbol + ":\n";
        for (auto const& [key, label] : labels_) {
            auto const& [minus_size, directive, note] = key;
            result.append(label).append(":\n\t").append(directive).append("\n");
            result += minus_size == -3 ? "\t.byte\t0\n" : "";
        }
        bool const odd = std::get<0>(labels_.rbegin()->first) == -1;
        result += odd ? "\t.balign\t2\n" : "";
        return result + "\t.size\t" + symbol + ", .-" + symbol + "\n";
    }

    [[nodiscard]] std::string coverage_map() const {
        std::string result;
        for (auto const& [key, label] : labels_) {
            if (auto const& note = std::get<2>(key); !note.empty()) {
                result.append("\t.long\t").append(label);
                result.append("\n\t.asciz\t\"").append(note).append("\"\n");
            }
        }
        return result;
    }

  private:
    std::string page_;
    std::map<std::tuple<int, std::string, std::string>, std::string> labels_; // by size, descending
};

class Writer {
  public:
    explicit Writer(std::string page) : page_(std::move(page)), pool_(page_) {}

    void line(std::string const& words) { text_ += words + "\n"; }

    void instruction(std::string const& mnemonic, std::vector<Operand> const& operands) {
        std::string list;
        for (auto const& operand : operands) {
            list += (list.empty() ? "" : ",") + written(operand);
        }
        line("\t" + spell(mnemonic, list));
    }

    void operation(Operation const& operation) {
        if (!operation.label.empty()) { line(operation.label + ":"); }
        if (operation.mnemonic == ".long") {
            data(operation);
        } else if (!operation.mnemonic.empty()) {
            instruction(operation.mnemonic, operation.operands);
        }
    }

    void unit(Unit const& unit) {
        bool const is_data = unit.kind == Unit::Kind::Data;
        if (is_data) { line("\t.balign\t4"); }
        for (auto const& before : unit.before) { line(before); }
        for (auto const& each : unit.code) { operation(each); }
    }

    // r12 to the base of another page, and there.
    void far_jump(std::string const& page, Operand const& target) {
        instruction("l", {reg(12), word(page)});
        instruction("bc", {number(15), text(target.text + "-" + page + "(%r12)")});
    }

    void fall_into(std::string const& page) {
        instruction("l", {reg(12), word(page)});
        instruction("bcr", {number(15), reg(12)});
    }

    void pool() { text_ += pool_.text(); }
    [[nodiscard]] std::string coverage_map() const { return pool_.coverage_map(); }
    [[nodiscard]] std::string const& text_written() const { return text_; }
    [[nodiscard]] std::string const& page() const { return page_; }

  private:
    [[nodiscard]] std::string written(Operand const& operand) {
        switch (operand.kind) {
        case Operand::Kind::Text: return operand.text;
        case Operand::Kind::Label: return operand.text + "-" + page_ + "(%r12)";
        case Operand::Kind::Literal:
            return pool_.label_of(operand.literal) + "-" + page_ + "(%r12)";
        case Operand::Kind::Base: break;
        }
        return pool_.label_of({".long\t" + page_, 4}) + "-" + operand.origin + "(%r" +
               std::to_string(operand.base) + ")";
    }

    void data(Operation const& operation) {
        auto const symbol = "data" + page_.substr(6) + "_" + std::to_string(++data_words_);
        line("\t.type\t" + symbol + ", @object");
        line(symbol + ":");
        line("\t.long\t" + operation.operands.front().text);
        line("\t.size\t" + symbol + ", .-" + symbol);
    }

    std::string page_;
    Pool pool_;
    std::string text_;
    int data_words_ = 0;
};

void write_branch(Writer& writer, Unit const& unit, std::string const& target_page) {
    auto const target = label(unit.target);
    auto operands = unit.loop_registers;
    if (unit.loop.empty()) { operands.push_back(number(unit.mask)); }
    auto const mnemonic = unit.loop.empty() ? "bc" : unit.loop;
    if (target_page == writer.page()) {
        operands.push_back(target);
        writer.instruction(mnemonic, operands);
        return;
    }
    auto const unique = ".LX" + std::to_string(unit.line);
    if (!unit.loop.empty()) {
        operands.push_back(label(unique + "t"));
        writer.instruction(mnemonic, operands);
        writer.instruction("bc", {number(15), label(unique + "s")});
        writer.line(unique + "t:");
    } else if (unit.mask != 15) {
        writer.instruction("bc", {number(15 - unit.mask), label(unique + "s")});
    }
    writer.far_jump(target_page, target);
    if (!unit.loop.empty() || unit.mask != 15) { writer.line(unique + "s:"); }
}

} // namespace

std::string spell(std::string const& mnemonic, std::string const& operands) {
    auto const* info = find_mnemonic(mnemonic);
    if (info == nullptr || info->spelling == Spelling::Mnemonic) {
        return mnemonic + "\t" + operands;
    }
    unsigned const opcode = info->opcode;
    bool const is_rr = info->spelling == Spelling::InsnRr;
    return ".insn\t" + std::string(is_rr ? "rr," : "s,") +
           hex(is_rr ? opcode << 8U : opcode << 16U) + "," + operands;
}

std::string emit_plain(BasedCode const& code, std::string const& page_label) {
    Writer writer(page_label);
    for (auto const& unit : code.units) { writer.unit(unit); }
    return writer.text_written();
}

std::string emit_pages(BasedCode const& code, Layout const& layout, std::string& map) {
    std::map<std::string, std::string> page_of_label;
    for (std::size_t i = 0; i < code.units.size(); ++i) {
        for (auto const& name : labels_before(code.units[i])) {
            page_of_label[name] = layout.pages[layout.page_of[i]].label;
        }
    }
    std::string result;
    for (std::size_t p = 0; p < layout.pages.size(); ++p) {
        auto const& page = layout.pages[p];
        Writer writer(page.label);
        if (p > 0) { writer.line(page.label + ":"); }
        for (std::size_t i = page.first; i < page.end; ++i) {
            auto const& unit = code.units[i];
            writer.unit(unit);
            if (unit.kind == Unit::Kind::Branch) {
                write_branch(writer, unit, page_of_label[unit.target]);
            }
            if (p == 0 && i == code.entry) { writer.line(page.label + ":"); }
        }
        if (p + 1 < layout.pages.size() && code.units[page.end - 1].falls_through) {
            writer.fall_into(layout.pages[p + 1].label);
        }
        writer.pool();
        map += writer.coverage_map();
        result += writer.text_written();
    }
    return result;
}

} // namespace toolchain
