#include "cp/guest/shadow_tables.h"

#include "cp/guest/fast_path.h"
#include "tests/unit/cp/guest/supervisor_fixture.h"

using namespace cp;
using namespace fixtures;
using s370::Program;

namespace {

// A guest with a segment table at 8000 and page tables from 9000 on, 1000 apart.
struct Fixture : Supervisor {
    static constexpr u32 segments = 0x8000, pages = 0x9000;

    Fixture() { use(s370::cr0::pages_4k | s370::cr0::segments_64k); }

    void use(u32 format) {
        vm.settings.ec_mode = true;
        vm.cpu.cr[0] = format;
        vm.cpu.cr[1] = 0x0F000000 | segments;
        vm.cpu.psw.bits = 0x040C0000'00001000;
        for (u32 i = 0; i < 256; ++i) put_word(segments + 4 * i, 1);
        for (u32 i = 0; i < 0x1000; i += 2) put_half(pages + i, 0x000C);
    }
    bool large_pages() const { return (vm.cpu.cr[0] & s370::cr0::pages_4k) != 0; }
    void put_word(u32 at, u32 value) { vm.storage.write({at}, Be32(value)); }
    void put_half(u32 at, u16 value) { vm.storage.write({at}, Be16(value)); }
    void segment(u32 number, u32 table = pages, u32 flags = 0xF0000000) {
        put_word(segments + 4 * number, table | flags);
    }
    void page(u32 number, u32 real, u32 table = pages) {
        put_half(table + 2 * number, static_cast<u16>(real >> 8));
    }

