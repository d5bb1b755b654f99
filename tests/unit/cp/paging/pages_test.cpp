#include "cp/paging/pages.h"

#include "cp/base/abend_error.h"
#include "cp/base/free_storage.h"
#include "s370/machine/control.h"
#include "s370/machine/key.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <vector>

using namespace cp;

namespace {

constexpr u32 pool_start = 0x100000, pool_end = 0x200000;

struct Fixture {
    Fixture() {
        fakes::clear_storage();
        std::fill_n(machine::real(pool_start), pool_end - pool_start, u8{0xEE});
        free_storage::initialize(machine::real(0x10000), 0x40000);
        frame_pool.initialize(pool_start, pool_end);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(frame_pool_, Fixture)

BOOST_AUTO_TEST_CASE(frames_are_zero_whole_and_different) {
    std::set<u8*> seen;
    u32 const total = frame_pool.total();
    BOOST_TEST(total > 250u);
    for (u32 i = 0; i < total; ++i) {
        u8* const frame = frame_pool.take();
        BOOST_REQUIRE(frame != nullptr);
        BOOST_TEST(machine::real_address(frame) % 4096 == 0u);
        BOOST_TEST(std::all_of(frame, frame + 4096, [](u8 b) { return b == 0; }));
        BOOST_TEST(seen.insert(frame).second);
    }
    BOOST_TEST(frame_pool.take() == nullptr);
    BOOST_TEST(frame_pool.in_use() == total);
}

BOOST_AUTO_TEST_CASE(a_frame_given_back_is_clean_again) {
    u8* const frame = frame_pool.take();
    std::fill_n(frame, 4096, u8{0xAA});
    machine::set_storage_key(machine::real_address(frame), 0x56);
    frame_pool.give(frame);
    BOOST_TEST(frame[100] == 0);
    BOOST_TEST(machine::storage_key(machine::real_address(frame)) == 0);
}

BOOST_AUTO_TEST_CASE(promised_frames_are_kept_for_those_they_were_promised_to) {
    u32 const total = frame_pool.total();
    BOOST_TEST(frame_pool.commit(total - 1));
    BOOST_TEST(!frame_pool.commit(2));
    BOOST_TEST(frame_pool.take() != nullptr);
    BOOST_TEST(frame_pool.take() == nullptr);
    BOOST_TEST(frame_pool.take_promised() != nullptr);
}

BOOST_AUTO_TEST_CASE(giving_twice_is_an_abend) {
    u8* const frame = frame_pool.take();
    frame_pool.give(frame);
    BOOST_CHECK_EXCEPTION(frame_pool.give(frame), AbendError, ends_with(Abend::PTR001));
    BOOST_CHECK_EXCEPTION(frame_pool.give(machine::real(0x1000)), AbendError,
                          ends_with(Abend::PTR001));
}

BOOST_AUTO_TEST_CASE(several_frames_lie_one_behind_the_other) {
    u8* const one = frame_pool.take();
    u8* const hole = frame_pool.take();
    u8* const two = frame_pool.take();
    frame_pool.give(hole);
    u8* const run = frame_pool.take(10);
    BOOST_REQUIRE(run != nullptr);
    BOOST_TEST((run > two || run + 10 * 4096 <= one));
    BOOST_TEST(frame_pool.take() == hole);
    frame_pool.give(run, 10);
    BOOST_TEST(frame_pool.in_use() == 3u);
    BOOST_TEST(frame_pool.take(frame_pool.total()) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct GuestFixture : Fixture {
    GuestStorage storage;
    GuestFixture() { BOOST_REQUIRE(storage.create(0x21000)); }
    ~GuestFixture() { storage.release(); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(guest_storage, GuestFixture)

BOOST_AUTO_TEST_CASE(a_page_exists_from_its_first_use) {
    BOOST_TEST(storage.resident() == 0u);
    BOOST_TEST(*storage.touch({0x5123}) == 0);
    BOOST_TEST(storage.resident() == 1u);
    *storage.touch({0x5123}) = 7;
    BOOST_TEST(*storage.touch({0x5123}) == 7);
    BOOST_TEST(storage.resident() == 1u);
}

BOOST_AUTO_TEST_CASE(storage_ends_at_its_size) {
    BOOST_TEST(storage.touch({0x20FFF}) != nullptr);
    BOOST_TEST(storage.touch({0x21000}) == nullptr);
    BOOST_TEST(storage.touch({0xFFFFFFFF}) == nullptr);
    BOOST_TEST(!storage.fault({0x21000}));
    BOOST_TEST(storage.contains({0x20FFC}, 4));
    BOOST_TEST(!storage.contains({0x20FFD}, 4));
    BOOST_TEST(!storage.contains({0xFFFFFFFF}, 4));
    BOOST_TEST(!storage.contains({0}, 0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(copies_cross_pages_and_move_nothing_when_they_do_not_fit) {
    std::vector<u8> bytes(9000), back(9000);
    for (usize i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<u8>(i * 7);
    BOOST_TEST(storage.write({0xFF0}, std::span<const u8>(bytes)));
    BOOST_TEST(storage.read({0xFF0}, std::span<u8>(back)));
    BOOST_TEST(bytes == back);
    BOOST_TEST(!storage.write({0x20000}, std::span<const u8>(bytes)));
    BOOST_TEST(*storage.touch({0x20000}) == 0);
    Be32 word;
    BOOST_TEST(storage.write({0x1FFE}, Be32(0x12345678)));
    BOOST_TEST(storage.read({0x1FFE}, word));
    BOOST_TEST(word == 0x12345678u);
    BOOST_TEST(!storage.read({0x20FFE}, word));
}

BOOST_AUTO_TEST_CASE(the_tables_lead_the_real_cpu_to_the_same_byte) {
    u8* const byte = storage.touch({0x13456});
    u32 const designation = storage.segment_table_designation();
    BOOST_TEST(designation % 64 == 0u);
    BOOST_TEST(designation >> 24 == 0u);
    auto const* const segments = machine::real<s370::SegmentEntry>(designation & 0xFFFFC0);
    BOOST_TEST(segments[0].invalid());
    BOOST_REQUIRE(!segments[1].invalid());
    for (u32 i = 3; i < 16; ++i) BOOST_TEST(segments[i].invalid());
    auto const* const pages = machine::real<s370::PageEntry>(segments[1].page_table());
    BOOST_TEST(pages[2].invalid());
    BOOST_TEST(pages[3].frame() + 0x456 == machine::real_address(byte));
}

BOOST_AUTO_TEST_CASE(keys_belong_to_blocks_of_2k) {
    storage.set_key({0x1800}, 0x58);
    BOOST_TEST(storage.key({0x1FFF}) == 0x58);
    BOOST_TEST(storage.key({0x17FF}) == 0);
    BOOST_TEST(storage.key({0x2000}) == 0);
}

BOOST_AUTO_TEST_CASE(the_tlb_forgets_what_had_another_key) {
    storage.set_key({0x1800}, 0x58);
    u32 const purges = fakes::tlb_purges;
    storage.set_key({0x1800}, 0x58);
    BOOST_TEST(fakes::tlb_purges == purges);
    storage.set_key({0x1800}, 0x5C);
    BOOST_TEST(fakes::tlb_purges == purges + 1);
    storage.reset_reference({0x1800});
    BOOST_TEST(fakes::tlb_purges == purges + 2);
}

BOOST_AUTO_TEST_CASE(clearing_makes_pages_and_keys_zero) {
    *storage.touch({0x1800}) = 1;
    storage.set_key({0x1800}, 0x50);
    storage.clear();
    BOOST_TEST(storage.resident() == 0u);
    BOOST_TEST(*storage.touch({0x1800}) == 0);
    BOOST_TEST(storage.key({0x1800}) == 0);
}

BOOST_AUTO_TEST_CASE(release_gives_everything_back) {
    u32 const bytes = free_storage::usage().bytes_in_use;
    GuestStorage other;
    BOOST_REQUIRE(other.create(0x40000));
    for (u32 at = 0; at < 0x40000; at += 4096) other.touch({at});
    u32 const in_use = frame_pool.in_use();
    other.release();
    BOOST_TEST(frame_pool.in_use() == in_use - 64);
    BOOST_TEST(frame_pool.promised() == 0x21u);
    BOOST_TEST(free_storage::usage().bytes_in_use == bytes);
}

BOOST_AUTO_TEST_CASE(a_size_that_cannot_be_is_refused) {
    GuestStorage other;
    for (u32 size : {0u, 1u, 4095u, 0x1001000u}) BOOST_TEST(!other.create(size));
    BOOST_TEST(!other.create(0x1000000)); // more than there is
    BOOST_TEST(frame_pool.promised() == 0x21u);
}

BOOST_AUTO_TEST_SUITE_END()
