#include <boost/test/unit_test.hpp>

#include "tests/unit/cp/guest/guest_fixture.h"

using namespace cp;
using namespace s370;
using namespace fixtures;
namespace op = s370::ckd::command;

namespace {

// Seek at 1000, search argument at 1010, the program at 1100, data at 2000.
struct DiskGuest : Guest {
    void seek(u16 cylinder, u16 head, u32 at = 0x1000) {
        put(at, {0, 0, u8(cylinder >> 8), u8(cylinder), u8(head >> 8), u8(head)});
    }
    void search(u16 cylinder, u16 head, u8 record, u32 at = 0x1010) {
        put(at, {u8(cylinder >> 8), u8(cylinder), u8(head >> 8), u8(head), record});
    }
    // SEEK, SEARCH ID EQUAL, TIC, then the CCW given.
    void program(u16 cylinder, u16 head, u8 record, u8 command, u32 address, u8 flags, u16 count) {
        seek(cylinder, head);
        search(cylinder, head, record);
        ccw(0x1100, op::seek, 0x1000, cc, 6);
        ccw(0x1108, op::search_id_equal, 0x1010, cc, 5);
        ccw(0x1110, command::tic, 0x1108, 0, 0);
        ccw(0x1118, command, address, flags, count);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(disk, DiskGuest)

BOOST_AUTO_TEST_CASE(a_record_is_read_from_the_relocated_cylinder) {
    disk(100, 10);
    volume.format(103, 2, 4, 800, 100);
    program(3, 2, 3, op::read_data, 0x2000, 0, 800);

    Csw const csw = run(0x191, 0x1100);

    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.address == 0x1120u);
    BOOST_TEST(csw.count == 0);
    BOOST_TEST(get(0x2000, 800) == std::vector<u8>(800, 3));
    BOOST_TEST((volume.visited.at(0) == ckd::Address{103, 2}));
    BOOST_TEST(vm.accounting.start_ios == 1u);
}

BOOST_AUTO_TEST_CASE(a_write_changes_the_record_and_nothing_else) {
    disk(100, 10);
    volume.format(100, 0, 2, 800, 100);
    put(0x2000, std::vector<u8>(800, 0xAA));
    program(0, 0, 2, op::write_data, 0x2000, 0, 800);

    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_TEST(volume.track(100, 0).records[1].data == std::vector<u8>(800, 0xAA));
    BOOST_TEST(volume.track(100, 0).records[0].data == std::vector<u8>(800, 1));
}

BOOST_AUTO_TEST_CASE(data_that_cross_pages_go_through_an_indirect_list) {
    disk(100, 10);
    volume.format(100, 0, 4, 4096, 100);
    // Touched in the wrong order, so that the frames do not follow one another.
    vm.storage.touch(GuestReal{0x5000});
    vm.storage.touch(GuestReal{0x4000});
    program(0, 0, 4, op::read_data, 0x4321, 0, 4096);

    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_TEST(get(0x4321, 4096) == std::vector<u8>(4096, 4));
    BOOST_TEST(get(0x4320, 1).at(0) == 0);
    BOOST_TEST(get(0x5321, 1).at(0) == 0);
}

BOOST_AUTO_TEST_CASE(a_guests_own_indirect_list_is_followed) {
    disk(100, 10);
    volume.format(100, 0, 1, 3000, 100);
    put(0x1200, {0, 0, 0x2F, 0x00, 0, 0, 0x60, 0x00, 0, 0, 0x78, 0x00});
    program(0, 0, 1, op::read_data, 0x1200, ida, 3000);

    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_TEST(get(0x2F00, 0x100) == std::vector<u8>(0x100, 1));
    BOOST_TEST(get(0x6000, 2048) == std::vector<u8>(2048, 1));
    BOOST_TEST(get(0x7800, 3000 - 2048 - 256) == std::vector<u8>(3000 - 2048 - 256, 1));
}

BOOST_AUTO_TEST_CASE(an_indirect_word_off_its_boundary_or_outside_is_a_program_check) {
    disk(100, 10);
    volume.format(100, 0, 1, 3000, 100);
    for (u32 word : {0x6001u, 0x7FF800u, 0x1006000u}) {
        put(0x1200, {0, 0, 0x2F, 0x00, u8(word >> 24), u8(word >> 16), u8(word >> 8), u8(word)});
        program(0, 0, 1, op::read_data, 0x1200, ida, 3000);
        BOOST_TEST(run(0x191, 0x1100).status == (ce_de | status::program_check));
    }
}

BOOST_AUTO_TEST_CASE(a_seek_outside_the_minidisk_is_refused_with_sense) {
    disk(100, 10);
    struct Case {
        u16 cylinder, head;
    };
    for (Case const c : {Case{10, 0}, Case{0, 30}, Case{0xFFFF, 0}, Case{0xFF9C, 0}}) {
        program(c.cylinder, c.head, 1, op::read_data, 0x2000, 0, 800);
        Csw const csw = run(0x191, 0x1100);
        BOOST_TEST(csw.status == (ce_de | status::unit_check));
        BOOST_TEST(csw.address == 0x1108u);
        for (ckd::Address const at : volume.visited) BOOST_TEST(at.cylinder == 100);
    }
    ccw(0x1200, command::sense, 0x2000, 0, 24);
    Csw const csw = run(0x191, 0x1200);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(get(0x2000, 1).at(0) == sense::command_reject);
    BOOST_TEST(run(0x191, 0x1200).status == ce_de);
    BOOST_TEST(get(0x2000, 1).at(0) == 0); // given once
}

BOOST_AUTO_TEST_CASE(every_way_to_move_the_arm_stays_inside) {
    disk(100, 10);
    volume.format(100, 5, 1, 80, 100);
    for (u8 command : {op::seek, op::seek_cylinder, op::seek_head}) {
        seek(200, 31);
        ccw(0x1100, command, 0x1000, cc, 6);
        ccw(0x1108, op::read_home_address, 0x2000, sli, 5);
        BOOST_TEST(run(0x191, 0x1100).status == (ce_de | status::unit_check));
    }
    seek(555, 5);
    ccw(0x1100, op::seek_head, 0x1000, cc, 6); // only the head counts
    ccw(0x1108, op::read_home_address, 0x2000, 0, 5);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_TEST(get(0x2000, 5) == (std::vector<u8>{0, 0, 0, 0, 5}));
    ccw(0x1100, op::recalibrate, 0, cc | sli, 1);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_TEST((volume.visited.back() == ckd::Address{100, 0}));
    BOOST_TEST(get(0x2000, 5) == (std::vector<u8>{0, 0, 0, 0, 0}));
}

BOOST_AUTO_TEST_CASE(sense_tells_where_the_minidisks_arm_is) {
    disk(300, 10);
    seek(7, 29);
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, command::sense, 0x2000, 0, 24); // as the device gives it
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_TEST(get(0x2004, 3) == (std::vector<u8>{0x40, 7, 29}));
    ccw(0x1108, command::sense, 0x2000, 0, 6); // and a part of it
    run(0x191, 0x1100);
    BOOST_TEST(get(0x2004, 2) == (std::vector<u8>{0x40, 7}));
    ccw(0x1200, command::sense, 0x2000, 0, 24); // as CP does
    BOOST_TEST(run(0x191, 0x1200).status == ce_de);
    BOOST_TEST(get(0x2004, 3) == (std::vector<u8>{0x40, 7, 29}));
}

BOOST_AUTO_TEST_CASE(a_multitrack_search_leaves_the_arm_where_it_ended) {
    disk(100, 10);
    for (u16 head : {u16(0), u16(1), u16(2)}) volume.format(103, head, 2, 80, 100);
    program(3, 0, 2, command::noop, 0, sli, 1);
    search(3, 2, 2);
    ccw(0x1108, op::search_id_equal | op::multitrack, 0x1010, cc, 5);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    ccw(0x1200, op::read_home_address, 0x2000, 0, 5);
    BOOST_TEST(run(0x191, 0x1200).status == ce_de);
    BOOST_TEST(get(0x2000, 5) == (std::vector<u8>{0, 0, 3, 0, 2}));
}

BOOST_AUTO_TEST_CASE(a_successful_search_that_is_the_last_command_says_so) {
    disk(100, 10);
    volume.format(100, 0, 2, 80, 100);
    seek(0, 0);
    search(0, 0, 0);
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, op::search_id_equal, 0x1010, 0, 5);
    Csw const csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == (ce_de | status::status_modifier));
    BOOST_TEST(csw.address == 0x1118u);
}

