#include "s370/base/be.h"

#include <boost/test/unit_test.hpp>
#include <cstring>

BOOST_AUTO_TEST_SUITE(be)

BOOST_AUTO_TEST_CASE(bytes_lie_most_significant_first) {
    Be32 const word = 0x01020304;
    u8 bytes[4];
    std::memcpy(bytes, &word, 4);
    u8 const expected[] = {1, 2, 3, 4};
    BOOST_TEST(bytes == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_address_takes_three_bytes_and_loses_the_fourth) {
    Be24 address;
    address = 0xFF123456;
    BOOST_TEST(address.value() == 0x123456u);
}

BOOST_AUTO_TEST_CASE(a_negative_halfword_comes_back_negative) {
    BeI16 half = i16{-2};
    BOOST_TEST(half.value() == -2);
    half -= i16{1};
    BOOST_TEST(half.value() == -3);
}

BOOST_AUTO_TEST_CASE(fields_at_odd_addresses_are_read_whole) {
    struct {
        u8 flag;
        Be64 value;
    } record{1, 0x1122334455667788};
    static_assert(sizeof record == 9);
    BOOST_TEST(record.value.value() == 0x1122334455667788u);
}

BOOST_AUTO_TEST_SUITE_END()
