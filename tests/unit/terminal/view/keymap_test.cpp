#include "terminal/view/keymap.h"

#include "terminal/view/key_name.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::Command;
using terminal::Keymap;

bool known(const Command& command) { return command.name != "Nonsense"; }

std::string first(const Keymap& keymap, const Keymap::Keys& keys) {
    auto const match = keymap.find(keys);
    return match.commands == nullptr ? "" : match.commands->front().text();
}

} // namespace

BOOST_AUTO_TEST_SUITE(keymap)

BOOST_AUTO_TEST_CASE(keys_have_one_name_each) {
    using terminal::key_name;
    BOOST_TEST(key_name("ctrl-c").value() == "Ctrl-C");
    BOOST_TEST(key_name("Shift-Ctrl-left").value() == "Ctrl-Shift-Left");
    BOOST_TEST(key_name("BackTab").value() == "Shift-Tab");
    BOOST_TEST(key_name("F13").value() == "Shift-F1");
    BOOST_TEST(key_name("Alt--").value() == "Alt--");
    BOOST_TEST(key_name("Alt-c").value() == "Alt-c");
    BOOST_TEST(key_name("é").value() == "é");
    for (const char* no : {"", "F25", "F0", "Ctrl-", "Meta-x", "ab", "Shift-a"})
        BOOST_TEST(!key_name(no), no);
}

BOOST_AUTO_TEST_CASE(each_key_of_a_3270_has_a_key) {
    auto const keymap = Keymap::standard();
    auto const table = keymap.table();
    auto const has = [&](const std::string& command) {
        for (auto const& [name, keys] : table)
            if (name == command) return true;
        return false;
    };
    for (int number = 1; number <= 24; ++number)
        BOOST_TEST(has("PF(" + std::to_string(number) + ")"));
    for (const char* command :
         {"PA(1)",    "PA(2)",      "PA(3)",        "Enter",     "Clear",        "Attn", "SysReq",
          "EraseEOF", "EraseInput", "Dup",          "FieldMark", "CursorSelect", "Home", "Newline",
          "Tab",      "BackTab",    "ToggleInsert", "Delete",    "Reset",        "Up",   "Down",
          "Left",     "Right",      "Help",         "Copy",      "Paste"})
        BOOST_TEST(has(command), command);
    BOOST_TEST(first(keymap, {"Shift-F3"}) == "PF(15)");
}

BOOST_AUTO_TEST_CASE(a_file_changes_adds_and_frees_keys) {
    auto keymap = Keymap::standard();
    BOOST_TEST(keymap.read("# mine\n"
                           "F3 = String(\"quit # now\") Enter   # leave\n"
                           "\n"
                           "Ctrl-X 7 = PF(7)\r\n"
                           "Ctrl-D =\n"
                           "Alt-= = Dup\n",
                           known) == "");
    auto const f3 = keymap.find({"F3"});
    BOOST_REQUIRE(f3.commands != nullptr);
    BOOST_TEST(f3.commands->size() == 2u);
    BOOST_TEST(f3.commands->front().arguments.front() == "quit # now");
    BOOST_TEST(keymap.find({"Ctrl-X"}).more);
    BOOST_TEST(first(keymap, {"Ctrl-X", "7"}) == "PF(7)");
    BOOST_TEST(first(keymap, {"Ctrl-D"}) == "");
    BOOST_TEST(first(keymap, {"Alt-="}) == "Dup");
}

BOOST_AUTO_TEST_CASE(lines_of_c3270_are_understood) {
    Keymap keymap;
    BOOST_TEST(keymap.read("! a comment\n"
                           "Ctrl<Key>w <Key>q: Home() String(\"=x\") Enter()\n"
                           "<Key>PPAGE: PF(7)\n"
                           "Alt<Key>Return: Newline()\n",
                           known) == "");
    BOOST_TEST(first(keymap, {"Ctrl-W", "q"}) == "Home");
    BOOST_TEST(first(keymap, {"PageUp"}) == "PF(7)");
    BOOST_TEST(first(keymap, {"Alt-Enter"}) == "Newline");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_told_with_its_line) {
    for (auto const& [text, expected] : std::vector<std::pair<std::string, std::string>>{
             {"F1 = PF(1)\n\nFn = Dup", "line 3: no key 'Fn'"},
             {"F1 PF(1)", "line 1: no '='"},
             {"F1 = Nonsense(1)", "line 1: no command 'Nonsense(1)'"},
             {"\nF1 = PF(1", "line 2: Syntax error: \")\" expected at column 5"},
             {"F1 = )",
              "line 1: Action name must begin with an alphanumeric character at column 1"}}) {
        Keymap keymap;
        BOOST_TEST(keymap.read(text, known) == expected);
    }
}

BOOST_AUTO_TEST_SUITE_END()
