#include "cms/commands/compare.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

using fakes::machine;

namespace {

struct Fresh {
    Fresh() {
        fakes::ApiMachine::reset();
        machine.put("ONE", "DATA", "A1", {"SAME", "LEFT", "END"});
        machine.put("TWO", "DATA", "A1", {"SAME", "RIGHT", "END"});
        machine.put("CUT", "DATA", "A1", {"SAME"});
        machine.put("FIX", "DATA", "A1", {"SAME"}, 'F', 80);
    }
    i32 run(const std::string& operands) {
        machine.typed.clear();
        fakes::Called const called("COMPARE " + operands);
        return compare_command(called.parameters());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(compare, Fresh)

BOOST_AUTO_TEST_CASE(records_that_differ_are_shown) {
    BOOST_TEST(run("ONE DATA A TWO = =") == 4);
    BOOST_TEST(machine.screen() == "DMSCMP179I COMPARING 'ONE DATA A1' WITH 'TWO DATA A1'.\n"
                                   "LEFT\nRIGHT\nDMSCMP209W FILES DO NOT COMPARE.\n");
}

BOOST_AUTO_TEST_CASE(equal_files_and_equal_columns_give_0) {
    machine.put("THREE", "DATA", "A1", {"SAME", "LEFT", "END"});
    BOOST_TEST(run("ONE DATA A THREE DATA A") == 0);
    machine.put("FOUR", "DATA", "A1", {"XAME", "XEFT", "XND"});
    BOOST_TEST(run("ONE DATA A FOUR DATA A (COL 2-9") == 0);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_compared_is_refused) {
    BOOST_TEST(run("ONE DATA A CUT DATA A") == 40);
    BOOST_TEST(machine.typed.back() == "DMSCMP010E PREMATURE EOF ON FILE 'CUT DATA A1'.");
    BOOST_TEST(run("ONE DATA A FIX DATA A") == 32);
    BOOST_TEST(run("ONE DATA A = = =") == 24);
    BOOST_TEST(run("ONE DATA A NO DATA A") == 28);
    BOOST_TEST(run("ONE DATA A * DATA A") == 20);
    BOOST_TEST(run("ONE DATA A TWO DATA A (COL 5-2") == 24);
    BOOST_TEST(run("ONE DATA A TWO DATA A (COL X") == 24);
    BOOST_TEST(run("ONE DATA A TWO DATA A (COL") == 24);
    BOOST_TEST(run("ONE DATA A TWO DATA A (ROW") == 24);
    BOOST_TEST(run("ONE DATA A") == 24);
}

BOOST_AUTO_TEST_SUITE_END()
