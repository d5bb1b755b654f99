#include "terminal/view/paste.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::Bytes;
using terminal::Paste;

struct Pasting {
    terminal::Session session{terminal::Options{}, *terminal::Codepage::named("037")};

    // Two fields of four, the second one a row below; the cursor in the first.
    Pasting() {
        terminal::Screen& screen = session.screen();
        screen.put_field(0, 0x00, {});
        screen.put_field(5, 0x20, {});
        screen.put_field(82, 0x00, {});
        screen.put_field(87, 0x20, {});
        screen.move_cursor(1);
        session.keyboard().connect();
        session.keyboard().restore();
    }
    std::string paste(std::u32string text, Paste::NewLine new_line = Paste::NewLine::NextRow) {
        Paste paste(std::move(text), new_line, session.screen());
        return paste.go_on(session);
    }
    std::string at(u32 position, u32 length) {
        std::string out;
        for (u32 i = 0; i < length; ++i)
            terminal::append_utf8(out,
                                  session.codepage().shown(session.screen().at(position + i).code));
        return out;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(paste, Pasting)

BOOST_AUTO_TEST_CASE(a_full_field_goes_on_in_the_next) {
    BOOST_TEST(paste(U"abcdef") == "");
    BOOST_TEST(at(1, 4) == "abcd");
    BOOST_TEST(at(83, 4) == "ef  ");
}

BOOST_AUTO_TEST_CASE(a_new_line_is_the_next_row_at_the_same_column_or_its_field) {
    BOOST_TEST(paste(U"ab\r\nc\n") == "");
    BOOST_TEST(at(1, 4) == "ab  ");
    BOOST_TEST(at(83, 4) == "c   ");
}

BOOST_AUTO_TEST_CASE(it_stops_where_no_field_is_left) {
    BOOST_TEST(paste(U"abcdefghij") == "the paste reached the end");
    BOOST_TEST(at(1, 4) == "abcd");
    BOOST_TEST(at(83, 4) == "efgh");
    BOOST_TEST(session.screen().cursor() < 1920u);
}

BOOST_AUTO_TEST_CASE(a_character_that_the_host_has_not_ends_it) {
    BOOST_TEST(paste(U"a漢b").find("code page") != std::string::npos);
    BOOST_TEST(at(1, 4) == "a   ");
}

BOOST_AUTO_TEST_CASE(lines_wait_for_the_host) {
    Paste lines(U"ab\ncd", Paste::NewLine::Enter, session.screen());
    BOOST_TEST(lines.go_on(session) == "");
    BOOST_TEST((session.keyboard().lock() == terminal::Lock::System));
    BOOST_TEST(lines.more());
    session.screen().move_cursor(1);
    session.keyboard().restore();
    BOOST_TEST(lines.go_on(session) == "");
    BOOST_TEST(!lines.more());
    BOOST_TEST(at(1, 4) == "cd  ");
}

BOOST_AUTO_TEST_SUITE_END()
