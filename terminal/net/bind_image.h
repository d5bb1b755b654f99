// What an application's BIND asks for: screen sizes; and the application's name.
//
// SNA Formats (GA27-3136) "BIND", bytes 20 to 24 for LU type 2: rows and columns, normal
// and alternate, and how they are meant; 27 on the primary LU's name, in EBCDIC.
#pragma once

#include "terminal/model/screen.h"

#include <span>

namespace terminal {

struct Sizes {
    Size normal, alternate;
};

// Empty where there is none, or no byte behind it.
std::span<const u8> bind_application(std::span<const u8> image);
bool is_bind(std::span<const u8> image);
// None when it is no BIND, says nothing of sizes, or asks for what no 24x80 terminal of
// at most `most` has.
std::optional<Sizes> bind_sizes(std::span<const u8> image, Size most);

} // namespace terminal
