// DIAGNOSE, a guest's calls to CP (DMKHVC). Codes: cp/api/diagnose_codes.h.
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/arch/program_codes.h"

namespace cp {

// Performs DIAGNOSE `code` with registers rx and ry of `vm`, whose PSW is behind
// the instruction. Either done on return, with condition code and registers set;
// or `vm.stopped.instruction` is set and a task finishes it. An exception is
// returned for the caller to reflect (nothing changed then).
s370::Program diagnose(VirtualMachine& vm, u16 code, u8 rx, u8 ry);

} // namespace cp
