#include "tests/unit/cp/command/system_fixture.h"

#include "cp/guest/disk.h"

using namespace testing_commands;
namespace aid = s370::ds3270::aid;

namespace {

VirtualMachine& virtual_machine(Text userid) {
    VirtualMachine* const found = find_virtual_machine(userid);
    BOOST_REQUIRE(found != nullptr);
    return *found;
}

// What the virtual console does for a guest.
struct GuestRead {
    bool done = false;
    Input input;
};
Task<> guest_reads(VirtualMachine& vm, GuestRead* read) {
    VirtualIo::Hold hold(vm.io);
    read->input = co_await vm.session->read_virtual();
    read->done = true;
}
Task<> guest_writes(VirtualMachine& vm, Text line) {
    VirtualIo::Hold hold(vm.io);
    co_await vm.session->write(line, true);
}
Task<> guest_calls(VirtualMachine& vm, Text line, UserSession::Response* response, u32* code) {
    VirtualIo::Hold hold(vm.io);
    *code = co_await vm.session->execute(line, response);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(session, System)

BOOST_AUTO_TEST_CASE(the_operator_is_logged_on_at_the_console_and_told_who_comes) {
    BOOST_TEST(typewriter.has("LOGON AT "));
    BOOST_TEST(typewriter.has("LINE 009 LOGON  AS OPERATOR USERS = 001"));
    log_on(0, "alice", "passa");
    BOOST_TEST(typewriter.has("GRAF 0C0 LOGON  AS ALICE    USERS = 002"));
}

BOOST_AUTO_TEST_CASE(a_client_that_connects_sees_the_logo_and_may_type) {
    connect();
    BOOST_TEST(display().row(0) == "Cambridge/370 ONLINE");
    BOOST_TEST(display().status() == "CP READ");
    type(0, "logon alice");
    BOOST_TEST(display().row(0) == "logon alice");
    BOOST_TEST(display().row(1) == "ENTER PASSWORD:");
    type(0, "passa");
    BOOST_TEST(!display().shows("passa"));
    BOOST_TEST(display().shows("LOGON AT "));
    BOOST_TEST(display().status() == "CP READ");
}

BOOST_AUTO_TEST_CASE(logon_refuses_with_the_message_that_comes_first) {
    connect();
    BOOST_TEST(answer(0, "logon") == "DMKLOG020E USERID MISSING OR INVALID");
    BOOST_TEST(answer(0, "logon waytoolongname") == "DMKLOG020E USERID MISSING OR INVALID");
    BOOST_TEST(answer(0, "logon carol x") == "DMKLOG053E CAROL NOT IN CP DIRECTORY");
    connect(1);
    BOOST_TEST(answer(1, "logon nobody nolog") == "DMKLOG053E NOBODY NOT IN CP DIRECTORY");
    BOOST_TEST(answer(1, "logon alice wrong") == "DMKLOG050E PASSWORD INCORRECT");
    BOOST_TEST(answer(1, "logon operator oper") == "DMKLOG054E ALREADY LOGGED ON LINE 009");
    BOOST_TEST(users_logged_on() == 1u);
}

BOOST_AUTO_TEST_CASE(a_fourth_failure_shows_the_logo_again) {
    connect();
    for (u32 i = 0; i < 3; ++i) type(0, "logon alice wrong");
    BOOST_TEST(!display().shows("ONLINE"));
    type(0, "logon alice wrong");
    BOOST_TEST(display().shows("ONLINE"));
    type(0, "logon alice passa");
    BOOST_TEST(display().shows("LOGON AT"));
}

BOOST_AUTO_TEST_CASE(before_logon_only_some_commands_are_known) {
    connect();
    BOOST_TEST(answer(0, "query names") == "DMKCFM001E ?CP: QUERY");
    BOOST_TEST(answer(0, "* a comment") == "");
    command(0, "msg operator hello");
    BOOST_TEST(typewriter.has("hello"));
}

BOOST_AUTO_TEST_CASE(unknown_commands_and_those_of_other_classes_are_the_same) {
    log_on(0, "alice", "passa");
    BOOST_TEST(answer(0, "frobnicate") == "?CP: FROBNICA");
    BOOST_TEST(answer(0, "shutdown") == "?CP: SHUTDOWN");
    BOOST_TEST(answer(0, "force bob") == "?CP: FORCE");
    BOOST_TEST(answer(0, "set logmsg hi") == "INVALID OPTION - LOGMSG");
    BOOST_TEST(answer(0, "set emsg on") == "");
    BOOST_TEST(answer(0, "frob") == "DMKCFM001E ?CP: FROB");
    BOOST_TEST(answer(0, "set emsg code") == "");
    BOOST_TEST(answer(0, "frob") == "DMKCFM001E");
    BOOST_TEST(answer(0, "set emsg off") == "");
    BOOST_TEST(answer(0, "frob") == "");
}

BOOST_AUTO_TEST_CASE(several_commands_stand_on_one_line) {
    log_on(0, "alice", "passa");
    BOOST_TEST(answer(0, "query users#query names") ==
               "002 USERS, 000 DIALED|OPERATOR - 009, ALICE    - 0C0");
}

BOOST_AUTO_TEST_CASE(queries_answer_in_their_exact_form) {
    log_on(0, "alice", "passa");
    BOOST_TEST(answer(0, "q set") == "MSG ON , WNG ON , EMSG TEXT, ACNT ON , RUN OFF|"
                                     "LINEDIT ON , TIMER ON  , ISAM OFF, ECMODE OFF|"
                                     "ASSIST ON SVC   NOTMR, PAGEX OFF, AUTOPOLL OFF|"
                                     "IMSG ON , SMSG OFF, AFFINITY NONE   , NOTRANS OFF");
    BOOST_TEST(answer(0, "q term") ==
               "LINEND  # , LINEDEL  \xA2 , CHARDEL  @ , ESCAPE  \" , TABCHAR ON|"
               "LINESIZE 080, MASK OFF, APL OFF, TEXT OFF, ATTN ON , MODE VM");
    BOOST_TEST(answer(0, "q files") == "FILES:  NO RDR,  NO PRT,  NO PUN");
    BOOST_TEST(answer(0, "q v stor") == "STORAGE = 00064K");
    BOOST_TEST(answer(0, "q v dasd") ==
               "DASD 190 3350 SYSRES R/O 002 CYL|DASD 191 3350 SYSRES R/W 002 CYL");
    BOOST_TEST(answer(0, "q v tapes") == "TAPES DO NOT EXIST");
    BOOST_TEST(answer(0, "q 191") == "DASD 191 3350 SYSRES R/W 002 CYL");
    BOOST_TEST(answer(0, "q 192") == "DEV 192 DOES NOT EXIST");
    BOOST_TEST(answer(0, "q bob") == "BOB NOT LOGGED ON");
    BOOST_TEST(answer(0, "q operator") == "OPERATOR - 009");
    BOOST_TEST(answer(0, "q cpuid") == "CPUID = FF00262331580000");
    BOOST_TEST(answer(0, "q") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(answer(0, "q time").starts_with("TIME IS "));
}

BOOST_AUTO_TEST_CASE(a_message_is_shown_to_its_receiver_with_time_and_sender) {
    log_on(0, "alice", "passa");
    log_on(1, "bob", "passb");
    press(1, aid::clear);
    command(0, "msg bob Are you there?");
    BOOST_TEST(display(1).row(3) == "MSG FROM ALICE   : Are you there?");
    BOOST_TEST(display(1).row(0).size() == 8u);
    BOOST_TEST(answer(0, "msg carol hi") == "CAROL NOT LOGGED ON");
    BOOST_TEST(answer(1, "set msg off") == "");
    BOOST_TEST(answer(0, "msg bob hi") == "BOB NOT RECEIVING; MSG OFF");
    BOOST_TEST(answer(0, "msg all hi") == "INVALID OPTION - ALL");
}

BOOST_AUTO_TEST_CASE(logoff_says_so_and_the_terminal_is_free) {
    log_on(0, "alice", "passa");
    press(0, aid::clear);
    type(0, "logoff");
    BOOST_TEST(display().row(1).starts_with("CONNECT= 00:00:00 VIRTCPU= "));
    BOOST_TEST(display().row(2).starts_with("LOGOFF AT "));
    BOOST_TEST(typewriter.has("GRAF 0C0 LOGOFF AS ALICE    USERS = 001"));
    BOOST_TEST(find_virtual_machine("ALICE"_e) == nullptr);
    type(0, "logon bob passb");
    BOOST_TEST(display().shows("LOGON AT"));
}

BOOST_AUTO_TEST_CASE(all_storage_comes_back_when_users_have_gone) {
    log_on(0, "alice", "passa");
    type(0, "logoff");
    u32 const frames = frame_pool.in_use() + frame_pool.promised();
    u32 const bytes = free_storage::usage().bytes_in_use;
    for (u32 i = 0; i < 20; ++i) {
        command(0, "logon alice passa");
        command(0, "query virtual");
        command(0, "logoff");
    }
    BOOST_TEST(frame_pool.in_use() + frame_pool.promised() == frames);
    BOOST_TEST(free_storage::usage().bytes_in_use == bytes);
}

BOOST_AUTO_TEST_CASE(a_dropped_client_leaves_its_machine_to_be_reconnected) {
    log_on(0, "alice", "passa");
    clients[0]->connected = false;
    pass(3);
    BOOST_TEST(typewriter.has("GRAF 0C0 DSCONNECT ALICE    USERS = 002"));
    BOOST_TEST(virtual_machine("ALICE"_e).session->terminal() == nullptr);
    log_on(1, "alice", "passa");
    BOOST_TEST(display(1).shows("RECONNECTED AT "));
    BOOST_TEST(display(1).status() == "CP READ");
    BOOST_TEST(typewriter.has("GRAF 0C1 RECONNECT ALICE    USERS = 002"));
}

BOOST_AUTO_TEST_CASE(another_client_at_the_same_address_gets_no_session_of_the_first) {
    log_on(0, "alice", "passa");
    clients[0]->connect(); // nobody noticed that the first one went
    pump();
    BOOST_TEST(display().shows("ONLINE"));
    BOOST_TEST(answer(0, "query names") == "DMKCFM001E ?CP: QUERY");
    BOOST_TEST(virtual_machine("ALICE"_e).session->terminal() == nullptr);
}

BOOST_AUTO_TEST_CASE(a_client_lost_at_every_point_of_the_logon_harms_nobody) {
    for (u32 step = 0; step < 12; ++step) {
        u32 const number = step % 4;
        connect(number);
        display(number).type("logon bob passb");
        clients[number]->inbound = display(number).press(aid::enter);
        clients[number]->attention();
        for (u32 i = 0; i < step; ++i) { // so far, and no further
            work_queue.run();
            for (auto& [address, device] : fakes::devices)
                if (fakes::interrupt(address)) take_io_interruption();
        }
        clients[number]->connected = false;
        pass(5);
        if (VirtualMachine* bob = find_virtual_machine("BOB"_e))
            session_of(*bob).end(Session::Ending::Forced);
        pump();
        BOOST_TEST(find_virtual_machine("BOB"_e) == nullptr);
    }
    log_on(0, "alice", "passa");
    BOOST_TEST(display().shows("LOGON AT"));
}

BOOST_AUTO_TEST_CASE(a_guests_read_is_answered_by_what_is_typed) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    BOOST_TEST(display().status() == "RUNNING");
    GuestRead read;
    spawn(guest_reads(virtual_machine("ALICE"_e), &read));
    pump();
    BOOST_TEST(display().status() == "VM READ");
    type(0, "Listfile@s#next");
    BOOST_TEST(read.done);
    BOOST_TEST(fakes::to_ascii(read.input.line) == "Listfils");
    BOOST_TEST(display().status() == "RUNNING");
    GuestRead second;
    spawn(guest_reads(virtual_machine("ALICE"_e), &second));
    pump();
    BOOST_TEST(fakes::to_ascii(second.input.line) == "next");
}

BOOST_AUTO_TEST_CASE(number_sign_cp_at_a_guests_read_is_a_command) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    GuestRead read;
    spawn(guest_reads(virtual_machine("ALICE"_e), &read));
    pump();
    type(0, "#cp query users");
    BOOST_TEST(read.done);
    BOOST_TEST((read.input.kind == Input::Kind::Cancelled));
    BOOST_TEST(display().shows("002 USERS, 000 DIALED"));
    BOOST_TEST(display().status() == "RUNNING");
    BOOST_TEST(!virtual_machine("ALICE"_e).stopped.command);
    type(0, "#cp");
    BOOST_TEST(display().status() == "CP READ");
}

BOOST_AUTO_TEST_CASE(pa1_takes_the_terminal_to_cp_and_back) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    BOOST_TEST(!virtual_machine("ALICE"_e).stopped.cp_mode);
    press(0, aid::pa1);
    BOOST_TEST(display().status() == "CP READ");
    BOOST_TEST(virtual_machine("ALICE"_e).stopped.cp_mode);
    press(0, aid::pa1);
    BOOST_TEST(display().status() == "RUNNING");
    GuestRead read;
    spawn(guest_reads(virtual_machine("ALICE"_e), &read));
    pump();
    press(0, aid::pa1);
    BOOST_TEST(display().status() == "CP READ");
    BOOST_TEST(!read.done);
    type(0, "begin");
    BOOST_TEST(display().status() == "VM READ");
    type(0, "still reading");
    BOOST_TEST(read.done);
}

