#include "cp/guest/interval_timer.h"

#include "cp/base/abend_error.h"

#include <boost/test/unit_test.hpp>

using namespace cp;

namespace {

struct Fixture {
    s370::LowStorage guest{};
    IntervalTimer timer;

    // As the machine found it when it began to run.
    void holds(i32 value) {
        guest.interval_timer = value;
        (void)timer.rest(guest);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(interval_timer, Fixture)

BOOST_AUTO_TEST_CASE(a_second_is_76800_units) {
    holds(100'000);
    BOOST_TEST(!timer.advance(guest, seconds(1)));
    BOOST_TEST(guest.interval_timer == 100'000 - 76'800);
}

BOOST_AUTO_TEST_CASE(no_time_is_lost_in_short_runs) {
    holds(1'000'000);
    for (u32 i = 0; i < 1'000'000; ++i) BOOST_REQUIRE(!timer.advance(guest, {1}));
    BOOST_TEST(guest.interval_timer == 1'000'000 - 76'800);
}

BOOST_AUTO_TEST_CASE(zero_to_negative_asks_for_the_interruption_once) {
    holds(0);
    BOOST_TEST(timer.advance(guest, {20}));
    BOOST_TEST(guest.interval_timer == -1);
    BOOST_TEST(!timer.advance(guest, {20}));
}

BOOST_AUTO_TEST_CASE(the_timer_wraps_from_the_lowest_value) {
    holds(i32{-2147483647} - 1);
    BOOST_TEST(!timer.advance(guest, {20}));
    BOOST_TEST(guest.interval_timer == 2147483647);
}

BOOST_AUTO_TEST_CASE(a_timer_that_was_set_meanwhile_is_not_early) {
    for (i32 again = 0; again < 3; ++again) { // the same value, too
        guest.interval_timer = 0x100;
        BOOST_TEST(!timer.advance(guest, milliseconds(40)));
        BOOST_TEST(guest.interval_timer == 0xFF);
    }
    BOOST_TEST(!timer.advance(guest, {3'300}));
    BOOST_TEST(timer.advance(guest, {34}));
}

BOOST_AUTO_TEST_CASE(a_timer_of_zero_that_was_set_meanwhile_interrupts) {
    holds(-1);
    guest.interval_timer = 0;
    BOOST_TEST(timer.advance(guest, milliseconds(40)));
}

BOOST_AUTO_TEST_CASE(a_lap_ends_when_the_timer_becomes_negative) {
    for (i32 value : {-1, 0, 1, 0xFF, 0x100, 76'800}) {
        holds(value);
        Microseconds const lap = timer.lap();
        BOOST_TEST(lap.count <= 3'334u);
        BOOST_TEST(timer.advance(guest, lap) == (value >= 0 && value <= 0xFF));
    }
}

BOOST_AUTO_TEST_CASE(a_run_longer_than_the_arithmetic_is_an_abend) {
    BOOST_CHECK_EXCEPTION((void)timer.advance(guest, seconds(61)), AbendError,
                          ends_with(Abend::TMR001));
}

BOOST_AUTO_TEST_CASE(the_time_until_negative_is_never_too_short) {
    for (i32 value : {0, 1, 5, 767, 76'800, 2147483647}) {
        u64 const wait = IntervalTimer::until_negative(value).count;
        BOOST_TEST(wait * 48 / 625 >= u64{static_cast<u32>(value)} + 1);
    }
    BOOST_TEST(IntervalTimer::until_negative(-1).count == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
