// Each function of the file system and its return codes.
#include "disk_checker.h"
#include "session.h"

#include "cms/base/storage.h"
#include "cms/layout/cdf.h"
#include "cms/layout/edf.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstring>

using namespace tests;
namespace data = boost::unit_test::data;
namespace error = cms::files::error;
using List = std::vector<std::string>;

namespace {

constexpr u32 sizes[] = {800, 512, 1024, 2048, 4096};

// A formatted disk 191 as A.
struct Fixture {
    Session cms;
    fakes::Minidisk disk{0x191, 2};

    void start(u32 size) {
        BOOST_REQUIRE_EQUAL(cms.format(0x191, size), 0);
        BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    }
    void sound() {
        for (const std::string& error : check_disk(disk).errors) BOOST_ERROR(error);
    }
    std::string read(const std::string& fileid, u32 item, i32 rc = 0, u32 size = 65535,
                     u32 items = 1) {
        std::string record;
        BOOST_CHECK_EQUAL(cms.read(fileid, item, record, size, items), rc);
        return record;
    }
};

const std::string card(80, 'c');

} // namespace

BOOST_FIXTURE_TEST_SUITE(functions, Fixture)

BOOST_DATA_TEST_CASE_F(Fixture, rdbuf_moves_items_and_tells_what_is_wrong, data::make(sizes),
                       size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.make("FIX DATA A1", {"11111", "22222", "33333"}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.make("VAR DATA A1", {"1", "22", "333"}, 'V'), 0);
    read("NO DATA A1", 1, 1);
    BOOST_CHECK_EQUAL(read("FIX DATA A1", 2), "22222");
    BOOST_CHECK_EQUAL(read("FIX DATA A1", 0), "33333");
    read("FIX DATA A1", 0, 12);
    BOOST_CHECK_EQUAL(read("FIX DATA *", 1, 0, 65535, 2), "1111122222");
    BOOST_CHECK_EQUAL(read("FIX DATA *", 2, 0, 65535, 9), "2222233333");
    BOOST_CHECK_EQUAL(read("FIX DATA A1", 1, 8, 3), "111");
    read("FIX DATA A1", 1, 5, 100, 0);
    read("FIX DATA A1", 1, 2, 0);
    BOOST_CHECK_EQUAL(read("VAR DATA A1", 3), "333");
    BOOST_CHECK_EQUAL(read("VAR DATA A1", 1), "1");
    BOOST_CHECK_EQUAL(read("VAR DATA A1", 0), "22");
    BOOST_CHECK_EQUAL(read("VAR DATA A1", 3, 8, 2), "33");
    read("VAR DATA A1", 1, 11, 100, 2);
    read("VAR DATA A1", 4, 12);
    BOOST_CHECK_EQUAL(cms.write("NEW DATA A1", 0, card), 0);
    read("NEW DATA A1", 1, 9);
    BOOST_CHECK_EQUAL(cms.write("VAR DATA A1", 0, card, 'V'), 9);
}

BOOST_DATA_TEST_CASE_F(Fixture, wrbuf_refuses_what_it_cannot_write, data::make(sizes), size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.make("FIX DATA A1", {card}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.make("VAR DATA A1", {card}, 'V'), 0);
    BOOST_CHECK_EQUAL(cms.write("X DATA 1A", 0, card), 4);
    BOOST_CHECK_EQUAL(cms.write("X DATA AX", 0, card), 5);
    BOOST_CHECK_EQUAL(cms.write("VAR DATA A1", 3, card, 'V'), 7);
    BOOST_CHECK_EQUAL(cms.write("X DATA A1", 0, ""), 8);
    BOOST_CHECK_EQUAL(cms.write("X DATA A1", 0, card, 'U'), 11);
    BOOST_CHECK_EQUAL(cms.write("X DATA B1", 0, card), 12);
    BOOST_CHECK_EQUAL(cms.write("X DATA A1", 0, card, 'F', 3), 14);
    BOOST_CHECK_EQUAL(cms.write("FIX DATA A1", 0, "short"), 15);
    BOOST_CHECK_EQUAL(cms.write("FIX DATA A1", 0, card, 'V'), 16);
    BOOST_CHECK_EQUAL(cms.write("X DATA A1", 0, std::string(65536, 'x'), 'V'), 17);
    BOOST_CHECK_EQUAL(cms.write("VAR DATA A1", 0, card, 'V', 2), 18);
    BOOST_CHECK_EQUAL(cms.write("X* DATA A1", 0, card), 20);
    BOOST_CHECK_EQUAL(cms.write("X D?TA A1", 0, card), 21);
    BOOST_CHECK_EQUAL(cms.finis(), 6);
    sound();
    BOOST_CHECK(cms.directory('A') == (List{"FIX DATA A1", "VAR DATA A1"}));
}

