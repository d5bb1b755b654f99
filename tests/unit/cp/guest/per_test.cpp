#include "cp/guest/per.h"

#include "tests/unit/cp/guest/supervisor_fixture.h"

using namespace cp;
using namespace fixtures;
using s370::Program;

namespace {

constexpr u64 ec_with_per = 0x40080000'00000000, ec = 0x00080000'00000000;

struct Watched : Supervisor {
    Watched() {
        vm.settings.ec_mode = true;
        vm.cpu.psw.bits = ec_with_per;
        low().program_new_psw = ec | 0x2000;
        watch(per::fetch | per::store, 0, 0xFFFFFF);
    }
    void watch(u16 events, u32 from, u32 to) {
        vm.cpu.cr[9] = u32{events} << 16;
        vm.cpu.cr[10] = from;
        vm.cpu.cr[11] = to;
    }
    // The real machine sees the fetch of a privileged instruction; so does the guest then.
    void execute(const std::vector<u8>& instruction, u16 seen = 0) {
        low().program_code = 0;
        low().per_code = 0;
        per::begin(vm.cpu, at, seen);
        trap(instruction);
        reflect_per(vm, static_cast<u8>(instruction.size() / 2));
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(per_, Watched)

BOOST_AUTO_TEST_CASE(a_simulated_store_is_told_with_the_address_of_its_instruction) {
    vm.cpu.gpr[5] = 0x5000;
    execute({0xAC, 0xFF, 0x50, 0x10}, per::fetch);
    BOOST_TEST(low().program_code == 0x80);
    BOOST_TEST(low().program_ilc == 4);
    BOOST_TEST(low().per_code == (per::fetch | per::store));
    BOOST_TEST(low().per_address == at);
    BOOST_TEST(low().program_old_psw == (ec_with_per | (at + 4)));
}

BOOST_AUTO_TEST_CASE(a_store_outside_the_range_is_none) {
    watch(per::store, 0x5011, 0x500F); // around the end of storage: all but 5010
    execute({0xAC, 0xFF, 0x50, 0x10});
    BOOST_TEST(low().program_code == 0x80);
    vm.cpu.psw.bits = ec_with_per;
    vm.cpu.gpr[5] = 0x5000;
    execute({0xAC, 0xFF, 0x50, 0x10});
    BOOST_TEST(low().program_code == 0);
}

BOOST_AUTO_TEST_CASE(who_does_not_watch_is_told_nothing) {
    vm.cpu.psw.bits = ec;
    execute({0xAC, 0xFF, 0x50, 0x10}, per::fetch);
    BOOST_TEST(low().program_code == 0);
}

BOOST_AUTO_TEST_CASE(an_instruction_that_turns_per_off_is_not_told_of) {
    execute({0xAC, 0xBF, 0x50, 0x10}, per::fetch);
    BOOST_TEST(low().program_code == 0);
    BOOST_TEST(!per::watching(vm.cpu));
}

BOOST_AUTO_TEST_CASE(an_exception_takes_the_fetch_along_and_no_store) {
    execute({0xB6, 0x99, 0x50, 0x11}, per::fetch | per::store); // misaligned
    BOOST_TEST(low().program_code == 0x86);
    vm.cpu.psw.bits = ec_with_per;
    vm.cpu.gpr[5] = 0xF00000;
    execute({0xB6, 0x99, 0x50, 0x10}, per::fetch | per::store);
    BOOST_TEST(low().program_code == 0x85);
    BOOST_TEST(low().per_code == per::fetch);
}

BOOST_AUTO_TEST_CASE(tracing_sees_every_address_unless_the_guest_watches_some) {
    u32 real[3];
    vm.cpu.traced_events = 0x40;
    vm.cpu.psw.bits = ec;
    per::controls(vm.cpu, real);
    BOOST_TEST(real[0] == 0x40000000u);
    BOOST_TEST(real[1] == 0u);
    BOOST_TEST(real[2] == 0xFFFFFFu);
    vm.cpu.psw.bits = ec_with_per;
    watch(per::store, 0x5000, 0x5FFF);
    per::controls(vm.cpu, real);
    BOOST_TEST(real[0] == 0x60000000u);
    BOOST_TEST(real[1] == 0x5000u);
    watch(per::branch, 0x5000, 0x5FFF);
    per::controls(vm.cpu, real);
    BOOST_TEST(real[2] == 0xFFFFFFu);
}

BOOST_AUTO_TEST_SUITE_END()
