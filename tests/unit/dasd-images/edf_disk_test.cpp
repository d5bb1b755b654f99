#include "dasd-images/edf_disk.h"
#include "tests/unit/dasd-images/temporary.h"
#include "tests/unit/dasd-images/worked_example.h"

#include <boost/test/unit_test.hpp>

using namespace dasd;

namespace {

CmsFile hello() {
    CmsFile file = make_file("HELLO", "TEXT", cms::fixed_format, {80, 80, 80}, 0xC1);
    file.changed = example_time;
    return file;
}

// The worked example as it is documented: 24 blocks of 1024.
void write_example(TestDisk& test) {
    test.damage(3, 0,
                hex("c3d4e2f1 c5c4c6c4 e2d20000 00000400 00000004 00000001 00000001 00000018"
                    "0000000a 00000040 00000010 80011509 30000000 00000000"));
    test.damage(4, 0,
                hex("00000001 00000000 c4c9d9c5c3e3d6d9 01150930 0000 0000 0000 0000 0000 c6 00 "
                    "00000040 0000 f8f0 00000004 00000001 00000004 00 04 800115093000 00000000"
                    "00000002 00000000 c1d3d3d6c3d4c1d7 01150930 0000 0000 0000 0000 0000 c6 00 "
                    "00000400 0000 f8f0 00000006 00000001 00000001 00 04 800115093000 00000000"
                    "c8c5d3d3d6404040 e3c5e7e340404040 01150930 0004 0001 c1f1 0003 0000 c6 00 "
                    "00000050 0000 f8f0 00000007 00000001 00000003 00 04 800115093000 00000000"
                    "d5d6e3c540404040 c4c1e3c140404040 01150930 0004 0001 c1f1 0003 0000 e5 00 "
                    "00000258 0000 f8f0 0000000a 00000002 00000003 01 0c 800115093000 00000000"));
    test.damage(6, 0, hex("ffc0"));
    test.damage(7, 0, Bytes(80, 0xC1));
    test.damage(7, 80, Bytes(80, 0xC2));
    test.damage(7, 160, Bytes(80, 0xC3));
    Bytes records = hex("0258");
    records.resize(602, 0xC1);
    records.insert(records.end(), {0x02, 0x58});
    records.resize(1204, 0xC2);
    records.insert(records.end(), {0x00, 0x14});
    records.resize(1226, 0xC3);
    test.damage(8, 0, Bytes(records.begin(), records.begin() + 1024));
    test.damage(9, 0, Bytes(records.begin() + 1024, records.end()));
    test.damage(10, 0, hex("00000008 00000002 00000000 00000009 00000003 000000b4"));
}

// All that is wrong with the disk.
std::string problems(TestDisk& test) {
    std::string all;
    std::string const why = failure_of([&] {
        for (const std::string& problem : test.open()->check()) all += problem + "\n";
    });
    return why + all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(edf_disk)

BOOST_AUTO_TEST_CASE(the_worked_example_is_read_and_found_sound) {
    TestDisk test(1024);
    write_example(test);
    auto const disk = test.open();
    BOOST_TEST(problems(test) == "");
    BOOST_TEST(disk->total_blocks() == 24u);
    BOOST_TEST(bool(disk->get(hello().id).records == hello().records));
    BOOST_TEST(bool(disk->get(note().id).records == note().records));
    BOOST_TEST(bool(disk->get(note().id).changed == example_time));
}

BOOST_AUTO_TEST_CASE(files_are_written_as_in_the_worked_example) {
    TestDisk test(1024, 1, "EDFDSK");
    BOOST_TEST(
        holds(*test, 3, 0, "c3d4e2f1 c5c4c6c4 e2d20000 00000400 00000004 00000001 00000001"));
    BOOST_TEST(holds(*test, 4, 0, "00000001 00000000 c4c9d9c5c3e3d6d9"));
    BOOST_TEST(holds(*test, 6, 0, "fc00")); // blocks 1 to 6
    auto const disk = test.open();
    disk->put(hello());
    disk->put(note());
    disk->commit();

    BOOST_TEST(holds(*test, 3, 16, "00000005")); // the other root
    BOOST_TEST(holds(*test, 5, 0x80,
                     "c8c5d3d3d6404040 e3c5e7e340404040 01150930 0004 0001 c1f1 0003 0000 c6 00 "
                     "00000050 0000 f8f0 00000007 00000001 00000003 00 04 800115093000 00000000"
                     "d5d6e3c540404040 c4c1e3c140404040 01150930 0004 0001 c1f1 0003 0000 e5 00 "
                     "00000258 0000 f8f0 0000000a 00000002 00000003 01 0c 800115093000 00000000"));
    BOOST_TEST(holds(*test, 8, 0, "0258 c1c1"));
    BOOST_TEST(holds(*test, 9, 0xB4, "0014 c3c3"));
    BOOST_TEST(holds(*test, 10, 0, "00000008 00000002 00000000 00000009 00000003 000000b4 00"));
    BOOST_TEST(holds(*test, 11, 0, "fbe0")); // the map has moved from 6 to 11
}

BOOST_AUTO_TEST_CASE(a_directory_of_many_blocks_is_found_below_its_root) {
    TestDisk test(512, 2);
    {
        auto const disk = test.open();
        for (u32 i = 0; i < 1100; ++i) // more than 128 blocks of 8 entries: two levels
            disk->put(make_file("F" + std::to_string(i), "DATA", cms::fixed_format, {1}));
        disk->commit();
        disk->commit();
    }
    auto const disk = test.open();
    BOOST_TEST(disk->files().size() == 1100u);
    BOOST_TEST(disk->check().empty());
}

BOOST_AUTO_TEST_CASE(a_hole_within_a_record_of_a_v_file_reads_as_zeros) {
    TestDisk test(512);
    CmsFile file = make_file("V", "DATA", cms::variable_format, {2000, 10});
    file.records[0].assign(2000, 0);
    u32 hole = 0;
    {
        auto const disk = test.open();
        disk->put(file);
        disk->commit();
    }
    for (u32 pointer = 6; hole == 0; ++pointer) { // the pointer block: 4 data blocks follow 7
        const Bytes& block = test->read(pointer);
        if (block[3] == 7 && block[7] == 1 && block[15] == 8) hole = pointer;
    }
    test.damage(hole, 12, {0, 0, 0, 0}); // the second data block
    BOOST_TEST(bool(test.open()->get(file.id).records == file.records));
}

BOOST_AUTO_TEST_CASE(damage_is_named_with_its_block) {
    auto const damaged = [](u32 block, u32 offset, const Bytes& bytes) {
        TestDisk test(1024);
        write_example(test);
        test.damage(block, offset, bytes);
        return problems(test);
    };
    std::string const label = "block 3 (cylinder 0 head 0 record 3): the label is damaged: ";
    BOOST_TEST(contains(damaged(3, 12, {0, 0, 8, 0}), label + "its block size"));
    BOOST_TEST(contains(damaged(3, 16, {0, 0, 0, 6}), label + "the directory is neither"));
    BOOST_TEST(contains(damaged(3, 16, {0, 0, 0, 5}), "block 5 (cylinder 0 head 0 record 5): no "
                                                      "directory"));
    BOOST_TEST(contains(damaged(3, 20, {0, 0, 0, 2}), label + "more cylinders"));
    BOOST_TEST(contains(damaged(3, 28, {0, 0, 2, 0}), label + "more blocks than"));
    BOOST_TEST(contains(damaged(3, 35, {25}), label + "more blocks in use"));
    BOOST_TEST(contains(damaged(3, 35, {11}),
                        "the label says 11 blocks are used, the allocation map "
                        "10"));
    BOOST_TEST(contains(damaged(3, 39, {32}), label + "the size of directory entries"));
    BOOST_TEST(contains(damaged(4, 0x48, {0}), "the second entry is not the allocation map"));
    BOOST_TEST(contains(damaged(4, 0x80 + 0x1E, {0xC1}), "HELLO TEXT: is neither F nor V"));
    BOOST_TEST(contains(damaged(4, 0x80 + 0x20, {0xFF}), "HELLO TEXT: has record length"));
    BOOST_TEST(contains(damaged(4, 0x80 + 0x2B, {0x02}), "HELLO TEXT: points to block 2"));
    BOOST_TEST(contains(damaged(4, 0x80 + 0x2B, {0x19}), "HELLO TEXT: points to block 25"));
    BOOST_TEST(contains(damaged(4, 0x80 + 0x2B, {0x08}), "block 8 (cylinder 0 head 0 record 8): "
                                                         "belongs to HELLO TEXT and to NOTE DATA"));
    BOOST_TEST(contains(damaged(4, 0x80 + 0x33, {0x20}), "HELLO TEXT: has too few levels"));
    BOOST_TEST(contains(damaged(4, 0x80 + 0x34, {0x07}), "HELLO TEXT: has 7 levels"));
    BOOST_TEST(contains(damaged(4, 0xC0 + 0x2F, {0x03}), "NOTE DATA: has 2 data blocks, its entry "
                                                         "says 3"));
    BOOST_TEST(contains(damaged(4, 0xC0 + 0x35, {0x04}), "NOTE DATA: has pointers of 4 bytes"));
    BOOST_TEST(contains(damaged(4, 0xC0 + 0x36, {0xFF}), "NOTE DATA: has a date"));
    BOOST_TEST(contains(damaged(6, 1, {0x80}), "block 10 (cylinder 0 head 0 record 10): belongs to "
                                               "NOTE DATA but is free in the map"));
    BOOST_TEST(contains(damaged(6, 1, {0xE0}), "block 11 (cylinder 0 head 0 record 11): is in use "
                                               "but belongs to nothing"));
    BOOST_TEST(contains(damaged(8, 0, {0xFF}), "NOTE DATA: record 1 has length"));
    BOOST_TEST(contains(damaged(10, 3, {0x63}), "NOTE DATA: points to block 99"));
    BOOST_TEST(contains(damaged(10, 7, {0x01}), "NOTE DATA: the pointer to block 8"));
    BOOST_TEST(contains(damaged(10, 23, {0xB5}), "NOTE DATA: the pointer to block 9"));
}

BOOST_AUTO_TEST_CASE(pointers_that_lead_in_a_circle_end) {
    TestDisk test(1024);
    write_example(test);
    test.damage(4, 0xC0 + 0x34, {6}); // six levels
    Bytes circle;
    for (u32 i = 0; i < 85; ++i)
        for (int b : {0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 0}) circle.push_back(static_cast<u8>(b));
    test.damage(10, 0, circle);
    BOOST_TEST(contains(problems(test), "NOTE DATA: "));
}

BOOST_AUTO_TEST_SUITE_END()