BOOST_AUTO_TEST_CASE(a_reserve_behind_another_command_is_rejected) {
    disk(100, 10);
    ccw(0x1100, op::reserve, 0x2000, 0, 24);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    ccw(0x1100, command::noop, 0, cc | sli, 1);
    ccw(0x1108, op::reserve, 0x2000, sli, 24);
    BOOST_TEST(run(0x191, 0x1100).status == (ce_de | status::unit_check));
}

BOOST_AUTO_TEST_CASE(arguments_that_are_too_long_end_the_chain) {
    disk(100, 10);
    seek(3, 0);
    search(3, 0, 0);
    for (u8 command : {op::seek, op::seek_cylinder, op::recalibrate, op::search_home_address}) {
        u16 const takes = command == op::recalibrate           ? 0
                          : command == op::search_home_address ? 4
                                                               : 6;
        u32 const argument = command == op::search_home_address ? 0x1010u : 0x1000u;
        ccw(0x1100, op::seek, 0x1000, cc, 6);
        ccw(0x1108, command, argument, cc, u16(takes + 2));
        ccw(0x1110, op::read_home_address, 0x2000, 0, 5);
        Csw const csw = run(0x191, 0x1100);
        u16 const others = static_cast<u16>(~status::status_modifier);
        BOOST_TEST((csw.status & others) == (ce_de | status::incorrect_length));
        BOOST_TEST(csw.count == 2);
    }
}

