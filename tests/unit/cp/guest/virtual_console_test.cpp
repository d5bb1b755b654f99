#include "cp/guest/virtual_console.h"

#include <boost/test/unit_test.hpp>

#include "tests/unit/cp/guest/guest_fixture.h"

using namespace cp;
using namespace s370;
using namespace fixtures;

namespace {

struct ConsoleGuest : Guest {
    VirtualConsole& console = *attach_console(vm, {0x009});
    void text(u32 at, const std::string& s) { put(at, in_ebcdic(s)); }
    Csw next() {
        pump();
        return interruption().csw;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(virtual_console, ConsoleGuest)

BOOST_AUTO_TEST_CASE(a_write_ends_when_the_line_is_typed) {
    session.slow_typing = true;
    text(0x2000, "HELLO");
    ccw(0x1000, 0x09, 0x2000, 0, 5);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    BOOST_TEST(session.typed == std::vector<std::string>{"HELLO"});
    BOOST_TEST(int(sio(9, 0x1000)) == 2); // still typing
    BOOST_TEST(int(vm.io.test_io({9})) == 2);
    session.typing_done.set();
    Csw const csw = next();
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.address == 0x1008u);
    BOOST_TEST(int(vm.io.test_io({9})) == 0);
}

BOOST_AUTO_TEST_CASE(data_chained_pieces_make_one_line) {
    text(0x2000, "ABC");
    text(0x3000, "DEF");
    ccw(0x1000, 0x01, 0x2000, cd, 3);
    ccw(0x1008, 0, 0x3000, 0, 3);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    BOOST_TEST(session.typed == std::vector<std::string>{"ABCDEF\\"});
    BOOST_TEST(next().status == ce_de);
}

BOOST_AUTO_TEST_CASE(chained_commands_end_with_one_interruption) {
    text(0x2000, "ONE");
    text(0x2010, "TWO");
    ccw(0x1000, 0x09, 0x2000, cc, 3);
    ccw(0x1008, 0x09, 0x2010, cc, 3);
    ccw(0x1010, 0x03, 0, 0, 1);
    BOOST_TEST(run(9, 0x1000).status == ce_de);
    BOOST_TEST(session.typed == (std::vector<std::string>{"ONE", "TWO"}));
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(a_line_of_more_than_2031_bytes_is_a_program_check) {
    ccw(0x1000, 0x09, 0x2000, cd, 2000);
    ccw(0x1008, 0x09, 0x2000, 0, 32);
    Csw const csw = run(9, 0x1000);
    BOOST_TEST(csw.status == (status::program_check | status::incorrect_length));
    BOOST_TEST(session.typed.empty());
}

BOOST_AUTO_TEST_CASE(a_read_waits_for_a_line_and_gives_the_residual_count) {
    ccw(0x1000, 0x0A, 0x2000, sli, 130);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    BOOST_TEST(int(vm.io.test_io({9})) == 2);
    BOOST_TEST(int(sio(9, 0x1000)) == 2);
    BOOST_TEST(vm.io.active());
    session.enter("Listen");
    Csw const csw = next();
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.count == 124);
    BOOST_TEST(get(0x2000, 6) == in_ebcdic("Listen"));
}

BOOST_AUTO_TEST_CASE(lengths_that_differ_are_told_unless_suppressed) {
    ccw(0x1000, 0x0A, 0x2000, 0, 130);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    session.enter("ab");
    BOOST_TEST(next().status == (ce_de | status::incorrect_length));
    ccw(0x1000, 0x0A, 0x2000, 0, 2);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    session.enter("abc");
    BOOST_TEST(next().status == (ce_de | status::incorrect_length));
    ccw(0x1000, 0x0A, 0x2000, 0, 2);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    session.enter("ab");
    BOOST_TEST(next().status == ce_de);
}

BOOST_AUTO_TEST_CASE(an_empty_line_ends_at_once_without_unit_exception) {
    ccw(0x1000, 0x0A, 0x2000, sli, 130);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    session.enter("");
    Csw const csw = next();
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.count == 130);
}

BOOST_AUTO_TEST_CASE(attention_during_a_read_ends_it_and_is_pending_then) {
    ccw(0x1000, 0x0A, 0x2000, sli, 130);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    session.enter(Input{Input::Kind::Attention, {}});
    BOOST_TEST(next().status == ce_de);
    BOOST_TEST(next().status == status::attention);
    BOOST_TEST(next().status == 0);
}

BOOST_AUTO_TEST_CASE(a_cancelled_read_is_a_unit_exception) {
    ccw(0x1000, 0x0A, 0x2000, sli, 130);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    session.enter(Input{Input::Kind::Cancelled, {}});
    BOOST_TEST(next().status == (ce_de | status::unit_exception));
}

BOOST_AUTO_TEST_CASE(halt_ends_a_read) {
    ccw(0x1000, 0x0A, 0x2000, sli, 130);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    BOOST_TEST(int(vm.io.halt({9})) == 2);
    BOOST_TEST(next().status == ce_de);
}

BOOST_AUTO_TEST_CASE(a_system_reset_forgets_the_read) {
    ccw(0x1000, 0x0A, 0x2000, sli, 130);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    vm.io.reset();
    pump();
    BOOST_TEST(!session.reading);
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
    BOOST_TEST(int(vm.io.test_io({9})) == 0);
}

BOOST_AUTO_TEST_CASE(a_session_stays_until_a_read_that_was_reset_has_ended) {
    ccw(0x1000, 0x0A, 0x2000, sli, 130);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    BOOST_TEST(vm.io.held());
    vm.io.reset();
    BOOST_TEST(vm.io.held());
    pump();
    BOOST_TEST(!vm.io.held());
}

BOOST_AUTO_TEST_CASE(attention_is_presented_once_when_idle) {
    BOOST_TEST(present_attention(vm));
    BOOST_TEST(present_attention(vm));
    BOOST_TEST(next().status == status::attention);
    BOOST_TEST(next().status == 0);
    present_attention(vm);
    BOOST_TEST(int(sio(9, 0x1000)) == 1);
    BOOST_TEST(stored_csw().status == (status::attention | status::busy));
    present_attention(vm);
    BOOST_TEST(int(vm.io.test_io({9})) == 1);
    BOOST_TEST(stored_csw().bits() == Csw({0, 0, status::attention, 0}).bits());
}

BOOST_AUTO_TEST_CASE(immediate_commands_end_with_an_interruption) {
    for (int code : {0x03, 0x0B}) {
        ccw(0x1000, u8(code), 0, 0, 1);
        Csw const csw = run(9, 0x1000);
        BOOST_TEST(csw.status == ce_de);
        BOOST_TEST(csw.count == 1);
    }
    BOOST_TEST(session.screen.alarms == 1u);
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(unknown_commands_and_not_ready_leave_sense) {
    for (int code : {0x19, 0x1A, 0x05, 0x0D}) {
        ccw(0x1000, u8(code), 0x2000, 0, 1);
        BOOST_TEST(run(9, 0x1000).status ==
                   (ce_de | status::unit_check | status::incorrect_length));
        ccw(0x1010, 0x04, 0x2000, 0, 1);
        BOOST_TEST(run(9, 0x1010).status == ce_de);
        BOOST_TEST(get(0x2000, 1).at(0) == sense::command_reject);
    }
    console.set_ready(false);
    ccw(0x1000, 0x09, 0x2000, 0, 1);
    BOOST_TEST(run(9, 0x1000).status == (ce_de | status::unit_check | status::incorrect_length));
    ccw(0x1010, 0x04, 0x2000, 0, 4);
    Csw const csw = run(9, 0x1010);
    BOOST_TEST(csw.status == (ce_de | status::incorrect_length));
    BOOST_TEST(csw.count == 3);
    BOOST_TEST(get(0x2000, 1).at(0) == sense::intervention_required);
}

BOOST_AUTO_TEST_CASE(a_check_that_keeps_a_command_from_its_device_stands_alone) {
    ccw(0x1000, 0x09, 0x2000, 0, 0);
    BOOST_TEST(run(9, 0x1000).status == status::program_check);
    ccw(0x1000, 0x03, 0x2000, cc, 1);
    ccw(0x1008, 0x20, 0x2000, 0, 1);
    BOOST_TEST(run(9, 0x1000).status == status::program_check);
    ccw(0x1000, 0x09, size, 0, 10);
    BOOST_TEST(run(9, 0x1000).status == status::program_check);
    ccw(0x1000, 0x09, size - 5, 0, 10);
    BOOST_TEST(run(9, 0x1000).status == status::program_check);
    // What the device has for the program finds no place.
    ccw(0x1000, 0x04, size, 0, 1);
    BOOST_TEST(run(9, 0x1000).status == (ce_de | status::program_check));
}

BOOST_AUTO_TEST_CASE(a_tic_that_leads_nowhere_is_the_ccw_with_the_check) {
    ccw(0x1000, command::tic, size, 0, 0);
    BOOST_TEST(run(9, 0x1000).address == 0x1008u);
    ccw(0x1000, command::tic, 0x1010, 0, 0);
    ccw(0x1010, 0x03, 0, 0, 1);
    BOOST_TEST(run(9, 0x1000).status == ce_de); // the first may be one
}

BOOST_AUTO_TEST_CASE(a_program_without_end_lets_others_run) {
    ccw(0x1000, 0x03, 0, cc, 1);
    ccw(0x1008, command::tic, 0x1000, 0, 0);
    BOOST_TEST(int(sio(9, 0x1000)) == 0);
    pump();
    BOOST_TEST(int(vm.io.test_io({9})) == 2);
}

BOOST_AUTO_TEST_CASE(query_shows_the_terminal) {
    Line<80> line;
    console.describe(0, line);
    BOOST_TEST(ascii(line) == "ON GRAF 0C0    TERM STOP");
    session.at = nullptr;
    line.clear();
    console.describe(0, line);
    BOOST_TEST(ascii(line) == "DISCONNECTED   TERM STOP");
}

BOOST_AUTO_TEST_SUITE_END()
