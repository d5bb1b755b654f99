#include "cp/control/interrupts.h"

#include "cp/base/trace.h"
#include "cp/guest/guest_translation.h"
#include "cp/guest/instruction.h"
#include "cp/guest/per.h"
#include "cp/guest/privileged_op.h"
#include "cp/guest/reflect.h"
#include "cp/io/real_io.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370;

namespace {

void take_external() {
    u16 const code = machine::low_storage().external_code;
    if (code == static_cast<u16>(External::ClockComparator)) timer_queue.expire();
    trace(Event::ExternalInterruption, code);
}

constexpr u16 per_event = static_cast<u16>(Program::PerEvent);

u8 halfwords(u16 ilc_field) { return static_cast<u8>(ilc_field >> 1 & 3); }

bool can_be_fetched(VirtualMachine& vm, u32 at) {
    InstructionSpace const space(vm.cpu);
    return at % 2 == 0 && check_fetch(vm, at, 2) == Program::None;
}

// A new PSW may lead to where nothing can be fetched. The length is then that of what was
// interrupted, as the machine at hand has it; the real one is that of CP's LOAD PSW.
u8 length_at(VirtualMachine& vm, u32 at, u8 ilc) {
    constexpr u8 of_load_psw = 2;
    if (ilc != of_load_psw || can_be_fetched(vm, at)) return ilc;
    auto const& low = *reinterpret_cast<const LowStorage*>(vm.storage.touch({0}));
    Psw psw = vm.cpu.psw;
    psw.set_address(at);
    auto const loaded_by = [&](u64 bits) {
        constexpr u64 of_an_old_psw = 0x0000FFFF'C0000000; // in BC mode
        return ((bits ^ psw.bits) & ~(psw.ec() ? 0 : of_an_old_psw)) == 0;
    };
    if (loaded_by(low.svc_new_psw)) {
        Psw const old{low.svc_old_psw};
        return old.ec() ? halfwords(low.svc_ilc) : static_cast<u8>(old.bits >> 30 & 3);
    }
    bool const swapped = loaded_by(low.external_new_psw) || loaded_by(low.io_new_psw) ||
                         loaded_by(low.restart_new_psw);
    return swapped ? vm.cpu.last_ilc : ilc;
}

// Translation fails where a page is not there yet; where the guest's storage ends; where
// a shadow table has no entry yet, or the guest's own table has none.
Program resolve(VirtualMachine& vm, u32 address, bool secondary) {
    if (vm.cpu.psw.translating()) return vm.shadow.fault(vm, address, vm.cpu.cr[secondary ? 7 : 1]);
    return vm.storage.fault({address}) ? Program::None : Program::Addressing;
}

void take_translation_exception(VirtualMachine& vm, u8 ilc) {
    ilc = length_at(vm, vm.cpu.psw.address(), ilc);
    u32 const told = machine::low_storage().translation_address, address = told & 0xFFFFFF;
    bool const secondary = vm.cpu.uses_secondary_space() && told >> 31 != 0;
    vm.cpu.count(trap_kind::page);
    Program const code = resolve(vm, address, secondary);
    if (code == Program::None) {
        vm.cpu.per_code = 0; // it happens again
        return;
    }
    // The real exception left the PSW at the instruction; only one of the same kind does so.
    if (!nullifies(code)) vm.cpu.psw.set_address(vm.cpu.psw.address() + 2u * ilc);
    reflect_program(vm, code, ilc, fault_address(address, secondary));
}

// The real machine has stored what belongs to the interruption beside its code.
void copy_details(VirtualMachine& vm, Program code) {
    if (!vm.cpu.psw.ec()) return;
    LowStorage const& real = machine::low_storage();
    auto& low = *reinterpret_cast<LowStorage*>(vm.storage.touch({0}));
    if (code == Program::MonitorCall) {
        low.monitor_class = real.monitor_class;
        low.monitor_code = real.monitor_code;
    } else if (code == Program::Data) {
        low.translation_address = real.translation_address;
    }
}

// An exception that suppresses, by the PSW behind the instruction.
void reflect_at_fault(VirtualMachine& vm, Program code, u8 ilc) {
    u32 const at = (vm.cpu.psw.address() - 2u * ilc) & 0xFFFFFF;
    u8 const length = length_at(vm, at, ilc);
    vm.cpu.psw.set_address(at + 2u * length);
    reflect_program(vm, code, length);
}

void take_program(VirtualMachine& vm) {
    LowStorage const& low = machine::low_storage();
    u16 const events = low.program_code;
    auto const code = static_cast<Program>(static_cast<u16>(events & ~per_event));
    u8 const ilc = halfwords(low.program_ilc);
    if ((events & per_event) != 0)
        per::begin(vm.cpu, low.per_address, low.per_code);
    else
        per::begin(vm.cpu, vm.cpu.psw.address() - 2u * ilc, 0);
    switch (code) {
    case Program::None:
        if (vm.cpu.traced_events != 0) vm.tracer.executed(low.per_address, low.per_code);
        break;
    case Program::Operation:
    case Program::PrivilegedOperation:
    case Program::SpecialOperation: simulate(vm, code, ilc); break;
    case Program::SegmentTranslation:
    case Program::PageTranslation: take_translation_exception(vm, ilc); break;
    // CP's own tables are wrong.
    case Program::TranslationSpecification: abend(Abend::DSP001);
    default:
        vm.cpu.count(trap_kind::program);
        if (vm.cpu.traced_events != 0) vm.tracer.executed(vm.cpu.per_address, 0);
        copy_details(vm, code);
        reflect_at_fault(vm, code, ilc);
        break;
    }
    reflect_per(vm, ilc);
}

// The real machine forgets its PER events in the interruption, which turns PER off.
void note_fetch_of_svc(VirtualMachine& vm, u8 ilc) {
    u32 const at = (vm.cpu.psw.address() - 2u * ilc) & 0xFFFFFF;
    per::begin(vm.cpu, at, 0);
    if (!per::watching(vm.cpu)) return;
    per::note_fetch(vm.cpu, at);
    Instruction instruction;
    if (fetch_instruction(vm, ilc, instruction) && instruction.executed)
        per::note_fetch(vm.cpu, instruction.target);
}

void take_svc(VirtualMachine& vm) {
    LowStorage const& low = machine::low_storage();
    u8 const ilc = halfwords(low.svc_ilc);
    note_fetch_of_svc(vm, ilc);
    auto const number = static_cast<u8>(low.svc_code);
    if (vm.address_stop.active() && vm.address_stop.hit(vm, number, ilc)) return;
    reflect_svc(vm, number, ilc);
    reflect_per(vm, 1); // the length of SVC, if it was executed too
}

} // namespace

void take_real_interruption(machine::Interruption interruption) {
    if (interruption == machine::Interruption::External) take_external();
    if (interruption == machine::Interruption::Io) take_io_interruption();
}

void take_guest_interruption(VirtualMachine& vm, machine::Interruption interruption) {
    if (interruption == machine::Interruption::Program) {
        take_program(vm);
        return;
    }
    VERIFY(interruption == machine::Interruption::Svc, Abend::DSP001);
    take_svc(vm);
}

} // namespace cp
