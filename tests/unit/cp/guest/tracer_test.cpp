#include "cp/guest/tracer.h"

#include "cp/guest/per.h"
#include "tests/unit/cp/guest/supervisor_fixture.h"

using namespace cp;
using namespace fixtures;

namespace {

struct Traced : Supervisor {
    static constexpr Tracer::Output terminal{.terminal = true};

    ~Traced() { lines(); }
    void trace(u16 events, Tracer::Output output = terminal) { vm.tracer.start(events, output); }
    // What waits to be shown, each line ended by a bar.
    std::string lines() {
        std::string all;
        while (TraceLine* const line = vm.tracer.take()) {
            all += ascii(line->text) + "|";
            free_storage::destroy(line);
        }
        vm.stopped.tracing = false;
        return all;
    }
    // An instruction that the real machine executed at 1000 under PER.
    std::string executed(const std::vector<u8>& instruction, u16 events, u32 next) {
        put(at, instruction);
        vm.cpu.psw.set_address(at);
        vm.tracer.note_registers();
        vm.cpu.psw.set_address(next);
        vm.tracer.executed(at, events);
        return lines();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tracer, Traced)

BOOST_AUTO_TEST_CASE(nothing_is_said_of_what_is_not_traced) {
    trace(traced::svc);
    trap({0x80, 0x00, 0x20, 0x00});
    BOOST_TEST(executed({0x07, 0xFE}, per::branch | per::fetch, 0x2000) == "");
    BOOST_TEST(!vm.stopped.tracing);
    BOOST_TEST(vm.cpu.traced_events == 0);
}

BOOST_AUTO_TEST_CASE(instructions_and_where_they_branch) {
    trace(traced::instruction);
    BOOST_TEST(vm.cpu.traced_events == 0xC0);
    BOOST_TEST(executed({0x18, 0x12}, per::fetch, 0x1002) == "    001000 LR    1812|");
    BOOST_TEST(executed({0x47, 0xF0, 0xC0, 0x10}, per::fetch | per::branch, 0x2010) ==
               "    001000 BC    47F0C010 ==> 002010|");
    BOOST_TEST(executed({0xD2, 0x03, 0x10, 0x00, 0x20, 0x00}, per::fetch, 0x1006) ==
               "==> 001000 MVC   D20310002000|");
    BOOST_TEST(executed({0x00, 0x00}, per::fetch, 0x1002) == "    001000 ????? 0000|");
}

BOOST_AUTO_TEST_CASE(branches_alone) {
    trace(traced::branch);
    BOOST_TEST(vm.cpu.traced_events == 0x80);
    BOOST_TEST(executed({0x18, 0x12}, per::fetch, 0x1002) == "");
    BOOST_TEST(executed({0x07, 0xFE}, per::branch, 0x2000) ==
               "    001000 BCR   07FE     ==> 002000|");
    BOOST_TEST(executed({0x07, 0xFE}, per::branch, 0x2000) ==
               "    001000 BCR   07FE     ==> 002000|");
}

BOOST_AUTO_TEST_CASE(an_execute_shows_its_target_and_what_is_ored_in) {
    trace(traced::instruction);
    vm.cpu.gpr[3] = 0xFFFFFF07;
    vm.cpu.gpr[5] = 0x5000;
    put(0x5010, {0xD2, 0x00, 0x10, 0x00, 0x20, 0x00});
    put(at, {0x44, 0x30, 0x50, 0x10});
    vm.tracer.note_registers();
    vm.cpu.gpr[5] = 0; // by the instruction itself
    vm.tracer.executed(at, per::fetch);
    BOOST_TEST(lines() == "    001000 EX    44305010 07  005010 MVC   D20010002000|");
}

BOOST_AUTO_TEST_CASE(interruptions) {
    trace(traced::svc | traced::program | traced::external | traced::io);
    low().svc_new_psw = 0x2000;
    low().program_new_psw = 0x3000;
    low().external_new_psw = 0x4000;
    vm.cpu.psw.bits = 0x01000000'00001234;
    reflect_svc(vm, 0xCA, 1);
    BOOST_TEST(lines() == "*** 001232 SVC   00CA ==> 002000|");
    vm.cpu.psw.bits = 0x01000000'00001234;
    reflect_program(vm, s370::Program::Addressing, 2);
    BOOST_TEST(lines() == "*** 001230 PROG  0005 ==> 003000|");
    vm.cpu.psw.bits = 0x01000000'00001234;
    vm.cpu.pending_external = 0x40;
    take_interruptions(vm);
    BOOST_TEST(lines() == "*** 001234 EXT   0040 ==> 004000|");
    vm.tracer.io_interruption({{0x191}, {0, 0, 0x0C00, 0}}, 0x1234, {0x5000});
    BOOST_TEST(lines() == "*** 001234 I/O   0191 ==> 005000  CSW 0C00|");
}

BOOST_AUTO_TEST_CASE(privileged_instructions_with_what_they_load) {
    trace(traced::privileged);
    vm.settings.ec_mode = true;
    vm.cpu.psw.bits = 0xF0000000'00000000;
    put(0x800, {0x0F});
    trap({0x80, 0x00, 0x08, 0x00});
    BOOST_TEST(lines() == "::: 001000 SSM   80000800 0F|");
    trap({0xAD, 0x30, 0x09, 0x00});
    BOOST_TEST(lines() == "::: 001000 STOSM AD300900 3F|");
    put(0x808, {0x00, 0x00, 0, 0, 0, 0, 0x20, 0});
    trap({0x82, 0x00, 0x08, 0x08});
    BOOST_TEST(lines() == "::: 001000 LPSW  82000808 ==> 00000000 00002000|");
    put(0x808, {0xFF, 0x02, 0, 0, 0, 0, 0x20, 0});
    trap({0x82, 0x00, 0x08, 0x08});
    BOOST_TEST(lines() == "::: 001000 LPSW  82000808     FF020000 00002000|");
    trap({0xB2, 0x0B, 0x00, 0x00});
    BOOST_TEST(lines() == "::: 001000 IPK   B20B0000|");
}

BOOST_AUTO_TEST_CASE(a_switch_to_translation_shows_where_it_goes_on) {
    trace(traced::privileged);
    vm.settings.ec_mode = true;
    vm.cpu.psw.bits = 0x00080000'00000000;
    trap({0xAD, 0x04, 0x09, 0x00});
    BOOST_TEST(lines() == "::: 001000 STOSM AD040900 04  001004|");
}

BOOST_AUTO_TEST_CASE(start_io_of_disks_only_unless_ccws_are_traced_too) {
    disk(10, 5);
    trace(traced::start_io);
    put(72, {0x00, 0x00, 0x70, 0x00});
    ccw(0x7000, 0x03, 0, 0, 1);
    trap({0x9C, 0x00, 0x01, 0x91});
    BOOST_TEST(lines() ==
               "I/O 001000 SIO   9C000191  DASD 0191  CC 0  DASD 0350            CAW 00007000|");
    pump();
    interruption();
    trap({0x9D, 0x00, 0x01, 0x91});
    BOOST_TEST(lines() == "I/O 001000 TIO   9D000191  DASD 0191  CC 0  DASD 0350|");
    trap({0x9F, 0x00, 0x01, 0x00});
    BOOST_TEST(lines() == "I/O 001000 TCH   9F000100  DEV  0100  CC 0|");
    trap({0x9C, 0x00, 0x05, 0x55});
    BOOST_TEST(lines() == "");
    trace(traced::ccw);
    trap({0x9C, 0x00, 0x05, 0x55});
    BOOST_TEST(lines() == "I/O 001000 SIO   9C000555  DEV  0555  CC 3|");
}

BOOST_AUTO_TEST_CASE(a_channel_program_with_its_seek_moved) {
    disk(10, 5);
    trace(traced::ccw | traced::csw);
    put(72, {0x00, 0x00, 0x70, 0x00});
    put(0x7100, {0x00, 0x00, 0x00, 0x02, 0x00, 0x03});
    ccw(0x7000, 0x07, 0x7100, cc, 6);
    ccw(0x7008, 0x03, 0, 0, 1);
    trap({0x9C, 0x00, 0x01, 0x91});
    std::string const all = lines();
    BOOST_TEST(all.find("DASD 0191  CC 0  DASD 0350            CAW 00007000|") !=
               std::string::npos);
    BOOST_TEST(all.find("CCW 007000 07007100 40000006  ") != std::string::npos);
    BOOST_TEST(all.find("| \"   SEEK  00000002 000300     SEEK  0000000C 0003|") !=
               std::string::npos);
    BOOST_TEST(all.find("|CCW 007008 03000000 00000001  ") != std::string::npos);
    pump();
    vm.cpu.psw.bits = 0x40000000'00001234;
    take_interruptions(vm);
    BOOST_TEST(lines().starts_with("CSW V 0191 00007010 0C00"));
}

BOOST_AUTO_TEST_CASE(the_last_command_about_an_event_says_where_it_goes) {
    trace(traced::svc | traced::program);
    trace(traced::program, {.printer = true});
    low().program_new_psw = 0x3000;
    reflect_svc(vm, 1, 1);
    TraceLine* line = vm.tracer.take();
    BOOST_TEST((line->terminal && !line->printer && line->stop));
    free_storage::destroy(line);
    reflect_program(vm, s370::Program::Addressing, 2);
    line = vm.tracer.take();
    BOOST_TEST((!line->terminal && line->printer && !line->stop));
    free_storage::destroy(line);
}

BOOST_AUTO_TEST_CASE(a_machine_stands_still_while_lines_wait) {
    trace(traced::svc, {.terminal = true, .run = true});
    reflect_svc(vm, 1, 1);
    BOOST_TEST(vm.stopped.tracing);
    BOOST_TEST(!take_interruptions(vm));
    BOOST_TEST(!vm.tracer.take()->stop);
}

BOOST_AUTO_TEST_CASE(lines_without_end_are_dropped) {
    trace(traced::svc);
    for (u32 i = 0; i < 1000; ++i) reflect_svc(vm, 1, 1);
    u32 count = 0;
    while (TraceLine* const line = vm.tracer.take()) {
        free_storage::destroy(line);
        ++count;
    }
    BOOST_TEST(count == 300u);
}

BOOST_AUTO_TEST_CASE(the_address_stop_puts_the_instruction_back) {
    put(0x2000, {0x41, 0x10, 0x00, 0x01});
    BOOST_TEST(vm.address_stop.set(vm.storage, 0x2000));
    BOOST_TEST(half(0x2000) == 0x0AB3);
    vm.cpu.psw.bits = 0x2002;
    BOOST_TEST(!vm.address_stop.hit(vm, 0xB2, 1));
    vm.cpu.psw.bits = 0x3002;
    BOOST_TEST(!vm.address_stop.hit(vm, 0xB3, 1));
    vm.cpu.psw.bits = 0x2002;
    BOOST_TEST(vm.address_stop.hit(vm, 0xB3, 1));
    BOOST_TEST(lines() == "ADSTOP AT 002000|");
    BOOST_TEST(half(0x2000) == 0x4110);
    BOOST_TEST(vm.cpu.psw.address() == 0x2000u);
    BOOST_TEST(!vm.address_stop.active());
}

BOOST_AUTO_TEST_CASE(a_program_loaded_over_an_address_stop_stays_whole) {
    BOOST_TEST(vm.address_stop.set(vm.storage, 0x2000));
    put(0x2000, {0x12, 0x34});
    vm.address_stop.clear(vm.storage);
    BOOST_TEST(half(0x2000) == 0x1234);
    BOOST_TEST(!vm.address_stop.set(vm.storage, 0xF00000));
    BOOST_TEST(!vm.address_stop.active());
}

BOOST_AUTO_TEST_SUITE_END()
