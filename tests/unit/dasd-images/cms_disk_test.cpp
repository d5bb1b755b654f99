// What both formats must do.
#include "dasd-images/cms_disk.h"
#include "tests/unit/dasd-images/temporary.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace dasd;

namespace {

constexpr u8 F = cms::fixed_format, V = cms::variable_format;
constexpr u32 sizes[] = {800, 512, 1024, 2048, 4096};

bool same(const CmsFile& a, const CmsFile& b) {
    return a.id == b.id && a.mode == b.mode && a.format == b.format &&
           a.record_length == b.record_length && a.records == b.records;
}

std::string problems(CmsDisk& disk) {
    std::string all;
    for (const std::string& problem : disk.check()) all += problem + "\n";
    return all;
}

// Some of everything: one record, many blocks, several levels, split lengths.
std::vector<CmsFile> various_files() {
    std::vector<u32> mixed, tiny(700, 1), small(3000, 79);
    for (u32 i = 1; i < 300; ++i) mixed.push_back(i * 7 % 1200 + 1);
    return {make_file("ONE", "RECORD", F, {80}),  make_file("TWO", "RECORDS", V, {1, 65535}),
            make_file("MIXED", "DATA", V, mixed), make_file("TINY", "DATA", V, tiny),
            make_file("FIXED", "DATA", F, small), make_file("LONG", "MODULE", F, {60000, 60000})};
}

} // namespace

BOOST_AUTO_TEST_SUITE(cms_disk)

BOOST_DATA_TEST_CASE(a_new_disk_is_empty_and_sound, sizes, size) {
    TestDisk test(size, 2);
    auto const disk = test.open();
    BOOST_TEST(disk->block_size() == size);
    BOOST_TEST(disk->label() == "TEST");
    BOOST_TEST(disk->files().empty());
    BOOST_TEST(problems(*disk) == "");
}

BOOST_DATA_TEST_CASE(files_come_back_as_they_were_put, sizes, size) {
    TestDisk test(size, 3);
    auto const files = various_files();
    {
        auto const disk = test.open();
        for (const CmsFile& file : files) disk->put(file);
        disk->commit();
        BOOST_TEST(problems(*disk) == "");
    }
    auto const disk = test.open();
    BOOST_TEST(problems(*disk) == "");
    BOOST_REQUIRE(disk->files().size() == files.size());
    for (const CmsFile& file : files)
        BOOST_TEST(same(disk->get(file.id), file), to_string(file.id));
}

BOOST_DATA_TEST_CASE(a_file_is_replaced_and_others_stay, sizes, size) {
    TestDisk test(size, 2);
    for (u32 i = 0; i < 5; ++i) {
        auto const disk = test.open();
        disk->put(make_file("KEPT", "DATA", F, std::vector<u32>(20 + i, 80)));
        disk->put(make_file("FILE" + std::to_string(i), "DATA", V, {100, 2000}));
        disk->commit();
    }
    auto const disk = test.open();
    BOOST_TEST(disk->files().size() == 6u);
    BOOST_TEST(disk->get(make_file_id("KEPT", "DATA")).records.size() == 24u);
    BOOST_TEST(problems(*disk) == "");
}

BOOST_DATA_TEST_CASE(erasing_gives_all_blocks_back, sizes, size) {
    TestDisk test(size, 2);
    {
        auto const disk = test.open();
        disk->put(make_file("FIRST", "DATA", F, {80}));
        disk->commit();
    }
    u32 const before = test.open()->used_blocks();
    for (const CmsFile& file : various_files()) {
        auto const disk = test.open();
        disk->put(file);
        disk->commit();
    }
    for (const CmsFile& file : various_files()) {
        auto const disk = test.open();
        disk->erase(file.id);
        disk->commit();
        BOOST_TEST(problems(*disk) == "");
    }
    BOOST_TEST(test.open()->used_blocks() == before);
}

BOOST_DATA_TEST_CASE(nothing_is_changed_before_the_commit, sizes, size) {
    TestDisk test(size, 2);
    CmsFile const old = make_file("A", "DATA", F, std::vector<u32>(100, 80), 0xC1);
    {
        auto const disk = test.open();
        disk->put(old);
        disk->commit();
    }
    {
        auto const disk = test.open();
        disk->put(make_file("A", "DATA", V, {5000, 5000}, 0xE9));
        disk->put(make_file("B", "DATA", V, {5000, 5000}, 0xE9));
    }
    auto const disk = test.open();
    BOOST_TEST(disk->files().size() == 1u);
    BOOST_TEST(same(disk->get(old.id), old));
    BOOST_TEST(problems(*disk) == "");
}

BOOST_DATA_TEST_CASE(a_full_disk_refuses_and_keeps_what_it_has, sizes, size) {
    TestDisk test(size, 1);
    u32 kept = 0;
    std::string why;
    for (u32 i = 0; why.empty(); ++i) {
        auto const disk = test.open();
        why = failure_of([&] {
            disk->put(make_file("F" + std::to_string(i), "DATA", F, {20000, 20000}));
            disk->commit();
            ++kept;
        });
    }
    BOOST_TEST(contains(why, "the disk is full"));
    BOOST_TEST(kept > 5u);
    auto const disk = test.open();
    BOOST_TEST(disk->files().size() == kept);
    BOOST_TEST(problems(*disk) == "");
}

