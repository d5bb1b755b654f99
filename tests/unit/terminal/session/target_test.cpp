#include "terminal/net/bind_image.h"
#include "terminal/session/session.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(target)

using terminal::Target;

BOOST_AUTO_TEST_CASE(units_host_and_port_are_told_apart) {
    auto const target = Target::parse("LU1,LU2@host.example:3270");
    BOOST_TEST(target.lus == (std::vector<std::string>{"LU1", "LU2"}),
               boost::test_tools::per_element());
    BOOST_TEST(target.host == "host.example");
    BOOST_TEST(target.port == "3270");
    BOOST_TEST(!target.tls);
}

BOOST_AUTO_TEST_CASE(prefixes_are_in_front_in_any_order_and_case) {
    auto const target = Target::parse("l:Y:n:group@[::1]:992");
    BOOST_TEST((target.tls && !target.verify && !target.extended));
    BOOST_TEST(target.lus.size() == 1);
    BOOST_TEST(target.host == "::1");
    BOOST_TEST(target.port == "992");
}

BOOST_AUTO_TEST_CASE(without_a_port_it_is_telnets) {
    BOOST_TEST(Target::parse("host").port == "23");
}

BOOST_AUTO_TEST_CASE(a_bind_asks_for_sizes_that_the_terminal_has) {
    terminal::Bytes image(25);
    image[0] = 0x31;
    auto const sizes = [&](u8 kind, u8 rows, u8 columns) {
        image[20] = 24, image[21] = 80, image[22] = rows, image[23] = columns, image[24] = kind;
        return terminal::bind_sizes(image, {43, 80});
    };
    BOOST_TEST(sizes(0x7F, 43, 80)->alternate.rows == 43u);
    BOOST_TEST(!sizes(0x7F, 44, 80).has_value());
    BOOST_TEST(!sizes(0x7F, 12, 80).has_value());
    BOOST_TEST(sizes(0x03, 0, 0)->alternate.rows == 43u);
    BOOST_TEST(sizes(0x02, 0, 0)->alternate.rows == 24u);
    image.pop_back();
    BOOST_TEST(!terminal::bind_sizes(image, {43, 80}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
