#include "terminal/view/help.h"

#include <algorithm>

namespace terminal {

void Page::scroll(int lines_down, usize room) {
    usize const most = lines.size() > room ? lines.size() - room : 0;
    auto const wanted = static_cast<i64>(first) + lines_down;
    first = static_cast<usize>(std::clamp<i64>(wanted, 0, static_cast<i64>(most)));
}

namespace {

// `name`, and as many of the keys as there is room for; none is cut.
std::string entry_of(std::string name, std::string keys, usize width) {
    constexpr usize name_width = 17;
    name.resize(std::max(name_width, name.size() + 1), ' ');
    while (name.size() + keys.size() > width && keys.find(", ") != std::string::npos)
        keys.resize(keys.rfind(", "));
    return name + keys;
}

} // namespace

Page help_page(const Keymap& keymap, u32 width) {
    constexpr usize least_width = 40;
    usize const columns = std::max<usize>(1, width / least_width), column_width = width / columns;
    Page page{"Keys", {}, 0};
    auto const table = keymap.table();
    usize const rows = (table.size() + columns - 1) / columns;
    for (usize row = 0; row < rows; ++row) {
        std::string line;
        for (usize at = row; at < table.size(); at += rows) {
            line.resize(at / rows * column_width, ' ');
            line += entry_of(table[at].first, table[at].second, column_width - 1);
        }
        page.lines.push_back(line);
    }
    page.lines.emplace_back();
    page.lines.emplace_back(
        "The mouse: a click moves the cursor, a drag marks and copies, the middle");
    page.lines.emplace_back(
        "button pastes, the wheel shows earlier screens. Any other key goes back.");
    return page;
}

} // namespace terminal
