#include "cms/base/free_storage.h"

#include "cms/nucleus.h"
#include "s370/machine/key.h"

#include <boost/test/unit_test.hpp>

#include <random>
#include <vector>

using namespace cms;

BOOST_AUTO_TEST_SUITE(cms_free_storage)

namespace {

FreeGrant user(u32 doublewords, u32 at_least = 0) {
    return dmsfree({doublewords, at_least, StorageType::User, StorageArea::Any});
}
FreeGrant nucleus(u32 doublewords, StorageArea area = StorageArea::Any) {
    return dmsfree({doublewords, 0, StorageType::Nucleus, area});
}

} // namespace

BOOST_AUTO_TEST_CASE(user_storage_is_high_and_has_the_users_key) {
    fakes::start_nucleus();
    FreeGrant const grant = user(10);
    BOOST_TEST(grant.rc == free_rc::ok);
    BOOST_TEST(grant.address >= nucon().freelowe);
    BOOST_TEST(machine::storage_key(grant.address) == user_key);
}

BOOST_AUTO_TEST_CASE(nucleus_storage_is_low_first) {
    fakes::start_nucleus();
    FreeGrant const grant = nucleus(10);
    BOOST_TEST(grant.rc == free_rc::ok);
    BOOST_TEST(grant.address < at::transient_area);
}

BOOST_AUTO_TEST_CASE(whole_pages_that_are_free_go_back_to_the_user_area) {
    fakes::start_nucleus();
    u32 const before = nucon().freelowe;
    FreeGrant const a = user(600), b = user(600);
    BOOST_TEST(nucon().freelowe < before);
    BOOST_TEST(dmsfret(a.address, 600) == 0);
    BOOST_TEST(dmsfret(b.address, 600) == 0);
    BOOST_TEST(nucon().freelowe == before);
}

BOOST_AUTO_TEST_CASE(what_is_freed_twice_or_not_ours_is_refused) {
    fakes::start_nucleus();
    FreeGrant const a = user(4), b = user(4);
    BOOST_TEST(b.rc == 0);
    BOOST_TEST(dmsfret(a.address, 4) == 0);
    BOOST_TEST(dmsfret(a.address, 4) == free_rc::bad_block);
    BOOST_TEST(dmsfret(at::user_area, 4) == free_rc::bad_block);
    BOOST_TEST(dmsfret(0, 4) == free_rc::bad_block);
    BOOST_TEST(dmsfret(0xFFFFF8, 4) == free_rc::bad_block);
    BOOST_TEST(dmsfret(b.address + 4, 1) == free_rc::not_doubleword);
    BOOST_TEST(dmsfret(b.address, 0) == free_rc::fret_size);
}

BOOST_AUTO_TEST_CASE(a_variable_request_takes_what_there_is) {
    fakes::start_nucleus();
    u32 const all = (nucon().freelowe - nucon().mainhigh) / 8;
    BOOST_TEST(user(2 * all).rc == free_rc::none);
    FreeGrant const grant = user(2 * all, 100);
    BOOST_TEST(grant.rc == free_rc::ok);
    BOOST_TEST(grant.doublewords >= 100u);
}

BOOST_AUTO_TEST_CASE(sizes_that_make_no_sense_are_refused) {
    fakes::start_nucleus();
    BOOST_TEST(user(0).rc == free_rc::bad_size);
    BOOST_TEST(user(5, 6).rc == free_rc::bad_size);
    BOOST_TEST(user(0xFFFFFFFF).rc == free_rc::bad_size);
}

BOOST_AUTO_TEST_CASE(getmain_storage_is_never_handed_out) {
    fakes::start_nucleus();
    nucon().mainhigh = nucon().freelowe - 3 * page_size;
    BOOST_TEST(user(page_size / 8).rc == free_rc::ok); // one page, two stay free
    BOOST_TEST(user(60 * page_size / 8).rc == free_rc::none);
}

BOOST_AUTO_TEST_CASE(after_an_abend_all_user_storage_is_free) {
    fakes::start_nucleus();
    u32 const before = nucon().freelowe;
    for (u32 i = 1; i < 50; ++i) BOOST_TEST(user(i * 7).rc == 0);
    FreeGrant const kept = nucleus(20);
    release_user_storage();
    BOOST_TEST(nucon().freelowe == before);
    BOOST_TEST(dmsfret(kept.address, 20) == 0);
}

BOOST_AUTO_TEST_CASE(ten_thousand_random_calls_never_overlap_and_lose_nothing) {
    fakes::start_nucleus();
    u32 const before = nucon().freelowe;
    struct Block {
        u32 address, doublewords;
        u8 mark;
    };
    std::vector<Block> blocks;
    std::mt19937 random(370);
    for (u32 i = 0; i < 10000; ++i) {
        if (blocks.size() < 40 && random() % 2 != 0) {
            u32 const doublewords = u32(1 + random() % 300);
            FreeGrant const grant = random() % 2 != 0 ? user(doublewords) : nucleus(doublewords);
            if (grant.rc != 0) continue;
            auto const mark = static_cast<u8>(i);
            std::fill_n(at_address(grant.address), doublewords * 8, mark);
            blocks.push_back({grant.address, doublewords, mark});
        } else if (!blocks.empty()) {
            usize const which = random() % blocks.size();
            Block const block = blocks[which];
            blocks.erase(blocks.begin() + static_cast<i32>(which));
            const u8* const bytes = at_address(block.address);
            bool const whole = std::all_of(bytes, bytes + block.doublewords * 8,
                                           [&](u8 b) { return b == block.mark; });
            BOOST_REQUIRE(whole);
            BOOST_REQUIRE(dmsfret(block.address, block.doublewords) == 0);
        }
    }
    for (const Block& block : blocks) BOOST_TEST(dmsfret(block.address, block.doublewords) == 0);
    BOOST_TEST(nucon().freelowe == before);
}

BOOST_AUTO_TEST_SUITE_END()
