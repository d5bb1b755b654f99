#include "dasd-images/symbols.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <elf.h>
#include <memory>

namespace dasd {
namespace {

u32 big(std::span<const u8> file, u64 at, u32 size) {
    if (at + size > file.size()) fail("a table of the program is not within its file");
    u32 value = 0;
    for (u32 i = 0; i < size; ++i) value = value << 8 | file[at + i];
    return value;
}

std::string demangled(const std::string& name) {
    int status = 0;
    std::unique_ptr<char, decltype(&std::free)> const text(
        abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), std::free);
    return status == 0 ? text.get() : name;
}

std::string name_at(const Bytes& file, u64 at) {
    std::string name;
    while (at < file.size() && file[at] != 0) name += static_cast<char>(file[at++]);
    return name;
}

// What addr2line of the cross tools says, empty when it is not installed.
std::string source_line(const std::string& path, u32 address) {
    std::string const command =
        text("s390x-linux-gnu-addr2line -e '", path, "' 0x", std::hex, address, " 2>/dev/null");
    std::unique_ptr<FILE, int (*)(FILE*)> const pipe(popen(command.c_str(), "r"), pclose);
    char line[512];
    if (!pipe || std::fgets(line, sizeof line, pipe.get()) == nullptr) return {};
    std::string found(line);
    while (!found.empty() && (found.back() == '\n' || found.back() == ' ')) found.pop_back();
    return found.find('?') == std::string::npos ? found : std::string{};
}

} // namespace

Symbols::Symbols(const std::string& path) : path_(path) {
    if (path.find('\'') != std::string::npos) fail(path, ": has an apostrophe in its name");
    Bytes const file = read_file(path);
    if (file.size() < sizeof(Elf32_Ehdr) || std::memcmp(file.data(), ELFMAG, SELFMAG) != 0 ||
        file[EI_CLASS] != ELFCLASS32 || file[EI_DATA] != ELFDATA2MSB)
        fail(path, ": is not a 31-bit big-endian ELF program");
    u32 const table = big(file, offsetof(Elf32_Ehdr, e_shoff), 4);
    u32 const count = big(file, offsetof(Elf32_Ehdr, e_shnum), 2);
    auto field = [&](u32 section, u64 offset) {
        return big(file, u64{table} + u64{section} * sizeof(Elf32_Shdr) + offset, 4);
    };
    for (u32 section = 0; section < count; ++section) {
        if (field(section, offsetof(Elf32_Shdr, sh_type)) != SHT_SYMTAB) continue;
        u32 const offset = field(section, offsetof(Elf32_Shdr, sh_offset));
        u32 const size = field(section, offsetof(Elf32_Shdr, sh_size));
        u32 const link = field(section, offsetof(Elf32_Shdr, sh_link));
        u64 const names = field(link, offsetof(Elf32_Shdr, sh_offset));
        for (u64 at = offset; at + sizeof(Elf32_Sym) <= u64{offset} + size;
             at += sizeof(Elf32_Sym)) {
            u32 const type = big(file, at + offsetof(Elf32_Sym, st_info), 1) & 15;
            if (type != STT_FUNC && type != STT_OBJECT) continue;
            u32 const name = big(file, at + offsetof(Elf32_Sym, st_name), 4);
            symbols_.push_back({big(file, at + offsetof(Elf32_Sym, st_value), 4),
                                big(file, at + offsetof(Elf32_Sym, st_size), 4),
                                name_at(file, names + name), type == STT_FUNC});
        }
    }
    std::sort(symbols_.begin(), symbols_.end(),
              [](const Symbol& a, const Symbol& b) { return a.address < b.address; });
}

std::optional<Symbols::Place> Symbols::find(u32 address) const {
    auto const above =
        std::upper_bound(symbols_.begin(), symbols_.end(), address,
                         [](u32 value, const Symbol& symbol) { return value < symbol.address; });
    if (above == symbols_.begin()) return {};
    Symbol const& symbol = *(above - 1);
    if (symbol.size != 0 && address - symbol.address >= symbol.size) return {};
    return Place{demangled(symbol.name), address - symbol.address, symbol.function};
}

std::string Symbols::describe(u32 address) const {
    auto const place = find(address);
    if (!place) return {};
    std::string result = text(place->name, "+", std::hex, place->offset);
    if (!place->function) return result;
    std::string const line = source_line(path_, address);
    return line.empty() ? result : text(result, "  ", line);
}

} // namespace dasd
