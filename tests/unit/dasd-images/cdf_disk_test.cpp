#include "dasd-images/cdf_disk.h"
#include "tests/unit/dasd-images/temporary.h"
#include "tests/unit/dasd-images/worked_example.h"

#include <boost/test/unit_test.hpp>

using namespace dasd;

namespace {

CmsFile hello() {
    CmsFile file = make_file("HELLO", "EXEC", cms::fixed_format, {80, 80}, 0xC1);
    file.changed = example_time;
    return file;
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

BOOST_AUTO_TEST_SUITE(cdf_disk)

BOOST_AUTO_TEST_CASE(the_worked_example_comes_out_byte_for_byte) {
    TestDisk test(800, 1, "WRKDSK");
    auto const disk = test.open();
    disk->put(hello());
    disk->put(note());
    disk->commit();

    BOOST_TEST(holds(*test, 3, 0, "c3d4e27e e6d9d2c4 e2d20000"));
    BOOST_TEST(holds(*test, 4, 0, "0005ffff 0000"));
    BOOST_TEST(holds(*test, 4, 0x16C, "0000023a 0000000a 00000230 00000001 00000001"));
    BOOST_TEST(holds(*test, 4, 0x180, "ffc0 00"));
    BOOST_TEST(holds(*test, 4, 0x257, "0b"));
    BOOST_TEST(holds(*test, 5, 0,
                     "c8c5d3d3d6404040 c5e7c5c340404040 01150930 0003 0001 c1f1 0002 0006 c6 00 "
                     "00000050 0001 f8f0"));
    BOOST_TEST(holds(*test, 5, 0x28,
                     "d5d6e3c540404040 c4c1e3c140404040 01150930 0004 0001 c1f1 0003 0008 e5 00 "
                     "00000258 0002 f8f0"));
    BOOST_TEST(holds(*test, 6, 0x50, "0007 0000"));
    BOOST_TEST(holds(*test, 8, 0x50, "0009 000a 0000"));
    BOOST_TEST(holds(*test, 9, 0, "0258 c1c1"));
    BOOST_TEST(holds(*test, 9, 602, "0258 c2c2"));
    BOOST_TEST(holds(*test, 10, 404, "0014 c3c3"));
}

BOOST_AUTO_TEST_CASE(large_files_have_further_chain_links) {
    TestDisk test(800, 2);
    CmsFile const file = make_file("LARGE", "DATA", cms::fixed_format, std::vector<u32>(900, 800));
    {
        auto const disk = test.open();
        disk->put(file);
        disk->commit();
    }
    auto const disk = test.open();
    BOOST_TEST(bool(disk->get(file.id).records == file.records));
    BOOST_TEST(disk->check().empty());
    // MFD, IPL and label blocks, directory, mask is in the MFD; 900 data, 1 + 3 links.
    BOOST_TEST(disk->used_blocks() == 4u + 1 + 900 + 4);
}

BOOST_AUTO_TEST_CASE(a_large_disk_has_mask_extensions) {
    TestDisk test(800, 20);
    {
        auto const disk = test.open();
        disk->put(hello());
        disk->commit();
    }
    BOOST_TEST(holds(*test, 4, 2, "fffd"));
    auto const disk = test.open();
    BOOST_TEST(disk->total_blocks() == 20u * 570);
    BOOST_TEST(disk->check().empty());
}

BOOST_AUTO_TEST_CASE(damage_is_named_with_its_block) {
    auto const damaged = [](u32 block, u32 offset, const Bytes& bytes) {
        TestDisk test(800, 1, "WRKDSK");
        auto const disk = test.open();
        disk->put(hello());
        disk->put(note());
        disk->commit();
        test.damage(block, offset, bytes);
        return problems(test);
    };
    BOOST_TEST(
        contains(damaged(4, 0x16C, {1}), "block 4 (cylinder 0 head 0 record 4): the master"));
    BOOST_TEST(contains(damaged(4, 0, {0xFF, 0x00}), "it names block 65280"));
    BOOST_TEST(contains(damaged(4, 0x181, {0x80}),
                        "block 10 (cylinder 0 head 0 record 10): belongs "
                        "to NOTE DATA but is free in the map"));
    BOOST_TEST(contains(damaged(4, 0x181, {0xE0}), "block 11 (cylinder 0 head 0 record 11): is in "
                                                   "use but belongs to nothing"));
    BOOST_TEST(contains(damaged(4, 0x173, {0x09}), "the directory counts 9 blocks used"));
    BOOST_TEST(contains(damaged(5, 0x1E, {0xC1}), "HELLO EXEC: is neither F nor V"));
    BOOST_TEST(contains(damaged(5, 0x1C, {0x00, 0x08}), "block 8 (cylinder 0 head 0 record 8): "
                                                        "belongs to HELLO EXEC and to NOTE DATA"));
    BOOST_TEST(contains(damaged(5, 0x10, {0xAB}), "HELLO EXEC: has a date"));
    BOOST_TEST(contains(damaged(5, 0x28, hex("c8c5d3d3d6404040 c5e7c5c340404040")),
                        "HELLO EXEC: is in the directory twice"));
    BOOST_TEST(contains(damaged(6, 0x50, {0xFF, 0xFF}), "HELLO EXEC: points to block 65535"));
    BOOST_TEST(contains(damaged(6, 0x50, {0x00, 0x00}), "HELLO EXEC: has 0 data blocks"));
    BOOST_TEST(contains(damaged(9, 0, {0xFF}), "NOTE DATA: record 1 has length"));
}

BOOST_AUTO_TEST_SUITE_END()
