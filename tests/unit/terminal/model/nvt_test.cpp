#include "terminal/model/nvt.h"
#include "terminal/net/line_editor.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::LineEditor;
using terminal::Nvt;
using terminal::Screen;

struct VirtualTerminal {
    Screen screen{{24, 80}, {24, 80}};
    std::string answers;
    Nvt nvt{screen, [this](std::string_view text) { answers += text; }};
    LineEditor line{nvt};

    void receive(std::string_view text) {
        for (char c : text) nvt.receive(static_cast<u8>(c));
    }
    std::u32string row(u32 number) {
        std::u32string out;
        for (u32 column = 0; column < 80; ++column) {
            char32_t const c = screen.at(number * 80 + column).text;
            out += c == 0 ? U' ' : c;
        }
        return out.substr(0, out.find_last_not_of(U' ') + 1);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(nvt, VirtualTerminal)

BOOST_AUTO_TEST_CASE(a_display_without_colours_keeps_none) {
    receive("\033[31;44ma");
    nvt.use_colour(false);
    receive("b");
    BOOST_TEST(screen.at(0).looks.foreground == 0xF2);
    BOOST_TEST(screen.at(0).looks.background == 0xF1);
    BOOST_TEST(screen.at(1).looks.foreground == 0);
    BOOST_TEST(screen.at(1).looks.background == 0);
}

BOOST_AUTO_TEST_CASE(a_wide_character_goes_whole) {
    receive("\u6587\033[1;2Hx");
    BOOST_TEST((row(0) == U" x"));
    receive("\033[1;1H\u6587\033[1;1Hy");
    BOOST_TEST((row(0) == U"y"));
}

BOOST_AUTO_TEST_CASE(text_goes_on_in_the_next_row_with_the_next_character) {
    receive(std::string(80, 'x'));
    BOOST_TEST(screen.cursor() == 79u);
    receive("y");
    BOOST_TEST((row(1) == U"y"));
}

BOOST_AUTO_TEST_CASE(the_last_row_scrolls) {
    receive("\033[24;1Hlast\r\nnew");
    BOOST_TEST((row(22) == U"last"));
    BOOST_TEST((row(23) == U"new"));
}

BOOST_AUTO_TEST_CASE(a_region_scrolls_alone) {
    receive("top\r\nb\r\nc\r\nend\033[2;3r\033[3;1H\nd");
    BOOST_TEST((row(0) == U"top"));
    BOOST_TEST((row(1) == U"c"));
    BOOST_TEST((row(2) == U"d"));
    BOOST_TEST((row(3) == U"end"));
}

BOOST_AUTO_TEST_CASE(characters_are_utf8_and_lines_are_drawn) {
    receive("\xC3\xA4\xE2\x82\xAC\xC3(\033(0q\033(B");
    BOOST_TEST((row(0) == U"ä€?(─"));
}

BOOST_AUTO_TEST_CASE(it_says_where_the_cursor_is) {
    receive("\033[5;7H\033[6n");
    BOOST_TEST(answers == "\033[5;7R");
}

BOOST_AUTO_TEST_CASE(a_sequence_of_any_kind_leaves_the_cursor_on_the_screen) {
    receive("\033[99999;99999H\033[999B\033[999C\033[3;999r\033[999M\033[999P\033[999@\033M\033["
            "9999999999999L");
    BOOST_TEST(screen.cursor() < 24u * 80);
}

BOOST_AUTO_TEST_CASE(a_line_is_edited_here_and_sent_whole) {
    BOOST_TEST(line.type("abd\bc") == "");
    BOOST_TEST((row(0) == U"abc"));
    BOOST_TEST(line.type("\r") == "abc\r\n");
    BOOST_TEST(line.type("one two\027three\025x\n") == "x\r\n");
    BOOST_TEST(line.type("ab\003") == "\xFF\xF4");
    BOOST_TEST(line.type("\r") == "\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
