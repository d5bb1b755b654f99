#include "terminal/net/bind_image.h"

#include <algorithm>

namespace terminal {

bool is_bind(std::span<const u8> image) {
    constexpr u8 bind = 0x31;
    return !image.empty() && image[0] == bind;
}

std::span<const u8> bind_application(std::span<const u8> image) {
    constexpr usize at_length = 27, at_name = 28, longest = 8;
    if (image.size() <= at_length) return {};
    usize const length = std::min<usize>(image[at_length], longest);
    return image.size() > at_name + length ? image.subspan(at_name, length) : image.first(0);
}

std::optional<Sizes> bind_sizes(std::span<const u8> image, Size most) {
    constexpr Size base{24, 80};
    constexpr usize at_normal = 20, at_alternate = 22, at_kind = 24;
    if (image.size() <= at_kind || !is_bind(image)) return std::nullopt;
    auto const size = [&](usize at) { return Size{image[at], image[at + 1]}; };
    Sizes sizes;
    switch (image[at_kind]) {
    case 0x00:
    case 0x02: sizes = {base, base}; break;
    case 0x03: sizes = {base, most}; break;
    case 0x7E: sizes = {size(at_normal), size(at_normal)}; break;
    case 0x7F: sizes = {size(at_normal), size(at_alternate)}; break;
    default: return std::nullopt;
    }
    for (Size const& one : {sizes.normal, sizes.alternate})
        if (one.rows < base.rows || one.columns < base.columns || one.rows > most.rows ||
            one.columns > most.columns)
            return std::nullopt;
    return sizes;
}

} // namespace terminal
