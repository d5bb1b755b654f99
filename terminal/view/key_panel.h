// Keys and commands to click at: the panel below the image, and the title above it.
#pragma once

#include "s370/base/types.h"

#include <string>
#include <vector>

namespace terminal {

struct Label {
    u32 row, column; // within the panel or the title
    std::string text;
    std::string command; // as in command.h
};

// Two rows of 80 columns.
std::vector<Label> panel_labels();
// At the right end of a row.
std::vector<Label> title_labels(u32 width);

// The command of the label there, or nothing.
std::string command_at(const std::vector<Label>& labels, u32 row, u32 column);

} // namespace terminal
