#include "cp/guest/reflect.h"

#include "cp/base/trace.h"

namespace cp {

using namespace s370;

namespace {

enum class Class : u8 { External, Svc, Program, Io };

struct Place {
    GuestReal old_psw, new_psw;
};
constexpr Place place_of(Class c) {
    switch (c) {
    case Class::External: return {{24}, {88}};
    case Class::Svc: return {{32}, {96}};
    case Class::Program: return {{40}, {104}};
    case Class::Io: break;
    }
    return {{56}, {120}};
}

constexpr GuestReal csw_at{64}, external_code_at{134}, svc_code_at{136}, program_code_at{140},
    translation_at{144}, io_address_at{184};

// Every machine has a page 0, so that these always succeed.
template <typename T>
void put(VirtualMachine& vm, GuestReal at, T value) {
    vm.storage.write(at, Be<T>(value));
}
Psw new_psw_of(VirtualMachine& vm, Class c) {
    Be64 bits;
    vm.storage.read(place_of(c).new_psw, bits);
    return {bits};
}

// Stores the old PSW; in BC mode with code and instruction length.
void store_old_psw(VirtualMachine& vm, Class c, u16 code, u8 ilc) {
    u64 bits = vm.cpu.psw.bits;
    if (!vm.cpu.psw.ec()) {
        bits = Psw::BcInterruptionCode::put(bits, code);
        bits = Psw::BcIlc::put(bits, ilc);
    }
    put(vm, place_of(c).old_psw, bits);
    trace(Event::ReflectInterruption, static_cast<u32>(c), code, static_cast<u32>(bits >> 32),
          static_cast<u32>(bits));
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

// The external interruption that comes first, 0 for none. Takes it from what is pending.
u16 next_external(VirtualCpu& cpu) {
    if (!cpu.psw.external_enabled()) return 0;
    u32 enabled = 0; // of class 0
    if ((cpu.cr[0] & cr0::interval_timer) != 0) enabled |= 0x80;
    if ((cpu.cr[0] & cr0::interrupt_key) != 0) enabled |= 0x40;
    if ((cpu.cr[0] & cr0::external_signal) != 0) enabled |= 0x3F;
    u32 const now = cpu.pending_external & enabled;
    cpu.pending_external = static_cast<u16>(cpu.pending_external & ~now);
    if (now != 0) return static_cast<u16>(now);
    if (cpu.clock_comparator_pending && (cpu.cr[0] & cr0::clock_comparator) != 0)
        return static_cast<u16>(External::ClockComparator);
    if (cpu.cpu_timer_pending && (cpu.cr[0] & cr0::cpu_timer) != 0)
        return static_cast<u16>(External::CpuTimer);
    return 0;
}

// The sources above class 0 keep asking: a new PSW that is enabled for them would
// be interrupted for ever.
bool external_loop(VirtualMachine& vm, u16 code, Psw next) {
    if (!vm.settings.ec_mode) return false;
    if (!valid_psw(vm, next)) return new_psw_of(vm, Class::Program).external_enabled();
    return code > 0xFF && next.external_enabled();
}

void take_external(VirtualMachine& vm, u16 code) {
    store_old_psw(vm, Class::External, code, 0);
    if (vm.cpu.psw.ec()) put(vm, external_code_at, code);
    Psw const next = new_psw_of(vm, Class::External);
    if (external_loop(vm, code, next)) {
        vm.cpu.psw = next;
        enter_cp(vm, "DMKDSP452W CP ENTERED; EXTERNAL INTERRUPT LOOP"_e);
        return;
    }
    load_psw(vm, next);
}

void take_io(VirtualMachine& vm, const IoInterruption& interruption) {
    store_old_psw(vm, Class::Io, interruption.address.value, 0);
    put(vm, csw_at, interruption.csw.bits());
    if (vm.cpu.psw.ec()) put(vm, io_address_at, u32{interruption.address.value});
    load_psw(vm, new_psw_of(vm, Class::Io));
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
    if (!valid) {
        reflect_program(vm, Program::Specification, 0);
        return false;
    }
    if (!psw.ec()) {
        // What an old PSW holds there is no part of the machine's state.
        vm.cpu.psw.bits = Psw::BcInterruptionCode::put(vm.cpu.psw.bits, 0);
        vm.cpu.psw.bits = Psw::BcIlc::put(vm.cpu.psw.bits, 0);
    } else if (psw.translating()) {
        enter_cp(vm, "DMKVAT459W CP ENTERED; VIRTUAL TRANSLATION MODE NOT SUPPORTED"_e);
    }
    vm.cpu.recheck = true;
    return true;
}

void reflect_program(VirtualMachine& vm, Program code, u8 ilc, u32 translation_address) {
    VirtualCpu& cpu = vm.cpu;
    Psw const old = cpu.psw;
    bool const translation = code == Program::SegmentTranslation || code == Program::PageTranslation;
    u32 const failing = translation ? old.address() : (old.address() - 2u * ilc) & 0xFFFFFF;
    store_old_psw(vm, Class::Program, static_cast<u16>(code), ilc);
    if (old.ec()) put(vm, program_code_at, u32{ilc} << 17 | static_cast<u32>(code));
    if (translation) put(vm, translation_at, translation_address);

    Psw const next = new_psw_of(vm, Class::Program);
    if (next.bits >> 48 == old.bits >> 48 && next.address() == failing) {
        cpu.psw = next;
        enter_cp(vm, "DMKPRG453W CP ENTERED; PROGRAM INTERRUPT LOOP"_e);
        return;
    }
    load_psw(vm, next);
}

void reflect_svc(VirtualMachine& vm, u8 number, u8 ilc) {
    store_old_psw(vm, Class::Svc, number, ilc);
    if (vm.cpu.psw.ec()) put(vm, svc_code_at, u32{ilc} << 17 | number);
    load_psw(vm, new_psw_of(vm, Class::Svc));
}

bool take_interruptions(VirtualMachine& vm) {
    for (;;) {
        vm.cpu.recheck = false;
        if (vm.stopped.cp_mode || vm.stopped.command || vm.stopped.instruction ||
            vm.stopped.sleeping)
            return false;
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