BOOST_AUTO_TEST_CASE(set_run_on_lets_the_machine_run_while_cp_reads) {
    log_on(0, "alice", "passa");
    command(0, "set run on");
    BOOST_TEST(!virtual_machine("ALICE"_e).stopped.cp_mode);
    command(0, "set run off");
    BOOST_TEST(virtual_machine("ALICE"_e).stopped.cp_mode);
}

BOOST_AUTO_TEST_CASE(one_line_typed_ahead_is_kept_and_a_second_not_accepted) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    type(0, "first");
    BOOST_TEST(display().status() == "RUNNING");
    type(0, "second");
    BOOST_TEST(display().status() == "NOT ACCEPTED");
    pass(3);
    BOOST_TEST(display().status() == "RUNNING");
    GuestRead read;
    spawn(guest_reads(virtual_machine("ALICE"_e), &read));
    pump();
    BOOST_TEST(fakes::to_ascii(read.input.line) == "first");
}

BOOST_AUTO_TEST_CASE(a_guest_that_writes_too_much_waits_for_the_reader_and_nobody_else_does) {
    log_on(0, "alice", "passa");
    log_on(1, "bob", "passb");
    command(0, "begin");
    press(0, aid::clear);
    std::string text;
    for (u32 i = 0; i < 30; ++i) text += "line\x85"; // X'15'
    std::vector<u8> const bytes = fakes::to_ebcdic(text);
    spawn(guest_writes(virtual_machine("ALICE"_e), {bytes.data(), bytes.size()}));
    pump();
    BOOST_TEST(display(0).status() == "MORE...");
    BOOST_TEST(answer(1, "query users") == "003 USERS, 000 DIALED");
    command(1, "msg alice hello");
    BOOST_TEST(display(1).status() == "CP READ");
    press(0, aid::pa2);
    BOOST_TEST(display(0).row(0) == "line");
    BOOST_TEST(display(0).shows("hello"));
}

