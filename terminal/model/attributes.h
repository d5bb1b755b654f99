// Extended attributes: pairs of type and value, in SFE, MF, SA and in replies.
//
// GA23-0059 "Extended field attributes", "Character attributes".
#pragma once

#include "terminal/model/screen.h"

#include <array>

namespace terminal::extended {

constexpr u8 all = 0x00, field = 0xC0, highlight = 0x41, foreground = 0x42, charset = 0x43,
             background = 0x45, input_control = 0xFE;

// The order in which replies tell them.
constexpr std::array<u8, 4> reply_order{foreground, background, highlight, charset};

// Sets one from the stream; values that are no such attribute's mean the default.
// A start of field, unlike the modification of one, knows no intensified highlighting.
enum class Place : u8 { StartField, ModifyField, Character };
inline void set(Looks& looks, u8 type, u8 value, Place place) {
    u8 const colour = value >= 0xF0 ? value : u8{0};
    if (type == all) looks = {};
    if (type == foreground) looks.foreground = colour;
    if (type == background) looks.background = colour;
    if (type == highlight) looks.highlight = value & (place == Place::StartField ? 0x07 : 0x0F);
    if (type == input_control && place != Place::StartField) looks.input_control = value == 1;
    if (type == charset)
        looks.character_set = value == 0xF1                                 ? 1
                              : value == 0xF8 && place != Place::StartField ? 8
                                                                            : 0;
}

// The value as a reply has it, 0 for the default.
inline u8 get(const Looks& looks, u8 type) {
    auto const coded = [](u8 bits) { return static_cast<u8>(bits == 0 ? 0 : 0xF0 | bits); };
    switch (type) {
    case foreground: return looks.foreground;
    case background: return looks.background;
    case highlight: return looks.wrapped ? 0xF0 | looks.highlight : coded(looks.highlight);
    case charset: return coded(looks.character_set);
    default: return 0;
    }
}

} // namespace terminal::extended
