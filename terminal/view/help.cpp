#include "terminal/view/help.h"

#include <algorithm>

namespace terminal {

void Page::scroll(int lines_down, usize room) {
    usize const most = lines.size() > room ? lines.size() - room : 0;
    auto const wanted = static_cast<i64>(first) + lines_down;
    first = static_cast<usize>(std::clamp<i64>(wanted, 0, static_cast<i64>(most)));
}

Page help_page(const Keymap& keymap, u32 width) {
    constexpr usize column_width = 40, name_width = 16;
    Page page{"Keys", {}, 0};
    std::vector<std::string> entries;
    for (auto const& [command, keys] : keymap.table()) {
        std::string entry = command;
        entry.resize(std::max(name_width, entry.size() + 1), ' ');
        entries.push_back(entry + keys);
    }
    usize const columns = std::max<usize>(1, width / column_width);
    usize const rows = (entries.size() + columns - 1) / columns;
    for (usize row = 0; row < rows; ++row) {
        std::string line;
        for (usize column = 0; column < columns; ++column) {
            usize const at = column * rows + row;
            if (at >= entries.size()) continue;
            line.resize(column * column_width, ' ');
            line += columns > 1 ? entries[at].substr(0, column_width - 1) : entries[at];
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