BOOST_AUTO_TEST_CASE(disconnecting_while_a_guest_waits_for_room_shows_nothing_to_the_next_user) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    std::string text;
    for (u32 i = 0; i < 40; ++i) text += "private\x85";
    std::vector<u8> const bytes = fakes::to_ebcdic(text);
    spawn(guest_writes(virtual_machine("ALICE"_e), {bytes.data(), bytes.size()}));
    pump();
    session_of(virtual_machine("ALICE"_e)).disconnect();
    pump();
    press(0, aid::clear);
    BOOST_TEST(!display(0).shows("private"));
    type(0, "logon bob passb");
    BOOST_TEST(display(0).shows("LOGON AT"));
    BOOST_TEST(!display(0).shows("private"));
}

BOOST_AUTO_TEST_CASE(a_disconnected_machine_that_reads_is_forced_off_after_15_minutes) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    clients[0]->connected = false;
    pass(3);
    pass(1000);
    BOOST_TEST(find_virtual_machine("ALICE"_e) != nullptr); // it does not read
    GuestRead read;
    spawn(guest_reads(virtual_machine("ALICE"_e), &read));
    pump();
    pass(890);
    BOOST_TEST(!read.done);
    pass(15);
    BOOST_TEST(read.done);
    BOOST_TEST(find_virtual_machine("ALICE"_e) == nullptr);
    BOOST_TEST(typewriter.has("USER DSC LOGOFF AS ALICE    USERS = 001  FORCED"));
}

