#include "cp/io/line_editing.h"

#include "cp/io/line_splitter.h"
#include "tests/fakes/cp/io/display_3270.h"

#include <boost/test/unit_test.hpp>

using namespace cp;

namespace {

std::string edit(const std::string& typed, const LineEditing& editing = {}) {
    auto const bytes = fakes::to_ebcdic(typed);
    return fakes::to_ascii(edit_line({bytes.data(), bytes.size()}, editing).line);
}

// All logical lines, each in brackets.
std::string lines(const std::string& typed) {
    auto const bytes = fakes::to_ebcdic(typed);
    std::string result;
    for (Text rest{bytes.data(), bytes.size()};;) {
        EditedLine const edited = edit_line(rest, {});
        result += "[" + fakes::to_ascii(edited.line) + "]";
        if (!edited.more) return result;
        rest = rest.substr(edited.used);
    }
}

std::string rows(Text text, usize width) {
    std::string result;
    LineSplitter splitter(text, width);
    for (Text row; splitter.next(row);) result += "[" + fakes::to_ascii(row) + "]";
    return result;
}

bool escapes(const std::string& typed, std::string& command) {
    auto const bytes = fakes::to_ebcdic(typed);
    Text rest;
    bool const result = calls_cp({bytes.data(), bytes.size()}, {}, rest);
    command = fakes::to_ascii(rest);
    return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(line_editing)

BOOST_AUTO_TEST_CASE(the_character_delete_takes_back_one_each) {
    BOOST_TEST(edit("qq@uert@@ry") == "query");
    BOOST_TEST(edit("@@@x") == "x");
}

BOOST_AUTO_TEST_CASE(the_line_delete_takes_back_all) {
    BOOST_TEST(edit("wrong\xA2right") == "right");
}

BOOST_AUTO_TEST_CASE(the_line_end_makes_several_lines_of_one) {
    BOOST_TEST(lines("q t#q n#") == "[q t][q n][]");
    BOOST_TEST(lines("") == "[]");
}

BOOST_AUTO_TEST_CASE(after_the_escape_every_character_is_itself) {
    BOOST_TEST(lines("a\"#b\"@c\"\"d") == "[a#b@c\"d]");
    BOOST_TEST(edit("end\"") == "end");
}

BOOST_AUTO_TEST_CASE(a_function_that_is_off_is_a_character) {
    LineEditing editing;
    editing.character_delete = 0;
    BOOST_TEST(edit("a@b", editing) == "a@b");
    editing.active = false;
    BOOST_TEST(edit("a#b\xA2", editing) == "a#b\xA2");
}

BOOST_AUTO_TEST_CASE(the_tab_character_becomes_a_tab) {
    u8 const typed[] = {0xC1, 0x6A, 0xC2};
    EditedLine const edited = edit_line({typed, sizeof typed}, {});
    BOOST_TEST(edited.line.text()[1] == 0x05);
}

BOOST_AUTO_TEST_CASE(a_line_longer_than_any_command_is_cut) {
    BOOST_TEST(edit(std::string(300, 'x')).size() == longest_input);
}

BOOST_AUTO_TEST_CASE(cp_is_called_by_the_line_end_and_its_name) {
    std::string command;
    BOOST_TEST(escapes("#cp q t", command));
    BOOST_TEST(command == "q t");
    BOOST_TEST(escapes("#CP", command));
    BOOST_TEST(command == "");
    BOOST_TEST(!escapes("#cpx", command));
    BOOST_TEST(!escapes("cp q t", command));
    BOOST_TEST(!escapes("#c", command));
}

BOOST_AUTO_TEST_CASE(a_line_is_taken_apart_at_new_lines) {
    u8 const text[] = {0xC1, 0x15, 0x15, 0xC2, 0x40, 0x15};
    BOOST_TEST(rows({text, sizeof text}, 80) == "[A][][B]");
    BOOST_TEST(rows({}, 80) == "[]");
}

BOOST_AUTO_TEST_CASE(a_long_line_is_folded_at_the_width) {
    BOOST_TEST(rows("ABCDEFGH"_e, 3) == "[ABC][DEF][GH]");
    BOOST_TEST(rows("ABCDEF"_e, 3) == "[ABC][DEF]");
}

BOOST_AUTO_TEST_SUITE_END()
