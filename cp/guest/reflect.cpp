#include "cp/guest/reflect.h"

#include "cp/base/trace.h"
#include "cp/guest/instruction.h"
#include "cp/guest/per.h"

namespace cp {

using namespace s370;

namespace {

enum class Class : u8 { External, Svc, Program, Io, Restart };

// Of a BC PSW, without the code and instruction length that an old PSW has.
constexpr u64 bc_state = 0xFFFF0000'3FFFFFFF;

// Every machine has a page 0.
LowStorage& page_zero(VirtualMachine& vm) {
    return *reinterpret_cast<LowStorage*>(vm.storage.touch({0}));
}

struct Pair {
    Be64& old_psw;
    const Be64& new_psw;
};
Pair psws(LowStorage& low, Class c) {
    switch (c) {
    case Class::External: return {low.external_old_psw, low.external_new_psw};
    case Class::Svc: return {low.svc_old_psw, low.svc_new_psw};
    case Class::Program: return {low.program_old_psw, low.program_new_psw};
    case Class::Restart: return {low.restart_old_psw, low.restart_new_psw};
    case Class::Io: break;
    }
    return {low.io_old_psw, low.io_new_psw};
}

// What TRACE shows of it, with the address of the instruction.
void trace_interruption(VirtualMachine& vm, Class c, u16 code, u8 ilc, Psw next) {
    constexpr u16 per_event = static_cast<u16>(Program::PerEvent);
    bool const behind = c == Class::Svc || !nullifies(Program{static_cast<u16>(code & ~per_event)});
    u32 const length = behind && c != Class::External ? 2u * ilc : 0;
    u32 const at = (vm.cpu.psw.address() - length) & 0xFFFFFF;
    Tracer::Kind const kind = c == Class::Svc       ? Tracer::Kind::Svc
                              : c == Class::Program ? Tracer::Kind::Program
                                                    : Tracer::Kind::External;
    vm.tracer.interruption(kind, at, code, next);
}

// Stores the old PSW, in BC mode with code and instruction length. The new one.
Psw exchange(VirtualMachine& vm, LowStorage& low, Class c, u16 code, u8 ilc) {
    VirtualCpu const& cpu = vm.cpu;
    Pair const pair = psws(low, c);
    if (vm.tracer.active() && c != Class::Io && c != Class::Restart)
        trace_interruption(vm, c, code, ilc, {pair.new_psw});
    u64 bits = cpu.psw.bits;
    if (!cpu.psw.ec()) bits = (bits & bc_state) | u64{code} << 32 | u32{ilc} << 30;
    pair.old_psw = bits;
    trace(Event::ReflectInterruption, static_cast<u32>(c), code, static_cast<u32>(bits >> 32),
          static_cast<u32>(bits));
    return {pair.new_psw};
}

// In BC mode an exception of an executed instruction has the length of that one, as the
// machine at hand has it (the architecture says that of EXECUTE).
u8 bc_length(VirtualMachine& vm, u8 ilc) {
    Instruction instruction;
    if (vm.cpu.psw.ec() || ilc != 2) return ilc;
    // What the guest could not fetch was no EXECUTE, and is not referred to.
    u32 const at = (vm.cpu.psw.address() - 2u * ilc) & 0xFFFFFF;
    if (at % 2 != 0 || check_fetch(vm, at, 2u * ilc) != Program::None) return ilc;
    return fetch_instruction(vm, ilc, instruction) && instruction.executed ? instruction.length()
                                                                           : ilc;
}

// Puts the machine in CP mode with a message; without a session it just stops.
void enter_cp(VirtualMachine& vm, Text message) {
    vm.stopped.cp_mode = true;
    if (vm.session != nullptr) vm.session->enter_cp(message);
}

Line<80>& psw_in_hex(Line<80>& line, Psw psw) {
    return (line << "'"_e).hex(psw.bits >> 32, 8) << " "_e;
}

void disabled_wait(VirtualMachine& vm) {
    vm.settings.run = false;
    Line<80> line("DMKDSP450W CP ENTERED; DISABLED WAIT PSW "_e);
    psw_in_hex(line, vm.cpu.psw).hex(vm.cpu.psw.bits, 8) << "'"_e;
    enter_cp(vm, line);
}

u32 enabled_channels(const VirtualMachine& vm) {
    VirtualCpu const& cpu = vm.cpu;
    if (cpu.psw.ec()) return Psw::EcIo::test(cpu.psw.bits) ? cpu.cr[2] : 0;
    u32 channels = static_cast<u32>(cpu.psw.bits >> 32) & 0xFC000000;
    if (Psw::BcIo::test(cpu.psw.bits)) channels |= cpu.cr[2] & 0x03FFFFFF;
    return channels;
}

// Of class 0: key, signals and interval timer are one interruption.
u16 take_class_0(VirtualCpu& cpu, u32 wanted) {
    u32 enabled = 0;
    if ((cpu.cr[0] & cr0::interval_timer) != 0) enabled |= 0x80;
    if ((cpu.cr[0] & cr0::interrupt_key) != 0) enabled |= 0x40;
    if ((cpu.cr[0] & cr0::external_signal) != 0) enabled |= 0x3F;
    u32 const now = cpu.pending_external & enabled;
    if ((now & wanted) == 0) return 0;
    cpu.pending_external = static_cast<u16>(cpu.pending_external & ~now);
    return static_cast<u16>(now);
}

// The external interruption that comes first, 0 for none. Takes it from what is pending.
// The interval timer alone comes last, as on the machine at hand.
u16 next_external(VirtualCpu& cpu) {
    if (!cpu.psw.external_enabled()) return 0;
    if (u16 const code = take_class_0(cpu, 0x7F)) return code;
    if (cpu.emergency_pending && (cpu.cr[0] & cr0::emergency_signal) != 0) {
        cpu.emergency_pending = false;
        return static_cast<u16>(External::EmergencySignal);
    }
    if (cpu.external_call_pending && (cpu.cr[0] & cr0::external_call) != 0) {
        cpu.external_call_pending = false;
        return static_cast<u16>(External::ExternalCall);
    }
    if (cpu.clock_comparator_pending && (cpu.cr[0] & cr0::clock_comparator) != 0)
        return static_cast<u16>(External::ClockComparator);
    if (cpu.cpu_timer_pending && (cpu.cr[0] & cr0::cpu_timer) != 0)
        return static_cast<u16>(External::CpuTimer);
    return take_class_0(cpu, 0x80);
}

// The clocks keep asking: a new PSW that is enabled for them would be interrupted for ever.
bool external_loop(VirtualMachine& vm, const LowStorage& low, u16 code, Psw next) {
    constexpr u16 clocks = 0x10;
    if (!vm.settings.ec_mode || code >> 8 != clocks) return false;
    if (!valid_psw(vm, next)) next = {low.program_new_psw};
    return next.external_enabled();
}

// A new PSW that is bad would be the next exception, with itself for a new PSW. Or it leads to the
// instruction that failed, in the same state; what is completed in spite of its exception may go
// another way the next time.
bool fails_again(const VirtualMachine& vm, Program code, Psw old, Psw next, u32 failing) {
    if (!valid_psw(vm, next)) return true;
    bool const the_same = next.bits >> 48 == old.bits >> 48 && next.address() == failing;
    bool const another =
        completes(code) && code != Program::Specification && code != Program::MonitorCall;
    return the_same && valid_psw(vm, old) && !another;
}

void take_external(VirtualMachine& vm, u16 code) {
    LowStorage& low = page_zero(vm);
    if (vm.cpu.psw.ec()) low.external_code = code;
    low.cpu_address = 0; // of CPU 0, or nobody's
    Psw const next = exchange(vm, low, Class::External, code, vm.cpu.last_ilc);
    if (external_loop(vm, low, code, next)) {
        vm.cpu.psw = next;
        enter_cp(vm, "DMKDSP452W CP ENTERED; EXTERNAL INTERRUPT LOOP"_e);
        return;
    }
    load_psw(vm, next);
}

void take_io(VirtualMachine& vm, const IoInterruption& interruption) {
    LowStorage& low = page_zero(vm);
    u16 const address = interruption.address.value;
    low.csw = interruption.csw.bits();
    if (vm.cpu.psw.ec()) {
        low.io_address_zero = 0;
        low.io_address = address;
    }
    if (vm.tracer.active())
        vm.tracer.io_interruption(interruption, vm.cpu.psw.address(), {low.io_new_psw});
    load_psw(vm, exchange(vm, low, Class::Io, address, vm.cpu.last_ilc));
}

// Waiting with nothing that could end it.
bool waits_for_ever(VirtualMachine& vm) {
    if (vm.system_operator || enabled_channels(vm) != 0 || vm.io.active()) return false;
    if (!vm.cpu.psw.external_enabled()) return true;
    u32 possible = 0x41;
    if (vm.settings.ec_mode) possible |= cr0::clock_comparator | cr0::cpu_timer;
    if (vm.settings.timer == TimerMode::Real) possible |= cr0::interval_timer;
    return (vm.cpu.cr[0] & possible) == 0;
}

} // namespace

bool valid_psw(const VirtualMachine& vm, Psw psw) {
    if (!psw.ec()) return true;
    return vm.settings.ec_mode && (psw.bits & ec_psw_must_be_zero) == 0;
}

bool load_psw(VirtualMachine& vm, Psw psw) {
    bool const valid = valid_psw(vm, psw);
    vm.cpu.psw = psw;
    per::forget(vm.cpu);
    if (!valid) {
        reflect_program(vm, Program::Specification, 0);
        return false;
    }
    if (!psw.ec()) {
        // What an old PSW holds there is no part of the machine's state.
        vm.cpu.psw.bits = psw.bits & bc_state;
    }
    vm.cpu.recheck = true;
    return true;
}

void reflect_program(VirtualMachine& vm, Program code, u8 ilc, u32 translation_address) {
    VirtualCpu& cpu = vm.cpu;
    Psw const old = cpu.psw;
    bool const translation = nullifies(code);
    u8 const length = translation ? ilc : bc_length(vm, ilc);
    cpu.last_ilc = length;
    u32 const failing = translation ? old.address() : (old.address() - 2u * ilc) & 0xFFFFFF;
    LowStorage& low = page_zero(vm);
    auto events = static_cast<u16>(code);
    if (u16 const per_events = per::take(cpu, code)) {
        events |= static_cast<u16>(Program::PerEvent);
        low.per_code = per_events;
        low.per_address = cpu.per_address;
    }
    if (old.ec()) {
        low.program_ilc = static_cast<u16>(2 * ilc);
        low.program_code = events;
        if (translation) low.translation_address = translation_address;
    }
    Psw const next = exchange(vm, low, Class::Program, events, length);
    if (fails_again(vm, code, old, next, failing)) {
        cpu.psw = next;
        enter_cp(vm, "DMKPRG453W CP ENTERED; PROGRAM INTERRUPT LOOP"_e);
        return;
    }
    load_psw(vm, next);
}

void reflect_per(VirtualMachine& vm, u8 ilc) {
    if (per::pending(vm.cpu) != 0) reflect_program(vm, Program::None, ilc);
}

void reflect_svc(VirtualMachine& vm, u8 number, u8 ilc) {
    vm.cpu.count(trap_kind::svc);
    vm.cpu.last_ilc = ilc;
    LowStorage& low = page_zero(vm);
    if (vm.cpu.psw.ec()) {
        low.svc_ilc = static_cast<u16>(2 * ilc);
        low.svc_code = number;
    }
    load_psw(vm, exchange(vm, low, Class::Svc, number, ilc));
}

bool take_interruptions(VirtualMachine& vm) {
    for (;;) {
        vm.cpu.recheck = false;
        if (vm.stopped.by_cp()) return false;
        if (vm.cpu.restart_pending) {
            vm.cpu.restart_pending = false;
            load_psw(vm, exchange(vm, page_zero(vm), Class::Restart, 0, vm.cpu.last_ilc));
            continue;
        }
        if (u16 const code = next_external(vm.cpu)) {
            vm.stopped.waiting = false;
            take_external(vm, code);
            continue;
        }
        IoInterruption interruption;
        u32 const channels = enabled_channels(vm);
        if (channels == 0 || !vm.io.take_interruption(channels, interruption)) break;
        vm.stopped.waiting = false;
        take_io(vm, interruption);
    }
    vm.stopped.waiting = vm.cpu.psw.waiting();
    if (!vm.stopped.waiting) return true;
    if (waits_for_ever(vm)) disabled_wait(vm);
    return false;
}

} // namespace cp