BOOST_AUTO_TEST_CASE(force_takes_a_user_off_whatever_he_waits_for) {
    log_on(0, "alice", "passa");
    log_on(1, "maint", "secret");
    command(0, "begin");
    GuestRead read;
    spawn(guest_reads(virtual_machine("ALICE"_e), &read));
    pump();
    command(1, "force alice");
    BOOST_TEST(read.done);
    BOOST_TEST(display(0).shows(" BY SYSTEM"));
    BOOST_TEST(find_virtual_machine("ALICE"_e) == nullptr);
    log_on(2, "bob", "passb");
    command(2, "sleep");
    command(1, "force bob");
    BOOST_TEST(find_virtual_machine("BOB"_e) == nullptr);
    log_on(3, "bob", "passb");
    type(3, "link maint 191 192 rr");
    BOOST_TEST(display(3).shows("ENTER READ PASSWORD:"));
    command(1, "force bob");
    BOOST_TEST(find_virtual_machine("BOB"_e) == nullptr);
}

BOOST_AUTO_TEST_CASE(sleep_ends_with_time_or_with_a_key) {
    log_on(0, "alice", "passa");
    command(0, "sleep 5 sec");
    BOOST_TEST(display().status() == "RUNNING");
    pass(4);
    BOOST_TEST(display().status() == "RUNNING");
    pass(1);
    BOOST_TEST(display().status() == "CP READ");
    command(0, "sleep");
    pass(100);
    BOOST_TEST(display().status() == "RUNNING");
    press(0, aid::pa1);
    BOOST_TEST(display().status() == "CP READ");
    BOOST_TEST(answer(0, "sleep 123") == "INVALID OPERAND - 123");
}

