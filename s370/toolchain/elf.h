// A linked image, read as far as our tools ask: sections, symbols and the code in them.
//
// System V ABI, ELF-32, big-endian. Copies everything out; nothing in the file is trusted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace toolchain {

struct ElfSection {
    std::string name;
    std::uint32_t address = 0;
    bool executable = false;
    bool allocated = false;
    std::string bytes; // empty for .bss
};

struct ElfSymbol {
    enum class Kind : std::uint8_t { None, Object, Function, Other };
    std::string name;
    std::uint32_t address = 0;
    std::uint32_t size = 0;
    Kind kind = Kind::None;
    std::size_t section = 0; // index; 0 when it is in none
};

struct ElfImage {
    std::vector<ElfSection> sections;
    std::vector<ElfSymbol> symbols;
};

// Nothing when `file` is not a 32-bit big-endian ELF file, or is damaged.
[[nodiscard]] std::optional<ElfImage> parse_elf(std::string_view file);

} // namespace toolchain
