#include "cp/guest/fast_path.h"

namespace cp::fast_path {

using namespace s370;

namespace {

constexpr u8 io_mask = 0x02, external_mask = 0x01;

bool external_pending(const VirtualCpu& cpu) {
    return cpu.pending_external != 0 || cpu.clock_comparator_pending || cpu.cpu_timer_pending;
}

// The system mask bits, in the format of the PSW in force, that would let an interruption in.
u8 waiting_masks(const VirtualMachine& vm) {
    VirtualCpu const& cpu = vm.cpu;
    // Whether CR0 lets it in is left to the simulator.
    u8 masks = external_pending(cpu) ? external_mask : 0;
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

void prepare(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    u8 features = vm.settings.ec_mode ? ec_mode | null_purge : 0;
    if (cpu.psw.translating()) features |= translating;
    cpu.features = features;
    if (!external_pending(cpu) && vm.io.pending_channels() == 0) [[likely]] {
        cpu.any_pending = cpu.pending_masks = 0;
        return;
    }
    cpu.any_pending = 1;
    cpu.pending_masks = waiting_masks(vm);
}

} // namespace cp::fast_path