BOOST_AUTO_TEST_CASE(home_address_and_record_zero_show_the_minidisks_cylinder) {
    disk(300, 10);
    seek(7, 1);
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, op::read_home_address, 0x2000, cc, 5);
    ccw(0x1110, op::read_r0, 0x2010, 0, 16);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_TEST(get(0x2000, 5) == (std::vector<u8>{0, 0, 7, 0, 1}));
    BOOST_TEST(get(0x2010, 5) == (std::vector<u8>{0, 7, 0, 1, 0}));
}

BOOST_AUTO_TEST_CASE(home_address_and_record_zero_are_found_by_the_minidisks_cylinder) {
    disk(300, 10);
    volume.format(307, 1, 0, 0, 300);
    seek(7, 1);
    search(7, 1, 0);
    put(0x3000, {0, 7, 0, 1, 1, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8});
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, op::search_home_address, 0x1010, cc, 4);
    ccw(0x1110, command::tic, 0x1108, 0, 0);
    ccw(0x1118, op::search_id_equal, 0x1010, cc, 5);
    ccw(0x1120, command::tic, 0x1118, 0, 0);
    ccw(0x1128, op::write_count_key_data, 0x3000, 0, 16);

    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_REQUIRE(volume.track(307, 1).records.size() == 1u);
    BOOST_TEST(volume.track(307, 1).records[0].count.cylinder == 7);
    BOOST_TEST(volume.track(307, 1).records[0].data == (std::vector<u8>{1, 2, 3, 4, 5, 6, 7, 8}));
}

BOOST_AUTO_TEST_CASE(a_track_is_formatted_as_cms_does_it) {
    disk(300, 10);
    seek(2, 3);
    search(2, 3, 0);
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, op::search_id_equal, 0x1010, cc, 5);
    ccw(0x1110, command::tic, 0x1108, 0, 0);
    for (u32 r = 1; r <= 19; ++r) {
        put(0x3000 + 8 * r, {0, 2, 0, 3, u8(r), 0, 3, 0x20});
        ccw(0x1108 + 16 * r, op::write_count_key_data, 0x3000 + 8 * r, cd, 8);
        ccw(0x1110 + 16 * r, 0, 0x4000, u8(r < 19 ? cc : 0), 800);
    }
    put(0x4000, std::vector<u8>(800, 0x55));
    Csw const csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.address == 0x1110u + 16 * 19 + 8);
    BOOST_REQUIRE(volume.track(302, 3).records.size() == 19u);
    BOOST_TEST(volume.track(302, 3).records[18].data == std::vector<u8>(800, 0x55));
}

