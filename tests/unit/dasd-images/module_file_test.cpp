#include "cms/layout/module.h"
#include "dasd-images/module_file.h"
#include "tests/unit/dasd-images/temporary.h"

#include <boost/test/unit_test.hpp>
#include <cstring>

using namespace dasd;

namespace {

FileId const id = make_file_id("TEST", "MODULE");

void put(Bytes& bytes, usize at, u32 size, u32 value) {
    for (u32 i = size; i-- > 0; value >>= 8) bytes[at + i] = static_cast<u8>(value);
}

// An ELF program with one segment of code and one of zeros after it.
Bytes elf(u32 address, u32 entry) {
    Bytes file(0x100);
    u8 const ident[] = {0x7F, 'E', 'L', 'F', 1, 2, 1};
    std::copy_n(ident, sizeof ident, file.begin());
    put(file, 24, 4, entry);
    put(file, 28, 4, 52); // program headers
    put(file, 42, 2, 32);
    put(file, 44, 2, 2);
    u32 const segments[2][4] = {{address, 16, 16, 0xF0}, {address + 32, 0, 8, 0}};
    for (u32 i = 0; i < 2; ++i) {
        usize const at = 52 + i * 32;
        put(file, at, 4, 1);
        put(file, at + 4, 4, segments[i][3]);
        put(file, at + 8, 4, segments[i][0]);
        put(file, at + 16, 4, segments[i][1]);
        put(file, at + 20, 4, segments[i][2]);
    }
    std::fill(file.begin() + 0xF0, file.end(), u8{0x11});
    return file;
}

} // namespace

BOOST_AUTO_TEST_SUITE(module_file)

BOOST_AUTO_TEST_CASE(a_program_of_the_user_area_gets_a_header_and_records) {
    StorageImage const program{Bytes(70000, 0x47), 0x20000, 0x20004};
    CmsFile const file = make_module(program, id, {});
    BOOST_TEST(file.format == cms::variable_format);
    BOOST_REQUIRE(file.records.size() == 3u);
    BOOST_REQUIRE(file.records[0].size() == 80u);
    BOOST_TEST(file.records[1].size() == 65535u);
    BOOST_TEST(file.records[2].size() == 4465u);
    BOOST_TEST(file.record_length == 65535u);
    cms::ModuleHeader header;
    std::memcpy(&header, file.records[0].data(), 80);
    BOOST_TEST(header.entry == 0x20004u);
    BOOST_TEST(header.first_location == 0x20000u);
    BOOST_TEST(header.last_location == 0x20000u + 70000);
    BOOST_TEST(header.table_entries == 0);
    BOOST_TEST(header.loader_flags[0] == 0);
    BOOST_TEST(header.loader_flags[1] == cms::module_flag::str1);
}

BOOST_AUTO_TEST_CASE(a_program_of_the_transient_area_is_one_record) {
    CmsFile const file = make_module({Bytes(8192, 1), 0xE000, 0xE000}, id, {});
    BOOST_TEST(file.format == cms::fixed_format);
    BOOST_REQUIRE(file.records.size() == 1u);
    BOOST_TEST(file.record_length == 8192u);
    BOOST_TEST(failure_of([] { make_module({Bytes(8193, 1), 0xE000, 0xE000}, id, {}); }) != "");
    BOOST_TEST(failure_of([] { make_module({Bytes(100, 1), 0xE000, 0xE004}, id, {}); }) != "");
}

BOOST_AUTO_TEST_CASE(a_program_elsewhere_is_refused) {
    BOOST_TEST(failure_of([] { make_module({Bytes(100, 1), 0x10000, 0x10000}, id, {}); }) != "");
}

BOOST_AUTO_TEST_CASE(an_elf_program_is_laid_out_with_its_zeros) {
    TemporaryFolder const folder;
    write_file(folder / "a", elf(0x20000, 0x20002));
    StorageImage const image = read_elf(folder / "a");
    BOOST_TEST(image.load_address == 0x20000u);
    BOOST_TEST(image.entry == 0x20002u);
    BOOST_REQUIRE(image.bytes.size() == 40u);
    BOOST_TEST(image.bytes[15] == 0x11);
    BOOST_TEST(image.bytes[16] == 0);
}

BOOST_AUTO_TEST_CASE(a_damaged_elf_program_is_refused) {
    TemporaryFolder const folder;
    Bytes const sound = elf(0x20000, 0x20002);
    struct Case {
        usize at;
        u32 size, value;
    };
    for (Case const& c : {Case{0, 1, 0}, Case{4, 1, 2}, Case{5, 1, 1}, Case{24, 4, 0x30000},
                          Case{28, 4, 0xFFFFFFFF}, Case{44, 2, 0xFFFF}, Case{52 + 4, 4, 0xF8},
                          Case{52 + 8, 4, 0xFFFFFF}, Case{52 + 20, 4, 4}}) {
        Bytes bytes = sound;
        put(bytes, c.at, c.size, c.value);
        write_file(folder / "a", bytes);
        BOOST_TEST(failure_of([&] { read_elf(folder / "a"); }).starts_with(folder / "a"));
    }
}

BOOST_AUTO_TEST_CASE(a_flat_nucleus_says_its_addresses_beside_it) {
    TemporaryFolder const folder;
    folder.write("n.bin", std::string(5000, 'x'));
    BOOST_TEST(contains(failure_of([&] { read_storage_image(folder / "n.bin"); }), "n.meta"));
    folder.write("n.meta", "load 4000\nentry 4010\n");
    StorageImage const image = read_storage_image(folder / "n.bin");
    BOOST_TEST(image.load_address == 0x4000u);
    BOOST_TEST(image.entry == 0x4010u);
    folder.write("n.meta", "load 4000\nentry 9000\n");
    BOOST_TEST(contains(failure_of([&] { read_storage_image(folder / "n.bin"); }), "entry"));
    folder.write("n.meta", "garbage");
    BOOST_TEST(contains(failure_of([&] { read_storage_image(folder / "n.bin"); }), "does not say"));
}

BOOST_AUTO_TEST_SUITE_END()
