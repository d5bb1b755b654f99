#include "cms/commands/copyfile/copyfile.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

using fakes::machine;

namespace {

using Lines = std::vector<std::string>;

struct Fresh {
    Fresh() {
        fakes::ApiMachine::reset();
        machine.put("ONE", "DATA", "A1", {"ALPHA", "BETA", "GAMMA"}, 'F', 20);
        machine.put("TWO", "DATA", "A1", {"DELTA"}, 'F', 20);
        machine.put("SYS", "TEXT", "S2", {"System Record", "x"});
    }
    i32 copy(const std::string& operands, const Lines& typed = {}) {
        machine.typed.clear();
        machine.terminal.assign(typed.begin(), typed.end());
        fakes::Called const called("COPYFILE " + operands);
        return copyfile_command(called.parameters());
    }
    static Lines content(const std::string& name, const std::string& type, char letter = 'A') {
        Lines lines = machine.lines(name, type, letter);
        for (std::string& line : lines) line.erase(line.find_last_not_of(' ') + 1);
        return lines;
    }
    static void check(const std::string& name, const std::string& type, const Lines& wanted) {
        Lines const seen = content(name, type);
        BOOST_TEST(seen == wanted, boost::test_tools::per_element());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(copyfile, Fresh)

BOOST_AUTO_TEST_CASE(a_copy_has_the_format_of_its_input) {
    BOOST_TEST(copy("SYS TEXT S NEW TEXT A") == 0);
    check("NEW", "TEXT", {"System Record", "x"});
    auto* file = machine.find("NEW", "TEXT", 'A');
    BOOST_TEST(file->state.recfm == 'V'_e);
    BOOST_TEST(fakes::latin1(file->state.id.mode.text()) == "A2");
    BOOST_TEST(machine.typed.empty());
}

BOOST_AUTO_TEST_CASE(equals_takes_over_parts_of_the_first_input) {
    BOOST_TEST(copy("SYS TEXT S = = A (TYPE") == 0);
    check("SYS", "TEXT", {"System Record", "x"});
    BOOST_TEST(machine.screen() == "DMSCPY721I COPY 'SYS TEXT S2' TO 'SYS TEXT A2' (NEW FILE).\n");
}

BOOST_AUTO_TEST_CASE(several_inputs_become_one_output) {
    BOOST_TEST(copy("ONE DATA A TWO = = ALL DATA A") == 0);
    check("ALL", "DATA", {"ALPHA", "BETA", "GAMMA", "DELTA"});
    BOOST_TEST(copy("* DATA A ALL TEXT A") == 0);
    BOOST_TEST(content("ALL", "TEXT").size() == 8u);
}

BOOST_AUTO_TEST_CASE(asterisk_and_equals_copy_each_file) {
    BOOST_TEST(copy("* DATA A = SAVED A") == 0);
    check("ONE", "SAVED", {"ALPHA", "BETA", "GAMMA"});
    check("TWO", "SAVED", {"DELTA"});
}

BOOST_AUTO_TEST_CASE(an_existing_file_is_safe_without_replace) {
    BOOST_TEST(copy("ONE DATA A TWO DATA A") == 28);
    BOOST_TEST(machine.screen() ==
               "DMSCPY024E FILE 'TWO DATA A1' ALREADY EXISTS -- SPECIFY 'REPLACE'.\n");
    check("TWO", "DATA", {"DELTA"});
    BOOST_TEST(copy("ONE DATA A TWO DATA A (REPLACE") == 0);
    check("TWO", "DATA", {"ALPHA", "BETA", "GAMMA"});
    BOOST_TEST(machine.find("COPYFILE", "CMSUT1", 'A') == nullptr);
}

BOOST_AUTO_TEST_CASE(append_and_overlay_keep_the_old_file) {
    BOOST_TEST(copy("TWO DATA A ONE DATA A (APPEND") == 0);
    BOOST_TEST(machine.screen() == "");
    check("ONE", "DATA", {"ALPHA", "BETA", "GAMMA", "DELTA"});
    BOOST_TEST(copy("ONE DATA A = = = (APPEND") == 28);
    BOOST_TEST(machine.screen() == "DMSCPY030E FILE 'ONE DATA A1' ALREADY ACTIVE.\n");
    machine.put("MASK", "DATA", "A1", {"12"});
    BOOST_TEST(copy("MASK DATA A ONE DATA A (OVLY") == 0);
    check("ONE", "DATA", {"12PHA", "BETA", "GAMMA", "DELTA"});
    BOOST_TEST(copy("MASK DATA A NONE DATA A (OVLY") == 28);
}

BOOST_AUTO_TEST_CASE(records_can_be_chosen_by_number_and_label) {
    BOOST_TEST(copy("ONE DATA A PART DATA A (FROM 2 FOR 1") == 0);
    check("PART", "DATA", {"BETA"});
    BOOST_TEST(copy("ONE DATA A PART DATA A (REP FRLABEL BE") == 0);
    check("PART", "DATA", {"BETA", "GAMMA"});
    BOOST_TEST(copy("ONE DATA A PART DATA A (REP TOLABEL GAM") == 0);
    check("PART", "DATA", {"ALPHA", "BETA"});
    BOOST_TEST(copy("ONE DATA A X DATA A (FROM 9") == 32);
    BOOST_TEST(machine.screen() ==
               "DMSCPY156E 'FROM 9' NOT FOUND -- FILE 'ONE DATA A1' HAS ONLY '3' RECORDS.\n");
    BOOST_TEST(copy("ONE DATA A X DATA A (FRLABEL ZZ") == 32);
    BOOST_TEST(copy("ONE DATA A X DATA A (FRLABEL AB TOLABEL A") == 24);
    BOOST_TEST(machine.find("X", "DATA", 'A') == nullptr);
}

BOOST_AUTO_TEST_CASE(formats_and_lengths_change) {
    BOOST_TEST(copy("ONE DATA A V DATA A (RECFM V TRUNC") == 0);
    BOOST_TEST(machine.lines("V", "DATA")[1] == "BETA");
    BOOST_TEST(copy("ONE DATA A (LRECL 3") == 0);
    check("ONE", "DATA", {"ALP", "BET", "GAM"});
    BOOST_TEST(machine.find("ONE", "DATA", 'A')->state.record_length == 3u);
    BOOST_TEST(copy("V DATA A F DATA A (RECFM F FILL *") == 0);
    BOOST_TEST(machine.lines("F", "DATA")[1] == "BETA*");
    BOOST_TEST(copy("V DATA A F80 DATA A (RECFM F LRECL 80 FILL 5B") == 0);
    BOOST_TEST(machine.lines("F80", "DATA")[0].substr(3, 4) == "HA$$");
}

BOOST_AUTO_TEST_CASE(characters_are_translated) {
    BOOST_TEST(copy("SYS TEXT S UP TEXT A (UPCASE") == 0);
    check("UP", "TEXT", {"SYSTEM RECORD", "X"});
    BOOST_TEST(copy("SYS TEXT S LOW TEXT A (LOWCASE") == 0);
    check("LOW", "TEXT", {"system record", "x"});
    machine.put("PUNCH", "DATA", "A1", {"A%B<&#@"});
    BOOST_TEST(copy("PUNCH DATA A CARD DATA A (EBCDIC") == 0);
    check("CARD", "DATA", {"A(B)+='"});
    BOOST_TEST(copy("TWO DATA A TR DATA A (TRANS", {"D X E++", " Y C1 5B"}) == 0);
    check("TR", "DATA", {"XYLT$"});
    BOOST_TEST(machine.screen() == "DMSCPY602R ENTER TRANSLATION LIST:\n");
    BOOST_TEST(copy("TWO DATA A NO DATA A (TRANS", {""}) == 40);
    BOOST_TEST(copy("TWO DATA A NO DATA A (TRANS", {"ABC D"}) == 24);
}

BOOST_AUTO_TEST_CASE(specifications_compose_a_record) {
    BOOST_TEST(copy("ONE DATA A S DATA A (SPECS", {"3-5 1 /<->/ 5 ++", "1 10 HC1C2 12"}) == 0);
    check("S", "DATA", {"PHA <->  A AB", "TA  <->  B AB", "MMA <->  G AB"});
    BOOST_TEST(copy("ONE DATA A T DATA A (SPECS NOPROMPT", {"5-2 1"}) == 24);
    BOOST_TEST(machine.screen() == "DMSCPY064E INVALID COPY SPECIFICATION AT OR NEAR '5-2 1'.\n");
    BOOST_TEST(copy("ONE DATA A ONE DATA A (SPECS OVLY NOPROMPT", {"/#/ 2"}) == 0);
    check("ONE", "DATA", {"A#PHA", "B#TA", "G#MMA"});
}

BOOST_AUTO_TEST_CASE(packing_and_unpacking_give_the_file_back) {
    machine.put("LONG", "DATA", "A1",
                {std::string(300, 'X'), "ABC", std::string(500, ' ') + "END"});
    BOOST_TEST(copy("LONG DATA A P DATA A (PACK") == 0);
    BOOST_TEST(machine.find("P", "DATA", 'A')->records.size() == 1u);
    BOOST_TEST(copy("P DATA A U DATA A (UNPACK") == 0);
    BOOST_TEST(machine.lines("U", "DATA") == machine.lines("LONG", "DATA"));
    BOOST_TEST(copy("ONE DATA A X DATA A (UNPACK") == 32);
    BOOST_TEST(copy("ONE DATA A X DATA A (PACK LRECL 5") == 24);
    BOOST_TEST(copy("ONE DATA A TWO DATA A X DATA A (PACK") == 24);
}

BOOST_AUTO_TEST_CASE(garbage_that_calls_itself_packed_is_refused) {
    machine.put("LONG", "DATA", "A1", {std::string(300, 'X'), "ABC"});
    copy("LONG DATA A P DATA A (PACK");
    for (u32 at : {12u, 16u, 18u, 20u})
        for (int value : {0, 0x7F, 0xFF}) {
            auto* file = machine.find("P", "DATA", 'A');
            std::string const whole = file->records[0];
            file->records[0][at] = static_cast<char>(value);
            copy("P DATA A U DATA A (UNPACK REPLACE");
            machine.find("P", "DATA", 'A')->records[0] = whole;
        }
}

BOOST_AUTO_TEST_CASE(olddate_keeps_the_date) {
    machine.find("ONE", "DATA", 'A')->state.written.year = 1984;
    copy("ONE DATA A N DATA A");
    BOOST_TEST(machine.find("N", "DATA", 'A')->state.written.year == 2026);
    copy("ONE DATA A O DATA A (OLDDATE");
    BOOST_TEST(machine.find("O", "DATA", 'A')->state.written.year == 1984);
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_no_half_file_and_the_old_one) {
    machine.fail_write_after = 2;
    BOOST_TEST(copy("ONE DATA A N DATA A") == 100);
    BOOST_TEST(machine.find("N", "DATA", 'A') == nullptr);
    machine.fail_write_after = 2;
    BOOST_TEST(copy("ONE DATA A TWO DATA A (REPLACE") == 100);
    check("TWO", "DATA", {"DELTA"});
    BOOST_TEST(machine.find("COPYFILE", "CMSUT1", 'A') == nullptr);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said) {
    BOOST_TEST(copy("") == 24);
    BOOST_TEST(machine.screen() == "DMSCPY042E NO FILEID(S) SPECIFIED.\n");
    BOOST_TEST(copy("ONE DATA") == 24);
    BOOST_TEST(machine.screen() == "DMSCPY054E INCOMPLETE FILEID 'ONE DATA' SPECIFIED.\n");
    BOOST_TEST(copy("NO DATA A X DATA A") == 28);
    BOOST_TEST(machine.screen() == "DMSCPY002E INPUT FILE 'NO DATA A' NOT FOUND.\n");
    BOOST_TEST(copy("ONE DATA A X DATA S") == 36);
    BOOST_TEST(machine.screen() == "DMSCPY037E DISK 'S' IS READ/ONLY.\n");
    BOOST_TEST(copy("ONE DATA A X DATA B") == 36);
    BOOST_TEST(copy("ONE DATA A X * A") == 20);
    BOOST_TEST(copy("ONE DATA A X DATA A (WHAT") == 24);
    BOOST_TEST(copy("ONE DATA A X DATA A (LRECL") == 24);
    BOOST_TEST(copy("ONE DATA A X DATA A (TYPE TYPE") == 24);
    BOOST_TEST(machine.screen() == "DMSCPY065E 'TYPE' OPTION SPECIFIED TWICE.\n");
    BOOST_TEST(copy("ONE DATA A X DATA A (APPEND REPLACE") == 24);
    BOOST_TEST(machine.screen() == "DMSCPY066E 'APPEND' AND 'REPLACE' ARE CONFLICTING OPTIONS.\n");
}

BOOST_AUTO_TEST_SUITE_END()
