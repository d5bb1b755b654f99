// What s370/machine/fast_path.S goes by when it does a guest's frequent traps (the
// beginnings of DMKPRV and DMKPSA).
//
// The fast path takes a trap only where nothing hangs on it: it asks these bytes
// of VirtualCpu instead of the simulator's state. Only CP's C++ changes that state, and
// the guest does not run meanwhile, so that it is enough to bring them up to date
// whenever the guest goes on.
#pragma once

#include "cp/guest/identification.h"
#include "cp/guest/per.h"
#include "cp/guest/virtual_machine.h"

namespace cp::fast_path {

// VirtualCpu::features
constexpr u8 ec_mode = 0x80;       // SET ECMODE ON
constexpr u8 translating = 0x20;   // translation is on: no PSW is loaded here
constexpr u8 simulated_svc = 0x10; // SET ASSIST NOSVC
constexpr u8 refills = 0x04;       // entries of the shadow tables are made here
constexpr u8 stores = 0x08;        // what has a real address and the right key may be stored into

// VirtualCpu::null_purge: PTLB, and what no instruction is.
constexpr u16 null_purge = 0xB20D, no_null_purge = 0xFFFF;
// VirtualCpu::expected_trap: four bytes, privileged operation.
constexpr u32 expected_trap = 4u << 16 | 2u;

// For machine::run() to follow; false: the fast path is not to be used now. It notes no PER
// events and traces nothing, and knows one address space; with low-address protection in force it
// could not even change the old PSW.
[[nodiscard]] inline bool prepare(VirtualMachine& vm);

// A device was found available by TIO, or may be no longer.
inline void note_idle_device(VirtualCpu& cpu, s370::DeviceAddress address) {
    cpu.idle_device = address.value;
}
inline void forget_idle_device(VirtualCpu& cpu) { cpu.idle_device = ~u32{0}; }

// PTLB has something to purge from now on.
inline void note_translation(VirtualCpu& cpu) { cpu.null_purge = no_null_purge; }

// prepare()'s rarer half: something is pending.
void prepare_pending(VirtualMachine& vm);

bool prepare(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    // Under another CP its own privileged instructions would be traps, dearer than the one saved.
    if (!vm.settings.assist || vm.watched() || in_virtual_machine()) return false;
    u8 features = vm.settings.assist_svc ? stores : stores | simulated_svc;
    if (vm.settings.ec_mode) {
        if ((cpu.cr[0] & s370::cr0::low_address_protection) != 0 || per::watching(cpu) ||
            cpu.uses_secondary_space())
            return false;
        features |= ec_mode;
        if (cpu.psw.translating()) {
            features |= translating;
            if (vm.shadow.allow_refills(vm.storage)) features |= refills;
            if (vm.shadow.store_protection()) features &= static_cast<u8>(~stores);
        }
    }
    cpu.features = features;
    cpu.null_purge = vm.settings.ec_mode && vm.shadow.purged() ? null_purge : no_null_purge;
    cpu.expected_trap = cpu.psw.problem() ? 0 : expected_trap;
    // A CPU timer that has run out is nothing while control register 0 masks it: to change
    // that takes the simulator.
    bool const cpu_timer = cpu.cpu_timer_pending && (cpu.cr[0] & s370::cr0::cpu_timer) != 0;
    if (cpu_timer || cpu.external_pending() || vm.io.pending_channels() != 0)
        prepare_pending(vm);
    else
        cpu.any_pending = cpu.pending_masks = 0;
    return true;
}

} // namespace cp::fast_path