BOOST_AUTO_TEST_CASE(a_guest_in_trouble_gives_its_user_cp_read_and_the_reason) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    press(0, aid::clear);
    virtual_machine("ALICE"_e).session->enter_cp(
        "DMKDSP450W CP ENTERED; DISABLED WAIT PSW '00020000 00000000'"_e);
    pump();
    BOOST_TEST(display().row(0) == "CP ENTERED; DISABLED WAIT PSW '00020000 00000000'");
    BOOST_TEST(display().status() == "CP READ");
}

BOOST_AUTO_TEST_CASE(a_guests_diagnose_gets_the_answer_and_the_number_of_the_message) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    u8 buffer[64];
    UserSession::Response response{buffer, sizeof buffer, 0};
    u32 code = 99;
    spawn(guest_calls(virtual_machine("ALICE"_e), "QUERY USERS#QUERY NAMES"_e, &response, &code));
    pump();
    BOOST_TEST(code == 0u);
    BOOST_TEST(fakes::to_ascii({buffer, response.length}) ==
               "002 USERS, 000 DIALED OPERATOR - 009, ALICE    - 0C0 ");
    for (auto [line, expected] : {std::pair{"FROB"_e, 1u},
                                  {"QUERY CAROL"_e, 45u},
                                  {"LINK MAINT 199 199"_e, 107u},
                                  {"DETACH 500"_e, 40u}}) {
        spawn(guest_calls(virtual_machine("ALICE"_e), line, &response, &code));
        pump();
        BOOST_TEST(code == expected);
    }
    BOOST_TEST(display().status() == "RUNNING");
}

