// Takes the place of cp/command: instead of users it starts virtual machines with the
// programs of guests.S and types on the console what became of them.
#include "cp/guest/used_time.h"
#include "tests/machine/kernel/paths.h"

namespace {

using namespace kernel_test;

constinit RealDevice* console = nullptr;
constinit u32 passed = 0, failed = 0;

void type(Text line) { type_synchronously(console->address(), line); }

void check(Text what, bool ok) {
    ++(ok ? passed : failed);
    Line<80> line;
    line << (ok ? "ok   "_e : "FAIL "_e) << what;
    type(line);
}

GUEST(wait)
GUEST(privileged)
GUEST(wild_store)
GUEST(wild_branch)
GUEST(undefined)
GUEST(program_loop)
GUEST(svc_loop)
GUEST(cpu_loop)
GUEST(timer)
GUEST(touch)
GUEST(comparator)
GUEST(turns)
GUEST(patient)
extern "C" const u8 guest_privileged_svc[];

constexpr Text done = "DMKDSP450W CP ENTERED; DISABLED WAIT PSW '00020000 00000600'"_e;
constexpr Text program_checked = "DMKDSP450W CP ENTERED; DISABLED WAIT PSW '00020000 00000BAD'"_e;

cp::Task<> ends_with(Text name, Guest program, Text message) {
    Machine machine(name);
    co_await run(machine, program);
    check(name, machine.message() == message);
    if (machine.message() != message) type(machine.message());
    unschedule(machine.vm);
}

Task<> program_interruption(Text name, Guest program, u32 code) {
    Machine machine(name);
    co_await run(machine, program);
    check(name, machine.message() == program_checked && (machine.word(40) & 0xFFFF) == code);
    unschedule(machine.vm);
}

Task<> privileged() {
    Machine machine("PRIV"_e);
    machine.load(privileged_program);
    auto const offset = static_cast<u32>(guest_privileged_svc - guest_privileged);
    machine.vm.storage.write({96}, Be64(0x1000 + offset));
    machine.start();
    co_await machine.session.ended;
    check("privileged instructions end"_e, machine.message() == done);
    if (machine.message() != done) type(machine.message());
    check("STIDP"_e, machine.word(0x800) == 0xFF123456);
    check("SSK and ISK"_e, machine.word(0x808) == 0x30);
    check("STCTL"_e, machine.word(0x80C) == 0x000000E0);
    check("LCTL"_e, machine.word(0x810) == 0x400000E0);
    check("SPKA and IPK"_e, machine.word(0x814) == 0x50);
    check("TIO of a missing device"_e, (machine.word(0x818) >> 28 & 3) == 3);
    check("SVC and LPSW"_e, machine.word(0x81C) == 7);
    unschedule(machine.vm);
}

Task<> timer() {
    Machine machine("TIMER"_e);
    co_await run(machine, timer_program);
    check("interval timer interrupts"_e,
          machine.message() == done && (machine.word(0x800) & 0xFFFF) == 0x0080);
    unschedule(machine.vm);
}

Task<> comparator() {
    Machine machine("EC"_e);
    machine.load(comparator_program);
    machine.vm.settings.ec_mode = true;
    machine.start();
    co_await machine.session.ended;
    Be64 due, struck;
    machine.vm.storage.read({0x808}, due);
    machine.vm.storage.read({0x810}, struck);
    check("an EC-mode machine waits for its clock comparator"_e,
          machine.message() == done && machine.word(0x818) >> 16 == 0x1004 && struck >= due);
    unschedule(machine.vm);
}

Task<> touch() {
    Machine machine("TOUCH"_e);
    co_await run(machine, touch_program);
    // 3000 + 4000 + ... + FF000
    check("pages come zeroed on demand"_e, machine.word(0x800) == 253 * (0x3000 + 0xFF000) / 2);
    check("and are counted"_e, machine.vm.storage.resident() == 255);
    unschedule(machine.vm);
}

void load_turns(Machine& machine, u32 seed) {
    machine.load(turns_program);
    for (u32 address = 0x900; address < 0x960; address += 4) {
        seed = seed * 1664525 + 1013904223;
        machine.vm.storage.write({address}, Be32(seed));
    }
}

// Machines that give way to each other.
Task<> turns() {
    Machine one("ONE"_e), other("OTHER"_e), third("THIRD"_e);
    load_turns(one, 1);
    load_turns(other, 2);
    load_turns(third, 3);
    one.start();
    other.start();
    third.start();
    co_await one.session.ended;
    co_await other.session.ended;
    co_await third.session.ended;
    check("who gives way keeps his registers"_e,
          one.message() == done && other.message() == done && third.message() == done);
    check("and each of his turns is counted"_e, one.vm.cpu.counted_fast(0x83) == 2000 &&
                                                    other.vm.cpu.counted_fast(0x83) == 2000 &&
                                                    third.vm.cpu.counted_fast(0x83) == 2000);
    unschedule(one.vm);
    unschedule(other.vm);
    unschedule(third.vm);
}

// Their timers run as those of others do.
Task<> patience() {
    constexpr u32 each_code = 0x0080 + 0x1004 + 0x1005;
    Machine one("ONE"_e), other("OTHER"_e);
    for (Machine* machine : {&one, &other}) {
        machine->load(patient_program);
        machine->vm.storage.write({80}, Be32(100)); // its interval timer
        machine->vm.settings.ec_mode = true;
        machine->start();
    }
    co_await one.session.ended;
    co_await other.session.ended;
    check("who gives way is interrupted by each of his timers"_e,
          one.message() == done && one.word(0x800) == each_code && other.message() == done &&
              other.word(0x800) == each_code);
    unschedule(one.vm);
    unschedule(other.vm);
}

// A loop does not keep others from the CPU.
Task<> share() {
    Machine hog("HOG"_e), svc_hog("SVCHOG"_e), other("OTHER"_e);
    hog.load(cpu_loop_program);
    hog.start();
    svc_hog.load(svc_loop_program);
    svc_hog.start();
    for (u32 i = 0; i < 10; ++i) co_await run(other, timer_program);
    check("loops leave others their time"_e, other.message() == done);
    check("and get theirs"_e, hog.vm.accounting.run_time.count > 1000);
    UsedTime const computing = used_time(hog.vm), trapping = used_time(svc_hog.vm);
    check("a loop that computes is its own time"_e,
          computing.virtual_time.count * 10 > hog.vm.accounting.run_time.count * 9);
    // How much depends on how busy the host is: what it takes away counts as the machine's.
    check("a loop of SVC is CP's as well"_e,
          trapping.virtual_time.count < svc_hog.vm.accounting.run_time.count);
    unschedule(hog.vm);
    unschedule(svc_hog.vm);
    unschedule(other.vm);
}

} // namespace

