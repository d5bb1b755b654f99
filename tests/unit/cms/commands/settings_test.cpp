#include "cms/commands/cp.h"
#include "cms/commands/erase.h"
#include "cms/commands/help.h"
#include "cms/commands/query.h"
#include "cms/commands/rename.h"
#include "cms/commands/set.h"
#include "cms/commands/state.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

using fakes::machine;

namespace {

struct Fresh {
    Fresh() {
        fakes::ApiMachine::reset();
        machine.put("ONE", "DATA", "A1", {"X"});
        machine.put("TWO", "DATA", "A1", {"Y"});
        machine.put("ONE", "TEXT", "S2", {"Z"});
    }
    template <typename Command>
    i32 run(Command command, const std::string& line) {
        machine.typed.clear();
        fakes::Called const called(line);
        return command(called.parameters());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(settings, Fresh)

BOOST_AUTO_TEST_CASE(what_is_set_is_shown) {
    BOOST_TEST(run(set_command, "SET IMPEX ON") == 0);
    run(query_command, "QUERY IMPEX");
    BOOST_TEST(machine.screen() == "IMPEX    = ON\n");
    run(set_command, "SET RDYMSG SMSG");
    run(query_command, "QUERY RDYMSG");
    BOOST_TEST(machine.screen() == "RDYMSG   = SMSG\n");
    run(set_command, "SET LDRTBLS 3");
    run(query_command, "QUERY LDRTBLS");
    BOOST_TEST(machine.screen() == "LDRTBLS  = 3\n");
    run(set_command, "SET BLIP *");
    run(query_command, "QUERY BLIP");
    BOOST_TEST(machine.screen() == "BLIP     = *\n");
    BOOST_TEST(run(query_command, "QUERY CMSLEVEL") == 0);
    BOOST_TEST(run(query_command, "QUERY LIBRARY") == 0);
    BOOST_TEST(machine.typed.size() == 3u);
}

BOOST_AUTO_TEST_CASE(translate_tables_are_made_shown_and_dropped) {
    BOOST_TEST(run(set_command, "SET INPUT % 5B") == 0);
    run(query_command, "QUERY INPUT");
    BOOST_TEST(machine.screen() == "INPUT % 5B\n");
    BOOST_TEST(run(set_command, "SET OUTPUT 5B %") == 0);
    run(query_command, "QUERY OUTPUT");
    BOOST_TEST(machine.screen() == "OUTPUT 5B %\n");
    run(set_command, "SET INPUT");
    run(query_command, "QUERY INPUT");
    BOOST_TEST(machine.screen() == "NO USER DEFINED INPUT TRANSLATE TABLE IN USE\n");
    BOOST_TEST(run(set_command, "SET INPUT A") == 24);
    BOOST_TEST(run(set_command, "SET INPUT A XYZ") == 24);
}

BOOST_AUTO_TEST_CASE(errors_of_set_and_query_have_their_numbers) {
    BOOST_TEST(run(set_command, "SET") == 24);
    BOOST_TEST(machine.screen() == "DMSSET047E NO FUNCTION SPECIFIED.\n");
    BOOST_TEST(run(set_command, "SET IMPEX") == 24);
    BOOST_TEST(machine.screen() == "DMSSET050E PARAMETER MISSING AFTER IMPEX.\n");
    BOOST_TEST(run(set_command, "SET IMPEX MAYBE") == 24);
    BOOST_TEST(machine.screen() == "DMSSET026E INVALID PARAMETER 'MAYBE' FOR 'IMPEX' FUNCTION.\n");
    BOOST_TEST(run(set_command, "SET LDRTBLS 0") == 24);
    BOOST_TEST(run(query_command, "QUERY") == 24);
    BOOST_TEST(run(query_command, "QUERY IMPEX X") == 24);
}

BOOST_AUTO_TEST_CASE(what_cms_does_not_know_goes_to_cp_as_typed) {
    machine.cp_code = 3;
    BOOST_TEST(run(query_command, "QUERY VIRTUAL STORAGE") == 3);
    BOOST_TEST(machine.cp_commands.back() == "QUERY VIRTUAL STORAGE");
    run(set_command, "SET MSG OFF");
    BOOST_TEST(machine.cp_commands.back() == "SET MSG OFF");
    run(cp_command, "CP MSG OPERATOR HELLO WONDERFUL WORLD");
    BOOST_TEST(machine.cp_commands.back() == "MSG OPERATOR HELLO WONDERFUL WORLD");
    run(cp_command, "CP");
    BOOST_TEST(machine.cp_commands.back() == "");
}

BOOST_AUTO_TEST_CASE(state_finds_files_and_says_what_is_missing) {
    BOOST_TEST(run(state_command, "STATE ONE DATA A") == 0);
    BOOST_TEST(run(statew_command, "STATEW ONE TEXT *") == 28);
    BOOST_TEST(machine.screen() == "DMSSTT002E FILE 'ONE TEXT *' NOT FOUND.\n");
    BOOST_TEST(run(state_command, "STATE ONE") == 24);
    BOOST_TEST(run(state_command, "STATE ONE DATA 5") == 24);
    BOOST_TEST(run(state_command, "STATE ONE DATA C") == 36);
}

BOOST_AUTO_TEST_CASE(erase_takes_one_or_many) {
    BOOST_TEST(run(erase_command, "ERASE * DATA A (TYPE") == 0);
    BOOST_TEST(machine.screen() == "ONE DATA A1\nTWO DATA A1\n");
    BOOST_TEST(run(erase_command, "ERASE ONE DATA") == 28);
    BOOST_TEST(machine.screen() == "DMSERS002E FILE NOT FOUND.\n");
    BOOST_TEST(run(erase_command, "ERASE ONE TEXT S") == 36);
    BOOST_TEST(machine.screen() == "DMSERS037E DISK 'S' IS READ/ONLY.\n");
    BOOST_TEST(run(erase_command, "ERASE * * A") == 24);
    BOOST_TEST(run(erase_command, "ERASE ONE") == 24);
    BOOST_TEST(run(erase_command, "ERASE ONE DATA C") == 36);
    BOOST_TEST(run(erase_command, "ERASE ONE DATA A (X") == 24);
}

BOOST_AUTO_TEST_CASE(rename_changes_parts_of_names) {
    BOOST_TEST(run(rename_command, "RENAME ONE DATA A UNO = = (TYPE") == 0);
    BOOST_TEST(machine.screen() == "UNO DATA A1\n");
    BOOST_TEST(run(rename_command, "RENAME * DATA A = NEW A2") == 0);
    BOOST_TEST(machine.find("TWO", "NEW", 'A') != nullptr);
    BOOST_TEST(fakes::latin1(machine.find("UNO", "NEW", 'A')->state.id.mode.text()) == "A2");
    BOOST_TEST(run(rename_command, "RENAME UNO NEW A TWO NEW A") == 28);
    BOOST_TEST(machine.screen() == "DMSRNM024E FILE 'TWO NEW A2' ALREADY EXISTS.\n");
    BOOST_TEST(run(rename_command, "RENAME UNO NEW A UNO NEW A") == 24);
    BOOST_TEST(machine.screen() == "DMSRNM019E IDENTICAL FILEIDS.\n");
    BOOST_TEST(run(rename_command, "RENAME UNO NEW A UNO NEW B") == 24);
    BOOST_TEST(machine.screen() == "DMSRNM051E INVALID MODE CHANGE.\n");
    BOOST_TEST(run(rename_command, "RENAME UNO NEW A * X A") == 20);
    BOOST_TEST(run(rename_command, "RENAME NO FILE A X Y A") == 28);
    BOOST_TEST(run(rename_command, "RENAME ONE TEXT S X Y S") == 36);
    BOOST_TEST(run(rename_command, "RENAME ONE TEXT C X Y C") == 36);
    BOOST_TEST(run(rename_command, "RENAME ONE TEXT") == 24);
}

BOOST_AUTO_TEST_CASE(help_types_the_file_of_a_command) {
    machine.put("TYPE", "HELPCMS", "S2", {"TYPE shows a file"});
    machine.put("LOGON", "HELPCP", "S2", {"LOGON begins"});
    machine.put("MENU", "HELPMENU", "S2", {"ALL"});
    machine.put("MENU", "HELPEDIT", "S2", {"EDITING"});
    BOOST_TEST(run(help_command, "HELP TYPE") == 0);
    BOOST_TEST(machine.screen() == "TYPE shows a file\n");
    run(help_command, "HELP");
    BOOST_TEST(machine.screen() == "ALL\n");
    run(help_command, "HELP LOG");
    BOOST_TEST(machine.screen() == "LOGON begins\n");
    run(help_command, "HELP CP LOGON");
    BOOST_TEST(machine.screen() == "LOGON begins\n");
    run(help_command, "HELP EDIT");
    BOOST_TEST(machine.screen() == "EDITING\n");
    BOOST_TEST(run(help_command, "HELP NOTHING") == 28);
    BOOST_TEST(run(help_command, "HELP WHAT EVER") == 24);
}

BOOST_AUTO_TEST_SUITE_END()
