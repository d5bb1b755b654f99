#include "terminal/view/theme.h"

#include <array>

namespace terminal {
namespace {

constexpr std::array<std::string_view, 4> names{"colour", "green", "amber", "white"};

// X'F0' to X'FF': default, blue, red, pink, green, turquoise, yellow, neutral, black, deep
// blue, orange, purple, pale green, pale turquoise, grey, white.
constexpr std::array<int, 16> of_256{15, 69, 203, 213, 83,  87,  227, 15,
                                     16, 26, 214, 141, 157, 195, 246, 231};
constexpr std::array<int, 16> of_16{15, 12, 9, 13, 10, 14, 11, 15, 0, 4, 3, 5, 2, 6, 8, 7};
constexpr std::array<int, 16> of_8{7, 4, 1, 5, 2, 6, 3, 7, 0, 4, 3, 5, 2, 6, 7, 7};

int phosphor(Theme theme, bool bright, int palette) {
    if (palette >= 256) {
        if (theme == Theme::Green) return bright ? 83 : 34;
        if (theme == Theme::Amber) return bright ? 220 : 172;
        return bright ? 231 : 250;
    }
    int const base = theme == Theme::Green ? 2 : theme == Theme::Amber ? 3 : 7;
    return bright && palette >= 16 ? base + 8 : base;
}

int colour(u8 number, int palette) {
    usize const n = number & 0x0F;
    return palette >= 256 ? of_256[n] : palette >= 16 ? of_16[n] : of_8[n];
}

} // namespace

std::optional<Theme> theme_named(std::string_view name) {
    if (name == "color") name = names[0];
    for (usize i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<Theme>(i);
    return std::nullopt;
}

Theme theme_after(Theme theme) {
    return static_cast<Theme>((static_cast<usize>(theme) + 1) % names.size());
}

std::string_view name_of(Theme theme) { return names[static_cast<usize>(theme)]; }

Ink ink_of(const Appearance& cell, Theme theme, int palette) {
    if (palette < 8) return {-1, -1, cell.bright};
    if (theme != Theme::Colour) return {phosphor(theme, cell.bright, palette), -1, cell.bright};
    int const back =
        cell.background == 0 || cell.background == 8 ? -1 : colour(cell.background, palette);
    return {colour(cell.colour, palette), back, cell.bright};
}

Ink frame_ink(Theme theme, int palette) {
    if (palette < 8) return {};
    return {theme == Theme::Colour ? colour(5, palette) : phosphor(theme, false, palette), -1,
            false};
}

} // namespace terminal
