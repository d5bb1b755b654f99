#include "cms/program/exec_function.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

using fakes::ApiMachine;

namespace {

using Lines = std::vector<std::string>;

i32 run(const Lines& exec, const std::string& arguments = "") {
    fakes::machine.put("T", "EXEC", "A1", exec);
    return cms::exec_function(fakes::Called("EXEC T " + arguments).list());
}

// What a fresh machine shows after the EXEC.
Lines shown(const Lines& exec, const std::string& arguments = "") {
    ApiMachine::reset();
    run(exec, arguments);
    return fakes::machine.typed;
}

void check(const Lines& seen, const Lines& wanted) {
    BOOST_TEST(seen == wanted, boost::test_tools::per_element());
}

std::string error(const std::string& line, const std::string& text) {
    return "DMSEXT072E ERROR IN EXEC FILE T, LINE " + line + " - " + text + ".";
}

} // namespace

BOOST_AUTO_TEST_SUITE(exec)

BOOST_AUTO_TEST_CASE(type_joins_tokens_with_one_blank_and_cuts_them_at_eight) {
    check(shown({"* A COMMENT", "&TYPE  HELLO   WONDERFULLY (X)"}), {"HELLO WONDERFU ( X )"});
}

BOOST_AUTO_TEST_CASE(arguments_are_substituted_and_counted) {
    check(shown({"&TYPE &0 &1 &2 &3 &INDEX"}, "ONE TWO"), {"T ONE TWO 2"});
}

BOOST_AUTO_TEST_CASE(a_symbol_in_a_symbol_is_replaced_from_the_right) {
    check(shown({"&I = 2", "&X2 = DEEP", "&TYPE &X&I", "&X&I = NEW", "&TYPE &X2 A&I.B"}),
          {"DEEP", "NEW A"});
}

BOOST_AUTO_TEST_CASE(sums_drop_leading_zeros_and_take_signs) {
    check(shown({"&A = 007 + 5 - 20", "&TYPE &A", "&B = &A + &A", "&TYPE &B"}), {"-8", "-16"});
}

BOOST_AUTO_TEST_CASE(built_in_functions_work_in_assignments) {
    check(shown({"&A = &CONCAT AB CD EF", "&B = &LENGTH &A", "&C = &SUBSTR &A 2 3",
                 "&D = &SUBSTR &A 5", "&E = &DATATYPE 12", "&F = &DATATYPE X1", "&G = &LITERAL &A",
                 "&H = &LENGTH &A + 1", "&TYPE &A &B &C &D &E &F &G &H"}),
          {"ABCDEF 6 BCD EF NUM CHAR &A 7"});
}

BOOST_AUTO_TEST_CASE(numbers_compare_as_numbers_and_words_as_words) {
    check(shown({"&IF 007 EQ 7 &TYPE NUMBERS", "&IF ABC LT ABD &TYPE WORDS",
                 "&IF 9 > 10 &TYPE WRONG", "&IF 9 <= 10 &IF A NE B &TYPE BOTH"}),
          {"NUMBERS", "WORDS", "BOTH"});
}

BOOST_AUTO_TEST_CASE(all_and_any_argument_can_be_compared) {
    check(
        shown({"&IF &$ EQ B &TYPE ANY", "&IF &* EQ B &TYPE ALL", "&IF &* NE C &TYPE NONE"}, "A B"),
        {"ANY", "NONE"});
}

BOOST_AUTO_TEST_CASE(goto_finds_labels_forward_first_and_then_from_the_top) {
    check(shown({"&N = 0", "-UP &N = &N + 1", "&IF &N EQ 3 &GOTO -OUT", "&GOTO -UP", "&TYPE NEVER",
                 "-OUT &TYPE AT &LINENUM N &N", "&GOTO 8", "&TYPE NEVER", "&EXIT"}),
          {"AT 6 N 3", "NEVER"});
}

BOOST_AUTO_TEST_CASE(skip_goes_forward_and_back) {
    check(shown({"&N = 0", "&N = &N + 1", "&TYPE &N", "&IF &N LT 2 &SKIP -2", "&SKIP 1", "&TYPE NO",
                 "&TYPE END"}),
          {"1", "2", "END"});
}

