// Pages of text over the screen: the keys, and what a command answered.
#pragma once

#include "terminal/view/keymap.h"

#include "s370/base/types.h"

namespace terminal {

struct Page {
    std::string title;
    std::vector<std::string> lines;
    usize first = 0; // the line at the top

    void scroll(int lines_down, usize room);
};

// The keys that `keymap` gives, in columns for a window of `width`.
Page help_page(const Keymap& keymap, u32 width);

} // namespace terminal
