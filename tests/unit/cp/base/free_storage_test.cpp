#include "cp/base/free_storage.h"

#include "cp/base/abend_error.h"
#include "s370/machine/storage.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstring>

using namespace cp;

namespace {

struct Fixture {
    Fixture() {
        fakes::clear_storage();
        free_storage::initialize(machine::real(0x10000), 0x40000);
        free_storage::grow_from({nullptr, nullptr});
    }
};

bool all_zero(const void* block, usize bytes) {
    auto const* const b = static_cast<const u8*>(block);
    return std::all_of(b, b + bytes, [](u8 byte) { return byte == 0; });
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(free_storage_, Fixture)

BOOST_AUTO_TEST_CASE(blocks_are_zero_and_on_a_doubleword) {
    for (usize bytes : {1u, 8u, 100u, 2000u, 2040u, 2048u, 5000u}) {
        void* const block = free_storage::take(bytes);
        BOOST_REQUIRE(block != nullptr);
        BOOST_TEST(machine::real_address(block) % 8 == 0);
        BOOST_TEST(all_zero(block, bytes));
        std::memset(block, 0xFF, bytes);
        free_storage::give(block, bytes);
        void* const again = free_storage::take(bytes);
        BOOST_TEST(all_zero(again, bytes));
    }
}

BOOST_AUTO_TEST_CASE(a_block_given_back_is_taken_again) {
    void* const block = free_storage::take(40);
    free_storage::give(block, 40);
    BOOST_TEST(free_storage::take(33) == block);
}

BOOST_AUTO_TEST_CASE(what_is_in_use_is_counted) {
    u32 const before = free_storage::usage().bytes_in_use;
    void* const block = free_storage::take(100);
    BOOST_TEST(free_storage::usage().bytes_in_use > before);
    free_storage::give(block, 100);
    BOOST_TEST(free_storage::usage().bytes_in_use == before);
}

BOOST_AUTO_TEST_CASE(no_two_blocks_overlap) {
    std::vector<std::pair<u32, u32>> taken;
    for (u32 i = 0; i < 500; ++i) {
        u32 const bytes = i * 7 % 700 + 1;
        taken.emplace_back(machine::real_address(free_storage::take(bytes)), bytes);
    }
    std::sort(taken.begin(), taken.end());
    for (usize i = 1; i < taken.size(); ++i)
        BOOST_TEST(taken[i - 1].first + taken[i - 1].second <= taken[i].first);
}

BOOST_AUTO_TEST_CASE(giving_twice_is_an_abend) {
    void* const block = free_storage::take(64);
    free_storage::give(block, 64);
    BOOST_CHECK_EXCEPTION(free_storage::give(block, 64), AbendError, ends_with(Abend::FRE001));
}

BOOST_AUTO_TEST_CASE(writing_beyond_the_end_is_an_abend) {
    auto* const block = static_cast<u8*>(free_storage::take(64));
    block[64] = 1;
    BOOST_CHECK_EXCEPTION(free_storage::give(block, 64), AbendError, ends_with(Abend::FRE003));
}

BOOST_AUTO_TEST_CASE(another_size_than_taken_is_an_abend) {
    void* const block = free_storage::take(64);
    BOOST_CHECK_THROW(free_storage::give(block, 72), AbendError);
}

BOOST_AUTO_TEST_CASE(nothing_left_is_no_block) {
    while (free_storage::take(4000) != nullptr) {}
    BOOST_TEST(free_storage::take(4000) == nullptr);
    BOOST_TEST(free_storage::take(100000) == nullptr);
}

BOOST_AUTO_TEST_CASE(more_pages_come_from_the_source_and_go_back) {
    static u32 lent;
    lent = 0;
    free_storage::initialize(nullptr, 0);
    free_storage::grow_from({[](u32 count) {
                                 lent += count;
                                 return machine::real(0x800000);
                             },
                             [](u8*, u32 count) {
                                 lent -= count;
                                 return true;
                             }});
    void* const block = free_storage::take(9000);
    BOOST_TEST(lent == 3);
    free_storage::give(block, 9000);
    BOOST_TEST(lent == 0);
}

BOOST_AUTO_TEST_SUITE_END()
