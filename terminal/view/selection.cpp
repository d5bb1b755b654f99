#include "terminal/view/selection.h"

#include <algorithm>

namespace terminal {

bool Selection::holds(u32 position, u32 columns) const {
    auto const within = [](u32 value, u32 a, u32 b) {
        return value >= std::min(a, b) && value <= std::max(a, b);
    };
    return within(position / columns, from / columns, to / columns) &&
           within(position % columns, from % columns, to % columns);
}

std::string Selection::text(const std::vector<Appearance>& image, u32 columns) const {
    u32 const top = std::min(from, to) / columns, bottom = std::max(from, to) / columns;
    u32 const left = std::min(from % columns, to % columns);
    u32 const right = std::max(from % columns, to % columns);
    std::string out;
    for (u32 row = top; row <= bottom; ++row) {
        std::string line;
        for (u32 column = left; column <= right; ++column)
            append_utf8(line, image[row * columns + column].character);
        line.erase(line.find_last_not_of(' ') + 1);
        out += (row > top ? "\n" : "") + line;
    }
    return out;
}

Selection word_at(u32 position, const std::vector<Appearance>& image, u32 columns) {
    auto const blank = [&](u32 at) { return image[at].character == U' '; };
    Selection out{position, position};
    if (blank(position)) return out;
    while (out.from % columns != 0 && !blank(out.from - 1)) --out.from;
    while (out.to % columns != columns - 1 && !blank(out.to + 1)) ++out.to;
    return out;
}

} // namespace terminal
