#include "terminal/view/appearance.h"

#include "terminal/model/data_stream.h"
#include "terminal/view/history.h"
#include "terminal/view/selection.h"
#include "terminal/view/theme.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace {

using terminal::Appearance;
using terminal::Bytes;

struct Host {
    terminal::Screen screen{{24, 80}, {24, 80}};
    terminal::DataStream stream{screen, {}};
    terminal::Codepage page = *terminal::Codepage::named("037");

    std::vector<Appearance> seen(const Bytes& record, const terminal::Rendering& rendering = {}) {
        stream.receive(record);
        return terminal::appearance(screen, page, rendering);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(looks, Host)

BOOST_AUTO_TEST_CASE(fields_without_colour_have_one_of_four) {
    auto const image = seen({0xF5, 0xC2, 0x1D, 0x40, 0xC1, 0x1D, 0xC8, 0xC2, 0x1D, 0x60, 0xC3, 0x1D,
                             0xE8, 0xC4, 0x1D, 0x4C, 0xC5});
    BOOST_TEST((image[1] == Appearance{U'A', 4}));
    BOOST_TEST((image[3] == Appearance{U'B', 2, 0, true}));
    BOOST_TEST((image[5] == Appearance{U'C', 1}));
    BOOST_TEST((image[7] == Appearance{U'D', 7, 0, true}));
    BOOST_TEST((image[9].character == U' ')); // hidden
    BOOST_TEST((image[0].character == U' '));
}

BOOST_AUTO_TEST_CASE(a_character_comes_before_its_field) {
    auto const image = seen({0xF5, 0xC2, 0x29, 0x03, 0xC0, 0x60, 0x42, 0xF2, 0x41, 0xF4, 0xC1, 0x28,
                             0x42, 0xF6, 0xC2, 0x28, 0x41, 0xF2, 0xC3, 0x28, 0x45, 0xF1, 0xC4});
    BOOST_TEST(image[1].colour == 2);
    BOOST_TEST(image[1].underscore);
    BOOST_TEST(image[2].colour == 6);
    BOOST_TEST(image[2].underscore);
    BOOST_TEST(image[3].reverse);
    BOOST_TEST(!image[3].underscore);
    BOOST_TEST(image[4].background == 1);
}

BOOST_AUTO_TEST_CASE(the_last_field_wraps_to_the_top) {
    auto const image =
        seen({0xF5, 0xC2, 0xC1, 0x11, 0x5D, 0x7F, 0x29, 0x02, 0xC0, 0x60, 0x42, 0xF3});
    BOOST_TEST(image[0].colour == 3);
}

BOOST_AUTO_TEST_CASE(monocase_and_visible_attributes) {
    auto const image = seen({0xF5, 0xC2, 0x1D, 0x60, 0x81, 0x1D, 0x40}, {true, true});
    BOOST_TEST((image[1].character == U'A'));
    BOOST_TEST((image[0].character == U'»'));
    BOOST_TEST((image[2].character == U'«'));
}

BOOST_AUTO_TEST_CASE(a_rectangle_is_copied_as_it_is_shown) {
    auto const image = seen({0xF5, 0xC2, 0xC1, 0xC2, 0xC3, 0x40, 0x40, 0x11, 0xC1, 0x50, 0xC4, 0xC5,
                             0xC6, 0x1D, 0x4C, 0xC7, 0x1D, 0x40});
    terminal::Selection const marked{81, 4}; // two corners, in any order
    BOOST_TEST(marked.text(image, 80) == "BC\nEF");
    BOOST_TEST(terminal::Selection({80, 85}).text(image, 80) == "DEF"); // what is hidden stays so
    auto const word = terminal::word_at(1, image, 80);
    BOOST_TEST((word.from == 0 && word.to == 2));
}

BOOST_AUTO_TEST_CASE(earlier_screens_are_kept_once_each) {
    terminal::History history;
    history.keep(screen);
    BOOST_TEST(history.size() == 0u); // blank
    for (u8 code : {u8{0xC1}, u8{0xC1}, u8{0xC2}}) {
        seen({0xF5, 0xC2, code});
        history.keep(screen);
    }
    BOOST_TEST(history.size() == 2u);
    BOOST_TEST(history.back(1).at(0).code == 0xC2);
    BOOST_TEST(history.back(2).at(0).code == 0xC1);
}

BOOST_AUTO_TEST_CASE(themes_have_seven_colours_or_one) {
    using terminal::ink_of, terminal::Theme;
    std::vector<int> seen_colours;
    for (u8 colour = 1; colour <= 7; ++colour)
        for (int palette : {8, 16, 256}) {
            Appearance const cell{U'A', colour};
            BOOST_TEST(ink_of(cell, Theme::Amber, palette).foreground ==
                       ink_of(Appearance{U'B', 1}, Theme::Amber, palette).foreground);
            if (palette == 8) seen_colours.push_back(ink_of(cell, Theme::Colour, 8).foreground);
        }
    std::sort(seen_colours.begin(), seen_colours.end());
    BOOST_TEST((std::unique(seen_colours.begin(), seen_colours.end()) == seen_colours.end()));
    BOOST_TEST(
        (ink_of(Appearance{U'A', 2, 0, true}, Theme::Green, 0) == terminal::Ink{-1, -1, true}));
    BOOST_TEST((terminal::theme_named("amber") == Theme::Amber));
    BOOST_TEST(!terminal::theme_named("plaid"));
}

BOOST_AUTO_TEST_SUITE_END()
