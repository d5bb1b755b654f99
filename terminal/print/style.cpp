#include "terminal/print/style.h"

#include "s370/arch/ds3270.h"

#include <array>
#include <utility>

namespace terminal::print {

namespace attribute = s370::ds3270::attribute;

const Colour& colour(u8 code) {
    static constexpr std::array<Colour, 16> colours{{{"black", 0, 0, 0},
                                                     {"deepSkyBlue", 0, 191, 255},
                                                     {"red", 255, 0, 0},
                                                     {"pink", 255, 192, 203},
                                                     {"green", 0, 128, 0},
                                                     {"turquoise", 64, 224, 208},
                                                     {"yellow", 255, 255, 0},
                                                     {"white", 255, 255, 255},
                                                     {"black", 0, 0, 0},
                                                     {"blue3", 0, 0, 205},
                                                     {"orange", 255, 165, 0},
                                                     {"purple", 128, 0, 128},
                                                     {"paleGreen", 152, 251, 152},
                                                     {"paleTurquoise2", 174, 238, 238},
                                                     {"grey", 128, 128, 128},
                                                     {"white", 255, 255, 255}}};
    return colours[code & 0x0F];
}

namespace {

constexpr u8 black = 0xF0, red = 0xF2, green = 0xF4;

// `looks` in a field of that attribute.
Style style(const Looks& looks, u8 field, bool coloured) {
    constexpr u8 reverse = 2, underscore = 4, intensify = 8;
    constexpr std::array<u8, 4> base{green, red, 0xF1, 0xF7}; // by protected and intensified
    u32 const kind = ((field & attribute::protected_field) != 0 ? 2u : 0u) +
                     ((field & attribute::intensified) != 0 ? 1u : 0u);
    Style style;
    style.foreground = looks.foreground != 0 ? looks.foreground : coloured ? base[kind] : green;
    style.background = looks.background != 0 ? looks.background : black;
    style.bold = (field & attribute::nondisplay) == attribute::intensified ||
                 (looks.highlight & intensify) != 0;
    style.underscore = (looks.highlight & underscore) != 0;
    if ((looks.highlight & reverse) != 0) std::swap(style.foreground, style.background);
    return style;
}

} // namespace

Style base_style(const Session& session, u32 position) {
    Screen const& screen = session.screen();
    auto const field = screen.field_of(position);
    return style(field ? screen.at(*field).looks : Looks{}, screen.attribute_at(position),
                 session.options().colour);
}

Style style_of(const Session& session, u32 position) {
    Screen const& screen = session.screen();
    Looks looks = screen.at(position).looks;
    if (auto const field = screen.field_of(position)) {
        Looks const& from = screen.at(*field).looks;
        if (looks.foreground == 0) looks.foreground = from.foreground;
        if (looks.background == 0) looks.background = from.background;
        if (looks.highlight == 0) looks.highlight = from.highlight;
    }
    Style out = style(looks, screen.attribute_at(position), session.options().colour);
    if (position == screen.cursor()) {
        out.foreground = out.background == red ? black : out.background;
        out.background = red;
    }
    return out;
}

bool hidden(const Screen& screen, u32 position) {
    return screen.at(position).field ||
           (screen.attribute_at(position) & attribute::nondisplay) == attribute::nondisplay;
}

} // namespace terminal::print
