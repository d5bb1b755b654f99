// Where things stand in a window: the image of the 3270 first, the operator information
// area below it, and only then, when rows are left, what no 3270 had.
//
// A window of exactly the image's rows shows the image; the information area then lies
// over its last row for as long as it has something to say. A smaller one shows the part
// with the cursor, and the information area below.
#pragma once

#include "terminal/model/screen.h"

namespace terminal {

// Rows or columns of the image that are shown.
struct Part {
    u32 first = 0, count = 0;
    friend bool operator==(const Part&, const Part&) = default;
};

struct Layout {
    Part rows, columns;
    u32 top = 0; // the window's row of the first one
    u32 information = 0;
    bool information_covers = false;            // it has no row of its own
    std::optional<u32> title, separator, panel; // the panel's first row
};

enum class Panel : u8 { Off, IfRoom, On };
constexpr u32 panel_rows = 2;

// `before` is what was shown until now: a part moves only when the cursor leaves it. A
// panel that is wanted where there is no room covers the image's last rows.
Layout arrange(Size window, Size image, u32 cursor, Panel panel, const Layout& before);

} // namespace terminal
