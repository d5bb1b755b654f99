#include "s370/base/bits.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(bits)

BOOST_AUTO_TEST_CASE(bit_zero_is_the_leftmost) {
    using First = Bits<u32, 0>;
    BOOST_TEST(First::mask == 0x80000000u);
    BOOST_TEST(First::test(0x80000000u));
}

BOOST_AUTO_TEST_CASE(a_field_is_put_without_touching_its_neighbours) {
    using Key = Bits<u64, 8, 11>;
    BOOST_TEST(Key::put(~u64{0}, 0) == 0xFF0FFFFFFFFFFFFFu);
    BOOST_TEST(Key::get(Key::make(0xE)) == 0xEu);
    BOOST_TEST(Key::make(0x1F) == Key::make(0xF));
}

BOOST_AUTO_TEST_CASE(a_whole_word_is_a_field_too) {
    using All = Bits<u16, 0, 15>;
    BOOST_TEST(All::get(0xABCD) == 0xABCD);
}

BOOST_AUTO_TEST_CASE(rounding_up_stops_at_a_multiple) {
    BOOST_TEST(round_up(0, 4096) == 0u);
    BOOST_TEST(round_up(1, 4096) == 4096u);
    BOOST_TEST(round_up(4096, 4096) == 4096u);
}

BOOST_AUTO_TEST_SUITE_END()
