#include "cp/command/dial.h"

#include "cp/guest/virtual_display.h"
#include "tests/unit/cp/command/system_fixture.h"

using namespace testing_commands;
using namespace s370;

namespace {

struct DialSystem : System {
    VirtualMachine* bob = nullptr;

    DialSystem() {
        log_on(0, "bob", "passb");
        bob = find_virtual_machine("BOB"_e);
        BOOST_REQUIRE(bob != nullptr);
    }
    ~DialSystem() {
        bob = find_virtual_machine("BOB"_e);
        if (bob != nullptr) bob->io.reset();
        pump();
    }
    VirtualDisplay& virtual_display(u16 address) { return *bob->io.find({address})->as_display(); }
    u16 status_of(u16 address) {
        bob->storage.write(GuestReal{64}, Be64{0});
        bob->io.test_io({address});
        Be64 csw;
        bob->storage.read(GuestReal{64}, csw);
        return Csw::from(csw).status;
    }
    // A stream that the virtual machine writes.
    void write(u16 address, u8 command, const std::vector<u8>& stream) {
        bob->storage.write(GuestReal{0x2000}, std::span<const u8>(stream));
        Ccw const ccw(command, 0x2000, Ccw::SuppressLength, static_cast<u16>(stream.size()));
        bob->storage.write(GuestReal{0x1000}, ccw);
        bob->storage.write(GuestReal{72}, Be32{0x1000});
        BOOST_TEST(int(bob->io.start_io({address})) == 0);
        pump();
        BOOST_TEST(status_of(address) == (status::channel_end | status::device_end));
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dial, DialSystem)

BOOST_AUTO_TEST_CASE(a_terminal_becomes_the_virtual_machines_display) {
    connect(1);
    type(1, "dial bob");
    BOOST_TEST(display(1).row(0) == "DIALED TO BOB 060");
    BOOST_TEST(typewriter.has("GRAF 0C1 DIALED TO BOB DIALED= 001"));
    BOOST_TEST(status_of(0x060) == status::device_end);

    write(0x060, ds3270::command::erase_write, {0xC3, 0x1D, 0x40, 0x13, 0xC8, 0xC9});
    BOOST_TEST(display(1).row(0) == " HI");
    press(1, ds3270::aid::enter);
    BOOST_TEST(status_of(0x060) == status::attention);
    pass(5); // CP looks whether it is still there, and shows nothing of its own
    BOOST_TEST(display(1).row(0) == " HI");
    BOOST_TEST(answer(0, "query users") == "002 USERS, 001 DIALED");
    BOOST_TEST(answer(0, "query virtual graf") == "GRAF 060 ON GRAF 0C1|GRAF 061 NOT READY");
    operator_types("query 0c1");
    BOOST_TEST(typewriter.has("GRAF 0C1 DIAL   TO BOB 060"));
}

BOOST_AUTO_TEST_CASE(dial_refuses_with_the_message_that_comes_first) {
    connect(1);
    BOOST_TEST(answer(1, "dial") == "DMKDIA020E USERID MISSING OR INVALID");
    BOOST_TEST(answer(1, "d waytoolongname") == "DMKDIA020E USERID MISSING OR INVALID");
    BOOST_TEST(answer(1, "dial alice") == "DMKDIA045E ALICE NOT LOGGED ON");
    BOOST_TEST(answer(1, "dial operator") == "DMKDIA055E LINE(S) NOT AVAILABLE ON OPERATOR");
    BOOST_TEST(answer(1, "dial bob xyz") == "DMKDIA022E VADDR MISSING OR INVALID");
    BOOST_TEST(answer(1, "dial bob 070") == "DMKDIA047E BOB 070 DOES NOT EXIST");
    BOOST_TEST(answer(1, "dial bob 009") == "DMKDIA011E INVALID DEVICE TYPE - BOB 009");
    type(1, "dial bob 061");
    BOOST_TEST(display(1).row(0) == "DIALED TO BOB 061");
    connect(2);
    BOOST_TEST(answer(2, "dial bob 061") == "DMKDIA056E LINE 061 BUSY ON BOB");
    type(2, "dial bob");
    BOOST_TEST(display(2).row(0) == "DIALED TO BOB 060");
    connect(3);
    BOOST_TEST(answer(3, "dial bob") == "DMKDIA055E LINE(S) NOT AVAILABLE ON BOB");
}

BOOST_AUTO_TEST_CASE(reset_gives_the_terminal_back_to_cp) {
    connect(1);
    type(1, "dial bob");
    BOOST_TEST(answer(0, "reset 060") == "DEVICE RESET");
    BOOST_TEST(display(1).row(0) == "DROP FROM BOB 060");
    BOOST_TEST(display(1).status() == "CP READ");
    BOOST_TEST(typewriter.has("GRAF 0C1 DROP FROM BOB DIALED= 000"));
    type(1, "logon alice passa");
    BOOST_TEST(display(1).shows("LOGON AT"));
}

BOOST_AUTO_TEST_CASE(logoff_drops_the_terminals) {
    connect(1);
    type(1, "dial bob");
    type(0, "logoff");
    BOOST_TEST(display(1).row(0) == "DROP FROM BOB 060");
    BOOST_TEST(terminals_dialed() == 0u);
}

BOOST_AUTO_TEST_CASE(a_dialed_client_that_goes_leaves_the_display_not_ready) {
    connect(1);
    type(1, "dial bob");
    clients[1]->connected = false;
    pass(3);
    BOOST_TEST(typewriter.has("GRAF 0C1 DROP FROM BOB DIALED= 000"));
    BOOST_TEST(!virtual_display(0x060).dialed());
    connect(1);
    BOOST_TEST(display(1).row(0) == "Cambridge/370 ONLINE");
}

BOOST_AUTO_TEST_CASE(a_display_can_be_defined_and_detached) {
    BOOST_TEST(answer(0, "define graf 070") == "GRAF 070 DEFINED");
    connect(1);
    type(1, "dial bob 070");
    BOOST_TEST(display(1).row(0) == "DIALED TO BOB 070");
    BOOST_TEST(answer(0, "detach 070") == "GRAF 070 DETACHED");
    BOOST_TEST(display(1).row(0) == "DROP FROM BOB 070");
}

BOOST_AUTO_TEST_SUITE_END()