BOOST_DATA_TEST_CASE(a_fragmented_disk_takes_large_files, sizes, size) {
    TestDisk test(size, 1);
    {
        auto const disk = test.open();
        for (u32 i = 0; i < 40; ++i)
            disk->put(make_file("F" + std::to_string(i), "DATA", F, {u32{3000} + i}));
        disk->commit();
    }
    {
        auto const disk = test.open();
        for (u32 i = 0; i < 40; i += 2) disk->erase(make_file_id("F" + std::to_string(i), "DATA"));
        disk->commit();
    }
    CmsFile const large = make_file("LARGE", "DATA", V, std::vector<u32>(60, 1999));
    {
        auto const disk = test.open();
        disk->put(large);
        disk->commit();
    }
    auto const disk = test.open();
    BOOST_TEST(same(disk->get(large.id), large));
    BOOST_TEST(problems(*disk) == "");
}

BOOST_DATA_TEST_CASE(blocks_of_zeros_can_be_left_out, sizes, size) {
    TestDisk test(size, 2);
    CmsFile file = make_file("SPARSE", "DATA", F, std::vector<u32>(400, 800), 0xC1);
    for (u32 i = 0; i < 400; ++i)
        if (i != 0 && i != 333) file.records[i].assign(800, 0);
    {
        auto const disk = test.open();
        disk->put(file, true);
        disk->commit();
    }
    auto const disk = test.open();
    BOOST_TEST(same(disk->get(file.id), file));
    BOOST_TEST(disk->files()[0].blocks <= 6u);
    BOOST_TEST(problems(*disk) == "");
    disk->erase(file.id);
    disk->commit();
    BOOST_TEST(problems(*test.open()) == "");
}

BOOST_DATA_TEST_CASE(many_files_take_many_directory_blocks, sizes, size) {
    TestDisk test(size, 3);
    {
        auto const disk = test.open();
        for (u32 i = 0; i < 300; ++i)
            disk->put(make_file("F" + std::to_string(i), "DATA", F, {u32{1} + i}));
        disk->commit();
        for (u32 i = 0; i < 150; ++i) disk->erase(make_file_id("F" + std::to_string(i), "DATA"));
        disk->commit();
    }
    auto const disk = test.open();
    BOOST_TEST(disk->files().size() == 150u);
    BOOST_TEST(disk->get(make_file_id("F299", "DATA")).records[0].size() == 300u);
    BOOST_TEST(problems(*disk) == "");
}

BOOST_DATA_TEST_CASE(only_the_formatted_cylinders_are_used, sizes, size) {
    TemporaryFolder const folder;
    CkdImage image =
        CkdImage::create(folder / "a.ckd", s370::ckd::geometry_3350, 4, CkdImage::Kind::Plain);
    Minidisk disk(image, {1, 3});
    format_cms_disk(disk, "SHORT", size, 2);
    BOOST_TEST(CmsDisk::open(disk)->total_blocks() == disk.capacity(size) / 3 * 2);
}

BOOST_DATA_TEST_CASE(what_cannot_be_a_cms_file_is_refused, sizes, size) {
    TestDisk test(size);
    auto const disk = test.open();
    BOOST_TEST(contains(failure_of([&] { disk->put(make_file("E", "DATA", F, {})); }), "is empty"));
    BOOST_TEST(failure_of([&] { disk->put(make_file("E", "DATA", F, {80, 79})); }) != "");
    BOOST_TEST(failure_of([&] { disk->put(make_file("E", "DATA", V, {80, 0})); }) != "");
    BOOST_TEST(contains(failure_of([&] { disk->get(make_file_id("NO", "FILE")); }),
                        "NO FILE: is not on the disk"));
    BOOST_TEST(failure_of([&] { make_file_id("TOOLONGNAME", "X"); }) != "");
    BOOST_TEST(failure_of([&] { make_file_id("A/B", "X"); }) != "");
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_not_cms_is_refused_with_the_place_of_its_label) {
    TestDisk test(1024);
    test.damage(3, 0, {1, 2, 3, 4});
    BOOST_TEST(contains(failure_of([&] { test.open(); }), "cylinder 0 head 0 record 3"));
}

// Random damage anywhere: refused or reported or harmless, and nothing worse.
BOOST_DATA_TEST_CASE(no_damage_leads_astray, sizes, size) {
    TestDisk test(size);
    {
        auto const disk = test.open();
        disk->put(make_file("V", "DATA", V, {100, 3000, 1, 9000}));
        disk->put(make_file("F", "DATA", F, std::vector<u32>(200, 80)));
        disk->commit();
    }
    u32 seed = 12345;
    auto const random = [&](u32 below) {
        seed = seed * 1664525 + 1013904223;
        return (seed >> 8) % below;
    };
    u32 refused = 0;
    for (u32 i = 0; i < 400; ++i) {
        u32 const block = 3 + random(10), offset = random(200);
        Bytes const before = test->read(block);
        test.damage(block, offset, {u8(random(256)), u8(random(256))});
        std::string const why = failure_of([&] {
            auto const disk = test.open();
            refused += disk->check().empty() ? 0u : 1u;
            for (const FileInfo& info : disk->files()) disk->get(info.id);
        });
        refused += why.empty() ? 0u : 1u;
        test->write(block, before);
    }
    BOOST_TEST(refused > 20u);
    BOOST_TEST(problems(*test.open()) == "");
}

BOOST_AUTO_TEST_SUITE_END()
