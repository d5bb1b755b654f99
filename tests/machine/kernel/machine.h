// A virtual machine that a test runs a program of guests.S in.
#pragma once

#include "cp/control/dispatch.h"
#include "cp/io/synchronous.h"
#include "cp/start.h"
#include "s370/machine/switch.h"

namespace kernel_test {

using namespace cp;

class TestSession final : public UserSession {
  public:
    virtual ~TestSession() = default;
    Task<> write(Text, bool) override { co_return; }
    Task<Input> read_virtual() override { co_return Input{}; }
    void cancel_virtual_read() override {}
    Terminal* terminal() override { return nullptr; }
    Task<u32> execute(Text, Response*) override { co_return 1; }
    void enter_cp(Text text) override {
        message = Line<80>(text);
        ended.set();
    }
    void show_trace() override {}

    Line<80> message;
    Signal ended;
};

struct Guest {
    const u8* begin;
    const u8* end;
};
#define GUEST(name)                                                                                \
    extern "C" const u8 guest_##name[], guest_##name##_end[];                                      \
    constexpr Guest name##_program{guest_##name, guest_##name##_end};

class Machine {
  public:
    explicit Machine(Text name) : vm(name) { vm.session = &session; }

    void load(Guest program) {
        vm.storage.create(0x100000);
        vm.reset(true);
        vm.cpu_id_serial = 0x123456;
        vm.storage.write({0x1000}, std::span<const u8>(program.begin, program.end));
        vm.storage.write({104}, Be64(0x00020000'00000BAD));
        vm.cpu.psw.bits = 0x1000;
    }
    void start() {
        vm.stopped.cp_mode = false;
        schedule(vm);
    }
    Text message() const { return session.message; }
    u32 word(u32 address) {
        Be32 value;
        vm.storage.read({address}, value);
        return value;
    }

    VirtualMachine vm;
    TestSession session;
};

inline Task<> run(Machine& machine, Guest program) {
    machine.load(program);
    machine.start();
    co_await machine.session.ended;
}

// Stops the real machine when all is done.
constexpr u32 done_code = 0xEDD;

} // namespace kernel_test
