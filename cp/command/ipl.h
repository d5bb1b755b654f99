// IPL of a virtual machine from one of its devices (DMKCFG, DMKVMI).
//
// cp-internals section 6b. Resets the virtual machine, does what LOAD does on the
// device, and loads the PSW from location 0. CP itself plays the loader, so no page of
// the guest's storage is taken for it and no program can be overlaid by it.
#pragma once

#include "cp/guest/virtual_machine.h"

namespace cp {

struct IplOptions {
    u16 cylinder = 0;
    bool clear = false;  // storage too
    Name<64> parameters; // PARM: to GPR 0-15, blank-padded
    bool has_parameters = false;
};

enum class IplOutcome : u8 {
    Loaded,      // the PSW is loaded; the caller lets the machine run
    NoDevice,    // 040E; the machine has been reset
    WrongDevice, // 022E: not a disk, reader or tape
    Failed,      // 230E, 232E or 234E was typed; the machine has a disabled wait PSW: let it run
};

// The caller has stopped the machine (stopped.command) and is no holder of it. With
// STOP the caller puts an ADSTOP, or stops it, at vm.cpu.psw.address() before it runs.
Task<IplOutcome> ipl_device(VirtualMachine& vm, s370::DeviceAddress device, IplOptions options);

} // namespace cp
