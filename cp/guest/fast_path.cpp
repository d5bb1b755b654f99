#include "cp/guest/fast_path.h"

namespace cp::fast_path {

using namespace s370;

namespace {

constexpr u8 io_mask = 0x02, external_mask = 0x01;

bool external_waits(const VirtualCpu& cpu) {
    u32 wanted = 0; // of CR0
    if ((cpu.pending_external & 0x80) != 0) wanted |= cr0::interval_timer;
    if ((cpu.pending_external & 0x40) != 0) wanted |= cr0::interrupt_key;
    if ((cpu.pending_external & 0x3F) != 0) wanted |= cr0::external_signal;
    if (cpu.clock_comparator_pending) wanted |= cr0::clock_comparator;
    if (cpu.cpu_timer_pending) wanted |= cr0::cpu_timer;
    if (cpu.emergency_pending) wanted |= cr0::emergency_signal;
    if (cpu.external_call_pending) wanted |= cr0::external_call;
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

void prepare_pending(VirtualMachine& vm) {
    vm.cpu.any_pending = 1;
    vm.cpu.pending_masks = waiting_masks(vm);
}

} // namespace cp::fast_path
