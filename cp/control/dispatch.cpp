#include "cp/control/dispatch.h"

#include "cp/base/trace.h"
#include "cp/control/interrupts.h"
#include "cp/control/loaded_control.h"
#include "cp/control/system_load.h"
#include "cp/guest/fast_path.h"
#include "cp/guest/reflect.h"
#include "cp/guest/used_time.h"
#include "s370/machine/clock.h"
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
constinit TrapSampler sampler;
constinit Microseconds batch_turn{}; // busy_time when Q2 had its last turn
// CP did something that is not part of a switch from one machine to the next.
constinit bool overhead = true;
constinit u64 overhead_units = 0; // less than a microsecond, not charged yet
// Counts what may have changed a machine that does not run: all that CP does but for switches.
constinit u32 disturbances = 1;
// Some machines have successors, to whom they give way in fast_path.S.
constinit bool turning = false;

void note_disturbance() {
    overhead = true;
    ++disturbances;
}

void requeue(VirtualMachine& vm) {
    vm.queue_link.unlink();
    (vm.interactive ? interactive_queue : batch_queue).push_back(vm.queue_link);
}

// The time that CP took between two guests; counted for the machine that is run next.
void charge_overhead(VirtualMachine& vm) {
    overhead = false;
    overhead_units += run_clock.lap();
    Microseconds const time{overhead_units >> RunClock::unit_shift};
    overhead_units -= time.count << RunClock::unit_shift;
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

// True: it has used its slice up.
bool charge(VirtualMachine& vm, Microseconds run) {
    busy_time += run;
    if (!vm.interactive) batch_turn = busy_time;
    vm.slice_used += run;
    if (vm.slice_used < slice_of(vm)) return false;
    vm.queue_time += vm.slice_used;
    vm.slice_used = {};
    if (vm.queue_time >= interactive_allowance) vm.interactive = false;
    return true;
}

// Round robin among equals: who has used its slice goes behind them, and who gives way. A
// machine that was merely disturbed stays in front and goes on with what is left.
void leave(VirtualMachine& vm, Microseconds run) {
    bool const ends = charge(vm, run);
    if ((ends || vm.gives_way) && vm.queue_link.linked()) requeue(vm);
    vm.gives_way = false;
}

void take_and_time(VirtualMachine& vm, Interruption interruption) {
    if (!sampler.due()) {
        take_guest_interruption(vm, interruption);
        return;
    }
    u64 const begin = machine::time_of_day();
    take_guest_interruption(vm, interruption);
    sampler.note(vm, machine::time_of_day() - begin);
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
    if (low.program_code != page_translation || vm.cpu.uses_secondary_space() ||
        !vm.shadow.refill(vm.storage, low.translation_address & 0xFFFFFF))
        return false;
    vm.cpu.count_fast(trap_kind::page);
    fast_path::note_translation(vm.cpu);
    return true;
}

// `from`, which runs, gives way. Who goes on, if that takes no more than an exchange of
// registers: a machine of which nothing can have changed since it gave way itself. Else
// nullptr, and it is the dispatcher's business.
VirtualMachine* next_in_turn(VirtualMachine& from) {
    if (!work_queue.empty() || !awakened_machines.empty() || from.cpu.recheck) return nullptr;
    from.left_at = disturbances;
    requeue(from);
    VirtualMachine* const next = best();
    return next->left_at == disturbances && !next->cpu.recheck ? next : nullptr;
}

// From now on the dispatcher decides who goes on. Of those that gave way, the state is
// what they have stored.
void end_turns() {
    if (!turning) return;
    turning = false;
    for (List<QueueLink>* queue : {&interactive_queue, &batch_queue}) {
        for (QueueLink& link : *queue) {
            VirtualCpu& cpu = link.machine.cpu;
            if (cpu.successor == 0) continue;
            cpu.successor = 0;
            cpu.fetch_state();
        }
    }
}

// The next time `from` gives way it is to `to`, without the dispatcher.
void let_follow(VirtualMachine& from, VirtualMachine& to) {
    if (from.interactive != to.interactive || !LoadedControl::alike(from.cpu, to.cpu)) return;
    from.cpu.successor = machine::real_address(&to.cpu);
    turning = true;
}

// Who runs after turns that fast_path.S took by itself, and the queue as it is then.
void follow_turns() {
    if (machine::selected() == &running->cpu) return;
    List<QueueLink>& queue = running->interactive ? interactive_queue : batch_queue;
    while (machine::selected() != &queue.front()->machine.cpu) queue.push_back(*queue.pop_front());
    running = &queue.front()->machine;
    loaded.note_exchange(running->cpu);
}

void change_over(VirtualMachine& from, VirtualMachine& to) {
    Microseconds const run = from.clock.pause();
    bool const ends = run.count != 0 && charge(from, run);
    if (ends) {
        from.clock.renew(slice_of(from));
        requeue(from);
    }
    if (ends || from.cpu.recheck || from.clock.due() || run_clock.struck())
        end_turns();
    else
        let_follow(from, to);
    machine::store_floating(from.cpu.fpr);
    machine::load_floating(to.cpu.fpr);
    loaded.exchange(to.cpu);
    machine::select(&to.cpu);
    running = &to;
    to.clock.resume();
}

// Machines that do nothing but give way to each other, `running` first, take turns.
Interruption take_turns() {
    Interruption interruption = Interruption::GivesWay;
    while (interruption == Interruption::GivesWay) {
        VirtualMachine* const next = next_in_turn(*running);
        if (next == nullptr) {
            running->gives_way = true;
            interruption = Interruption::None;
            break;
        }
        if (next != running) change_over(*running, *next);
        loaded.enter(next->cpu);
        interruption = machine::run(&next->cpu);
        follow_turns();
        loaded.leave();
        running->cpu.fetch_state();
    }
    end_turns();
    return interruption;
}

// Runs the guest `running`, and those that it gives way to, until something real happens or
// it cannot go on. Traps that come and go in here cost no clock, key or control register.
Interruption run_guest() {
    for (;;) {
        VirtualCpu& cpu = running->cpu;
        cpu.prepare_state();
        if (cpu.traced_events != 0) running->tracer.note_registers();
        choose_path(fast_path::prepare(*running));
        bool const translating = cpu.psw.translating();
        Interruption interruption;
        do {
            loaded.enter(cpu); // may protect low addresses from CP too
            interruption = machine::run(&cpu);
            loaded.leave();
        } while (translating && interruption == Interruption::Program && refilled(*running));
        cpu.fetch_state();
        if (interruption == Interruption::GivesWay) interruption = take_turns();
        VirtualMachine& vm = *running;
        switch (interruption) {
        case Interruption::Program:
        case Interruption::Svc: take_and_time(vm, interruption); break;
        default: return interruption;
        }
        ++disturbances;
        if (vm.cpu.recheck) {
            if (!take_interruptions(vm)) return Interruption::None;
            loaded.load_for(vm);
        }
        if (vm.stopped.any() || vm.gives_way || !work_queue.empty()) return Interruption::None;
    }
}

void run_machine(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    vm.clock.end_pause();
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

    Interruption const interruption = run_guest();

    VirtualMachine& last = *running;
    Microseconds const run = last.clock.stop();
    machine::store_floating(last.cpu.fpr);
    running = nullptr;
    leave(last, run);
    if (interruption == Interruption::None) return;
    note_disturbance();
    take_real_interruption(interruption);
}

// Waiting is nobody's time.
void idle() {
    run_clock.strike_never();
    Interruption const interruption = machine::wait();
    run_clock.lap();
    note_disturbance();
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
            note_disturbance();
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
