// audit IMAGE.elf...
#include <fstream>
#include <iostream>
#include <sstream>

#include "s370/toolchain/audit.h"

namespace {

bool audit_file(char const* name) {
    std::ifstream input(name, std::ios::binary);
    std::stringstream file;
    file << input.rdbuf();
    auto const image = input ? toolchain::parse_elf(file.str()) : std::nullopt;
    if (!image) {
        std::cerr << "audit: " << name << " is not a readable 32-bit big-endian ELF file\n";
        return false;
    }
    auto const report = toolchain::audit(*image);
    for (auto const& finding : report.findings) { std::cerr << name << ": " << finding << "\n"; }
    if (report.findings.empty() && report.instructions == 0) {
        std::cerr << "audit: " << name << " holds no instructions\n";
        return false;
    }
    if (report.findings.empty()) {
        std::cout << name << ": " << report.instructions << " instructions, all System/370\n";
    }
    return report.findings.empty();
}

} // namespace

int main(int count, char** names) {
    if (count < 2) {
        std::cerr << "usage: audit IMAGE.elf...\n";
        return 2;
    }
    bool clean = true;
    for (int i = 1; i < count; ++i) { clean = audit_file(names[i]) && clean; }
    return clean ? 0 : 1;
}
