#include "s370/arch/ccw.h"
#include "s370/arch/ckd.h"
#include "s370/arch/dat.h"
#include "s370/arch/ds3270.h"
#include "s370/arch/key.h"
#include "s370/arch/psw.h"

#include <boost/test/unit_test.hpp>

using namespace s370;

BOOST_AUTO_TEST_SUITE(arch)

BOOST_AUTO_TEST_CASE(the_condition_code_lies_elsewhere_in_each_psw_format) {
    Psw bc{0x0000000030000000};
    BOOST_TEST(bc.condition_code() == 3);
    bc.set_condition_code(1);
    BOOST_TEST(bc.bits == 0x0000000010000000u);
    Psw ec{0x0008300000000000};
    BOOST_TEST(ec.condition_code() == 3);
    ec.set_condition_code(2);
    BOOST_TEST(ec.bits == 0x0008200000000000u);
}

BOOST_AUTO_TEST_CASE(translation_counts_only_in_ec_mode) {
    BOOST_TEST(!Psw{0x0400000000000000}.translating());
    BOOST_TEST(Psw{0x0408000000000000}.translating());
}

BOOST_AUTO_TEST_CASE(a_csw_survives_its_doubleword) {
    Csw const csw = Csw::from(0xE0123456'0E00'0050);
    BOOST_TEST(csw.key == 0xE);
    BOOST_TEST(csw.address == 0x123456u);
    BOOST_TEST(csw.status == (status::channel_end | status::device_end | status::unit_check));
    BOOST_TEST(csw.count == 0x50);
    BOOST_TEST(csw.bits() == 0xE0123456'0E00'0050u);
}

BOOST_AUTO_TEST_CASE(page_and_segment_entries_hold_their_addresses) {
    BOOST_TEST(PageEntry::make(0x123000).bits == 0x1230);
    BOOST_TEST(PageEntry::make(0x123000).frame() == 0x123000u);
    BOOST_TEST(PageEntry{}.invalid());
    BOOST_TEST(SegmentEntry::make(0x4560).page_table() == 0x4560u);
    BOOST_TEST(segment_table_designation(0x8000, 256) == 0x0F008000u);
}

BOOST_AUTO_TEST_CASE(key_zero_opens_everything_and_a_foreign_key_reads_unless_fetch_protected) {
    BOOST_TEST(storage_key::may_store(0xF8, 0));
    BOOST_TEST(storage_key::may_store(0xE0, 0xE));
    BOOST_TEST(!storage_key::may_store(0xF0, 0xE));
    BOOST_TEST(storage_key::may_fetch(0xF0, 0xE));
    BOOST_TEST(!storage_key::may_fetch(0xF8, 0xE));
}

// The figures of the device table that CMS and CP have always used.
BOOST_AUTO_TEST_CASE(tracks_hold_as_many_records_as_the_tables_say) {
    using namespace ckd;
    BOOST_TEST(records_per_track(geometry_3350, 4096) == 4u);
    BOOST_TEST(records_per_track(geometry_3350, 1024) == 15u);
    BOOST_TEST(records_per_track(geometry_3350, 800) == 19u);
    BOOST_TEST(records_per_track(geometry_3330, 800) == 14u);
    BOOST_TEST(records_per_track(geometry_3340, 4096) == 2u);
}

BOOST_AUTO_TEST_CASE(screen_addresses_decode_in_both_forms) {
    for (u32 position : {0u, 79u, 80u, 1919u, 3563u}) {
        auto const twelve = ds3270::address12(position);
        BOOST_TEST(ds3270::decode_address(twelve[0], twelve[1]) == position);
        auto const fourteen = ds3270::address14(position);
        BOOST_TEST(ds3270::decode_address(fourteen[0], fourteen[1]) == position);
    }
    BOOST_TEST(ds3270::address12(1919)[0] == 0x5D);
    BOOST_TEST(ds3270::address12(1919)[1] == 0x7F);
}

BOOST_AUTO_TEST_CASE(all_24_function_keys_are_known) {
    u8 const aids[] = {0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0x7A, 0x7B, 0x7C,
                       0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0x4A, 0x4B, 0x4C};
    for (u32 i = 0; i < 24; ++i) BOOST_TEST(ds3270::aid::pf_number(aids[i]) == i + 1);
    BOOST_TEST(ds3270::aid::pf_number(ds3270::aid::enter) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
