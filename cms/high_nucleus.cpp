#include "cms/high_nucleus.h"

#include "cms/base/storage.h"

#include <cstring>

extern "C" {
extern u8 cms_high_start[], cms_high_end[]; // cms/nucleus.ld; the relocation table lies at the end
}

namespace cms {

u32 place_high_nucleus(u32 end) {
    // The symbols themselves are corrected below: they are read here once.
    u32 const from = at::user_area;
    u32 const size = static_cast<u32>(cms_high_end - cms_high_start);
    u32 const to = (end - size) & ~(page_size - 1);
    u32 const delta = to - from;

    auto const* const table = at_address<const Be32>(from + size);
    u32 const count = table[0];
    std::memcpy(at_address(to), at_address(from), size);
    for (u32 i = 1; i <= count; ++i) {
        u32 const word = table[i];
        *at_address<Be32>(word >= from ? word + delta : word) += delta;
    }
    return to;
}

} // namespace cms
