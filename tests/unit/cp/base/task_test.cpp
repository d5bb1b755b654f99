#include "cp/base/task.h"

#include "cp/base/timer_queue.h"
#include "s370/machine/control.h"
#include "s370/machine/storage.h"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace cp;

namespace {

struct Fixture {
    Fixture() {
        fakes::clear_storage();
        free_storage::initialize(machine::real(0x10000), 0x40000);
        fakes::time_of_day = 1'000'000ull << 12;
        fakes::clock_comparator = ~u64{0};
    }
    u32 before = 0;
};

Task<u32> answer(Signal& signal, u32 value) {
    co_await signal;
    co_return value;
}

Task<> add(Signal& first, Signal& second, u32& sum) {
    u32 const a = co_await answer(first, 1);
    sum += a;
    u32 const b = co_await answer(second, 10);
    sum += b;
}

Task<> note(std::string& log, char name, Signal& signal) {
    co_await signal;
    log += name;
}

Task<u32> depth(u32 n) {
    if (n == 0) co_return 0;
    u32 const below = co_await depth(n - 1);
    co_return below + 1;
}

Task<> store(Task<u32> task, u32& value) { value = co_await std::move(task); }

} // namespace

BOOST_FIXTURE_TEST_SUITE(task, Fixture)

BOOST_AUTO_TEST_CASE(a_task_goes_on_only_when_the_queue_runs) {
    Signal first, second;
    u32 sum = 0;
    spawn(add(first, second, sum));
    BOOST_TEST(sum == 0);
    first.set();
    BOOST_TEST(sum == 0);
    work_queue.run();
    BOOST_TEST(sum == 1);
    second.set();
    work_queue.run();
    BOOST_TEST(sum == 11);
}

BOOST_AUTO_TEST_CASE(a_signal_set_before_the_wait_is_not_lost) {
    Signal first, second;
    u32 sum = 0;
    first.set();
    second.set();
    spawn(add(first, second, sum));
    BOOST_TEST(sum == 11);
}

BOOST_AUTO_TEST_CASE(a_signal_set_twice_counts_once) {
    Signal signal;
    std::string log;
    spawn(note(log, 'a', signal));
    signal.set();
    signal.set();
    work_queue.run();
    BOOST_TEST(log == "a");
    BOOST_TEST(!signal.happened());
}

BOOST_AUTO_TEST_CASE(who_is_ready_first_runs_first) {
    Signal a, b, c;
    std::string log;
    spawn(note(log, 'a', a));
    spawn(note(log, 'b', b));
    spawn(note(log, 'c', c));
    b.set();
    c.set();
    a.set();
    work_queue.run();
    BOOST_TEST(log == "bca");
}

BOOST_AUTO_TEST_CASE(frames_go_back_to_free_storage) {
    u32 const in_use = free_storage::usage().bytes_in_use;
    Signal first, second;
    u32 sum = 0;
    spawn(add(first, second, sum));
    BOOST_TEST(free_storage::usage().bytes_in_use > in_use);
    first.set();
    work_queue.run();
    second.set();
    work_queue.run();
    BOOST_TEST(free_storage::usage().bytes_in_use == in_use);
}

BOOST_AUTO_TEST_CASE(tasks_await_tasks_to_any_depth) {
    u32 value = 0;
    spawn(store(depth(100), value));
    BOOST_TEST(value == 100);
}

BOOST_AUTO_TEST_CASE(a_task_that_nobody_starts_is_freed) {
    u32 const in_use = free_storage::usage().bytes_in_use;
    { Task<u32> const never = depth(3); }
    BOOST_TEST(free_storage::usage().bytes_in_use == in_use);
}

BOOST_AUTO_TEST_CASE(timers_strike_in_the_order_of_their_time) {
    Signal a, b;
    Timer late, early;
    late.start(milliseconds(20), a);
    early.start(milliseconds(10), b);
    BOOST_TEST(fakes::clock_comparator == (1'010'000ull << 12));
    fakes::time_of_day = 1'010'000ull << 12;
    timer_queue.expire();
    BOOST_TEST(b.happened());
    BOOST_TEST(!a.happened());
    BOOST_TEST(fakes::clock_comparator == (1'020'000ull << 12));
    fakes::time_of_day = 1'050'000ull << 12;
    timer_queue.expire();
    BOOST_TEST(a.happened());
    BOOST_TEST(fakes::clock_comparator == ~u64{0});
}

BOOST_AUTO_TEST_CASE(a_timer_that_ends_before_its_time_strikes_no_more) {
    Signal signal;
    {
        Timer timer;
        timer.start(milliseconds(10), signal);
        BOOST_TEST(timer.running());
    }
    fakes::time_of_day = 2'000'000ull << 12;
    timer_queue.expire();
    BOOST_TEST(!signal.happened());
}

BOOST_AUTO_TEST_SUITE_END()
