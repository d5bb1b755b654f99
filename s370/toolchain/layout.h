// Pages: stretches of code with their literal pools, each within reach of one base.
//
// A branch inside a page is a BC; to another page it loads that page's base first.
// Which branches are far depends on where the pages break, and the other way round:
// layout repeats until nothing changes. A branch once far is counted as far for good,
// so that this ends.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "s370/toolchain/base_pass.h"

namespace toolchain {

struct Page {
    std::size_t first = 0; // unit
    std::size_t end = 0;
    std::string label; // its base
};

struct Layout {
    std::vector<Page> pages;
    std::vector<std::size_t> page_of; // by unit
};

[[nodiscard]] Layout lay_out(BasedCode const& code, std::string const& page_label, int page_size,
                             Diagnostics& diagnostics);

// The labels that stand before a unit.
[[nodiscard]] std::vector<std::string> labels_before(Unit const& unit);

} // namespace toolchain