BOOST_DATA_TEST_CASE_F(Fixture, an_item_behind_the_end_leaves_a_hole_of_zeros, data::make(sizes),
                       size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.write("HOLE DATA A1", 1, card), 0);
    BOOST_CHECK_EQUAL(cms.write("HOLE DATA A1", 2000, card), 0);
    BOOST_CHECK_EQUAL(cms.finis("HOLE DATA A1"), 0);
    sound();
    BOOST_CHECK_EQUAL(read("HOLE DATA A1", 1000), std::string(80, '\0'));
    BOOST_CHECK_EQUAL(read("HOLE DATA A1", 2000), card);
    BOOST_CHECK_EQUAL(cms.finis("HOLE DATA A1"), 0);
    BOOST_CHECK_EQUAL(cms.write("HOLE DATA A1", 1000, card), 0);
    BOOST_CHECK_EQUAL(cms.finis("HOLE DATA A1"), 0);
    BOOST_CHECK_EQUAL(read("HOLE DATA A1", 1000), card);
    BOOST_CHECK_EQUAL(read("HOLE DATA A1", 1999), std::string(80, '\0'));
    sound();
}

BOOST_DATA_TEST_CASE_F(Fixture, a_full_disk_refuses_and_keeps_every_closed_file, data::make(sizes),
                       size) {
    start(size);
    std::string const big(8000, 'b');
    i32 rc = 0;
    u32 files = 0;
    for (; rc == 0 && files < 500; ++files) {
        std::string const name = "F" + std::to_string(files) + " DATA A1";
        for (u32 i = 0; i < 5 && rc == 0; ++i) rc = cms.write(name, 0, big);
        if (rc == 0) rc = cms.finis(name);
    }
    BOOST_CHECK_EQUAL(rc, 13);
    BOOST_CHECK_GT(files, 15);
    cms.finis();
    sound();
    u32 const left = cms::files::find_disk('A'_e)->blocks_left;
    BOOST_CHECK_LT(left, 80);
    // Room comes back at once.
    BOOST_CHECK_EQUAL(cms.erase("F1 DATA A1"), 0);
    BOOST_CHECK_EQUAL(cms.make("AGAIN DATA A1", {big, big}, 'F'), 0);
    BOOST_CHECK(cms.contents("F2 DATA A1") == Records(5, big));
    sound();
}

BOOST_DATA_TEST_CASE_F(Fixture, long_v_records_are_found_by_number, data::make(sizes), size) {
    start(size);
    Records records;
    for (u32 i = 0; i < 12; ++i) records.emplace_back(65535 - i * 5000, static_cast<char>('a' + i));
    BOOST_CHECK_EQUAL(cms.make("LONG DATA A1", records, 'V'), 0);
    sound();
    cms.ipl();
    BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    for (u32 item : {12u, 1u, 7u, 3u, 11u}) {
        BOOST_CHECK(read("LONG DATA A1", item) == records[item - 1]);
    }
}

