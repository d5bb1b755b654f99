#include "s370/toolchain/audit.h"

#include <array>
#include <cstdio>
#include <map>

#include "s370/toolchain/instruction_set.h"

namespace toolchain {
namespace {

using Kind = ElfSymbol::Kind;

std::string hex(std::uint32_t value, int digits) {
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%0*X", digits, value);
    return buffer.data();
}

class SectionAudit {
  public:
    SectionAudit(ElfImage const& image, std::size_t index, AuditReport& report)
        : section_(image.sections[index]), report_(report) {
        for (auto const& symbol : image.symbols) {
            if (symbol.section != index) { continue; }
            if (symbol.kind == Kind::Object) {
                auto& end = data_[symbol.address];
                end = std::max(end, symbol.address + symbol.size);
            } else if (symbol.kind == Kind::Function) {
                functions_[symbol.address] = &symbol;
            }
        }
    }

    void run() {
        std::size_t offset = 0;
        while (offset < section_.bytes.size()) {
            auto const address = section_.address + std::uint32_t(offset);
            if (auto const end = data_end(address); end > address) {
                offset = end - section_.address;
            } else {
                offset += instruction(offset, address);
            }
        }
    }

  private:
    // End of the data around `address`; `address` itself when there is none.
    [[nodiscard]] std::uint32_t data_end(std::uint32_t address) const {
        auto const next = data_.upper_bound(address);
        return next == data_.begin() ? address : std::max(address, std::prev(next)->second);
    }

    [[nodiscard]] std::uint32_t data_start_after(std::uint32_t address) const {
        auto const next = data_.upper_bound(address);
        return next == data_.end() ? 0xFFFFFFFF : next->first;
    }

    [[nodiscard]] ElfSymbol const* function_around(std::uint32_t address) const {
        auto const next = functions_.upper_bound(address);
        if (next == functions_.begin()) { return nullptr; }
        auto const* symbol = std::prev(next)->second;
        return symbol->size == 0 || address < symbol->address + symbol->size ? symbol : nullptr;
    }

    // Checks one instruction; its length.
    std::size_t instruction(std::size_t offset, std::uint32_t address) {
        auto const byte = [this](std::size_t at) {
            return static_cast<unsigned char>(section_.bytes[at]);
        };
        if (offset + 2 > section_.bytes.size()) {
            if (byte(offset) != 0) {
                finding(offset, address, 1, "half an instruction at the end of " + section_.name);
            }
            return 1;
        }
        auto const halfword = std::uint16_t(byte(offset) << 8U | byte(offset + 1));
        auto const* function = function_around(address);
        if (halfword == 0 && (function == nullptr || function->size == 0)) { return 2; }
        auto const* info = find_opcode(halfword);
        if (info == nullptr) {
            unsigned const class_bits = halfword >> 14U;
            std::size_t const length = class_bits == 0 ? 2 : class_bits == 3 ? 6 : 4;
            finding(offset, address, length, "not a System/370 instruction");
            return length;
        }
        ++report_.instructions;
        auto const length = std::size_t(info->length());
        if (offset + length > section_.bytes.size() ||
            address + length > data_start_after(address)) {
            finding(offset, address, length, "instruction runs into data");
        }
        return length;
    }

    void finding(std::size_t offset, std::uint32_t address, std::size_t length,
                 std::string const& reason) {
        std::string text = hex(address, 8);
        if (auto const* function = function_around(address)) {
            text += " " + function->name + "+X'" + hex(address - function->address, 1) + "'";
        }
        text += ":";
        for (std::size_t i = offset; i < offset + length && i < section_.bytes.size(); ++i) {
            text += " " + hex(static_cast<unsigned char>(section_.bytes[i]), 2);
        }
        report_.findings.push_back(text + ": " + reason);
    }

    ElfSection const& section_;
    AuditReport& report_;
    std::map<std::uint32_t, std::uint32_t> data_; // start to end
    std::map<std::uint32_t, ElfSymbol const*> functions_;
};

} // namespace

AuditReport audit(ElfImage const& image) {
    AuditReport report;
    for (std::size_t i = 0; i < image.sections.size(); ++i) {
        if (image.sections[i].executable) { SectionAudit(image, i, report).run(); }
    }
    return report;
}

} // namespace toolchain