BOOST_AUTO_TEST_CASE(a_read_only_minidisk_refuses_every_write_and_keeps_its_data) {
    disk(100, 10, true);
    volume.format(100, 0, 2, 80, 100);
    for (u8 command : {op::write_data, op::write_key_data, op::write_count_key_data, op::write_r0,
                       op::write_home_address, op::erase, op::write_special_count_key_data}) {
        program(0, 0, 1, command, 0x2000, 0, 80);
        Csw const csw = run(0x191, 0x1100);
        BOOST_TEST(csw.status == (ce_de | status::unit_check | status::incorrect_length));
        BOOST_TEST(csw.address == 0x1120u);
        BOOST_TEST(csw.count == 80);
        ccw(0x1200, command::sense, 0x3000, 0, 24);
        run(0x191, 0x1200);
        BOOST_TEST(get(0x3000, 2) == (std::vector<u8>{0x80, 0x04}));
    }
    BOOST_TEST(volume.track(100, 0).records[0].data == std::vector<u8>(80, 1));
    BOOST_TEST(volume.track(100, 0).records.size() == 2u);
    program(0, 0, 1, op::read_data, 0x2000, 0, 80);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
}

BOOST_AUTO_TEST_CASE(commands_that_a_minidisk_does_not_have_are_rejected) {
    disk(100, 10);
    for (u8 command : {op::diagnostic_load, u8{0x73}, u8{0x44}, op::write_home_address, u8{0xFF}}) {
        ccw(0x1100, command, 0x2000, 0, 8);
        Csw const csw = run(0x191, 0x1100);
        BOOST_TEST(csw.status == (ce_de | status::unit_check | status::incorrect_length));
        ccw(0x1200, command::sense, 0x3000, sli, 32);
        BOOST_TEST(run(0x191, 0x1200).count == 8);
        BOOST_TEST(get(0x3000, 1).at(0) == 0x80);
    }
}

BOOST_AUTO_TEST_CASE(a_record_that_is_not_there_gives_no_record_found) {
    disk(100, 10);
    volume.format(100, 0, 2, 80, 100);
    program(0, 0, 9, op::read_data, 0x2000, 0, 80);
    Csw const csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == (ce_de | status::unit_check));
    BOOST_TEST(csw.address == 0x1110u);
    ccw(0x1200, command::sense, 0x3000, sli, 32);
    run(0x191, 0x1200);
    BOOST_TEST(get(0x3000, 2) == (std::vector<u8>{0x00, 0x08}));
}

BOOST_AUTO_TEST_CASE(lengths_that_differ_are_told_with_the_residual_count) {
    disk(100, 10);
    volume.format(100, 0, 2, 100, 100);
    program(0, 0, 1, op::read_data, 0x2000, 0, 300);
    Csw csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == (ce_de | status::incorrect_length));
    BOOST_TEST(csw.count == 200);
    program(0, 0, 1, op::read_data, 0x2000, sli, 300);
    csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.count == 200);
    program(0, 0, 1, op::read_data, 0x2000, 0, 60);
    BOOST_TEST(run(0x191, 0x1100).status == (ce_de | status::incorrect_length));
}

BOOST_AUTO_TEST_CASE(data_chaining_scatters_a_record) {
    disk(100, 10);
    volume.format(100, 0, 3, 100, 100);
    program(0, 0, 3, op::read_data, 0x2000, cd, 30);
    ccw(0x1120, command::tic, 0x1200, 0, 0);
    ccw(0x1200, 0, 0x3000, cd | Ccw::Skip, 30);
    ccw(0x1208, 0, 0x4000, 0, 40);
    Csw const csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.address == 0x1210u);
    BOOST_TEST(get(0x2000, 30) == std::vector<u8>(30, 3));
    BOOST_TEST(get(0x3000, 30) == std::vector<u8>(30, 0));
    BOOST_TEST(get(0x4000, 40) == std::vector<u8>(40, 3));
}

BOOST_AUTO_TEST_CASE(a_buffer_that_ends_with_storage_is_used_up_to_its_end) {
    disk(100, 10);
    volume.format(100, 0, 1, 100, 100);
    program(0, 0, 1, op::read_data, size - 100, 0, 65535);
    Csw csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == (ce_de | status::program_check));
    BOOST_TEST(get(size - 100, 100) == std::vector<u8>(100, 1));
    program(0, 0, 1, op::read_data, size - 200, sli, 65535);
    csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.count == 65435);
    program(0, 0, 1, op::read_data, size, 0, 100);
    BOOST_TEST(run(0x191, 0x1100).status == (ce_de | status::program_check));
    program(0, 0, 1, op::read_data, 0xFFFFF0, 0, 100);
    BOOST_TEST(run(0x191, 0x1100).status == (ce_de | status::program_check));
}

