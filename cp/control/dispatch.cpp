#include "cp/control/dispatch.h"

#include "cp/base/trace.h"
#include "cp/control/interrupts.h"
#include "cp/guest/reflect.h"
#include "s370/machine/control.h"
#include "s370/machine/storage.h"
#include "s370/machine/switch.h"

namespace cp {

using machine::Interruption;

namespace {

constexpr Microseconds interactive_slice = milliseconds(10), batch_slice = milliseconds(50);
// A machine that used so much since it last waited is no interactive one (leaves Q1).
constexpr Microseconds interactive_allowance = milliseconds(100);
constexpr u64 no_cpu_timer = 0x7FFFFFFF'FFFFF000;

constinit List<QueueLink> interactive_queue, batch_queue;
constinit VirtualMachine* running = nullptr;
constinit u32 loaded_cr1 = 0;

void requeue(VirtualMachine& vm) {
    vm.queue_link.unlink();
    (vm.interactive ? interactive_queue : batch_queue).push_back(vm.queue_link);
}

// Machines that were woken up while waiting get the preference of Q1.
void admit_awakened() {
    while (QueueLink* link = awakened_machines.pop_front()) {
        VirtualMachine& vm = link->machine;
        if (vm.stopped.waiting) {
            vm.interactive = true;
            vm.queue_time = {};
            vm.clock.end_wait();
        }
        requeue(vm);
    }
}

VirtualMachine* best() {
    QueueLink* link = interactive_queue.front();
    if (link == nullptr) link = batch_queue.front();
    return link == nullptr ? nullptr : &link->machine;
}

void charge_slice(VirtualMachine& vm, Microseconds run) {
    vm.queue_time += run;
    if (vm.interactive && vm.queue_time > interactive_allowance) vm.interactive = false;
}

// Runs the guest until something real happens or it cannot go on. Traps that
// come and go in here cost no clock, key or control register.
Interruption run_guest(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    for (;;) {
        cpu.prepare_state();
        Interruption const interruption = machine::run(&cpu);
        cpu.fetch_state();
        if (interruption == Interruption::External || interruption == Interruption::Io)
            return interruption;
        take_guest_interruption(vm, interruption);
        if (cpu.recheck && !take_interruptions(vm)) return Interruption::None;
        if (vm.stopped.any() || !work_queue.empty()) return Interruption::None;
    }
}

void run_machine(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    if (vm.storage.size() == 0 || !take_interruptions(vm)) {
        vm.queue_link.unlink();
        if (vm.stopped.waiting) vm.clock.begin_wait();
        return;
    }
    trace(Event::RunUser, machine::real_address(&vm), static_cast<u32>(cpu.psw.bits >> 32),
          static_cast<u32>(cpu.psw.bits));
    cpu.real_cr1 = vm.storage.segment_table_designation();
    if (cpu.real_cr1 != loaded_cr1) {
        machine::load_cr1(cpu.real_cr1);
        loaded_cr1 = cpu.real_cr1;
    }
    machine::load_floating(cpu.fpr);
    running = &vm;
    vm.clock.start(vm.interactive ? interactive_slice : batch_slice);

    Interruption const interruption = run_guest(vm);

    bool const slice_over = interruption == Interruption::External;
    charge_slice(vm, vm.clock.stop());
    machine::set_cpu_timer(no_cpu_timer);
    machine::store_floating(cpu.fpr);
    running = nullptr;
    take_real_interruption(interruption);
    // Round robin among equals; a machine that was merely disturbed stays in front.
    if (slice_over && vm.queue_link.linked()) requeue(vm);
}

} // namespace

void schedule(VirtualMachine& vm) { vm.wake(); }

void unschedule(VirtualMachine& vm) {
    VERIFY(running != &vm, Abend::DSP001);
    vm.queue_link.unlink();
    // Its segment table's place may become another's.
    loaded_cr1 = 0;
}

void dispatch() {
    machine::set_cpu_timer(no_cpu_timer);
    for (;;) {
        while (true) {
            Interruption const pending = machine::take_pending();
            if (pending == Interruption::None) break;
            take_real_interruption(pending);
        }
        work_queue.run();
        admit_awakened();
        if (VirtualMachine* vm = best()) run_machine(*vm);
        else if (work_queue.empty()) take_real_interruption(machine::wait());
    }
}

SystemLoad system_load() { return {}; }

} // namespace cp
