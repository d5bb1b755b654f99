#include "cp/guest/used_time.h"

#include "s370/machine/clock.h"
#include "s370/machine/control.h"
#include "tests/unit/cp/guest/supervisor_fixture.h"

using namespace cp;
using namespace fixtures;

namespace {

constexpr u32 units_of_a_load = 8; // of 4096 to the microsecond

struct Times : Supervisor {
    Times() {
        fakes::time_of_loads = machine::timed_loads * u64{units_of_a_load};
        measure_register_load();
        vm.accounting.run_time = Microseconds{100'000};
        vm.accounting.total_time = Microseconds{120'000};
    }
    ~Times() {
        fakes::time_of_loads = 0;
        measure_register_load();
    }
    void trap_fast(u32 kind, u32 times) { vm.cpu.fast_traps[kind] -= times; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(used_time_, Times)

BOOST_AUTO_TEST_CASE(without_traps_it_is_what_the_dispatcher_measured) {
    UsedTime const used = used_time(vm);
    BOOST_TEST(used.virtual_time.count == 100'000u);
    BOOST_TEST(used.total_time.count == 120'000u);
    BOOST_TEST(used.in_cp().count == 20'000u);
}

BOOST_AUTO_TEST_CASE(a_trap_of_the_fast_path_takes_its_price) {
    trap_fast(0x80, 1000); // SSM: 113 register loads
    BOOST_TEST(used_time(vm).in_cp().count == 20'000u + 1000 * 113 * units_of_a_load / 4096);
    BOOST_TEST(used_time(vm).total_time.count == 120'000u);
}

BOOST_AUTO_TEST_CASE(a_simulated_trap_takes_more_than_a_fast_one) {
    trap({0x80, 0x00, 0x08, 0x00});
    vm.accounting.simulated = 500 * units_of_a_load;
    trap_fast(0x80, 1);
    TrapCounts const counts = trap_counts(vm.cpu);
    BOOST_TEST(counts.all == 2u);
    BOOST_TEST(counts.fast == 1u);
    BOOST_TEST(vm.cpu.counted(0x80) == 2u);
    BOOST_TEST(used_time(vm).in_cp().count >= 20'000u + (500 + 110) * units_of_a_load / 4096);
}

BOOST_AUTO_TEST_CASE(virtual_time_never_goes_back) {
    u64 const before = used_time(vm).virtual_time.count;
    vm.accounting.simulated += 10'000ull << 12;
    BOOST_TEST(used_time(vm).virtual_time.count == before);
    vm.accounting.run_time += Microseconds{30'000};
    vm.accounting.total_time += Microseconds{30'000};
    BOOST_TEST(used_time(vm).virtual_time.count == before + 20'000);
}

BOOST_AUTO_TEST_CASE(more_of_cps_time_than_was_used_is_all_of_it) {
    vm.accounting.simulated = 200'000ull << 12;
    BOOST_TEST(used_time(vm).virtual_time.count == 0u);
    BOOST_TEST(used_time(vm).in_cp().count == 120'000u);
}

BOOST_AUTO_TEST_CASE(a_few_samples_stand_for_all) {
    TrapSampler sampler;
    u32 samples = 0;
    for (u32 i = 0; i < 10'000; ++i) {
        if (!sampler.due()) continue;
        ++samples;
        sampler.note(vm, 100);
    }
    BOOST_TEST(samples < 400u);
    BOOST_TEST(vm.accounting.simulated > 990'000u);
    BOOST_TEST(vm.accounting.simulated <= 1'000'000u);
}

BOOST_AUTO_TEST_CASE(a_sample_that_the_host_interrupted_stands_for_itself) {
    TrapSampler sampler;
    sampler.note(vm, 100);
    sampler.note(vm, 5000ull << 12);
    BOOST_TEST(vm.accounting.simulated == 100u + (5000ull << 12));
}

BOOST_AUTO_TEST_SUITE_END()