BOOST_AUTO_TEST_CASE(the_guests_storage_keys_protect_against_its_channel_programs) {
    disk(100, 10);
    volume.format(100, 0, 1, 100, 100);
    vm.storage.set_key(GuestReal{0x1000}, 0x30);
    vm.storage.set_key(GuestReal{0x2000}, 0x40);
    vm.storage.set_key(GuestReal{0x3000}, 0x48);
    vm.storage.set_key(GuestReal{0x4000}, 0x30);
    program(0, 0, 1, op::read_data, 0x4000, 0, 100);
    BOOST_TEST(run(0x191, 0x30001100).status == ce_de);
    program(0, 0, 1, op::read_data, 0x2000, 0, 100);
    BOOST_TEST(run(0x191, 0x30001100).status == (ce_de | status::protection_check));
    program(0, 0, 1, op::write_data, 0x2000, 0, 100);
    BOOST_TEST(run(0x191, 0x30001100).status == ce_de);
    program(0, 0, 1, op::write_data, 0x3000, 0, 100);
    Csw const csw = run(0x191, 0x30001100);
    BOOST_TEST(csw.status == status::protection_check); // nothing was written
    BOOST_TEST(csw.key == 3);
    BOOST_TEST(get(0x2000, 1).at(0) == 0);
}

BOOST_AUTO_TEST_CASE(a_first_ccw_that_is_wrong_moves_nothing) {
    disk(100, 10);
    ccw(0x1100, command::tic, size, 0, 0);
    ccw(0x1300, op::read_data, 0x2000, 0, 0);
    ccw(0x1308, op::read_data, 0x2000, 1, 80);
    ccw(0x1310, 0x10, 0x2000, 0, 80);
    for (u32 caw : {0x1100u, 0x1104u, 0x1300u, 0x1308u, 0x1310u, size, 0xFFFFF8u}) {
        Csw const csw = run(0x191, caw);
        BOOST_TEST(csw.status == status::program_check);
        BOOST_TEST(csw.address == ((caw + 8) & 0xFFFFFF));
    }
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(a_later_ccw_is_checked_when_the_channel_gets_there) {
    disk(100, 10);
    volume.format(100, 0, 1, 80, 100);
    seek(0, 0);
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, op::read_data, 0x2000, 0, 0);
    Csw csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == status::program_check);
    BOOST_TEST(csw.address == 0x1110u);
    BOOST_TEST((volume.visited.back() == ckd::Address{100, 0}));
    ccw(0x1108, command::tic, 0x1200, 0, 0);
    ccw(0x1200, command::tic, 0x1108, 0, 0);
    BOOST_TEST(run(0x191, 0x1100).status == status::program_check);
    ccw(0x1108, command::tic, 0x1204, 0, 0);
    BOOST_TEST(run(0x191, 0x1100).status == status::program_check);
    ccw(0x1108, command::tic, size, 0, 0);
    BOOST_TEST(run(0x191, 0x1100).status == status::program_check);
}

