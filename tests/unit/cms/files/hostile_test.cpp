// Disks that somebody else wrote: the examples of the reference byte for byte, and damage.
#include "disk_checker.h"
#include "session.h"

#include "cms/base/storage.h"
#include "cms/io/disk_io.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

using namespace tests;
namespace data = boost::unit_test::data;

namespace {

constexpr u32 sizes[] = {800, 512, 1024, 2048, 4096};

// Hexadecimal digits, blanks ignored, to byte `at` of a block.
void put(fakes::Minidisk& disk, u32 block, u32 at, const std::string& hex) {
    std::string digits;
    std::copy_if(hex.begin(), hex.end(), std::back_inserter(digits),
                 [](char c) { return c != ' '; });
    for (usize i = 0; i + 1 < digits.size(); i += 2) {
        disk.block(block)[at + i / 2] =
            static_cast<u8>(std::stoul(digits.substr(i, 2), nullptr, 16));
    }
}

std::string repeat(u8 byte, usize n) { return std::string(n, static_cast<char>(byte)); }
void fill(fakes::Minidisk& disk, u32 block, u32 at, u8 byte, u32 n) {
    std::fill_n(disk.block(block).begin() + at, n, byte);
}

void check_example(Session& cms) {
    BOOST_CHECK_EQUAL(cms.last_access.writable, 1);
    BOOST_CHECK(cms.directory('A') == (std::vector<std::string>{"HELLO EXEC A1", "NOTE DATA A1"}) ||
                cms.directory('A') == (std::vector<std::string>{"HELLO TEXT A1", "NOTE DATA A1"}));
    BOOST_CHECK(cms.contents("NOTE DATA A1") ==
                (Records{repeat(0xC1, 600), repeat(0xC2, 600), repeat(0xC3, 20)}));
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(the_example_of_an_800_byte_disk_is_read_and_written) {
    Session cms;
    fakes::Minidisk disk(0x191, 1);
    disk.make_blocks(800);
    put(disk, 3, 0, "c3d4e27e e6d9d2c4 e2d2");
    put(disk, 4, 0, "0005ffff");
    put(disk, 4, 0x16C, "0000023a 0000000a 00000230 00000001 00000001");
    put(disk, 4, 0x180, "ffc0");
    put(disk, 4, 0x257, "0b");
    put(disk, 5, 0,
        "c8c5d3d3d6404040 c5e7c5c340404040 01150930 0003 0001 c1f1 0002 0006 c6 00 00000050 0001 "
        "f8f0");
    put(disk, 5, 0x28,
        "d5d6e3c540404040 c4c1e3c140404040 01150930 0004 0001 c1f1 0003 0008 e5 00 00000258 0002 "
        "f8f0");
    put(disk, 6, 0x50, "0007");
    fill(disk, 7, 0, 0x40, 160);
    put(disk, 8, 0x50, "0009 000a");
    put(disk, 9, 0, "0258");
    fill(disk, 9, 2, 0xC1, 600);
    put(disk, 9, 602, "0258");
    fill(disk, 9, 604, 0xC2, 196);
    fill(disk, 10, 0, 0xC2, 404);
    put(disk, 10, 404, "0014");
    fill(disk, 10, 406, 0xC3, 20);
    BOOST_CHECK(check_disk(disk).errors.empty());

    BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    check_example(cms);
    BOOST_CHECK(cms.contents("HELLO EXEC A1") == Records(2, repeat(0x40, 80)));
    BOOST_CHECK_EQUAL(cms.write("HELLO EXEC A1", 0, repeat(0x5C, 80)), 0);
    BOOST_CHECK_EQUAL(cms.finis(), 0);
    for (const std::string& error : check_disk(disk).errors) BOOST_ERROR(error);
    BOOST_CHECK_EQUAL(check_disk(disk).files["HELLO EXEC"].size(), 3);
}

BOOST_AUTO_TEST_CASE(the_example_of_a_1024_byte_disk_is_read_and_written) {
    Session cms;
    fakes::Minidisk disk(0x191, 1);
    disk.make_blocks(1024);
    put(disk, 3, 0,
        "c3d4e2f1 c5c4c6c4 e2d20000 00000400 00000004 00000001 00000001 00000018"
        "0000000a 00000040 00000010 80011509 30000000");
    put(disk, 4, 0,
        "00000001 00000000 c4c9d9c5c3e3d6d9 01150930 0000 0000 0000 0000 0000 c6 00 00000040 0000 "
        "f8f0"
        "00000004 00000001 00000004 00 04 800115093000 00000000");
    put(disk, 4, 0x40,
        "00000002 00000000 c1d3d3d6c3d4c1d7 01150930 0000 0000 0000 0000 0000 c6 00 00000400 0000"
        "f8f0 00000006 00000001 00000001 00 04 800115093000 00000000");
    put(disk, 4, 0x80,
        "c8c5d3d3d6404040 e3c5e7e340404040 01150930 0004 0001 c1f1 0003 0000 c6 00 00000050 0001"
        "f8f0 00000007 00000001 00000003 00 04 800115093000 00000000");
    put(disk, 4, 0xC0,
        "d5d6e3c540404040 c4c1e3c140404040 01150930 0004 0001 c1f1 0003 0000 e5 00 00000258 0002"
        "f8f0 0000000a 00000002 00000003 01 0c 800115093000 00000000");
    put(disk, 6, 0, "ffc0");
    fill(disk, 7, 0, 0x40, 240);
    put(disk, 8, 0, "0258");
    fill(disk, 8, 2, 0xC1, 600);
    put(disk, 8, 602, "0258");
    fill(disk, 8, 604, 0xC2, 420);
    fill(disk, 9, 0, 0xC2, 180);
    put(disk, 9, 0xB4, "0014");
    fill(disk, 9, 0xB6, 0xC3, 20);
    put(disk, 10, 0, "00000008 00000002 00000000 00000009 00000003 000000b4");
    for (const std::string& error : check_disk(disk).errors) BOOST_ERROR(error);

    BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    BOOST_CHECK_EQUAL(cms::files::find_disk('A'_e)->blocks_total.value(), 24);
    check_example(cms);
    BOOST_CHECK_EQUAL(cms.make("MORE DATA A1", {repeat(0x5C, 80)}, 'F'), 0);
    for (const std::string& error : check_disk(disk).errors) BOOST_ERROR(error);
    BOOST_CHECK_EQUAL(check_disk(disk).files.size(), 3);
}

BOOST_DATA_TEST_CASE(damage_gives_an_error_and_never_a_wild_store, data::make(sizes), size) {
    Session cms;
    fakes::Minidisk disk(0x191, 1);
    BOOST_REQUIRE_EQUAL(cms.format(0x191, size), 0);
    BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    std::mt19937 random(size);
    Records records;
    for (u32 i = 0; i < 120; ++i) records.emplace_back(1 + i * 5, static_cast<char>(i + 1));
    for (u32 i = 0; i < 12; ++i) {
        std::string const name = "F" + std::to_string(i) + " DATA A1";
        BOOST_REQUIRE_EQUAL(cms.make(name, i % 2 == 0 ? Records(60, repeat('f', 80)) : records,
                                     i % 2 == 0 ? 'F' : 'V'),
                            0);
    }
    disk.save();
    u32 const used = check_disk(disk).used;
    constexpr u32 canary_start = 0x60000, canary_end = 0x90000;
    u32 accessed = 0;
    for (u32 round = 0; round < 300; ++round) {
        disk.restore();
        for (u32 i = 0, n = 1 + static_cast<u32>(random() % 12); i < n; ++i) {
            // Mostly where the structure is: label, directory, chain links, pointers.
            auto const block =
                disk.block(random() % 3 == 0 ? 3 + static_cast<u32>(random() % 3)
                                             : 3 + static_cast<u32>(random() % used));
            u32 const at = static_cast<u32>(
                random() % (random() % 2 == 0 ? std::min<usize>(block.size(), 256) : block.size()));
            block[at] = static_cast<u8>(random() % 4 == 0 ? 0xFF : random());
        }
        cms.ipl();
        std::fill_n(cms::at_address(canary_start), canary_end - canary_start, u8{0xA5});
        if (cms.access(0x191, 'A') == 0) {
            ++accessed;
            std::string record;
            for (u32 i = 0; i < 12; ++i) {
                std::string const name = "F" + std::to_string(i) + " DATA A1";
                for (u32 item : {1u, 30u, 0u, 60u, 119u, 0u, 0u}) {
                    (void)cms.read(name, item, record, 500);
                    auto const* const behind = cms::at_address(0x20000 + 500);
                    BOOST_REQUIRE(record.size() <= 500 && *behind != 'f');
                }
                (void)cms.finis(name);
                if (i % 3 == 0) (void)cms.write(name, 20, repeat('w', 80), i % 2 == 0 ? 'F' : 'V');
                if (i % 4 == 1) (void)cms.erase(name);
            }
            (void)cms.finis();
            (void)cms.make("NEW DATA A1", records, 'V');
            (void)cms.erase("* * A");
            BOOST_REQUIRE_EQUAL(cms.release('A'), 0);
        }
        auto const* const canary = cms::at_address(canary_start);
        BOOST_REQUIRE(std::all_of(canary, canary + (canary_end - canary_start),
                                  [](u8 b) { return b == 0xA5; }));
        BOOST_REQUIRE_GE(cms::nucon().freelowe, canary_end);
    }
    BOOST_TEST_MESSAGE("accessed " << accessed << " of 300");
    BOOST_CHECK_GT(accessed, 20);
}

BOOST_DATA_TEST_CASE(a_bad_block_is_told_and_the_rest_stays, data::make(sizes), size) {
    Session cms;
    fakes::Minidisk disk(0x191, 1);
    BOOST_REQUIRE_EQUAL(cms.format(0x191, size), 0);
    BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    Records const records(200, std::string(80, 'x'));
    BOOST_CHECK_EQUAL(cms.make("GOOD DATA A1", records, 'F'), 0);
    std::vector<u32> written;
    disk.on_write = [&](u32 block) { written.push_back(block); };
    BOOST_CHECK_EQUAL(cms.make("BAD DATA A1", records, 'F'), 0);
    u32 const bad_block = written.front(); // its first data block
    disk.bad = [&](u32 block, bool) { return block == bad_block; };
    std::string record;
    BOOST_CHECK_EQUAL(cms.read("BAD DATA A1", 1, record), 3);
    BOOST_CHECK_EQUAL(cms::io::last_failure().block, bad_block);
    BOOST_CHECK_EQUAL(cms::io::last_failure().sense[0], 0x10);
    BOOST_CHECK_EQUAL(cms.finis(), 0);
    BOOST_CHECK(cms.contents("GOOD DATA A1") == records);
    BOOST_CHECK_EQUAL(cms.erase("BAD DATA A1"), 0);
    for (const std::string& error : check_disk(disk).errors) BOOST_ERROR(error);
}

BOOST_AUTO_TEST_SUITE_END()