cp::Task<> cp::start_users(Volume* system, RealDevice* operator_console) {
    console = operator_console;
    Line<80> line("KERNEL TEST, SYSTEM "_e);
    line << (system == nullptr ? "NONE"_e : system->name().text());
    type(line);
    for (RealDevice& device : real_devices()) {
        line.clear();
        line << "DEVICE "_e;
        line.hex(device.address().value, 3) << " TYPE "_e;
        type(line.hex(device.type(), 4));
    }
    co_await ends_with("a disabled wait enters CP"_e, wait_program, done);
    co_await privileged();
    co_await program_interruption("a store beyond storage"_e, wild_store_program, 5);
    co_await program_interruption("a branch beyond storage"_e, wild_branch_program, 5);
    co_await program_interruption("an undefined operation"_e, undefined_program, 1);
    co_await ends_with("a program interruption loop"_e, program_loop_program,
                       "DMKPRG453W CP ENTERED; PROGRAM INTERRUPT LOOP"_e);
    co_await timer();
    co_await comparator();
    co_await touch();
    co_await turns();
    co_await patience();
    co_await share();
    for (u32 seed = 1; seed <= 20; ++seed) {
        Text const difference = co_await difference_of_paths(seed);
        check("fast path and simulator do the same"_e, difference.empty());
        if (!difference.empty()) type(difference);
    }
    line.clear();
    line.decimal(passed) << " passed, "_e;
    line.decimal(failed) << " failed"_e;
    type(line);
    machine::stop(done_code);
}
