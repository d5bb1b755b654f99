// INDICATE and SHUTDOWN (DMKTHI, DMKCPS, DMKCKP).

#include "cp/base/calendar.h"
#include "cp/command/processors.h"
#include "cp/control/dispatch.h"
#include "cp/guest/used_time.h"
#include "s370/machine/switch.h"

namespace cp {
namespace {

constexpr u32 shutdown_wait_code = 0x008;

// CPU-005%  APU-000%  Q1-01  Q2-00  STORAGE-012%  RATIO-00.0
MessageLine load_line() {
    SystemLoad const load = system_load();
    MessageLine line("CPU-"_e);
    line.decimal(load.cpu_percent, 3) << "%  APU-000%  Q1-"_e;
    line.decimal(load.q1, 2) << "  Q2-"_e;
    line.decimal(load.q2, 2) << "  STORAGE-"_e;
    line.decimal(load.storage_percent, 3) << "%  RATIO-00.0"_e;
    return line;
}

MessageLine pages_line(const VirtualMachine& machine) {
    Accounting const& used = machine.accounting;
    MessageLine line("PAGES: RES-"_e);
    line.decimal(machine.storage.resident(), 4) << " WS-"_e;
    line.decimal(machine.storage.resident(), 4) << " READS="_e;
    line.decimal(used.page_reads, 6) << " WRITES="_e;
    line.decimal(used.page_writes, 6) << " DISK-0000 DRUM-0000"_e;
    return line;
}

MessageLine times_line(VirtualMachine& machine) {
    UsedTime const used = used_time(machine);
    auto minutes = [](MessageLine& line, Microseconds time) {
        u64 const whole = time.count / 1'000'000;
        line.decimal(whole / 60, 3) << ':'_e;
        line.decimal(whole % 60, 2);
    };
    MessageLine line("VTIME="_e);
    minutes(line, used.virtual_time);
    line << " TTIME="_e;
    minutes(line, used.total_time);
    line << " SIO="_e;
    line.decimal(machine.accounting.start_ios, 6) << " RDR-000000 PRT-000000 PCH-000000"_e;
    return line;
}

// A line of ours: TRAPS=0000012345 FAST=0000012000 CPTIME=000:00.04
MessageLine traps_line(VirtualMachine& machine) {
    TrapCounts const traps = trap_counts(machine.cpu);
    MessageLine line("TRAPS="_e);
    line.decimal(traps.all, 10) << " FAST="_e;
    line.decimal(traps.fast, 10) << " CPTIME="_e
                                 << minutes_seconds_hundredths(used_time(machine).in_cp());
    return line;
}

Task<u32> indicate_user(const Caller& caller, VirtualMachine* machine) {
    MessageLine const pages = pages_line(*machine), times = times_line(*machine),
                      traps = traps_line(*machine);
    co_await caller.respond(pages);
    co_await caller.respond(times);
    co_await caller.respond(traps);
    co_return 0;
}

// "userid Q1 R 010/010", one line each.
Task<u32> indicate_queues(const Caller& caller) {
    MessageLine line;
    for (VirtualMachine& machine : virtual_machines) {
        if (!machine.queue_link.linked() || line.size() > 60) continue;
        if (line.size() != 0) line << ", "_e;
        line << machine.userid.padded() << (machine.interactive ? " Q1 "_e : " Q2 "_e);
        line.decimal(machine.storage.resident(), 3) << '/'_e;
        line.decimal(machine.storage.resident(), 3);
    }
    if (line.size() == 0) line << "NO USERS IN Q"_e;
    return caller.answer(line);
}

// Ends what goes on in every virtual machine: nothing is being written afterwards.
Task<> stop_machine(VirtualMachine* machine) {
    machine->io.reset();
    if (Terminal* terminal = machine->session->terminal()) terminal->drop_output();
    co_await machine->io.drain();
}

bool machine_to_stop(VirtualMachine*& found, const VirtualMachine& last) {
    for (VirtualMachine& machine : virtual_machines) {
        if (&machine == &last || !machine.io.held()) continue;
        found = &machine;
        return true;
    }
    return false;
}

Task<> type_on_operator_console(Text line) {
    Session* const session = operator_session();
    if (session == nullptr) co_return;
    MessageLine const message(line);
    co_await session->respond(message);
}

// Everything written is on disk already but for programs that run right now.
Task<u32> shut_down(const Caller& caller) {
    for (VirtualMachine& machine : virtual_machines) machine.stopped.command = true;
    for (VirtualMachine* machine = nullptr; machine_to_stop(machine, caller.machine());)
        co_await stop_machine(machine);

    MessageLine const saved = compose_message("CKP"_e, 960),
                      complete = compose_message("CKP"_e, 961);
    co_await type_on_operator_console(saved);
    co_await type_on_operator_console(complete);
    machine::stop(shutdown_wait_code);
}

} // namespace

Task<u32> indicate_command(const Caller& caller, Fields operands) {
    Text const what = operands.next();
    if (what.empty() || abbreviates(what, "LOAD"_e, 4)) return caller.answer(load_line());
    if (abbreviates(what, "USER"_e, 4)) {
        Text const userid = operands.next();
        if (userid.empty() || userid == "*"_e) return indicate_user(caller, &caller.machine());
        if (!caller.has_class('E')) return caller.fail("THI"_e, 3, userid);
        VirtualMachine* const machine = find_virtual_machine(userid);
        if (machine == nullptr) return caller.fail("THI"_e, 45, userid);
        return indicate_user(caller, machine);
    }
    if (caller.has_class('E')) {
        if (abbreviates(what, "QUEUES"_e, 1)) return indicate_queues(caller);
        if (what == "I/O"_e) return caller.answer(MessageLine("NO USERS IN I/O WAIT"_e));
        if (abbreviates(what, "PAGING"_e, 1))
            return caller.answer(MessageLine("NO USERS IN PAGEWAIT"_e));
    }
    return caller.fail("THI"_e, 3, what);
}

Task<u32> shutdown_command(const Caller& caller, Fields) { return shut_down(caller); }

} // namespace cp
