#include "cp/command/hex_float.h"

#include "tests/unit/cp/guest/guest_fixture.h"

#include <boost/test/unit_test.hpp>

namespace {
std::string decimal(u64 number) { return fixtures::ascii(cp::decimal_floating(number)); }
} // namespace

BOOST_AUTO_TEST_SUITE(hex_float)

BOOST_AUTO_TEST_CASE(zero_has_no_sign_and_no_power) {
    BOOST_TEST(decimal(0) == " .00000000000000000 E 00");
    BOOST_TEST(decimal(0x80000000'00000000) == " .00000000000000000 E 00");
}

BOOST_AUTO_TEST_CASE(whole_numbers_come_out_whole) {
    BOOST_TEST(decimal(0x41100000'00000000) == " .10000000000000000 E 01");
    BOOST_TEST(decimal(0xC1200000'00000000) == "-.20000000000000000 E 01");
    BOOST_TEST(decimal(0x42640000'00000000) == " .10000000000000000 E 03");
    BOOST_TEST(decimal(0x433E7000'00000000) == " .99900000000000000 E 03");
}

BOOST_AUTO_TEST_CASE(fractions_and_extremes) {
    BOOST_TEST(decimal(0x40800000'00000000) == " .50000000000000000 E 00");
    BOOST_TEST(decimal(0x413243F6'A8885A31) == " .31415926535897933 E 01");
    BOOST_TEST(decimal(0x7FFFFFFF'FFFFFFFF) == " .72370055773322621 E 76");
    BOOST_TEST(decimal(0x00100000'00000000) == " .53976053469340279 E-78");
    BOOST_TEST(decimal(0x3F100000'00000000) == " .39062500000000000 E-02");
}

BOOST_AUTO_TEST_SUITE_END()