BOOST_AUTO_TEST_CASE(a_guest_may_log_itself_off) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    u32 code = 99;
    spawn(guest_calls(virtual_machine("ALICE"_e), "LOGOFF"_e, nullptr, &code));
    pump();
    BOOST_TEST(code == 0u);
    BOOST_TEST(find_virtual_machine("ALICE"_e) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_guest_that_loads_another_system_is_reset_after_its_diagnose) {
    log_on(0, "alice", "passa");
    command(0, "begin");
    u32 code = 99;
    spawn(guest_calls(virtual_machine("ALICE"_e), "SYSTEM CLEAR"_e, nullptr, &code));
    pump();
    BOOST_TEST(display().shows("STORAGE CLEARED - SYSTEM RESET"));
    BOOST_TEST(display().status() == "CP READ");
    spawn(guest_calls(virtual_machine("ALICE"_e), "DEFINE STORAGE 128K"_e, nullptr, &code));
    pump();
    BOOST_TEST(display().shows("STORAGE = 00128K"));
    BOOST_TEST(virtual_machine("ALICE"_e).storage.size() == 128u * 1024);
}

BOOST_AUTO_TEST_CASE(links_need_their_password_and_keep_their_order) {
    log_on(0, "alice", "passa");
    log_on(1, "bob", "passb");
    BOOST_TEST(answer(1, "link maint 190 190 rr") == "DASD 190 LINKED R/O");
    BOOST_TEST(answer(1, "link maint 190 290 w") == "MAINT 190 NOT LINKED; R/O BY 002 USERS");
    BOOST_TEST(answer(1, "link alice 191 291 r") == "ALICE 191 NOT LINKED; R/W BY ALICE");
    command(1, "link alice 191 291 rr");
    BOOST_TEST(display(1).row(1) == "ENTER READ PASSWORD:");
    type(1, "wrong");
    BOOST_TEST(display(1).row(2) == "ALICE 191 NOT LINKED; PASSWORD INCORRECT");
    command(1, "link alice 191 291 rr");
    type(1, "reada");
    BOOST_TEST(display(1).row(2) == "DASD 291 LINKED R/O; R/W BY ALICE");
    BOOST_TEST(!display(1).shows("reada"));
    BOOST_TEST(answer(1, "link to alice 191 as 292 mr pass= multa") ==
               "DASD 292 FORCED R/O; R/W BY ALICE; R/O BY BOB");
    BOOST_TEST(answer(1, "link maint 191 190 r readpw") ==
               "MAINT 191 NOT LINKED; DASD 190 ALREADY DEFINED");
    BOOST_TEST(answer(1, "link maint 191 191 m") == "MAINT 191 NOT LINKED; NO MULT PASSWORD");
    BOOST_TEST(answer(1, "link maint 191 191 w writepw") == "DASD 191 LINKED R/W");
    BOOST_TEST(answer(1, "link maint 199 199") == "MAINT 199 NOT LINKED; NOT IN CP DIRECTORY");
    BOOST_TEST(answer(1, "link carol 191 191") == "CAROL NOT IN CP DIRECTORY");
    BOOST_TEST(answer(1, "link maint xyz 191") == "VADDR MISSING OR INVALID");
    BOOST_TEST(answer(1, "link") == "USERID MISSING OR INVALID");
}

BOOST_AUTO_TEST_CASE(the_configuration_is_changed_until_logoff) {
    log_on(0, "alice", "passa");
    BOOST_TEST(answer(0, "detach 191") == "DASD 191 DETACHED");
    BOOST_TEST(answer(0, "detach 191") == "DEV 191 DOES NOT EXIST");
    BOOST_TEST(answer(0, "define 190 as 390") == "DASD 390 DEFINED");
    BOOST_TEST(answer(0, "define prt 00f") == "PRT 00F DEFINED");
    BOOST_TEST(answer(0, "define prt 00f") == "DEV 00F NOT DEFINED; PRT 00F ALREADY DEFINED");
    BOOST_TEST(answer(0, "define storage 96k") == "STORAGE = 00096K");
    BOOST_TEST(answer(0, "define storage 1m") == "STORAGE EXCEEDS ALLOWED MAXIMUM");
    BOOST_TEST(answer(0, "define storage lots") == "STORAGE MISSING OR INVALID");
    BOOST_TEST(answer(0, "det 00c-00f") == "00C-00F  DETACHED");
    BOOST_TEST(answer(0, "ipl 777") == "DEV 777 DOES NOT EXIST");
    BOOST_TEST(answer(0, "ipl cms") == "SYSTEM CMS DOES NOT EXIST");
}

