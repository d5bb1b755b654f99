// A virtual machine that traps: instructions are put at 1000 and simulated as if the
// real CPU had refused them.
#pragma once

#include <boost/test/unit_test.hpp>

#include "cp/guest/privileged_op.h"
#include "cp/guest/reflect.h"
#include "tests/unit/cp/guest/guest_fixture.h"

namespace fixtures {

struct NotedSession : FakeSession {
    std::string message;
    void enter_cp(Text text) override { message = ascii(text); }
};

struct Supervisor : Guest {
    NotedSession noted;
    static constexpr u32 at = 0x1000;

    Supervisor() {
        vm.reset(true);
        vm.session = &noted;
        vm.stopped = {};
        vm.stopped.cp_mode = false;
        vm.cpu.cr[2] = 0xFFFFFFFF;
    }
    ~Supervisor() { cp::awakened_machines.pop_front(); }

    s370::LowStorage& low() { return *reinterpret_cast<s370::LowStorage*>(vm.storage.touch({0})); }
    void trap(const std::vector<u8>& instruction,
              s370::Program code = s370::Program::PrivilegedOperation) {
        put(at, instruction);
        vm.cpu.psw.set_address(at + static_cast<u32>(instruction.size()));
        cp::simulate(vm, code, static_cast<u8>(instruction.size() / 2));
    }
    // The code of the program interruption that the guest got, 0 for none; BC mode.
    u32 interruption_code() {
        u64 const old = low().program_old_psw;
        low().program_old_psw = 0;
        return static_cast<u32>(old >> 32) & 0xFFFF;
    }
    u32 word(u32 address) {
        Be32 value;
        vm.storage.read(cp::GuestReal{address}, value);
        return value;
    }
    u8 condition_code() const { return vm.cpu.psw.condition_code(); }
};

} // namespace fixtures
