// What CP does with an interruption that machine::run() or wait() returned (DMKPSA, DMKIOT).
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/machine/switch.h"

namespace cp {

// External and I/O interruptions: whose they are has nothing to do with who ran.
void take_real_interruption(machine::Interruption interruption);

// A program or SVC interruption of the guest that ran; its PSW has been fetched.
void take_guest_interruption(VirtualMachine& vm, machine::Interruption interruption);

} // namespace cp
