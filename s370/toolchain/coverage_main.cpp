// coverage IMAGE.elf... --dumps STORAGE...
// Line data for lcov on standard output, a summary on standard error.
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "s370/toolchain/coverage_map.h"

namespace {

std::string contents(std::string const& name) {
    std::ifstream input(name, std::ios::binary);
    std::stringstream text;
    text << input.rdbuf();
    if (!input) { std::cerr << "coverage: cannot read " << name << "\n"; }
    return text.str();
}

} // namespace

int main(int count, char** values) {
    std::vector<std::string> images, dumps;
    bool storage = false;
    for (int i = 1; i < count; ++i) {
        std::string const word = values[i];
        if (word == "--dumps") {
            storage = true;
        } else if (storage) {
            dumps.push_back(contents(word));
        } else {
            images.push_back(word);
        }
    }
    if (images.empty() || dumps.empty()) {
        std::cerr << "usage: coverage IMAGE.elf... --dumps STORAGE...\n";
        return 2;
    }
    toolchain::CoverageReport report;
    for (auto const& name : images) {
        auto const image = toolchain::parse_elf(contents(name));
        if (!image) {
            std::cerr << "coverage: " << name << " is not a readable 32-bit big-endian ELF file\n";
            return 1;
        }
        std::cerr << name << ": " << report.add(*image, dumps) << " pages found\n";
    }
    std::cout << report.lcov();
    return 0;
}
