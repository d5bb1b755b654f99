#include "cms/commands/listfile.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

using fakes::machine;

namespace {

struct TwoDisks {
    TwoDisks() {
        fakes::ApiMachine::reset();
        machine.put("PROFILE", "EXEC", "A1", {"&TYPE HELLO", "CP QUERY TIME"});
        machine.put("NOTE", "DATA", "A1", {"X"}, 'F', 80);
        machine.put("TYPE", "MODULE", "S2", {"CODE"});
    }
    i32 run(const std::string& line) {
        machine.typed.clear();
        fakes::Called const called(line);
        return listfile_command(called.parameters());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(listfile, TwoDisks)

BOOST_AUTO_TEST_CASE(without_operands_it_lists_the_a_disk) {
    BOOST_TEST(run("LISTFILE") == 0);
    BOOST_TEST(machine.screen() == "PROFILE  EXEC     A1\nNOTE     DATA     A1\n");
}

BOOST_AUTO_TEST_CASE(patterns_choose_and_an_asterisk_means_all_disks) {
    run("LISTFILE * EXEC");
    BOOST_TEST(machine.screen() == "PROFILE  EXEC     A1\n");
    run("LISTFILE TYPE * *");
    BOOST_TEST(machine.screen() == "TYPE     MODULE   S2\n");
    run("LISTFILE * * S2");
    BOOST_TEST(machine.screen() == "TYPE     MODULE   S2\n");
}

BOOST_AUTO_TEST_CASE(details_come_with_a_heading) {
    run("LISTFILE NOTE DATA A (LABEL");
    BOOST_TEST(machine.screen() ==
               "FILENAME FILETYPE FM FORMAT     RECS BLOCKS  DATE     TIME   LABEL\n"
               "NOTE     DATA     A1 F    80       1      1  11/22/26 10:30  WORK01\n");
    run("LISTFILE NOTE DATA A (FORMAT NOHEADER");
    BOOST_TEST(machine.screen() == "NOTE     DATA     A1 F    80\n");
    run("LISTFILE * * A (FNAME");
    BOOST_TEST(machine.screen() == "PROFILE\nNOTE\n");
}

BOOST_AUTO_TEST_CASE(exec_makes_a_file_of_the_list_and_append_lengthens_it) {
    BOOST_TEST(run("LISTFILE * EXEC A (EXEC") == 0);
    BOOST_TEST(machine.typed.empty());
    auto lines = machine.lines("CMS", "EXEC");
    BOOST_TEST(lines.size() == 1u);
    BOOST_TEST(lines[0].substr(0, 26) == "&1 &2 PROFILE  EXEC     A1");
    BOOST_TEST(lines[0].size() == 80u);
    run("LISTFILE NOTE DATA A (APPEND");
    BOOST_TEST(machine.lines("CMS", "EXEC").size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said) {
    BOOST_TEST(run("LISTFILE NO FILE") == 28);
    BOOST_TEST(machine.screen() == "DMSLST002E FILE NOT FOUND.\n");
    BOOST_TEST(run("LISTFILE * * B") == 36);
    BOOST_TEST(machine.screen() == "DMSLST069E DISK 'B' NOT ACCESSED.\n");
    BOOST_TEST(run("LISTFILE * * A (WRONG") == 24);
    BOOST_TEST(machine.screen() == "DMSLST003E INVALID OPTION 'WRONG'.\n");
    BOOST_TEST(run("LISTFILE * * 9") == 24);
    BOOST_TEST(run("LISTFILE A B C D") == 24);
}

BOOST_AUTO_TEST_SUITE_END()