    // What the real machine would find: the byte of real storage, or nullptr for a fault.
    u8* walk(u32 address) {
        u32 const table = vm.shadow.select(vm, vm.cpu.space()) & 0x00FFFFC0;
        auto const entry = machine::real<s370::SegmentEntry>(table)[address >> 16];
        if (entry.invalid()) return nullptr;
        u32 const bits = large_pages() ? 12 : 11;
        u16 const found =
            machine::real<s370::PageEntry>(entry.page_table())[(address & 0xFFFF) >> bits].bits;
        if ((found & (large_pages() ? 8 : 4)) != 0) return nullptr;
        return machine::real(u32{found & (large_pages() ? 0xFFF0u : 0xFFF8u)} << 8 |
                             (address & ((1u << bits) - 1)));
    }
    bool refilled(u32 address) {
        vm.shadow.select(vm, vm.cpu.space());
        return vm.shadow.refill(vm.storage, address);
    }
    // As the dispatcher does it.
    Program touch(u32 address) {
        return refilled(address) ? Program::None : vm.shadow.fault(vm, address, vm.cpu.space());
    }
    bool mapped(u32 address, u32 real) {
        return touch(address) == Program::None && walk(address) == vm.storage.touch({real});
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(shadow_tables, Fixture)

BOOST_AUTO_TEST_CASE(a_page_is_mapped_when_it_is_touched) {
    segment(2);
    page(3, 0x5000);
    BOOST_TEST(walk(0x23456) == nullptr);
    BOOST_TEST(mapped(0x23456, 0x5456));
    BOOST_TEST(walk(0x24456) == nullptr);
}

BOOST_AUTO_TEST_CASE(all_four_combinations_of_sizes_are_mapped) {
    for (u32 const page_size : {s370::cr0::pages_2k, s370::cr0::pages_4k}) {
        for (u32 const segment_size : {s370::cr0::segments_64k, s370::cr0::segments_1m}) {
            use(page_size | segment_size);
            bool const megabyte = segment_size == s370::cr0::segments_1m;
            segment(megabyte ? 1 : 0x13);
            u32 const in_segment = megabyte ? 0x37800 : 0x7800;
            page(in_segment >> (large_pages() ? 12 : 11), large_pages() ? 0x6000 : 0x6800);
            BOOST_TEST(mapped(0x137ABC, 0x6ABC));
            BOOST_TEST(walk(0x127ABC) == nullptr);
        }
    }
}

BOOST_AUTO_TEST_CASE(exceptions_of_the_guests_own_tables_are_told) {
    BOOST_TEST(int(touch(0x20000)) == int(Program::SegmentTranslation));
    segment(2);
    BOOST_TEST(int(touch(0x20000)) == int(Program::PageTranslation));
    vm.cpu.cr[1] = segments; // sixteen segments
    BOOST_TEST(int(touch(0x100000)) == int(Program::SegmentTranslation));
    page(0, 0x100000); // beyond 256K
    BOOST_TEST(int(touch(0x20000)) == int(Program::Addressing));
    segment(3, pages, 0x01000000);
    BOOST_TEST(int(touch(0x30000)) == int(Program::TranslationSpecification));
    vm.cpu.cr[0] = 0;
    BOOST_TEST(int(touch(0x20000)) == int(Program::TranslationSpecification));
}

BOOST_AUTO_TEST_CASE(an_entry_made_valid_needs_no_ptlb) {
    segment(0);
    BOOST_TEST(int(touch(0x1000)) == int(Program::PageTranslation));
    page(1, 0x7000);
    BOOST_TEST(mapped(0x1000, 0x7000));
}

BOOST_AUTO_TEST_CASE(ptlb_forgets_every_space) {
    segment(0);
    page(1, 0x7000);
    BOOST_TEST(mapped(0x1000, 0x7000));
    page(1, 0x6000);
    BOOST_TEST(walk(0x1000) == vm.storage.touch({0x7000}));
    u32 const purges = fakes::tlb_purges;
    vm.shadow.purge();
    BOOST_TEST(fakes::tlb_purges > purges);
    BOOST_TEST(vm.shadow.purged());
    BOOST_TEST(walk(0x1000) == nullptr);
    BOOST_TEST(mapped(0x1000, 0x6000));
}

BOOST_AUTO_TEST_CASE(a_page_of_a_known_segment_is_refilled) {
    segment(0);
    page(1, 0x7000);
    page(2, 0x6000);
    BOOST_TEST(!refilled(0x1000));
    BOOST_TEST(mapped(0x1000, 0x7000));
    vm.shadow.purge();
    BOOST_TEST(refilled(0x2000));
    BOOST_TEST(walk(0x2000) == vm.storage.touch({0x6000}));
    BOOST_TEST(!vm.shadow.purged());
    BOOST_TEST(walk(0x1000) == nullptr);
}

BOOST_AUTO_TEST_CASE(what_a_walk_would_refuse_is_not_refilled) {
    segment(0, pages, 0x10000000); // two sixteenths
    page(0, 0x7000);
    page(1, 0x6000);
    page(2, 0x5000);
    BOOST_TEST(mapped(0x0000, 0x7000));
    BOOST_TEST(refilled(0x1000));
    BOOST_TEST(!refilled(0x2000));
    BOOST_TEST(!refilled(0x3000));
    page(1, 0x00F00000);
    BOOST_TEST(!refilled(0x1000));
    segment(0, pages + 0x100, 0x10000000);
    BOOST_TEST(!refilled(0x0000));
}

BOOST_AUTO_TEST_CASE(refilling_ends_when_frames_change) {
    segment(0);
    page(1, 0x7000);
    BOOST_TEST(mapped(0x1000, 0x7000));
    vm.shadow.purge();
    vm.storage.set_prefix(0x9000);
    BOOST_TEST(!vm.shadow.refill(vm.storage, 0x1000));
    vm.storage.set_prefix(0);
}

BOOST_AUTO_TEST_CASE(ipte_forgets_one_page_in_every_space) {
    segment(0);
    segment(5);
    page(1, 0x7000);
    page(2, 0x6000);
    BOOST_TEST(mapped(0x1000, 0x7000));
    BOOST_TEST(mapped(0x2000, 0x6000));
    vm.cpu.cr[1] = 0x0E000000 | segments;
    BOOST_TEST(mapped(0x51000, 0x7000));
    vm.shadow.invalidate(pages, 1);
    BOOST_TEST(walk(0x51000) == nullptr);
    vm.cpu.cr[1] = 0x0F000000 | segments;
    BOOST_TEST(walk(0x1000) == nullptr);
    BOOST_TEST(walk(0x2000) != nullptr);
}

BOOST_AUTO_TEST_CASE(ipte_finds_the_page_of_a_segment_of_a_megabyte) {
    use(s370::cr0::pages_2k | s370::cr0::segments_1m);
    segment(1);
    page(0x37800 >> 11, 0x6800);
    page(0x17800 >> 11, 0x7000);
    BOOST_TEST(mapped(0x137800, 0x6800));
    BOOST_TEST(mapped(0x117800, 0x7000));
    vm.shadow.invalidate(pages, 0x37800 >> 11);
    BOOST_TEST(walk(0x137800) == nullptr);
    BOOST_TEST(walk(0x117800) != nullptr);
}

BOOST_AUTO_TEST_CASE(switching_spaces_loses_nothing_up_to_eight) {
    segment(0);
    page(1, 0x7000);
    for (u32 length = 0; length < ShadowTables::most_spaces; ++length) {
        vm.cpu.cr[1] = length << 24 | segments;
        BOOST_TEST(mapped(0x1000, 0x7000));
    }
    BOOST_TEST(vm.shadow.spaces() == ShadowTables::most_spaces);
    for (u32 length = 0; length < ShadowTables::most_spaces; ++length) {
        vm.cpu.cr[1] = length << 24 | segments;
        BOOST_TEST(walk(0x1000) != nullptr);
    }
    // One more takes the place of the first.
    vm.cpu.cr[1] = 0x0F000000 | segments;
    BOOST_TEST(mapped(0x1000, 0x7000));
    vm.cpu.cr[1] = segments;
    BOOST_TEST(walk(0x1000) == nullptr);
    vm.cpu.cr[1] = 0x07000000 | segments;
    BOOST_TEST(walk(0x1000) != nullptr);
}

BOOST_AUTO_TEST_CASE(a_guest_cannot_take_more_page_tables_than_its_share) {
    for (u32 i = 0; i < 256; ++i) segment(i);
    page(1, 0x7000);
    for (u32 cr1 = 0x0C; cr1 < 0x10; ++cr1) {
        vm.cpu.cr[1] = cr1 << 24 | segments;
        for (u32 i = 0; i < 200; ++i) BOOST_TEST(mapped(i << 16 | 0x1000, 0x7000));
    }
    BOOST_TEST(vm.shadow.page_tables() <= ShadowTables::most_page_tables);
}

BOOST_AUTO_TEST_CASE(another_page_table_for_a_segment_leaves_nothing_of_the_first) {
    segment(0);
    page(1, 0x7000);
    page(2, 0x6000);
    BOOST_TEST(mapped(0x1000, 0x7000));
    segment(0, pages + 0x800);
    page(2, 0x5000, pages + 0x800);
    BOOST_TEST(mapped(0x2000, 0x5000));
    BOOST_TEST(walk(0x1000) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_protected_segment_stays_so) {
    segment(0, pages, 0xF0000004);
    page(1, 0x7000);
    BOOST_TEST(mapped(0x1000, 0x7000));
    auto* const table =
        machine::real<s370::SegmentEntry>(vm.shadow.select(vm, vm.cpu.space()) & 0x00FFFFC0);
    BOOST_TEST(table[0].store_protected());
}

// It finds operands by LOAD REAL ADDRESS, which does not tell of a protected segment.
BOOST_AUTO_TEST_CASE(the_fast_path_stores_nothing_while_a_segment_is_protected) {
    vm.settings.assist = true;
    segment(0);
    page(1, 0x7000);
    BOOST_TEST(mapped(0x1000, 0x7000));
    BOOST_TEST(fast_path::prepare(vm));
    BOOST_TEST((vm.cpu.features & fast_path::stores) != 0);
    segment(1, pages, 0xF0000004);
    BOOST_TEST(mapped(0x11000, 0x7000));
    BOOST_TEST(fast_path::prepare(vm));
    BOOST_TEST((vm.cpu.features & fast_path::stores) == 0);
}

BOOST_AUTO_TEST_CASE(storage_that_is_cleared_leaves_no_entry) {
    segment(0);
    page(1, 0x7000);
    BOOST_TEST(mapped(0x1000, 0x7000));
    vm.storage.clear();
    BOOST_TEST(walk(0x1000) == nullptr);
}

BOOST_AUTO_TEST_CASE(all_storage_is_given_back) {
    u32 const before = free_storage::usage().bytes_in_use;
    segment(0);
    page(1, 0x7000);
    u32 const with_tables = free_storage::usage().bytes_in_use;
    BOOST_TEST(mapped(0x1000, 0x7000));
    vm.shadow.release();
    BOOST_TEST(free_storage::usage().bytes_in_use <= with_tables);
    BOOST_TEST(vm.shadow.spaces() == 0u);
    BOOST_TEST(with_tables >= before);
}

// ---- Instructions that CP simulates while the guest's translation is on

BOOST_AUTO_TEST_CASE(operands_are_translated) {
    segment(0);
    page(1, 0x1000); // where the instruction is
    page(4, 0x5000);
    page(5, 0xA000);
    put(0x5FFC, {0, 0, 0, 1});
    put(0xA000, {0, 0, 0, 2});
    trap({0xB7, 0x34, 0x4F, 0xFC}, Program::PrivilegedOperation); // base register 4
    BOOST_TEST(vm.cpu.cr[3] == 0u);                               // 0xFFC: page 0 is not there
    BOOST_TEST(low().program_code == 0x11);
    BOOST_TEST(low().translation_address == 0x800u);
    BOOST_TEST((low().program_old_psw & 0xFFFFFF) == 0x1000u);
    vm.cpu.psw.bits = 0x040C0000'00001000;
    vm.cpu.gpr[4] = 0x4000;
    trap({0xB7, 0x34, 0x4F, 0xFC}, Program::PrivilegedOperation);
    BOOST_TEST(vm.cpu.cr[3] == 1u);
    BOOST_TEST(vm.cpu.cr[4] == 2u);
}

BOOST_AUTO_TEST_CASE(nothing_is_stored_when_the_second_page_is_not_there) {
    segment(0);
    page(1, 0x1000);
    page(4, 0x5000);
    vm.cpu.gpr[4] = 0x4000;
    vm.cpu.cr[3] = 0x12345678;
    trap({0xB6, 0x34, 0x4F, 0xFC});
    BOOST_TEST(low().program_code == 0x11);
    BOOST_TEST(low().translation_address == 0x5000u);
    BOOST_TEST(word(0x5FFC) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
