// What s370/machine/fast_path.S goes by when it does a guest's frequent traps (the
// beginnings of DMKPRV and DMKPSA).
//
// The fast path takes a trap only where nothing hangs on it: it asks these bytes
// of VirtualCpu instead of the simulator's state. Only CP's C++ changes that state, and
// the guest does not run meanwhile, so that it is enough to bring them up to date
// whenever the guest goes on.
#pragma once

#include "cp/guest/virtual_machine.h"

namespace cp::fast_path {

// VirtualCpu::features
constexpr u8 ec_mode = 0x80;       // SET ECMODE ON
constexpr u8 null_purge = 0x40;    // PTLB has nothing to purge
constexpr u8 translating = 0x20;   // translation is on: no PSW is loaded here
constexpr u8 simulated_svc = 0x10; // SET ASSIST NOSVC

// For machine::run() to follow; false: the fast path is not to be used now. It notes no PER
// events and traces nothing; with low-address protection in force it could not even change the old
// PSW.
[[nodiscard]] bool prepare(VirtualMachine& vm);

// A device was found available by TIO, or may be no longer.
inline void note_idle_device(VirtualCpu& cpu, s370::DeviceAddress address) {
    cpu.idle_device = address.value;
}
inline void forget_idle_device(VirtualCpu& cpu) { cpu.idle_device = ~u32{0}; }

} // namespace cp::fast_path
