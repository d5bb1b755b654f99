#include "cp/guest/virtual_display.h"

#include "s370/arch/ds3270.h"
#include "s370/machine/channel.h"
#include "tests/unit/cp/guest/guest_fixture.h"

using namespace cp;
using namespace s370;
using namespace fixtures;
namespace op = s370::ds3270::command;

namespace {

constexpr u16 unit_check = status::unit_check;

// A terminal at the real 0C0 that takes every command, and a line to it.
struct DisplayGuest : Guest, DialedLine {
    RealDevice terminal{{0x0C0}, DeviceClass::Graphic, 0x3278};
    VirtualDisplay& display = *attach_display(vm, {0x060});
    std::vector<u8> commands;
    std::vector<std::vector<u8>> sent;
    std::vector<u8> inbound{0x7D, 0x40, 0x40};
    u16 ends_with = ce_de;
    u8 real_sense = 0;
    u32 drops = 0;

    DisplayGuest() {
        fakes::devices[0x0C0] = {
            [this](const Ccw* ccw, Csw& csw) { return start(ccw, csw); }, {}, false, 0};
    }
    ~DisplayGuest() {
        vm.io.reset();
        fakes::devices.erase(0x0C0);
    }

    RealDevice& device() override { return terminal; }
    void drop() override { ++drops; }
    void dial() {
        display.dial(*this);
        display.connect();
        BOOST_TEST(interruption().csw.status == status::device_end);
    }

