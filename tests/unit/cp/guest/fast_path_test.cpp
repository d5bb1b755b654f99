#include "cp/guest/fast_path.h"

#include "tests/unit/cp/guest/supervisor_fixture.h"

using namespace cp;
using namespace fixtures;

namespace {

constexpr u8 external_mask = 0x01;

struct FastPath : Supervisor {
    FastPath() { vm.settings.assist = vm.settings.ec_mode = true; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(fast_path, FastPath)

BOOST_AUTO_TEST_CASE(with_nothing_pending_every_mask_may_be_set) {
    BOOST_TEST(cp::fast_path::prepare(vm));
    BOOST_TEST(int(vm.cpu.any_pending) == 0);
    BOOST_TEST(int(vm.cpu.pending_masks) == 0);
}

BOOST_AUTO_TEST_CASE(what_a_processor_signals_to_itself_waits_for_the_external_mask) {
    struct {
        bool VirtualCpu::*pending;
        u32 mask;
    } const signals[] = {
        {&VirtualCpu::emergency_pending, s370::cr0::emergency_signal},
        {&VirtualCpu::external_call_pending, s370::cr0::external_call},
    };
    for (auto const& signal : signals) {
        vm.cpu.*signal.pending = true;
        vm.cpu.cr[0] = 0;
        BOOST_TEST(cp::fast_path::prepare(vm));
        BOOST_TEST(int(vm.cpu.any_pending) == 1);
        BOOST_TEST(int(vm.cpu.pending_masks) == 0);
        vm.cpu.cr[0] = signal.mask;
        BOOST_TEST(cp::fast_path::prepare(vm));
        BOOST_TEST(int(vm.cpu.pending_masks) == external_mask);
        vm.cpu.*signal.pending = false;
    }
}

BOOST_AUTO_TEST_CASE(only_the_virtual_supervisor_state_expects_privileged_operations) {
    BOOST_TEST(cp::fast_path::prepare(vm));
    BOOST_TEST(vm.cpu.expected_trap == 0x00040002u);
    vm.cpu.psw.bits |= s370::Psw::Problem::mask;
    BOOST_TEST(cp::fast_path::prepare(vm));
    BOOST_TEST(vm.cpu.expected_trap == 0u);
}

BOOST_AUTO_TEST_CASE(a_purge_is_null_until_something_was_translated) {
    BOOST_TEST(cp::fast_path::prepare(vm));
    BOOST_TEST(vm.cpu.null_purge == 0xB20D);
    cp::fast_path::note_translation(vm.cpu);
    BOOST_TEST(vm.cpu.null_purge == 0xFFFF);
    vm.settings.ec_mode = false; // PTLB is no instruction of it
    BOOST_TEST(cp::fast_path::prepare(vm));
    BOOST_TEST(vm.cpu.null_purge == 0xFFFF);
}

BOOST_AUTO_TEST_SUITE_END()
