#include "cp/guest/fast_path.h"

#include "cp/guest/identification.h"

#include "cp/guest/per.h"

namespace cp::fast_path {

using namespace s370;

namespace {

constexpr u8 io_mask = 0x02, external_mask = 0x01;

bool pending(const VirtualMachine& vm) {
    VirtualCpu const& cpu = vm.cpu;
    return cpu.pending_external != 0 || cpu.clock_comparator_pending || cpu.cpu_timer_pending ||
           vm.io.pending_channels() != 0;
}

bool external_waits(const VirtualCpu& cpu) {
    u32 wanted = 0; // of CR0
    if ((cpu.pending_external & 0x80) != 0) wanted |= cr0::interval_timer;
    if ((cpu.pending_external & 0x40) != 0) wanted |= cr0::interrupt_key;
    if ((cpu.pending_external & 0x3F) != 0) wanted |= cr0::external_signal;
    if (cpu.clock_comparator_pending) wanted |= cr0::clock_comparator;
    if (cpu.cpu_timer_pending) wanted |= cr0::cpu_timer;
    return (cpu.cr[0] & wanted) != 0;
}

// The system mask bits, in the format of the PSW in force, that would let an interruption in.
u8 waiting_masks(const VirtualMachine& vm) {
    VirtualCpu const& cpu = vm.cpu;
    u8 masks = external_waits(cpu) ? external_mask : 0;
    u32 const channels = vm.io.pending_channels();
    if (cpu.psw.ec()) {
        if ((channels & cpu.cr[2]) != 0) masks |= io_mask;
    } else {
        masks |= static_cast<u8>(channels >> 24 & 0xFC);
        if ((channels & cpu.cr[2] & 0x03FFFFFF) != 0) masks |= io_mask;
    }
    return masks;
}

} // namespace

bool prepare(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    // Under another CP its own privileged instructions would be traps, dearer than the one saved.
    if (!vm.settings.assist || vm.watched() || in_virtual_machine()) return false;
    u8 features = vm.settings.assist_svc ? 0 : simulated_svc;
    if (vm.settings.ec_mode) {
        features |= ec_mode;
        if (vm.shadow.page_tables() == 0) features |= null_purge;
        if ((cpu.cr[0] & cr0::low_address_protection) != 0 || per::watching(cpu)) return false;
        if (cpu.psw.translating()) features |= translating;
    }
    cpu.features = features;
    if (!pending(vm)) {
        cpu.any_pending = cpu.pending_masks = 0;
        return true;
    }
    cpu.any_pending = 1;
    cpu.pending_masks = waiting_masks(vm);
    return true;
}

} // namespace cp::fast_path