BOOST_AUTO_TEST_CASE(a_loop_counts_lines_and_rounds) {
    check(shown({"&N = 0", "&LOOP 2 3", "&N = &N + 1", "&TYPE &N", "&TYPE OUT"}),
          {"1", "2", "3", "OUT"});
}

BOOST_AUTO_TEST_CASE(a_loop_to_a_label_ends_when_its_condition_holds) {
    check(shown({"&N = 0", "&LOOP -E &N EQ 2", "&N = &N + 1", "-E &TYPE &N", "&LOOP 1 &N EQ 2",
                 "&TYPE NEVER"}),
          {"1", "2"});
}

BOOST_AUTO_TEST_CASE(loops_nest_and_a_branch_leaves_them) {
    check(shown({"&LOOP -O 2", "&LOOP 1 2", "&TYPE IN", "-O &TYPE OUT", "&LOOP 2 *", "&GOTO -X",
                 "&TYPE NO", "-X &TYPE LEFT"}),
          {"IN", "IN", "OUT", "IN", "IN", "OUT", "LEFT"});
}

BOOST_AUTO_TEST_CASE(a_loop_of_no_rounds_is_passed_over) {
    check(shown({"&LOOP 1 0", "&TYPE NO", "&TYPE YES"}), {"YES"});
}

BOOST_AUTO_TEST_CASE(commands_run_and_leave_their_return_code) {
    ApiMachine::reset();
    fakes::machine.return_codes["BAD"] = 28;
    BOOST_TEST(run({"GOOD X &1", "BAD Y", "&TYPE &RETCODE", "&EXIT &RETCODE"}, "ARG") == 28);
    check(fakes::machine.commands, {"GOOD X ARG", "BAD Y"});
    check(fakes::machine.typed, {"BAD Y", "+++ R(00028) +++", "28"});
}

BOOST_AUTO_TEST_CASE(a_negative_return_code_shows_its_sign) {
    ApiMachine::reset();
    fakes::machine.return_codes["NOSUCH"] = -3;
    run({"NOSUCH"});
    check(fakes::machine.typed, {"NOSUCH", "+++ R(-0003) +++"});
}

BOOST_AUTO_TEST_CASE(control_says_what_is_shown) {
    ApiMachine::reset();
    fakes::machine.return_codes["BAD"] = 1;
    run({"&CONTROL OFF", "BAD", "&CONTROL CMS", "GOOD", "BAD", "&CONTROL ALL", "&SKIP 0"});
    check(fakes::machine.typed, {"GOOD", "BAD", "+++ R(00001) +++", "&SKIP 0"});
}

BOOST_AUTO_TEST_CASE(error_action_runs_after_a_command_that_fails) {
    ApiMachine::reset();
    fakes::machine.return_codes["BAD"] = 4;
    BOOST_TEST(run({"&CONTROL OFF", "&ERROR &GOTO -E", "BAD", "&TYPE NO", "-E &EXIT 77"}) == 77);
    BOOST_TEST(run({"&CONTROL OFF", "&ERROR BAD", "BAD"}) == 811);
}

BOOST_AUTO_TEST_CASE(blocks_are_typed_and_stacked_as_they_are) {
    ApiMachine::reset();
    run({"&BEGTYPE", "  As it is &1", "&END", "&BEGSTACK", "FIRST", "SECOND", "&END",
         "&STACK LIFO TOP &1", "&STACK", "&BEGPUNCH", "CARD", "&END", "&PUNCH &1"},
        "ARG");
    check(fakes::machine.typed, {"  As it is &1"});
    check(fakes::machine.punched, {"CARD", "ARG"});
    BOOST_TEST(fakes::machine.stack.size() == 4u);
    BOOST_TEST(fakes::machine.stack.front() == fakes::ebcdic_of("TOP ARG"));
}

BOOST_AUTO_TEST_CASE(read_takes_arguments_variables_and_statements) {
    ApiMachine::reset();
    fakes::machine.terminal = {"new args", "x y", "&TYPE FROM TERMINAL"};
    run({"&READ ARGS", "&TYPE &1 &2 &INDEX", "&READ VARS &A &B &C", "&TYPE &A &B .&C.", "&READ 1",
         "&TYPE LAST"});
    check(fakes::machine.typed, {"NEW ARGS 2", "X Y .", "FROM TERMINAL", "LAST"});
}

