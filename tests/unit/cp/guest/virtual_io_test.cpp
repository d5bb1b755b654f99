#include <boost/test/unit_test.hpp>

#include "cp/guest/unit_record.h"
#include "cp/guest/virtual_console.h"
#include "tests/unit/cp/guest/guest_fixture.h"

using namespace cp;
using namespace s370;
using namespace fixtures;

namespace {

struct Probe : VirtualDevice {
    using VirtualDevice::VirtualDevice;
    u32 halts = 0;
    DeviceIdentity identity() const override { return {0x02, 0, 0, "DEV "_e}; }
    bool describe(u32, Line<80>&) const override { return false; }
    void start(const ProgramStart&) override { set_busy(true); }
    void halt() override { ++halts; }
    void end(u16 status) { present({0, 0x1008, status, 7}); }
    void end_controlled() {
        present({0, 0x1010, ce_de, 7}, {0, 0x1008, status::program_controlled, 0});
    }
    void end_device(u16 status) { present_device_status(status); }
};

struct IoGuest : Guest {
    Probe& probe(u16 address) {
        Probe* const device = free_storage::create<Probe>(vm, DeviceAddress{address});
        BOOST_REQUIRE(vm.io.attach(*device));
        return *device;
    }
    u16 next() {
        IoInterruption const i = interruption();
        return i.csw.status == 0 ? 0 : i.address.value;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(virtual_io, IoGuest)

BOOST_AUTO_TEST_CASE(an_address_without_device_is_not_operational) {
    DeviceAddress const none{0x123};
    BOOST_TEST(int(sio(0x123, 0)) == 3);
    BOOST_TEST(int(vm.io.test_io(none)) == 3);
    BOOST_TEST(int(vm.io.halt(none)) == 3);
    BOOST_TEST(int(vm.io.test_channel(1)) == 3);
    BOOST_TEST(int(vm.io.store_channel_id(1)) == 3);
}

BOOST_AUTO_TEST_CASE(a_working_subchannel_is_busy_until_its_status_is_taken) {
    Probe& device = probe(0x123);
    BOOST_TEST(int(vm.io.test_io({0x123})) == 0);
    BOOST_TEST(int(sio(0x123, 0x1000)) == 0);
    BOOST_TEST(int(sio(0x123, 0x1000)) == 2);
    BOOST_TEST(int(vm.io.test_io({0x123})) == 2);
    BOOST_TEST(int(vm.io.test_channel(1)) == 0);
    BOOST_TEST(int(vm.io.halt({0x123})) == 2);
    BOOST_TEST(device.halts == 1u);
    device.end(ce_de);
    BOOST_TEST(int(vm.io.halt({0x123})) == 0);
    BOOST_TEST(int(vm.io.test_channel(1)) == 1);
    BOOST_TEST(int(vm.io.test_io({0x123})) == 1);
    BOOST_TEST(stored_csw().address == 0x1008u);
    BOOST_TEST(stored_csw().status == ce_de);
    BOOST_TEST(stored_csw().count == 7);
    BOOST_TEST(int(vm.io.test_io({0x123})) == 0);
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(a_program_controlled_interruption_comes_before_the_end) {
    Probe& device = probe(0x123);
    BOOST_TEST(int(sio(0x123, 0x1000)) == 0);
    device.end_controlled();
    Csw const controlled = interruption().csw;
    BOOST_TEST(controlled.status == status::program_controlled);
    BOOST_TEST(controlled.address == 0x1008u);
    BOOST_TEST(interruption().csw.status == ce_de);
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(sio_forgets_an_interruption_that_was_not_taken) {
    Probe& device = probe(0x123);
    sio(0x123, 0x1000);
    device.end_controlled();
    BOOST_TEST(int(sio(0x123, 0x1000)) == 0);
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
    BOOST_TEST(device.busy());
}

BOOST_AUTO_TEST_CASE(a_halted_idle_device_tells_its_last_end_again) {
    Probe& device = probe(0x123);
    sio(0x123, 0x1000);
    device.end(ce_de);
    interruption();
    BOOST_TEST(int(vm.io.halt({0x123})) == 1);
    BOOST_TEST(stored_csw().address == 0x1008u);
    BOOST_TEST(device.halts == 0u);
    BOOST_TEST(interruption().csw.status == ce_de);
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(attention_is_kept_apart_from_other_status) {
    Probe& device = probe(0x123);
    device.end_device(status::device_end | status::unit_exception);
    device.end_device(status::attention);
    BOOST_TEST(interruption().csw.status == (status::device_end | status::unit_exception));
    BOOST_TEST(interruption().csw.status == status::attention);
}

BOOST_AUTO_TEST_CASE(sio_to_pending_device_status_takes_it_with_busy) {
    Probe& device = probe(0x123);
    device.end_device(status::device_end);
    BOOST_TEST(int(sio(0x123, 0x1000)) == 1);
    BOOST_TEST(stored_csw().status == (status::device_end | status::busy));
    BOOST_TEST(int(sio(0x123, 0x1000)) == 0);
}

BOOST_AUTO_TEST_CASE(interruptions_are_taken_in_the_order_in_which_they_came) {
    Probe &a = probe(0x0E0), &b = probe(0x1F0), &c = probe(0x1A0), &d = probe(0x290);
    for (int address : {0x0E0, 0x1F0, 0x290}) sio(u16(address), 0x1000);
    d.end(ce_de);
    c.end_device(status::device_end);
    b.end(ce_de);
    a.end(ce_de);
    BOOST_TEST(vm.io.interruption_pending(0x80000000));
    IoInterruption taken;
    BOOST_TEST(!vm.io.take_interruption(0x10000000, taken));
    BOOST_TEST(vm.io.take_interruption(0x40000000, taken)); // the first of channel 1
    BOOST_TEST(taken.address.value == 0x1A0);
    BOOST_TEST(next() == 0x290);
    BOOST_TEST(next() == 0x1F0);
    BOOST_TEST(next() == 0x0E0);
    BOOST_TEST(next() == 0);
}

BOOST_AUTO_TEST_CASE(a_program_that_is_started_again_keeps_its_turn) {
    Probe &a = probe(0x0E0), &b = probe(0x1F0);
    for (int address : {0x0E0, 0x1F0}) sio(u16(address), 0x1000);
    a.end(ce_de);
    b.end(ce_de);
    sio(0x0E0, 0x1000);
    a.end(ce_de);
    BOOST_TEST(next() == 0x0E0);
    BOOST_TEST(next() == 0x1F0);
    sio(0x0E0, 0x1000);
    BOOST_TEST(next() == 0);
}

BOOST_AUTO_TEST_CASE(channels_say_what_they_are) {
    probe(0x009);
    probe(0x190);
    BOOST_TEST(int(vm.io.store_channel_id(0)) == 0);
    BOOST_TEST(half(168) == 0x1000);
    BOOST_TEST(int(vm.io.store_channel_id(1)) == 0);
    BOOST_TEST(half(168) == 0x2000);
}

BOOST_AUTO_TEST_CASE(devices_keep_their_order_and_their_addresses_apart) {
    Probe& b = probe(0x200);
    probe(0x100);
    Probe twin(vm, {0x200});
    BOOST_TEST(!vm.io.attach(twin));
    BOOST_TEST(vm.io.move(b, {0x050}));
    BOOST_TEST(!vm.io.move(b, {0x100}));
    BOOST_TEST(vm.io.devices().front() == &b);
    BOOST_TEST(vm.io.find({0x200}) == nullptr);
    vm.io.detach(b);
    BOOST_TEST(vm.io.find({0x050}) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_holder_keeps_those_who_destroy_waiting) {
    bool drained = false;
    auto wait = [](VirtualIo& io, bool& done) -> Task<> {
        co_await io.drain();
        done = true;
    };
    {
        VirtualIo::Hold const hold(vm.io);
        spawn(wait(vm.io, drained));
        work_queue.run();
        BOOST_TEST(!drained);
    }
    work_queue.run();
    BOOST_TEST(drained);
}

BOOST_AUTO_TEST_SUITE_END()