BOOST_DATA_TEST_CASE_F(Fixture, point_sets_where_the_next_item_is, data::make(sizes), size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.make("P DATA A1", {"1", "2", "3", "4"}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.point("Q DATA A1", 0, 2), 1);
    BOOST_CHECK_EQUAL(cms.point("P DATA A1", 0, 3), 0);
    BOOST_CHECK_EQUAL(read("P DATA A1", 0), "3");
    BOOST_CHECK_EQUAL(cms.finis("P DATA A1"), 0);
    BOOST_CHECK_EQUAL(cms.point("P DATA A1", 2, 0), 0);
    BOOST_CHECK_EQUAL(cms.write("P DATA A1", 0, "x"), 0);
    BOOST_CHECK_EQUAL(cms.write("P DATA A1", 0, "y"), 0);
    BOOST_CHECK_EQUAL(cms.finis("P DATA A1"), 0);
    BOOST_CHECK(cms.contents("P DATA A1") == (Records{"1", "x", "y", "4"}));
}

BOOST_DATA_TEST_CASE_F(Fixture, state_leaves_a_copy_of_the_fst, data::make(sizes), size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.make("S DATA A2", {card, card}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.state("S DATA A1"), 0);
    BOOST_CHECK_EQUAL(cms.found().state.items.value(), 2);
    BOOST_CHECK(cms.found().state.mode == Name<2>("A2"_e));
    BOOST_CHECK_EQUAL(cms.found().state.flags & 0xC7, 0x80);
    BOOST_CHECK_EQUAL(cms.found().state_disk.value(), cms::at::adt);
    BOOST_CHECK_EQUAL(cms.state("* DATA *"), 0);
    BOOST_CHECK_EQUAL(cms.state("S D.TA A1"), 20);
    BOOST_CHECK_EQUAL(cms.state("S DATA 9"), 24);
    BOOST_CHECK_EQUAL(cms.state("T DATA A1"), 28);
    BOOST_CHECK_EQUAL(cms.state("S DATA B1"), 36);
    BOOST_CHECK_EQUAL(cms.write("OPEN DATA A1", 0, card), 0);
    BOOST_CHECK_EQUAL(cms.state("OPEN DATA A1"), 0);
    BOOST_CHECK_EQUAL(cms.found().state.flags & 0xC7, 0x82);
    BOOST_CHECK_EQUAL(cms.found().state.items.value(), 1);
}

BOOST_DATA_TEST_CASE_F(Fixture, erase_takes_patterns_and_open_files, data::make(sizes), size) {
    start(size);
    for (const char* name : {"A ONE A1", "B ONE A1", "A TWO A1", "B TWO A5", "C ONE A1"}) {
        BOOST_CHECK_EQUAL(cms.make(name, {card}, 'F'), 0);
    }
    BOOST_CHECK_EQUAL(cms.erase("X ONE A1"), 28);
    BOOST_CHECK_EQUAL(cms.erase("A ONE C1"), 36);
    BOOST_CHECK_EQUAL(cms.erase("A ONE 3"), 24);
    BOOST_CHECK_EQUAL(cms.write("B ONE A1", 0, card), 0);
    BOOST_CHECK_EQUAL(cms.write("N ONE A1", 0, card), 0);
    BOOST_CHECK_EQUAL(cms.erase("N ONE A1"), 0);
    BOOST_CHECK_EQUAL(cms.erase("B * A1"), 0);
    BOOST_CHECK(cms.directory('A') == (List{"A ONE A1", "C ONE A1", "A TWO A1", "B TWO A5"}));
    BOOST_CHECK_EQUAL(cms.finis(), 6);
    BOOST_CHECK_EQUAL(cms.erase("* * A"), 0);
    BOOST_CHECK(cms.directory('A').empty());
    sound();
    CheckedDisk const checked = check_disk(disk);
    BOOST_CHECK_LE(checked.used, 7);
}

