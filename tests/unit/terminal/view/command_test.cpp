#include "terminal/view/command.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::parse_commands;
using terminal::Unbracketed;

// All commands as they could be written, each between < and >.
std::string read(std::string_view text, Unbracketed unbracketed = Unbracketed::Commands) {
    std::string out;
    for (auto const& command : parse_commands(text, unbracketed).list)
        out += '<' + command.text() + '>';
    return out;
}
std::string wrong(std::string_view text) {
    return parse_commands(text, Unbracketed::Arguments).wrong;
}

} // namespace

BOOST_AUTO_TEST_SUITE(command)

BOOST_AUTO_TEST_CASE(names_and_brackets) {
    BOOST_TEST(read("") == "");
    BOOST_TEST(read(" Home( ) PF( 3 ) MoveCursor(1 , 2)Tab") ==
               "<Home><PF(3)><MoveCursor(1,2)><Tab>");
}

BOOST_AUTO_TEST_CASE(without_brackets_a_keymap_has_commands_and_a_script_arguments) {
    BOOST_TEST(read("Home Enter") == "<Home><Enter>");
    BOOST_TEST(read("Wait 5 Output", Unbracketed::Arguments) == "<Wait(5,Output)>");
    BOOST_TEST(read("Home() Wait 5", Unbracketed::Arguments) == "<Home><Wait(5)>");
}

BOOST_AUTO_TEST_CASE(quotation_marks_take_all_and_what_only_string_knows_stays) {
    auto const parsed = parse_commands(R"(String("a, (b) \"c\"\n\\\pf1"))");
    BOOST_REQUIRE(parsed.list.size() == 1u);
    BOOST_TEST(parsed.list[0].arguments.at(0) == "a, (b) \"c\"\n\\\\pf1");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
    for (const char* text : {"", "a b", "\"\\", "a\nb\tc", ")", ",", "\r\b\f"}) {
        terminal::Command const command{"String", {text, "x"}};
        auto const parsed = parse_commands(command.text());
        BOOST_TEST(parsed.wrong == "");
        BOOST_REQUIRE(parsed.list.size() == 1u);
        BOOST_TEST((parsed.list[0] == command));
    }
}

BOOST_AUTO_TEST_CASE(mistakes_are_told_with_their_column) {
    BOOST_TEST(wrong("=") == "Action name must begin with an alphanumeric character at column 1");
    BOOST_TEST(wrong("PF(1") == "Syntax error: \")\" expected at column 5");
    BOOST_TEST(wrong("PF(1 2)") == "Syntax error: \")\" or \",\" expected at column 6");
    BOOST_TEST(wrong("String(\"a") == "Syntax error: unclosed \" at column 10");
    BOOST_TEST(read("Home() PF(") == "<Home>");
}

BOOST_AUTO_TEST_SUITE_END()
