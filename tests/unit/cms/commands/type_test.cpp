#include "cms/commands/type.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

using fakes::machine;

namespace {

struct Fresh {
    Fresh() {
        fakes::ApiMachine::reset();
        machine.put("MY", "FILE", "A1", {"ONE", "TWO TO SEE", "THREE"});
    }
    i32 run(const std::string& line) {
        machine.typed.clear();
        fakes::Called const called(line);
        return type_command(called.parameters());
    }
    void library() {
        std::string header = "DMSLIB";
        auto& file =
            machine.put("MY", "MACLIB", "A1", {header, "MACRO", "BODY", "END", "DICT"}, 'F', 80);
        std::string& first = file.records[0];
        first[6] = 0, first[7] = 5, first[8] = first[9] = first[10] = 0, first[11] = 12;
        file.records[3] = std::string("\x61\xFF\xFF\x61", 4) + std::string(76, '\x40');
        file.records[4] =
            fakes::ebcdic_of("MEMBER  ") + std::string("\0\2\0\0", 4) + std::string(68, '\0');
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(type, Fresh)

BOOST_AUTO_TEST_CASE(a_file_is_typed_after_a_blank_line) {
    BOOST_TEST(run("TYPE MY FILE") == 0);
    BOOST_TEST(machine.screen() == "\nONE\nTWO TO SEE\nTHREE\n");
}

BOOST_AUTO_TEST_CASE(records_and_columns_can_be_chosen) {
    run("TYPE MY FILE A 2 2");
    BOOST_TEST(machine.screen() == "\nTWO TO SEE\n");
    run("TYPE MY FILE 2");
    BOOST_TEST(machine.screen() == "\nTWO TO SEE\nTHREE\n");
    run("TYPE MY FILE A 2 * (COL 5-6");
    BOOST_TEST(machine.screen() == "\nTO\nE\n");
}

BOOST_AUTO_TEST_CASE(hex_shows_number_and_length_of_each_record) {
    run("TYPE MY FILE A 3 (HEX");
    BOOST_TEST(machine.screen() == "\nRECORD 00003 LENGTH=00005\nE3C8D9C5 C5\n\n");
}

BOOST_AUTO_TEST_CASE(a_member_of_a_library_is_typed_up_to_its_end) {
    library();
    BOOST_TEST(run("TYPE MY MACLIB A (MEMBER MEMBER") == 0);
    BOOST_TEST(machine.screen() == "\nMACRO\nBODY\n");
    BOOST_TEST(run("TYPE MY MACLIB A (MEMBER *") == 0);
    BOOST_TEST(run("TYPE MY MACLIB A (MEMBER NONE") == 32);
    BOOST_TEST(run("TYPE MY FILE A (MEMBER X") == 32);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said) {
    BOOST_TEST(run("TYPE NO FILE") == 28);
    BOOST_TEST(machine.screen() == "DMSTYP002E FILE 'NO FILE *' NOT FOUND.\n");
    BOOST_TEST(run("TYPE MY") == 24);
    BOOST_TEST(machine.screen() == "DMSTYP054E INCOMPLETE FILEID SPECIFIED.\n");
    BOOST_TEST(run("TYPE * FILE") == 20);
    BOOST_TEST(run("TYPE MY FILE B") == 36);
    BOOST_TEST(run("TYPE MY FILE A X") == 24);
    BOOST_TEST(machine.screen() == "DMSTYP049E INVALID LINE NUMBER 'X'.\n");
    BOOST_TEST(run("TYPE MY FILE A (COL") == 24);
    BOOST_TEST(run("TYPE MY FILE A (COL 50") == 24);
    BOOST_TEST(machine.screen() == "DMSTYP009E COLUMN '50' EXCEEDS RECORD LENGTH.\n");
    BOOST_TEST(run("TYPE MY FILE A (COL 5-2") == 24);
    BOOST_TEST(run("TYPE MY FILE A (BAD") == 24);
}

BOOST_AUTO_TEST_SUITE_END()