BOOST_AUTO_TEST_CASE(storage_and_registers_are_stored_and_displayed) {
    log_on(0, "alice", "passa");
    BOOST_TEST(answer(0, "store 1000 c1c2c3c4 1 g5 deadbeef psw 70000 1000") == "STORE COMPLETE");
    BOOST_TEST(answer(0, "display 1000") == "001000    C1C2C3C4");
    BOOST_TEST(answer(0, "display t1000.10") ==
               "001000    C1C2C3C4  00000001  00000000  00000000 00  *ABCD............*");
    BOOST_TEST(answer(0, "display g4-7") == "GPR  4 =  00000000  DEADBEEF  00000000  00000000");
    BOOST_TEST(answer(0, "display psw") == "PSW = 00070000 00001000");
    BOOST_TEST(answer(0, "display x") == "ECR  0 =  000000E0");
    BOOST_TEST(answer(0, "display 2000-2fff") ==
               "002000    00000000  00000000  00000000  00000000|"
               "002010 TO 002FFF   SUPPRESSED LINE(S) SAME AS ABOVE .....");
    BOOST_TEST(answer(0, "display 10000") == "HEXLOC 10000 EXCEEDS STORAGE");
    BOOST_TEST(answer(0, "display 0-10000") == "INVALID RANGE - 000000-010000");
    BOOST_TEST(answer(0, "display g16") == "INVALID REGISTER - 16");
    BOOST_TEST(answer(0, "display") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(answer(0, "store 1000 zzz") == "INVALID HEXDATA - ZZZ");
    BOOST_TEST(answer(0, "store 1000") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(answer(0, "store s1001 aabb#d 1000") == "STORE COMPLETE|001000    C1AABBC4");
}

BOOST_AUTO_TEST_CASE(the_operator_types_at_his_console) {
    operator_types("query users");
    BOOST_TEST(typewriter.has(" 001 USERS, 000 DIALED"));
    log_on(0, "alice", "passa");
    press(0, aid::clear);
    operator_types("wng all going down");
    BOOST_TEST(display(0).row(3) == "WNG FROM OPERATOR: going down");
    operator_types("begin");
    operator_types("query names"); // TERMINAL MODE CP: a line is for CP
    BOOST_TEST(typewriter.has("ALICE    - 0C0"));
}

BOOST_AUTO_TEST_CASE(any_command_line_at_all_is_answered) {
    log_on(0, "alice", "passa");
    const char* const words[] = {"q",   "v",    "set",  "link", "maint",   "191",   "d",   "t0.20",
                                 "st",  "g1",   "term", "def",  "storage", "64k",   "det", "#",
                                 "ind", "user", "*",    "msg",  "ext",     "reset", "00c", "ready",
                                 "ipl", "",     "psw",  "-",    "."};
    u32 seed = 370;
    auto next = [&] { return seed = seed * 1103515245 + 12345, seed >> 16; };
    for (u32 i = 0; i < 400; ++i) {
        std::string line;
        for (u32 n = 1 + next() % 6; n > 0; --n)
            line += std::string(words[next() % std::size(words)]) + (next() % 5 != 0 ? " " : "");
        command(0, line);
        if (display(0).status() == "RUNNING") press(0, aid::pa1);
        for (u32 n = 0; display(0).status() == "MORE..." && n < 20; ++n) press(0, aid::pa2);
        if (display(0).status() != "CP READ") type(0, ""); // a password
    }
    BOOST_TEST(users_logged_on() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