BOOST_AUTO_TEST_CASE(endless_programs_come_to_an_end) {
    disk(100, 10);
    volume.format(100, 0, 3, 80, 100);
    seek(0, 0);
    // NOP and back.
    ccw(0x1100, command::noop, 0, cc, 1);
    ccw(0x1108, command::tic, 0x1100, 0, 0);
    BOOST_TEST(run(0x191, 0x1100).status == (ce_de | status::channel_control_check));
    // Seek, search for what is not there, and seek again.
    search(0, 0, 99);
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, op::search_id_equal, 0x1010, cc, 5);
    ccw(0x1110, command::tic, 0x1100, 0, 0);
    Csw const csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == (ce_de | status::channel_control_check));
    // Search for a home address that is not this one.
    search(5, 5, 0);
    ccw(0x1108, op::search_home_address, 0x1010, cc, 4);
    ccw(0x1110, command::tic, 0x1108, 0, 0);
    BOOST_CHECK_NO_THROW(run(0x191, 0x1100));
    // Data chaining round and round.
    ccw(0x1108, op::read_home_address, 0x2000, cd | Ccw::Skip, 1);
    ccw(0x1110, command::tic, 0x1108, 0, 0);
    BOOST_CHECK_NO_THROW(run(0x191, 0x1100));
    // One CCW after the other through all of storage.
    for (u32 at = 0x8000; at + 8 <= size; at += 8) ccw(at, op::search_id_equal, 0x1010, cc, 5);
    BOOST_CHECK_NO_THROW(run(0x191, 0x8000));
    BOOST_TEST(volume.ccws_executed < 5000u);
    // A program that reads itself.
    for (u32 at = 0x8000; at < 0x9000; at += 8) ccw(at, command::noop, 0, cc, 1);
    BOOST_CHECK_NO_THROW(run(0x191, 0x8000));
}

BOOST_AUTO_TEST_CASE(jumps_behind_a_search_go_where_the_guest_says) {
    disk(100, 10);
    volume.format(100, 0, 5, 80, 100);
    seek(0, 0);
    search(0, 0, 4);
    // A loop of its own: read each count field, leave when the search is successful.
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, op::search_id_equal, 0x1010, cc, 5);
    ccw(0x1110, command::tic, 0x1200, 0, 0);
    ccw(0x1118, op::read_data, 0x2000, 0, 80);
    ccw(0x1200, command::noop, 0, cc, 1);
    ccw(0x1208, command::tic, 0x1108, 0, 0);
    Csw const csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.address == 0x1120u);
    BOOST_TEST(get(0x2000, 80) == std::vector<u8>(80, 4));
}

BOOST_AUTO_TEST_CASE(a_long_chain_goes_over_the_chunks_of_the_real_one) {
    disk(100, 10);
    for (u16 head = 0; head < 30; ++head) volume.format(100, head, 5, 80, 100);
    u32 at = 0x8000, data = 0x10000;
    for (u16 head = 0; head < 30; ++head) {
        for (u8 r = 1; r <= 5; ++r) {
            u32 const arguments = 0x4000 + 16u * (head * 5u + r);
            seek(0, head, arguments);
            search(0, head, r, arguments + 8);
            ccw(at, op::seek, arguments, cc, 6);
            ccw(at + 8, op::search_id_equal, arguments + 8, cc, 5);
            ccw(at + 16, command::tic, at + 8, 0, 0);
            ccw(at + 24, op::read_data, data, u8(head == 29 && r == 5 ? 0 : cc), 80);
            at += 32;
            data += 80;
        }
    }
    Csw const csw = run(0x191, 0x8000);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.address == at);
    for (u32 i = 0; i < 150; ++i) BOOST_TEST(get(0x10000 + 80 * i, 1).at(0) == i % 5 + 1);
}

BOOST_AUTO_TEST_CASE(ccws_that_the_program_itself_reads_in_are_executed_as_read) {
    disk(100, 10);
    volume.format(100, 0, 3, 80, 100);
    // Record 1 holds a CCW that reads into 3000; it is the next of the chain.
    std::vector<u8>& record = volume.track(100, 0).records[0].data;
    record.assign(80, 0);
    std::vector<u8> const next{op::read_data, 0, 0x30, 0, 0, 0, 0, 80};
    std::copy(next.begin(), next.end(), record.begin());
    program(0, 0, 1, op::read_data, 0x1120, cc | sli, 8);
    Csw const csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.address == 0x1128u);
    BOOST_TEST(get(0x3000, 80) == std::vector<u8>(80, 2));
}

BOOST_AUTO_TEST_CASE(the_arm_stays_where_the_guest_left_it) {
    disk(100, 10);
    disk(200, 10, false, 0x192);
    volume.format(104, 7, 2, 80, 100);
    seek(4, 7);
    ccw(0x1100, op::seek, 0x1000, 0, 6);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    seek(1, 1);
    BOOST_TEST(run(0x192, 0x1100).status == ce_de);
    search(4, 7, 2);
    ccw(0x1100, op::search_id_equal, 0x1010, cc, 5);
    ccw(0x1108, command::tic, 0x1100, 0, 0);
    ccw(0x1110, op::read_data, 0x2000, 0, 80);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
    BOOST_TEST(get(0x2000, 80) == std::vector<u8>(80, 2));
}

