// The commands that look at a virtual machine and change it, in the user's words.

#include "tests/unit/cp/command/system_fixture.h"

using namespace testing_commands;

namespace {

struct Console : System {
    Console() {
        log_on(0, "alice", "passa");
        press(0, s370::ds3270::aid::clear);
    }
    VirtualMachine& alice() { return *find_virtual_machine("ALICE"_e); }
    std::string say(const std::string& command) { return answer(0, command); }
    u64 doubleword(u32 at) {
        Be64 value;
        alice().storage.read(GuestReal{at}, value);
        return value;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(console_commands, Console)

BOOST_AUTO_TEST_CASE(trace_refuses_what_makes_no_sense) {
    BOOST_TEST(say("set emsg on") == "");
    BOOST_TEST(say("trace") == "DMKTRA026E OPERAND MISSING OR INVALID");
    BOOST_TEST(say("trace frob") == "DMKTRA002E INVALID OPERAND - FROB");
    BOOST_TEST(say("trace inst frob") == "DMKTRA003E INVALID OPTION - FROB");
    BOOST_TEST(say("trace svc run norun") == "DMKTRA013E CONFLICTING OPTION - NORUN");
    BOOST_TEST(say("trace svc printer run") == "DMKTRA013E CONFLICTING OPTION - RUN/NORUN PRINTER");
    BOOST_TEST(say("trace branch instruct") == "DMKTRA013E CONFLICTING OPTION - BRANCH");
    BOOST_TEST(say("trace end") == "DMKTRA180W TRACE NOT IN EFFECT");
    BOOST_TEST(say("trace svc off") == "DMKTRA180W TRACE NOT IN EFFECT");
    BOOST_TEST(!alice().tracer.active());
}

BOOST_AUTO_TEST_CASE(trace_adds_events_and_takes_them_away) {
    BOOST_TEST(say("trace svc sio printer") == "TRACE STARTED");
    BOOST_TEST(say("trace prog both run") == "");
    BOOST_TEST(alice().tracer.traces(traced::program));
    BOOST_TEST(say("trace svc sio off") == "");
    BOOST_TEST(!alice().tracer.traces(traced::svc | traced::start_io));
    BOOST_TEST(say("trace program off") == "TRACE ENDED");
    BOOST_TEST(say("trace all run") == "TRACE STARTED");
    BOOST_TEST(alice().tracer.traces(traced::instruction));
    BOOST_TEST(say("trace end") == "TRACE ENDED");
    BOOST_TEST(alice().cpu.traced_events == 0);
}

BOOST_AUTO_TEST_CASE(adstop_is_seen_in_storage_and_goes_away) {
    BOOST_TEST(say("store 1000 47f01000") == "STORE COMPLETE");
    BOOST_TEST(say("adstop 1000") == "");
    BOOST_TEST(say("display 1000") == "001000    0AB31000");
    BOOST_TEST(say("adstop 1004") == "");
    BOOST_TEST(say("display 1000.8") == "001000    47F01000  0AB30000");
    BOOST_TEST(say("adstop off") == "");
    BOOST_TEST(say("display 1004.2") == "001004    00000000");
    BOOST_TEST(say("adstop") == "HEXLOC MISSING OR INVALID");
    BOOST_TEST(say("adstop xyz") == "INVALID HEXLOC - XYZ");
    BOOST_TEST(say("adstop 20000") == "HEXLOC 20000 EXCEEDS STORAGE");
}

BOOST_AUTO_TEST_CASE(dump_says_what_is_missing) {
    BOOST_TEST(say("dump") == "HEXLOC MISSING OR INVALID");
    BOOST_TEST(say("dump xyz") == "INVALID HEXLOC - XYZ");
    BOOST_TEST(say("dump 20000") == "HEXLOC 20000 EXCEEDS STORAGE");
    BOOST_TEST(say("dump t0-2f l100.20 *my dump") == "COMMAND COMPLETE");
    BOOST_TEST(say("dump 0-end") == "COMMAND COMPLETE");
    BOOST_TEST(say("detach 00e") == "PRT 00E DETACHED");
    BOOST_TEST(say("dump 0-2f") == "DUMP FAILED; VIRTUAL PRINTER UNAVAILABLE");
}

BOOST_AUTO_TEST_CASE(display_has_every_form) {
    BOOST_TEST(say("store g3 12345678 y2 4110000000000000") == "STORE COMPLETE");
    BOOST_TEST(say("display g3") == "GPR  3 =  12345678");
    BOOST_TEST(say("display g2-3 y2") == "GPR  2 =  00000000  12345678|"
                                         "FPR  2 =  4110000000000000     .10000000000000000 E 01");
    BOOST_TEST(say("display y4.2") == "FPR  4 =  0000000000000000     .00000000000000000 E 00|"
                                      "FPR  6 =  0000000000000000     .00000000000000000 E 00");
    BOOST_TEST(say("display g16") == "INVALID REGISTER - 16");
    BOOST_TEST(say("display y1") == "INVALID OPTION - Y1");
    BOOST_TEST(say("display x") == "ECR  0 =  000000E0");
    BOOST_TEST(say("display psw") == "PSW = 00000000 00000000");
    BOOST_TEST(say("display p ps") == "PSW = 00000000 00000000|PSW = 00000000 00000000");
    BOOST_TEST(say("display pswx") == "INVALID OPTION - PSWX");
    BOOST_TEST(say("display cswx") == "INVALID OPTION - CSWX");
    BOOST_TEST(say("display caw csw") == "CAW=  00000000|CSW=  00000000 00000000");
    BOOST_TEST(say("display k0-fff") == "000000 TO 000FFF  KEY = 00");
    BOOST_TEST(say("display 100-0ff") == "INVALID RANGE - 000100-0000FF");
    BOOST_TEST(say("display 100-10000") == "INVALID RANGE - 000100-010000");
    BOOST_TEST(say("display 0.40") == "000000    00000000  00000000  00000000  00000000|"
                                      "000010 TO 00003F   SUPPRESSED LINE(S) SAME AS ABOVE .....");
    BOOST_TEST(say("display fff8- fff8: fff8. fff8.end") ==
               "00FFF8    00000000  00000000|00FFF8    00000000  00000000|"
               "00FFF8    00000000  00000000|00FFF8    00000000  00000000");
    BOOST_TEST(say("display -3") == "000000    00000000");
    BOOST_TEST(say("store s800 c1c2c3") == "STORE COMPLETE");
    BOOST_TEST(say("display t804") ==
               "000800    C1C2C300  00000000  00000000  00000000 00  *ABC.............*");
}

BOOST_AUTO_TEST_CASE(display_refuses_registers_that_are_not_there) {
    BOOST_TEST(say("display g14- g14.end") == "GPR 14 =  00000000  00000000|"
                                              "GPR 14 =  00000000  00000000");
    BOOST_TEST(say("display g5-3") == "INVALID RANGE - 05-03");
    BOOST_TEST(say("display g0-16") == "INVALID RANGE - 00-16");
    BOOST_TEST(say("display g14.3") == "INVALID RANGE - 14-16");
    BOOST_TEST(say("display g16-17") == "INVALID REGISTER - 16");
    BOOST_TEST(say("display y0-7") == "INVALID REGISTER - 7");
    BOOST_TEST(say("display y2-1") == "INVALID REGISTER - 1");
    BOOST_TEST(say("display y4-2") == "INVALID RANGE - 04-02");
    BOOST_TEST(say("display g3 17") == "GPR  3 =  00000000|INVALID REGISTER - 17");
}

BOOST_AUTO_TEST_CASE(store_takes_what_vm370_takes) {
    BOOST_TEST(say("store p 2000") == "STORE COMPLETE");
    BOOST_TEST(alice().cpu.psw.bits == 0x2000u);
    BOOST_TEST(say("store pq 0") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(say("store l 1") == "HEXLOC MISSING OR INVALID");
    BOOST_TEST(say("store s 1") == "HEXLOC MISSING OR INVALID");
    BOOST_TEST(say("store g1 5 g2") == "STORE COMPLETE"); // something was stored
    BOOST_TEST(say("store g2") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(say("store status") == "OPERAND MISSING OR INVALID"); // no ECMODE
    BOOST_TEST(say("set ecmode on") == "");
    BOOST_TEST(say("store g3 7 status g4 8") == "STORE COMPLETE");
    BOOST_TEST(say("display 18c.4") == "00018C    00000007");
    BOOST_TEST(alice().cpu.gpr[4] == 8u);
}

BOOST_AUTO_TEST_CASE(a_psw_that_the_machine_cannot_have_is_refused) {
    BOOST_TEST(say("store psw 00020000 0000dead") == "STORE COMPLETE");
    BOOST_TEST(say("store psw 00080000 00001000") == "INVALID PSW - 00001000");
    BOOST_TEST(alice().cpu.psw.bits == 0x00020000'0000DEADu);
    BOOST_TEST(say("set ecmode on") == "");
    BOOST_TEST(say("store psw 00080000 00001000") == "STORE COMPLETE");
    BOOST_TEST(say("store psw 2000") == "STORE COMPLETE");
    BOOST_TEST(alice().cpu.psw.bits == 0x00080000'00002000u);
}

BOOST_AUTO_TEST_CASE(store_warns_of_translation_that_cannot_be) {
    BOOST_TEST(say("store x0 000000e0 1") == "STORE COMPLETE"); // no ECMODE
    BOOST_TEST(alice().cpu.cr[1] == 0u);
    say("set ecmode on");
    say("set emsg on");
    BOOST_TEST(say("store x0 00800000 00001000") == "STORE COMPLETE");
    BOOST_TEST(say("store x0 000000e0") == "DMKCDS162W INVALID ECR 00 - 000000E0|STORE COMPLETE");
    BOOST_TEST(say("store x1 00001001") == "DMKCDS162W INVALID ECR 01 - 00001001|STORE COMPLETE");
    BOOST_TEST(alice().cpu.cr[1] == 0x1001u);
}

BOOST_AUTO_TEST_CASE(store_refuses_what_does_not_fit) {
    BOOST_TEST(say("store g15 1 2") == "STORE EXCEEDS MAXIMUM REGISTER");
    BOOST_TEST(say("store y8 1") == "STORE EXCEEDS MAXIMUM REGISTER");
    BOOST_TEST(say("store ga 12") == "STORE COMPLETE"); // decimal, or else hexadecimal
    BOOST_TEST(alice().cpu.gpr[10] == 0x12u);
    BOOST_TEST(say("store g1 g2 3") == "INVALID HEXDATA - G2");
    BOOST_TEST(say("store g 12") == "INVALID REGISTER - G");
    BOOST_TEST(say("store psw xyz") == "INVALID HEXDATA - XYZ");
    BOOST_TEST(say("store 1000") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(say("store l20000 0") == "HEXLOC 20000 EXCEEDS STORAGE");
}

BOOST_AUTO_TEST_CASE(store_status_fills_the_assigned_locations) {
    BOOST_TEST(say("store status") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(say("set ecmode on") == "");
    VirtualCpu& cpu = alice().cpu;
    cpu.psw.bits = 0x00080000'00001234;
    cpu.cpu_timer = 0x1111;
    cpu.clock_comparator = 0x2222;
    cpu.fpr[3] = 0x4444;
    cpu.gpr[0] = 0x5555;
    cpu.gpr[15] = 0x6666;
    cpu.cr[0] = 0xE0;
    cpu.cr[15] = 0x7777;
    BOOST_TEST(say("store status") == "STORE COMPLETE");
    BOOST_TEST(doubleword(216) == 0x1111u);
    BOOST_TEST(doubleword(224) == 0x2222u);
    BOOST_TEST(doubleword(256) == 0x00080000'00001234u);
    BOOST_TEST(doubleword(352 + 24) == 0x4444u);
    BOOST_TEST(doubleword(384) >> 32 == 0x5555u);
    BOOST_TEST((doubleword(384 + 56) & 0xFFFFFFFF) == 0x6666u);
    BOOST_TEST(doubleword(448) >> 32 == 0xE0u);
    BOOST_TEST((doubleword(448 + 56) & 0xFFFFFFFF) == 0x7777u);
}

BOOST_AUTO_TEST_CASE(set_timer_real_does_not_count_a_wait_before_it) {
    BOOST_TEST(say("set ecmode on") == "");
    BOOST_TEST(say("store 50 00100000") == "STORE COMPLETE");
    alice().clock.begin_wait();
    fakes::time_of_day += 10'000'000ull << 12;
    BOOST_TEST(say("set timer real") == "");
    alice().clock.end_wait();
    BOOST_TEST(doubleword(80) >> 32 == 0x00100000u);
}

BOOST_AUTO_TEST_CASE(query_set_shows_what_set_did) {
    BOOST_TEST(say("set assist nosvc") == "");
    BOOST_TEST(say("set isam on") == "");
    BOOST_TEST(say("set autopoll on") == "");
    BOOST_TEST(say("set timer real") == "");
    BOOST_TEST(say("set run on") == "");
    BOOST_TEST(say("q set") == "MSG ON , WNG ON , EMSG TEXT, ACNT ON , RUN ON|"
                               "LINEDIT ON , TIMER REAL, ISAM ON , ECMODE OFF|"
                               "ASSIST ON NOSVC NOTMR, PAGEX OFF, AUTOPOLL ON|"
                               "IMSG ON , SMSG OFF, AFFINITY NONE   , NOTRANS OFF");
    BOOST_TEST(say("set assist off") == "");
    BOOST_TEST(say("set ecmode on") == "");
    BOOST_TEST(say("set pagex on") == "");
    BOOST_TEST(say("q set").find("ECMODE ON|ASSIST OFF           , PAGEX ON , AUTOPOLL ON|") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(set_refuses_what_there_is_not) {
    BOOST_TEST(say("set assist") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(say("set assist tmr") == "TIMER ASSIST NOT AVAILABLE");
    BOOST_TEST(say("set assist on frob") == "INVALID OPTION - FROB");
    BOOST_TEST(say("set pagex on") == "INVALID OPTION - PAGEX");
    BOOST_TEST(say("set notrans on") == "INVALID OPTION - NOTRANS");
    BOOST_TEST(say("set affinity on") == "NO AFFINITY SPECIFIED IN DIRECTORY");
    BOOST_TEST(say("set cpuid 1234567") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(say("set cpuid abc") == "");
    BOOST_TEST(say("q cpuid") == "CPUID = FF000ABC31580000");
}

BOOST_AUTO_TEST_CASE(the_keys_of_the_console) {
    BOOST_TEST(say("external xyz") == "INVALID HEXDATA - XYZ");
    BOOST_TEST(say("external 1004") == "INVALID HEXDATA - 1004");
    BOOST_TEST(say("external 0") == "INVALID HEXDATA - 0");
    BOOST_TEST(say("system frob") == "OPERAND MISSING OR INVALID");
    BOOST_TEST(say("system reset") == "SYSTEM RESET");
    BOOST_TEST(say("system clear") == "STORAGE CLEARED - SYSTEM RESET");
    BOOST_TEST(say("store 0 00080000 00001000") == "STORE COMPLETE");
    BOOST_TEST(say("system restart") == "INVALID PSW - 00080000 00001000");
    BOOST_TEST(say("notready 191") == "INVALID DEVICE TYPE - 191");
    BOOST_TEST(say("notready 00e") == "");
    BOOST_TEST(say("ready 00e") == "");
    BOOST_TEST(say("ready 123") == "DEV 123 DOES NOT EXIST");
    BOOST_TEST(say("reset 00e") == "DEVICE RESET");
    BOOST_TEST(say("rewind 191") == "INVALID DEVICE TYPE - 191");
    BOOST_TEST(say("begin xyz") == "INVALID HEXLOC - XYZ");
}

BOOST_AUTO_TEST_CASE(external_lets_the_machine_go_on) {
    BOOST_TEST(alice().stopped.cp_mode);
    say("external 8");
    BOOST_TEST(alice().cpu.pending_external == 8);
    BOOST_TEST(!alice().stopped.cp_mode);
}

BOOST_AUTO_TEST_CASE(a_line_of_trace_is_shown_and_the_machine_stopped) {
    BOOST_TEST(say("trace svc") == "TRACE STARTED");
    say("begin");
    BOOST_TEST(!alice().stopped.cp_mode);
    alice().tracer.interruption(Tracer::Kind::Svc, 0x1234, 0xCA, {0x2000});
    BOOST_TEST(alice().stopped.tracing);
    pump();
    BOOST_TEST(!alice().stopped.tracing);
    BOOST_TEST(alice().stopped.cp_mode);
    BOOST_TEST(display(0).row(1) == "*** 001234 SVC   00CA ==> 002000");
}

BOOST_AUTO_TEST_CASE(with_run_the_machine_goes_on_after_a_line) {
    say("trace svc run");
    say("begin");
    alice().tracer.interruption(Tracer::Kind::Svc, 0x1234, 0xCA, {0x2000});
    pump();
    BOOST_TEST(!alice().stopped.any());
}

BOOST_AUTO_TEST_SUITE_END()