BOOST_AUTO_TEST_CASE(args_are_set_anew_and_hexadecimal_is_shown) {
    check(shown({"&ARGS P Q R", "&TYPE &3 &INDEX", "&HEX ON", "&N = 255", "&TYPE X'&N'"}),
          {"R 3", "FF"});
}

BOOST_AUTO_TEST_CASE(space_and_disk_symbols) {
    check(shown({"&SPACE 2", "&TYPE &DISKA &DISKB &DISK* &READFLAG &TYPEFLAG &GLOBAL"}),
          {"", "", "CMS NONE A CONSOLE RT 1"});
}

BOOST_AUTO_TEST_CASE(columns_73_to_80_of_cards_are_sequence_numbers) {
    ApiMachine::reset();
    std::string card = "&TYPE ONE";
    card.resize(72, ' ');
    fakes::machine.put("T", "EXEC", "A1", {card + "00010000"}, 'F', 80);
    cms::exec_function(fakes::Called("EXEC T").list());
    check(fakes::machine.typed, {"ONE"});
}

BOOST_AUTO_TEST_CASE(globals_live_through_nested_execs_and_end_with_the_first) {
    ApiMachine::reset();
    fakes::machine.put("INNER", "EXEC", "A1", {"&GLOBAL1 = &GLOBAL1 + 5", "&TYPE LEVEL &GLOBAL"});
    fakes::machine.on_command = [](const std::string& line) {
        return cms::exec_function(fakes::Called(line).list());
    };
    run({"EXEC INNER", "&TYPE &GLOBAL1 &GLOBAL"});
    check(fakes::machine.typed, {"LEVEL 2", "6 1"});
    check(shown({"&TYPE &GLOBAL1"}), {"1"});
}

BOOST_AUTO_TEST_CASE(every_error_has_its_number_and_line) {
    ApiMachine::reset();
    BOOST_TEST(cms::exec_function(fakes::Called("EXEC NOWHERE").list()) == 801);
    BOOST_TEST(cms::exec_function(fakes::Called("EXEC").list()) == 24);
    BOOST_TEST(run({"&GOTO -NONE"}) == 802);
    BOOST_TEST(fakes::machine.typed.back() == error("1", "&SKIP OR &GOTO ERROR"));
    BOOST_TEST(run({"&LOOP 5 2", "X"}) == 815);
    BOOST_TEST(run({"&A = 1", "&B = &A * 2"}) == 809);
    BOOST_TEST(fakes::machine.typed.back() == error("2", "INVALID ASSIGNMENT"));
    BOOST_TEST(run({"&IF A XX B &TYPE"}) == 808);
    BOOST_TEST(run({"&IF &NULL EQ B &TYPE"}) == 808);
    BOOST_TEST(run({"&INDEX = 5"}) == 810);
    BOOST_TEST(run({"&A = X + 1"}) == 812);
    BOOST_TEST(run({"&TYPE 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19"}) == 813);
    BOOST_TEST(run({"&A = &SUBSTR ABC 0"}) == 814);
    BOOST_TEST(run({"&NOWORD X"}) == 816);
    BOOST_TEST(run({"&A = 99999999 + 1"}) == 818);
    BOOST_TEST(run({"&A = -9999999 - 1"}) == 817);
    BOOST_TEST(run({"&LOOP 1"}) == 807);
    BOOST_TEST(run({"&BEGTYPE", "X"}) == 807);
    BOOST_TEST(run({"&LOOP 5 2", "&LOOP 4 2", "&LOOP 3 2", "&LOOP 2 2", "&LOOP 1 2", "&TYPE"}) ==
               805);
}

BOOST_AUTO_TEST_CASE(exhausted_storage_is_reported_not_suffered) {
    for (int i = 0; i < 6; ++i) {
        ApiMachine::reset();
        fakes::machine.fail_allocation_after = i;
        BOOST_TEST(run({"&A = 1", "&EXIT 5"}) != 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