BOOST_AUTO_TEST_CASE(a_file_mask_holds_within_the_program) {
    disk(100, 10);
    volume.format(100, 0, 1, 80, 100);
    seek(0, 0);
    put(0x1020, {0x18});
    ccw(0x1100, op::seek, 0x1000, cc, 6);
    ccw(0x1108, op::set_file_mask, 0x1020, cc, 1);
    ccw(0x1110, op::seek, 0x1000, 0, 6);
    Csw const csw = run(0x191, 0x1100);
    BOOST_TEST(csw.status == (ce_de | status::unit_check));
    BOOST_TEST(csw.address == 0x1118u);
    // The next program begins without it.
    ccw(0x1100, op::seek, 0x1000, 0, 6);
    BOOST_TEST(run(0x191, 0x1100).status == ce_de);
}

BOOST_AUTO_TEST_CASE(reserve_and_release_give_the_sense_bytes_and_reserve_nothing) {
    disk(100, 10);
    for (u8 command : {op::reserve, op::release}) {
        ccw(0x1100, command, 0x2000, 0, 24);
        BOOST_TEST(run(0x191, 0x1100).status == ce_de);
        BOOST_TEST(volume.commands.back() == command::sense);
    }
}

BOOST_AUTO_TEST_CASE(a_device_that_is_gone_asks_for_intervention) {
    disk(100, 10);
    program(0, 0, 1, op::read_data, 0x2000, 0, 80);
    fakes::devices.erase(0x350);
    BOOST_TEST(run(0x191, 0x1100).status == (ce_de | status::unit_check));
    ccw(0x1200, command::sense, 0x3000, 0, 24);
    run(0x191, 0x1200);
    BOOST_TEST(get(0x3000, 1).at(0) == sense::intervention_required);
}

BOOST_AUTO_TEST_CASE(detached_while_its_program_runs_nothing_is_presented) {
    Minidisk& gone = disk(100, 10);
    program(0, 0, 1, op::read_data, 0x2000, 0, 80);
    BOOST_TEST(int(sio(0x191, 0x1100)) == 0);
    BOOST_TEST(vm.io.held());
    vm.io.detach(gone);
    pump();
    BOOST_TEST(!vm.io.held());
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
    BOOST_TEST(int(vm.io.test_io({0x191})) == 3);
}

BOOST_AUTO_TEST_CASE(an_extent_outside_the_volume_is_not_attached) {
    Extent extent;
    extent.volume = &real;
    extent.start = 550;
    extent.cylinders = 6;
    BOOST_TEST(attach_minidisk(vm, {0x191}, extent) == nullptr);
    extent.cylinders = 0;
    BOOST_TEST(attach_minidisk(vm, {0x191}, extent) == nullptr);
    extent.cylinders = 5;
    extent.type = 0x3380;
    BOOST_TEST(attach_minidisk(vm, {0x191}, extent) == nullptr);
    extent.type = 0x3350;
    BOOST_TEST(attach_minidisk(vm, {0x191}, extent) != nullptr);
    BOOST_TEST(attach_minidisk(vm, {0x191}, extent) == nullptr);
}

BOOST_AUTO_TEST_CASE(links_are_counted_by_extent) {
    virtual_machines.push_back(vm);
    disk(100, 10);
    disk(100, 10, true, 0x291);
    disk(110, 10, true, 0x292);
    BOOST_TEST(disk_users(real, 100).writers == 1u);
    BOOST_TEST(disk_users(real, 100).readers == 1u);
    BOOST_TEST(disk_users(real, 110).readers == 1u);
    BOOST_TEST(disk_users(real, 120).readers == 0u);
    static_cast<Link<VirtualMachine>&>(vm).unlink();
}

BOOST_AUTO_TEST_CASE(query_shows_volume_mode_and_size) {
    Line<80> line;
    disk(100, 10, true).describe(0, line);
    BOOST_TEST(ascii(line) == "3350 CPVOL1 R/O 010 CYL");
    BOOST_TEST(!disk(110, 10, true, 0x192).describe(1, line));
}

BOOST_AUTO_TEST_SUITE_END()