BOOST_DATA_TEST_CASE_F(Fixture, rename_is_done_for_all_or_none, data::make(sizes), size) {
    start(size);
    for (const char* name : {"A ONE A1", "B ONE A1", "A TWO A1"}) {
        BOOST_CHECK_EQUAL(cms.make(name, {card}, 'F'), 0);
    }
    BOOST_CHECK_EQUAL(cms.rename("* ONE A", "= TWO A"), 28);
    BOOST_CHECK_EQUAL(cms.rename("* ONE A", "X ONE A"), 24);
    BOOST_CHECK_EQUAL(cms.rename("X ONE A", "Y ONE A"), 28);
    BOOST_CHECK_EQUAL(cms.rename("A ONE A", "A ONE B"), 24);
    BOOST_CHECK_EQUAL(cms.rename("* ONE A", "= THREE A5"), 0);
    BOOST_CHECK(cms.directory('A') == (List{"A THREE A5", "B THREE A5", "A TWO A1"}));
    read("A TWO A1", 1);
    BOOST_CHECK_EQUAL(cms.rename("A TWO A", "= FOUR ="), 40);
    sound();
}

BOOST_DATA_TEST_CASE_F(Fixture, extensions_are_read_only_and_searched_after_their_parent,
                       data::make(sizes), size) {
    start(size);
    fakes::Minidisk other(0x192, 1), third(0x193, 1);
    BOOST_REQUIRE_EQUAL(cms.format(0x192, 1024), 0);
    BOOST_REQUIRE_EQUAL(cms.access(0x192, 'C'), 0);
    BOOST_CHECK_EQUAL(cms.make("BOTH DATA C1", {"from C"}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.make("ONLY DATA C1", {"only"}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.make("SECRET DATA C0", {"secret"}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.make("BOTH DATA A1", {"from A"}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.access(0x192, 'C', 'A'), 0);
    BOOST_CHECK_EQUAL(cms.last_access.writable, 0);
    BOOST_CHECK_EQUAL(cms.last_access.replaced.value(), 0x192);
    BOOST_CHECK_EQUAL(read("BOTH DATA A1", 1), "from A");
    BOOST_CHECK_EQUAL(read("ONLY DATA A1", 1), "only");
    read("SECRET DATA *", 1, 1);
    BOOST_CHECK_EQUAL(cms.state("ONLY DATA A1"), 0);
    BOOST_CHECK_EQUAL(cms.found().state.flags & 0xC0, 0xC0);
    BOOST_CHECK(cms.found().state.mode == Name<2>("C1"_e));
    BOOST_CHECK_EQUAL(cms.statew("ONLY DATA A1"), 28);
    BOOST_CHECK_EQUAL(cms.write("ONLY DATA C1", 0, card), 12);
    BOOST_CHECK_EQUAL(cms.access(0x192, 'C', 'A', cms::files::AccessList::show_mode_0), 0);
    BOOST_CHECK_EQUAL(read("SECRET DATA *", 1), "secret");
    // Of the same disk: only when neither could write.
    BOOST_CHECK_EQUAL(cms.access(0x192, 'D'), error::read_write_elsewhere);
    BOOST_CHECK_EQUAL(cms.last_access.other, 'C'_e);
    BOOST_CHECK_EQUAL(cms.access(0x192, 'D', 'A'), 0);
    BOOST_CHECK_EQUAL(cms.last_access.also, 'C'_e);
    BOOST_CHECK_EQUAL(cms.access(0x191, 'B', 'A'), error::read_write_elsewhere);
    BOOST_CHECK_EQUAL(cms.release('D'), 0);
    BOOST_CHECK_EQUAL(cms.release('D'), error::not_accessed);
    BOOST_CHECK_EQUAL(cms.access(0x199, 'D'), error::not_attached);
    BOOST_CHECK_EQUAL(cms.access(0x193, 'D'), error::not_cms);
    BOOST_CHECK_EQUAL(cms.access(0x192, '*'), error::mode);
}

BOOST_DATA_TEST_CASE_F(Fixture, access_with_erase_forgets_the_files_at_the_first_write,
                       data::make(sizes), size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.make("OLD DATA A1", Records(50, card), 'F'), 0);
    BOOST_CHECK_EQUAL(cms.access(0x191, 'A', ' ', cms::files::AccessList::erase), 0);
    BOOST_CHECK(cms.directory('A').empty());
    BOOST_CHECK_EQUAL(check_disk(disk).files.size(), 1);
    BOOST_CHECK_EQUAL(cms.make("NEW DATA A1", {card}, 'F'), 0);
    sound();
    BOOST_CHECK_EQUAL(check_disk(disk).files.size(), 1);
    BOOST_CHECK_EQUAL(check_disk(disk).files.count("NEW DATA"), 1);
}

BOOST_DATA_TEST_CASE_F(Fixture, a_disk_that_cp_links_read_only_is_never_written, data::make(sizes),
                       size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.make("A DATA A1", {card}, 'F'), 0);
    disk.read_only = true;
    BOOST_CHECK_EQUAL(cms.access(0x191, 'A'), 0);
    BOOST_CHECK_EQUAL(cms.last_access.writable, 0);
    BOOST_CHECK_EQUAL(cms.write("B DATA A1", 0, card), 12);
    BOOST_CHECK_EQUAL(cms.erase("A DATA A1"), 36);
    BOOST_CHECK_EQUAL(read("A DATA A1", 1), card);
    BOOST_CHECK_EQUAL(cms.release('A'), 0);
    BOOST_CHECK_EQUAL(cms.format(0x191, size), error::read_only);
}

BOOST_DATA_TEST_CASE_F(Fixture, mode_3_goes_after_reading_and_mode_6_is_written_in_place,
                       data::make(sizes), size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.make("ONCE DATA A3", {card}, 'F'), 0);
    BOOST_CHECK_EQUAL(read("ONCE DATA A3", 1), card);
    BOOST_CHECK_EQUAL(cms.finis("ONCE DATA A3"), 0);
    BOOST_CHECK_EQUAL(cms.state("ONCE DATA A3"), 28);
    Records const old(40, card);
    BOOST_CHECK_EQUAL(cms.make("STAY DATA A6", old, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.make("MOVE DATA A1", old, 'F'), 0);
    std::vector<u32> written;
    disk.on_write = [&](u32 block) { written.push_back(block); };
    u32 const used = check_disk(disk).used;
    for (u32 i = 1; i <= 40; ++i)
        BOOST_CHECK_EQUAL(cms.write("STAY DATA A6", i, std::string(80, 'n')), 0);
    BOOST_CHECK_EQUAL(cms::files::find_disk('A'_e)->blocks_used.value(), used);
    BOOST_CHECK_EQUAL(cms.finis("STAY DATA A6"), 0);
    BOOST_CHECK(cms.contents("STAY DATA A6") == Records(40, std::string(80, 'n')));
    sound();
}

BOOST_DATA_TEST_CASE_F(Fixture, large_disks_and_many_files_need_more_than_one_block_of_everything,
                       data::make({800u, 512u, 1024u}), size) {
    fakes::Minidisk large(0x19A, 14);
    BOOST_REQUIRE_EQUAL(cms.format(0x19A, size), 0);
    BOOST_REQUIRE_EQUAL(cms.access(0x19A, 'A'), 0);
    u32 const count = size == 512 ? 1100 : 150; // 512: two levels of the directory
    for (u32 i = 0; i < count; ++i) {
        BOOST_REQUIRE_EQUAL(
            cms.make("F" + std::to_string(i) + " DATA A1", {std::to_string(i)}, 'V'), 0);
    }
    std::string const chunk(60000, 'x');
    for (u32 i = 0; i < 20; ++i) BOOST_REQUIRE_EQUAL(cms.write("BIG DATA A1", 0, chunk), 0);
    BOOST_CHECK_EQUAL(cms.finis("BIG DATA A1"), 0);
    for (const std::string& error : check_disk(large).errors) BOOST_ERROR(error);
    cms.ipl();
    BOOST_REQUIRE_EQUAL(cms.access(0x19A, 'A'), 0);
    BOOST_CHECK_EQUAL(cms.last_access.writable, 1);
    BOOST_CHECK_EQUAL(cms.last_access.files.value(), count + 1);
    BOOST_CHECK_EQUAL(read("F77 DATA A1", 1), "77");
    BOOST_CHECK(read("BIG DATA A1", 20) == chunk);
    BOOST_CHECK_EQUAL(cms.finis(), 0);
    BOOST_CHECK_EQUAL(cms.erase("* * A"), 0);
    for (const std::string& error : check_disk(large).errors) BOOST_ERROR(error);
    BOOST_CHECK(check_disk(large).files.empty());
}

BOOST_DATA_TEST_CASE_F(Fixture, recomp_makes_a_disk_smaller_when_nothing_is_lost, data::make(sizes),
                       size) {
    start(size);
    BOOST_CHECK_EQUAL(cms.make("A DATA A1", {card}, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.release('A'), 0);
    cms::files::FormatList& list = *cms::at_address<cms::files::FormatList>(0xE000);
    list = {};
    list.device = u16{0x191};
    list.flags = cms::files::FormatList::recompute;
    list.cylinders = 3;
    BOOST_CHECK_EQUAL(cms::files::format(list), error::cannot_recompute);
    list.cylinders = 1;
    BOOST_CHECK_EQUAL(cms::files::format(list), 0);
    sound();
    BOOST_CHECK_EQUAL(check_disk(disk).total, disk.blocks_per_cylinder());
    list.flags = cms::files::FormatList::label_only;
    list.label = "NEWLAB"_e;
    BOOST_CHECK_EQUAL(cms::files::format(list), 0);
    BOOST_CHECK_EQUAL(cms.access(0x191, 'A'), 0);
    BOOST_CHECK(cms::files::find_disk('A'_e)->label == Name<6>("NEWLAB"_e));
    BOOST_CHECK_EQUAL(read("A DATA A1", 1), card);
}

BOOST_DATA_TEST_CASE_F(Fixture, a_bare_cpu_reads_and_writes_by_sio, data::make(sizes), size) {
    Session bare(1024 * 1024, true);
    BOOST_REQUIRE_EQUAL(bare.format(0x191, size), 0);
    BOOST_REQUIRE_EQUAL(bare.access(0x191, 'A'), 0);
    Records const records(100, card);
    BOOST_CHECK_EQUAL(bare.make("A DATA A1", records, 'F'), 0);
    BOOST_CHECK(bare.contents("A DATA A1") == records);
    sound();
}

BOOST_AUTO_TEST_CASE(disks_of_other_types_have_their_own_geometry) {
    for (const auto& geometry : {s370::ckd::geometry_3330, s370::ckd::geometry_3340}) {
        for (u32 size : sizes) {
            BOOST_TEST_CONTEXT("type " << geometry.type << " size " << size) {
                fakes::Minidisk other(0x195, 3, geometry);
                BOOST_REQUIRE_EQUAL(cms.format(0x195, size), 0);
                BOOST_CHECK_EQUAL(cms.last_format.cylinders.value(), 3);
                BOOST_REQUIRE_EQUAL(cms.access(0x195, 'E'), 0);
                BOOST_CHECK_EQUAL(cms.make("A DATA E1", Records(30, card), 'F'), 0);
                for (const std::string& error : check_disk(other).errors) BOOST_ERROR(error);
                BOOST_CHECK_EQUAL(cms.release('E'), 0);
            }
        }
    }
}

BOOST_DATA_TEST_CASE_F(Fixture, a_machine_of_256k_does_it_all_and_gives_storage_back,
                       data::make(sizes), size) {
    cms = Session(256 * 1024);
    start(size);
    u32 const free = cms.free_storage();
    BOOST_CHECK_EQUAL(cms.make("A DATA A1", Records(300, card), 'F'), 0);
    BOOST_CHECK_EQUAL(cms.contents("A DATA A1").size(), 300);
    BOOST_CHECK_EQUAL(cms.erase("A DATA A1"), 0);
    BOOST_CHECK_GE(cms.free_storage() + 5000, free);
    BOOST_CHECK_EQUAL(cms.release('A'), 0);
}

BOOST_AUTO_TEST_SUITE_END()
