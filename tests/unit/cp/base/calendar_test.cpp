#include "cp/base/calendar.h"

#include "tests/fakes/cp/io/display_3270.h"

#include <boost/test/unit_test.hpp>

#include <ctime>

using namespace cp;

BOOST_AUTO_TEST_SUITE(calendar)

BOOST_AUTO_TEST_CASE(every_day_of_two_centuries_is_the_hosts) {
    constexpr u64 days_to_1970 = 25567;
    for (u64 day = 0; day < 73'000; ++day) {
        Calendar const ours = Calendar::at(day * 86'400'000'000);
        auto const unix_time =
            (static_cast<time_t>(day) - static_cast<time_t>(days_to_1970)) * 86400;
        std::tm const theirs = *std::gmtime(&unix_time);
        BOOST_TEST_REQUIRE(ours.year == static_cast<u32>(theirs.tm_year + 1900));
        BOOST_TEST_REQUIRE(ours.month == static_cast<u32>(theirs.tm_mon + 1));
        BOOST_TEST_REQUIRE(ours.day == static_cast<u32>(theirs.tm_mday));
        BOOST_TEST_REQUIRE(ours.weekday == static_cast<u32>(theirs.tm_wday));
    }
}

BOOST_AUTO_TEST_CASE(the_stamp_is_as_logon_types_it) {
    // 2026-11-22 13:05:09 UTC
    u64 const at = (u64{1'795'352'709} + 2'208'988'800) * 1'000'000;
    BOOST_TEST(fakes::to_ascii(Calendar::at(at).stamp()) == "13:05:09 GMT SUNDAY 11/22/26");
}

BOOST_AUTO_TEST_CASE(times_have_as_many_digits_as_they_need) {
    BOOST_TEST(fakes::to_ascii(hours_minutes_seconds(seconds(3661))) == "01:01:01");
    BOOST_TEST(fakes::to_ascii(minutes_seconds_hundredths({61'230'000})) == "001:01.23");
}

BOOST_AUTO_TEST_SUITE_END()
