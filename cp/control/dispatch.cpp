#include "cp/control/dispatch.h"

#include "cp/base/trace.h"
#include "cp/control/interrupts.h"
#include "cp/control/loaded_control.h"
#include "cp/control/system_load.h"
#include "cp/guest/fast_path.h"
#include "cp/guest/reflect.h"
#include "s370/machine/storage.h"
#include "s370/machine/switch.h"

namespace cp {

using machine::Interruption;

namespace {

constexpr Microseconds interactive_slice = milliseconds(10), batch_slice = milliseconds(50);
// A machine that used so much since it last waited is no interactive one (leaves Q1).
constexpr Microseconds interactive_allowance = milliseconds(100);
// After so much time in Q1 a machine of Q2 gets a slice, however busy Q1 is.
constexpr Microseconds longest_preference = milliseconds(100);

constinit List<QueueLink> interactive_queue, batch_queue;
constinit VirtualMachine* running = nullptr;
constinit LoadedControl loaded;
constinit bool fast_path_in_use = false;
constinit Microseconds batch_turn{}; // busy_time when Q2 had its last turn
// CP did something that is not part of a switch from one machine to the next.
constinit bool overhead = true;

void requeue(VirtualMachine& vm) {
    vm.queue_link.unlink();
    (vm.interactive ? interactive_queue : batch_queue).push_back(vm.queue_link);
}

// The time that CP took between two guests; counted for the machine that is run next.
void charge_overhead(VirtualMachine& vm) {
    overhead = false;
    Microseconds const time = run_clock.lap();
    vm.accounting.total_time += time;
    busy_time += time;
}

// Machines that were woken up while waiting get the preference of Q1.
void admit_awakened() {
    while (QueueLink* link = awakened_machines.pop_front()) {
        VirtualMachine& vm = link->machine;
        if (vm.stopped.waiting) {
            vm.interactive = true;
            vm.queue_time = vm.slice_used = {};
            vm.clock.end_wait();
        }
        requeue(vm);
    }
}

VirtualMachine* best() {
    QueueLink* const interactive = interactive_queue.front();
    QueueLink* const batch = batch_queue.front();
    bool const prefer =
        interactive != nullptr && (batch == nullptr || busy_time - batch_turn < longest_preference);
    QueueLink* const link = prefer ? interactive : batch;
    return link == nullptr ? nullptr : &link->machine;
}

Microseconds slice_of(const VirtualMachine& vm) {
    return vm.interactive ? interactive_slice : batch_slice;
}

// Round robin among equals: who has used its slice goes behind them. A machine that
// was merely disturbed stays in front and goes on with what is left.
void charge(VirtualMachine& vm, Microseconds run) {
    busy_time += run;
    if (!vm.interactive) batch_turn = busy_time;
    vm.slice_used += run;
    if (vm.slice_used < slice_of(vm) && !vm.gives_way) return;
    vm.queue_time += vm.slice_used;
    vm.slice_used = {};
    vm.gives_way = false;
    if (vm.queue_time >= interactive_allowance) vm.interactive = false;
    if (vm.queue_link.linked()) requeue(vm);
}

void choose_path(bool fast) {
    if (fast == fast_path_in_use) return;
    fast_path_in_use = fast;
    machine::use_fast_path(fast);
}

// A page of a guest's own translation that only the shadow tables did not have yet.
bool refilled(VirtualMachine& vm) {
    s370::LowStorage const& low = machine::low_storage();
    constexpr auto page_translation = static_cast<u16>(s370::Program::PageTranslation);
    if (low.program_code != page_translation ||
        !vm.shadow.refill(vm.storage, low.translation_address & 0xFFFFFF))
        return false;
    vm.cpu.count(trap_kind::page);
    fast_path::note_translation(vm.cpu);
    return true;
}

// Runs the guest until something real happens or it cannot go on. Traps that
// come and go in here cost no clock, key or control register.
Interruption run_guest(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    for (;;) {
        cpu.prepare_state();
        if (cpu.traced_events != 0) vm.tracer.note_registers();
        choose_path(fast_path::prepare(vm));
        bool const translating = cpu.psw.translating();
        Interruption interruption;
        do {
            loaded.enter(cpu); // may protect low addresses from CP too
            interruption = machine::run(&cpu);
            loaded.leave();
        } while (translating && interruption == Interruption::Program && refilled(vm));
        cpu.fetch_state();
        switch (interruption) {
        case Interruption::GivesWay: vm.gives_way = true; return Interruption::None;
        case Interruption::Program:
        case Interruption::Svc: take_guest_interruption(vm, interruption); break;
        default: return interruption;
        }
        if (cpu.recheck) {
            if (!take_interruptions(vm)) return Interruption::None;
            loaded.load_for(vm);
        }
        if (vm.stopped.any() || vm.gives_way || !work_queue.empty()) return Interruption::None;
    }
}

void run_machine(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    if (vm.storage.size() == 0 || ((cpu.recheck || vm.stopped.any()) && !take_interruptions(vm))) {
        vm.queue_link.unlink();
        if (vm.stopped.waiting) vm.clock.begin_wait();
        return;
    }
    trace(Event::RunUser, machine::real_address(&vm), static_cast<u32>(cpu.psw.bits >> 32),
          static_cast<u32>(cpu.psw.bits));
    loaded.load_for(vm);
    machine::load_floating(cpu.fpr);
    fast_path::forget_idle_device(cpu);
    machine::select(&cpu);
    running = &vm;
    if (overhead) charge_overhead(vm);
    vm.clock.start(slice_of(vm) - vm.slice_used);

    Interruption const interruption = run_guest(vm);

    Microseconds const run = vm.clock.stop();
    machine::store_floating(cpu.fpr);
    running = nullptr;
    charge(vm, run);
    if (interruption == Interruption::None) return;
    overhead = true;
    take_real_interruption(interruption);
}

// Waiting is nobody's time.
void idle() {
    run_clock.strike_never();
    Interruption const interruption = machine::wait();
    run_clock.lap();
    overhead = true;
    take_real_interruption(interruption);
}

} // namespace

void schedule(VirtualMachine& vm) { vm.wake(); }

void unschedule(VirtualMachine& vm) {
    VERIFY(running != &vm, Abend::DSP001);
    vm.queue_link.unlink();
    // Its segment table's place may become another's.
    loaded.forget();
}

QueueLengths queue_lengths() {
    QueueLengths lengths{0, 0};
    for ([[maybe_unused]] QueueLink& link : interactive_queue) ++lengths.q1;
    for ([[maybe_unused]] QueueLink& link : batch_queue) ++lengths.q2;
    return lengths;
}

void dispatch() {
    begin_load_samples();
    for (;;) {
        if (!work_queue.empty()) {
            overhead = true;
            work_queue.run();
        }
        admit_awakened();
        if (VirtualMachine* vm = best())
            run_machine(*vm);
        else if (work_queue.empty())
            idle();
    }
}

} // namespace cp
