// Simulation of privileged instructions (DMKPRV), a table by operation code.
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/arch/program_codes.h"

namespace cp {

// The running guest trapped with `code` (operation or privileged operation) at
// the instruction before the virtual PSW's address, `ilc` halfwords long.
// Simulates it, or reflects the exception that the real machine would give.
void simulate(VirtualMachine& vm, s370::Program code, u8 ilc);

} // namespace cp
