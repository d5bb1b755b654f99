// Which source lines ran, from instrumented images and dumps of storage.
//
// An image is looked for page by page in every 4 KiB frame of a dump: a frame that
// matches a page in all its instructions is that page, wherever it lies (CP itself, or a
// guest's nucleus in any frame). The bytes of all matches are combined.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "s370/toolchain/elf.h"

namespace toolchain {

struct CoverageByte {
    std::uint32_t address;
    std::string file;
    int line;
};

// Section .coverage_map of a linked image.
[[nodiscard]] std::vector<CoverageByte> coverage_bytes(ElfImage const& image);

class CoverageReport {
  public:
    // Counts the image's lines, and those that the dumps show to have run.
    // The number of pages found.
    std::size_t add(ElfImage const& image, std::vector<std::string> const& dumps);

    // As lcov reads it: for each line, in how many images and dumps it ran.
    [[nodiscard]] std::string lcov() const;

  private:
    std::map<std::string, std::map<int, int>> lines_; // file, line: times seen
};

} // namespace toolchain
