#include "cms/commands/edit/edit.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

using fakes::machine;

namespace {

using Lines = std::vector<std::string>;

struct Fresh {
    Fresh() { fakes::ApiMachine::reset(); }
    // Edits with what the user types; the editor must have ended by then.
    i32 edit(const std::string& operands, const Lines& typed) {
        machine.typed.clear();
        machine.terminal.assign(typed.begin(), typed.end());
        for (int i = 0; i < 3; ++i) machine.terminal.push_back(i == 0 ? "" : "QUIT");
        fakes::Called const called("EDIT " + operands);
        return edit_command(called.parameters());
    }
    // What `subcommands` make of lines A to E of a file.
    Lines made(const Lines& subcommands, const Lines& lines = {"A", "B", "C", "D", "E"}) {
        fakes::ApiMachine::reset();
        machine.put("T", "DATA", "A1", lines, 'F', 80);
        Lines typed = subcommands;
        typed.push_back("FILE");
        edit("T DATA", typed);
        return content("T", "DATA");
    }
    static Lines content(const std::string& name, const std::string& type) {
        Lines lines = machine.lines(name, type);
        for (std::string& line : lines) line.erase(line.find_last_not_of(' ') + 1);
        return lines;
    }
    static void check(const Lines& seen, const Lines& wanted) {
        BOOST_TEST(seen == wanted, boost::test_tools::per_element());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(edit, Fresh)

BOOST_AUTO_TEST_CASE(a_new_file_is_typed_in_and_filed) {
    BOOST_TEST(edit("HELLO EXEC", {"input", "&type hello", "&exit", "", "file"}) == 0);
    check(machine.typed, {"NEW FILE:", "EDIT:", "INPUT:", "EDIT:"});
    check(content("HELLO", "EXEC"), {"&TYPE HELLO", "&EXIT"});
    BOOST_TEST(fakes::latin1({&machine.find("HELLO", "EXEC", 'A')->state.recfm, 1}) == "V");
    BOOST_TEST(machine.find("EDIT", "CMSUT1", 'A') == nullptr);
}

BOOST_AUTO_TEST_CASE(quit_leaves_the_file_as_it_was) {
    machine.put("T", "DATA", "A1", {"OLD"}, 'F', 80);
    edit("T DATA", {"DELETE *", "QUIT"});
    check(content("T", "DATA"), {"OLD"});
}

BOOST_AUTO_TEST_CASE(moving_shows_the_current_line) {
    machine.put("T", "DATA", "A1", {"A", "B", "C"}, 'F', 80);
    edit("T DATA", {"N", "NEXT 2", "UP", "BOTTOM", "NEXT", "TOP", "DOWN 2", "U 5", "N *"});
    check(machine.typed, {"EDIT:", "A", "C", "B", "C", "EOF:", "TOF:", "B", "TOF:", "EOF:"});
}

BOOST_AUTO_TEST_CASE(locate_searches_behind_the_current_line_and_from_the_top_after_the_end) {
    machine.put("T", "DATA", "A1", {"ONE", "TWO", "ANOTHER ONE"}, 'F', 80);
    edit("T DATA", {"/one/", "L /ONE", "LOCATE/ONE/", "L /TWO/"});
    check(machine.typed, {"EDIT:", "ONE", "ANOTHER ONE", "NOT FOUND", "EOF:", "TWO"});
}

BOOST_AUTO_TEST_CASE(find_compares_columns) {
    machine.put("T", "DATA", "A1", {"AX B", "A  B", "  AB"}, 'F', 80);
    edit("T DATA", {"FIND A  B", "TOP", "F   A", "F ZZ"});
    check(machine.typed, {"EDIT:", "AX B", "TOF:", "  AB", "NOT FOUND", "EOF:"});
}

BOOST_AUTO_TEST_CASE(change_takes_lines_and_occurrences) {
    check(made({"N", "C /A/XX/"}), {"XX", "B", "C", "D", "E"});
    check(made({"TOP", "C /A/B/ * G"}, {"AAA", "XAX"}), {"BBB", "XBX"});
    check(made({"TOP", "CHANGE /A/B/ *"}, {"AAA", "XAX"}), {"BAA", "XBX"});
    check(made({"N", "C //NEW /"}), {"NEW A", "B", "C", "D", "E"});
    check(made({"N", "C /B//"}, {"ABC"}), {"AC"});
    BOOST_TEST(machine.screen() == "EDIT:\nABC\nAC\n");
    made({"N", "C /Q/X/"});
    BOOST_TEST(machine.typed.back() == "NOT FOUND");
}

BOOST_AUTO_TEST_CASE(lines_are_deleted_put_in_and_replaced) {
    check(made({"N 2", "DEL 2"}), {"A", "D", "E"});
    check(made({"N 2", "I NEW"}), {"A", "B", "NEW", "C", "D", "E"});
    check(made({"TOP", "I FIRST"}), {"FIRST", "A", "B", "C", "D", "E"});
    check(made({"BOTTOM", "INPUT LAST"}), {"A", "B", "C", "D", "E", "LAST"});
    check(made({"N *", "INPUT LAST"}), {"A", "B", "C", "D", "E", "LAST"});
    check(made({"N 2", "REPLACE   X"}), {"A", "  X", "C", "D", "E"});
    check(made({"N 2", "R", "P", "Q", ""}), {"A", "P", "Q", "C", "D", "E"});
    check(made({"N", "DSTRING /D/"}), {"D", "E"});
    made({"N", "DS /Q/"});
    BOOST_TEST(machine.typed.back() == "STRING NOT FOUND, NO DELETIONS MADE");
}

BOOST_AUTO_TEST_CASE(overlay_keeps_what_is_under_blanks) {
    check(made({"N", "O  X_ Y"}, {"ABCDE"}), {"AX DY"});
    check(made({"N", "REPEAT 2", "OVERLAY X"}, {"ABC", "DEF", "GHI"}), {"XBC", "XEF", "GHI"});
}

BOOST_AUTO_TEST_CASE(tabs_move_to_the_columns_that_are_set) {
    check(made({"N", "DEL *",
                "I A\x09"
                "B\x09"
                "C"}),
          {"A    B    C"});
    check(made({"TABSET 1 10 20", "N", "DEL *",
                "I A\x09"
                "B"}),
          {"A        B"});
}

BOOST_AUTO_TEST_CASE(case_and_truncation_and_zone_hold) {
    check(made({"CASE M", "N", "R mixed"}, {"A"}), {"mixed"});
    check(made({"TRUNC 3", "N", "R ABCDEF"}, {"A"}), {"ABC"});
    BOOST_TEST(machine.typed.back() == "TRUNCATED:");
    check(made({"ZONE 3 5", "N", "C /A/X/ 1 G"}, {"AAAAAAA"}), {"AAXXXAA"});
}

BOOST_AUTO_TEST_CASE(subcommands_are_said_again_kept_and_asked_for) {
    check(made({"TOP", "I X", "=", "="}, {"A"}), {"X", "X", "X", "A"});
    check(made({"X DEL 1", "N", "X 2"}), {"C", "D", "E"});
    made({"N 2", "?"});
    BOOST_TEST(machine.typed.back() == "N 2");
    made({"NONSENSE 5"});
    BOOST_TEST(machine.typed.back() == "?EDIT: NONSENSE 5");
    made({"SHORT", "NONSENSE"});
    BOOST_TEST(machine.typed.back() == "\xAC");
}

BOOST_AUTO_TEST_CASE(files_come_in_and_go_out_under_other_names) {
    machine.put("T", "DATA", "A1", {"A", "B"}, 'F', 80);
    machine.put("MORE", "DATA", "A1", {"X", "Y", "Z"}, 'F', 80);
    edit("T DATA", {"N", "GETFILE MORE DATA A 2 1", "FILE NEW TEXT"});
    check(content("NEW", "TEXT"), {"A", "Y", "B"});
    check(content("T", "DATA"), {"A", "B"});
    edit("T DATA", {"G NOFILE", "FNAME OTHER", "SAVE", "N", "DEL", "FILE"});
    check(content("OTHER", "DATA"), {"B"});
}

BOOST_AUTO_TEST_CASE(assembler_source_gets_sequence_numbers) {
    edit("PROG ASSEMBLE", {"INPUT", "START", "END", "", "FILE"});
    auto const lines = machine.lines("PROG", "ASSEMBLE");
    BOOST_TEST(lines[0].substr(72) == "PRO00010");
    BOOST_TEST(lines[1].substr(72) == "PRO00020");
}

BOOST_AUTO_TEST_CASE(type_shows_lines_and_verify_can_be_off) {
    machine.put("T", "DATA", "A1", {"AAA", "BBB", "CCC"}, 'F', 80);
    edit("T DATA", {"N", "T 2", "VERIFY OFF", "UP", "VERIFY ON 2", "UP", "N", "T * 1"});
    check(machine.typed, {"EDIT:", "AAA", "AAA", "BBB", "TOF:", "AA", "A", "B", "C", "EOF:"});
}

BOOST_AUTO_TEST_CASE(a_full_or_read_only_disk_keeps_the_editor_open) {
    machine.put("T", "DATA", "A1", {"OLD"}, 'F', 80);
    machine.fail_write_after = 0;
    edit("T DATA", {"N", "R NEW", "FILE", "QUIT"});
    check(content("T", "DATA"), {"OLD"});
    BOOST_TEST(machine.find("EDIT", "CMSUT1", 'A') == nullptr);
    machine.fail_write_after = -1;
    edit("T DATA", {"N", "R NEW", "FMODE S", "FILE", "FMODE A", "FILE"});
    check(content("T", "DATA"), {"NEW"});
}

BOOST_AUTO_TEST_CASE(lines_can_be_stacked_and_settings_come_back) {
    machine.put("T", "DATA", "A1", {"A", "B"}, 'F', 80);
    edit("T DATA", {"N", "PRESERVE", "CASE M", "RESTORE", "CASE", "STACK 1"});
    BOOST_TEST(machine.screen() == "EDIT:\nA\nU\n?EDIT: A\n");
}

BOOST_AUTO_TEST_CASE(what_an_exec_stacked_is_cleared_after_an_error) {
    machine.put("T", "DATA", "A1", {"A"}, 'F', 80);
    machine.stack = {fakes::ebcdic_of("NONSENSE"), fakes::ebcdic_of("DEL *"),
                     fakes::ebcdic_of("FILE")};
    edit("T DATA", {"QUIT"});
    check(content("T", "DATA"), {"A"});
    BOOST_TEST(machine.typed.back() == "STACKED LINES CLEARED");
}

BOOST_AUTO_TEST_CASE(a_3270_shows_the_surroundings_of_the_current_line) {
    machine.display = true;
    machine.put("T", "DATA", "A1", {"A", "B", "C"}, 'F', 80);
    machine.terminal = {"N 2"};
    fakes::Called const called("EDIT T DATA");
    machine.terminal.push_back("FORMAT LINE");
    machine.terminal.push_back("QUIT");
    Lines seen;
    machine.terminal = {"N 2", "/Q/", "QUIT"};
    edit_command(called.parameters());
    BOOST_TEST(machine.typed.empty());
    BOOST_TEST(machine.screens.empty());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said) {
    BOOST_TEST(edit("ONLY", {}) == 24);
    BOOST_TEST(edit("A B 9", {}) == 24);
    BOOST_TEST(edit("A B B", {}) == 36);
    BOOST_TEST(edit("A B A (LRECL X", {}) == 24);
    BOOST_TEST(edit("A B A (LRECL 161", {}) == 88);
    BOOST_TEST(edit("A B A (WHAT", {}) == 24);
    machine.fail_allocation_after = 0;
    BOOST_TEST(edit("A B A", {}) == 104);
}

BOOST_AUTO_TEST_SUITE_END()
