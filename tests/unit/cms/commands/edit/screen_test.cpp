#include "cms/commands/edit/editor.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(edit_screen)

BOOST_AUTO_TEST_CASE(the_current_line_stands_above_the_scale_between_its_neighbours) {
    fakes::ApiMachine::reset();
    auto& file = fakes::machine.put("T", "DATA", "A1", {"A", "B", "C"}, 'F', 80);
    auto const settings = cms::edit::settings_for(file.state.id, 0);
    cms::edit::Editor editor(file.state.id, settings, true);
    BOOST_TEST(editor.load(file.state) == 0);
    editor.take("N 2"_e);
    auto const& rows = fakes::machine.screens;
    BOOST_TEST(rows.size() == 22u);
    BOOST_TEST(rows[0] == "EDIT:   T DATA A1             F 80  TRUNC=80  SIZE=3  LINE=2  CASE=U");
    BOOST_TEST(rows[9] == "TOF:");
    BOOST_TEST(rows[10] == "A");
    BOOST_TEST(rows[11] == "B");
    BOOST_TEST(rows[12].substr(0, 20) == "|...+....1....+....2");
    BOOST_TEST(rows[13] == "C");
    BOOST_TEST(rows[14] == "EOF:");
    editor.take("/NOWHERE/"_e);
    BOOST_TEST(rows[1] == "NOT FOUND");
    editor.take("INPUT"_e);
    BOOST_TEST(rows[0].substr(0, 6) == "INPUT:");
    editor.take(""_e);
    BOOST_TEST(rows[0].substr(0, 5) == "EDIT:");
}

BOOST_AUTO_TEST_SUITE_END()
