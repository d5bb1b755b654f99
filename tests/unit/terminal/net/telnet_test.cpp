#include "terminal/net/telnet.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::Bytes;
using terminal::Telnet;

struct Line {
    Telnet telnet{"IBM-3279-2-E@0010"};
    Bytes answer;
    std::vector<Bytes> records;

    void receive(const Bytes& piece) {
        answer.clear();
        for (auto const& item : telnet.receive(piece)) {
            if (item.kind == Telnet::Item::Record)
                records.push_back(item.bytes);
            else
                answer.insert(answer.end(), item.bytes.begin(), item.bytes.end());
        }
    }
    void negotiate() {
        receive({255, 253, 24});
        receive({255, 250, 24, 1, 255, 240});
        receive({255, 253, 25, 255, 251, 25});
        receive({255, 253, 0, 255, 251, 0});
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(telnet, Line)

BOOST_AUTO_TEST_CASE(hercules_gets_the_bytes_that_it_compares) {
    receive({255, 253, 24});
    BOOST_TEST(answer == (Bytes{255, 251, 24}), boost::test_tools::per_element());
    receive({255, 250, 24, 1, 255, 240});
    std::string const type = "IBM-3279-2-E@0010";
    Bytes expected{255, 250, 24, 0};
    expected.insert(expected.end(), type.begin(), type.end());
    expected.insert(expected.end(), {255, 240});
    BOOST_TEST(answer == expected, boost::test_tools::per_element());
    receive({255, 253, 25, 255, 251, 25});
    BOOST_TEST(answer == (Bytes{255, 251, 25, 255, 253, 25}), boost::test_tools::per_element());
    receive({255, 253, 0, 255, 251, 0});
    BOOST_TEST(answer == (Bytes{255, 251, 0, 255, 253, 0}), boost::test_tools::per_element());
    BOOST_TEST(telnet.in_3270_mode());
}

BOOST_AUTO_TEST_CASE(a_record_may_come_in_pieces_with_doubled_escapes) {
    negotiate();
    receive({0xF5, 255});
    receive({255, 0xC1, 255});
    receive({239});
    BOOST_REQUIRE(records.size() == 1);
    BOOST_TEST(records[0] == (Bytes{0xF5, 0xFF, 0xC1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(timing_marks_are_refused_each_time) {
    receive({255, 253, 6, 255, 253, 6});
    BOOST_TEST(answer == (Bytes{255, 252, 6, 255, 252, 6}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_in_force_already_is_not_answered_again) {
    negotiate();
    receive({255, 253, 0});
    BOOST_TEST(answer.empty());
}

BOOST_AUTO_TEST_CASE(a_record_is_wrapped_for_the_line) {
    BOOST_TEST(Telnet::wrap(Bytes{0x7D, 0xFF}) == (Bytes{0x7D, 0xFF, 0xFF, 0xFF, 0xEF}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
