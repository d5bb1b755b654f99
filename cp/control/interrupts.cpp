#include "cp/control/interrupts.h"

#include "cp/base/trace.h"
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

u8 halfwords(u16 ilc_field) { return static_cast<u8>(ilc_field >> 1 & 3); }

// Translation of a guest without its own translation fails where a page is not
// there yet, or where its storage ends.
void take_translation_exception(VirtualMachine& vm, u8 ilc) {
    u32 const address = machine::low_storage().translation_address & 0xFFFFFF;
    vm.cpu.count(trap_kind::page);
    if (vm.storage.fault({address})) return;
    // The real exception left the PSW at the instruction, an addressing exception does not.
    vm.cpu.psw.set_address(vm.cpu.psw.address() + 2u * ilc);
    reflect_program(vm, Program::Addressing, ilc);
}

void take_program(VirtualMachine& vm) {
    LowStorage const& low = machine::low_storage();
    auto const code = static_cast<Program>(u16{low.program_code});
    u8 const ilc = halfwords(low.program_ilc);
    switch (code) {
    case Program::Operation:
    case Program::PrivilegedOperation: simulate(vm, code, ilc); break;
    case Program::SegmentTranslation:
    case Program::PageTranslation: take_translation_exception(vm, ilc); break;
    // CP's own tables are wrong.
    case Program::TranslationSpecification: abend(Abend::DSP001);
    default:
        vm.cpu.count(trap_kind::program);
        reflect_program(vm, code, ilc);
        break;
    }
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
    LowStorage const& low = machine::low_storage();
    reflect_svc(vm, static_cast<u8>(low.svc_code), halfwords(low.svc_ilc));
}

} // namespace cp
