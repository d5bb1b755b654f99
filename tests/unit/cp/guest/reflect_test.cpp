#include "tests/unit/cp/guest/supervisor_fixture.h"

using namespace cp;
using namespace fixtures;
using s370::Program;

BOOST_FIXTURE_TEST_SUITE(reflect, Supervisor)

BOOST_AUTO_TEST_CASE(an_svc_swaps_psws) {
    low().svc_new_psw = 0xFF040000'00003000;
    vm.cpu.psw.bits = 0x00010000'25001002;
    reflect_svc(vm, 202, 1);
    BOOST_TEST(low().svc_old_psw == 0x000100CA'65001002u);
    BOOST_TEST(vm.cpu.psw.bits == 0xFF040000'00003000u);
}

BOOST_AUTO_TEST_CASE(in_ec_mode_the_code_goes_to_its_own_location) {
    vm.settings.ec_mode = true;
    vm.cpu.psw.bits = 0x00090000'00001002;
    reflect_svc(vm, 202, 1);
    BOOST_TEST(low().svc_old_psw == 0x00090000'00001002u);
    BOOST_TEST(low().svc_code == 202);
    BOOST_TEST(low().svc_ilc == 2);
    vm.cpu.psw.bits = 0x00090000'00001002;
    reflect_program(vm, Program::Data, 3);
    BOOST_TEST(low().program_code == 7);
    BOOST_TEST(low().program_ilc == 6);
}

BOOST_AUTO_TEST_CASE(a_program_interruption_loop_enters_cp) {
    low().program_new_psw = 0x00000000'00001000;
    vm.cpu.psw.bits = 0x00000000'00001002;
    reflect_program(vm, Program::Operation, 1);
    BOOST_TEST(noted.message == "DMKPRG453W CP ENTERED; PROGRAM INTERRUPT LOOP");
    BOOST_TEST(vm.stopped.cp_mode);
    BOOST_TEST(vm.cpu.psw.address() == 0x1000u);
}

BOOST_AUTO_TEST_CASE(a_bad_program_new_psw_ends_as_a_loop_and_not_cp) {
    low().program_new_psw = 0x00080000'00001000; // EC without ECMODE
    reflect_program(vm, Program::Operation, 1);
    BOOST_TEST(noted.message == "DMKPRG453W CP ENTERED; PROGRAM INTERRUPT LOOP");
}

BOOST_AUTO_TEST_CASE(a_disabled_wait_enters_cp_with_its_psw) {
    vm.cpu.psw.bits = 0x00020000'00000ABC;
    BOOST_TEST(!take_interruptions(vm));
    BOOST_TEST(noted.message == "DMKDSP450W CP ENTERED; DISABLED WAIT PSW '00020000 00000ABC'");
    BOOST_TEST(!vm.settings.run);
}

BOOST_AUTO_TEST_CASE(the_system_operators_machine_just_waits) {
    vm.system_operator = true;
    vm.cpu.psw.bits = 0x00020000'00000ABC;
    BOOST_TEST(!take_interruptions(vm));
    BOOST_TEST(noted.message == "");
    BOOST_TEST(vm.stopped.waiting);
}

BOOST_AUTO_TEST_CASE(a_wait_that_a_channel_may_end_is_idle) {
    vm.cpu.psw.bits = 0x80020000'00000000;
    BOOST_TEST(!take_interruptions(vm));
    BOOST_TEST(noted.message == "");
    BOOST_TEST(vm.stopped.waiting);
}

BOOST_AUTO_TEST_CASE(a_wait_for_the_interval_timer_ends_only_with_the_real_one) {
    vm.cpu.psw.bits = 0x01020000'00000000;
    vm.cpu.cr[0] = 0x80;
    BOOST_TEST(!take_interruptions(vm));
    BOOST_TEST(noted.message != "");
    noted.message.clear();
    vm.stopped = {};
    vm.stopped.cp_mode = false;
    vm.settings.timer = TimerMode::Real;
    BOOST_TEST(!take_interruptions(vm));
    BOOST_TEST(noted.message == "");
}

BOOST_AUTO_TEST_CASE(external_interruptions_of_class_0_come_as_one_as_far_as_enabled) {
    low().external_new_psw = 0x00000000'00004000;
    vm.cpu.psw.bits = 0x01000000'00001000;
    vm.cpu.cr[0] = 0x80 | 0x20;
    vm.cpu.pending_external = 0x80 | 0x40 | 0x01;
    low().cpu_address = 0x6E50;
    BOOST_TEST(take_interruptions(vm));
    BOOST_TEST(low().cpu_address == 0);
    BOOST_TEST(low().external_old_psw == 0x01000081'00001000u);
    BOOST_TEST(vm.cpu.psw.address() == 0x4000u);
    BOOST_TEST(vm.cpu.pending_external == 0x40);
}

BOOST_AUTO_TEST_CASE(a_disabled_machine_keeps_what_is_pending) {
    vm.cpu.psw.bits = 0x00000000'00001000;
    vm.cpu.cr[0] = 0xE0;
    vm.cpu.pending_external = 0x80;
    BOOST_TEST(take_interruptions(vm));
    BOOST_TEST(vm.cpu.psw.address() == 0x1000u);
    BOOST_TEST(vm.cpu.pending_external == 0x80);
}

BOOST_AUTO_TEST_CASE(a_clock_comparator_that_would_strike_for_ever_enters_cp) {
    vm.settings.ec_mode = true;
    vm.cpu.psw.bits = 0x01000000'00001000;
    vm.cpu.cr[0] = 0x800;
    vm.cpu.clock_comparator_pending = true;
    low().external_new_psw = 0x01000000'00004000; // still enabled
    BOOST_TEST(!take_interruptions(vm));
    BOOST_TEST(noted.message == "DMKDSP452W CP ENTERED; EXTERNAL INTERRUPT LOOP");
}

BOOST_AUTO_TEST_CASE(an_io_interruption_stores_csw_and_address) {
    disk(10, 5);
    volume.format(10, 0, 4, 80);
    low().io_new_psw = 0x00000000'00005000;
    ccw(0x2000, 0x07, 0x2100, sli, 6);
    put(0x2100, {0, 0, 0, 0, 0, 0});
    BOOST_REQUIRE(int(sio(0x191, 0x2000)) == 0);
    pump();
    vm.cpu.psw.bits = 0xFE000000'00001000;
    BOOST_TEST(take_interruptions(vm));
    BOOST_TEST(low().io_old_psw == 0xFE000191'00001000u);
    BOOST_TEST(stored_csw().status == ce_de);
    BOOST_TEST(vm.cpu.psw.address() == 0x5000u);
}

BOOST_AUTO_TEST_CASE(a_stopped_machine_takes_nothing) {
    vm.stopped.sleeping = true;
    vm.cpu.psw.bits = 0x01000000'00001000;
    vm.cpu.cr[0] = 0x80;
    vm.cpu.pending_external = 0x80;
    BOOST_TEST(!take_interruptions(vm));
    BOOST_TEST(vm.cpu.pending_external == 0x80);
}

BOOST_AUTO_TEST_CASE(real_and_virtual_state_pass_both_ways) {
    vm.cpu.psw.bits = 0xFE500000'25123456; // key 5, CC 2, mask 5
    vm.cpu.prepare_state();
    BOOST_TEST(vm.cpu.real_psw == 0x075D2500'00123456u);
    vm.cpu.real_psw = 0x075D1A00'00654321;
    vm.cpu.fetch_state();
    BOOST_TEST(vm.cpu.psw.bits == 0xFE500000'1A654321u);
    vm.cpu.psw.bits = 0x01D82500'00000010; // EC
    vm.cpu.prepare_state();
    BOOST_TEST(vm.cpu.real_psw == 0x07DD2500'00000010u);
    vm.cpu.real_psw = 0x07DD3700'00000020;
    vm.cpu.fetch_state();
    BOOST_TEST(vm.cpu.psw.bits == 0x01D83700'00000020u);
}

BOOST_AUTO_TEST_SUITE_END()
