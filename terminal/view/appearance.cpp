#include "terminal/view/appearance.h"

#include "s370/arch/ds3270.h"

#include <cwctype>

namespace terminal {

namespace attribute = s370::ds3270::attribute;

namespace {

// The four colours of fields without extended ones.
u8 base_colour(u8 field) {
    bool const bright = (field & attribute::nondisplay) == attribute::intensified;
    bool const closed = (field & attribute::protected_field) != 0;
    if (closed) return bright ? 7 : 1;
    return bright ? 2 : 4;
}

char32_t character_of(const Cell& cell, u8 character_set, const Codepage& codepage) {
    if (cell.text != 0) return cell.text;
    if (cell.code == 0 && !cell.graphic) return U' ';
    return cell.graphic || character_set == 1 ? Codepage::graphic(cell.code)
                                              : codepage.shown(cell.code);
}

// Inherits from the field what the cell leaves open.
u8 either(u8 of_cell, u8 of_field) { return of_cell != 0 ? of_cell : of_field; }

Appearance appearance_of(const Cell& cell, u8 field, const Looks& of_field,
                         const Codepage& codepage, const Rendering& rendering) {
    constexpr u8 blink = 1, reverse = 2, underscore = 4, intensify = 8;
    u8 const display = field & attribute::nondisplay;
    u8 const colour = either(cell.looks.foreground, of_field.foreground);
    u8 const highlight = either(cell.looks.highlight, of_field.highlight);
    Appearance out;
    out.colour = colour != 0 ? colour & 0x0F : base_colour(field);
    if (colour == 0xF0) out.colour = 7;
    out.background = either(cell.looks.background, of_field.background) & 0x0F;
    if (cell.field) {
        bool const closed = (field & attribute::protected_field) != 0;
        if (rendering.show_attributes) out.character = closed ? U'»' : U'«';
        return out;
    }
    if (display == attribute::nondisplay) return out;
    out.bright = display == attribute::intensified || (highlight & intensify) != 0;
    out.blink = (highlight & ~intensify) == blink;
    out.reverse = (highlight & ~intensify) == reverse;
    out.underscore = (highlight & ~intensify) == underscore;
    out.character =
        character_of(cell, either(cell.looks.character_set, of_field.character_set), codepage);
    if (rendering.upper_case) out.character = std::towupper(static_cast<wint_t>(out.character));
    return out;
}

} // namespace

std::vector<Appearance> appearance(const Screen& screen, const Codepage& codepage,
                                   const Rendering& rendering) {
    u32 const cells = screen.size().cells();
    std::vector<Appearance> out;
    out.reserve(cells);
    // The field that began before the first cell ends the screen.
    auto const first = screen.field_of(0);
    u8 field = first ? screen.at(*first).attribute : u8{0};
    Looks looks = first ? screen.at(*first).looks : Looks{};
    for (u32 at = 0; at < cells; ++at) {
        Cell const& cell = screen.at(at);
        if (cell.field) field = cell.attribute, looks = cell.looks;
        out.push_back(appearance_of(cell, field, looks, codepage, rendering));
    }
    return out;
}

} // namespace terminal
