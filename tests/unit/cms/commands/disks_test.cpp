#include "cms/commands/access.h"
#include "cms/commands/format.h"
#include "cms/commands/query.h"
#include "cms/commands/release.h"
#include "tests/fakes/cms/api_machine.h"

#include <boost/test/unit_test.hpp>

using fakes::machine;

namespace {

struct Fresh {
    Fresh() { fakes::ApiMachine::reset(); }
    template <typename Command>
    i32 run(Command command, const std::string& line, const std::vector<std::string>& typed = {}) {
        machine.typed.clear();
        machine.terminal.assign(typed.begin(), typed.end());
        fakes::Called const called(line);
        return command(called.parameters());
    }
    i32 access(const std::string& line) { return run(access_command, "ACCESS " + line); }
    i32 release(const std::string& line) { return run(release_command, "RELEASE " + line); }
    i32 query(const std::string& line) { return run(query_command, "QUERY " + line); }
    i32 format(const std::string& line, const std::vector<std::string>& typed = {}) {
        return run(format_command, "FORMAT " + line, typed);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(disks, Fresh)

BOOST_AUTO_TEST_CASE(access_without_operands_takes_191_as_a) {
    BOOST_TEST(access("") == 0);
    BOOST_TEST(machine.accessed.back().device == 0x191);
    BOOST_TEST(machine.accessed.back().letter == 'A'_e);
    BOOST_TEST(machine.typed.empty());
}

BOOST_AUTO_TEST_CASE(access_tells_what_is_unusual) {
    BOOST_TEST(access("190 B/A * EXEC") == 0);
    BOOST_TEST(machine.accessed.back().parent == 'A'_e);
    BOOST_TEST(machine.screen() == "DMSACC723I B (190) R/O\n");
    access("192 C");
    BOOST_TEST(machine.typed[0] == "DMSACC724I 192 REPLACES C (193).");
    access("194 D (ERASE");
    BOOST_TEST(machine.accessed.back().erase);
    BOOST_TEST(machine.typed.back() == "DMSACC725I 194 ALSO = 'B' DISK.");
    std::size_t const before = machine.accessed.size();
    access("(NODISK");
    BOOST_TEST(machine.accessed.size() == before);
}

BOOST_AUTO_TEST_CASE(access_gives_each_error_its_message) {
    BOOST_TEST(access("XYZ A") == 24);
    BOOST_TEST(machine.screen() == "DMSACC017E INVALID DEVICE ADDRESS 'XYZ'.\n");
    BOOST_TEST(access("191") == 24);
    BOOST_TEST(access("191 AB") == 24);
    BOOST_TEST(access("191 A (WHAT") == 24);
    BOOST_TEST(access("191 A * * 9") == 24);
    struct Case {
        i32 code, result;
        const char* message;
    };
    for (const Case& c :
         {Case{59, 36, "DMSACC059E 191 ALREADY ACCESSED AS READ/WRITE 'A' DISK."},
          {60, 28, "DMSACC060E FILE(S) 'X *' NOT FOUND. DISK 'B(191)' WILL NOT BE ACCESSED."},
          {112, 100, "DMSACC112S DISK 'B(191)' DEVICE ERROR."},
          {113, 100, "DMSACC113S B(191) NOT ATTACHED."},
          {109, 104, "DMSACC109S VIRTUAL STORAGE CAPACITY EXCEEDED."},
          {114, 88, "DMSACC114S 'B(191)' IS AN UNSUPPORTED DEVICE TYPE."}}) {
        machine.volume_code = c.code;
        BOOST_TEST(access("191 B X *") == c.result);
        BOOST_TEST(machine.typed.back() == c.message);
    }
}

BOOST_AUTO_TEST_CASE(release_takes_a_letter_or_an_address) {
    BOOST_TEST(release("A") == 0);
    BOOST_TEST(release("191 (DET") == 0);
    BOOST_TEST(machine.released == "AA");
    BOOST_TEST(machine.cp_commands.back() == "DETACH 191");
    BOOST_TEST(release("B") == 36);
    BOOST_TEST(machine.screen() == "DMSARE069E DISK 'B' NOT ACCESSED.\n");
    BOOST_TEST(release("") == 24);
    BOOST_TEST(release("S") == 24);
    BOOST_TEST(release("A (BAD") == 24);
    BOOST_TEST(release("A B") == 24);
}

BOOST_AUTO_TEST_CASE(format_asks_and_then_formats) {
    BOOST_TEST(format("191 A", {"YES", "NEWLAB"}) == 0);
    BOOST_TEST(machine.screen() == "DMSFOR603R FORMAT WILL ERASE ALL FILES ON DISK 'A(191)'. DO "
                                   "YOU WISH TO CONTINUE? (YES/NO):\n"
                                   "DMSFOR605R ENTER DISK LABEL:\nDMSFOR733I FORMATTING DISK 'A'.\n"
                                   "DMSFOR732I '5' CYLINDERS FORMATTED ON 'A(191)'.\n");
    BOOST_TEST(machine.formatted.back().block_size == 1024u);
    BOOST_TEST(fakes::latin1(machine.formatted.back().label.text()) == "NEWLAB");
    BOOST_TEST(machine.released == "A");
    format("192 B 3 (BLKSIZE 800", {"YES", "X"});
    BOOST_TEST(machine.formatted.back().block_size == 800u);
    BOOST_TEST(machine.formatted.back().cylinders == 3u);
}

BOOST_AUTO_TEST_CASE(format_does_nothing_unless_the_answer_is_yes) {
    BOOST_TEST(format("191 A", {""}) == 0);
    BOOST_TEST(machine.typed.back() == "DMSFOR705I DISK REMAINS UNCHANGED.");
    BOOST_TEST(machine.formatted.empty());
    BOOST_TEST(machine.released.empty());
}

BOOST_AUTO_TEST_CASE(format_gives_each_error_its_message) {
    BOOST_TEST(format("") == 24);
    BOOST_TEST(format("XX A") == 24);
    BOOST_TEST(format("191") == 24);
    BOOST_TEST(format("191 S") == 24);
    BOOST_TEST(format("191 A 0") == 24);
    BOOST_TEST(format("191 A (BLKSIZE 1000") == 24);
    BOOST_TEST(format("191 A (OTHER") == 24);
    for (auto [code, result] :
         {std::pair{113, 100}, {114, 88}, {37, 36}, {126, 100}, {125, 100}, {109, 104}}) {
        machine.volume_code = code;
        BOOST_TEST(format("191 A", {"YES", "X"}) == result);
    }
    machine.volume_code = 214;
    BOOST_TEST(format("191 A 1 (RECOMP") == 8);
}

BOOST_AUTO_TEST_CASE(query_disk_says_how_full_each_is) {
    BOOST_TEST(query("DISK *") == 0);
    BOOST_TEST(
        machine.screen() ==
        "A (191): 0 FILES; 570 REC IN USE, 5130 LEFT (OF 5700), 10% FULL (10 CYL), 3350, R/W\n"
        "S (190): 0 FILES; 570 BLK IN USE, 5130 LEFT (OF 5700), 10% FULL (10 CYL), 3350-1K, R/O\n");
    BOOST_TEST(query("DISK MAX") == 0);
    BOOST_TEST(machine.typed.size() == 1u);
    BOOST_TEST(query("DISK R/W") == 0);
    BOOST_TEST(query("DISK B") == 36);
    BOOST_TEST(query("DISK XX") == 24);
    machine.disks.clear();
    BOOST_TEST(query("DISK MAX") == 36);
}

BOOST_AUTO_TEST_CASE(query_search_lists_the_order) {
    query("SEARCH");
    BOOST_TEST(machine.screen() == "WORK01  191  A   R/W\nCMS190  190  S   R/O\n");
}

BOOST_AUTO_TEST_SUITE_END()
