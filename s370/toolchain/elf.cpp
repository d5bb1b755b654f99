#include "s370/toolchain/elf.h"

namespace toolchain {
namespace {

constexpr std::uint32_t section_no_bits = 8, section_symbols = 2;
constexpr std::uint32_t flag_allocated = 2, flag_executable = 4;
constexpr std::size_t header_size = 52, section_header_size = 40, symbol_size = 16;

// Big-endian fields of a file; beyond its end everything is 0 and `valid` turns false.
class Reader {
  public:
    explicit Reader(std::string_view file) : file_(file) {}

    std::uint32_t field(std::size_t offset, std::size_t bytes) {
        if (offset > file_.size() || bytes > file_.size() - offset) {
            valid_ = false;
            return 0;
        }
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            value = value << 8U | static_cast<unsigned char>(file_[offset + i]);
        }
        return value;
    }

    std::string_view range(std::size_t offset, std::size_t size) {
        if (offset > file_.size() || size > file_.size() - offset) {
            valid_ = false;
            return {};
        }
        return file_.substr(offset, size);
    }

    std::string text(std::string_view table, std::size_t offset) {
        if (offset >= table.size()) {
            valid_ = valid_ && offset == 0;
            return {};
        }
        auto const rest = table.substr(offset);
        return std::string(rest.substr(0, rest.find('\0')));
    }

    [[nodiscard]] bool valid() const { return valid_; }
    [[nodiscard]] std::size_t size() const { return file_.size(); }

  private:
    std::string_view file_;
    bool valid_ = true;
};

struct RawSection {
    std::uint32_t name, type, flags, address, offset, size, link;
};

RawSection read_section(Reader& reader, std::size_t at) {
    return {reader.field(at, 4),      reader.field(at + 4, 4),  reader.field(at + 8, 4),
            reader.field(at + 12, 4), reader.field(at + 16, 4), reader.field(at + 20, 4),
            reader.field(at + 24, 4)};
}

ElfSymbol::Kind symbol_kind(std::uint32_t info) {
    switch (info & 0xFU) {
    case 0: return ElfSymbol::Kind::None;
    case 1: return ElfSymbol::Kind::Object;
    case 2: return ElfSymbol::Kind::Function;
    default: return ElfSymbol::Kind::Other;
    }
}

void read_symbols(Reader& reader, RawSection const& table, std::string_view names,
                  std::vector<ElfSymbol>& symbols) {
    for (std::size_t at = table.offset; at + symbol_size <= std::size_t{table.offset} + table.size;
         at += symbol_size) {
        if (!reader.valid()) { return; }
        ElfSymbol symbol;
        symbol.name = reader.text(names, reader.field(at, 4));
        symbol.address = reader.field(at + 4, 4);
        symbol.size = reader.field(at + 8, 4);
        symbol.kind = symbol_kind(reader.field(at + 12, 1));
        symbol.section = reader.field(at + 14, 2);
        symbols.push_back(std::move(symbol));
    }
}

} // namespace

std::optional<ElfImage> parse_elf(std::string_view file) {
    Reader reader(file);
    constexpr std::string_view elf32_big_endian = "\x7f"
                                                  "ELF\x01\x02";
    if (file.size() < header_size || !file.starts_with(elf32_big_endian)) { return std::nullopt; }
    std::size_t const table = reader.field(32, 4), count = reader.field(48, 2);
    std::size_t const names_index = reader.field(50, 2);
    std::vector<RawSection> raw;
    for (std::size_t i = 0; i < count && reader.valid(); ++i) {
        raw.push_back(read_section(reader, table + i * section_header_size));
    }
    if (!reader.valid() || names_index >= raw.size()) { return std::nullopt; }
    auto const names = reader.range(raw[names_index].offset, raw[names_index].size);
    ElfImage image;
    for (auto const& section : raw) {
        bool const has_bytes = section.type != section_no_bits;
        auto const bytes =
            has_bytes ? reader.range(section.offset, section.size) : std::string_view{};
        image.sections.push_back({reader.text(names, section.name), section.address,
                                  (section.flags & flag_executable) != 0,
                                  (section.flags & flag_allocated) != 0, std::string(bytes)});
        if (section.type == section_symbols && section.link < raw.size()) {
            auto const& strings = raw[section.link];
            read_symbols(reader, section, reader.range(strings.offset, strings.size),
                         image.symbols);
        }
    }
    return reader.valid() ? std::optional(std::move(image)) : std::nullopt;
}

} // namespace toolchain
