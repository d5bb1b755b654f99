#include "s370/toolchain/listing.h"

#include "s370/toolchain/instruction_set.h"

namespace toolchain {
namespace {

bool is_data_directive(std::string_view name) {
    return name == ".long" || name == ".short" || name == ".byte" || name == ".insn";
}

// Behind the last instruction that is not storage-to-storage or immediate: EX targets and pools.
std::size_t end_of_flow(ListedFunction const& function) {
    auto end = function.code.size();
    for (; end > 0; --end) {
        auto const* info = find_mnemonic(function.code[end - 1].mnemonic);
        bool const storage = info != nullptr && (info->length() == 6 ||
                                                 (info->opcode >= 0x91 && info->opcode <= 0x97));
        if (!storage && !function.is_data(end - 1)) { break; }
    }
    return end;
}

class ListingReader {
  public:
    std::vector<ListedFunction> run(std::string_view text) {
        for (auto const& line : parse_lines(text)) { read(line); }
        for (auto& function : functions_) {
            for (auto const& [label, index] : function.labels) {
                bool const page = label.starts_with(".Lpage"); // entered only with r12 set
                if (label.starts_with(".L") && !page && addressed_.contains(label) &&
                    index < end_of_flow(function)) {
                    function.entered.insert(index);
                }
            }
        }
        return std::move(functions_);
    }

  private:
    void read(Line const& line) {
        auto const name = line.kind == LineKind::Directive ? directive_name(line.text) : "";
        if (name == ".section") {
            auto const operands = directive_operands(line.text);
            debug_ = !operands.empty() && operands.front().starts_with(".debug");
        } else if (name == ".text" || name == ".data" || name == ".bss") {
            debug_ = false;
        }
        if (name == ".type") {
            auto const operands = directive_operands(line.text);
            if (operands.size() == 2 && operands[1] == "@function") {
                function_symbols_.insert(operands[0]);
            }
        } else if (name == ".size" && open_) {
            auto const operands = directive_operands(line.text);
            open_ = operands.empty() || operands[0] != functions_.back().name;
        } else if (name == ".long" && !debug_) {
            for (auto const& operand : directive_operands(line.text)) {
                addressed_.insert(operand);
            }
        }
        if (line.kind == LineKind::Label && !open_ && function_symbols_.contains(line.text)) {
            functions_.push_back({line.text, {}, {}, {}});
            open_ = true;
        }
        if (!open_) { return; }
        auto& function = functions_.back();
        if (line.kind == LineKind::Label) {
            function.labels[line.text] = function.code.size();
        } else if (line.kind == LineKind::Instruction) {
            function.code.push_back(line.instruction);
        } else if (is_data_directive(name)) {
            function.code.push_back(
                {std::string(name), directive_operands(line.text), {}, false, line.number});
        }
    }

    std::vector<ListedFunction> functions_;
    std::set<std::string> function_symbols_, addressed_;
    bool open_ = false, debug_ = false;
};

} // namespace

std::vector<ListedFunction> read_listing(std::string_view text) {
    return ListingReader().run(text);
}

} // namespace toolchain
