#include "terminal/model/data_stream.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::Bytes;

struct Terminal {
    terminal::Screen screen{{24, 80}, {43, 80}};
    terminal::DataStream stream{screen, {}};
    terminal::DataStream::Outcome receive(const Bytes& record) { return stream.receive(record); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(data_stream, Terminal)

BOOST_AUTO_TEST_CASE(text_goes_where_the_address_says) {
    receive({0xF5, 0xC3, 0x11, 0x40, 0xC1, 0xC1, 0xC2});
    BOOST_TEST(screen.at(1).code == 0xC1);
    BOOST_TEST(screen.at(2).code == 0xC2);
    BOOST_TEST(screen.at(0).code == 0);
}

BOOST_AUTO_TEST_CASE(an_address_outside_drops_the_rest_and_says_so) {
    auto const outcome = receive({0xF5, 0xC2, 0xC1, 0x11, 0x5E, 0x50, 0xC2});
    BOOST_TEST(!outcome.refused.empty());
    BOOST_TEST(outcome.restore_keyboard);
    BOOST_TEST(screen.at(0).code == 0xC1);
    BOOST_TEST(screen.at(1).code == 0);
}

BOOST_AUTO_TEST_CASE(every_single_byte_and_pair_is_survived) {
    for (u32 first = 0; first < 256; ++first) {
        receive({static_cast<u8>(first)});
        for (u32 second = 0; second < 256; ++second)
            receive({0xF1, 0xC0, static_cast<u8>(first), static_cast<u8>(second)});
    }
    BOOST_TEST(screen.cursor() < screen.size().cells());
}

BOOST_AUTO_TEST_CASE(read_modified_tells_modified_fields_without_their_nulls) {
    auto const outcome =
        (receive({0xF5, 0xC2, 0x1D, 0xC1, 0xC1, 0x00, 0xC2, 0x1D, 0xF0, 0xC3}), receive({0xF6}));
    BOOST_REQUIRE(outcome.replies.size() == 1);
    BOOST_TEST(outcome.replies[0] == (Bytes{0x60, 0x40, 0x40, 0x11, 0x40, 0xC1, 0xC1, 0xC2}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(character_mode_tells_the_attributes_asked_for) {
    receive({0xF5, 0xC2, 0x28, 0x42, 0xF2, 0xC1, 0x28, 0x41, 0xF4, 0xC2});
    receive({0xF3, 0x00, 0x06, 0x09, 0x00, 0x02, 0x42});
    Bytes const record = receive({0xF2}).replies.at(0);
    Bytes const start{0x60, 0x40, 0x40, 0x28, 0x42, 0xF2, 0xC1, 0xC2, 0x28, 0x42, 0x00, 0x00};
    BOOST_TEST(Bytes(record.begin(), record.begin() + 12) == start,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(program_tab_after_text_clears_the_rest_of_the_field) {
    receive({0xF5, 0xC2, 0x1D, 0x40, 0xC1, 0xC2, 0xC3, 0x1D, 0x40, 0xC4});
    receive({0xF1, 0xC2, 0x11, 0x40, 0xC1, 0xC9, 0x05, 0xC8});
    BOOST_TEST(screen.at(1).code == 0xC9);
    BOOST_TEST(screen.at(2).code == 0);
    BOOST_TEST(screen.at(3).code == 0);
    BOOST_TEST(screen.at(5).code == 0xC8);
}

BOOST_AUTO_TEST_CASE(the_alternate_size_comes_with_its_erase_write) {
    receive({0x7E, 0xC2});
    BOOST_TEST(screen.size().rows == 43);
    receive({0xF5, 0xC2});
    BOOST_TEST(screen.size().rows == 24);
}

BOOST_AUTO_TEST_CASE(a_query_is_answered_and_waits_for_a_write) {
    auto const outcome = receive({0xF3, 0x00, 0x05, 0x01, 0xFF, 0x02});
    BOOST_REQUIRE(outcome.replies.size() == 1);
    BOOST_TEST(outcome.replies[0].size() == 180);
    BOOST_TEST(outcome.inhibit.value_or(false));
}

BOOST_AUTO_TEST_CASE(a_query_list_of_nothing_known_gets_the_null_reply) {
    auto const outcome = receive({0xF3, 0x00, 0x07, 0x01, 0xFF, 0x03, 0x00, 0x99});
    BOOST_TEST(outcome.replies.at(0) == (Bytes{0x88, 0x00, 0x04, 0x81, 0xFF}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_cut_off_order_takes_nothing_outside_the_buffer) {
    auto const outcome = receive({0xF5, 0xC2, 0x1D});
    BOOST_TEST(screen.at(0).field);
    BOOST_TEST(outcome.replies.empty());
}

BOOST_AUTO_TEST_SUITE_END()