    // The bytes of a real CCW, through its indirect list.
    static std::vector<u8*> bytes_of(const Ccw& ccw) {
        std::vector<u8*> result;
        u32 address = ccw.address;
        bool const indirect = (ccw.flags & Ccw::IndirectData) != 0;
        const Be32* list = indirect ? machine::real<Be32>(address) : nullptr;
        if (indirect) address = *list++;
        for (u32 i = 0; i < ccw.count; ++i, ++address) {
            if (indirect && i > 0 && address % 2048 == 0) address = *list++;
            result.push_back(machine::real(address));
        }
        return result;
    }
    u8 start(const Ccw* ccw, Csw& csw) {
        for (;; ++ccw) {
            if (command::is_tic(ccw->command)) ccw = machine::real<Ccw>(ccw->address);
            commands.push_back(ccw->command);
            std::vector<u8*> const bytes = bytes_of(*ccw);
            usize moved = 0;
            if (ccw->command == command::sense) {
                *bytes[0] = real_sense;
                moved = 1;
            } else if (ccw->command == op::read_modified) {
                for (; moved < bytes.size() && moved < inbound.size(); ++moved)
                    *bytes[moved] = inbound[moved];
            } else if (ccw->command != command::noop) {
                sent.emplace_back();
                for (u8* byte : bytes) sent.back().push_back(*byte);
                moved = bytes.size();
            }
            u16 const status = ccw->command == command::sense ? ce_de : ends_with;
            csw = {0, machine::real_address(ccw) + 8, status, static_cast<u16>(ccw->count - moved)};
            if ((ccw->flags & (Ccw::ChainCommand | Ccw::ChainData)) == 0 || status != ce_de)
                return 0;
        }
    }
    // Also lets the terminal end what it does.
    Csw run(u32 caw) {
        BOOST_REQUIRE_EQUAL(int(sio(0x060, caw)), 0);
        return ended();
    }
    Csw ended() {
        do { work_queue.run(); } while (interrupt_terminal());
        return interruption().csw;
    }
    bool interrupt_terminal() {
        if (!fakes::interrupt(0x0C0)) return false;
        terminal.interrupted(Csw::from(machine::low_storage().csw));
        return true;
    }
    u8 sense() {
        ccw(0x1F00, command::sense, 0x2F00, 0, 1);
        BOOST_TEST(run(0x1F00).status == ce_de);
        return get(0x2F00, 1)[0];
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(virtual_display, DisplayGuest)

BOOST_AUTO_TEST_CASE(before_anybody_dials_it_is_not_ready) {
    ccw(0x1000, op::erase_write, 0x2000, sli, 10);
    BOOST_TEST(run(0x1000).status == (ce_de | unit_check));
    BOOST_TEST(sense() == sense::intervention_required);
    BOOST_TEST(sense() == 0); // given once
    BOOST_TEST(commands.empty());
}

BOOST_AUTO_TEST_CASE(a_chain_goes_to_the_terminal_as_it_is) {
    dial();
    put(0x2000, {0xC3, 0x11, 0x40, 0x40, 0xC1});
    put(0x3FFE, {0xC2, 0xC3, 0xC4, 0xC5});
    ccw(0x1000, op::erase_write, 0x2000, cc, 5);
    ccw(0x1008, op::write, 0x3FFE, cd, 3); // data chained, over a page
    ccw(0x1010, 0, 0x4001, cc, 1);
    ccw(0x1018, op::read_modified, 0x5000, sli, 100);
    Csw const csw = run(0x1000);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.address == 0x1020u);
    BOOST_TEST(csw.count == 97);
    BOOST_TEST(commands ==
               (std::vector<u8>{op::erase_write, op::write, op::write, op::read_modified}));
    BOOST_TEST(sent[0] == (std::vector<u8>{0xC3, 0x11, 0x40, 0x40, 0xC1}));
    BOOST_TEST(sent[1] == (std::vector<u8>{0xC2, 0xC3, 0xC4}));
    BOOST_TEST(sent[2] == (std::vector<u8>{0xC5}));
    BOOST_TEST(get(0x5000, 3) == inbound);
}

BOOST_AUTO_TEST_CASE(nothing_but_the_commands_of_a_display_gets_through) {
    dial();
    ccw(0x1000, op::erase_all_unprotected, 0, cc | sli, 1);
    ccw(0x1008, 0x1B, 0x2000, sli, 1);
    BOOST_TEST(run(0x1000).status == (ce_de | unit_check));
    BOOST_TEST(sense() == sense::command_reject);
    BOOST_TEST(commands == (std::vector<u8>{op::erase_all_unprotected, command::noop}));
}

BOOST_AUTO_TEST_CASE(storage_that_is_not_there_or_not_its_own_is_never_reached) {
    dial();
    ccw(0x1000, op::write, size - 2, 0, 4);
    BOOST_TEST(run(0x1000).status == status::program_check);
    ccw(0x1000, op::read_modified, 0xFFFFF0, 0, 32);
    BOOST_TEST(run(0x1000).status == (ce_de | status::program_check));
    vm.storage.set_key(GuestReal{0x2000}, 0x30);
    ccw(0x1000, op::read_modified, 0x2000, 0, 3);
    vm.storage.set_key(GuestReal{0x1000}, 0x20);
    BOOST_TEST(run(0x20001000).status == (ce_de | status::protection_check));
    BOOST_TEST(get(0x2000, 3) == (std::vector<u8>{0, 0, 0}));
    for (u8 const command : commands)
        BOOST_TEST((command == op::write || command == op::read_modified));
    BOOST_TEST(sent[0].size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_chain_without_end_ends) {
    dial();
    ccw(0x1000, op::write, 0x2000, cc, 1);
    ccw(0x1008, command::tic, 0x1000, 0, 1);
    BOOST_TEST(run(0x1000).status == (ce_de | status::channel_control_check));
}

BOOST_AUTO_TEST_CASE(attention_and_unit_check_come_as_the_terminal_gives_them) {
    dial();
    display.tell(status::attention);
    BOOST_TEST(interruption().csw.status == status::attention);
    ends_with = ce_de | unit_check;
    real_sense = sense::intervention_required;
    ccw(0x1000, op::write, 0x2000, sli, 1);
    BOOST_TEST(run(0x1000).status == (ce_de | unit_check));
    commands.clear();
    BOOST_TEST(sense() == sense::intervention_required);
    BOOST_TEST(commands.empty()); // CP has read it already
}

BOOST_AUTO_TEST_CASE(a_reset_drops_the_terminal_even_while_it_works) {
    dial();
    ccw(0x1000, op::write, 0x2000, sli, 1);
    BOOST_REQUIRE_EQUAL(int(sio(0x060, 0x1000)), 0);
    vm.io.reset();
    BOOST_TEST(drops == 1u);
    BOOST_TEST(vm.io.held());
    BOOST_TEST(ended().status == 0);
    BOOST_TEST(!vm.io.held());
    BOOST_TEST(!display.dialed());
    BOOST_TEST(run(0x1000).status == (ce_de | unit_check));
}

BOOST_AUTO_TEST_CASE(a_terminal_that_goes_leaves_the_display_for_the_next) {
    dial();
    display.hang_up();
    ccw(0x1000, op::write, 0x2000, sli, 1);
    BOOST_TEST(run(0x1000).status == (ce_de | unit_check));
    dial();
    BOOST_TEST(run(0x1000).status == ce_de);
}

BOOST_AUTO_TEST_SUITE_END()
